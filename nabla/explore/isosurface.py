"""Explorer: the level surface of F through a point, with its gradient as normal and its tangent plane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from sympy import Symbol

from nabla.explore import style, words
from nabla.explore.camera import Camera, Cuboid
from nabla.explore.controls import Point2D, Slider
from nabla.explore.formula import heading, note, plain, typeset
from nabla.explore.marks import Pair
from nabla.explore.mesh import Nets, slices
from nabla.explore.pieces import Pieces, behind_and_before
from nabla.explore.plane import Floats, Window, nice_scale
from nabla.explore.slice import Slice
from nabla.explore.space import MESH, Space, surface
from nabla.explore.spatial import SpaceFunction, Triple
from nabla.explore.stage import Stage

_FLAT = 1e-9
_SHEET = 0.52
"""Half the width of the tangent plane as drawn, in half widths of the box."""


@dataclass(frozen=True)
class LevelSurfaceScene:
    """A point, the value of F there, which names the surface through it, and the gradient.

    >>> LevelSurfaceScene((1, 2, 3), 14, (2, 4, 6), ("x", "y", "z"), 0.5, 9, Camera(0, 0)).describe()
    'At (1, 2, 3) F is 14. The gradient (2, 4, 6), drawn at 1/2 of its length, is normal to the surface F = 14; ...'
    """

    point: Triple
    value: float
    gradient: Triple
    names: tuple[str, str, str]
    scale: float
    longest: float
    """The longest arrow that is drawn to scale."""
    camera: Camera

    @property
    def length(self) -> float:
        """The length of the gradient."""
        return float(np.linalg.norm(self.gradient))

    @property
    def has_normal(self) -> bool:
        """Whether the gradient says how the surface lies."""
        return bool(np.isfinite(self.length)) and self.length > _FLAT

    @property
    def is_cut(self) -> bool:
        """Whether the arrow is drawn shorter than to scale."""
        return self.has_normal and self.scale * self.length > self.longest * (1 + 1e-9)

    @property
    def arrow(self) -> Floats:
        """The arrow as drawn."""
        factor = self.longest / self.length if self.is_cut else self.scale
        return factor * np.array(self.gradient)

    def describe(self) -> str:
        """The gradient as a normal, and the tangent plane."""
        at = f"At {words.tuple_of(self.point)} F"
        if not np.isfinite(self.value):
            return f"{at} has no real value."
        level = words.number(self.value)
        if not np.isfinite(self.length):
            return f"{at} is {level}, but it has no gradient there."
        if not self.has_normal:
            return f"{at} is {level} and the gradient (0, 0, 0): it gives no normal and no tangent plane."
        drawn = "cut short" if self.is_cut else f"drawn at {words.scale(self.scale)}"
        return (
            f"{at} is {level}. The gradient {words.tuple_of(self.gradient)}, {drawn}, is normal to the surface "
            f"F = {level}; tangent plane: {self._plane()} = 0."
        )

    def _plane(self) -> str:
        text = ""
        for slope, name, origin in zip(self.gradient, self.names, self.point, strict=True):
            if abs(slope) <= 1e-12:
                continue
            away = name if origin == 0 else f"({name} {'−' if origin > 0 else '+'} {words.number(abs(origin))})"
            sign = (" + " if slope > 0 else " − ") if text else ("" if slope > 0 else "−")
            text += f"{sign}{'' if abs(slope) == 1 else words.number(abs(slope), 3)}{away}"
        return text


class LevelSurface(Space):
    """The level surface of F through a point that can be moved; beside it two slices through the point.

    >>> from sympy.abc import x, y, z
    >>> LevelSurface(x**2 + y**2 + z**2, at=(1, 2, 3)).update(height=0).words
    'At (1, 2, 0) F is 5. The gradient (2, 4, 0), drawn at 1/3 of its length, is normal to the surface F = 5; ...'
    """

    height = 460
    companion = (0.66, 0.0, 1.0, 0.5)
    coarse, finest = 12, 28

    def __init__(
        self, F: Any, at: Triple = (1, 2, 3), window: float | None = None, variables: Iterable[Symbol] | None = None
    ) -> None:
        self.F = SpaceFunction.of(F, variables)
        first, second, third = (float(c) for c in at)
        self.reach = _reach((first, second, third)) if window is None else float(window)
        if not self.reach > 0:
            raise ValueError(f"window must be a positive number, not {window}")
        self.title = f"Level surface of {plain('F', self.F.variables, self.F.formula)}"
        length = float(np.linalg.norm(self.F.gradient_at((first, second, third))))
        self.scale = nice_scale(0.7 * self.reach / length) if np.isfinite(length) and length > _FLAT else 1.0
        self.box = Cuboid((0, 0, 0), (self.reach,) * 3, tall=1.0)
        flat = Window.of(self.reach)
        names = self.F.names
        point = Point2D("point", flat, (first, second), names[:2])
        step = point.inputs()[0].step
        height = Slider(names[2], -self.reach, self.reach, step, third)
        self._grids, self._meshes = lru_cache(maxsize=2)(self._grid), lru_cache(maxsize=4)(self._mesh)
        super().__init__(view=(-35.0, 24.0), point=point, height=height)

    def scene(self, point: Pair, height: float, view: Pair) -> LevelSurfaceScene:
        """The value and the gradient at the point."""
        place = (*point, height)
        value, slopes = self.F.value_at(place), self.F.gradient_at(place)
        return LevelSurfaceScene(place, value, slopes, self.F.names, self.scale, 0.9 * self.reach, Camera(*view))

    def mesh(self, level: float) -> Floats:
        """The surface at one level as quads, shape (n, 4, 3)."""
        return self._meshes(level, self.cells)[0]

    def _mesh(self, level: float, cells: int) -> tuple[Floats, Floats]:
        """The quads, their corners put onto the surface by Newton's step, and the normal of each, shape (n, 3)."""
        quads, cell = self._grids(cells).quads(level), 2 * self.reach / cells
        slopes = self.F.gradients(quads)
        with np.errstate(all="ignore"):
            x, y, z = np.moveaxis(quads, -1, 0)
            excess = (self.F.values(x, y, z) - level) / (slopes**2).sum(axis=-1)
        step = np.nan_to_num(excess[..., None] * slopes)
        quads = quads - np.clip(step, -cell / 2, cell / 2)
        return quads, self.F.gradients(quads.mean(axis=1))

    def _grid(self, cells: int) -> Nets:
        """F on a grid that reaches one cell beyond the box, so that the surface can be cut off at its walls."""
        reach = self.reach * (1 + 2 / cells)
        side = np.linspace(-reach, reach, cells + 3)
        values = self.F.values(*np.meshgrid(side, side, side, indexing="ij", sparse=True))
        return Nets(values, (-reach,) * 3, (reach,) * 3)

    def dragged(self, state: Mapping[str, Any], across: float, down: float, dx: float, dy: float) -> Mapping[str, Any]:
        """The point goes to the place in the slice seen from above."""
        x, y = self.canvas.data_at(self.above.axes, across, down)
        return {"point": self.controls["point"].moved(state["point"], {0: x, 1: y})}

    def layout(self, figure: Figure) -> Any:
        """Space on the left, two slices on the right."""
        x, y, z = self.F.names
        heading(figure, typeset("F", self.F.variables, self.F.formula, room=390))
        note(figure, f"slice from above ({x}, {y})", 440, 12, style.INK)
        note(figure, f"slice from the front ({x}, {z})", 440, 238, style.INK)
        self.stage = Stage(figure, (0, 0, 420, 435), self.F.names)
        self.above = Slice(figure, self.F, self.reach, (440, 32, 178), (0, 1))
        self.front = Slice(figure, self.F, self.reach, (440, 258, 178), (0, 2))
        return self.stage.axes, self.above.axes, self.front.axes

    def moving(self, axes: Any) -> Sequence[Artist]:
        """All of space and both slices."""
        return [*self.stage.artists, *self.above.artists, *self.front.artists]

    def show(self, scene: LevelSurfaceScene) -> None:
        """Draw one scene."""
        self.above.show(scene)
        self.front.show(scene)
        camera, box = scene.camera, self.box
        pieces = self._pieces(scene) if np.isfinite(scene.value) else Pieces.of(np.zeros((0, 4, 3)))
        place = box.inside(np.array(scene.point))
        if not scene.has_normal:
            self.stage.put(pieces.from_behind(camera), camera, box, dot=place)
            return
        normal = np.array(scene.gradient) / scene.length
        vector = scene.arrow / self.reach
        arrow = self.stage.arrow(place, vector, camera, style.GRADIENT)
        sheet = Pieces.of(_square(place, normal), to_rgba(style.OTHER, 0.32), to_rgba(style.OTHER, 0.95), width=1.4)
        joined = Pieces.joined([pieces, arrow])
        painted = behind_and_before(joined, sheet, normal, float(normal @ place), camera)
        self.stage.put(painted, camera, box, dot=place, seen_through=[(place, place + vector, style.GRADIENT)])

    def _pieces(self, scene: LevelSurfaceScene) -> Pieces:
        """The surface, lines of equal height on it, and the two slices through the point, which are strong."""
        quads, normals = self._meshes(scene.value, self.cells)
        brightness = scene.camera.brightness_of(normals)
        drawn, place = self.box.inside(quads), self.box.inside(np.array(scene.point))
        heights = 0.25 + 0.3 * (drawn[..., 2].mean(axis=1) + 1)
        turned = drawn[..., [0, 2, 1]]
        lift = 1.2 / self.cells
        parts = [
            surface(drawn, scene.camera, heights, brightness, smooth=self._fine),
            Pieces.strokes(slices(drawn, np.linspace(-1, 1, 13)[1:-1]), MESH, 0.6, lift),
            Pieces.strokes(slices(drawn, place[2:]), style.CONTOUR, 1.8, lift + 0.01),
            Pieces.strokes(slices(turned, place[1:2])[..., [0, 2, 1]], style.CONTOUR, 1.8, lift + 0.01),
        ]
        walls = np.ones(3)
        return Pieces.joined(parts).within(-walls, walls)


def _reach(at: Triple) -> float:
    """A round half width of the box that keeps the point well inside."""
    need = max(1.0, *(abs(c) / 0.64 for c in at))
    power = 10 ** np.floor(np.log10(need))
    return float(next(s * power for s in (1, 1.5, 2, 3, 4, 5, 7.5, 10) if s * power >= need * (1 - 1e-9)))


def _square(middle: Floats, normal: Floats) -> Floats:
    """A square in the plane at right angles to a normal, one side level; shape (1, 4, 3)."""
    level = np.array([-normal[1], normal[0], 0.0])
    level = level / np.linalg.norm(level) if np.linalg.norm(level) > 1e-6 else np.array([1.0, 0, 0])
    slope = np.cross(normal, level)
    corners = [middle + _SHEET * (a * level + b * slope) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return np.array([corners])


def level_surface(
    F: Any, at: Triple = (1, 2, 3), window: float | None = None, variables: Iterable[Symbol] | None = None
) -> LevelSurface:
    """Show the level surface of `F` through a point, its gradient as normal, and its tangent plane.

    `F` is a sympy expression in three variables, `at` the point to start from; the picture reaches `window` to
    each side of the origin. Raises `TypeError` or `ValueError`, in words, for anything else.
    """
    return LevelSurface(F, at, window, variables)
