"""What is odd about a submission, in words for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["note", "suspicious", "unreadable"]


@dataclass(frozen=True)
class Anomaly:
    """Something about a submission that a person should know: where it is, and what.

    A "note" is harmless, "suspicious" is evidence and no verdict, "unreadable" kept the submission from being graded.
    """

    level: Level
    cell: str
    says: str
