"""Explorer: chemotaxis; cells that climb a concentration by a gradient that they can only sense with noise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Expr, Symbol, exp, symbols

from nabla.explore import style, words
from nabla.explore.contour_map import TITLE, ContourMap
from nabla.explore.controls import Point2D, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import BELOW, BESIDE, MAP_ROOM, Box, panel, value_range
from nabla.explore.plane import Floats, PlaneFunction, Window

_CELLS, _STEPS = 12, 100


@dataclass(frozen=True)
class SwarmScene:
    """The ways of some cells, shape (steps + 1, cells, 2), and the concentrations on them, (steps + 1, cells).

    `uphill` is the mean part of a step that goes along the gradient, from -1 to 1.

    >>> paths, heights = np.zeros((3, 2, 2)), np.array([[1, 1], [2, 2], [3, 5.0]])
    >>> SwarmScene(paths, heights, step=2, noise=0.5, uphill=0.8, highest=6).describe()
    'After 2 steps with noise 0.5 the cells are at a mean concentration of 4: it began at 1, the highest here is 6. ...'
    """

    paths: Floats
    heights: Floats
    step: int
    noise: float
    uphill: float
    highest: float

    def describe(self) -> str:
        """How high the cells have come, and how much of a step goes uphill."""
        if not np.isfinite(self.heights[0]).all():
            return f"At {words.tuple_of(self.paths[0, 0], 3)} f has no real value: no cell can start there."
        began, now = words.number(self.heights[0, 0], 3), words.number(float(self.heights[self.step].mean()), 3)
        noise, highest = words.number(self.noise), words.number(self.highest, 3)
        if self.step == 0:
            return f"{self.paths.shape[1]} cells start at concentration {began}; the highest here is {highest}."
        steps = f"{self.step} step{'s' * (self.step != 1)}"
        return (
            f"After {steps} with noise {noise} the cells are at a mean concentration of {now}: it began at {began}, "
            f"the highest here is {highest}. On average {words.number(100 * self.uphill, 2)} % of a step goes uphill."
        )


class Chemotaxis(Explorer):
    """Noisy gradient ascent by a dozen cells that start together.

    >>> Chemotaxis().update(noise=0, step=1).words
    'After 1 step with noise 0 ... On average 100 % of a step goes uphill.'
    """

    drag = "start"
    walk = "step"
    pace = 12.0

    def __init__(
        self, f: Any = None, at: Pair = (-2, -1.6), window: Any = 3, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.is_built_in = f is None
        self.f = PlaneFunction.of(_plume() if f is None else f, variables)
        self.window = Window.of(window, at)
        self.map = ContourMap(self.f, self.window, MAP_ROOM)
        self.height = max(self.map.height, 340)
        self.title = f"Chemotaxis. {self.map.title}"
        heights = self.map.grid[2].compressed()
        self.highest = float(heights.max()) if heights.size else float("nan")
        self.stride = self.window.size / 60
        self._walked = lru_cache(maxsize=16)(self._walk)
        super().__init__(
            start=Point2D("start", self.window, (float(at[0]), float(at[1])), self.f.names),
            noise=Slider("noise", 0, 6, 0.25, 2),
            draw=Slider("draw of the noise", 1, 20, 1, 1),
            step=Slider("step", 0, _STEPS, 1, 60),
        )

    def scene(self, start: Pair, noise: float, draw: float, step: float) -> SwarmScene:
        """The ways of all cells up to a step."""
        paths, heights, along = self._walked(start, noise, round(draw))
        count = round(step)
        uphill = float(np.nanmean(along[:count])) if count and np.isfinite(along[:count]).any() else 0.0
        return SwarmScene(paths, heights, count, noise, uphill, self.highest)

    def _walk(self, start: Pair, noise: float, draw: int) -> tuple[Floats, Floats, Floats]:
        """Every step is as long: along the gradient's direction plus noise times a normal draw, made a unit vector.

        Where there is no gradient the noise alone leads; cells stay in the window.
        """
        random = np.random.default_rng(draw)
        at = np.repeat(np.array([start], dtype=float), _CELLS, axis=0)
        paths, along = [at], []
        w = self.window
        for _ in range(_STEPS):
            slopes = np.column_stack(self.f.gradients(*at.T))
            lengths = np.hypot(*slopes.T)
            flat = ~(lengths > 1e-12)
            uphill = np.where(flat[:, None], 0.0, slopes / np.where(flat, 1.0, lengths)[:, None])
            way = uphill + noise * random.normal(size=at.shape)
            size = np.hypot(*way.T)
            way = way / np.where(size > 0, size, 1.0)[:, None]
            along.append(np.where(flat, np.nan, (way * uphill).sum(axis=1)))
            at = np.clip(at + self.stride * way, (w.left, w.bottom), (w.right, w.top))
            paths.append(at)
        places = np.array(paths)
        return places, self.f.values(*np.moveaxis(places, -1, 0)), np.array(along)

    def layout(self, figure: Figure) -> tuple[Axes, Axes]:
        """The map, and beside it how high the cells are."""
        box = Box(BESIDE.left, BESIDE.top, BESIDE.width, self.height - BESIDE.top - BELOW)
        heights = panel(figure, box, "concentration", "step")
        heights.set(xlim=(0, _STEPS), ylim=value_range(self.map.grid[2].compressed()))
        return self.map.axes(figure), heights

    def still(self, axes: tuple[Axes, Axes]) -> None:
        """The contours, and what the lines beside them are."""
        self.map.draw(axes[0], labels=False)
        if self.is_built_in:
            axes[0].set_title("a concentration with two sources", **TITLE)
        look: dict[str, Any] = {"xycoords": "axes fraction", "fontsize": style.SMALL, "va": "bottom"}
        axes[1].annotate("thick: mean of all cells", (0.03, 0.01), color=style.INK, **look)

    def moving(self, axes: tuple[Axes, Axes]) -> Sequence[Artist]:
        """The ways of the cells, where they are, their concentrations and the mean."""
        above, heights = axes
        thin: dict[str, Any] = {"colors": style.FIELD, "linewidths": 0.9, "alpha": 0.6}
        self._ways, self._curves = LineCollection([], **thin), LineCollection([], **thin)
        above.add_collection(self._ways, autolim=False)
        heights.add_collection(self._curves, autolim=False)
        cell: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 7, "mfc": style.GRADIENT, "mec": style.PAPER}
        self._cells = above.add_line(Line2D([], [], **cell))
        self._mean = heights.add_line(Line2D([], [], color=style.INK, lw=2.4))
        self._start = dot(above)
        return [self._ways, self._start, self._cells, self._curves, self._mean]

    def show(self, scene: SwarmScene) -> None:
        """Draw one scene."""
        upto = slice(0, scene.step + 1)
        count = np.arange(scene.step + 1)
        self._ways.set_segments(list(np.moveaxis(scene.paths[upto], 1, 0)))
        self._curves.set_segments([np.column_stack([count, each]) for each in scene.heights[upto].T])
        self._cells.set_data(*scene.paths[scene.step].T)
        self._start.set_data(*scene.paths[0, :1].T)
        self._mean.set_data(count, scene.heights[upto].mean(axis=1))


def _plume() -> Expr:
    """A concentration with two sources, the one to the right stronger."""
    x, y = symbols("x y")
    strong, weak = exp(-((x - 1) ** 2 + (y - 0.8) ** 2) / 3), exp(-((x + 1.6) ** 2 + (y - 1.5) ** 2) / 1.2)
    formula: Expr = strong + weak / 2
    return formula


def chemotaxis(
    f: Any = None, at: Pair = (-2, -1.6), window: Any = 3, variables: Iterable[Symbol] | None = None
) -> Chemotaxis:
    """Show cells that climb a concentration `f` by a noisy gradient; drag their start, then Step or Play.

    `f` is a sympy expression in two variables; without it there are two sources. `window` is as in
    `gradient_on_contours`. Raises `TypeError` or `ValueError`, in words, for anything else.
    """
    return Chemotaxis(f, at, window, variables)
