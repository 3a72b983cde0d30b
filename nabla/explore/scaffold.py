"""The box around a picture of space: its walls behind, and numbers and names beside its outer edges.

Labels move with every turn of the view, and laying out text costs most of such a frame. So each label becomes a
path once, and all of them are drawn in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D

from nabla.explore import style
from nabla.explore.camera import Camera, Cuboid
from nabla.explore.plane import Floats

_FLOOR, _WALL = "#f4f7f9", "#d3dce4"
_SHORT = 0.3
"""An edge that is drawn shorter than this, in half widths of the box, has no numbers."""


class Labels:
    """Short texts, each with its middle at a place; `put` takes text, place and whether it is a name."""

    def __init__(self, axes: Axes, color: str = style.FAINT) -> None:
        self._color = color
        figure: Any = axes.figure
        points = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
        self.artist: Any = PathCollection([], offsets=np.zeros((0, 2)), offset_transform=axes.transData, linewidths=0)
        self.artist.set_transform(points)
        axes.add_collection(self.artist, autolim=False)
        self._known: dict[tuple[str, bool], Path] = {}
        self.texts: list[str] = []

    def put(self, labels: Sequence[tuple[str, Floats, bool]]) -> None:
        """Draw these labels, and no others."""
        self.texts = [text for text, _, _ in labels]
        self.artist.set_paths([self._path(text, is_name) for text, _, is_name in labels])
        self.artist.set_offsets(np.array([place for _, place, _ in labels]).reshape(-1, 2))
        self.artist.set_facecolor([style.INK if is_name else self._color for _, _, is_name in labels])

    def _path(self, text: str, is_name: bool) -> Path:
        key = (text, is_name)
        if key not in self._known:
            if len(self._known) > 500:  # a long zoom meets ever new numbers
                self._known.clear()
            font = FontProperties(style="italic" if is_name else "normal")
            path = TextPath((0, 0), text, size=style.TITLE if is_name else style.SMALL, prop=font)
            box = path.get_extents()
            height = style.SMALL * 0.73 if not is_name else style.TITLE * 0.56  # of a figure, of a small letter
            self._known[key] = path.transformed(Affine2D().translate(-(box.x0 + box.x1) / 2, -height / 2))
        return self._known[key]


class Scaffold:
    """Walls, ticks and names; `unit` is the length of a pixel in half widths of the box."""

    def __init__(self, axes: Axes, unit: float, names: Sequence[str]) -> None:
        self._unit, self._names = unit, names
        self._floor: Any = PolyCollection([], facecolors=_FLOOR, edgecolors="none")
        self._walls: Any = LineCollection([], colors=_WALL, linewidths=0.8)
        for each in (self._floor, self._walls):
            axes.add_collection(each, autolim=False)
        self.labels = Labels(axes)
        self.artists: list[Artist] = [self._floor, self._walls, self.labels.artist]

    def put(self, camera: Camera, box: Cuboid) -> None:
        """Draw the walls behind, the floor or the ceiling, whichever is behind, and the ticks."""
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
        labels: list[tuple[str, Floats, bool]] = []
        for axis, (edge, outwards) in enumerate(_edges(camera, back)):
            if float(np.linalg.norm(camera.flat(np.eye(3)[axis]))) > _SHORT:
                lines += self._label(axis, edge, outwards, camera, box, labels)
        self._walls.set_segments([camera.flat(np.array(ends)) for ends in lines])
        self.labels.put(labels)

    def _label(
        self,
        axis: int,
        edge: Floats,
        outwards: Floats,
        camera: Camera,
        box: Cuboid,
        labels: list[tuple[str, Floats, bool]],
    ) -> list[tuple[Floats, Floats]]:
        """Add the numbers and the name of one axis to the labels; return its lines over the floor."""
        places, texts = _ticks(float(box.low[axis]), float(box.high[axis]))
        lines, along, up = [], np.eye(3)[axis], -1 if camera.towards[2] >= 0 else 1
        for inside, text in zip((places - box.middle[axis]) * box.stretch[axis], texts, strict=True):
            at = edge + inside * along
            # The last number upwards, next to the floor, would stand on the last one along it.
            if axis < 2 or -inside * up > 0.12 - box.tall:
                away = self._unit * outwards * (8 + abs(outwards[0]) * (3 + 3.2 * len(text)))
                labels.append((text, camera.flat(at) + away, False))
            if axis < 2:
                lines.append((at, at * _across(axis)))
        aside = outwards * (24 + abs(outwards[0]) * 6.4 * max(map(len, texts), default=1))
        end = camera.flat(edge - up * box.tall * along) + self._unit * np.array([-4, -22 * up])
        beside = camera.flat(edge) + self._unit * aside
        labels.append((self._names[axis], end if axis == 2 else beside, True))
        return lines


def _edges(camera: Camera, back: Floats) -> list[tuple[Floats, Floats]]:
    """The middles of the edges that carry the numbers of x, y and z, and the way outwards from each on paper."""
    edges = []
    for middle, outwards in (
        ((0, -back[1], back[2]), (0, -np.sign(back[1]), 0.0)),
        ((-back[0], 0, back[2]), (-np.sign(back[0]), 0, 0.0)),
    ):
        away = camera.flat(np.array(outwards))
        length = float(np.linalg.norm(away))
        edges.append((np.array(middle), away / length if length > 0.05 else np.array([0.0, -1.0])))
    sides = [np.array([x, y, 0.0]) for x in (-1, 1) for y in (-1, 1)]
    left = min(sides, key=lambda side: float(camera.flat(side)[0]))
    return [*edges, (left, np.array([-1.0, 0.0]))]


def _across(axis: int) -> Floats:
    """What turns a place on a front edge into the one opposite."""
    return np.array([1, -1, 1]) if axis == 0 else np.array([-1, 1, 1])


def _ticks(low: float, high: float) -> tuple[Floats, list[str]]:
    """Round numbers between two ends, and as many decimals as it takes to tell them apart."""
    places = np.asarray(MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(low, high))
    slack = 1e-6 * (high - low)
    places = places[(places >= low - slack) & (places <= high + slack)]
    step = places[1] - places[0] if len(places) > 1 else 1.0
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return places, [f"{p + 0.0:.{decimals}f}".replace("-", "−") for p in np.round(places, decimals)]
