"""The mathematics under a terrain map: slope and aspect from a gradient, the way that water takes, and some hills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sympy import Expr, Float, exp, symbols

from nabla.explore.marks import Pair
from nabla.explore.plane import Floats, PlaneFunction, Window

COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_HILLS = ((0.62, -1.1, 0.9, 0.9), (0.5, 1.3, 0.3, 0.7), (0.34, 0.4, -1.0, 0.6), (-0.28, -0.9, -0.9, 0.8))
"""Height, place and width of each hill, in kilometres; the last is a hollow."""
_GRID = 101


def hills() -> Expr:
    """Return a height above the sea in kilometres, at x kilometres east and y kilometres north.

    >>> sorted(v.name for v in hills().free_symbols)
    ['x', 'y']
    """
    x, y = symbols("x y")
    formula: Expr = Float("0.3") + x / 25
    for height, east, north, width in _HILLS:
        formula += height * exp(-((x - east) ** 2 + (y - north) ** 2) / (2 * width**2))
    return formula


def slope_angle(gradient: Pair) -> float:
    """Return the angle of the ground to the horizontal in degrees; its tangent is the gradient's length.

    >>> round(slope_angle((0.6, 0.8)), 9)
    45.0
    """
    return float(np.degrees(np.arctan(np.hypot(*gradient))))


def aspect(gradient: Pair) -> float:
    """Return the way the ground faces, downhill, as a bearing: degrees from north (y) round by east (x).

    >>> aspect((0, -1)), aspect((-1, 0)), aspect((1, 0))
    (0.0, 90.0, 270.0)
    """
    return float(np.degrees(np.arctan2(-gradient[0], -gradient[1])) % 360)


def compass(bearing: float) -> str:
    """Return a bearing as one of eight directions.

    >>> compass(350), compass(130)
    ('north', 'south-east')
    """
    return COMPASS[round(bearing / 45) % 8]


@dataclass(frozen=True)
class Runoff:
    """The way of water from a point: always against the gradient, until it is flat or leaves the window.

    >>> from sympy.abc import x, y
    >>> way = Runoff(PlaneFunction.of(x**2 + y**2), Window.of(2)).way((1, 1))
    >>> way.shape[1], bool(np.hypot(*way[-1]) < 0.05)
    (2, True)
    """

    f: PlaneFunction
    window: Window
    steps: int = 240

    def way(self, start: Pair) -> Floats:
        """The places that it passes, shape (k, 2); each step is as long, by Heun's method."""
        length = self.window.size / 90
        at, places = np.array(start, dtype=float), [np.array(start, dtype=float)]
        down = self._down(at)
        for _ in range(self.steps):
            if down is None:
                break
            there = self._down(at + length * down)
            if there is None or down @ there < 0:  # the bottom lies within a step
                break
            middle = down + there
            at = at + length * middle / np.linalg.norm(middle)
            if not self._holds(at):
                break
            places.append(at)
            down = self._down(at)
        return np.array(places)

    def ends_in_a_hollow(self, way: Floats) -> bool:
        """Whether it ended because there is no way down, not at the edge of the window."""
        return len(way) <= self.steps and self._holds(way[-1] + (way[-1] - way[max(0, len(way) - 3)]))

    @cached_property
    def _slopes(self) -> Floats:
        """The gradient on a grid, shape (rows, columns, 2): looked up faster than computed anew at every step."""
        return np.stack(self.f.gradients(*np.meshgrid(*self.window.grid(_GRID))), axis=-1)

    def _down(self, at: Floats) -> Floats | None:
        """The unit vector downhill, between the four nearest places of the grid; `None` where it is flat."""
        w, (rows, columns, _) = self.window, self._slopes.shape
        across = min(max((at[0] - w.left) / w.width, 0.0), 1.0) * (columns - 1)
        up = min(max((at[1] - w.bottom) / w.height, 0.0), 1.0) * (rows - 1)
        i, j = min(int(up), rows - 2), min(int(across), columns - 2)
        s, t = up - i, across - j
        low = (1 - t) * self._slopes[i, j] + t * self._slopes[i, j + 1]
        high = (1 - t) * self._slopes[i + 1, j] + t * self._slopes[i + 1, j + 1]
        slopes = (1 - s) * low + s * high
        length = float(np.hypot(slopes[0], slopes[1]))
        return -slopes / length if np.isfinite(length) and length > 1e-9 else None

    def _holds(self, at: Floats) -> bool:
        w = self.window
        return bool(w.left <= at[0] <= w.right and w.bottom <= at[1] <= w.top)
