"""Everything that the workbook promises to cover stands in some notebook."""

from __future__ import annotations

import runpy
from pathlib import Path

COVERAGE = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "coverage.py"))


def test_every_number_is_named_by_a_notebook():
    assert COVERAGE["wanted"]().keys() - COVERAGE["covering"]().keys() == set()


def test_every_number_that_a_notebook_names_is_known():
    assert COVERAGE["covering"]().keys() - COVERAGE["wanted"]().keys() == set()


def test_every_chapter_with_a_subject_has_goals_and_prerequisites():
    chapters = {path.stem for path in Path(__file__).parents[2].glob("chapters/0[1-9]-*.ipynb")}
    assert chapters - set(COVERAGE["covering"]()["T46"]) == set()
