"""Colours that can be read and told apart."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.colors import to_rgb

from nabla.explore import style


def luminance(color):
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("color", [style.INK, style.GRADIENT, style.OTHER, style.CONTOUR, style.FIELD, style.FAINT])
def test_text_and_marks_can_be_read_on_paper(color):
    assert contrast(color, style.PAPER) >= 4.5


@pytest.mark.parametrize("color", [style.INK, style.GRADIENT, style.OTHER, style.CONTOUR, style.FIELD])
def test_marks_stand_out_from_the_darkest_height(color):
    assert contrast(color, style.HEIGHTS(1.0)[:3]) >= 3


def test_things_shown_together_differ_in_dash_as_well_as_in_colour():
    for (color, dash), (other_color, other_dash) in itertools.combinations(style.SERIES, 2):
        assert color != other_color
        assert dash != other_dash
