"""Grading a class while a person watches: a progress bar, and a line for whatever is out of the ordinary."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.grading.anomaly import Level
from autograder.grading.batch import grade_class
from autograder.grading.course import Course, CourseError
from autograder.grading.doctor import choose
from autograder.grading.graded import Graded
from autograder.grading.inert import plain
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.sandbox import Sandbox

SIGNS = {"note": "·", "suspicious": "!", "unreadable": "✗"}
"""The sign before each kind of anomaly."""
MOST = 12
"""The most lines about one submission: one student's must not push those of the others out of sight."""


def grade_with_progress(
    course: Course,
    assignment: str,
    *,
    students: Sequence[str] | None = None,
    timeout: float = 20.0,
    workers: int = 2,
    again: bool = False,
    scheduler: str = "",
    feedback: bool = True,
    sandbox: Sandbox | None = None,
    console: Console | None = None,
) -> int:
    """Grade, tell what happened, and return 0, or 1 when a submission could not be graded.

    Without a `sandbox` the one that holds on this machine is taken; `CourseError` says so when there is none. With a
    `scheduler` the workers of that cluster do the work, each in a sandbox that holds there.
    """
    console = console or Console()
    if not sandbox and not scheduler:
        with console.status("Trying the sandbox"):
            sandbox = choose(course)
    with console.status("Running the source notebook for the key"):
        key = compile_key(course, assignment)
    wanted = students or course.students(assignment)
    if not wanted:
        raise CourseError(
            f"Nobody handed in {assignment}: there is no folder {course.submitted(assignment, 'STUDENT')}. "
            f"To take submissions out of a zip file: nabla collect {assignment} ZIP"
        )
    done: list[Graded] = []
    pages: dict[str, bool] = {}
    with progress(console) as bar:
        task = bar.add_task(f"Grading {assignment}", total=len(wanted))
        limits = Limits(cell=timeout, submission=max(180.0, 6 * timeout))
        for outcome in grade_class(
            course,
            key,
            students,
            limits=limits,
            workers=workers,
            again=again,
            sandbox=sandbox,
            scheduler=scheduler,
        ):
            done.append(outcome.graded)
            pages[outcome.graded.student] = outcome.fresh
            if outcome.fresh:
                tell(bar.console, outcome.graded)
            bar.advance(task)
        stale = [student for student in pages if pages[student] or not course.feedback(assignment, student).is_dir()]
        troubles = _feedback(bar, course, assignment, stale) if feedback else {}
    for student, trouble in troubles.items():
        console.print(f"[bold]✗ {escape(plain(student))}[/]: no feedback page: {escape(plain(trouble))}")
    lost = [graded for graded in done if graded.status == "failed"]
    waiting = sum(graded.needs_person for graded in done)
    before = len(done) - sum(pages.values())
    earlier = f" ({before} of all before this run)" if before else ""
    console.print(
        f"{len(done) - len(lost)} graded{earlier}, {len(lost)} could not be graded; "
        f"{waiting} have something for a person to mark in Formgrader.",
        highlight=False,
        soft_wrap=True,
    )
    return 1 if lost or troubles else 0


def progress(console: Console) -> Progress:
    """Return a progress bar with a count and the time that is left."""
    bar = BarColumn(complete_style="default", finished_style="default")
    columns = (TextColumn("{task.description}"), bar, MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)


def _feedback(bar: Progress, course: Course, assignment: str, students: Sequence[str]) -> dict[str, str]:
    from autograder.grading.nbgrader_feedback import generate_feedback

    task = bar.add_task("Feedback pages", total=len(students))
    troubles: dict[str, str] = {}
    for student in students:
        troubles |= generate_feedback(course, assignment, [student])
        bar.advance(task)
    return troubles


def tell(console: Console, graded: Graded) -> None:
    """Print what is odd about a submission, the gravest first."""
    grave = sorted(graded.anomalies, key=lambda anomaly: anomaly.level == "note")
    for anomaly in grave[:MOST]:
        where = f", {anomaly.cell}" if anomaly.cell else ""
        _print(console, anomaly.level, f"{graded.student}{where}: {anomaly.says}")
    if len(grave) > MOST:
        says = f"{graded.student}: {len(grave) - MOST} more remarks, which `nabla report` shows."
        _print(console, "note", says)


def _print(console: Console, level: Level, says: str) -> None:
    """Print a line; names of students and files come from outside and may hold what moves a cursor."""
    style = None if level == "note" else "bold"
    console.print(escape(plain(f"{SIGNS[level]} {says}")), highlight=False, soft_wrap=True, style=style)
