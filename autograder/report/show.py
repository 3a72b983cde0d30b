"""Showing and writing the report of an assignment."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from autograder.grading.course import Course, write_atomically
from autograder.grading.key import compile_key
from autograder.report.page import page
from autograder.report.results import ClassReport, collect
from autograder.report.table import marks_csv
from autograder.report.terminal import show


def report(course: Course, assignment: str, folder: Path | None = None, console: Console | None = None) -> int:
    """Print the report and write `report.html` and `marks.csv`; return 0."""
    console = console or Console()
    found = collect(course, compile_key(course, assignment))
    show(found, console)
    html, table = write(found, folder or course.root / "report" / assignment)
    console.print(f"Written: {html} and {table}", highlight=False, soft_wrap=True)
    return 0


def write(found: ClassReport, folder: Path) -> tuple[Path, Path]:
    """Write both files and return their paths. They name students, so only their owner may read them."""
    html, table = folder / "report.html", folder / "marks.csv"
    write_atomically(html, page(found), mode=0o600)
    write_atomically(table, marks_csv(found), mode=0o600)
    return html, table
