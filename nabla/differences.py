"""Gradients by finite differences: numbers in, numbers out.

A difference quotient has two errors that pull apart: the curve bends away from its chord when the step is
long, and the digits of f cancel when it is short. With u = 2.2e-16, the spacing of floating-point numbers
at 1, the two balance near h = sqrt(u), about 1.5e-8, for the forward difference and h = u**(1/3), about
6e-6, for the central one. Both steps grow with the size of the coordinate.

>>> import numpy as np
>>> def f(p):
...     return np.exp(p[0]) * np.sin(p[1])
>>> exact = np.exp(1) * np.array([np.sin(1), np.cos(1)])
>>> bool(np.max(np.abs(forward_gradient(f, [1, 1]) - exact)) < 1e-7)
True
>>> bool(np.max(np.abs(central_gradient(f, [1, 1]) - exact)) < 1e-9)
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Field = Callable[[NDArray[np.float64]], Any]
"""A function of one array of n coordinates that returns one number."""

FORWARD_STEP = float(np.sqrt(np.finfo(float).eps))
"""The relative step at which a forward difference is about as exact as it can be: 1.49e-8."""

CENTRAL_STEP = float(np.cbrt(np.finfo(float).eps))
"""The relative step at which a central difference is about as exact as it can be: 6.06e-6."""


def forward_gradient(f: Field, x: ArrayLike, h: float | None = None) -> NDArray[np.float64]:
    """Return the gradient of `f` at `x`, shape (n,), from the n quotients (f(x + h e) - f(x)) / h.

    `h` is used as given for every coordinate; without it the step is `FORWARD_STEP` times max(1, |x_i|).
    It costs n + 1 evaluations of `f`. Raises `ValueError` for a step that is not positive, or so small that
    it does not change the coordinate, and for `x` that is not a list of finite numbers.

    >>> forward_gradient(lambda p: p[0]**2 + 3*p[1]**2, [1, 2], h=1e-3).round(6)
    array([ 2.001, 12.003])
    """
    point, steps = _point_and_steps(x, h, FORWARD_STEP)
    here = _number(f, point)
    slopes = np.empty_like(point)
    for i, step in enumerate(steps):
        ahead = _moved(point, i, step)
        slopes[i] = (_number(f, ahead) - here) / (ahead[i] - point[i])
    return slopes


def central_gradient(f: Field, x: ArrayLike, h: float | None = None) -> NDArray[np.float64]:
    """Return the gradient of `f` at `x`, shape (n,), from the n quotients (f(x + h e) - f(x - h e)) / 2h.

    `h` is used as given for every coordinate; without it the step is `CENTRAL_STEP` times max(1, |x_i|).
    It costs 2n evaluations of `f`. Raises what `forward_gradient` raises.

    >>> central_gradient(lambda p: p[0]**2 + 2*p[1]**2 + 3*p[2]**2, [1, 2, 3]).round(6)
    array([ 2.,  8., 18.])
    """
    point, steps = _point_and_steps(x, h, CENTRAL_STEP)
    slopes = np.empty_like(point)
    for i, step in enumerate(steps):
        ahead, behind = _moved(point, i, step), _moved(point, i, -step)
        slopes[i] = (_number(f, ahead) - _number(f, behind)) / (ahead[i] - behind[i])
    return slopes


numerical_gradient = central_gradient
"""The finite difference to use unless there is a reason not to."""


def _point_and_steps(x: ArrayLike, h: float | None, relative: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A float copy of the point (an integer array would swallow every step) and a step per coordinate."""
    point = np.array(x, dtype=np.float64)
    if point.ndim != 1 or not np.all(np.isfinite(point)):
        raise ValueError(f"the point must be a list of finite numbers such as [1, 2], not {x!r}")
    if h is None:
        return point, relative * np.maximum(1.0, np.abs(point))
    if not h > 0 or not np.isfinite(h):
        raise ValueError(f"the step h must be a positive number, not {h!r}")
    if np.any(point + h == point) or np.any(point - h == point):
        raise ValueError(f"h = {h!r} is too small to change a coordinate of {point.tolist()}")
    return point, np.full_like(point, h)


def _moved(point: NDArray[np.float64], i: int, step: float) -> NDArray[np.float64]:
    moved = point.copy()
    moved[i] += step
    return moved


def _number(f: Field, point: NDArray[np.float64]) -> float:
    """The value of f, which must be one real number."""
    value = np.asarray(f(point))
    if value.size != 1 or np.iscomplexobj(value):
        raise ValueError(f"f must return one real number; at {point.tolist()} it returned {value!r}")
    return float(value.reshape(()))
