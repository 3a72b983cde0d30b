"""No hostile submission earns, learns, damages or leaves anything, and the next one is graded as if it had not been."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import sys
import tempfile
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
from autograder.problems import GradientAt, NumericalGradient
from autograder.problems.record import to_record

_spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = importlib.util.module_from_spec(_spec)
sys.modules["hostile"] = hostile
_spec.loader.exec_module(hostile)

pytestmark = pytest.mark.slow
SECRET = "the secret of the course"
LIMITS = Limits(cell=2.0, submission=20.0, judging=10.0)
SETUP = (
    "from sympy.abc import x, y\nfrom autograder import GradientAt, NumericalGradient, check\n"
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


PROBLEM = to_record(GradientAt(x**2 + 3 * y**2, at=(1, 2)))
KEY = Key("tiny", "tiny", "digest", (Exercise("check-1", 2.0, PROBLEM),), notebook("answer = ..."))


def code_notebook(answer):
    cells = [
        cell(SETUP + "\ncode_problem = NumericalGradient()", "setup", locked=True),
        cell(answer, "answer-1", solution=True),
        cell("check(code_problem, slopes, points=2)", "check-1", grade=True, locked=True, points=2),
    ]
    return {**notebook(""), "cells": cells}


CODE_KEY = Key(
    "tiny", "tiny", "digest", (Exercise("check-1", 2.0, to_record(NumericalGradient())),), code_notebook("...")
)


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
def packets(tmp_path_factory):
    """A socket that takes packets from anyone, as those of a system's log do."""
    with (
        tempfile.TemporaryDirectory(prefix="nabla-") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own,
    ):
        own.bind(f"{folder}/packets")
        own.setblocking(False)
        yield own


@pytest.fixture(scope="module")
def submit(course):
    """Return a function that grades bytes, always with the same warm process."""
    try:
        sandbox = choose(course)
    except SandboxError as error:
        pytest.skip(str(error))
    with Warm(sandbox) as warm:

        def submit(raw, key=KEY):
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
    """Return everything that a page shows as it is: texts, raw cells, HTML and Markdown."""
    cells = result.notebook["cells"]
    bundles = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    texts = [cell["source"] for cell in cells if cell["cell_type"] != "code"]
    return "\n".join(texts + [data.get(kind, "") for data in bundles for kind in ("text/html", "text/markdown")])


ACTIVE = re.compile(r"<script|<img|<svg|\\(href|mmlToken|bbox|def)\b|\]\(", re.I)
"""What a page would not only show."""


def test_there_are_many():
    groups = (hostile.ATTACKS, hostile.FUNCTIONS, hostile.TIME_BOMBS, hostile.ASKING)
    assert sum(map(len, groups)) + len(hostile.FILES) >= 280
    assert all(len({attack.name for attack in group}) == len(group) for group in groups)


@pytest.mark.parametrize("attack", hostile.ATTACKS, ids=lambda attack: attack.name)
def test_a_hostile_answer_gains_nothing(attack, submit, course, listener, packets):
    file = course.root / "source" / "solution.txt"
    code = attack.code
    for name, value in {
        "file": file,
        "course": course.root,
        "port": listener.getsockname()[1],
        "packets": packets.getsockname(),
        "process": os.getpid(),
    }.items():
        code = code.replace("{" + name + "}", str(value))
    began = time.monotonic()
    result = submit(json.dumps(notebook(code)).encode())
    assert time.monotonic() - began < LIMITS.whole
    assert result.status == "graded"
    assert result.marks[0].score == 0.0, result.marks[0].judgement
    assert SECRET not in shown(result)
    assert "WON" not in shown(result)
    assert not ACTIVE.search(active(result))
    assert file.read_text() == SECRET
    assert file.stat().st_mode & 0o400
    with pytest.raises(BlockingIOError):
        listener.accept()
    with pytest.raises(BlockingIOError):
        packets.recv(100)


@pytest.mark.parametrize("attack", hostile.FUNCTIONS, ids=lambda attack: attack.name)
def test_a_hostile_function_gains_nothing(attack, submit):
    result = submit(json.dumps(code_notebook(attack.code)).encode(), CODE_KEY)
    assert result.marks[0].score == 0.0, result.marks[0].judgement
    assert shown(result)


@pytest.mark.parametrize("attack", hostile.TIME_BOMBS, ids=lambda attack: attack.name)
def test_an_answer_that_is_slow_to_judge_gains_nothing_and_keeps_nobody_busy(attack, submit):
    began = time.process_time()
    result = submit(json.dumps(notebook(attack.code)).encode())
    assert time.process_time() - began < LIMITS.judging
    assert result.status == "graded"
    assert not result.marks[0].score, result.marks[0].judgement
    assert shown(result)


@pytest.mark.parametrize("attack", hostile.ASKING, ids=lambda attack: attack.name)
def test_an_answer_that_the_library_gave_is_noticed(attack, submit):
    result = submit(json.dumps(notebook(attack.code)).encode())
    noticed = [anomaly.says for anomaly in result.anomalies if anomaly.level == "suspicious"]
    assert any("its own answer" in says or "checker's" in says or "environment" in says for says in noticed)
    assert SECRET not in shown(result)


def test_nothing_is_left_for_the_next_student(submit):
    leave = """
import os, sys, builtins, sympy, autograder
autograder.GradientAt.left = builtins.left = sympy.left = sys.left = "left" + " behind"
os.environ["LEFT"] = "left" + " behind"
package = os.path.dirname(sympy.__file__)
for folder in (".", "~", os.environ["TMPDIR"], sys.prefix, package, "/dev/shm", "/tmp", "/var/tmp"):
    try:
        with open(os.path.join(os.path.expanduser(folder), "nabla-left"), "w") as file:
            file.write("left" + " behind")
    except OSError:
        pass
answer = 0"""
    look = """
import os, sys, builtins, sympy, autograder
for owner in (autograder.GradientAt, builtins, sympy, sys):
    print(getattr(owner, "left", ""), os.environ.get("LEFT"))
package = os.path.dirname(sympy.__file__)
for folder in (".", "~", os.environ["TMPDIR"], sys.prefix, package, "/dev/shm", "/tmp", "/var/tmp"):
    try:
        print(open(os.path.join(os.path.expanduser(folder), "nabla-left")).read())
    except OSError:
        print("nothing")
answer = (2, 12)"""
    assert submit(json.dumps(notebook(leave)).encode()).marks[0].score == 0.0
    result = submit(json.dumps(notebook(look)).encode())
    assert result.marks[0].score == 2.0
    assert "nothing" in shown(result)
    assert "left behind" not in shown(result)


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
    assert not ACTIVE.search(active(result))
    assert all(anomaly.says.isprintable() for anomaly in result.anomalies)
    assert result.marks[0].points == 2.0


def test_an_honest_submission_after_all_that_has_its_marks(submit):
    assert submit(json.dumps(notebook("answer = (2, 12)")).encode()).marks[0].score == 2.0
