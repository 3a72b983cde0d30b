"""Planes: an equation up to a factor, and in which way another plane is another."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Eq, Integer, Rational, sqrt
from sympy.abc import t, x, y, z

from autograder.answers import of
from autograder.answers.kinds import Fitted, Plane
from autograder.answers.kinds.locus import Locus, linear_form
from autograder.equality import Different, Equal

XYZ = (x, y, z)
KEY = Eq(x + 2 * y + 3 * z, 14)
PLANE = Plane(("x", "y", "z"), through=(1, 2, 3))


@pytest.mark.parametrize(
    "answer",
    [KEY, Eq(-2 * x - 4 * y, 6 * z - 28), x + 2 * y + 3 * z - 14, (14 - x - 2 * y) / 3, "x+2y+3z=14",
     "z = 3 - (x-1)/3 - 2/3(y-2)", "(x-1)+2(y-2)+3(z-3)=0", "L(x,y) = 3 - (x-1)/3 - 2/3(y-2)", [KEY],
     (x + 2 * y + 3 * z - 14) ** 2, Eq((14 - x - 2 * y) / z, 3), "z = 4.6667 - 0.3333x - 0.6667y",
     Eq(sqrt(2) * (x + 2 * y + 3 * z), 14 * sqrt(2)), "1/14(x + 2y) + 3z/14 = 1",
     "z = 3 - 0.3333(x - 1) - 0.6667(y - 2)"],
    ids=str,
)  # fmt: skip
def test_the_plane_is_right_in_every_spelling(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(PLANE, KEY, answer, XYZ).state == "right"
    assert judged(PLANE, x + 2 * y + 3 * z - 14, answer, XYZ).state == "right"


def test_how_an_expression_was_read_is_said(judged: Callable[..., Any]) -> None:
    assert judged(PLANE, KEY, (14 - x - 2 * y) / 3, XYZ).notes[0].startswith("Read as z = ")
    assert judged(PLANE, KEY, x + 2 * y + 3 * z - 14, XYZ).notes == ("Read as x + 2·y + 3·z - 14 = 0.",)


def test_a_parallel_plane_earns_half(judged: Callable[..., Any]) -> None:
    outcome = judged(PLANE, KEY, "2x+4y+6z=1", XYZ)
    assert outcome.credit == Fraction(1, 2)
    assert outcome.says.startswith("This plane is parallel to the right one")
    assert outcome.comparison.witness == "The point (1/2, 0, 0) is on yours, but not on the right one."


def test_a_tilted_plane_through_the_point_earns_a_quarter(judged: Callable[..., Any]) -> None:
    outcome = judged(PLANE, KEY, "x+y+z=6", XYZ)
    assert (outcome.credit, "right point (1, 2, 3), but it is tilted" in outcome.says) == (Fraction(1, 4), True)
    elsewhere = judged(PLANE, KEY, "x+y+z=7", XYZ)
    assert (elsewhere.credit, "does not pass through the point" in elsewhere.says) == (0, True)
    assert judged(Plane(), KEY, "x+y+z=6", XYZ).says == "This plane crosses the right one."


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Eq(z, x**2 + y), "not linear in x, y and z. Did a slope stay a formula"),
        (Eq(z, 3 + 2 * x * (x - 1)), "not a plane"),
        ("0 = 1", "never holds"),
        (Eq(x, x), "always holds"),
        ("x - x = 0", "always holds"),
        ((1, 2, 3), "a tuple of 3"),
        (np.array([1, 2, 3, -14]), "a numpy array of 4"),
        (Eq(t, x), "t is not part of this problem"),
        ("x + 2y + w = 3", "not known here"),
        (None, "None"),
    ],
)
def test_what_is_no_plane_is_told_why(answer: object, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(PLANE, KEY, answer, XYZ)
    assert outcome.credit == 0
    assert words in outcome.says


@pytest.mark.parametrize(
    "answer", ["z=2.001x+3.0015y-1.0005", "1.0z=2.001x+3.0015y-1.0005", "z = 1.0005(2x+3y-1)", "z=2x+3y-1.0005"]
)
def test_a_little_off_is_wrong(answer: str, judged: Callable[..., Any]) -> None:
    assert judged(Plane(), Eq(z, 2 * x + 3 * y - 1), answer, XYZ).state == "wrong"


def test_rounded_coefficients_are_right_to_the_digits_asked(judged: Callable[..., Any]) -> None:
    key = Eq(z, sqrt(2) * x + y / 3)
    assert judged(Plane(), key, "z = 1.414x + 0.3333y", XYZ).state == "right"
    assert judged(Plane(), key, "z = 1.41x + 0.3333y", XYZ).state == "wrong"


def test_a_key_that_is_no_plane_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="not a plane"):
        Plane().compare(Eq(z, x**2), Locus(z))


def test_mistakes_are_looked_up_whatever_the_factor() -> None:
    forms = {PLANE.in_one_form(each) for each in (KEY, Eq(2 * x + 4 * y + 6 * z, 28), Locus(14 - x - 2 * y - 3 * z))}
    assert forms == {of((1, 2, 3, -14))}


small = st.integers(-5, 5)


@pytest.mark.slow
@given(st.tuples(small, small, small, small), st.tuples(small, small, small, small), st.integers(1, 4))
@settings(deadline=None, max_examples=100)
def test_two_planes_are_the_same_exactly_when_their_rows_are_proportional(one: tuple, other: tuple, n: int) -> None:
    if not any(one[:3]) or not any(other[:3]):
        return
    row = [Integer(a) for a in one]
    key = Eq(row[0] * x + row[1] * y + row[2] * z, row[3], evaluate=False)
    for coefficients in (other, [-n * a for a in one]):
        a, b, c, d = map(Integer, coefficients)
        proportional = all(row[i] * coefficients[j] == row[j] * coefficients[i] for i in range(4) for j in range(i))
        fitted = Plane().take(of(a * x + b * y + c * z - d), XYZ)
        assert isinstance(fitted, Fitted)
        if c == 0:  # without z the same expression is read as z = ...
            fitted = Fitted(Locus(a * x + b * y - d))
        verdict = Plane().compare(key, fitted.value).verdict
        assert isinstance(verdict, Equal if proportional else Different)


def test_the_linear_form_clears_fractions() -> None:
    form = linear_form(Locus((x - 1) / (z + 1) - Rational(1, 2)), ("x", "y", "z"))
    assert form is not None
    assert form.all == (2, 0, -1, -3)
