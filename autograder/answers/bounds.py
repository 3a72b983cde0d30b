"""How large a mathematical expression may be: a bound on every node, known before sympy builds it.

sympy evaluates as it constructs, so `9**9**9`, `factorial(10**7)` or `floor(exp(10**9))` can take for ever.
Each node therefore gets a `Size`, computed from the sizes of its arguments alone; a node over a limit is
never built.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MAX_DEPTH = 60
"""Nodes on the longest path from an answer down to a number or a symbol."""
MAX_OPERATIONS = 4_000
"""Nodes in one expression."""
MAX_NUMBER_BITS = 4_096
"""Bits of a number that is written out; about 1,233 digits."""
MAX_POWER_BITS = 4_096
"""Bits of the value of a power, of a factorial, or of anything rounded to an integer."""
MAX_VALUE_BITS = 65_536
"""Bits of the value of anything else, with every symbol standing for a number of size 2."""

_SMALL_BITS = 4.0
_BOUNDED = frozenset({"sin", "cos", "tanh", "sign", "erf", "sinc", "Heaviside", "sech", "frac"})
_INVERSE = frozenset(
    {"asin", "acos", "atan", "acot", "asec", "acsc", "asinh", "acosh", "atanh", "acoth", "asech", "acsch"}
    | {"atan2", "arg", "LambertW"}
)
_EXPONENTIAL = frozenset({"exp", "sinh", "cosh", "csch"})
_FACTORIAL = frozenset({"factorial", "gamma", "binomial"})
_ROUNDING = frozenset({"floor", "ceiling", "Mod"})


class TooLargeError(ValueError):
    """An expression is over one of the limits; the text names which one."""


@dataclass(frozen=True, slots=True)
class Size:
    """Bounds on an expression.

    `bits` bounds the logarithm to base 2 of its absolute value (every symbol standing for 2), `denominator`
    that of its reciprocal or of its denominator, `depth` the nesting and `operations` the number of nodes.

    >>> Size.of_rational(1, 1024)
    Size(bits=1.0, denominator=11.0, depth=1, operations=1)
    """

    bits: float
    denominator: float = 0.0
    depth: int = 1
    operations: int = 1

    @staticmethod
    def of_rational(numerator: int, denominator: int = 1) -> Size:
        """Return the size of a fraction; raise `TooLargeError` when it takes too many bits to write."""
        if max(numerator.bit_length(), denominator.bit_length()) > MAX_NUMBER_BITS:
            raise TooLargeError("number too large")
        return Size(float(numerator.bit_length()), float(denominator.bit_length()) if denominator != 1 else 0.0)

    @staticmethod
    def of_float(mantissa: int, exponent: int) -> Size:
        """Return the size of `mantissa * 2**exponent`; raise `TooLargeError` when too long or too extreme."""
        if mantissa.bit_length() > MAX_NUMBER_BITS or abs(exponent) > 16_384 + MAX_NUMBER_BITS:
            raise TooLargeError("number too large")
        size = float(mantissa.bit_length() + exponent)
        return Size(max(size, 1.0), max(-size, 0.0))


SYMBOL_SIZE = Size(1.0)
"""The size of a symbol."""
CONSTANT_SIZE = Size(2.0)
"""The size of pi, e, i and their like."""


def _value(bits: float) -> float:
    """Return a bound on a value of so many bits, itself kept within floating point."""
    return 2.0 ** min(bits, 64.0)


def _limited(bits: float, limit: int) -> float:
    if bits > limit:
        raise TooLargeError("power too large" if limit == MAX_POWER_BITS else "value too large")
    return bits


def _power(base: Size, exponent: Size, exponent_value: float | None) -> tuple[float, float]:
    times = abs(exponent_value) if exponent_value is not None else _value(exponent.bits)
    either = times * max(base.bits, base.denominator)
    _limited(either, MAX_POWER_BITS)
    if exponent_value is not None and exponent_value > 0:
        return times * base.bits, times * base.denominator
    return either, either


def _function(head: str, sizes: Sequence[Size]) -> tuple[float, float]:
    bits = max(size.bits for size in sizes)
    either = max(bits, max(size.denominator for size in sizes))
    if head in _EXPONENTIAL:
        grown = _limited(1.5 * _value(bits), MAX_VALUE_BITS)
        return grown, grown
    if head in _FACTORIAL:
        value = _value(bits)
        return _limited(value * max(bits, 1.0), MAX_POWER_BITS), either
    if head in _ROUNDING:
        return _limited(either, MAX_POWER_BITS), 0.0
    if head in _BOUNDED:
        return 1.0, either
    if head == "log":
        return 1.0 + math.log2(either + 2.0), either
    if head in _INVERSE:
        return _SMALL_BITS, either
    return max(either, _SMALL_BITS), either


def size_of(head: str, sizes: Sequence[Size], exponent: float | None = None) -> Size:
    """Return the size of `head` applied to arguments of the given sizes, or raise `TooLargeError`.

    `exponent` is the value of a numeric exponent, for `head="Pow"`.

    >>> size_of("Add", [SYMBOL_SIZE, SYMBOL_SIZE]).bits
    2.0
    >>> nine = Size.of_rational(9)
    >>> size_of("Pow", [nine, nine], exponent=9.0).bits
    36.0
    >>> size_of("Pow", [nine, size_of("Pow", [nine, nine], exponent=9.0)])
    Traceback (most recent call last):
    autograder.answers.bounds.TooLargeError: power too large
    """
    operations = 1 + sum(size.operations for size in sizes)
    depth = 1 + max((size.depth for size in sizes), default=0)
    if operations > MAX_OPERATIONS:
        raise TooLargeError("too many operations")
    if depth > MAX_DEPTH:
        raise TooLargeError("nested too deeply")
    if not sizes:
        return Size(1.0, 0.0, depth, operations)
    if head == "Add":
        denominator = sum(size.denominator for size in sizes)
        bits = max(size.bits for size in sizes) + denominator + math.log2(len(sizes))
    elif head == "Mul":
        bits, denominator = sum(size.bits for size in sizes), sum(size.denominator for size in sizes)
    elif head == "Pow":
        bits, denominator = _power(sizes[0], sizes[1], exponent)
    else:
        bits, denominator = _function(head, sizes)
    _limited(max(bits, denominator), MAX_VALUE_BITS)
    return Size(bits, denominator, depth, operations)
