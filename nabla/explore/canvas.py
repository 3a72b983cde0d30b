"""A figure that is drawn once and then only touched up.

A fresh figure costs most of a frame's time (measured: 195 ms against 13 ms for the contour map). So the
figure lives as long as its explorer, what never changes is kept as a background, and a frame is that
background, the few moving artists over it, and a PNG. No pyplot, so no figure is ever left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nabla.explore.png import encode
from nabla.explore.style import PAPER

WIDTH = 640
"""Pixels across at scale 1, the width that text sizes are chosen for."""
_DPI = 100


class Canvas:
    """A persistent figure `WIDTH` pixels wide, with a kept background for each scale it is asked for.

    >>> canvas = Canvas(height=480)
    >>> len(canvas.frame([])) > 100, canvas.size
    (True, (640, 480))
    """

    def __init__(self, height: int) -> None:
        self.size = (WIDTH, height)
        self.figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._agg = FigureCanvasAgg(self.figure)
        self._backgrounds: dict[int, Any] = {}

    def forget(self) -> None:
        """Drop the background: to be called when anything that does not move has changed."""
        self._backgrounds.clear()

    def frame(self, moving: Sequence[Artist], scale: int = 1) -> bytes:
        """Return the picture as PNG, `scale` times `size`, with the moving artists above the rest."""
        return encode(self.pixels(moving, scale))

    def data_at(self, axes: Any, across: float, down: float) -> tuple[float, float]:
        """Return the data coordinates of a place, given as fractions of the picture's width and height."""
        x, y = axes.transData.inverted().transform(
            (across * self.figure.bbox.width, (1 - down) * self.figure.bbox.height)
        )
        return float(x), float(y)

    def pixels(self, moving: Sequence[Artist], scale: int = 1) -> NDArray[np.uint8]:
        """Return the same picture as an array of shape (height, width, 4), valid until the next drawing."""
        if self.figure.dpi != _DPI * scale:
            self.figure.set_dpi(_DPI * scale)
        if scale not in self._backgrounds:
            for artist in moving:
                artist.set_animated(True)
            self._agg.draw()
            self._backgrounds[scale] = self._agg.copy_from_bbox(self.figure.bbox)
        renderer = self._agg.get_renderer()
        self._agg.restore_region(self._backgrounds[scale])
        for artist in moving:
            artist.draw(renderer)
        return np.asarray(renderer.buffer_rgba())
