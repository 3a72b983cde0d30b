"""Still picture: a vector given by its parts along the unit vectors of polar coordinates, on a contour map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from sympy import Expr, Symbol, atan2, sqrt

from nabla.calculus import expression
from nabla.explore import style, words
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.contour_map import ContourMap
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.picture import Picture
from nabla.explore.plane import PlaneFunction, Window, nice_scale


@dataclass(frozen=True)
class Polar:
    """A half plane or plane with polar coordinates: the names of its axes and of its two coordinates.

    `from_axis` is the axis from which the angle is measured: 0 for the first, 1 for the second, as in the half plane
    of spherical coordinates, where the angle theta is measured from the z-axis.
    """

    axes: tuple[str, str]
    distance: str
    angle: str
    from_axis: int = 0

    def place(self, distance: float, angle: float) -> Pair:
        """Return the point with these coordinates."""
        both = (distance * np.cos(angle), distance * np.sin(angle))
        x, y = both if self.from_axis == 0 else both[::-1]
        return float(x), float(y)

    def units(self, angle: float) -> tuple[Pair, Pair]:
        """Return the unit vectors along which the distance and the angle grow."""
        first, second = self.place(1, angle), self.place(1, angle + np.pi / 2)
        return first, second


def polar_picture(
    f: Any, polar: Polar, at: tuple[float, float], parts: Sequence[Any] | None = None, where: str = ""
) -> Picture:
    """Return a picture of f, given in polar coordinates, with the unit vectors at a point and a vector made of them.

    `at` is (distance, angle), `parts` are the components along both unit vectors, and `where` says in which plane the
    picture lies.

    >>> from sympy.abc import r, theta
    >>> half = Polar(("rho", "z"), "r", "theta", from_axis=1)
    >>> polar_picture(r**2, half, (1.0, 0.5), (2.0, 0.0)).words
    'Your vector has the parts 2 along e_r and 0 along e_theta. It meets the contour at right angles.'
    """
    x, y = Symbol("x"), Symbol("y")
    formula = _cartesian(expression(f), polar, x, y)
    function = PlaneFunction.of(formula, (x, y))
    point, (along, across) = polar.place(*at), polar.units(at[1])
    chart = ContourMap(function, Window.around(point, within=0.5))
    canvas = Canvas(chart.height)
    axes = chart.axes(canvas.figure)
    chart.draw(axes)
    axes.set_title(f"f {where}".strip(), loc="left", fontsize=style.TITLE, color=style.INK, pad=13)
    for old, name in zip(list(axes.texts)[:2], polar.axes, strict=False):
        old.set_text(style.typeset(name) if len(name) == 1 else rf"$\{name}$")
    turn = np.linspace(0, 2 * np.pi, 181)
    quiet: dict[str, Any] = {"color": style.FAINT, "lw": 1.1, "ls": (0, (1.5, 2.5))}
    axes.add_line(Line2D(at[0] * np.cos(turn), at[0] * np.sin(turn), **quiet))
    axes.add_line(Line2D([0, 9 * point[0]], [0, 9 * point[1]], **quiet))
    for contour in chart.contour_through(function.value_at(point)):
        axes.add_line(Line2D(*contour.T, color=style.CONTOUR, lw=2))
    size = 0.17 * chart.window.size
    for name, unit, dash in ((polar.distance, along, style.SERIES[2][1]), (polar.angle, across, style.SERIES[3][1])):
        drawn = Arrow(axes, chart.unit, chart.window, style.INK, dash, f"e_{name}")
        drawn.put(point, (size * unit[0], size * unit[1]))
    said = f"The unit vectors e_{polar.distance} and e_{polar.angle} at a point of the contour map of f."
    if parts is not None:
        a, b = float(parts[0]), float(parts[1])
        vector = (a * along[0] + b * across[0], a * along[1] + b * across[1])
        length = float(np.hypot(*vector))
        if length > 0:
            factor = nice_scale(0.38 * chart.window.size / length)
            arrow = Arrow(axes, chart.unit, chart.window, style.GRADIENT, "solid", "your answer")
            arrow.put(point, (factor * vector[0], factor * vector[1]))
        said = (
            f"Your vector has the parts {words.number(a)} along e_{polar.distance} and {words.number(b)} along "
            f"e_{polar.angle}.{_meeting(vector, function.gradient_at(point))}"
        )
    dot(axes).set_data([point[0]], [point[1]])
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"f = {expression(f)} {where}. {said}".replace("**", "^"))


def _cartesian(f: Expr, polar: Polar, x: Symbol, y: Symbol) -> Expr:
    angle = atan2(y, x) if polar.from_axis == 0 else atan2(x, y)
    return f.subs({Symbol(polar.distance): sqrt(x**2 + y**2), Symbol(polar.angle): angle}, simultaneous=True)


def _meeting(vector: Pair, gradient: Pair) -> str:
    lengths = float(np.hypot(*vector) * np.hypot(*gradient))
    if not lengths > 0 or not np.isfinite(lengths):
        return ""
    sine = abs(vector[0] * gradient[1] - vector[1] * gradient[0]) / lengths
    off = float(np.degrees(np.arcsin(min(1.0, sine))))
    if off < 0.05:
        return " It meets the contour at right angles."
    return f" It meets the contour at {words.number(90 - off, 2)} degrees."
