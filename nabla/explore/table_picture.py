"""Still picture: measured values on a grid, with an arrow that should be the gradient at one point of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from nabla.explore import style, words
from nabla.explore.album import kept_in_album
from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.marks import Arrow
from nabla.explore.panels import Box
from nabla.explore.picture import Picture
from nabla.explore.plane import Window, nice_scale

_ROOM = Box(60, 30, 540, 380)


@kept_in_album
def table_picture(
    xs: Sequence[Any], ys: Sequence[Any], rows: Sequence[Sequence[Any]], at: Sequence[Any], arrow: Any = None
) -> Picture:
    """Return a picture of a table of values at their places, with an arrow at the point `at` where there is one.

    `rows[j][i]` is the value at (xs[i], ys[j]). A larger dot is a larger value. Both axes have one scale, so that the
    arrow has its true direction.

    >>> table_picture((0, 1, 2), (0, 2, 4), ((0, 1, 4), (4, 5, 8), (16, 17, 20)), (1, 2), (2, 4)).words
    '9 measured values from 0 to 20; a ring around the point (1, 2). Your arrow is (2, 4), drawn at 1/5 of its length.'
    """
    across, up = np.array(xs, dtype=float), np.array(ys, dtype=float)
    values = np.array(rows, dtype=float)
    x, y = float(at[0]), float(at[1])
    margin = 0.35 * max(float(np.ptp(across)), float(np.ptp(up))) / 2
    window = Window(across[0] - margin, across[-1] + margin, up[0] - margin, up[-1] + margin)
    width = min(_ROOM.width, _ROOM.height * window.width / window.height)
    box = Box(_ROOM.left + (_ROOM.width - width) / 2, _ROOM.top, width, width * window.height / window.width)
    canvas = Canvas(round(box.bottom + 54))
    axes = canvas.figure.add_axes(box.fractions(canvas.figure))
    axes.set(xlim=(window.left, window.right), ylim=(window.bottom, window.top))
    axes.set_aspect("equal")
    style.quiet(axes, ("x", "y"))
    axes.set_xticks(across, [words.number(v) for v in across])
    axes.set_yticks(up, [words.number(v) for v in up])
    spread = float(np.ptp(values)) or 1.0
    tight = float(np.diff(across).min()) * width / window.width < 60  # pixels that a number needs
    slant: dict[str, Any] = {"rotation": 35, "rotation_mode": "anchor", "ha": "right"} if tight else {"ha": "center"}
    for j, row in enumerate(values):
        for i, value in enumerate(row):
            size = 4 + 8 * (value - values.min()) / spread
            axes.add_line(Line2D([across[i]], [up[j]], marker="o", ms=size, mfc=style.HAIRLINE, mec="none"))
            label: dict[str, Any] = {"fontsize": style.TEXT, "color": style.INK, "zorder": 6, **slant}
            axes.annotate(
                words.number(value), (across[i], up[j]), (0, -12 if tight else -18), textcoords="offset points", **label
            )
    axes.add_line(Line2D([x], [y], marker="o", ms=18, mfc="none", mec=style.INK, mew=1.6, zorder=5))
    said = (
        f"{values.size} measured values from {words.number(values.min())} to {words.number(values.max())}; a ring "
        f"around the point {words.tuple_of((x, y))}."
    )
    if arrow is not None:
        vector = (float(arrow[0]), float(arrow[1]))
        length = float(np.hypot(*vector))
        factor = nice_scale(0.3 * window.size / length) if length else 1.0
        shaft = Arrow(axes, window.width / width, window, style.GRADIENT, "solid", "your answer")
        shaft.put((x, y), (factor * vector[0], factor * vector[1]))
        said += f" Your arrow is {words.tuple_of(vector)}, drawn at {words.scale(factor)}."
    return Picture(canvas.frame([], scale=2), said, WIDTH)
