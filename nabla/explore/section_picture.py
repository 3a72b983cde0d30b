"""Still picture: f along a straight way from a point, as a curve, with a straight line that should follow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from nabla.explore import style, words
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.panels import Box, panel, value_range
from nabla.explore.picture import Picture

_BOX = Box(64, 44, 548, 300)
_HEIGHT = 410


@dataclass(frozen=True)
class SectionScene:
    """The slope of f at the start of the way, and a line from there with a slope of its own; None without one."""

    slope: float
    line: float | None
    name: str = "your line"
    mark: float | None = None
    """Where on the way a point is marked on the line."""

    def describe(self) -> str:
        """How the line leaves the curve.

        >>> SectionScene(2.0, 2.0).describe()
        'f along the way, as a curve, and your line: it touches the curve at the start.'
        >>> SectionScene(2.0, 1.0).describe()
        'f along the way, as a curve, and your line: it is less steep than the curve at the start.'
        """
        if self.line is None:
            return "f along the way, as a curve."
        return f"f along the way, as a curve, and {self.name}: it {self._meeting()}."

    def _meeting(self) -> str:
        assert self.line is not None
        if not np.isfinite(self.slope):
            return "starts where the curve has no slope"
        if abs(self.line - self.slope) <= 2e-4 * max(1e-6, abs(self.slope)):
            return "touches the curve at the start"
        if self.line * self.slope < 0:
            return f"goes {'up' if self.line > 0 else 'down'} where the curve goes {'up' if self.slope > 0 else 'down'}"
        steeper = abs(self.line) > abs(self.slope)
        return f"is {'steeper' if steeper else 'less steep'} than the curve at the start"


def section_picture(
    value: Callable[[float], float],
    scene: SectionScene,
    across: str,
    reach: tuple[float, float] = (-1.0, 1.0),
) -> Picture:
    """Return a picture of `value` over the way h, from `reach[0]` to `reach[1]`, and of the line of the scene.

    The line starts on the curve at h = 0; `across` names the axis.

    >>> section_picture(lambda h: 1 + 2 * h + h**2, SectionScene(2.0, 2.0), "h").words
    'f along the way, as a curve, and your line: it touches the curve at the start.'
    """
    way = np.linspace(*reach, 201)
    heights = np.array([value(float(h)) for h in way])
    start = value(0.0)
    canvas = Canvas(_HEIGHT)
    axes = panel(canvas.figure, _BOX, "f along the way", across)
    shown = [*heights[np.isfinite(heights)], start]
    if scene.line is not None:
        ends = [start + scene.line * h for h in (*reach, scene.mark or 0.0)]
        size = np.ptp(shown) or 1.0
        shown += [float(np.clip(end, min(shown) - 2 * size, max(shown) + 2 * size)) for end in ends]
    axes.set(xlim=reach, ylim=value_range(shown))
    axes.add_line(Line2D(way, heights, color=style.CONTOUR, lw=2.4))
    if scene.line is not None:
        axes.add_line(Line2D(way, start + scene.line * way, color=style.OTHER, lw=2.2, ls=(0, (5, 1.5))))
        if scene.mark is not None:
            height = start + scene.line * scene.mark
            look: dict[str, Any] = {"marker": "D", "ms": 9, "mfc": style.OTHER, "mec": style.PAPER}
            axes.add_line(Line2D([scene.mark], [height], ls="none", zorder=5, clip_on=True, **look))
    axes.add_line(Line2D([0], [start], marker="o", ms=9, mfc=style.INK, mec=style.PAPER, zorder=5, clip_on=False))
    said = scene.describe()
    alt = f"{said} At the start f is {words.number(start)}."
    return Picture(canvas.frame([], scale=2), said, WIDTH, alt)
