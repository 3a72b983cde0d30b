"""The answer key of an assignment, compiled by running the instructor's own notebook."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.answers.answer import Function
from autograder.emission import ANSWER, PROBLEM
from autograder.feedback import text
from autograder.grading import notebook as nb
from autograder.grading.course import Course, CourseError, seed, write_atomically
from autograder.grading.inert import plain
from autograder.grading.judging import Judge
from autograder.grading.limits import Limits
from autograder.grading.runner import CellResult, Runner, decode
from autograder.judge import Judgement, judge
from autograder.problems.problem import CodeProblem
from autograder.problems.question import Question
from autograder.problems.record import from_record


@dataclass(frozen=True)
class Exercise:
    """One grade cell: its name, its points, and its problem as inert data; None when a person marks it.

    A cell of plain `assert` statements has no problem either. Its source, hidden tests included, is `test`; it runs
    next to the student's code, as in nbgrader, and so it is not tamper-proof.
    """

    grade_id: str
    points: float
    record: Mapping[str, Any] | None
    test: str = ""

    @cached_property
    def problem(self) -> Question:
        """The problem, rebuilt from its record."""
        if self.record is None:
            raise TypeError(f"{self.grade_id} is marked by a person or by a plain test and has no problem.")
        return from_record(self.record)

    @cached_property
    def judge(self) -> Judge:
        """Judges answers to the problem, and remembers its judgements."""
        return Judge(self.problem)

    @property
    def is_personal(self) -> bool:
        """Whether every student has other data in it."""
        return self.record is not None and self.problem.is_personal


@dataclass(frozen=True)
class Key:
    """What is needed to grade an assignment: its exercises, and the master notebook that students were given.

    `digest` changes whenever the source notebook or the version of this package does.
    """

    assignment: str
    notebook: str
    digest: str
    exercises: tuple[Exercise, ...]
    master: nb.Notebook

    @property
    def points(self) -> float:
        """The most that can be had."""
        return sum(exercise.points for exercise in self.exercises)

    def to_json(self) -> str:
        """Write the key as JSON."""
        exercises = [as_data(exercise) for exercise in self.exercises]
        names = ("assignment", "notebook", "digest", "master")
        return json.dumps({**{name: getattr(self, name) for name in names}, "exercises": exercises})

    @classmethod
    def from_json(cls, text: str) -> Key:
        """Read a key that `to_json` wrote."""
        data = json.loads(text)
        exercises = tuple(Exercise(**exercise) for exercise in data["exercises"])
        return cls(data["assignment"], data["notebook"], data["digest"], exercises, data["master"])


def as_data(exercise: Exercise) -> dict[str, Any]:
    """Return the fields of an exercise as JSON has them."""
    return {name: getattr(exercise, name) for name in ("grade_id", "points", "record", "test")}


def compile_key(course: Course, assignment: str, limits: Limits | None = None) -> Key:
    """Return the key of an assignment, from `.nabla/keys` when its source has not changed.

    Raises `CourseError`, naming file and cell, when the notebook does not run, when its metadata make no sense,
    or when the instructor's own solution does not score full marks.
    """
    path = course.source(assignment)
    raw = path.read_bytes()
    digest = _digest(raw, course)
    kept = course.private("keys") / f"{assignment}-{digest}.json"
    if kept.exists():
        return Key.from_json(kept.read_text(encoding="utf-8"))
    source = read_source(path, raw)
    if troubles := [*duplicates(source), *unequal_points(source)]:
        raise CourseError(f"{path}: " + f"\n{path}: ".join(troubles))
    exercises = tuple(_run(path, source, seed(course.secret(), assignment), limits or Limits(cell=60.0)))
    if not exercises:
        raise CourseError(f"{path}: no cell of this notebook has points, so there is nothing to grade.")
    from autograder.grading.nbgrader_release import release_notebook  # only now: nbgrader is slow to import

    key = Key(assignment, path.stem, digest, exercises, release_notebook(course, assignment, path))
    write_atomically(kept, key.to_json(), mode=0o600)
    return key


def _digest(raw: bytes, course: Course) -> str:
    """Name what a key depends on: the source, the settings that shape the release form, and our version."""
    settings = course.root / "nbgrader_config.py"
    parts = (raw, settings.read_bytes() if settings.exists() else b"", version("nabla-workbook").encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:20]


def read_source(path: Path, raw: bytes) -> nb.Notebook:
    """Read the instructor's notebook; raise `CourseError` when it is not one."""
    try:
        notebook = json.loads(raw.decode())
        cells = notebook["cells"]
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CourseError(
            f"{path} is not a notebook that can be read ({error}). Open and save it in Jupyter."
        ) from error
    if notebook.get("nbformat") != 4 or not isinstance(cells, list):
        raise CourseError(f"{path} has an old notebook format. Open and save it in Jupyter.")
    return dict(notebook)


def duplicates(source: nb.Notebook) -> Iterator[str]:
    """Yield a complaint for each grade id that two cells share."""
    seen: set[str] = set()
    for cell in source["cells"]:
        name = nb.grade_id(cell)
        if name and name in seen:
            yield f"two cells have the nbgrader id {name!r}. Give one of them another id (Create Assignment panel)."
        seen.add(name)


def unequal_points(source: nb.Notebook) -> Iterator[str]:
    """Yield a complaint for each check cell whose `points=` is not what its nbgrader metadata say.

    >>> cell = {"cell_type": "code", "source": "check(problem_1, answer_1, points=2)",
    ...         "metadata": {"nbgrader": {"grade": True, "grade_id": "check-1", "points": 3}}}
    >>> list(unequal_points({"cells": [cell]}))
    ['cell check-1 says points=2 and its nbgrader metadata say 3. Make the two equal.']
    """
    for cell in source["cells"]:
        if cell["cell_type"] != "code" or not nb.is_grade(cell) or nb.is_solution(cell):
            continue
        name, noted = nb.grade_id(cell), nb.points(cell)
        call = check_call(nb.source(cell))
        if call is None and not is_plain_test(nb.source(cell)):
            yield f"cell {name} has points, so its last line should be check(problem, answer, points={noted:g})."
        elif call and (said := _points_argument(call)) != noted:
            shown = "no points= that is a plain number" if said is None else f"points={said:g}"
            yield f"cell {name} says {shown} and its nbgrader metadata say {noted:g}. Make the two equal."


def check_call(text: str) -> ast.Call | None:
    """Return the call of `check` that is the last line of a cell, if it is one."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return None
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if isinstance(last, ast.Call) and isinstance(last.func, ast.Name | ast.Attribute):
        return last if _name(last.func) == "check" else None
    return None


def is_plain_test(text: str) -> bool:
    """Whether a grade cell tests by `assert`, as nbgrader's own examples do, and not by `check`.

    >>> is_plain_test("assert square(2) == 4"), is_plain_test("assert p\\ncheck(p, a)"), is_plain_test("chekc(p, a)")
    (True, False, False)
    """
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return False
    checks = any(isinstance(node, ast.Name | ast.Attribute) and _name(node) == "check" for node in nodes)
    return not checks and any(isinstance(node, ast.Assert) for node in nodes)


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _points_argument(call: ast.Call) -> float | None:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "points"] or call.args[2:3]
    if not given:
        return 1.0
    value = given[0].value if isinstance(given[0], ast.Constant) else None
    return float(value) if isinstance(value, int | float) else None


def _run(path: Path, source: nb.Notebook, number: int, limits: Limits) -> Iterator[Exercise]:
    """Run the notebook as the instructor, and yield its exercises in order."""
    with Runner(limits, mode="key") as run:
        for place, cell in enumerate(source["cells"], 1):
            where = f"{path}, {nb.label(cell, place)}"
            if cell["cell_type"] != "code":
                if nb.is_grade(cell):
                    yield Exercise(nb.grade_id(cell), nb.points(cell), None)
                continue
            result = run.cell(nb.source(cell))
            if result.status != "ok":
                raise CourseError(f"{where}: the source notebook does not run: {_how(result, limits)}")
            if nb.is_grade(cell):
                automatic = not nb.is_solution(cell)
                test = nb.source(cell) if automatic and is_plain_test(nb.source(cell)) else ""
                record = _exercise(where, result, run, nb.points(cell), number) if automatic and not test else None
                yield Exercise(nb.grade_id(cell), nb.points(cell), record, test)


def _exercise(where: str, result: CellResult, run: Runner, points: float, number: int) -> Mapping[str, Any]:
    """Return the problem that a grade cell showed, after judging the instructor's own answer to it."""
    data = next((out["data"] for out in result.outputs if PROBLEM in out.get("data", {})), None)
    if data is None:
        raise CourseError(f"{where}: the cell showed no problem. Is the check of this cell the one from autograder?")
    record = {name: value for name, value in data[PROBLEM].items() if name != "points"}
    if data[PROBLEM]["points"] != points:
        raise CourseError(
            f"{where}: check was given points={data[PROBLEM]['points']:g} and the metadata say {points:g}."
        )
    problem = from_record(record)
    answer = decode(data[ANSWER])
    outputs = []
    if isinstance(problem, CodeProblem) and isinstance(answer, Function):
        outputs = run.call(result.execution, problem.inputs(number))
    judgement = judge(problem, answer, lambda name, inputs: outputs, number)
    if judgement.state != "right":
        raise CourseError(f"{where}: {_not_full(data, judgement, points)}")
    return record


def _not_full(data: Mapping[str, Any], judgement: Judgement, points: float) -> str:
    said = text(judgement, float(judgement.credit) * points, points).replace("\n", " ")
    given = judgement.echo or str(data[ANSWER].get("answer"))[:200]
    return f"the solution in the source notebook does not get full marks. Given: {given}. Said: {said}"


def _how(result: CellResult, limits: Limits) -> str:
    if result.status == "timeout":
        return f"the cell took longer than {limits.cell:g} seconds."
    error = next((out for out in result.outputs if out["output_type"] == "error"), None)
    return plain(f"{error['ename']}: {error['evalue']}") if error else f"the cell ended with {result.status!r}."
