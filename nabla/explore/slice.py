"""A flat slice through space: a level set in a plane parallel to two axes, with the gradient's part in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import contourpy
import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from nabla.explore import style
from nabla.explore.marks import Arrow, dot, right_angle
from nabla.explore.panels import thin_frame
from nabla.explore.plane import Floats, Window
from nabla.explore.spatial import SpaceFunction, Triple

Area = tuple[float, float, float]
"""Left, top and the length of a side, in pixels."""


class Level(Protocol):
    """What a slice shows: a point, the value there, and the gradient's arrow."""

    @property
    def point(self) -> Triple:
        """The point."""

    @property
    def value(self) -> float:
        """F there."""

    @property
    def length(self) -> float:
        """The length of the gradient."""

    @property
    def arrow(self) -> Floats:
        """The gradient as drawn."""

    @property
    def has_normal(self) -> bool:
        """Whether there is an arrow."""


class Slice:
    """The level set through the point in a plane parallel to two axes, with the gradient's part in that plane."""

    def __init__(self, figure: Figure, F: SpaceFunction, reach: float, area: Area, pair: tuple[int, int]) -> None:
        self._F, self._reach, self._pair = F, reach, pair
        left, top, size = area
        height = figure.get_size_inches()[1] * 100
        axes = figure.add_axes((left / 640, 1 - (top + size) / height, size / 640, size / height))
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xticks=[], yticks=[])
        thin_frame(axes)
        self.axes, self._unit = axes, 2 * reach / size
        self._others = LineCollection([], colors=style.HAIRLINE, linewidths=0.7)
        self._level = LineCollection([], colors=style.CONTOUR, linewidths=2)
        for lines in (self._others, self._level):
            axes.add_collection(lines, autolim=False)
        self._corner = axes.add_line(Line2D([], [], color=style.INK, lw=1.2))
        self.arrow = Arrow(axes, self._unit, Window.of(reach), style.GRADIENT)
        self._point = dot(axes)
        self._shown: Triple | None = None
        self.artists: list[Artist] = [self._others, self._level, self._corner, *self.arrow.artists, self._point]

    def level(self, scene: Level) -> list[Floats]:
        """The curve F = c in this slice, as polylines."""
        return self._lines(scene, [scene.value])

    def show(self, scene: Level) -> None:
        """Draw one scene."""
        i, j = self._pair
        place, part = (scene.point[i], scene.point[j]), (float(scene.arrow[i]), float(scene.arrow[j]))
        if scene.point == self._shown:  # only the view has turned
            return
        self._shown = scene.point
        step = scene.length * self._reach / 4 if scene.has_normal else 0.0
        near = [scene.value + k * step for k in (-3, -2, -1, 1, 2, 3)] if step else []
        self._others.set_segments(self._lines(scene, near))
        self._level.set_segments(self.level(scene))
        self._point.set_data([place[0]], [place[1]])
        self.arrow.put(place, part if scene.has_normal else (0.0, 0.0))
        shown = scene.has_normal and float(np.hypot(*part)) > 12 * self._unit
        self._corner.set_visible(shown)
        if shown:
            self._corner.set_data(*right_angle(place, part, 9 * self._unit))

    def _lines(self, scene: Level, levels: Sequence[float]) -> list[Floats]:
        side = np.linspace(-self._reach, self._reach, 41)
        coordinates: list[Any] = list(scene.point)
        for axis, each in zip(self._pair, np.meshgrid(side, side), strict=True):
            coordinates[axis] = each
        values = np.ma.masked_invalid(self._F.values(*coordinates))
        net = contourpy.contour_generator(side, side, values)
        return [np.asarray(line) for level in levels if np.isfinite(level) for line in net.lines(level)]
