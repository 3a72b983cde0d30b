"""Gradient descent by code: right in any style, and wrong loops recognised by the paths that they walk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import check
from autograder.answers import from_wire, to_wire
from autograder.problems.descent_code import DescentLoop
from autograder.problems.record import from_record, to_record


def as_list(grad: Any, start: Any, learning_rate: float, steps: int) -> list[Any]:
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(steps):
        point = point - learning_rate * grad(point)
        path.append(point)
    return path


def as_array(grad: Any, start: Any, learning_rate: float, steps: int) -> Any:
    path = np.zeros((steps + 1, len(start)))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * grad(path[k])
    return path


def in_pure_python(grad: Any, start: Any, learning_rate: float, steps: int) -> Any:
    path = [tuple(float(c) for c in start)]
    while len(path) <= steps:
        path.append(tuple(c - learning_rate * float(g) for c, g in zip(path[-1], grad(path[-1]), strict=True)))
    return path


@pytest.mark.parametrize("function", [as_list, as_array, in_pure_python])
def test_a_right_loop_is_right_in_any_style(function: Callable[..., Any]) -> None:
    assert check(DescentLoop(), function, points=3) == 3.0


def test_a_start_passed_as_whole_numbers_may_be_used_without_conversion_where_numpy_allows() -> None:
    def subtracting(grad: Any, start: Any, learning_rate: float, steps: int) -> Any:
        path = [start]
        for _ in range(steps):
            path.append(path[-1] - learning_rate * grad(path[-1]))
        return path

    assert check(DescentLoop(), subtracting) == 1.0


def uphill(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return as_list(lambda p: -grad(p), start, eta, steps)


def last_only(*call: Any) -> Any:
    return as_list(*call)[-1]


def returned_in_the_loop(grad: Any, start: Any, eta: float, steps: int) -> Any:
    point = np.array(start, dtype=float)
    for _ in range(steps):
        return point - eta * grad(point)
    return None


def off_by_one(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return as_list(grad, start, eta, steps - 1)


def too_far(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return as_list(grad, start, eta, steps + 1)


def without_start(*call: Any) -> Any:
    return as_list(*call)[1:]


def same_array(grad: Any, start: Any, eta: float, steps: int) -> Any:
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(steps):
        point -= eta * grad(point)
        path.append(point)
    return path


def whole_number_path(grad: Any, start: Any, eta: float, steps: int) -> Any:
    path = np.zeros((steps + 1, len(start)), dtype=start.dtype)
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - eta * grad(path[k])
    return path


def whole_number_error(grad: Any, start: Any, eta: float, steps: int) -> Any:
    point = start.copy()
    path = [point.copy()]
    for _ in range(steps):
        point -= eta * grad(point)
        path.append(point.copy())
    return path


def in_turn(grad: Any, start: Any, eta: float, steps: int) -> Any:
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        point = path[-1].copy()
        for i in range(len(point)):
            point[i] -= eta * grad(point)[i]
        path.append(point)
    return path


def stale(grad: Any, start: Any, eta: float, steps: int) -> Any:
    slope = grad(start)
    return as_list(lambda p: slope, start, eta, steps)


def no_rate(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return as_list(grad, start, 1, steps)


def normalised(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return as_list(lambda p: grad(p) / np.linalg.norm(grad(p)), start, eta, steps)


def transposed(*call: Any) -> Any:
    return np.array(as_list(*call)).T


def unmoved(grad: Any, start: Any, eta: float, steps: int) -> Any:
    return start


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (uphill, "uphill"),
        (last_only, "only the last point"),
        (returned_in_the_loop, "stops after the first step"),
        (off_by_one, "one step too few"),
        (too_far, "one step too many"),
        (without_start, "start left out"),
        (same_array, "the same array appended"),
        (whole_number_path, "whole-number array"),
        (whole_number_error, "whole-number array"),
        (in_turn, "coordinates updated one after the other"),
        (stale, "gradient never renewed"),
        (no_rate, "learning rate left out"),
        (normalised, "gradient made a unit vector"),
        (transposed, "rows and columns swapped"),
        (unmoved, "only the start"),
    ],
)
@pytest.mark.parametrize("digits", [6, 10])
def test_a_wrong_loop_is_recognised_by_its_path(function: Callable[..., Any], mistake: str, digits: int) -> None:
    score = check(DescentLoop(tolerance=10.0**-digits), function, points=2)
    assert score.judgement.mistake == mistake
    assert score <= 1.0


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda grad, start, eta, steps: 1 / 0, "ZeroDivisionError"),
        (lambda grad, start: start, "TypeError"),
        (lambda grad, start, eta, steps: None, "None"),
        (lambda grad, start, eta, steps: 3.5, "a single number"),
    ],
)
def test_what_goes_wrong_in_a_loop_is_said(function: Callable[..., Any], words: str) -> None:
    score = check(DescentLoop(), function)
    assert score == 0.0
    assert words in score.feedback


def test_every_input_crosses_the_wire_and_moves_far_enough_to_show_a_mistake() -> None:
    for seed in range(10):
        problem = DescentLoop()
        for row in problem.inputs(seed):
            assert from_wire(to_wire(row)) == row
            path = np.array(problem.truth(row))
            assert np.isfinite(path).all()
            assert np.linalg.norm(path[1] - path[0]) > 1e-3


def test_the_truth_is_the_loop_written_out() -> None:
    problem = DescentLoop()
    for seed in range(5):
        assert problem.inputs(seed) == problem.inputs(seed)
        assert problem.inputs(seed) != problem.inputs(seed + 1)
    assert check(DescentLoop.variant(3, level=3), as_array) == 1.0


def test_it_survives_a_record() -> None:
    assert from_record(to_record(DescentLoop())) == DescentLoop()
    assert from_record(to_record(DescentLoop())).kind.tolerance == 1e-9  # type: ignore[attr-defined]


def test_the_solution_walks_the_path_that_it_speaks_of() -> None:
    assert r"\left[10,\ 8,\ \frac{32}{5},\ \frac{128}{25}\right]" in DescentLoop().solution()
    assert len(DescentLoop().hints()) == 3
