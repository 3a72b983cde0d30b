"""The gradient of a picture: Sobel's numbers, the words for them, and the probe."""

from __future__ import annotations

import numpy as np
import pytest

from nabla import explore
from nabla.explore.edges import ImageGradient
from nabla.explore.sobel import ACROSS, built_in, neighbourhood, sobel


def test_a_white_square_has_four_at_its_edges_and_more_at_its_corners():
    across, up = sobel(built_in()["white square"])
    length = np.hypot(across, up)
    assert length.max() == pytest.approx(np.sqrt(18))
    assert sorted(set(length.round(2).ravel())) == [0, 1.41, 3.16, 4, 4.24]


def test_sobel_is_eight_times_the_slope_of_a_ramp():
    rows, columns = np.mgrid[0:9, 0:9]
    across, up = sobel(0.03 * columns + 0.05 * rows)
    assert across[1:-1, 1:-1] == pytest.approx(8 * 0.03)
    assert up[1:-1, 1:-1] == pytest.approx(8 * 0.05)


def test_a_picture_of_whole_numbers_is_not_rounded_down():
    across, _ = sobel(np.array([[0, 1, 1]] * 3, dtype=np.uint8))
    assert across[1].tolist() == [4, 4, 0]
    across, _ = sobel(np.array([[1, 0, 0]] * 3, dtype=np.uint8))
    assert across[1].tolist() == [-4, -4, 0]


@pytest.mark.parametrize("pixel", [(0, 0), (31, 31), (8, 17), (20, 3)])
def test_the_nine_pixels_times_the_weights_are_sobels_sums(pixel):
    explorer = ImageGradient()
    scene = explorer.scene(pixel, "noisy square")
    nine = neighbourhood(explorer.pictures["noisy square"], *pixel)
    assert scene.across == pytest.approx((nine * ACROSS).sum())
    assert scene.up == pytest.approx((nine * ACROSS.T).sum())


def test_the_words_have_both_sums_and_the_lighter_side():
    explorer = ImageGradient()
    assert explorer.update(pixel=(8, 16)).words == (
        "At column 8, row 16 Sobel gives 4 across (axis 1) and 0 upwards (axis 0), length 4: it points to the lighter "
        "side, here the right. An eighth of it, 0.5, is the change per pixel."
    )
    assert "all nine pixels are alike, so there is no edge" in explorer.update(pixel=(16, 16)).words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pixel", "side"),
    [((16, 7), "top"), ((16, 23), "bottom"), ((23, 16), "left"), ((7, 7), "upper right"), ((23, 23), "lower left")],
)
def test_on_every_side_of_the_square_the_gradient_points_inwards(pixel, side):
    assert f"here the {side}." in ImageGradient().update(pixel=pixel).words


def test_a_thin_line_has_no_slope_in_its_middle():
    picture = np.zeros((9, 9))
    picture[:, 4] = 1
    assert "the differences cancel" in ImageGradient(picture, at=(4, 4)).frame(1).words


def test_the_arrow_stands_at_right_angles_on_the_edge_in_the_pixels():
    explorer = ImageGradient()
    explorer.update(pixel=(8, 16))
    tail, tip = (explorer.axes[0].transData.transform(end) for end in explorer._arrow.ends)
    assert tip[0] - tail[0] > 30
    assert tip[1] == pytest.approx(tail[1])


def test_the_picture_shows_the_lowest_row_at_the_bottom():
    picture = np.zeros((8, 8))
    picture[0] = 1
    explorer = ImageGradient(picture)
    pixels = (explorer.frame(1), explorer.canvas.pixels(explorer._artists[1], 1))[1]
    assert pixels[325, 300, :3].min() > 240
    assert pixels[40, 300, :3].max() < 15


def test_keys_and_hand_go_from_pixel_to_pixel():
    explorer = ImageGradient()
    explorer.frame(1)
    assert all(each.step == 1 for each in explorer.controls["pixel"].inputs())
    across, up = explorer.axes[0].transData.transform((11.3, 20.2)) / explorer.canvas.size
    explorer.move({}, place=(across, 1 - up, 0, 0))
    assert explorer.state["pixel"] == (11, 20)


def test_another_picture_may_be_chosen_or_given():
    explorer = explore.image_gradient()
    before = explorer.frame(1).picture.png
    assert explorer.update(picture="disc").picture.png != before
    own = explore.image_gradient(np.arange(12).reshape(3, 4))
    assert list(own.controls) == ["pixel"]
    assert own.pictures["picture"].max() == 1


@pytest.mark.parametrize("picture", [np.zeros((2, 9)), np.zeros(9), np.zeros((300, 4)), [[np.nan] * 4] * 4])
def test_what_is_no_picture_is_refused(picture):
    with pytest.raises(ValueError, match="a picture is a table of"):
        explore.image_gradient(picture)
