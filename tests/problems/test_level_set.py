"""Level sets through a point, their tangents and normals."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf
from sympy import Eq, Rational, lambdify
from sympy.abc import t, x, y, z

from autograder import LevelNormal, LevelSetThrough, LevelTangent, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

ELLIPSE = x**2 + 3 * y**2
SET = LevelSetThrough(ELLIPSE, at=(1, 2))
TANGENT = LevelTangent(ELLIPSE, at=(1, 2))
NORMAL = LevelNormal(ELLIPSE, at=(1, 2))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_level_set_passes_through_the_point_and_f_is_constant_on_it(level: int) -> None:
    for seed in range(6):
        problem = LevelSetThrough.variant(seed, level)
        here = dict(zip(problem.variables, problem.at, strict=True))
        assert problem.key().lhs.subs(here) == problem.key().rhs
        assert problem.key().lhs == problem.f


@pytest.mark.parametrize("level", [1, 2, 3])
def test_f_hardly_changes_along_the_tangent_and_much_along_the_normal(level: int) -> None:
    """A second way to both keys: along the tangent the change is of second order in the step."""
    with mp.workdps(50):
        for seed in range(6):
            problem = LevelTangent.variant(seed, level)
            f = lambdify(problem.variables, problem.f, "mpmath")
            a, b = (mpf(c.p) / c.q for c in LevelNormal(problem.f, problem.at, problem.variables).key())
            p, q = (mpf(int(c)) for c in problem.at)
            h, here = mpf(10) ** -12, f(p, q)
            assert abs(f(p - h * b, q + h * a) - here) < 1e-19
            assert abs(f(p + h * a, q + h * b) - here) > 1e-13
            line = problem.key().lhs - problem.key().rhs
            assert line.subs(dict(zip(problem.variables, problem.at, strict=True))) == 0
            moved = {
                v: c + s
                for v, c, s in zip(problem.variables, problem.at, (-problem.slopes[1], problem.slopes[0]), strict=True)
            }
            assert line.subs(moved) == 0


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert LevelSetThrough(x + y, at=(2, 3)).key() == Eq(x + y, 5)
    assert LevelNormal(x + y, at=(2, 3)).key() == (1, 1)
    assert NORMAL.key() == (2, 12)
    assert SET.key() == Eq(ELLIPSE, 13)


@pytest.mark.parametrize(
    "answer",
    [
        Eq(2 * x**2 + 6 * y**2, 26),
        "x^2 + 3y^2 = 13",
        "13 = x² + 3y²",
        Eq(x**2, 13 - 3 * y**2),
        Eq((ELLIPSE - 13) ** 2, 0),
    ],
)
def test_any_equation_of_the_same_points_is_right(answer: object) -> None:
    assert check(SET, answer) == 1.0


def test_an_expression_without_an_equals_sign_earns_half() -> None:
    assert check(SET, ELLIPSE - 13, points=2) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (Eq(ELLIPSE, 0), "level 0"),
        (Eq(ELLIPSE, 1), "level 1"),
        (Eq(ELLIPSE, -13), "sign of the level"),
        (Eq(ELLIPSE, 7), "coordinates of the point swapped"),
        (Eq(ELLIPSE, 3), "sum of the coordinates"),
        (Eq(ELLIPSE, 5), "square of the distance"),
        (Eq(2 * x + 12 * y, 26), "the tangent instead of the level set"),
        ("2x + 12y = 26", "the tangent instead of the level set"),
    ],
)
def test_classic_wrong_level_sets_are_named(answer: object, mistake: str) -> None:
    assert judge(SET, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    "answer",
    [Eq(x + 6 * y, 13), "x + 6y = 13", "y = 2 - (x - 1)/6", (1 - 6 * t, 2 + t), Eq(2 * (x - 1) + 12 * (y - 2), 0)],
)
def test_the_tangent_may_be_written_in_any_way(answer: object) -> None:
    assert check(TANGENT, answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (Eq(-12 * x + 2 * y, -8), "the normal line"),
        ((1 + 2 * t, 2 + 12 * t), "the normal line"),
        (Eq(2 * x + 12 * y, 0), "not through the point"),
        (Eq(2 * x + 12 * y, 13), "value of f taken for the constant"),
        (Eq(x + 2 * y, 5), "tangent of a circle round the origin"),
        (Eq(y, 2 * x), "line through the origin"),
        (Eq(12 * x + 2 * y, 16), "slopes swapped"),
        (Eq(2 * x - 12 * y, -22), "sign of one slope"),
        (Eq(2 * (x + 1) + 12 * (y + 2), 0), "signs of the point"),
        (Eq(x + 3 * y, 7), ""),
        (Eq(2 * x + 6 * y, 14), ""),
    ],
)
def test_classic_wrong_tangents_are_named(answer: object, mistake: str) -> None:
    judgement = judge(TANGENT, of(answer))
    assert judgement.state != "right"
    assert judgement.mistake == mistake or (not mistake and "exponent not brought down" in judgement.mistake)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((1, 2), "radial"),
        ((-3, -6), "radial"),
        ((-12, 2), "along the level curve"),
        ((6, -1), "along the level curve"),
        ((12, 2), "components swapped"),
        ((2, -12), "one sign flipped"),
        ((2 * x, 6 * y), "not evaluated at the point"),
        ((2, 12, -1), "normal of the graph"),
        (14, "sum of the slopes"),
        ((0, 12), "only the slope along y"),
    ],
)
def test_classic_wrong_normals_are_named(answer: object, mistake: str) -> None:
    assert judge(NORMAL, of(answer)).mistake == mistake


def test_a_normal_may_be_scaled_and_turned_round() -> None:
    assert check(NORMAL, (1, 6)) == check(NORMAL, (-1, -6)) == check(NORMAL, (Rational(1, 3), 2)) == 1.0


def test_radial_is_right_where_the_level_sets_are_circles() -> None:
    problem = LevelNormal(x**2 + y**2, at=(3, 4))
    assert check(problem, (3, 4)) == 1.0
    assert "radial" not in {mistake.name for mistake in problem.mistakes()}


def test_a_wrong_gradient_is_forgiven_once() -> None:
    assert check(TANGENT.given(gradient=(2, 6)), Eq(2 * x + 6 * y, 14)) == 1.0
    assert check(NORMAL.given(gradient=(2, 6)), (1, 3)) == 1.0
    assert check(NORMAL.given(gradient=(0, 0)), (0, 0)) == 0.0


def test_a_level_surface_has_an_equation_and_a_normal_too() -> None:
    sphere = x**2 + y**2 + z**2
    assert LevelSetThrough(sphere, at=(1, 2, 3)).key() == Eq(sphere, 14)
    assert LevelNormal(sphere, at=(1, 2, 3)).key() == (2, 4, 6)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LevelTangent(x**2 + y**2, at=(0, 0)), "gradient of f is zero"),
        (lambda: LevelNormal(x**2 + y**2, at=(0, 0)), "gradient of f is zero"),
        (lambda: LevelTangent(x * y * z, at=(1, 1, 1)), "3 variables"),
    ],
)
def test_where_the_gradient_is_zero_the_problem_is_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.slow
def test_the_students_own_normal_is_drawn() -> None:
    picture = NORMAL.picture((1, 2))
    assert picture is not None
    assert "your answer" in picture.words
    assert TANGENT.picture() is not None
    assert SET.picture() is not None
