"""What a path does, in words, from its numbers: the valley x^2 + 10 y^2 and other ground."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import log, sqrt
from sympy.abc import x, y

from nabla.explore.behaviour import behaviour
from nabla.explore.descending import Walk
from nabla.explore.plane import PlaneFunction
from nabla.optimisers import Momentum

VALLEY = x**2 + 10 * y**2


def does(f, start, learning_rate, momentum=0.0, steps=80):
    walk = Walk.of(PlaneFunction.of(f, (x, y)), Momentum(learning_rate, momentum), start, steps)
    return behaviour(walk.path, walk.heights, walk.slopes).describe()


@pytest.mark.parametrize(
    ("learning_rate", "said"),
    [
        (0.001, "crawls: after 80 steps"),
        (0.04, "converges: from step"),
        (0.09, "converges: from step"),
        (0.0995, "oscillates: it goes to and fro, each swing 0.99 times the last"),
        (0.1, "oscillates: it goes to and fro, and the swings do not shrink"),
        (0.11, "diverges: each swing is longer than the last, by the factor 1.2"),
        (5, "diverges: each swing is longer"),
    ],
)
def test_the_valley(learning_rate, said):
    assert does(VALLEY, (5, 5), learning_rate).startswith(said)


@pytest.mark.parametrize(("learning_rate", "swings"), [(0.04, False), (0.055, False), (0.07, True), (0.09, True)])
def test_swings_that_shrink_are_told_from_a_straight_way_down_even_if_they_die_out_early(learning_rate, swings):
    assert ("with swings" in does(VALLEY, (5, 5), learning_rate)) == swings


def test_a_start_on_the_flat_stays():
    assert does(VALLEY, (0, 0), 0.1).startswith("stays")


def test_a_function_without_a_lowest_place_runs_away():
    assert does(x**2 - y**2, (1, 0.1), 0.1).startswith("runs away: f falls without end")


def test_a_step_out_of_the_domain_is_said():
    assert does(sqrt(x) + y**2, (0.1, 1), 1.0).startswith("stops: step 1 goes to where f has no value")
    assert "no value" in does(log(x) + y, (0.2, 0), 0.5)


def test_a_learning_rate_of_zero_crawls():
    assert "still 100 %" in does(VALLEY, (5, 5), 0.0)


def test_overflow_is_divergence():
    assert does(x**4 + y**4, (5, 5), 1.0).startswith("diverges")


def test_the_step_from_which_it_has_arrived_is_right():
    walk = Walk.of(PlaneFunction.of(VALLEY), Momentum(0.04, 0), (5, 5), 80)
    k = int(behaviour(walk.path, walk.heights, walk.slopes).describe().split("step ")[1].split()[0])
    assert walk.slopes[k] <= 0.01 * walk.slopes[0] < walk.slopes[k - 1]
    assert np.all(walk.slopes[k:] <= 0.01 * walk.slopes[0])
