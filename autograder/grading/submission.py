"""Reading the file that a student handed in: finding it, and taking the cells out of its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly
from autograder.grading.course import notebooks
from autograder.grading.inert import line
from autograder.grading.outputs import wellformed

MAX_BYTES = 30_000_000
MAX_CELLS = 1_000
MAX_SOURCE = 200_000
MAX_TEXT = 1_000_000
"""The most characters of all cells together: what is done with text takes its time, and an honest notebook has few."""


class IntakeError(Exception):
    """A submission cannot be read; the message names the file and the cure.

    `handed_in` is false when there is nothing to read at all: that is a zero, not a case for a person.
    """

    def __init__(self, message: str, handed_in: bool = True) -> None:
        super().__init__(message)
        self.handed_in = handed_in


def find_notebook(folder: Path, name: str) -> tuple[Path, list[Anomaly]]:
    """Return the notebook in a student's folder; one under another name will do when it is the only one.

    Raises `IntakeError` when there is none, or several and none has the right name.
    """
    if folder.is_symlink():
        raise IntakeError(f"The folder {_shown(folder)} is a link to another, which is not followed.")
    wanted = folder / f"{name}.ipynb"
    found = list(notebooks(folder))
    if wanted in found:
        return wanted, []
    if len(found) == 1:
        says = f"The file is named {_shown(found[0])} and should be {wanted.name}; it was taken all the same."
        return found[0], [Anomaly("note", "", says)]
    if found:
        names = ", ".join(map(_shown, found))
        raise IntakeError(
            f"{wanted.name} is missing, and it is not clear which of {names} is meant. Rename the right one."
        )
    others = ", ".join(map(_shown, sorted(folder.iterdir())[:5])) if folder.is_dir() else ""
    if others:
        raise IntakeError(
            f"{wanted.name} is missing; the folder holds {others}. Ask for the notebook itself.", handed_in=False
        )
    raise IntakeError(f"{wanted.name} is missing: the folder is empty.", handed_in=False)


def _shown(path: Path) -> str:
    """Return the name of a file, which a student gave, as it can be shown."""
    return line(path.name, 60)


def read_bytes(path: Path) -> bytes:
    """Read a file that a student handed in, never more than is allowed and one byte."""
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


class _Notes:
    """Collects harmless anomalies."""

    def __init__(self) -> None:
        self.taken: list[Anomaly] = []

    def add(self, cell: str, says: str) -> None:
        self.taken.append(Anomaly("note", cell, says))


def _json(submission: bytes, name: str) -> dict[str, Any]:
    file = f"{name}.ipynb"
    if len(submission) > MAX_BYTES:
        raise IntakeError(
            f"{file} is larger than {MAX_BYTES // 10**6} MB. Clear its outputs, save, and hand it in again."
        )
    if not submission.strip():
        raise IntakeError(f"{file} is an empty file. Save it in Jupyter and hand it in again.")
    try:
        data = json.loads(submission.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{file} is not UTF-8 text (byte {error.start}). It was damaged on the way, or is another kind of file "
            "with this name. Download it from Jupyter again."
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]
        raise IntakeError(
            f"{file} is not a notebook ({reason}). It may be a saved web page or half a download: "
            "use File, Download in Jupyter."
        ) from error
    if not isinstance(data, dict):
        raise IntakeError(f"{file} is JSON and yet not a notebook. Use File, Download in Jupyter.")
    return data


def read_cells(submission: bytes, name: str, language: str) -> tuple[list[nb.Cell], list[Anomaly]]:
    """Return the cells of a submission that can be used, in order, and what was odd.

    Raises `IntakeError` when the bytes are no notebook.

    >>> read_cells(b'{"cells": [{"cell_type": "code", "source": "1"}, 7]}', "tiny", "python")
    ([{'cell_type': 'code', 'source': '1'}], [Anomaly(level='note', cell='cell 2', says='This is no cell ...')])
    """
    data, notes = _json(submission, name), _Notes()
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):
        notes.add("", "The notebook is in the old format 3; its text was taken all the same.")
        cells = [_from_format_3(cell) for sheet in data["worksheets"] for cell in _listed(sheet, "cells")]
    if not isinstance(cells, list):
        raise IntakeError(f"{name}.ipynb has no list of cells. Use File, Download in Jupyter.")
    if len(cells) > MAX_CELLS:
        raise IntakeError(f"{name}.ipynb has {len(cells):,} cells; {MAX_CELLS:,} is the most that is read.")
    if not cells:
        notes.add("", "The notebook has no cells; every answer is missing.")
    usable, room = [], MAX_TEXT
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            notes.add(f"cell {number}", "This is no cell that can be read; it was left out.")
        elif len(nb.source(cell)) > MAX_SOURCE:
            notes.add(f"cell {number}", f"The cell has more than {MAX_SOURCE:,} characters; it was left out.")
        elif len(nb.source(cell)) > room:
            says = f"The cells have more than {MAX_TEXT:,} characters together; this one was left out."
            notes.add(f"cell {number}", says)
        else:
            room -= len(nb.source(cell))
            usable.append({**cell, "source": wellformed(nb.source(cell))})
    _note_kernel(data, language, notes)
    return usable, notes.taken


def _note_kernel(data: Mapping[str, Any], expected: str, notes: _Notes) -> None:
    metadata = data.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    if isinstance(spec, dict):
        language = spec.get("language") or "python"
        language = language.lower() if isinstance(language, str) else "?"
        if language != expected:
            notes.add("", f"The notebook asks for a kernel for {language[:40]!r}; it was run with the course's Python.")


def _from_format_3(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    kind = "markdown" if cell.get("cell_type") == "heading" else cell.get("cell_type")
    return {**cell, "cell_type": kind, "source": cell.get("input", cell.get("source", ""))}


def _listed(value: Any, name: str) -> list[Any]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []
