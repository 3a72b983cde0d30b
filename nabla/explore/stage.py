"""A box of space drawn on ordinary axes, and painted pieces within.

It is much faster than matplotlib's own 3-D axes, and its hidden parts are truly hidden (see `pieces`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from nabla.explore import style
from nabla.explore.camera import Camera, Cuboid
from nabla.explore.pieces import Pieces
from nabla.explore.plane import Floats
from nabla.explore.scaffold import Scaffold

_REACH = 1.78
"""How far, in half widths of the box, the drawing reaches to each side."""


class Stage:
    """Axes on which a box of space is drawn; `area` is left, bottom, width and height in pixels."""

    def __init__(self, figure: Figure, area: tuple[float, float, float, float], names: Sequence[str]) -> None:
        width, height = figure.get_size_inches() * 100
        left, bottom, across, up = area
        axes = figure.add_axes((left / width, bottom / height, across / width, up / height))
        axes.set(xlim=(-_REACH, _REACH), ylim=(-_REACH * up / across, _REACH * up / across))
        axes.set_axis_off()
        self.axes, self.unit = axes, 2 * _REACH / across
        """The axes, and the length of a pixel on paper in half widths of the box."""
        self.scaffold = Scaffold(axes, self.unit, names)
        self._paint: Any = PolyCollection([])
        # Only the part of a line that something hides is seen of this: the rest is painted over with the same.
        self._hidden: Any = LineCollection([], linewidths=1.3, linestyles=[(0, (1, 2))])
        for each in (self._paint, self._hidden):
            axes.add_collection(each, autolim=False)
        self._paint.set(capstyle="butt", joinstyle="bevel")
        dot: dict[str, Any] = {"marker": "o", "ms": 8, "mfc": style.INK, "mec": style.PAPER, "mew": 1.5}
        self._dot = axes.add_line(Line2D([], [], **dot))

    @property
    def artists(self) -> list[Artist]:
        """All that moves, in the order of drawing."""
        return [*self.scaffold.artists, self._paint, self._hidden, self._dot]

    def put(
        self,
        painted: Pieces,
        camera: Camera,
        box: Cuboid,
        dot: Floats | None = None,
        ring: bool = False,
        seen_through: Sequence[tuple[Floats, Floats, str]] = (),
    ) -> None:
        """Draw pieces in the order they have, a dot or a ring, and lines that are dotted where they are hidden.

        All places are in the box's own coordinates; a line is its two ends and its colour.
        """
        self.scaffold.put(camera, box)
        self._paint.set_verts(camera.flat(painted.corners))
        self._paint.set_facecolor(painted.fills)
        self._paint.set_edgecolor(painted.edges)
        self._paint.set_linewidth(painted.widths)
        self._paint.set_antialiased(painted.widths > 0)
        self._hidden.set_segments([camera.flat(np.array(ends)) for *ends, _ in seen_through])
        self._hidden.set_color([to_rgba(color, 0.8) for *_, color in seen_through])
        self._dot.set_visible(dot is not None)
        if dot is not None:
            x, y = camera.flat(dot)
            self._dot.set_data([x], [y])
            self._dot.set(fillstyle="none" if ring else "full", mec=style.INK if ring else style.PAPER)

    def bead(self, place: Floats, camera: Camera) -> Pieces:
        """A dot that the surface can hide; a ring over it, drawn by `put`, shows where it is all the same."""
        turns = 2 * np.pi * np.arange(7) / 7
        around = 4.6 * self.unit * np.column_stack([np.cos(turns), np.sin(turns)]) @ camera.screen
        return Pieces.of(place + around[None], style.INK, style.PAPER, width=1.5, lift=0.3)

    def arrow(self, tail: Floats, vector: Floats, camera: Camera, color: str, width: float = 2.6) -> Pieces:
        """Pieces of an arrow with a white edge: its shaft, in short strokes, and its head, which faces the eye."""
        tip = tail + vector
        flat = camera.flat(vector)
        length = float(np.linalg.norm(flat))
        if length < 3 * self.unit:
            return Pieces.of(np.zeros((0, 4, 3)))
        head = min(13 * self.unit, 0.8 * length)
        along, across = vector / length, camera.screen.T @ np.array([-flat[1], flat[0]]) / length
        neck = tip - head * along
        stops = tail + np.linspace(0, 1, 15)[:, None] * (neck + 0.1 * head * along - tail)
        shaft = np.stack([stops[:-1], stops[1:]], axis=1)
        corners = np.array([[tip, neck + 0.4 * head * across, neck - 0.4 * head * across]])
        return Pieces.joined(
            [
                Pieces.strokes(shaft, style.PAPER, width + 2, lift=0.02),
                Pieces.strokes(shaft, color, width, lift=0.14),
                Pieces.of(corners, color, style.PAPER, width=0.8, lift=0.16),
            ]
        )
