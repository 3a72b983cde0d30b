"""What `nabla doctor` shows: which sandboxes hold on this machine, probe by probe."""

from __future__ import annotations

from typing import get_args

from rich.console import Console
from rich.table import Table

from autograder.grading.course import Course
from autograder.grading.doctor import Examination, examine
from autograder.grading.sandbox import Kind, Sandbox

NAMES = {
    "bubblewrap": "bubblewrap, limits, seccomp",
    "landlock": "Landlock, limits, seccomp",
}


def show(course: Course, console: Console | None = None) -> int:
    """Try every sandbox, print what held, and return 0 when one can be used, else 1."""
    console = console or Console()
    with console.status("Trying hostile acts"):
        found = [examine(Sandbox(kind), course) for kind in get_args(Kind)[:2]]
    console.print(table(found))
    for examination in found:
        if examination.trouble:
            console.print(f"✗ {NAMES[examination.kind]}: does not start. {examination.trouble}", markup=False)
    best = next((examination for examination in found if examination.holds), None)
    if best is None:
        console.print("✗ No sandbox holds, so grading refuses to run student code on this machine.")
        return 1
    console.print(f"✓ Grading uses {NAMES[best.kind]}: every hostile act was stopped.")
    return 0


def table(found: list[Examination]) -> Table:
    """Return a table with a row for each probe and a column for each sandbox that started."""
    started = [examination for examination in found if examination.findings]
    shown = Table(title="Hostile acts, and whether they were stopped")
    for heading in ("a submission tries to", *(NAMES[examination.kind] for examination in started)):
        shown.add_column(heading)
    for row in zip(*(examination.findings for examination in started), strict=True):
        shown.add_row(row[0].probe.tries, *("✗ open" if finding.succeeded else "✓ stopped" for finding in row))
    return shown
