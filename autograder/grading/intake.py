"""From the bytes that a student handed in to the notebook that is run: the master, with the student's text in it.

Only source text crosses: that of the solution cells, and of cells that the student added. Everything else - locked
cells, order, points, kernel, metadata, outputs - is the instructor's master.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly, Level
from autograder.grading.submission import read_cells


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


def take(submission: bytes, master: nb.Notebook, name: str) -> Intake:
    """Put the text of a submission into the master; raise `IntakeError` when it is no notebook."""
    cells, notes = read_cells(submission, name, master["metadata"]["kernelspec"]["language"])
    intake = Intake(anomalies=notes)
    _arrange(cells, master, intake)
    return intake


def blank(master: nb.Notebook) -> Intake:
    """Return the master as it was given out, for a submission that cannot be read."""
    return Intake([Entry(cell, "instructor") for cell in master["cells"]])


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
    kept = {
        "cell_type": cell["cell_type"],
        "id": f"added-{place + 1}-{order}",
        "metadata": {},
        "source": nb.source(cell),
    }
    if cell["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": []}
    return Entry(kept, "student")
