"""Steps and paths of gradient descent by hand."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp, mpf
from sympy import Rational, lambdify, sqrt
from sympy.abc import x, y, z

from autograder import DescentPath, DescentStep, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.descent import gradient_descent
from nabla.differences import central_gradient

VALLEY = x**2 + 10 * y**2
STEP = DescentStep(VALLEY, at=(3, 1), learning_rate=0.1)
TILTED = DescentStep(x**2 + x * y + 3 * y**2, at=(2, -1), learning_rate=Rational(1, 10))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_is_what_high_precision_differences_give(level: int) -> None:
    with mp.workdps(50):
        for seed in range(6):
            problem = DescentStep.variant(seed, level)
            f = lambdify(problem.variables, problem.f, "mpmath")
            p, h = [mpf(int(c)) for c in problem.at], mpf(10) ** -20
            eta = mpf(problem.learning_rate.p) / problem.learning_rate.q
            slopes = [
                (f(p[0] + h, p[1]) - f(p[0] - h, p[1])) / (2 * h),
                (f(p[0], p[1] + h) - f(p[0], p[1] - h)) / (2 * h),
            ]
            for c, slope, key in zip(p, slopes, problem.key(), strict=True):
                assert abs(float(c - eta * slope) - float(key)) < 1e-12


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_path_is_the_one_that_floats_walk(level: int) -> None:
    for seed in range(4):
        problem = DescentPath.variant(seed, level)
        f = lambdify(problem.variables, problem.f)
        path = gradient_descent(
            lambda p, f=f: central_gradient(lambda q: f(*q), p),  # type: ignore[misc]
            [float(c) for c in problem.at],
            float(problem.learning_rate),
            int(problem.count),
        )
        assert np.allclose(np.array(problem.key(), dtype=float), path[1:], atol=1e-7)


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert DescentStep(VALLEY, at=(5, 5), learning_rate=0.05).key() == (Rational(9, 2), 0)
    assert STEP.key() == (Rational(12, 5), -1)
    assert DescentPath(x**2, at=(10,), learning_rate=0.1, count=3).key()[-1] == (10 * Rational(4, 5) ** 3,)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((3.6, 3), "uphill"),
        ((-3, -19), "learning rate left out"),
        ((9, 21), "uphill, and learning rate left out"),
        ((-0.6, -2), "only the step"),
        ((0.6, 2), "only the step, and all signs flipped"),
        ((6, 20), "the gradient itself"),
        ((3 - 3 / sqrt(109) / 10, 1 - 10 / sqrt(109) / 10), "gradient made a unit vector"),
        ((3 - x / 5, 1 - 2 * y), "gradient not evaluated at the point"),
        ((2.4, 1), "only one coordinate moved"),
        ((3.6, -1), "uphill along one axis"),
        ((1.92, 1), "two steps"),
        ((2.7, 0), "exponent not brought down in the gradient"),
        ((2.4, 0), "exponent not brought down in the slope along y"),
    ],
)
def test_classic_wrong_steps_are_named(answer: object, mistake: str) -> None:
    assert judge(STEP, of(answer)).mistake == mistake


def test_updating_one_coordinate_after_the_other_is_named() -> None:
    new_x = 2 - Rational(1, 10) * (2 * 2 - 1)
    new_y = -1 - Rational(1, 10) * (new_x - 6)
    assert judge(TILTED, of((new_x, new_y))).mistake == "coordinates updated one after the other"


def test_an_ascent_on_a_bowl_is_told_which_way_descent_goes() -> None:
    score = check(STEP, (3.6, 3), points=2)
    assert score == 1.0
    assert "goes uphill" in score.feedback
    assert "subtracts" in score.feedback


def test_a_wrong_gradient_is_forgiven_once() -> None:
    score = check(STEP.given(gradient=(6, 10)), (2.4, 0))
    assert score == 1.0
    assert "your own gradient (6, 10)" in score.feedback


PATH = DescentPath(VALLEY, at=(3, 1), learning_rate=0.1, count=3)


@pytest.mark.parametrize(
    "answer",
    [
        [(2.4, -1), (1.92, 1), (1.536, -1)],
        [(3, 1), (2.4, -1), (1.92, 1), (1.536, -1)],
        np.array([[2.4, -1], [1.92, 1], [1.536, -1]]),
        "[(2.4, -1), (1.92, 1), (1.536, -1)]",
    ],
)
def test_a_path_may_begin_with_its_start_or_not(answer: object) -> None:
    assert check(PATH, answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([(3.6, 3), (4.32, 9), (5.184, 27)], "uphill"),
        ([(2.4, -1), (1.8, -3), (1.2, -5)], "gradient never renewed"),
        ([(1.536, -1)], "only the last point"),
        ((1.536, -1), "only the last point"),
        ([(2.4, -1), (1.92, 1), (1.536, -1), (1.2288, 1)], "one step too many"),
        ([(-0.6, -2), (-0.48, 2), (-0.384, -2)], "only the steps"),
    ],
)
def test_classic_wrong_paths_are_named(answer: object, mistake: str) -> None:
    assert judge(PATH, of(answer)).mistake == mistake


def test_the_right_steps_before_a_wrong_one_earn_their_share() -> None:
    judgement = judge(PATH, of([(2.4, -1), (1.92, 1), (7, 7)]))
    assert judgement.credit == Rational(2, 3)
    assert "step 3" in judgement.says


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: DescentStep(VALLEY, at=(3, 1), learning_rate=0), "positive"),
        (lambda: DescentStep(VALLEY, at=(3, 1), learning_rate=-1), "positive"),
        (lambda: DescentStep(VALLEY, at=(3, 1, 1), learning_rate=1), "3 coordinates"),
        (lambda: DescentPath(VALLEY, at=(3, 1), learning_rate=1, count=0), "1 to 20"),
        (lambda: DescentPath(VALLEY, at=(3, 1), learning_rate=1, count=2.5), "1 to 20"),
        (lambda: DescentPath(x**4 + y**2, at=(3, 1), learning_rate=0.01, count=20), "too long"),
    ],
)
def test_senseless_data_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


def test_three_variables_work_as_two() -> None:
    problem = DescentStep(x**2 + y**2 + z**2, at=(1, 2, 3), learning_rate=Rational(1, 4))
    assert problem.key() == (Rational(1, 2), 1, Rational(3, 2))
    assert problem.picture() is None


@pytest.mark.slow
def test_the_students_own_step_and_path_are_drawn() -> None:
    step = STEP.picture((3.6, 3))
    assert step is not None
    assert "your step (0.6, 2)" in step.words
    assert "uphill" in step.words
    path = PATH.picture([(3.6, 3), (4.32, 9), (5.184, 27)])
    assert path is not None
    assert "your path: from (3, 1) to (3.6, 3)" in path.words
    assert "rises with every step" in path.words
    blank = PATH.picture()
    assert blank is not None
    assert "(3, 1)" in blank.words
    assert "2.4" not in blank.words
