"""Painting order, cuts, projections and meshes: the geometry under the pictures of space."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nabla.explore.camera import Camera, Cuboid
from nabla.explore.mesh import Graph, Nets, slices
from nabla.explore.pieces import Pieces, behind_and_before

SQUARE = np.array([[[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]])


def area(corners):
    """The area of each flat polygon, shape (n, k, 3)."""
    fans = np.cross(corners[:, 1:-1] - corners[:, :1], corners[:, 2:] - corners[:, :1])
    return np.linalg.norm(fans.sum(axis=1), axis=-1) / 2


@pytest.mark.parametrize("azimuth", [-120, 0, 37])
@pytest.mark.parametrize("elevation", [-20, 0, 30, 90])
def test_the_eye_and_the_paper_are_at_right_angles(azimuth, elevation):
    camera = Camera(azimuth, elevation)
    axes = np.vstack([camera.screen, camera.towards])
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)


def test_seen_from_above_the_plane_is_the_plane_of_the_paper():
    assert Camera(-90, 90).flat(np.array([2.0, 3.0, 5.0])) == pytest.approx([2, 3])


def test_a_normal_stands_at_right_angles_on_what_is_drawn_however_the_box_is_stretched():
    box = Cuboid((0, 0, 0), (2, 2, 40), tall=0.8)
    u, v, normal = np.array([1, 0, 3.0]), np.array([0, 1, -7.0]), np.array([-3, 7, 1.0])
    for along in (u, v):
        assert box.normal(normal) @ (box.stretch * along) == pytest.approx(0)


@given(st.tuples(*[st.floats(-1, 1)] * 3), st.floats(-0.5, 1.5))
@settings(max_examples=200, deadline=None)
def test_a_cut_loses_nothing_and_leaves_nothing_on_the_wrong_side(normal, offset):
    normal = np.array(normal)
    below, above = Pieces.of(SQUARE).split(normal, offset)
    assert area(below.corners).sum() + area(above.corners).sum() == pytest.approx(1, abs=1e-7)
    assert (below.corners @ normal <= offset + 1e-8).all()
    assert (above.corners @ normal >= offset - 1e-8).all()


def test_a_square_cut_along_its_diagonal_gives_two_equal_halves():
    below, above = Pieces.of(SQUARE).split(np.array([1.0, 1, 0]), 1)
    assert area(below.corners) == pytest.approx([0.5])
    assert area(above.corners) == pytest.approx([0.5])


def test_colours_stay_with_their_pieces_through_a_cut():
    two = Pieces.of(np.concatenate([SQUARE, SQUARE + 5]), fill=[(1, 0, 0, 1), (0, 1, 0, 1)])
    below, above = two.split(np.array([1.0, 0, 0]), 0.5)
    assert below.fills.tolist() == [[1, 0, 0, 1]]
    assert sorted(above.fills.tolist()) == [[0, 1, 0, 1], [1, 0, 0, 1]]


def test_pieces_with_undefined_corners_are_left_out():
    torn = SQUARE.copy()
    torn[0, 0, 2] = np.nan
    assert len(Pieces.of(np.concatenate([torn, SQUARE]))) == 1


@pytest.mark.parametrize("elevation", [25, -25])
def test_what_the_plane_hides_is_painted_before_it_and_the_rest_after(elevation):
    camera = Camera(-60, elevation)
    graph = Graph(lambda x, y: x * y, (-1, -1), (1, 1), 10)
    normal, sheet = np.array([0, 0, 1.0]), Pieces.of(2 * SQUARE - [1, 1, 0], fill="red")
    painted = behind_and_before(Pieces.of(graph.quads, fill="blue"), sheet, normal, 0.0, camera)
    at = np.flatnonzero(painted.fills[:, 0] == 1)
    assert len(at) == 1
    sign = 1 if elevation > 0 else -1
    assert (sign * painted.corners[: at[0], :, 2] <= 1e-12).all()
    assert (sign * painted.corners[at[0] + 1 :, :, 2] >= -1e-12).all()


def test_pieces_are_painted_from_back_to_front():
    graph = Pieces.of(Graph(lambda x, y: x**2 - y, (-1, -1), (1, 1), 8).quads)
    camera = Camera(20, 30)
    depths = camera.depth(graph.from_behind(camera).corners).mean(axis=1)
    assert (np.diff(depths) >= 0).all()


def test_what_leaves_a_box_is_cut_off_at_its_walls():
    steep = Pieces.of(Graph(lambda x, y: 9 * x, (-1, -1), (1, 1), 6).quads)
    inside = steep.within(np.array([-np.inf, -0.5, -1]), np.array([np.inf, 0.5, 1]))
    assert inside.corners[..., 2].min() == pytest.approx(-1)
    assert inside.corners[..., 2].max() == pytest.approx(1)
    assert inside.corners[..., 1].max() == pytest.approx(0.5)


def test_a_graph_leaves_out_what_is_undefined():
    with np.errstate(invalid="ignore"):
        graph = Graph(lambda x, y: np.sqrt(x) + 0 * y, (-1, -1), (1, 1), 4)
        assert len(Pieces.of(graph.quads)) == 8


def test_level_surfaces_lie_on_the_level_and_close_around_it():
    side = np.linspace(-1, 1, 31)
    x, y, z = np.meshgrid(side, side, side, indexing="ij")
    quads = Nets(x**2 + 2 * y**2 + 3 * z**2, (-1, -1, -1), (1, 1, 1)).quads(0.8)
    u, v, w = np.moveaxis(quads, -1, 0)
    assert u**2 + 2 * v**2 + 3 * w**2 == pytest.approx(0.8, abs=0.02)
    edges = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2, 3).round(9)
    count = {}
    for edge in edges:
        key = tuple(sorted(map(tuple, edge)))
        count[key] = count.get(key, 0) + 1
    assert set(count.values()) == {2}, "every edge of a closed surface belongs to two quads"


def test_a_level_that_the_function_never_takes_has_no_surface():
    grid = np.ones((4, 4, 4))
    assert Nets(grid, (0, 0, 0), (1, 1, 1)).quads(5).shape == (0, 4, 3)


def test_where_the_function_is_undefined_there_is_no_surface():
    grid = np.linspace(-1, 1, 6)[:, None, None] * np.ones((6, 6, 6))
    grid[:, :3] = np.nan
    quads = Nets(grid, (0, 0, 0), (5, 5, 5)).quads(0.1)
    assert len(quads)
    assert (quads[..., 1] >= 3).all()


def test_slices_lie_at_their_heights():
    quads = Graph(lambda x, y: x + y, (0, 0), (1, 1), 5).quads
    strokes = slices(quads, np.array([0.43, 1.21]))
    assert set(strokes[..., 2].ravel().round(9)) == {0.43, 1.21}
