"""From the tree of a text to mathematics: every node is checked for its size before sympy builds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Basic, Eq, Expr, FiniteSet, Float, Integer, Rational, S, Symbol, Tuple, log

from autograder.answers.answer import Answer, Equation, Form, Items, Scalar, Truth
from autograder.answers.bounds import CONSTANT_SIZE, SYMBOL_SIZE, Size, TooLargeError
from autograder.answers.program import ProgramError, Value, apply
from autograder.answers.vocabulary import CONSTANTS

from .errors import ReadingError
from .tree import Node

_TOO_LARGE = "This is too large to be worked out: write it in a simpler form."


class VectorError(ReadingError):
    """A number and a vector were mixed in a way that has no meaning."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several built things: a point, a vector, a list, a set."""

    items: tuple[Built, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of an equation."""

    left: Value
    right: Value


Built = Value | Several | Sides | bool


def _rational(above: int, below: int) -> Value:
    return "expression", Rational(above, below), Size.of_rational(above, below)


def _integer(number: int) -> Value:
    return _rational(number, 1)


_ZERO, _ONE = _integer(0), _integer(1)


class Builder:
    """Builds the mathematics of one text.

    With `evaluate=False` the expression keeps the form in which it was written. `imaginary` reads `i` as the
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

    def build(self, node: Node) -> Built:
        """Return what a node stands for."""
        return getattr(self, f"_{node.kind}")(node)

    def scalar(self, node: Node) -> Value:
        """Return what a node stands for when that is a number or an expression."""
        value = self.build(node)
        if isinstance(value, Several):
            raise VectorError("A number is wanted here, not a vector or a list.", node.start, self.text)
        if isinstance(value, Sides | bool):
            raise self.fail("A number is wanted here.", node)
        return value

    def _number(self, node: Node) -> Value:
        value: Fraction = node.data
        size = Size.of_rational(value.numerator, value.denominator)
        return "expression", Rational(value.numerator, value.denominator), size

    def _decimal(self, node: Node) -> Value:
        value, digits, _ = node.data
        exact = Rational(value.numerator, value.denominator)
        number = Float(exact, max(15, digits))
        return "expression", number, Size.of_float(int(number._mpf_[1]), int(number._mpf_[2]))

    def _symbol(self, node: Node) -> Value:
        return "expression", Symbol(node.data), SYMBOL_SIZE

    def _constant(self, node: Node) -> Value:
        return "expression", CONSTANTS[node.data], CONSTANT_SIZE

    def _unit(self, node: Node) -> Built:
        if self.imaginary:
            return "expression", S.ImaginaryUnit, CONSTANT_SIZE
        place = "ijk".index(node.data)
        return Several(tuple(_ONE if index == place else _ZERO for index in range(self.dimension)), "tuple")

    def _truth(self, node: Node) -> bool:
        return bool(node.data)

    def _group(self, node: Node) -> Built:
        return self.build(node.parts[0])

    def _negated(self, node: Node, value: Value) -> Value:
        if isinstance(value[1], Rational):
            return "expression", -value[1], value[2]
        return self.head(node, "Mul", _integer(-1), value)

    def _negative(self, node: Node) -> Built:
        value = self.build(node.parts[0])
        if isinstance(value, Several):
            return self._scaled(node, _integer(-1), value)
        return self._negated(node, self.scalar(node.parts[0]))

    def _sum(self, node: Node) -> Built:
        values: list[Built] = []
        for sign, part in zip(node.data, node.parts, strict=True):
            value = self.build(part)
            if sign == "-":
                if isinstance(value, Several):
                    value = self._scaled(part, _integer(-1), value)
                else:
                    value = self._negated(part, self.scalar(part))
            values.append(value)
        if not any(isinstance(value, Several) for value in values):
            return self._added(node, [self._only_scalar(value, node) for value in values])
        if not all(isinstance(value, Several) for value in values):
            raise VectorError("A number cannot be added to a vector.", node.start, self.text)
        vectors = [value for value in values if isinstance(value, Several)]
        if len({len(vector.items) for vector in vectors}) > 1 or any(vector.form == "set" for vector in vectors):
            raise self.fail("Only vectors of the same length can be added.", node)
        rows = zip(*(vector.items for vector in vectors), strict=True)
        added = tuple(self._added(node, [self._only_scalar(item, node) for item in row]) for row in rows)
        return Several(added, vectors[0].form)

    def _only_scalar(self, value: Built, node: Node) -> Value:
        if isinstance(value, Several | Sides | bool):
            raise self.fail("Only numbers and vectors can be added or multiplied.", node)
        return value

    def _added(self, node: Node, values: Sequence[Value]) -> Value:
        """Return a sum; zeros, which unit vectors bring in, are left out."""
        terms = [value for value in values if value is not _ZERO]
        if len(terms) < 2:
            return terms[0] if terms else _ZERO
        return self.head(node, "Add", *terms)

    def _times(self, node: Node, *values: Value) -> Value:
        factors = [value for value in values if value is not _ONE]
        if any(value is _ZERO for value in values):
            return _ZERO
        if len(factors) < 2:
            return factors[0] if factors else _ONE
        return self.head(node, "Mul", *factors)

    def _scaled(self, node: Node, factor: Value, vector: Several) -> Several:
        if vector.form == "set":
            raise self.fail("A set cannot be multiplied.", node)
        items: list[Built] = []
        for item in vector.items:
            if isinstance(item, Several):
                items.append(self._scaled(node, factor, item))
            else:
                value = self._only_scalar(item, node)
                minus = isinstance(factor[1], Rational) and factor[1] == -1
                items.append(value if value is _ZERO else self._negated(node, value) if minus and value is not _ONE
                             else self._times(node, factor, value))  # fmt: skip
        return Several(tuple(items), vector.form)

    def _product(self, node: Node) -> Built:
        factors: list[Value] = []
        vector: Several | None = None
        for sign, part in zip(node.data, node.parts, strict=True):
            value = self.build(part)
            if isinstance(value, Several):
                if sign == "/":
                    raise VectorError("Nothing can be divided by a vector.", part.start, self.text)
                if vector is None:
                    vector = value
                else:
                    factors.append(self._dot(part, sign, vector, value))
                    vector = None
                continue
            number = self.scalar(part)
            factors.append(self._inverse(part, factors, number) if sign == "/" else number)
        product = self._times(node, *factors)
        return product if vector is None else self._scaled(node, product, vector)

    def _dot(self, node: Node, sign: str, left: Several, right: Several) -> Value:
        if sign != "·" or len(left.items) != len(right.items):
            raise VectorError("Two vectors: write · between them for a dot product.", node.start, self.text)
        pairs = zip(left.items, right.items, strict=True)
        terms = [self._times(node, self._only_scalar(a, node), self._only_scalar(b, node)) for a, b in pairs]
        return self._added(node, terms)

    def _inverse(self, node: Node, factors: list[Value], number: Value) -> Value:
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
        return self.head(node, "Pow", number, _integer(-1))

    def _over(self, node: Node) -> Built:
        above = self.build(node.parts[0])
        below = self.scalar(node.parts[1])
        if isinstance(above, Several):
            return self._scaled(node, self._inverse(node.parts[1], [], below), above)
        factors = [self._only_scalar(above, node)]
        inverse = self._inverse(node.parts[1], factors, below)
        return self._times(node, *factors, inverse)

    def _power(self, node: Node) -> Built:
        base, exponent = self.scalar(node.parts[0]), self.scalar(node.parts[1])
        if base[1] is S.Exp1:
            return self.head(node, "exp", exponent)
        if isinstance(base[1], Rational) and base[1] == 0 and isinstance(exponent[1], Rational) and exponent[1] <= 0:
            raise self.fail("This power of zero has no value.", node)
        return self.head(node, "Pow", base, exponent)

    def _root(self, node: Node) -> Built:
        radicand = self.scalar(node.parts[0])
        index = _rational(1, node.data)
        value = radicand[1]
        if node.data % 2 and isinstance(value, Rational) and value < 0:
            positive = self.head(node, "Pow", self._negated(node, radicand), index)
            return self._negated(node, positive)
        return self.head(node, "Pow", radicand, index)

    def _factorial(self, node: Node) -> Built:
        value = self.scalar(node.parts[0])
        if isinstance(value[1], Rational) and (value[1].q != 1 or value[1] < 0):
            raise self.fail("A factorial needs a whole number.", node)
        return self.head(node, "factorial", value)

    def _degrees(self, node: Node) -> Built:
        half_turn = self.head(node, "Mul", _rational(1, 180), ("expression", S.Pi, CONSTANT_SIZE))
        return self.head(node, "Mul", self.scalar(node.parts[0]), half_turn)

    def _percent(self, node: Node) -> Built:
        return self.head(node, "Mul", self.scalar(node.parts[0]), _rational(1, 100))

    def _norm(self, node: Node) -> Built:
        value = self.build(node.parts[0])
        if not isinstance(value, Several):
            return self.head(node, "Abs", self.scalar(node.parts[0]))
        two = _integer(2)
        squares = [self.head(node, "Pow", self._only_scalar(item, node), two) for item in value.items]
        return self.head(node, "Pow", self._added(node, squares), _rational(1, 2))

    def _call(self, node: Node) -> Built:
        values = [self.scalar(part) for part in node.parts]
        if node.data == "Abs" and len(values) == 1 and node.parts[0].inside.kind == "items":
            return self._norm(node)
        if node.data != "log" or len(values) == 1:
            return self.head(node, node.data, *values)
        argument, base = values
        if all(isinstance(value[1], Integer) and value[1] > 1 for value in values):
            return "expression", log(argument[1], base[1]), argument[2]
        below = self.head(node, "log", base)
        if below[1] == 0:
            raise self.fail("A logarithm cannot have this base.", node)
        inverse = self.head(node, "Pow", below, _integer(-1))
        return self.head(node, "Mul", self.head(node, "log", argument), inverse)

    def _items(self, node: Node) -> Built:
        return Several(tuple(self.build(part) for part in node.parts), node.data)

    def _equation(self, node: Node) -> Built:
        left, right = (self.build(part) for part in node.parts)
        if isinstance(left, Several) and isinstance(right, Several):
            if all(part.kind == "symbol" for part in node.parts[0].inside.parts) and len(left.items) == len(
                right.items
            ):
                return right
            raise self.fail("Write the value alone, without an equals sign.", node)
        return Sides(self.scalar(node.parts[0]), self.scalar(node.parts[1]))


def to_answer(built: Built) -> Answer:
    """Return the inert answer for what was built."""
    if isinstance(built, bool):
        return Truth(built)
    if isinstance(built, Several):
        return Items(tuple(to_answer(item) for item in built.items), built.form)
    if isinstance(built, Sides):
        return Equation(built.left[1], built.right[1])
    return Scalar(built[1])


def to_sympy(built: Built) -> Basic:
    """Return what was built as one sympy object."""
    if isinstance(built, bool):
        return S.true if built else S.false
    if isinstance(built, Several):
        parts = [to_sympy(item) for item in built.items]
        return FiniteSet(*parts) if built.form == "set" else Tuple(*parts)
    if isinstance(built, Sides):
        return Eq(built.left[1], built.right[1], evaluate=False)
    return built[1]


def expressions(built: Built) -> list[Any]:
    """Return every expression in what was built."""
    if isinstance(built, bool):
        return []
    if isinstance(built, Several):
        return [each for item in built.items for each in expressions(item)]
    if isinstance(built, Sides):
        return [built.left[1], built.right[1]]
    return [built[1]]


__all__ = ["Builder", "Built", "Expr", "VectorError", "expressions", "to_answer", "to_sympy"]
