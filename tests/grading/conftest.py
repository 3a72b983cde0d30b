"""Tiny assignments: one grade cell each, unless a test asks for more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sympy.abc import x, y

from autograder.grading.course import Course
from autograder.grading.doctor import SandboxError, choose
from autograder.grading.key import Exercise, Key
from autograder.grading.warm import Warm
from autograder.problems import GradientAt, NumericalGradient
from autograder.problems.record import to_record

SETUP = (
    "from sympy.abc import x, y\nfrom autograder import GradientAt, NumericalGradient, check\n"
    "problem = GradientAt(x**2 + 3*y**2, at=(1, 2))\ncode_problem = NumericalGradient()"
)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class Sheet:
    """Builds notebooks as plain JSON."""

    def cell(self, source: str, name: str = "", kind: str = "code", identity: str = "", **noted: Any) -> dict[str, Any]:
        metadata: dict[str, Any] = {}
        if name:
            metadata["nbgrader"] = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False,
                                    "schema_version": 3, **noted}  # fmt: skip
        extra: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
        return {"cell_type": kind, "id": identity or name or "loose", "metadata": metadata, "source": source, **extra}

    def setup(self) -> dict[str, Any]:
        return self.cell(SETUP, "setup", locked=True)

    def answer(self, source: str = "answer = ...", name: str = "answer-1") -> dict[str, Any]:
        return self.cell(source, name, solution=True)

    def check(
        self, source: str = "check(problem, answer, points=2)", name: str = "check-1", points: float = 2
    ) -> dict[str, Any]:
        return self.cell(source, name, grade=True, locked=True, points=points)

    def words(self, source: str = "*Write your answer here.*", name: str = "words-1") -> dict[str, Any]:
        return self.cell(source, name, kind="markdown", grade=True, solution=True, points=3)

    def notebook(self, *cells: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {"cells": list(cells), "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5, **changes}

    def raw(self, *cells: dict[str, Any], **changes: Any) -> bytes:
        return json.dumps(self.notebook(*cells, **changes)).encode()


@pytest.fixture(scope="session")
def warm(tmp_path_factory):
    """One warm process for all tests, in a sandbox where there is one; each submission has a child of its own."""
    course = Course(tmp_path_factory.mktemp("machine"))
    try:
        sandbox = choose(course)
    except SandboxError as error:
        pytest.skip(str(error))
    with Warm(sandbox) as warm:
        yield warm


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


@pytest.fixture
def master(sheet: Sheet) -> dict[str, Any]:
    """A locked set-up cell, an answer cell, a check cell worth 2, and a cell that a person marks."""
    return sheet.notebook(sheet.setup(), sheet.answer(), sheet.check(), sheet.words())


@pytest.fixture
def key(master: dict[str, Any]) -> Key:
    """The key of that master; the problem is the gradient of x^2 + 3y^2 at (1, 2), which is (2, 12)."""
    problem = to_record(GradientAt(x**2 + 3 * y**2, at=(1, 2)))
    return Key("tiny", "tiny", "digest", (Exercise("check-1", 2.0, problem), Exercise("words-1", 3.0, None)), master)


@pytest.fixture
def code_key(sheet: Sheet) -> Key:
    """A key for one exercise that is answered by a function."""
    check = sheet.check("check(code_problem, slopes, points=4)", points=4)
    master = sheet.notebook(sheet.setup(), sheet.answer("def slopes(f, point):\n    ..."), check)
    return Key("tiny", "tiny", "digest", (Exercise("check-1", 4.0, to_record(NumericalGradient())),), master)


@pytest.fixture
def course(tmp_path: Path, sheet: Sheet) -> Course:
    """A course folder whose source notebook is the tiny assignment with its solution."""
    solved = "answer = ...\n### BEGIN SOLUTION\nanswer = (2, 12)\n### END SOLUTION"
    words = "### BEGIN SOLUTION\nIt points uphill.\n### END SOLUTION"
    folder = tmp_path / "course" / "source" / "tiny"
    folder.mkdir(parents=True)
    notebook = sheet.notebook(sheet.setup(), sheet.answer(solved), sheet.check(), sheet.words(words))
    (folder / "tiny.ipynb").write_text(json.dumps(notebook))
    return Course(tmp_path / "course")
