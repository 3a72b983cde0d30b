"""Explorer: level sets at will, and the gradient against the tangent at a place that walks along them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.contour_map import ContourMap
from nabla.explore.contours import FLAT, Slope
from nabla.explore.controls import Slider, Toggle
from nabla.explore.curve import LevelCurve, onto_level
from nabla.explore.explorer import Explorer
from nabla.explore.field import field_arrows
from nabla.explore.marks import Arrow, Pair, dot, right_angle
from nabla.explore.panels import value_range
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_scale, nice_step
from nabla.explore.stationary import MAXIMUM, MINIMUM, Curved

_ARROWS = 28
"""How many arrows stand along the level set."""
_NEARLY_FLAT = 0.1
"""A level set is searched for crossings if the gradient on it is shorter than this part of a typical one."""


@dataclass(frozen=True)
class LevelScene:
    """A level set, a place on it, the slope there and the tangent as measured on the curve."""

    level: float
    curve: LevelCurve
    slope: Slope | None
    tangent: Pair
    places: Floats
    arrows: Floats
    crossings: tuple[Pair, ...] = ()
    """Where it crosses itself: saddle points of f at this level."""
    lone: tuple[Pair, ...] = ()
    """Points of it that stand alone: lowest or highest places of f at this level."""

    @property
    def angle(self) -> float:
        """Degrees, 0 to 90, between the gradient and the measured tangent; `nan` where there is none."""
        if self.slope is None or not self.slope.has_arrow:
            return float("nan")
        across = abs(np.dot(self.slope.gradient, self.tangent)) / self.slope.length
        return float(np.degrees(np.arccos(min(1.0, across))))

    def describe(self) -> str:
        """What the level set is made of, and how arrow and tangent meet."""
        said = f"The level set f = {words.number(self.level)} {self._made_of()}."
        if self.slope is None:
            return said
        at = words.tuple_of(self.slope.point, 3)
        if not self.slope.has_arrow:
            return f"{said} At {at} there is no gradient to be at right angles to it."
        gradient, angle = words.tuple_of(self.slope.gradient, 3), words.number(self.angle, 3)
        return f"{said} At {at} ∇f = {gradient} makes {angle}° with the tangent measured on the curve."

    def _made_of(self) -> str:
        if len(self.crossings) == 1:
            return f"crosses itself at {words.tuple_of(self.crossings[0], 3)}, where ∇f = (0, 0)"
        if self.crossings:
            return f"crosses itself at {len(self.crossings)} places, where ∇f = (0, 0)"
        if len(self.lone) == 1 and not self.curve.pieces:
            return f"is the point {words.tuple_of(self.lone[0], 3)} alone in this window: ∇f = (0, 0) there"
        return f"is {self.curve.describe()} in this window"


class LevelSets(Explorer):
    """Any level set of f, and the gradient at right angles to it all along.

    >>> from sympy.abc import x, y
    >>> round(LevelSets(x**2 + 3*y**2, at=(1, 1)).scene_now.angle, 2)
    90.0
    """

    drag = walk = "along"
    pace = 20.0

    def __init__(self, f: Any, at: Pair, window: Any = None, variables: Iterable[Symbol] | None = None) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        self.window = Window.of(window, at)
        self.map = ContourMap(self.f, self.window)
        self.height = self.map.height
        self.title = self.map.title.replace("Contour map", "Level sets")
        self.typical = self.f.typical_slope(self.window, 0.5)
        self.longest = 0.3 * self.window.size
        self.scale = nice_scale(0.2 * self.window.size / self.typical) if self.typical > 0 else 1.0
        level, place = self._level(at), self._places(at)
        super().__init__(level=level, along=place, everywhere=Toggle("arrows all along", start=False))

    def scene(self, level: float, along: float, everywhere: bool) -> LevelScene:
        """The level set, and the slope at a place on it given in percent of its length."""
        curve, nowhere = LevelCurve.of(self.map.contour_through(level)), np.empty((0, 2))
        crossings, lone = self._flat_places(level, curve)
        if lone and curve.length < 0.1 * self.window.size:
            curve = LevelCurve(())  # a speck around the point, made by the grid
        if not curve.pieces:
            return LevelScene(level, curve, None, (0.0, 0.0), nowhere, nowhere, crossings, lone)
        near = 0.002 * self.window.size / curve.length
        part = along / 100
        around = np.array([curve.at(part), *curve.around(part, near)])
        here, before, after = onto_level(self.f, level, around)
        chord = (after - before) / max(float(np.hypot(*(after - before))), 1e-300)
        slope = Slope.of(self.f, (float(here[0]), float(here[1])), self.scale, self.longest, FLAT * self.typical)
        places, arrows = self._arrows_along(curve) if everywhere else (nowhere, nowhere)
        return LevelScene(level, curve, slope, (float(chord[0]), float(chord[1])), places, arrows, crossings, lone)

    def pointed(self, state: Mapping[str, Any], across: float, down: float, dx: float = 0, dy: float = 0) -> Any:
        """The level set goes through the hand."""
        point = self.canvas.data_at(self._drag_axes, across, down)
        height = self.f.value_at(point)
        if not np.isfinite(height):
            return {}
        level = self.controls["level"].moved(state["level"], {0: height})
        return {"level": level, "along": self._along(level, point)}

    def layout(self, figure: Figure) -> Axes:
        """Axes of equal scale."""
        return self.map.axes(figure)

    def still(self, axes: Axes) -> None:
        """The contour map."""
        self.map.draw(axes)

    def moving(self, axes: Axes) -> Sequence[Artist]:
        """The level set, the arrows along it, tangent, right angle, gradient and place."""
        self._curve = LineCollection([], colors=style.CONTOUR, linewidths=2.6)
        self._along_it = PolyCollection([], facecolors=style.GRADIENT, edgecolors="none")
        for collection in (self._curve, self._along_it):
            axes.add_collection(collection, autolim=False)
        self._corner = axes.add_line(Line2D([], [], color=style.INK, lw=1.3))
        self._tangent = Arrow(axes, self.map.unit, self.window, style.OTHER, name="tangent")
        self._gradient = Arrow(axes, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._place = dot(axes)
        arrows = [*self._tangent.artists, *self._gradient.artists]
        return [self._curve, self._along_it, self._corner, *arrows, self._place]

    def show(self, scene: LevelScene) -> None:
        """Draw one scene."""
        self._curve.set_segments(scene.curve.pieces)
        self._along_it.set_verts(list(field_arrows(scene.places + scene.arrows / 2, scene.arrows, self.map.unit)))
        slope = scene.slope
        self._place.set_visible(slope is not None)
        self._corner.set_visible(slope is not None and slope.has_arrow)
        point, arrow = ((0.0, 0.0), (0.0, 0.0)) if slope is None else (slope.point, slope.arrow)
        reach = 0.2 * self.window.size if self._corner.get_visible() else 0.0
        self._gradient.put(point, arrow)
        self._tangent.put(point, (reach * scene.tangent[0], reach * scene.tangent[1]))
        self._place.set_data([point[0]], [point[1]])
        if slope is not None and slope.has_arrow:
            left = scene.tangent[0] * slope.gradient[1] - scene.tangent[1] * slope.gradient[0] > 0
            self._corner.set_data(*right_angle(point, scene.tangent if left else slope.gradient, 13 * self.map.unit))

    def _level(self, at: Pair) -> Slider:
        """Every height from which there is something to be seen, in about 200 steps."""
        heights = self.map.grid[2].compressed()
        low, high = value_range(heights, margin=0)
        step = nice_step((high - low) / 150) if high > low else 1.0
        start = self.f.value_at(at)
        return Slider("level", low, high, step, start if low <= start <= high else (low + high) / 2)

    @cached_property
    def _flat(self) -> list[tuple[Pair, float, bool]]:
        """The critical points of f: place, height, and whether f is higher there, or lower, than all around."""
        curved, near = Curved(self.f), self.window.size / 200
        points = curved.critical_points(self.window, most=40)
        alone = [kind in {MINIMUM, MAXIMUM} or curved.turns_at(place, near) == 0 for place, kind in points]
        return [(place, self.f.value_at(place), each) for (place, _), each in zip(points, alone, strict=True)]

    def _flat_places(self, level: float, curve: LevelCurve) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Critical points at this level: where it crosses itself, and those that stand alone."""
        if curve.pieces:  # those points take time to find: not before the gradient on the curve calls for it
            slopes = np.hypot(*self.f.gradients(*np.concatenate(curve.pieces).T))
            if not np.nanmin(slopes, initial=np.inf) < _NEARLY_FLAT * self.typical:
                return (), ()
        slack = 1e-9 * float(np.ptp(self.map.grid[2].compressed() if self.map.grid[2].count() else [0.0]))
        here = [(place, alone) for place, height, alone in self._flat if abs(height - level) <= slack]
        return tuple(p for p, alone in here if not alone), tuple(p for p, alone in here if alone)

    def _along(self, level: float, point: Pair) -> float:
        return 100 * LevelCurve.of(self.map.contour_through(level)).nearest(point)

    def _places(self, at: Pair) -> Slider:
        return Slider("place along it", 0, 100, 0.5, self._along(self.f.value_at(at), at), _percent)

    def _arrows_along(self, curve: LevelCurve) -> tuple[Floats, Floats]:
        """Gradients at even distances along the curve, at the scale of the large arrow."""
        places = np.array([curve.at((k + 0.5) / _ARROWS) for k in range(_ARROWS)])
        arrows = self.scale * np.column_stack(self.f.gradients(*places.T))
        lengths = np.hypot(*arrows.T)
        shown = np.isfinite(lengths) & (lengths > 0)
        places, arrows, lengths = places[shown], arrows[shown], lengths[shown]
        return places, arrows * np.minimum(1, self.longest / lengths)[:, None]


def _percent(value: float) -> str:
    return f"{words.number(value, 3)} %"


def level_sets(f: Any, at: Pair = (1, 1), window: Any = None, variables: Iterable[Symbol] | None = None) -> LevelSets:
    """Show any level set of `f` with the gradient at right angles to it; drag to take the level set through a place.

    Play walks along the level set that goes through `at`. The arguments are those of `gradient_on_contours`.
    """
    return LevelSets(f, at, window, variables)
