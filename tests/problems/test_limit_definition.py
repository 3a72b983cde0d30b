"""Slopes from the limit definition, where the gradient formula fails."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf
from sympy import Rational, lambdify, sqrt
from sympy.abc import x, y

from autograder import LimitDerivative, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.calculus import OutsideDomainError
from nabla.limit_definition import limit_derivative

JUMPS = x**2 * y / (x**4 + y**2)
PROBLEM = LimitDerivative(JUMPS, at=(0, 0), along=(3, 4))
TILTED = LimitDerivative(JUMPS + 2 * x, at=(0, 0), along=(3, 4))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_is_what_a_tiny_step_gives(level: int) -> None:
    with mp.workdps(60):
        for seed in range(6):
            problem = LimitDerivative.variant(seed, level)
            f = lambdify(problem.variables, problem.f, "mpmath")
            a, b = (mpf(int(c)) for c in problem.along)
            h = mpf(10) ** -20 / mp.sqrt(a * a + b * b)
            quotient = f(h * a, h * b) / mpf(10) ** -20
            assert abs(float(quotient) - float(problem.key())) < 1e-12


def test_every_slope_of_the_classic_exists_and_is_a_squared_over_b() -> None:
    assert PROBLEM.key() == Rational(9, 20)
    assert limit_derivative(JUMPS, (0, 0), (1, 0), 0) == 0
    assert limit_derivative(JUMPS, (0, 0), (1, 1), 0) == sqrt(2) / 2
    assert PROBLEM.partials == (0, 0)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (0, "gradient formula where f is not differentiable"),
        (Rational(9, 4), "direction not normalised"),
        (Rational(16, 15), "components of the direction swapped"),
        (0.5, "limit of f along a parabola"),
        (-0.45, "sign flipped"),
    ],
)
def test_classic_wrong_slopes_are_named(answer: object, mistake: str) -> None:
    assert judge(PROBLEM, of(answer)).mistake == mistake


def test_the_gradient_formula_is_named_also_where_it_is_not_zero() -> None:
    assert TILTED.key() == Rational(9, 20) + Rational(6, 5)
    assert judge(TILTED, of(Rational(6, 5))).mistake == "gradient formula where f is not differentiable"
    assert "not" in check(TILTED, 1.2).feedback


def test_where_f_is_differentiable_the_gradient_formula_is_right_and_not_called_a_mistake() -> None:
    problem = LimitDerivative(x**2 + 3 * y, at=(1, 2), along=(3, 4), value=7)
    assert check(problem, Rational(18, 5)) == 1.0
    assert not [m for m in problem.mistakes() if "gradient formula" in m.name]


@pytest.mark.parametrize(
    ("f", "value", "words"),
    [(sqrt(x**2 + y**2), 0, "two sides differ"), (JUMPS, 1, "no finite limit"), (x / y, 0, "no")],
)
def test_where_there_is_no_slope_the_problem_is_refused(f: object, value: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        LimitDerivative(f, at=(0, 0), along=(3, 4), value=value)


def test_a_direction_that_is_zero_is_refused() -> None:
    with pytest.raises(ProblemError, match="no direction"):
        LimitDerivative(JUMPS, at=(0, 0), along=(0, 0))
    with pytest.raises(OutsideDomainError):
        limit_derivative(1 / x + y, (0, 0), (1, 1), 0)


def test_the_solution_says_why_the_gradient_does_not_do() -> None:
    assert "not differentiable here" in PROBLEM.solution()
    assert r"\frac{9}{20}" in PROBLEM.solution()
