"""Hessians, the second-derivative test, Newton's step, and systems of equations."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Matrix, Rational, cos, exp, sqrt, symbols
from sympy.abc import x, y, z

from nabla.calculus import OutsideDomainError
from nabla.critical_points import classed_critical_points, critical_points
from nabla.polynomial_systems import NoClosedFormError, NotIsolatedError, real_solutions
from nabla.second_order import (
    SingularHessianError,
    hessian,
    jacobian,
    newton_step,
    quadratic_taylor,
    second_derivative_test,
    sign_of,
)


def test_the_class_is_that_of_numpys_eigenvalues() -> None:
    rng = np.random.default_rng(3)
    seen = set()
    for _ in range(60):
        n = int(rng.integers(1, 5))
        factor = rng.integers(-2, 3, (n, n))
        entries = factor + factor.T if rng.random() < 0.5 else factor @ factor.T * rng.choice((1, -1))
        values = np.linalg.eigvalsh(entries)
        up, down = bool((values > 1e-9).any()), bool((values < -1e-9).any())
        if up and down:
            expected = "saddle"
        elif (np.abs(values) < 1e-9).any():
            expected = "undecided"
        else:
            expected = "minimum" if up else "maximum"
        seen.add(expected)
        assert second_derivative_test(Matrix(entries.tolist())) == expected
    assert seen == {"minimum", "maximum", "saddle", "undecided"}


def test_a_sign_is_seen_through_nested_roots() -> None:
    zero = sqrt(3 + 2 * sqrt(2)) - 1 - sqrt(2)
    assert (sign_of(zero), sign_of(zero + Rational(1, 10**12)), sign_of(zero - Rational(1, 10**12))) == (0, 1, -1)


def test_the_hessian_has_a_row_for_each_variable_in_the_order_given() -> None:
    assert hessian(x**2 * y, (y, x), at=(3, 1)) == Matrix([[0, 2], [2, 6]])
    assert hessian(x * y, (x, y, z)).shape == (3, 3)


def test_symbols_with_assumptions_mean_the_same_variables() -> None:
    a, b = symbols("x y", real=True)
    assert hessian(a**2 * b, at=(1, 2)) == hessian(x**2 * y, at=(1, 2))


def test_a_point_outside_the_domain_is_refused() -> None:
    with pytest.raises(OutsideDomainError):
        hessian(sqrt(x) * y, at=(-1, 1))


def test_the_jacobian_of_polar_coordinates_has_the_determinant_r() -> None:
    r, t = symbols("r t")
    J = jacobian((r * cos(t), r * (1 - cos(t) ** 2)), (r, t), at=(2, 0))
    assert Matrix([[1, 0], [0, 0]]) == J


def test_newtons_method_doubles_its_digits_on_a_smooth_bowl() -> None:
    point = (Rational(1, 10), Rational(1, 10))
    sizes = []
    for _ in range(3):
        point = tuple(p.n(40) for p in newton_step(exp(x) - x + y**2 + x * y**2, point))
        sizes.append(max(abs(p) for p in point))
    assert sizes[1] < 2 * sizes[0] ** 2
    assert sizes[2] < 2 * sizes[1] ** 2


def test_a_singular_hessian_has_no_step() -> None:
    with pytest.raises(SingularHessianError):
        newton_step(x**2 + 2 * x * y + y**2, at=(1, 2))


def test_the_taylor_polynomial_of_a_quadratic_is_itself() -> None:
    f = 3 * x**2 - x * y + 2 * y**2 + x - 7
    assert (quadratic_taylor(f, at=(5, -2)) - f).expand() == 0


@pytest.mark.parametrize(
    ("equations", "solutions"),
    [
        ((x**2 - 2, y - x**2), ((-sqrt(2), 2), (sqrt(2), 2))),
        ((x**2 + 1, y), ()),
        ((x * y, x + y - 1), ((0, 1), (1, 0))),
        ((x**2 + y**2 - 5, x * y - 2), ((-2, -1), (-1, -2), (1, 2), (2, 1))),
        ((x - 1, y - 2, x + y - 4), ()),
        ((x**2 * (x - 1), y**2), ((0, 0), (1, 0))),
        ((x**4 - 5 * x**2 + 6, y - 1), ((-sqrt(3), 1), (-sqrt(2), 1), (sqrt(2), 1), (sqrt(3), 1))),
    ],
)
def test_systems_are_solved_completely(equations: tuple, solutions: tuple) -> None:
    assert real_solutions(equations, (x, y)) == solutions


def test_systems_in_three_variables_are_solved_completely() -> None:
    found = real_solutions((x * y - z, y * z - x, z * x - y), (x, y, z))
    assert found == ((-1, -1, 1), (-1, 1, -1), (0, 0, 0), (1, -1, -1), (1, 1, 1))


def test_what_cannot_be_solved_is_said() -> None:
    with pytest.raises(NotIsolatedError):
        real_solutions((x * y, x * (y - 1)), (x, y))
    with pytest.raises(NoClosedFormError):
        real_solutions((x**5 - x - 1, y), (x, y))
    with pytest.raises(TypeError, match="not a polynomial"):
        real_solutions((exp(x), y), (x, y))


def test_critical_points_of_the_monkey_saddle_and_of_a_ring() -> None:
    assert classed_critical_points(x**3 - 3 * x * y**2, (x, y)) == (((0, 0), "undecided"),)
    with pytest.raises(NotIsolatedError):
        critical_points((x**2 + y**2 - 1) ** 2, (x, y))
