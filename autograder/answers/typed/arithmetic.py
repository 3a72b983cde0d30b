"""Sums, products and powers of numbers and vectors, each checked for its size before sympy builds it."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Integer, Rational

from autograder.answers.bounds import Size, TooLargeError
from autograder.answers.machine import ProgramError, Value, apply

from .errors import ReadingError
from .results import Built, Several, Sides
from .tree import Node

_TOO_LARGE = "This is too large to be worked out: write it in a simpler form."


class VectorError(ReadingError):
    """A number and a vector were mixed in a way that has no meaning."""


def rational(above: int, below: int) -> Value:
    """Return a fraction with its size."""
    return "expression", Rational(above, below), Size.of_rational(above, below)


def integer(number: int) -> Value:
    """Return an integer with its size."""
    return rational(number, 1)


ZERO, ONE = integer(0), integer(1)
"""Compared by identity, so that only the zeros and ones of unit vectors are left out of a sum or product."""


class Arithmetic:
    """Calculation with what the parts of a text stand for.

    With `evaluate=False` an expression keeps the form in which it was written. `imaginary` reads `i` as the
    imaginary unit; otherwise i, j, k are unit vectors in `dimension` dimensions.
    """

    def __init__(self, text: str, *, evaluate: bool, imaginary: bool = False, dimension: int = 2) -> None:
        self.text = text
        self.evaluate = evaluate
        self.imaginary = imaginary
        self.dimension = dimension

    def fail(self, message: str, node: Node) -> ReadingError:
        """Return the error at a node."""
        return ReadingError(message, node.start, self.text)

    def head(self, node: Node, head: str, *values: Value) -> Value:
        """Return a head applied to values, or fail at the node."""
        try:
            return apply(head, list(values), evaluate=self.evaluate)
        except TooLargeError as error:
            raise self.fail(_TOO_LARGE, node) from error
        except ProgramError as error:
            raise self.fail("This has no meaning as mathematics.", node) from error

    def negated(self, node: Node, value: Value) -> Value:
        """Return minus a value."""
        if isinstance(value[1], Rational):
            return "expression", -value[1], value[2]
        return self.head(node, "Mul", integer(-1), value)

    def only_scalar(self, value: Built, node: Node) -> Value:
        """Return a value that is a number or an expression; fail for anything else."""
        if isinstance(value, Several | Sides | bool):
            raise self.fail("Only numbers and vectors can be added or multiplied.", node)
        return value

    def added(self, node: Node, values: Sequence[Value]) -> Value:
        """Return a sum; zeros, which unit vectors bring in, are left out."""
        terms = [value for value in values if value is not ZERO]
        if len(terms) < 2:
            return terms[0] if terms else ZERO
        return self.head(node, "Add", *terms)

    def times(self, node: Node, *values: Value) -> Value:
        """Return a product; ones and zeros, which unit vectors bring in, are worked out at once."""
        factors = [value for value in values if value is not ONE]
        if any(value is ZERO for value in values):
            return ZERO
        if len(factors) < 2:
            return factors[0] if factors else ONE
        return self.head(node, "Mul", *factors)

    def scaled(self, node: Node, factor: Value, vector: Several) -> Several:
        """Return a vector times a number."""
        if vector.form == "set":
            raise self.fail("A set cannot be multiplied.", node)
        items: list[Built] = []
        for item in vector.items:
            if isinstance(item, Several):
                items.append(self.scaled(node, factor, item))
            else:
                value = self.only_scalar(item, node)
                minus = isinstance(factor[1], Rational) and factor[1] == -1
                items.append(value if value is ZERO else self.negated(node, value) if minus and value is not ONE
                             else self.times(node, factor, value))  # fmt: skip
        return Several(tuple(items), vector.form)

    def dot(self, node: Node, sign: str, left: Several, right: Several) -> Value:
        """Return the dot product of two vectors with a dot between them."""
        if sign != "·" or len(left.items) != len(right.items):
            says = "Two vectors: write · for a dot product, a comma between two points."
            raise VectorError(says, node.start, self.text)
        pairs = zip(left.items, right.items, strict=True)
        terms = [self.times(node, self.only_scalar(a, node), self.only_scalar(b, node)) for a, b in pairs]
        return self.added(node, terms)

    def inverse(self, node: Node, factors: list[Value], number: Value) -> Value:
        """Return 1/number; a fraction of two integers in lowest terms is taken as one number."""
        below = number[1]
        if isinstance(below, Rational) and below == 0:
            raise self.fail("Nothing can be divided by zero.", node)
        if not self.evaluate and factors and isinstance(below, Integer) and isinstance(factors[-1][1], Integer):
            above = factors[-1][1]
            fraction = Rational(above, below)
            if fraction.q == below:
                factors.pop()
                return "expression", fraction, Size.of_rational(int(fraction.p), int(fraction.q))
        return self.head(node, "Pow", number, integer(-1))
