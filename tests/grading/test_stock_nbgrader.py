"""Honest submissions get the same marks from stock nbgrader, which runs `check` in the student's own kernel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.demo.classroom import make
from autograder.demo.students import CLASS
from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import prepare, standings

HONEST = ("ada", "bruno", "chen", "dora", "emil", "fatou", "goran", "hana")
REPOSITORY = Course(Path(__file__).parents[2])


def nbgrader(course: Course, home: Path, *arguments: str) -> None:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "HOME": str(home)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The honest part of the demonstration's class, in a course with nbgrader as it comes."""
    course, key = make(REPOSITORY, tmp_path_factory.mktemp("course"))
    for student in CLASS:
        if student.name not in HONEST:
            shutil.rmtree(course.root / "submitted" / student.name)
    (course.root / "nbgrader_config.py").unlink(missing_ok=True)
    return course, key


def marks(course, key):
    return {name: {cell: held.score for cell, held in marks.items()} for name, marks in standings(course, key).items()}


@pytest.mark.slow
def test_stock_nbgrader_gives_the_same_marks(classroom, tmp_path):
    course, key = classroom
    for _ in grade_class(course, key, limits=Limits(cell=10.0), workers=2):
        pass
    ours = marks(course, key)
    (course.root / "gradebook.db").unlink()
    shutil.rmtree(course.root / "autograded")
    prepare(course, key)
    nbgrader(course, tmp_path, "autograde", "gradient")
    stock = marks(course, key)
    assert set(stock) == set(HONEST)
    assert stock == ours


@pytest.mark.slow
def test_nbgraders_own_command_runs_our_grading_where_the_course_says_so(course, sheet, tmp_path):
    shutil.copy(REPOSITORY.root / "nbgrader_config.py", course.root)
    folder = course.submitted("tiny", "ada")
    folder.mkdir(parents=True)
    cells = (sheet.setup(), sheet.answer("check = lambda *a, **k: 2.0\nanswer = 0"), sheet.check(), sheet.words())
    (folder / "tiny.ipynb").write_text(json.dumps(sheet.notebook(*cells)))
    (folder / "stolen.html").symlink_to(course.source("tiny"))
    (folder / "more").mkdir()
    (folder / "more" / "stolen.txt").symlink_to(course.source("tiny"))
    nbgrader(course, tmp_path, "generate_assignment", "tiny")
    nbgrader(course, tmp_path, "autograde", "tiny")
    nbgrader(course, tmp_path, "generate_feedback", "tiny")
    assert standings(course, compile_key(course, "tiny"))["ada"]["check-1"].score == 0.0
    page = (course.feedback("tiny", "ada") / "tiny.html").read_text()
    assert "No answer came out of the check cell" in page
    assert "nabla-summary" in page
    assert [path.name for path in course.feedback("tiny", "ada").iterdir()] == ["tiny.html"]
