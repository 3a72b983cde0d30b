"""Every kind of answer crosses the wire exactly."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Float, Integer, Rational, Symbol, cos, exp, log, oo, pi, sin, sqrt, symbols

from autograder.answers import (
    Equation,
    Function,
    Items,
    Missing,
    Refused,
    Scalar,
    Table,
    Text,
    Truth,
    WireError,
    from_wire,
    of,
    to_wire,
)

x, y, z = symbols("x y z")
f = sympy.Function("f")

EXPRESSIONS = [
    Integer(0),
    Integer(-(2**4000)),
    Rational(-22, 7),
    Float("0.1", 30),
    Float(0),
    Float(1e-300),
    pi * sympy.E + sympy.I,
    oo,
    -oo,
    sympy.nan,
    x**2 * y - 3 * x / (y + 1),
    2 * (x + y),
    sympy.Mul(2, x + y, evaluate=False),
    sympy.Add(x, x, evaluate=False),
    sympy.Pow(2, 3, evaluate=False),
    exp(-(x**2) - y**2) * sin(x * y) / sqrt(x**2 + y**2),
    log(sympy.Abs(x)) + cos(pi * x) ** 2,
    sympy.Piecewise((x, (x > 0) & ~sympy.Eq(y, 1)), (0, x < -1), (-x, True)),
    sympy.Max(x, y, 1) + sympy.Min(x, 2),
    sympy.atan2(y, x) + sympy.sign(x) + sympy.Heaviside(x) + sympy.floor(x) + sympy.factorial(x),
    sympy.Derivative(f(x, y), x, x, y),
    sympy.Integral(f(x), (x, 0, 1)),
    sympy.Integral(x * y, x, (y, 0, x)),
    Symbol("x_1") + Symbol("λ"),
]
ANSWERS = [
    *map(Scalar, EXPRESSIONS),
    Items((Scalar(x), Items((Truth(False), Text("a")), "set")), "list"),
    *(Items((), form) for form in ("tuple", "list", "row", "column", "array", "set")),
    Table(((Text("a"), Scalar(x)), (Items((Scalar(x),)), Missing("none")))),
    Equation(x + y, Integer(5)),
    Equation(x, x),
    Truth(True),
    Text('a "quoted"\n\0 text, ⟨é⟩ 😀'),
    Function("gradient"),
    Function("<lambda>"),
    Missing("none"),
    Missing("stub"),
    Missing("undefined"),
    Refused("an object of type Liar"),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: ascii(answer)[:60])
def test_an_answer_comes_back_exactly(answer: Any) -> None:
    back = from_wire(to_wire(answer))
    assert back == answer
    assert to_wire(back) == to_wire(answer)


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda expression: str(expression)[:60])
def test_an_expression_comes_back_with_its_structure(expression: Any) -> None:
    back = from_wire(to_wire(Scalar(expression)))
    assert isinstance(back, Scalar)
    assert sympy.srepr(back.expression) == sympy.srepr(expression)


@given(st.floats(allow_nan=False))
@settings(max_examples=100, deadline=None, database=None)
def test_a_decimal_comes_back_to_the_last_bit(number: float) -> None:
    back = from_wire(to_wire(of(number)))
    assert isinstance(back, Scalar)
    assert float(back.expression) == number


@given(st.text())
@settings(max_examples=100, deadline=None, database=None)
def test_a_text_comes_back_to_the_last_character(text: str) -> None:
    assert from_wire(to_wire(of(text))) == of(text)


def test_an_array_of_a_grid_fits() -> None:
    grid = np.linspace(0, 1, 20 * 20 * 2).reshape(20, 20, 2)
    assert from_wire(to_wire(of(grid))) == of(grid)


def test_nothing_is_evaluated_on_the_way() -> None:
    message = b'{"nabla":1,"answer":[["i","2"],["i","3"],["e","Mul",2],["scalar"]]}'
    answer = from_wire(message)
    assert isinstance(answer, Scalar)
    assert answer.expression != 6
    assert answer.expression.doit() == 6


def test_what_cannot_be_read_back_is_not_written() -> None:
    with pytest.raises(WireError, match="Sum"):
        to_wire(Scalar(sympy.Sum(x, (x, 1, 3))))
    with pytest.raises(WireError, match="not an answer"):
        to_wire(5)  # type: ignore[arg-type]
    endless = Text("a")
    for _ in range(100):
        endless = Items((endless,))  # type: ignore[assignment]
    with pytest.raises(WireError, match="nested too deeply"):
        to_wire(endless)


def test_the_largest_messages_are_read_in_bounded_time() -> None:
    floats = '["f","123456789abcde",-50,53],["scalar"],' * 7_900
    message = f'{{"nabla":1,"answer":[{floats}["items","array",7900]]}}'.encode()
    began = time.process_time()
    answer = from_wire(message)
    assert isinstance(answer, Items)
    assert len(answer) == 7_900
    assert time.process_time() - began < 2
