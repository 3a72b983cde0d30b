"""Explorer: critical points and the Hessian; which way the surface curves, and what that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.camera import Camera
from nabla.explore.controls import Choice, Control, Point2D
from nabla.explore.formula import heading, note, plain
from nabla.explore.lettering import lettering
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import thin_frame
from nabla.explore.pieces import Pieces
from nabla.explore.plane import Floats, PlaneFunction, Window
from nabla.explore.shapes import ShapeMap, shapes_around
from nabla.explore.space import Space, graph_pieces
from nabla.explore.stage import Stage
from nabla.explore.stationary import MAXIMUM, MINIMUM, SADDLE, UNDECIDED, Curved, kind

_MARKERS = {MINIMUM: "v", MAXIMUM: "^", SADDLE: "X", UNDECIDED: "s"}
_LOOKS = {1: (style.GRADIENT, "solid"), -1: (style.OTHER, (0, (4, 2))), 0: (style.FAINT, (0, (1, 1.5)))}
"""Colour and dash of an eigen-direction along which f curves up, down, or not at all."""


@dataclass(frozen=True)
class CriticalScene:
    """A point with the gradient and the Hessian there.

    `turns` is how often f changes between higher and lower on a small circle around the point.

    >>> CriticalScene((0, 0), 0, (0, 0), np.diag([2.0, -6.0]), True, 4, "f", Camera(0, 0)).describe()
    'At (0, 0) the gradient is zero. The Hessian [[2, 0], [0, −6]] has eigenvalues −6 and 2, of opposite signs: ...'
    """

    point: Pair
    value: float
    gradient: Pair
    hessian: Floats
    is_critical: bool
    turns: int
    shape: str
    camera: Camera

    @property
    def has_hessian(self) -> bool:
        """Whether there are second derivatives."""
        return bool(np.isfinite(self.hessian).all() and np.isfinite(self.gradient).all())

    @property
    def curvatures(self) -> Floats:
        """The eigenvalues, the lower first."""
        return np.asarray(np.linalg.eigvalsh(self.hessian), dtype=float)

    @property
    def directions(self) -> Floats:
        """The eigenvectors as rows, of length 1, in the order of the eigenvalues."""
        return np.linalg.eigh(self.hessian)[1].T

    @property
    def signs(self) -> tuple[int, int]:
        """Of both eigenvalues: 1, -1, or 0 for one that is not to be told from zero."""
        slack = 1e-7 * max(1e-300, float(np.abs(self.curvatures).max()))
        first, second = (int(np.sign(c)) if abs(c) > slack else 0 for c in self.curvatures)
        return first, second

    def describe(self) -> str:
        """The gradient, the Hessian, and what follows."""
        at = f"At {words.tuple_of(self.point)}"
        if not np.isfinite(self.value):
            return f"{at} f has no real value."
        if not np.isfinite(self.gradient).all():
            return f"{at} f has no gradient. That is a critical point too, but the Hessian cannot judge it."
        if not self.has_hessian:
            return f"{at} the gradient is {words.tuple_of(self.gradient)}, but there is no Hessian."
        rows = ", ".join(f"[{', '.join(words.number(c, 3) for c in row)}]" for row in self.hessian)
        low, high = (words.number(c, 3) if s else "0" for c, s in zip(self.curvatures, self.signs, strict=True))
        has = f"The Hessian [{rows}] has eigenvalues {low} and {high}"
        if not self.is_critical:
            return f"{at} the gradient is {words.tuple_of(self.gradient)}: no critical point. {has}."
        return f"{at} the gradient is zero. {has}, {self._verdict()}."

    def _verdict(self) -> str:
        decided = {
            MINIMUM: "both positive: a bowl, so a local minimum",
            MAXIMUM: "both negative: a dome, so a local maximum",
            SADDLE: "of opposite signs: a saddle, neither minimum nor maximum",
        }
        if (what := kind(self.curvatures)) in decided:
            return decided[what]
        seen = {0: "nearby f stays on one side", 4: "nearby f is higher twice and lower twice: a saddle"}
        if self.turns in seen:
            return f"so the test is silent; {seen[self.turns]}"
        times = f"{self.turns // 2} times"
        name = ": a monkey saddle" if self.turns == 6 else ""
        return f"so the test is silent; around it f is higher {times} and lower {times}{name}"


class CriticalPoints(Space):
    """The graph of f with the directions in which it curves most, its critical points on the map beside it.

    Without a function there is a choice of four shapes.

    >>> explorer = CriticalPoints()
    >>> explorer.update(shape="monkey saddle").words
    'At (0, 0) the gradient is zero. The Hessian [[0, 0], [0, 0]] has eigenvalues 0 and 0, so the test is silent; ...'
    """

    height = 460
    companion = (0.66, 0.0, 1.0, 0.5)
    finest = 48

    def __init__(
        self, f: Any = None, at: Pair = (0, 0), reach: float = 2.0, variables: Iterable[Symbol] | None = None
    ) -> None:
        at = (float(at[0]), float(at[1]))
        if not (np.isfinite(reach) and reach > 0):
            raise ValueError(f"reach must be a positive number, not {reach}")
        self.shapes = shapes_around(at) if f is None else {"f": Curved(PlaneFunction.of(f, variables))}
        first = next(iter(self.shapes.values())).f
        self.window = Window(at[0] - reach, at[0] + reach, at[1] - reach, at[1] + reach)
        self.maps = {name: ShapeMap(curved, self.window) for name, curved in self.shapes.items()}
        self.title = f"Graph of {plain('f', first.variables, first.formula)}" if f is not None else "A surface"
        controls: dict[str, Control] = {"point": Point2D("point", self.window, at, first.names)}
        if f is None:
            controls = {"shape": Choice("shape", tuple(self.shapes), "bowl"), **controls}
        super().__init__(view=(-55.0, 40.0), **controls)

    def scene(self, point: Pair, view: Pair, shape: str = "f") -> CriticalScene:
        """The gradient and the Hessian at the point, or at the critical point that it is close to."""
        chart = self.maps[shape]
        near = [p for p, _ in chart.critical if np.hypot(p[0] - point[0], p[1] - point[1]) < self.window.size / 45]
        point = min(near, key=lambda p: float(np.hypot(p[0] - point[0], p[1] - point[1]))) if near else point
        slopes = chart.f.gradient_at(point)
        is_critical = bool(near) or bool(np.hypot(*slopes) <= 1e-9 * chart.typical)
        turns = chart.curved.turns_at(point, self.window.size / 200) if is_critical else 0
        value, matrix = chart.f.value_at(point), chart.curved.hessian_at(point)
        return CriticalScene(point, value, slopes, matrix, is_critical, turns, shape, Camera(*view))

    def dragged(self, state: Mapping[str, Any], across: float, down: float, dx: float, dy: float) -> Mapping[str, Any]:
        """The point goes to the place on the map."""
        x, y = self.canvas.data_at(self.map, across, down)
        return {"point": self.controls["point"].moved(state["point"], {0: x, 1: y})}

    def layout(self, figure: Figure) -> Any:
        """Space on the left; on the right the map, and the sections below it."""
        self._heading = heading(figure, "")
        note(figure, "contour map", 432, 12, style.INK)
        note(figure, "▼ minimum  ▲ maximum", 432, 231, style.FAINT, fontsize=style.SMALL - 1)
        note(figure, "✖ saddle  ■ undecided", 432, 247, style.FAINT, fontsize=style.SMALL - 1)
        note(figure, "sections along both directions", 432, 282, style.INK)
        note(figure, "curves up: solid", 432, 424, _LOOKS[1][0], fontsize=style.SMALL - 1)
        note(figure, "down: dashed", 540, 424, _LOOKS[-1][0], fontsize=style.SMALL - 1)
        w = self.window
        self.stage = Stage(figure, (0, 0, 420, 432), (*next(iter(self.maps.values())).f.names, "z"))
        self.map = figure.add_axes((432 / 640, 1 - 226 / 460, 192 / 640, 192 / 460))
        self.map.set(xlim=(w.left, w.right), ylim=(w.bottom, w.top), xticks=[], yticks=[])
        self.sections = figure.add_axes((432 / 640, 42 / 460, 192 / 640, 114 / 460))
        self.sections.set(xlim=(-1.05, 1.05), ylim=(-1.1, 1.1), xticks=[], yticks=[])
        thin_frame(self.map, self.sections)
        return self.stage.axes, self.map, self.sections

    def still(self, axes: Any) -> None:
        """The shape's formula, contours and critical points; drawn again only when another is chosen."""
        self.sections.axhline(0, color="#d3dce4", lw=0.8)
        self._contours = LineCollection([], colors=style.HAIRLINE, linewidths=0.9)
        self.map.add_collection(self._contours, autolim=False)
        mark: dict[str, Any] = {"ls": "none", "mfc": style.PAPER, "mec": style.INK, "ms": 8, "mew": 1.2}
        self._marks = {k: self.map.add_line(Line2D([], [], marker=m, **mark)) for k, m in _MARKERS.items()}
        self._choose(next(iter(self.maps)))

    def _choose(self, shape: str) -> None:
        self._shape, chart = shape, self.maps[shape]
        self._heading.set_text(chart.formula)
        self._contours.set_segments(chart.contours)
        for name, marks in self._marks.items():
            places = [place for place, what in chart.critical if what == name]
            marks.set_data([p[0] for p in places], [p[1] for p in places])
        self.canvas.forget()

    def moving(self, axes: Any) -> Sequence[Artist]:
        """The surface, the eigen-directions on the map and the sections along them."""
        self._ways = [self.map.add_line(Line2D([], [], lw=2)) for _ in range(2)]
        self._sections = [self.sections.add_line(Line2D([], [], lw=2)) for _ in range(2)]
        label: dict[str, Any] = {"fontsize": style.SMALL, "ha": "center", "va": "center", "fontweight": "bold"}
        self._values = [lettering(self.map, 0, 0, backing=0.8, **label) for _ in range(2)]
        self._middle, self._foot = dot(self.map), dot(self.sections)
        self._foot.set_data([0], [0])
        lines = [*self._ways, *self._values, self._middle, *self._sections, self._foot]
        return [*self.stage.artists, *lines]

    def show(self, scene: CriticalScene) -> None:
        """Draw one scene."""
        chart = self.maps[scene.shape]
        if scene.shape != self._shape:
            self._choose(scene.shape)
        self._middle.set_data([scene.point[0]], [scene.point[1]])
        ways = self._show_ways(scene, chart)
        graph = chart.graph(self.cells)
        pieces = Pieces.joined([graph_pieces(graph, chart.box, scene.camera, smooth=self._fine), *ways])
        place = chart.box.inside(np.array([*scene.point, scene.value])) if np.isfinite(scene.value) else None
        if place is not None:
            pieces = Pieces.joined([pieces, self.stage.bead(place, scene.camera)])
        self.stage.put(pieces.from_behind(scene.camera), scene.camera, chart.box, dot=place, ring=True)

    def _show_ways(self, scene: CriticalScene, chart: ShapeMap) -> list[Pieces]:
        """Both eigen-directions on the map and in the sections; return them as they lie on the surface."""
        for artist in (*self._ways, *self._sections, *self._values):
            artist.set_visible(scene.has_hessian)
        if not scene.has_hessian:
            return []
        reach, pieces = 0.22 * self.window.size, []
        along = np.linspace(-1, 1, 49)
        rises = [chart.section(scene.point, reach * v, along) - scene.value for v in scene.directions]
        highest = max(float(np.nanmax(np.abs(rise), initial=0.0)) for rise in rises) or 1.0
        for k, (v, rise, sign) in enumerate(zip(scene.directions, rises, scene.signs, strict=True)):
            color, dash = _LOOKS[sign]
            x, y = (scene.point[i] + reach * v[i] * along for i in range(2))
            self._ways[k].set(data=(x[[0, -1]], y[[0, -1]]), color=color, ls=dash)
            self._sections[k].set(data=(along, rise / highest), color=color, ls=dash)
            end = 1.25 * reach * v
            self._values[k].set(x=scene.point[0] + end[0], y=scene.point[1] + end[1], color=color)
            self._values[k].set_text(words.number(scene.curvatures[k], 3) if sign else "0")
            curve = chart.box.inside(np.stack([x, y, scene.value + rise], axis=-1))
            strokes = np.stack([curve[:-1], curve[1:]], axis=1)
            strokes = strokes[np.arange(len(strokes)) // 3 % 2 == 0] if sign < 0 else strokes
            lift = 2.2 / self.cells
            pieces += [
                Pieces.strokes(strokes, style.PAPER, 4.2, lift),
                Pieces.strokes(strokes, color, 2.6, lift + 0.05),
            ]
        return pieces


def critical_points(
    f: Any = None, at: Pair = (0, 0), reach: float = 2.0, variables: Iterable[Symbol] | None = None
) -> CriticalPoints:
    """Show the graph of `f`, its critical points, and the eigen-directions of its Hessian at a point.

    `f` is a sympy expression in two variables; without it there are a bowl, a dome, a saddle and a monkey saddle
    to choose from. `at` is the middle of the picture, which reaches `reach` to each side. Raises `TypeError` or
    `ValueError`, in words, for anything else.
    """
    return CriticalPoints(f, at, reach, variables)
