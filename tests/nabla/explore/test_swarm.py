"""Chemotaxis: cells that climb with noise, and the words for how well they do."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, log
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore.swarm import Chemotaxis

PEAK = exp(-(x**2) - y**2)


@pytest.mark.slow
def test_without_noise_all_cells_climb_the_same_way_to_the_top():
    scene = Chemotaxis(PEAK, at=(1, 1)).scene(start=(1, 1), noise=0, draw=1, step=100)
    assert np.ptp(scene.paths, axis=1).max() == 0
    assert scene.uphill == pytest.approx(1)
    assert scene.heights[-1].min() > 0.99


def test_more_noise_leaves_less_of_a_step_uphill():
    explorer = Chemotaxis()
    parts = [explorer.scene((-2, -1.6), noise, 1, 100).uphill for noise in (0, 1, 2, 4)]
    assert parts == sorted(parts, reverse=True)
    assert parts[0] > 0.99
    assert 0 < parts[-1] < 0.35


@pytest.mark.parametrize("noise", [0.5, 3])
def test_every_step_inside_the_window_is_as_long(noise):
    explorer = Chemotaxis(PEAK, window=50, at=(1, 1))
    steps = np.diff(explorer.scene((1, 1), noise, 1, 100).paths, axis=0)
    assert np.linalg.norm(steps, axis=-1) == pytest.approx(explorer.stride)


def test_cells_stay_in_the_window():
    explorer = Chemotaxis(x + y, at=(0, 0), window=1)
    assert np.abs(explorer.scene((0, 0), 6, 2, 100).paths).max() <= 1


def test_the_same_draw_gives_the_same_ways_and_another_does_not():
    explorer = Chemotaxis()
    one, again, other = (Chemotaxis().scene((0, 0), 2, draw, 50).paths for draw in (3, 3, 4))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert explorer.update(draw=4).picture.png != explorer.update(draw=3).picture.png


def test_the_words_have_the_mean_the_start_and_the_highest():
    explorer = Chemotaxis(PEAK, at=(1, 0), window=2)
    words = explorer.update(noise=1, step=40).words
    mean = explorer.scene_now.heights[40].mean()
    assert words.startswith(
        f"After 40 steps with noise 1 the cells are at a mean concentration of {mean:.3g}: it began at 0.368, "
        "the highest here is 1."
    )
    assert explorer.update(step=0).words == "12 cells start at concentration 0.368; the highest here is 1."
    assert explorer.update(step=1).words.startswith("After 1 step with")


def test_level_ground_and_undefined_places_are_no_error():
    explorer = explore.chemotaxis(0 * s + 1, variables=(s, t), at=(0, 0))
    assert explorer.frame(1).words.startswith("After 60 steps")
    nowhere = explore.chemotaxis(log(x) + y, at=(-1, 0))
    assert nowhere.frame(1).words == "At (−1, 0) f has no real value: no cell can start there."
    assert nowhere.error is None


def test_what_is_drawn_ends_where_the_cells_are():
    explorer = Chemotaxis()
    explorer.update(step=30)
    ends = np.array([way[-1] for way in explorer._ways.get_segments()])
    assert ends == pytest.approx(np.column_stack(explorer._cells.get_data()))
    assert len(explorer._mean.get_xdata()) == 31
