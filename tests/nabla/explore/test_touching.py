"""Lagrange's condition: where contours touch a constraint, and what is said there."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Eq, cos
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore.constraint import Constraint
from nabla.explore.plane import PlaneFunction, Window
from nabla.explore.touching import Lagrange

CIRCLE = x**2 + y**2


def touches(f, g, level, reach=3):
    curve = Constraint(PlaneFunction.of(g, (x, y)), level, Window.of(reach))
    return curve.touches(PlaneFunction.of(f, (x, y)))


@pytest.mark.parametrize(
    ("f", "g", "level", "points"),
    [
        (x + y, CIRCLE, 2, {(1, 1), (-1, -1)}),
        (x * y, x**2 + 4 * y**2, 8, {(2, 1), (-2, -1), (2, -1), (-2, 1)}),
        (CIRCLE, x + y, 2, {(1, 1)}),
        (
            x**2 * y,
            CIRCLE,
            3,
            {(2**0.5, 1), (-(2**0.5), 1), (2**0.5, -1), (-(2**0.5), -1), (0, 3**0.5), (0, -(3**0.5))},
        ),
    ],
    ids=["a line", "a product", "a circle", "six points"],
)
def test_every_touching_point_is_found(f, g, level, points):
    found = [touch.point for touch in touches(f, g, level)]
    assert len(found) == len(points)
    for point in points:
        assert min(np.hypot(p[0] - point[0], p[1] - point[1]) for p in found) < 1e-6


def test_a_cusp_of_the_constraint_is_singular():
    (touch,) = touches(y, y**3 - x**2, 0)
    assert touch.point == pytest.approx((0, 0), abs=1e-4)
    assert touch.is_singular


@pytest.mark.slow
def test_a_function_that_is_constant_on_the_constraint_touches_nowhere_in_particular():
    assert touches(CIRCLE, CIRCLE, 4) == []


def test_places_lie_on_the_constraint_and_are_evenly_spaced():
    curve = Constraint(PlaneFunction.of(CIRCLE), 4.0, Window.of(3))
    places = np.array([curve.at(part) for part in np.linspace(0, 1, 41)])
    assert np.hypot(*places.T) == pytest.approx(2, abs=1e-6)
    assert np.hypot(*np.diff(places, axis=0).T) == pytest.approx(4 * np.pi / 40, rel=0.01)


@pytest.mark.parametrize("part", [0.1, 0.33, 0.77])
def test_the_nearest_place_to_a_place_of_the_curve_is_itself(part):
    curve = Constraint(PlaneFunction.of(x**2 + 3 * y**2), 4.0, Window.of(3))
    assert curve.nearest(curve.at(part)) == pytest.approx(part, abs=1e-4)


@pytest.mark.slow
def test_the_words_where_it_touches_have_the_multiplier():
    explorer = Lagrange(x * y, x**2 + 4 * y**2, 8)
    (first, _) = explorer.places_of("largest")
    assert explorer.update(place=first).words == (
        "At (−2, −1) f is 2, the largest on g = 8. ∇f = (−1, −2) is 0.25 times ∇g = (−4, −8): "
        "the contour of f touches the constraint."
    )
    assert explorer.scene_now.angle == pytest.approx(0, abs=1e-4)


def test_the_words_elsewhere_have_the_angle_and_the_rate_along_the_constraint():
    explorer = Lagrange(x + y, CIRCLE, 2)
    scene = explorer.scene_now
    assert f"{scene.angle:.3g} degrees apart: the contour of f crosses g = 2" in scene.describe()
    here, there = (explorer.f.value_at(explorer.constraint.at(scene.part + d)) for d in (-1e-3, 1e-3))
    assert abs(there - here) / (2e-3 * explorer.constraint.length) == pytest.approx(scene.rate, rel=1e-3)


def test_a_singular_place_says_that_the_condition_is_silent():
    explorer = Lagrange(y, y**3 - x**2)
    words = explorer.update(place=explorer.places_of("smallest")[0]).words
    assert words == "At (0, 0) f is 0, the smallest on g = 0. But ∇g is zero here, so Lagrange's condition is silent."


def test_local_extremes_are_told_from_the_largest_of_all():
    ranks = {rank for _, rank in Lagrange(x**2 * y + y / 5, CIRCLE, 3).touching}
    assert {"largest", "smallest", "largest nearby", "smallest nearby"} <= ranks


def test_the_slider_stops_at_a_touching_point_that_is_nearer_than_a_step():
    explorer = Lagrange(x + y, CIRCLE, 2)
    (exact,) = explorer.places_of("largest")
    control = explorer.controls["place"]
    assert explorer.update(place=control.snapped(exact)).words.startswith("At (1, 1) f is 2, the largest")


@pytest.mark.slow
def test_both_arrows_lie_on_one_line_where_the_contour_touches():
    explorer = Lagrange(x * y, x**2 + 4 * y**2, 8)
    explorer.update(place=explorer.places_of("smallest")[0])
    vectors = [
        np.subtract(*(explorer.axes[0].transData.transform(e) for e in a.ends))
        for a in (explorer._slope, explorer._normal)
    ]
    (a, b), (u, v) = vectors
    assert abs(a * v - b * u) < 1e-6 * np.hypot(a, b) * np.hypot(u, v)


@pytest.mark.slow
@pytest.mark.parametrize("place", [10, 14, 12, 60])
def test_the_names_of_nearly_parallel_gradients_stay_apart_from_each_other_and_from_both_arrows(place):
    explorer = Lagrange(x * y, x**2 + 4 * y**2, 8)
    explorer.update(place=place)
    assert explorer.scene_now.angle < 13
    names = [arrow.artists[-1].get_window_extent() for arrow in (explorer._slope, explorer._normal)]
    assert not names[0].overlaps(names[1])
    for arrow in (explorer._slope, explorer._normal):
        tail, tip = (explorer.axes[0].transData.transform(end) for end in arrow.ends)
        shaft = tail + np.linspace(0, 1, 50)[:, None] * (tip - tail)
        assert not any(name.shrunk(0.8, 0.8).contains(*place) for name in names for place in shaft)


@pytest.mark.slow
def test_a_hand_on_the_map_goes_to_the_nearest_place_and_one_below_along_the_curve():
    explorer = Lagrange(x + y, CIRCLE, 2)
    explorer.frame(1)
    across, up = explorer.axes[0].transData.transform((0.2, -1.3)) / explorer.canvas.size
    explorer.move({}, place=(across, 1 - up, 0, 0))
    assert explorer.scene_now.point == pytest.approx(np.sqrt(2) * np.array([0.2, -1.3]) / np.hypot(0.2, 1.3), abs=0.03)
    across, up = explorer.axes[1].transData.transform((75, 0)) / explorer.canvas.size
    explorer.move({}, place=(across, 1 - up, 0, 0))
    assert explorer.state["place"] == pytest.approx(75)


@pytest.mark.slow
def test_an_equation_may_be_given_and_the_window_holds_the_curve_whole():
    explorer = explore.lagrange(x + y, Eq(CIRCLE, 100))
    assert explorer.constraint.level == 100
    assert explorer.window.top == 12
    assert explore.lagrange(x, Eq(x, 2 - y)).constraint.level == 0


def test_a_constraint_without_points_is_refused():
    with pytest.raises(ValueError, match="g = −1 has no points in the window"):
        explore.lagrange(x + y, CIRCLE, -1)
    with pytest.raises(ValueError, match="needs a function of two variables"):
        explore.lagrange(x + s, t + y)


def test_the_variables_of_both_are_joined():
    explorer = explore.lagrange(x + 0 * y, cos(y) + y**2, 2)
    assert explorer.f.names == explorer.g.names == ("x", "y")
