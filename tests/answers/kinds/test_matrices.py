"""Matrices as answers, and potentials up to a constant."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Float, Rational, sqrt, symbols
from sympy import Matrix as SympyMatrix

from autograder.answers.kinds import Matrix, UpToConstant
from autograder.answers.kinds.up_to_constant import NOT_CONSERVATIVE

x, y = symbols("x y")
KEY = SympyMatrix([[2, x], [x, 6]])
TWO = Matrix(("x", "y"), ("x", "y"), symmetric=True)
WIDE = Matrix(("F1", "F2"), ("x", "y", "z"), numbers=True)
NUMBERS = SympyMatrix([[1, 2, 3], [4, 5, 6]])


@pytest.mark.parametrize(
    "answer",
    [
        KEY,
        [[2, x], [x, 6]],
        ((2, x), (x, 6)),
        [SympyMatrix([[2, x]]), SympyMatrix([[x, 6]])],
        "[[2, x], [x, 6]]",
        "[2, x; x, 6]",
        "Matrix([[2, x], [x, 6]])",
        r"\begin{pmatrix}2 & x\\ x & 6\end{pmatrix}",
        [["2", "x"], ["x", "6"]],
        np.array([[2, x], [x, 6]], dtype=object),
    ],
)
def test_a_matrix_is_right_however_it_is_written(judged: Callable[..., Any], answer: Any) -> None:
    assert judged(TWO, KEY, answer).state == "right"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (5, "a single value"),
        ([1, 2, 3, 4], "a list of 4 values"),
        ([[1, 2], [3]], "different lengths"),
        ([[1, 2], 3], "single values"),
        ([[1, 2, 3], [4, 5, 6]], "2 rows and 3 columns"),
        ({(1, 2)}, "no order"),
        ([[1, 2], [3, "?"]], "?"),
        ([[1, 2], [3, symbols("q")]], "q is not part"),
        ([[1, 2], [3, float("inf")]], "not finite"),
    ],
)
def test_what_is_no_such_matrix_is_told_so(judged: Callable[..., Any], answer: Any, says: str) -> None:
    found = judged(TWO, KEY, answer)
    assert found.state == "misfit"
    assert says in found.says


def test_each_right_entry_earns_its_share(judged: Callable[..., Any]) -> None:
    found = judged(WIDE, NUMBERS, [[1, 2, 3], [4, 9, 6]], ())
    assert found.credit == Fraction(5, 6)
    assert found.says == "Look again at row 2, column 2; the other entries are right."


def test_a_zero_matrix_earns_nothing(judged: Callable[..., Any]) -> None:
    assert judged(TWO, SympyMatrix([[0, 1], [1, 0]]), [[0, 0], [0, 0]]).credit == 0


def test_a_transposed_shape_is_taken_and_told(judged: Callable[..., Any]) -> None:
    found = judged(WIDE, NUMBERS, NUMBERS.T, ())
    assert (found.state, found.credit) == ("wrong", 0)
    assert "3 rows and 2 columns" in found.says
    assert "a row for each of F1 and F2" in found.says


def test_a_matrix_that_should_be_symmetric_and_is_not_is_told(judged: Callable[..., Any]) -> None:
    assert "should be symmetric" in judged(TWO, KEY, [[2, x], [y, 6]]).says


def test_decimals_are_right_to_four_digits(judged: Callable[..., Any]) -> None:
    key = SympyMatrix([[sqrt(2), 1, 0], [Rational(1, 3), 2, 5]])
    assert judged(WIDE, key, [[1.414, 1, 0], [0.3333, 2, 5]], ()).state == "right"
    rough = judged(WIDE, key, [[1.41, 1, 0], [0.3333, 2, 5]], ())
    assert rough.credit == Fraction(11, 12)
    assert "In row 1, column 1" in rough.says


def test_letters_where_numbers_are_wanted_are_told(judged: Callable[..., Any]) -> None:
    assert "still stands" in judged(WIDE, NUMBERS, [[x, 2, 3], [4, 5, 6]], (x,)).says


@pytest.mark.parametrize("answer", [[1, 2, 3], (1, 2, 3), SympyMatrix([[1, 2, 3]]), [[1, 2, 3]], "[1, 2, 3]"])
def test_a_single_row_may_be_a_plain_list(judged: Callable[..., Any], answer: Any) -> None:
    row = Matrix(("F1",), ("x", "y", "z"))
    assert judged(row, SympyMatrix([[1, 2, 3]]), answer, ()).state == "right"
    assert judged(row, SympyMatrix([[1, 2, 3]]), SympyMatrix([1, 2, 3]), ()).state == "wrong"


POTENTIAL = UpToConstant(("x", "y"))


@pytest.mark.parametrize(
    "answer", [x**2 * y, x**2 * y + 5, "x^2 y + C", x**2 * y - Float("2.5"), "x^2*y + k", [x**2 * y]]
)
def test_a_potential_may_have_any_constant(judged: Callable[..., Any], answer: Any) -> None:
    assert judged(POTENTIAL, x**2 * y, answer).state == "right"


@pytest.mark.parametrize(
    "answer", ["not conservative", "Not conservative!", "non-conservative", "none", "No potential."]
)
def test_words_say_that_there_is_none(judged: Callable[..., Any], answer: str) -> None:
    assert judged(POTENTIAL, NOT_CONSERVATIVE, answer).state == "right"
    assert judged(POTENTIAL, x * y, answer).credit == 0


def test_an_expression_where_there_is_no_potential_is_wrong(judged: Callable[..., Any]) -> None:
    found = judged(POTENTIAL, NOT_CONSERVATIVE, x * y)
    assert (found.state, found.credit) == ("wrong", 0)
    assert "no function" in found.says


def test_a_constant_earns_nothing_for_the_zeros_of_its_slopes(judged: Callable[..., Any]) -> None:
    assert judged(POTENTIAL, x**2, 7).credit == 0
    assert judged(POTENTIAL, x**2 + y, x**2).credit == Fraction(1, 4)


def test_other_words_and_other_things_are_told(judged: Callable[..., Any]) -> None:
    assert judged(POTENTIAL, x * y, "perhaps").state == "misfit"
    assert "not conservative" in judged(POTENTIAL, x * y, (x, y)).says
