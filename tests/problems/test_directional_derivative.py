"""The directional derivative, and following a student's own gradient."""

from __future__ import annotations

import json

import pytest
from sympy import Rational, sqrt
from sympy.abc import x, y, z

from autograder import DirectionalDerivative, check
from autograder.answers import from_wire, of, to_wire
from autograder.judge import judge
from autograder.problems import ProblemError
from autograder.problems.record import from_record, to_record

PROBLEM = DirectionalDerivative(x**2 + y**2, at=(1, 1), along=(3, 4))


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert PROBLEM.key() == Rational(14, 5)
    assert DirectionalDerivative(x**2 + 4 * y**2, at=(1, 1), along=(-2, -8)).key() == -2 * sqrt(17)


def test_the_length_of_the_direction_does_not_matter() -> None:
    assert DirectionalDerivative(x**2 + y**2, at=(1, 1), along=(30, 40)).key() == PROBLEM.key()


@pytest.mark.parametrize("answer", [Rational(14, 5), 2.8, "14/5", "2.8", [Rational(14, 5)]])
def test_the_right_rate_is_right_in_any_spelling(answer: object) -> None:
    assert check(PROBLEM, answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (14, "direction not normalised"),
        (Rational(14, 25), "divided by the length twice"),
        ((2, 2), "the gradient itself"),
        (2 * sqrt(2), "length of the gradient"),
        (2, "slope along x only"),
        (-14, "direction not normalised, and sign flipped"),
        (6 * x / 5 + 8 * y / 5, "not evaluated at the point"),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(PROBLEM, of(answer)).mistake == mistake


def test_the_length_is_told() -> None:
    assert "its length is 5" in check(PROBLEM, 14).feedback


def test_a_wrong_gradient_is_forgiven_once_and_said_so() -> None:
    score = check(PROBLEM.given(gradient=(2, 4)), Rational(22, 5), points=2)
    assert score == 2.0
    assert "your own gradient (2, 4)" in score.feedback


@pytest.mark.parametrize(
    ("gradient", "answer"),
    [((0, 0), 0), ((2, 4), 1), (..., 0), ((2, 2, 2), 0), ("?", 0), ((4, -3), 0)],  # the last leaves nothing to do
)
def test_a_trivial_or_unreadable_earlier_answer_forgives_nothing(gradient: object, answer: object) -> None:
    assert check(PROBLEM.given(gradient=gradient), answer) == 0.0


def test_with_a_right_gradient_the_answer_is_judged_as_ever() -> None:
    assert check(PROBLEM.given(gradient=(2, 2)), Rational(14, 5)).judgement.by != "judged on your own earlier value"
    assert check(PROBLEM.given(gradient=(2, 2)), 14).judgement.mistake == "direction not normalised"


def test_the_students_own_values_travel_with_the_answer_and_not_with_the_key() -> None:
    given = PROBLEM.given(gradient=(2, 4))
    key = from_record(json.loads(json.dumps(to_record(given))))
    assert key.values == ()
    crossed = from_wire(to_wire(given.pack(Rational(22, 5))))
    assert judge(key, crossed).state == "right"


def test_only_what_the_problem_follows_can_be_given() -> None:
    with pytest.raises(ProblemError, match="follows"):
        PROBLEM.given(colour=3)


@pytest.mark.parametrize("along", [(0, 0), (1, 2, 3)])
def test_a_direction_that_makes_no_sense_is_refused(along: tuple) -> None:
    with pytest.raises(ProblemError):
        DirectionalDerivative(x * y, at=(1, 1), along=along)


def test_three_variables_work_as_two() -> None:
    assert DirectionalDerivative(x * y * z, at=(1, 2, 3), along=(2, 1, 2)).key() == Rational(19, 3)
