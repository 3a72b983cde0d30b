"""The mathematics under Lagrange's condition: a constraint g = c as a curve to walk on, and where f touches it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import contourpy
import numpy as np

from nabla.explore.marks import Pair
from nabla.explore.plane import Floats, PlaneFunction, Window
from nabla.explore.words import number

SINGULAR = 1e-4
"""A gradient of g shorter than this part of a typical one counts as zero."""


@dataclass(frozen=True)
class Touch:
    """A place of the constraint where the gradients of f and g are parallel, or that of g is zero."""

    part: float
    """How far along the curve, from 0 to 1."""
    point: Pair
    is_singular: bool


@dataclass(frozen=True)
class Constraint:
    """The curve g = c in a window: one or more pieces, laid end to end.

    >>> from sympy.abc import x, y
    >>> circle = Constraint(PlaneFunction.of(x**2 + y**2), 4.0, Window.of(3))
    >>> round(circle.length, 2)
    12.57
    >>> [tuple(round(c, 3) for c in t.point) for t in circle.touches(PlaneFunction.of(x + 0*y, circle.g.variables))]
    [(-2.0, 0.0), (2.0, 0.0)]
    """

    g: PlaneFunction
    level: float
    window: Window

    @classmethod
    def fitting(cls, g: PlaneFunction, level: float, window: Any = None) -> Constraint:
        """The curve in the window that is asked for, or in the smallest of a few that holds it whole.

        Raises `ValueError` if it has no points there.
        """
        if window is not None:
            curve = cls(g, level, Window.of(window))
        else:
            curves = [cls(g, level, Window(-4 * s / 3, 4 * s / 3, -s, s)) for s in (0.75, 1.5, 3, 6, 12)]
            whole = [each for each in curves if each.is_closed]
            some = [each for each in curves if each.pieces and each.window.top >= 3]
            curve = (whole or some or curves)[0]
        if not curve.pieces:
            raise ValueError(f"g = {number(level)} has no points in the window")
        return curve

    @cached_property
    def pieces(self) -> list[Floats]:
        """Polylines, each of shape (k, 2), their corners put onto the curve by Newton's step."""
        x, y = self.window.grid(161)
        values = np.ma.masked_invalid(self.g.values(*np.meshgrid(x, y)))
        lines = contourpy.contour_generator(x, y, values).lines(self.level)
        return [self._onto(np.asarray(line)) for line in lines if len(line) > 2]

    @property
    def is_closed(self) -> bool:
        """Whether every piece ends where it begins."""
        return bool(self.pieces) and all(np.allclose(piece[0], piece[-1]) for piece in self.pieces)

    @cached_property
    def _steps(self) -> tuple[Floats, Floats, Floats]:
        """All straight steps: where each begins, where it ends, and its length."""
        begins, ends = (np.concatenate([piece[s] for piece in self.pieces]) for s in (slice(-1), slice(1, None)))
        return begins, ends, np.hypot(*(ends - begins).T)

    @property
    def length(self) -> float:
        """The length of all pieces together."""
        return float(self._steps[2].sum())

    @cached_property
    def _stops(self) -> Floats:
        """How far along, from 0 to 1, each step begins; and at last 1."""
        lengths = self._steps[2]
        return np.concatenate([[0.0], np.cumsum(lengths)]) / lengths.sum()

    def at(self, part: float) -> Pair:
        """The place so far along, from 0 to 1."""
        i = int(np.clip(np.searchsorted(self._stops, part, side="right") - 1, 0, len(self._steps[0]) - 1))
        span = self._stops[i + 1] - self._stops[i]
        return self._between(i, (part - self._stops[i]) / span if span > 0 else 0.0)

    def nearest(self, place: Pair) -> float:
        """How far along is the point of the curve that is nearest to a place."""
        begins, ends, lengths = self._steps
        along = ends - begins
        share = ((np.array(place) - begins) * along).sum(axis=1) / np.maximum(lengths**2, 1e-300)
        share = np.clip(share, 0, 1)
        i = int(np.hypot(*(begins + share[:, None] * along - place).T).argmin())
        return float(self._stops[i] + share[i] * (self._stops[i + 1] - self._stops[i]))

    def touches(self, f: PlaneFunction) -> list[Touch]:
        """Where the gradients of f and g are parallel, in order along the curve."""
        begins, ends, _ = self._steps
        turn, next_turn = self._turn(f, begins), self._turn(f, ends)
        typical = self.typical
        found: list[Touch] = []
        for i in np.flatnonzero((turn == 0) | (turn * next_turn < 0)):
            share = self._bisected(f, int(i))
            point = self._between(int(i), share)
            is_singular = float(np.hypot(*self.g.gradient_at(point))) < SINGULAR * typical
            part = float(self._stops[i] + share * (self._stops[i + 1] - self._stops[i]))
            if not found or part - found[-1].part > 1e-6:
                found.append(Touch(part, point, is_singular))
        return found if len(found) < 40 else []  # f is constant along the curve

    @cached_property
    def typical(self) -> float:
        """The length of a typical gradient of g on the curve."""
        return float(np.nanmedian(np.hypot(*self.g.gradients(*self._steps[0].T)))) or 1.0

    def _turn(self, f: PlaneFunction, places: Floats) -> Floats:
        """The cross product of both gradients; it is zero where they are parallel."""
        (a, b), (u, v) = f.gradients(*places.T), self.g.gradients(*places.T)
        return np.nan_to_num(a * v - b * u)

    def _bisected(self, f: PlaneFunction, step: int) -> float:
        low, high = 0.0, 1.0
        sign = np.sign(self._turn(f, np.array([self._between(step, low)]))[0])
        if sign == 0:
            return 0.0
        for _ in range(40):
            middle = (low + high) / 2
            same = np.sign(self._turn(f, np.array([self._between(step, middle)]))[0]) == sign
            low, high = (middle, high) if same else (low, middle)
        return (low + high) / 2

    def _between(self, step: int, share: float) -> Pair:
        """A place on one step, put onto the curve."""
        begin, end = self._steps[0][step], self._steps[1][step]
        x, y = self._onto((begin + share * (end - begin))[None])[0]
        return float(x), float(y)

    def _onto(self, places: Floats) -> Floats:
        """Places moved along the gradient of g onto the curve, by at most a step of the grid."""
        cell = self.window.width / 160
        for _ in range(3):
            u, v = self.g.gradients(*places.T)
            with np.errstate(all="ignore"):
                excess = (self.g.values(*places.T) - self.level) / (u**2 + v**2)
            step = np.nan_to_num(np.column_stack([excess * u, excess * v]))
            places = places - np.clip(step, -cell, cell)
        return places
