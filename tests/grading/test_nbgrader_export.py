"""`nbgrader export` says of everyone how things stand; what is not known is empty and never a zero."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest
from nbgrader.apps import ExportApp
from nbgrader.coursedir import CourseDirectory

from autograder.grading.course import write_atomically
from autograder.grading.grade import failed
from autograder.grading.graded import Graded, Mark, to_json
from autograder.grading.nbgrader_export import StatusExport
from autograder.grading.nbgrader_gradebook import gradebook, prepare
from autograder.grading.nbgrader_scores import Scores
from autograder.grading.nbgrader_settings import course_config
from autograder.judge import Judgement

pytestmark = pytest.mark.slow
RIGHT = Mark("check-1", 2.0, 2.0, Judgement("right", Fraction(1), ""))


@pytest.fixture
def exported(course, key, tmp_path):
    """Ada is marked, Bob's words wait, Cy's file could not be read, Dee was not graded, =Eve handed in nothing."""
    prepare(course, key)
    for student in ("ada", "bob", "cy", "dee"):
        course.submitted("tiny", student).mkdir(parents=True)
    outcomes = [
        Graded("ada", "graded", (RIGHT, Mark("words-1", 3.0, 0.0)), key.master),
        Graded("bob", "graded", (RIGHT, Mark("words-1", 3.0, None)), key.master),
        failed(key, "cy", "tiny.ipynb is not a notebook"),
    ]
    app = ExportApp(plugin_class=StatusExport)
    app.coursedir = CourseDirectory(config=course_config(course))
    with gradebook(course) as book:
        scores = Scores(course, key, book)
        for graded in outcomes:
            scores.store(graded)
            write_atomically(course.private("graded", "tiny") / f"{graded.student}.json", to_json(graded))
        book.add_student("=eve")
        app.init_plugin()
        app.plugin_inst.to = str(tmp_path / "grades.csv")
        app.plugin_inst.export(book)
    with open(tmp_path / "grades.csv", newline="") as file:
        return {line["student_id"]: (line["score"], line["max_score"], line["status"]) for line in csv.DictReader(file)}


def test_every_submission_has_a_status_and_only_what_is_known_has_a_score(exported):
    assert exported == {
        "ada": ("2.0", "5.0", "graded"),
        "bob": ("", "5.0", "to be marked"),
        "cy": ("", "5.0", "failed"),
        "dee": ("", "5.0", "not run"),
        "'=eve": ("0.0", "5.0", "nothing handed in"),
    }
