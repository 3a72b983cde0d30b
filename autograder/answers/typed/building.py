"""From the tree of a text to mathematics."""

from __future__ import annotations

from fractions import Fraction

from sympy import Float, Integer, Rational, S, Symbol, log

from autograder.answers.bounds import CONSTANT_SIZE, SYMBOL_SIZE, Size
from autograder.answers.machine import Value
from autograder.answers.vocabulary import CONSTANTS

from .arithmetic import ONE, ZERO, Arithmetic, VectorError, integer, rational
from .results import Built, Several, Sides
from .tree import Node


class Builder(Arithmetic):
    """Builds the mathematics of one text, one method for each kind of node.

    >>> from .names import Names
    >>> from .parser import parse
    >>> from .tokens import Tokenizer
    >>> Builder("2xy", evaluate=True).build(parse(Tokenizer("2xy", Names("x y"))))[1]
    2*x*y
    """

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
        return Several(tuple(ONE if index == place else ZERO for index in range(self.dimension)), "tuple")

    def _truth(self, node: Node) -> bool:
        return bool(node.data)

    def _group(self, node: Node) -> Built:
        return self.build(node.parts[0])

    def _negative(self, node: Node) -> Built:
        value = self.build(node.parts[0])
        if isinstance(value, Several):
            return self.scaled(node, integer(-1), value)
        return self.negated(node, self.scalar(node.parts[0]))

    def _sum(self, node: Node) -> Built:
        values: list[Built] = []
        for sign, part in zip(node.data, node.parts, strict=True):
            value = self.build(part)
            if sign == "-":
                if isinstance(value, Several):
                    value = self.scaled(part, integer(-1), value)
                else:
                    value = self.negated(part, self.scalar(part))
            values.append(value)
        if not any(isinstance(value, Several) for value in values):
            return self.added(node, [self.only_scalar(value, node) for value in values])
        if not all(isinstance(value, Several) for value in values):
            raise VectorError("A number cannot be added to a vector.", node.start, self.text)
        vectors = [value for value in values if isinstance(value, Several)]
        if len({len(vector.items) for vector in vectors}) > 1 or any(vector.form == "set" for vector in vectors):
            raise self.fail("Only vectors of the same length can be added.", node)
        rows = zip(*(vector.items for vector in vectors), strict=True)
        added = tuple(self.added(node, [self.only_scalar(item, node) for item in row]) for row in rows)
        return Several(added, vectors[0].form)

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
                    factors.append(self.dot(part, sign, vector, value))
                    vector = None
                continue
            number = self.scalar(part)
            factors.append(self.inverse(part, factors, number) if sign == "/" else number)
        product = self.times(node, *factors)
        return product if vector is None else self.scaled(node, product, vector)

    def _over(self, node: Node) -> Built:
        above = self.build(node.parts[0])
        below = self.scalar(node.parts[1])
        if isinstance(above, Several):
            return self.scaled(node, self.inverse(node.parts[1], [], below), above)
        factors = [self.only_scalar(above, node)]
        inverse = self.inverse(node.parts[1], factors, below)
        return self.times(node, *factors, inverse)

    def _power(self, node: Node) -> Built:
        base, exponent = self.scalar(node.parts[0]), self.scalar(node.parts[1])
        if base[1] is S.Exp1:
            return self.head(node, "exp", exponent)
        if isinstance(base[1], Rational) and base[1] == 0 and isinstance(exponent[1], Rational) and exponent[1] <= 0:
            raise self.fail("This power of zero has no value.", node)
        return self.head(node, "Pow", base, exponent)

    def _root(self, node: Node) -> Built:
        radicand = self.scalar(node.parts[0])
        index = rational(1, node.data)
        value = radicand[1]
        if node.data % 2 and isinstance(value, Rational) and value < 0:
            positive = self.head(node, "Pow", self.negated(node, radicand), index)
            return self.negated(node, positive)
        return self.head(node, "Pow", radicand, index)

    def _factorial(self, node: Node) -> Built:
        value = self.scalar(node.parts[0])
        if isinstance(value[1], Rational) and (value[1].q != 1 or value[1] < 0):
            raise self.fail("A factorial needs a whole number.", node)
        return self.head(node, "factorial", value)

    def _degrees(self, node: Node) -> Built:
        half_turn = self.head(node, "Mul", rational(1, 180), ("expression", S.Pi, CONSTANT_SIZE))
        return self.head(node, "Mul", self.scalar(node.parts[0]), half_turn)

    def _percent(self, node: Node) -> Built:
        return self.head(node, "Mul", self.scalar(node.parts[0]), rational(1, 100))

    def _norm(self, node: Node) -> Built:
        value = self.build(node.parts[0])
        if not isinstance(value, Several):
            return self.head(node, "Abs", self.scalar(node.parts[0]))
        two = integer(2)
        squares = [self.head(node, "Pow", self.only_scalar(item, node), two) for item in value.items]
        return self.head(node, "Pow", self.added(node, squares), rational(1, 2))

    def _call(self, node: Node) -> Built:
        if node.data == "Abs" and isinstance(self.build(node.parts[0]), Several):
            return self._norm(node)
        values = [self.scalar(part) for part in node.parts]
        if node.data != "log" or len(values) == 1:
            return self.head(node, node.data, *values)
        argument, base = values
        if all(isinstance(value[1], Integer) and value[1] > 1 for value in values):
            return "expression", log(argument[1], base[1]), argument[2]
        below = self.head(node, "log", base)
        if below[1] == 0:
            raise self.fail("A logarithm cannot have this base.", node)
        inverse = self.head(node, "Pow", below, integer(-1))
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
