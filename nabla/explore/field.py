"""Explorer: the gradient field, one arrow for each place on a grid, and a probe that can be moved over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.contour_map import ContourMap
from nabla.explore.contours import FLAT, Slope
from nabla.explore.controls import Point2D, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.marks import Arrow, Pair, dot
from nabla.explore.plane import Floats, PlaneFunction, Window, nice_scale


@dataclass(frozen=True)
class FieldScene:
    """What `GradientField` shows: arrows on a grid, all at one scale, and the slope at the probe.

    `places` and `arrows` have the shape (n, 2): the middle of each arrow, where the gradient was taken, and
    the arrow as it is drawn, in data coordinates.
    """

    probe: Slope
    places: Floats
    arrows: Floats
    scale: float
    columns: int
    rows: int
    cut: int
    """How many arrows were too long for their place on the grid."""

    def describe(self) -> str:
        """The slope at the probe, and how the arrows are drawn."""
        said = [self.probe.describe(), f"The field's arrows are at {words.scale(self.scale, 'their')}"]
        if self.probe.has_arrow:
            own = "is cut short" if self.probe.is_cut else f"at {words.scale(self.probe.scale)}"
            said[-1] += f", the probe's {own}"
        if self.cut:
            said[-1] += f"; {self.cut} of {len(self.places)} are cut short"
        return f"{' '.join(said)}."


class GradientField(Explorer):
    """The gradient of f as an arrow at every place of a grid, over pale contours.

    >>> from sympy.abc import x, y
    >>> explorer = GradientField(x**2 + y**2, at=(1, 1))
    >>> len(explorer.update(density=9).values), explorer.scene_now.columns
    (3, 9)
    """

    drag = "probe"

    def __init__(
        self, f: Any, at: Pair = (1, 1), window: Any = None, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.f = PlaneFunction.of(f, variables)
        at = (float(at[0]), float(at[1]))
        self.window = Window.of(window, at)
        self.map = ContourMap(self.f, self.window)
        self.height = self.map.height
        self.title = self.map.title.replace("Contour map of", "Gradient field of")
        self.typical = self.f.typical_slope(self.window)
        self.most = self.f.typical_slope(self.window, 0.8)
        self.longest = 0.3 * self.window.size
        self.scale = nice_scale(self.longest / self.typical) if self.typical > 0 else 1.0
        super().__init__(
            probe=Point2D("probe", self.window, start=at, names=self.f.names),
            density=Slider("arrows across", low=5, high=25, step=1, start=13),
        )

    def scene(self, probe: Pair, density: float) -> FieldScene:
        """The arrows for a number of columns, and the slope at the probe."""
        columns = round(density)
        cell = self.window.width / columns
        rows = max(1, int(self.window.height / cell + 1e-9))
        x, y = np.meshgrid(
            self.window.left + cell * (np.arange(columns) + 0.5),
            (self.window.bottom + self.window.top) / 2 + cell * (np.arange(rows) - (rows - 1) / 2),
        )
        longest = 0.92 * cell
        scale = nice_scale(longest / self.most) if self.most > 0 else 1.0
        slope = Slope.of(self.f, probe, self.scale, self.longest, FLAT * self.typical)
        u, v = self.f.gradients(x, y)
        defined = np.isfinite(u)
        places = np.column_stack([x[defined], y[defined]])
        arrows = scale * np.column_stack([u[defined], v[defined]])
        lengths = np.hypot(*arrows.T)
        cut = lengths > longest * (1 + 1e-9)
        arrows[cut] *= (longest / lengths[cut])[:, None]
        return FieldScene(slope, places, arrows, scale, columns, rows, int(cut.sum()))

    def layout(self, figure: Figure) -> Axes:
        """Axes of equal scale."""
        return self.map.axes(figure)

    def still(self, axes: Axes) -> None:
        """Pale contours."""
        self.map.draw(axes, labels=False)

    def moving(self, axes: Axes) -> Sequence[Artist]:
        """The field, the arrow at the probe and the probe."""
        self._field = PolyCollection([], facecolors=style.FIELD, edgecolors="none")
        axes.add_collection(self._field, autolim=False)
        self._arrow = Arrow(axes, self.map.unit, self.window, style.GRADIENT, name="∇f")
        self._probe = dot(axes)
        return [self._field, *self._arrow.artists, self._probe]

    def show(self, scene: FieldScene) -> None:
        """Draw one scene."""
        self._field.set_verts(list(field_arrows(scene.places, scene.arrows, self.map.unit)))
        self._arrow.put(scene.probe.point, scene.probe.arrow)
        self._probe.set_data([scene.probe.point[0]], [scene.probe.point[1]])


def field_arrows(places: Floats, arrows: Floats, unit: float) -> Floats:
    """Return the outlines of many arrows, shape (n, 7, 2), each with its middle at its place.

    `unit` is the length of a pixel in data coordinates. Heads shrink with short arrows, and the shortest
    are dots.
    """
    lengths = np.hypot(*arrows.T)[:, None]
    with np.errstate(all="ignore"):
        along = np.where(lengths > 0, arrows / lengths, [1.0, 0.0])
    across = np.column_stack([-along[:, 1], along[:, 0]])
    shown = np.maximum(lengths, 2.5 * unit)
    head = np.minimum(8 * unit, 0.6 * shown)
    half_head, half_shaft = 0.42 * head, np.minimum(0.8 * unit, 0.2 * head)
    tails, tip = places - along * shown / 2, places + along * shown / 2
    neck = tip - along * head
    return np.stack(
        [
            tails + across * half_shaft,
            neck + across * half_shaft,
            neck + across * half_head,
            tip,
            neck - across * half_head,
            neck - across * half_shaft,
            tails - across * half_shaft,
        ],
        axis=1,
    )


def gradient_field(
    f: Any, at: Pair = (1, 1), window: Any = None, variables: Iterable[Symbol] | None = None
) -> GradientField:
    """Show the gradient field of `f` with a probe; drag the probe, or move it with the keys.

    The arguments are those of `gradient_on_contours`.
    """
    return GradientField(f, at, window, variables)
