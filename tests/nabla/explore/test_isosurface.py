"""The level surface through a point: words, right angles in both slices, and the mesh."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import log, sqrt
from sympy.abc import s, t, u, x, y, z

from nabla import explore
from nabla.explore.isosurface import LevelSurface

SPHERE = x**2 + y**2 + z**2


def test_the_words_have_the_level_the_normal_and_the_tangent_plane():
    assert LevelSurface(SPHERE, at=(1, 2, 3)).frame(1).words == (
        "At (1, 2, 3) F is 14. The gradient (2, 4, 6), drawn at 1/3 of its length, is normal to the surface F = 14; "
        "tangent plane: 2(x − 1) + 4(y − 2) + 6(z − 3) = 0."
    )


@pytest.mark.parametrize(
    ("F", "at", "said"),
    [
        (SPHERE, (0, 0, 0), "the gradient (0, 0, 0): it gives no normal and no tangent plane"),
        (log(x) + y + z, (-1, 1, 1), "F has no real value"),
        (sqrt(SPHERE), (0, 0, 0), "F is 0, but it has no gradient there"),
    ],
)
def test_a_place_without_a_normal_says_so(F, at, said):
    explorer = LevelSurface(F, at=at)
    assert said in explorer.frame(1).words
    assert explorer.error is None


@pytest.mark.slow
def test_the_plane_leaves_out_what_is_zero_and_minds_its_signs():
    words = LevelSurface(x**2 - y + 0 * z, at=(-1, 0, 2)).frame(1).words
    assert "tangent plane: −2(x + 1) − y = 0." in words


def test_an_arrow_too_long_for_the_picture_is_cut_short_and_said_to_be():
    explorer = LevelSurface(SPHERE, at=(0.1, 0.2, 0.3), window=2)
    explorer.update(point=(1.9, 1.9))
    assert "cut short" in explorer.scene_now.describe()
    assert np.linalg.norm(explorer.scene_now.arrow) == pytest.approx(explorer.scene_now.longest)


@pytest.mark.parametrize("F", [SPHERE, x**2 + y**2 - z**2, x * y * z + x], ids=str)
@pytest.mark.parametrize("fine", [False, True])
def test_every_corner_of_the_mesh_lies_on_the_surface(F, fine):
    explorer = LevelSurface(F, at=(1, 1, 0.5))
    explorer._fine = fine
    level = explorer.scene_now.value
    corners = explorer.mesh(level).reshape(-1, 3)
    assert len(corners) > 400
    gaps = np.abs(explorer.F.values(*corners.T) - level) / np.linalg.norm(explorer.F.gradients(corners), axis=1)
    assert np.quantile(gaps, 0.98) < 0.02 * explorer.reach


@pytest.mark.slow
@pytest.mark.parametrize("at", [(1, 2, 3), (-2, 1, 0.5), (0.3, -2.2, -1.4)])
def test_the_arrow_is_at_right_angles_to_the_curve_in_both_slices(at):
    explorer = LevelSurface(x**2 + 2 * y**2 + 3 * z**2 + x * y, at=at)
    explorer.frame(1)
    for each in (explorer.above, explorer.front):
        tail, tip = (each.axes.transData.transform(end) for end in each.arrow.ends)
        points = np.concatenate([each.axes.transData.transform(line) for line in each.level(explorer.scene_now)])
        near = points[np.linalg.norm(points - tail, axis=1) < 14] - tail
        along = np.linalg.svd(near - near.mean(axis=0))[2][0]
        across = (tip - tail) / np.linalg.norm(tip - tail)
        assert abs(along @ across) < 0.1
        i, j = each._pair
        slopes = np.array(explorer.scene_now.gradient)[[i, j]]
        assert across == pytest.approx(slopes / np.linalg.norm(slopes), abs=1e-9)
        assert np.linalg.norm(near, axis=1).min() < 4


def test_the_gradient_is_at_right_angles_to_the_tangent_plane_as_drawn():
    explorer = LevelSurface(SPHERE, at=(1, 2, 3))
    scene = explorer.scene_now
    painted = []
    explorer.frame(1)
    explorer.stage.put = lambda pieces, *_, **__: painted.append(pieces)
    explorer.show(scene)
    sheet = painted[0].chosen(np.isclose(painted[0].widths, 1.4)).corners[0]
    for along in (sheet[1] - sheet[0], sheet[3] - sheet[0]):
        assert along @ np.array(scene.gradient) == pytest.approx(0, abs=1e-9)


def test_dragging_the_slice_from_above_moves_the_point_and_keeps_its_height():
    explorer = LevelSurface(SPHERE, at=(1, 2, 3))
    explorer.frame(1)
    x0, y0 = explorer.above.axes.transData.transform((-1, 0.5)) / explorer.canvas.size
    explorer.move({}, place=(x0, 1 - y0, 0, 0))
    assert explorer.state["point"] == pytest.approx((-1, 0.5), abs=0.06)
    assert explorer.state["height"] == 3
    explorer.move({"height.0": -2.0})
    assert explorer.frame(1).words.startswith("At (−1, 0.5, −2) F is 5.25")


def test_the_box_holds_the_point_and_can_be_chosen():
    assert LevelSurface(SPHERE, at=(1, 2, 3)).reach == 5
    assert LevelSurface(SPHERE, at=(1, 2, 3), window=4).reach == 4
    with pytest.raises(ValueError, match="window must be a positive number"):
        LevelSurface(SPHERE, window=-1)


def test_other_variables_are_named_and_too_many_are_refused():
    explorer = explore.level_surface(s * t + u, at=(1, 1, 1))
    assert "tangent plane: (s − 1) + (t − 1) + (u − 1) = 0" in explorer.frame(1).words
    with pytest.raises(ValueError, match="needs a function of three variables"):
        explore.level_surface(s + t)
    with pytest.raises(ValueError, match="still contains u"):
        explore.level_surface(s + t * u, variables=(s, t, x))
