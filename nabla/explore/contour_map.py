"""The contour map of a function of two variables: the ground on which other things are drawn."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import contourpy
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nabla.explore import style
from nabla.explore.canvas import WIDTH
from nabla.explore.formula import plain, typeset
from nabla.explore.panels import Box
from nabla.explore.plane import Floats, PlaneFunction, Window
from nabla.explore.words import number

TITLE: dict[str, Any] = {"loc": "left", "fontsize": style.TITLE, "color": style.INK, "pad": 13}
"""How the name of a map is written above it."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 16, 48, 54
"""Pixels around the map, for the ticks and the title."""


class ContourMap:
    """Contours of f in a window, on axes of equal scale, so that a right angle looks like one.

    Where f is undefined the map is hatched. Contours are at round heights, evenly spaced, over the middle
    96 % of the heights in the window, so that a pole does not take all of them. The map stands in the middle of the
    picture, or at the top left of `room`.
    """

    def __init__(self, f: PlaneFunction, window: Window, room: Box | None = None) -> None:
        self.f, self.window = f, window
        space = room or Box(_LEFT, _TOP, WIDTH - _LEFT - _RIGHT, 560)
        width = min(space.width, space.height * window.width / window.height)
        left = space.left + (0 if room else (space.width - width) / 2)
        self.box = Box(left, space.top, width, width * window.height / window.width)
        self.height = round(self.box.bottom + _BOTTOM)

    @property
    def unit(self) -> float:
        """The length of a pixel in data coordinates."""
        return self.window.width / self.box.width

    @property
    def title(self) -> str:
        """The map in words, for those who cannot see it."""
        return f"Contour map of {plain('f', self.f.variables, self.f.formula)}"

    @cached_property
    def grid(self) -> tuple[Floats, Floats, np.ma.MaskedArray]:
        """Coordinates of the grid and the values on it, masked where f is undefined."""
        x, y = self.window.grid(161)
        return x, y, np.ma.masked_invalid(self.f.values(*np.meshgrid(x, y)))

    @cached_property
    def levels(self) -> Floats:
        """The heights of the contours; none if f is constant or nowhere defined."""
        heights = self.grid[2].compressed()
        if heights.size == 0 or np.ptp(heights) <= 1e-12 * max(1.0, float(np.abs(heights).max())):
            return np.array([])
        low, high = np.quantile(heights, [0.02, 0.98])
        levels = MaxNLocator(9, steps=[1, 2, 5, 10]).tick_values(low, high)
        return levels[(levels > heights.min()) & (levels < heights.max())]

    def axes(self, figure: Figure) -> Axes:
        """Make axes of equal scale for the map."""
        axes = figure.add_axes(self.box.fractions(figure))
        axes.set(xlim=(self.window.left, self.window.right), ylim=(self.window.bottom, self.window.top))
        axes.set_aspect("equal")
        style.quiet(axes, self.f.names)
        return axes

    def draw(self, axes: Axes, labels: bool = True) -> None:
        """Draw the map and the formula above it."""
        x, y, heights = self.grid
        if np.ma.is_masked(heights):
            axes.set_facecolor(style.PAPER)
            axes.patch.set(hatch="///", edgecolor="#d5dbe1", linewidth=0)
        if self.levels.size:
            bounds = [-np.inf, *self.levels, np.inf]
            shades = style.HEIGHTS(np.linspace(0.05, 1, len(bounds) - 1))
            axes.contourf(x, y, heights, levels=_finite(bounds, heights), colors=shades)
            lines = axes.contour(x, y, heights, levels=self.levels, colors=style.HAIRLINE, linewidths=0.9)
            lines.set_linestyle("solid")
            if labels:
                text: dict[str, Any] = {"fontsize": style.SMALL, "colors": style.FAINT, "inline_spacing": 4}
                for label in lines.clabel(fmt=number, **text):
                    label.set_rotation(0)
        room = max(self.box.width, 250) + 10
        axes.set_title(typeset("f", self.f.variables, self.f.formula, room), **TITLE)

    def contour_through(self, height: float) -> list[Floats]:
        """Return the contour at one height: a list of polylines, each of shape (k, 2)."""
        if not np.isfinite(height):
            return []
        return [np.asarray(line) for line in self._lines.lines(height)]

    @cached_property
    def _lines(self) -> contourpy.ContourGenerator:
        return contourpy.contour_generator(*self.grid)


def _finite(bounds: list[float], heights: np.ma.MaskedArray) -> list[float]:
    """The same bounds with ends that lie just beyond every height."""
    inner = bounds[1:-1]
    low, high = min(float(heights.min()), inner[0]), max(float(heights.max()), inner[-1])
    slack = 1e-9 * (high - low) + 1e-300
    return [low - slack, *inner, high + slack]
