"""Exact answers, and clear words where there is none."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Function, I, Integer, Matrix, Rational, Symbol, exp, log, nan, oo, pi, sin, sqrt
from sympy.abc import a, b, t, x, y, z

from nabla import OutsideDomainError, directional_derivative, evaluate, gradient, norm, unit, variables_of

WORKED = [  # the worked examples of the gradient chapter
    (x**2 * y + 3 * y, (2, 1), (4, 7)),
    (x * exp(y), (0, 0), (1, 0)),
    (3 * x**2 - 2 * x * y + y**2, (1, 2), (2, 2)),
    (x**2 + 4 * y**2, (1, 1), (2, 8)),
    (x**2 + 3 * y**2, (1, 2), (2, 12)),
    (x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5, (-3, 1), (0, 0)),
    (x**2 + y**2, (1, 1), (2, 2)),
    (x**2 + 2 * y**2 + 3 * z**2, (1, 2, 3), (2, 8, 18)),
    (x**2 + y**2 + z**2, (1, 2, 3), (2, 4, 6)),
]


@pytest.mark.parametrize(("f", "at", "expected"), WORKED)
def test_the_worked_examples(f, at, expected):
    assert tuple(gradient(f, at=at)) == expected


def test_the_gradient_is_a_column_of_partial_derivatives():
    assert gradient(x**2 * y + 3 * y) == Matrix([2 * x * y, x**2 + 3])


def test_variables_come_in_the_order_x_y_z_and_then_by_name():
    assert variables_of(t * z + b * y + a * x) == (x, y, z, a, b, t)


def test_given_variables_fix_order_and_dimension():
    assert tuple(gradient(x**2, (y, x))) == (0, 2 * x)
    assert tuple(gradient(a * x**2, (x,), at=3)) == (6 * a,)


def test_one_variable_gives_a_vector_of_one():
    assert gradient(x**3).shape == (1, 1)
    assert gradient(x**3, at=2) == Matrix([12])


def test_symbols_are_matched_by_name_whatever_their_assumptions():
    assert tuple(gradient(x * y, (Symbol("x", real=True), Symbol("y", positive=True)))) == (y, x)


@pytest.mark.parametrize(
    "at",
    [(2, 1), [2, 1], Matrix([2, 1]), Matrix([[2, 1]]), np.array([2, 1]), {x: 2, y: 1}, {"y": 1, "x": 2}],
    ids=["tuple", "list", "column", "row", "array", "symbols", "names"],
)
def test_a_point_may_be_written_in_any_usual_way(at):
    value = gradient(x**2 * y + 3 * y, at=at)
    assert tuple(value) == (4, 7)
    assert all(isinstance(c, Integer) for c in value)


def test_exact_stays_exact_and_a_decimal_stays_a_decimal():
    assert gradient(sin(x), at=pi / 3) == Matrix([Rational(1, 2)])
    assert gradient(x**2, at=0.5)[0].is_Float


def test_coordinates_are_put_in_all_at_once():
    assert tuple(gradient(x**2 * y, at=(y, x))) == (2 * x * y, y**2)


def test_absolute_values_are_differentiated_over_the_real_numbers():
    assert tuple(gradient(Abs(x) + y, at=(-3, 1))) == (-1, 1)
    with pytest.raises(OutsideDomainError, match="along x has no real value at x = 0"):
        gradient(Abs(x) + y, at=(0, 1))


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (log(x) + y, (-1, 2)),
        (1 / x + y, (0, 2)),
        (sqrt(x) + y, (-4, 0)),
        (sqrt(x**2 + y**2), (0, 0)),
        (x**2 * y / (x**4 + y**2), (0, 0)),
        (x**y, (-1, 0.5)),
    ],
)
def test_a_point_outside_the_domain_is_said_to_be(f, at):
    with pytest.raises(OutsideDomainError, match="no real value at x = "):
        gradient(f, at=at)


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: gradient("x**2"), TypeError, "not the string 'x\\*\\*2'"),
        (lambda: gradient(None), TypeError, "NoneType"),
        (lambda: gradient(Matrix([x, y])), TypeError, "Matrix"),
        (lambda: gradient(True), TypeError, "bool"),
        (lambda: gradient(5), ValueError, "5 has no variables"),
        (lambda: gradient(x * y, ["x", "y"]), TypeError, "must be a symbol"),
        (lambda: gradient(x * y, (x, x)), ValueError, "twice"),
        (lambda: gradient(x * y, at=(1, 2, 3)), ValueError, r"3 coordinates, but f has 2 variables \(x, y\)"),
        (lambda: gradient(x * y, at={x: 1}), ValueError, "no coordinate for y"),
        (lambda: gradient(x * y, at={x: 1, y: 1, z: 1}), ValueError, "there is no variable z"),
        (lambda: gradient(x * y, at="12"), TypeError, "string"),
        (lambda: gradient(x * y, at=5), TypeError, "vector"),
        (lambda: gradient(x * y, at=(I, 1)), ValueError, "real number, not I"),
        (lambda: gradient(x * y, at=(nan, 1)), ValueError, "real number, not nan"),
        (lambda: gradient(x * y, at=(oo, 1)), ValueError, "real number, not oo"),
        (lambda: unit((0, 0)), ValueError, "zero vector has no direction"),
        (lambda: directional_derivative(x * y, (1, 1), (1, 2, 3)), ValueError, "3 components"),
        (lambda: norm(Matrix([[1, 2], [3, 4]])), TypeError, "2 by 2 matrix"),
    ],
)
def test_an_error_names_what_it_got(call, error, said):
    with pytest.raises(error, match=said):
        call()


def test_the_direction_is_normalised():
    f = x**2 + y**2
    assert directional_derivative(f, (1, 1), (3, 4)) == Rational(14, 5)
    assert directional_derivative(f, (1, 1), (30, 40)) == Rational(14, 5)
    assert directional_derivative(x**2 + 4 * y**2, (1, 1), (-2, -8)) == -2 * sqrt(17)


def test_along_opposite_and_across_the_gradient():
    f, at = x**2 + 3 * y**2, (1, 2)
    slope = gradient(f, at=at)
    assert directional_derivative(f, at, slope) == norm(slope) == 2 * sqrt(37)
    assert directional_derivative(f, at, -slope) == -norm(slope)
    assert directional_derivative(f, at, (-12, 2)) == 0


def test_a_prediction_and_the_truth():
    f = x**2 * y + 3 * y
    step = Matrix([Rational(1, 10), Rational(-1, 20)])
    assert gradient(f, at=(2, 1)).dot(step) == Rational(1, 20)
    truth = evaluate(f, (x, y), (Rational(21, 10), Rational(19, 20))) - evaluate(f, (x, y), (2, 1))
    assert float(truth) == pytest.approx(0.0395, abs=1e-12)


def test_an_undefined_function_is_differentiated_formally():
    f = Function("f")(x, y)
    assert gradient(f)[0] == f.diff(x)


@pytest.mark.slow
@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-9, 9), st.integers(-9, 9))
def test_no_direction_is_steeper_than_the_gradient(px, py, u, v):
    if (u, v) != (0, 0):
        f = x**2 * y - 3 * x * y**2
        rate = directional_derivative(f, (px, py), (u, v))
        assert abs(float(rate)) <= float(norm(gradient(f, (x, y), at=(px, py)))) * (1 + 1e-12)


@pytest.mark.slow
def test_importing_nabla_loads_neither_sympy_nor_numpy_nor_matplotlib():
    heavy = "sorted({'sympy', 'numpy', 'matplotlib', 'ipywidgets'} & set(sys.modules))"
    code = f"import sys, nabla, nabla.explore; print({heavy}); import nabla.calculus; print({heavy})"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines() == ["[]", "['sympy']"]
