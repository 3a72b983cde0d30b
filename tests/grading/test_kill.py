"""A coordinator that is killed at any moment loses nothing: the next run grades the rest, and each once."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time

import pytest

from autograder.grading.batch import grade_class
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import gradebook, standings

pytestmark = pytest.mark.slow
STUDENTS = 8
KILLS = 20
GRADE = """
import sys
from pathlib import Path
from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.sandbox import Sandbox
if __name__ == "__main__":
    course = Course(Path(sys.argv[1]))
    key, sandbox = compile_key(course, "tiny"), Sandbox(sys.argv[2])
    again = "again" in sys.argv
    for outcome in grade_class(course, key, limits=Limits(cell=10), sandbox=sandbox, workers=1, again=again):
        print(outcome.graded.student, outcome.fresh, flush=True)
"""


@pytest.fixture
def classroom(course, sheet):
    for number in range(STUDENTS):
        answer = "answer = (2, 12)" if number % 2 else "answer = (2, 5)"
        folder = course.submitted("tiny", f"s{number}")
        folder.mkdir(parents=True)
        cells = (sheet.setup(), sheet.answer(answer), sheet.check(), sheet.words("My own words."))
        (folder / "tiny.ipynb").write_text(json.dumps(sheet.notebook(*cells)))
    compile_key(course, "tiny")
    return course


def marks(course):
    held = standings(course, compile_key(course, "tiny"))
    return {student: {cell: (one.score, one.by_hand) for cell, one in row.items()} for student, row in held.items()}


def test_killed_again_and_again_every_submission_is_graded_once_and_manual_marks_stay(classroom, warm, tmp_path):
    script = tmp_path / "grade.py"
    script.write_text(GRADE)
    rng = random.Random(7)
    key = compile_key(classroom, "tiny")
    for _ in grade_class(classroom, key, ["s1"], limits=Limits(cell=10.0), sandbox=warm.sandbox):
        pass
    with gradebook(classroom) as book:
        grade = book.find_grade("words-1", "tiny", "tiny", "s1")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("words-1", "tiny", "tiny", "s1").manual_comment = "Well said."
        book.db.commit()
    before = marks(classroom)["s1"]
    for _ in range(KILLS):
        delay = rng.uniform(0.0, 1.5)
        process = run(script, classroom, warm, "again" if rng.random() < 0.3 else "")
        process.stdout.readline()  # from here on it grades
        time.sleep(delay)
        process.kill()
        process.wait()
        process.stdout.close()
    last = run(script, classroom, warm, "")
    lines = last.communicate(timeout=300)[0].split("\n")
    assert last.returncode == 0
    assert sorted(line.split()[0] for line in lines if line) == sorted(f"s{number}" for number in range(STUDENTS))
    broken = marks(classroom)
    assert broken["s1"] == before
    with gradebook(classroom) as book:
        assert book.find_comment("words-1", "tiny", "tiny", "s1").manual_comment == "Well said."
        assert len(book.assignment_submissions("tiny")) == STUDENTS
    (classroom.root / "gradebook.db").unlink()
    shutil.rmtree(classroom.root / "autograded")
    calmly = run(script, classroom, warm, "")
    calmly.communicate(timeout=300)
    assert calmly.returncode == 0
    calm = marks(classroom)
    for row in (broken, calm):
        del row["s1"]["words-1"]
    assert broken == calm


def run(script, course, warm, *options):
    command = [sys.executable, str(script), str(course.root), warm.sandbox.kind, *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def test_killing_the_coordinator_ends_all_its_processes(classroom, warm, tmp_path):
    script = tmp_path / "grade.py"
    script.write_text(GRADE)
    process = run(script, classroom, warm, "again")
    process.stdout.readline()
    family = descendants(process.pid)
    assert len(family) >= 2
    process.kill()
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 20
    while alive(family) and time.monotonic() < end:
        time.sleep(0.2)
    assert alive(family) == []


def stats():
    """Yield number, parent and state of every process."""
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/stat") as file:
                    state, parent = file.read().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            yield int(entry.name), int(parent), state


def descendants(process):
    found, now = [process], list(stats())
    for member in found:
        found += [child for child, parent, _ in now if parent == member]
    return found[1:]


def alive(processes):
    return [process for process, _, state in stats() if process in processes and state != "Z"]
