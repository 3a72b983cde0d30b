"""The gradient field: every arrow right, and nothing hidden about its scale."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, log, sqrt
from sympy.abc import x, y

from nabla.explore.field import GradientField, field_arrows

F = x**2 + 3 * y**2


@pytest.mark.parametrize("density", [5, 13, 25])
def test_every_arrow_is_the_gradient_at_its_place_at_one_scale(density):
    scene = GradientField(F, at=(1, 1)).scene((1, 1), density)
    assert scene.columns == density
    true = np.column_stack([2 * scene.places[:, 0], 6 * scene.places[:, 1]])
    lengths = np.hypot(*true.T)
    whole = np.hypot(*scene.arrows.T) >= scene.scale * lengths * (1 - 1e-9)
    assert scene.arrows[whole] == pytest.approx(scene.scale * true[whole])
    assert int((~whole).sum()) == scene.cut
    directions = scene.arrows[~whole] / np.hypot(*scene.arrows[~whole].T)[:, None]
    assert directions == pytest.approx(true[~whole] / lengths[~whole, None])


def test_arrows_do_not_overlap():
    for density in (5, 13, 25):
        scene = GradientField(F).scene((1, 1), density)
        assert np.hypot(*scene.arrows.T).max() < 8 / density


def test_the_words_tell_both_scales_and_how_many_are_cut():
    explorer = GradientField(exp(x) + y, at=(0, 0))
    words = explorer.frame().words
    assert words.startswith("At (0, 0) the gradient is (1, 1), length 1.414: uphill")
    assert "The field's arrows are at 1/20 of their length, the probe's at 1/15 of its length; " in words
    assert f"; {explorer.scene_now.cut} of 117 are cut short." in words
    assert explorer.scene_now.cut > 0


def test_a_uniform_field_at_true_length():
    words = GradientField(x / 4, at=(0, 0), variables=(x, y)).frame().words
    assert "The field's arrows are at 2 times their length" in words
    assert "cut" not in words


@pytest.mark.slow
@pytest.mark.parametrize("f", [log(x) * y, sqrt(x - y), 1 / x + y])
def test_there_are_arrows_only_where_f_is_defined(f):
    explorer = GradientField(f, at=(2, 1))
    scene = explorer.scene_now
    assert len(scene.places) > 0
    assert np.isfinite(scene.arrows).all()
    assert np.isfinite(explorer.f.values(*scene.places.T)).all()
    explorer.frame()


def test_a_function_defined_nowhere_still_gives_a_picture_and_words():
    assert "f has no real value" in GradientField(log(-(x**2) - y**2 - 1), at=(0, 0)).frame().words


def test_outlines_have_their_middle_at_the_place_and_their_tip_ahead():
    places, arrows = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 0.0]])
    outline = field_arrows(places, arrows, unit=0.01)
    assert outline[0, 3] == pytest.approx([2.5, 4.0])
    assert outline[0, [0, 6]].mean(axis=0) == pytest.approx([-0.5, 0.0])
    assert np.abs(outline[1]).max() < 0.02, "a zero arrow is a dot"
