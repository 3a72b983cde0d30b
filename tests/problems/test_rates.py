"""Directional derivatives towards a point and at an angle."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf
from sympy import Rational, cos, lambdify, pi, sin, sqrt
from sympy.abc import x, y, z

from autograder import DirectionalDerivative, RateAtAngle, RateTowards, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from autograder.problems.directional_derivative import Rate

BOWL = x**2 + y**2
TOWARDS = RateTowards(BOWL, at=(1, 1), towards=(4, 5))
ANGLE = RateAtAngle(x**2 + 3 * y**2, at=(1, 2), angle=pi / 6)


def slope_along(problem: Rate) -> mpf:
    """A second way to the key: a central difference along the unit vector, at 50 digits."""
    f = lambdify(problem.variables, problem.f, "mpmath")
    v = [mp.mpmathify(c.evalf(45)) for c in problem.direction]
    size = mp.sqrt(sum(c * c for c in v))
    at, h = [mpf(c.p) / c.q for c in problem.at], mpf(10) ** -15
    ahead, behind = ([p + s * h * c / size for p, c in zip(at, v, strict=True)] for s in (1, -1))
    return (f(*ahead) - f(*behind)) / (2 * h)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("kind", [DirectionalDerivative, RateTowards, RateAtAngle])
def test_the_key_is_what_high_precision_differences_give(kind: type[Rate], level: int) -> None:
    with mp.workdps(50):
        for seed in range(6):
            problem = kind.variant(seed, level)
            assert abs(float(slope_along(problem)) - float(problem.key())) < 1e-10


def test_towards_a_point_is_along_the_difference() -> None:
    assert TOWARDS.key() == DirectionalDerivative(BOWL, at=(1, 1), along=(3, 4)).key() == Rational(14, 5)


def test_the_distance_to_the_point_does_not_matter() -> None:
    assert RateTowards(BOWL, at=(1, 1), towards=(31, 41)).key() == TOWARDS.key()


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (14, "direction not normalised"),
        (18 / sqrt(41), "the other point taken for the direction"),
        (18, "the other point taken for the direction, not normalised"),
        (22 / sqrt(61), "points added"),
        (Rational(64, 5), "gradient at the other point"),
        (Rational(39, 5), "mean rate on the way"),
        (39, "change of f on the way"),
        (Rational(-14, 5), "sign flipped"),
        ((2, 2), "the gradient itself"),
        (2 * sqrt(2), "length of the gradient"),
        (Rational(6, 5) * x + Rational(8, 5) * y, "not evaluated at the point"),
        ((Rational(6, 5), Rational(8, 5)), "components of the product not added"),
    ],
)
def test_classic_wrong_rates_towards_a_point_are_named(answer: object, mistake: str) -> None:
    assert judge(TOWARDS, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (1 + 6 * sqrt(3), "sine and cosine swapped"),
        (sqrt(148) * sqrt(3) / 2, "angle taken from the gradient"),
        (2 * cos(30) + 12 * sin(30), "degrees taken for radians"),
        (sqrt(3) - 6, "angle counted the other way"),
        (2 + 12 / sqrt(3), "direction (1, tan θ) not normalised"),
        (14, "sum of the partial derivatives"),
        ((2, 12), "the gradient itself"),
        (2, "slope along x only"),
    ],
)
def test_classic_wrong_rates_at_an_angle_are_named(answer: object, mistake: str) -> None:
    assert ANGLE.key() == sqrt(3) + 6
    assert judge(ANGLE, of(answer)).mistake == mistake


def test_a_rate_with_a_wrong_gradient_is_forgiven_once() -> None:
    score = check(TOWARDS.given(gradient=(2, 4)), Rational(22, 5), points=2)
    assert score == 2.0
    assert "your own gradient (2, 4)" in score.feedback


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: RateTowards(BOWL, at=(1, 1), towards=(1, 1)), "itself"),
        (lambda: RateTowards(BOWL, at=(1, 1), towards=(1, 1, 1)), "3 coordinates"),
        (lambda: RateAtAngle(x * y * z, at=(1, 1, 1), angle=1), "plane"),
        (lambda: RateAtAngle(BOWL, at=(1, 1), angle=x), "radians"),
    ],
)
def test_senseless_data_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


def test_three_variables_work_as_two() -> None:
    assert RateTowards(x * y * z, at=(1, 2, 3), towards=(3, 3, 5)).key() == Rational(19, 3)


@pytest.mark.slow
def test_the_direction_is_drawn() -> None:
    picture = TOWARDS.picture()
    assert picture is not None
    assert "(3, 4)" in picture.words
