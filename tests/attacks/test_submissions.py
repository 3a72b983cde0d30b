"""No hostile submission earns, learns, damages or leaves anything, and the next one is graded as if it had not been."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sys
import time
from pathlib import Path

import pytest
from sympy.abc import x, y

from autograder.grading.course import Course
from autograder.grading.doctor import SandboxError, choose
from autograder.grading.grade import grade
from autograder.grading.graded import to_json
from autograder.grading.key import Exercise, Key
from autograder.grading.limits import Limits
from autograder.grading.warm import Warm
from autograder.problems import GradientAt
from autograder.problems.record import to_record

_spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = importlib.util.module_from_spec(_spec)
sys.modules["hostile"] = hostile
_spec.loader.exec_module(hostile)

pytestmark = pytest.mark.slow
SECRET = "the secret of the course"
LIMITS = Limits(cell=2.0, submission=20.0)
SETUP = (
    "from sympy.abc import x, y\nfrom autograder import GradientAt, check\n"
    "problem = GradientAt(x**2 + 3*y**2, at=(1, 2))"
)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def cell(source, name, **noted):
    noted = {
        "grade_id": name,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        "schema_version": 3,
    } | noted
    return {"cell_type": "code", "id": name, "metadata": {"nbgrader": noted}, "source": source, "outputs": [],
            "execution_count": None}  # fmt: skip


def notebook(answer):
    cells = [
        cell(SETUP, "setup", locked=True),
        cell(answer, "answer-1", solution=True),
        cell("check(problem, answer, points=2)", "check-1", grade=True, locked=True, points=2),
    ]
    return {"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("course"))
    (course.root / "source").mkdir()
    (course.root / "source" / "solution.txt").write_text(SECRET)
    return course


@pytest.fixture(scope="module")
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def submit(course):
    """Return a function that grades bytes, always with the same warm process."""
    try:
        sandbox = choose(course)
    except SandboxError as error:
        pytest.skip(str(error))
    problem = to_record(GradientAt(x**2 + 3 * y**2, at=(1, 2)))
    key = Key("tiny", "tiny", "digest", (Exercise("check-1", 2.0, problem),), notebook("answer = ..."))
    with Warm(sandbox) as warm:

        def submit(raw):
            result = grade(raw, key, student="eve", secret=b"secret", warm=warm, limits=LIMITS)
            settled(warm)
            return result

        yield submit


def settled(warm):
    """Wait until no more is left than the warm process, its sandbox, and the process that waits for a notebook."""
    end = time.monotonic() + 10
    while descendants(warm._process.pid) > 3:
        assert time.monotonic() < end, "a process was left behind"
        time.sleep(0.01)


def descendants(process):
    found, parents = [process], list(pairs())
    for member in found:
        found += [child for child, parent in parents if parent == member]
    return len(found) - 1


def pairs():
    """Yield the number of every process and that of its parent; one that ends while it is read is none."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(path.parent.name), int(text.rpartition(")")[2].split()[1])


def shown(result):
    """Return everything that is kept; it can be written as UTF-8, or the whole class would stop."""
    text = to_json(result) + json.dumps(result.notebook, ensure_ascii=False)
    text.encode()
    return text


def active(result):
    """Return everything that a page shows as it is: HTML and Markdown."""
    shown = [
        output["data"] for cell in result.notebook["cells"] for output in cell.get("outputs", []) if "data" in output
    ]
    return json.dumps([[data.get("text/html"), data.get("text/markdown")] for data in shown])


def test_there_are_many():
    assert len(hostile.ATTACKS) + len(hostile.FILES) >= 165
    assert len({attack.name for attack in hostile.ATTACKS}) == len(hostile.ATTACKS)


@pytest.mark.parametrize("attack", hostile.ATTACKS, ids=lambda attack: attack.name)
def test_a_hostile_answer_gains_nothing(attack, submit, course, listener):
    file = course.root / "source" / "solution.txt"
    code = attack.code
    for name, value in {
        "file": file,
        "course": course.root,
        "port": listener.getsockname()[1],
        "process": os.getpid(),
    }.items():
        code = code.replace("{" + name + "}", str(value))
    began = time.monotonic()
    result = submit(json.dumps(notebook(code)).encode())
    assert time.monotonic() - began < LIMITS.whole
    assert result.status == "graded"
    assert result.marks[0].score == 0.0, result.marks[0].judgement
    assert SECRET not in shown(result)
    assert "<script>" not in active(result)
    assert file.read_text() == SECRET
    assert file.stat().st_mode & 0o400
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_gains_nothing_and_stops_nobody(name, submit):
    _, make = hostile.FILES[name]
    result = submit(make(notebook("answer = (1, 1)")))
    if result.status == "graded":
        assert result.marks[0].score == 0.0
    else:
        assert result.marks[0].score is None
        assert result.says
    assert shown(result)
    assert result.marks[0].points == 2.0


def test_an_honest_submission_after_all_that_has_its_marks(submit):
    assert submit(json.dumps(notebook("answer = (2, 12)")).encode()).marks[0].score == 2.0
