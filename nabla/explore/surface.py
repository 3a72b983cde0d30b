"""Still picture: the graph of a function over the plane, and a plane that should touch it at a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.ticker import MaxNLocator
from mpl_toolkits.mplot3d.art3d import Poly3DCollection
from sympy import Symbol

from nabla.calculus import evaluate, expression
from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.marks import Pair
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats, PlaneFunction

_HEIGHT = 460
_CELLS = 22
"""Quads along each side; the two sheets are sorted quad by quad, so that a cut between them is a true one."""
TOUCHES = 1e-9
"""Relative difference up to which heights and slopes count as the same."""


@dataclass(frozen=True)
class SurfaceScene:
    """A graph, a point on it, and a plane given by its height as a function; `None` without a plane."""

    f: PlaneFunction
    point: Pair
    plane: PlaneFunction | None
    reach: float

    @property
    def height(self) -> float:
        """The height of the graph above the point."""
        return self.f.value_at(self.point)

    def describe(self) -> str:
        """Where the point is, and how the plane meets the graph there; never the right plane."""
        where = f"The graph of f around the point above {words.tuple_of(self.point)}"
        if self.plane is None:
            return f"{where}."
        return f"{where}, and your plane (the flat sheet): {self._meeting()}."

    def _meeting(self) -> str:
        assert self.plane is not None
        gap = self.plane.value_at(self.point) - self.height
        if abs(gap) > TOUCHES * (1 + abs(self.height)):
            return f"at the point it lies {'above' if gap > 0 else 'below'} the graph and does not meet it"
        slopes, leaning = self.f.gradient_at(self.point), self.plane.gradient_at(self.point)
        same = [abs(a - b) <= TOUCHES * (1 + abs(a)) for a, b in zip(slopes, leaning, strict=True)]
        if all(same):
            return "it touches the graph at the point"
        x, y = self.f.names
        other = f"along {x}" if not same[0] and same[1] else f"along {y}" if same[0] else f"along {x} and along {y}"
        return f"it passes through the point, but it cuts the graph there: its slope {other} is another"


@kept_in_album
def surface_picture(
    f: Any, at: Sequence[Any], plane: Any = None, variables: Iterable[Symbol] | None = None, reach: float | None = None
) -> Picture:
    """Return a picture of the graph of `f` around a point, with a plane z = `plane` (an expression) if there is one.

    The window reaches `reach` to each side of the point; without it, as far as f is defined, 2 at most. Raises
    `ValueError` for a function that is not of two variables or has no value at the point.

    >>> from sympy.abc import x, y
    >>> surface_picture(x**2 + y**2, (1, 1), 2*x + 2*y - 2).words
    'The graph of f around the point above (1, 1), and your plane (the flat sheet): it touches the graph at the point.'
    """
    function = PlaneFunction.of(f, variables)
    x, y = (float(evaluate(v, function.variables, at)) for v in function.variables)
    if not np.isfinite(function.value_at((x, y))):
        raise ValueError(f"f has no real value at {words.tuple_of((x, y))}")
    sheet = None if plane is None else PlaneFunction.of(expression(plane), function.variables)
    scene = SurfaceScene(function, (x, y), sheet, reach or _reach(function, (x, y)))
    said = scene.describe()
    formula = str(function.formula).replace("**", "^")
    return Picture(_drawn(scene), said, WIDTH, f"Graph of f({', '.join(function.names)}) = {formula}. {said}")


def _reach(f: PlaneFunction, point: Pair) -> float:
    """The largest of 2, 1, 1/2 ... to which f is defined all round and does not rise too steeply to be seen."""
    for reach in (2.0, 1.0, 0.5, 0.25):
        heights = f.values(*_grid(point, reach))
        if np.isfinite(heights).all() and np.ptp(heights) < 40 * reach * (1 + np.hypot(*f.gradient_at(point))):
            return reach
    return 0.25


def _grid(point: Pair, reach: float) -> tuple[Floats, Floats]:
    side = np.linspace(-reach, reach, _CELLS + 1)
    x, y = np.meshgrid(point[0] + side, point[1] + side)
    return x, y


def _cells(f: PlaneFunction, x: Floats, y: Floats, low: float, high: float) -> list[Floats]:
    """The cells of a sheet, each as its corners, shape (k, 3); cut off where they leave the box."""
    sheet = np.stack([x, y, f.values(x, y)], axis=-1)
    quads = np.stack([sheet[:-1, :-1], sheet[1:, :-1], sheet[1:, 1:], sheet[:-1, 1:]], axis=2).reshape(-1, 4, 3)
    quads = quads[np.isfinite(quads).all(axis=(1, 2))]
    cut = (-_below(-_below(quad, high), -low) for quad in quads)
    return [np.vstack([cell, cell[:1]]) for cell in cut if len(cell) > 2]  # closed, or one side has no edge


def _below(corners: Floats, height: float) -> Floats:
    """The part of a polygon at or below a height, shape (k, 3); maybe empty."""
    kept: list[Floats] = []
    for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if one[2] <= height:
            kept.append(one)
        if (one[2] <= height) != (other[2] <= height):
            kept.append(one + (other - one) * (height - one[2]) / (other[2] - one[2]))
    return np.array(kept).reshape(-1, 3)


def _box(scene: SurfaceScene, x: Floats, y: Floats) -> tuple[float, float]:
    """Heights shown: those of the graph, and of the plane above the point."""
    heights = scene.f.values(x, y)
    shown = [*np.nanquantile(heights, [0.01, 0.99]), scene.height]
    if scene.plane is not None:
        shown.append(scene.plane.value_at(scene.point))
    room = 0.08 * (max(shown) - min(shown)) or 1.0
    return float(min(shown) - room), float(max(shown) + room)


def _drawn(scene: SurfaceScene) -> bytes:
    x, y = _grid(scene.point, scene.reach)
    low, high = _box(scene, x, y)
    cells = _cells(scene.f, x, y, low, high)
    heights = [(cell[:, 2].mean() - low) / (high - low) for cell in cells]
    colors = [(*style.HEIGHTS(0.25 + 0.75 * h)[:3], 0.8) for h in heights]
    edges = [to_rgba(style.HAIRLINE, 0.9)] * len(cells)
    if scene.plane is not None:
        flat = _cells(scene.plane, x, y, low, high)
        cells += flat
        colors += [(*to_rgb(style.OTHER), 0.4)] * len(flat)
        edges += [to_rgba(style.OTHER, 0.8)] * len(flat)
    canvas = Canvas(_HEIGHT)
    axes: Any = canvas.figure.add_axes((0.02, 0.02, 0.96, 0.98), projection="3d")
    axes.add_collection3d(Poly3DCollection(cells, facecolors=colors, edgecolors=edges, lw=0.6), autolim=False)
    axes.set(xlim=(x.min(), x.max()), ylim=(y.min(), y.max()), zlim=(low, high))
    axes.view_init(elev=24, azim=-58)
    axes.plot(*([c] for c in (*scene.point, scene.height)), marker="o", ms=8, mfc=style.INK, mec=style.PAPER, zorder=10)
    _quiet(axes, (*scene.f.names, "z"))
    return canvas.frame([], scale=2)


def _quiet(axes: Any, names: Sequence[str]) -> None:
    for axis, name in zip((axes.xaxis, axes.yaxis, axes.zaxis), names, strict=True):
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_tick_params(labelsize=style.SMALL, labelcolor=style.FAINT)
        axis.set_label_text(f"${name}$", fontsize=style.TITLE, color=style.INK)
        axis.pane.set_facecolor(style.PAPER)
        axis.pane.set_edgecolor(style.HAIRLINE)
        axis.line.set_color(style.HAIRLINE)
    axes.grid(visible=False)
