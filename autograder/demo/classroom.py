"""Making the class of the demonstration, grading it, and comparing every mark with what it must be."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from autograder.demo.paper import Paper
from autograder.demo.students import CLASS, Student
from autograder.grading.course import Course, CourseError
from autograder.grading.doctor import SandboxError, choose
from autograder.grading.key import Key, compile_key
from autograder.grading.sandbox import Sandbox
from autograder.report.progress import grade_with_progress
from autograder.report.results import ClassReport, collect, number
from autograder.report.show import write
from autograder.report.terminal import show

ASSIGNMENT = "gradient"
TIMEOUT = 6.0
"""Seconds for each cell: the class holds one that never ends."""


def demo(course: Course, *, keep: Path | None = None, browser: bool = False, console: Console | None = None) -> int:
    """Make the class, grade it, show the report; return 0 when every mark is what it must be, else 1."""
    console = console or Console()
    began = time.monotonic()
    folder = _folder(keep)
    console.print(f"A class of {len(CLASS)} in {folder}", highlight=False, soft_wrap=True)
    made, key = make(course, folder)
    try:
        sandbox = choose(made)
    except SandboxError:
        console.print("No sandbox holds on this machine. What this class hands in is harmless, so it runs without.")
        sandbox = Sandbox("none")
    grade_with_progress(made, ASSIGNMENT, timeout=TIMEOUT, workers=2, sandbox=sandbox, console=console)
    report = collect(made, key)
    console.print()
    show(report, console)
    html, table = write(report, folder / "report" / ASSIGNMENT)
    troubles = list(compare(report, key))
    for trouble in troubles:
        console.print(f"[bold]✗ {trouble}[/]", highlight=False, soft_wrap=True)
    console.print(f"\nThe report: {html}\nThe marks: {table}", highlight=False, soft_wrap=True)
    console.print(f"Feedback pages: {made.root / 'feedback'}", highlight=False, soft_wrap=True)
    seconds = time.monotonic() - began
    if not troubles:
        console.print(
            f"\n✓ All {len(CLASS)} have the marks that their making implies ({seconds:.0f} s).", highlight=False
        )
    if browser and sys.stdout.isatty():
        webbrowser.open(html.as_uri())
    return 1 if troubles else 0


def _folder(keep: Path | None) -> Path:
    if keep is None:
        return Path(tempfile.mkdtemp(prefix="nabla-demo-"))
    folder = keep.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty. Name a new folder for the demonstration.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make(course: Course, folder: Path) -> tuple[Course, Key]:
    """Make a course in the folder from this one's source, with everybody's submission in it."""
    source = course.source(ASSIGNMENT)
    shutil.copytree(source.parent, folder / "source" / ASSIGNMENT)
    if (course.root / "nbgrader_config.py").exists():
        shutil.copy(course.root / "nbgrader_config.py", folder)
    made = Course(folder)
    key = compile_key(made, ASSIGNMENT)
    solved = json.loads(source.read_text(encoding="utf-8"))
    for student in CLASS:
        paper = Paper.fresh(key.master, solved)
        paper.sign(student.name)
        student.write(paper)
        target = made.submitted(ASSIGNMENT, student.name) / source.name
        target.parent.mkdir(parents=True)
        target.write_bytes(paper.hand_in())
    return made, key


def compare(report: ClassReport, key: Key) -> Iterator[str]:
    """Yield a line for everything about the class that is not as it must be."""
    rows = {row.student: row for row in report.rows}
    for student in CLASS:
        row = rows.get(student.name)
        if row is None:
            yield f"{student.name} ({student.story}) is not in the report."
            continue
        if row.status != student.status:
            yield f"{student.name} ({student.story}) has the status {row.status}, and it must be {student.status}."
        if student.suspicious != any(anomaly.level == "suspicious" for anomaly in row.anomalies):
            yield f"{student.name} ({student.story}) must {'' if student.suspicious else 'not '}be worth a look."
        for exercise, wanted in expected(student, key).items():
            got = row.scores[exercise]
            if got != wanted:
                has = f"{exercise} has {number(got)}, and it must have {number(wanted)}"
                yield f"{student.name} ({student.story}): {has}."


def expected(student: Student, key: Key) -> dict[str, float | None]:
    """Return every mark of a student: full, but where the student's way of working says otherwise."""
    return {exercise.grade_id: student.scores.get(exercise.grade_id, exercise.points) for exercise in key.exercises}
