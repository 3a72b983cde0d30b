"""Marks that move: an arrow, the mark of a right angle. Made of the plainest artists, which draw fastest.

Sizes are in pixels of a picture at scale 1. They need axes of equal scale, and `unit`, the length of a pixel in
data coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from nabla.explore.plane import Floats, Window
from nabla.explore.style import PAPER, TITLE

Pair = tuple[float, float]

_POINT = 72 / 100
"""Points in a pixel, at the 100 pixels an inch of scale 1."""


class Arrow:
    """An arrow with a white edge, so that it stands out from lines it crosses, and an optional name at its tip."""

    def __init__(
        self, axes: Axes, unit: float, window: Window, color: str, dash: Any = "solid", name: str = "", width: float = 3
    ) -> None:
        self._unit, self._window, self._width = unit, window, width
        halo = {"color": PAPER, "lw": (width + 3) * _POINT, "solid_capstyle": "round", "clip_on": False}
        shaft = {"color": color, "lw": width * _POINT, "solid_capstyle": "butt", "clip_on": False}
        self._halo = axes.add_line(Line2D([], [], **halo))
        self._shaft = axes.add_line(Line2D([], [], ls=dash, **shaft))
        self._head = axes.add_patch(
            Polygon(np.zeros((3, 2)), facecolor=color, edgecolor=PAPER, lw=1.2 * _POINT, clip_on=False)
        )
        self._name = axes.text(
            0, 0, name, color=color, fontsize=TITLE, fontweight="bold", ha="center", va="center", clip_on=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        )  # fmt: skip
        self.artists: Sequence[Artist] = (self._halo, self._shaft, self._head, self._name)

    @property
    def ends(self) -> tuple[Pair, Pair]:
        """Tail and tip as drawn, in data coordinates."""
        x, y = self._halo.get_data()
        return (float(x[0]), float(y[0])), tuple(map(float, self._head.get_xy()[0]))  # type: ignore[return-value]

    def put(self, tail: Pair, vector: Pair) -> None:
        """Draw from `tail` by `vector`, both in data coordinates; a zero or undefined vector hides the arrow."""
        length = float(np.hypot(*vector))
        visible = bool(np.isfinite(length) and length > 0.5 * self._unit)
        for artist in self.artists:
            artist.set_visible(visible)
        if not visible:
            return
        start, along = np.array(tail), np.array(vector) / length
        head = min(4.2 * self._width * self._unit, length)
        outline = arrow_head(start + np.array(vector), along, head, 0.42 * head)
        neck = start + along * (length - 0.9 * head)
        for line in (self._halo, self._shaft):
            line.set_data([start[0], neck[0]], [start[1], neck[1]])
        self._head.set_xy(outline)
        self._name.set_position(self._beside(start + np.array(vector) + 17 * self._unit * along))

    def _beside(self, place: Floats) -> Pair:
        """A place for the name, kept within the window."""
        w, margin = self._window, 12 * self._unit
        return (
            float(np.clip(place[0], w.left + 2 * margin, w.right - 2 * margin)),
            float(np.clip(place[1], w.bottom + margin, w.top - margin)),
        )


def arrow_head(tip: Floats, along: Floats, length: float, half_width: float) -> Floats:
    """Return the three corners of an arrow head, shape (3, 2), the tip first."""
    across = np.array([-along[1], along[0]])
    base = tip - along * length
    return np.array([tip, base + across * half_width, base - across * half_width])


def right_angle(corner: Pair, along: Pair, size: float) -> tuple[Floats, Floats]:
    """Return the x and y of the small square that marks a right angle between `along` and its left-hand side.

    >>> right_angle((0, 0), (2, 0), size=1)
    (array([1., 1., 0.]), array([0., 1., 1.]))
    """
    u = np.array(along, dtype=float) / np.hypot(*along) * size
    v = np.array([-u[1], u[0]])
    places = np.array([u, u + v, v]) + np.array(corner, dtype=float)
    return places[:, 0], places[:, 1]
