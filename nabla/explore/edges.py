"""Explorer: the gradient of a picture; it is long where there is an edge, and points to the lighter side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from nabla.explore import style, words
from nabla.explore.controls import Choice, Control, Point2D, Slider
from nabla.explore.explorer import Explorer
from nabla.explore.field import field_arrows
from nabla.explore.formula import note
from nabla.explore.lettering import lettering
from nabla.explore.marks import Arrow, Pair
from nabla.explore.panels import Box, thin_frame
from nabla.explore.plane import Floats, Window
from nabla.explore.scaffold import Labels
from nabla.explore.sobel import ACROSS, PER_PIXEL, built_in, neighbourhood, sobel

_PICTURE, _EDGES = Box(16, 34, 296, 296), Box(328, 34, 296, 296)
_STRENGTH = LinearSegmentedColormap.from_list("nabla edges", ["#ffffff", "#b9c8d6", "#6f8aa3"])
_FLAT = 1e-9


@dataclass(frozen=True)
class EdgeScene:
    """A pixel, the nine pixels around it, and Sobel's two sums.

    >>> EdgeScene("picture", 4, 7, np.array([[0, 1, 1]] * 3), 4.0, 0.0).describe()
    'At column 4, row 7 Sobel gives 4 across (axis 1) and 0 upwards (axis 0), length 4: it points to the ...'
    """

    picture: str
    column: int
    row: int
    around: Floats
    across: float
    up: float

    @property
    def length(self) -> float:
        """The length of the gradient, in Sobel's units."""
        return float(np.hypot(self.across, self.up))

    @property
    def is_flat(self) -> bool:
        """Whether nothing changes here."""
        return self.length <= _FLAT

    @property
    def side(self) -> str:
        """Where the lighter side is, in one of eight directions."""
        names = ("right", "upper right", "top", "upper left", "left", "lower left", "bottom", "lower right")
        return names[round(np.arctan2(self.up, self.across) / (np.pi / 4)) % 8]

    def describe(self) -> str:
        """Both sums, the way to the lighter side, and the slope per pixel."""
        at = f"At column {self.column}, row {self.row}"
        if self.is_flat:
            alike = "all nine pixels are alike" if np.ptp(self.around) == 0 else "the differences cancel"
            return f"{at} Sobel gives 0 across and 0 upwards: {alike}, so there is no edge here."
        across, up = (words.number(v if abs(v) > _FLAT else 0, 3) for v in (self.across, self.up))
        return (
            f"{at} Sobel gives {across} across (axis 1) and {up} upwards (axis 0), length "
            f"{words.number(self.length, 3)}: it points to the lighter side, here the {self.side}. "
            f"An eighth of it, {words.number(self.length * PER_PIXEL, 3)}, is the change per pixel."
        )


class Pixel(Point2D):
    """A point that goes from pixel to pixel.

    >>> Pixel("pixel", Window(0, 31, 0, 31), (4, 7), ("column", "row")).moved((4, 7), {0: 5.4})
    (5.0, 7)
    """

    def _ranges(self, start: Pair) -> tuple[Slider, Slider]:
        w = self.window
        ends = ((w.left, w.right), (w.bottom, w.top))
        column, row = (
            Slider(name, *end, step=1, start=c) for name, end, c in zip(self.names, ends, start, strict=True)
        )
        return column, row


class ImageGradient(Explorer):
    """The gradient of a picture by Sobel's weights, at a pixel and all over.

    >>> explorer = ImageGradient()
    >>> explorer.update(pixel=(8, 8)).words
    'At column 8, row 8 Sobel gives 3 across (axis 1) and 3 upwards (axis 0), length 4.24: ... the upper right. ...'
    """

    title = "A picture and its gradient"
    height = 506
    drag = "pixel"

    def __init__(self, picture: ArrayLike | None = None, at: tuple[int, int] | None = None) -> None:
        self.pictures = built_in() if picture is None else {"picture": _checked(picture)}
        rows, columns = next(iter(self.pictures.values())).shape
        self.window = Window(0, columns - 1, 0, rows - 1)
        self.slopes = {name: sobel(each) for name, each in self.pictures.items()}
        self.strongest = {name: float(np.hypot(*each).max()) or 1.0 for name, each in self.slopes.items()}
        start = (columns // 4, rows // 2) if at is None else (int(at[0]), int(at[1]))
        controls: dict[str, Control] = {"pixel": Pixel("pixel", self.window, start, ("column", "row"))}
        if picture is None:
            controls = {"picture": Choice("picture", tuple(self.pictures), "white square"), **controls}
        super().__init__(**controls)

    def scene(self, pixel: Pair, picture: str = "picture") -> EdgeScene:
        """Sobel's sums at the pixel."""
        column, row = round(pixel[0]), round(pixel[1])
        across, up = (float(each[row, column]) for each in self.slopes[picture])
        around = neighbourhood(self.pictures[picture], column, row)
        return EdgeScene(picture, column, row, around, across, up)

    def layout(self, figure: Figure) -> Any:
        """The picture and its gradient side by side, the sum below."""
        note(figure, "picture", _PICTURE.left, 12, style.INK)
        note(figure, "its gradient: dark where it is long", _EDGES.left, 12, style.INK)
        below = figure.add_axes(Box(0, 338, 640, 160).fractions(figure))
        below.set(xlim=(0, 640), ylim=(160, 0))
        below.set_axis_off()
        return self._frame(figure, _PICTURE), self._frame(figure, _EDGES), below

    def _frame(self, figure: Figure, box: Box) -> Axes:
        w = self.window
        axes = figure.add_axes(box.fractions(figure))
        axes.set(xlim=(w.left - 0.5, w.right + 0.5), ylim=(w.bottom - 0.5, w.top + 0.5), xticks=[], yticks=[])
        axes.set_aspect("equal")
        thin_frame(axes)
        return axes

    def still(self, axes: Any) -> None:
        """The picture, its gradient and the weights; drawn again only when another picture is chosen."""
        picture, edges, below = axes
        first = next(iter(self.pictures.values()))
        w = self.window
        extent = (w.left - 0.5, w.right + 0.5, w.bottom - 0.5, w.top + 0.5)
        shown: dict[str, Any] = {"origin": "lower", "extent": extent, "vmin": 0, "vmax": 1}
        self._picture = picture.imshow(first, cmap="gray", interpolation="nearest", **shown)
        self._edges = edges.imshow(first, cmap=_STRENGTH, interpolation="nearest", **shown)
        self._field = PolyCollection([], facecolors=style.GRADIENT, edgecolors="none")
        edges.add_collection(self._field, autolim=False)
        self._choose(next(iter(self.pictures)))
        look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": style.TEXT, "color": style.FAINT}
        head: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": style.INK}
        for left, title, weights in ((222, "times, across", ACROSS), (430, "times, upwards", ACROSS.T)):
            below.text(left + 35, 14, title, **head)
            for i in range(3):
                for j in range(3):
                    below.text(left + 35 * j, 112 - 32 * i, words.number(weights[i, j]), **look)
        below.text(90, 14, "the nine pixels", **head)
        below.plot([28, 152, 152, 28, 28], [31, 31, 129, 129, 31], color=style.OTHER, lw=1.4)

    def _choose(self, picture: str) -> None:
        self._chosen, slopes, strongest = picture, self.slopes[picture], self.strongest[picture]
        self._picture.set_data(self.pictures[picture])
        self._edges.set_data(np.hypot(*slopes) / strongest)
        self._field.set_verts(list(self._arrows_on_edges(slopes, strongest)))
        self.canvas.forget()

    def moving(self, axes: Any) -> Sequence[Artist]:
        """The frame around the nine pixels, the arrow, and their numbers."""
        picture, edges, below = axes
        unit = (self.window.width + 1) / _PICTURE.width
        self._halos = [a.add_line(Line2D([], [], color=style.PAPER, lw=3.2)) for a in (picture, edges)]
        self._frames = [a.add_line(Line2D([], [], color=style.OTHER, lw=1.8)) for a in (picture, edges)]
        self._arrow = Arrow(picture, unit, self.window, style.GRADIENT)
        self._places = [np.array([50.0 + 40 * j, 112.0 - 32 * i]) for i in range(3) for j in range(3)]
        self._numbers = Labels(below, style.INK)
        sums: dict[str, Any] = {"fontsize": style.TITLE, "fontweight": "bold", "va": "center", "color": style.INK}
        self._sums = [lettering(below, x, 80, **sums) for x in (320, 526)]
        frames = [*self._halos, *self._frames]
        return [*frames, *self._arrow.artists, self._numbers.artist, *self._sums]

    def show(self, scene: EdgeScene) -> None:
        """Draw one scene."""
        if scene.picture != self._chosen:
            self._choose(scene.picture)
        c, r = scene.column, scene.row
        outline = [c - 1.5, c + 1.5, c + 1.5, c - 1.5, c - 1.5], [r - 1.5, r - 1.5, r + 1.5, r + 1.5, r - 1.5]
        for line in (*self._halos, *self._frames):
            line.set_data(*outline)
        reach = 0.22 * min(self.window.width, self.window.height) / self.strongest[scene.picture]
        self._arrow.put((c, r), (0, 0) if scene.is_flat else (reach * scene.across, reach * scene.up))
        texts = [words.number(round(float(value), 2)) for value in scene.around.ravel()]
        self._numbers.put([(text, place, False) for text, place in zip(texts, self._places, strict=True)])
        for text, total in zip(self._sums, (scene.across, scene.up), strict=True):
            text.set_text(f"= {words.number(total if abs(total) > _FLAT else 0, 3)}")

    def _arrows_on_edges(self, slopes: tuple[Floats, Floats], strongest: float) -> Floats:
        """Arrows at every other pixel where the gradient is long."""
        across, up = slopes
        chosen = np.zeros(across.shape, dtype=bool)
        chosen[::2, ::2] = True
        rows, columns = np.nonzero(chosen & (np.hypot(across, up) > 0.35 * strongest))
        arrows = 2.4 / strongest * np.column_stack([across[rows, columns], up[rows, columns]])
        unit = (self.window.width + 1) / _EDGES.width
        return field_arrows(np.column_stack([columns, rows]).astype(float), arrows, unit)


def _checked(picture: ArrayLike) -> Floats:
    """A picture as floats from 0 to 1."""
    pixels = np.asarray(picture, dtype=float)
    if pixels.ndim != 2 or min(pixels.shape) < 3 or max(pixels.shape) > 256 or not np.isfinite(pixels).all():
        raise ValueError(f"a picture is a table of 3 to 256 rows and columns of numbers, not {pixels.shape}")
    low, high = pixels.min(), pixels.max()
    return pixels if low >= 0 and high <= 1 else (pixels - low) / (high - low)


def image_gradient(picture: ArrayLike | None = None, at: tuple[int, int] | None = None) -> ImageGradient:
    """Show the gradient of a picture: a table of brightness, lowest row first; without one there are four.

    `at` is the pixel to start from, its column and its row, counted from 0 at the lower left. Brightness beyond
    0 (black) to 1 (white) is brought into that range. Raises `ValueError`, in words, for anything else.
    """
    return ImageGradient(picture, at)
