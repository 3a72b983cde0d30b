"""What a path of descent does, named from its numbers: it converges, crawls, oscillates, diverges ..."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nabla.explore import words
from nabla.explore.plane import Floats

SMALL = 1e-2
"""A gradient shorter than this part of the first one counts as arrived."""
_SWING = -0.5
"""Successive steps whose mean cosine is below this go to and fro."""
_STEADY = 0.995
"""Steps that shrink by less than this factor each do not shrink."""


@dataclass(frozen=True)
class Behaviour:
    """The name of what a path does, and why it is called so."""

    name: str
    reason: str

    def describe(self) -> str:
        """Name and reason."""
        return f"{self.name}: {self.reason}"


def behaviour(path: Floats, heights: Floats, slopes: Floats) -> Behaviour:
    """Return what a path does, from its points (n + 1, 2), the values of f and the lengths of the gradient there.

    >>> y = 5 * (-1.2) ** np.arange(21.0)  # x^2 + 10 y^2 with learning rate 0.11
    >>> behaviour(np.column_stack([0 * y, y]), 10 * y**2, 20 * abs(y)).describe()
    'diverges: each swing is longer than the last, by the factor 1.2'
    >>> y = 5.0 * (-1) ** np.arange(21)  # with 0.1
    >>> behaviour(np.column_stack([0 * y, y]), 10 * y**2, 20 * abs(y)).describe()
    'oscillates: it goes to and fro, and the swings do not shrink'
    """
    if not slopes[0] > 0:
        return Behaviour("stays", "the gradient is zero at the start")
    lasting = int(np.argmin(_finite(path, heights))) if not _finite(path, heights).all() else len(path)
    if lasting < len(path) and np.abs(path[:lasting]).max() < 1e3 * (1 + np.abs(path[0]).max()):
        return Behaviour("stops", f"step {lasting} goes to where f has no value")
    path, heights, slopes = path[:lasting], heights[:lasting], slopes[:lasting]
    ratio, swings = _growth(path), _swings(path, heights)
    if lasting < len(slopes) or (ratio > 1 / _STEADY and slopes[-1] > slopes[0]):
        return _running_away(ratio, swings, heights)
    if slopes[-1] <= SMALL * slopes[0]:
        k = len(slopes) - int(np.argmax((slopes > SMALL * slopes[0])[::-1]))
        swinging = ", with swings" if swings or _swung(path[: k + 1]) else ""
        return Behaviour("converges", f"from step {k} on ‖∇f‖ is below 1 % of its start{swinging}")
    if swings and ratio > _STEADY:
        return Behaviour("oscillates", "it goes to and fro, and the swings do not shrink")
    if swings:
        return Behaviour("oscillates", f"it goes to and fro, each swing {words.number(ratio, 2)} times the last")
    left = words.number(100 * slopes[-1] / slopes[0], 2)
    return Behaviour("crawls", f"after {len(slopes) - 1} steps ‖∇f‖ is still {left} % of its start")


def _running_away(ratio: float, swings: bool, heights: Floats) -> Behaviour:
    if swings:
        return Behaviour("diverges", f"each swing is longer than the last, by the factor {words.number(ratio, 3)}")
    if heights[-1] < heights[0]:
        return Behaviour("runs away", "f falls without end, by ever longer steps")
    return Behaviour("diverges", f"the steps grow by the factor {words.number(ratio, 3)}")


def _finite(path: Floats, heights: Floats) -> Floats:
    """Whether each point, and f there, is a number that can still be reckoned with."""
    return np.isfinite(path).all(axis=1) & np.isfinite(heights) & (np.abs(path).max(axis=1) < 1e100)


def _growth(path: Floats) -> float:
    """The factor by which steps grow, each from the last, over the later part of the path."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    part = max(1, len(lengths) // 4)
    earlier, later = lengths[-2 * part : -part], lengths[-part:]
    if len(lengths) < 2 or not earlier.max() > 0:
        return 1.0
    return float((later.max() / earlier.max()) ** (1 / part))


def _turns(path: Floats) -> Floats:
    """The cosine of the angle between each step and the next; -1 is straight back. Steps of no length are left out."""
    steps = np.diff(path, axis=0)
    lengths = np.hypot(*steps.T)
    moving = (lengths[:-1] > 0) & (lengths[1:] > 0)
    return (steps[:-1] * steps[1:]).sum(axis=1)[moving] / (lengths[:-1] * lengths[1:])[moving]


def _swung(path: Floats) -> bool:
    """Whether a step went back on the last one more than once on the way, even if the swings have died out since."""
    return int((_turns(path) < _SWING).sum()) > 1


def _swings(path: Floats, heights: Floats) -> bool:
    """Whether the later steps go to and fro, or f rises on the way more than once."""
    cosines = _turns(path[-(len(path) // 2 + 2) :])
    if not cosines.size:
        return False
    late = heights[-(len(heights) // 2 + 1) :]
    rises = np.diff(late) > 1e-9 * (np.abs(late).max() + np.ptp(heights))
    return bool(cosines.mean() < _SWING or 1 < rises.sum() < len(rises))
