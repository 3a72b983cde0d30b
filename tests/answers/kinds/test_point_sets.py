"""Sets of points, and points with a class each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import FiniteSet, Matrix, Rational, Symbol, pi, sqrt
from sympy.abc import t, x, y

from autograder.answers import of
from autograder.answers.kinds import ClassedPoints, PointSet

POINTS = PointSet(("x", "y"))
KEY = [(0, 0), (1, 1), (1, -1)]
CLASSED = ClassedPoints(("x", "y"), ("minimum", "maximum", "saddle point"))
CLASSES = {(0, 0): "saddle", (1, 1): "minimum"}


@pytest.mark.parametrize(
    "answer",
    [KEY, KEY[::-1], tuple(KEY), set(KEY), FiniteSet(*KEY), np.array(KEY), np.array(KEY, dtype=float), Matrix(KEY),
     "(0,0), (1,1), (1,-1)", "{(1,-1), (0,0), (1,1)}", "[(0,0), (1,1), (1,-1)]", [Matrix(p) for p in KEY],
     [{x: a, y: b} for a, b in KEY], [{"x": a, "y": b} for a, b in KEY], ["(0,0)", "(1,1)", "(1,-1)"],
     [(0, 0), (1, 1), (sqrt(4) / 2, -1)]],
)  # fmt: skip
def test_all_points_are_right_in_any_order_and_spelling(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(POINTS, KEY, answer).state == "right"


def test_points_may_be_given_by_equations_one_after_the_other(judged: Callable[..., Any]) -> None:
    for text in ["x=0, y=0; x=1, y=1; x=1, y=-1", "x = 0, y = 0 and x = 1, y = 1 and x = 1, y = -1"]:
        assert judged(POINTS, KEY, text).state == "right", text
    assert judged(POINTS, [(2, 2)], "x = y = 2").state == "right"
    assert judged(POINTS, KEY, "O(0,0), P(1,1) and Q(1,-1)").state == "right"
    assert judged(POINTS, KEY, "(0, 0)\n(1, 1)\n(1, -1)").state == "right"
    assert judged(POINTS, KEY, "x = 0, x = 1, y = 1, y = 0").state == "misfit"


def test_points_may_be_given_with_both_signs(judged: Callable[..., Any]) -> None:
    key = [(0, 0), (1, 0), (-1, 0)]
    for text in ["(0,0), (±1,0)", "(±1, 0) and (0, 0)", r"\left(\pm 1, 0\right), (0, 0)", "{(+-1, 0), (0, 0)}"]:
        assert judged(POINTS, key, text).state == "right", text
    assert judged(PointSet(("x",)), [(sqrt(2),), (-sqrt(2),)], "x = ±√2").state == "right"
    assert judged(POINTS, key, "(±1, ±1)").state == "misfit"


def test_that_there_is_none_may_be_said_in_words(judged: Callable[..., Any]) -> None:
    for text in ["none", "No critical points.", "there are none", "empty set", r"\emptyset", r"\{\}", "{ }"]:
        assert judged(POINTS, [], text).state == "right", text
        assert judged(POINTS, KEY, text).state == "wrong", text


@pytest.mark.parametrize(
    ("answer", "credit", "says"),
    [
        ([(1, 1), (0, 0)], Fraction(2, 3), "You found 2 of 3 points."),
        ((1, 1), Fraction(1, 3), "You found 1 of 3 points."),
        ({x: 1, y: 1}, Fraction(1, 3), "You found 1 of 3 points."),
        ("x = 1, y = 1", Fraction(1, 3), "You found 1 of 3 points."),
        ([*KEY, (2, 2)], Fraction(2, 3), "You found 3 of 3 points. (2, 2) does not belong to them."),
        ([(0, 0), (2, 2), (3, 3)], 0, "You found 1 of 3 points. (2, 2) and (3, 3) do not belong to them."),
        ([], 0, "You say that there is none; there is at least one."),
        ("none", 0, "You say that there is none; there is at least one."),
    ],
)
def test_points_found_count_and_extra_ones_count_against(
    answer: object, credit: Any, says: str, judged: Callable[..., Any]
) -> None:
    outcome = judged(POINTS, KEY, answer)
    assert (outcome.state, outcome.credit, outcome.says) == ("wrong", credit, says)


def test_a_point_given_twice_counts_once_with_a_note(judged: Callable[..., Any]) -> None:
    outcome = judged(POINTS, KEY, [*KEY, (1, 1), (1, Rational(2, 2))])
    assert (outcome.state, outcome.notes) == ("right", ("Given more than once, counted once: (1, 1).",))


def test_a_single_point_is_read_as_a_list_of_one(judged: Callable[..., Any]) -> None:
    assert judged(POINTS, [(1, 2)], (1, 2)).notes == ("Read as a single point.",)


def test_there_may_be_no_point_at_all(judged: Callable[..., Any]) -> None:
    for answer in ([], (), set(), "none", "No points.", "{}"):
        assert judged(POINTS, [], answer).state == "right"
    assert judged(POINTS, [], [(1, 2)]).says == "There is no such point. (1, 2) does not belong to them."


def test_decimals_are_right_to_the_digits_asked(judged: Callable[..., Any]) -> None:
    key = [(sqrt(2), 0), (-sqrt(2), 0)]
    assert judged(POINTS, key, [(1.414, 0), (-1.414, 0)]).state == "right"
    assert judged(POINTS, key, [(1.414, 0), (-1.415, 0)]).credit == 0


def test_numbers_are_points_of_a_line(judged: Callable[..., Any]) -> None:
    for answer in ({1, -1}, [-1, 1], "x = 1 or x = -1", "{1, -1}", [{x: 1}, {x: -1}]):
        assert judged(PointSet(("x",)), [1, -1], answer, (x,)).state == "right", answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([(1, 2, 3)], "In point 1: Your point has 3 coordinates"),
        (5, "a list of points is wanted"),
        ([(t, 1)], "t is not part of this problem"),
        ([(i, i) for i in range(60)], "60 points"),
        ([(0, 0), None], "In point 2"),
    ],
)
def test_what_is_no_list_of_points_is_told_why(answer: object, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(POINTS, KEY, answer)
    assert outcome.state == "misfit"
    assert words in outcome.says


@pytest.mark.parametrize(
    "answer",
    [CLASSES, {(0, 0): "Saddle Point", (1, 1): "local min"}, {"saddle": [(0, 0)], "min": [(1, 1)]},
     {"saddles": (0, 0), "minima": {(1, 1)}}, [((0, 0), "saddle"), ((1, 1), "relative minimum")],
     [("saddle", (0, 0)), ("min", (1, 1))], [(0, 0, "saddle"), (1, 1, "min.")],
     {(0, 0): Symbol("saddle"), (1, 1): "MIN"},
     {"(0, 0)": "saddle", "(1, 1)": "minimum"}, "(0,0): saddle; (1,1): minimum",
     "(0,0) is a saddle point and (1,1) is a local minimum", "saddle at (0,0), min at (1,1)",
     "{(0,0): 'saddle', (1,1): 'min'}", [{(0, 0): "saddle"}, {(1, 1): "min"}],
     "(0, sqrt(0)) -> saddle\n(1, 2/2) -> min",
     {Matrix([0, 0]).as_immutable(): "saddle", (1, 1): "min"}],
)  # fmt: skip
def test_classes_are_right_in_every_spelling(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(CLASSED, CLASSES, answer).state == "right"
    assert judged(CLASSED, [((0, 0), "saddle"), ((1, 1), "min")], answer).state == "right"


@pytest.mark.parametrize(
    ("answer", "credit", "says"),
    [
        ({(0, 0): "saddle", (1, 1): "max"}, Fraction(3, 4), "Look again at the class of (1, 1)."),
        ({(0, 0): "saddle"}, Fraction(1, 2), "You found 1 of 2 points."),
        ({**CLASSES, (2, 2): "max"}, Fraction(1, 2), "(2, 2) does not belong to them."),
        ({(5, 5): "min"}, 0, "You found 0 of 2 points."),
        ([((0, 0), "saddle"), ((0, 0), "min"), ((1, 1), "min")], Fraction(1, 2), "Two classes are given for (0, 0)."),
    ],
)
def test_the_point_and_its_class_earn_half_each(
    answer: object, credit: Any, says: str, judged: Callable[..., Any]
) -> None:
    outcome = judged(CLASSED, CLASSES, answer)
    assert (outcome.state, outcome.credit) == ("wrong", credit)
    assert says in outcome.says


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({(0, 0): "hill"}, "“hill” is not one of the classes here: minimum, maximum or saddle point."),
        ("(0,0): hill", "“hill” is not one of the classes here"),
        ({(0, 0): 1}, "Give each point its class"),
        ([(0, 0), (1, 1)], "Give each point its class"),
        ("minimum", "Write each point and its class"),
        ("(0,0) and (1,1)", "Write each point and its class"),
        ({}, "points, each with its class"),
        (5, "points, each with its class"),
        ({(0, 0, 0): "min"}, "has 3 coordinates"),
        ({"(0, ": "min"}, ""),
    ],
)
def test_what_has_no_classes_is_told_why(answer: object, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(CLASSED, CLASSES, answer)
    assert outcome.state == "misfit"
    assert words in outcome.says


def test_a_class_of_the_key_that_there_is_not_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="other than minimum"):
        CLASSED.compare({(0, 0): "hill"}, (((0, 0), "minimum"),))


def test_a_point_of_the_key_that_is_none_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="The key holds"):
        POINTS.compare([(1, 2, 3)], ())


def test_mistakes_are_looked_up_in_any_order() -> None:
    assert POINTS.in_one_form(KEY) == POINTS.in_one_form(tuple(reversed(KEY)))
    assert CLASSED.in_one_form(CLASSES) == CLASSED.in_one_form([((1, 1), "min"), ((0, 0), "saddle point")])
    assert POINTS.in_one_form(pi) == of(pi)
