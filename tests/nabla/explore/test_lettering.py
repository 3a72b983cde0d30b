"""Text made of the outlines of its letters looks like matplotlib's own, and stands where that stands."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.text import Text

from nabla.explore.canvas import Canvas
from nabla.explore.lettering import lettering


def ink(make, scale=1, **look):
    """Left, top, right and bottom of what a text darkens, in pixels, and how much it darkens."""
    canvas = Canvas(100)
    axes = canvas.figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 640), ylim=(0, 100))
    axes.set_axis_off()
    text = make(axes, 320.3, 50.4, **look)
    dark = 255 - canvas.pixels([text], scale)[..., 0].astype(int)
    rows, columns = np.nonzero(dark > 40)
    return np.array([columns.min(), rows.min(), columns.max(), rows.max()]), dark.sum()


def by_matplotlib(axes, x, y, **look):
    return axes.add_artist(Text(x, y, parse_math=False, **look))


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("va", ["top", "center", "bottom"])
@pytest.mark.parametrize("text", ["∇f", "slope −1.25", "∂f/∂x\n= 0.997"])
def test_it_stands_where_matplotlib_puts_it(text, ha, va, scale):
    look = {"text": text, "ha": ha, "va": va, "fontsize": 11, "fontweight": "bold"}
    (ours, our_ink), (theirs, their_ink) = ink(lettering, scale, **look), ink(by_matplotlib, scale, **look)
    assert np.abs(ours - theirs).max() <= 3 * scale
    assert our_ink == pytest.approx(their_ink, rel=0.3)


def test_a_letter_that_the_font_lacks_is_left_to_matplotlib(monkeypatch):
    drawn = []
    monkeypatch.setattr(Text, "draw", lambda self, renderer: drawn.append(self.get_text()))
    canvas = Canvas(100)
    axes = canvas.figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    canvas.pixels([lettering(axes, 0.5, 0.5, "known"), lettering(axes, 0.5, 0.5, "勾")])
    assert drawn[-1] == "勾"
    assert "known" not in drawn


@pytest.mark.parametrize(("backing", "brightest"), [(0.0, 0), (1.0, 255)])
def test_its_backing_hides_what_is_behind_it(backing, brightest):
    canvas = Canvas(100)
    axes = canvas.figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.fill([0, 1, 1, 0], [0, 0, 1, 1], color="black")
    axes.set(xlim=(0.2, 0.8), ylim=(0.2, 0.8))
    text = lettering(axes, 0.5, 0.5, "i", backing=backing, fontsize=40, color="black")
    assert canvas.pixels([text])[..., 0].max() == brightest
    text.set_visible(False)
    assert canvas.pixels([text])[..., 0].max() == 0
