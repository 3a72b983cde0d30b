"""Explorer: the gradient as an arrow on the contour map, at right angles to the contour through the point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Point2D
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Arrow, Pair, dot, right_angle
from nabla.explore.plane import PlaneFunction, Window, nice_scale

FLAT = 1e-9
"""A gradient shorter than this part of a typical one counts as zero."""


@dataclass(frozen=True)
class Slope:
    """A point, the value of f there and its gradient, with the scale at which arrows are drawn.

    >>> Slope((1, 2), 13, (2, 12), scale=0.1, longest=3).arrow
    (0.2, 1.2000000000000002)
    """

    point: Pair
    value: float
    gradient: Pair
    scale: float
    longest: float
    """The longest arrow that is drawn to scale, in data coordinates."""
    flat: float = 0.0
    """The length below which a gradient counts as zero."""

    @classmethod
    def of(cls, f: PlaneFunction, point: Pair, scale: float, longest: float, flat: float) -> Slope:
        """The slope of f at a point."""
        return cls(point, f.value_at(point), f.gradient_at(point), scale, longest, flat)

    @property
    def length(self) -> float:
        """The length of the gradient."""
        return float(np.hypot(*self.gradient))

    @property
    def is_flat(self) -> bool:
        """Whether the gradient is zero."""
        return self.length <= self.flat

    @property
    def has_arrow(self) -> bool:
        """Whether there is a direction to show."""
        return bool(np.isfinite(self.length)) and not self.is_flat

    @property
    def is_cut(self) -> bool:
        """Whether the arrow would be too long for the picture and is shown shorter than to scale."""
        return self.has_arrow and self.scale * self.length > self.longest * (1 + 1e-9)

    @property
    def arrow(self) -> Pair:
        """The arrow as drawn, in data coordinates."""
        if not self.has_arrow:
            return 0.0, 0.0
        factor = self.longest / self.length if self.is_cut else self.scale
        return factor * self.gradient[0], factor * self.gradient[1]

    def describe(self) -> str:
        """The gradient in words."""
        at = f"At {words.tuple_of(self.point)}"
        if not np.isfinite(self.value):
            return f"{at} f has no real value."
        if not np.isfinite(self.length):
            return f"{at} f is {words.number(self.value)}, but it has no gradient there."
        if self.is_flat:
            here = words.number(self.value)
            return f"{at} the gradient is (0, 0): it is flat here, no direction is uphill. f is {here}."
        return (
            f"{at} the gradient is {words.tuple_of(self.gradient)}, length {words.number(self.length)}: "
            f"uphill, at right angles to the contour. f is {words.number(self.value)}."
        )


@dataclass(frozen=True)
class GradientScene(Slope):
    """What `GradientOnContours` shows: the slope at a point and the contour through it."""

    contour: tuple[Any, ...] = ()

    def describe(self) -> str:
        """The gradient in words, and the scale of its arrow."""
        said = super().describe()
        if self.is_cut:
            return f"{said} The arrow is too long for the picture and is cut short."
        if not self.has_arrow or self.scale == 1:
            return said
        return f"{said} The arrow is drawn at {words.scale(self.scale)}."


class GradientOnContours(Explorer):
    """The gradient as an arrow in the xy-plane, on the contour map of f.

    >>> from sympy.abc import x, y
    >>> explorer = GradientOnContours(x**2 + 3*y**2, at=(1, 2))
    >>> explorer.scene_now.describe()
    'At (1, 2) the gradient is (2, 12), length 12.17: uphill, at right angles to the contour. f is 13. ...'
    """

    drag = "point"

    def __init__(
        self, f: Any, at: Pair = (1, 2), window: Any = None, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        self.window = Window.of(window, at)
        self.map = ContourMap(self.f, self.window)
        self.height, self.title = self.map.height, self.map.title
        typical = self.f.typical_slope(self.window)
        self.longest = 0.3 * self.window.size
        self.scale = nice_scale(self.longest / typical) if typical > 0 else 1.0
        self.flat = FLAT * typical
        super().__init__(point=Point2D("point", self.window, start=at, names=self.f.names))

    def scene(self, point: Pair) -> GradientScene:
        """The slope at the point, and the contour through it."""
        slope = Slope.of(self.f, point, self.scale, self.longest, self.flat)
        return GradientScene(**vars(slope), contour=tuple(self.map.contour_through(slope.value)))

    def layout(self, figure: Figure) -> Axes:
        """Axes of equal scale."""
        return self.map.axes(figure)

    def still(self, axes: Axes) -> None:
        """The contour map."""
        self.map.draw(axes)

    def moving(self, axes: Axes) -> Sequence[Artist]:
        """The contour through the point, its tangent, the right angle, the arrow and the point."""
        self._contour = LineCollection([], colors=style.CONTOUR, linewidths=2.0)
        axes.add_collection(self._contour, autolim=False)
        self._tangent = axes.add_line(Line2D([], [], color=style.INK, lw=1.3, ls=(0, (5, 3))))
        self._corner = axes.add_line(Line2D([], [], color=style.INK, lw=1.3))
        self._arrow = Arrow(axes, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._point = dot(axes)
        return [self._contour, self._tangent, self._corner, *self._arrow.artists, self._point]

    def show(self, scene: GradientScene) -> None:
        """Draw one scene."""
        x, y = scene.point
        self._point.set_data([x], [y])
        self._contour.set_segments(scene.contour)
        self._arrow.put(scene.point, scene.arrow)
        for line in (self._tangent, self._corner):
            line.set_visible(scene.has_arrow)
        if scene.has_arrow:
            along = np.array([-scene.gradient[1], scene.gradient[0]]) / scene.length
            reach = 0.22 * self.window.size * along
            self._tangent.set_data([x - reach[0], x + reach[0]], [y - reach[1], y + reach[1]])
            self._corner.set_data(*right_angle(scene.point, scene.gradient, 13 * self.map.unit))


def gradient_on_contours(
    f: Any, at: Pair = (1, 2), window: Any = None, variables: Iterable[Symbol] | None = None
) -> GradientOnContours:
    """Show the gradient of `f` as an arrow on its contour map; drag the point, or move it with the keys.

    `f` is a sympy expression in two variables, `at` the point to start from, `window` a number r (from -r
    to r both ways) or `((x0, x1), (y0, y1))`. Raises `TypeError` or `ValueError`, in words, for anything
    else.
    """
    return GradientOnContours(f, at, window, variables)
