"""Extremes under a constraint: the points where grad f is parallel to grad g on the curve or surface g = 0.

Lagrange's condition, grad f = lambda grad g, finds every extreme point at which grad g is not zero. Where grad g = 0
an extreme can hide from it: the smallest y on y^3 = x^2 is at the cusp (0, 0), where no lambda exists.

>>> from sympy.abc import x, y
>>> lagrange_points(x*y, x + y - 6, (x, y))
((3, 3),)
>>> lagrange_points(y, y**3 - x**2, (x, y)), singular_points(y**3 - x**2, (x, y))
((), ((0, 0),))
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from sympy import Expr, Poly, Symbol, diff, expand

from nabla.polynomial_systems import Solution, real_solutions
from nabla.second_order import hessian, second_derivative_test, sign_of


class UnboundedConstraintError(ValueError):
    """The constraint is not known to be bounded, so that f need not have a largest or smallest value on it."""


def lagrange_points(f: Expr, g: Expr, variables: Sequence[Symbol]) -> tuple[Solution, ...]:
    """Return the points with g = 0, grad g not zero and grad f = lambda grad g for some lambda (0 included).

    f and g are polynomials. Raises what `nabla.polynomial_systems.real_solutions` raises.

    >>> from sympy.abc import x, y
    >>> lagrange_points(3*x + 4*y, x**2 + y**2 - 25, (x, y))
    ((-3, -4), (3, 4))
    """
    return _lagrange_points(f, g, tuple(variables))


@lru_cache(maxsize=256)  # a class has the same problems over and over
def _lagrange_points(f: Expr, g: Expr, names: tuple[Symbol, ...]) -> tuple[Solution, ...]:
    parallel = [
        expand(diff(f, a) * diff(g, b) - diff(f, b) * diff(g, a)) for a, b in combinations(names, 2)
    ]  # the multiplier is eliminated: two vectors are parallel when all their 2 x 2 determinants vanish
    candidates = real_solutions((*parallel, g), names)
    return tuple(point for point in candidates if any(sign_of(slope) for slope in _slopes(g, names, point)))


def singular_points(g: Expr, variables: Sequence[Symbol]) -> tuple[Solution, ...]:
    """Return the points with g = 0 and grad g = 0, where Lagrange's condition says nothing.

    >>> from sympy.abc import x, y
    >>> singular_points(x**2 + y**2 - 1, (x, y))
    ()
    """
    names = tuple(variables)
    return real_solutions((g, *(diff(g, v) for v in names)), names)


def multiplier(f: Expr, g: Expr, variables: Sequence[Symbol], point: Sequence[Expr]) -> Expr:
    """Return lambda at a Lagrange point.

    >>> from sympy.abc import x, y
    >>> multiplier(3*x + 4*y, x**2 + y**2 - 25, (x, y), (3, 4))
    1/2
    """
    above, below = _slopes(f, variables, point), _slopes(g, variables, point)
    return next(a / b for a, b in zip(above, below, strict=True) if sign_of(b))


def extreme_values(f: Expr, g: Expr, variables: Sequence[Symbol]) -> tuple[Expr, Expr]:
    """Return the smallest and the largest value of f on g = 0, which must be bounded.

    Raises `UnboundedConstraintError` unless g = 0 is seen to be bounded, and what `lagrange_points` raises.

    >>> from sympy.abc import x, y
    >>> extreme_values(x*y, x**2 + y**2 - 8, (x, y))
    (-4, 4)
    """
    names = tuple(variables)
    if not is_bounded(g, names):
        raise UnboundedConstraintError(f"{g} = 0 is not known to be bounded")
    return extremes_among(f, names, (*lagrange_points(f, g, names), *singular_points(g, names)))


def extremes_among(f: Expr, variables: Sequence[Symbol], points: Sequence[Sequence[Expr]]) -> tuple[Expr, Expr]:
    """Return the smallest and the largest value of f at some points.

    >>> from sympy.abc import x, y
    >>> extremes_among(x*y, (x, y), ((1, 2), (3, 4), (0, 5)))
    (0, 12)
    """
    values = sorted((expand(put_in(f, variables, point)) for point in points), key=lambda value: value.evalf(30))
    return values[0], values[-1]


def is_bounded(g: Expr, variables: Sequence[Symbol]) -> bool:
    """Whether g = 0 is surely bounded: the terms of highest degree are definite.

    Seen for a definite quadratic form, and for a sum of even powers of one and the same degree.

    >>> from sympy.abc import x, y
    >>> is_bounded(x**2 + x*y + y**2 - 1, (x, y)), is_bounded(x*y - 1, (x, y)), is_bounded(x**4 + y**4 - 1, (x, y))
    (True, False, True)
    """
    names = tuple(variables)
    poly = Poly(g, *names)
    degree = poly.total_degree()
    top = {powers: c for powers, c in poly.terms() if sum(powers) == degree}
    if degree == 2:
        form = sum(c * Poly({powers: 1}, *names).as_expr() for powers, c in top.items())
        return second_derivative_test(hessian(form, names)) in ("minimum", "maximum")
    alone = all(max(powers) == degree for powers in top)
    return degree % 2 == 0 and alone and len(top) == len(names) and len({sign_of(c) for c in top.values()}) == 1


def put_in(f: Expr, variables: Sequence[Symbol], point: Sequence[Expr]) -> Expr:
    """Return f at a point.

    >>> from sympy.abc import x, y
    >>> put_in(x*y, (x, y), (2, 3))
    6
    """
    return f.subs(list(zip(variables, point, strict=True)), simultaneous=True)


def _slopes(f: Expr, variables: Sequence[Symbol], point: Sequence[Expr]) -> list[Expr]:
    here = dict(zip(variables, point, strict=True))
    return [diff(f, v).xreplace(here) for v in variables]
