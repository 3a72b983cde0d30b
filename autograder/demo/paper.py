"""A released notebook in a student's hands: write answers, add cells, delete cells, hand in."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field

from autograder.grading import notebook as nb


@dataclass
class Paper:
    """The released notebook, being filled in. `solutions` are the instructor's, by the name of their cell."""

    notebook: nb.Notebook
    solutions: dict[str, str]
    raw: bytes | None = field(default=None)

    @classmethod
    def fresh(cls, release: nb.Notebook, source: nb.Notebook) -> Paper:
        """Take a clean copy of the release."""
        cells = [cell for cell in source["cells"] if nb.is_solution(cell)]
        return cls(copy.deepcopy(release), {nb.grade_id(cell): _without_marks(nb.source(cell)) for cell in cells})

    def cell(self, name: str) -> nb.Cell:
        """Return the cell with this grade id."""
        return next(cell for cell in self.notebook["cells"] if nb.grade_id(cell) == name)

    def answer(self, number: int, text: str) -> None:
        """Write code into the answer cell of an exercise."""
        self.cell(f"answer-{number}")["source"] = text

    def solve(self, *numbers: int) -> None:
        """Answer exercises as the instructor does."""
        for number in numbers:
            self.answer(number, self.solutions[f"answer-{number}"])

    def sign(self, name: str) -> None:
        """Write the student's name where a personal exercise asks for it."""
        for cell in self.notebook["cells"]:
            if nb.grade_id(cell).startswith("student-"):
                cell["source"] = f"student = {name!r}"

    def explain(self, words: str = "The gradient lies in the plane, below the bowl, and points outward.") -> None:
        """Write the answer that a person marks."""
        self.answer(11, words)

    def add_after(self, name: str, text: str, like: nb.Cell | None = None) -> None:
        """Put a new code cell after another; with `like` it copies that cell's metadata, as copy and paste does."""
        metadata = copy.deepcopy(like["metadata"]) if like else {}
        cell: nb.Cell = {"cell_type": "code", "id": f"own-{len(self.notebook['cells'])}", "metadata": metadata}
        cell |= {"source": text, "execution_count": None, "outputs": []}
        self.notebook["cells"].insert(self.notebook["cells"].index(self.cell(name)) + 1, cell)

    def delete(self, name: str) -> None:
        """Delete a cell."""
        self.notebook["cells"].remove(self.cell(name))

    def hand_in(self) -> bytes:
        """Return the bytes of the file that is handed in."""
        return json.dumps(self.notebook, indent=1).encode() if self.raw is None else self.raw


def _without_marks(text: str) -> str:
    return re.sub(r"(?m)^[ \t]*### (?:BEGIN|END) SOLUTION\n?", "", text).rstrip("\n")
