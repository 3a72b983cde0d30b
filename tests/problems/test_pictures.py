"""Pictures of a problem and of the student's own answer: what they say is true, and they never say the key."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from sympy import Symbol, pi
from sympy.abc import x, y, z

from autograder import problems
from autograder.notation import plain
from autograder.problems import (
    BestLearningRate,
    CurvilinearGradient,
    Hessian,
    Jacobian,
    LevelSurfacePlane,
    LevelTangent,
    LevelVelocity,
    LimitDerivative,
    LinearEstimate,
    NormalLine,
    Potential,
    Problem,
    PropagatedError,
    TableGradient,
    TangentPoints,
)
from autograder.problems.problem import CodeProblem

pytestmark = pytest.mark.slow  # about half a second for each picture
EXPORTED = [getattr(problems, name) for name in sorted(problems.__all__)]
VALUE_TYPES = [
    kind
    for kind in EXPORTED
    if isinstance(kind, type) and issubclass(kind, Problem) and not issubclass(kind, CodeProblem)
    if not inspect.isabstract(kind)
]

BALL = x**2 + y**2 + z**2
DRAWN: list[tuple[str, Problem, Any, str]] = [
    ("hessian", Hessian(x**2 - y**2, at=(1, 2)), [[2, 0], [0, -2]], "bends like a saddle"),
    ("hessian, wrong", Hessian(x**2 - y**2, at=(1, 2)), [[2, 0], [0, 2]], "bends like a bowl"),
    ("hessian, a formula", Hessian(x**3 + y**2), [["6x", 0], [0, 2]], "at (1, 1). Your matrix bends like a bowl"),
    ("jacobian", Jacobian((x * y, x + y**2), at=(1, 2)), [[2, 1], [1, 4]], "7 times its area"),
    ("jacobian, wrong", Jacobian((x * y, x + y**2), at=(1, 2)), [[1, 2], [4, 1]], "7 times its area, turned over"),
    ("potential", Potential((2 * x * y, x**2 + 3)), "x^2 y + 3y + C", "right angles everywhere, arrows uphill"),
    ("potential, sign", Potential((2 * x * y, x**2 + 3)), "-x^2 y - 3y", "right angles everywhere, arrows downhill"),
    ("potential, wrong", Potential((2 * x * y, x**2 + 3)), "x^2 y", "do not meet at right angles"),
    ("potential, words", Potential((-y, x)), "not conservative", "The arrows of the field, each at one length."),
    ("spring", Potential((-Symbol("k") * x, 0), "force", (x, y)), "k x^2/2", "everywhere, arrows downhill"),
    ("spherical", CurvilinearGradient(Symbol("r") ** 2, "spherical", at=(1, pi / 3, 0)), (2, 0, 0), "right angles"),
    ("table", TableGradient((0, 1, 2), (0, 1, 2), ((0, 1, 4),) * 3, (1, 1)), (2, 0), "Your arrow is (2, 0)"),
    ("plane", LevelSurfacePlane(BALL, at=(1, 2, 3)), "x + 2y + 3z = 14", "touches the surface"),
    ("plane, wrong", LevelSurfacePlane(BALL, at=(1, 2, 3)), "x + 2y + 3z = 9", "does not pass through the point"),
    ("line", NormalLine(BALL, at=(1, 2, 3)), "(1 + t, 2 + 2t, 3 + 3t)", "leaves the surface at right angles"),
    ("line of a graph", NormalLine(x**2 + y**2, at=(1, 1)), "(1 + 2t, 1 + 2t, 2 + t)", "meets the surface there at 51"),
    ("estimate", LinearEstimate(x * y, at=(1, 2), near=(1.1, 2.1)), 2.3, "touches the curve"),
    ("estimate, wrong", LinearEstimate(x * y, at=(1, 2), near=(1.1, 2.1)), 1.7, "goes down where the curve goes up"),
    ("error", PropagatedError(x * y, at=(4, 3), errors=(0.1, 0.1)), 0.7, "the box just fits"),
    ("error, wrong", PropagatedError(x * y, at=(4, 3), errors=(0.1, 0.1)), 0.5, "the box sticks out"),
    ("ellipse", PropagatedError(x * y, (4, 3), (0.1, 0.1), "root-sum-square"), 0.5, "the ellipse just fits"),
    ("tangents", TangentPoints(x**2 + 4 * y**2, equals=4), [(0, 1), (1, 1)], "(0, 1), on the curve; (1, 1), off"),
    ("tangent", LevelTangent(x**2 + 3 * y**2, at=(1, 2)), "x + 6y = 13", "your line: it touches the curve"),
    ("normal", LevelTangent(x**2 + 3 * y**2, at=(1, 2)), "6x - y = 4", "at right angles to the curve"),
    ("limit", LimitDerivative(x**2 * y / (x**4 + y**2), (0, 0), (3, 4)), "9/20", "touches the curve"),
    ("velocity", LevelVelocity(x * y, (Symbol("t"), 1 / Symbol("t")), Symbol("t")), "(1, -1/t^2)", "along the contour"),
    ("rate", BestLearningRate(x**2 + 10 * y**2), 0.2, "rises with every step"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "answer", "said"), [pytest.param(*row[1:], id=row[0]) for row in DRAWN])
def test_the_picture_shows_the_answer_and_says_how_it_lies(problem: Problem, answer: Any, said: str) -> None:
    picture = problem.picture(answer)
    assert picture is not None
    assert said in picture.words
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt or picture.words


@pytest.mark.parametrize("answer", [None, ..., "((", float("inf"), "x + y + q", {"x": 1}, [[1], [2, 3]]])
def test_an_answer_that_cannot_be_drawn_leaves_the_picture_of_the_problem(answer: Any) -> None:
    for problem in (Hessian(x**2 - y**2, at=(1, 2)), LevelTangent(x * y, at=(1, 2)), TangentPoints(x**2 + y**2 - 4)):
        picture = problem.picture(answer)
        assert picture is not None
        assert "Your" not in picture.words
        assert "your" not in picture.words


@pytest.mark.parametrize("row", DRAWN[::4], ids=lambda row: row[0])
def test_the_picture_of_the_bare_problem_does_not_tell_the_key(row: tuple[str, Problem, Any, str]) -> None:
    picture = row[1].picture()
    if picture is not None:
        assert plain(row[1].key()) not in picture.words + picture.alt


def test_what_is_not_in_the_plane_has_no_flat_picture() -> None:
    assert Hessian(x * y * z, at=(1, 2, 3)).picture() is None
    assert Jacobian((x * y, y, x), at=(1, 2)).picture() is None
    assert Potential((x, y, z)).picture() is None


@pytest.mark.parametrize("kind", VALUE_TYPES, ids=lambda kind: kind.__name__)
def test_any_answer_can_be_drawn_or_is_left_out(kind: type[Problem]) -> None:
    problem = kind.variant(1, 2)
    for answer in ("?", problem.key(), *(mistake.wrong for mistake in problem.mistakes()[:3])):
        picture = problem.picture(answer)
        assert picture is None or picture.words
