"""The look of every picture: one palette, one set of sizes.

The strong colours follow Okabe and Ito's palette (jfly.uni-koeln.de/color), which people with any of the
common kinds of colour blindness can tell apart; they are dark enough for text on white. A colour never stands
alone: what it marks is also named, dashed or shaped.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

INK = "#1f2933"
"""Text and points."""
FAINT = "#64717f"
"""Ticks and other quiet text; 4.9 to 1 against white."""
HAIRLINE = "#8fa3b5"
"""Contour lines."""
GRADIENT = "#c44e00"
"""The gradient: vermillion, a little darker than the palette's so that text in it is readable on white."""
CONTOUR = "#0072b2"
"""The contour through the point: blue."""
FIELD = "#4d6375"
"""The arrows of a field: slate, dark enough to be read on the map."""
OTHER = "#7b3294"
"""A second arrow: purple."""
PAPER = "#ffffff"

HEIGHTS = LinearSegmentedColormap.from_list("nabla heights", ["#ffffff", "#e3ecf3", "#bfd3e2"])
"""Low is white, high is a pale blue: a map that leaves the strong colours to what is said on it."""

SERIES = (
    (GRADIENT, "solid"),
    (OTHER, (0, (4, 1.6))),
    (CONTOUR, (0, (1.2, 1.2))),
    (INK, (0, (6, 1.5, 1, 1.5))),
)
"""A colour and a dash for each of several things shown together; the first is the gradient's."""

TEXT = 11.0
"""Points; 15 pixels in a picture 640 pixels wide."""
SMALL = 9.5
TITLE = 13.0


def quiet(axes: Axes, names: tuple[str, str]) -> None:
    """Give axes few ticks, no frame and a name at the end of each axis."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.tick_params(length=0, pad=6, labelsize=SMALL, labelcolor=FAINT)
    label: dict[str, Any] = {"fontsize": TITLE, "color": INK, "textcoords": "offset points", "annotation_clip": False}
    label |= {"xycoords": "axes fraction", "ha": "right"}
    axes.annotate(typeset(names[0]), (1, 0), (0, -23), va="top", **label)
    axes.annotate(typeset(names[1]), (0, 1), (-10, 3), va="baseline", **label)


def typeset(name: str) -> str:
    """Return a variable's name in mathtext; longer names upright.

    >>> typeset("x"), typeset("w_1")
    ('$x$', '$\\\\mathrm{w 1}$')
    """
    return f"${name}$" if len(name) == 1 else rf"$\mathrm{{{name.replace('_', ' ')}}}$"
