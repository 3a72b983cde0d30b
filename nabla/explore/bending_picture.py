"""Still picture: how f bends away from its tangent plane, and the curves of a matrix that should bend alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from matplotlib.lines import Line2D
from sympy import Matrix, Symbol

from nabla.calculus import gradient
from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import Pair, dot
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats, PlaneFunction, Window

_LEVELS = 4
"""Heights, up and down, at which the curves of the matrix are drawn."""


@dataclass(frozen=True)
class BendingScene:
    """A point, and the eigenvalues of a symmetric matrix of second derivatives there; none without a matrix."""

    point: Pair
    eigenvalues: Pair | None

    def describe(self) -> str:
        """The shape that the matrix says.

        >>> BendingScene((1.0, 2.0), (-1.0, 3.0)).describe()
        'How far f is above its tangent plane at (1, 2). Your matrix bends like a saddle: its curves are dashed.'
        """
        where = f"How far f is above its tangent plane at {words.tuple_of(self.point)}."
        if self.eigenvalues is None:
            return where
        low, high = self.eigenvalues
        tiny = 1e-12 * max(abs(low), abs(high))
        if max(abs(low), abs(high)) == 0:
            return f"{where} Your matrix is zero: it does not bend at all."
        shape = "a bowl" if low > tiny else "a dome" if high < -tiny else "a saddle" if low < -tiny < tiny < high else (
            "a trough")  # fmt: skip
        return f"{where} Your matrix bends like {shape}: its curves are dashed."


@kept_in_album
def bending_picture(
    f: Any, at: Sequence[Any], matrix: Any = None, variables: Iterable[Symbol] | None = None, reach: float = 1.0
) -> Picture:
    """Return a map of f minus its tangent plane at a point, with the level curves of a matrix's quadratic form.

    Where `matrix` is the Hessian, its dashed curves lie on the contours near the point. Only the symmetric part of
    `matrix`, which alone bends, is drawn. Raises `ValueError` for a function that is not of two variables.

    >>> from sympy.abc import x, y
    >>> bending_picture(x**2 - y**2, (0, 0), [[2, 0], [0, -2]]).words
    'How far f is above its tangent plane at (0, 0). Your matrix bends like a saddle: its curves are dashed.'
    """
    function = PlaneFunction.of(f, variables)
    here = dict(zip(function.variables, at, strict=True))
    slopes = [part.subs(here, simultaneous=True) for part in gradient(function.formula, function.variables)]
    plane = function.formula.subs(here, simultaneous=True) + sum(
        slope * (v - here[v]) for v, slope in zip(function.variables, slopes, strict=True)
    )
    point = (float(at[0]), float(at[1]))
    window = Window(point[0] - 4 / 3 * reach, point[0] + 4 / 3 * reach, point[1] - reach, point[1] + reach)
    chart = ContourMap(PlaneFunction.of(function.formula - plane, function.variables), window)
    form = None
    if matrix is not None:
        entries = np.array(Matrix(matrix).tolist(), dtype=float)
        form = (entries + entries.T) / 2
    values = None if form is None else tuple(float(v) for v in np.linalg.eigvalsh(form))
    scene = BendingScene(point, None if values is None else (values[0], values[1]))
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    axes.set_title("f minus its tangent plane", loc="left", fontsize=style.TITLE, color=style.INK, pad=13)
    if form is not None and form.any():
        for curve in _curves(form, chart):
            axes.add_line(Line2D(*curve.T, color=style.OTHER, lw=2.2, ls=(0, (5, 1.5))))
    dot(axes).set_data([point[0]], [point[1]])
    said = scene.describe()
    formula = str(function.formula).replace("**", "^")
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"f = {formula}. {said}")


def _curves(form: Floats, chart: ContourMap) -> list[Floats]:
    """The level curves of half the quadratic form at the contours of the map that are nearest to 0."""
    window = chart.window
    middle = ((window.left + window.right) / 2, (window.bottom + window.top) / 2)
    x, y = window.grid(161)
    across, up = np.meshgrid(x - middle[0], y - middle[1])
    heights = (form[0, 0] * across**2 + 2 * form[0, 1] * across * up + form[1, 1] * up**2) / 2
    net = contourpy.contour_generator(x, y, heights)
    near = sorted((level for level in chart.levels if level), key=abs)[:_LEVELS]
    return [np.asarray(line) for level in near for line in net.lines(float(level))]
