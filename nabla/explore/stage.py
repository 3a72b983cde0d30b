"""A box of space drawn on ordinary axes: its walls, its ticks, and painted pieces within.

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
from matplotlib.ticker import MaxNLocator

from nabla.explore import style
from nabla.explore.camera import Camera, Cuboid
from nabla.explore.pieces import Pieces
from nabla.explore.plane import Floats

_REACH = 1.78
"""How far, in half widths of the box, the drawing reaches to each side."""
_TICKS = 6
_FLOOR = "#f4f7f9"
_WALL = "#d3dce4"


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
        self._floor: Any = PolyCollection([], facecolors=_FLOOR, edgecolors="none")
        self._walls: Any = LineCollection([], colors=_WALL, linewidths=0.8)
        self._paint: Any = PolyCollection([])
        # Only the part of a line that something hides is seen of this: the rest is painted over with the same.
        self._hidden: Any = LineCollection([], linewidths=1.3, linestyles=[(0, (1, 2))])
        for each in (self._floor, self._walls, self._paint, self._hidden):
            axes.add_collection(each, autolim=False)
        self._paint.set(capstyle="butt", joinstyle="bevel")
        tick: dict[str, Any] = {"fontsize": style.SMALL, "color": style.FAINT, "parse_math": False}
        name: dict[str, Any] = {"fontsize": style.TITLE, "color": style.INK, "parse_math": False}
        middle: dict[str, Any] = {"ha": "center", "va": "center"}
        self._ticks: list[Any] = [axes.text(0, 0, "", **tick, **middle) for _ in range(3 * _TICKS)]
        self._titles: list[Any] = [axes.text(0, 0, text, fontstyle="italic", **name, **middle) for text in names]
        dot: dict[str, Any] = {"marker": "o", "ms": 8, "mfc": style.INK, "mec": style.PAPER, "mew": 1.5}
        self._dot = axes.add_line(Line2D([], [], **dot))

    @property
    def artists(self) -> list[Artist]:
        """All that moves, in the order of drawing."""
        solid = [self._floor, self._walls, self._paint, self._hidden, self._dot]
        return [*solid, *self._ticks, *self._titles]

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
        self._put_box(camera, box)
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

    def _put_box(self, camera: Camera, box: Cuboid) -> None:
        """Walls behind, the floor or the ceiling, whichever is behind, and ticks on the outer edges."""
        t = box.tall
        back = -np.where(camera.towards < 0, -1, 1) * np.array([1, 1, t])
        bottom = float(back[2])
        floor = np.array([[x, y, bottom] for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
        self._floor.set_verts([camera.flat(floor)])
        lines = [*zip(floor, np.roll(floor, -1, axis=0), strict=True)]
        for x, y in ((back[0], back[1]), (back[0], -back[1]), (-back[0], back[1])):
            lines.append((np.array([x, y, -t]), np.array([x, y, t])))
        for x, y in ((back[0], -back[1]), (-back[0], back[1])):
            lines.append((np.array([back[0], back[1], -bottom]), np.array([x, y, -bottom])))
        lines += self._put_ticks(camera, box, back)
        self._walls.set_segments([camera.flat(np.array(ends)) for ends in lines])

    def _put_ticks(self, camera: Camera, box: Cuboid, back: Floats) -> list[tuple[Floats, Floats]]:
        """Put numbers and names beside three outer edges; return the lines over the floor."""
        bottom, lines = float(back[2]), []
        sides = [(x, y) for x in (-1, 1) for y in (-1, 1)]
        left = min(sides, key=lambda side: float(camera.flat(np.array([*side, 0.0]))[0]))
        edges = [
            (np.array([0, -back[1], bottom]), np.array([0, -np.sign(back[1]), 0.0])),
            (np.array([-back[0], 0, bottom]), np.array([-np.sign(back[0]), 0, 0.0])),
            (np.array([*left, 0.0]), None),
        ]
        for axis, (edge, outwards) in enumerate(edges):
            away = camera.flat(outwards) if outwards is not None else np.array([-1.0, 0.0])
            length = float(np.linalg.norm(camera.flat(np.eye(3)[axis])))
            shown = length > 0.3
            away = away / max(float(np.linalg.norm(away)), 1e-9) if np.linalg.norm(away) > 0.05 else np.array([0, -1.0])
            places, texts = _ticks(float(box.low[axis]), float(box.high[axis]))
            inside = (places - box.middle[axis]) * box.stretch[axis]
            for i, label in enumerate(self._ticks[axis * _TICKS : (axis + 1) * _TICKS]):
                # The lowest number upwards would stand on the last one along the floor.
                label.set_visible(shown and i < len(places) and (axis < 2 or inside[i] > 0.12 - box.tall))
                if i < len(places):
                    at = edge + inside[i] * np.eye(3)[axis]
                    width = 3 + 3.2 * len(texts[i])
                    label.set_position(camera.flat(at) + self.unit * away * (8 + abs(away[0]) * width))
                    label.set_text(texts[i])
                    if axis < 2:
                        lines.append((at, at * _across(axis)))
            longest = max(map(len, texts), default=1)
            title = self._titles[axis]
            title.set_visible(shown)
            end = camera.flat(edge + (box.tall * np.eye(3)[2] if axis == 2 else 0))
            title.set_position(
                end + self.unit * (np.array([-4, 22]) if axis == 2 else away * (24 + abs(away[0]) * 6.4 * longest))
            )
        return lines


def _across(axis: int) -> Floats:
    """What turns a place on a front edge into the one opposite."""
    return np.array([1, -1, 1]) if axis == 0 else np.array([-1, 1, 1])


def _ticks(low: float, high: float) -> tuple[Floats, list[str]]:
    """Round numbers between two ends, and as many decimals as it takes to tell them apart."""
    places = np.asarray(MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(low, high))
    slack = 1e-6 * (high - low)
    places = places[(places >= low - slack) & (places <= high + slack)][:_TICKS]
    step = places[1] - places[0] if len(places) > 1 else 1.0
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return places, [f"{p + 0.0:.{decimals}f}".replace("-", "−") for p in np.round(places, decimals)]
