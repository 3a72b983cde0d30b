"""The inert forms that a student's answer can take.

Whatever a student gives - a sympy expression, a numpy array, typed text, a message from a sandbox - becomes
one of these frozen values before anything is judged. None of them holds an object of the student's own making.

Symbols are plain `Symbol(name)` without assumptions, so that two symbols are the same when their names are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sympy import Expr

Form = Literal["tuple", "list", "row", "column", "array", "set"]
"""How a collection was written; "row" and "column" are sympy matrices, "array" is a numpy array."""


@dataclass(frozen=True)
class Scalar:
    """One number or expression. A decimal stays a sympy `Float`, so that it can be told from an exact value.

    >>> from sympy import Float, Symbol
    >>> Scalar(2 * Symbol("x")).is_decimal, Scalar(Float("2.8")).is_decimal
    (False, True)
    """

    expression: Expr

    @property
    def is_decimal(self) -> bool:
        """Whether a decimal number occurs anywhere in the expression."""
        from sympy import Float

        return bool(self.expression.has(Float))


@dataclass(frozen=True)
class Items:
    """Several answers in order: a point, a vector, a matrix (items of items) or a set.

    >>> from sympy import Integer
    >>> len(Items((Scalar(Integer(3)), Scalar(Integer(4))), "tuple"))
    2
    """

    items: tuple[Answer, ...]
    form: Form = "tuple"

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.items)


@dataclass(frozen=True)
class Table:
    """A dict: pairs of key and value, in the order given."""

    pairs: tuple[tuple[Answer, Answer], ...]


@dataclass(frozen=True)
class Equation:
    """Two sides said to be equal, unevaluated: `Eq(x + y, 5)` or the text `x + y = 5`."""

    left: Expr
    right: Expr


@dataclass(frozen=True)
class Truth:
    """`True` or `False`."""

    value: bool


@dataclass(frozen=True)
class Text:
    """A string as the student typed it, not yet read as mathematics."""

    text: str


@dataclass(frozen=True)
class Function:
    """A Python function, known here by its name only. What it does is found by calling it where it lives."""

    name: str


@dataclass(frozen=True)
class Missing:
    """No answer: `None`, the untouched stub `...`, or a name that was never defined."""

    why: Literal["none", "stub", "undefined"]


@dataclass(frozen=True)
class Refused:
    """Something that is no answer at all, with the reason in words ("an object of type Liar")."""

    reason: str


Answer = Scalar | Items | Table | Equation | Truth | Text | Function | Missing | Refused
