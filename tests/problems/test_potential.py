"""Potentials of fields, and fields that have none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import Symbol, cos, exp, lambdify, log, sin, sqrt
from sympy.abc import k, x, y, z

from autograder import Potential, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

GRADIENT = Potential((2 * x * y, x**2 + 3))
SHEAR = Potential((-y, x))
VORTEX = Potential((-y / (x**2 + y**2), x / (x**2 + y**2)))


def slopes_of(problem: Potential, place: np.ndarray) -> np.ndarray:
    """Central differences of the key, with its sign."""
    phi = lambdify(problem.variables, problem.sign * problem.key(), "numpy")
    steps = 1e-5 * np.eye(len(place))
    return np.array([(phi(*(place + h)) - phi(*(place - h))) / 2e-5 for h in steps])


def once_round(problem: Potential, place: np.ndarray, i: int, j: int, radius: float = 0.4) -> float:
    """The integral of the field round a small circle in the plane of two coordinates."""
    angles = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    points = np.tile(place, (400, 1))
    points[:, i] += radius * np.cos(angles)
    points[:, j] += radius * np.sin(angles)
    field = [np.broadcast_to(lambdify(problem.variables, f, "numpy")(*points.T), 400) for f in problem.field]
    return float(np.mean(field[j] * np.cos(angles) - field[i] * np.sin(angles)) * 2 * np.pi * radius)


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_slopes_of_a_potential_are_the_field_and_without_one_some_circle_is_not_zero(level: int) -> None:
    rng = np.random.default_rng(level)
    kinds = set()
    for seed in range(15):
        problem = Potential.variant(seed, level)
        n = len(problem.variables)
        kinds.add(isinstance(problem.key(), str))
        if isinstance(problem.key(), str):
            circles = [
                once_round(problem, centre, i, j)
                for centre in (np.zeros(n), *rng.uniform(0.6, 1.5, (3, n)))
                for i in range(n)
                for j in range(i)
            ]
            assert np.abs(circles).max() > 1e-3
        else:
            for place in rng.uniform(0.5, 1.5, (3, n)):
                field = [float(lambdify(problem.variables, f, "math")(*place)) for f in problem.field]
                assert np.allclose(slopes_of(problem, place), field, rtol=1e-6, atol=1e-6)
    assert kinds == {True, False}


@pytest.mark.parametrize("constant", [0, 7, -3.5, sqrt(2), Symbol("C"), Symbol("c"), 2 * Symbol("K")])
def test_an_added_constant_does_not_matter(constant: object) -> None:
    assert judge(GRADIENT, of(x**2 * y + 3 * y + constant)).state == "right"


def test_a_letter_that_is_no_constant_does_not_belong() -> None:
    assert "q" in judge(GRADIENT, of(x**2 * y + 3 * y + Symbol("q"))).says


def test_the_vortex_has_no_curl_and_no_potential() -> None:
    assert VORTEX.key() == "not conservative"
    assert Potential((x / (x**2 + y**2), y / (x**2 + y**2))).key() == log(x**2 + y**2) / 2
    assert "hole" in VORTEX.solution()


@pytest.mark.slow
def test_in_space_a_missing_point_is_no_hole() -> None:
    r = sqrt(x**2 + y**2 + z**2)
    found = Potential((x / r**3, y / r**3, z / r**3)).key()
    assert (found + 1 / r).simplify() == 0


def test_a_force_is_minus_the_gradient_of_its_potential() -> None:
    spring = Potential((-k * x,), "force", (x,))
    assert spring.key() == k * x**2 / 2
    assert judge(spring, of(-k * x**2 / 2)).mistake == "sign of the potential"
    assert "minus the gradient" in judge(spring, of(-k * x**2 / 2)).says
    assert check(spring, k * x**2 / 2) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("not conservative", "conservative field rejected"),
        (-(x**2) * y - 3 * y, "sign of the potential"),
        (2 * x**2 * y + 3 * y, "integrals of all components added"),
        (x**2 * y, "only the component along x integrated"),
        (2 * y, "differentiated instead of integrated"),
        ((2 * x * y, x**2 + 3), "the field itself"),
        ((x**2 * y, x**2 * y + 3 * y), "one integral for each component"),
        (2 * x * y + x**2 + 3, "the components added"),
        (5, "a constant"),
        (x**2 * y + 5 * y, ""),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(GRADIENT, of(answer)).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (x * y, "no potential, only the component along y integrated"),
        (-x * y, "no potential, only the component along x integrated"),
        (x**2 + y**2, ""),
        ((-y, x), "the field itself"),
    ],
)
def test_a_potential_given_for_a_field_without_one_is_told_so(answer: object, mistake: str) -> None:
    judgement = judge(SHEAR, of(answer))
    assert judgement.credit == 0
    if mistake:
        assert mistake in judgement.mistake or judgement.mistake.startswith("no potential")
    assert judgement.says


def test_one_right_slope_earns_a_part_and_is_named() -> None:
    judgement = judge(GRADIENT, of(x**2 * y + 5 * y))
    assert judgement.credit * 4 == 1
    assert judgement.says == "Its derivative along x is right; look again at the one along y."


@pytest.mark.parametrize(
    "field", [(y * exp(x), exp(x)), (cos(y), -x * sin(y)), (2 * x * exp(y) + 1, x**2 * exp(y)), (1 / x, 2 * y)]
)
def test_a_potential_is_found_beyond_polynomials(field: tuple) -> None:
    phi = Potential(field, variables=(x, y)).key()
    assert [(phi.diff(v) - f).simplify() for v, f in zip((x, y), field, strict=True)] == [0, 0]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Potential(x * y), "tuple of components"),
        (lambda: Potential((x, y, z), variables=(x, y)), "3 components"),
        (lambda: Potential((x, y), "up"), "convention"),
        (lambda: Potential((y / (x * y - 1), x / (x * y - 1))), "not known where"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(make: Any, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()


def test_a_field_with_a_curl_needs_no_look_at_its_domain() -> None:
    assert Potential((1 / (x * y - 1), y)).key() == "not conservative"


@pytest.mark.parametrize("words", ["“not conservative”", "Not conservative.", ["not conservative"], "$no potential$"])
def test_that_there_is_none_may_be_said_in_several_ways(words: object) -> None:
    assert judge(VORTEX, of(words)).state == "right"
