"""Feedback is words and signs, escaped, with the same content as text and as HTML."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import get_args

import pytest
from sympy.abc import x, y

from autograder import DirectionalDerivative, GradientAt, check
from autograder.feedback import SIGNS, Score, html, text
from autograder.judge import Judgement, State


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_has_a_sign_and_a_word(state: State) -> None:
    sign, word = SIGNS[state]
    shown = html(Judgement(state, Fraction(0), "Because."), 0, 2, tell_witness=True)
    assert sign in shown
    assert word in shown
    assert "Because." in shown


def test_no_two_states_share_a_sign() -> None:
    assert len({sign for sign, _ in SIGNS.values()}) == len(SIGNS)


def test_whatever_a_message_holds_is_escaped() -> None:
    shown = html(Judgement("wrong", Fraction(0), "<script>alert(1)</script>"), 0, 1, tell_witness=True)
    assert "<script>" not in shown


def test_the_witness_is_told_in_self_study_only() -> None:
    judgement = check(GradientAt(x**2 * y, at=(1, 2)), (5, 9)).judgement
    assert "right one gives 4" in html(judgement, 0, 1, tell_witness=True)
    assert "right one gives" not in html(judgement, 0, 1, tell_witness=False)
    assert "right one gives" not in text(judgement, 0, 1)


def test_a_witness_is_told_in_few_digits() -> None:
    problem = DirectionalDerivative(x**2 + y**2, at=(1, 1), along=(3, 4))
    assert check(problem, 14).judgement.witness == "Your answer gives 14; the right one gives 2.8."


def test_a_score_is_a_float_that_survives_pickling() -> None:
    score = check(GradientAt(x**2 * y, at=(1, 2)), (4, 9), points=3)
    again = pickle.loads(pickle.dumps(score))
    assert (again, again.feedback) == (1.5, score.feedback)
    assert score + 1 == 2.5


@pytest.mark.parametrize("points", [0.1, 1 / 3, 2, 7])
@pytest.mark.parametrize("credit", [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
def test_a_score_never_leaves_its_range(credit: Fraction, points: float) -> None:
    assert 0 <= float(repr(Score(Judgement("wrong", credit, ""), points))) <= points


def test_full_credit_is_exactly_the_points() -> None:
    assert all(Score(Judgement("right", Fraction(1), ""), points) == points for points in (0.1, 1 / 3, 0.7, 3))
