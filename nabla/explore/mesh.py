"""Surfaces as many small quads: the graph of a function, and a level surface F = c."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nabla.explore.plane import Floats

Heights = Callable[[Floats, Floats], Floats]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Graph:
    """The graph of f over a rectangle, in `cells` by `cells` quads.

    The grid has nodes on the lines through the places in `through`, so that a tip or a fold there stays sharp.

    >>> graph = Graph(lambda x, y: x + y, low=(0.0, 0.0), high=(1.0, 1.0), cells=2)
    >>> graph.quads.shape, graph.lines(every=1).shape
    ((4, 4, 3), (12, 2, 3))
    """

    f: Heights
    low: tuple[float, float]
    high: tuple[float, float]
    cells: int
    through: tuple[tuple[float, float], ...] = ()

    @cached_property
    def places(self) -> Floats:
        """The corners of the quads, shape (cells + 1, cells + 1, 3), y first."""
        x, y = (self._side(axis) for axis in (0, 1))
        x, y = np.meshgrid(x, y)
        return np.stack([x, y, self.f(x, y)], axis=-1)

    def _side(self, axis: int) -> Floats:
        """Even coordinates from edge to edge, of which the nearest inner ones are moved onto the places."""
        side = np.linspace(self.low[axis], self.high[axis], self.cells + 1)
        free = np.ones(self.cells + 1, dtype=bool)
        free[[0, -1]] = False
        for place in self.through:
            near = np.where(free, np.abs(side - place[axis]), np.inf)
            k = int(near.argmin())
            if side[k - 1] < place[axis] < side[k + 1] and free[k]:
                side[k], free[k] = place[axis], False
        return side

    @cached_property
    def quads(self) -> Floats:
        """The quads, shape (n, 4, 3), with undefined corners where f is undefined."""
        p = self.places
        return np.stack([p[:-1, :-1], p[:-1, 1:], p[1:, 1:], p[1:, :-1]], axis=2).reshape(-1, 4, 3)

    def lines(self, every: int) -> Floats:
        """The lines of constant x and of constant y on it, one in so many, as strokes, shape (m, 2, 3)."""
        p, q = self.places[::every], self.places[:, ::every]
        along_x = np.stack([p[:, :-1], p[:, 1:]], axis=2).reshape(-1, 2, 3)
        along_y = np.stack([q[:-1], q[1:]], axis=2).reshape(-1, 2, 3)
        return np.concatenate([along_x, along_y])


@dataclass(frozen=True)
class Nets:
    """Level surfaces of a function known on a grid, by surface nets.

    Every cell that the surface passes gets one corner, the mean of where it crosses the cell's edges. Every edge
    of the grid that it crosses then gives a quad of the four cells around it. (S. Gibson, Constrained elastic
    surface nets, 1998.)

    >>> x, y, z = np.meshgrid(*[np.linspace(-1, 1, 9)] * 3, indexing="ij")
    >>> quads = Nets(x**2 + y**2 + z**2, low=(-1, -1, -1), high=(1, 1, 1)).quads(0.49)
    >>> bool(abs(np.linalg.norm(quads, axis=-1) - 0.7).max() < 0.06)
    True
    """

    values: Floats
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    def quads(self, level: float) -> Floats:
        """The surface at one level, shape (n, 4, 3); cells where the function is undefined have none."""
        above = self.values > level
        places, crossed = self._corners(level, above)
        parts = [self._around(axis, above, places, crossed) for axis in range(3)]
        low, high = np.array(self.low, dtype=float), np.array(self.high, dtype=float)
        steps = (high - low) / (np.array(self.values.shape) - 1)
        return low + np.concatenate(parts) * steps

    def _corners(self, level: float, above: Bools) -> tuple[Floats, Bools]:
        """The corner of each cell, in steps of the grid, and whether the surface passes the cell."""
        shape = tuple(n - 1 for n in self.values.shape)
        total, count = np.zeros((*shape, 3)), np.zeros(shape)
        for axis in range(3):
            near, far = _pair(self.values, axis)
            changes = np.logical_xor(*_pair(above, axis)) & np.isfinite(near) & np.isfinite(far)
            with np.errstate(all="ignore"):
                share = np.where(changes, (level - near) / (far - near), 0.0)
            for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):  # the four edges of a cell along this axis
                others = [each for each in range(3) if each != axis]
                window = [slice(None)] * 3
                for other, shift in zip(others, (i, j), strict=True):
                    window[other] = slice(shift, shift + shape[other])
                hit, part = changes[tuple(window)], share[tuple(window)]
                total[..., axis] += np.where(hit, part, 0)
                for other, shift in zip(others, (i, j), strict=True):
                    total[..., other] += np.where(hit, shift, 0)
                count += hit
        crossed = count > 0
        places = np.moveaxis(np.indices(shape), 0, -1) + total / np.maximum(count, 1)[..., None]
        return places, crossed

    def _around(self, axis: int, above: Bools, places: Floats, crossed: Bools) -> Floats:
        """The quads around the edges along one axis, in steps of the grid."""
        near, far = _pair(self.values, axis)
        changes = np.logical_xor(*_pair(above, axis)) & np.isfinite(near) & np.isfinite(far)
        others = [each for each in range(3) if each != axis]
        inner = [slice(None)] * 3
        for other in others:
            inner[other] = slice(1, -1)
        at = np.argwhere(changes[tuple(inner)])
        at[:, others] += 1
        ring = []
        for i, j in ((0, 0), (1, 0), (1, 1), (0, 1)):
            cell = at.copy()
            cell[:, others[0]] -= i
            cell[:, others[1]] -= j
            ring.append(tuple(cell.T))
        whole = np.logical_and.reduce([crossed[cell] for cell in ring])
        return np.stack([places[cell] for cell in ring], axis=1)[whole]


def slices(quads: Floats, heights: Floats) -> Floats:
    """Return where planes of constant z cut quads, shape (n, 4, 3), as strokes, shape (m, 2, 3).

    >>> slices(np.array([[[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1.0]]]), np.array([0.5])).tolist()
    [[[1.0, 0.0, 0.5], [0.0, 0.0, 0.5]]]
    """
    strokes = [np.zeros((0, 2, 3))]
    following = np.roll(quads, -1, axis=1)
    for height in heights:
        above = quads[..., 2] > height
        crosses = above != np.roll(above, -1, axis=1)
        cut = np.flatnonzero(crosses.sum(axis=1) == 2)
        one, other = quads[cut][crosses[cut]], following[cut][crosses[cut]]
        share = (height - one[:, 2]) / (other[:, 2] - one[:, 2])
        strokes.append((one + share[:, None] * (other - one)).reshape(-1, 2, 3))
    return np.concatenate(strokes)


def _pair(values: NDArray[Any], axis: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The two ends of every edge along an axis."""
    count = values.shape[axis]
    return values.take(range(count - 1), axis), values.take(range(1, count), axis)
