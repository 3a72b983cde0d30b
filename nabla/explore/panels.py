"""Several axes in one picture: boxes in pixels, and quiet axes to put in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nabla.explore import style
from nabla.explore.canvas import WIDTH
from nabla.explore.words import power_of_ten


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture in pixels at scale 1, from the top left.

    >>> Box(54, 48, 300, 200).bottom
    248
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def fractions(self, figure: Figure) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height as matplotlib takes them."""
        across, up = figure.get_size_inches() * WIDTH / figure.get_size_inches()[0]
        return self.left / across, 1 - self.bottom / up, self.width / across, self.height / up


MAP_ROOM = Box(50, 48, 318, 340)
"""Where the map stands in a picture that has curves beside it."""
BESIDE = Box(442, 48, 176, 318)
"""Where the curves stand, right of the map, with room for their ticks."""
BELOW = 54
"""Pixels below the lowest axes, for ticks and the name of the axis."""


def panel(figure: Figure, box: Box, title: str, across: str = "") -> Axes:
    """Make axes in a box with a title above their left edge and a name below their right end."""
    axes = figure.add_axes(box.fractions(figure))
    for name, spine in axes.spines.items():
        spine.set(visible=name in {"left", "bottom"}, color=style.HAIRLINE, linewidth=0.9)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.tick_params(length=3, color=style.HAIRLINE, pad=4, labelsize=style.SMALL, labelcolor=style.FAINT)
    label: dict[str, Any] = {"color": style.INK, "fontsize": style.TEXT}
    axes.set_title(title, loc="left", pad=8, parse_math=True, **label)
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "annotation_clip": False}
    axes.annotate(across, (1, 0), (0, -20), ha="right", va="top", **place, **label)
    return axes


def thin_frame(*panels: Axes) -> None:
    """Give axes a thin, quiet frame."""
    for axes in panels:
        for spine in axes.spines.values():
            spine.set(color="#c3cdd6", linewidth=0.8)


def value_range(values: Any, margin: float = 0.08) -> tuple[float, float]:
    """Return limits for an axis that hold all finite values, or nearly all where a few run off to a pole.

    >>> value_range([0, 1, float("nan")], margin=0.5)
    (-0.5, 1.5)
    """
    finite = np.asarray(values, dtype=float)
    finite = finite[np.isfinite(finite)]
    if finite.size == 0:
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    usual = np.quantile(finite, [0.03, 0.97])
    if high - low > 20 * (usual[1] - usual[0]) > 0:
        low, high = usual.tolist()
    pad = margin * (high - low) or (abs(high) or 1.0) * 0.1 * (high == low)
    return low - pad, high + pad


def powers(axis: Any, exponents: Any) -> None:
    """Name places on an axis of exponents by the powers of ten that they stand for."""
    axis.set_ticks([float(k) for k in exponents], [power_of_ten(k) for k in exponents])
