"""A process that serves a class draws each picture once; nobody else keeps any."""

from __future__ import annotations

from contextvars import copy_context

import numpy as np
import pytest
from sympy import Integer, Symbol
from sympy.abc import x, y

from nabla.explore.album import MOST, kept_in_album, open_album
from nabla.explore.arrows import gradient_picture
from nabla.explore.picture import Picture


@pytest.fixture
def draw():
    @kept_in_album
    def draw(*what, **named):
        draw.count += 1
        return Picture(b"...", f"{what} {named}")

    draw.count = 0
    return draw


def with_album(work):
    """Run something in a context of its own, where an album is open."""

    def run():
        open_album()
        return work()

    return copy_context().run(run)


def test_without_an_album_every_picture_is_drawn_afresh(draw):
    assert draw(x**2) == draw(x**2)
    assert draw.count == 2


def test_with_an_album_the_same_picture_is_drawn_once(draw):
    arguments = (x**2 + y, (1, Integer(2)), {"gradient": [3, 4]}, np.array([1.0, 2.0]), None, "words")
    first, second = with_album(lambda: (draw(*arguments, at=(0, 0)), draw(*arguments, at=(0, 0))))
    assert first is second
    assert draw.count == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [(x, Symbol("x", positive=True)), (1, 1.0), (1, True), ((1, 2), [1, 2]), ((1, 2), (2, 1)),
     (np.zeros(2), np.zeros((2, 1))), ({"a": 1}, {"a": 2})],
)  # fmt: skip
def test_what_differs_in_value_or_type_is_another_picture(draw, one, other):
    with_album(lambda: (draw(one), draw(other)))
    assert draw.count == 2


def test_what_may_change_without_notice_is_not_kept(draw):
    with_album(lambda: (draw(lambda a: a), draw(np.array([[]], dtype=object)), draw(iter([1]))))
    same = lambda a: a  # noqa: E731
    with_album(lambda: (draw(same), draw(same)))
    assert draw.count == 5


def test_an_album_does_not_grow_without_end(draw):
    with_album(lambda: [draw(number) for number in [*range(MOST + 5), 0, MOST + 4]])
    assert draw.count == MOST + 6


def test_a_real_picture_is_the_same_with_and_without():
    def picture():
        return gradient_picture(x**2 + y**2, at=(1, 1), arrows={"gradient": (2, 2)})

    kept, again = with_album(lambda: (picture(), picture()))
    assert kept is again
    assert kept == picture()
