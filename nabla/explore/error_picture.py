"""Still picture: the inputs that errors allow, and the strip in which a propagated error says that f stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Rectangle
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import Pair, dot
from nabla.explore.picture import Picture
from nabla.explore.plane import PlaneFunction, Window


@dataclass(frozen=True)
class ErrorScene:
    """A point, the errors of both inputs, the largest change of f to first order there, and an error claimed."""

    point: Pair
    errors: Pair
    largest: float
    claimed: float | None
    shape: str

    def describe(self) -> str:
        """Whether the strip fits.

        >>> ErrorScene((4.0, 3.0), (0.1, 0.1), 0.7, 0.5, "box").describe()
        'The box of inputs around (4, 3), and the strip where f is off by 0.5 at most: the box sticks out of it.'
        """
        box = f"The {self.shape} of inputs around {words.tuple_of(self.point)}"
        if self.claimed is None:
            return f"{box}."
        off = self.claimed - self.largest
        if abs(off) <= 5e-4 * self.largest:
            fit = "just fits into it"
        else:
            fit = "fits into it with room to spare" if off > 0 else "sticks out of it"
        return f"{box}, and the strip where f is off by {words.number(self.claimed)} at most: the {self.shape} {fit}."


@kept_in_album
def error_picture(
    f: Any,
    at: Sequence[Any],
    errors: Sequence[Any],
    claimed: Any = None,
    independent: bool = False,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of the box of inputs (the ellipse, for `independent` errors) and the strip of a claimed error.

    The edges of the strip are contours of the linear model of f at the point, to first order those of f. Raises
    `ValueError` for a function that is not of two variables.

    >>> from sympy.abc import x, y
    >>> error_picture(x * y, (4, 3), (0.1, 0.1), 0.7).words
    'The box of inputs around (4, 3), and the strip where f is off by 0.7 at most: the box just fits into it.'
    """
    function = PlaneFunction.of(f, variables)
    point, (a, b) = (float(at[0]), float(at[1])), (float(errors[0]), float(errors[1]))
    slopes = function.gradient_at(point)
    reach = 1.9 * max(a, b)
    chart = ContourMap(function, Window(point[0] - 4 / 3 * reach, point[0] + 4 / 3 * reach,
                                        point[1] - reach, point[1] + reach))  # fmt: skip
    parts = (abs(slopes[0]) * a, abs(slopes[1]) * b)
    largest = float(np.hypot(*parts)) if independent else sum(parts)
    scene = ErrorScene(point, (a, b), largest, None if claimed is None else abs(float(claimed)),
                       "ellipse" if independent else "box")  # fmt: skip
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": style.INK, "lw": 2, "zorder": 4}
    axes.add_patch(
        Ellipse(point, 2 * a, 2 * b, **look)
        if independent
        else Rectangle((point[0] - a, point[1] - b), 2 * a, 2 * b, **look)
    )
    if scene.claimed is not None:
        for sign in (-1, 1):
            _edge(axes, point, slopes, sign * scene.claimed, chart.window)
    dot(axes).set_data([point[0]], [point[1]])
    said = scene.describe()
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"{chart.title}. {said}")


def _edge(axes: Any, point: Pair, slopes: Pair, rise: float, window: Window) -> None:
    """The straight line on which the linear model has risen by so much."""
    size = float(np.hypot(*slopes))
    if not size > 0:
        return
    along = np.array(slopes) / size
    foot = np.array(point) + rise / size * along
    far = (window.width + window.height) * np.array([-along[1], along[0]])
    axes.add_line(Line2D(*np.transpose([foot - far, foot + far]), color=style.OTHER, lw=2.2, ls=(0, (5, 1.5))))
