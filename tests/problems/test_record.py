"""Problems survive the way to a file and back."""

from __future__ import annotations

import json

import pytest
from sympy import exp
from sympy.abc import x, y

from autograder import Gradient, GradientAt, GradientField, NumericalGradient
from autograder.problems import ProblemError
from autograder.problems.record import from_record, to_record


@pytest.mark.parametrize(
    "problem",
    [
        Gradient(x**2 * exp(x * y)),
        Gradient(x, (x, y)),
        GradientAt(x * y, at=(1, 0.5)),
        NumericalGradient("slope", 1e-6),
        GradientField(x + y**2),
    ],
)
def test_a_problem_survives_a_file(problem: object) -> None:
    assert from_record(json.loads(json.dumps(to_record(problem)))) == problem


@pytest.mark.parametrize("kind", ["nowhere:Gradient", "autograder.problems:Nothing", "os:system", "json:JSONDecoder"])
def test_only_problem_types_are_rebuilt(kind: str) -> None:
    with pytest.raises(ProblemError):
        from_record({"type": kind, "fields": {}})
