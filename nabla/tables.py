"""The gradient of a function known only by a table of its values on a grid.

`rows[j][i]` is the value at (xs[i], ys[j]): x runs along a row, y from row to row. Inside the grid the slopes are
central differences; at the rim, where one neighbour is missing, they are one-sided.

>>> table_gradient((0, 1, 2), (0, 2, 4), ((0, 1, 4), (4, 5, 8), (16, 17, 20)), 1, 1)
(2, 4)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr

from nabla.calculus import expression

Rows = Sequence[Sequence[Any]]


def difference(xs: Sequence[Any], values: Sequence[Any], i: int, back: int = 1, ahead: int = 1) -> Expr:
    """Return the slope between the values `back` places before place i and `ahead` places after it.

    Raises `IndexError` where a neighbour is missing.

    >>> difference((0, 1, 3), (5, 6, 10), 1), difference((0, 1, 3), (5, 6, 10), 1, back=0)
    (5/3, 2)
    """
    if i - back < 0 or i + ahead >= len(xs):
        raise IndexError("a neighbour is missing")
    rise = expression(values[i + ahead]) - expression(values[i - back])
    return rise / (expression(xs[i + ahead]) - expression(xs[i - back]))


def slope_at(xs: Sequence[Any], values: Sequence[Any], i: int) -> Expr:
    """Return the central difference at place i, or the one-sided one at an end.

    >>> slope_at((0, 1, 2), (5, 6, 9), 1), slope_at((0, 1, 2), (5, 6, 9), 2)
    (2, 3)
    """
    return difference(xs, values, i, back=int(i > 0), ahead=int(i < len(xs) - 1))


def column(rows: Rows, i: int) -> tuple[Any, ...]:
    """Return the values above one another at place i.

    >>> column(((1, 2), (3, 4)), 0)
    (1, 3)
    """
    return tuple(row[i] for row in rows)


def table_gradient(xs: Sequence[Any], ys: Sequence[Any], rows: Rows, i: int, j: int) -> tuple[Expr, Expr]:
    """Return both slopes at (xs[i], ys[j]).

    >>> table_gradient((0, 1), (0, 1), ((0, 1), (5, 6)), 0, 1)
    (1, 5)
    """
    return slope_at(xs, rows[j], i), slope_at(ys, column(rows, i), j)
