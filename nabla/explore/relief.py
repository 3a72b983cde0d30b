"""Explorer: terrain; how steep the ground is, which way it faces, and where water runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.camera import Camera
from nabla.explore.controls import Choice, Point2D
from nabla.explore.field import field_arrows
from nabla.explore.formula import heading, note, plain
from nabla.explore.landscape import Runoff, aspect, compass, hills, slope_angle
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.panels import Box, panel, thin_frame, value_range
from nabla.explore.pieces import Pieces
from nabla.explore.plane import Floats, PlaneFunction, Window
from nabla.explore.shapes import ShapeMap
from nabla.explore.space import SURFACE, Space, graph_pieces
from nabla.explore.stage import Stage
from nabla.explore.stationary import Curved

_MAP, _PROFILE = Box(432, 34, 192, 192), Box(470, 292, 154, 112)
_SHOWN = ("height", "slope", "aspect")
_LEVEL = 0.02
"""Ground at a smaller angle, in degrees, counts as level."""


@dataclass(frozen=True)
class TerrainScene:
    """A place, its height and gradient, and the way that water takes from there, shape (k, 2).

    >>> way = np.array([[1, 1], [1, 2]])
    >>> TerrainScene((1, 1), 0.5, (0, -1), way, 0.5, True, "km", "height", Camera(0, 0)).describe()
    'At (1, 1) the gradient is (0, −1), its length 1 = tan 45°. The ground faces north, downhill: aspect 0°. ...'
    """

    point: Pair
    height: float
    gradient: Pair
    way: Floats
    fall: float
    """How far the water falls in height."""
    ends: bool
    """Whether it comes to a hollow, and does not leave the map."""
    unit: str
    shown: str
    camera: Camera

    @property
    def angle(self) -> float:
        """The slope in degrees."""
        return slope_angle(self.gradient)

    @property
    def aspect(self) -> float:
        """The bearing that the ground faces."""
        return aspect(self.gradient)

    @property
    def is_level(self) -> bool:
        """Whether it faces no way."""
        return not self.angle > _LEVEL

    @property
    def length(self) -> float:
        """How long the way of the water is."""
        return float(np.hypot(*np.diff(self.way, axis=0).T).sum())

    def describe(self) -> str:
        """Slope, aspect, and the water."""
        at = f"At {words.tuple_of(self.point, 3)}"
        if not np.isfinite([self.height, *self.gradient]).all():
            return f"{at} the map has no height or no gradient."
        if self.is_level:
            return f"{at} the ground is level: it faces no way, and water stays."
        unit = f" {self.unit}" if self.unit else ""
        where = "to a hollow" if self.ends else "to the edge of the map"
        length, angle = words.number(float(np.hypot(*self.gradient)), 3), words.number(self.angle, 3)
        return (
            f"{at} the gradient is {words.tuple_of(self.gradient, 3)}, its length {length} = tan {angle}°. The ground "
            f"faces {compass(self.aspect)}, downhill: aspect {round(self.aspect) % 360}°. "
            f"Water falls {words.number(self.fall, 2)}{unit} in {words.number(self.length, 2)}{unit} {where}."
        )


class Terrain(Space):
    """A height map in space and from above: slope, aspect, and the way of water.

    >>> Terrain().update(point=(0.3, 0.5)).words
    'At (0.3, 0.5) the gradient is (0.145, −0.00628), its length 0.145 = tan 8.23°. ... to a hollow.'
    """

    height = 460
    companion = (0.66, 0.0, 1.0, 0.5)
    finest = 48

    def __init__(
        self, height: Any = None, at: Pair = (0.3, 0.5), reach: float = 2.4, variables: Iterable[Symbol] | None = None
    ) -> None:
        if not (np.isfinite(reach) and reach > 0):
            raise ValueError(f"reach must be a positive number, not {reach}")
        self.f = PlaneFunction.of(hills() if height is None else height, variables)
        self.unit = "km" if height is None else ""
        self.window = Window.of(float(reach))
        self.map = ShapeMap(Curved(self.f), self.window)
        self.runoff = Runoff(self.f, self.window)
        self.heading = "some hills, in kilometres" if height is None else self.map.formula
        self.title = f"Terrain: {self.heading if height is None else plain('f', self.f.variables, self.f.formula)}"
        self.steepest = float(np.degrees(np.arctan(self.f.typical_slope(self.window, 0.98)))) or 1.0
        point = Point2D("point", self.window, at, self.f.names)
        super().__init__(view=(-70.0, 40.0), map=Choice("map", _SHOWN, "height"), point=point)

    def scene(self, map: str, point: Pair, view: Pair) -> TerrainScene:
        """Slope and aspect at the point, and the way of water from there."""
        value, slopes, way = self.f.value_at(point), self.f.gradient_at(point), self.runoff.way(point)
        fall = value - self.f.value_at((float(way[-1, 0]), float(way[-1, 1])))
        ends = self.runoff.ends_in_a_hollow(way)
        return TerrainScene(point, value, slopes, way, fall, ends, self.unit, map, Camera(*view))

    def dragged(self, state: Mapping[str, Any], across: float, down: float, dx: float, dy: float) -> Mapping[str, Any]:
        """The point goes to the place on the map."""
        x, y = self.canvas.data_at(self.axes[1], across, down)
        return {"point": self.controls["point"].moved(state["point"], {0: x, 1: y})}

    def layout(self, figure: Figure) -> Any:
        """Space on the left; on the right the map, and below it the way of water from the side."""
        heading(figure, self.heading)
        note(figure, "map, north is up", _MAP.left, 12, style.INK)
        self.stage = Stage(figure, (0, 0, 420, 432), (*self.f.names, "z"))
        above = figure.add_axes(_MAP.fractions(figure))
        w = self.window
        above.set(xlim=(w.left, w.right), ylim=(w.bottom, w.top), xticks=[], yticks=[])
        thin_frame(above)
        along = f"distance{', km' if self.unit else ''}"
        profile = panel(figure, _PROFILE, "along the water", along)
        profile.set(xlim=(0, 0.8 * w.width), ylim=value_range(self.map.heights))
        return self.stage.axes, above, profile

    def still(self, axes: Any) -> None:
        """What the map shows; drawn again only when another is chosen."""
        above, w = axes[1], self.window
        extent = (w.left, w.right, w.bottom, w.top)
        blank = np.ones((2, 2, 3))
        self._shade = above.imshow(blank, extent=extent, origin="lower", interpolation="bilinear", aspect="auto")
        above.add_collection(LineCollection(self.map.contours, colors=style.HAIRLINE, linewidths=0.8), autolim=False)
        self._field = PolyCollection(list(self._facing()), facecolors=style.FIELD, edgecolors="none")
        above.add_collection(self._field, autolim=False)
        note: dict[str, Any] = {"ha": "left", "va": "top", "fontsize": style.SMALL, "color": style.FAINT}
        self._legend = above.figure.text(_MAP.left / 640, 1 - (_MAP.bottom + 6) / self.height, "", **note)
        self._choose(_SHOWN[0])

    def _choose(self, shown: str) -> None:
        self._shown = shown
        self._shade.set_data(self._shades(shown))
        self._field.set_visible(shown == "aspect")
        steeper = f"darker is steeper, to {words.number(self.steepest, 2)}°"
        self._legend.set_text({"height": "darker is higher", "slope": steeper}.get(shown, "the ground faces this way"))
        self.canvas.forget()

    def moving(self, axes: Any) -> Sequence[Artist]:
        """Space, the water and the gradient."""
        _, above, profile = axes
        w = self.window
        water: dict[str, Any] = {"color": style.CONTOUR, "lw": 2.4, "solid_capstyle": "round"}
        self._halo = above.add_line(Line2D([], [], color=style.PAPER, lw=4.4))
        self._water, self._side = above.add_line(Line2D([], [], **water)), profile.add_line(Line2D([], [], **water))
        self._arrow = Arrow(above, w.width / _MAP.width, w, style.GRADIENT, name="∇f")
        self._point, self._foot = dot(above), dot(profile)
        lines = [self._halo, self._water, *self._arrow.artists, self._point, self._side, self._foot]
        return [*self.stage.artists, *lines]

    def show(self, scene: TerrainScene) -> None:
        """Draw one scene."""
        if scene.shown != self._shown:
            self._choose(scene.shown)
        for line in (self._halo, self._water):
            line.set_data(*scene.way.T)
        self._point.set_data([scene.point[0]], [scene.point[1]])
        slope, reach = np.array(scene.gradient), 0.22 * self.window.size
        arrow = reach * slope / np.hypot(*slope) if not scene.is_level else np.zeros(2)
        self._arrow.put(scene.point, (float(arrow[0]), float(arrow[1])))
        heights = self.f.values(*scene.way.T)
        distances = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(scene.way, axis=0).T))])
        self._side.set_data(distances, heights)
        self._foot.set_data([0], [scene.height])
        self._show_space(scene, heights)

    def _show_space(self, scene: TerrainScene, heights: Floats) -> None:
        box, camera, graph = self.map.box, scene.camera, self.map.graph(self.cells)
        tints = None if scene.shown == "height" else self._steepness(*graph.quads.mean(axis=1)[:, :2].T)
        parts = [graph_pieces(graph, box, camera, smooth=self._fine, tints=tints)]
        way = box.inside(np.column_stack([scene.way, heights]))
        strokes, lift = np.stack([way[:-1], way[1:]], axis=1), 2.0 / self.cells
        parts += [
            Pieces.strokes(strokes, style.PAPER, 4.4, lift),
            Pieces.strokes(strokes, style.CONTOUR, 2.6, lift + 0.06),
        ]
        place = box.inside(np.array([*scene.point, scene.height])) if np.isfinite(scene.height) else None
        if place is not None:
            parts.append(self.stage.bead(place, camera))
        self.stage.put(Pieces.joined(parts).from_behind(camera), camera, box, dot=place, ring=True)

    def _steepness(self, x: Floats, y: Floats) -> Floats:
        """The slope's angle as a part of the steepest, from 0 to 1."""
        return np.clip(np.degrees(np.arctan(np.hypot(*self.f.gradients(x, y)))) / self.steepest, 0, 1)

    def _shades(self, shown: str) -> Floats:
        """What the map shows, as colours on a grid, shape (rows, columns, 3)."""
        x, y = np.meshgrid(*self.window.grid(81))
        if shown == "slope":
            return np.asarray(SURFACE(np.nan_to_num(self._steepness(x, y)))[..., :3])
        if shown == "aspect":
            return np.asarray(style.HEIGHTS(np.full(x.shape, 0.2))[..., :3])
        part = (self.map.heights - self.map.box.low[2]) / (2 * self.map.box.half[2])
        return np.asarray(style.HEIGHTS(np.nan_to_num(np.clip(part, 0, 1)))[..., :3])

    def _facing(self) -> Floats:
        """Arrows of one length on a grid, the way that the ground faces."""
        w, count = self.window, 11
        side = (np.arange(count) + 0.5) / count
        x, y = np.meshgrid(w.left + w.width * side, w.bottom + w.height * side)
        u, v = self.f.gradients(x, y)
        length = np.hypot(u, v)
        shown = length > np.tan(np.radians(_LEVEL))
        places = np.column_stack([x[shown], y[shown]])
        arrows = -0.75 * w.width / count * np.column_stack([u[shown], v[shown]]) / length[shown][:, None]
        return field_arrows(places, arrows, w.width / _MAP.width)


def terrain(
    height: Any = None, at: Pair = (0.3, 0.5), reach: float = 2.4, variables: Iterable[Symbol] | None = None
) -> Terrain:
    """Show a terrain with its slope, its aspect and the way of water; `x` runs east and `y` north.

    `height` is a sympy expression in two variables, in the unit of its coordinates; without it there are some
    hills. The map reaches `reach` to each side of the origin, `at` is the point to start from. Raises `TypeError`
    or `ValueError`, in words, for anything else.
    """
    return Terrain(height, at, reach, variables)
