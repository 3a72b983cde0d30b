"""A student's own f, whatever it is, as numbers on a grid."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Abs, Piecewise, Symbol, cbrt, cot, erf, exp, gamma, log, sqrt, tan
from sympy.abc import a, t, u, x, y, z

from nabla.explore.plane import PlaneFunction, Window, nice_scale, nice_step

HALF_DEFINED = [log(x) * y, sqrt(x) + y, 1 / x + y, cbrt(x) * y, tan(x) + y, cot(x * y), x**y, log(x**2 + y**2)]


@pytest.mark.parametrize("formula", HALF_DEFINED, ids=str)
def test_a_function_undefined_on_part_of_the_window_neither_crashes_nor_warns(formula):
    f = PlaneFunction.of(formula)
    grid = np.meshgrid(*Window.of(2).grid(41))
    values, (u_, v_) = f.values(*grid), f.gradients(*grid)
    assert np.isfinite(values).any()
    assert not np.isinf(values).any()
    assert np.array_equal(np.isnan(u_), np.isnan(v_))
    assert np.all(np.isnan(u_[np.isnan(values)])), "no gradient where there is no value"


def test_values_agree_with_exact_ones():
    f = PlaneFunction.of(x**2 * y + 3 * y)
    assert f.value_at((2, 1)) == 7
    assert f.gradient_at((2, 1)) == (4, 7)
    assert f.values([[1, 2]], [[3], [4]]).tolist() == [[12, 21], [16, 28]]


def test_a_constant_and_a_formula_without_y_still_fill_the_grid():
    assert PlaneFunction.of(5, (x, y)).values(np.zeros((3, 4)), 0.0).tolist() == [[5] * 4] * 3
    assert PlaneFunction.of(x**2).gradients(np.ones(3), np.zeros(3))[1].tolist() == [0, 0, 0]


@pytest.mark.parametrize(("formula", "value"), [(erf(x) * y, 0.842700793 * 2), (gamma(x) + y, 3.0)])
def test_functions_that_numpy_lacks_are_evaluated_too(formula, value):
    f = PlaneFunction.of(formula)
    assert f.value_at((1, 2)) == pytest.approx(value)
    assert np.isnan(PlaneFunction.of(gamma(x) + y).value_at((0, 0)))


def test_a_corner_has_no_gradient():
    f = PlaneFunction.of(Abs(x) + y)
    assert f.gradient_at((-1, 0)) == (-1, 1)
    assert np.isnan(f.gradient_at((0, 0))).all()


def test_a_function_in_pieces():
    f = PlaneFunction.of(Piecewise((x * y, x > 0), (0, True)))
    assert f.value_at((2, 3)) == 6
    assert f.value_at((-2, 3)) == 0


def test_other_names_of_variables_are_fine():
    assert PlaneFunction.of(u * exp(t)).names == ("t", "u")
    assert PlaneFunction.of(u * t, (u, t)).names == ("u", "t")
    assert PlaneFunction.of(Symbol("x", real=True) ** 2).names == ("x", "y")


@pytest.mark.parametrize(
    ("f", "variables", "error", "said"),
    [
        ("x**2", None, TypeError, "string"),
        (x * y * z, None, ValueError, r"two variables; x\*y\*z has x, y, z"),
        (z, None, ValueError, "two variables; z has z"),
        (a * x * y, (x, y), ValueError, "still contains a"),
        (x * y, (x,), ValueError, "two variables"),
    ],
)
def test_an_unsuitable_f_is_refused_in_words(f, variables, error, said):
    with pytest.raises(error, match=said):
        PlaneFunction.of(f, variables)


@pytest.mark.parametrize("point", [(0, 0), (1, 2), (-30, 4), (1e6, 1), (0.001, -77)])
def test_the_default_window_holds_the_point_well_inside(point):
    window = Window.around(point)
    assert abs(point[0]) <= 0.6 * window.right + 1e-9
    assert abs(point[1]) <= 0.6 * window.top + 1e-9


@pytest.mark.parametrize("window", [0, -1, (1, 2), ((1, 0), (0, 1)), "big", ((0, 1), (0, float("nan"))), ((0, 1),)])
def test_an_impossible_window_is_refused(window):
    with pytest.raises((ValueError, TypeError), match="window"):
        Window.of(window)


def test_round_steps_and_scales_are_never_above_the_target():
    for target in np.geomspace(1e-6, 1e6, 200):
        assert 0.39 * target < nice_step(target) <= target * (1 + 1e-9)
        assert 0.39 * target < nice_scale(target) <= target * (1 + 1e-9)
