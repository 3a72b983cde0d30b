"""Still picture: a level curve, a straight line that may touch it, and points with a short stroke each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from nabla.explore.plane import PlaneFunction, Window, nice_scale

RIGHT = 0.05
"""Degrees by which a right angle may be missed and still be called one; less than can be seen."""


@dataclass(frozen=True)
class Straight:
    """A straight line a·x + b·y = c with a name, such as a student's own tangent."""

    normal: Pair
    constant: float
    name: str = "your line"

    def gap(self, point: Pair) -> float:
        """How far a point is from the line.

        >>> Straight((3.0, 4.0), 5.0).gap((0.0, 0.0))
        1.0
        """
        return abs(self.normal[0] * point[0] + self.normal[1] * point[1] - self.constant) / float(
            np.hypot(*self.normal)
        )

    def across(self, window: Window) -> tuple[Pair, Pair]:
        """Two points of the line between which all of the window lies."""
        a, b = np.array(self.normal) / np.hypot(*self.normal)
        middle = np.array([(window.left + window.right) / 2, (window.bottom + window.top) / 2])
        foot = middle - (a * middle[0] + b * middle[1] - self.constant / np.hypot(*self.normal)) * np.array([a, b])
        reach = window.width + window.height
        ends = (foot - reach * np.array([-b, a]), foot + reach * np.array([-b, a]))
        return (float(ends[0][0]), float(ends[0][1])), (float(ends[1][0]), float(ends[1][1]))


@kept_in_album
def line_picture(
    f: Any, at: Sequence[Any], line: Straight | None, variables: Iterable[Symbol] | None = None
) -> Picture:
    """Return a picture of the level curve of `f` through a point, with a straight line where there is one.

    The words say whether the line passes through the point, and at what angle it meets the curve there. Raises
    `ValueError` for a function that is not of two variables or has no value at the point.

    >>> from sympy.abc import x, y
    >>> line_picture(x**2 + y**2, (1, 1), Straight((1.0, 1.0), 2.0)).words
    'The level curve of f through (1, 1), and your line: it touches the curve there.'
    >>> line_picture(x**2 + y**2, (1, 1), Straight((1.0, 1.0), 3.0)).words
    'The level curve of f through (1, 1), and your line: it does not pass through the point.'
    """
    function = PlaneFunction.of(f, variables)
    point = (float(at[0]), float(at[1]))
    height = function.value_at(point)
    if not np.isfinite(height):
        raise ValueError(f"f has no real value at {words.tuple_of(point)}")
    chart = ContourMap(function, Window.around(point, within=0.5))
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    for curve in chart.contour_through(height):
        axes.add_line(Line2D(*curve.T, color=style.CONTOUR, lw=2.4))
    said = f"The level curve of f through {words.tuple_of(point)}"
    if line is not None:
        for color, width in ((style.PAPER, 5.0), (style.OTHER, 2.2)):
            axes.add_line(Line2D(*np.transpose(line.across(chart.window)), color=color, lw=width, ls=(0, (5, 1.5))))
        said += f", and {line.name}: it {_meeting(line, point, function.gradient_at(point), chart.window.size)}"
    dot(axes).set_data([point[0]], [point[1]])
    said += "."
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"{chart.title}. {said}")


def _meeting(line: Straight, point: Pair, gradient: Pair, size: float) -> str:
    if line.gap(point) > 1e-6 * size:
        return "does not pass through the point"
    lengths = float(np.hypot(*line.normal) * np.hypot(*gradient))
    if not lengths > 0:
        return "passes through the point, where no curve has a direction"
    turn = abs(line.normal[0] * gradient[1] - line.normal[1] * gradient[0]) / lengths
    angle = float(np.degrees(np.arcsin(min(1.0, turn))))
    if angle < RIGHT:
        return "touches the curve there"
    if angle > 90 - RIGHT:
        return "passes through the point at right angles to the curve"
    return f"passes through the point at {words.number(angle, 2)} degrees to the curve"


@dataclass(frozen=True)
class StrokesScene:
    """Points that should lie on a curve, each with a short stroke in one direction, and whether it does."""

    points: tuple[Pair, ...]
    on_curve: tuple[bool, ...]
    sort: str

    def describe(self) -> str:
        """Each point, and whether it is on the curve.

        >>> StrokesScene(((0.0, 1.0),), (False,), "horizontal").describe()
        'The curve, and a horizontal stroke at your point (0, 1), off the curve.'
        """
        if not self.points:
            return "The curve. No points are drawn yet."
        told = "; ".join(
            f"{words.tuple_of(point)}, {'on' if on else 'off'} the curve"
            for point, on in zip(self.points, self.on_curve, strict=True)
        )
        return f"The curve, and a {self.sort} stroke at your point{'s' * (len(self.points) > 1)} {told}."


@kept_in_album
def strokes_picture(
    F: Any,
    points: Iterable[Sequence[Any]],
    sort: str,
    around: Iterable[Sequence[Any]] = (),
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of the curve F = 0 with a "horizontal" or "vertical" stroke at each point.

    The window about the origin holds the points and those `around`. Where a stroke follows the curve, the tangent has
    that direction.

    >>> from sympy.abc import x, y
    >>> strokes_picture(x**2 + y**2 - 4, [(0, 2), (2, 2)], "horizontal").words
    'The curve, and a horizontal stroke at your points (0, 2), on the curve; (2, 2), off the curve.'
    """
    function = PlaneFunction.of(F, variables)
    places = tuple((float(p[0]), float(p[1])) for p in points)
    furthest = max((abs(float(c)) for p in (*places, *around) for c in p), default=0.0)
    half = 1 / nice_scale(1 / max(2.0, 1.7 * furthest))
    chart = ContourMap(function, Window(-half, half, -half, half))
    slopes = (float(np.hypot(*function.gradient_at(place))) for place in places)
    on = tuple(
        abs(function.value_at(place)) <= max(1e-9, 1e-3 * chart.window.size * slope)
        for place, slope in zip(places, slopes, strict=True)
    )
    scene = StrokesScene(places, on, sort)
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    axes.axhline(0, color=style.HAIRLINE, lw=0.8)
    axes.axvline(0, color=style.HAIRLINE, lw=0.8)
    for curve in chart.contour_through(0.0):
        axes.add_line(Line2D(*curve.T, color=style.CONTOUR, lw=2.4))
    reach = 0.09 * chart.window.width
    across, up = (reach, 0.0) if sort == "horizontal" else (0.0, reach)
    for x, y in places:
        stroke = ([x - across, x + across], [y - up, y + up])
        axes.add_line(Line2D(*stroke, color=style.OTHER, lw=3, ls=(0, (3, 1)), zorder=4, clip_on=False))
        dot(axes).set_data([x], [y])
    said = scene.describe()
    formula = str(function.formula).replace("**", "^")
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"The curve {formula} = 0. {said}")
