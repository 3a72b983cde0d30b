"""The `nabla` command as a person meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli import main

REPOSITORY = Path(__file__).parents[1]


def test_a_folder_that_is_no_course_is_named(tmp_path, capsys):
    assert main(["grade", "gradient", "--course", str(tmp_path)]) == 2
    assert f"{tmp_path} is no course folder" in capsys.readouterr().err


@pytest.mark.slow
def test_an_unknown_assignment_is_named_with_those_there_are(tmp_path, capsys):
    (tmp_path / "source" / "gradient").mkdir(parents=True)
    assert main(["grade", "gradent", "--course", str(tmp_path)]) == 2
    assert "no assignment 'gradent'" in (message := capsys.readouterr().err)
    assert "The assignments here are: gradient." in message


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "1e9"])
def test_a_timeout_that_makes_no_sense_is_refused(seconds, capsys):
    with pytest.raises(SystemExit):
        main(["grade", "gradient", "--timeout", seconds])
    assert "--timeout" in capsys.readouterr().err


def test_a_folder_for_the_demonstration_must_be_empty(tmp_path, capsys):
    (tmp_path / "precious").write_text("")
    assert main(["demo", "--course", str(REPOSITORY), "--keep", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err


@pytest.mark.slow
def test_asking_for_help_imports_neither_nbgrader_nor_jupyter():
    code = (
        "import sys\nfrom autograder.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(bool({'nbgrader', 'jupyter_client', 'nbformat', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).returncode == 0


@pytest.mark.slow
def test_release_grade_and_report_one_after_the_other(tmp_path, capsys):
    folder = tmp_path / "source" / "tiny"
    folder.mkdir(parents=True)
    setup = (
        "from sympy.abc import x, y\nfrom autograder import GradientAt, check\nproblem = GradientAt(x**2*y, at=(1, 2))"
    )
    cells = [
        _cell("setup", setup, locked=True),
        _cell("answer-1", "answer = ...\n### BEGIN SOLUTION\nanswer = (4, 1)\n### END SOLUTION", solution=True),
        _cell("check-1", "check(problem, answer, points=2)", grade=True, locked=True, points=2),
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "tiny.ipynb").write_text(json.dumps(notebook))
    course = ["--course", str(tmp_path)]

    assert main(["grade", "tiny", *course]) == 2
    assert "Nobody handed in tiny" in capsys.readouterr().err
    assert main(["release", "tiny", *course]) == 0
    released = (tmp_path / "release" / "tiny" / "tiny.ipynb").read_text()
    submitted = tmp_path / "submitted" / "ada" / "tiny"
    submitted.mkdir(parents=True)
    (submitted / "tiny.ipynb").write_text(released.replace("answer = ...", "answer = (1, 4)"))
    (tmp_path / "submitted" / "bob" / "tiny").mkdir(parents=True)

    assert main(["grade", "tiny", *course, "--timeout", "10"]) == 1
    assert "bob: tiny.ipynb is missing: the folder is empty." in capsys.readouterr().out
    assert main(["report", "tiny", *course]) == 0
    assert "components swapped" in capsys.readouterr().out
    page = (tmp_path / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
    assert "wrong order" in page
    assert "ada,graded,0,0,2," in (tmp_path / "report" / "tiny" / "marks.csv").read_text()


def _cell(name, source, **noted):
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": name}
    metadata = {"nbgrader": {**plain, **noted}}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


@pytest.mark.slow
def test_the_demonstration_checks_its_own_marks(capsys, tmp_path):
    assert main(["demo", "--course", str(REPOSITORY), "--keep", str(tmp_path / "class")]) == 0
    assert "All 12 have the marks that their making implies" in capsys.readouterr().out
    pages = list((tmp_path / "class" / "feedback").glob("*/gradient/gradient.html"))
    assert len(pages) == 12
    assert not any("<script>alert" in page.read_text() for page in pages)
