"""Gradients by code: right in any style, and wrong ways recognised by what they return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sympy.abc import x, y, z

from autograder import GradientField, NumericalGradient, check
from autograder.problems import ProblemError


def central(f: Callable[[Any], float], point: Any, h: float = 6e-6) -> list[float]:
    point = np.array(point, dtype=float)
    steps = np.eye(len(point)) * h
    return [(f(point + step) - f(point - step)) / (2 * h) for step in steps]


def plain_python(f: Callable[[Any], float], point: Any) -> tuple[float, ...]:
    def moved(i: int, by: float) -> float:
        return f(tuple(part + by * (i == j) for j, part in enumerate(point)))

    return tuple((moved(i, 1e-5) - moved(i, -1e-5)) / 2e-5 for i in range(len(point)))


def forward(f: Callable[[Any], float], point: Any, h: float = 1e-5) -> list[float]:
    point = np.array(point, dtype=float)
    return [(f(point + step) - f(point)) / h for step in np.eye(len(point)) * h]


def whole_numbers(f: Callable[[Any], float], point: Any, h: float = 1e-5) -> list[float]:
    slopes = []
    for i in range(len(point)):
        up, down = np.array(point), np.array(point)
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return slopes


@pytest.mark.parametrize("function", [central, plain_python])
def test_a_central_difference_is_right_in_any_style(function: Callable[..., Any]) -> None:
    score = check(NumericalGradient(), function, points=4)
    assert score == 4.0
    assert "6 of 6 inputs" in score.feedback


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (forward, "forward difference"),
        (lambda f, p: [2 * s for s in central(f, p)], "divided by one step instead of two"),
        (lambda f, p: [3 * s for s in central(f, p)], "off by a constant factor"),
        (lambda f, p: [-s for s in central(f, p)], "sign flipped"),
        (lambda f, p: sum(central(f, p)), "slopes added up"),
        (lambda f, p: [sum(central(f, p))] * len(p), "all coordinates moved at once"),
        (lambda f, p: central(f, p)[::-1], "components swapped"),
        (whole_numbers, "whole-number array"),
    ],
)
def test_a_wrong_way_is_recognised_by_what_it_returns(function: Callable[..., Any], mistake: str) -> None:
    score = check(NumericalGradient(), function, points=4)
    assert score.judgement.mistake == mistake
    assert score <= 2.0


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda f, p: 1 / 0, "ZeroDivisionError"),
        (lambda f: 1, "TypeError"),
        (lambda f, p: f(p), "a single number"),
        (lambda f, p: None, "returns None"),
        (lambda f, p: [float("nan")] * len(p), "not finite"),
        (lambda f, p: ["a"] * len(p), "should return numbers"),
    ],
)
def test_what_goes_wrong_in_a_function_is_said(function: Callable[..., Any], words: str) -> None:
    score = check(NumericalGradient(), function)
    assert score == 0.0
    assert words in score.feedback


def test_a_value_in_place_of_a_function_is_told_so() -> None:
    assert "a function numerical_gradient(f, point)" in check(NumericalGradient(), (1, 2)).feedback


def test_other_seeds_try_other_inputs() -> None:
    problem = NumericalGradient()
    assert problem.inputs(1) == problem.inputs(1)
    assert problem.inputs(1) != problem.inputs(2)


def test_a_field_is_right_as_tuple_list_or_array() -> None:
    problem = GradientField(3 * x + y**2)
    for gather in (tuple, list, np.array):
        assert check(problem, lambda X, Y, gather=gather: gather([np.full_like(X, 3.0), 2 * Y])) == 1.0


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (lambda X, Y: (3, 2 * Y), "single number"),
        (lambda X, Y: (2 * Y, 3 + 0 * X), "swapped"),
        (lambda X, Y: (-3 + 0 * X, -2 * Y), "downhill"),
        (lambda X, Y: (3 * X + Y**2, 3 * X + Y**2), "values of f"),
        (lambda X, Y: (3 + 0 * X.T, 2 * Y.T), "shape"),
    ],
)
def test_a_wrong_field_is_told_why(field: Callable[..., Any], words: str) -> None:
    score = check(GradientField(3 * x + y**2), field)
    assert score == 0.0
    assert words in score.feedback


def test_a_field_needs_two_variables() -> None:
    with pytest.raises(ProblemError, match="two variables"):
        GradientField(x * y * z)


def test_hints_and_solution_have_words_and_computed_lines() -> None:
    for problem in (NumericalGradient(), GradientField(x**2 * y)):
        assert len(problem.hints()) == 3
        assert problem.solution().count("$$") >= 4
    assert "x^{2}" in GradientField(x**2 * y).solution()
