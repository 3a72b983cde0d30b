"""Quadratic Taylor polynomials and Newton steps."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp, mpf
from sympy import Matrix, Rational, exp, expand, lambdify, sqrt
from sympy.abc import x, y, z

from autograder import NewtonStep, QuadraticTaylor, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

ROOT = QuadraticTaylor(sqrt(x**2 + y**2 + 1), at=(0, 0))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_what_is_left_of_f_shrinks_with_the_cube_of_the_step(level: int) -> None:
    for seed in range(5):
        problem = QuadraticTaylor.variant(seed, level)
        with mp.workdps(50):
            rest = lambdify(problem.variables, problem.f - problem.key(), "mpmath")
            at = [mpf(part.p) / part.q for part in problem.at]
            for way in ((1, 0), (0, 1), (1, 2), (-2, 1)):
                step = mpf(10) ** -12
                left = rest(*(a + step * w for a, w in zip(at, way, strict=True)))
                assert abs(left) < 1e4 * step**3


def test_the_chapters_root_is_estimated_to_five_places() -> None:
    """sqrt(x^2 + y^2 + 1) at (0.1, 0.05): 1.006231; the linear part gives 1, the quadratic one 1.00625."""
    assert ROOT.key() == 1 + x**2 / 2 + y**2 / 2
    here = {x: Rational(1, 10), y: Rational(1, 20)}
    assert float(ROOT.key().subs(here)) == 1.00625
    assert float(ROOT.f.subs(here)) == pytest.approx(1.006231, abs=5e-7)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (x**2 + y**2 + 1, "factor 1/2 left out"),
        (1, "linear part only"),
        (x**2 / 2 + y**2 / 2, "value left out"),
        (1 - x**2 / 2 - y**2 / 2, "second-order part subtracted"),
        (sqrt(x**2 + y**2 + 1), "f itself"),
        (1 + x**2 / 2, "y-squared term left out"),
        ([[1, 0], [0, 1]], "the Hessian"),
    ],
)
def test_classic_wrong_polynomials_are_named(answer: object, mistake: str) -> None:
    assert judge(ROOT, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (3 + 3 * (x - 1) + 4 * (y - 1) + (x - 1) ** 2 + (x - 1) * (y - 1) + (y - 1) ** 2, "mixed term halved"),
        (3 + 3 * x + 4 * y + x**2 + 2 * x * y + y**2, "powers of the variables instead of the steps"),
    ],
)
def test_the_mixed_term_and_the_steps_are_looked_at(answer: object, mistake: str) -> None:
    f = 3 + 3 * (x - 1) + 4 * (y - 1) + (x - 1) ** 2 + 2 * (x - 1) * (y - 1) + (y - 1) ** 2
    problem = QuadraticTaylor(f + (x - 1) ** 3, at=(1, 1))
    assert judge(problem, of(expand(f))).state == "right"
    assert judge(problem, of(answer)).mistake == mistake


def test_the_students_own_hessian_is_followed() -> None:
    problem = QuadraticTaylor(exp(x) * (1 + y), at=(0, 0))
    own = [[1, 1], [1, 4]]
    assert check(problem.given(hessian=own), 1 + x + y + x**2 / 2 + x * y + 2 * y**2) == 1.0
    assert check(problem.given(gradient=(2, 1)), 1 + 2 * x + y + x**2 / 2 + x * y) == 1.0


# -- Newton's step ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_new_point_is_where_the_slopes_of_the_model_vanish(level: int) -> None:
    for seed in range(5):
        problem = NewtonStep.variant(seed, level)
        taylor = QuadraticTaylor(problem.f, at=problem.at, variables=problem.variables).key()
        new = dict(zip(problem.variables, problem.key(), strict=True))
        assert all(expand(taylor.diff(v).subs(new)) == 0 for v in problem.variables)


def test_one_step_reaches_the_lowest_point_of_any_quadratic() -> None:
    f = x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5
    for at in ((0, 0), (7, -2), (100, 3)):
        assert NewtonStep(f, at=at).key() == (-3, 1)


def test_newtons_step_agrees_with_numpy_in_three_variables() -> None:
    problem = NewtonStep(x**2 + y**2 * z + z**2 + x * y, at=(1, 2, 1))
    H = np.array([[2, 1, 0], [1, 2, 4], [0, 4, 2]], dtype=float)
    step = np.linalg.solve(H, np.array([4.0, 5.0, 6.0]))
    assert np.allclose(np.array(problem.key(), dtype=float), np.array([1, 2, 1]) - step)


NEWTON = NewtonStep(x**3 + 3 * x * y + y**2, at=(3, 1))
"""Slopes (30, 11), Hessian [[18, 3], [3, 2]], step (1, 4)."""


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((4, 5), "step added"),
        ((1, 4), "only the step"),
        ((-27, -10), "gradient subtracted, no Hessian"),
        ((3 - 573, 1 - 112), "multiplied by the Hessian"),
        ((-24, -107), "determinant left out of the inverse"),
        ((Rational(4, 3), Rational(-9, 2)), "mixed derivatives left out"),
        ((Rational(5, 2), -1), "factor 1/2 taken from Taylor"),
        ((-1, 0), "components of the step swapped"),
    ],
)
def test_classic_wrong_steps_are_named(answer: object, mistake: str) -> None:
    assert NEWTON.key() == (2, -3)
    assert judge(NEWTON, of(answer)).mistake == mistake


def test_the_students_own_hessian_and_gradient_are_followed_in_the_step() -> None:
    assert check(NEWTON.given(hessian=Matrix([[10, 0], [0, 1]])), (0, -10)) == 1.0
    assert check(NEWTON.given(gradient=(3, 2)), (3, 0)) == 1.0


def test_an_own_hessian_without_an_inverse_forgives_nothing() -> None:
    assert check(NEWTON.given(hessian=Matrix([[1, 1], [1, 1]])), (7, 7)) == 0.0
    assert check(QuadraticTaylor(x**2 + y, at=(0, 0)).given(hessian=[[0, 0], [0, 0]]), y) < 1.0


def test_a_point_without_a_step_is_refused() -> None:
    with pytest.raises(ProblemError, match="no inverse"):
        NewtonStep(x**3 + y**2, at=(0, 1))
