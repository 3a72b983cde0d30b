"""Level sets: what they are made of, and the right angle measured on the curve."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import cos, log, sin
from sympy.abc import x, y

from nabla import explore
from nabla.explore.curve import LevelCurve

F = x**2 + 3 * y**2


def test_the_words_tell_the_pieces_and_the_angle():
    words = explore.level_sets(F, at=(1, 1)).frame().words
    assert words == (
        "The level set f = 4 is one closed curve in this window. "
        "At (1, 1) ∇f = (2, 6) makes 90° with the tangent measured on the curve."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("f", "level", "made_of"),
    [
        (x**3 - 3 * x + y**2, -1, "one closed curve and one open curve"),
        (x * y, 1, "two open curves"),
        (x * y, 2, "two open curves"),
        (F, 0.0, "is the point (0, 0) alone in this window: ∇f = (0, 0) there"),
        (-F, 0.0, "is the point (0, 0) alone"),
        (x**2 - y**2, 0.0, "crosses itself at (0, 0), where ∇f = (0, 0)"),
        (x**2 - y**2, 0.1, "two open curves"),
        (x**3 - 3 * x * y**2, 0.0, "crosses itself at (0, 0)"),
        (sin(2 * x) * sin(2 * y), 0.0, "crosses itself at 9 places"),
        (x**3 - 3 * x + y**2, 2.0, "crosses itself at (−1, 0)"),
    ],
)
def test_what_a_level_set_is_made_of(f, level, made_of):
    assert made_of in explore.level_sets(f, at=(0.5, 0.5), window=2.5).update(level=level).words


@pytest.mark.slow
@pytest.mark.parametrize("f", [F, sin(x) * cos(y), x**2 * y + 3 * y, log(x**2 + y**2 + 1)], ids=str)
@pytest.mark.parametrize("along", [3, 20, 50, 77.5])
def test_gradient_and_measured_tangent_are_perpendicular_everywhere(f, along):
    explorer = explore.level_sets(f, at=(1, 0.7))
    explorer.update(along=along)
    scene = explorer.scene_now
    assert scene.angle == pytest.approx(90, abs=0.3)
    assert explorer.f.value_at(scene.slope.point) == pytest.approx(scene.level, abs=1e-9)
    ends = [explorer.axes.transData.transform(np.array(a.ends)) for a in (explorer._gradient, explorer._tangent)]
    u, v = (tip - tail for tail, tip in ends)
    assert abs(u @ v) / np.hypot(*u) / np.hypot(*v) < 0.01


def test_a_hand_takes_the_level_set_through_its_place():
    explorer = explore.level_sets(F, at=(1, 1))
    explorer.frame(1)
    width, height = explorer.canvas.size
    across, up = explorer.axes.transData.transform((-2, 1))
    explorer.move({}, place=(across / width, 1 - up / height))
    assert explorer.state["level"] == pytest.approx(7, abs=0.3)
    assert explorer.scene_now.slope.point == pytest.approx((-2, 1), abs=0.1)


def test_arrows_all_along_are_gradients_at_one_scale():
    explorer = explore.level_sets(F, at=(1, 1))
    explorer.update(everywhere=True)
    scene = explorer.scene_now
    assert len(scene.places) > 20
    true = explorer.scale * np.column_stack([2 * scene.places[:, 0], 6 * scene.places[:, 1]])
    assert scene.arrows == pytest.approx(true)
    assert len(explorer.scene(scene.level, 0, everywhere=False).places) == 0


def test_a_place_without_a_gradient_has_no_arrow():
    explorer = explore.level_sets(0 * x + 5, at=(1, 1), variables=(x, y))
    assert "f = 5 is empty" in explorer.frame().words
    assert not explorer._place.get_visible()


def test_a_walk_along_a_closed_curve_comes_back_and_covers_it_evenly():
    turn = np.linspace(0, 2 * np.pi, 200)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    circle[-1] = circle[0]
    curve = LevelCurve.of([circle])
    assert curve.length == pytest.approx(2 * np.pi, rel=1e-3)
    assert curve.at(0) == pytest.approx((1, 0), abs=1e-9)
    assert curve.at(0.25) == pytest.approx((0, 1), abs=1e-2)
    assert curve.at(1) == pytest.approx(curve.at(0))
    assert curve.nearest((0, -5)) == pytest.approx(0.75, abs=1e-2)


def test_an_empty_curve_has_no_place():
    with pytest.raises(ValueError, match="empty"):
        LevelCurve(()).at(0.5)
