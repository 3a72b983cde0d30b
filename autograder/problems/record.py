"""A problem as inert data, so that an answer key can be kept in a file and rebuilt in another process."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from autograder.answers import from_wire, of, to_wire
from autograder.answers.answer import Answer, Items, Scalar, Text
from autograder.problems.question import ProblemError, Question


def to_record(problem: Question) -> dict[str, Any]:
    """Write a problem as its type and its fields, without what a student gave.

    >>> from sympy.abc import x, y
    >>> from autograder.problems import GradientAt
    >>> to_record(GradientAt(x*y, at=(1, 2)))["type"]
    'autograder.problems.gradient:GradientAt'
    """
    kind = type(problem)
    data = {
        field.name: _field(getattr(problem, field.name))
        for field in fields(problem)
        if field.metadata.get("recorded", True)
    }
    return {"type": f"{kind.__module__}:{kind.__qualname__}", "fields": data}


def from_record(record: Mapping[str, Any]) -> Question:
    """Rebuild the problem. Raises `ProblemError` when its type cannot be imported.

    >>> from sympy.abc import x, y
    >>> from autograder.problems import GradientAt
    >>> problem = GradientAt(x*y, at=(1, 2))
    >>> from_record(to_record(problem)) == problem
    True
    """
    module, _, name = record["type"].partition(":")
    try:
        kind = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ProblemError(
            f"The problem type {name} cannot be imported from {module}. Define it in an installed module, "
            "not in the notebook."
        ) from error
    if not (isinstance(kind, type) and issubclass(kind, Question)):
        raise ProblemError(f"{name} in {module} is not a problem type.")
    return kind(**{name: _unfield(field) for name, field in record["fields"].items()})


def _field(value: Any) -> dict[str, Any]:
    if isinstance(value, Question):
        return {"problem": to_record(value)}
    return {"value": json.loads(to_wire(of(value)))}


def _unfield(field: Mapping[str, Any]) -> Any:
    if "problem" in field:
        return from_record(field["problem"])
    return _value(from_wire(json.dumps(field["value"]).encode()))


def _value(answer: Answer) -> Any:
    match answer:
        case Scalar(expression):
            return expression
        case Items(items):
            return tuple(_value(item) for item in items)
        case Text(text):
            return text
        case _:
            raise ProblemError(f"A problem cannot hold {type(answer).__name__}.")
