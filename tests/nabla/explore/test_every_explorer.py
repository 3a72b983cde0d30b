"""What holds for every explorer of the plane: short words, quick frames that leave nothing behind, a true reset."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from sympy import exp, sin
from sympy.abc import x, y

from nabla import explore
from nabla.explore.controls import Slider

VALLEY = x**2 + 10 * y**2
EVERY = {
    "contours": lambda: explore.gradient_on_contours(x**2 + 3 * y**2),
    "directional": lambda: explore.directional_derivative(x**2 + 4 * y**2),
    "levels": lambda: explore.level_sets(x**3 - 3 * x + y**2, at=(1, 1)),
    "descent": lambda: explore.gradient_descent(VALLEY, momentum=0.5),
    "race": lambda: explore.optimiser_race(VALLEY),
    "chain": lambda: explore.chain_rule(x**2 * y),
    "line": lambda: explore.fit_a_line(),
    "differences": lambda: explore.finite_difference_error(exp(x) * sin(y)),
    "field": lambda: explore.gradient_field(x**2 + y**2),
    "lagrange": lambda: explore.lagrange(x * y, x**2 + 4 * y**2, 8),
    "image": lambda: explore.image_gradient(),
    "chemotaxis": lambda: explore.chemotaxis(),
    "linearization": lambda: explore.linearization_error(x**2 * y + 3 * y),
}
ROOM = 260
"""Characters in the three lines that are kept free under a picture, 640 pixels wide."""


@pytest.fixture(params=EVERY)
def explorer(request):
    return EVERY[request.param]()


def sliders(explorer):
    return {name: control for name, control in explorer.controls.items() if isinstance(control, Slider)}


@pytest.mark.slow
def test_words_fit_in_their_room_wherever_the_sliders_are(explorer):
    for name, slider in sliders(explorer).items():
        for value in np.linspace(slider.low, slider.high, 7):
            words = explorer.update(**{name: slider.snapped(value)}).words
            assert len(words) <= ROOM, words
        explorer.reset()


@pytest.mark.slow
@pytest.mark.slow
def test_a_hundred_moves_leave_nothing_behind(explorer):
    figures = plt.get_fignums()
    first = explorer.frame(1).picture.png
    artists = [len(axes.get_children()) for axes in explorer.figure.axes]
    name, slider = next(iter(sliders(explorer).items()), (None, None))
    for k in range(100 if slider else 0):
        explorer.update(**{name: slider.snapped(slider.low + (slider.high - slider.low) * k / 99)})
    assert [len(axes.get_children()) for axes in explorer.figure.axes] == artists
    assert plt.get_fignums() == figures
    explorer.reset()
    assert explorer.frame(1).picture.png == first


@pytest.mark.slow
def test_the_text_for_those_who_cannot_see_it_says_what_it_is_and_what_it_shows(explorer):
    picture = explorer.frame(1).picture
    assert picture.alt == f"{explorer.title}. {picture.words}"
    assert len(explorer.title) > 20


def labels(axes):
    """Every text of the axes that is drawn."""
    if not axes.axison:
        yield from axes.texts
        return
    for axis, (low, high) in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
        places = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
        yield from (label for place, label in places if low <= place <= high)
    yield from (axes.title, *axes.texts)


@pytest.mark.slow
def test_labels_stay_inside_the_picture(explorer):
    explorer.frame(1)
    renderer = explorer.figure.canvas.get_renderer()
    width, height = explorer.canvas.size
    for axes in explorer.figure.axes:
        for label in labels(axes):
            if label.get_text() and label.get_visible():
                box = label.get_window_extent(renderer)
                assert 0 <= box.x0 <= box.x1 <= width, label.get_text()
                assert 0 <= box.y0 <= box.y1 <= height, label.get_text()
