"""Slopes of curves and surfaces given by an equation."""

from __future__ import annotations

import pytest
from mpmath import findroot, mp, mpf
from sympy import Eq, Rational, Symbol, cbrt, exp, lambdify, sqrt
from sympy.abc import x, y, z

from autograder import ImplicitSlope, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from autograder.problems.on_level_set import points_on

CIRCLE = ImplicitSlope(x**2 + y**2, equals=1)
FOLIUM = ImplicitSlope(Eq(x**3 + y**3, 6 * x * y))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_is_the_slope_of_the_solved_curve(level: int) -> None:
    """A second way: solve for the variable at two neighbouring places and divide."""
    for seed in range(8):
        problem = ImplicitSlope.variant(seed, level)
        target, by = problem.ends
        F = lambdify(problem.variables, problem.difference, "mpmath")
        point = problem.point or next(points_on(problem.difference, target))
        place = {v: mpf(value.p) / value.q for v, value in point.items()}
        with mp.workdps(60):
            h = mpf(10) ** -15

            def solved(shift: mpf, F: object = F, place: dict = place, target: Symbol = target, by: Symbol = by) -> mpf:
                moved = {**place, by: place[by] + shift}
                return findroot(lambda unknown: F(*({**moved, target: unknown}[v] for v in place)), place[target])

            second = (solved(h) - solved(-h)) / (2 * h)
        assert abs(float(problem.key().subs(point)) - float(second)) < 1e-8 * max(1, abs(float(second)))


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert CIRCLE.key() == -x / y
    assert check(FOLIUM, (2 * y - x**2) / (y**2 - 2 * x)) == 1.0
    assert ImplicitSlope(Eq(x**3 + y**3, 6 * x * y), at=(3, 3)).key() == -1
    level = ImplicitSlope(Eq(x**3 + y**3, 6 * x * y), at=(2 * cbrt(2), 2 * cbrt(2) ** 2))
    assert level.key().equals(0)


@pytest.mark.parametrize("at", [(0, 0), (2 * cbrt(2) ** 2, 2 * cbrt(2)), (1, 1)])
def test_a_point_without_a_slope_or_off_the_curve_is_refused(at: tuple) -> None:
    with pytest.raises(ProblemError, match="point"):
        ImplicitSlope(Eq(x**3 + y**3, 6 * x * y), at=at)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (x / y, "minus sign lost"),
        (-y / x, "quotient upside down"),
        (y / x, "quotient upside down, and minus sign lost"),
        (2 * x, "only the derivative along x"),
        (-2 * x, "only the derivative along x"),
        (2 * x + 2 * y, "sum of the partial derivatives"),
        ((2 * x, 2 * y), "the gradient of F"),
        ((1 - 2 * x) / (2 * y), "constant kept when differentiating"),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(CIRCLE, of(answer)).mistake == mistake


def test_the_product_rule_forgotten_in_a_mixed_term_is_named() -> None:
    assert judge(FOLIUM, of((2 * y - x**2) / y**2)).mistake == "y held fixed in the mixed terms"
    assert judge(FOLIUM, of(-(x**2) / (y**2 - 2 * x))).mistake == "x held fixed in the mixed terms"
    assert judge(FOLIUM, of(-(x**2) / (y**2 - 2))).mistake == "derivatives multiplied in the mixed terms"


def test_a_formula_that_is_right_only_on_the_curve_is_right() -> None:
    problem = ImplicitSlope(Eq(x * y, exp(y)))
    judgement = judge(problem, of(y / (x * y - x)))
    assert judgement.state == "right"
    assert "wherever the equation holds" in judgement.notes[0]
    assert "of the level set" in judgement.by


def test_a_formula_that_is_right_on_one_branch_only_is_not_right() -> None:
    assert judge(CIRCLE, of(-x / sqrt(1 - x**2))).state == "wrong"


def test_a_formula_that_is_nearly_right_on_the_curve_is_not_right() -> None:
    assert judge(CIRCLE, of(-x / y * (1 + Rational(1, 10**6)))).state == "wrong"


def test_surfaces_have_slopes_along_both_variables() -> None:
    sphere = ImplicitSlope(x**2 + y**2 + z**2, of=z, by=y, equals=14)
    assert check(sphere, -y / z) == 1.0
    assert judge(sphere, of(-x / z)).mistake == "slope along x instead of y"
    assert judge(sphere, of(-y / x)).mistake == "divided by the derivative along x"


def test_values_at_a_point() -> None:
    problem = ImplicitSlope(x**2 + 3 * y**2, equals=7, at=(2, 1))
    assert problem.key() == -Rational(2, 3)
    assert check(problem, "-2/3") == check(problem, -0.6667) == 1.0
    assert judge(problem, of(Rational(2, 3))).mistake == "minus sign lost"
    assert judge(problem, of(Rational(3, 2))).mistake == "quotient upside down, and minus sign lost"
    assert judge(problem, of(-x / (3 * y))).mistake == "not evaluated at the point"


def test_wrong_partials_found_earlier_are_followed() -> None:
    problem = ImplicitSlope(x**2 + 3 * y**2, equals=7, at=(2, 1))
    assert check(problem.given(partials=(4, 5)), Rational(-4, 5)) == 1.0
    assert check(problem.given(partials=(0, 0)), 0) == 0.0
    assert check(problem.given(partials=(4, 0)), 0) == 0.0


@pytest.mark.parametrize("level", [1, 2, 3])
def test_variants_are_the_same_for_ever_and_mostly_different(level: int) -> None:
    drawn = [ImplicitSlope.variant(seed, level) for seed in range(12)]
    assert drawn == [ImplicitSlope.variant(seed, level) for seed in range(12)]
    assert len(set(drawn)) > 8
    for problem in drawn:
        if problem.at:
            assert problem.difference.subs(problem.point) == 0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ImplicitSlope(x**2, equals=1), "one of x"),
        (lambda: ImplicitSlope(x * y, of=y, by=y, equals=1), "two different"),
        (lambda: ImplicitSlope(x * y, of=z, by=x, equals=1), "one of x and y"),
        (lambda: ImplicitSlope("x**2 + y**2", equals=1), "sympy expression"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_when_it_is_made(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.slow
def test_the_picture_shows_the_students_own_tangent() -> None:
    problem = ImplicitSlope(x**2 + 3 * y**2, equals=7, at=(2, 1))
    assert "along the contour" in problem.picture(Rational(-2, 3)).words
    assert "degrees to the contour" in problem.picture(Rational(2, 3)).words
    assert problem.picture() is None
    assert CIRCLE.picture(-x / y) is None
