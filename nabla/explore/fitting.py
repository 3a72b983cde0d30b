"""Explorer: a line fitted to data by gradient descent; data, line and loss together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike
from sympy import symbols

from nabla.descent import gradient_descent
from nabla.explore import style, words
from nabla.explore.behaviour import Behaviour, behaviour
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Point2D, Slider
from nabla.explore.descending import Walk
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import BELOW, Box, panel, value_range
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_step
from nabla.line_fit import largest_line_rate, least_squares_line, line_loss, line_loss_gradient

_DATA = Box(44, 48, 262, 262)
_LOSS = Box(366, 48, 262, 262)


@dataclass(frozen=True)
class FitScene:
    """A walk over the parameters (w, b), how far it has come, and what it does."""

    walk: Walk
    step: int
    learning_rate: float
    does: Behaviour
    best: Pair
    least: float

    @property
    def line(self) -> Pair:
        """Slope w and intercept b now."""
        w, b = self.walk.path[self.step]
        return float(w), float(b)

    def describe(self) -> str:
        """The line, its loss, and the loss of the best line."""
        w, b = (words.number(each, 3) for each in self.line)
        steps = "step" if self.step == 1 else "steps"
        return (
            f"After {self.step} {steps} the line is y = {w} x {'− ' + b[1:] if b[0] == '−' else '+ ' + b}, loss "
            f"{words.number(self.walk.heights[self.step], 3)}; the least possible is {words.number(self.least, 3)}. "
            f"With η = {words.number(self.learning_rate)} it {self.does.describe()}."
        )


class FitALine(Explorer):
    """Data with a line through it, and the loss over (w, b) on which the line's parameters walk downhill.

    >>> FitALine([0, 1, 2], [1, 3, 5], start=(0, 0), learning_rate=0.25).update(step=1).words
    'After 1 step the line is y = 2.17 x + 1.5, loss 0.463; the least possible is 0. With η = 0.25 it ...'
    """

    drag, walk = "start", "step"

    def __init__(
        self, x: ArrayLike, y: ArrayLike, start: Pair, learning_rate: float | None = None, steps: int = 100
    ) -> None:
        self.x, self.y = np.array(x, dtype=float), np.array(y, dtype=float)
        start = (float(start[0]), float(start[1]))
        if self.x.shape != self.y.shape or self.x.ndim != 1:
            raise ValueError(f"x and y must be lists of one length; their shapes are {self.x.shape} and {self.y.shape}")
        self.best = least_squares_line(self.x, self.y)
        self.least = line_loss(self.best, self.x, self.y)
        self.f = _loss_formula(self.x, self.y)
        self.window = _window(self.best, start)
        self.map = ContourMap(self.f, self.window, _LOSS)
        self.height = round(_LOSS.bottom + BELOW)
        self.title = f"A line fitted to {len(self.x)} points by gradient descent, and the loss over (w, b)"
        self.steps = steps
        limit = largest_line_rate(self.x)
        rate = float(f"{0.6 * limit:.1g}") if learning_rate is None else float(learning_rate)
        high = float(f"{max(1.2 * limit, 1.25 * rate):.2g}")
        self._walk = lru_cache(maxsize=16)(self._walked)
        super().__init__(
            start=Point2D("start", self.window, start, names=("w", "b")),
            learning_rate=Slider("learning rate η", 0, high, nice_step(high / 140), rate),
            step=Slider("step", 0, steps, 1, min(3, steps)),
        )

    def scene(self, start: Pair, learning_rate: float, step: float) -> FitScene:
        """The walk from a start, up to a step."""
        walk, does = self._walk(start, learning_rate)
        return FitScene(walk, round(step), learning_rate, does, self.best, self.least)

    def _walked(self, start: Pair, learning_rate: float) -> tuple[Walk, Behaviour]:
        def slope(p: Floats) -> Floats:
            return line_loss_gradient(p, self.x, self.y)

        path = gradient_descent(slope, start, learning_rate, self.steps)
        walk = Walk(path, self.f.values(*path.T), np.hypot(*self.f.gradients(*path.T)))
        return walk, behaviour(walk.path, walk.heights, walk.slopes)

    def layout(self, figure: Figure) -> tuple[Axes, Axes]:
        """The loss, and the data left of it."""
        data = panel(figure, _DATA, "data and line", "$x$")
        data.set(xlim=value_range(self.x), ylim=value_range(self.y, margin=0.15))
        return self.map.axes(figure), data

    def still(self, axes: tuple[Axes, Axes]) -> None:
        """The contours of the loss, its lowest place, and the data."""
        plane, data = axes
        self.map.draw(plane)
        plane.set_title("loss for every line", loc="left", fontsize=style.TEXT, color=style.INK, pad=8)
        plane.add_line(Line2D([self.best[0]], [self.best[1]], marker="x", ms=9, mew=2.2, color=style.INK))
        look: dict[str, Any] = {"marker": "o", "ms": 5, "mfc": style.CONTOUR, "mec": style.PAPER, "mew": 0.8}
        data.add_line(Line2D(self.x, self.y, ls="none", zorder=3, **look))

    def moving(self, axes: tuple[Axes, Axes]) -> Sequence[Artist]:
        """The path with its last point; the line with the errors to it."""
        plane, data = axes
        look: dict[str, Any] = {"color": style.GRADIENT, "lw": 1.8, "marker": "o", "ms": 4.2, "mfc": style.PAPER}
        self._path = plane.add_line(Line2D([], [], **look))
        self._here = dot(plane)
        self._here.set_clip_on(True)
        self._errors = LineCollection([], colors=style.OTHER, linewidths=1.0, linestyles=[(0, (2, 1.5))])
        data.add_collection(self._errors, autolim=False)
        self._line = data.add_line(Line2D([], [], color=style.GRADIENT, lw=2.4))
        return [self._path, self._here, self._errors, self._line]

    def show(self, scene: FitScene) -> None:
        """Draw one scene."""
        points = scene.walk.shown(scene.step, self.window)
        self._path.set_data(*points.T)
        self._here.set_data(*points[-1:].T)
        w, b = np.clip(scene.line, -1e9, 1e9)
        ends = np.array(self.axes[1].get_xlim())
        self._line.set_data(ends, w * ends + b)
        errors = np.array([[self.x, self.y], [self.x, w * self.x + b]])  # (end, coordinate, point)
        self._errors.set_segments(list(np.moveaxis(errors, 2, 0)))


def _loss_formula(x: Floats, y: Floats) -> PlaneFunction:
    """The mean of the squared errors, as a formula in w and b."""
    w, b = symbols("w b")
    xx, xy, yy = float(np.mean(x * x)), float(np.mean(x * y)), float(np.mean(y * y))
    mx, my = float(x.mean()), float(y.mean())
    return PlaneFunction(xx * w**2 + 2 * mx * w * b + b**2 - 2 * xy * w - 2 * my * b + yy, (w, b))


def _window(best: Pair, start: Pair) -> Window:
    """A square with the best line in the middle and the start inside."""
    reach = 1.35 * max(abs(best[0] - start[0]), abs(best[1] - start[1]), 0.3)
    return Window(best[0] - reach, best[0] + reach, best[1] - reach, best[1] + reach)


def fit_a_line(
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
    start: Pair = (0, 0),
    learning_rate: float | None = None,
    steps: int = 100,
) -> FitALine:
    """Fit a line to the data x, y by gradient descent; drag the start over the loss, then Step or Play.

    Without data it is 50 points about y = 2x + 1 with normal noise of size 0.1, the same each time. Raises
    `ValueError` when x and y are not of one length or all x are the same.
    """
    if x is None or y is None:
        x = np.linspace(0, 1, 50)
        y = 2 * x + 1 + 0.1 * np.random.default_rng(0).normal(size=50)
    return FitALine(x, y, start, learning_rate, steps)
