"""The student's version is exactly what the source gives, and gives nothing away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.course import Course
from autograder.grading.nbgrader_release import is_in_step, release, release_notebook

REPOSITORY = Course(Path(__file__).parents[2])
ASSIGNMENTS = sorted(path.name for path in (REPOSITORY.root / "source").iterdir() if path.is_dir())

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_release_in_the_repository_is_in_step_with_its_source(assignment):
    assert is_in_step(REPOSITORY, assignment), f"run: nabla release {assignment}"


def test_releasing_twice_gives_the_same_bytes(course):
    first = release(course, "tiny").read_bytes()
    assert release(course, "tiny").read_bytes() == first


def test_a_changed_source_is_out_of_step(course):
    release(course, "tiny")
    assert is_in_step(course, "tiny")
    path = course.source("tiny")
    path.write_text(path.read_text().replace("points=2", "points=2.0"))
    assert not is_in_step(course, "tiny")


def test_no_solution_output_or_count_is_left(course):
    path = course.source("tiny")
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "(2, 12)"}]
    notebook["cells"][1]["execution_count"] = 7
    notebook["metadata"]["author"] = "somebody"
    path.write_text(json.dumps(notebook))
    text = release(course, "tiny").read_text()
    for gone in ("SOLUTION", "(2, 12)", "somebody", "uphill"):
        assert gone not in text


def test_nbgraders_own_command_generates_the_same_cells(course, tmp_path):
    ours = release_notebook(course, "tiny", course.source("tiny"))
    shutil.copy(REPOSITORY.root / "nbgrader_config.py", course.root)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "tiny"]
    environment = {**os.environ, "PATH": path, "HOME": str(tmp_path)}
    subprocess.run(command, cwd=course.root, check=True, env=environment, capture_output=True, timeout=120)
    theirs = json.loads((course.root / "release" / "tiny" / "tiny.ipynb").read_text())

    def essence(notebook):  # nbgrader leaves an empty line behind in a stub, and its checksum counts it
        return [
            ("".join(cell["source"]).strip(), {**cell["metadata"]["nbgrader"], "checksum": ""})
            for cell in notebook["cells"]
        ]

    assert essence(ours) == essence(theirs)
