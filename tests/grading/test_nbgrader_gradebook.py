"""Marks in nbgrader's gradebook: all of a submission at once, and what people wrote there is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.exc import StatementError

from autograder.grading.course import CourseError
from autograder.grading.graded import Graded, Mark
from autograder.grading.nbgrader_gradebook import gradebook, prepare, standings, stored
from autograder.grading.nbgrader_scores import Scores
from autograder.judge import Judgement

pytestmark = pytest.mark.slow


def put(course, key, graded):
    with gradebook(course) as book:
        Scores(course, key, book).store(graded)


@pytest.fixture
def graded(key):
    right = Judgement("right", Fraction(1), "")
    return Graded("ada", "graded", (Mark("check-1", 2.0, 2.0, right), Mark("words-1", 3.0, None)), key.master)


@pytest.fixture
def prepared(course, key):
    prepare(course, key)
    return course


def test_scores_and_cases_for_a_person_are_written(prepared, key, graded):
    put(prepared, key, graded)
    held = standings(prepared, key)["ada"]
    assert (held["check-1"].score, held["check-1"].points, held["check-1"].needs_person) == (2.0, 2.0, False)
    assert held["words-1"].needs_person
    assert (prepared.autograded("tiny", "ada") / "tiny.ipynb").is_file()


def test_a_mark_given_by_hand_and_a_comment_survive_a_second_grading(prepared, key, graded):
    put(prepared, key, graded)
    with gradebook(prepared) as book:
        grade = book.find_grade("words-1", "tiny", "tiny", "ada")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("words-1", "tiny", "tiny", "ada").manual_comment = "Nicely put."
        book.db.commit()
    put(prepared, key, graded)
    assert standings(prepared, key)["ada"]["words-1"].score == 2.5
    with gradebook(prepared) as book:
        assert book.find_comment("words-1", "tiny", "tiny", "ada").comment == "Nicely put."


def test_a_failure_in_the_middle_leaves_no_score_at_all(prepared, key, graded):
    marks = (graded.marks[0], replace(graded.marks[1], score="three"))
    with pytest.raises(StatementError, match="three"):
        put(prepared, key, replace(graded, marks=marks))
    assert "ada" not in stored(prepared, key)
    put(prepared, key, graded)
    with pytest.raises(StatementError, match="three"):
        put(prepared, key, replace(graded, marks=(replace(marks[0], score=1.0), marks[1])))
    assert standings(prepared, key)["ada"]["check-1"].score == 2.0


def test_the_time_of_handing_in_is_kept(prepared, key, graded):
    folder = prepared.submitted("tiny", "ada")
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2024-05-01 12:00:00 UTC")
    put(prepared, key, graded)
    with gradebook(prepared) as book:
        assert book.find_submission("tiny", "ada").timestamp.year == 2024


PLUGIN = """
from nbgrader.plugins import BasePlugin

c = get_config()

class Quarter(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.25 * total_seconds_late / 3600

c.AssignLatePenalties.plugin_class = Quarter
"""


ALL = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'"
LATE = [("", 1, 0), (ALL, 1, 2), (ALL, -1, 0), (PLUGIN, 2, 0.5), (PLUGIN, 100, 2)]
"""Settings, by how many hours it came late, and what that costs of two points."""


def test_what_came_late_loses_what_the_late_submission_plugin_says(prepared, key, graded):
    folder = prepared.submitted("tiny", "ada")
    folder.mkdir(parents=True)
    due = datetime(2024, 5, 1, 12)
    with gradebook(prepared) as book:
        book.update_or_create_assignment("tiny", duedate=due.isoformat())
    for settings, hours, penalty in LATE:
        (prepared.root / "nbgrader_config.py").write_text(settings)
        (folder / "timestamp.txt").write_text(f"{due + timedelta(hours=hours)} UTC")
        put(prepared, key, graded)
        with gradebook(prepared) as book:
            submission = book.find_submission("tiny", "ada")
            assert submission.total_seconds_late == max(0, hours) * 3600
            assert (submission.score, submission.late_submission_penalty) == (2, penalty)


@pytest.mark.parametrize("strange", ["", "yesterday, I think", "9" * 1000])
def test_a_strange_timestamp_is_passed_over(prepared, key, graded, strange):
    folder = prepared.submitted("tiny", "ada")
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(strange)
    put(prepared, key, graded)
    assert "ada" in stored(prepared, key)


def test_preparing_twice_changes_nothing_and_other_cells_are_refused_after_submissions(prepared, key, graded, sheet):
    put(prepared, key, graded)
    prepare(prepared, key)
    other = json.loads(json.dumps(key.master))
    other["cells"].append(sheet.check(name="check-9"))
    with pytest.raises(CourseError, match="other cells than when students handed in"):
        prepare(prepared, replace(key, master=other))
