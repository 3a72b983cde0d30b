"""Lagrange's points and the extremes of f on a curve or surface."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from sympy import Eq, Rational, expand, lambdify, sqrt
from sympy.abc import x, y, z

from autograder import ConstrainedExtremes, LagrangePoints, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

LINE = LagrangePoints(3 * x + 4 * y, Eq(x**2 + y**2, 25))
PRODUCT = LagrangePoints(x * y, Eq(x**2 + y**2, 8))


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_point_lies_on_the_constraint_and_the_gradients_are_parallel(level: int) -> None:
    for seed in range(6):
        problem = LagrangePoints.variant(seed, level)
        for point in problem.key():
            here = dict(zip(problem.variables, point, strict=True))
            assert expand(problem.g.subs(here) - problem.level) == 0
            for a, b in combinations(problem.variables, 2):
                across = problem.f.diff(a) * problem.g.diff(b) - problem.f.diff(b) * problem.g.diff(a)
                assert expand(across.subs(here)) == 0


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_points_sampled_on_the_constraint_reach_the_extremes_and_no_further(level: int) -> None:
    rng = np.random.default_rng(level)
    for seed in range(5):
        problem = ConstrainedExtremes.variant(seed, level)
        n = len(problem.variables)
        ways = rng.normal(size=(60_000, n))
        zero = dict.fromkeys(problem.variables, 0)
        assert problem.g.subs(zero) == 0  # homogeneous of degree 2: every ray meets it once
        g, f = (lambdify(problem.variables, expr, "numpy") for expr in (problem.g, problem.f))
        ways *= np.sqrt(float(problem.level) / g(*ways.T))[:, None]
        values = f(*ways.T)
        low, high = map(float, problem.key())
        assert low <= values.min() + 1e-9
        assert values.max() <= high + 1e-9
        assert values.min() - low < 0.02 * (high - low)
        assert high - values.max() < 0.02 * (high - low)


def test_the_extremes_of_a_line_on_a_circle_are_at_its_normal() -> None:
    assert LINE.key() == ((-3, -4), (3, 4))
    assert ConstrainedExtremes(LINE.f, LINE.g, LINE.level).key() == (-25, 25)


def test_a_cusp_hides_from_the_condition() -> None:
    """The smallest y on y^3 = x^2 is at (0, 0), where grad g = 0 and no multiplier exists."""
    with pytest.raises(ProblemError, match="Lagrange's condition"):
        LagrangePoints(y, Eq(y**3, x**2))
    with pytest.raises(ProblemError, match="not known to be bounded"):
        ConstrainedExtremes(y, Eq(y**3, x**2))


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([(3, 4)], "negative solutions left out"),
        ([(0, 0)], "the origin"),
        ([(4, 3), (-4, -3)], "coordinates swapped"),
        ([(3, 4), (-3, -4), (3, -4), (-3, 4)], "every choice of signs taken"),
        ([(6, 8), (-6, -8)], "twice as far out as the constraint"),
        ([(5, 0), (-5, 0), (0, 5), (0, -5)], "points on the axes"),
        ([(3, 4, Rational(1, 2)), (-3, -4, -Rational(1, 2))], "multiplier given along"),
        ([(3, 4), (-3, -4), (1, 1)], ""),
    ],
)
def test_classic_wrong_points_are_named(answer: object, mistake: str) -> None:
    assert judge(LINE, of(answer)).mistake == mistake


def test_the_critical_point_of_f_alone_is_not_the_answer() -> None:
    problem = LagrangePoints((x - 2) ** 2 + (y - 1) ** 2, Eq(x + y, 7))
    assert problem.key() == ((4, 3),)
    assert judge(problem, of([(2, 1)])).mistake == "critical point of f without the constraint"
    assert judge(problem, of([(Rational(7, 2), Rational(7, 2))])).mistake == "all coordinates taken as equal"


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((4, -4), "order exchanged"),
        (4, "only the largest value"),
        ((0, 4), "the smallest taken as 0"),
        ((4, 4), "the largest value twice"),
        ((-Rational(1, 2), Rational(1, 2)), "multipliers given for values"),
        ((-8, 8), "twice the values"),
        ((-4, 5), ""),
    ],
)
def test_classic_wrong_values_are_named(answer: object, mistake: str) -> None:
    assert judge(ConstrainedExtremes(PRODUCT.f, PRODUCT.g, PRODUCT.level), of(answer)).mistake == mistake


def test_half_of_the_points_earn_half_of_the_marks() -> None:
    assert check(PRODUCT, [(2, 2), (-2, -2)], points=2) == 1.0


def test_the_students_own_points_are_followed() -> None:
    problem = ConstrainedExtremes(x**2 * y, Eq(x**2 + 2 * y**2, 6))
    assert problem.key() == (-4, 4)
    assert check(problem.given(points=[(0, sqrt(3)), (2, 1)]), (0, 4)) == 1.0
    assert check(problem, (0, 4)) == 0.5


def test_points_off_the_constraint_are_not_followed() -> None:
    problem = ConstrainedExtremes(x**2 * y, Eq(x**2 + 2 * y**2, 6))
    assert check(problem.given(points=[(0, 0)]), (0, 0)) == 0.0
    assert check(problem.given(points=[(1, 1), (2, -3)]), (-12, 1)) == 0.0


def test_a_constraint_may_be_given_in_three_ways() -> None:
    ways = [Eq(x**2 + y**2, 25), x**2 + y**2 - 25, Eq(x**2, 25 - y**2)]
    assert {LagrangePoints(3 * x + 4 * y, way).key() for way in ways} == {LINE.key()}


def test_roots_and_three_variables_are_taken() -> None:
    assert LagrangePoints(x + y, Eq(x**2 + y**2, 1)).key() == ((-sqrt(2) / 2, -sqrt(2) / 2), (sqrt(2) / 2, sqrt(2) / 2))
    assert LagrangePoints(x**2 + y**2 + z**2, Eq(x + 2 * y + 2 * z, 9)).key() == ((1, 2, 2),)


@pytest.mark.parametrize(
    ("f", "g"),
    [(x**2 + y**2, Eq(x**2 + y**2, 1)), (x, Eq(x**2, 1)), ("x", Eq(x + y, 1)), (x * y, Eq(x + y, z * x * y))],
)
def test_a_problem_without_single_points_is_refused(f: object, g: object) -> None:
    with pytest.raises(ProblemError):
        LagrangePoints(f, g)  # type: ignore[arg-type]
