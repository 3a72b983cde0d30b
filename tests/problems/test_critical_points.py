"""Critical points: all of them, with the class that the function itself shows nearby."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sympy import Expr, exp, lambdify, sqrt
from sympy.abc import x, y, z

from autograder import CriticalPoints, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

TWO = CriticalPoints(x**3 - 3 * x + y**2)
FOUR = CriticalPoints(x**3 - 3 * x + y**3 - 12 * y)


def seen_nearby(f: Expr, point: tuple) -> str:
    """The class that the values on a small circle show."""
    own = lambdify((x, y), f, "math")
    a, b = map(float, point)
    r = 1e-3
    around = [own(a + r * math.cos(t), b + r * math.sin(t)) - own(a, b) for t in np.linspace(0, 2 * math.pi, 721)]
    low, high = min(around), max(around)
    if low > 0:
        return "minimum"
    return "maximum" if high < 0 else "saddle"


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_class_is_what_the_values_nearby_show(level: int) -> None:
    for seed in range(8):
        problem = CriticalPoints.variant(seed, level)
        for point, name in problem.key():
            assert name in (seen_nearby(problem.f, point), "undecided")


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_newtons_method_finds_no_other_point_from_anywhere(level: int) -> None:
    rng = np.random.default_rng(level)
    for seed in range(5):
        problem = CriticalPoints.variant(seed, level)
        slopes = [problem.f.diff(v) for v in (x, y)]
        g = lambdify((x, y), slopes, "numpy")
        H = lambdify((x, y), [[s.diff(v) for v in (x, y)] for s in slopes], "numpy")
        known = np.array([[float(part) for part in point] for point, _ in problem.key()])
        found = 0
        for place in rng.uniform(-5, 5, (40, 2)):
            for _ in range(60):
                matrix = np.array(H(*place), dtype=float)
                if abs(np.linalg.det(matrix)) < 1e-12 or np.abs(place).max() > 8:
                    break
                place = place - np.linalg.solve(matrix, np.array(g(*place), dtype=float))
            if np.abs(place).max() < 8 and np.abs(g(*place)).max() < 1e-10 and abs(np.linalg.det(H(*place))) > 1e-6:
                found += 1
                assert np.abs(known - place).max(axis=1).min() < 1e-4
        assert found > 0 or any(name == "undecided" for _, name in problem.key())


def test_the_bowl_of_the_chapter_has_one_minimum() -> None:
    problem = CriticalPoints(x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5)
    assert problem.key() == (((-3, 1), "minimum"),)
    assert problem.f.subs({x: -3, y: 1}) == -1


def test_positive_curvature_at_a_point_says_nothing_of_the_rest() -> None:
    """x^2 + y^2 - x^4 is a bowl at the origin and falls for ever further out."""
    root = sqrt(2) / 2
    assert CriticalPoints(x**2 + y**2 - x**4).key() == (
        ((-root, 0), "saddle"),
        ((0, 0), "minimum"),
        ((root, 0), "saddle"),
    )


@pytest.mark.parametrize("f", [x**3 - 3 * x * y**2, x**4 + y**4, -(x**4) - y**4, x**4 - y**4])
def test_where_the_second_derivatives_vanish_the_test_decides_nothing(f: Expr) -> None:
    problem = CriticalPoints(f)
    assert problem.key() == (((0, 0), "undecided"),)
    for name in ("minimum", "maximum", "saddle"):
        judgement = judge(problem, of({(0, 0): name}))
        assert judgement.state != "right"
        assert judgement.mistake
        assert "zero gradient" in judgement.says or "D = 0" in judgement.says


def test_a_zero_gradient_is_not_taken_for_a_minimum() -> None:
    judgement = judge(TWO, of({(-1, 0): "minimum", (1, 0): "minimum"}))
    assert judgement.mistake == "every critical point taken for a minimum"
    assert "flat" in judgement.says
    assert judgement.credit < 1


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ({(1, 0): "minimum"}, "one point missing"),
        ({(0, -1): "saddle", (0, 1): "minimum"}, "coordinates swapped"),
        ({(-1, 0): "minimum", (1, 0): "saddle"}, "sign of D read the wrong way"),
        ({(0, 0): "saddle"}, "the origin"),
        ([(-1, 0), (1, 0)], "points without a class"),
        ({(-1, 0): "maximum", (1, 0): "minimum"}, "saddle taken for a maximum"),
        ({(-1, 0): "saddle", (1, 0): "minimum", (5, 5): "saddle"}, ""),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(TWO, of(answer)).mistake == mistake


def test_all_four_points_of_two_cubics_are_wanted() -> None:
    assert dict(FOUR.key()) == {(-1, -2): "maximum", (-1, 2): "saddle", (1, -2): "saddle", (1, 2): "minimum"}
    positive = judge(FOUR, of({(1, 2): "minimum"}))
    assert positive.mistake == "negative roots left out"
    assert 0 < positive.credit < 1


def test_a_right_point_with_a_wrong_class_earns_half_of_its_share() -> None:
    assert check(TWO, {(-1, 0): "saddle", (1, 0): "maximum"}, points=4) == 3.0


def test_exponentials_and_three_variables_are_taken() -> None:
    assert CriticalPoints(x * exp(-(x**2) / 2 - y**2 / 2)).key() == (((-1, 0), "minimum"), ((1, 0), "maximum"))
    found = dict(CriticalPoints(x**2 + y**2 + z**2 + x * y * z).key())
    assert found[(0, 0, 0)] == "minimum"
    assert sorted(found.values()) == ["minimum", "saddle", "saddle", "saddle", "saddle"]


@pytest.mark.parametrize("f", [x * y + x, x**2, x**2 * y**2, sqrt(x**2 + y**2), x + y])
def test_a_function_is_taken_or_refused_in_words(f: Expr) -> None:
    if f == x * y + x:
        assert CriticalPoints(f).key() == (((0, -1), "saddle"),)
        return
    if f == x**2:
        assert CriticalPoints(f).key() == (((0,), "minimum"),)
        return
    with pytest.raises(ProblemError, match=r"Choose another f|take a polynomial"):
        CriticalPoints(f)


def test_a_wrong_answer_of_another_kind_still_has_a_form() -> None:
    kind = CriticalPoints(x**2 + y**2).kind
    assert kind.in_one_form(x + 1) == of(x + 1)
    assert kind.in_one_form(None) == of(None)
