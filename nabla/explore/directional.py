"""Explorer: the directional derivative. Turn the needle; see the slice of f along it and the rate for every angle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.contour_map import ContourMap
from nabla.explore.contours import FLAT, Slope
from nabla.explore.controls import Point2D, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.lettering import lettering
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.panels import BESIDE, MAP_ROOM, Box, panel, value_range
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_scale

_TURN = np.arange(-180.0, 181.0, 2.0)


@dataclass(frozen=True)
class DirectionScene:
    """The slope at a point, a direction there, and f along the line in that direction.

    `slice` has the shape (2, n): how far along, and f there.
    """

    slope: Slope
    angle: float
    slice: Floats
    needle: float = 1.0
    """How long the unit vector is drawn."""

    @property
    def direction(self) -> Pair:
        """The unit vector u."""
        turn = np.radians(self.angle)
        return float(np.cos(turn)), float(np.sin(turn))

    @property
    def rate(self) -> float:
        """The directional derivative: the gradient dotted with u."""
        return self.slope.gradient[0] * self.direction[0] + self.slope.gradient[1] * self.direction[1]

    @property
    def between(self) -> float:
        """The angle in degrees, 0 to 180, between u and the gradient."""
        return float(np.degrees(np.arccos(np.clip(self.rate / self.slope.length, -1, 1))))

    def rates(self, angles: Floats) -> Floats:
        """Return the rate for each of many angles in degrees."""
        turn = np.radians(angles)
        return self.slope.gradient[0] * np.cos(turn) + self.slope.gradient[1] * np.sin(turn)

    def describe(self) -> str:
        """The rate along u, and where it comes from."""
        if not self.slope.has_arrow:
            return self.slope.describe()
        rate = 0.0 if abs(self.between - 90) < 1e-4 else self.rate
        way = "level" if rate == 0 else "uphill" if rate > 0 else "downhill"
        said = (
            f"Along u = {words.tuple_of(self.direction, 3)} f changes at the rate {words.number(rate)}: {way}. "
            f"That is ‖∇f‖ cos θ = {words.number(self.slope.length)} × cos {words.number(self.between, 3)}°."
        )
        if self.slope.is_cut:
            said += " ∇f is cut short."
        elif self.slope.scale != 1:
            said += f" ∇f is drawn at {words.scale(self.slope.scale)}."
        return said if self.needle == 1 else f"{said} u is drawn with length {words.number(self.needle)}."


class DirectionalDerivative(Explorer):
    """A needle to turn on the contour map, the slice of f along it, and the rate as a cosine of the angle.

    >>> from sympy.abc import x, y
    >>> DirectionalDerivative(x**2 + y**2, at=(1, 1), along=(3, 4)).scene_now.rate
    2.8
    """

    drag = walk = "angle"
    pace = 30.0

    def __init__(
        self, f: Any, at: Pair, along: Pair, window: Any = None, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        if not np.hypot(*along) > 0:
            raise ValueError(f"a direction cannot be {tuple(along)}")
        self.window = Window.of(window, at, shape=(3, 3))
        self.map = ContourMap(self.f, self.window, MAP_ROOM)
        self.height = max(self.map.height, 370)
        self.title = f"Directional derivative. {self.map.title}"
        typical, size = self.f.typical_slope(self.window), self.window.size
        self.longest = 0.45 * size
        steep = np.hypot(*self.f.gradient_at(at))
        steep = steep if np.isfinite(steep) and steep > FLAT * typical else typical
        self.scale = nice_scale(0.36 * size / steep) if steep > 0 else 1.0
        self.flat = FLAT * typical
        self.needle = 1.0 if 0.12 * size <= 1 <= 0.4 * size else nice_scale(0.3 * size)
        self.reach = 0.5 * size
        turn = float(np.degrees(np.arctan2(along[1], along[0])))
        super().__init__(
            angle=Slider("angle", low=-180, high=180, step=1, start=turn),
            point=Point2D("point", self.window, start=at, names=self.f.names),
        )

    def scene(self, angle: float, point: Pair) -> DirectionScene:
        """The slope at the point and the slice through it."""
        slope = Slope.of(self.f, point, self.scale, self.longest, self.flat)
        along = np.linspace(-self.reach, self.reach, 121)
        turn = np.radians(angle)
        heights = self.f.values(point[0] + along * np.cos(turn), point[1] + along * np.sin(turn))
        return DirectionScene(slope, angle, np.array([along, heights]), self.needle)

    def pointed(self, state: Mapping[str, Any], across: float, down: float, dx: float = 0, dy: float = 0) -> Any:
        """The needle turns towards the hand."""
        x, y = self.canvas.data_at(self._drag_axes, across, down)
        turn = np.degrees(np.arctan2(y - state["point"][1], x - state["point"][0]))
        return {"angle": self.controls["angle"].moved(state["angle"], {0: float(turn)})}

    def layout(self, figure: Figure) -> tuple[Axes, ...]:
        """The map, and two panels beside it."""
        half = (self.height - BESIDE.top - 54 - 74) / 2
        upper = Box(BESIDE.left, BESIDE.top, BESIDE.width, half)
        lower = Box(BESIDE.left, upper.bottom + 74, BESIDE.width, half)
        slice_axes = panel(figure, upper, "f along u", "distance")
        rate_axes = panel(figure, lower, "rate for every angle", "angle")
        slice_axes.set_xlim(-self.reach, self.reach)
        rate_axes.set(xlim=(-180, 180), xticks=(-180, -90, 0, 90, 180))
        rate_axes.xaxis.set_major_formatter(lambda angle, _: f"{words.number(angle)}°")
        rate_axes.axhline(0, color=style.HAIRLINE, lw=0.9)
        return self.map.axes(figure), slice_axes, rate_axes

    def still(self, axes: tuple[Axes, ...]) -> None:
        """The contour map."""
        self.map.draw(axes[0])

    def moving(self, axes: tuple[Axes, ...]) -> Sequence[Artist]:
        """The line along u, both arrows, the slice with its slope, the cosine and where we are on it."""
        plane, along, turn = axes
        self._fitted: Pair | None = None
        needle: dict[str, Any] = {"color": style.OTHER, "lw": 1.6}
        self._line = plane.add_line(Line2D([], [], ls=(0, (2, 2)), **needle))
        self._gradient = Arrow(plane, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._needle = Arrow(plane, self.map.unit, self.window, style.OTHER, name="u")
        self._slice = along.add_line(Line2D([], [], color=style.CONTOUR, lw=2))
        self._tangent = along.add_line(Line2D([], [], ls=(0, (5, 2.5)), **needle))
        place: dict[str, Any] = {"transform": along.transAxes, "va": "center"}
        self._slope = lettering(along, 0.04, 0.9, backing=1.0, color=style.OTHER, fontsize=style.TEXT, **place)
        self._rates = turn.add_line(Line2D([], [], color=style.GRADIENT, lw=2))
        self._here = turn.add_line(Line2D([], [], ls=(0, (2, 2)), **needle))
        self._dots = [dot(each) for each in axes]
        marks = [self._slice, self._tangent, self._slope, self._rates, self._here]
        return [self._line, *self._gradient.artists, *self._needle.artists, *marks, *self._dots]

    def show(self, scene: DirectionScene) -> None:
        """Draw one scene."""
        (x, y), (u, v), far = scene.slope.point, scene.direction, self.reach
        self._fit(scene)
        self._line.set_data([x - far * u, x + far * u], [y - far * v, y + far * v])
        self._gradient.put((x, y), scene.slope.arrow)
        self._needle.put((x, y), (self.needle * u, self.needle * v))
        self._slice.set_data(*scene.slice)
        height, rate = scene.slope.value, scene.rate
        self._tangent.set_data([-far, far], [height - far * rate, height + far * rate])
        self._slope.set_text(f"slope {words.number(rate, 3)}")
        self._rates.set_data(_TURN, scene.rates(_TURN))
        self._here.set_data([scene.angle, scene.angle], [0, rate])
        for mark, place in zip(self._dots, ((x, y), (0, height), (scene.angle, rate)), strict=True):
            mark.set_data(*np.transpose([place]))

    def _fit(self, scene: DirectionScene) -> None:
        """Fit both panels to the point, so that they stand still while the needle turns."""
        x, y = scene.slope.point
        if self._fitted == (x, y):
            return
        self._fitted = x, y
        _, along, turn = self.axes
        angles, far = np.meshgrid(np.radians(_TURN[::5]), np.linspace(-self.reach, self.reach, 61))
        along.set_ylim(value_range(self.f.values(x + far * np.cos(angles), y + far * np.sin(angles))))
        turn.set_ylim(value_range(1.15 * scene.rates(_TURN), margin=0))
        self.canvas.forget()


def directional_derivative(
    f: Any,
    at: Pair = (1, 1),
    along: Pair = (1, 0),
    window: Any = None,
    variables: Iterable[Symbol] | None = None,
) -> DirectionalDerivative:
    """Show the rate of change of `f` at a point in a direction; drag over the map to turn the needle.

    `along` is the direction to start with, of any length but zero; the other arguments are those of
    `gradient_on_contours`, and the window is square if none is given.
    """
    return DirectionalDerivative(f, at, along, window, variables)
