"""The class report as one HTML page: no scripts, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from autograder.grading.inert import plain
from autograder.report.results import ClassReport, ExerciseSummary, Row, mean, number
from autograder.report.terminal import STATUS_SIGNS, headline, total

STATES = (("right", "✓"), ("partly right", "◐"), ("wrong", "✗"), ("missing", "○"), ("undecided", "?"))
"""The states of an answer with their signs, in the order in which they are shown."""

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, sans-serif; color: #1d2733; background: #f5f6f8; margin: 0; }
main { max-width: 66rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 0 0 .8rem; }
.lead { color: #55606e; margin: 0 0 1.6rem; }
section { background: #fff; border: 1px solid #dfe3e8; border-radius: 10px; padding: 1.2rem 1.4rem; margin: 0 0 1.2rem;
  overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #eceff3; vertical-align: top; }
th { font-weight: 600; font-size: .86rem; color: #55606e; white-space: nowrap; }
td.n, th.n { text-align: right; } tr:last-child td { border-bottom: 0; }
td.sum { font-weight: 600; } td.status { white-space: nowrap; }
.bar { display: inline-block; width: 7rem; height: .7rem; background: #e8ebf0; border-radius: 4px; overflow: hidden; }
.bar span { display: block; height: 100%; background: #4477aa; }
ul { margin: 0; padding-left: 1.2rem; } li { margin: .3rem 0; }
code { font-size: .92em; background: #f0f2f5; padding: .05em .3em; border-radius: 3px; }
.quiet { color: #55606e; }
"""


def page(report: ClassReport) -> str:
    """Write the page."""
    title = f"{escape(report.assignment)}: class report"
    sections = (
        _section("Marks", _marks(report)),
        _section("Exercises", _exercises(report)),
        _section("Most common mistakes", _mistakes(report)),
        _section("Worth a look", _anomalies(report.rows, ("suspicious",), "Nothing was suspicious.")),
        _section("Notes", _anomalies(report.rows, ("unreadable", "note"), "Nothing out of the ordinary.")),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f'<p class="lead">{escape(headline(report))}</p>\n{"".join(sections)}</main>\n</body>\n</html>\n'
    )


def _section(heading: str, inner: str) -> str:
    return f"<section>\n<h2>{heading}</h2>\n{inner}</section>\n"


def _table(headings: Sequence[tuple[str, str]], rows: Iterable[Sequence[tuple[str, str]]]) -> str:
    """Write a table of cells, each a class and an inner HTML."""
    head = "".join(f'<th scope="col" class="{kind}">{inner}</th>' for kind, inner in headings)
    body = "".join(
        "<tr>" + "".join(f'<td class="{kind}">{inner}</td>' for kind, inner in row) + "</tr>\n" for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _marks(report: ClassReport) -> str:
    exercises = [("n", f"{escape(name)}<br>/{points:g}") for name, points in report.points.items()]
    headings = [("", "student"), ("", "status"), *exercises, ("n", f"sum<br>/{report.possible:g}")]
    rows = [
        [
            ("", escape(plain(row.student))),
            ("status", STATUS_SIGNS[row.status]),
            *(("n", number(row.scores[name])) for name in report.points),
            ("n sum", total(row)),
        ]
        for row in report.rows
    ]
    quiet = '<p class="quiet">– is not known yet; a sum with + has exercises that a person still marks.</p>\n'
    return _table(headings, rows) + quiet


def _exercises(report: ClassReport) -> str:
    headings = [("", "exercise"), ("n", "mean"), ("", "share of the points"), *(("n", f"{s} {w}") for w, s in STATES)]
    return _table(headings, [_exercise(exercise, report.count("graded")) for exercise in report.exercises])


def _exercise(exercise: ExerciseSummary, graded: int) -> list[tuple[str, str]]:
    bar = ""
    if exercise.mean is not None:
        share = exercise.mean / exercise.points
        bar = f'<span class="bar"><span style="width:{100 * share:.0f}%"></span></span> {100 * share:.0f}&nbsp;%'
    counts = [("n", str(exercise.states.get(state, 0)) if exercise.states else "") for state, _ in STATES]
    return [("", escape(exercise.label)), ("n", mean(exercise, graded)), ("", bar), *counts]


def _mistakes(report: ClassReport) -> str:
    if not report.mistakes:
        return "<p>No known mistake was made.</p>\n"
    headings = [("n", "times"), ("", "exercise"), ("", "mistake"), ("", "what was said")]
    rows = [
        [
            ("n", str(mistake.count)),
            ("", escape(mistake.grade_id)),
            ("", escape(mistake.name)),
            ("", escape(mistake.says)),
        ]
        for mistake in report.mistakes
    ]
    return _table(headings, rows)


def _anomalies(rows: Sequence[Row], levels: Sequence[str], none: str) -> str:
    items = [
        f"<li><b>{escape(plain(row.student))}</b>{f', <code>{escape(anomaly.cell)}</code>' if anomaly.cell else ''}: "
        f"{escape(anomaly.says)}</li>\n"
        for row in rows
        for anomaly in row.anomalies
        if anomaly.level in levels
    ]
    return f"<ul>\n{''.join(items)}</ul>\n" if items else f"<p>{none}</p>\n"
