"""Steps with momentum, RMSProp and Adam by hand, against the same optimisers in floats."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, lambdify, sqrt
from sympy.abc import x, y

from autograder import AdamStep, MomentumStep, RMSPropStep
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.descent import adam, rmsprop
from nabla.differences import central_gradient

VALLEY = x**2 + 10 * y**2
MOMENTUM = MomentumStep(VALLEY, at=(3, 1), velocity=(4, -8), learning_rate=0.1, momentum=0.5)
RMSPROP = RMSPropStep(VALLEY, at=(3, 1), mean_square=(64, 400), learning_rate=0.1, decay=0.5)
ADAM = AdamStep(VALLEY, at=(3, 1), learning_rate=0.1, beta1=0.9, beta2=0.99)


def slopes(problem: object) -> np.ndarray:
    f = lambdify(problem.variables, problem.f)  # type: ignore[attr-defined]
    at = [float(c) for c in problem.at]  # type: ignore[attr-defined]
    return central_gradient(lambda p: f(*p), at)


def numbers(values: object) -> np.ndarray:
    return np.array(values, dtype=float)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_keys_are_the_rules_written_out_in_floats(level: int) -> None:
    for seed in range(3):
        problem = MomentumStep.variant(seed, level)
        v = float(problem.momentum) * numbers(problem.velocity) + slopes(problem)
        assert np.allclose(numbers(problem.key()), numbers(problem.at) - float(problem.learning_rate) * v, atol=1e-6)
        scaled = RMSPropStep.variant(seed, level)
        g, rho = slopes(scaled), float(scaled.decay)
        s = rho * numbers(scaled.mean_square) + (1 - rho) * g**2
        step = float(scaled.learning_rate) * g / np.sqrt(s)
        assert np.allclose(numbers(scaled.key()), numbers(scaled.at) - step, atol=1e-6)
        both = AdamStep.variant(seed, level)
        g, t, b1, b2 = slopes(both), int(both.taken) + 1, float(both.beta1), float(both.beta2)
        m = (b1 * numbers(both.mean) + (1 - b1) * g) / (1 - b1**t)
        s = (b2 * numbers(both.mean_square) + (1 - b2) * g**2) / (1 - b2**t)
        step = float(both.learning_rate) * m / np.sqrt(s)
        assert np.allclose(numbers(both.key()), numbers(both.at) - step, atol=1e-6)


def test_first_steps_are_those_of_the_optimisers() -> None:
    def grad(p: np.ndarray) -> np.ndarray:
        return np.array([2 * p[0], 20 * p[1]])

    assert np.allclose(numbers(ADAM.key()), adam(grad, (3, 1), 0.1, 1, 0.9, 0.99)[1])
    fresh = RMSPropStep(VALLEY, at=(3, 1), mean_square=(0, 0), learning_rate=0.1, decay=0.9)
    assert np.allclose(numbers(fresh.key()), rmsprop(grad, (3, 1), 0.1, 1, 0.9)[1])


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((2, -0.2), "momentum factor left out"),
        ((2.4, -1), "plain gradient descent"),
        ((2.6, 1.8), "old velocity used"),
        ((2.8, 1.4), "gradient left out of the velocity"),
        ((2.5, 0.4), "running mean instead of momentum"),
        ((3.8, 2.6), "uphill"),
        ((8, 16), "the new velocity"),
        ((4.4, -5), "velocity added to the step"),
    ],
)
def test_classic_wrong_steps_with_momentum_are_named(answer: object, mistake: str) -> None:
    assert MOMENTUM.key() == (Rational(11, 5), Rational(-3, 5))
    assert judge(MOMENTUM, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((3 - Rational(6, 500), 1 - Rational(2, 400)), "root left out"),
        ((3 - Rational(6, 80), 1 - Rational(2, 20)), "old mean square used"),
        ((2.4, -1), "plain gradient descent"),
        ((50, 400), "the new mean square"),
        ((2.9, 0.9), "divided by the size of the slope"),
    ],
)
def test_classic_wrong_steps_of_rmsprop_are_named(answer: object, mistake: str) -> None:
    assert RMSPROP.key() == (3 - Rational(6, 10) / sqrt(50), Rational(9, 10))
    assert judge(RMSPROP, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((2.9, 0.9), ""),
        ((3.1, 1.1), "uphill"),
        ((2.4, -1), "plain gradient descent"),
        ((-0.1, -0.1), "only the step"),
        ((2.99 + 0.0, 0.99), "only the mean square corrected"),
        ((2, 0), "only the mean corrected"),
    ],
)
def test_classic_wrong_steps_of_adam_are_named(answer: object, mistake: str) -> None:
    assert judge(ADAM, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MomentumStep(VALLEY, (3, 1), (1, 1), 0.1, 1), "between 0 and 1"),
        (lambda: RMSPropStep(VALLEY, (3, 1), (-1, 1), 0.1, 0.5), "not negative"),
        (lambda: RMSPropStep(VALLEY, (0, 1), (0, 1), 0.1, 0.5), "divide by 0"),
        (lambda: AdamStep(VALLEY, (0, 1), 0.1, 0.9, 0.99), "divide by 0"),
        (lambda: AdamStep(VALLEY, (3, 1), 0.1, 0.9, 0.99, taken=-1), "0, 1, 2"),
        (lambda: MomentumStep(VALLEY, (3, 1), (1, 1, 1), 0.1, 0.5), "3 coordinates"),
    ],
)
def test_senseless_data_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]
