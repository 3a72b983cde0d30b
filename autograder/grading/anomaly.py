"""What is odd about a submission, in words for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autograder.grading.inert import line

Level = Literal["note", "suspicious", "unreadable"]
LONGEST = 500
"""The most characters of what is said."""


@dataclass(frozen=True)
class Anomaly:
    """Something about a submission that a person should know: where it is, and what.

    A "note" is harmless, "suspicious" is evidence and no verdict, "unreadable" kept the submission from being graded.
    It is shown in terminals and on pages and may quote what the student wrote, so it is one line that controls nothing.

    >>> Anomaly("note", "", "The file is named \x1b]0;x\x07a\u202eb.ipynb").says
    'The file is named ab.ipynb'
    """

    level: Level
    cell: str
    says: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "says", line(self.says, LONGEST))
