"""Lines: by equation or by parametrisation, and how another line lies to the right one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Eq, Integer, Matrix, sin
from sympy.abc import s, t, x, y, z

from autograder.answers import of
from autograder.answers.kinds import Fitted, Line
from autograder.equality import Different, Equal

XY = (x, y)
XYZ = (x, y, z)
KEYS = [Eq(x + 3 * y, 7), x + 3 * y - 7, (1 + 3 * t, 2 - t), (4 - 6 * s, 1 + 2 * s)]
FLAT = Line(("x", "y"))
SPACE = Line(("x", "y", "z"), through=(1, 2, 3))
SPACE_KEY = (1 + t, 2 + 2 * t, 3 - t)


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS, ids=str)
def test_a_line_is_right_in_every_spelling(key: Any, judged: Callable[..., Any]) -> None:
    for answer in [
        *KEYS, (7 - x) / 3, "y = (7-x)/3", "x+3y=7", "(1+3t, 2-t)", "<1,2> + t<3,-1>", "(1,2)+u(3,-1)",
        "r(t) = (1,2) + t(3,-1)", "x = 1+3t, y = 2-t", "(y-2)/(x-1) = -1/3", Matrix([1, 2]) + t * Matrix([3, -1]),
        {x: 1 + 3 * t, y: 2 - t}, (x, (7 - x) / 3), (7 - 3 * y, y), (1 + 3 * t**3, 2 - t**3), "y = 2.3333 - 0.3333x",
        "y = 0.3333(7-x)", "(x+3y-7)^2 = 0", [Eq(x + 3 * y, 7)], (1.0 + 3.0 * t, 2.0 - t),
    ]:  # fmt: skip
        assert judged(FLAT, key, answer).state == "right", answer


@pytest.mark.parametrize(
    "answer",
    [SPACE_KEY, (s, 2 * s, 4 - s), "(1,2,3)+s(1,2,-1)", [Eq(2 * x, y), Eq(x + z, 4)], "x=t, y=2t, z=4-t",
     "2x = y, x + z = 4", {x: t, y: 2 * t, z: 4 - t}, "(2,4,2) - 7t<1,2,-1>"],
    ids=str,
)  # fmt: skip
def test_a_line_in_space_may_be_parametrised_in_any_way(answer: object, judged: Callable[..., Any]) -> None:
    assert judged(SPACE, SPACE_KEY, answer, XYZ).state == "right"


@pytest.mark.parametrize(
    ("answer", "credit", "words"),
    [
        ("x+3y=5", Fraction(1, 2), "parallel to the right one"),
        ((3 * t, -t), Fraction(1, 2), "parallel to the right one"),
        ("y = x", 0, "crosses the right one"),
        ((1 + t, 2 + t), 0, "crosses the right one"),
        ((t, t**2), 0, "a curve, not a straight line"),
        ((1 + 3 * t**2, 2 - t**2), Fraction(1, 2), "not along all of it"),
        ((1 + 3 * sin(t), 2 - sin(t)), Fraction(1, 2), "not along all of it"),
        ("x^2 + y = 3", 0, "not linear in x and y"),
        ((1, 2), 0, "a single point. A line needs a parameter"),
        ((s + t, s), 0, "one parameter; s and t stand in yours"),
        ((1 + 0 * t, 2), 0, "a single point"),
        (Eq(x, x), 0, "always holds"),
        ("0 = 1", 0, "no direction"),
        ((t, t, t), 0, "no line that can be read"),
        (True, 0, "always holds"),
    ],
)
def test_another_line_is_told_how_it_lies(answer: object, credit: Any, words: str, judged: Callable[..., Any]) -> None:
    for key in KEYS[:3]:
        outcome = judged(FLAT, key, answer)
        assert outcome.state != "right"
        assert outcome.credit == credit
        assert words in outcome.says


@pytest.mark.parametrize(
    ("answer", "credit", "words"),
    [
        ((1 + t, 2 + t, 3), Fraction(1, 4), "passes through the right point (1, 2, 3), but in another direction"),
        ((t, 2 * t, 5 - t), Fraction(1, 2), "Right direction, but this line misses the point (1, 2, 3)"),
        ((t, t, t + 9), 0, "Another direction, and it misses the point"),
        ("x = 1", 0, "a plane, not a line"),
        ([Eq(x, 1)], 0, "a plane, not a line"),
        ([Eq(x, 1), Eq(y, 2), Eq(z, 3)], 0, "a single point"),
        ([Eq(x + y, 1), Eq(2 * x + 2 * y, 2)], 0, "no direction"),
    ],
)
def test_another_line_in_space_is_told_too(answer: object, credit: Any, words: str, judged: Callable[..., Any]) -> None:
    outcome = judged(SPACE, SPACE_KEY, answer, XYZ)
    assert outcome.credit == credit
    assert words in outcome.says


def test_without_a_point_crossing_is_told_from_skew(judged: Callable[..., Any]) -> None:
    line = Line(("x", "y", "z"))
    assert "crosses" in judged(line, SPACE_KEY, (2 + t, 4 + t, 2 + 5 * t), XYZ).says
    assert "never meets" in judged(line, SPACE_KEY, (t, t, t + 9), XYZ).says


def test_a_little_off_is_wrong(judged: Callable[..., Any]) -> None:
    for answer in ["y = 2.3345 - 0.3335x", (1 + 3 * t, 2 - 1.0005 * t), "x + 3.0015y = 7"]:
        assert judged(FLAT, KEYS[0], answer).state == "wrong", answer


def test_mistakes_are_looked_up_however_the_line_is_written() -> None:
    forms = set()
    for answer in KEYS:
        fitted = FLAT.take(of(answer), XY)
        assert isinstance(fitted, Fitted)
        forms |= {FLAT.in_one_form(answer), FLAT.in_one_form(fitted.value)}
    assert len(forms) == 1


def test_a_key_that_is_no_line_is_the_authors_error() -> None:
    for key in [Eq(y, x**2), (1, 2), (t, t**2)]:
        with pytest.raises(ValueError, match="not a line"):
            FLAT.compare(key, FLAT.take(of(Eq(x, y)), XY).value)


small = st.integers(-4, 4)
vectors = st.tuples(small, small, small)


@given(vectors, vectors.filter(any), vectors, vectors.filter(any))
@settings(deadline=None, max_examples=80)
def test_two_lines_are_the_same_exactly_when_direction_and_joining_vector_are_parallel(
    p: tuple, d: tuple, q: tuple, e: tuple
) -> None:
    line = Line(("x", "y", "z"))
    key = tuple(Integer(a) + b * t for a, b in zip(p, d, strict=True))
    fitted = line.take(of(tuple(Integer(a) + b * s for a, b in zip(q, e, strict=True))), XYZ)
    parallel = Matrix(d).cross(Matrix(e)).is_zero_matrix
    through = Matrix(d).cross(Matrix(q) - Matrix(p)).is_zero_matrix
    assert isinstance(fitted, Fitted)
    verdict = line.compare(key, fitted.value).verdict
    assert isinstance(verdict, Equal if parallel and through else Different)


@pytest.mark.parametrize(
    "text",
    ["x - 1 = 2t, y - 2 = 3t, z = t", "x(t) = 1+2t, y(t) = 2+3t, z(t) = t", "(x-1)/2 = (y-2)/3 = z",
     "r(t)=<1,2,0>+t<2,3,1>", "<x,y,z>=<1+2t,2+3t,t>", "x = 1+2t\ny = 2+3t\nz = t", "x=1+2t, y=2+3t, z=t, t in R",
     "L: (1,2,0) + s(2,3,1)", r"\frac{x-1}{2} = \frac{y-2}{3} = \frac{z}{1}", "z = t; y = 2 + 3t; x = 1 + 2t"],
)  # fmt: skip
def test_a_line_in_space_may_be_written_as_in_any_textbook(text: str, judged: Callable[..., Any]) -> None:
    assert judged(Line(("x", "y", "z")), (1 + 2 * t, 2 + 3 * t, t), text, XYZ).state == "right"
    assert judged(Line(("x", "y", "z")), (1 + 2 * t, 2 + 3 * t, 1 + t), text, XYZ).state == "wrong"


def test_a_line_may_be_given_coordinate_by_coordinate_as_text() -> None:
    line = Line(("x", "y", "z"))
    taken = line.take(of(["1 + 2t", "2 + 4t", "3 + 6t"]), ())
    assert isinstance(taken, Fitted)
    assert line.compare((1 + s, 2 + 2 * s, 3 + 3 * s), taken.value).credit == 1
