"""Still picture: points with a word each on the contour map, for instance critical points and their classes; with a
curve on which they should lie, where there is one."""

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
from nabla.explore.marks import Pair
from nabla.explore.picture import Picture
from nabla.explore.plane import PlaneFunction, Window, nice_scale

MARKERS = {"minimum": "v", "maximum": "^", "saddle": "X", "undecided": "s"}
"""A shape for each class of point; any other word gets a dot."""

Named = Sequence[tuple[Sequence[Any], str]]


@dataclass(frozen=True)
class PointsScene:
    """Points, each with a word, and whether each lies on the curve; `on_curve` is None without a curve."""

    points: tuple[tuple[Pair, str], ...]
    on_curve: tuple[bool, ...] | None = None

    def describe(self) -> str:
        """The points in their order.

        >>> PointsScene((((0.0, 1.0), "saddle"),)).describe()
        'On the contour map of f: your point (0, 1), saddle.'
        >>> PointsScene((((0.0, 1.0), ""),), (False,)).describe()
        'On the contour map of f, with the constraint as a thick curve: your point (0, 1), off the curve.'
        """
        curve = ", with the constraint as a thick curve" if self.on_curve is not None else ""
        if not self.points:
            return f"The contour map of f{curve}. No points are drawn yet."
        said = []
        for i, (point, word) in enumerate(self.points):
            more = [word] if word else []
            if self.on_curve is not None:
                more.append("on the curve" if self.on_curve[i] else "off the curve")
            said.append(", ".join([f"your point {words.tuple_of(point)}", *more]))
        return f"On the contour map of f{curve}: {'; '.join(said)}."


@kept_in_album
def points_picture(
    f: Any,
    points: Named,
    around: Sequence[Sequence[Any]],
    curve: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of points, each with a word, on the contour map of `f`.

    The window about the origin holds the points `around`; `curve` is an expression that is zero on a curve to be
    drawn too. Raises `ValueError` for a function that is not of two variables.

    >>> from sympy.abc import x, y
    >>> points_picture(x**2 - y**2, [((0, 0), "saddle")], [(0, 0)]).words
    'On the contour map of f: your point (0, 0), saddle.'
    """
    function = PlaneFunction.of(f, variables)
    places = tuple(((float(p[0]), float(p[1])), word) for p, word in points)
    chart = ContourMap(function, _window([(float(p[0]), float(p[1])) for p in around]))
    zero = PlaneFunction.of(curve, function.variables) if curve is not None else None
    on = tuple(_is_on(zero, place, chart.window.size) for place, _ in places) if zero else None
    return _drawn(PointsScene(places, on), chart, zero)


def _window(places: Sequence[Pair]) -> Window:
    """A square about the origin with room around the places, so that it does not point at them."""
    furthest = max((abs(part) for place in places for part in place), default=0.0)
    half = nice_scale(max(2.0, 2.8 * furthest))
    return Window(-half, half, -half, half)


def _is_on(curve: PlaneFunction, place: Pair, size: float) -> bool:
    """Whether a place lies on a curve, to within what can be seen."""
    slope = float(np.hypot(*curve.gradient_at(place)))
    return abs(curve.value_at(place)) <= max(1e-9, 1e-3 * size * slope)


def _drawn(scene: PointsScene, chart: ContourMap, curve: PlaneFunction | None) -> Picture:
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    if curve:
        for line in ContourMap(curve, chart.window).contour_through(0.0):
            axes.add_line(Line2D(*line.T, color=style.CONTOUR, lw=2.4))
    for (x, y), word in scene.points:
        look: dict[str, Any] = {"marker": MARKERS.get(word, "o"), "ms": 10, "mfc": style.INK, "mec": style.PAPER}
        axes.add_line(Line2D([x], [y], ls="none", mew=1.6, zorder=5, clip_on=False, **look))
        if word:
            axes.annotate(word, (x, y), (0, 12), textcoords="offset points", ha="center", fontsize=style.TEXT,
                          color=style.INK, bbox={"facecolor": style.PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1},
                          zorder=6, annotation_clip=False)  # fmt: skip
    said = scene.describe()
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"{chart.title}. {said}")
