"""Still picture: one level curve on a grid of whole numbers, without the formula that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import dot
from nabla.explore.picture import Picture
from nabla.explore.plane import PlaneFunction, Window


@kept_in_album
def level_picture(
    f: Any,
    through: Sequence[Any],
    landmarks: Iterable[Sequence[Any]] = (),
    window: Any = 5,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of the level curve of `f` through a point, with dots there and at the `landmarks`.

    Neither the picture nor its words tell the formula: it is for asking which function it belongs to. Raises
    `ValueError` for a function that is not of two variables or has no value at the point.

    >>> from sympy.abc import x, y
    >>> level_picture(x * y, (1, 4), [(2, 2), (4, 1)]).words
    'One level curve. It passes through (1, 4), (2, 2), (4, 1).'
    """
    function = PlaneFunction.of(f, variables)
    points = [(float(a), float(b)) for a, b in (through, *landmarks)]
    height = function.value_at(points[0])
    if not np.isfinite(height):
        raise ValueError(f"f has no real value at {words.tuple_of(points[0])}")
    chart = ContourMap(function, Window.of(window))
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(10, integer=True))
    axes.grid(color=style.HAIRLINE, lw=0.6, alpha=0.6)
    for curve in chart.contour_through(height):
        axes.add_line(Line2D(*curve.T, color=style.CONTOUR, lw=2.5))
    for point in points:
        dot(axes).set_data([point[0]], [point[1]])
    said = f"One level curve. It passes through {', '.join(words.tuple_of(point) for point in points)}."
    return Picture(canvas.frame([], scale=2), said, WIDTH)
