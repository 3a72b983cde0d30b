"""Gradients in cylindrical and spherical coordinates, and from tables."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, Symbol, cos, lambdify, pi, sin, sqrt
from sympy.abc import r, x, y, z

from autograder import CurvilinearGradient, TableGradient, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.curvilinear import cartesian, coordinates

RHO, PHI, _ = coordinates("cylindrical")
THETA = coordinates("spherical")[1]
G, M = Symbol("G"), Symbol("M")


def by_short_steps(problem: CurvilinearGradient, place: np.ndarray) -> list[float]:
    """Difference quotients over steps of a known length along each unit vector."""
    f = lambdify(problem.variables, problem.f, "math")
    where = lambdify(problem.variables, cartesian(problem.system), "math")
    quotients = []
    for i in range(3):
        step = np.eye(3)[i] * 1e-5
        ahead, back = place + step, place - step
        length = np.linalg.norm(np.subtract(where(*ahead), where(*back)))
        quotients.append((f(*ahead) - f(*back)) / length)
    return quotients


@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_component_is_the_rise_for_each_unit_of_length(level: int) -> None:
    rng = np.random.default_rng(level)
    for seed in range(6):
        problem = CurvilinearGradient.variant(seed, level)
        places = [np.array(problem.at, dtype=float)] if problem.at else rng.uniform(0.5, 1.5, (3, 3))
        for place in places:
            key = lambdify(problem.variables, list(problem.key()), "math")(*place)
            assert np.allclose(by_short_steps(problem, place), key, rtol=1e-7, atol=1e-7)


def test_gravity_points_along_r_and_falls_with_its_square() -> None:
    problem = CurvilinearGradient(-G * M / r, "spherical")
    assert problem.key() == (G * M / r**2, 0, 0)
    judgement = judge(problem, of((-G * M / r**2, 0, 0)))
    assert judgement.mistake
    assert judgement.credit < 1


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((cos(PHI), -RHO * sin(PHI), 0), "no scale factors"),
        ((cos(PHI), -(RHO**2) * sin(PHI), 0), "multiplied by the scale factors"),
        ((cos(PHI), -sin(PHI) / RHO, 0), "scale factors squared"),
        ((-sin(PHI), cos(PHI), 0), "components swapped"),
        ((cos(PHI), sin(PHI), 0), "sign flipped in the phi-component"),
        (cos(PHI), "only the rho-component"),
        (RHO * cos(PHI), "value of f"),
        ((cos(PHI), -sin(PHI), 1), ""),
    ],
)
def test_classic_wrong_answers_in_cylindrical_coordinates_are_named(answer: object, mistake: str) -> None:
    assert judge(CurvilinearGradient(RHO * cos(PHI), "cylindrical"), of(answer)).mistake == mistake


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((0, -sin(THETA) / r, 1 / r), "sin(theta) forgotten"),
        ((0, -sin(THETA), 1), "no scale factors"),
        ((0, -sin(THETA) / r, 1 / sin(THETA)), "r forgotten in the factor of phi"),
        ((0, -sin(THETA) / r, 1 / (r * cos(THETA))), "cosine for the sine"),
        ((0, -1 / r, 1 / r), "factors of theta and phi exchanged"),
    ],
)
def test_classic_wrong_answers_in_spherical_coordinates_are_named(answer: object, mistake: str) -> None:
    assert judge(CurvilinearGradient(cos(THETA) + PHI, "spherical"), of(answer)).mistake == mistake


def test_at_a_point_numbers_are_wanted() -> None:
    problem = CurvilinearGradient(RHO**2 * sin(PHI), "cylindrical", at=(2, pi / 3, 0))
    assert problem.key() == (2 * sqrt(3), 1, 0)
    assert judge(problem, of((2 * RHO * sin(PHI), RHO * cos(PHI), 0))).mistake == "not evaluated at the point"
    assert check(problem, (3.464, 1, 0)) == 1.0


@pytest.mark.parametrize(
    ("f", "system", "at"),
    [(r, "polar", ()), (x * y, "spherical", ()), (r * THETA, "spherical", (1, 0, 0)), (RHO, "cylindrical", (0, 1, 1))],
)
def test_a_problem_that_makes_no_sense_is_refused(f: object, system: str, at: tuple) -> None:
    with pytest.raises(ProblemError):
        CurvilinearGradient(f, system, at)  # type: ignore[arg-type]


# -- from a table -----------------------------------------------------------------------------------

TABLE = TableGradient((0, 1, 2), (0, 2, 4), ((0, 1, 4), (4, 5, 8), (16, 17, 20)), at=(1, 2))
"""x^2 + y^2 on a grid with steps 1 and 2: slopes (2, 4) at (1, 2)."""


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_slopes_are_those_of_numpy(level: int) -> None:
    for seed in range(10):
        problem = TableGradient.variant(seed, level)
        i, j = problem.place
        xs, ys, rows = (np.array(part, dtype=float) for part in (problem.xs, problem.ys, problem.rows))
        along_y, along_x = np.gradient(rows, ys, xs)
        assert np.allclose(np.array(problem.key(), dtype=float), (along_x[j, i], along_y[j, i]))


def test_central_differences_of_a_quadratic_are_exact() -> None:
    assert TABLE.key() == (2, 4)
    assert [TableGradient(TABLE.xs, TABLE.ys, TABLE.rows, at=(0, 2)).key(), TABLE.key()] == [(1, 4), (2, 4)]


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((4, 8), "divided by one step instead of two"),
        ((3, 6), "forward difference"),
        ((1, 2), "backward difference"),
        ((4, 16), "not divided by the step"),
        ((2, 8), "divided by one step instead of two, along y"),
        ((4, 2), "components swapped"),
        ((2, -4), "sign flipped in the y-component"),
        ((1, 8), "steps exchanged"),
        (5, "value of f"),
        ((2, 5), ""),
    ],
)
def test_classic_wrong_slopes_are_named(answer: object, mistake: str) -> None:
    assert judge(TABLE, of(answer)).mistake == mistake


def test_decimals_in_the_table_are_exact() -> None:
    problem = TableGradient((0, 0.1, 0.2), (0, 1, 2), ((1, 1.2, 1.5), (2, 2.3, 2.7), (3, 3.1, 3.9)), at=(0.1, 1))
    assert problem.key() == (Rational(7, 2), Rational(19, 20))
    assert "| **1** | 2 | 2.3 | 2.7 |" in problem.statement()


@pytest.mark.parametrize(
    ("xs", "rows", "at", "words"),
    [
        ((0, 1), ((1, 2), (3, 4), (5, 6)), (0, 0), "2 rows of 2 values"),
        ((1, 0), ((1, 2), (3, 4)), (0, 0), "growing order"),
        ((0, 1), ((1, 2), (3, 4)), (0, 7), "point of the grid"),
        ((0, 1), ((1, z), (3, 4)), (0, 0), "real number"),
        ((0,), ((1,), (3,)), (0, 0), "two numbers or more"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(xs: tuple, rows: tuple, at: tuple, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        TableGradient(xs, (0, 1), rows, at)


def test_the_letters_of_a_table_are_x_and_y() -> None:
    assert TABLE.letters == (x, y)
