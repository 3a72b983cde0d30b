"""The gradient on a contour map: its words, and its geometry down to the pixels."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from sympy import cos, log, sin, sqrt
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore import style
from nabla.explore.contours import GradientOnContours

F = x**2 + 3 * y**2


def in_pixels(axes, places):
    """Where places in the plane lie in the picture."""
    return axes.transData.transform(np.array(places, dtype=float))


def test_the_words_have_the_current_numbers():
    explorer = GradientOnContours(F, at=(1, 2))
    assert explorer.frame().words == (
        "At (1, 2) the gradient is (2, 12), length 12.17: uphill, at right angles to the contour. "
        "f is 13. The arrow is drawn at 1/10 of its length."
    )
    assert explorer.update(point=(-1, 0.5)).words.startswith("At (−1, 0.5) the gradient is (−2, 3), length 3.606")


def test_an_arrow_at_its_true_length_says_nothing_of_scale():
    words = GradientOnContours(x / 2 + y, at=(0, 0)).frame().words
    assert "drawn" not in words


def test_a_flat_place_has_no_arrow_and_says_so():
    explorer = GradientOnContours(F, at=(0, 0))
    assert "the gradient is (0, 0): it is flat here, no direction is uphill" in explorer.frame().words
    assert not any(artist.get_visible() for artist in explorer._arrow.artists)
    assert not explorer._tangent.get_visible()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("f", "at", "said"),
    [
        (log(x) * y, (-1, 1), "At (−1, 1) f has no real value."),
        (sqrt(x**2 + y**2), (0, 0), "At (0, 0) f is 0, but it has no gradient there."),
        (1 / x + y, (0, 1), "At (0, 1) f has no real value."),
        (0 * x + 5, (1, 1), "it is flat here"),
    ],
)
def test_a_place_without_a_gradient_is_described(f, at, said):
    explorer = GradientOnContours(f, at=at, variables=(x, y))
    assert said in explorer.frame().words
    assert explorer.error is None


def test_an_arrow_too_long_for_the_picture_is_cut_and_said_to_be():
    explorer = GradientOnContours(1 / x + y, at=(0.01, 0))
    frame = explorer.frame()
    assert "too long for the picture and is cut short" in frame.words
    assert np.hypot(*explorer.scene_now.arrow) == pytest.approx(explorer.longest)


@pytest.mark.parametrize("f", [F, sin(x) * cos(y), x**2 * y + 3 * y, log(x**2 + y**2 + 1)], ids=str)
@pytest.mark.parametrize("at", [(1, 2), (-1.3, 0.4), (2.1, -1.7)])
def test_the_arrow_is_perpendicular_to_the_contour_in_the_pixels(f, at):
    explorer = GradientOnContours(f, at=at)
    explorer.frame(1)
    tail, tip = in_pixels(explorer.axes, explorer._arrow.ends)
    along = direction_near(in_pixels_of_contour(explorer), tail)
    assert angle(tip - tail, along) == pytest.approx(90, abs=1.5)
    tangent = np.diff(in_pixels(explorer.axes, np.transpose(explorer._tangent.get_data())), axis=0)[0]
    assert angle(tip - tail, tangent) == pytest.approx(90, abs=0.01)


def in_pixels_of_contour(explorer):
    return [in_pixels(explorer.axes, line) for line in explorer.scene_now.contour]


def direction_near(lines, place, radius=12):
    """The direction of the contour where it passes a place, from its points within a radius of pixels."""
    points = np.concatenate(lines)
    near = points[np.linalg.norm(points - place, axis=1) < radius] - place
    assert len(near) >= 4, "the contour does not pass through the point"
    return np.linalg.svd(near - near.mean(axis=0))[2][0]


def angle(u, v):
    """Between two lines, in degrees from 0 to 90."""
    return np.degrees(np.arccos(min(1.0, abs(u @ v) / np.linalg.norm(u) / np.linalg.norm(v))))


def test_the_arrow_points_uphill_and_has_the_stated_length():
    explorer = GradientOnContours(F, at=(1, 2))
    explorer.frame()
    tail, tip = (np.array(end) for end in explorer._arrow.ends)
    assert tip - tail == pytest.approx(np.array([2, 12]) / 10)
    assert float(F.subs({x: tip[0], y: tip[1]})) > 13


def test_a_unit_is_equally_long_both_ways():
    for window in (None, ((0, 1), (0, 3)), ((-10, 10), (0, 1))):
        explorer = GradientOnContours(F, at=(0.5, 0.5), window=window)
        explorer.frame(1)
        origin, right, up = in_pixels(explorer.axes, [(0, 0), (1, 0), (0, 1)])
        assert right[0] - origin[0] == pytest.approx(up[1] - origin[1])


def test_the_arrow_is_in_the_picture_in_its_colour():
    explorer = GradientOnContours(F, at=(1, 2))
    explorer.frame(1)
    tail, tip = in_pixels(explorer.axes, explorer._arrow.ends)
    pixels = explorer.canvas.pixels(explorer._artists[1], 1)
    column, row = tail + 0.5 * (tip - tail)
    seen = pixels[round(pixels.shape[0] - row), round(column), :3]
    wanted = [int(style.GRADIENT[i : i + 2], 16) for i in (1, 3, 5)]
    assert seen == pytest.approx(wanted, abs=40)


def test_moving_away_and_back_gives_the_same_picture_as_a_fresh_one():
    explorer = GradientOnContours(F, at=(1, 2))
    first = explorer.frame(1).picture.png
    assert explorer.update(point=(2, -1)).picture.png != first
    assert explorer.update(point=(1, 2)).picture.png == first == GradientOnContours(F, at=(1, 2)).frame(1).picture.png


@pytest.mark.slow
def test_no_pyplot_figure_is_left_open():
    before = plt.get_fignums()
    explore.gradient_on_contours(F).frame()
    explore.gradient_field(F).frame()
    explore.gradient_picture(F, (1, 2), {"gradient": (2, 12)})
    assert plt.get_fignums() == before


def test_other_variables_name_the_axes_and_the_sliders():
    explorer = GradientOnContours(s**2 * t, at=(1, 1))
    assert [each.label for each in explorer.controls["point"].inputs()] == ["s", "t"]
    assert explorer.frame().picture.alt.startswith("Contour map of f(s, t) = s^2*t. ")


def test_a_formula_that_cannot_be_typeset_is_left_out_of_the_title():
    from sympy import Piecewise

    explorer = GradientOnContours(Piecewise((x, x > 0), (y, True)), at=(1, 1))
    assert explorer.figure.axes[0].get_title(loc="left") == "f(x, y)"


def test_a_point_outside_the_window_is_refused():
    with pytest.raises(ValueError, match="x must lie between −1 and 1, not 2"):
        GradientOnContours(F, at=(2, 0), window=1)
