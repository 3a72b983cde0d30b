"""The errors against h: those of the differences themselves, with their slopes and their best steps."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, log, sin
from sympy.abc import x, y

from nabla import explore
from nabla.differences import central_gradient, forward_gradient

F = exp(x) * sin(y)


def f(p):
    return np.exp(p[0]) * np.sin(p[1])


@pytest.mark.parametrize("exponent", [-1, -5, -8, -12])
def test_the_errors_are_those_of_the_differences(exponent):
    explorer = explore.finite_difference_error(F, at=(1, 1))
    explorer.update(h=exponent)
    exact = np.e * np.array([np.sin(1), np.cos(1)])
    for kind, way in (("forward", forward_gradient), ("central", central_gradient)):
        true = np.hypot(*(way(f, (1, 1), 10.0**exponent) - exact))
        assert explorer.scene_now.chosen[kind] == pytest.approx(true, abs=1e-14)


def test_slopes_and_best_steps_are_those_of_theory():
    scene = explore.finite_difference_error(F, at=(1, 1)).scene_now
    long = (scene.steps > 1e-4) & (scene.steps < 1e-1)
    for kind, order in (("forward", 1), ("central", 2)):
        slope = np.polyfit(np.log10(scene.steps[long]), np.log10(scene.errors[kind][long]), 1)[0]
        assert slope == pytest.approx(order, abs=0.05)
    assert 1e-9 < scene.best("forward")[0] < 1e-7
    assert 1e-6 < scene.best("central")[0] < 1e-4
    assert scene.best("central")[1] < scene.best("forward")[1] / 100


def test_one_part_can_be_chosen():
    explorer = explore.finite_difference_error(F, at=(1, 1))
    whole = explorer.scene_now.chosen["forward"]
    explorer.move({"what.0": 1})
    along_x = explorer.scene_now.chosen["forward"]
    assert "the partial along x is wrong by" in explorer.frame().words
    explorer.update(what="partial along y")
    along_y = explorer.scene_now.chosen["forward"]
    assert whole == pytest.approx(np.hypot(along_x, along_y))


def test_a_hand_on_the_picture_chooses_h():
    explorer = explore.finite_difference_error(F)
    explorer.frame(1)
    width, height = explorer.canvas.size
    across, up = explorer.axes.transData.transform((-9, -4))
    explorer.move({}, place=(across / width, 1 - up / height))
    assert explorer.state["h"] == -9
    assert "With h = 10⁻⁹" in explorer.frame().words


@pytest.mark.slow
def test_a_difference_without_any_error_can_be_drawn():
    explorer = explore.finite_difference_error(x + y, at=(0, 0))
    assert "wrong by 0 (forward) or 0 (central)" in explorer.frame().words


def test_a_large_coordinate_ends_the_range_of_h_earlier():
    low = explore.finite_difference_error(F, at=(1, 1)).low
    assert explore.finite_difference_error(x**2 + y**2, at=(1e6, 1)).low > low + 5


def test_where_f_is_undefined_a_little_way_off_the_rest_is_still_drawn():
    explorer = explore.finite_difference_error(log(x) + y**2, at=(0.01, 1))
    assert explorer.update(h=0).words.startswith("With h = 1 a difference reaches to where f has no value. Best: ")
    assert explorer.update(h=-5).words.startswith("With h = 10⁻⁵ the gradient is wrong by ")


def test_a_point_without_a_gradient_is_refused():
    with pytest.raises(ValueError, match="no gradient"):
        explore.finite_difference_error(log(x) + y, at=(-1, 1))
