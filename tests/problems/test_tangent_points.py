"""Points with a horizontal or vertical tangent, and the points where the slope formula fails."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sympy import Eq, Poly, Rational, cbrt, expand, lambdify, latex, sin, sqrt
from sympy.abc import x, y, z

from autograder import TangentPoints, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

FOLIUM = Eq(x**3 + y**3, 6 * x * y)
LEVEL = (2 * cbrt(2), 2 * cbrt(2) ** 2)
NODE = TangentPoints(Eq(y**2, x**3 + 3 * x**2))


def test_the_folium_comes_out_as_the_chapter_says() -> None:
    assert check(TangentPoints(FOLIUM), [LEVEL]) == 1.0
    assert check(TangentPoints(FOLIUM, "vertical"), [LEVEL[::-1]]) == 1.0


def test_the_origin_of_the_folium_is_no_point_with_a_tangent() -> None:
    judgement = judge(TangentPoints(FOLIUM), of([LEVEL, (0, 0)]))
    assert judgement.mistake == "a point counted where the formula is 0/0"
    assert "At (0, 0) both partial derivatives vanish" in judgement.says


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_lies_on_the_curve_with_the_right_slope(level: int) -> None:
    for seed in range(10):
        problem = TangentPoints.variant(seed, level)
        along, across = problem.ends
        for point in problem.key():
            at = dict(zip(problem.variables, point, strict=True))
            assert expand(problem.difference.subs(at)) == 0
            assert expand(problem.difference.diff(along).subs(at)) == 0
            assert expand(problem.difference.diff(across).subs(at)) != 0


def sign_changes(problem: TangentPoints) -> int:
    """A second way: walk along the branches of the curve and count where its slope changes sign."""
    along, across = problem.ends
    slope = lambdify((along, across), -problem.difference.diff(along) / problem.difference.diff(across))
    coefficients = lambdify(along, Poly(problem.difference, across).all_coeffs())
    count, before = 0, []
    for step in range(-4000, 4000):
        place = step / 100 + 1 / 317
        roots = np.roots([float(c) for c in coefficients(place)])
        own = [slope(place, root.real) for root in sorted(roots, key=lambda r: r.real) if abs(root.imag) < 1e-9]
        count += sum(a * b < 0 for a, b in zip(before, own, strict=False)) if len(own) == len(before) else 0
        before = own
    return count


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2])
def test_no_point_is_missing(level: int) -> None:
    for seed in range(3):
        problem = TangentPoints.variant(seed, level)
        assert sign_changes(problem) == len(problem.key())


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([(-2, 2), (-2, -2), (0, 0)], "a point counted where the formula is 0/0"),
        ([(0, 0)], "only points where the formula is 0/0"),
        ([(-3, 0)], "horizontal and vertical exchanged"),
        ([(2, -2), (-2, -2)], "coordinates swapped"),
        ([(-2, 2)], "a point forgotten"),
        ([(-2, 0), (0, 0)], "critical points of F"),
        ([(2, 2), (2, -2)], "signs of the points"),
    ],
)
def test_classic_wrong_lists_are_named(answer: object, mistake: str) -> None:
    assert judge(NODE, of(answer)).mistake == mistake


def test_one_point_of_two_earns_half() -> None:
    assert judge(NODE, of([(-2, -2)])).credit == Rational(1, 2)


@pytest.mark.parametrize(
    "answer",
    [
        [(-2, 2), (-2, -2)],
        [(-2, -2), (-2, 2)],
        ((-2, 2), (-2, -2)),
        {(-2, 2), (-2, -2)},
        [[-2, 2], [-2, -2]],
        "(-2, 2), (-2, -2)",
        "[(-2, 2), (-2, -2)]",
        "{(-2, -2), (-2, 2)}",
        [(-2.0, 2.0), (-2, -2)],
        [(-2, sqrt(4)), (-2, -sqrt(4))],
    ],
)
def test_the_points_are_right_in_any_spelling(answer: object) -> None:
    assert check(NODE, answer) == 1.0


def test_hints_do_not_hold_a_point_and_the_solution_does() -> None:
    for seed in range(6):
        problem = TangentPoints.variant(seed, 2)
        for hint in problem.hints():
            assert not any(latex(point[0]) in re.findall(r"\$([^$]*)\$", hint) for point in problem.key())
        assert all(str(point) in problem.solution() for point in problem.key())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: TangentPoints(x**2 + y**2, "level", 1), "horizontal"),
        (lambda: TangentPoints(sin(x) + y), "polynomial"),
        (lambda: TangentPoints(x**2 + y**2 + z**2, equals=1), "two variables"),
        (lambda: TangentPoints((x - y) ** 2), "cannot be listed"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_when_it_is_made(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]
