"""Running a submission cell by cell and taking one inert answer from each grade cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from autograder.answers.answer import Answer, Function, Missing
from autograder.emission import ANSWER, PROBLEM
from autograder.grading import notebook as nb
from autograder.grading.intake import Entry, Intake
from autograder.grading.key import Exercise
from autograder.grading.limits import Limits
from autograder.grading.runner import CellResult, Runner, decode
from autograder.grading.warm import Warm
from autograder.problems.problem import CodeProblem

STOPPED = {
    "timeout": "ran longer than {limits.cell:g} seconds and was stopped",
    "died": "ended the Python process",
    "flood": "printed without end and was stopped",
    "skipped": "was not run, because the time for the whole notebook was used up",
}
"""How a cell that did not end of itself is spoken of."""


@dataclass(frozen=True)
class Attempt:
    """The answer of one grade cell. `answer` is None when none came out, and `trouble` then says why.

    `seed` drew the inputs that a function was tried on; it is 0 for any other answer. `share` of the points is what
    a plain test said from inside the sandbox, where the student's code can make it say anything.
    """

    answer: Answer | None
    outputs: tuple[Answer, ...] = ()
    trouble: str = ""
    seed: int = 0
    share: Fraction | None = None


@dataclass(frozen=True)
class Executed:
    """What each cell showed, in the order of the entries, and the answer of each grade cell by its id."""

    shown: tuple[tuple[Mapping[str, Any], ...], ...]
    attempts: Mapping[str, Attempt]


def execute(
    intake: Intake,
    exercises: Mapping[str, Exercise],
    seed: Callable[[str], int],
    limits: Limits,
    warm: Warm,
    answered: Callable[[str, Attempt], None] = lambda grade_id, attempt: None,
) -> Executed:
    """Run the cells of a submission in their order, in a process of their own.

    `seed(grade_id)` draws what the function that answers that exercise is tried on. `answered` is told of each
    attempt as soon as there is one, while later cells are still to be run.
    """
    shown: list[tuple[Mapping[str, Any], ...]] = []
    attempts: dict[str, Attempt] = {}
    broken: list[str] = []
    with Runner(limits, warm=warm) as run:
        for number, entry in enumerate(intake.entries, 1):
            if entry.cell["cell_type"] != "code":
                shown.append(())
                continue
            exercise = exercises.get(nb.grade_id(entry.cell))
            source = exercise.test if exercise and exercise.test else nb.source(entry.cell)
            result = run.cell(source, ahead=_ahead(exercise, intake.entries[number:], exercises))
            shown.append(_without_answers(result.outputs))
            name = nb.label(entry.cell, number)
            if result.status in STOPPED:
                says = STOPPED[result.status].format(limits=limits)
                intake.note(name, f"The cell {says}; the cells after it were still run.")
                broken.append(f"The cell {name} {says}.")
            if exercise and exercise.test:
                attempts[exercise.grade_id] = _tested(exercise, result, broken)
                broken = []
            elif exercise and exercise.record is not None:
                attempts[exercise.grade_id] = _attempt(exercise, result, run, seed, broken)
                _note_forgeries(name, result, intake)
                broken = []
            elif entry.by == "student":
                _note_displays(name, result, intake)
            if exercise and exercise.grade_id in attempts:
                answered(exercise.grade_id, attempts[exercise.grade_id])
    return Executed(tuple(shown), attempts)


def _ahead(exercise: Exercise | None, rest: Sequence[Entry], exercises: Mapping[str, Exercise]) -> str:
    """Return the code of the next cell if it may begin at once, after the cell of `exercise`, if that is a check.

    It may not where a function is to be called before a later cell can change what it does, and no cell may see a
    plain test that comes next.
    """
    if exercise and exercise.record is not None and isinstance(exercise.problem, CodeProblem):
        return ""
    for entry in rest:
        if entry.cell["cell_type"] == "code" and nb.source(entry.cell).strip():
            following = exercises.get(nb.grade_id(entry.cell))
            return "" if following and following.test else nb.source(entry.cell)
    return ""


def _attempt(
    exercise: Exercise, result: CellResult, run: Runner, seed: Callable[[str], int], broken: Sequence[str]
) -> Attempt:
    trouble = " ".join(broken)
    bundles = _bundles(result, "execute_result")
    if not bundles:
        return Attempt(*_no_answer(result, trouble))
    answer = decode(bundles[-1])
    if isinstance(answer, Function) and isinstance(exercise.problem, CodeProblem):
        number = seed(exercise.grade_id)
        outputs = run.call(result.execution, exercise.problem.inputs(number))
        return Attempt(answer, tuple(outputs), trouble, number)
    return Attempt(answer, (), trouble)


def _tested(exercise: Exercise, result: CellResult, broken: Sequence[str]) -> Attempt:
    """Return what a plain test said: an error is nothing, a number as the last line so many points, else it is all."""
    trouble = " ".join(broken)
    if result.status in STOPPED:
        return Attempt(None, trouble=trouble)
    error = next((out for out in result.outputs if out["output_type"] == "error"), None)
    if error or result.status != "ok":
        why = f"{error['ename']}: {error['evalue']}"[:300] if error else "it ended with an error"
        return Attempt(None, trouble=f"{trouble} The test in this cell did not pass: {why}".strip(), share=Fraction(0))
    last = next((out["data"].get("text/plain") for out in result.outputs if out["output_type"] == "execute_result"), "")
    try:
        points = float(last)
    except (TypeError, ValueError):
        return Attempt(None, share=Fraction(1))
    within = min(max(points, 0.0), exercise.points) if points == points and exercise.points else 0.0
    return Attempt(None, share=Fraction(within) / Fraction(exercise.points or 1))


def _no_answer(result: CellResult, trouble: str) -> tuple[Answer | None, tuple[Answer, ...], str]:
    error = next((out for out in result.outputs if out["output_type"] == "error"), None)
    if error and error["ename"] == "NameError":
        return Missing("undefined"), (), trouble
    if trouble:
        return None, (), trouble
    if error:
        return None, (), f"The check could not run: {error['ename']}: {error['evalue']}"[:300]
    return None, (), "No answer came out of the check cell."


def _without_answers(outputs: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Leave out what is for the judge alone: it is not shown, and may be large."""
    return tuple(
        {**out, "data": {mime: part for mime, part in out["data"].items() if mime not in (ANSWER, PROBLEM)}}
        if "data" in out
        else out
        for out in outputs
    )


def _bundles(result: CellResult, kind: str) -> list[Any]:
    return [
        output["data"][ANSWER]
        for output in result.outputs
        if output["output_type"] == kind and ANSWER in output["data"]
    ]


def _note_forgeries(name: str, result: CellResult, intake: Intake) -> None:
    results, displays = len(_bundles(result, "execute_result")), len(_bundles(result, "display_data"))
    if results + displays > 1 or displays:
        says = f"The check cell gave {results + displays} answers where one belongs; its result was taken."
        intake.note(name, says, "suspicious")
    elif not results and result.status == "ok":
        intake.note(name, "The check cell ran and gave no answer: was `check` replaced?", "suspicious")


def _note_displays(name: str, result: CellResult, intake: Intake) -> None:
    """Note an answer that is displayed by hand. `check` in a cell of one's own gives a result and is no matter."""
    if _bundles(result, "display_data"):
        intake.note(name, "The cell displays an answer bundle by hand; only check cells are graded.", "suspicious")
