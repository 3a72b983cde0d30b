"""What a text stands for once it is built: an expression, several things, an equation or a truth value."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic, Eq, Expr, FiniteSet, S, Tuple

from autograder.answers.answer import Answer, Equation, Form, Items, Scalar, Truth
from autograder.answers.machine import Value


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


def expressions(built: Built) -> list[Expr]:
    """Return every expression in what was built."""
    if isinstance(built, bool):
        return []
    if isinstance(built, Several):
        return [each for item in built.items for each in expressions(item)]
    if isinstance(built, Sides):
        return [built.left[1], built.right[1]]
    return [built[1]]
