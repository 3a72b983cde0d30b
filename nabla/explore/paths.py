"""Still picture: a path of points on the contour map, for instance the steps of gradient descent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import Pair, dot
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats, PlaneFunction, Window

TOLD = 6
"""The most points of a path that are told in words."""
_AWAY = 16.0
"""Pixels from the middle of a point to the middle of its number."""


@dataclass(frozen=True)
class PathScene:
    """A named path and the heights along it.

    >>> PathScene("descent", ((3, 1), (2.4, -1)), (19, 15.76)).describe()
    'descent: from (3, 1) to (2.4, −1), 1 step. f goes from 19 to 15.76 and falls with every step.'
    """

    name: str
    points: tuple[Pair, ...]
    heights: tuple[float, ...]

    def describe(self) -> str:
        """The path in words."""
        shown = [words.tuple_of(point) for point in self.points[:TOLD]]
        if len(self.points) > TOLD:
            shown += ["…", words.tuple_of(self.points[-1])]
        count = len(self.points) - 1
        ends = f"{words.number(self.heights[0])} to {words.number(self.heights[-1])}"
        return (
            f"{self.name}: from {' to '.join(shown)}, {count} step{'s' * (count != 1)}. "
            f"f goes from {ends} and {self._trend()}."
        )

    def _trend(self) -> str:
        changes = np.diff(self.heights)
        if (changes < 0).all():
            return "falls with every step"
        if (changes > 0).all():
            return "rises with every step"
        return "does not fall with every step"


@kept_in_album
def path_picture(
    f: Any,
    path: Sequence[Sequence[Any]],
    name: str = "path",
    window: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of a path on the contour map of `f`: a dot for each point, numbered from 0, and a line.

    `path` holds two or more points of two numbers, the start first. Without a `window` it is the one in which the
    whole path fits. Raises `ValueError` for fewer points, for points that are not finite and for an f that is not of
    two variables.

    >>> from sympy.abc import x, y
    >>> path_picture(x**2 + 10*y**2, [(3, 1), (2.4, -1)]).words
    'path: from (3, 1) to (2.4, −1), 1 step. f goes from 19 to 15.76 and falls with every step.'
    """
    function = PlaneFunction.of(f, variables)
    points = tuple((float(a), float(b)) for a, b in path)
    if len(points) < 2 or not np.isfinite(points).all():
        raise ValueError("a path has two points or more, all finite")
    farthest = (max(abs(a) for a, _ in points), max(abs(b) for _, b in points))
    chart = ContourMap(function, Window.of(window, farthest, within=0.9))
    scene = PathScene(name, points, tuple(function.value_at(point) for point in points))
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    across, up = np.transpose(points)
    axes.add_line(Line2D(across, up, color=style.PAPER, lw=5, zorder=3))
    axes.add_line(Line2D(across, up, color=style.OTHER, lw=2.2, zorder=3.1))
    for point in points:
        dot(axes).set_data([point[0]], [point[1]])
    label: dict[str, Any] = {"fontsize": style.TEXT, "color": style.INK, "ha": "center", "va": "center", "zorder": 6}
    for number, place in places_of_numbers(np.array(points), chart.unit, chart.window).items():
        axes.text(*place, str(number), **label)
    said = scene.describe()
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"{chart.title}. {said}")


def places_of_numbers(points: Floats, unit: float, window: Window) -> dict[int, Pair]:
    """Return where the number of each point stands, away from the path and from other numbers.

    The start, the end and the first few have one, unless they crowd; `unit` is the length of a pixel.
    """
    share = np.linspace(0, 1, 60)[:, None]
    path = np.concatenate([a + share * (b - a) for a, b in pairwise(points)]) / unit
    turns = np.radians(np.arange(45, 405, 45))
    around = _AWAY * np.column_stack([np.cos(turns), np.sin(turns)])
    low, high = np.array([window.left, window.bottom]) / unit, np.array([window.right, window.top]) / unit
    placed: dict[int, Floats] = {}
    for number in (0, len(points) - 1, *range(1, min(TOLD, len(points) - 1))):
        places = points[number] / unit + around
        places = places[((places > low + 8) & (places < high - 8)).all(axis=1)]
        room = [
            min(
                [np.hypot(*(path - place).T).min() / _AWAY]
                + [float(np.hypot(*(other - place))) / (2 * _AWAY) for other in placed.values()]
            )
            for place in places
        ]
        if room and (max(room) > 0.7 or not placed):
            placed[number] = places[int(np.argmax(room))]
    return {number: (float(x) * unit, float(y) * unit) for number, (x, y) in placed.items()}
