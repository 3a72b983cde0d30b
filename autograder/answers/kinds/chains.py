"""One value written in several forms with equals signs between them, as in `2·(3/5) + 3·(4/5) = 18/5`."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Float

from autograder.answers.answer import Answer, Equation, Items, Scalar
from autograder.answers.kinds.bounded import SECONDS, within
from autograder.answers.kinds.decimals import is_rounded
from autograder.equality import Equal, decide

MOST = 6
"""The most forms that are looked at."""
DIGITS = 2
"""A decimal beside an exact form must be right in all its digits, and have so many at least."""


def one_value(answer: Answer) -> Expr | None:
    """Return the value of an equation, or of a chain of them, whose sides all say the same; None for anything else.

    The last side counts, and an exact one before a decimal: it is the result that a student came to.

    >>> from sympy import Integer, Symbol, sqrt
    >>> one_value(Equation(sqrt(Integer(5)), Float("2.236")))
    sqrt(5)
    >>> one_value(Equation(Symbol("y"), Integer(3))) is None
    True
    """
    equations = [answer] if isinstance(answer, Equation) else list(answer.items) if isinstance(answer, Items) else []
    if not 0 < len(equations) < MOST:
        return None
    sides: list[Expr] = []
    for equation in equations:
        if not isinstance(equation, Equation):
            return None
        sides += [equation.left, equation.right]
    return within(SECONDS, lambda: _value(sides), otherwise=None)


def _value(sides: Sequence[Expr]) -> Expr | None:
    value = next((side for side in reversed(sides) if not side.has(Float)), sides[-1])
    return value if all(_agrees(value, side) for side in dict.fromkeys(sides)) else None


def _agrees(value: Expr, side: Expr) -> bool:
    if side == value or isinstance(decide(value, side), Equal):
        return True
    return side.has(Float) and is_rounded(value, side, DIGITS)


def as_scalar(answer: Answer) -> Answer:
    """Return an equation between forms of one value as that value, and any other answer as it is."""
    value = one_value(answer) if isinstance(answer, Equation | Items) else None
    return answer if value is None else Scalar(value)
