"""Decimals beside exact values."""

from __future__ import annotations

import pytest
from sympy import Integer, Rational, Symbol, exp, log, pi, sqrt, sympify

from autograder.equality import Different, Equal, decide_decimal

x = Symbol("x")


@pytest.mark.parametrize(
    ("key", "value", "digits"),
    [
        (pi, 3.14, 3),
        (pi, 3.142, 3),
        (pi, 3.1416, 4),
        (sqrt(2), 2**0.5, 4),
        (Rational(1, 3), 1 / 3, 4),
        (Rational(2, 3), 0.667, 3),
        (Rational(1, 4), 0.25, 6),
        (1000 * pi, 3140.0, 3),
        (1000 * pi, 3142.0, 4),
        (Rational(1, 8), 0.13, 2),
        (Rational(1, 8), 0.12, 2),
        (Integer(0), 1e-17, 3),
        (Integer(1000), 999.999999999999, 3),
        (Integer(10) ** 20, 1e20, 4),
        (exp(-50), 1.92875e-22, 5),
    ],
)
def test_right_to_the_digits_asked(key: object, value: float, digits: int) -> None:
    verdict = decide_decimal(key, value, digits=digits)
    assert isinstance(verdict, Equal), verdict


@pytest.mark.parametrize(
    ("key", "value", "digits"),
    [
        (pi, 3.14, 4),
        (pi, 3.141, 4),
        (Rational(2, 3), 0.666, 3),
        (Integer(2), 2.001, 3),
        (Integer(5), 5.0025, 3),
        (Integer(100), 99.96, 3),
        (Integer(0), 0.001, 3),
        (pi, -3.14, 3),
        (log(-1), 3.14, 3),
        (Rational(2, 3), float("nan"), 3),
        (Rational(2, 3), float("inf"), 3),
    ],
)
def test_wrong_to_the_digits_asked(key: object, value: float, digits: int) -> None:
    verdict = decide_decimal(key, value, digits=digits)
    assert isinstance(verdict, Different), verdict


@pytest.mark.parametrize("key", ["1", "7", "sqrt(2)", "pi", "1/3", "12345", "exp(10)", "-9/11"])
@pytest.mark.parametrize("digits", [2, 3, 6])
def test_a_twentieth_of_a_percent_off_is_wrong(key: str, digits: int) -> None:
    exact = sympify(key)
    assert isinstance(decide_decimal(exact, float(exact) * 1.0005, digits=digits), Different)
    assert isinstance(decide_decimal(exact, float(exact), digits=digits), Equal)


def test_the_verdict_says_that_it_was_read_as_a_decimal() -> None:
    verdict = decide_decimal(pi, 3.1416)
    assert verdict.by.kind == "decimal"
    assert str(verdict.by) == "as a decimal it is right to 5 significant digits"


def test_decimals_inside_an_expression() -> None:
    assert isinstance(decide_decimal(sqrt(2) * x, 1.41421 * x), Equal)
    assert isinstance(decide_decimal(sqrt(2) * x, 1.42 * x), Different)
    assert isinstance(decide_decimal(pi, 3.14 + x), Different)


def test_without_a_decimal_it_is_exact() -> None:
    assert isinstance(decide_decimal(sqrt(2), Rational(1414, 1000)), Different)
