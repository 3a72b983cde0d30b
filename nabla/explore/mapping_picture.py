"""Still picture: what a map of the plane does to a small square, and what a matrix would do to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from sympy import Matrix, Symbol

from nabla.calculus import expression, variables_of
from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.compiled import compiled
from nabla.explore.marks import Pair
from nabla.explore.panels import Box, panel
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats

_BEFORE, _AFTER, _HEIGHT = Box(52, 44, 250, 250), Box(366, 44, 250, 250), 350
_CELLS = 4
_SIDE = 0.4
"""The side of the square; the point is at its lower left corner."""


@dataclass(frozen=True)
class MappingScene:
    """A point, where it goes, and the determinant of a matrix; None without one."""

    point: Pair
    image: Pair
    determinant: float | None

    def describe(self) -> str:
        """What the matrix does to areas.

        >>> MappingScene((1.0, 2.0), (2.0, 5.0), 7.0).describe()
        'A square at (1, 2), and its image under F at (2, 5). Dashed: what your matrix makes of it, 7 times its area.'
        """
        told = f"A square at {words.tuple_of(self.point)}, and its image under F at {words.tuple_of(self.image)}."
        if self.determinant is None:
            return told
        if abs(self.determinant) < 1e-12:
            return f"{told} Dashed: your matrix presses it flat onto a line."
        turned = ", turned over" if self.determinant < 0 else ""
        times = words.number(abs(self.determinant))
        return f"{told} Dashed: what your matrix makes of it, {times} times its area{turned}."


@kept_in_album
def mapping_picture(
    F: Sequence[Any], at: Sequence[Any], matrix: Any = None, variables: Iterable[Symbol] | None = None
) -> Picture:
    """Return a picture of a small square and its image under F, with the parallelogram that a matrix makes of it.

    Where `matrix` is the Jacobian, the parallelogram lies close to the image at the point. Raises `ValueError` for an
    F that does not take the plane to the plane or has no value around the point.

    >>> from sympy.abc import x, y
    >>> mapping_picture((x*y, x + y**2), (1, 2), [[2, 1], [1, 4]]).words
    'A square at (1, 2), and its image under F at (2, 5). Dashed: what your matrix makes of it, 7 times its area.'
    """
    parts = [expression(part) for part in F]
    names = tuple(variables) if variables is not None else variables_of(sum(parts, parts[0] * 0))
    if len(parts) != 2 or len(names) != 2:
        raise ValueError("this picture needs a map with two components and two variables")
    functions = [compiled(names, part) for part in parts]
    point = (float(at[0]), float(at[1]))
    lines = _net(point)
    images = [np.stack([f(line[:, 0], line[:, 1]) for f in functions], axis=1) for line in lines]
    if not all(np.isfinite(image).all() for image in images):
        raise ValueError(f"F has no real value around {words.tuple_of(point)}")
    image = images[0][0]
    entries = None if matrix is None else np.array(Matrix(matrix).tolist(), dtype=float)
    scene = MappingScene(
        point, (float(image[0]), float(image[1])), None if entries is None else float(np.linalg.det(entries))
    )
    canvas = Canvas(_HEIGHT)
    before = panel(canvas.figure, _BEFORE, "before", style.typeset(names[0].name))
    after = panel(canvas.figure, _AFTER, "after")
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * _SIDE
    sheets = [image + corners @ entries.T] if entries is not None else []
    for axes, drawn, start in ((before, lines, np.array(point)), (after, images, image)):
        for line in drawn:
            axes.add_line(Line2D(*line.T, color=style.CONTOUR, lw=1.8))
        if axes is after:
            for sheet in sheets:
                fill: Any = (*to_rgb(style.OTHER), 0.15)
                axes.add_patch(Polygon(sheet, facecolor=fill, edgecolor=style.OTHER, lw=2.2, ls=(0, (5, 1.5))))
        axes.add_line(Line2D(*start[:, None], marker="o", ms=9, mfc=style.INK, mec=style.PAPER, zorder=5))
        _fit(axes, [*drawn, *(sheets if axes is after else [])])
    said = scene.describe()
    alt = f"F = ({', '.join(str(part).replace('**', '^') for part in parts)}). {said}"
    return Picture(canvas.frame([], scale=2), said, WIDTH, alt)


def _net(point: Pair) -> list[Floats]:
    """The lines of a square net, each of shape (k, 2); the first starts at the point."""
    way, places = np.linspace(0, _SIDE, 25), np.linspace(0, _SIDE, _CELLS + 1)
    start = np.array(point)
    along = [np.stack([way, np.full_like(way, place)], axis=1) + start for place in places]
    return [*along, *(line[:, ::-1] - start[::-1] + start for line in along)]


def _fit(axes: Any, lines: Sequence[Floats]) -> None:
    """Limits of equal scale around everything drawn."""
    places = np.concatenate(list(lines))
    low, high = places.min(axis=0), places.max(axis=0)
    half = 0.6 * float(max(high - low)) or 1.0
    middle = (low + high) / 2
    axes.set(xlim=(middle[0] - half, middle[0] + half), ylim=(middle[1] - half, middle[1] + half))
    axes.set_aspect("equal")
