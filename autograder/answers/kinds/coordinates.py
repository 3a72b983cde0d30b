"""Coordinates given by one equation each, as in `x = 1 + 2t` or `x - 1 = 2t`."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S, Symbol, diff

from autograder.answers.answer import Answer, Equation, Scalar
from autograder.answers.kinds.locus import put_in


def solved(items: Sequence[Answer], names: Sequence[str]) -> tuple[Scalar, ...] | None:
    """Return what each coordinate is, in the order of the names; None unless each has an equation of its own.

    >>> from sympy.abc import t, x, y
    >>> solved([Equation(y, 2 - t), Equation(x - 1, 2 * t)], "xy")
    (Scalar(expression=2*t + 1), Scalar(expression=2 - t))
    >>> solved([Equation(x + y, t), Equation(y, t)], "xy") is None
    True
    """
    letters = {Symbol(name) for name in names}
    found: dict[Symbol, Expr] = {}
    for item in items:
        if not isinstance(item, Equation):
            return None
        inside = (item.left.free_symbols | item.right.free_symbols) & letters
        value = _value(item, next(iter(inside))) if len(inside) == 1 else None
        if value is None:
            return None
        found[next(iter(inside))] = value
    if set(found) != letters or len(items) != len(letters):
        return None
    return tuple(Scalar(found[Symbol(name)]) for name in names)


def _value(equation: Equation, letter: Symbol) -> Expr | None:
    """Solve a linear equation for a letter whose factor is a number."""
    if equation.left == letter and letter not in equation.right.free_symbols:
        return equation.right
    difference = equation.left - equation.right
    try:
        factor = diff(difference, letter)
    except (TypeError, ValueError, NotImplementedError):
        return None
    if not factor.is_number or not factor.is_finite or factor.is_zero is not False:
        return None
    return -put_in(difference, {letter: S.Zero}) / factor
