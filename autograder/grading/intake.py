"""From the bytes that a student handed in to the notebook that is run: the master, with the student's text in it.

Only source text crosses: that of the solution cells, and of cells that the student added. Everything else - locked
cells, order, points, kernel, metadata, outputs - is the instructor's master.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.grading import notebook as nb
from autograder.grading.course import notebooks

MAX_BYTES = 30_000_000
MAX_CELLS = 1_000
MAX_SOURCE = 200_000

Level = Literal["note", "suspicious", "unreadable"]


@dataclass(frozen=True)
class Anomaly:
    """Something about a submission that a person should know: where it is, and what.

    A "note" is harmless, "suspicious" is evidence and no verdict, "unreadable" kept the submission from being graded.
    """

    level: Level
    cell: str
    says: str


class IntakeError(Exception):
    """A submission cannot be read; the message names the file and the cure.

    `handed_in` is false when there is nothing to read at all: that is a zero, not a case for a person.
    """

    def __init__(self, message: str, handed_in: bool = True) -> None:
        super().__init__(message)
        self.handed_in = handed_in


@dataclass(frozen=True)
class Entry:
    """One cell to run or show, and whose it is."""

    cell: nb.Cell
    by: Literal["instructor", "student"]


@dataclass
class Intake:
    """The notebook to run, cell by cell, and what was odd about the one handed in."""

    entries: list[Entry] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)

    def note(self, cell: str, says: str, level: Level = "note") -> None:
        """Add an anomaly."""
        self.anomalies.append(Anomaly(level, cell, says))


def find_notebook(folder: Path, name: str) -> tuple[Path, list[Anomaly]]:
    """Return the notebook in a student's folder; one under another name will do when it is the only one.

    Raises `IntakeError` when there is none, or several and none has the right name.
    """
    wanted = folder / f"{name}.ipynb"
    found = list(notebooks(folder))
    if wanted in found:
        return wanted, []
    if len(found) == 1:
        says = f"The file is named {found[0].name} and should be {wanted.name}; it was taken all the same."
        return found[0], [Anomaly("note", "", says)]
    if found:
        names = ", ".join(path.name for path in found)
        raise IntakeError(f"{wanted.name} is missing, and it is not clear which of {names} is meant. Rename the right one.")
    others = ", ".join(sorted(path.name for path in folder.iterdir())[:5]) if folder.is_dir() else ""
    if others:
        raise IntakeError(f"{wanted.name} is missing; the folder holds {others}. Ask for the notebook itself.", handed_in=False)
    raise IntakeError(f"{wanted.name} is missing: the folder is empty.", handed_in=False)


def read_bytes(path: Path) -> bytes:
    """Read a file that a student handed in, never more than is allowed and one byte."""
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


def take(submission: bytes, master: nb.Notebook, name: str) -> Intake:
    """Put the text of a submission into the master; raise `IntakeError` when it is no notebook."""
    intake = Intake()
    cells = _cells(_json(submission, name), name, master, intake)
    _arrange(cells, master, intake)
    return intake


def blank(master: nb.Notebook) -> Intake:
    """Return the master as it was given out, for a submission that cannot be read."""
    return Intake([Entry(cell, "instructor") for cell in master["cells"]])


def _json(submission: bytes, name: str) -> dict[str, Any]:
    file = f"{name}.ipynb"
    if len(submission) > MAX_BYTES:
        raise IntakeError(f"{file} is larger than {MAX_BYTES // 10**6} MB. Clear its outputs, save, and hand it in again.")
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


def _cells(data: Mapping[str, Any], name: str, master: nb.Notebook, intake: Intake) -> list[nb.Cell]:
    """Return the cells that can be used, in order, noting what is odd."""
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):
        intake.note("", "The notebook is in the old format 3; its text was taken all the same.")
        cells = [_from_format_3(cell) for sheet in data["worksheets"] for cell in _listed(sheet, "cells")]
    if not isinstance(cells, list):
        raise IntakeError(f"{name}.ipynb has no list of cells. Use File, Download in Jupyter.")
    if len(cells) > MAX_CELLS:
        raise IntakeError(f"{name}.ipynb has {len(cells):,} cells; {MAX_CELLS:,} is the most that is read.")
    if not cells:
        intake.note("", "The notebook has no cells; every answer is missing.")
    usable = []
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            intake.note(f"cell {number}", "This is no cell that can be read; it was left out.")
        elif len(nb.source(cell)) > MAX_SOURCE:
            intake.note(f"cell {number}", f"The cell has more than {MAX_SOURCE:,} characters; it was left out.")
        else:
            usable.append(cell)
    _note_kernel(data, master, intake)
    return usable


def _note_kernel(data: Mapping[str, Any], master: nb.Notebook, intake: Intake) -> None:
    metadata = data.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    if isinstance(spec, dict):
        language = str(spec.get("language") or "python").lower()
        if language != master["metadata"]["kernelspec"]["language"]:
            intake.note("", f"The notebook asks for a kernel for {language[:40]!r}; it was run with the course's Python.")


def _from_format_3(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    kind = "markdown" if cell.get("cell_type") == "heading" else cell.get("cell_type")
    return {**cell, "cell_type": kind, "source": cell.get("input", cell.get("source", ""))}


def _listed(value: Any, name: str) -> list[Any]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []


# -- putting the student's text into the master --------------------------------------------------------------


def _arrange(cells: Sequence[nb.Cell], master: nb.Notebook, intake: Intake) -> None:
    """Find for each submitted cell its place in the master; what has none was added by the student."""
    places = _Places(master["cells"])
    taken: dict[int, nb.Cell] = {}
    added: dict[int, list[nb.Cell]] = {}
    here = -1
    for number, cell in enumerate(cells, 1):
        place = places.of(cell, taken)
        if place is not None and place not in taken:
            taken[place] = cell
            here = place
        elif place is not None and nb.squeezed(nb.source(cell)) == nb.squeezed(nb.source(taken[place])):
            intake.note(nb.label(cell, number), "The cell occurs twice with the same text; the first counts.")
        else:
            if place is not None:
                says = "The cell occurs twice with different text; the first counts, the other ran as an added cell."
                intake.note(nb.label(cell, number), says)
            if nb.source(cell).strip():
                added.setdefault(here, []).append(cell)
    for place in range(-1, len(master["cells"])):
        if place >= 0:
            intake.entries.append(_entry(master["cells"][place], taken.get(place), place + 1, intake))
        intake.entries += [_added(cell, place, order) for order, cell in enumerate(added.get(place, []), 1)]


class _Places:
    """Where in the master a submitted cell belongs."""

    def __init__(self, cells: Sequence[nb.Cell]) -> None:
        self.named = {nb.grade_id(cell): place for place, cell in enumerate(cells) if nb.grade_id(cell)}
        loose = [(place, cell) for place, cell in enumerate(cells) if not nb.grade_id(cell)]
        self.by_id = {cell["id"]: place for place, cell in loose}
        self.by_text = {nb.squeezed(nb.source(cell)): place for place, cell in loose}

    def of(self, cell: nb.Cell, taken: Mapping[int, nb.Cell]) -> int | None:
        """Return the place, which may be taken already when the cell has a grade id; None for an added cell."""
        if (name := nb.grade_id(cell)) in self.named:
            return self.named[name]
        identity = cell.get("id")
        place = self.by_id.get(identity) if isinstance(identity, str) else None
        if place is None:
            place = self.by_text.get(nb.squeezed(nb.source(cell)))
        return None if place in taken else place


def _entry(master: nb.Cell, cell: nb.Cell | None, number: int, intake: Intake) -> Entry:
    """Return the master's cell, with the student's text where the student may write."""
    name, text = nb.label(master, number), "" if cell is None else nb.source(cell)
    same = cell is not None and nb.squeezed(text) == nb.squeezed(nb.source(master))
    if nb.is_solution(master):
        if cell is None:
            intake.note(name, "The answer cell was deleted; the empty one stands in its place.")
            return Entry(master, "instructor")
        return Entry({**master, "source": text}, "student")
    if nb.is_locked(master):
        if cell is None:
            intake.note(name, "The locked cell was deleted; it was put back.")
        elif not same:
            intake.note(name, f"The locked cell was changed and has been put back. It read: {text[:200]}", "suspicious")
        return Entry(master, "instructor")
    if cell is None or same:
        return Entry(master, "instructor")
    return Entry({**master, "source": text}, "student")


def _added(cell: nb.Cell, place: int, order: int) -> Entry:
    kept = {"cell_type": cell["cell_type"], "id": f"added-{place + 1}-{order}", "metadata": {}, "source": nb.source(cell)}
    if cell["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": []}
    return Entry(kept, "student")
