"""Hessians and Jacobians: keys by a second method, the chapter's values, classic wrong answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf
from sympy import Expr, Matrix, cos, exp, lambdify, log, sin
from sympy.abc import x, y, z

from autograder import Hessian, Jacobian, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

BOWL = x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5


def slope(f: Any, point: list[mpf], i: int) -> mpf:
    h = mpf(10) ** -15

    def moved(by: mpf) -> list[mpf]:
        return [part + by * (i == j) for j, part in enumerate(point)]

    return (f(*moved(h)) - f(*moved(-h))) / (2 * h)


def numerical_jacobian(F: tuple[Expr, ...], variables: Any, at: Any) -> np.ndarray:
    with mp.workdps(60):
        point = [mpf(part.p) / part.q for part in at]
        return np.array(
            [[float(slope(lambdify(variables, f, "mpmath"), point, i)) for i in range(len(point))] for f in F]
        )


def numerical_hessian(f: Expr, variables: Any, at: Any) -> np.ndarray:
    with mp.workdps(60):
        point = [mpf(part.p) / part.q for part in at]
        own = lambdify(variables, f, "mpmath")
        n = range(len(point))
        return np.array([[float(slope(lambda *p, j=j: slope(own, list(p), j), point, i)) for j in n] for i in n])


def at_a_point(kind: type, level: int) -> list[Any]:
    return [p for p in (kind.variant(seed, level) for seed in range(12)) if p.at][:4]


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_hessian_is_what_differences_of_differences_give(level: int) -> None:
    for problem in at_a_point(Hessian, level):
        numerical = numerical_hessian(problem.f, problem.variables, problem.at)
        assert np.allclose(np.array(problem.key(), dtype=float), numerical, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_jacobian_is_what_differences_give(level: int) -> None:
    for problem in at_a_point(Jacobian, level):
        numerical = numerical_jacobian(problem.F, problem.variables, problem.at)
        assert np.allclose(np.array(problem.key(), dtype=float), numerical, rtol=1e-10, atol=1e-10)


def test_the_bowl_of_the_chapter_has_the_eigenvalues_it_says() -> None:
    H = Hessian(BOWL).key()
    assert Matrix([[2, 2], [2, 6]]) == H
    assert (H.det(), H.trace()) == (8, 8)


def test_the_jacobian_of_a_gradient_is_the_hessian() -> None:
    f = x**3 * y + exp(x) * sin(y)
    assert Jacobian((f.diff(x), f.diff(y)), variables=(x, y)).key() == Hessian(f).key()


def test_a_single_function_has_a_jacobian_with_one_row_which_may_be_given_flat() -> None:
    problem = Jacobian((x * y,), at=(1, 2))
    assert problem.key().shape == (1, 2)
    for answer in ([2, 1], (2, 1), [[2, 1]], Matrix([[2, 1]]), "[2, 1]"):
        assert judge(problem, of(answer)).state == "right"
    assert judge(problem, of(Matrix([2, 1]))).state == "wrong"
    assert "1 row and 2 columns" in judge(problem, of([1, 2, 3])).says


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([[2, 0], [0, 6]], "mixed derivatives left out"),
        ([[2, 1], [1, 6]], "mixed derivatives halved"),
        ([[1, 1], [1, 3]], "halved throughout"),
        ([[2, 2], [0, 6]], "nothing below the diagonal"),
        ([[6, 2], [2, 2]], "diagonal swapped"),
        ([[2, 6], [2, 2]], "mixed and pure derivatives exchanged"),
        ([[-2, -2], [-2, -6]], "all signs flipped"),
        ((2 * x + 2 * y + 4, 2 * x + 6 * y), "the gradient"),
        ((2, 6), "gradient of the gradient taken component by component"),
        (8, "determinant"),
        ([[2, 2], [2, 7]], ""),
    ],
)
def test_classic_wrong_hessians_are_named(answer: object, mistake: str) -> None:
    assert judge(Hessian(BOWL), of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([[1, 4], [2, 1]], "transposed"),
        ([[4, 1], [1, 2]], "rows swapped"),
        ([[y, x], [2 * x, 1]], "not evaluated at the point"),
        ([[1, 0], [0, 1]], "diagonal only"),
        (-7, "determinant"),
        (2, "divergence"),
        ((1, 2), "gradient of component 1 only"),
        ((5, 3), "components added"),
        ((2, 5), "F itself"),
        ([[1, 2], [4, 9]], ""),
    ],
)
def test_classic_wrong_jacobians_are_named(answer: object, mistake: str) -> None:
    problem = Jacobian((x * y, x**2 + y), at=(2, 1))
    assert problem.key() == Matrix([[1, 2], [4, 1]])
    assert judge(problem, of(answer)).mistake == mistake


def test_three_right_entries_of_four_earn_their_share() -> None:
    judgement = judge(Hessian(BOWL), of([[2, 2], [2, 7]]))
    assert judgement.credit * 4 == 3
    assert "row 2, column 2" in judgement.says


def test_a_matrix_that_should_be_symmetric_is_told_so() -> None:
    assert "should be symmetric" in judge(Hessian(BOWL), of([[2, 5], [2, 6]])).says


def test_the_students_own_gradient_is_followed() -> None:
    problem = Hessian(x**2 * y + 3 * y, at=(2, 1))
    own = (2 * x * y, x**2 + 3 * x)
    assert check(problem.given(gradient=own), [[2, 4], [7, 0]]) == 1.0
    assert check(problem.given(gradient=(0, 0)), [[0, 0], [0, 0]]) == 0.0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Hessian(log(x) * y, at=(-1, 2)), "real"),
        (lambda: Hessian(x * y, at=(1, 2, 3)), "3 coordinates"),
        (lambda: Jacobian(x * y), "tuple of functions"),
        (lambda: Jacobian((x, "y")), "component 2"),
        (lambda: Jacobian((1, 2)), "no variables"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(make: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_functions_and_constants_are_taken_in_three_variables() -> None:
    assert Hessian(x * y * z + cos(z), at={z: 0, x: 1, y: 2}).key() == Matrix([[0, 0, 2], [0, 0, 1], [2, 1, -1]])
    with pytest.raises(ProblemError):
        Hessian("x**2")


def test_a_gradient_without_variables_forgives_no_hessian_of_zeros() -> None:
    assert check(Hessian(x**3 * y).given(gradient=(1, 1)), [[0, 0], [0, 0]]) == 0.0
