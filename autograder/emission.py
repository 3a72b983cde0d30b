"""What `check` shows while a class is graded: the answer as inert data, and nothing else.

The process that runs a student's code holds no key and computes no score. It is told so by one environment
variable, set by the grader; a student who sets it only loses the feedback.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, Literal

from autograder.answers import WireError, from_wire, to_wire
from autograder.answers.answer import Answer, Items, Refused
from autograder.answers.calls import respond
from autograder.problems.question import Question
from autograder.problems.record import to_record

ANSWER = "application/vnd.nabla.answer+json"
"""The type of an output that holds one answer, or the list of what a function returned."""
PROBLEM = "application/vnd.nabla.problem+json"
"""The type of an output that holds a problem and its points; only the instructor's own run shows it."""
VARIABLE = "NABLA_CHECK"
"""Set to "answers" where a submission runs, to "key" where the instructor's notebook runs."""

Mode = Literal["answers", "key"]


def mode() -> Mode | None:
    """Return what `check` should emit in this process; None means: judge here."""
    value = os.environ.get(VARIABLE, "")
    return value if value in ("answers", "key") else None  # type: ignore[return-value]


class Emission:
    """The value of a grade cell while a class is graded."""

    def __init__(self, problem: Question, answer: object, points: float, mode: Mode) -> None:
        self._answer = answer
        self._bundle: dict[str, Any] = {"text/plain": "answer recorded", ANSWER: _wire(problem.pack(answer))}
        if mode == "key":
            self._bundle[PROBLEM] = {**to_record(problem), "points": points}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self._bundle

    def respond(self, inputs: str) -> Responses:
        """Call the answer, a function, with inputs in wire form."""
        arguments = from_wire(inputs.encode())
        rows = [row for row in arguments if isinstance(row, Items)] if isinstance(arguments, Items) else []
        return Responses(respond(self._answer, rows))


class Responses:
    """What a student's function returned, one inert answer for each input."""

    def __init__(self, outputs: Sequence[Any]) -> None:
        self._bundle = {
            "text/plain": "outputs recorded",
            ANSWER: [json.loads(to_wire(out)) for out in outputs],
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self._bundle


def _wire(answer: Answer) -> Any:
    try:
        return json.loads(to_wire(answer))
    except WireError as error:
        return json.loads(to_wire(Refused(str(error))))
