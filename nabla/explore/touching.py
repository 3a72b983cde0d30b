"""Explorer: Lagrange's condition; where f is largest on a constraint, its contour touches it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from sympy import Add, Eq, Symbol

from nabla.calculus import expression, variables_of
from nabla.explore import style, words
from nabla.explore.canvas import WIDTH
from nabla.explore.constraint import Constraint, Touch
from nabla.explore.contour_map import ContourMap
from nabla.explore.controls import Slider
from nabla.explore.explorer import Explorer
from nabla.explore.formula import plain, typeset
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.panels import thin_frame
from nabla.explore.plane import PlaneFunction

_STRIP = 136
"""Pixels below the map for f along the constraint."""
_STEP = 0.5
"""Per cent of the curve."""


@dataclass(frozen=True)
class LagrangeScene:
    """A place on the constraint g = c, with both gradients.

    `rank` says what f is there among its values on the curve, if the contour touches: "largest", "smallest" ...

    >>> LagrangeScene((1, 0), 1, (2, 0), (4, 0), 4, "largest", False).describe()
    'At (1, 0) f is 1, the largest on g = 4. ∇f = (2, 0) is 0.5 times ∇g = (4, 0): the contour of f touches ...'
    """

    point: Pair
    value: float
    slope: Pair
    normal: Pair
    level: float
    rank: str
    is_singular: bool
    part: float = 0.0
    contour: tuple[Any, ...] = ()

    @property
    def touches(self) -> bool:
        """Whether the gradients are parallel."""
        return bool(self.rank)

    @property
    def angle(self) -> float:
        """Between the gradients, in degrees."""
        lengths = np.hypot(*self.slope) * np.hypot(*self.normal)
        with np.errstate(all="ignore"):
            return float(np.degrees(np.arccos(np.clip(np.dot(self.slope, self.normal) / lengths, -1, 1))))

    @property
    def multiplier(self) -> float:
        """Lagrange's lambda: grad f = lambda grad g."""
        return float(np.dot(self.slope, self.normal) / np.dot(self.normal, self.normal))

    @property
    def rate(self) -> float:
        """How fast f changes along the constraint, per unit of length."""
        return float(abs(self.slope[0] * self.normal[1] - self.slope[1] * self.normal[0]) / np.hypot(*self.normal))

    def describe(self) -> str:
        """Whether the contour crosses or touches the constraint."""
        constraint = f"g = {words.number(self.level)}"
        at = f"At {words.tuple_of(self.point, 3)} f is {words.number(self.value)}"
        if not np.isfinite([*self.slope, *self.normal]).all():
            return f"{at}, and a gradient is missing."
        if self.is_singular:
            return f"{at}, the {self.rank} on {constraint}. But ∇g is zero here, so Lagrange's condition is silent."
        slope, normal = words.tuple_of(self.slope, 3), words.tuple_of(self.normal, 3)
        if self.touches:
            times = f"{words.number(self.multiplier)} times ∇g = {normal}"
            touch = "the contour of f touches the constraint"
            return f"{at}, {self.rank_in_words} on {constraint}. ∇f = {slope} is {times}: {touch}."
        return (
            f"{at}. ∇f = {slope} and ∇g = {normal} are {words.number(self.angle, 3)} degrees apart: the contour of f "
            f"crosses {constraint}. Along it f changes at the rate {words.number(self.rate, 3)}."
        )

    @property
    def rank_in_words(self) -> str:
        """The rank with its article."""
        return self.rank if self.rank.startswith("neither") else f"the {self.rank}"


class Lagrange(Explorer):
    """A walk on the constraint g = c over the contours of f.

    >>> from sympy.abc import x, y
    >>> explorer = Lagrange(x + y, x**2 + y**2, 2)
    >>> explorer.update(place=explorer.places_of("largest")[0]).words
    'At (1, 1) f is 2, the largest on g = 2. ∇f = (1, 1) is 0.5 times ∇g = (2, 2): the contour of f touches ...'
    """

    drag = "place"
    walk = "place"

    def __init__(
        self, f: Any, g: Any, c: float = 0, window: Any = None, variables: Iterable[Symbol] | None = None
    ) -> None:
        if isinstance(g, Eq):
            g, c = (g.lhs, g.rhs) if g.rhs.is_number else (g.lhs - g.rhs, 0)
        names = tuple(variables or variables_of(Add(*expression(f).free_symbols, *expression(g).free_symbols)))
        self.f, self.g = PlaneFunction.of(f, names), PlaneFunction.of(g, names)
        self.constraint = Constraint.fitting(self.g, float(c), window)
        self.window = self.constraint.window
        self.map = ContourMap(self.f, self.window)
        self.height = self.map.height + _STRIP
        self.title = f"{self.map.title}, with the constraint {plain('g', names, self.g.formula)} = {words.number(c)}"
        self.parts = np.linspace(0, 1, 401)
        self.places = np.array([self.constraint.at(part) for part in self.parts])
        self.heights = self.f.values(*self.places.T)
        self.touching = [(touch, self._rank(touch)) for touch in self.constraint.touches(self.f)]
        start = 100 * self._start()
        place = Slider("place on the constraint", 0, 100, _STEP, start, says=lambda p: f"{words.number(p, 3)} %")
        super().__init__(place=place)

    def scene(self, place: float) -> LagrangeScene:
        """Both gradients at the place, or where a contour touches if that is nearer than a step."""
        part, rank, is_singular = place / 100, "", False
        point = self.constraint.at(part)
        for touch, its_rank in self.touching:
            if abs(touch.part - part) <= 0.51 * _STEP / 100:
                point, rank, is_singular, part = touch.point, its_rank, touch.is_singular, touch.part
        point = (round(point[0], 9) + 0.0, round(point[1], 9) + 0.0)
        value, slope, normal = self.f.value_at(point), self.f.gradient_at(point), self.g.gradient_at(point)
        contour = tuple(self.map.contour_through(value))
        return LagrangeScene(point, value, slope, normal, self.constraint.level, rank, is_singular, part, contour)

    def places_of(self, rank: str) -> list[float]:
        """Where on the slider the contour touches with a given rank, "largest" for instance."""
        return [100 * touch.part for touch, its_rank in self.touching if its_rank == rank]

    def _rank(self, touch: Touch) -> str:
        """What f is at a touching point among its values on the curve; ends of open pieces count too."""
        value = self.f.value_at(touch.point)
        rise = self.heights[np.isfinite(self.heights)] - value
        slack = 1e-3 * float(np.ptp(rise)) if rise.size else 0.0
        if (rise <= slack).all():
            return "largest"
        if (rise >= -slack).all():
            return "smallest"
        near = self.heights[np.abs(self.parts - touch.part) < 0.02] - value
        if (near <= 0.01 * slack).all():
            return "largest nearby"
        return "smallest nearby" if (near >= -0.01 * slack).all() else "neither largest nor smallest"

    def _start(self) -> float:
        """A place to begin: far from where a contour touches."""
        parts = np.arange(4, 17) / 20
        far = [min([abs(part - t.part) for t, _ in self.touching], default=1.0) for part in parts]
        return float(parts[int(np.argmax(far))])

    def pointed(
        self, state: Mapping[str, Any], across: float, down: float, dx: float = 0.0, dy: float = 0.0
    ) -> Mapping[str, Any]:
        """The point of the constraint nearest to the hand, or below the map the place under it."""
        if down > 1 - _STRIP / self.height:
            part, _ = self.canvas.data_at(self.axes[1], across, down)
        else:
            part = 100 * self.constraint.nearest(self.canvas.data_at(self.axes[0], across, down))
        return {"place": self.controls["place"].moved(state["place"], {0: part})}

    def layout(self, figure: Figure) -> Any:
        """The map above, f along the constraint below."""
        strip = figure.add_axes((58 / WIDTH, 32 / self.height, (WIDTH - 84) / WIDTH, 84 / self.height))
        return self.map.axes(figure), strip

    def still(self, axes: Any) -> None:
        """The contours of f, the constraint, and f along it."""
        above, strip = axes
        self.map.draw(above)
        halo = [withStroke(linewidth=5.5, foreground=style.PAPER)]
        pieces = LineCollection(self.constraint.pieces, colors=style.INK, linewidths=2.6, path_effects=halo)
        above.add_collection(pieces, autolim=False)
        strip.plot(100 * self.parts, self.heights, color=style.CONTOUR, lw=1.8)
        for touch, rank in self.touching:
            marker = "^" if "largest" in rank else "v" if "smallest" in rank else "s"
            value = self.f.value_at(touch.point)
            look: dict[str, Any] = {"mfc": style.PAPER, "mec": style.INK, "ms": 8, "ls": "none"}
            strip.plot([100 * touch.part], [value], marker=marker, clip_on=False, zorder=4, **look)
            above.plot(*touch.point, marker=marker, zorder=4, **look)
        strip.set_xlim(0, 100)
        strip.margins(y=0.22)
        strip.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
        strip.set_xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        strip.tick_params(length=0, pad=5, labelsize=style.SMALL, labelcolor=style.FAINT)
        thin_frame(strip)
        constraint = (
            f"{typeset('g', self.g.variables, self.g.formula, room=300)} = {words.number(self.constraint.level)}"
        )
        title = f"f along the dark curve {constraint};  ▲ ▼ its contour touches"
        strip.set_title(title, loc="left", fontsize=style.SMALL, color=style.INK, pad=6)
        above.set_title("arrows show directions", loc="right", fontsize=style.SMALL, color=style.FAINT, pad=13)

    def moving(self, axes: Any) -> Sequence[Artist]:
        """The contour through the point, both gradients, the point on the map and below."""
        above, strip = axes
        self._contour = LineCollection([], colors=style.CONTOUR, linewidths=2.0)
        above.add_collection(self._contour, autolim=False)
        dash = style.SERIES[1][1]
        self._normal = Arrow(above, self.map.unit, self.window, style.OTHER, dash, name="∇g")
        self._slope = Arrow(above, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._point, self._below = dot(above), dot(strip)
        self._drop = strip.add_line(Line2D([], [], color=style.FAINT, lw=1, ls=(0, (3, 2))))
        arrows = [*self._normal.artists, *self._slope.artists]
        return [self._contour, *arrows, self._point, self._drop, self._below]

    def show(self, scene: LagrangeScene) -> None:
        """Draw one scene."""
        self._contour.set_segments(scene.contour)
        normal, slope = (
            _direction(scene.normal, 0.30 * self.window.size),
            _direction(scene.slope, 0.20 * self.window.size),
        )
        self._normal.put(scene.point, normal, beside=slope)
        self._slope.put(scene.point, slope, beside=normal)
        self._point.set_data([scene.point[0]], [scene.point[1]])
        self._below.set_data([100 * scene.part], [scene.value])
        self._drop.set_data([100 * scene.part] * 2, self.axes[1].get_ylim())


def _direction(gradient: Pair, length: float) -> Pair:
    """An arrow along a gradient, of one length whatever the gradient's own."""
    own = float(np.hypot(*gradient))
    return (gradient[0] * length / own, gradient[1] * length / own) if own > 1e-9 else (0.0, 0.0)


def lagrange(f: Any, g: Any, c: float = 0, window: Any = None, variables: Iterable[Symbol] | None = None) -> Lagrange:
    """Show a walk along the constraint `g = c` over the contours of `f`: it is best where they touch.

    `f` and `g` are sympy expressions in the same two variables (`g` may be an equation, `Eq(x**2 + y**2, 4)`).
    Raises `TypeError` or `ValueError`, in words, for anything else, and if the constraint has no points there.
    """
    return Lagrange(f, g, c, window, variables)
