"""The base of explorers in three dimensions: a view that turns by keys and by mouse, beside a flat companion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nabla.explore.camera import Camera, Cuboid
from nabla.explore.controls import Control, Point2D
from nabla.explore.explorer import Explorer, Frame
from nabla.explore.mesh import Graph
from nabla.explore.pieces import Pieces
from nabla.explore.plane import Floats, Window

SURFACE = LinearSegmentedColormap.from_list("nabla surface", ["#e6eff6", "#9cc3de", "#3f86b8"])
"""Low is pale, high is blue."""
MESH = (0.09, 0.20, 0.29, 0.42)
"""The lines on a surface: ink, partly transparent."""


class Space(Explorer):
    """An explorer with a picture of space that can be turned: by dragging it, by arrow keys, by two sliders.

    Subclasses put their own controls first. While the hand moves, `cells` is small and the frame is coarse.
    """

    drag = "view"
    companion: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom of the flat companion that can be dragged, as parts of the picture."""
    coarse, finest = 16, 56
    """Quads along each side of a surface, in motion and at rest; a line is drawn on every eighth part of the side."""

    def __init__(self, view: tuple[float, float] = (-60.0, 26.0), **controls: Control) -> None:
        turn = Point2D("view", Window(-180, 180, -30, 90), start=view, names=("azimuth", "elevation"))
        self._fine = False
        super().__init__(**controls, view=turn)

    @property
    def cells(self) -> int:
        """How many quads a surface has along each side in the present frame."""
        return self.finest if self._fine else self.coarse

    def frame(self, scale: int = 2) -> Frame:
        """Return the picture, coarse at scale 1."""
        self._fine = scale > 1
        return super().frame(scale)

    def pointed(
        self, state: Mapping[str, Any], across: float, down: float, dx: float = 0.0, dy: float = 0.0
    ) -> Mapping[str, Any]:
        """Turn the view; or, if the hand is on the companion, do what `dragged` says."""
        if self.companion is not None:
            left, top, right, bottom = self.companion
            if left <= across - dx <= right and top <= down - dy <= bottom:
                return self.dragged(state, across, down, dx, dy)
        azimuth, elevation = state["view"]
        return {"view": (_wrapped(azimuth - 220 * dx), float(np.clip(elevation + 160 * dy, -30, 90)))}

    def dragged(self, state: Mapping[str, Any], across: float, down: float, dx: float, dy: float) -> Mapping[str, Any]:
        """Return what changes when a hand drags over the companion."""
        return {}


def surface(
    quads: Floats, camera: Camera, heights: Floats, brightness: Floats | None = None, smooth: bool = True
) -> Pieces:
    """Return the pieces of a surface, shape (n, 4, 3), blue by height (from 0 to 1) and shaded by the light.

    `smooth` edges take more time: without them pieces have no edges of their own.
    """
    shade = 0.62 + 0.38 * (camera.brightness(quads) if brightness is None else brightness)
    fills = SURFACE(np.clip(np.nan_to_num(heights), 0, 1))
    fills[:, :3] *= shade[:, None]
    return Pieces.of(quads, fills, width=0.7 if smooth else 0.0)


def graph_pieces(graph: Graph, box: Cuboid, camera: Camera, smooth: bool = True, tints: Floats | None = None) -> Pieces:
    """Return the pieces of a graph with lines on it, cut off at the top and the bottom of the box.

    `tints`, from 0 to 1 for each quad, take the place of heights in the colours.
    """
    quads, lines = box.inside(graph.quads), box.inside(graph.lines(max(1, graph.cells // 8)))
    heights = (quads[..., 2].mean(axis=1) / box.tall + 1) / 2 if tints is None else tints
    pieces = Pieces.joined([surface(quads, camera, heights, smooth=smooth), Pieces.strokes(lines, MESH, 0.6)])
    limits = np.array([np.inf, np.inf, box.tall])
    return pieces.within(-limits, limits)


def _wrapped(azimuth: float) -> float:
    """The same angle, from -180 to 180."""
    return float((azimuth + 180) % 360 - 180)
