"""Still pictures of paths and of single level curves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sympy.abc import x, y, z

from nabla.explore.level_picture import level_picture
from nabla.explore.paths import PathScene, path_picture, places_of_numbers
from nabla.explore.plane import Window


def test_a_path_is_told_with_its_heights() -> None:
    picture = path_picture(x**2 + 10 * y**2, [(5, 5), (4.5, 0)])
    assert picture.words == "path: from (5, 5) to (4.5, 0), 1 step. f goes from 275 to 20.25 and falls with every step."
    assert picture.png.startswith(b"\x89PNG")
    assert "Contour map of f(x, y)" in picture.alt


def test_a_path_that_rises_or_wavers_is_told_so() -> None:
    points = ((0.0, 0.0), (1.0, 0.0), (0.5, 0.0))
    assert "rises with every step" in PathScene("ascent", points[:2], (0, 1)).describe()
    assert "does not fall with every step" in PathScene("path", points, (0, 1, 0.25)).describe()


def test_a_long_path_is_told_by_its_ends() -> None:
    points = tuple((float(k), 0.0) for k in range(12))
    assert "to … to (11, 0), 11 steps" in PathScene("path", points, tuple(range(12))).describe()


@pytest.mark.parametrize("path", [[(1, 2)], [(1, 2), (math.inf, 0)]])
def test_what_is_no_path_is_refused(path: list) -> None:
    with pytest.raises(ValueError, match="two points or more"):
        path_picture(x * y, path)


def test_a_level_curve_keeps_its_formula_to_itself() -> None:
    picture = level_picture(x**2 + y**2, (3, 4))
    assert picture.words == "One level curve. It passes through (3, 4)."
    assert "x" not in picture.alt


@pytest.mark.parametrize(("f", "words"), [(x * y * z, "two variables"), (1 / (x - 1), "no real value")])
def test_what_has_no_level_curve_there_is_refused(f: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        level_picture(f, (1, 1))


@pytest.mark.parametrize("count", [2, 8, 30])
def test_numbers_keep_clear_of_each_other_and_of_the_points_however_they_crowd(count: int) -> None:
    steps = np.arange(count)[:, None]
    points = np.array([3.0, 1.0]) * 0.93**steps * np.hstack([steps**0, (-0.6) ** steps])
    unit, window = 12 / 570, Window.of(((-6, 6), (-4.5, 4.5)))
    places = places_of_numbers(points, unit, window)
    assert {0, count - 1} <= set(places)
    at = np.array(list(places.values())) / unit
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + 1e9 * np.eye(len(at))
    assert apart.min() > 15
    assert np.hypot(*(at[:, None] - points[None] / unit).transpose(2, 0, 1)).min() > 10
