"""Explorer: the error of a finite difference against its step h, forward and central, on axes of powers of ten."""

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

from nabla.differences import CENTRAL_STEP, FORWARD_STEP
from nabla.explore import style
from nabla.explore.controls import Choice, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Pair, dot
from nabla.explore.panels import Box, panel, powers
from nabla.explore.plane import Floats, PlaneFunction
from nabla.explore.words import number, power_of_ten, tuple_of

_LOWEST = 1e-17
"""An error below this, also 0, is drawn at this height."""


@dataclass(frozen=True)
class DifferenceScene:
    """Errors of both differences for many steps, and one step that is chosen.

    `steps` has the shape (n,), and so has each array of errors.
    """

    exponent: float
    chosen: Mapping[str, float]
    steps: Floats
    errors: Mapping[str, Floats]
    what: str

    def best(self, kind: str) -> tuple[float, float]:
        """Return the step with the smallest error that is drawn, and that error."""
        k = int(np.nanargmin(self.errors[kind]))
        return float(self.steps[k]), float(self.errors[kind][k])

    def describe(self) -> str:
        """Both errors at the chosen step, and the best that can be had."""
        errors = [self.chosen[kind] for kind in ("forward", "central")]
        forward, central = (number(error, 2) for error in errors)
        said = f"With h = {power_of_ten(self.exponent)} "
        if np.isfinite(errors).all():
            said += f"the {self.what} is wrong by {forward} (forward) or {central} (central)."
        else:
            said += "a difference reaches to where f has no value."
        bests = {kind: self.best(kind) for kind in self.errors}
        told = (f"{kind} {number(error, 2)} at h = {number(h, 2)}" for kind, (h, error) in bests.items())
        return f"{said} Best: {', '.join(told)}."


class FiniteDifferenceError(Explorer):
    """The error of forward and central differences at every step from 1 down to the last digit.

    >>> from sympy import exp, sin
    >>> from sympy.abc import x, y
    >>> explorer = FiniteDifferenceError(exp(x) * sin(y), at=(1, 1))
    >>> explorer.update(h=-5).words
    'With h = 10⁻⁵ the gradient is wrong by 1.6×10⁻⁵ (forward) or ...'
    """

    drag = "h"
    title = "The error of a finite difference against its step h, both on axes of powers of ten"
    height = 440

    def __init__(self, f: Any, at: Pair, variables: Iterable[Symbol] | None = None) -> None:
        self.f = PlaneFunction.of(f, variables)
        self.at = (float(at[0]), float(at[1]))
        self.exact = np.array(self.f.gradient_at(self.at))
        if not np.isfinite(self.exact).all():
            raise ValueError(f"f has no gradient at {tuple_of(self.at)}")
        coarsest = 8 * np.spacing(max(1.0, abs(self.at[0]), abs(self.at[1])))
        self.low = float(np.ceil(10 * np.log10(coarsest)) / 10)
        self.steps = 10.0 ** (np.arange(round(10 * self.low), 1) / 10)
        self._wrong = self._parts(self.steps)
        x, y = self.f.names
        self.parts = ("gradient", f"partial along {x}", f"partial along {y}")
        super().__init__(
            h=Slider("h", self.low, 0, 0.1, -3, says=power_of_ten),
            what=Choice("error of the", self.parts, start="gradient"),
        )

    def scene(self, h: float, what: str) -> DifferenceScene:
        """The errors of the whole gradient, or of one partial derivative."""
        here, many = (self._size(wrong, what) for wrong in (self._parts(np.array([10.0**h])), self._wrong))
        kinds = ("forward", "central")
        chosen = {kind: float(here[0, k]) for k, kind in enumerate(kinds)}
        return DifferenceScene(h, chosen, self.steps, {kind: many[:, k] for k, kind in enumerate(kinds)}, what)

    def _parts(self, steps: Floats) -> Floats:
        """How wrong each part of the gradient is, shape (n, 2, 2): steps, forward and central, x and y.

        The quotients are those of `nabla.differences`, for many steps at once.
        """
        wrong = np.empty((len(steps), 2, 2))
        here = self.f.value_at(self.at)
        for i, coordinate in enumerate(self.at):
            ahead, behind = coordinate + steps, coordinate - steps
            places = [(moved, self.at[1]) if i == 0 else (self.at[0], moved) for moved in (ahead, behind)]
            above, below = (self.f.values(*place) for place in places)
            wrong[:, 0, i] = (above - here) / (ahead - coordinate) - self.exact[i]
            wrong[:, 1, i] = (above - below) / (ahead - behind) - self.exact[i]
        return wrong

    def _size(self, wrong: Floats, what: str) -> Floats:
        """The length of the errors, shape (n, 2), or the size of one part of them."""
        part = self.parts.index(what)
        return np.hypot(*np.moveaxis(wrong, 2, 0)) if part == 0 else np.abs(wrong[:, :, part - 1])

    def layout(self, figure: Figure) -> Axes:
        """One panel with powers of ten both ways."""
        axes = panel(figure, Box(62, 48, 556, 330), "error", "step h")
        axes.set(xlim=(self.low - 0.3, 0.3), ylim=(-16.6, 1))
        powers(axes.xaxis, range(-14, 1, 2))
        powers(axes.yaxis, range(-16, 1, 4))
        return axes

    def still(self, axes: Axes) -> None:
        """What goes wrong on either side, the usual best steps, and what the lines mean."""
        axes.grid(color=style.HEIGHTS(0.5), lw=0.8)
        axes.set_axisbelow(True)
        text: dict[str, Any] = {"fontsize": style.SMALL, "color": style.FAINT, "va": "center"}
        axes.text(0.03, 0.07, "← too short: digits cancel", transform=axes.transAxes, **text)
        axes.text(0.97, 0.07, "too long: the curve bends →", transform=axes.transAxes, ha="right", **text)
        for step, name in ((FORWARD_STEP, "√u"), (CENTRAL_STEP, "∛u")):
            axes.axvline(np.log10(step), ymax=0.66, color=style.HAIRLINE, lw=1)
            axes.text(np.log10(step), -4.3, name, ha="center", **text)
        lines = [Line2D([], [], lw=2, color=color, ls=dash) for color, dash in style.SERIES[:2]]
        look: dict[str, Any] = {
            "fontsize": style.TEXT,
            "labelcolor": style.INK,
            "edgecolor": "none",
            "handlelength": 2.4,
        }
        axes.legend(lines, ("forward", "central"), loc="upper center", **look)

    def moving(self, axes: Axes) -> Sequence[Artist]:
        """Both curves, the chosen step and the errors there."""
        looks = style.SERIES[:2]
        self._curves = [axes.add_line(Line2D([], [], lw=2, color=color, ls=dash)) for color, dash in looks]
        self._chosen = axes.add_line(Line2D([], [], color=style.INK, lw=1.2))
        self._dots = [dot(axes), dot(axes)]
        self._dots[1].set(marker="s", markersize=8)
        return [*self._curves, self._chosen, *self._dots]

    def show(self, scene: DifferenceScene) -> None:
        """Draw one scene."""
        for curve, mark, kind in zip(self._curves, self._dots, scene.errors, strict=True):
            curve.set_data(np.log10(scene.steps), _height(scene.errors[kind]))
            mark.set_data([scene.exponent], [_height(scene.chosen[kind])])
        self._chosen.set_data([scene.exponent] * 2, [-16.6, 1])


def _height(error: Any) -> Any:
    return np.log10(np.maximum(np.nan_to_num(error, nan=_LOWEST), _LOWEST))


def finite_difference_error(
    f: Any, at: Pair = (1, 1), variables: Iterable[Symbol] | None = None
) -> FiniteDifferenceError:
    """Show how wrong the forward and the central difference of `f` at a point are, for every step h.

    Choose h by dragging, by its slider or with the arrow keys. Raises `ValueError` where f has no gradient.
    """
    return FiniteDifferenceError(f, at, variables)
