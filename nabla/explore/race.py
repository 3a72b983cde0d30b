"""Explorer: four optimisers on the same valley: plain descent, momentum, RMSProp and Adam."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Point2D, Slider
from nabla.explore.descending import Walk
from nabla.explore.explorer import Explorer
from nabla.explore.loss_panel import LossScale, loss_panel
from nabla.explore.marks import Pair
from nabla.explore.panels import BELOW, BESIDE, MAP_ROOM, Box, value_range
from nabla.explore.plane import PlaneFunction, Window, nice_step
from nabla.optimisers import Adam, Momentum, Plain, RMSProp, Rule

MARKERS = ("o", "s", "^", "D")
"""The shape at the head of each path, in the order of `style.SERIES`."""


@dataclass(frozen=True)
class RaceScene:
    """The walk of each optimiser by its name, and how many steps of it are shown."""

    walks: Mapping[str, Walk]
    step: int

    @property
    def heights(self) -> Mapping[str, float]:
        """f at each optimiser now."""
        return {name: float(walk.heights[self.step]) for name, walk in self.walks.items()}

    @property
    def order(self) -> tuple[str, ...]:
        """The names, the lowest f first; those without a value last."""
        known = {name: f if np.isfinite(f) else np.inf for name, f in self.heights.items()}
        return tuple(sorted(known, key=lambda name: known[name]))

    def describe(self) -> str:
        """f for each, the lowest first."""
        if self.step == 0:
            start = next(iter(self.walks.values()))
            return f"Four optimisers stand at {words.tuple_of(start.path[0])}, where f is {_short(start.heights[0])}."
        steps = "step" if self.step == 1 else "steps"
        reached = ", ".join(f"{name} {_short(self.heights[name])}" for name in self.order)
        return f"After {self.step} {steps} {self.order[0]} is lowest. f is now: {reached}."


class OptimiserRace(Explorer):
    """Plain descent, momentum, RMSProp and Adam from one start, on the contours and as losses.

    Plain descent and momentum step by rate times slope; RMSProp and Adam step by about the rate itself. So each
    pair has a rate of its own.

    >>> from sympy.abc import x, y
    >>> OptimiserRace(x**2 + 10*y**2, at=(5, 5)).update(step=0).words
    'Four optimisers stand at (5, 5), where f is 275.'
    """

    drag, walk = "start", "step"

    def __init__(
        self,
        f: Any,
        at: Pair,
        steps: int = 100,
        window: Any = None,
        variables: Iterable[Symbol] | None = None,
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        self.window = Window.of(window, at, within=0.85, shape=(3, 3))
        self.map = ContourMap(self.f, self.window, MAP_ROOM)
        self.height = max(self.map.height, 340)
        self.title = f"A race of four optimisers. {self.map.title}"
        self.steps = steps
        self.losses = LossScale(*value_range(self.map.grid[2].compressed(), margin=0))
        curvature = self.f.typical_curvature(self.window)
        limit = 2 / curvature if curvature > 0 else 1.0
        size = self.window.size
        self._walks = lru_cache(maxsize=16)(self._walked)
        super().__init__(
            start=Point2D("start", self.window, start=at, names=self.f.names),
            by_slope=_rate("rate of plain and momentum", 0.3 * limit, 1.2 * limit),
            by_length=_rate("rate of RMSProp and Adam", size / 50, size / 8),
            step=Slider("step", 0, steps, 1, min(25, steps)),
        )

    def scene(self, start: Pair, by_slope: float, by_length: float, step: float) -> RaceScene:
        """All four walks, up to a step."""
        return RaceScene(self._walks(start, by_slope, by_length), round(step))

    def _walked(self, start: Pair, by_slope: float, by_length: float) -> Mapping[str, Walk]:
        rules: dict[str, Rule] = {
            "plain": Plain(by_slope),
            "momentum": Momentum(by_slope, 0.8),
            "RMSProp": RMSProp(by_length),
            "Adam": Adam(by_length),
        }
        return {name: Walk.of(self.f, rule, start, self.steps) for name, rule in rules.items()}

    def layout(self, figure: Figure) -> tuple[Axes, Axes]:
        """The map, and the losses beside it."""
        beside = Box(BESIDE.left, BESIDE.top, BESIDE.width, self.height - BESIDE.top - BELOW)
        return self.map.axes(figure), loss_panel(figure, beside, self.losses, self.steps)

    def still(self, axes: tuple[Axes, Axes]) -> None:
        """The contour map and the names of the lines."""
        self.map.draw(axes[0], labels=False)
        lines = [Line2D([], [], **look) for look in _looks()]
        frame: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": "none", "framealpha": 0.85}
        names = ("plain", "momentum", "RMSProp", "Adam")
        legend: dict[str, Any] = {
            "fontsize": style.SMALL,
            "handlelength": 2.6,
            "borderpad": 0.4,
            "labelcolor": style.INK,
        }
        axes[0].legend(lines, names, loc="lower left", **legend, **frame)

    def moving(self, axes: tuple[Axes, Axes]) -> Sequence[Artist]:
        """A line for each optimiser in both panels, with its mark at the head."""
        self._lines = [[each.add_line(Line2D([], [], **look)) for each in axes] for look in _looks()]
        return [line for pair in self._lines for line in pair]

    def show(self, scene: RaceScene) -> None:
        """Draw one scene."""
        for walk, (path, loss) in zip(scene.walks.values(), self._lines, strict=True):
            points = walk.shown(scene.step, self.window)
            losses = self.losses.place(walk.heights[: scene.step + 1])
            path.set_data(*points.T)
            loss.set_data(np.arange(len(losses)), losses)
            path.set_markevery([len(points) - 1])
            loss.set_markevery([len(losses) - 1])


def _looks() -> list[dict[str, Any]]:
    """Colour, dash and mark of each line."""
    mark: dict[str, Any] = {"lw": 2, "ms": 8, "mec": style.PAPER, "mew": 1.2}
    return [
        {"color": color, "ls": dash, "marker": marker, **mark}
        for (color, dash), marker in zip(style.SERIES, MARKERS, strict=True)
    ]


def _rate(label: str, start: float, high: float) -> Slider:
    high = float(f"{high:.2g}")
    return Slider(label, 0, high, nice_step(high / 100), float(f"{start:.1g}"))


def _short(f: float) -> str:
    return words.number(f, 3)


def optimiser_race(
    f: Any, at: Pair = (5, 5), steps: int = 100, window: Any = None, variables: Iterable[Symbol] | None = None
) -> OptimiserRace:
    """Let plain descent, momentum (0.8), RMSProp and Adam walk down `f` from one start; drag it, then Step or Play.

    The arguments are those of `gradient_descent`.
    """
    return OptimiserRace(f, at, steps, window, variables)
