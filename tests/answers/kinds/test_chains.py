"""One value in several forms with equals signs between them: taken when all of them agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Eq, Rational, expand, sqrt
from sympy.abc import x, y

from autograder.answers.kinds import Expression, Number


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("12/5 = 2.4", Rational(12, 5)),
        ("(2, 3/2)·(3/5, 4/5) = 12/5", Rational(12, 5)),
        ("D_u f = <2,3/2>.<3/5,4/5> = 6/5 + 6/5 = 12/5", Rational(12, 5)),
        ("√5 ≈ 2.236", sqrt(5)),
        ("2.24 = sqrt(5)", sqrt(5)),
        ("sqrt(1+4) = sqrt(5)", sqrt(5)),
    ],
)
def test_a_number_may_be_worked_out_on_the_way(text: str, key: Any, judged: Callable[..., Any]) -> None:
    assert judged(Number(), key, text).state == "right"
    assert judged(Number(), key + 1, text).state == "wrong"


def test_an_expression_may_be_simplified_on_the_way(judged: Callable[..., Any]) -> None:
    key = 3 * (x + y) ** 2
    for answer in ["f_x = 3(x+y)^2(1) = 3(x+y)^2", "3(x+y)^2 = 3x^2 + 6xy + 3y^2", Eq(expand(key), key)]:
        assert judged(Expression(), key, answer).state == "right", answer


@pytest.mark.parametrize(
    "answer",
    [
        "12/5 = 2.5",
        "12/5 = 5/12",
        "2.4 = 12/5 = 13/5",
        "x = 12/5",
        "12/5 = 24",
        Eq(x, 2.4),
        "√5 ≈ 2.4",
    ],
)
def test_sides_that_differ_are_an_equation_and_no_value(answer: Any, judged: Callable[..., Any]) -> None:
    outcome = judged(Number(), Rational(12, 5), answer)
    assert outcome.state == "misfit"
    assert "equation" in outcome.says or "list" in outcome.says or "tuple" in outcome.says
