"""Critical points on display: the words that judge them, the eigen-directions in the pixels."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, log, sqrt
from sympy.abc import x, y

from nabla import explore
from nabla.explore.critical import CriticalPoints


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("bowl", "eigenvalues 1 and 2, both positive: a bowl, so a local minimum"),
        ("dome", "eigenvalues −2 and −1, both negative: a dome, so a local maximum"),
        ("saddle", "eigenvalues −2 and 2, of opposite signs: a saddle, neither minimum nor maximum"),
        ("monkey saddle", "so the test is silent; around it f is higher 3 times and lower 3 times: a monkey saddle"),
    ],
)
def test_each_shape_is_judged_in_words(shape, said):
    words = CriticalPoints().update(shape=shape).words
    assert words.startswith("At (0, 0) the gradient is zero. The Hessian [[")
    assert said in words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("f", "said"),
    [
        (x**2 + y**4, "so the test is silent; nearby f stays on one side"),
        (x**2 - y**4, "so the test is silent; nearby f is higher twice and lower twice: a saddle"),
        (sqrt(x**2 + y**2), "f has no gradient. That is a critical point too, but the Hessian cannot judge it"),
        (log(x) + y, "f has no real value"),
    ],
)
def test_the_hard_cases_are_told_apart(f, said):
    explorer = CriticalPoints(f)
    assert said in explorer.frame(1).words
    assert explorer.error is None


def test_a_place_with_a_slope_is_no_critical_point():
    words = CriticalPoints(x**2 - 3 * y**2, at=(1, 1)).frame(1).words
    assert words == (
        "At (1, 1) the gradient is (2, −6): no critical point. The Hessian [[2, 0], [0, −6]] has eigenvalues −6 and 2."
    )


def test_a_point_put_close_to_a_critical_point_is_drawn_into_it():
    explorer = CriticalPoints(x**3 - 3 * x + y**2)
    assert "gradient is zero" in explorer.update(point=(1.02, -0.02)).words
    assert explorer.scene_now.point == (1, 0)
    assert "no critical point" in explorer.update(point=(1.2, 0)).words


def test_the_marks_on_the_map_have_a_shape_for_each_kind():
    explorer = CriticalPoints(x**3 - 3 * x + y**2)
    explorer.frame(1)
    placed = {kind: list(zip(*mark.get_data(), strict=True)) for kind, mark in explorer._marks.items()}
    assert placed == {"minimum": [(1, 0)], "saddle": [(-1, 0)], "maximum": [], "undecided": []}
    assert len({mark.get_marker() for mark in explorer._marks.values()}) == 4


def test_the_eigen_directions_are_at_right_angles_in_the_pixels():
    explorer = CriticalPoints(x**2 + 3 * x * y - y**2, at=(0.5, 0.25))
    explorer.frame(1)
    one, other = (
        np.diff(explorer.map.transData.transform(np.transpose(w.get_data())), axis=0)[0] for w in explorer._ways
    )
    assert one @ other == pytest.approx(0, abs=1e-6 * np.linalg.norm(one) * np.linalg.norm(other))


def test_up_and_down_differ_by_more_than_colour():
    explorer = CriticalPoints()
    explorer.update(shape="saddle")
    down, up = explorer._ways
    assert down.get_linestyle() == "--"
    assert up.get_linestyle() == "-"
    assert [text.get_text() for text in explorer._values] == ["−2", "2"]


@pytest.mark.slow
def test_the_sections_curve_as_the_eigenvalues_say():
    explorer = CriticalPoints(exp(x) - y**2 / 2)
    explorer.frame(1)
    for line, sign in zip(explorer._sections, (-1, 1), strict=True):
        heights = np.asarray(line.get_ydata())
        assert np.sign(heights[0] + heights[-1] - 2 * heights[24]) == sign


def test_the_shape_can_be_chosen_only_without_a_function_of_ones_own():
    assert list(CriticalPoints().controls) == ["shape", "point", "view"]
    assert list(explore.critical_points(x * y).controls) == ["point", "view"]
    with pytest.raises(ValueError, match="reach must be a positive number"):
        explore.critical_points(x * y, reach=0)


def test_dragging_the_map_moves_the_point():
    explorer = CriticalPoints(x * y)
    explorer.frame(1)
    across, up = explorer.map.transData.transform((1, -0.5)) / explorer.canvas.size
    explorer.move({}, place=(across, 1 - up, 0, 0))
    assert explorer.state["point"] == pytest.approx((1, -0.5), abs=0.03)
    assert explorer.state["view"] == (-55, 40)
