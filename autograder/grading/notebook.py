"""What nbgrader's metadata say about a cell, read without nbgrader.

A notebook is plain JSON here: a dict with a list of cells, as `json.loads` gives it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]


def nbgrader(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what nbgrader has noted on the cell, or an empty mapping.

    >>> nbgrader({"cell_type": "code", "metadata": {}})
    {}
    """
    metadata = cell.get("metadata")
    noted = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return noted if isinstance(noted, Mapping) else {}


def grade_id(cell: Mapping[str, Any]) -> str:
    """Return the name that nbgrader knows the cell by, or an empty text.

    >>> grade_id({"metadata": {"nbgrader": {"grade_id": "check-1"}}})
    'check-1'
    """
    name = nbgrader(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def is_grade(cell: Mapping[str, Any]) -> bool:
    """Whether points hang on the cell."""
    return nbgrader(cell).get("grade") is True


def is_solution(cell: Mapping[str, Any]) -> bool:
    """Whether the student writes in the cell."""
    return nbgrader(cell).get("solution") is True


def is_locked(cell: Mapping[str, Any]) -> bool:
    """Whether the cell is the instructor's and stays so."""
    return not is_solution(cell) and (is_grade(cell) or nbgrader(cell).get("locked") is True)


def points(cell: Mapping[str, Any]) -> float:
    """Return the points of a grade cell."""
    return float(nbgrader(cell).get("points", 0))


def source(cell: Mapping[str, Any]) -> str:
    r"""Return the text of a cell, whether it is kept as one text or as a list of lines.

    >>> source({"source": ["x = 1\n", "x"]})
    'x = 1\nx'
    """
    text = cell.get("source", "")
    if isinstance(text, str):
        return text
    if isinstance(text, Sequence):
        return "".join(line for line in text if isinstance(line, str))
    return ""


def label(cell: Mapping[str, Any], number: int) -> str:
    """Name a cell for a person: by its grade id, or by its place.

    >>> label({}, 4)
    'cell 4'
    """
    return grade_id(cell) or f"cell {number}"


def squeezed(text: str) -> str:
    r"""Return the text without any white space, to see whether two texts differ in more than that.

    >>> squeezed("check(p, a,\n      points=2)")
    'check(p,a,points=2)'
    """
    return "".join(text.split())
