"""What `nbgrader export` writes for a course of ours: its table of grades, with a status, and no silent zeros."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student, SubmittedAssignment
from nbgrader.plugins import ExportPlugin

from autograder.grading.batch import find_record
from autograder.grading.course import Course
from autograder.grading.inert import formula_free

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "status",
)
"""The columns of nbgrader's own export, and the status."""


class StatusExport(ExportPlugin):
    """Writes one line for each student and assignment. A score that is not known stays empty, and the status says why.

    The status is "graded", "to be marked" (a person has yet to mark something), "failed" (the submission could not be
    read or run), "not run" (it was never graded) or "nothing handed in", which alone is a zero.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to the file that `--to` names, else to `grades.csv`."""
        destination = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", destination)
        with open(destination, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self._lines(gradebook))

    def _lines(self, gradebook: Gradebook) -> Iterator[dict[str, str]]:
        course = Course(Path(self.parent.coursedir.root))
        only_assignments, only_students = set(map(str, self.assignment)), set(map(str, self.student))
        for assignment in gradebook.assignments:
            if only_assignments and assignment.name not in only_assignments:
                continue
            handed_in = set(course.students(assignment.name))
            known = {student.id: student for student in gradebook.students}
            for name in sorted(known.keys() | handed_in):
                if not only_students or name in only_students:
                    student = known.get(name, Student(id=name))
                    yield _line(course, gradebook, assignment, student, name in handed_in)


def _line(
    course: Course, gradebook: Gradebook, assignment: Assignment, student: Student, handed_in: bool
) -> dict[str, str]:
    values: dict[str, Any] = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        nothing = dict.fromkeys(("raw_score", "late_submission_penalty", "score"), 0.0)
        values |= {"status": "not run"} if handed_in else {**nothing, "status": "nothing handed in"}
    else:
        record = find_record(course, assignment.name, student.id)
        values |= _scores(submission, record.status if record else "not run")
    return {column: _safe(values.get(column)) for column in COLUMNS}


def _scores(submission: SubmittedAssignment, status: str) -> dict[str, Any]:
    """Return the scores of a submission when all of them are known, and else why not.

    `status` is that of our own record. What nbgrader alone has graded has no record; its scores say that it was run.
    """
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    if not grades or any(grade.auto_score is None and grade.manual_score is None for grade in grades):
        if status == "graded" or any(grade.auto_score is not None for grade in grades):
            status = "to be marked" if submission.needs_manual_grade else "not run"
        return {"timestamp": submission.timestamp, "status": status}
    penalty = submission.late_submission_penalty
    return {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
        "status": "graded",
    }


def _safe(value: Any) -> str:
    """Write a value so that a spreadsheet takes no text for a formula.

    >>> _safe("=1+1"), _safe(-1.5), _safe(None)
    ("'=1+1", '-1.5', '')
    """
    if isinstance(value, str):
        return formula_free(value)
    return "" if value is None else str(value)
