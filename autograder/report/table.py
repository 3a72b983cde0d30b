"""Marks as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata

from autograder.report.results import ClassReport

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def marks_csv(report: ClassReport) -> str:
    """Write one line for each student. Unknown scores stay empty, and the status says why.

    >>> from autograder.report.results import Row
    >>> rows = (Row("ada", "graded", {"check-1": 2.0}), Row("=1+1", "not run", {"check-1": None}))
    >>> print(marks_csv(ClassReport("gradient", {"check-1": 2.0}, rows, (), ())), end="")
    student,status,check-1,sum,possible,to mark by hand
    ada,graded,2,2,2,
    '=1+1,not run,,,2,
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["student", "status", *map(safe, report.points), "sum", "possible", "to mark by hand"])
    for row in report.rows:
        scores = [_number(row.scores[grade_id]) for grade_id in report.points]
        waiting = " ".join(row.waiting)
        writer.writerow(
            [safe(row.student), row.status, *scores, _number(row.total), f"{report.possible:g}", safe(waiting)]
        )
    return file.getvalue()


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula, also one whose sign is of full width or behind blanks.

    >>> safe("=HYPERLINK(1)"), safe("\uff1d1+1"), safe("\xa0-1"), safe("ada")
    ("'=HYPERLINK(1)", "'＝1+1", "'\xa0-1", 'ada')
    """
    begins = unicodedata.normalize("NFKC", text[:100]).lstrip(" \u200b\u200e\u200f\ufeff")
    return f"'{text}" if begins.startswith(_FORMULA) else text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
