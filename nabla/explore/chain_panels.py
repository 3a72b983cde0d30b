"""Beside the bug's map: the two contributions as bars that add up, and the tree with values on its edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text

from nabla.explore import style
from nabla.explore.lettering import lettering
from nabla.explore.marks import Pair
from nabla.explore.panels import Box, panel
from nabla.explore.words import number

Letters = tuple[str, str, str]
"""The names of both coordinates and of the parameter."""


class Bars:
    """Two bars of which the second starts where the first ends, and a third for their sum."""

    def __init__(self, figure: Figure, box: Box, letters: Letters, largest: float) -> None:
        x, y, t = letters
        self.axes = panel(figure, box, "contributions")
        self.axes.set(xlim=(-0.6, 2.6), ylim=(-1.25 * largest, 1.25 * largest), xticks=(0, 1, 2))
        names = (f"via {x}", f"via {y}", f"df/d{t}")
        self.axes.set_xticklabels(names, parse_math=False, color=style.INK)
        self.axes.tick_params(axis="x", length=0)
        self.axes.spines["bottom"].set_visible(False)
        self.axes.axhline(0, color=style.HAIRLINE, lw=0.9)
        looks: list[dict[str, Any]] = [
            {"facecolor": style.GRADIENT},
            {"facecolor": style.PAPER, "edgecolor": style.OTHER, "hatch": "////", "linewidth": 1.4},
            {"facecolor": style.INK},
        ]
        self._bars = [self.axes.add_patch(Rectangle((k - 0.36, 0), 0.72, 0, **look)) for k, look in enumerate(looks)]
        steps: dict[str, Any] = {"color": style.INK, "lw": 1, "ls": (0, (2, 2))}
        self._steps = [self.axes.plot([], [], **steps)[0] for _ in range(2)]
        text: dict[str, Any] = {"ha": "center", "fontsize": style.SMALL, "color": style.INK}
        self._values = [lettering(self.axes, k, 0, **text) for k in range(3)]
        self._gap = 0.05 * largest
        self.artists: Sequence[Artist] = [*self._steps, *self._bars, *self._values]

    def put(self, parts: Pair) -> None:
        """Show two contributions and their sum."""
        first, second = (part if np.isfinite(part) else 0.0 for part in parts)
        total = first + second
        ends = ((0.0, first), (first, total), (0.0, total))
        for bar, text, (low, high) in zip(self._bars, self._values, ends, strict=True):
            bar.set(y=low, height=high - low)
            up = high >= low
            text.set(text=_short(high - low), y=high + (self._gap if up else -self._gap), va="bottom" if up else "top")
        self._steps[0].set_data([-0.36, 1.36], [first, first])
        self._steps[1].set_data([0.64, 2.36], [total, total])


class Tree:
    """f above x and y above t, each edge with the value of its factor."""

    def __init__(self, figure: Figure, box: Box, letters: Letters) -> None:
        x, y, t = letters
        self.axes = figure.add_axes(box.fractions(figure))
        self.axes.set(xlim=(0, box.width), ylim=(0, box.height))
        self.axes.set_axis_off()
        middle, radius = box.width / 2, 13.0
        rows = (box.height - radius - 2, box.height / 2, radius + 2)
        places = {"f": (middle, rows[0]), x: (middle - 48, rows[1]), y: (middle + 48, rows[1]), t: (middle, rows[2])}
        for letter, place in places.items():
            look: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 1.3, "zorder": 3}
            self.axes.add_patch(Circle(place, radius, **look))
            self.axes.text(*place, style.typeset(letter), ha="center", va="center", fontsize=style.TEXT, zorder=4)
        self._values: list[Text] = []
        for above, below, color in (
            ("f", x, style.GRADIENT),
            ("f", y, style.OTHER),
            (x, t, style.GRADIENT),
            (y, t, style.OTHER),
        ):
            (x0, y0), (x1, y1) = places[above], places[below]
            self.axes.plot([x0, x1], [y0, y1], color=color, lw=1.8, ls="-" if x in (above, below) else (0, (4, 1.6)))
            left = x in (above, below)
            text: dict[str, Any] = {"ha": "right" if left else "left", "va": "center"}
            place = (x0 + x1) / 2 + (-12 if left else 12), (y0 + y1) / 2
            self._values.append(lettering(self.axes, *place, fontsize=style.SMALL, color=color, **text))
        self._names = (f"∂f/∂{x}", f"∂f/∂{y}", f"d{x}/d{t}", f"d{y}/d{t}")
        self.artists: Sequence[Artist] = self._values

    def put(self, gradient: Pair, velocity: Pair) -> None:
        """Write the four factors."""
        for text, name, value in zip(self._values, self._names, (*gradient, *velocity), strict=True):
            text.set_text(f"{name}\n= {_short(value)}")


def _short(value: float) -> str:
    return number(0.0 if abs(value) < 1e-12 else value, 3)
