"""The tangent plane: its words, its right angle in the picture, and its turning view."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Abs, exp, log, sin, sqrt
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore.mesh import Graph
from nabla.explore.tangency import TangentPlane

F = x**2 + 3 * y**2


def test_the_words_have_the_plane_its_normal_and_its_error():
    assert TangentPlane(F, at=(1, 2)).frame(1).words == (
        "At (1, 2) the plane is z = 13 + 2(x − 1) + 12(y − 2), normal to (−2, −12, 1). Up to 2 away in x and y "
        "it misses the surface by at most 16; up to half as far, by 4: 4 times less."
    )


def test_signs_and_zeros_read_naturally():
    words = TangentPlane(x**2 - y, at=(-1, 0), variables=(x, y)).frame(1).words
    assert "z = 1 − 2(x + 1) − y, normal to (2, 1, 1)" in words
    assert "z = 5, normal to (0, 0, 1)" in TangentPlane(x**2 + y**2 + 5, at=(0, 0)).frame(1).words


@pytest.mark.parametrize("f", [F, sin(x) * exp(y), sqrt(x**2 + y**2 + 1)], ids=str)
def test_the_error_falls_as_the_square_of_the_distance(f):
    explorer = TangentPlane(f, at=(0.5, 0.25))
    deep = explorer.scene(zoom=5, point=(0.5, 0.25), view=(0, 0))
    assert deep.error / deep.error_at_half == pytest.approx(4, rel=0.05)
    assert "4 times less" in deep.describe() or "3.9 times less" in deep.describe() or "4.1 times" in deep.describe()


def test_the_error_on_display_is_that_of_the_worked_example():
    explorer = TangentPlane(sqrt(x**2 + y**2 + 1), at=(0, 0), reach=0.1)
    assert explorer.scene_now.error == pytest.approx(np.sqrt(1.02) - 1)


def test_a_plane_is_its_own_tangent_plane():
    assert "it is the surface" in TangentPlane(2 * x - 3 * y + 1).frame(1).words


@pytest.mark.parametrize(
    ("f", "at", "said"),
    [
        (log(x) + y, (-1, 1), "f has no real value, so the graph has no point there"),
        (Abs(x) + y, (0, 1), "it has no gradient there: no tangent plane"),
    ],
)
def test_a_place_without_a_plane_says_so(f, at, said):
    explorer = TangentPlane(f, at=at)
    assert said in explorer.frame(1).words
    assert not explorer._plane.get_segments()
    assert explorer._level.get_segments(), "the contours of the surface are there all the same"


@pytest.mark.parametrize("point", [(0.3, 0.4), (0, 0), (0.01, -1.99), (0, 1.97)])
@pytest.mark.parametrize("cells", [20, 21])
def test_the_tip_of_a_cone_and_the_point_looked_at_are_nodes_of_the_surface(point, cells):
    low, high = [tuple(c + s * 2 for c in point) for s in (-1, 1)]
    graph = Graph(lambda u, v: np.hypot(u, v), low, high, cells, through=(point, (0.0, 0.0)))
    nodes = graph.places.reshape(-1, 3)
    assert (np.diff(graph.places[0, :, 0]) > 0).all()
    for place in (point, (0, 0)):
        assert np.hypot(*(nodes[:, :2] - place).T).min() == 0
    assert nodes[:, 2].min() == 0
    assert graph.places.shape == (cells + 1, cells + 1, 3)


def test_part_of_a_surface_may_be_undefined():
    explorer = TangentPlane(sqrt(x) + y, at=(0.5, 0))
    assert (
        explorer.frame(1).words
        == "At (0.5, 0) the plane is z = 0.7071 + 0.7071(x − 0.5) + y, normal to (−0.7071, −1, 1)."
    )
    assert "misses the surface" in explorer.update(zoom=4).words


@pytest.mark.parametrize("at", [(1, 1), (-0.5, 2), (0, 0)])
def test_the_normal_is_at_right_angles_to_the_plane_as_drawn(at):
    explorer = TangentPlane(F, at=at)
    scene = explorer.scene_now
    box = explorer.box(scene)
    corners = explorer._sheet(scene, box).corners[0]
    for along in (corners[1] - corners[0], corners[3] - corners[0]):
        assert box.normal(scene.normal) @ along == pytest.approx(0, abs=1e-9)


def test_the_contour_of_the_surface_touches_that_of_the_plane_at_the_point():
    explorer = TangentPlane(F, at=(1, 1))
    explorer.frame(1)
    for lines in (explorer._level, explorer._plane):
        nearest = min(np.linalg.norm(line, axis=1).min() for line in lines.get_segments())
        assert nearest < 0.05


def test_dragging_in_space_turns_the_view_and_in_the_map_moves_the_point():
    explorer = TangentPlane(F, at=(1, 1))
    explorer.frame(1)
    explorer.move({}, place=(0.35, 0.5, 0.05, 0.1))
    assert explorer.state["view"] == pytest.approx((-71, 42))
    assert explorer.state["point"] == (1, 1)
    explorer.move({}, place=(0.85, 0.3, 0.05, 0.0))
    assert explorer.state["view"] == pytest.approx((-71, 42))
    across = 0.05 * 640 / 196 * 4
    assert explorer.state["point"] == pytest.approx((1 - across, 1))


def test_the_view_turns_all_the_way_round_but_not_over():
    explorer = TangentPlane(F)
    explorer.move({}, place=(0.3, 0.5, 0.9, 2.0))
    assert explorer.state["view"] == pytest.approx((102, 90))


def test_the_picture_changes_with_the_view_and_comes_back():
    explorer = TangentPlane(F)
    first = explorer.update(view=(-60, 26)).picture.png
    assert explorer.update(view=(-50, 26)).picture.png != first
    assert explorer.update(view=(-60, 26)).picture.png == first


@pytest.mark.slow
def test_a_hundred_turns_leave_the_figure_as_it_was():
    explorer = TangentPlane(F)
    explorer.frame(1)
    children = len(explorer.stage.axes.get_children())
    for k in range(100):
        explorer.update(view=(k, 20))
    assert len(explorer.stage.axes.get_children()) == children


def test_other_variables_name_the_axes():
    explorer = explore.tangent_plane(s * t, at=(1, 2))
    assert "z = 2 + 2(s − 1) + (t − 2)" in explorer.frame(1).words
    assert [each.label for each in explorer.controls["point"].inputs()] == ["s", "t"]
    assert explorer.frame(1).picture.alt.startswith("Graph of f(s, t) = s*t with its tangent plane. ")


@pytest.mark.parametrize("reach", [0, -1, float("nan")])
def test_a_reach_that_is_not_positive_is_refused(reach):
    with pytest.raises(ValueError, match="reach must be a positive number"):
        explore.tangent_plane(F, reach=reach)
