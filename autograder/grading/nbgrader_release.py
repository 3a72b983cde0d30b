"""The student's version of a source notebook, made by nbgrader's own generator and then tidied.

The same source always gives the same bytes: no outputs, no counts, no dates, only the metadata that are needed.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import compute_checksum

from autograder.grading.course import Course, write_atomically
from autograder.grading.nbgrader_settings import course_config
from autograder.grading.notebook import Notebook, source

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def release_notebook(course: Course, assignment: str, path: Path) -> Notebook:
    """Return the release form of a source notebook: stubs for solutions, locked cells with checksums."""
    notebook = nbformat.read(path, as_version=4)
    config = course_config(course)
    generator = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    resources: dict[str, Any] = {
        "nbgrader": {"notebook": path.stem, "assignment": assignment, "student": ".", "db_url": ""},
        "metadata": {"name": path.stem},
        "unique_key": path.stem,
    }
    for preprocessor in generator.preprocessors:
        if preprocessor is not SaveCells:
            notebook, resources = preprocessor(config=config)(notebook, resources)
    return tidy(json.loads(nbformat.writes(notebook)))


def tidy(notebook: Notebook) -> Notebook:
    """Keep the kernel's name and what nbgrader needs, give every cell a lasting id, drop everything else."""
    tidied: Notebook = {
        "cells": [],
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    for number, cell in enumerate(notebook["cells"], 1):
        metadata = {key: value for key, value in cell["metadata"].items() if key in _KEPT}
        lines = [line.rstrip() for line in source(cell).split("\n")]
        kept = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id") or f"cell-{number}",
            "metadata": copy.deepcopy(metadata),
            "source": "\n".join(lines).rstrip("\n"),
        }
        if cell["cell_type"] == "code":
            kept |= {"execution_count": None, "outputs": []}
        if "nbgrader" in metadata and "checksum" in metadata["nbgrader"]:
            kept["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(kept))
        tidied["cells"].append(kept)
    return tidied


_KEPT = ("nbgrader", "deletable", "editable", "tags")


def as_text(notebook: Notebook) -> str:
    """Write a notebook as the text of its file."""
    return str(nbformat.writes(nbformat.from_dict(notebook))).rstrip("\n") + "\n"


def release(course: Course, assignment: str) -> Path:
    """Write the student's version of an assignment and return its path; the same twice changes nothing."""
    path = course.release(assignment)
    write_atomically(path, as_text(release_notebook(course, assignment, course.source(assignment))))
    return path


def is_in_step(course: Course, assignment: str) -> bool:
    """Whether the release notebook is exactly what its source gives."""
    path = course.release(assignment)
    fresh = as_text(release_notebook(course, assignment, course.source(assignment)))
    return path.is_file() and path.read_text(encoding="utf-8") == fresh
