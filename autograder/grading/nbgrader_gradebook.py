"""Writing graded submissions into nbgrader's gradebook, and reading the marks that stand there.

Every submission is one transaction: after it, all of its scores are in the gradebook; before it, none is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    get_alembic_version,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from autograder.grading.course import Course, CourseError, write_atomically
from autograder.grading.graded import Graded, Mark
from autograder.grading.key import Key
from autograder.grading.nbgrader_settings import course_config


@dataclass(frozen=True)
class Standing:
    """What the gradebook holds for one exercise of one student."""

    score: float
    points: float
    needs_person: bool
    by_hand: bool


@contextmanager
def gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the gradebook of the course, making it when missing.

    It is a file, or in a database on a server where `db_url` in `nbgrader_config.py` says so. Raises `CourseError`
    when it cannot be opened, and when the server goes away.
    """
    url = CourseDirectory(config=course_config(course)).db_url
    try:
        with _own_programs_first(), Gradebook(url, course_id(course)) as book:
            yield book
    except ModuleNotFoundError as error:
        if error.name not in ("psycopg", "psycopg2"):
            raise
        raise CourseError(
            "A gradebook on a PostgreSQL server needs psycopg: pip install 'nabla-workbook[postgresql]', and a db_url "
            "that begins with postgresql+psycopg://."
        ) from error
    except OperationalError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise CourseError(f"The gradebook at {shown} cannot be used: {error.orig}") from error
    except ArgumentError as error:
        raise CourseError(f"The db_url in nbgrader_config.py is no address of a database: {error}") from error


def course_id(course: Course) -> str:
    """Return the name that nbgrader knows the course by."""
    return str(CourseDirectory(config=course_config(course)).course_id) or "default_course"


@contextmanager
def _own_programs_first() -> Iterator[None]:
    """Let nbgrader find the `alembic` of this environment, which it runs by name."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def prepare(course: Course, key: Key) -> None:
    """Make the assignment, its notebook and its cells in the gradebook, or bring them up to date.

    Raises `CourseError` when cells were added or removed after students had handed in.
    """
    with gradebook(course) as book:
        _see_that_it_is_whole(book)
        book.update_or_create_assignment(key.assignment)
        url = str(book.engine.url.render_as_string(hide_password=False))
    resources = {"nbgrader": {"notebook": key.notebook, "assignment": key.assignment, "db_url": url}}
    try:
        SaveCells()(nbformat.from_dict(key.master), resources)
    except RuntimeError as error:
        raise CourseError(
            f"source/{key.assignment}/{key.notebook}.ipynb has other cells than when students handed in, and their "
            "grades hang on the old ones. Put the cells back, or begin a new assignment."
        ) from error


def _see_that_it_is_whole(book: Gradebook) -> None:
    """Write down the version of a gradebook whose making was cut short; `nbgrader db upgrade` goes by it."""
    with book.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        if connection.execute(text("SELECT 1 FROM alembic_version")).first() is None:
            insert = text("INSERT INTO alembic_version (version_num) VALUES (:version)")
            connection.execute(insert, {"version": get_alembic_version()})


def store(course: Course, key: Key, graded: Graded, book: Gradebook) -> None:
    """Write the graded notebook, then all scores of one submission in one transaction of the open gradebook.

    Manual scores and comments that were given before are kept; an exercise that has one is marked for a look.
    """
    folder = course.autograded(key.assignment, graded.student)
    submitted = course.submitted(key.assignment, graded.student) / "timestamp.txt"
    timestamp = _timestamp(submitted)
    shown = json.dumps(graded.notebook, indent=1, ensure_ascii=False) + "\n"
    write_atomically(folder / f"{key.notebook}.ipynb", shown)
    if timestamp:
        write_atomically(folder / "timestamp.txt", timestamp.isoformat() + "\n")
    try:
        submission = _submission(book, key, graded.student)
        if timestamp:
            submission.timestamp = parse_utc(timestamp)
        marks = {mark.grade_id: mark for mark in graded.marks}
        for notebook in submission.notebooks:
            if notebook.name == key.notebook:
                _write_marks(notebook, marks, _auto_comments(graded))
                _write_penalty(course, book, submission, notebook)
        book.db.commit()
    finally:
        book.db.rollback()  # nothing, after a commit
        book.db.expunge_all()  # a large class must not stay in memory


def _timestamp(path: Path) -> datetime | None:
    """Return when the submission was handed in, in UTC; None when no readable timestamp is there."""
    try:
        return parse_utc(path.read_text(encoding="utf-8")[:100].strip())
    except (OSError, ValueError, OverflowError):
        return None


def _submission(book: Gradebook, key: Key, student: str) -> SubmittedAssignment:
    """Find the submission, or build it with all its grades and comments, without committing."""
    try:
        return book.find_submission(key.assignment, student)
    except MissingEntry:
        pass
    assignment = book.find_assignment(key.assignment)
    try:
        person = book.find_student(student)
    except MissingEntry:
        person = Student(id=student)
        book.db.add(person)
    with book.db.no_autoflush:
        submission = SubmittedAssignment(assignment=assignment, student=person)
        for notebook in assignment.notebooks:
            handed_in = SubmittedNotebook(notebook=notebook, assignment=submission)
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                Grade(cell_id=cell.id, cell=cell, notebook=handed_in)
            for cell in (*notebook.solution_cells, *notebook.task_cells):
                Comment(cell_id=cell.id, cell=cell, notebook=handed_in)
    book.db.add(submission)
    book.db.flush()
    return submission


def _write_marks(notebook: SubmittedNotebook, marks: Mapping[str, Mark], comments: Mapping[str, str]) -> None:
    for grade in notebook.grades:
        mark = marks.get(grade.name)
        if mark is None:
            continue
        grade.auto_score = mark.score
        grade.needs_manual_grade = mark.needs_person if grade.manual_score is None else True
    for comment in notebook.comments:
        comment.auto_comment = comments.get(comment.name)


def _write_penalty(
    course: Course, book: Gradebook, submission: SubmittedAssignment, notebook: SubmittedNotebook
) -> None:
    """Take off what the course's late submission plugin says, as nbgrader's own autograding does."""
    notebook.late_submission_penalty = None
    if submission.assignment.duedate is None or submission.total_seconds_late <= 0:
        return
    book.db.flush()
    book.db.refresh(notebook, ["score"])  # the database adds the marks up
    late = AssignLatePenalties(config=course_config(course))
    late.init_plugin()
    penalty = late.plugin_inst.late_submission_penalty(
        submission.student.id, notebook.score, submission.total_seconds_late
    )
    if penalty is not None:
        notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


def _auto_comments(graded: Graded) -> dict[str, str]:
    """Return nbgrader's own remark on answers for a person that were left as they were."""
    return {mark.grade_id: "No response." for mark in graded.marks if mark.judgement is None and mark.score == 0.0}


def standings(course: Course, key: Key) -> dict[str, dict[str, Standing]]:
    """Return, by student and grade id, what the gradebook holds, marks given by hand included."""
    with gradebook(course) as book:
        try:
            submissions = book.assignment_submissions(key.assignment)
        except MissingEntry:
            return {}
        return {
            submission.student.id: {
                grade.name: Standing(
                    float(grade.score),
                    float(grade.max_score),
                    bool(grade.needs_manual_grade),
                    grade.manual_score is not None,
                )
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in submissions
        }


def stored(course: Course, key: Key) -> set[str]:
    """Return the students whose submission has an entry in the gradebook."""
    with gradebook(course) as book:
        try:
            return {submission.student.id for submission in book.assignment_submissions(key.assignment)}
        except MissingEntry:
            return set()
