"""A numerical directional derivative: right in any style, and wrong ways recognised by what they return."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import check
from autograder.answers import from_wire, to_wire
from autograder.problems.rate_code import NumericalRate
from autograder.problems.record import from_record, to_record


def central(f: Any, point: Any, direction: Any, h: float = 6e-6) -> float:
    point = np.array(point, dtype=float)
    u = direction / np.linalg.norm(direction)
    return float((f(point + h * u) - f(point - h * u)) / (2 * h))


def by_gradient(f: Any, point: Any, direction: Any) -> Any:
    point = np.array(point, dtype=float)
    slopes = [(f(point + step) - f(point - step)) / 1.2e-5 for step in 6e-6 * np.eye(len(point))]
    return np.dot(slopes, direction) / np.linalg.norm(direction)


def in_pure_python(f: Any, point: Any, direction: Any) -> float:
    length = sum(d * d for d in direction) ** 0.5
    ahead, behind = ([p + s * 1e-5 * d / length for p, d in zip(point, direction, strict=True)] for s in (1, -1))
    return (f(ahead) - f(behind)) / 2e-5


@pytest.mark.parametrize("function", [central, by_gradient, in_pure_python])
def test_a_right_rate_is_right_in_any_style(function: Callable[..., Any]) -> None:
    assert check(NumericalRate(), function, points=3) == 3.0


def aliased(f: Any, point: Any, direction: Any) -> float:
    point, u = np.array(point, dtype=float), direction / np.linalg.norm(direction)
    ahead = point
    ahead += 1e-5 * u
    up = f(ahead)
    behind = point
    behind -= 1e-5 * u
    return float((up - f(behind)) / 2e-5)


def not_restored(f: Any, point: Any, direction: Any) -> float:
    own = point if point.dtype == float else point.astype(float)
    u = direction / np.linalg.norm(direction)
    own += 6e-6 * u
    up = f(own)
    own -= 12e-6 * u
    return float((up - f(own)) / 12e-6)


def in_place(f: Any, point: Any, direction: Any) -> float:
    u = direction / np.linalg.norm(direction)
    before = point.copy()
    point += 6e-6 * u
    up = f(point)
    point -= 12e-6 * u
    down = f(point)
    point[:] = before
    return float((up - down) / 12e-6)


def naive(f: Any, point: Any, direction: Any) -> float:
    u = direction / np.linalg.norm(direction)
    point += 6e-6 * u
    up = f(point)
    point -= 12e-6 * u
    return float((up - f(point)) / 12e-6)


def length(direction: Any) -> float:
    return float(np.linalg.norm(direction))


WRONG: list[tuple[str, Callable[..., Any]]] = [
    ("direction not normalised", lambda f, p, d: central(f, p, d) * length(d)),
    ("direction not normalised, and rough", lambda f, p, d: (f(p + 1e-4 * d) - f(p)) / 1e-4),
    ("divided by the length twice", lambda f, p, d: central(f, p, d) / length(d)),
    ("forward difference", lambda f, p, d: (f(p + 1e-5 * d / length(d)) - f(p)) / 1e-5),
    ("step too long", lambda f, p, d: central(f, p, d, 1e-2)),
    ("step too short", lambda f, p, d: central(f, p, d, 1e-13)),
    ("divided by one step instead of two", lambda f, p, d: 2 * central(f, p, d)),
    ("half the rate", aliased),
    ("not divided by the step", lambda f, p, d: central(f, p, d) * 2e-5),
    ("sign flipped", lambda f, p, d: -central(f, p, d)),
    ("length of the gradient", lambda f, p, d: np.hypot.reduce([central(f, p, e) for e in np.eye(len(p))])),
    ("sum of the slopes", lambda f, p, d: sum(central(f, p, e) for e in np.eye(len(p)))),
    ("a vector instead of a rate", lambda f, p, d: [central(f, p, e) for e in np.eye(len(p))]),
    ("input changed", not_restored),
    ("whole-number array", in_place),
    ("whole-number array", naive),
    ("whole-number array", lambda f, p, d: central(f, p, d) if p.dtype == float else 0.0),
]


@pytest.mark.parametrize(("mistake", "function"), WRONG)
def test_a_wrong_way_is_recognised_by_what_it_returns(mistake: str, function: Callable[..., Any]) -> None:
    score = check(NumericalRate(), function)
    assert score.judgement.mistake == mistake
    assert score <= 0.5


def test_what_is_wrong_in_no_known_way_gets_no_name() -> None:
    assert not check(NumericalRate(), lambda f, p, d: float(f(p))).judgement.mistake
    assert "ZeroDivisionError" in check(NumericalRate(), lambda f, p, d: 1 / 0).feedback


@pytest.mark.parametrize("seed", range(3))
def test_the_truth_is_that_of_a_fine_difference(seed: int) -> None:
    from autograder.answers.calls import respond

    problem = NumericalRate.variant(seed, 3)
    rows = problem.inputs(seed)
    assert not any(map(problem.kind.trouble, map(problem.truth, rows), respond(in_pure_python, rows)))


def test_the_inputs_survive_the_way_to_the_student_and_the_problem_its_record() -> None:
    problem = NumericalRate.variant(1, 2)
    assert from_record(json.loads(json.dumps(to_record(problem)))) == problem
    for row in problem.inputs(3):
        assert problem.truth(from_wire(to_wire(row))) == problem.truth(row)
    assert len(problem.hints()) == 3
    assert "Worked solution" in problem.solution()
