"""nbgrader's gradebook: opening it, bringing an assignment up to date, and reading the marks that stand there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry, get_alembic_version
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from autograder.grading.course import Course, CourseError
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
