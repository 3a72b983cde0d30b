"""Writing graded submissions into nbgrader's gradebook.

Every submission is one transaction: after it, all of its scores are in the gradebook; before it, none is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import insert, select

from autograder.grading.course import Course, write_atomically
from autograder.grading.graded import Graded, Mark
from autograder.grading.key import Key
from autograder.grading.nbgrader_settings import course_config


@dataclass(frozen=True)
class _Cells:
    """The cells of one notebook that get a grade, and those that get a comment, by their id in the gradebook."""

    notebook: str
    name: str
    graded: Mapping[str, str]
    commented: Mapping[str, str]


class Scores:
    """Writes what came out of grading one assignment, which `prepare` has brought up to date, into the open gradebook.

    What is the same for a whole class is read once: looking it up for each submission took most of the time.

    >>> with gradebook(course) as book:                                                       # doctest: +SKIP
    ...     Scores(course, key, book).store(graded)
    """

    def __init__(self, course: Course, key: Key, book: Gradebook) -> None:
        self._course, self._key, self._book = course, key, book
        assignment = book.find_assignment(key.assignment)
        self._assignment, self._has_due_date = assignment.id, assignment.duedate is not None
        self._notebooks = tuple(
            _Cells(
                notebook.id,
                notebook.name,
                {cell.id: cell.name for cell in (*notebook.grade_cells, *notebook.task_cells)},
                {cell.id: cell.name for cell in (*notebook.solution_cells, *notebook.task_cells)},
            )
            for notebook in assignment.notebooks
        )
        book.db.rollback()  # a reader holds nobody up

    def store(self, graded: Graded) -> None:
        """Write the graded notebook, then all scores of one submission in one transaction.

        Manual scores and comments that were given before are kept; an exercise that has one is marked for a look.
        """
        db, when = self._book.db, self._write_files(graded)
        ours = SubmittedAssignment.assignment_id == self._assignment
        try:
            entry = select(SubmittedAssignment.id).where(ours, SubmittedAssignment.student_id == graded.student)
            known = db.execute(entry).scalar() is not None
            if not known:
                self._enter(graded, when)
            if known or self._has_due_date:
                self._update(graded, when)
            db.commit()
        finally:
            db.rollback()  # nothing, after a commit
            db.expunge_all()  # a large class must not stay in memory

    def _write_files(self, graded: Graded) -> datetime | None:
        """Write the notebook to show, and return when the submission was handed in."""
        folder = self._course.autograded(self._key.assignment, graded.student)
        when = _timestamp(self._course.submitted(self._key.assignment, graded.student) / "timestamp.txt")
        shown = json.dumps(graded.notebook, ensure_ascii=False) + "\n"
        write_atomically(folder / f"{self._key.notebook}.ipynb", shown)
        if when:
            write_atomically(folder / "timestamp.txt", when.isoformat() + "\n")
        return when

    def _enter(self, graded: Graded, when: datetime | None) -> None:
        """Make the entry of a submission that has none, with all its grades and comments, without committing."""
        db, submission = self._book.db, new_uuid()
        if db.execute(select(Student.id).where(Student.id == graded.student)).scalar() is None:
            db.execute(insert(Student).values(id=graded.student))
        handed_in = {"id": submission, "assignment_id": self._assignment, "student_id": graded.student}
        db.execute(insert(SubmittedAssignment).values(timestamp=when, **handed_in))
        for cells in self._notebooks:
            notebook, ours = new_uuid(), cells.name == self._key.notebook
            marks = {mark.grade_id: mark for mark in graded.marks} if ours else {}
            remarks = _auto_comments(graded) if ours else {}
            entry = {"id": notebook, "assignment_id": submission, "notebook_id": cells.notebook}
            db.execute(insert(SubmittedNotebook).values(entry))
            grades = [
                {"notebook_id": notebook, "cell_id": cell, **_grade(marks.get(name))}
                for cell, name in cells.graded.items()
            ]
            comments = [
                {"notebook_id": notebook, "cell_id": cell, "auto_comment": remarks.get(name)}
                for cell, name in cells.commented.items()
            ]
            for table, rows in ((Grade, grades), (Comment, comments)):
                if rows:
                    db.execute(insert(table), rows)

    def _update(self, graded: Graded, when: datetime | None) -> None:
        """Bring an entry up to date, without committing."""
        submission = self._book.find_submission(self._key.assignment, graded.student)
        if when:
            submission.timestamp = when
        marks = {mark.grade_id: mark for mark in graded.marks}
        for notebook in submission.notebooks:
            if notebook.name == self._key.notebook:
                _write_marks(notebook, marks, _auto_comments(graded))
                self._write_penalty(submission, notebook)

    def _write_penalty(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> None:
        """Take off what the course's late submission plugin says, as nbgrader's own autograding does."""
        notebook.late_submission_penalty = None
        if submission.assignment.duedate is None or submission.total_seconds_late <= 0:
            return
        self._book.db.flush()
        self._book.db.refresh(notebook, ["score"])  # the database adds the marks up
        late = AssignLatePenalties(config=course_config(self._course))
        late.init_plugin()
        penalty = late.plugin_inst.late_submission_penalty(
            submission.student.id, notebook.score, submission.total_seconds_late
        )
        if penalty is not None:
            notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


def _timestamp(path: Path) -> datetime | None:
    """Return when the submission was handed in, in UTC; None when no readable timestamp is there."""
    try:
        return parse_utc(path.read_text(encoding="utf-8")[:100].strip())
    except (OSError, ValueError, OverflowError):
        return None


def _grade(mark: Mark | None) -> dict[str, Any]:
    """Return what a new grade holds; without a mark it waits for a person."""
    return {"auto_score": mark and mark.score, "needs_manual_grade": mark is None or mark.needs_person}


def _write_marks(notebook: SubmittedNotebook, marks: Mapping[str, Mark], comments: Mapping[str, str]) -> None:
    for grade in notebook.grades:
        mark = marks.get(grade.name)
        if mark is None:
            continue
        grade.auto_score = mark.score
        grade.needs_manual_grade = mark.needs_person if grade.manual_score is None else True
    for comment in notebook.comments:
        comment.auto_comment = comments.get(comment.name)


def _auto_comments(graded: Graded) -> dict[str, str]:
    """Return nbgrader's own remark on answers for a person that were left as they were."""
    return {mark.grade_id: "No response." for mark in graded.marks if mark.judgement is None and mark.score == 0.0}
