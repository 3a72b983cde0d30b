"""Marks that move: an arrow, the mark of a right angle. Made of the plainest artists, which draw fastest.

Sizes are in pixels of a picture at scale 1. They need axes of equal scale, and `unit`, the length of a
pixel in data coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from nabla.explore.lettering import lettering
from nabla.explore.plane import Floats, Window
from nabla.explore.style import INK, PAPER, TITLE

Pair = tuple[float, float]

_POINT = 72 / 100
"""Points in a pixel, at the 100 pixels an inch of scale 1."""
_SHAFT = 3.0
"""The width of an arrow's shaft in pixels."""
_CLOSE = 0.8
"""Arrows with a greater cosine between them would stand in the way of each other's names."""


class Arrow:
    """An arrow with a white edge, to stand out from lines that it crosses, and with a name at its tip."""

    def __init__(
        self, axes: Axes, unit: float, window: Window, color: str, dash: Any = "solid", name: str = ""
    ) -> None:
        self._unit, self._window = unit, window
        self._half_name = 4 + 5 * len(name)  # pixels, about half the width of the name
        halo: dict[str, Any] = {
            "color": PAPER,
            "lw": (_SHAFT + 3) * _POINT,
            "solid_capstyle": "round",
            "clip_on": False,
        }
        shaft: dict[str, Any] = {"color": color, "lw": _SHAFT * _POINT, "solid_capstyle": "butt", "clip_on": False}
        self._halo, self._shaft = Line2D([], [], **halo), Line2D([], [], ls=dash, **shaft)
        edge: dict[str, Any] = {"edgecolor": PAPER, "linewidth": 1.2 * _POINT}
        self._head = Polygon(np.zeros((3, 2)), facecolor=color, clip_on=False, **edge)
        label: dict[str, Any] = {
            "color": color,
            "fontsize": TITLE,
            "fontweight": "bold",
            "ha": "center",
            "va": "center",
        }
        self._name = lettering(axes, 0, 0, name, backing=0.75, **label)
        self.artists: Sequence[Artist] = (self._halo, self._shaft, self._head, self._name)
        for drawn in (self._halo, self._shaft, self._head):
            axes.add_artist(drawn)
        for order, artist in enumerate(self.artists):
            artist.set_zorder(3 + order / 10)

    @property
    def ends(self) -> tuple[Pair, Pair]:
        """Tail and tip as drawn, in data coordinates."""
        x, y = self._halo.get_data()
        tip = np.asarray(self._head.get_xy())[0]
        return (float(np.asarray(x)[0]), float(np.asarray(y)[0])), (float(tip[0]), float(tip[1]))

    def put(self, tail: Pair, vector: Pair, beside: Pair | None = None) -> None:
        """Draw from `tail` by `vector`, in data coordinates; a zero or undefined vector hides the arrow.

        `beside` is another arrow from the same tail: if it points nearly the same way, the name keeps clear of it.
        """
        length = float(np.hypot(*vector))
        visible = bool(np.isfinite(length) and length > 0.5 * self._unit)
        for artist in self.artists:
            artist.set_visible(visible)
        if not visible:
            return
        start, along = np.array(tail), np.array(vector) / length
        head = min(4.2 * _SHAFT * self._unit, length)
        outline = arrow_head(start + np.array(vector), along, head, 0.42 * head)
        neck = start + along * (length - 0.9 * head)
        for line in (self._halo, self._shaft):
            line.set_data([start[0], neck[0]], [start[1], neck[1]])
        self._head.set_xy(outline)
        self._name.set_position(self._place_of_name(start + np.array(vector), along, beside))

    def _place_of_name(self, tip: Floats, along: Floats, beside_it: Pair | None = None) -> Pair:
        """Beyond the tip, or beside it where that would leave the window or meet another arrow."""
        right = np.array([along[1], -along[0]])
        beyond = 16 + abs(along[0]) * (self._half_name - 12)
        beside = 16 + abs(right[0]) * (self._half_name - 6)
        shifts = [(beyond, 0), (-12, beside), (-12, -beside)]
        if beside_it is not None and np.dot(along, beside_it) > _CLOSE * np.hypot(*beside_it):
            clear = -beside if np.dot(right, beside_it) > 0 else beside
            shifts = [(-12, clear), (beyond, 0), (-12, -clear)]
        places = [tip + self._unit * (ahead * along + aside * right) for ahead, aside in shifts]
        x, y = next((p for p in places if self._fits(p)), places[0])
        return float(x), float(y)

    def _fits(self, place: Floats) -> bool:
        w, (x, y) = self._window, place
        side, edge = self._half_name * self._unit, 10 * self._unit
        return bool(w.left + side < x < w.right - side and w.bottom + edge < y < w.top - edge)


def dot(axes: Axes) -> Line2D:
    """Make the mark of a point, above everything else."""
    style: dict[str, Any] = {"marker": "o", "ms": 9, "mfc": INK, "mec": PAPER, "mew": 1.6}
    return axes.add_line(Line2D([], [], clip_on=False, zorder=5, **style))


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
