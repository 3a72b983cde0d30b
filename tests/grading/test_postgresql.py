"""The gradebook on a PostgreSQL server: the same marks as in a file, and as safe from a kill."""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autograder.grading.batch import grade_class
from autograder.grading.course import CourseError
from autograder.grading.key import compile_key
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import gradebook, standings

pytestmark = pytest.mark.slow
ANSWERS = ("(2, 12)", "(2, 5)", "(12, 2)", "2*12", "...", "(2, 12)")


@pytest.fixture(scope="module")
def server():
    """The address of a server that keeps its data in a folder of its own, and listens to nobody else."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (it comes with nabla-workbook[postgresql])")
    spec = importlib.util.spec_from_file_location("nabla_install", Path(__file__).parents[1] / "install.py")
    install = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install)
    programs = install.find_postgresql()
    if programs is None:
        pytest.skip(install.NO_SERVER)
    folder = tempfile.mkdtemp(prefix="nabla-pg-")
    other = {}
    if os.geteuid() == 0:  # a server refuses to be root
        account = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
        os.chown(folder, account.pw_uid, account.pw_gid)
        other = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data, quiet = f"{folder}/data", {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "cwd": folder, **other}
    make = [f"{programs}/initdb", "-D", data, "-U", "nabla", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(make, check=True, timeout=120, **quiet)
    listen = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"]
    with open(f"{folder}/log", "wb") as log:
        process = subprocess.Popen([f"{programs}/postgres", "-D", data, *listen], stderr=log, **quiet)
    url = f"postgresql+psycopg://nabla:s3cret@/postgres?host={folder}"
    try:
        wait_for(process, folder)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder)


def wait_for(process, folder):
    import psycopg

    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(host=folder, user="nabla", dbname="postgres").close()
        except psycopg.OperationalError:
            assert process.poll() is None, Path(folder, "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def classroom(course, sheet):
    for number, answer in enumerate(ANSWERS):
        folder = course.submitted("tiny", f"s{number}")
        folder.mkdir(parents=True)
        cells = (sheet.setup(), sheet.answer(f"answer = {answer}"), sheet.check(), sheet.words("In words."))
        (folder / "tiny.ipynb").write_text(json.dumps(sheet.notebook(*cells)))
    return course


def keep_at(course, url):
    """Say where the gradebook is."""
    (course.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")


def marks(course):
    held = standings(course, compile_key(course, "tiny"))
    return {name: {cell: (one.score, one.needs_person) for cell, one in row.items()} for name, row in held.items()}


def grade(course, warm, **options):
    key = compile_key(course, "tiny")
    return grade_class(course, key, limits=Limits(cell=10.0), sandbox=warm.sandbox, **options)


KILLED = """
import os, signal, sys
from pathlib import Path
from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.key import compile_key
from autograder.grading.sandbox import Sandbox
course = Course(Path(sys.argv[1]))
for place, outcome in enumerate(grade_class(course, compile_key(course, "tiny"), sandbox=Sandbox(sys.argv[2]))):
    if place == 1:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_server_holds_the_same_marks_as_a_file_and_a_killed_run_is_taken_up(classroom, warm, server):
    keep_at(classroom, server)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(classroom.root), warm.sandbox.kind], timeout=300)
    assert killed.returncode == -signal.SIGKILL
    done = sorted(marks(classroom))
    assert len(done) == 2
    with gradebook(classroom) as book:
        given = book.find_grade("words-1", "tiny", "tiny", done[0])
        given.manual_score, given.needs_manual_grade = 2.5, False
        book.db.commit()
    outcomes = {outcome.graded.student: outcome.fresh for outcome in grade(classroom, warm)}
    assert len(outcomes) == len(ANSWERS)
    assert sorted(name for name, fresh in outcomes.items() if not fresh) == done
    on_server = marks(classroom)
    assert on_server[done[0]].pop("words-1") == (2.5, False)
    assert not (classroom.root / "gradebook.db").exists()

    keep_at(classroom, f"sqlite:///{classroom.root}/gradebook.db")
    assert all(outcome.fresh for outcome in grade(classroom, warm))
    in_file = marks(classroom)
    del in_file[done[0]]["words-1"]
    assert on_server == in_file


def test_a_server_that_is_not_there_is_named_without_the_password(course, tmp_path):
    pytest.importorskip("psycopg")
    keep_at(course, f"postgresql+psycopg://nabla:s3cret@/postgres?host={tmp_path}")
    with pytest.raises(CourseError, match=r"The gradebook at .* cannot be used") as caught, gradebook(course):
        pass
    assert "s3cret" not in str(caught.value)


def test_without_a_driver_the_cure_is_named(course, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    keep_at(course, "postgresql+psycopg://nabla@localhost/grades")
    with pytest.raises(CourseError, match=r"pip install 'nabla-workbook\[postgresql\]'"), gradebook(course):
        pass


def test_an_address_that_is_none_is_named(course):
    keep_at(course, "my database")
    with pytest.raises(CourseError, match="no address of a database"), gradebook(course):
        pass
