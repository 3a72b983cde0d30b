"""Fitting a line by code: right in any style, and wrong fits recognised by where they lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import check
from autograder.answers import from_wire, to_wire
from autograder.problems.line_fit_code import LineFit
from autograder.problems.record import from_record, to_record


def fit(x: Any, y: Any, learning_rate: float, steps: int) -> Any:
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        along_w, along_b = 2 * np.mean(error * x), 2 * np.mean(error)
        w, b = w - learning_rate * along_w, b - learning_rate * along_b
    return w, b


def fit_by_matrix(x: Any, y: Any, learning_rate: float, steps: int) -> Any:
    design = np.column_stack([x, np.ones(len(x))])
    parameters = np.zeros(2)
    for _ in range(steps):
        parameters = parameters - learning_rate * 2 / len(x) * design.T @ (design @ parameters - y)
    return parameters


def fit_in_pure_python(x: Any, y: Any, learning_rate: float, steps: int) -> Any:
    w = b = 0.0
    for _ in range(steps):
        errors = [w * a + b - c for a, c in zip(x, y, strict=True)]
        slope = sum(2 * e * a for e, a in zip(errors, x, strict=True)) / len(x)
        w, b = w - learning_rate * slope, b - learning_rate * 2 * sum(errors) / len(x)
    return [w, b]


@pytest.mark.parametrize("function", [fit, fit_by_matrix, fit_in_pure_python])
def test_a_right_fit_is_right_in_any_style(function: Callable[..., Any]) -> None:
    assert check(LineFit(), function, points=3) == 3.0


def with_slopes(slopes: Callable[..., tuple[Any, Any]]) -> Callable[..., Any]:
    def function(x: Any, y: Any, learning_rate: float, steps: int) -> Any:
        w, b = 0.0, 0.0
        for _ in range(steps):
            along_w, along_b = slopes(w * x + b - y, x)
            w, b = w - learning_rate * along_w, b - learning_rate * along_b
        return w, b

    return function


def in_turn(x: Any, y: Any, learning_rate: float, steps: int) -> Any:
    w, b = 0.0, 0.0
    for _ in range(steps):
        w -= learning_rate * 2 * np.mean((w * x + b - y) * x)
        b -= learning_rate * 2 * np.mean(w * x + b - y)
    return w, b


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (with_slopes(lambda e, x: (-2 * np.mean(e * x), -2 * np.mean(e))), "uphill"),
        (with_slopes(lambda e, x: (np.mean(e * x), np.mean(e))), "factor 2 left out"),
        (with_slopes(lambda e, x: (2 * np.sum(e * x), 2 * np.sum(e))), "sum instead of mean"),
        (with_slopes(lambda e, x: (np.sum(e * x), np.sum(e))), "sum instead of mean, and factor 2 left out"),
        (with_slopes(lambda e, x: (2 * np.mean(e), 2 * np.mean(e))), "inner derivative dropped"),
        (
            with_slopes(lambda e, x: (2 * np.mean(e) * np.mean(x), 2 * np.mean(e))),
            "mean of a product taken for a product of means",
        ),
        (with_slopes(lambda e, x: (2 * np.mean(e * x), 0)), "b never moved"),
        (in_turn, "w and b updated one after the other"),
        (lambda *data: fit(*data)[::-1], "w and b swapped"),
        (lambda x, y, eta, steps: fit(x, y, eta, steps + 1), "one step too many"),
        (lambda x, y, eta, steps: fit(x, y, eta, steps - 1), "one step too few"),
        (lambda x, y, eta, steps: np.polyfit(x, y, 1), "the least-squares line"),
    ],
)
def test_a_wrong_fit_is_recognised_by_where_it_leads(function: Callable[..., Any], mistake: str) -> None:
    score = check(LineFit(), function, points=2)
    assert score.judgement.mistake == mistake
    assert score <= 1.0


def test_other_seeds_try_other_data_and_all_of_it_crosses_the_wire() -> None:
    problem = LineFit()
    for seed in range(10):
        rows = problem.inputs(seed)
        assert rows == problem.inputs(seed) != problem.inputs(seed + 1)
        assert all(from_wire(to_wire(row)) == row for row in rows)
        assert all(np.isfinite(problem.truth(row)).all() for row in rows)


def test_it_survives_a_record_and_has_words() -> None:
    assert from_record(to_record(LineFit())) == LineFit()
    assert len(LineFit().hints()) == 3
    assert r"2 x_{i} \left(b + w x_{i} - y_{i}\right)" in LineFit().solution()
