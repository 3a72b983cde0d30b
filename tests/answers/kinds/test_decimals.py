"""Decimals: right to the digits asked, told so, and never a way around an exact key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sympy import E, Expr, Float, Integer, Rational, exp, log, pi, sin, sqrt
from sympy.abc import x, y

from autograder.answers.kinds import Expression, Number, Vector
from autograder.answers.kinds.decimals import closeness, is_rounded
from autograder.equality import Equal

NUMBERS = [sqrt(5), pi, E, Rational(14, 5), Rational(1, 3), Integer(1), Integer(10), Integer(-7), 1 / sqrt(12345),
           12345 * sqrt(2), log(2), Rational(1, 8), Integer(1000), sqrt(2) / 10**6]  # fmt: skip
EXPRESSIONS = [sqrt(2) * x, x / 3 + pi * y, x + y, 2 * x, exp(x / 3), sin(x) + sqrt(3), x**2 * y / 7, x * y - 1]


@pytest.mark.parametrize("key", NUMBERS, ids=str)
@pytest.mark.parametrize("digits", [3, 4, 6])
def test_a_key_rounded_to_the_digits_asked_or_more_is_right(key: Expr, digits: int, judged: Callable[..., Any]) -> None:
    for kept in range(digits, 12):
        decimal = float(f"{float(key):.{kept}g}")
        assert judged(Number(digits=digits), key, decimal).state == "right", decimal


@pytest.mark.parametrize("key", NUMBERS, ids=str)
def test_what_numpy_computes_is_right(key: Expr, judged: Callable[..., Any]) -> None:
    assert judged(Number(), key, np.float64(float(key))).state == "right"
    assert judged(Number(), key, float(key) * (1 + 1e-13)).state == "right"


@pytest.mark.parametrize("key", NUMBERS, ids=str)
@pytest.mark.parametrize("factor", [1.0005, 0.9995, 1.0004, 1.0001, 1.00002, -1.0])
def test_a_little_off_is_wrong(key: Expr, factor: float, judged: Callable[..., Any]) -> None:
    outcome = judged(Number(), key, float(key) * factor)
    assert (outcome.state, outcome.credit) == ("wrong", 0)


@pytest.mark.parametrize("key", EXPRESSIONS, ids=str)
def test_an_expression_with_rounded_numbers_is_right_and_a_little_off_is_wrong(key: Expr) -> None:
    decimal = key.evalf(15)
    rounded = decimal.xreplace({number: Float(f"{float(number):.4g}") for number in decimal.atoms(Float)})
    assert isinstance(closeness(key, rounded, 4).verdict, Equal)
    assert isinstance(closeness(key, decimal, 4).verdict, Equal)
    for factor in (Float("1.0005"), Float("0.9995"), Float("1.0001")):
        for wrong in (factor * rounded, factor * key, factor * decimal):
            assert not isinstance(closeness(key, wrong, 4).verdict, Equal), wrong


def test_an_exact_float_is_right_without_a_word(judged: Callable[..., Any]) -> None:
    for answer in (4.0, np.float64(4.0), np.float32(4.0), "4.0"):
        outcome = judged(Number(), Integer(4), answer)
        assert (outcome.state, outcome.notes) == ("right", ())


def test_a_decimal_is_told_that_it_was_read_as_one(judged: Callable[..., Any]) -> None:
    assert judged(Number(), sqrt(5), 2.236).notes == ("Read as a decimal; 4 significant digits are asked.",)
    assert judged(Number(), sqrt(5), sqrt(5)).notes == ()


@pytest.mark.parametrize(("answer", "right_to"), [(2.24, 3), (2.2, 2)])
def test_too_few_digits_are_counted_and_earn_half(answer: float, right_to: int, judged: Callable[..., Any]) -> None:
    outcome = judged(Number(), sqrt(5), answer)
    assert outcome.credit == Rational(1, 2)
    assert outcome.says.startswith(f"Your decimal is right to {right_to} significant digits; 4 are asked.")


@pytest.mark.parametrize("answer", [2.0, 2.3, 2.25, 2.237, 2.23])
def test_a_wrong_decimal_earns_nothing(answer: float, judged: Callable[..., Any]) -> None:
    assert judged(Number(), sqrt(5), answer).credit == 0


def test_zero_is_zero_up_to_the_noise_of_a_computation_only(judged: Callable[..., Any]) -> None:
    assert judged(Number(), Integer(0), 6.1e-17).state == "right"
    assert judged(Number(), Integer(0), 0.0001).state == "wrong"


def test_an_exact_fraction_that_is_only_near_is_wrong(judged: Callable[..., Any]) -> None:
    assert judged(Number(), sqrt(2), Rational(1414, 1000)).state == "wrong"


def test_huge_terms_that_cancel_do_not_make_everything_right() -> None:
    trick = Float("1e9") * sin(x) - Float("1.23456e9") * sin(x + y) + Float("2.3456e8") * y
    assert not is_rounded(3 * x, trick, 4)


def test_a_rounded_component_earns_its_part(judged: Callable[..., Any]) -> None:
    outcome = judged(Vector(("x", "y"), numbers=True), (sqrt(5), Integer(1)), (2.24, 1))
    assert outcome.credit == Rational(3, 4)
    assert "right to 3 significant digits" in outcome.says


def test_digits_are_the_instructors(judged: Callable[..., Any]) -> None:
    assert judged(Expression(digits=2), sqrt(2) * x, 1.4 * x).state == "right"
    assert judged(Expression(digits=6), sqrt(2) * x, 1.414 * x).state == "wrong"
