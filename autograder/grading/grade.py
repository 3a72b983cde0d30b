"""Grading one submission: bytes and a key in, marks and a notebook to show out. Touches no gradebook."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from queue import SimpleQueue

from autograder.answers.answer import Answer, Function, Items, Missing, Refused, Scalar, Table, Text
from autograder.feedback import Score, html
from autograder.grading import inert
from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly
from autograder.grading.course import seed
from autograder.grading.execution import Attempt, Executed, execute
from autograder.grading.graded import Graded, Mark
from autograder.grading.intake import Entry, Intake, blank, take
from autograder.grading.key import Exercise, Key
from autograder.grading.limits import Limits
from autograder.grading.submission import IntakeError
from autograder.grading.suspicion import in_submission
from autograder.grading.warm import StartError, Warm
from autograder.judge import Judgement
from autograder.notation import plain

LEAST = 2.0
"""Seconds of computing that every answer is judged for, also when others have used up the time for all."""
UNSAFE = "Graded without a sandbox (--unsafe): the code in it could have read or changed anything on that machine."


def grade(
    submission: bytes, key: Key, *, student: str, secret: bytes, warm: Warm, limits: Limits | None = None
) -> Graded:
    """Grade one submission. Student code runs in a child of `warm`; what comes back is data.

    What functions are tried on is drawn from `secret`, the exercise, the student and these very bytes: the same for a
    regrade, and other inputs for another submission, so that what was seen of them is worthless later.
    Every grade cell gets an explicit score, or None when a person has to mark it. A submission that cannot be
    read gets the status "failed" and waits for a person. What interrupts the judging closes `warm`.
    """
    limits = limits or Limits()
    try:
        intake = take(submission, key.master, key.notebook)
    except IntakeError as error:
        return failed(key, student, str(error), submission=submission)
    handed_in = hashlib.sha256(submission).hexdigest()

    def draw(grade_id: str) -> int:
        return seed(secret, key.assignment, grade_id, student, handed_in)

    try:
        executed, marks = _executed(intake, key, draw, limits, warm, student)
    except StartError as error:
        return replace(failed(key, student, str(error), submission=submission), fingerprint="")  # to be tried again
    notebook = _notebook(key, intake, executed, marks)
    if warm.sandbox.kind == "none":
        intake.note("", UNSAFE)
        notebook["cells"].insert(0, _remark(f"**{UNSAFE}**"))
    return Graded(
        student=student,
        status="graded",
        marks=tuple(marks.values()),
        notebook=notebook,
        anomalies=tuple(intake.anomalies),
        fingerprint=fingerprint(submission, key),
    )


def failed(key: Key, student: str, says: str, *, handed_in: bool = True, submission: bytes = b"") -> Graded:
    """Return the outcome for a submission that could not be graded: for a person to look at, or zero if none came."""
    score = None if handed_in else 0.0
    marks = {exercise.grade_id: Mark(exercise.grade_id, exercise.points, score) for exercise in key.exercises}
    intake = blank(key.master)
    nothing = Executed(((),) * len(intake.entries), {})
    notebook = _notebook(key, intake, nothing, marks)
    notebook["cells"].insert(0, _remark(f"**This submission was not graded.** {inert.markdown(says)}"))
    anomalies = (Anomaly("unreadable", "", says),)
    return Graded(student, "failed", tuple(marks.values()), notebook, anomalies, says, fingerprint(submission, key))


def _remark(says: str) -> nb.Cell:
    return {"cell_type": "markdown", "id": "nabla-note", "metadata": {}, "source": says}


def fingerprint(submission: bytes, key: Key) -> str:
    """Name what was graded by which key."""
    return f"{hashlib.sha256(submission).hexdigest()[:24]}-{key.digest}"


# -- marks ------------------------------------------------------------------------------------------------------


def _executed(
    intake: Intake, key: Key, draw: Callable[[str], int], limits: Limits, warm: Warm, student: str
) -> tuple[Executed, dict[str, Mark]]:
    """Run the cells in the sandbox. Meanwhile read here what the student wrote, and judge each answer that comes."""
    exercises = {exercise.grade_id: exercise for exercise in key.exercises}
    attempts: SimpleQueue[tuple[str, Attempt] | None] = SimpleQueue()
    written = [
        (entry.cell, nb.label(entry.cell, place))
        for place, entry in enumerate(intake.entries, 1)
        if entry.by == "student"
    ]

    def answered(grade_id: str, attempt: Attempt) -> None:
        attempts.put((grade_id, attempt))

    with ThreadPoolExecutor(1) as background:
        running = background.submit(execute, intake, exercises, draw, limits, warm, answered)
        running.add_done_callback(lambda _: attempts.put(None))
        try:
            noticed = tuple(in_submission(written))
            for exercise in key.exercises:
                if exercise.record is not None:
                    exercise.judge.expect(student)
            judged, left = {}, limits.judging
            for name, attempt in iter(attempts.get, None):
                began = time.thread_time()
                judged[name] = _mark(exercises[name], attempt, student, max(left, LEAST))
                left -= time.thread_time() - began
        except BaseException:
            warm.close()  # nobody waits for cells that are not going to be judged
            raise
        executed = running.result()
    intake.anomalies += noticed
    return executed, _marks(key, intake, judged)


def _marks(key: Key, intake: Intake, judged: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return the marks of all exercises in their order, those for a person included."""
    written = {nb.grade_id(entry.cell): entry for entry in intake.entries if nb.grade_id(entry.cell)}
    masters = {nb.grade_id(cell): cell for cell in key.master["cells"] if nb.grade_id(cell)}
    marks = {}
    for exercise in key.exercises:
        name = exercise.grade_id
        if exercise.record is None and not exercise.test:
            untouched = nb.source(written[name].cell).strip() in ("", nb.source(masters[name]).strip())
            marks[name] = Mark(name, exercise.points, 0.0 if untouched else None)
        else:
            marks[name] = judged[name]
    return marks


def _mark(exercise: Exercise, attempt: Attempt, student: str, seconds: float) -> Mark:
    judgement = _judgement(exercise, attempt, student, seconds)
    undecided = judgement.state == "undecided"
    score = None if undecided else float(Score(judgement, exercise.points))
    given = "" if attempt.answer is None else brief(exercise.problem.bare(attempt.answer))
    return Mark(exercise.grade_id, exercise.points, score, judgement, given)


def _judgement(exercise: Exercise, attempt: Attempt, student: str, seconds: float) -> Judgement:
    if attempt.share is not None:
        return _of_test(attempt.share, attempt.trouble)
    if attempt.answer is None:
        return Judgement("missing", Fraction(0), attempt.trouble or "No answer came out of the check cell.")
    if isinstance(attempt.answer, Missing) and attempt.trouble:
        return Judgement("missing", Fraction(0), attempt.trouble)
    return exercise.judge(attempt.answer, attempt.outputs, student, attempt.seed, seconds)


def _of_test(share: Fraction, trouble: str) -> Judgement:
    """Return what a plain test comes to."""
    if share == 1:
        return Judgement("right", share, "The tests in this cell passed.")
    says = trouble or "The tests in this cell gave a part of the points."
    return Judgement("partly right" if share else "wrong", share, says)


def brief(answer: Answer) -> str:
    """Write an answer in one short line, for the instructor's report.

    >>> from sympy import Integer
    >>> brief(Items((Scalar(Integer(2)), Text("x^2"))))
    "(2, 'x^2')"
    """
    match answer:
        case Scalar(expression):
            line = plain(expression)
        case Items(items):
            line = "(" + ", ".join(brief(item) for item in items[:20]) + ")"
        case Text(text):
            line = repr(text[:200])
        case Function(name):
            line = f"function {name}"
        case Missing():
            line = ""
        case Refused(reason):
            line = reason
        case Table():
            line = "a dict"
        case _:
            line = type(answer).__name__
    line = inert.plain(" ".join(line.split()))
    return line if len(line) <= 120 else line[:119] + "…"


# -- the notebook to show -----------------------------------------------------------------------------------------


def _notebook(key: Key, intake: Intake, executed: Executed, marks: Mapping[str, Mark]) -> nb.Notebook:
    """Return the graded notebook: the student's text and inert outputs, our feedback in each check cell."""
    cells = [
        _cell(entry, shown, marks.get(nb.grade_id(entry.cell)), count)
        for count, (entry, shown) in enumerate(zip(intake.entries, executed.shown, strict=True), 1)
    ]
    return {**key.master, "cells": cells}


def _cell(entry: Entry, shown: tuple[Mapping[str, object], ...], mark: Mark | None, count: int) -> nb.Cell:
    if entry.cell["cell_type"] != "code":
        text = nb.source(entry.cell)
        return {**entry.cell, "source": text if entry.by == "instructor" else inert.markdown(text)}
    outputs = inert.outputs(shown)
    if mark and mark.judgement:
        outputs = [_feedback(mark, mark.judgement, count)]
    elif mark and not nb.is_solution(entry.cell):
        outputs = [{"output_type": "stream", "name": "stdout", "text": "Not graded by machine."}]
    return {**entry.cell, "execution_count": count, "outputs": outputs}


def _feedback(mark: Mark, judgement: Judgement, count: int) -> nb.Cell:
    """Return the one output of a check cell. Its text is the bare number, which is how nbgrader reads a score.

    An undecided answer shows 0.0: nbgrader takes any other text, and NaN, for full marks.
    """
    score = mark.score or 0.0
    shown = inert.passive_tex(html(judgement, score, mark.points, tell_witness=False))  # it quotes the student
    data = {"text/plain": repr(float(score)), "text/html": shown}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": count}
