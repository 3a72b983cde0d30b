"""Explorer: gradient descent, its path on the contours and the loss after each step, with what it does in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.descent import descend
from nabla.explore import style, words
from nabla.explore.behaviour import Behaviour, behaviour
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Point2D, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.loss_panel import LossScale, loss_panel
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import BELOW, BESIDE, MAP_ROOM, Box, value_range
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_step
from nabla.optimisers import Momentum, Rule


@dataclass(frozen=True)
class Walk:
    """A whole path of descent, shape (steps + 1, 2), with f and the length of the gradient at each of its points."""

    path: Floats
    heights: Floats
    slopes: Floats

    @classmethod
    def of(cls, f: PlaneFunction, rule: Rule, start: Pair, steps: int) -> Walk:
        """Walk on f by an update rule."""
        path = descend(rule, lambda point: f.gradient_at((point[0], point[1])), start, steps)
        return cls(path, f.values(*path.T), np.hypot(*f.gradients(*path.T)))

    def shown(self, step: int, window: Window) -> Floats:
        """Return the points up to a step that are fit to be drawn: up to the first that is far outside."""
        points = self.path[: step + 1]
        middle = np.array([window.left + window.right, window.bottom + window.top]) / 2
        with np.errstate(invalid="ignore"):
            near = np.abs(points - middle).max(axis=1) < 20 * max(window.width, window.height)
        return points if near.all() else points[: max(1, int(np.argmin(near)))]


@dataclass(frozen=True)
class DescentScene:
    """A walk, how much of it is shown, and what the whole of it does."""

    walk: Walk
    step: int
    learning_rate: float
    momentum: float
    does: Behaviour

    @property
    def point(self) -> Pair:
        """Where the walk is."""
        x, y = self.walk.path[self.step]
        return float(x), float(y)

    def describe(self) -> str:
        """Where the walk is, and what it does in the end."""
        here, slope = self.walk.heights[self.step], self.walk.slopes[self.step]
        steps = "step" if self.step == 1 else "steps"
        momentum = "" if self.momentum == 0 else f" and momentum {words.number(self.momentum)}"
        return (
            f"After {self.step} {steps} at {words.tuple_of(self.point, 3)}: f = {words.number(here)}, "
            f"‖∇f‖ = {words.number(slope, 3)}. With η = {words.number(self.learning_rate)}{momentum} "
            f"it {self.does.describe()}."
        )


class GradientDescent(Explorer):
    """A path of gradient descent on the contours, and the loss after each step.

    >>> from sympy.abc import x, y
    >>> GradientDescent(x**2 + 10*y**2, at=(5, 5), learning_rate=0.05).update(step=1).words
    'After 1 step at (4.5, 0): f = 20.25, ‖∇f‖ = 9. With η = 0.05 it converges: from step 22 on ...'
    """

    drag, walk = "start", "step"

    def __init__(
        self,
        f: Any,
        at: Pair,
        learning_rate: float | None = None,
        momentum: float = 0.0,
        steps: int = 80,
        window: Any = None,
        variables: Iterable[Symbol] | None = None,
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        self.window = Window.of(window, at, within=0.85, shape=(3, 3))
        self.map = ContourMap(self.f, self.window, MAP_ROOM)
        self.height = max(self.map.height, 340)
        self.title = f"Gradient descent. {self.map.title}"
        self.steps = steps
        self.losses = LossScale(*value_range(self.map.grid[2].compressed(), margin=0))
        curvature = self.f.typical_curvature(self.window)
        self.limit = 2 / curvature if curvature > 0 else 1.0
        rate = float(f"{0.4 * self.limit:.1g}") if learning_rate is None else float(learning_rate)
        high = float(f"{max(1.5 * self.limit, 1.25 * rate):.2g}")
        self._walk = lru_cache(maxsize=16)(self._walked)
        super().__init__(
            start=Point2D("start", self.window, start=at, names=self.f.names),
            learning_rate=Slider("learning rate η", 0, high, nice_step(high / 140), rate),
            momentum=Slider("momentum", 0, 0.95, 0.05, momentum),
            step=Slider("step", 0, steps, 1, min(20, steps)),
        )

    def scene(self, start: Pair, learning_rate: float, momentum: float, step: float) -> DescentScene:
        """The walk from the start, up to a step."""
        walk, does = self._walk(start, learning_rate, momentum)
        return DescentScene(walk, round(step), learning_rate, momentum, does)

    def _walked(self, start: Pair, learning_rate: float, momentum: float) -> tuple[Walk, Behaviour]:
        walk = Walk.of(self.f, Momentum(learning_rate, momentum), start, self.steps)
        return walk, behaviour(walk.path, walk.heights, walk.slopes)

    def layout(self, figure: Figure) -> tuple[Axes, Axes]:
        """The map, and the loss beside it."""
        beside = Box(BESIDE.left, BESIDE.top, BESIDE.width, self.height - BESIDE.top - BELOW)
        return self.map.axes(figure), loss_panel(figure, beside, self.losses, self.steps)

    def still(self, axes: tuple[Axes, Axes]) -> None:
        """The contour map."""
        self.map.draw(axes[0])

    def moving(self, axes: tuple[Axes, Axes]) -> Sequence[Artist]:
        """The path and the loss, and where we are on both."""
        steps: dict[str, Any] = {"color": style.GRADIENT, "lw": 1.8, "marker": "o", "ms": 4.2}
        steps |= {"mfc": style.PAPER, "mew": 1.3}
        self._lines = [each.add_line(Line2D([], [], **steps)) for each in axes]
        self._dots = [dot(each) for each in axes]
        for mark in self._dots:
            mark.set_clip_on(True)  # a walk may leave the picture
        return [*self._lines, *self._dots]

    def show(self, scene: DescentScene) -> None:
        """Draw one scene."""
        losses = self.losses.place(scene.walk.heights[: scene.step + 1])
        curves = (scene.walk.shown(scene.step, self.window).T, np.array([np.arange(len(losses)), losses]))
        for line, mark, curve in zip(self._lines, self._dots, curves, strict=True):
            line.set_data(*curve)
            mark.set_data(*curve[:, -1:])


def gradient_descent(
    f: Any,
    at: Pair = (5, 5),
    learning_rate: float | None = None,
    momentum: float = 0.0,
    steps: int = 80,
    window: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> GradientDescent:
    """Show gradient descent on `f`; drag the start, choose learning rate and momentum, then Step or Play.

    `at` is the start; without a `learning_rate` it is 0.8 divided by the curvature of f. The other arguments are
    those of `gradient_on_contours`, and the window is square if none is given.
    """
    return GradientDescent(f, at, learning_rate, momentum, steps, window, variables)
