"""A choice among options, each wrong one with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Integer, Symbol

from autograder.answers.kinds import Choice

CHOICE = Choice(("uphill", "downhill", "along the contour"), {"downhill": "That is minus the gradient."})


@pytest.mark.parametrize(
    "answer", ["uphill", "Uphill", " UPHILL. ", "a", "(a)", "A", 1, 1.0, "1", Integer(1), Symbol("a"), ["uphill"],
               "option a", Symbol("uphill")]
)  # fmt: skip
def test_an_option_is_named_by_text_number_or_letter(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(CHOICE, "uphill", answer).state == "right"


def test_a_wrong_option_is_told_its_reason(judged: Callable[..., Any]) -> None:
    assert judged(CHOICE, "uphill", "b").says == "That is minus the gradient."
    assert judged(CHOICE, "uphill", 3).says == "This is not the right option."


@pytest.mark.parametrize("answer", ["sideways", 4, 0, "d", True, 1.5, "minus the gradient"])
def test_what_is_no_option_is_told_the_options(answer: object, judged: Callable[..., Any]) -> None:
    outcome = judged(CHOICE, "uphill", answer)
    assert outcome.state == "misfit"
    assert "(a) uphill, (b) downhill or (c) along the contour" in outcome.says


def test_the_options_words_come_before_their_places(judged: Callable[..., Any]) -> None:
    numbers = Choice(("0", "1", "2"))
    assert judged(numbers, "1", 1).state == "right"
    assert judged(numbers, "0", 0).state == "right"
    assert judged(numbers, "0", "a").state == "right"


@pytest.mark.parametrize(("options", "key"), [(("True", "False"), "True"), (("no", "yes"), "yes")])
def test_truth_answers_a_yes_or_no_question(options: tuple, key: str, judged: Callable[..., Any]) -> None:
    assert judged(Choice(options), key, True).state == "right"
    assert judged(Choice(options), key, False).state == "wrong"


def test_nothing_chosen_is_missing_and_a_list_is_told_what_is_wanted(judged: Callable[..., Any]) -> None:
    assert judged(CHOICE, "uphill", " ").state == "missing"
    assert judged(CHOICE, "uphill", ...).state == "missing"
    assert "one of the options" in judged(CHOICE, "uphill", ("a", "b")).says


def test_a_key_that_is_no_option_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="not one of the options"):
        CHOICE.compare("sideways", "uphill")


@pytest.mark.parametrize("answer", ["3x^2 + y^2", "3*x**2 + y**2", "3·x^2+y^2", "a"])
def test_an_option_that_is_a_formula_is_named_however_its_products_are_written(answer: str, judged: Callable) -> None:
    assert judged(Choice(("3·x^2 + y^2", "x·y")), "3·x^2 + y^2", answer).state == "right"
