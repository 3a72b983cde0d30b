"""Tangent planes, normal lines, linearizations, estimates and propagated errors."""

from __future__ import annotations

import re
from typing import Any

import pytest
from mpmath import mp, mpf
from sympy import Eq, Expr, Integer, Matrix, Rational, Symbol, exp, lambdify, latex, sqrt, symbols
from sympy.abc import s, t, x, y, z

from autograder import (
    LevelSurfacePlane,
    LinearEstimate,
    Linearization,
    NormalLine,
    PropagatedError,
    TangentPlane,
    check,
)
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

TYPES = (TangentPlane, LevelSurfacePlane, NormalLine, Linearization, LinearEstimate, PropagatedError)
BOWL = TangentPlane(x**2 + 3 * y, at=(1, 2))
SPHERE = LevelSurfacePlane(x**2 + y**2 + z**2, at=(1, 2, 3))
WAVE = LevelSurfacePlane(Eq(x * y * z + z, 3), at=(2, 1, 1))


def differences(problem: Any) -> tuple[mpf, ...]:
    """A second way to the gradient: differences at 50 digits."""
    with mp.workdps(50):
        f = lambdify(problem.variables, problem.f, "mpmath")
        place = [mpf(Rational(c).p) / Rational(c).q for c in problem.at]
        h = mpf(10) ** -20

        def moved(i: int, by: mpf) -> mpf:
            return f(*(c + by * (i == j) for j, c in enumerate(place)))

        return tuple((moved(i, h) - moved(i, -h)) / (2 * h) for i in range(len(place)))


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("kind", TYPES)
def test_the_key_is_built_on_what_differences_give(kind: type, level: int) -> None:
    for seed in range(4):
        problem = kind.variant(seed, level)
        slopes = [float(part) for part in differences(problem)]
        value = float(problem.f.subs(dict(zip(problem.variables, problem.at, strict=True))))
        key = problem.key()
        if kind is TangentPlane:
            assert [float(key.rhs.diff(v)) for v in problem.variables] == pytest.approx(slopes)
            assert float(key.rhs.subs(dict(zip(problem.variables, problem.at, strict=True)))) == pytest.approx(value)
        elif kind is LevelSurfacePlane:
            gap = key.lhs - key.rhs
            assert [float(gap.diff(v)) for v in problem.variables] == pytest.approx(slopes)
            assert gap.subs(dict(zip(problem.variables, problem.at, strict=True))) == 0
        elif kind is NormalLine:
            along = Matrix([part.diff(t) for part in key])
            normal = Matrix(slopes if len(slopes) == 3 else [*slopes, -1])
            assert float(along.cross(normal).norm()) == pytest.approx(0, abs=1e-9)
            start = [float(part.subs(t, 0)) for part in key]
            assert start == pytest.approx([float(c) for c in problem.at] + [value] * (len(slopes) == 2))
        elif kind is Linearization:
            assert [float(key.diff(v)) for v in problem.variables] == pytest.approx(slopes)
        elif kind is LinearEstimate:
            rise = sum(a * float(step) for a, step in zip(slopes, problem.moved, strict=True))
            assert float(key) == pytest.approx(value + rise)
        else:
            parts = [abs(a) * float(e) for a, e in zip(slopes, problem.errors, strict=True)]
            assert float(key) == pytest.approx(
                sum(parts) if problem.is_worst_case else sum(part**2 for part in parts) ** 0.5
            )


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert check(SPHERE, Eq(x + 2 * y + 3 * z, 14)) == 1.0
    assert NormalLine(x**2 + y**2 + z**2, at=(1, 2, 3)).key() == (1 + 2 * t, 2 + 4 * t, 3 + 6 * t)
    f = sqrt(x**2 + y**2 + 1)
    estimate = LinearEstimate(f, at=(0, 0), near=(0.1, 0.05))
    assert estimate.key() == 1
    assert float(estimate.true_value) == pytest.approx(1.006231, abs=5e-7)
    assert LinearEstimate(x**2 * y + 3 * y, at=(2, 1), near=(2.1, 0.95)).key() == 7 + Rational(1, 20)


def test_a_graph_is_a_level_surface_with_the_same_plane() -> None:
    graph = TangentPlane(x**2 * y, at=(1, 2))
    level = LevelSurfacePlane(x**2 * y - z, at=(1, 2, 2))
    assert check(graph, level.key()) == check(level, graph.key()) == 1.0


@pytest.mark.parametrize(
    "answer",
    [
        Eq(z, 2 * x + 3 * y - 1),
        2 * x + 3 * y - 1,
        2 * x + 3 * y - z - 1,
        Eq(4 * x + 6 * y - 2 * z, 2),
        Eq(z - 7, 2 * (x - 1) + 3 * (y - 2)),
        "z = 2x + 3y - 1",
        "2(x-1) + 3(y-2) - (z-7) = 0",
        "z - 7 = 2(x - 1) + 3(y - 2)",
        "2x + 3y - 1",
        Eq(z, 2.0 * x + 3.0 * y - 1.0),
    ],
)
def test_a_plane_is_right_in_any_spelling(answer: object) -> None:
    assert check(BOWL, answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (Eq(z, 7 + 2 * x * (x - 1) + 3 * (y - 2)), "slopes not evaluated at the point"),
        (2 * x * (x - 1) + 3 * (y - 2) + 7, "slopes not evaluated at the point"),
        ("z = 2(x - 1) + 3(y - 2)", "value at the point left out"),
        ("z = 7 + 2x + 3y", "point not subtracted"),
        ("z = 7 + 2(x + 1) + 3(y + 2)", "point added instead of subtracted"),
        ("z = 7 + 3(x - 1) + 2(y - 2)", "slopes exchanged"),
        ("z = 7", "flat: the slopes left out"),
        ("z = 7 - 2(x - 1) - 3(y - 2)", "slopes subtracted"),
        ("z = 7 + 2(x - 2) + 3(y - 1)", "coordinates of the point exchanged in the steps"),
        ("z = 7 + 2(x - 1)", "slope along y left out"),
        ("2(x - 1) + 3(y - 2) = 0", "z left out"),
        (Eq(z, x**2 + 3 * y), "f itself"),
        ((2, 3), "the gradient alone"),
        ((2, 3, -1), "a normal alone"),
    ],
)
def test_classic_wrong_planes_are_named(answer: object, mistake: str) -> None:
    assert judge(BOWL, of(answer)).mistake == mistake


def test_a_plane_through_the_origin_is_named() -> None:
    assert judge(TangentPlane(x**2 + 3 * y, at=(1, 3)), of(2 * x + 3 * y)).mistake == "plane through the origin"


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (Eq(y * z * (x - 2) + x * z * (y - 1) + (x * y + 1) * (z - 1), 0), "gradient not evaluated at the point"),
        (Eq(x + 2 * y + 3 * z, 3), "right side taken from the surface"),
        (Eq(x + 2 * y + 3 * z, 0), "plane through the origin"),
        (Eq(2 * x + y + z, 6), "normal taken along the point"),
        (Eq(2 * (x - 1) + (y - 2) + (z - 3), 0), "point and normal exchanged"),
        (Eq((x + 2) + 2 * (y + 1) + 3 * (z + 1), 0), "point added instead of subtracted"),
        (Eq(2 * (x - 2) + (y - 1) + 3 * (z - 1), 0), "parts of the normal in the wrong order"),
        (Eq((x - 2) + 2 * (y - 1), 0), "part of the normal along z left out"),
        ((1, 2, 3), "the normal alone"),
        ((2 + t, 1 + 2 * t, 1 + 3 * t), "the normal line"),
        (Eq(x * y * z + z, 3), "the surface itself"),
    ],
)
def test_classic_wrong_planes_of_a_level_surface_are_named(answer: object, mistake: str) -> None:
    assert judge(WAVE, of(answer)).mistake == mistake


def test_a_wrong_plane_is_named_in_any_scale() -> None:
    assert judge(WAVE, of(Eq(-2 * x - 4 * y - 6 * z, -6))).mistake == "right side taken from the surface"


@pytest.mark.parametrize(
    "answer",
    [
        (2 + t, 1 + 2 * t, 1 + 3 * t),
        (2 - 2 * s, 1 - 4 * s, 1 - 6 * s),
        "(2 + t, 1 + 2t, 1 + 3t)",
        (t, 2 * t - 3, 3 * t - 5),
    ],
)
def test_a_normal_line_is_right_in_any_parametrisation(answer: object) -> None:
    assert check(NormalLine(x * y * z + z, at=(2, 1, 1)), answer) == 1.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((1 + 2 * t, 2 + 3 * t, 7), "gradient drawn in the xy-plane as the normal"),
        ((1 + 2 * t, 2 + 3 * t, -t), "begun on the ground"),
        ((1 + 2 * t, 2 + 3 * t, 7 + t), "sign of the z-part of the direction"),
        ((2 + t, 3 + 2 * t, -1 + 7 * t), "point and direction exchanged"),
        ((2 * t, 3 * t, -t), "line through the origin"),
        ((2, 3, -1), "the direction alone"),
    ],
)
def test_classic_wrong_normal_lines_of_a_graph_are_named(answer: object, mistake: str) -> None:
    assert judge(NormalLine(x**2 + 3 * y, at=(1, 2)), of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (7 + 2 * x * (x - 1) + 3 * (y - 2), "slopes not evaluated at the point"),
        (2 * (x - 1) + 3 * (y - 2), "value at the point left out"),
        (7 + 2 * x + 3 * y, "point not subtracted"),
        (x**2 + 3 * y + 2 * (x - 1) + 3 * (y - 2), "f left as a formula"),
        (Integer(7), "flat: the slopes left out"),
        ((2, 3), "the gradient alone"),
    ],
)
def test_classic_wrong_linearizations_are_named(answer: object, mistake: str) -> None:
    assert judge(Linearization(x**2 + 3 * y, at=(1, 2)), of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (7.0395, "exact value instead of the estimate"),
        (0.05, "change alone"),
        (7, "step left out"),
        (6.95, "step backwards"),
        (7 + 4 * 2.1 + 7 * 0.95, "nearby point put in for the step"),
        (7.4, "slope along y left out"),
        (7.75, "signs of the step left out"),
        (4 * x + 7 * y - 8, "linearization as a formula"),
    ],
)
def test_classic_wrong_estimates_are_named(answer: object, mistake: str) -> None:
    problem = LinearEstimate(x**2 * y + 3 * y, at=(2, 1), near=(2.1, 0.95))
    assert judge(problem, of(answer)).mistake == mistake


def test_an_estimate_that_is_close_to_the_truth_is_asked_for_with_more_digits() -> None:
    problem = LinearEstimate(x * y, at=(1, 1), near=(1.001, 1.001))
    assert problem.kind.digits > 4
    assert check(problem, 1.002) == 1.0
    assert judge(problem, of(1.002001)).mistake == "exact value instead of the estimate"


@pytest.mark.parametrize(
    ("rule", "answer", "mistake"),
    [
        ("worst case", 0.5, "typical error instead of the largest"),
        ("root-sum-square", 0.7, "largest error instead of the typical one"),
        ("root-sum-square", 0.25, "squares added without the root"),
        ("worst case", 0.2, "slopes left out"),
        ("worst case", 7, "errors left out"),
        ("worst case", 0.3, "only the contribution of x"),
        ("worst case", 0.1 * x + 0.1 * y, "slopes not evaluated at the point"),
        ("worst case", 0.71, "exact change for inputs that are all too large"),
        ("worst case", 12.7, "value plus error"),
        ("worst case", (3, 4), "the gradient alone"),
    ],
)
def test_classic_wrong_errors_are_named(rule: str, answer: object, mistake: str) -> None:
    problem = PropagatedError(x * y, at=(4, 3), errors=(0.1, 0.1), rule=rule)
    assert judge(problem, of(answer)).mistake == mistake


def test_contributions_do_not_cancel() -> None:
    problem = PropagatedError(x - y, at=(4, 3), errors=(0.3, 0.1))
    assert check(problem, 0.4) == 1.0
    assert judge(problem, of(0.2)).mistake == "contributions with their signs"


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (BOWL, Eq(z, 7 + 5 * (x - 1) + 3 * (y - 2))),
        (WAVE, Eq(5 * (x - 2) + 3 * (y - 1) + 3 * (z - 1), 0)),
        (NormalLine(x * y * z + z, at=(2, 1, 1)), (2 + 5 * t, 1 + 3 * t, 1 + 3 * t)),
        (Linearization(x**2 + 3 * y, at=(1, 2)), 7 + 5 * (x - 1) + 3 * (y - 2)),
        (LinearEstimate(x**2 + 3 * y, at=(1, 2), near=(1.1, 2.2)), 7 + 0.5 + 0.6),
        (PropagatedError(x**2 + 3 * y, at=(1, 2), errors=(0.1, 0.2)), 1.1),
    ],
)
def test_a_wrong_gradient_found_earlier_is_followed(problem: Any, answer: object) -> None:
    own = (5, 3) if len(problem.variables) == 2 else (5, 3, 3)
    score = check(problem.given(gradient=own), answer)
    assert score == 1.0
    assert "your own gradient" in score.feedback
    assert check(problem.given(gradient=(0,) * len(own)), answer) < 1.0


@pytest.mark.parametrize("kind", TYPES)
def test_hints_do_not_hold_the_answer_and_solutions_do(kind: type) -> None:
    for level in (1, 2, 3):
        problem = kind.variant(3, level)
        key = problem.key()
        right = latex(key.rhs if isinstance(key, Eq) and key.rhs.free_symbols else key if isinstance(key, Expr) else 0)
        assert len(problem.hints()) == 3
        for hint in problem.hints():
            assert right == "0" or right not in re.findall(r"\$([^$]*)\$", hint)
            numbers = re.findall(r"\$(-?[\d./]+)\$", hint)
            assert not isinstance(key, Expr) or key.free_symbols or all(float(n) != float(key) for n in numbers)
        assert "Worked solution" in problem.solution()


def test_symbols_are_matched_by_name_whatever_their_assumptions() -> None:
    a, b = symbols("x y", real=True)
    assert TangentPlane(a**2 + 3 * b, at=(1, 2)) == BOWL


def test_a_graph_over_other_letters_has_its_own_height() -> None:
    u, v = symbols("u v")
    assert check(TangentPlane(u * v, at=(1, 2)), "z = 2u + v - 2") == 1.0
    assert TangentPlane(y * z, at=(1, 2)).height == Symbol("w")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: TangentPlane(x * y * z, at=(1, 1, 1)), "LevelSurfacePlane"),
        (lambda: TangentPlane(x**2, at=(1,)), "name variables"),
        (lambda: LevelSurfacePlane(x * y, at=(1, 1)), "three variables"),
        (lambda: LevelSurfacePlane(Eq(x + y + z, 5), at=(1, 1, 1)), "does not lie"),
        (lambda: LevelSurfacePlane(x**2 + y**2 + z**2, at=(0, 0, 0)), "gradient is zero"),
        (lambda: LinearEstimate(x * y, at=(1, 1), near=(1, 1)), "nothing to estimate"),
        (lambda: LinearEstimate(sqrt(x) * y, at=(1, 1), near=(-1, 1)), "no real value"),
        (lambda: PropagatedError(x * y, at=(1, 1), errors=(0.1, -0.1)), "positive"),
        (lambda: PropagatedError(x * y, at=(1, 1), errors=(0.1, 0.1), rule="average"), "root-sum-square"),
        (lambda: PropagatedError(x * y, at=(0, 0), errors=(0.1, 0.1)), "gradient is zero"),
        (lambda: Linearization(exp(x) / y, at=(0, 0)), "no real value"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_when_it_is_made(make: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_the_refusal_is_a_problem_error() -> None:
    with pytest.raises(ProblemError):
        TangentPlane(x * y * z, at=(1, 1, 1))


@pytest.mark.slow
def test_the_picture_shows_how_the_students_plane_meets_the_graph() -> None:
    assert "it touches the graph" in BOWL.picture(BOWL.key()).words
    assert "its slope along y is another" in BOWL.picture(Eq(z, 7 + 2 * (x - 1))).words
    assert "lies below the graph" in BOWL.picture("z = 2(x - 1) + 3(y - 2)").words
    assert "your plane" not in BOWL.picture().words
    assert "your plane" not in BOWL.picture("2x + 3y = 8").words
    assert "cuts the graph" in Linearization(x * y, at=(1, 1)).picture(1 + 2 * (x - 1) + y - 1).words
    assert Linearization(x * y * z, at=(1, 1, 1)).picture() is None
