"""Directions of no change, and directions with a given rate."""

from __future__ import annotations

import pytest
from sympy import Rational, sqrt
from sympy.abc import x, y, z

from autograder import DirectionsWithRate, NoChangeDirections, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.calculus import directional_derivative

STILL = NoChangeDirections(x**2 + 3 * y**2, at=(1, 2))
PLANE = DirectionsWithRate(3 * x + 4 * y, at=(0, 0), rate=4)


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_direction_has_length_one_and_the_rate_asked(level: int) -> None:
    for seed in range(5):
        for problem, rate in (
            (NoChangeDirections.variant(seed, level), 0),
            (p := DirectionsWithRate.variant(seed, level), p.rate),
        ):
            assert len(set(problem.key())) == 2
            for u in problem.key():
                assert abs(float(u[0] ** 2 + u[1] ** 2) - 1) < 1e-12
                slope = directional_derivative(problem.f, problem.at, u, problem.variables)
                assert abs(float(slope - rate)) < 1e-12


def test_a_rate_beyond_the_steepest_has_no_direction_and_the_steepest_has_one() -> None:
    assert DirectionsWithRate(3 * x + 4 * y, at=(0, 0), rate=6).key() == ()
    assert check(DirectionsWithRate(3 * x + 4 * y, at=(0, 0), rate=6), "none") == 1.0
    assert check(DirectionsWithRate(3 * x + 4 * y, at=(0, 0), rate=6), [(0, 1)]) == 0.0
    assert DirectionsWithRate(3 * x + 4 * y, at=(0, 0), rate=-5).key() == ((Rational(-3, 5), Rational(-4, 5)),)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([(6 / sqrt(37), -1 / sqrt(37))], "only one of the two"),
        ((6 / sqrt(37), -1 / sqrt(37)), "only one of the two"),
        ([(12, -2), (-12, 2)], "not unit vectors"),
        ([(-12, 2), (12, -2)], "not unit vectors"),
        ((12, -2), "only one of the two, and not a unit vector"),
        ([(1 / sqrt(37), 6 / sqrt(37)), (-1 / sqrt(37), -6 / sqrt(37))], "along the gradient"),
        ([(6 / sqrt(37), 1 / sqrt(37)), (-6 / sqrt(37), -1 / sqrt(37))], "components swapped, no sign changed"),
        ([(2 / sqrt(5), -1 / sqrt(5)), (-2 / sqrt(5), 1 / sqrt(5))], "round the origin"),
        ([(1, 0), (0, 1)], "along the axes"),
        ((0, 0), "the zero vector"),
    ],
)
def test_classic_wrong_directions_of_no_change_are_named(answer: object, mistake: str) -> None:
    assert judge(STILL, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([(0, 1)], "only one of the two"),
        ([(0.8, 0.6), (0.8, -0.6)], "angle counted from the axis"),
        ([(0, -1), (-0.96, -0.28)], "opposite rate"),
        ((0.6, 0.8), "the steepest direction"),
        ([(-0.8, 0.6), (0.8, -0.6)], "directions of no change"),
        ((0.48, 0.64), "part of the gradient that has the rate"),
        ((Rational(4, 3), 0), "one axis only, not a unit vector"),
        ([(1, 0), (0.28, 0.96)], "components swapped"),
    ],
)
def test_classic_wrong_directions_with_a_rate_are_named(answer: object, mistake: str) -> None:
    assert PLANE.key() == ((0, 1), (Rational(24, 25), Rational(7, 25)))
    assert judge(PLANE, of(answer)).mistake == mistake


def test_one_of_two_directions_earns_half() -> None:
    assert check(PLANE, [(0, 1)], points=2) == 1.0


def test_a_wrong_gradient_is_forgiven_once() -> None:
    score = check(STILL.given(gradient=(3, 4)), [(0.8, -0.6), (-0.8, 0.6)])
    assert score == 1.0
    assert "your own gradient" in score.feedback


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: NoChangeDirections(x * y * z, at=(1, 1, 1)), "3 variables"),
        (lambda: NoChangeDirections(x**2 + y**2, at=(0, 0)), "flat"),
        (lambda: DirectionsWithRate(x + y, at=(0, 0), rate=x), "real number"),
    ],
)
def test_senseless_data_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.slow
def test_the_students_own_directions_are_drawn() -> None:
    picture = STILL.picture([(1, 0), (0, 1)])
    assert picture is not None
    assert "yours 1 (1, 0)" in picture.words
    assert "yours 2 (0, 1)" in picture.words
    assert STILL.picture() is not None
