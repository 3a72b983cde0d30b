"""Pictures that were drawn before, kept where many ask for the same ones.

A still picture depends on what it is drawn from and on nothing else. A process that serves a whole class opens an
album and draws the instructor's pictures once; the processes forked from it find them there. Nobody else has one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from numbers import Number
from typing import ParamSpec

import numpy as np
from sympy import Basic

from nabla.explore.picture import Picture

Drawn = ParamSpec("Drawn")
Album = dict[tuple[object, ...], Picture]
MOST = 50
"""How many pictures an album takes in; later ones are drawn whenever they are asked for."""

_album: ContextVar[Album | None] = ContextVar("album", default=None)


def open_album() -> None:
    """From now on keep every still picture of this process, in memory."""
    _album.set({})


def kept_in_album(draw: Callable[Drawn, Picture]) -> Callable[Drawn, Picture]:
    """Let a function that draws a still picture look into the album first, where one is open.

    >>> @kept_in_album
    ... def dot(at):
    ...     print("drawing")
    ...     return Picture(b"...", f"A dot at {at}.")
    >>> def twice():
    ...     open_album()
    ...     return dot(1), dot(1)
    >>> from contextvars import copy_context
    >>> copy_context().run(twice)
    drawing
    (Picture: A dot at 1., Picture: A dot at 1.)
    """

    @wraps(draw)
    def look(*arguments: Drawn.args, **named: Drawn.kwargs) -> Picture:
        album = _album.get()
        if album is None:
            return draw(*arguments, **named)
        try:
            name = (draw.__module__, draw.__qualname__, _frozen(arguments), _frozen(named))
        except TypeError:  # it is drawn from something that may change
            return draw(*arguments, **named)
        if name in album:
            return album[name]
        picture = draw(*arguments, **named)
        if len(album) < MOST:
            album[name] = picture
        return picture

    return look


def _frozen(value: object) -> object:
    """Return what tells a value apart from every other; raise `TypeError` for what may change without notice."""
    if isinstance(value, tuple | list):
        return type(value), tuple(map(_frozen, value))
    if isinstance(value, dict):
        return dict, tuple((_frozen(name), _frozen(part)) for name, part in value.items())
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return value.dtype.str, value.shape, value.tobytes()
    if value is None or isinstance(value, Basic | Number | str):
        return type(value), value
    raise TypeError(f"A picture of {type(value).__name__} is not kept.")
