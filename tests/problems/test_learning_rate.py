"""The largest stable and the best learning rate, checked by walking."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, lambdify, sqrt
from sympy.abc import x, y

from autograder import BestLearningRate, DescentFate, LargestLearningRate, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from autograder.problems.bowl import OnBowl
from nabla.calculus import gradient
from nabla.descent import gradient_descent

VALLEY = x**2 + 10 * y**2


def steps_to_settle(problem: OnBowl, eta: float) -> int:
    slope = lambdify(problem.variables, list(gradient(problem.f, problem.variables)))
    start = [1.37, -0.81, 0.59][: len(problem.variables)]
    path = gradient_descent(lambda p: np.array(slope(*p), dtype=float), start, eta, 4000, tolerance=1e-8)
    return len(path) - 1


@pytest.mark.parametrize("level", [1, 2, 3])
def test_below_the_limit_descent_settles_and_above_it_does_not(level: int) -> None:
    for seed in range(3):
        problem = LargestLearningRate.variant(seed, level)
        assert steps_to_settle(problem, 0.97 * float(problem.key())) < 4000
        assert steps_to_settle(problem, 1.03 * float(problem.key())) == 4000


@pytest.mark.parametrize("level", [1, 2, 3])
def test_no_other_rate_settles_sooner_than_the_best(level: int) -> None:
    for seed in range(3):
        problem = BestLearningRate.variant(seed, level)
        best = float(problem.key())
        assert steps_to_settle(problem, best) < min(steps_to_settle(problem, best * k) for k in (0.8, 1.25))


def test_the_limit_of_the_valley_is_a_tenth_and_not_a_twentieth() -> None:
    assert LargestLearningRate(VALLEY).key() == Rational(1, 10)
    judgement = judge(LargestLearningRate(VALLEY), of(0.05))
    assert judgement.mistake == "where swinging begins"
    assert "still shrink" in judgement.says


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (1, "the flattest axis"),
        (Rational(1, 2), "1 over the smallest curvature"),
        (Rational(1, 11), "the best learning rate"),
        (0.2, "coefficients taken for curvatures"),
        (20, "the curvature itself"),
        (10, "half the curvature"),
    ],
)
def test_classic_wrong_limits_are_named(answer: object, mistake: str) -> None:
    assert judge(LargestLearningRate(VALLEY), of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (0.1, "the stability limit"),
        (0.05, "best for the steepest axis only"),
        (0.5, "best for the flattest axis only"),
        (Rational(1, 22), "1 over the sum of the curvatures"),
        (Rational(9, 11), "the factor instead of the rate"),
        (10, "the condition number"),
        (Rational(2, 11), "coefficients taken for curvatures"),
    ],
)
def test_classic_wrong_best_rates_are_named(answer: object, mistake: str) -> None:
    assert judge(BestLearningRate(VALLEY), of(answer)).mistake == mistake


def test_a_tilted_bowl_needs_its_eigenvalues() -> None:
    problem = LargestLearningRate(x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5)
    assert problem.key() == (2 / (4 + 2 * sqrt(2))).radsimp()
    assert judge(problem, of(Rational(1, 3))).mistake == "mixed term left out"
    assert check(problem, 0.2929) == 1.0


@pytest.mark.parametrize("f", [x**2 - y**2, x**3 + y**2, x * y])
def test_what_is_no_bowl_has_no_limit(f: object) -> None:
    with pytest.raises(ProblemError, match="bowl"):
        LargestLearningRate(f)


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_fate_is_the_one_that_a_walk_shows(level: int) -> None:
    for seed in range(8):
        problem = DescentFate.variant(seed, level)
        slope = lambdify(problem.variables, list(gradient(problem.f, problem.variables)))
        start = [1.37, -0.81, 0.59][: len(problem.variables)]
        path = gradient_descent(lambda p, slope=slope: slope(*p), start, float(problem.learning_rate), 300)  # type: ignore[misc]
        sizes = [float(np.linalg.norm(slope(*p))) for p in path]
        steps = np.diff(path, axis=0)
        turns = (steps[1:] * steps[:-1]).sum(axis=1)
        settles, grows = sizes[-1] < 1e-3 * sizes[0], sizes[-1] > 1e3 * sizes[0]
        assert settles == problem.key().startswith("comes to the minimum")
        assert grows == (problem.key() == "runs away")
        if problem.key() == "comes to the minimum without swinging":
            assert (turns >= -1e-12).all()


def test_a_loss_that_falls_is_no_proof_that_it_settles() -> None:
    problem = DescentFate(VALLEY, 0.1)
    assert check(problem, "c") == check(problem, "swings for ever") == check(problem, 3) == 1.0
    judgement = judge(problem, of("b"))
    assert judgement.mistake == "taken for: comes to the minimum, swinging to and fro"
    assert "Even where f falls" in judgement.says


@pytest.mark.parametrize(("eta", "letter"), [(0.05, "a"), (0.051, "b"), (0.0999, "b"), (0.1, "c"), (0.11, "d")])
def test_the_fates_of_the_valley(eta: float, letter: str) -> None:
    assert check(DescentFate(VALLEY, eta), letter) == 1.0
