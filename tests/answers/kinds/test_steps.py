"""Steps in order: judged up to the first that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Matrix, Rational
from sympy.abc import x

from autograder.answers.kinds import Number, Point, Steps

HALF = Rational(1, 2)
PATH = [(2, 1), (1, HALF), (HALF, HALF**2)]
POINTS = Steps(Point(("x", "y")), start=(4, 2))
NUMBERS = Steps(Number(), start=16)


@pytest.mark.parametrize(
    "answer",
    [PATH, tuple(PATH), [(4, 2), *PATH], np.array(PATH, dtype=float), "(2,1), (1,0.5), (0.5,0.25)", Matrix(PATH),
     [Matrix(p) for p in PATH], ["(2,1)", "(1,1/2)", "(1/2,1/4)"]],
    ids=str,
)  # fmt: skip
def test_all_steps_are_right_with_or_without_the_start(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(POINTS, PATH, answer).state == "right"


@pytest.mark.parametrize("answer", [[8, 4, 2], [16, 8, 4, 2], np.array([[8], [4], [2]]), "8, 4, 2", (8.0, 4.0, 2.0)])
def test_steps_may_be_numbers(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(NUMBERS, (8, 4, 2), answer).state == "right"


def test_a_list_with_the_start_is_told_so(judged: Callable[..., Any]) -> None:
    assert "begins with the start itself" in judged(NUMBERS, (8, 4, 2), [16, 8, 4, 2]).notes[0]
    assert judged(Steps(Number()), (8, 4, 2), [16, 8, 4, 2]).credit == 0


def test_a_path_that_stays_where_it_starts_is_not_cut(judged: Callable[..., Any]) -> None:
    assert judged(Steps(Number(), start=3), (3, 3), [3, 3]).state == "right"
    assert judged(Steps(Number(), start=3), (3, 3), [3, 3, 3]).state == "right"


@pytest.mark.parametrize(
    ("answer", "credit", "words"),
    [
        ([8, 4, 3, 1], Fraction(1, 2), "The first 2 steps are right; look at step 3."),
        ([8, 5, 2, 1], Fraction(1, 4), "The first step is right; look at step 2."),
        ([7, 4, 2, 1], 0, "Look at the first step."),
        ([16, 8, 4, 3, 1], Fraction(1, 2), "The first 2 steps are right; look at step 3."),
        ([8, 4], Fraction(1, 2), "The first 2 steps are right. 4 steps are asked, and you gave 2."),
        ([8, 4, 2, 1, 0.5], Fraction(4, 5), "The first 4 steps are right. 4 steps are asked, and you gave 5."),
        ([], 0, "4 steps are asked, and you gave 0."),
    ],
)
def test_the_right_steps_before_the_first_wrong_one_earn_their_share(
    answer: list, credit: Any, words: str, judged: Callable[..., Any]
) -> None:
    outcome = judged(NUMBERS, (8, 4, 2, 1), answer)
    assert (outcome.state, outcome.credit, outcome.says) == ("wrong", credit, words)


def test_what_is_wrong_inside_a_step_is_said(judged: Callable[..., Any]) -> None:
    assert "The x-coordinate is right" in judged(POINTS, PATH, [(2, 3)]).says


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([8, 4, x], "In step 3: The question asks for a number, and x"),
        (8, "a list of steps, each a number"),
        ({8, 4, 2}, "A set has no order"),
        (list(range(1000)), "1000 steps"),
        ([8, None], "In step 2"),
    ],
)
def test_what_is_no_list_of_steps_is_told_why(answer: object, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(NUMBERS, (8, 4, 2), answer)
    assert outcome.credit == 0
    assert words in outcome.says


def test_steps_are_right_to_the_digits_asked(judged: Callable[..., Any]) -> None:
    key = (Rational(1, 3), Rational(1, 9))
    assert judged(NUMBERS, key, [0.3333, 0.1111]).state == "right"
    assert judged(NUMBERS, key, [0.3333, 0.111]).credit == Fraction(1, 2)
