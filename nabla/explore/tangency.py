"""Explorer: a surface, its tangent plane and its normal; under the magnifying glass they become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.camera import Camera, Cuboid
from nabla.explore.controls import Point2D, Slider
from nabla.explore.formula import heading, note, plain, typeset
from nabla.explore.marks import Pair, dot
from nabla.explore.mesh import Graph
from nabla.explore.panels import thin_frame
from nabla.explore.pieces import Pieces, behind_and_before
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_step
from nabla.explore.space import Space, graph_pieces
from nabla.explore.stage import Stage

_DEEPEST = 6
"""The zoom ends at 2 to this power."""
_BEYOND = 1.22
"""The tangent plane reaches so much farther than the surface: seen around it when they agree."""


@dataclass(frozen=True)
class TangentScene:
    """A point of a graph, the slopes there, and how far the plane is from the graph within `reach` of it.

    >>> TangentScene((1, 2), 13, (2, 12), 0.5, 1.0, 0.25, ("x", "y"), Camera(0, 0)).describe()
    'At (1, 2) the plane is z = 13 + 2(x − 1) + 12(y − 2), normal to (−2, −12, 1). Up to 0.5 away in x and y ...'
    """

    point: Pair
    height: float
    slopes: Pair
    reach: float
    error: float
    error_at_half: float
    names: tuple[str, str]
    camera: Camera

    @property
    def has_plane(self) -> bool:
        """Whether f has a gradient at the point."""
        return bool(np.isfinite([self.height, *self.slopes]).all())

    @property
    def normal(self) -> Floats:
        """The normal that points upwards, (-f_x, -f_y, 1)."""
        return np.array([-self.slopes[0], -self.slopes[1], 1.0])

    def plane(self, x: Floats, y: Floats) -> Floats:
        """The height of the plane."""
        return self.height + self.slopes[0] * (x - self.point[0]) + self.slopes[1] * (y - self.point[1])

    def describe(self) -> str:
        """The plane, and its error here and at half the distance."""
        at = f"At {words.tuple_of(self.point)}"
        if not np.isfinite(self.height):
            return f"{at} f has no real value, so the graph has no point there."
        if not self.has_plane:
            return f"{at} f is {words.number(self.height)}, but it has no gradient there: no tangent plane."
        said = f"{at} the plane is z = {self._equation()}, normal to {words.tuple_of(self.normal)}."
        near = f"Up to {words.number(self.reach)} away in {self.names[0]} and {self.names[1]}"
        if not np.isfinite(self.error):
            return said
        if self.error <= 1e-12 * (1 + abs(self.height)):
            return f"{said} {near} it is the surface."
        less = self.error / self.error_at_half
        half = words.number(self.error_at_half, 3)
        return (
            f"{said} {near} it misses the surface by at most {words.number(self.error, 3)}; "
            f"up to half as far, by {half}: {words.number(less, 2)} times less."
        )

    def _equation(self) -> str:
        text = words.number(self.height)
        for slope, name, origin in zip(self.slopes, self.names, self.point, strict=True):
            if abs(slope) > 1e-12:
                away = name if origin == 0 else f"({name} {'−' if origin > 0 else '+'} {words.number(abs(origin))})"
                size = "" if abs(slope) == 1 else words.number(abs(slope))
                text += f" {'+' if slope > 0 else '−'} {size}{away}"
        return text


class TangentPlane(Space):
    """The tangent plane of the graph of f, its normal, and a magnifying glass.

    >>> from sympy.abc import x, y
    >>> TangentPlane(x**2 + y**2, at=(1, 1)).update(zoom=2).words
    'At (1, 1) the plane is z = 2 + 2(x − 1) + 2(y − 1), normal to (−2, −2, 1). Up to 0.5 away ...'
    """

    height = 460
    walk = "zoom"
    companion = (0.64, 0.09, 0.99, 0.56)

    def __init__(
        self, f: Any, at: Pair = (1, 1), reach: float = 2.0, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        if not (np.isfinite(reach) and reach > 0):
            raise ValueError(f"reach must be a positive number, not {reach}")
        self.reach = float(reach)
        self.title = f"Graph of {plain('f', self.f.variables, self.f.formula)} with its tangent plane"
        self.window = Window(*(c + s * 2 * self.reach for c in at for s in (-1, 1)))
        near = Window(*(c + s * self.reach for c in at for s in (-1, 1)))
        self.typical = 0.8 * self.f.typical_slope(near, 0.6) or 1.0
        zoom = Slider("zoom", 0, _DEEPEST, 0.25, 0, says=lambda k: f"{words.number(2**k, 3)}×")
        super().__init__(zoom=zoom, point=Point2D("point", self.window, at, self.f.names))

    def scene(self, zoom: float, point: Pair, view: Pair) -> TangentScene:
        """The plane at the point, and its error within the window and within half of it."""
        reach = self.reach / 2**zoom
        error, half = self._errors(point, np.array([reach, reach / 2]))
        slopes, height = self.f.gradient_at(point), self.f.value_at(point)
        return TangentScene(point, height, slopes, reach, float(error), float(half), self.f.names, Camera(*view))

    def _errors(self, point: Pair, reaches: Floats) -> Floats:
        """The largest distance, straight up, between surface and plane within each reach; `nan` if f has gaps."""
        side = np.linspace(-1, 1, 21)
        x, y = (point[i] + reaches[:, None, None] * each for i, each in enumerate(np.meshgrid(side, side)))
        (u, v), height = self.f.gradient_at(point), self.f.value_at(point)
        plane = height + u * (x - point[0]) + v * (y - point[1])
        return np.asarray(np.abs(self.f.values(x, y) - plane).max(axis=(1, 2)))

    def dragged(self, state: Mapping[str, Any], across: float, down: float, dx: float, dy: float) -> Mapping[str, Any]:
        """The map follows the hand, and the point stays in its middle."""
        width = self.map.get_position().width
        step = 2 * self.reach / 2 ** state["zoom"] / width
        aspect = self.height / self.canvas.size[0]
        moved = state["point"][0] - step * dx, state["point"][1] + step * dy * aspect
        w = self.window
        return {"point": (float(np.clip(moved[0], w.left, w.right)), float(np.clip(moved[1], w.bottom, w.top)))}

    def layout(self, figure: Figure) -> Any:
        """Headings; space on the left; on the right the map, and the error below it."""
        heading(figure, typeset("f", self.f.variables, self.f.formula, room=390))
        note(figure, "contours of the surface", 426, 12, style.CONTOUR)
        note(figure, "and of the plane (dashed)", 426, 29, style.OTHER)
        note(figure, "largest error against zoom,", 426, 263, style.INK)
        note(figure, "beside one that falls as h²", 426, 279, style.FAINT)
        self.stage = Stage(figure, (0, 0, 410, 430), (*self.f.names, "z"))
        self.map = figure.add_axes((426 / 640, 1 - 252 / 460, 196 / 640, 196 / 460))
        self.map.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[])
        self.errors = figure.add_axes((462 / 640, 50 / 460, 160 / 640, 112 / 460))
        self.errors.set(xlim=(-0.3, _DEEPEST + 0.3), ylim=(-2 * _DEEPEST - 0.9, 0.9))
        self.errors.set_xticks([0, 2, 4, 6], ["1×", "4×", "16×", "64×"])
        thousandths = [0, -np.log2(100), -np.log2(10_000)]
        self.errors.set_yticks(thousandths, ["1", "1/100", "1/10⁴"])
        return self.stage.axes, self.map, self.errors

    def still(self, axes: Any) -> None:
        """Frames, and how the error would fall as h squared."""
        thin_frame(self.map, self.errors)
        for each in (self.map, self.errors):
            each.tick_params(length=0, labelsize=style.SMALL - 0.5, labelcolor=style.FAINT, pad=4)
        self.errors.plot([0, _DEEPEST], [0, -2 * _DEEPEST], color="#9aa7b3", lw=5, alpha=0.45, solid_capstyle="round")

    def moving(self, axes: Any) -> Sequence[Artist]:
        """Space, the contours with the point, the error with the present zoom."""
        self._beside: tuple[Pair, float] | None = None
        """For which point and reach the pictures beside space are drawn."""
        self._level = LineCollection([], colors=style.CONTOUR, linewidths=1.2)
        self._plane = LineCollection([], colors=style.OTHER, linewidths=1.3, linestyles=[(0, (4, 2.5))])
        for lines in (self._level, self._plane):
            self.map.add_collection(lines, autolim=False)
        self._middle = dot(self.map)
        self._middle.set_data([0], [0])
        self._curve = self.errors.add_line(Line2D([], [], color=style.INK, lw=1.4))
        self._now = self.errors.add_line(Line2D([], [], color=style.INK, marker="o", ms=7, mec=style.PAPER))
        return [*self.stage.artists, self._level, self._plane, self._middle, self._curve, self._now]

    def box(self, scene: TangentScene) -> Cuboid:
        """A window around the point; heights and lengths shrink alike, so a zoom changes no shape."""
        steepness = max(float(np.abs(scene.slopes).sum()), self.typical) if scene.has_plane else self.typical
        height = scene.height if np.isfinite(scene.height) else 0.0
        side = _BEYOND * scene.reach
        return Cuboid((*scene.point, height), (side, side, 1.04 * steepness * side), tall=0.85)

    def show(self, scene: TangentScene) -> None:
        """Draw one scene."""
        box = self.box(scene)
        self._show_space(scene, box)
        if (scene.point, scene.reach) == self._beside:  # only the view has turned
            return
        self._beside = scene.point, scene.reach
        self._show_map(scene, box)
        zooms = np.arange(0, _DEEPEST + 0.125, 0.25)
        errors = self._errors(scene.point, self.reach / 2**zooms)
        with np.errstate(all="ignore"):
            fall = np.log2(errors / errors[0])
        self._curve.set_data(zooms, fall)
        now = np.log2(self.reach / scene.reach)
        self._now.set_data([now], [np.interp(now, zooms, fall)])

    def _show_space(self, scene: TangentScene, box: Cuboid) -> None:
        camera = scene.camera
        folds = (scene.point, (0.0, 0.0))  # where functions such as the cone have a tip or a fold
        graph = Graph(self.f.values, *_square(scene.point, scene.reach), cells=self.cells, through=folds)
        pieces = graph_pieces(graph, box, camera, smooth=self._fine)
        if not scene.has_plane:
            self.stage.put(pieces.from_behind(camera), camera, box)
            return
        normal = box.normal(scene.normal)
        arrow = self.stage.arrow(np.zeros(3), 0.85 * normal, camera, style.GRADIENT)
        painted = behind_and_before(Pieces.joined([pieces, arrow]), self._sheet(scene, box), normal, 0.0, camera)
        through = [(np.zeros(3), 0.85 * normal, style.GRADIENT)]
        self.stage.put(painted, camera, box, dot=np.zeros(3), seen_through=through)

    def _sheet(self, scene: TangentScene, box: Cuboid) -> Pieces:
        """The tangent plane, which the surface is seen through."""
        sheet = Graph(scene.plane, *_square(scene.point, _BEYOND * scene.reach), cells=1).quads
        return Pieces.of(box.inside(sheet), to_rgba(style.OTHER, 0.30), to_rgba(style.OTHER, 0.95), width=1.4)

    def _show_map(self, scene: TangentScene, box: Cuboid) -> None:
        side = np.linspace(-1, 1, 41)
        x, y = (p + scene.reach * each for p, each in zip(scene.point, np.meshgrid(side, side), strict=True))
        levels = (scene.height if np.isfinite(scene.height) else 0.0) + nice_step(box.half[2] / 4) * np.arange(-8, 9)
        plane = scene.plane(x, y) if scene.has_plane else np.full(x.shape, np.nan)
        for lines, values in ((self._level, self.f.values(x, y)), (self._plane, plane)):
            net = contourpy.contour_generator(side, side, np.ma.masked_invalid(values))
            lines.set_segments([np.asarray(line) for level in levels for line in net.lines(level)])


def _square(middle: Pair, reach: float) -> tuple[Pair, Pair]:
    """The lower left and the upper right corner of the square around a place."""
    (x, y) = middle
    return (x - reach, y - reach), (x + reach, y + reach)


def tangent_plane(
    f: Any, at: Pair = (1, 1), reach: float = 2.0, variables: Iterable[Symbol] | None = None
) -> TangentPlane:
    """Show the tangent plane and the normal of the graph of `f`, and zoom in until surface and plane agree.

    `f` is a sympy expression in two variables, `at` the point to start from, `reach` how far the picture goes
    to each side of it at first. Raises `TypeError` or `ValueError`, in words, for anything else.
    """
    return TangentPlane(f, at, reach, variables)
