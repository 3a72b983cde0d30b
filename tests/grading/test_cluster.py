"""A real cluster on this machine: a scheduler, workers in processes of their own, one of them killed."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter

import pytest

from autograder.cli import main
from autograder.grading import batch
from autograder.grading.batch import grade_class
from autograder.grading.course import CourseError
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.pool import PoolError

distributed = pytest.importorskip("distributed")
cluster = pytest.importorskip("autograder.grading.cluster")
pytestmark = pytest.mark.slow
SLOWLY = "import time\ntime.sleep(0.4)\n"
ANSWERS = ("(2, 12)", "(2, 5)", "(12, 2)", "2*12", "...")
BREACH = """
from autograder.grading.sandbox import Sandbox
command, confinement = Sandbox.command, Sandbox.confinement
Sandbox.command = lambda self, *rest: command(Sandbox("none"), *rest)
Sandbox.confinement = lambda self, *rest: confinement(Sandbox("none"), *rest)
"""
"""What a machine runs at the start of every Python, so that its sandboxes confine nothing."""


class Machines:
    """Starts a scheduler and workers, each a process that can be killed."""

    def __init__(self, folder):
        self.folder = folder
        self.running = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.start("scheduler", "--host", "127.0.0.1", "--port", str(port))

    def start(self, kind, *options, **variables):
        command = [sys.executable, "-m", "dask", kind, *options, "--no-dashboard"]
        environment = {**os.environ, **variables, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false"}
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def worker(self, *options, **variables):
        scratch = ("--local-directory", str(self.folder), "--host", "127.0.0.1", "--nthreads", "1")
        return self.start("worker", self.address, *scratch, *options, **variables)

    def close(self):
        for process in reversed(self.running):
            process.terminate()
        for process in reversed(self.running):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def machines(tmp_path):
    (tmp_path / "cluster").mkdir()
    machines = Machines(tmp_path / "cluster")
    yield machines
    machines.close()


@pytest.fixture
def classroom(course, sheet):
    for number in range(10):
        folder = course.submitted("tiny", f"s{number}")
        folder.mkdir(parents=True)
        answer = f"{SLOWLY}answer = {ANSWERS[number % len(ANSWERS)]}"
        cells = (sheet.setup(), sheet.answer(answer), sheet.check(), sheet.words("In words."))
        (folder / "tiny.ipynb").write_text(json.dumps(sheet.notebook(*cells)))
    return course


def marks(outcomes):
    return {outcome.graded.student: [mark.score for mark in outcome.graded.marks] for outcome in outcomes}


def wait_for_workers(machines, count):
    with distributed.Client(machines.address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=90)


def test_a_worker_is_killed_in_the_middle_and_every_submission_is_graded_once_as_at_home(
    classroom, machines, warm, capsys
):
    """The second worker has Dask's nanny, as is usual; a third one, whose sandbox is none, then stops the grading."""
    doomed = machines.worker("--no-nanny")
    machines.worker("--nanny")
    key = compile_key(classroom, "tiny")
    wait_for_workers(machines, 2)
    outcomes = []
    for outcome in grade_class(classroom, key, limits=Limits(cell=10.0), scheduler=machines.address):
        outcomes.append(outcome)
        if len(outcomes) == 3:
            doomed.send_signal(signal.SIGKILL)
    assert Counter(outcome.graded.student for outcome in outcomes) == {f"s{number}": 1 for number in range(10)}
    assert all(outcome.fresh for outcome in outcomes)
    home = grade_class(classroom, key, limits=Limits(cell=10.0), sandbox=warm.sandbox, again=True)
    assert marks(outcomes) == marks(home)

    (machines.folder / "sitecustomize.py").write_text(BREACH)
    machines.worker("--no-nanny", PYTHONPATH=str(machines.folder))
    wait_for_workers(machines, 2)
    command = ["grade", "tiny", "--course", str(classroom.root), "--scheduler", machines.address, "--again"]
    assert main(command) == 2
    assert re.search(r"Worker tcp://.*No sandbox holds on this machine", capsys.readouterr().err)


def test_a_scheduler_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    with pytest.raises(PoolError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"):
        next(cluster.Cluster("tcp://127.0.0.1:9", "name")(abs, [-1], 1.0))


def test_without_dask_the_cure_is_named(course, key, monkeypatch):
    monkeypatch.setitem(sys.modules, "autograder.grading.cluster", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "autograder.grading.cluster")
    with pytest.raises(CourseError, match=r"pip install 'nabla-workbook\[cluster\]'"):
        batch._cluster(course, key, "tcp://127.0.0.1:9")
