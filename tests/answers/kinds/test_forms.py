"""The form of a right value: looked at only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from sympy import Derivative, Eq, Integer, Rational, exp, sin, sqrt
from sympy.abc import x, y, z

from autograder.answers import of
from autograder.answers.kinds import Expression, LevelSet, Number, Plane
from autograder.equality import Equal
from autograder.judge import judge
from autograder.problems import Gradient

GOOD = [
    ("factored", x**2 - 1, ["(x-1)(x+1)", (x - 1) * (x + 1), "-(1-x)(x+1)"]),
    ("factored", x**2 + 1, ["x^2+1"]),
    ("factored", 2 * x**2 + 4 * x, ["2x(x+2)", "x(2x+4)"]),
    ("factored", x * exp(x) + exp(x), ["e^x(x+1)"]),
    ("expanded", x**2 + 2 * x + 1, ["x^2+2x+1", x**2 + 2 * x + 1]),
    ("expanded", 1 / (x + 1), ["1/(x+1)"]),
    ("evaluated", Integer(14), ["14", 14, 14.0]),
    ("evaluated", Rational(14, 5), ["14/5", "28/10", Rational(14, 5)]),
    ("evaluated", 2 * sqrt(2), ["2sqrt(2)", "sqrt(8)", sqrt(8)]),
    ("simplified", x + 1, ["x+1", "1+x"]),
    ("simplified", x**2 - 1, ["x^2-1", "(x-1)(x+1)"]),
    ("exact", sqrt(2), ["sqrt 2", sqrt(2)]),
]
BAD = [
    ("factored", x**2 - 1, ["x^2-1", x**2 - 1, "(x+1)x-x-1"]),
    ("factored", 2 * x**2 + 4 * x, ["2(x^2+2x)", "2x^2+4x"]),
    ("factored", x * exp(x) + exp(x), ["x e^x + e^x"]),
    ("expanded", x**2 + 2 * x + 1, ["(x+1)^2", (x + 1) ** 2, "x(x+2)+1"]),
    ("expanded", 2 * x + 2, ["2(x+1)"]),
    ("evaluated", Integer(14), ["3*4+2", "2^3+6", "28/2"]),
    ("evaluated", 2 * x, [Derivative(x**2, x)]),
    ("simplified", x + 1, ["(x^2-1)/(x-1)", "2x-x+1"]),
    ("simplified", sin(x), ["sin(x)+x^2+3x-x(x+3)"]),
    ("exact", sqrt(2), ["1.414", 2**0.5]),
]


@pytest.mark.parametrize(("form", "key", "answers"), GOOD)
def test_the_form_asked_for_is_right(form: Any, key: Any, answers: list[Any], judged: Callable[..., Any]) -> None:
    for answer in answers:
        assert judged(Expression(form=form), key, answer).state == "right", answer


@pytest.mark.parametrize(("form", "key", "answers"), BAD)
def test_another_form_is_told_and_earns_half(
    form: Any, key: Any, answers: list[Any], judged: Callable[..., Any]
) -> None:
    for answer in answers:
        outcome = judged(Expression(form=form), key, answer)
        assert (outcome.state, outcome.credit) == ("right in another form", Fraction(1, 2)), answer
        assert outcome.says.startswith("The value is right, but it")
        assert judged(Expression(), key, answer).state == "right"


def test_the_credit_for_another_form_is_the_instructors(judged: Callable[..., Any]) -> None:
    kind = Expression(form="factored", form_credit=Fraction(1, 4))
    assert judged(kind, x**2 - 1, "x^2-1").credit == Fraction(1, 4)


def test_a_wrong_value_is_wrong_whatever_its_form(judged: Callable[..., Any]) -> None:
    assert judged(Expression(form="factored"), x**2 - 1, "(x-1)(x+2)").state == "wrong"


def test_a_form_that_there_is_not_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="no form 'nice'"):
        Number(form="nice")  # type: ignore[arg-type]


def test_what_is_wanted_names_the_form() -> None:
    assert Expression(form="factored").describe() == "a factored expression"
    assert Number(form="exact").describe() == "an exact number"


@pytest.mark.parametrize("kind", [Plane(equation=True), LevelSet(("x", "y", "z"), equation=True)])
def test_an_equation_may_be_asked_for_rather_than_an_expression(kind: Any, judged: Callable[..., Any]) -> None:
    key = Eq(x + 2 * y + 3 * z, 14)
    assert judged(kind, key, "x+2y+3z=14", (x, y, z)).state == "right"
    outcome = judged(kind, key, x + 2 * y + 3 * z - 14, (x, y, z))
    assert (outcome.state, outcome.credit) == ("right in another form", Fraction(1, 2))
    assert "asks for an equation" in outcome.says


def test_a_huge_power_is_not_multiplied_out(judged: Callable[..., Any]) -> None:
    assert judged(Expression(form="expanded"), (x + y) ** 900, (x + y) ** 900).credit == Fraction(1, 2)


def test_the_judge_gives_part_of_the_points_for_another_form(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Gradient(x**2 + y)
    monkeypatch.setattr(type(problem), "kind", property(lambda self: Expression(form="factored")))
    monkeypatch.setattr(type(problem), "key", lambda self: x**2 - 1)
    judgement = judge(problem, of(x**2 - 1))
    assert (judgement.state, judgement.credit) == ("partly right", Fraction(1, 2))
    assert "not factored" in judgement.says
    assert isinstance(Expression().compare(x, x).verdict, Equal)
