"""The directional derivative: the needle, the slice and the cosine say the same."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, sin, sqrt
from sympy.abc import x, y

from nabla import explore
from nabla.calculus import directional_derivative as exact

F = x**2 + 4 * y**2


def test_the_words_have_the_rate_and_where_it_comes_from():
    words = explore.directional_derivative(x**2 + y**2, at=(1, 1), along=(3, 4)).frame().words
    assert words == (
        "Along u = (0.6, 0.8) f changes at the rate 2.8: uphill. That is ‖∇f‖ cos θ = 2.828 × cos 8.13°. "
        "∇f is drawn at 1/2 of its length."
    )


@pytest.mark.parametrize(("along", "rate"), [((2, 8), 2 * 17**0.5), ((-2, -8), -2 * 17**0.5), ((8, -2), 0)])
def test_along_against_and_across_the_gradient(along, rate):
    scene = explore.directional_derivative(F, at=(1, 1), along=along).scene_now
    assert scene.rate == pytest.approx(rate, abs=1e-12)
    assert {1: "uphill", -1: "downhill", 0: "rate 0: level"}[int(np.sign(rate))] in scene.describe()


@pytest.mark.slow
@pytest.mark.parametrize("angle", [-180, -37, 0, 37, 90, 180])
@pytest.mark.parametrize("f", [F, exp(x) * sin(y), x**2 * y + 3 * y], ids=str)
def test_needle_slice_and_cosine_agree(f, angle):
    explorer = explore.directional_derivative(f, at=(1, 0.5))
    explorer.update(angle=angle)
    scene = explorer.scene_now
    turn = np.radians(angle)
    assert scene.rate == pytest.approx(float(exact(f, (1, 0.5), (np.cos(turn), np.sin(turn)))))
    along, heights = scene.slice
    middle = len(along) // 2
    slope = (heights[middle + 1] - heights[middle - 1]) / (along[middle + 1] - along[middle - 1])
    assert slope == pytest.approx(scene.rate, abs=0.02)
    assert scene.rates(np.array([angle]))[0] == pytest.approx(scene.rate)


def test_needle_and_gradient_make_their_angle_in_the_pixels():
    explorer = explore.directional_derivative(F, at=(1, 0.5), along=(-1, 2))
    explorer.frame(1)
    ends = [explorer.axes[0].transData.transform(np.array(a.ends)) for a in (explorer._gradient, explorer._needle)]
    u, v = (tip - tail for tail, tip in ends)
    seen = np.degrees(np.arccos(u @ v / np.hypot(*u) / np.hypot(*v)))
    assert seen == pytest.approx(explorer.scene_now.between, abs=0.01)


def test_a_hand_on_the_map_turns_the_needle_towards_it():
    explorer = explore.directional_derivative(F, at=(1, 1))
    explorer.frame(1)
    width, height = explorer.canvas.size
    across, up = explorer.axes[0].transData.transform((0, 2))
    explorer.move({}, place=(across / width, 1 - up / height))
    assert explorer.state["angle"] == 135
    assert explorer.state["point"] == (1, 1)


@pytest.mark.slow
def test_the_panels_stand_still_while_the_needle_turns_and_fit_a_new_point():
    explorer = explore.directional_derivative(F, at=(1, 1))
    explorer.frame()
    limits = explorer.axes[1].get_ylim()
    explorer.update(angle=-160)
    assert explorer.axes[1].get_ylim() == limits
    moved = explorer.update(point=(2, -1), angle=0)
    assert explorer.axes[1].get_ylim() != limits
    fresh = explore.directional_derivative(F, at=(1, 1), window=explorer.window)
    fresh.scale = explorer.scale
    assert fresh.update(point=(2, -1), angle=0).picture.png == moved.picture.png


def test_where_there_is_no_gradient_the_words_say_so():
    assert "no gradient" in explore.directional_derivative(sqrt(x**2 + y**2), at=(0, 0)).frame().words
    assert "flat" in explore.directional_derivative(F, at=(0, 0)).frame().words


def test_the_direction_zero_is_refused():
    with pytest.raises(ValueError, match="direction"):
        explore.directional_derivative(F, along=(0, 0))
