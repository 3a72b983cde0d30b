"""Backpropagation by code: right in any style, and wrong passes recognised by their numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import check
from autograder.answers import from_wire, to_wire
from autograder.answers.calls import respond
from autograder.problems.backward_pass import BackwardPass
from autograder.problems.record import from_record, to_record


def local(node: Any, values: Any) -> list[tuple[int, float]]:
    name, *taken = node
    a = values[taken[0]] if taken else 0.0
    b = values[taken[1]] if len(taken) > 1 else 0.0
    return {
        "input": [],
        "add": [(i, 1.0) for i in taken],
        "sub": list(zip(taken, (1.0, -1.0), strict=False)),
        "mul": list(zip(taken, (b, a), strict=False)),
        "sin": [(i, math.cos(a)) for i in taken],
        "exp": [(i, math.exp(min(a, 50))) for i in taken],
        "square": [(i, 2 * a) for i in taken],
    }[name]


def by_loop(graph: Any, values: Any) -> list[float]:
    reached = [0.0] * len(graph)
    reached[-1] = 1.0
    for i in range(len(graph) - 1, -1, -1):
        for j, slope in local(graph[i], values):
            reached[j] += slope * reached[i]
    return [r for r, node in zip(reached, graph, strict=True) if node[0] == "input"]


def by_matrix(graph: Any, values: Any) -> Any:
    n = len(graph)
    table = np.zeros((n, n))
    for i, node in enumerate(graph):
        for j, slope in local(node, values):
            table[i, j] += slope
    reached = np.linalg.solve(np.eye(n) - table.T, np.eye(n)[-1])
    return reached[[node[0] == "input" for node in graph]]


def by_recursion(graph: Any, values: Any) -> tuple[float, ...]:
    def slope(i: int, k: int) -> float:
        return float(i == k) + (i > k) * sum(s * slope(j, k) for j, s in local(graph[i], values))

    return tuple(slope(len(graph) - 1, k) for k, node in enumerate(graph) if node[0] == "input")


@pytest.mark.parametrize("function", [by_loop, by_matrix, by_recursion])
def test_a_right_gradient_is_right_in_any_style(function: Callable[..., Any]) -> None:
    assert check(BackwardPass(), function, points=3) == 3.0


def overwriting(graph: Any, values: Any) -> list[float]:
    reached = [0.0] * len(graph)
    reached[-1] = 1.0
    for i in range(len(graph) - 1, -1, -1):
        for j, slope in local(graph[i], values):
            reached[j] = slope * reached[i]
    return [r for r, node in zip(reached, graph, strict=True) if node[0] == "input"]


def wrong_product(graph: Any, values: Any) -> list[float]:
    reached = [0.0] * len(graph)
    reached[-1] = 1.0
    for i in range(len(graph) - 1, -1, -1):
        for j, slope in local(graph[i], values):
            reached[j] += (values[j] if graph[i][0] == "mul" else slope) * reached[i]
    return [r for r, node in zip(reached, graph, strict=True) if node[0] == "input"]


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (overwriting, "paths not added up"),
        (wrong_product, "a product passes on the wrong factor"),
        (lambda graph, values: [0.0] * sum(node[0] == "input" for node in graph), "no start at the result"),
        (lambda graph, values: by_loop(graph, values)[::-1], "inputs in reverse order"),
        (lambda graph, values: [-g for g in by_loop(graph, values)], "all signs flipped"),
        (lambda graph, values: [g + 1e-6 for g in by_loop(graph, values)], "nearly right"),
    ],
)
def test_a_wrong_pass_is_recognised_by_its_numbers(function: Callable[..., Any], mistake: str) -> None:
    score = check(BackwardPass(), function)
    assert score.judgement.mistake == mistake
    assert score < 1


@pytest.mark.parametrize("name", ["sub", "sin", "exp", "square", "mul"])
def test_a_slip_in_any_operation_is_seen_whatever_the_draw(name: str) -> None:
    def slipped(graph: Any, values: Any) -> list[float]:
        reached = [0.0] * len(graph)
        reached[-1] = 1.0
        for i in range(len(graph) - 1, -1, -1):
            for j, slope in local(graph[i], values):
                reached[j] += slope * reached[i] * (1.01 if graph[i][0] == name else 1.0)
        return [r for r, node in zip(reached, graph, strict=True) if node[0] == "input"]

    problem = BackwardPass()
    for seed in range(5):
        outputs = respond(slipped, problem.inputs(seed))
        assert any(map(problem.kind.trouble, map(problem.truth, problem.inputs(seed)), outputs))


def test_the_inputs_survive_the_way_to_the_student_and_the_problem_its_record() -> None:
    problem = BackwardPass.variant(1, 2)
    assert from_record(json.loads(json.dumps(to_record(problem)))) == problem
    for row in problem.inputs(3):
        assert problem.truth(from_wire(to_wire(row))) == problem.truth(row)


def test_a_function_of_another_shape_is_told_so() -> None:
    assert "TypeError" in check(BackwardPass(), lambda graph: [1]).feedback
    assert check(BackwardPass(), lambda graph, values: None).judgement.state == "missing"
    assert len(BackwardPass().hints()) == 3
    assert "Worked solution" in BackwardPass().solution()
