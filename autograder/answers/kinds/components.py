"""Reading the components of a vector or a point, in any of the ways that people write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Symbol

from autograder.answers.answer import Answer, Equation, Items, Scalar, Table, Text
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import Misfit
from autograder.notation import listing


@dataclass(frozen=True)
class Words:
    """What the whole and its parts are called: a vector has components, a point has coordinates."""

    whole: str = "vector"
    part: str = "component"

    def wanted(self, names: Sequence[str]) -> str:
        """Say what is wanted, as a noun phrase.

        >>> Words("point", "coordinate").wanted("xy")
        'a point with 2 coordinates, one for x and one for y'
        """
        each = listing(f"one for {name}" for name in names)
        return f"a {self.whole} with {len(names)} {self.part}{'s' * (len(names) > 1)}, {each}"


def components(answer: Answer, names: Sequence[str], words: Words) -> tuple[Answer, ...] | Misfit:
    """Return one answer for each name; take a row, column, tuple, list, array, a dict by name, or equations.

    >>> from sympy import Integer, Symbol
    >>> x, y = (Equation(Symbol(name), Integer(value)) for name, value in (("x", 1), ("y", 2)))
    >>> components(Items((y, x)), "xy", Words())
    (Scalar(expression=1), Scalar(expression=2))
    """
    if isinstance(answer, Table):
        return _by_name([(_name(key), value) for key, value in answer.pairs], names)
    if isinstance(answer, Equation):
        answer = Items((answer,))
    if isinstance(answer, Scalar) and len(names) == 1:
        return (answer,)
    if not isinstance(answer, Items):
        return Misfit("wrong", f"This is {sort(answer)}; the question asks for {words.wanted(names)}.")
    items = flat(answer)
    if items and all(isinstance(item, Equation) for item in items):
        sides = [(_name(Scalar(item.left)), Scalar(item.right)) for item in items if isinstance(item, Equation)]
        return _by_name(sides, names)
    if answer.form == "set" and any(isinstance(item, Items) for item in answer):
        return Misfit("wrong", f"This is {sort(answer)}; the question asks for {words.wanted(names)}.")
    if answer.form == "set":
        return Misfit("wrong", f"A set has no order, a {words.whole} has: write it in round brackets, (a, b).")
    if len(items) != len(names):
        many = f"{len(items)} {words.part}{'s' * (len(items) != 1)}"
        return Misfit("wrong", f"Your {words.whole} has {many}; the question asks for {words.wanted(names)}.")
    return items


def _by_name(pairs: Sequence[tuple[str, Answer]], names: Sequence[str]) -> tuple[Answer, ...] | Misfit:
    by_name = dict(pairs)
    if set(by_name) != set(names) or len(pairs) != len(names):
        return Misfit("wrong", f"Give each of {listing(names)} one value, and nothing else.")
    return tuple(by_name[name] for name in names)


def flat(items: Items) -> tuple[Answer, ...]:
    """Unwrap a matrix with a single row or a single column.

    >>> from sympy import Integer
    >>> one = Scalar(Integer(1))
    >>> len(flat(Items((Items((one,)), Items((one,))), "array")))
    2
    """
    if len(items) == 1 and isinstance(items.items[0], Items):
        return flat(items.items[0])
    if all(isinstance(item, Items) and len(item) == 1 for item in items):
        return tuple(item.items[0] for item in items if isinstance(item, Items))
    return items.items


def _name(key: Answer) -> str:
    if isinstance(key, Scalar) and isinstance(key.expression, Symbol):
        return str(key.expression.name)
    return key.text.strip() if isinstance(key, Text) else ""
