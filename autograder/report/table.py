"""Marks as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from autograder.grading.inert import formula_free
from autograder.report.results import ClassReport


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
    writer.writerow(["student", "status", *map(formula_free, report.points), "sum", "possible", "to mark by hand"])
    for row in report.rows:
        scores = [_number(row.scores[grade_id]) for grade_id in report.points]
        name, waiting = formula_free(row.student), formula_free(" ".join(row.waiting))
        writer.writerow([name, row.status, *scores, _number(row.total), f"{report.possible:g}", waiting])
    return file.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
