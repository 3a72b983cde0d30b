"""The key is what the instructor's own notebook says, and a notebook that cannot be right is refused."""

from __future__ import annotations

import json

import pytest

from autograder.grading.course import CourseError
from autograder.grading.key import Key, check_call, compile_key, duplicates, unequal_points


@pytest.mark.parametrize(
    "source", ["check(p, a, points=2)", "x = 1\ncheck(p, a,\n points=2.0)", "autograder.check(p, a, 2)", "assert a"]
)
def test_equal_points_are_accepted(sheet, source):
    assert list(unequal_points(sheet.notebook(sheet.check(source)))) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("check(p, a, points=3)", "points=3 and its nbgrader metadata say 2"),
        ("check(p, a)", "points=1"),
        ("check(p, a, points=n)", "no points= that is a plain number"),
        ("assert a == 2\nchek(p, a)\ncheck", "its last line should be check"),
        ("check(p, a, points=2)\nprint()", "its last line should be check"),
        ("check(p a", "its last line should be check"),
    ],
)
def test_unequal_points_are_named_with_their_cell(sheet, source, said):
    (complaint,) = unequal_points(sheet.notebook(sheet.check(source)))
    assert "cell check-1" in complaint
    assert said in complaint


def test_two_cells_with_one_id_are_named(sheet):
    assert "'check-1'" in next(duplicates(sheet.notebook(sheet.check(), sheet.check())))


def test_only_a_call_of_check_is_a_check():
    assert check_call("check(p, a)") is not None
    assert check_call("checked(p, a)") is None


def test_a_key_survives_being_written_and_read(key):
    again = Key.from_json(key.to_json())
    assert again == key
    assert again.exercises[0].problem.key() == (2, 12)


def test_an_unknown_assignment_is_named_with_the_known_ones(course):
    with pytest.raises(CourseError, match=r"no assignment 'other'.*tiny"):
        compile_key(course, "other")


def test_a_source_that_is_no_notebook_is_named(course):
    course.source("tiny").write_text("<html>")
    with pytest.raises(CourseError, match=r"tiny\.ipynb is not a notebook"):
        compile_key(course, "tiny")


def rewrite(course, change):
    path = course.source("tiny")
    notebook = json.loads(path.read_text())
    change(notebook["cells"])
    path.write_text(json.dumps(notebook))


def test_unequal_points_stop_the_key(course):
    rewrite(course, lambda cells: cells[2].update(source="check(problem, answer, points=1)"))
    with pytest.raises(CourseError, match=r"tiny\.ipynb: cell check-1 says points=1"):
        compile_key(course, "tiny")


@pytest.mark.slow
def test_the_key_holds_problem_points_and_the_release_form(course):
    key = compile_key(course, "tiny")
    assert [(exercise.grade_id, exercise.points) for exercise in key.exercises] == [("check-1", 2.0), ("words-1", 3.0)]
    assert key.exercises[0].problem.key() == (2, 12)
    assert key.exercises[1].record is None
    assert key.master["cells"][1]["source"] == "answer = ..."
    assert "SOLUTION" not in json.dumps(key.master)


@pytest.mark.slow
def test_the_key_is_kept_until_the_source_changes(course):
    first = compile_key(course, "tiny")
    (kept,) = (course.root / ".nabla" / "keys").glob("*.json")
    assert kept.stat().st_mode & 0o077 == 0
    rewrite(course, lambda cells: cells[3].update(source="### BEGIN SOLUTION\nOther words.\n### END SOLUTION"))
    assert compile_key(course, "tiny").digest != first.digest


@pytest.mark.slow
def test_a_wrong_solution_stops_the_key_and_says_what_was_given(course):
    rewrite(course, lambda cells: cells[1].update(source="answer = (12, 2)"))
    with pytest.raises(CourseError, match=r"check-1: .*not get full marks.*wrong order"):
        compile_key(course, "tiny")


@pytest.mark.slow
def test_a_source_that_raises_stops_the_key_at_the_cell(course):
    rewrite(course, lambda cells: cells[1].update(source="answer = 1 / 0"))
    with pytest.raises(CourseError, match=r"tiny\.ipynb, answer-1: .*ZeroDivisionError"):
        compile_key(course, "tiny")
