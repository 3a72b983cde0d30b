"""A coordinator that is killed at any moment loses nothing: the next run grades the rest, and each once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from autograder.grading.key import compile_key
from autograder.grading.nbgrader_gradebook import gradebook, standings

pytestmark = pytest.mark.slow
STUDENTS = [f"s{number}" for number in range(10)]
ANSWERS = ("(2, 12)", "(2, 5)", "(12, 2)")
KILLS = 20
LAUNCHER = """
import os, sys
from pathlib import Path
from autograder.grading import nbgrader_gradebook
from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.sandbox import Sandbox

def grade():
    course, sandbox = Course(Path(sys.argv[1])), Sandbox(sys.argv[2])
    key = compile_key(course, "tiny")
    for outcome in grade_class(course, key, limits=Limits(cell=10), sandbox=sandbox, workers=1):
        say("fresh" if outcome.fresh else "known", outcome.graded.student)

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

say("ready")
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            grade()
            say("over")
            os._exit(0)
        finally:
            os._exit(1)
    say("coordinator", child)
    sys.stdin.readline()
    say("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
"""Imports everything once, then forks coordinators: a kill costs no imports. It waits for one only when it is told to,
so that the number of a coordinator is its own until then.
"""


class Launcher:
    """Runs coordinators that can be killed, one after another."""

    def __init__(self, course, warm, folder):
        script = folder / "launch.py"
        script.write_text(LAUNCHER)
        command = [sys.executable, str(script), str(course.root), warm.sandbox.kind]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.words() == ["ready"]
        self.said = []

    def words(self):
        return self.process.stdout.readline().split()

    def tell(self, word):
        print(word, file=self.process.stdin, flush=True)

    def begin(self):
        """Start a coordinator and return its process number."""
        self.tell("grade")
        self.said = []
        while (words := self.words())[0] != "coordinator":
            self.said.append(words)
        return int(words[1])

    def listen(self, count):
        """Listen until so many are graded anew, or it is over."""
        while sum(words[0] == "fresh" for words in self.said) < count and ["over"] not in self.said:
            self.said.append(self.words())

    def run(self, count=1000, seconds=None):
        """Grade until so many are graded anew, and the seconds after that; then kill, unless it is over. Return how
        it ended, and what it said of whom.
        """
        process = self.begin()
        self.listen(count)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(process, signal.SIGKILL)
        self.tell("wait")
        while (words := self.words())[0] != "ended":
            self.said.append(words)
        return int(words[1]), [words for words in self.said if words != ["over"]]

    def close(self):
        self.process.communicate(timeout=60)


@pytest.fixture
def classroom(course, sheet):
    for number, student in enumerate(STUDENTS):
        folder = course.submitted("tiny", student)
        folder.mkdir(parents=True)
        answer = f"import time\ntime.sleep(0.1)\nanswer = {ANSWERS[number % 3]}"
        cells = (sheet.setup(), sheet.answer(answer), sheet.check(), sheet.words("My own words."))
        (folder / "tiny.ipynb").write_text(json.dumps(sheet.notebook(*cells)))
    compile_key(course, "tiny")
    return course


@pytest.fixture
def launcher(classroom, warm, tmp_path):
    launcher = Launcher(classroom, warm, tmp_path)
    yield launcher
    launcher.close()


def marks(course):
    held = standings(course, compile_key(course, "tiny"))
    return {student: {cell: one.score for cell, one in row.items()} for student, row in held.items()}


def begin_again(course):
    """Forget all that was graded."""
    for folder in (course.root / "autograded", course.root / ".nabla" / "graded"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in course.root.glob("gradebook.db*"):
        path.unlink()


def mark_by_hand(course):
    """Give a mark and a comment by hand to the first who is in the gradebook; return who, or None."""
    if not (there := sorted(marks(course))):
        return None
    with gradebook(course) as book:
        grade = book.find_grade("words-1", "tiny", "tiny", there[0])
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("words-1", "tiny", "tiny", there[0]).manual_comment = "Well said."
        book.db.commit()
    return there[0]


def test_killed_again_and_again_every_submission_is_graded_once_and_manual_marks_stay(classroom, launcher):
    seed = random.SystemRandom().randrange(10**6)
    rng = random.Random(seed)
    begin_again(classroom)
    began = time.monotonic()
    assert launcher.run()[0] == 0
    whole = time.monotonic() - began
    calm = marks(classroom)
    assert sorted(calm) == STUDENTS
    print(f"seed {seed}; an undisturbed run takes {whole:.1f} s")
    print("round  killed at                      graded anew  before  in the gradebook")
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        begin_again(classroom)
        ended, fresh, by_hand = -1, [], None
        while ended:
            moment = (0, rng.uniform(0, whole)) if rng.random() < 0.4 else (rng.randint(1, 4), rng.uniform(0, 0.3))
            ended, said = launcher.run(*moment) if kills < KILLS else launcher.run()
            assert ended in (0, -signal.SIGKILL)
            anew = [student for word, student in said if word == "fresh"]
            kills += ended != 0
            fresh += anew
            by_hand = by_hand or mark_by_hand(classroom)
            at = f"{moment[1]:.2f} s after {moment[0] or 'no'} graded" if ended else "not at all"
            print(f"{rounds:5}  {at:29}  {len(anew):11}  {len(said) - len(anew):6}  {len(marks(classroom)):16}")
        assert sorted(student for _, student in said) == STUDENTS  # the run that was not killed tells of everyone
        assert len(fresh) == len(set(fresh))  # nobody who was done was graded again
        broken = marks(classroom)
        assert broken[by_hand].pop("words-1") == 2.5
        assert broken == {**calm, by_hand: {"check-1": calm[by_hand]["check-1"]}}
        with gradebook(classroom) as book:
            assert book.find_comment("words-1", "tiny", "tiny", by_hand).manual_comment == "Well said."
            assert len(book.assignment_submissions("tiny")) == len(STUDENTS)


def test_killing_the_coordinator_ends_all_its_processes(launcher):
    process = launcher.begin()
    while not (family := descendants(process)) or len(family) < 2:
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    launcher.tell("wait")
    end = time.monotonic() + 60
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
