"""Still picture: a level surface around a point of it, with a plane or a straight line that should fit it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.ticker import MaxNLocator
from mpl_toolkits.mplot3d.art3d import Poly3DCollection
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.mesh import Nets
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats
from nabla.explore.spatial import SpaceFunction, Triple

_HEIGHT, _CELLS = 470, 20
_LIGHT = np.array([0.3, -0.5, 0.8])


@dataclass(frozen=True)
class SpaceScene:
    """A point, the gradient there, and the student's plane or line: the way that it lies, and a place on it."""

    point: Triple
    gradient: Triple
    shape: str = ""
    """"plane", with its normal as the way, or "line", with its direction; "" without either."""
    way: Triple = (0.0, 0.0, 0.0)
    place: Triple = (0.0, 0.0, 0.0)

    @property
    def gap(self) -> float:
        """How far the point is from the plane or the line."""
        to = np.array(self.point) - np.array(self.place)
        unit = np.array(self.way) / np.linalg.norm(self.way)
        return float(abs(to @ unit) if self.shape == "plane" else np.linalg.norm(np.cross(to, unit)))

    @property
    def angle(self) -> float:
        """The angle in degrees, from 0 to 90, between the way and the gradient."""
        lengths = np.linalg.norm(self.way) * np.linalg.norm(self.gradient)
        sine = np.linalg.norm(np.cross(self.way, self.gradient)) / lengths
        return float(np.degrees(np.arcsin(min(1.0, float(sine)))))

    def describe(self) -> str:
        """How plane or line meet the surface.

        >>> SpaceScene((1.0, 2.0, 3.0), (2.0, 4.0, 6.0), "plane", (1.0, 2.0, 3.0), (1.0, 2.0, 3.0)).describe()
        'The surface around the point (1, 2, 3), and your plane: it touches the surface there.'
        """
        told = f"The surface around the point {words.tuple_of(self.point)}"
        if not self.shape:
            return f"{told}."
        return f"{told}, and your {self.shape}: it {self._meeting()}."

    def _meeting(self) -> str:
        if self.gap > 1e-6:
            return "does not pass through the point"
        if self.angle < 0.05:
            return "touches the surface there" if self.shape == "plane" else "leaves the surface at right angles"
        angle = words.number(self.angle if self.shape == "plane" else 90 - self.angle, 2)
        return f"{'cuts' if self.shape == 'plane' else 'meets'} the surface there at {angle} degrees"


@kept_in_album
def space_picture(
    F: Any,
    at: Sequence[Any],
    plane: tuple[Sequence[Any], Any] | None = None,
    line: tuple[Sequence[Any], Sequence[Any]] | None = None,
    variables: Iterable[Symbol] | None = None,
) -> Picture:
    """Return a picture of the level surface of F through a point, with a plane or a line where there is one.

    `plane` is (normal, constant), for normal · (x, y, z) = constant; `line` is (a point, a direction). Raises
    `ValueError` for an F that is not of three variables or has no value at the point.

    >>> from sympy.abc import x, y, z
    >>> space_picture(x**2 + y**2 + z**2, (1, 2, 3), plane=((1, 2, 3), 14)).words
    'The surface around the point (1, 2, 3), and your plane: it touches the surface there.'
    >>> space_picture(x**2 + y**2 + z**2, (1, 2, 3), line=((1, 2, 3), (2, 4, 6))).words
    'The surface around the point (1, 2, 3), and your line: it leaves the surface at right angles.'
    """
    function = SpaceFunction.of(F, variables)
    point = _triple(at)
    if not np.isfinite(function.value_at(point)):
        raise ValueError(f"F has no real value at {words.tuple_of(point)}")
    scene = SpaceScene(point, function.gradient_at(point))
    if plane is not None:
        normal = _triple(plane[0])
        foot = float(plane[1]) / float(np.dot(normal, normal)) * np.array(normal)
        scene = SpaceScene(point, scene.gradient, "plane", normal, _triple(foot))
    elif line is not None:
        scene = SpaceScene(point, scene.gradient, "line", _triple(line[1]), _triple(line[0]))
    reach = 1.5
    said = scene.describe()
    formula = str(function.formula).replace("**", "^")
    alt = f"The surface {formula} = {words.number(function.value_at(point))}. {said}"
    return Picture(_drawn(function, scene, reach), said, WIDTH, alt)


def _triple(values: Iterable[Any]) -> Triple:
    x, y, z = (float(value) for value in values)
    return x, y, z


def _drawn(function: SpaceFunction, scene: SpaceScene, reach: float) -> bytes:
    low, high = np.array(scene.point) - reach, np.array(scene.point) + reach
    sides = [np.linspace(a, b, _CELLS + 1) for a, b in zip(low, high, strict=True)]
    values = function.values(*np.meshgrid(*sides, indexing="ij"))
    quads = Nets(values, _triple(low), _triple(high)).quads(function.value_at(scene.point))
    colors = [to_rgba(style.HEIGHTS(0.35 + 0.6 * shade), 0.75) for shade in _shades(quads)]
    edges = [to_rgba(style.HAIRLINE, 0.8)] * len(quads)
    polygons = list(quads)
    if scene.shape == "plane":
        flat = _sheet(scene, low, high)
        polygons += flat
        colors += [to_rgba(style.OTHER, 0.35)] * len(flat)
        edges += [to_rgba(style.OTHER, 0.7)] * len(flat)
    canvas = Canvas(_HEIGHT)
    axes: Any = canvas.figure.add_axes((0.02, 0.02, 0.96, 0.98), projection="3d")
    if polygons:
        axes.add_collection3d(Poly3DCollection(polygons, facecolors=colors, edgecolors=edges, lw=0.5), autolim=False)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), zlim=(low[2], high[2]))
    axes.set_box_aspect((1, 1, 1))
    axes.view_init(elev=22, azim=-52)
    if scene.shape == "line":
        ends = _stretch(scene, low, high)
        if len(ends):
            axes.plot(*ends.T, color=style.OTHER, lw=3, ls=(0, (4, 1)), zorder=9)
    axes.plot(*([c] for c in scene.point), marker="o", ms=8, mfc=style.INK, mec=style.PAPER, zorder=10)
    for axis, name in zip((axes.xaxis, axes.yaxis, axes.zaxis), function.names, strict=True):
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_tick_params(labelsize=style.SMALL, labelcolor=style.FAINT)
        axis.set_label_text(style.typeset(name), fontsize=style.TITLE, color=style.INK)
        axis.pane.set_facecolor(style.PAPER)
        axis.pane.set_edgecolor(style.HAIRLINE)
        axis.line.set_color(style.HAIRLINE)
    axes.grid(visible=False)
    return canvas.frame([], scale=2)


def _shades(quads: Floats) -> Floats:
    """How much light falls on each quad, from 0 to 1."""
    if not len(quads):
        return np.zeros(0)
    normals = np.cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1])
    lengths = np.maximum(np.linalg.norm(normals, axis=1), 1e-12)
    return np.abs(normals @ _LIGHT) / lengths / np.linalg.norm(_LIGHT)


def _sheet(scene: SpaceScene, low: Floats, high: Floats) -> list[Floats]:
    """The plane inside the box, as small squares about the foot of the point, those in the box alone."""
    normal = np.array(scene.way) / np.linalg.norm(scene.way)
    foot = np.array(scene.point) - ((np.array(scene.point) - np.array(scene.place)) @ normal) * normal
    first = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
    first /= np.linalg.norm(first)
    second = np.cross(normal, first)
    half = float((high - low)[0]) * 0.9
    steps = np.linspace(-half, half, 25)
    grid = foot + steps[:, None, None] * first + steps[None, :, None] * second
    cells = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2).reshape(-1, 4, 3)
    inside = ((cells >= low - 1e-9) & (cells <= high + 1e-9)).all(axis=(1, 2))
    return list(cells[inside])


def _stretch(scene: SpaceScene, low: Floats, high: Floats) -> Floats:
    """The part of the line inside the box, shape (k, 3)."""
    way = np.array(scene.way) / np.linalg.norm(scene.way)
    middle = (low + high) / 2
    start = np.array(scene.place) + ((middle - np.array(scene.place)) @ way) * way
    places = start + np.linspace(-1, 1, 121)[:, None] * float(np.linalg.norm(high - low)) / 2 * way
    return places[((places >= low) & (places <= high)).all(axis=1)]
