"""Explorer: the chain rule. A bug walks a path over a map of temperatures; two contributions add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol, cos, pi, sin
from sympy.abc import t

from nabla.explore import style, words
from nabla.explore.chain_panels import Bars, Tree
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Slider
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.panels import BELOW, BESIDE, MAP_ROOM, Box
from nabla.explore.plane import PlaneFunction, Window, nice_scale, nice_step
from nabla.explore.track import Track


@dataclass(frozen=True)
class ChainScene:
    """A moment of the walk: place, velocity, and the gradient of f there."""

    moment: float
    point: Pair
    velocity: Pair
    gradient: Pair
    names: tuple[str, str, str]
    """Of the two coordinates and of the parameter."""

    @property
    def parts(self) -> Pair:
        """The contribution through each coordinate: sensitivity times speed."""
        return self.gradient[0] * self.velocity[0], self.gradient[1] * self.velocity[1]

    @property
    def rate(self) -> float:
        """The rate of change of f along the walk: both contributions together."""
        return sum(self.parts)

    def describe(self) -> str:
        """Both contributions and their sum."""
        x, y, t = self.names
        at = f"At {t} = {words.number(self.moment, 3)}"
        if not np.isfinite(self.rate):
            return f"{at}, the bug is at {words.tuple_of(self.point, 3)}, where f has no gradient."
        through = [
            f"by {_short(slope)} × {_short(speed)} = {_short(slope * speed)} through {name}"
            for name, slope, speed in zip((x, y), self.gradient, self.velocity, strict=True)
        ]
        verb = "warms" if self.rate > 0 else "cools"
        told = f"df/d{t} = {_short(self.rate)}"
        return f"{at}, f changes {through[0]} and {through[1]}. Together {told}: the bug {verb}."


class ChainRule(Explorer):
    """A bug on a path over the map of f, what each coordinate contributes to df/dt, and the tree of factors.

    >>> from sympy.abc import x, y
    >>> ChainRule(x**2 * y, (cos(t), sin(t))).update(t=0).words
    'At t = 0, f changes by 0 × 0 = 0 through x and by 1 × 1 = 1 through y. Together df/dt = 1: the bug warms.'
    """

    drag = walk = "t"
    pace = 24.0

    def __init__(
        self,
        f: Any,
        path: Iterable[Any],
        along: Pair = (0, 2 * np.pi),
        at: float | None = None,
        window: Any = None,
        variables: Iterable[Symbol] | None = None,
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        self.track = Track.of(path)
        low, high = float(along[0]), float(along[1])
        self.moments = np.linspace(low, high, 241)
        self.places = np.array(self.track.places(self.moments))
        far = np.nanmax(np.abs(self.places), axis=1)
        self.window = Window.of(window, (float(far[0]), float(far[1])), within=0.75, shape=(1.5, 1.5))
        self.map = ContourMap(self.f, self.window, MAP_ROOM)
        self.height = max(self.map.height, 400)
        self.title = f"The chain rule along {self.track}. {self.map.title}"
        gradients = np.hypot(*self.f.gradients(*self.places))
        speeds = np.hypot(*self.track.velocities(self.moments))
        self.scales = tuple(nice_scale(0.28 * self.window.size / _largest(each)) for each in (gradients, speeds))
        step = nice_step((high - low) / 120)
        start = step * round((low + 0.12 * (high - low)) / step) if at is None else float(at)
        super().__init__(t=Slider(self.track.parameter.name, low, high, step, start))

    def scene(self, t: float) -> ChainScene:
        """Where the bug is at the moment t, how fast it goes, and how f changes there."""
        point, velocity = self.track.at(t)
        names = (*self.f.names, self.track.parameter.name)
        return ChainScene(t, point, velocity, self.f.gradient_at(point), names)

    def pointed(self, state: Mapping[str, Any], across: float, down: float, dx: float = 0, dy: float = 0) -> Any:
        """The bug goes to the place of its path that is nearest to the hand."""
        point = np.array(self.canvas.data_at(self._drag_axes, across, down))[:, None]
        nearest = self.moments[np.nanargmin(np.hypot(*(self.places - point)))]
        return {"t": self.controls["t"].moved(state["t"], {0: float(nearest)})}

    def layout(self, figure: Figure) -> tuple[Axes, Axes, Axes]:
        """The map; beside it the contributions above the tree."""
        room = self.height - BESIDE.top - BELOW
        upper = Box(BESIDE.left, BESIDE.top, BESIDE.width, 0.46 * room)
        lower = Box(BESIDE.left - 34, upper.bottom + 46, BESIDE.width + 44, self.height - upper.bottom - 56)
        u, v = self.f.gradients(*self.places)
        p, q = self.track.velocities(self.moments)
        letters = (*self.f.names, self.track.parameter.name)
        self._bars = Bars(figure, upper, letters, largest=_largest(np.concatenate([u * p, v * q, u * p + v * q])))
        self._tree = Tree(figure, lower, letters)
        return self.map.axes(figure), self._bars.axes, self._tree.axes

    def still(self, axes: tuple[Axes, Axes, Axes]) -> None:
        """The map and the whole path."""
        self.map.draw(axes[0])
        axes[0].add_line(Line2D(*self.places, color=style.INK, lw=1.5, ls=(0, (4, 2))))

    def moving(self, axes: tuple[Axes, Axes, Axes]) -> Sequence[Artist]:
        """Gradient, velocity, bug, bars and the numbers of the tree."""
        plane = axes[0]
        self._gradient = Arrow(plane, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._velocity = Arrow(plane, self.map.unit, self.window, style.OTHER, name="velocity")
        self._bug = dot(plane)
        arrows = [*self._gradient.artists, *self._velocity.artists]
        return [*arrows, self._bug, *self._bars.artists, *self._tree.artists]

    def show(self, scene: ChainScene) -> None:
        """Draw one scene."""
        for arrow, scale, vector in zip(
            (self._gradient, self._velocity), self.scales, (scene.gradient, scene.velocity), strict=True
        ):
            arrow.put(scene.point, (scale * vector[0], scale * vector[1]))
        self._bug.set_data(*np.transpose([scene.point]))
        self._bars.put(scene.parts)
        self._tree.put(scene.gradient, scene.velocity)


def _largest(values: Any) -> float:
    finite = np.abs(values)[np.isfinite(values)]
    return float(finite.max()) if finite.size and finite.max() > 0 else 1.0


def _short(value: float) -> str:
    return words.number(0.0 if abs(value) < 1e-12 else value, 3)


def chain_rule(
    f: Any,
    path: Iterable[Any] = (cos(t), sin(t)),
    along: Pair = (0, 2 * pi),
    at: float | None = None,
    window: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> ChainRule:
    """Let a bug walk a path over the map of `f`: Step or Play, or drag it along; see how df/dt adds up.

    `path` is a pair of expressions in one parameter, `along` the range of the parameter, `at` where to begin. The
    other arguments are those of `gradient_on_contours`.
    """
    return ChainRule(f, path, along, at, window, variables)
