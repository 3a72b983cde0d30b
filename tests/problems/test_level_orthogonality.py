"""The gradient at right angles to a level curve, in two parts: velocity, then the terms that cancel."""

from __future__ import annotations

import pytest
from sympy import cos, diff, simplify, sin
from sympy.abc import t, x, y

from autograder import LevelOrthogonality, LevelVelocity, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

CIRCLE = (x**2 + y**2, (cos(t), sin(t)), t)
FIRST, SECOND = LevelVelocity(*CIRCLE), LevelOrthogonality(*CIRCLE)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_terms_cancel_and_are_the_rates_of_f_by_substitution(level: int) -> None:
    for seed in range(6):
        problem = LevelOrthogonality.variant(seed, level)
        assert simplify(sum(problem.key())) == 0
        s = problem.parameter
        for i, variable in enumerate(problem.variables):
            held = {v: c for v, c in zip(problem.variables, problem.curve, strict=True) if v != variable}
            alone = problem.f.xreplace({variable: problem.curve[i]})
            by_substitution = diff(alone, s).xreplace(held)
            assert simplify(by_substitution - problem.key()[i]) == 0


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert FIRST.key() == (-sin(t), cos(t))
    assert SECOND.key() == (-2 * sin(t) * cos(t), 2 * sin(t) * cos(t))
    assert LevelOrthogonality(x + y, (t, 5 - t), t).key() == (1, -1)
    assert check(SECOND, "(-sin(2t), sin(2t))") == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((cos(t), sin(t)), "the curve itself"),
        ((2 * cos(t), 2 * sin(t)), "the gradient along the curve"),
        ((sin(t), -cos(t)), "all signs flipped"),
        ((sin(t), cos(t)), "sign flipped in the x-component"),
    ],
)
def test_classic_wrong_velocities_are_named(answer: object, mistake: str) -> None:
    assert judge(FIRST, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((2 * cos(t), 2 * sin(t)), "velocity left out"),
        ((-2 * x * sin(t), 2 * y * cos(t)), "curve not put in"),
        ((-sin(t), cos(t)), "velocity alone"),
        (0, "sum instead of the terms"),
        ((2 * cos(t) ** 2, 2 * sin(t) ** 2), "multiplied by the curve instead of its velocity"),
        ((2 * cos(t) ** 2, -2 * sin(t) ** 2), "slopes and speeds paired wrongly"),
        ((2 * sin(t) * cos(t), 2 * sin(t) * cos(t)), "sign flipped in the x-component"),
    ],
)
def test_classic_wrong_terms_are_named(answer: object, mistake: str) -> None:
    assert judge(SECOND, of(answer)).mistake == mistake


def test_a_wrong_velocity_from_the_first_part_is_followed_and_said_so() -> None:
    own = (sin(t), cos(t))
    score = check(SECOND.given(velocity=own), (2 * sin(t) * cos(t), 2 * sin(t) * cos(t)))
    assert score == 1.0
    assert "your own velocity" in score.feedback
    assert check(SECOND.given(velocity=(0, 0)), (0, 0)) == 0.0
    assert check(SECOND.given(velocity=own), (7, 7)) == 0.0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LevelVelocity(x**2 + y**2, (t, t), t), "not constant along this curve"),
        (lambda: LevelVelocity(x + y, (t, 5 - t), x), "letter of its own"),
        (lambda: LevelVelocity(x + y, (2, 3), t), "depend on t"),
        (lambda: LevelOrthogonality(x + y, (t, 5 - t, t), t), "3 coordinates"),
    ],
)
def test_senseless_curves_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


def test_a_vector_of_zeros_earns_nothing_whatever_mistakes_lead_to_it() -> None:
    assert check(SECOND, (0, 0)) == 0.0
    assert judge(SECOND, of((0, 0))).credit == 0
