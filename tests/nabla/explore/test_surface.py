"""The still picture of a graph with a plane."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Integer, log, sqrt
from sympy.abc import x, y, z

from nabla.explore.surface import _below, surface_picture


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plane", "words"),
    [
        (2 * x + 2 * y - 2, "it touches the graph at the point"),
        (2 * x + y - 1, "its slope along y is another"),
        (x + 2 * y - 1, "its slope along x is another"),
        (x + y, "its slope along x and along y is another"),
        (2 * x + 2 * y, "it lies above the graph"),
        (Integer(0), "it lies below the graph"),
    ],
)
def test_the_words_say_how_the_plane_meets_the_graph(plane: object, words: str) -> None:
    assert words in surface_picture(x**2 + y**2, (1, 1), plane).words


def test_without_a_plane_the_graph_alone_is_shown() -> None:
    picture = surface_picture(x * y, (1, 2))
    assert picture.words == "The graph of f around the point above (1, 2)."
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt.startswith("Graph of f(x, y) = x*y.")


@pytest.mark.slow
@pytest.mark.parametrize("f", [log(x) * y, sqrt(x**2 + y**2), 1 / (x * y), 0 * x + y])
def test_graphs_with_edges_and_poles_are_drawn(f: object) -> None:
    assert surface_picture(f, (1, 1), Integer(1), (x, y)).png


def test_three_variables_or_a_point_outside_are_refused() -> None:
    with pytest.raises(ValueError, match="two variables"):
        surface_picture(x * y * z, (1, 1, 1))
    with pytest.raises(ValueError, match="no real value"):
        surface_picture(log(x) * y, (-1, 1))


def test_a_cell_is_cut_off_at_the_height() -> None:
    square = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 2], [0, 1, 2]])
    cut = _below(square, 1.0)
    assert cut[:, 2].max() == 1
    assert cut[:, 1].max() == pytest.approx(0.5)
    assert len(_below(square, -1.0)) == 0
