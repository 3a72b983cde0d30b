"""The student's own answer as numbers, to be drawn; nothing where it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Expr, Symbol

from autograder.answers import of
from autograder.answers.kinds.kind import Fitted
from autograder.problems.question import Question


def own_value(problem: Question, answer: Any) -> Any:
    """Return the answer as the value that its kind makes of it, or None for an answer that does not fit.

    >>> from sympy.abc import x, y
    >>> from autograder.problems import GradientAt
    >>> own_value(GradientAt(x*y, at=(1, 2)), "(2, 1)"), own_value(GradientAt(x*y, at=(1, 2)), 3)
    ((2, 1), None)
    """
    fitted = problem.kind.fit(of(answer), problem.letters)
    return fitted.value if isinstance(fitted, Fitted) else None


def as_floats(values: Iterable[Expr] | None, here: Mapping[Symbol, Expr] | None = None) -> tuple[float, ...] | None:
    """Return real numbers as floats, with the point put in first; None where one is no finite real number or a word.

    >>> from sympy.abc import x
    >>> as_floats((x**2, x / 2), {x: 3}), as_floats((x,))
    ((9.0, 1.5), None)
    """
    if values is None:
        return None
    numbers = []
    for value in values:
        if not isinstance(value, Expr):
            return None
        number = value.xreplace(dict(here or {})).evalf(15)
        if not (number.is_number and number.is_real and number.is_finite and abs(number) < 1e12):
            return None
        numbers.append(float(number))
    return tuple(numbers)
