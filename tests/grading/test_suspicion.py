"""The report names what was noticed, with the evidence, and says nothing about ordinary work."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.demo.students import CLASS
from autograder.grading.graded import Graded, Mark
from autograder.grading.suspicion import in_cell, in_submission, shared_answers
from autograder.judge import Judgement


@pytest.mark.parametrize(
    ("code", "evidence"),
    [("import socket", "the network"), ("from urllib.request import urlopen", "the network"),
     ("open('../source/x')", "files"), ("import os\nos.system('ls')", "os.system"),
     ("answer = problem_1.key()", ".key"), ("print(problem_1.solution())", ".solution"),
     ("().__class__.__base__.__subclasses__()", "__subclasses__"), ("exec('1')", "text run as code"),
     ("%time x = 1\nimport ctypes", "below Python")],
)  # fmt: skip
def test_what_a_cell_reaches_for_is_named(code, evidence):
    (found,) = in_cell(code, "answer-1")
    assert evidence in found.says
    assert found.level == "suspicious"


@pytest.mark.parametrize(
    "code",
    [
        "answer = GradientAt.key(problem)",
        "k = problem.key\nanswer = k()",
        "answer = type(problem).key(problem)",
        "answer = super(type(problem), problem).key()",
        "answer = getattr(problem, 'key')()",
        "answer = getattr(problem, 'k' + 'ey')()",
        "import operator\nanswer = operator.attrgetter('key')(problem)()",
        "match problem:\n    case GradientAt(key=k):\n        answer = k()",
        "%time answer = problem.key()",
        "%%time\nanswer = problem.key()",
        "%%timeit -n 1 answer = problem.key()\n1",
        "answer = problem.key()\nproblem?",
        "problem??\nk = problem.key\nanswer = k()",
        "answer = (problem\n    % 2 if 0 else problem.key())",
        "x = %time problem.key()",
        "print('{0.known_mistakes}'.format(problem))",
        "print(f'{problem.key()}')",
        "answer = problem.known_mistakes.forms[0]",
        "print(list(problem.steps()))",
        "def slopes(f, p):\n    return code_problem.truth((f, p))",
        "class Mine(GradientAt):\n    def steal(mine): return super().key()\n",
        "answer = GradientAt(x**2 + 3*y**2, at=(1, 2)).key()",
        ",problem.key( 1",
        "problem?\nask = problem.key\n" + "# much more\n" * 2_000,
    ],
)
def test_every_way_of_asking_a_problem_for_its_answer_is_noticed(code):
    assert any("its own answer" in found.says for found in in_cell(code, "answer-1"))


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        ("answer = getattr(problem, name)()", "made up as it runs"),
        ("g = getattr\ng(problem, 'key')", "made up"),
        ("from operator import methodcaller as m\nanswer = m('key')(problem)", "operator.methodcaller"),
        ("import operator\noperator.attrgetter(name)(problem)", "made up"),
        ("%env NABLA_CHECK=", "the environment"),
        ("from os import environ", "os.environ"),
        ("x = 'NABLA_CHECK'", "NABLA_CHECK"),
        ("import autograder.judge", "the checker's own code"),
        ("from autograder.judge import judge", "the checker's own code"),
        ("from autograder import emission", "the checker's own code"),
        ("import autograder\nautograder.judge.judge", "the checker's own code"),
        ("from autograder.problems.record import from_record", "the checker's own code"),
        ("e = eval\ne('1')", "text run as code"),
        ("get_ipython().run_cell('1')", "machinery"),
        ("from IPython.core.magic import register_line_magic", "machinery"),
        ("import sys\nsys.modules['autograder.judge']", "sys.modules"),
        ("globals()['check']", "the interpreter's objects"),
        ("check = lambda *a, **k: 2.0", "another meaning"),
        ("def check(*a): return 2", "another meaning"),
        ("import builtins", "objects"),
        ("problem.__dict__", "__dict__"),
        ("vars(problem)", "objects"),
        ("check.__globals__['judge']", "__globals__"),
        ("%%bash\nls", "%%bash"),
        ("%run x.py", "files"),
        ("# \u202e } x", "as it reads"),
        ("importlib = __import__('importlib')", "__import__"),
        ("sympify('().__class__.__subclasses__')", "__subclasses__"),
    ],
)
def test_every_way_around_the_checker_is_noticed(code, evidence):
    assert any(evidence in found.says for found in in_cell(code, "answer-1"))


@pytest.mark.parametrize(
    "code",
    [
        "answer = {'key': 1}['key']",
        "import numpy as np\nnp.gradient([1, 2, 4])",
        "x = (",
        "!ls",
        "\x00",
        "from sympy import *\nanswer = Matrix([1, 2]).keys() if False else 3",
        "%matplotlib inline\nimport os, sys, time",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "from IPython.display import display\ndisplay(f)",
        "vars = (x, y)\nanswer = [f.diff(v) for v in vars]",
        "problem_1.hints()",
        "problem_1",
        "steps = 5\npath.steps",
        "from autograder import GradientAt, check\ncheck(GradientAt(x, at=(1,)), (1,))",
        "from autograder.practice import practice",
        "from nabla.calculus import gradient\nmine = problem_11.problem\nanswer = gradient(mine.f, at=mine.at)",
        "open = 3\nopen + 1",
        "class Fit:\n    def steps(self): return self.solution\n    def run(self): return self.steps()",
        "answer = 7 % 3\n%time f.diff(x)",
        "answer = 'the set is open (see the key)'",
        "sorted(points, key=len)",
        "import re\nre.compile('a')",
        "f.diff(x)?",
        "!pip install x",
    ],
)
def test_ordinary_work_is_passed_over(code):
    assert list(in_cell(code, "answer-1")) == []


@pytest.mark.parametrize("name", ["beyond-the-gradient", "chain-rule", "directional-derivatives", "gradient",
                                  "gradient-descent", "level-sets", "tangent-planes"])  # fmt: skip
def test_the_instructors_own_solutions_are_passed_over(name):
    path = Path(__file__).parents[2] / "source" / name / f"{name}.ipynb"
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert [found for cell in cells for found in in_cell("".join(cell["source"]), cell["id"])] == []


def test_what_the_chapters_show_is_passed_over():
    paths = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
    cells = [cell for path in paths for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 100
    assert [found for cell in cells for found in in_cell("".join(cell["source"]), cell["id"])] == []


def test_many_findings_are_told_in_few_lines():
    cells = [({"cell_type": "code", "source": "import socket\n" * 50}, f"cell {n}") for n in range(100)]
    found = list(in_submission(cells))
    assert len(found) == 41
    assert found[-1].says == "There are 860 more of the kind in this notebook."


def test_a_long_cell_is_read_in_little_time():
    began = time.process_time()
    for text in (
        "x;" * 100_000,
        "[]," * 66_000 + "(",
        "%time\n" * 30_000,
        "x = 1 1\n" * 2_400,
        "-" * 200_000,
        "%" + " " * 100_000,
    ):
        list(in_cell(text, "answer-1"))
    assert time.process_time() - began < 20.0


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
