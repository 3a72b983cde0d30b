"""Tangent planes, normal lines, linearizations and propagated errors."""

from __future__ import annotations

import random

import pytest
from mpmath import mp, mpf
from sympy import Eq, Rational, exp, lambdify, simplify, sin, solve, sqrt
from sympy.abc import t, x, y, z

from nabla.tangent_plane import (
    NoNormalError,
    graph_normal,
    level_normal,
    level_tangent_plane,
    linearization,
    normal_line,
    root_sum_square,
    tangent_plane,
    worst_case,
)

SURFACES = [
    (x**2 * y + 3 * y, (2, 1)),
    (exp(x) * sin(y), (0, 1)),
    (sqrt(x**2 + y**2 + 1), (Rational(1, 2), 2)),
    (x / y, (3, -2)),
]


@pytest.mark.parametrize(("f", "at"), SURFACES)
def test_the_error_of_the_linearization_falls_a_hundredfold_when_the_step_shrinks_tenfold(f: object, at: tuple) -> None:
    with mp.workdps(40):
        gap = lambdify((x, y), f - linearization(f, at), "mpmath")
        a, b = (mpf(Rational(c).p) / Rational(c).q for c in at)
        errors = [abs(gap(a + 2 * h, b - h)) for h in (mpf(10) ** -5, mpf(10) ** -6)]
    assert float(errors[0] / errors[1]) == pytest.approx(100, rel=1e-3)


def test_the_sphere_comes_out_as_the_chapter_says() -> None:
    plane = level_tangent_plane(x**2 + y**2 + z**2, (1, 2, 3))
    assert level_normal(x**2 + y**2 + z**2, (1, 2, 3)) == (2, 4, 6)
    assert simplify((plane.lhs - plane.rhs) / 2 - (x + 2 * y + 3 * z - 14)) == 0


@pytest.mark.parametrize(("f", "at"), SURFACES)
def test_a_graph_is_a_level_surface(f: object, at: tuple) -> None:
    value = f.subs({x: at[0], y: at[1]})
    level = level_tangent_plane(f - z, (*at, value), (x, y, z))
    assert simplify(solve(level, z)[0] - tangent_plane(f, at).rhs) == 0
    assert graph_normal(f, at)[2] == -1


def test_the_distance_to_the_origin_comes_out_as_the_chapter_says() -> None:
    f = sqrt(x**2 + y**2 + 1)
    assert linearization(f, (0, 0), (x, y)) == 1
    assert float(f.subs({x: 0.1, y: 0.05})) == pytest.approx(1.006231, abs=5e-7)


def test_the_gradient_step_comes_out_as_the_chapter_says() -> None:
    f = x**2 * y + 3 * y
    near = {x: Rational(21, 10), y: Rational(19, 20)}
    assert linearization(f, (2, 1)).subs(near) - f.subs({x: 2, y: 1}) == Rational(1, 20)
    assert float(f.subs(near) - f.subs({x: 2, y: 1})) == pytest.approx(0.0395)


def test_a_critical_point_has_no_normal() -> None:
    with pytest.raises(NoNormalError):
        level_tangent_plane(x**2 + y**2 - z**2, (0, 0, 0))


def test_the_normal_line_leaves_the_surface_at_right_angles() -> None:
    line = normal_line((1, 2, 3), (2, 4, 6))
    assert line == (2 * t + 1, 4 * t + 2, 6 * t + 3)
    assert normal_line((0, 0), (1, 1), parameter=x) == (x, x)


def test_errors_join_in_two_ways_and_the_worst_case_is_the_larger() -> None:
    rng = random.Random(3)
    for _ in range(20):
        slopes = [Rational(rng.randint(-9, 9), 4) for _ in range(3)]
        errors = [Rational(rng.randint(1, 9), 10) for _ in range(3)]
        assert worst_case(slopes, errors) >= root_sum_square(slopes, errors)


def test_the_worst_case_is_reached_to_first_order() -> None:
    """A second way: the largest change of the linear model over all corners of the box of errors."""
    f, at, errors = x**2 * y, (3, 2), (Rational(1, 100), Rational(1, 50))
    L = linearization(f, at)
    corners = [L.subs({x: 3 + i * errors[0], y: 2 + j * errors[1]}) - 18 for i in (1, -1) for j in (1, -1)]
    assert max(map(abs, corners)) == worst_case((12, 9), errors)


def test_a_plane_is_an_equation() -> None:
    assert isinstance(tangent_plane(x * y, (1, 1)), Eq)
