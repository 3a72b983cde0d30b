"""Still picture: the arrows of a vector field, with the level curves of a potential that should go with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Integer, Symbol

from nabla.calculus import expression, variables_of
from nabla.explore import style
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.compiled import compiled
from nabla.explore.contour_map import ContourMap
from nabla.explore.picture import Picture
from nabla.explore.plane import Floats, PlaneFunction, Window

_COLUMNS, _ROWS = 11, 9


@dataclass(frozen=True)
class PotentialScene:
    """How the arrows of the field meet the level curves of a potential: the share of places where they are at right
    angles to them, and of those the share where they point to higher values; None without a potential.
    """

    square: float | None
    uphill: float = 0.0

    def describe(self) -> str:
        """What is seen of the angles.

        >>> PotentialScene(1.0, 1.0).describe()
        'The arrows of the field, and the level curves of your potential: right angles everywhere, arrows uphill.'
        """
        if self.square is None:
            return "The arrows of the field, each at one length."
        told = "The arrows of the field, and the level curves of your potential:"
        if self.square < 0.999:
            return f"{told} they do not meet at right angles everywhere."
        way = "uphill" if self.uphill > 0.999 else "downhill" if self.uphill < 0.001 else "now uphill, now downhill"
        return f"{told} right angles everywhere, arrows {way}."


@kept_in_album
def potential_picture(
    field: Sequence[Any], potential: Any = None, variables: Iterable[Symbol] | None = None, reach: float = 3.0
) -> Picture:
    """Return a picture of a field in the plane, its arrows all of one length, and of a potential's level curves.

    Constants, letters that are not among the `variables`, are drawn as 1. Raises `ValueError` for a field that is not
    in the plane.

    >>> from sympy.abc import x, y
    >>> potential_picture((2*x, 2*y), x**2 + y**2).words
    'The arrows of the field, and the level curves of your potential: right angles everywhere, arrows uphill.'
    >>> potential_picture((2*x, 2*y), x + y).words
    'The arrows of the field, and the level curves of your potential: they do not meet at right angles everywhere.'
    """
    parts = [expression(part) for part in field]
    names = tuple(variables) if variables is not None else variables_of(sum(parts, parts[0] * 0))
    if len(parts) != 2 or len(names) != 2:
        raise ValueError("this picture needs a field with two components in two variables")
    said_field = ", ".join(str(part).replace("**", "^") for part in parts)
    constants = {s for part in parts for s in part.free_symbols} - set(names)
    parts = [part.xreplace(dict.fromkeys(constants, Integer(1))) for part in parts]
    window = Window(-4 / 3 * reach, 4 / 3 * reach, -reach, reach)
    height = PlaneFunction.of(
        parts[0] * 0 if potential is None else expression(potential).xreplace(dict.fromkeys(constants, Integer(1))),
        names,
    )
    chart = ContourMap(height, window)
    x, y = np.meshgrid(
        np.linspace(window.left, window.right, _COLUMNS + 2)[1:-1],
        np.linspace(window.bottom, window.top, _ROWS + 2)[1:-1],
    )
    arrows = np.stack([compiled(names, part)(x, y) * np.ones_like(x) for part in parts])
    scene = _scene(arrows, None if potential is None else np.stack(height.gradients(x, y)))
    canvas = Canvas(chart.height)
    axes: Any = chart.axes(canvas.figure)
    chart.draw(axes, labels=potential is not None)
    axes.set_title("Field" if potential is None else "Field, and your potential", loc="left", fontsize=style.TITLE,
                   color=style.INK, pad=13)  # fmt: skip
    with np.errstate(all="ignore"):
        u, v = arrows / np.hypot(*arrows)
    axes.quiver(x, y, u, v, color=style.GRADIENT, pivot="mid", scale=19, width=0.006, zorder=4)
    said = scene.describe()
    return Picture(canvas.frame([], scale=2), said, WIDTH, f"The field ({said_field}). {said}")


def _scene(arrows: Floats, slopes: Floats | None) -> PotentialScene:
    if slopes is None:
        return PotentialScene(None)
    with np.errstate(all="ignore"):
        lengths = np.hypot(*arrows) * np.hypot(*slopes)
        along = (arrows * slopes).sum(axis=0) / lengths
    seen = along[np.isfinite(along) & (np.hypot(*arrows) > 1e-9)]
    if seen.size == 0:
        return PotentialScene(0.0)
    return PotentialScene(float((np.abs(seen) > 1 - 1e-6).mean()), float((seen > 0).mean()))
