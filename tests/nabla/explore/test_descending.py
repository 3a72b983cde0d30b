"""Gradient descent and the race: the numbers are those of the optimisers, and the words those of the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import log
from sympy.abc import x, y

from nabla import descent, explore
from nabla.explore.loss_panel import LossScale

VALLEY = x**2 + 10 * y**2


def slope(p):
    return np.array([2 * p[0], 20 * p[1]])


def test_the_words_have_place_value_slope_and_what_it_does():
    words = explore.gradient_descent(VALLEY, learning_rate=0.11).update(step=20).words
    assert words == (
        "After 20 steps at (0.0347, 192): f = 367400, ‖∇f‖ = 3830. "
        "With η = 0.11 it diverges: each swing is longer than the last, by the factor 1.2."
    )


@pytest.mark.parametrize("momentum", [0, 0.8])
def test_the_path_is_that_of_momentum_descent(momentum):
    explorer = explore.gradient_descent(VALLEY, at=(5, 3), learning_rate=0.03, momentum=momentum)
    path = descent.momentum_descent(slope, (5, 3), 0.03, 80, momentum)
    assert explorer.scene_now.walk.path == pytest.approx(path)
    explorer.update(step=7)
    assert explorer.scene_now.point == pytest.approx(tuple(path[7]))
    assert np.transpose(explorer._lines[0].get_data()) == pytest.approx(path[:8])


def test_the_learning_rate_reaches_beyond_what_is_stable():
    explorer = explore.gradient_descent(VALLEY)
    assert explorer.limit == pytest.approx(0.1)
    slider = explorer.controls["learning_rate"]
    assert slider.low < slider.start < 0.1 < slider.high


def test_a_path_that_runs_away_is_drawn_as_far_as_it_can_be_seen():
    explorer = explore.gradient_descent(VALLEY, learning_rate=0.15)
    words = explorer.update(step=80).words
    assert "diverges" in words
    assert np.abs(explorer._lines[0].get_data()).max() < 1e4
    assert explorer.error is None


def test_a_path_out_of_the_domain_is_described():
    words = explore.gradient_descent(log(x) + y**2, at=(1, 1), learning_rate=2.0).update(step=3).words
    assert "undefined" in words
    assert "where f has no value" in words


def test_step_zero_is_the_start_and_one_step_is_singular():
    explorer = explore.gradient_descent(VALLEY, at=(5, 5), learning_rate=0.05)
    assert explorer.update(step=0).words.startswith("After 0 steps at (5, 5): f = 275")
    assert explorer.update(step=1).words.startswith("After 1 step at (4.5, 0): f = 20.25")


@pytest.mark.parametrize(("low", "high"), [(0, 900), (-3, 5), (0, 1e-6), (-1e5, -2), (0, 0)])
def test_the_scale_of_losses_rises_with_the_loss_and_holds_its_ticks(low, high):
    scale = LossScale(low, high)
    losses = np.concatenate([-np.logspace(6, -9, 40), [0], np.logspace(-9, 6, 40)])
    places = scale.place(losses)
    assert (np.diff(places) >= 0).all()
    assert scale.place(0) == 0
    assert all(scale.ends[0] < place < scale.ends[1] for place in scale.place(scale.ticks))
    assert scale.ends[0] < scale.place(high) < scale.ends[1]
    assert np.isnan(scale.place(np.nan))
    assert np.isfinite(scale.place(np.inf))


def test_the_race_is_run_by_the_four_optimisers():
    explorer = explore.optimiser_race(VALLEY, at=(5, 5))
    walks, state = explorer.scene_now.walks, explorer.state
    by_slope, by_length = state["by_slope"], state["by_length"]
    assert walks["plain"].path == pytest.approx(descent.gradient_descent(slope, (5, 5), by_slope, 100))
    assert walks["momentum"].path == pytest.approx(descent.momentum_descent(slope, (5, 5), by_slope, 100, 0.8))
    assert walks["RMSProp"].path == pytest.approx(descent.rmsprop(slope, (5, 5), by_length, 100))
    assert walks["Adam"].path == pytest.approx(descent.adam(slope, (5, 5), by_length, 100))


def test_the_race_is_told_from_the_lowest_to_the_highest():
    explorer = explore.optimiser_race(VALLEY, at=(5, 5))
    words = explorer.update(step=25).words
    scene = explorer.scene_now
    heights = [scene.heights[name] for name in scene.order]
    assert heights == sorted(heights)
    assert words.startswith(f"After 25 steps {scene.order[0]} is lowest. f is now: {scene.order[0]} ")
    assert all(name in words for name in ("plain", "momentum", "RMSProp", "Adam"))


def test_one_that_has_run_out_of_numbers_comes_last():
    explorer = explore.optimiser_race(x**4 + y**4, at=(2, 2))
    explorer.update(by_slope=explorer.controls["by_slope"].high, step=100)
    assert explorer.scene_now.order[0] in ("RMSProp", "Adam", "plain", "momentum")
    assert explorer.error is None


def test_lines_of_the_race_differ_in_dash_and_mark_as_well_as_in_colour():
    explorer = explore.optimiser_race(VALLEY)
    explorer.frame()
    lines = [pair[0] for pair in explorer._lines]
    assert len({line.get_marker() for line in lines}) == len({line.get_color() for line in lines}) == 4
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 4
