"""Steepest ascent and descent: direction and rate."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, exp, lambdify, sqrt
from sympy.abc import x, y

from autograder import SteepestDirection, SteepestRate, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.calculus import directional_derivative
from nabla.differences import central_gradient

VALLEY = x**2 + 4 * y**2
DOWN = SteepestDirection(VALLEY, at=(1, 1), way="descent")
RATE = SteepestRate(x**2 + 3 * y**2, at=(1, 2))


@pytest.mark.parametrize("level", [1, 2])
def test_no_other_direction_is_steeper(level: int) -> None:
    for seed in range(5):
        problem = SteepestDirection.variant(seed, level)
        f = lambdify(problem.variables, problem.f)
        slopes = central_gradient(lambda p, f=f: f(*p), [float(c) for c in problem.at])  # type: ignore[misc]
        angles = np.linspace(0, 2 * np.pi, 100001)
        rates = slopes[0] * np.cos(angles) + slopes[1] * np.sin(angles)
        best = angles[np.argmax(problem.sign * rates)]
        assert np.allclose([float(c) for c in problem.key()], [np.cos(best), np.sin(best)], atol=1e-4)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_rate_is_the_directional_derivative_along_the_steepest_direction(level: int) -> None:
    for seed in range(4):
        problem = SteepestRate.variant(seed, level)
        direction = SteepestDirection(problem.f, problem.at, problem.way, problem.variables).key()
        rate = directional_derivative(problem.f, problem.at, direction, problem.variables)
        assert abs(float(rate - problem.key())) < 1e-12


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert SteepestDirection(x * exp(y), at=(0, 0)).key() == (1, 0)
    assert SteepestRate(x * exp(y), at=(0, 0)).key() == 1
    assert DOWN.key() == (-2 / sqrt(68), -8 / sqrt(68))
    assert SteepestRate(VALLEY, at=(1, 1), way="descent").key() == -2 * sqrt(17)
    assert SteepestRate(x**2 + y**2, at=(1, 1)).key() == 2 * sqrt(2)
    assert SteepestRate(x**2 + 10 * y**2, at=(3, 1), way="descent").key() == -sqrt(436)
    assert float(RATE.key()) == pytest.approx(12.17, abs=0.005)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((1 / sqrt(17), 4 / sqrt(17)), "opposite direction"),
        ((-2, -8), "not a unit vector"),
        ((2, 8), "opposite direction, and not a unit vector"),
        ((-0.7071, -0.7071), "radial direction"),
        ((4 / sqrt(17), -1 / sqrt(17)), "along the level curve"),
        ((0, -1), "one axis only"),
        ((-0.2, -0.8), "divided by the sum of the components"),
        (-2 * sqrt(17), "rate instead of direction"),
        ((-2 * x, -8 * y), "not evaluated at the point"),
    ],
)
def test_classic_wrong_directions_are_named(answer: object, mistake: str) -> None:
    assert judge(DOWN, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (-2 * sqrt(37), "sign of the other way"),
        ((2, 12), "the gradient itself"),
        (148, "root left out"),
        (14, "sum of the partial derivatives"),
        (12, "slope along y only"),
        (sqrt(140), "squares subtracted"),
        (1, "unit vector has length 1"),
        (0, "no change"),
        (13, "value of f"),
        (sqrt(4 * x**2 + 36 * y**2), "not evaluated at the point"),
        ((1 / sqrt(37), 6 / sqrt(37)), "the unit vector"),
    ],
)
def test_classic_wrong_rates_are_named(answer: object, mistake: str) -> None:
    assert judge(RATE, of(answer)).mistake == mistake


def test_the_right_direction_at_another_length_earns_half() -> None:
    assert check(DOWN, (-1, -4), points=2) == 1.0
    assert check(DOWN, (-0.24254, -0.97014)) == 1.0


def test_a_wrong_gradient_is_forgiven_once() -> None:
    assert check(DOWN.given(gradient=(3, 4)), (-0.6, -0.8)) == 1.0
    assert check(DOWN.given(gradient=(0, 0)), (0, 0)) == 0.0
    assert check(RATE.given(gradient=(3, 4)), 5) == 1.0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: SteepestDirection(VALLEY, at=(0, 0)), "flat"),
        (lambda: SteepestRate(VALLEY, at=(0, 0)), "flat"),
        (lambda: SteepestRate(VALLEY, at=(1, 1), way="sideways"), "ascent"),
    ],
)
def test_senseless_data_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.slow
def test_the_students_own_direction_is_drawn() -> None:
    picture = DOWN.picture((1, 0))
    assert picture is not None
    assert "your answer (1, 0), at 14 degrees to the contour" in picture.words
    assert RATE.picture() is not None
    blank = DOWN.picture()
    assert blank is not None
    assert "0.24" not in blank.words


def test_one_third_is_no_short_decimal_but_right() -> None:
    assert SteepestDirection(x + 2 * y, at=(0, 0)).key() == (sqrt(5) / 5, 2 * sqrt(5) / 5)
    assert check(SteepestRate(x / 3, at=(0,)), Rational(1, 3)) == 1.0
