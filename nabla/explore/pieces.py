"""Polygons in space, and the order in which to paint them so that what is in front hides what is behind.

A cut between a surface and a plane is true because pieces that the plane crosses are cut in two along it: all that
lies behind the plane is painted first, then the plane, then the rest. Within a part, pieces are painted from back
to front by their middles, which is right for small pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba

from nabla.explore.camera import Camera
from nabla.explore.plane import Floats

CORNERS = 7
"""Each piece has as many corners, the last one repeated where fewer are needed."""
_TOUCHES = 1e-9


@dataclass(frozen=True)
class Pieces:
    """Many polygons or strokes: corners (n, 7, 3), fill and edge colours (n, 4), widths and lifts (n,).

    A stroke is a polygon that runs there and back. A lift brings a piece nearer to the eye when the order is found.

    >>> square = Pieces.of(np.array([[[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]]]), fill="white")
    >>> behind, front = square.split(np.array([1.0, 0, 0]), 0.5)
    >>> float(behind.corners[0, :, 0].max()), float(front.corners[0, :, 0].min())
    (0.5, 0.5)
    """

    corners: Floats
    fills: Floats
    edges: Floats
    widths: Floats
    lifts: Floats

    @classmethod
    def of(
        cls, corners: Any, fill: Any = (0, 0, 0, 0), edge: Any = None, width: float = 0.6, lift: float = 0.0
    ) -> Pieces:
        """Pieces with 2 to 7 corners each, shape (n, k, 3), of one colour or one colour each, shape (n, 4).

        Edges have the colour of the fill, which hides the seams, unless they are given one. Pieces with an
        undefined corner are left out.
        """
        corners = np.asarray(corners, dtype=float)
        whole = np.isfinite(corners).all(axis=(1, 2))
        fills = _colors(fill, len(corners))[whole]
        edges = fills if edge is None else _colors(edge, len(corners))[whole]
        corners = corners[whole]
        last = np.repeat(corners[:, -1:], CORNERS - corners.shape[1], axis=1)
        count = len(corners)
        return cls(np.concatenate([corners, last], axis=1), fills, edges, np.full(count, width), np.full(count, lift))

    @classmethod
    def strokes(cls, ends: Any, color: Any, width: float = 0.8, lift: float = 0.05) -> Pieces:
        """Straight strokes, shape (n, 2, 3)."""
        return cls.of(ends, edge=color, width=width, lift=lift)

    @classmethod
    def joined(cls, parts: Iterable[Pieces]) -> Pieces:
        """All pieces, in the order given."""
        rows = zip(*(vars(part).values() for part in parts), strict=True)
        return cls(*(np.concatenate(row) for row in rows))

    def __len__(self) -> int:
        return len(self.corners)

    def chosen(self, rows: Any) -> Pieces:
        """Some of the pieces, by a mask or by their numbers."""
        return Pieces(*(each[rows] for each in vars(self).values()))

    def split(self, normal: Floats, offset: float) -> tuple[Pieces, Pieces]:
        """Return the parts where `normal . place` is below and above `offset`; what is crossed is cut in two."""
        heights = self.corners @ normal - offset
        slack = _TOUCHES * max(1.0, float(np.abs(heights).max(initial=0.0)))
        below, above = heights.max(axis=1) <= slack, heights.min(axis=1) >= -slack
        crossed = ~(below | above)
        if not crossed.any():
            return self.chosen(below), self.chosen(~below)
        torn, at = self.chosen(crossed), heights[crossed]
        parts = (Pieces(_kept(torn.corners, sign * at), *list(vars(torn).values())[1:]) for sign in (-1, 1))
        under, over = parts
        return Pieces.joined([self.chosen(below), under]), Pieces.joined([self.chosen(above & ~below), over])

    def within(self, low: Floats, high: Floats) -> Pieces:
        """Return what lies in a box."""
        left = self
        for axis, (least, most) in enumerate(zip(low, high, strict=True)):
            if np.isfinite(least):
                left = left.split(np.eye(3)[axis], least)[1]
            if np.isfinite(most):
                left = left.split(np.eye(3)[axis], most)[0]
        return left

    def from_behind(self, camera: Camera) -> Pieces:
        """Return the pieces in the order in which to paint them."""
        depths = camera.depth(self.corners).mean(axis=1) + self.lifts
        return self.chosen(np.argsort(depths, kind="stable"))


def behind_and_before(pieces: Pieces, sheet: Pieces, normal: Floats, offset: float, camera: Camera) -> Pieces:
    """Return all pieces in the order of painting, with a flat `sheet` in the plane `normal . place = offset`."""
    below, above = pieces.split(normal, offset)
    if camera.depth(normal) < 0:
        below, above = above, below
    return Pieces.joined([below.from_behind(camera), sheet, above.from_behind(camera)])


def _kept(corners: Floats, heights: Floats) -> Floats:
    """The part of each polygon where its heights are not negative, shape (n, 7, 3)."""
    following, next_heights = np.roll(corners, -1, axis=1), np.roll(heights, -1, axis=1)
    inside, next_inside = heights >= 0, next_heights >= 0
    crosses = inside != next_inside
    share = np.where(crosses, heights / np.where(crosses, heights - next_heights, 1.0), 0.0)
    cuts = corners + share[..., None] * (following - corners)
    repeated = (corners == following).all(axis=2)
    used = np.stack([inside & ~repeated, crosses], axis=2).reshape(len(corners), -1)
    places = np.stack([corners, cuts], axis=2).reshape(len(corners), -1, 3)
    first = np.argsort(~used, axis=1, kind="stable")
    index = np.minimum(np.arange(CORNERS), np.maximum(used.sum(axis=1), 1)[:, None] - 1)
    return np.take_along_axis(places, np.take_along_axis(first, index, axis=1)[..., None], axis=1)


def _colors(color: Any, count: int) -> Floats:
    given = np.asarray(to_rgba(color) if isinstance(color, str) or np.ndim(color) == 1 else color, dtype=float)
    return np.broadcast_to(given, (count, 4))
