"""Terrain: slope, aspect, the way of water, and the words for them."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import log, sqrt
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore.landscape import Runoff, aspect, compass, hills, slope_angle
from nabla.explore.plane import PlaneFunction, Window
from nabla.explore.relief import Terrain


@pytest.mark.parametrize(
    ("gradient", "bearing", "name"),
    [
        ((0, -1), 0, "north"),
        ((-1, -1), 45, "north-east"),
        ((-2, 0), 90, "east"),
        ((0, 3), 180, "south"),
        ((1, 0), 270, "west"),
    ],
)
def test_aspect_is_the_bearing_downhill(gradient, bearing, name):
    assert aspect(gradient) == pytest.approx(bearing)
    assert compass(aspect(gradient)) == name


def test_the_gradients_length_is_the_tangent_of_the_slope():
    assert slope_angle((1, 0)) == pytest.approx(45)
    assert np.tan(np.radians(slope_angle((0.3, -0.4)))) == pytest.approx(0.5)


@pytest.mark.slow
def test_the_words_have_slope_aspect_and_water():
    assert (
        Terrain(x**2 + y**2, at=(1, 1))
        .frame(1)
        .words.startswith(
            "At (1, 1) the gradient is (2, 2), its length 2.83 = tan 70.5°. The ground faces south-west, downhill: "
            "aspect 225°. Water falls 2 in 1.4 to a hollow."
        )
    )
    assert "km" in Terrain().frame(1).words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("f", "at", "said"),
    [
        (x**2 + y**2, (0, 0), "the ground is level: it faces no way, and water stays"),
        (log(x) + y, (-1, 0), "the map has no height or no gradient"),
        (sqrt(x**2 + y**2), (0, 0), "the map has no height or no gradient"),
        (x + 0 * y, (1, 1), "faces west, downhill: aspect 270°. Water falls 3.4 in 3.4 to the edge of the map"),
    ],
)
def test_the_hard_cases_are_put_in_words(f, at, said):
    explorer = Terrain(f, at=at)
    assert said in explorer.frame(1).words
    assert explorer.error is None


@pytest.mark.parametrize("start", [(0.3, 0.5), (-1.0, 0.2), (1.5, -0.4), (-2, 2)])
def test_water_falls_at_every_step(start):
    f = PlaneFunction.of(hills())
    way = Runoff(f, Window.of(2.4)).way(start)
    heights = f.values(*way.T)
    assert len(way) > 3
    assert (np.diff(heights) < 1e-6).all()


def test_water_runs_at_right_angles_to_the_contours():
    f = PlaneFunction.of(x**2 + 4 * y**2)
    way = Runoff(f, Window.of(3)).way((2, 1))
    middles, steps = (way[1:] + way[:-1]) / 2, np.diff(way, axis=0)
    slopes = np.column_stack(f.gradients(*middles.T))
    cosines = (steps * slopes).sum(axis=1) / np.linalg.norm(steps, axis=1) / np.linalg.norm(slopes, axis=1)
    assert cosines[:-3] == pytest.approx(-1, abs=2e-3)


def test_water_that_leaves_the_map_is_told_from_water_that_stays():
    bowl, ramp = (Runoff(PlaneFunction.of(f, (x, y)), Window.of(2)) for f in (x**2 + y**2, x))
    assert bowl.ends_in_a_hollow(bowl.way((1, 0.3)))
    assert not ramp.ends_in_a_hollow(ramp.way((1, 0.3)))


@pytest.mark.slow
@pytest.mark.parametrize("at", [(0.3, 0.5), (1.6, 1.0), (-0.6, 1.6)])
def test_the_gradient_points_against_the_water_in_the_pixels(at):
    explorer = Terrain(at=at)
    explorer.frame(1)
    to_pixels = explorer.axes[1].transData.transform
    tail, tip = (to_pixels(end) for end in explorer._arrow.ends)
    water = np.subtract(*to_pixels(explorer.scene_now.way[:2])[::-1])
    cosine = water @ (tip - tail) / np.linalg.norm(water) / np.linalg.norm(tip - tail)
    assert cosine == pytest.approx(-1, abs=5e-3)


def test_the_map_can_show_slope_and_aspect_and_aspect_has_arrows():
    explorer = Terrain()
    pictures = {name: explorer.update(map=name).picture.png for name in ("height", "slope", "aspect")}
    assert len(set(pictures.values())) == 3
    maps = [explorer._shades(name) for name in ("height", "slope", "aspect")]
    assert all(np.ptp(one - other) > 0.1 for one, other in zip(maps, maps[1:] + maps[:1], strict=True))
    assert explorer._field.get_visible()
    assert "faces this way" in explorer._legend.get_text()
    explorer.update(map="slope")
    assert not explorer._field.get_visible()
    assert explorer._legend.get_text().startswith("darker is steeper, to ")


@pytest.mark.slow
def test_a_terrain_of_ones_own_has_its_own_names():
    explorer = explore.terrain(s**2 - t, at=(0, 1), reach=2)
    assert "km" not in explorer.frame(1).words
    assert explorer.frame(1).picture.alt.startswith("Terrain: f(s, t) = s^2 - t. At (0, 1)")
    with pytest.raises(ValueError, match="reach must be a positive number"):
        explore.terrain(s * t, reach=-1)
