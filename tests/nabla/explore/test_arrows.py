"""A student's own arrow drawn beside the gradient."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sympy import Matrix, Rational, log, sqrt
from sympy.abc import x, y, z

from nabla.explore import gradient_picture
from nabla.explore.arrows import ArrowsScene

F = x**2 + 3 * y**2


def test_the_words_tell_how_each_arrow_meets_the_contour():
    arrows = {"your answer": (12, 2), "gradient": Matrix([2, 12]), "backwards": (-2, -12)}
    words = gradient_picture(F, (1, 2), arrows).words
    assert "your answer (12, 2), at 19 degrees to the contour; " in words
    assert "gradient (2, 12), at right angles to the contour, uphill; " in words
    assert "backwards (−2, −12), at right angles to the contour, downhill." in words
    assert "Arrows are drawn at 1/6 of their length." in words


@pytest.mark.parametrize(
    ("arrow", "angle"), [((2, 12), 90), ((-12, 2), 0), ((12, -2), 0), ((14, 10), 45), ((-10, 14), 45)]
)
def test_the_angle_to_the_contour(arrow, angle):
    assert ArrowsScene((1, 2), (2, 12), {}, 1).angle_to_contour(arrow) == pytest.approx(angle, abs=1e-5)


def test_a_zero_answer_and_a_flat_place_are_described():
    assert "your answer (0, 0), which has no direction" in gradient_picture(F, (1, 2), {"your answer": (0, 0)}).words
    assert "where no contour has a direction" in gradient_picture(F, (0, 0), {"your answer": (1, 0)}).words


def test_exact_numbers_and_mappings_are_taken():
    picture = gradient_picture(F, {y: sqrt(4), x: Rational(1, 2)}, {"gradient": (1, 12)})
    assert picture.words.startswith("At (0.5, 2) on the contour map of f: gradient (1, 12), at right angles")


def test_names_are_text_not_markup():
    picture = gradient_picture(F, (1, 2), {"<b>$x$</b>": (1, 1)})
    assert "<b>" not in picture._repr_html_()
    assert "&lt;b&gt;$x$&lt;/b&gt;" in picture._repr_html_()


def test_the_picture_is_sharp_and_its_html_stands_alone():
    picture = gradient_picture(F, (1, 2), {"gradient": (2, 12)})
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.size[0] == 1280
    html = picture._repr_html_()
    assert 'alt="Contour map of f(x, y) = x^2 + 3*y^2. At (1, 2)' in html
    assert "http" not in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("f", "at", "arrows", "said"),
    [
        (x * y * z, (1, 2, 3), {"gradient": (1, 2, 3)}, "two variables"),
        (F, (1, 2), {"gradient": (1, 2, 3)}, "gradient must be two numbers"),
        (F, (1, 2), {"gradient": (x, 2)}, "gradient must be two numbers"),
        (F, (1, 2), dict.fromkeys("abcd", (1, 2)), "at most 3 arrows"),
        (F, (1, 2, 3), {"gradient": (1, 2)}, "3 coordinates"),
        (log(x) + y, (-1, 1), {"gradient": (1, 2)}, "no real value"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(f, at, arrows, said):
    with pytest.raises(ValueError, match=said):
        gradient_picture(f, at, arrows)


def test_a_point_without_arrows_is_shown_on_its_contour():
    assert gradient_picture(F, (1, 2), {}).words.startswith("The point (1, 2) on the contour map of f")


@pytest.mark.slow
@pytest.mark.parametrize("size", [1e-9, 1, 1e12])
def test_arrows_of_any_size_fit(size):
    assert "gradient" in gradient_picture(F, (1, 2), {"gradient": (size, size)}).words
