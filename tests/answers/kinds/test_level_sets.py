"""Level sets: the same points in any equation, and a point that shows a difference."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Abs, Eq, Expr, Integer, Rational, cos, elliptic_k, exp, log, sin, sqrt
from sympy.abc import x, y, z

from autograder.answers import of
from autograder.answers.kinds import LevelSet
from autograder.answers.kinds.locus import Locus
from autograder.equality import Different, Equal, Undecided, decide

CURVE = LevelSet(("x", "y"))
SURFACE = LevelSet(("x", "y", "z"))
CIRCLE = Eq(x**2 + y**2, 25)

SAME: list[tuple[Any, list[Any]]] = [
    (CIRCLE, ["x^2+y^2=25", "sqrt(x^2+y^2)=5", "2x^2+2y^2=50", "(x^2+y^2-25)^2=0", "(x^2+y^2-25)(x^2+1)=0",
              "1/(x^2+y^2)=1/25", "log(x^2+y^2)=log(25)", "x^2+y^2=25.0", "e^(x^2+y^2)=e^25", "y^2=25-x^2",
              "x^4+2x^2y^2+y^4=625", "x^2/25 + y^2/25 = 1", "sqrt(25-y^2) = |x|", "x^2+y^2-25", CIRCLE]),
    (Eq(x * y, 1), ["y=1/x", 1 / x, "x=1/y", "xy-1", "2xy=2", "1/(xy)=1", "x^2 y^2 + 1 = 2xy"]),
    (Eq(x * exp(y), 2), ["y=log(2/x)", "ln(x)+y=ln 2", "x=2e^(-y)", "xe^y-2"]),
    (Eq(y, -sin(x)), ["y=-sin(x+2pi)", "(y+sin x)^2=0", "(y+sin x)(y^2+1)=0", "e^(y+sin x)=1"]),
    (Eq(y, sqrt(2) * x**2), ["y=1.414x^2", "y=sqrt(2)*x^2", "y/x^2=sqrt(2)"]),
    (Eq(Abs(x) + Abs(y), 1), ["|x|=1-|y|", "2|x|+|2y|=2"]),
]  # fmt: skip
OTHER: list[tuple[Any, list[Any]]] = [
    (CIRCLE, ["x^2+y^2=5", "x^2+y^2=25.001", "y=sqrt(25-x^2)", "(x^2+y^2-25)(x-y)=0", "|x|+|y|=5", "x+y=1",
              "x^2-y^2=25", "(x-3)^2+(y-4)^2=0", "x^2+y^2=-1", "(x^2+y^2-25)(x^2+y^2)=0", "y=7"]),
    (Eq(x * y, 1), ["log(x)+log(y)=0", "|xy|=1", "xy=2", "x^2 y=x", "xy=1.0005"]),
    (Eq(x * exp(y), 2), ["x^2 e^(2y)=4", "xe^y=2.0001", "xe^(-y)=2"]),
    (Eq(y, -sin(x)), ["y=sin x", "y + sin x = 0.0001", "y^2 = sin(x)^2"]),
    (Eq(y, sqrt(2) * x**2), ["y^2=2x^4", "y=1.4147x^2"]),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("key", "answers"), SAME, ids=lambda value: str(value)[:30])
def test_the_same_points_are_right_in_any_equation(key: Any, answers: list[Any], judged: Callable[..., Any]) -> None:
    for answer in answers:
        assert judged(CURVE, key, answer).state == "right", answer


@pytest.mark.parametrize(("key", "answers"), OTHER, ids=lambda value: str(value)[:30])
def test_other_points_are_wrong_with_a_witness(key: Any, answers: list[Any], judged: Callable[..., Any]) -> None:
    for answer in answers:
        outcome = judged(CURVE, key, answer)
        assert outcome.state == "wrong", answer
        assert outcome.comparison.witness.startswith("The point ("), answer
        assert outcome.says


def test_spheres(judged: Callable[..., Any]) -> None:
    key = Eq(x**2 + y**2 + z**2, 14)
    for answer in ["z^2=14-x^2-y^2", "sqrt(x^2+y^2+z^2)=sqrt(14)", "x^2+y^2+z^2-14", "2x^2+2y^2+2z^2=28"]:
        assert judged(SURFACE, key, answer, (x, y, z)).state == "right", answer
    for answer in ["z=sqrt(14-x^2-y^2)", "x+2y+3z=14", "x^2+y^2=14"]:
        assert judged(SURFACE, key, answer, (x, y, z)).state == "wrong", answer


def test_how_it_is_known_is_said_honestly(judged: Callable[..., Any]) -> None:
    proved = judged(CURVE, CIRCLE, "(x^2+y^2-25)(x^2+1)=0").comparison.verdict
    sampled = judged(CURVE, CIRCLE, "sqrt(x^2+y^2)=5").comparison.verdict
    assert proved.by.is_proof
    assert not sampled.by.is_proof
    assert "not a proof" in sampled.by


def test_another_level_of_the_right_function_earns_half(judged: Callable[..., Any]) -> None:
    for answer in ["x^2+y^2=5", "50 = 2x^2 + 2y^2 + 7", "x^2+y^2"]:
        outcome = judged(CURVE, CIRCLE, answer)
        assert outcome.credit == Fraction(1, 2)
        assert "another level" in outcome.says
    assert judged(CURVE, CIRCLE, "x^2-y^2=25").credit == 0


def test_which_way_the_sets_differ_is_said(judged: Callable[..., Any]) -> None:
    assert "leaves out points" in judged(CURVE, CIRCLE, "y=sqrt(25-x^2)").says
    assert "do not belong" in judged(CURVE, CIRCLE, "(x^2+y^2-25)(x-y)=0").says


def test_a_domain_narrows_what_is_compared(judged: Callable[..., Any]) -> None:
    positive = {"x": "positive", "y": "positive"}
    assert judged(CURVE, Eq(x * y, 1), "log(x)+log(y)=0", domain=positive).state == "right"
    assert judged(CURVE, Eq(x * y, 1), "|xy|=1", domain=positive).state == "right"
    assert judged(CURVE, Eq(x * y, 1), "xy=2", domain=positive).state == "wrong"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("x^2+z^2=25", "not known here"),
        ((1, 2), "a tuple of 2"),
        ("1 = 2", "x or y should stand"),
        (Eq(x, x), "always"),
    ],
)
def test_what_is_no_equation_in_the_letters_is_told_why(answer: object, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(CURVE, CIRCLE, answer)
    assert outcome.credit == 0
    assert words in outcome.says


def test_two_branches_make_one_set(judged: Callable[..., Any]) -> None:
    for text in ["y = x or y = -x", "y = ±x", "x = ±y"]:
        assert judged(CURVE, Eq(x**2, y**2), text).state == "right", text
        assert judged(CURVE, Eq(x, y), text).state == "wrong", text
    assert judged(CURVE, CIRCLE, "y = ±sqrt(25 - x^2)").state == "right"
    assert judged(CURVE, CIRCLE, "y = sqrt(25 - x^2)").state == "wrong"
    assert judged(CURVE, CIRCLE, "{1, 2}").state == "misfit"


def test_what_cannot_be_judged_is_undecided() -> None:
    verdict = CURVE.compare(Locus(y - elliptic_k(x)), Locus(y**3 - elliptic_k(x) ** 3)).verdict
    assert isinstance(verdict, Undecided)
    assert isinstance(CURVE.compare(Eq(exp(x * y), -1), Locus(exp(x * y) + 2)).verdict, Undecided)


def test_mistakes_are_looked_up_without_factors_and_powers() -> None:
    forms = {CURVE.in_one_form(each) for each in (CIRCLE, Locus(50 - 2 * x**2 - 2 * y**2), (x**2 + y**2 - 25) ** 2)}
    assert len(forms) == 1
    one, three = (CURVE.in_one_form(Locus(n * (x * exp(y) - 2))).expression for n in (1, 3))
    assert isinstance(decide(one, three), Equal)
    assert CURVE.in_one_form("nothing") == of("nothing")


pieces = st.sampled_from([x, y, x - y, x + 2 * y - 1, x**2 + y**2 - 4, x * y - 1, y - x**2, y - x**3 + x])
always = st.sampled_from([Integer(3), x**2 + 1, x**2 + x * y + y**2 + 1, exp(x), Rational(-1, 2), 2 + sin(x) * cos(y)])


@pytest.mark.slow
@given(pieces, pieces, always)
@settings(deadline=None, max_examples=60)
def test_a_factor_that_is_never_zero_changes_nothing_and_another_curve_does(one: Expr, other: Expr, free: Expr) -> None:
    key = one * other
    assert isinstance(CURVE.compare(Locus(key), Locus((key * free).expand())).verdict, Equal | Undecided)
    assert isinstance(CURVE.compare(Locus(key), Locus(free * key)).verdict, Equal)
    third = x - 3 * y + 7
    assert isinstance(CURVE.compare(Locus(key), Locus(key * third)).verdict, Different)
    assert isinstance(CURVE.compare(Locus(key * third), Locus(key * free)).verdict, Different)
    if one != other:
        assert isinstance(CURVE.compare(Locus(key), Locus(one)).verdict, Different)


def test_logarithms_of_both_sides_keep_the_branch(judged: Callable[..., Any]) -> None:
    assert isinstance(CURVE.compare(Eq(log(x * y), 0), Locus(log(x) + log(y))).verdict, Different)
