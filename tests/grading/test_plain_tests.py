"""Grade cells of plain `assert` statements work as nbgrader has them, hidden tests too, and are labelled."""

from __future__ import annotations

import json

import pytest

from autograder.grading.grade import grade
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import prepare
from autograder.report.page import page
from autograder.report.results import collect

pytestmark = pytest.mark.slow
SOLVED = "def square(x):\n    ### BEGIN SOLUTION\n    return x**2\n    ### END SOLUTION"
TEST = "assert square(2) == 4\n### BEGIN HIDDEN TESTS\nassert square(3) == 9, 'nine'\n### END HIDDEN TESTS"
PARTIAL = "assert square\nfloat(square(1))"


@pytest.fixture
def key(course, sheet):
    tests = (sheet.check(TEST), sheet.check(PARTIAL, "check-2"))
    notebook = sheet.notebook(sheet.setup(), sheet.answer(SOLVED), *tests)
    course.source("tiny").write_text(json.dumps(notebook))
    return compile_key(course, "tiny")


def test_plain_tests_are_run_with_the_hidden_ones_and_the_report_says_what_they_are_worth(key, course, sheet, warm):
    def marks(body):
        raw = sheet.raw(sheet.setup(), sheet.answer(f"def square(x):\n    {body}"))
        graded = grade(raw, key, student="ada", secret=b"", limits=Limits(cell=3.0), warm=warm)
        return {mark.grade_id: (mark.score, mark.judgement.says) for mark in graded.marks}, json.dumps(graded.notebook)

    assert "HIDDEN" not in json.dumps(key.master)
    assert {name: score for name, (score, _) in marks("return x**2")[0].items()} == {"check-1": 2.0, "check-2": 1.0}
    only_the_open_test, notebook = marks("return 4 if x == 2 else 5")
    assert only_the_open_test["check-1"][0] == 0.0
    assert "AssertionError: nine" in only_the_open_test["check-1"][1]
    assert only_the_open_test["check-2"][0] == 2.0  # never more than there is
    assert "square(3)" not in notebook
    assert marks("raise ValueError")[0]["check-1"][0] == 0.0
    endless = marks("while True: pass")[0]
    assert (endless["check-1"][0], endless["check-2"][0]) == (0.0, 0.0)
    assert "ran longer than 3 seconds" in endless["check-1"][1]

    prepare(course, key)
    assert "check-1 (plain test, not tamper-proof)" in page(collect(course, key))
