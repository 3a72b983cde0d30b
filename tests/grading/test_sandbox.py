"""The sandbox holds, its probes would notice if it did not, and grading refuses where none holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import pytest

from autograder.cli import main
from autograder.grading import doctor
from autograder.grading.course import Course
from autograder.grading.doctor import SandboxError, choose, examine
from autograder.grading.sandbox import Kind, Sandbox, bubblewrap

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are Linux's")]


@pytest.fixture
def course(tmp_path):
    (tmp_path / "source").mkdir()
    return Course(tmp_path)


@pytest.fixture(scope="module")
def unprotected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    (folder / "source").mkdir()
    return examine(Sandbox("none"), Course(folder))


@pytest.mark.parametrize("kind", get_args(Kind)[:2])
def test_no_probe_succeeds_in_a_sandbox(kind, course):
    examination = examine(Sandbox(kind), course)
    if examination.trouble:
        pytest.skip(examination.trouble)
    assert [finding.probe.tries for finding in examination.findings if finding.succeeded] == []


def test_every_probe_succeeds_without_one(unprotected):
    closed = {finding.probe.tries for finding in unprotected.findings if not finding.succeeded}
    assert closed <= {"make namespaces of its own", "change the mode of a device"}  # which a system may forbid
    assert not unprotected.holds


def test_the_folder_of_an_editable_install_is_not_shown_as_a_whole():
    command = bubblewrap()
    bound = [command[place + 1] for place, word in enumerate(command) if word == "--ro-bind"]
    assert any(path.endswith("/autograder") for path in bound)
    assert not any(path.endswith("/source") for path in bound)
    assert str(Path(doctor.__file__).parents[2]) not in bound


def test_python_may_be_started_by_a_path_that_goes_up_and_down(monkeypatch):
    program = Path(sys.executable)
    monkeypatch.setattr(sys, "executable", str(program.parent / ".." / program.parent.name / program.name))
    assert Sandbox("none").command(Path("/"), 3)[0] == str(program)


def test_where_no_sandbox_holds_nothing_is_graded(course, monkeypatch, unprotected, capsys):
    monkeypatch.setattr(doctor, "examine", lambda sandbox, course: unprotected)
    with pytest.raises(SandboxError, match="--unsafe"):
        choose(course)
    (course.root / "source" / "tiny").mkdir()
    (course.root / "source" / "tiny" / "tiny.ipynb").write_text("{}")
    monkeypatch.setattr("autograder.report.progress.choose", choose)
    assert main(["grade", "tiny", "--course", str(course.root)]) == 2
    assert "nabla doctor" in capsys.readouterr().err


def test_what_was_found_is_remembered_until_something_changes(course, monkeypatch):
    found = choose(course)
    monkeypatch.setattr(doctor, "examine", lambda *arguments: pytest.fail("tried again"))
    assert choose(course) == found
    monkeypatch.setattr(doctor, "_circumstances", lambda course: "another kernel")
    with pytest.raises(pytest.fail.Exception):
        choose(course)
