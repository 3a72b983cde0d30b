"""Points, directions, unit directions and normals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Matrix, Rational, cos, exp, sin, sqrt
from sympy.abc import t, x, y, z

from autograder.answers.kinds import Direction, Normal, Point, UnitDirection, Vector
from autograder.equality import Different, Equal

PLANE = ("x", "y")
SPACE = ("x", "y", "z")
HALF = Fraction(1, 2)

SPELLINGS = [
    (3, 4), [3, 4], Matrix([3, 4]), Matrix([[3, 4]]), np.array([3, 4]), np.array([[3.0], [4.0]]), {x: 3, y: 4},
    {"y": 4, "x": 3}, "(3, 4)", "<3, 4>", "[3, 4]", "3i + 4j", "x = 3, y = 4", ("3", "8/2"), sympy.Point(3, 4),
    (Rational(6, 2), sqrt(16)),
]  # fmt: skip


@pytest.mark.parametrize("kind", [Vector(PLANE), Point(PLANE), Direction(PLANE), Normal(PLANE)], ids=str)
def test_a_vector_is_right_in_every_spelling(kind: Vector, judged: Callable[..., Any]) -> None:
    for spelling in SPELLINGS:
        assert judged(kind, (3, 4), spelling).state == "right", spelling


@pytest.mark.parametrize("kind", [Vector(PLANE), Point(PLANE), Direction(PLANE), UnitDirection(PLANE), Normal(PLANE)])
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (5, "single value"),
        ((1, 2, 3), "has 3 co"),
        ((t, 1), "t is not part of this problem"),
        ({3, 4}, "A set has no order"),
        ({x: 1}, "Give each of x and y one value"),
        ((sympy.oo, 1), "not finite"),
        ("(3, ", ""),
        (True, "True or False"),
        ([[1, 2], [3, 4]], "one number or expression"),
        (lambda: 1, "the function"),
    ],
)
def test_what_is_no_such_vector_is_told_why(
    kind: Vector, answer: object, words: str, judged: Callable[..., Any]
) -> None:
    outcome = judged(kind, (3, 4), answer)
    assert outcome.state == "misfit"
    assert words in outcome.says


def test_a_point_speaks_of_coordinates(judged: Callable[..., Any]) -> None:
    assert judged(Point(PLANE), (3, 4), (3, 5)).says == "The x-coordinate is right; look again at the y-coordinate."
    assert "a point with 2 coordinates" in judged(Point(PLANE), (3, 4), 7).says


def test_letters_left_in_a_vector_of_numbers_are_named(judged: Callable[..., Any]) -> None:
    assert "x and y still stand" in judged(Vector(PLANE, numbers=True), (3, 4), (x, y)).says


@pytest.mark.parametrize("answer", [(6, 8), (0.3, 0.4), (Rational(3, 5), Rational(4, 5)), (3 * sqrt(2), 4 * sqrt(2))])
def test_a_direction_may_have_any_length(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(Direction(PLANE), (3, 4), answer).state == "right"
    assert judged(Direction(PLANE), (Rational(3, 5), Rational(4, 5)), answer).state == "right"


def test_a_direction_with_rounded_decimals_is_right_to_the_digits_asked(judged: Callable[..., Any]) -> None:
    assert judged(Direction(PLANE), (1, 3), (0.3162, 0.9487)).state == "right"
    assert judged(Direction(PLANE), (1, 3), (0.3162 * 1.0005, 0.9487)).state == "wrong"
    assert judged(Direction(PLANE), (1, 1), (1, 1.0005)).state == "wrong"


@pytest.mark.parametrize("kind", [Direction(PLANE), UnitDirection(PLANE)])
def test_the_opposite_and_the_zero_vector_are_said_in_words(kind: Direction, judged: Callable[..., Any]) -> None:
    opposite = judged(kind, (3, 4), (-6, -8))
    assert (opposite.credit, opposite.says) == (0, "This points exactly the opposite way: every sign is reversed.")
    assert judged(kind, (3, 4), (0, 0)).says == "The zero vector has no direction."
    assert "right angles" in judged(kind, (3, 4), (4, -3)).says
    assert judged(kind, (3, 4), (3, 5)).state == "wrong"


def test_directions_at_every_point_need_a_factor_that_keeps_its_sign(judged: Callable[..., Any]) -> None:
    key = (2 * x, 6 * y)
    assert judged(Direction(PLANE), key, (x * exp(x), 3 * y * exp(x))).state == "right"
    assert "at others it does not" in judged(Direction(PLANE), key, (x * y, 3 * y**2)).says
    assert judged(Direction(PLANE), key, (x * y, 3 * y**2), domain={"y": "positive"}).state == "right"
    assert judged(Direction(PLANE), key, (x, y)).state == "wrong"


def test_a_unit_vector_of_another_length_earns_half_and_hears_its_length(judged: Callable[..., Any]) -> None:
    outcome = judged(UnitDirection(PLANE), (3, 4), (3, 4))
    assert (outcome.credit, outcome.says) == (
        HALF,
        "Right direction, but its length is 5, not 1. Divide by the length.",
    )
    assert "length is sqrt(5), not 1" in judged(UnitDirection(PLANE), (1, 2), (1, 2)).says
    assert judged(UnitDirection(PLANE, wrong_length=Fraction(1, 4)), (3, 4), (3, 4)).credit == Fraction(1, 4)


def test_a_unit_vector_is_right_exactly_or_rounded(judged: Callable[..., Any]) -> None:
    for answer in [(1 / sqrt(5), 2 / sqrt(5)), (sqrt(5) / 5, sqrt(20) / 5), (0.4472, 0.8944), "(1/√5, 2/√5)"]:
        assert judged(UnitDirection(PLANE), (1, 2), answer).state == "right", answer
    rough = judged(UnitDirection(PLANE), (1, 2), (0.447, 0.894))
    assert rough.credit == HALF
    assert "right to 3 significant digits" in rough.says


def test_a_normal_may_be_scaled_and_turned_and_is_told_so(judged: Callable[..., Any]) -> None:
    key = (2, 4, 6)
    assert judged(Normal(SPACE), key, (2, 4, 6), (x, y, z)).notes == ()
    assert judged(Normal(SPACE), key, (1, 2, 3), (x, y, z)).notes == ("A normal may be scaled: this is right.",)
    assert "turned round" in judged(Normal(SPACE), key, (-1, -2, -3), (x, y, z)).notes[0]


def test_a_normal_that_is_none_is_told_why(judged: Callable[..., Any]) -> None:
    assert "along the surface" in judged(Normal(SPACE), (2, 4, 6), (3, 0, -1), (x, y, z)).says
    assert "zero vector" in judged(Normal(SPACE), (2, 4, 6), (0, 0, 0), (x, y, z)).says
    assert judged(Normal(SPACE), (2, 4, 6), (1, 2, 4), (x, y, z)).state == "wrong"


def test_zero_is_recognised_behind_a_disguise(judged: Callable[..., Any]) -> None:
    hidden = sin(1) ** 2 + cos(1) ** 2 - 1
    assert judged(Direction(PLANE), (1, 0), (2, hidden)).state == "right"
    assert "zero vector" in judged(Direction(PLANE), (1, 0), (hidden, 0)).says


def test_a_key_without_direction_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="zero vector"):
        Direction(PLANE).compare((0, 0), (Integer(1), Integer(2)))


small = st.integers(-6, 6)


@pytest.mark.slow
@given(st.tuples(small, small, small).filter(any), st.integers(-5, 5), st.tuples(small, small, small))
@settings(deadline=None, max_examples=150)
def test_a_normal_is_right_exactly_when_the_cross_product_is_zero(key: tuple, factor: int, other: tuple) -> None:
    exact = [tuple(map(Integer, vector)) for vector in (key, [factor * k for k in key], other)]
    for value in exact[1:]:
        parallel = Matrix(exact[0]).cross(Matrix(value)).is_zero_matrix and any(value)
        verdict = Normal(SPACE).compare(exact[0], value).verdict
        assert isinstance(verdict, Equal if parallel else Different)
        along = parallel and Matrix(exact[0]).dot(Matrix(value)) > 0
        assert isinstance(Direction(SPACE).compare(exact[0], value).verdict, Equal if along else Different)
