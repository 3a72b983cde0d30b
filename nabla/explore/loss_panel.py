"""The loss against the step, on a scale of powers of ten that has room for 0 and for what runs away."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from nabla.explore import style
from nabla.explore.panels import Box, panel
from nabla.explore.plane import Floats
from nabla.explore.words import number

_DECADES = 7
"""Powers of ten that the axis shows on either side of zero."""


class LossScale:
    """Where a loss stands on the axis: linear near zero, by powers of ten beyond `unit` either way.

    >>> scale = LossScale(low=0, high=900)
    >>> scale.ticks
    (0.0, 0.01, 1.0, 100.0, 10000.0)
    >>> bool(scale.place(1000) - scale.place(100) == scale.place(100) - scale.place(10))
    True
    """

    def __init__(self, low: float, high: float) -> None:
        largest = max(abs(low), abs(high)) or 1.0
        self.unit = 10.0 ** (int(np.ceil(np.log10(largest))) - _DECADES + 1)
        self.signed = low < -0.1 * self.unit

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        return (-_DECADES - 1.4 if self.signed else -0.4), _DECADES + 1.4

    @property
    def ticks(self) -> tuple[float, ...]:
        """0 and every second power of ten."""
        powers = [float(f"{self.unit * 10.0**k:.0e}") for k in range(1, _DECADES + 1, 2)]
        return (*(-t for t in powers[:0:-1] if self.signed), 0.0, *powers)

    def place(self, loss: Any) -> Floats:
        """Return how high on the axis, in powers of ten from 0; what runs away lies beyond its ends."""
        size = np.abs(np.asarray(loss, dtype=float)) / self.unit
        place = np.where(size < 1, size, 1 + np.log10(np.clip(size, 1, 1e20)))
        return np.where(np.isnan(size), np.nan, np.sign(loss) * place)


def loss_panel(figure: Figure, box: Box, scale: LossScale, steps: int, title: str = "f after each step") -> Axes:
    """Make the panel for a number of steps."""
    axes = panel(figure, box, title, "step")
    places = scale.place(scale.ticks).tolist()
    axes.set(xlim=(0, steps), ylim=scale.ends)
    axes.yaxis.set_major_locator(FixedLocator(places))
    names = dict(zip(places, scale.ticks, strict=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda place, _: number(names.get(place, np.nan))))
    axes.grid(axis="y", color=style.HEIGHTS(0.5), lw=0.8)
    axes.set_axisbelow(True)
    return axes
