"""How much time and output one submission may take."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.equality.deadline import Deadline


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission; times in seconds, sizes in characters, `memory` and `scratch` in megabytes.

    A cell that prints more than `kept_bytes` is cut, one that prints more than `flood_bytes` is stopped, and of all
    cells together `kept_total` is kept. `judging` is for all answers together, in seconds of computing.
    """

    cell: float = 20.0
    submission: float = 180.0
    start: float = 60.0
    judging: float = 60.0
    restarts: int = 5
    kept_bytes: int = 100_000
    kept_count: int = 100
    kept_total: int = 3_000_000
    flood_bytes: int = 10_000_000
    memory: int = 1024
    scratch: int = 64

    @property
    def whole(self) -> float:
        """Seconds after which a submission is given up altogether, whatever it does."""
        return self.start + self.submission + self.cell + Deadline.PATIENCE * self.judging
