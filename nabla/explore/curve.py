"""A level curve as pieces in the plane: how long it is, where one is after a part of it, what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nabla.explore.marks import Pair
from nabla.explore.plane import Floats, PlaneFunction

_COUNT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class LevelCurve:
    """The pieces of a level curve, each of shape (k, 2); a closed one ends where it begins.

    Closed pieces run counterclockwise from their rightmost place, so that a place on them moves little when the
    level does.

    >>> square = LevelCurve.of([np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=float)])
    >>> square.describe(), square.length, square.at(0.25)
    ('one closed curve', 4.0, (1.0, 1.0))
    """

    pieces: tuple[Floats, ...]

    @classmethod
    def of(cls, lines: Iterable[Floats]) -> LevelCurve:
        """Put lines in order: the longest first."""
        pieces = [_oriented(line) for line in lines if len(line) > 1 and _lengths(line).sum() > 0]
        return cls(tuple(sorted(pieces, key=lambda piece: -round(float(_lengths(piece).sum()), 6))))

    @property
    def length(self) -> float:
        """The length of all pieces."""
        return float(self._travelled[-1]) if self.pieces else 0.0

    def at(self, part: float) -> Pair:
        """Return the place after a part, 0 to 1, of the length. Raises `ValueError` for an empty curve."""
        if not self.pieces:
            raise ValueError("an empty level set has no place on it")
        first, last = self._ends
        steps = last - first
        k = min(int(np.searchsorted(self._travelled, part * self.length)), len(steps) - 1)
        before = self._travelled[k - 1] if k else 0.0
        share = (part * self.length - before) / max(self._travelled[k] - before, 1e-300)
        x, y = first[k] + min(1.0, max(0.0, share)) * steps[k]
        return float(x), float(y)

    def around(self, part: float, near: float) -> tuple[Pair, Pair]:
        """Return the places a part `near` before and after, on the same piece; a closed piece goes on past its seam.

        >>> square = LevelCurve.of([np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=float)])
        >>> square.around(0, 0.125)
        ((0.5, 0.0), (1.0, 0.5))
        """
        ends = np.cumsum([_lengths(piece).sum() for piece in self.pieces]) / self.length
        k = min(int(np.searchsorted(ends, part)), len(ends) - 1)
        start, stop = (float(ends[k - 1]) if k else 0.0), float(ends[k])
        if np.array_equal(self.pieces[k][0], self.pieces[k][-1]):
            places = [start + (p - start) % (stop - start) for p in (part - near, part + near)]
        else:
            places = [min(max(p, start + 1e-9), stop) for p in (part - near, part + near)]
        return self.at(places[0]), self.at(places[1])

    def nearest(self, point: Pair) -> float:
        """Return the part of the length at which the curve comes nearest to a point; 0 for an empty curve."""
        if not self.pieces:
            return 0.0
        first, last = self._ends
        steps = last - first
        share = np.clip(((point - first) * steps).sum(axis=1) / np.maximum((steps**2).sum(axis=1), 1e-300), 0, 1)
        k = int(np.argmin(np.hypot(*(first + share[:, None] * steps - point).T)))
        before = self._travelled[k - 1] if k else 0.0
        return float(before + share[k] * (self._travelled[k] - before)) / self.length

    def describe(self) -> str:
        """How many curves, and how many of them are closed."""
        closed = sum(bool(np.array_equal(piece[0], piece[-1])) for piece in self.pieces)
        if not self.pieces:
            return "empty"
        kinds = [(closed, "closed"), (len(self.pieces) - closed, "open")]
        named = [f"{_count(n)} {kind} curve{'s' * (n > 1)}" for n, kind in kinds if n]
        return " and ".join(named)

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """Both ends of every short step."""
        return np.concatenate([p[:-1] for p in self.pieces]), np.concatenate([p[1:] for p in self.pieces])

    @cached_property
    def _travelled(self) -> Floats:
        """The length up to the end of every short step."""
        first, last = self._ends
        return np.cumsum(np.hypot(*(last - first).T))


def onto_level(f: PlaneFunction, level: float, points: Floats) -> Floats:
    """Return points of shape (n, 2) moved along the gradient onto f = level, by three steps of Newton's method.

    Points where the gradient is zero or undefined, or that would move far, stay where they are.

    >>> from sympy.abc import x, y
    >>> onto_level(PlaneFunction.of(x**2 + y**2), 4, np.array([[1.9, 0.0]])).round(9)
    array([[2., 0.]])
    """
    moved = points.astype(float)
    for _ in range(3):
        u, v = f.gradients(*moved.T)
        with np.errstate(all="ignore"):
            step = ((level - f.values(*moved.T)) / (u**2 + v**2))[:, None] * np.column_stack([u, v])
        moved = moved + np.where(np.isfinite(step), step, 0)
    far = np.hypot(*(moved - points).T) > 0.05 * max(1.0, float(np.ptp(points)) if len(points) > 1 else 10.0)
    return np.where(far[:, None], points, moved)


def _lengths(line: Floats) -> Floats:
    return np.hypot(*np.diff(line, axis=0).T)


def _oriented(line: Floats) -> Floats:
    """A closed line counterclockwise from its rightmost place; an open one from its left end."""
    line = np.asarray(line, dtype=float)
    if not np.array_equal(line[0], line[-1]):
        return line if tuple(line[0]) <= tuple(line[-1]) else line[::-1]
    x, y = line[:-1].T
    ring = line[:-1] if np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) > 0 else line[-2::-1]
    ring = np.roll(ring, -int(np.argmax(ring[:, 0])), axis=0)
    return np.concatenate([ring, ring[:1]])


def _count(n: int) -> str:
    return _COUNT[n] if n < len(_COUNT) else str(n)
