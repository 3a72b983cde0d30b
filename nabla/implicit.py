"""Slopes of curves and surfaces that are given by an equation F = 0 and not by a formula for one variable."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sympy import Expr, Symbol

from nabla.calculus import evaluate, expression, variables_of
from nabla.polynomial_systems import real_solutions


class NoSlopeError(ValueError):
    """The denominator is 0: the formula says nothing there (a vertical tangent, or a point where the curve crosses)."""


def implicit_slope(F: Expr, of: Symbol, by: Symbol, at: Mapping[Symbol, Expr] | None = None) -> Expr:
    """Return the slope of the variable `of` along `by` on F = 0: minus F_by over F_of.

    With `at` the value there. Raises `NoSlopeError` where F_of = 0.

    >>> from sympy.abc import x, y
    >>> implicit_slope(x**2 + y**2 - 1, of=y, by=x)
    -x/y
    >>> implicit_slope(x**3 + y**3 - 6*x*y, of=y, by=x, at={x: 3, y: 3})
    -1
    >>> implicit_slope(x**3 + y**3 - 6*x*y, of=y, by=x, at={x: 0, y: 0})
    Traceback (most recent call last):
    nabla.implicit.NoSlopeError: the derivative along y is 0 there: the formula gives no slope
    """
    F = expression(F)
    above, below = F.diff(by), F.diff(of)
    if at is not None:
        names = variables_of(F)
        point = {v: value for v, value in at.items() if v in names}
        above, below = evaluate(above, tuple(point), point), evaluate(below, tuple(point), point)
    if below.is_zero or below == 0:
        where = " there" if at is not None else ""
        raise NoSlopeError(f"the derivative along {of} is 0{where}: the formula gives no slope")
    return -above / below


def tangent_points(F: Expr, along: Symbol, across: Symbol) -> tuple[tuple[Expr, ...], ...]:
    """Return the points of the curve F = 0, a polynomial, at which the tangent lies along the axis of `along`.

    There F_along = 0 and F_across is not 0. Where both vanish the gradient gives no tangent: see `singular_points`.
    Coordinates are in the order x before y. Raises what `nabla.polynomial_systems.real_solutions` raises.

    >>> from sympy.abc import x, y
    >>> tangent_points(x**2 + 4*y**2 - 4, along=x, across=y)
    ((0, -1), (0, 1))
    """
    return _tangent_points(F, along, across)


@lru_cache(maxsize=256)  # a class has the same problems over and over
def _tangent_points(F: Expr, along: Symbol, across: Symbol) -> tuple[tuple[Expr, ...], ...]:
    names, slope = _ordered(along, across), F.diff(across)
    found = real_solutions((F, F.diff(along)), names)
    return tuple(point for point in found if not slope.xreplace(dict(zip(names, point, strict=True))).equals(0))


def singular_points(F: Expr, *variables: Symbol) -> tuple[tuple[Expr, ...], ...]:
    """Return the points of F = 0 at which every partial derivative vanishes, so that the slope formula is 0/0.

    >>> from sympy.abc import x, y
    >>> singular_points(x**3 + y**3 - 6*x*y, x, y)
    ((0, 0),)
    """
    names = _ordered(*variables)
    return real_solutions((F, *(F.diff(v) for v in names)), names)


def _ordered(*variables: Symbol) -> tuple[Symbol, ...]:
    return tuple(sorted(variables, key=lambda v: v.name))
