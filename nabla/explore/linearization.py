"""Explorer: the error of the linearization against the length h of the step: ten times shorter, a hundredfold less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.controls import Slider
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import BELOW, Box, panel, powers
from nabla.explore.plane import Floats, PlaneFunction

_ZOOM, _ERROR = Box(30, 48, 250, 270), Box(366, 48, 256, 270)
_LOW = -5.0
_EXPONENTS = np.arange(10 * _LOW, 6) / 10


@dataclass(frozen=True)
class LinearizationScene:
    """A step of length h in a direction: what the linearization predicts for f, and what f does.

    `curve` is f along the direction and beyond, from -h to h, less its value in the middle; `errors` belong to the
    steps of `_EXPONENTS`.
    """

    step: float
    direction: Pair
    rate: float
    curve: Floats
    error_at_tenth: float
    errors: Floats

    @property
    def predicted(self) -> float:
        """The change that the linearization predicts."""
        return self.step * self.rate

    @property
    def true(self) -> float:
        """The change of f."""
        return float(self.curve[-1])

    @property
    def error(self) -> float:
        """How far the prediction is off."""
        return abs(self.true - self.predicted)

    def describe(self) -> str:
        """Prediction and truth, and both for a step a tenth as long."""
        said = f"A step of h = {_short(self.step)} along {words.tuple_of(self.direction, 3)}: f should change by "
        said += f"{_short(self.predicted)} and changes by {_short(self.true)}, "
        if not np.isfinite(self.error):
            return f"{said}so there is no error to speak of."
        said += f"error {_short(self.error)}. "
        if self.error <= 1e-13 * max(1.0, abs(self.true)):
            return f"{said}The linearization is exact here."
        ratio = self.error / self.error_at_tenth if self.error_at_tenth > 0 else np.inf
        less = f", {words.number(ratio, 2)} times less" if np.isfinite(ratio) else ""
        return f"{said}A tenth of the step: error {_short(self.error_at_tenth)}{less}."


class LinearizationError(Explorer):
    """f and its tangent line under a glass that is 2h wide, and the gap between them against h.

    >>> from sympy.abc import x, y
    >>> explorer = LinearizationError(x**2*y + 3*y, at=(2, 1), along=(2, -1))
    >>> explorer.update(h=np.log10(np.hypot(0.1, 0.05))).words
    'A step of h = 0.112 along (0.894, −0.447): f should change by 0.05 and changes by 0.0395, error 0.0105. ...'
    """

    drag = "h"
    height = round(_ERROR.bottom + BELOW)

    def __init__(self, f: Any, at: Pair, along: Pair, variables: Iterable[Symbol] | None = None) -> None:
        self.f = PlaneFunction.of(f, variables)
        self.at = (float(at[0]), float(at[1]))
        self.value, self.gradient = self.f.value_at(self.at), self.f.gradient_at(self.at)
        if not np.isfinite(self.gradient).all():
            raise ValueError(f"f has no gradient at {words.tuple_of(self.at)}")
        if not np.hypot(*along) > 0:
            raise ValueError(f"a direction cannot be {tuple(along)}")
        self.title = f"The error of the linearization of f({', '.join(self.f.names)}) = {self.f.formula} against h"
        self.title = self.title.replace("**", "^")
        turn = float(np.degrees(np.arctan2(along[1], along[0])))
        super().__init__(
            h=Slider("h", _LOW, 0.5, 0.1, 0, says=words.power_of_ten),
            angle=Slider("angle of the step", -180, 180, 1, turn),
        )

    def scene(self, h: float, angle: float) -> LinearizationScene:
        """The step of length 10^h at an angle in degrees."""
        u = float(np.cos(np.radians(angle))), float(np.sin(np.radians(angle)))
        rate = self.gradient[0] * u[0] + self.gradient[1] * u[1]
        step = 10.0**h
        curve = self._change(step * np.linspace(-1, 1, 81), u)
        tenth = abs(float(self._change(step / 10, u)) - rate * step / 10)
        many = 10.0**_EXPONENTS
        return LinearizationScene(step, u, rate, curve, tenth, np.abs(self._change(many, u) - rate * many))

    def _change(self, distance: Any, u: Pair) -> Floats:
        """How f changes over distances in a direction."""
        return self.f.values(self.at[0] + distance * u[0], self.at[1] + distance * u[1]) - self.value

    def layout(self, figure: Figure) -> tuple[Axes, Axes]:
        """The error, and the glass left of it."""
        glass = panel(figure, _ZOOM, "f and its tangent, h each way")
        glass.set(xlim=(-1.08, 1.08), ylim=(-1.5, 1.5), xticks=(-1, 0, 1), yticks=())
        glass.set_xticklabels(("−h", "0", "h"))
        axes = panel(figure, _ERROR, "error", "step h")
        errors = np.array([self.scene(0.0, angle).errors for angle in range(0, 360, 15)])
        with np.errstate(all="ignore"):
            sizes = np.log10(np.where(errors > 1e-15, errors, np.nan))
        known = sizes[np.isfinite(sizes)]
        top = float(np.ceil(np.nanmax(sizes[:, -1]))) if known.size and np.isfinite(sizes[:, -1]).any() else 1.0
        axes.set(xlim=(_LOW - 0.1, 0.6), ylim=(top - 11.5, top + 0.3))
        powers(axes.xaxis, range(-4, 1, 2))
        powers(axes.yaxis, [k for k in range(-30, 31, 2) if top - 11.5 < k < top + 0.3])
        return axes, glass

    def still(self, axes: tuple[Axes, Axes]) -> None:
        """A triangle of slope 2, and what the lines mean."""
        error, glass = axes
        error.grid(color=style.HEIGHTS(0.5), lw=0.8)
        error.set_axisbelow(True)
        low = error.get_ylim()[0] + 1.2
        error.plot([-2, -1, -1, -2], [low, low, low + 2, low], color=style.FAINT, lw=1.3)
        text: dict[str, Any] = {"fontsize": style.SMALL, "color": style.FAINT}
        error.text(-0.85, low + 1, "2", va="center", **text)
        error.text(-1.5, low - 0.15, "1", va="top", ha="center", **text)
        looks = ((style.CONTOUR, "solid", 2), (style.GRADIENT, (0, (5, 2.5)), 1.8), (style.OTHER, "solid", 4))
        lines = [Line2D([], [], color=color, ls=dash, lw=width) for color, dash, width in looks]
        legend: dict[str, Any] = {"fontsize": style.SMALL, "labelcolor": style.INK, "edgecolor": "none"}
        glass.legend(lines, ("f", "tangent", "error"), loc="lower right", handlelength=2.2, **legend)

    def moving(self, axes: tuple[Axes, Axes]) -> Sequence[Artist]:
        """Curve, tangent and gap; the errors and the one that is chosen."""
        error, glass = axes
        self._curve = glass.add_line(Line2D([], [], color=style.CONTOUR, lw=2.2))
        self._tangent = glass.add_line(Line2D([], [], color=style.GRADIENT, lw=1.8, ls=(0, (5, 2.5))))
        self._gap = glass.add_line(Line2D([], [], color=style.OTHER, lw=4, solid_capstyle="butt"))
        self._middle, self._here = dot(glass), dot(error)
        self._errors = error.add_line(Line2D([], [], color=style.OTHER, lw=2.2))
        return [self._curve, self._tangent, self._gap, self._middle, self._errors, self._here]

    def show(self, scene: LinearizationScene) -> None:
        """Draw one scene."""
        steepest = float(np.hypot(*self.gradient)) or 1.0
        # The tangent keeps its slope while the glass zooms in.
        unit = scene.step * max(abs(scene.rate) / 0.8, 0.15 * steepest)
        self._curve.set_data(np.linspace(-1, 1, len(scene.curve)), scene.curve / unit)
        slope = scene.predicted / unit
        self._tangent.set_data([-1, 1], [-slope, slope])
        self._gap.set_data([1, 1], [slope, scene.true / unit])
        self._middle.set_data([0], [0])
        with np.errstate(all="ignore"):
            self._errors.set_data(_EXPONENTS, np.log10(np.where(scene.errors > 0, scene.errors, np.nan)))
            self._here.set_data([np.log10(scene.step)], [np.log10(max(scene.error, 1e-300))])
        self._here.set_clip_on(True)


def _short(value: float) -> str:
    return words.number(value, 3)


def linearization_error(
    f: Any, at: Pair = (2, 1), along: Pair = (2, -1), variables: Iterable[Symbol] | None = None
) -> LinearizationError:
    """Show how far the linearization of `f` at a point is off after a step of length h in a direction.

    Choose h by dragging over the error, by its slider or with the arrow keys. Raises `ValueError` where f has no
    gradient, and for the direction zero.
    """
    return LinearizationError(f, at, along, variables)
