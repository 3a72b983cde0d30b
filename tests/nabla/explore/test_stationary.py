"""Critical points as numbers: found, and named."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Abs, cos, exp, log, sin, sqrt
from sympy.abc import x, y

from nabla.explore.plane import PlaneFunction, Window
from nabla.explore.stationary import Curved, kind


def found(f, reach=2.0):
    return dict(Curved(PlaneFunction.of(f, (x, y))).critical_points(Window.of(reach)))


@pytest.mark.parametrize(
    ("f", "points"),
    [
        (x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5, {(-3, 1): "minimum"}),
        (x**3 - 3 * x + y**2, {(1, 0): "minimum", (-1, 0): "saddle"}),
        (x**3 - 3 * x * y**2, {(0, 0): "undecided"}),
        (x**4 + y**4, {(0, 0): "undecided"}),
        (exp(-(x**2) - y**2), {(0, 0): "maximum"}),
        (x + y, {}),
        (log(x) + y**2, {}),
        (3 + 0 * x, {}),
    ],
    ids=str,
)
def test_critical_points_are_found_and_named(f, points):
    seen = found(f, reach=4.0 if points == {(-3, 1): "minimum"} else 2.0)
    assert len(seen) == len(points)
    for place, what in points.items():
        at, name = min(seen.items(), key=lambda item: np.hypot(item[0][0] - place[0], item[0][1] - place[1]))
        assert at == pytest.approx(place, abs=2e-3)
        assert name == what


def test_every_point_that_is_found_has_no_slope():
    f = PlaneFunction.of(sin(x) * cos(y) + x * y / 5)
    points = Curved(f).critical_points(Window.of(4))
    assert len(points) >= 5
    for place, _ in points:
        assert np.hypot(*f.gradient_at(place)) < 1e-7


@pytest.mark.slow
def test_a_corner_of_the_graph_is_not_taken_for_a_flat_place():
    assert found(Abs(x) + Abs(y)) == {}
    assert found(sqrt(x**2 + y**2)) == {}


@pytest.mark.parametrize(
    ("f", "turns"), [(x**2 + y**2, 0), (-(x**4) - y**2, 0), (x * y, 4), (x**3 - 3 * x * y**2, 6), (x**2 - y**4, 4)]
)
def test_the_turns_around_a_point_are_counted(f, turns):
    assert Curved(PlaneFunction.of(f)).turns_at((0, 0), 0.02) == turns


def test_eigenvalues_that_differ_from_zero_only_by_rounding_decide_nothing():
    assert kind(np.array([-1e-12, 3])) == "undecided"
    assert kind(np.array([0, 0])) == "undecided"
    assert kind(np.array([-1, -3])) == "maximum"
