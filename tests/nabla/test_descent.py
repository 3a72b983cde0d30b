"""Paths of descent: the values the chapter quotes, and what each optimiser is for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from nabla.descent import adam, descend, gradient_descent, momentum_descent, rmsprop
from nabla.optimisers import Plain


def valley(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """The gradient of x^2 + 10 y^2."""
    return np.array([2 * p[0], 20 * p[1]])


def height(p: NDArray[np.float64]) -> float:
    return float(p[0] ** 2 + 10 * p[1] ** 2)


def test_a_round_bowl_is_walked_to_its_bottom() -> None:
    path = gradient_descent(lambda p: 2 * (p - [3, 4]), (0, 0), 0.01, 1000)
    assert path.shape == (1001, 2)
    assert np.allclose(path[-1], (2.999999995, 3.999999993), atol=1e-9)


def test_one_step_of_the_valley_is_exact() -> None:
    assert gradient_descent(valley, (5, 5), 0.05, 1)[1].tolist() == [4.5, 0.0]
    assert np.allclose(gradient_descent(valley, (3, 1), 0.1, 1)[1], (2.4, -1))


def test_above_the_limit_y_swings_and_grows() -> None:
    path = gradient_descent(valley, (5, 5), 0.11, 20)
    assert (np.sign(path[:, 1]) == [(-1) ** k for k in range(21)]).all()
    assert abs(path[-1, 1]) == pytest.approx(191.69, abs=0.005)
    assert path[-1, 0] == pytest.approx(0.03474, abs=5e-6)
    assert height(path[-1]) == pytest.approx(3.674e5, rel=1e-3)


def test_at_the_limit_y_swings_for_ever_while_the_loss_still_falls() -> None:
    path = gradient_descent(valley, (3, 1), 0.1, 50)
    assert np.allclose(path[:, 1], [(-1) ** k for k in range(51)])
    losses = [height(p) for p in path]
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert losses[-1] > 10


@pytest.mark.parametrize(("eta", "swings"), [(0.04, False), (0.06, True), (0.09, True)])
def test_between_half_the_limit_and_the_limit_it_swings_and_settles(eta: float, swings: bool) -> None:
    y = gradient_descent(valley, (5, 5), eta, 200)[:, 1]
    assert (y[1] < 0) == swings
    assert abs(y[-1]) < 1e-6


def test_a_cautious_rate_leaves_x_behind() -> None:
    last = gradient_descent(valley, (5, 5), 0.04, 40)[-1]
    assert last[0] == pytest.approx(0.17803, abs=5e-6)
    assert last[1] == pytest.approx(5.5e-28, rel=0.01)
    assert height(last) == pytest.approx(0.03169, abs=5e-6)


def test_one_variable_shrinks_by_a_constant_factor() -> None:
    path = gradient_descent(lambda p: 2 * p, [10], 0.1, 50)
    assert path[-1, 0] == pytest.approx(10 * 0.8**50)
    assert path[-1, 0] == pytest.approx(1.4272e-4, rel=1e-4)


def test_the_best_rate_halves_the_steps_and_momentum_halves_them_again() -> None:
    def steps(path: NDArray[np.float64]) -> int:
        return len(path) - 1

    assert steps(gradient_descent(valley, (5, 5), 0.04, 1000, tolerance=1e-6)) == 194
    assert steps(gradient_descent(valley, (5, 5), 1 / 11, 1000, tolerance=1e-6)) == 92
    root, small = np.sqrt(20), np.sqrt(2)
    eta, beta = 4 / (root + small) ** 2, ((root - small) / (root + small)) ** 2
    assert (round(eta, 4), round(beta, 4)) == (0.1154, 0.2699)
    assert steps(momentum_descent(valley, (5, 5), eta, 1000, momentum=beta, tolerance=1e-6)) == 35


def test_the_way_down_is_the_way_to_the_minimum_on_circles_only() -> None:
    def angle(p: tuple[float, float]) -> float:
        down, home = -valley(np.array(p)), -np.array(p)
        return float(np.degrees(np.arccos(down @ home / np.linalg.norm(down) / np.linalg.norm(home))))

    assert angle((5, 5)) == pytest.approx(39.3, abs=0.05)
    assert angle((3, 1)) == pytest.approx(54.9, abs=0.05)


def test_ascent_on_a_bowl_runs_away() -> None:
    path = gradient_descent(lambda p: -2 * p, [1], 0.1, 5000)
    assert not np.isfinite(path[-1]).all()


def test_momentum_zero_is_plain_descent() -> None:
    ours = momentum_descent(valley, (3, 1), 0.04, 30, momentum=0)
    assert np.array_equal(ours, gradient_descent(valley, (3, 1), 0.04, 30))


def test_adam_and_rmsprop_begin_with_steps_of_one_size_along_every_coordinate() -> None:
    for optimiser in (adam, rmsprop):
        first = np.diff(optimiser(valley, (5, -5), 0.1, 1), axis=0)[0]
        assert abs(first[0]) == pytest.approx(abs(first[1]))
        assert first[0] < 0 < first[1]


@pytest.mark.parametrize("optimiser", [adam, rmsprop])
def test_adam_and_rmsprop_come_near_the_minimum(optimiser: object) -> None:
    last = optimiser(valley, (5, 5), 0.05, 2000)[-1]  # type: ignore[operator]
    assert np.linalg.norm(last) < 0.1


def test_adam_agrees_with_the_paper_written_out() -> None:
    point, m, s, eta, b1, b2, eps = np.array([3.0, 1.0]), 0.0, 0.0, 0.1, 0.8, 0.95, 1e-8
    for t in range(1, 8):
        g = valley(point)
        m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g * g
        point = point - eta * (m / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + eps)
    assert np.allclose(adam(valley, (3, 1), eta, 7, b1, b2, eps)[-1], point, atol=1e-14)


def test_a_start_of_whole_numbers_is_not_rounded_and_not_changed() -> None:
    start = np.array([5, 5])
    assert gradient_descent(valley, start, 0.04, 1)[1].tolist() == [4.6, 1.0]
    assert start.tolist() == [5, 5]


def test_a_gradient_that_changes_its_argument_does_no_harm() -> None:
    def rude(p: NDArray[np.float64]) -> NDArray[np.float64]:
        p *= 2
        return p

    assert np.allclose(gradient_descent(rude, [1.0], 0.1, 2).ravel(), [1, 0.8, 0.64])


def test_the_path_ends_early_where_it_is_flat() -> None:
    assert len(descend(Plain(0.5), lambda p: 2 * p, [1.0], 100, tolerance=1e-9)) == 2


@pytest.mark.parametrize(
    ("start", "steps", "words"),
    [((1, np.inf), 3, "finite"), (5, 3, "list"), ([], 3, "list"), ((1, 2), -1, "negative"), ((1, 2, 3), 1, "shape")],
)
def test_senseless_data_are_refused(start: object, steps: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        gradient_descent(valley, start, 0.1, steps)  # type: ignore[arg-type]
