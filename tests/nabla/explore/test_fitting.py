"""A line fitted by descent: the loss over (w, b) is the loss of the data, and the walk goes to the best line."""

from __future__ import annotations

import numpy as np
import pytest

from nabla import explore
from nabla.line_fit import fit_line, least_squares_line, line_loss


def test_the_data_of_the_example_end_at_their_least_squares_line():
    explorer = explore.fit_a_line(steps=2000, learning_rate=0.5)
    explorer.update(step=2000)
    assert explorer.scene_now.line == pytest.approx((2.11603, 0.95488), abs=1e-5)


def test_the_loss_on_the_map_is_that_of_the_data():
    explorer = explore.fit_a_line()
    for line in ((0, 0), (2, 1), (-1, 3.5)):
        assert explorer.f.value_at(line) == pytest.approx(line_loss(line, explorer.x, explorer.y))


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 1, 5, 40])
def test_the_line_is_that_of_the_path(step):
    explorer = explore.fit_a_line(learning_rate=0.4)
    explorer.update(step=step)
    w, b = fit_line(explorer.x, explorer.y, 0.4, step)
    assert explorer.scene_now.line == pytest.approx((w, b))
    xs, ys = explorer._line.get_data()
    assert ys == pytest.approx(w * np.asarray(xs) + b)
    ends = np.array(explorer._errors.get_segments())
    assert ends[:, 0] == pytest.approx(np.column_stack([explorer.x, explorer.y]))
    assert ends[:, 1] == pytest.approx(np.column_stack([explorer.x, w * explorer.x + b]))


def test_the_words_write_a_line_as_one_does():
    explorer = explore.fit_a_line([0, 1, 2], [-1, 1, 3], start=(1, -2), learning_rate=0.25)
    assert explorer.update(step=0).words.startswith("After 0 steps the line is y = 1 x − 2, loss ")
    assert "the least possible is 0." in explorer.frame().words


def test_beyond_the_largest_stable_rate_it_diverges():
    explorer = explore.fit_a_line()
    assert "diverges" in explorer.update(learning_rate=0.9, step=30).words
    assert "converges" in explorer.update(learning_rate=0.5).words


def test_own_data_of_any_size_are_in_the_picture():
    x, y = np.array([100.0, 150, 220, 300]), np.array([-1e4, 2e4, 1e4, 5e4])
    explorer = explore.fit_a_line(x, y)
    explorer.frame()
    left, right = explorer.axes[1].get_xlim()
    low, high = explorer.axes[1].get_ylim()
    assert left < 100 < 300 < right
    assert low < -1e4 < 5e4 < high
    assert explorer.window.left < least_squares_line(x, y)[0] < explorer.window.right


def test_the_loss_has_axes_of_equal_scale():
    explorer = explore.fit_a_line()
    explorer.frame(1)
    origin, right, up = explorer.axes[0].transData.transform([(0, 0), (1, 0), (0, 1)])
    assert right[0] - origin[0] == pytest.approx(up[1] - origin[1])


@pytest.mark.parametrize(
    ("x", "y", "said"), [([1, 1, 1], [1, 2, 3], "all x are the same"), ([1, 2], [1, 2, 3], "lists of one length")]
)
def test_data_without_a_line_are_refused(x, y, said):
    with pytest.raises(ValueError, match=said):
        explore.fit_a_line(x, y)
