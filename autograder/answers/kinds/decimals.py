"""Decimals beside exact keys: right when they are right to the digits asked, and told so.

An exact key wants an exact answer. A decimal is taken when it is the key rounded to the digits asked; 1.0005 times
the key is wrong. A float that is exactly the key, as numpy's 4.0, is right without a word. In an expression with
variables each decimal stands for all numbers that round to it, and the key must lie among the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from sympy import Expr, Float

from autograder.answers.kinds.enclosures import Enclosure, loosened
from autograder.equality import Different, Equal, Grounds, Verdict, decide, decide_decimal
from autograder.equality.domain import axes
from autograder.equality.limits import TooLarge
from autograder.equality.points import seeded, stratified
from autograder.equality.program import Unsupported

NOISE = 3
"""Digits beyond those asked that must be right where the rest is noise of a computation."""
POINTS = 16
"""Points at which expressions with variables are compared."""


@dataclass(frozen=True)
class Closeness:
    """How near a value is to the key: the verdict, and what to tell of decimals.

    `credit` is what a decimal with too few digits may still earn.
    """

    verdict: Verdict
    notes: tuple[str, ...] = ()
    says: str = ""
    credit: Fraction = Fraction(0)


def closeness(key: Expr, value: Expr, digits: int, domain: Mapping[str, Any] | None = None) -> Closeness:
    """Compare a value with an exact key; a decimal need only have `digits` significant digits right.

    >>> from sympy import sqrt
    >>> closeness(sqrt(5), Float("2.236"), 4).notes
    ('Read as a decimal; 4 significant digits are asked.',)
    >>> closeness(sqrt(5), Float("2.24"), 4).says
    'Your decimal is right to 3 significant digits; 4 are asked. An exact value is best.'
    """
    verdict = decide(key, value, domain=domain)
    if not value.has(Float) or not isinstance(verdict, Different):
        return Closeness(verdict)
    if is_rounded(key, value, digits, domain):
        note = f"Read as a decimal; {digits} significant digits are asked."
        return Closeness(Equal(Grounds.decimal(digits=digits)), (note,))
    for fewer in range(digits - 1, 1, -1):
        if is_rounded(key, value, fewer, domain, noise=False):
            says = f"Your decimal is right to {fewer} significant digits; {digits} are asked. An exact value is best."
            return Closeness(verdict, (), says, Fraction(1, 2))
    return Closeness(verdict)


def is_rounded(
    key: Expr, value: Expr, digits: int, domain: Mapping[str, Any] | None = None, *, noise: bool = True
) -> bool:
    """Whether a value with decimals is the key, rounded to `digits` significant digits or more.

    With `noise`, a decimal with `NOISE` digits more than asked may go on wrongly, as computed ones do.

    >>> from sympy import sqrt
    >>> from sympy.abc import x
    >>> is_rounded(sqrt(2) * x, Float("1.414") * x, 4), is_rounded(sqrt(2) * x, 1.0005 * Float("1.414") * x, 4)
    (True, False)
    >>> is_rounded(sqrt(2) * x, Float("1.4142135999") * x, 4), is_rounded(sqrt(2) * x, Float("1.41427") * x, 4)
    (True, False)
    """
    judged = _rounded_in_variables if value.free_symbols or key.free_symbols else _rounded_number
    if judged(key, value, digits, domain):
        return True
    return noise and judged(key, tidy(value, digits + NOISE), digits + NOISE, domain)


def _rounded_number(key: Expr, value: Expr, digits: int, domain: Mapping[str, Any] | None) -> bool:
    return isinstance(decide_decimal(key, value, digits=digits), Equal)


def _rounded_in_variables(key: Expr, value: Expr, digits: int, domain: Mapping[str, Any] | None) -> bool:
    names = sorted({symbol.name for symbol in key.free_symbols | value.free_symbols})
    loose, intervals = loosened(value, digits)
    try:
        left, right = Enclosure(key, names), Enclosure(loose, (*names, *intervals))
    except (Unsupported, TooLarge):
        return False
    narrow = agreed = 0
    for point in islice(stratified(axes(names, domain), (key, value), seeded(key, value)), 4 * POINTS):
        spread = (*point, *intervals.values())
        true, near = left.at(point), right.at(spread)
        if true is None or near is None:
            if (true is None and left.has_no_value(point)) != (near is None and right.has_no_value(spread)):
                return False
            continue
        if not true.overlaps(near):
            return False
        agreed += 1
        # The sum of all roundings must stay small beside the value: huge terms that cancel would hide any error.
        narrow += bool(near.rad() <= abs(true) * 20 * 10.0**-digits)
        if agreed == POINTS:
            break
    return agreed >= POINTS // 2 and 2 * narrow >= agreed


def same(
    key: Expr, value: Expr, digits: int, domain: Mapping[str, Any] | None = None
) -> tuple[Verdict, tuple[str, ...]]:
    """Decide whether a value is the key; a decimal need only have its first `digits` digits right.

    >>> from sympy import Rational
    >>> same(Rational(14, 5), Float("2.8"), 4)
    (Equal(by=...), ())
    """
    close = closeness(key, value, digits, domain)
    return close.verdict, close.notes


def tidy(value: Expr, digits: int) -> Expr:
    """Round every decimal, so that the last digits of a computed one, which are noise, do not count.

    >>> print(tidy(Float(2.8000000003), 7))
    2.80000000000000
    """
    short = {decimal: Float(f"{float(decimal):.{digits}g}", 15) for decimal in value.atoms(Float) if decimal.is_finite}
    return value.xreplace(short)
