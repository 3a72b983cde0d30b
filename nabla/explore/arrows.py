"""Still picture: named arrows at a point of the contour map, for instance a student's answer and the
gradient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.calculus import evaluate, vector
from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.picture import Picture
from nabla.explore.plane import PlaneFunction, Window, nice_scale

RIGHT_ANGLE = 0.05
"""Degrees by which an angle may differ from a right one and still be called so; less than can be seen."""


@dataclass(frozen=True)
class ArrowsScene:
    """Named arrows at one point, with the gradient there."""

    point: Pair
    gradient: Pair
    arrows: Mapping[str, Pair]
    scale: float

    def angle_to_contour(self, arrow: Pair) -> float:
        """Return the angle in degrees, from 0 to 90, between an arrow and the contour; `nan` if there is
        none."""
        lengths = np.hypot(*arrow) * np.hypot(*self.gradient)
        if not lengths > 0:
            return float("nan")
        across = abs(arrow[0] * self.gradient[0] + arrow[1] * self.gradient[1]) / lengths
        return float(np.degrees(np.arcsin(min(1.0, across))))

    def describe(self) -> str:
        """Each arrow and how it meets the contour."""
        if not self.arrows:
            return f"The point {words.tuple_of(self.point)} on the contour map of f, with the contour through it."
        named = (f"{name} {words.tuple_of(v)}, {self._meeting(v)}" for name, v in self.arrows.items())
        drawn = "" if self.scale == 1 else f" Arrows are drawn at {words.scale(self.scale, 'their')}."
        return f"At {words.tuple_of(self.point)} on the contour map of f: {'; '.join(named)}.{drawn}"

    def _meeting(self, arrow: Pair) -> str:
        if not np.hypot(*arrow) > 0:
            return "which has no direction"
        angle = self.angle_to_contour(arrow)
        if np.isnan(angle):
            return "where no contour has a direction"
        if angle > 90 - RIGHT_ANGLE:
            uphill = arrow[0] * self.gradient[0] + arrow[1] * self.gradient[1] > 0
            return f"at right angles to the contour, {'uphill' if uphill else 'downhill'}"
        if angle < RIGHT_ANGLE:
            return "along the contour"
        return f"at {words.number(angle, 2)} degrees to the contour"


@kept_in_album
def gradient_picture(
    f: Any,
    at: Any,
    arrows: Mapping[str, Any],
    window: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of named arrows at a point of the contour map of `f`, all drawn at one scale.

    `at` is a point (a sequence, or a mapping by variable), `arrows` maps at most three names to vectors of two
    numbers. Names are written at the tips, and each arrow has a colour and a dash of its own; the one called
    "gradient" looks as it does in the explorers. Raises `ValueError` for a function that is not of two
    variables or has no value at the point, and for vectors of other lengths.

    >>> from sympy.abc import x, y
    >>> gradient_picture(x**2 + 3*y**2, (1, 2), {"your answer": (12, 2)}).words
    'At (1, 2) on the contour map of f: your answer (12, 2), at 19 degrees to the contour. Arrows are ...'
    """
    function = PlaneFunction.of(f, variables)
    point = _pair([evaluate(v, function.variables, at) for v in function.variables], "the point")
    if not np.isfinite(function.value_at(point)):
        raise ValueError(f"f has no real value at {words.tuple_of(point)}")
    if not len(arrows) < len(style.SERIES):
        raise ValueError(f"a picture can show at most {len(style.SERIES) - 1} arrows, not {len(arrows)}")
    vectors = {name: _pair(v, name) for name, v in arrows.items()}
    chart = ContourMap(function, Window.of(window, point, within=0.5))
    scene = ArrowsScene(point, function.gradient_at(point), vectors, _scale(chart.window, point, vectors))
    return _drawn(scene, chart)


def _scale(window: Window, point: Pair, vectors: Mapping[str, Pair]) -> float:
    """One scale for all arrows, at which they stay in the window unless the point is near its edge."""
    longest = max((float(np.hypot(*v)) for v in vectors.values()), default=0.0)
    if not longest > 0:
        return 1.0
    room = 0.4 * window.size / longest
    for u, v in vectors.values():
        if u:
            room = min(room, 0.85 * ((window.right if u > 0 else window.left) - point[0]) / u)
        if v:
            room = min(room, 0.85 * ((window.top if v > 0 else window.bottom) - point[1]) / v)
    return nice_scale(max(room, 0.12 * window.size / longest))


def _drawn(scene: ArrowsScene, chart: ContourMap) -> Picture:
    """The scene on the map."""
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    for contour in chart.contour_through(chart.f.value_at(scene.point)):
        axes.add_line(Line2D(*contour.T, color=style.CONTOUR, lw=2))
    others = iter(style.SERIES[1:])
    for name, (u, v) in scene.arrows.items():
        color, dash = style.SERIES[0] if name == "gradient" else next(others)
        arrow = Arrow(axes, chart.unit, chart.window, color, dash, name)
        arrow.put(scene.point, (scene.scale * u, scene.scale * v))
    dot(axes).set_data(*np.transpose([scene.point]))
    said = scene.describe()
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"{chart.title}. {said}")


def _pair(v: Any, name: str) -> Pair:
    """Two floats."""
    column = vector(v)
    if len(column) != 2 or any(c.free_symbols or c.is_real is False for c in column):
        raise ValueError(f"{name} must be two numbers, not {tuple(column)}")
    return float(column[0]), float(column[1])
