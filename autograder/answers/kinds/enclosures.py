"""Values of expressions at points, as intervals that surely hold them.

Rounded decimals are intervals too: 1.414, where four digits are asked, stands for every number that rounds to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flint import arb, ctx, fmpq
from sympy import Expr, Float, Rational, Symbol

from autograder.equality.balls import Unsure
from autograder.equality.decimals import MACHINE, significant_digits
from autograder.equality.limits import TooLarge, measure
from autograder.equality.preparation import as_written, exact_decimals, same_symbols
from autograder.equality.program import Unsupported, compiled

PRECISION = 192
"""Bits: about 57 digits."""

Number = Any
"""`flint.arb | flint.fmpq | int`; flint ships no types."""


class Enclosure:
    """An expression ready to be enclosed at many points; `names` are the coordinates of a point, in order.

    Raises `Unsupported` or `TooLarge` for an expression that cannot be enclosed.

    >>> from sympy.abc import x, y
    >>> Enclosure(x * y, ("x", "y")).at((2, 3)) == 6
    True
    """

    def __init__(self, expression: Expr, names: Sequence[str]) -> None:
        measure(expression)
        places = {name: i for i, name in enumerate(names)}
        self._program = compiled(exact_decimals(same_symbols(expression)), places)

    def at(self, point: Sequence[Number], precision: int = PRECISION) -> Any | None:
        """The interval that holds the value; None where there is no real value, or where nobody can tell."""
        numbers: Any = point  # made intervals inside, at the right precision
        try:
            value = self._program.run(numbers, precision)
        except Unsure:
            return None
        return value.ball if value.real and isinstance(value.ball, arb) else None

    def has_no_value(self, point: Sequence[Number], precision: int = PRECISION) -> bool:
        """Whether there certainly is no real value."""
        numbers: Any = point
        try:
            return self._program.run(numbers, precision).real is False
        except Unsure:
            return False


def enclosed(constant: Expr, precision: int = PRECISION) -> Any | None:
    """The interval that holds a constant; None when it is not real, not constant, or cannot be enclosed.

    >>> from sympy import sqrt
    >>> enclosed(sqrt(2)) ** 2 - 2 < 1e-20
    True
    """
    if constant.free_symbols:
        return None
    try:
        return Enclosure(constant, ()).at((), precision)
    except (Unsupported, TooLarge):
        return None


def rational(value: Expr) -> Any:
    """A sympy rational as flint's."""
    return fmpq(int(value.p), int(value.q))


def rounded(decimal: Float, digits: int, *, computed: bool = False) -> Any:
    """The interval of all numbers that a decimal may stand for, where `digits` significant digits are asked.

    More digits than that must be right when they are written, but not when they were only computed from rounded ones.
    A decimal that is a whole number stands for itself.

    >>> rounded(Float("1.414"), 4).rad() < 0.00051, rounded(Float(2.0), 4).is_exact()
    (True, True)
    """
    exact = as_written(decimal)
    if not isinstance(exact, Rational) or exact.q == 1:
        return arb(rational(exact))
    with precision_of(PRECISION):
        written = digits if computed else min(max(digits, significant_digits(decimal)), MACHINE)
        leading = (Decimal(int(exact.p)) / Decimal(int(exact.q))).adjusted()
        half = arb(10) ** (leading - written + 1) / 2
        return arb(rational(exact)) + arb(0, half.upper())


class precision_of:  # noqa: N801 - reads as a statement
    """A context in which flint works with so many bits."""

    def __init__(self, bits: int) -> None:
        self._bits, self._before = bits, ctx.prec

    def __enter__(self) -> None:
        self._before, ctx.prec = ctx.prec, self._bits

    def __exit__(self, *error: object) -> None:
        ctx.prec = self._before


def loosened(expression: Expr, digits: int) -> tuple[Expr, Mapping[str, Any]]:
    """Replace each decimal by a letter of its own; return that, and the interval that each letter stands for.

    >>> from sympy.abc import x
    >>> loosened(Float("1.414") * x, 4)[0]
    decimal 0*x
    """
    decimals = sorted((each for each in expression.atoms(Float) if each.is_finite), key=float)
    letters = {decimal: Symbol(f"decimal {i}") for i, decimal in enumerate(decimals)}
    intervals = {letter.name: rounded(decimal, digits) for decimal, letter in letters.items()}
    return expression.xreplace(letters), intervals
