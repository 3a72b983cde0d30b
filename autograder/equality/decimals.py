"""Decimals beside exact values: is this number right, to as many digits as were asked for?

`decide` reads 2.8 as 14/5 and nothing else, so 1.414 is not sqrt(2) there. Here a decimal is a rounded value.
"""

from __future__ import annotations

from itertools import islice

import sympy as sp
from flint import arb, ctx, fmpq

from .balls import Unsure
from .comparison import number
from .decision import decide
from .domain import Domain, axes
from .limits import TooLarge, measure
from .points import seeded, stratified
from .preparation import SYMPY_FAILS, as_written, checked, exact_decimals, same_symbols
from .program import Program, Unsupported, compiled
from .verdict import Different, Equal, Grounds, Undecided, Verdict

MACHINE = 12
"""Digits beyond which a decimal is not looked at: a float computed in a few steps is good to about these."""
PRECISION = 256
"""Bits used for the key."""
POINTS = 16
"""Points at which expressions with variables are compared."""


def decide_decimal(
    key: object, value: object, *, digits: int = 4, domain: Domain | None = None, budget: float = 2.0
) -> Verdict:
    """Whether `value`, which holds decimals, is `key` rounded to at least `digits` significant digits.

    A decimal with more digits than were asked for must be right in all that are written, up to `MACHINE`: so 2.001
    is not 2 to three digits, although it would round to it. Trailing zeros may be missing, since Python drops them.
    With variables, the values are compared at points, to `digits` digits.

    >>> print(decide_decimal(sp.sqrt(2), 1.4142).by)
    as a decimal it is right to 5 significant digits
    >>> decide_decimal(sp.sqrt(2), 1.414 * 1.0005)
    Different(witness={}, left=1.41421356237310, right=1.41470700000000)
    >>> decide_decimal(sp.Rational(2, 3), 0.666, digits=3)
    Different(witness={}, left=0.666666666666667, right=0.666000000000000)
    >>> print(decide_decimal(sp.sqrt(2) * sp.Symbol("x"), 1.41421 * sp.Symbol("x")).by)
    as a decimal it is right to 4 significant digits
    """
    exact, rounded = checked(key), checked(value)
    verdict = decide(exact, rounded, domain=domain, budget=budget)
    if not isinstance(verdict, Different) or not rounded.has(sp.Float):
        return verdict
    try:
        measure(exact), measure(rounded)
        left, right = (exact_decimals(same_symbols(side)) for side in (exact, rounded))
        if not rounded.is_Float or not right.is_Rational:
            return _rounded(left, right, digits, None, domain, verdict)
        written = min(significant_digits(rounded), MACHINE)
        last = _leading(arb(fmpq(int(right.p), int(right.q)))) - written + 1 if right else None
        found = _rounded(left, right, digits, last, domain, verdict)
        if isinstance(found, Equal):
            return Equal(Grounds.decimal(digits=max(digits, written)))
        return Different(found.witness, found.left, rounded) if isinstance(found, Different) else found
    except (Unsupported, TooLarge, *SYMPY_FAILS) as reason:
        return Undecided(f"it cannot be judged: {reason}")


def significant_digits(decimal: sp.Expr) -> int:
    """How many significant digits a decimal is written with, trailing zeros not counted.

    >>> significant_digits(sp.Float("0.0250"))
    2
    """
    written = as_written(decimal)
    if not isinstance(written, sp.Rational) or not written:
        return 1
    p, q = abs(int(written.p)), int(written.q)
    shift = max(_power_of(q, 2), _power_of(q, 5))
    return len(str(p * 10**shift // q).rstrip("0"))


def _power_of(n: int, prime: int) -> int:
    times = 0
    while n % prime == 0:
        n, times = n // prime, times + 1
    return times


def _rounded(
    left: sp.Expr, right: sp.Expr, digits: int, last: int | None, domain: Domain | None, differs: Different
) -> Verdict:
    """The verdict at points; `last` is the power of ten of the last place written, `differs` what is known when no
    rounding is allowed."""
    names = sorted({symbol.name for symbol in left.free_symbols | right.free_symbols})
    places = {name: i for i, name in enumerate(names)}
    where = axes(names, domain)
    programs = compiled(left, places), compiled(right, places)
    points = islice(stratified(where, (left, right), seeded(left, right)), 8 * POINTS) if names else iter([()])
    agreed = 0
    for point in points:
        near = _near(programs, point, digits, last)
        if near is False:
            witness = {name: sp.Rational(int(t.p), int(t.q)) for name, t in zip(names, point, strict=True)}
            shown = [number(program.run(point, PRECISION).ball) for program in programs]
            return Different(witness, shown[0], shown[1])
        agreed += near is True
        if agreed == POINTS:
            break
    if names and agreed < POINTS:
        return differs
    return Equal(Grounds.decimal(digits=digits)) if agreed else differs


def _near(programs: tuple[Program, Program], point: tuple[fmpq, ...], digits: int, last: int | None) -> bool | None:
    """Whether the second value is the first one rounded; None where there is no real value to compare."""
    try:
        key, value = (program.run(point, PRECISION) for program in programs)
    except Unsure:
        return None
    if not (key.real and value.real and isinstance(key.ball, arb) and isinstance(value.ball, arb)):
        return None if key.real is value.real else False
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        size = abs(key.ball)
        if not size > arb(10) ** -100:
            return bool(abs(value.ball) < arb(10) ** -MACHINE)
        place = _leading(key.ball) - digits + 1
        half = arb(10) ** (place if last is None else min(place, last)) / 2
        return not abs(key.ball - value.ball) > half
    finally:
        ctx.prec = before


def _leading(value: arb) -> int:
    """The power of ten of the first digit of a number that is not 0.

    >>> _leading(arb(250)), _leading(arb(1) / 3)
    (2, -1)
    """
    decades = abs(value).log() / arb(10).log()
    lead = decades.floor().unique_fmpz()
    return round(float(decades.mid())) if lead is None else int(lead)  # None: a power of ten, as far as is known
