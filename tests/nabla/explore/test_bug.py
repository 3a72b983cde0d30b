"""The bug on its path: two contributions add up to the rate of change, in numbers, bars and tree."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import cos, exp, log, sin, sqrt
from sympy.abc import s, t, x, y

from nabla import explore
from nabla.explore.track import Track


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0, 0.75, 2.0, 4.5])
def test_the_rate_is_that_of_f_along_the_path(moment):
    explorer = explore.chain_rule(x**2 * y)
    explorer.update(t=moment)
    true = (1 - 3 * np.sin(moment) ** 2) * np.cos(moment)
    assert explorer.scene_now.rate == pytest.approx(true)


@pytest.mark.slow
@pytest.mark.parametrize("f", [x**2 * y, exp(x) * sin(y), x - y], ids=str)
def test_bars_and_tree_show_what_adds_up(f):
    explorer = explore.chain_rule(f, (2 * cos(t), sin(t)))
    explorer.update(t=1.0)
    scene = explorer.scene_now
    first, second, total = (bar.get_y() + bar.get_height() for bar in explorer._bars._bars)
    assert first == pytest.approx(scene.parts[0])
    assert second == total == pytest.approx(scene.rate)
    assert explorer._bars._bars[1].get_y() == first
    written = [float(text.get_text().split("= ")[1].replace("−", "-")) for text in explorer._tree._values]
    assert written == pytest.approx([*scene.gradient, *scene.velocity], rel=5e-3)


def test_the_words_say_warmer_or_cooler():
    explorer = explore.chain_rule(x**2 * y)
    assert explorer.update(t=0.75).words == (
        "At t = 0.75, f changes by 0.997 × −0.682 = −0.68 through x and by 0.535 × 0.732 = 0.392 through y. "
        "Together df/dt = −0.288: the bug cools."
    )
    assert "warms" in explorer.update(t=0).words


@pytest.mark.slow
def test_bars_stay_inside_their_panel_all_along():
    explorer = explore.chain_rule(x**2 * y)
    low, high = explorer.axes[1].get_ylim()
    for moment in np.linspace(0, 6.25, 60):
        explorer.update(t=moment)
        ends = [bar.get_y() + bar.get_height() for bar in explorer._bars._bars]
        assert low < min(ends) <= max(ends) < high


def test_a_hand_puts_the_bug_on_the_nearest_place_of_its_path():
    explorer = explore.chain_rule(x**2 * y)
    explorer.frame(1)
    width, height = explorer.canvas.size
    across, up = explorer.axes[0].transData.transform((0, 1.4))
    explorer.move({}, place=(across / width, 1 - up / height))
    assert explorer.state["t"] == pytest.approx(np.pi / 2, abs=0.06)


@pytest.mark.slow
def test_other_letters_are_used_throughout():
    words = explore.chain_rule(x**2 * y, (s, s**2), along=(-1, 1)).frame().words
    assert words.startswith("At s = ")
    assert "df/ds" in words


def test_where_f_has_no_gradient_the_words_say_so():
    assert "no gradient" in explore.chain_rule(sqrt(x**2 + y**2), (t, t), along=(-1, 1), at=0).frame().words
    assert "no gradient" in explore.chain_rule(log(x) + y, (t, t), along=(-1, 1), at=-0.5).frame().words


@pytest.mark.parametrize(
    ("path", "said"), [((t,), "pair"), ((t, s), "one parameter"), ((x * 0 + 1, x * 0 + 2), "one parameter")]
)
def test_what_is_no_path_is_refused(path, said):
    with pytest.raises(ValueError, match=said):
        Track.of(path)
