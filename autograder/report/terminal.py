"""The class report in the terminal."""

from __future__ import annotations

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table

from autograder.grading.inert import plain
from autograder.report.results import ClassReport, Row, mean, number

STATUS_SIGNS = {"graded": "✓ graded", "failed": "✗ failed", "not run": "○ not run"}
"""How a status is shown: a sign and a word."""


def show(report: ClassReport, console: Console) -> None:
    """Print the report."""
    console.print(Group(_marks(report), "", _exercises(report), ""))
    if report.mistakes:
        console.print(_mistakes(report), "")
    for row in report.rows:
        for anomaly in row.anomalies:
            if anomaly.level == "suspicious":
                where = f", {anomaly.cell}" if anomaly.cell else ""
                line = f"! Worth a look: {row.student}{where}: {anomaly.says}"
                console.print(escape(plain(line)), highlight=False, soft_wrap=True)
    console.print(headline(report), highlight=False)


def headline(report: ClassReport) -> str:
    """Say in one line how far the grading is."""
    waiting = sum(bool(row.waiting) for row in report.rows)
    parts = [
        f"{report.count('graded')} graded",
        f"{report.count('failed')} failed",
        f"{report.count('not run')} not run",
    ]
    return f"{len(report.rows)} submissions: {', '.join(parts)}; {waiting} with something for a person to mark."


def _marks(report: ClassReport) -> Table:
    table = Table(title=f"{report.assignment}: marks", title_justify="left", box=None, pad_edge=False)
    table.add_column("student", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for place, points in enumerate(report.points.values(), 1):
        table.add_column(f"{place}\n/{points:g}", justify="right", no_wrap=True)
    table.add_column(f"sum\n/{report.possible:g}", justify="right", min_width=5)
    for row in report.rows:
        scores = [number(score) for score in row.scores.values()]
        table.add_row(escape(plain(row.student)), STATUS_SIGNS[row.status], *scores, total(row))
    return table


def total(row: Row) -> str:
    """Write a student's sum; one that is not complete has a plus sign, an unknown one a dash.

    >>> total(Row("ada", "graded", {"a": 1.0, "b": None})), total(Row("bob", "not run", {"a": None}))
    ('1+', '–')
    """
    if row.total is not None:
        return number(row.total)
    known = any(score is not None for score in row.scores.values())
    return f"{number(row.so_far)}+" if known else "–"


def _exercises(report: ClassReport) -> Table:
    table = Table(title="Exercises", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    table.add_column("exercise", no_wrap=True)
    table.add_column("mean", justify="right")
    table.add_column("", no_wrap=True)
    for heading in ("✓\nright", "◐\npartly", "✗\nwrong", "○\nnone", "?\nopen"):
        table.add_column(heading, justify="right", no_wrap=True)
    for place, exercise in enumerate(report.exercises, 1):
        share = 0.0 if exercise.mean is None else exercise.mean / exercise.points
        states = [exercise.states.get(state, 0) for state in ("right", "partly right", "wrong", "missing", "undecided")]
        shown = [str(count) if exercise.states else "" for count in states]
        table.add_row(
            str(place),
            escape(exercise.label),
            mean(exercise, report.count("graded")),
            "█" * round(12 * share) + "·" * (12 - round(12 * share)),
            *shown,
        )
    return table


def _mistakes(report: ClassReport) -> Table:
    table = Table(title="Most common mistakes", title_justify="left", box=None, pad_edge=False)
    table.add_column("times", justify="right")
    table.add_column("exercise", no_wrap=True)
    table.add_column("mistake", no_wrap=True)
    table.add_column("what was said")
    for mistake in report.mistakes[:10]:
        table.add_row(str(mistake.count), escape(mistake.grade_id), escape(mistake.name), escape(mistake.says))
    return table
