"""Text that moves or changes with every frame, made of the outlines of its letters.

matplotlib lays a text out anew each time it is drawn, finds its fonts and rasterises its letters: 0.7 to 1.5 ms, which
for a picture with a few numbers in it is most of the frame. Here each letter is an outline that is known already, and
a text takes 0.1 ms. Text that stays as it is belongs to the background and can be matplotlib's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from nabla.explore.style import PAPER

_EM = 100.0
"""The size, in points, at which outlines are taken from the font."""
_ASCENT, _DESCENT, _LEADING = 0.76, 0.24, 1.15
"""How far a line reaches up and down, and how far below it the next one stands, in sizes of the font."""
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Which part of a line stands left of its place."""


@dataclass(frozen=True)
class Outline:
    """The letters of a text around its place, at size 1, and the box that holds them.

    >>> one, two = outline("∇f", "bold", "left"), outline("∇f\\n= 2", "bold", "right")
    >>> one.left == two.right == 0, one.top == two.top, two.bottom < one.bottom
    (True, True, True)
    """

    path: Path
    left: float
    right: float
    top: float
    bottom: float


class Lettering(Text):
    """A text like matplotlib's own, but drawn quickly; `backing` says how much it hides what is behind it.

    It is never clipped, turned or typeset. Letters that the font lacks are left to matplotlib.
    """

    def __init__(self, x: float, y: float, text: str = "", backing: float = 0.0, **look: Any) -> None:
        super().__init__(x, y, text, parse_math=False, clip_on=False, **look)
        self._backing = backing

    def draw(self, renderer: Any) -> None:
        """Draw it, with its baseline on a whole pixel."""
        text = self.get_text()
        if not text or not self.get_visible():
            return
        drawn = outline(text, str(self.get_fontweight()), self.get_horizontalalignment())
        if drawn is None:
            super().draw(renderer)
            return
        size = renderer.points_to_pixels(self.get_fontsize())
        x, y = self.get_transform().transform(self.get_unitless_position())
        up = {"top": drawn.top, "bottom": drawn.bottom, "center": (drawn.top + drawn.bottom) / 2}
        baseline = y - size * up.get(self.get_verticalalignment(), 0.0)
        place = Affine2D().scale(size).translate(np.round(x), np.round(baseline))
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        if self._backing:
            pad = renderer.points_to_pixels(1) / size
            left, right, top, bottom = drawn.left - pad, drawn.right + pad, drawn.top + pad, drawn.bottom - pad
            sheet = Path([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])
            renderer.draw_path(gc, sheet, place, to_rgba(PAPER, self._backing))
        renderer.draw_path(gc, drawn.path, place, to_rgba(self.get_color()))
        gc.restore()
        self.stale = False


def lettering(axes: Axes, x: float, y: float, text: str = "", backing: float = 0.0, **look: Any) -> Lettering:
    """Put a text into axes, as `axes.text` does; other arguments are those of matplotlib's `Text`."""
    made = Lettering(x, y, text, backing, **look)
    axes.add_artist(made)
    return made


@lru_cache(maxsize=1000)  # a number that changes steadily never comes again
def outline(text: str, weight: str, side: str) -> Outline | None:
    """Return the lines of a text with its `side` at the place; `None` if the font lacks a letter."""
    vertices, codes, widths = [np.zeros((0, 2))], [np.zeros(0, np.uint8)], [0.0]
    lines = text.split("\n")
    for number, line in enumerate(lines):
        letters = [_letter(each, weight) for each in line]
        ends = np.cumsum([0.0, *(width for _, width in letters)])
        start = np.array([-_BEFORE[side] * ends[-1], -_LEADING * number])
        for (path, _), along in zip(letters, ends[:-1], strict=True):
            if path is None:
                return None
            vertices.append(np.asarray(path.vertices) + start + (along, 0.0))
            codes.append(np.asarray(path.codes))
        widths.append(float(ends[-1]))
    width, before = max(widths), _BEFORE[side]
    path = Path(np.concatenate(vertices), np.concatenate(codes))
    bottom = -_DESCENT - _LEADING * (len(lines) - 1)
    return Outline(path, -before * width, (1 - before) * width, _ASCENT, bottom)


@lru_cache(maxsize=1000)
def _letter(letter: str, weight: str) -> tuple[Path | None, float]:
    """The outline of one letter, or none if the font lacks it, and its width; at size 1."""
    font: Any = get_font(findfont(FontProperties(weight=weight)))
    if not font.get_char_index(ord(letter)):
        return None, 0.0
    font.set_size(_EM, 72)
    width = font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536
    vertices, codes = font.get_path()
    return Path(np.reshape(vertices, (-1, 2)) / _EM, codes), width / _EM
