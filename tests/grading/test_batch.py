"""A class: everybody is graded, whatever one of them hands in, and an interrupted run can be taken up again."""

from __future__ import annotations

import pytest

from autograder.grading.batch import find_record, grade_class
from autograder.grading.course import CourseError
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits

pytestmark = pytest.mark.slow
LIMITS = Limits(cell=5.0)


def hand_in(course, student, raw, name="tiny.ipynb"):
    folder = course.submitted("tiny", student)
    folder.mkdir(parents=True)
    if raw is not None:
        (folder / name).write_bytes(raw)


@pytest.fixture
def classroom(course, sheet):
    """Ada is right, Bob handed in a web page, Cy an empty folder, Dee under another name."""
    right = sheet.raw(sheet.setup(), sheet.answer("answer = (2, 12)"), sheet.check(), sheet.words())
    hand_in(course, "ada", right)
    hand_in(course, "bob", b"<html>")
    hand_in(course, "cy", None)
    hand_in(course, "dee", right, "my homework.ipynb")
    return course


@pytest.fixture
def run(warm):
    def run(course, **options):
        outcomes = grade_class(course, compile_key(course, "tiny"), limits=LIMITS, sandbox=warm.sandbox, **options)
        return {outcome.graded.student: outcome for outcome in outcomes}

    return run


def test_everybody_is_graded_and_a_second_run_finds_it_done(classroom, run):
    first = run(classroom)
    assert {name: outcome.graded.status for name, outcome in first.items()} == {
        "ada": "graded", "bob": "failed", "cy": "failed", "dee": "graded",
    }  # fmt: skip
    assert [mark.score for mark in first["dee"].graded.marks] == [2.0, 0.0]
    assert [mark.score for mark in first["bob"].graded.marks] == [None, None]
    assert [mark.score for mark in first["cy"].graded.marks] == [0.0, 0.0]
    assert not any(outcome.fresh for outcome in run(classroom).values())


def test_what_was_not_finished_is_graded_by_the_next_run(classroom, run, warm):
    interrupted = grade_class(classroom, compile_key(classroom, "tiny"), limits=LIMITS, sandbox=warm.sandbox)
    done = next(interrupted).graded.student
    interrupted.close()
    again = run(classroom)
    assert len(again) == 4
    assert not again[done].fresh
    assert sum(outcome.fresh for outcome in again.values()) == 3


def test_a_record_without_its_gradebook_entry_is_not_believed(classroom, run):
    run(classroom, students=["bob"])
    (classroom.root / "gradebook.db").unlink()
    assert run(classroom, students=["bob"])["bob"].fresh


def test_half_a_record_is_not_believed(classroom, run):
    run(classroom, students=["bob"])
    path = classroom.root / ".nabla" / "graded" / "tiny" / "bob.json"
    path.write_text(path.read_text()[:50])
    assert find_record(classroom, "tiny", "bob") is None


def test_a_student_who_handed_in_nothing_is_named(classroom, run):
    with pytest.raises(CourseError, match="zoe handed in nothing"):
        run(classroom, students=["zoe"])
