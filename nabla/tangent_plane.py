"""Tangent planes, normal lines and linearizations: the best linear model of a function at a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Eq, Expr, Integer, Symbol, sqrt

from nabla.calculus import evaluate, expression, gradient, variables_of


class NoNormalError(ValueError):
    """The gradient is zero: the level surface has no tangent plane that the gradient could give."""


def linearization(f: Any, at: Iterable[Any], variables: Iterable[Symbol] | None = None) -> Expr:
    """Return L = f(a) + grad f(a) . (x - a), the linear model of `f` at the point.

    Raises what `nabla.calculus.gradient` raises.

    >>> from sympy.abc import x, y
    >>> linearization(x**2 * y, (1, 2))
    4*x + y - 4
    """
    f = expression(f)
    names, point = _names(f, variables), tuple(map(expression, at))
    slopes = gradient(f, names, at=point)
    rise = sum((s * (v - a) for s, v, a in zip(slopes, names, point, strict=True)), Integer(0))
    return (evaluate(f, names, point) + rise).expand()


def tangent_plane(f: Any, at: Iterable[Any], variables: Iterable[Symbol] | None = None, height: Any = None) -> Eq:
    """Return the tangent plane z = L(x, y) of the graph of `f`; `height` names the coordinate upwards.

    >>> from sympy.abc import x, y
    >>> tangent_plane(x**2 + y**2, (1, 1))
    Eq(z, 2*x + 2*y - 2)
    """
    return Eq(Symbol("z") if height is None else height, linearization(f, at, variables), evaluate=False)


def graph_normal(f: Any, at: Iterable[Any], variables: Iterable[Symbol] | None = None) -> tuple[Expr, ...]:
    """Return the normal (f_x, f_y, -1) of the graph: the gradient of f - z.

    >>> from sympy.abc import x, y
    >>> graph_normal(x**2 + y**2, (1, 1))
    (2, 2, -1)
    """
    f = expression(f)
    return (*gradient(f, _names(f, variables), at=tuple(at)), Integer(-1))


def level_tangent_plane(F: Any, at: Iterable[Any], variables: Iterable[Symbol] | None = None) -> Eq:
    """Return the tangent plane of the level surface of `F` through the point: grad F . x = grad F . a.

    Raises `NoNormalError` where the gradient is zero.

    >>> from sympy.abc import x, y, z
    >>> level_tangent_plane(x**2 + y**2 + z**2, (1, 2, 3))
    Eq(2*x + 4*y + 6*z, 28)
    """
    F = expression(F)
    names, point = _names(F, variables), tuple(map(expression, at))
    normal = level_normal(F, point, names)
    sides = (sum((n * c for n, c in zip(normal, row, strict=True)), Integer(0)) for row in (names, point))
    return Eq(*sides, evaluate=False)


def level_normal(F: Any, at: Iterable[Any], variables: Iterable[Symbol] | None = None) -> tuple[Expr, ...]:
    """Return the gradient of `F` at the point, a normal of its level surface. Raises `NoNormalError` where it is 0.

    >>> from sympy.abc import x, y, z
    >>> level_normal(x**2 + y**2 + z**2, (1, 2, 3))
    (2, 4, 6)
    """
    F, point = expression(F), tuple(at)
    normal = tuple(gradient(F, _names(F, variables), at=point))
    if all(part == 0 for part in normal):
        raise NoNormalError(f"the gradient is zero at {point}, so it gives no normal")
    return normal


def normal_line(point: Iterable[Any], normal: Iterable[Any], parameter: Symbol | None = None) -> tuple[Expr, ...]:
    """Return the line through the point along the normal, as a point that moves with a parameter (t by default).

    >>> normal_line((1, 2, 3), (2, 4, 6))
    (2*t + 1, 4*t + 2, 6*t + 3)
    """
    t = parameter or Symbol("t")
    return tuple(expression(a) + t * expression(n) for a, n in zip(point, normal, strict=True))


def worst_case(slopes: Iterable[Any], errors: Iterable[Any]) -> Expr:
    """Return the largest change to first order when each input is off by at most its error: sum of |slope| * error.

    >>> worst_case((3, -4), (1, 1))
    7
    """
    return sum((abs(expression(s)) * expression(e) for s, e in zip(slopes, errors, strict=True)), Integer(0))


def root_sum_square(slopes: Iterable[Any], errors: Iterable[Any]) -> Expr:
    """Return the typical change to first order for independent errors: the root of the sum of squares.

    >>> root_sum_square((3, -4), (1, 1))
    5
    """
    return sqrt(sum(((expression(s) * expression(e)) ** 2 for s, e in zip(slopes, errors, strict=True)), Integer(0)))


def _names(f: Expr, variables: Iterable[Symbol] | None) -> tuple[Symbol, ...]:
    return variables_of(f) if variables is None else tuple(variables)
