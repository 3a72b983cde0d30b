"""Numerical gradients: right to the digits that the method can give."""

from __future__ import annotations

import numpy as np
import pytest

from nabla.differences import Dual, central_gradient, dual_gradient, forward_gradient, numerical_gradient


def f(p):
    """e^x sin y, which no difference quotient gets exactly right."""
    return np.exp(p[0]) * np.sin(p[1])


def exact(p):
    return np.exp(p[0]) * np.array([np.sin(p[1]), np.cos(p[1])])


POINT = np.array([0.7, 1.1])


def error(method, h=None):
    return float(np.max(np.abs(method(f, POINT, h) - exact(POINT))))


def test_the_central_difference_is_more_accurate_than_the_forward_one():
    assert error(central_gradient) < 1e-9 < error(forward_gradient) < 1e-7


@pytest.mark.parametrize(("method", "best"), [(forward_gradient, 1e-8), (central_gradient, 6e-6)])
def test_the_default_step_is_near_the_best(method, best):
    assert error(method) < 10 * error(method, best) + 1e-12
    assert error(method) < 0.1 * error(method, 1e-2)
    assert error(method) < 0.1 * error(method, 1e-13)


def test_the_error_falls_as_h_for_forward_and_as_h_squared_for_central():
    assert error(forward_gradient, 1e-2) / error(forward_gradient, 1e-3) == pytest.approx(10, rel=0.1)
    assert error(central_gradient, 1e-2) / error(central_gradient, 1e-3) == pytest.approx(100, rel=0.1)


@pytest.mark.parametrize("method", [forward_gradient, central_gradient, dual_gradient])
def test_an_integer_point_is_not_rounded(method):
    point = np.array([1, 2])
    assert method(lambda p: p[0] ** 2 + 3 * p[1] ** 2, point) == pytest.approx([2, 12], rel=1e-6)
    assert point.tolist() == [1, 2]


def test_the_step_grows_with_the_coordinate():
    assert central_gradient(lambda p: p[0] ** 2, [1e9]) == pytest.approx([2e9], rel=1e-6)


def test_a_step_that_changes_nothing_is_refused():
    with pytest.raises(ValueError, match="too small to change"):
        forward_gradient(f, [1.0, 1.0], h=1e-17)


@pytest.mark.parametrize("h", [0, -1e-6, float("nan"), float("inf")])
def test_a_step_must_be_a_positive_number(h):
    with pytest.raises(ValueError, match="positive number"):
        central_gradient(f, [1.0, 1.0], h=h)


@pytest.mark.parametrize("point", [5.0, [[1.0, 2.0]], [1.0, float("nan")]])
def test_a_point_must_be_a_list_of_finite_numbers(point):
    with pytest.raises(ValueError, match="list of finite numbers"):
        central_gradient(f, point)


def test_a_function_must_return_one_real_number():
    with pytest.raises(ValueError, match="one real number"):
        central_gradient(lambda p: p, [1.0, 2.0])
    with pytest.raises(ValueError, match="one real number"):
        central_gradient(lambda p: 1j * p[0], [1.0])


def test_costs_are_n_plus_1_and_2n_evaluations():
    calls = []

    def counted(p):
        calls.append(p)
        return f(p)

    forward_gradient(counted, POINT)
    assert len(calls) == 3
    calls.clear()
    central_gradient(counted, POINT)
    assert len(calls) == 4


def test_the_one_to_use_is_central():
    assert numerical_gradient is central_gradient


def test_dual_numbers_are_exact_to_rounding():
    assert np.max(np.abs(dual_gradient(f, POINT) - exact(POINT))) < 1e-15


def test_dual_arithmetic_follows_the_rules_of_differentiation():
    x = Dual(2.0, 1.0)
    assert repr((3 - x) / x + 1 / x - x**0) == repr(Dual(0.0, -3 / 4 - 1 / 4))
    assert np.log(x * x).slope == pytest.approx(1.0)
    assert np.cos(x).slope == pytest.approx(-np.sin(2.0))
