"""What is known of the graph of a function before anything moves: its box, its contours, its critical points."""

from __future__ import annotations

from functools import cached_property

import contourpy
import numpy as np
from sympy import symbols

from nabla.explore.camera import Cuboid
from nabla.explore.formula import typeset
from nabla.explore.marks import Pair
from nabla.explore.mesh import Graph
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_step
from nabla.explore.stationary import Curved


class ShapeMap:
    """What is known of one function in the window before anything moves."""

    def __init__(self, curved: Curved, window: Window) -> None:
        self.curved, self.f, self.window = curved, curved.f, window
        self.formula = typeset("f", self.f.variables, self.f.formula, room=400)
        self.typical = self.f.typical_slope(window, 0.6) or 1.0
        self._graphs: dict[int, Graph] = {}

    @cached_property
    def critical(self) -> list[tuple[Pair, str]]:
        """The critical points in the window, each with its kind."""
        return self.curved.critical_points(self.window)

    @cached_property
    def heights(self) -> Floats:
        """f on a grid."""
        return self.f.values(*np.meshgrid(*self.window.grid(81)))

    @cached_property
    def box(self) -> Cuboid:
        """The window, and most of the heights in it."""
        known = self.heights[np.isfinite(self.heights)]
        low, high = np.quantile(known, [0.02, 0.98]) if known.size else (-1.0, 1.0)
        if known.size and np.ptp(known) < 2 * (high - low):  # no pole
            low, high = known.min(), known.max()
        half = max(0.54 * float(high - low), 1e-9 * (1 + abs(float(high))))
        w = self.window
        middle = ((w.left + w.right) / 2, (w.bottom + w.top) / 2, float(low + high) / 2)
        return Cuboid(middle, (w.width / 2, w.height / 2, half), tall=0.8)

    @cached_property
    def contours(self) -> list[Floats]:
        """Contours at evenly spaced heights, zero among them."""
        step = nice_step(self.box.half[2] / 5)
        levels = step * np.arange(np.ceil(self.box.low[2] / step), np.floor(self.box.high[2] / step) + 1)
        net = contourpy.contour_generator(*self.window.grid(81), np.ma.masked_invalid(self.heights))
        return [np.asarray(line) for level in levels for line in net.lines(level)]

    def section(self, point: Pair, along: Floats, parts: Floats) -> Floats:
        """f along a line through the point."""
        return self.f.values(point[0] + parts * along[0], point[1] + parts * along[1])

    def graph(self, cells: int) -> Graph:
        """The graph over the window, which is made once for each number of cells."""
        if cells not in self._graphs:
            w = self.window
            self._graphs[cells] = Graph(self.f.values, (w.left, w.bottom), (w.right, w.top), cells)
        return self._graphs[cells]


def shapes_around(at: Pair) -> dict[str, Curved]:
    """The four shapes that every course shows, around a point: bowl, dome, saddle, monkey saddle.

    >>> list(shapes_around((0, 0)))
    ['bowl', 'dome', 'saddle', 'monkey saddle']
    """
    x, y = symbols("x y")
    u, v = x - at[0] if at[0] else x, y - at[1] if at[1] else y
    formulas = {"bowl": u**2 + v**2 / 2, "dome": -(u**2) / 2 - v**2, "saddle": u**2 - v**2}
    formulas["monkey saddle"] = u**3 - 3 * u * v**2
    return {name: Curved(PlaneFunction.of(formula, (x, y))) for name, formula in formulas.items()}
