"""The report names what was noticed, with the evidence, and says nothing about ordinary work."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.demo.students import CLASS
from autograder.grading.graded import Graded, Mark
from autograder.grading.suspicion import in_cell, shared_answers
from autograder.judge import Judgement


@pytest.mark.parametrize(
    ("code", "evidence"),
    [("import socket", "the network"), ("from urllib.request import urlopen", "the network"),
     ("open('../source/x')", "files"), ("import os\nos.system('ls')", "os.system"),
     ("answer = problem_1.key()", ".key()"), ("print(problem_1.solution())", ".solution()"),
     ("().__class__.__base__.__subclasses__()", "__subclasses__"), ("exec('1')", "text run as code"),
     ("%time x = 1\nimport ctypes", "below Python")],
)  # fmt: skip
def test_what_a_cell_reaches_for_is_named(code, evidence):
    (found,) = in_cell(code, "answer-1")
    assert evidence in found.says
    assert found.level == "suspicious"


@pytest.mark.parametrize(
    "code",
    ["answer = {'key': 1}['key']", "import numpy as np\nnp.gradient([1, 2, 4])", "x = (", "!ls", "\x00",
     "from sympy import *\nanswer = Matrix([1, 2]).keys() if False else 3"],
)  # fmt: skip
def test_ordinary_work_is_passed_over(code):
    assert list(in_cell(code, "answer-1")) == []


def graded(student, given, state):
    mark = Mark("check-1", 2.0, 0.0, Judgement(state, Fraction(0), ""), given)
    return Graded(student, "graded", (mark,), {})


def test_a_wrong_personal_answer_that_is_anothers_is_shown_with_whose_it_is():
    graded_class = [graded("ada", "(2, 12)", "right"), graded("eve", "(2, 12)", "wrong"), graded("bo", "7", "wrong")]
    found = shared_answers(graded_class, ["check-1"])
    assert list(found) == ["eve"]
    assert "also that of ada" in found["eve"][0].says
    assert shared_answers(graded_class, []) == {}


def test_two_students_who_left_a_personal_exercise_as_it_was_share_no_answer():
    graded_class = [graded("ada", "...", "missing"), graded("eve", "...", "missing")]
    assert shared_answers(graded_class, ["check-1"]) == {}


def test_the_made_up_class_is_not_suspected():
    assert {student.name for student in CLASS if student.suspicious} == {"kofi"}
