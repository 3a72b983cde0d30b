"""What is compared: symbols by name, decimals as written, derivatives worked out, unknown functions by name."""

from __future__ import annotations

import pytest
from sympy import (
    Derivative,
    Eq,
    Float,
    Function,
    Integral,
    Lambda,
    Matrix,
    MatrixSymbol,
    Rational,
    Subs,
    Symbol,
    cos,
    exp,
    sin,
    sqrt,
    true,
)

from autograder.equality import Different, Equal, Undecided, decide

x, y, t = Symbol("x"), Symbol("y"), Symbol("t")
f, g = Function("f"), Function("g")


@pytest.mark.parametrize("thing", [True, true, Eq(x, 1), x < 1, "x", None, [x], Matrix([x]), MatrixSymbol("A", 2, 2)])
def test_what_is_no_expression_is_refused(thing: object) -> None:
    with pytest.raises(TypeError):
        decide(thing, x)
    with pytest.raises(TypeError):
        decide(x, thing)


def test_a_hostile_object_is_refused_and_never_called() -> None:
    class Liar:
        def __eq__(self, other: object) -> bool:
            raise AssertionError("called")

        def _sympy_(self) -> object:
            raise AssertionError("called")

        __hash__ = None  # type: ignore[assignment]

    with pytest.raises(TypeError):
        decide(x, Liar())


def test_python_numbers_are_expressions() -> None:
    assert isinstance(decide(2, Rational(4, 2)), Equal)
    assert isinstance(decide(0.5, Rational(1, 2)), Equal)


def test_symbols_are_matched_by_name() -> None:
    assert isinstance(decide(Symbol("x", positive=True) + 1, Symbol("x", integer=True) + 1), Equal)
    assert isinstance(decide(Symbol("x"), Symbol("y")), Different)


def test_assumptions_of_the_student_do_not_widen_what_is_right() -> None:
    p = Symbol("x", positive=True)
    assert isinstance(decide(sqrt(x**2) + 0 * p, x), Different)


def test_short_decimals_are_fractions() -> None:
    assert isinstance(decide(2.8 * x, Rational(14, 5) * x), Equal)
    assert isinstance(decide(Float("0.1") + Float("0.2"), Rational(3, 10)), Equal)
    assert isinstance(decide(0.333333, Rational(1, 3)), Different)
    assert isinstance(decide(1.0005 * sqrt(2), sqrt(2)), Different)


def test_derivatives_and_integrals_are_worked_out() -> None:
    assert isinstance(decide(Derivative(x**2 * y, x), 2 * x * y), Equal)
    assert isinstance(decide(Derivative(x**2 * y, x), 2 * x), Different)
    assert isinstance(decide(Integral(cos(t), (t, 0, x)), sin(x)), Equal)


def test_what_cannot_be_worked_out_is_never_called_different() -> None:
    stuck = Integral(exp(exp(t) * sin(t)), (t, 0, x))
    assert isinstance(decide(2 * stuck, stuck + stuck), Equal)
    assert isinstance(decide(stuck, x, budget=1.0), Undecided)


def test_unknown_functions_are_letters_with_arguments() -> None:
    assert isinstance(decide(f(x) ** 2 - g(y) ** 2, (f(x) - g(y)) * (f(x) + g(y))), Equal)
    assert isinstance(decide(f(x * (x + 1)), f(x**2 + x)), Equal)
    assert isinstance(decide(f(x), f(y)), Different)
    assert isinstance(decide(f(x), g(x)), Different)


def test_the_chain_rule_for_an_unknown_function() -> None:
    slope = f(x * y).diff(x)
    assert isinstance(decide(slope, y * Subs(Derivative(f(t), t), t, y * x)), Equal)
    assert isinstance(decide(slope, x * Subs(Derivative(f(t), t), t, y * x)), Different)
    assert isinstance(decide(Lambda(x, x)(slope), slope), Equal)
