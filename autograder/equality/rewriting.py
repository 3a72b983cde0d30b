"""The last resort: let sympy rewrite the difference, as long as it can be interrupted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy as sp

from .deadline import Deadline
from .domain import Axis
from .preparation import SYMPY_FAILS

LADDER: tuple[Callable[[sp.Expr], sp.Expr], ...] = (
    sp.expand,
    sp.together,
    sp.trigsimp,
    sp.powsimp,
    sp.radsimp,
    sp.simplify,
)
"""Rewritings that keep the value, from cheap to dear."""


def rewritten_equal(left: sp.Expr, right: sp.Expr, axes: Sequence[Axis], deadline: Deadline) -> bool:
    """Whether some rewriting makes the difference of the two vanish. False says nothing.

    >>> x = sp.Symbol("x")
    >>> with Deadline(2.0) as deadline:
    ...     rewritten_equal(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2, [Axis("x")], deadline)
    True
    """
    if not deadline.interrupts:
        return False
    real = {
        sp.Symbol(axis.name): sp.Symbol(
            axis.name, real=True, positive=axis.positive or None, integer=axis.whole or None
        )
        for axis in axes
    }
    difference = left - right
    for step in (lambda whole: whole.xreplace(real), *LADDER):
        deadline.check()
        try:
            difference = step(difference)
        except SYMPY_FAILS:
            continue  # the next rung may do
        if difference == 0:
            return True
    return False
