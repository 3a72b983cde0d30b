"""Marks: a few numbers that tell values apart at a glance, so that only likely mistakes are compared exactly."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

from sympy import Add, E, Expr, Mul, Number, Pow, Symbol, cos, exp, log, pi, sin, tan

from autograder.answers.answer import Answer, Items, Scalar
from autograder.answers.kinds.vector import flat

Mark = tuple[complex, ...]
"""The components of a value, as numbers, at odd points: equal values have nearly equal marks."""

FUNCTIONS: dict[type[Expr], Callable[[complex], complex]] = {
    sin: cmath.sin,
    cos: cmath.cos,
    tan: cmath.tan,
    exp: cmath.exp,
    log: cmath.log,
}
CONSTANTS: dict[Expr, complex] = {pi: math.pi, E: math.e}
SMALL = 1e-11
"""What is smaller than this is what rounding leaves of 0."""


@dataclass
class Marks:
    """Evaluates answers at odd points, each expression once. Only a filter: it decides nothing."""

    numbers: dict[Expr, complex | None] = field(default_factory=dict)

    def of(self, answer: Answer) -> Mark:
        """Return the mark of an answer, to nine digits; empty where it has no finite value.

        >>> from sympy.abc import x
        >>> from autograder.answers import of
        >>> Marks().of(of((x + 1)**2)) == Marks().of(of(x**2 + 2*x + 1))
        True
        """
        numbers: list[complex] = []
        for part in leaves(answer):
            if not isinstance(part, Scalar):
                return ()
            if part.expression not in self.numbers:
                self.numbers[part.expression] = number_of(part.expression)
            number = self.numbers[part.expression]
            if number is None:
                return ()
            numbers.append(complex(_rounded(number.real), _rounded(number.imag)))
        return tuple(numbers)


def leaves(answer: Answer) -> Iterator[Answer]:
    """The parts of a collection, and the parts of those, in their order."""
    for part in flat(answer) if isinstance(answer, Items) else ():
        yield from leaves(part)
    if not isinstance(answer, Items):
        yield answer


def near(one: Mark, other: Mark) -> bool:
    """Whether two marks may be of the same value, given to a few digits; an empty one says nothing."""
    if not one:
        return True  # nothing known: let a comparison decide
    return len(one) == len(other) and all(
        abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-9) for a, b in zip(one, other, strict=True)
    )


def number_of(expression: Expr) -> complex | None:
    """Evaluate an expression at two odd points of opposite signs, so that y and |y| differ; None if it has no value."""
    number = 0j
    for weight, sign in ((1.0, 1), (0.618, -1)):
        point = {letter: sign * _coordinate(letter.name) for letter in expression.free_symbols}
        try:
            value = _value(expression, point)
        except (ArithmeticError, TypeError, ValueError):
            return None
        if not cmath.isfinite(value):
            return None
        number += weight * value
        if not point:
            break
    return number


def _value(node: Expr, point: dict[Symbol, float]) -> complex:
    """Evaluate a node in plain arithmetic where that is enough, and by sympy where it is not."""
    if isinstance(node, Symbol):
        return point[node]
    if isinstance(node, Number):
        return float(node)
    if node in CONSTANTS:
        return CONSTANTS[node]
    is_plain = isinstance(node, (Add, Mul, Pow, *FUNCTIONS))
    parts = [_value(part, point) for part in node.args] if is_plain else []
    if isinstance(node, Add):
        return sum(parts)
    if isinstance(node, Mul):
        return math.prod(parts)
    if isinstance(node, Pow):
        return parts[0] ** parts[1]
    if parts:
        return FUNCTIONS[type(node)](parts[0])
    return complex(node.evalf(15, subs=point))


@cache
def _coordinate(name: str) -> float:
    """A number of size 1/2 to 2 that belongs to the name alone: x/z and y/z must not have the same mark.

    Neighbours such as x and y have opposite signs.
    """
    return (-1) ** ord(name[-1]) * math.sqrt((2500 + crc32(name.encode()) % 37_483) / 9_973)


def _rounded(number: float) -> float:
    return 0.0 if abs(number) < SMALL else float(f"{number:.9g}")
