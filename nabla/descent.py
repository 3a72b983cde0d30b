"""Paths of gradient descent and its relatives: floats in, a float array of shape (steps + 1, n) out.

Row 0 of a path is the start, row k the point after k steps. The start is copied as floats, so whole numbers
in it do no harm. A path that runs away is returned as it is, up to `inf` and `nan`.

>>> import numpy as np
>>> def slope(p):  # of x^2 + 10 y^2
...     return np.array([2 * p[0], 20 * p[1]])
>>> gradient_descent(slope, (5, 5), learning_rate=0.05, steps=1)
array([[5. , 5. ],
       [4.5, 0. ]])
>>> len(gradient_descent(slope, (5, 5), 1 / 11, steps=1000, tolerance=1e-6)) - 1
92
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nabla.optimisers import Adam, Momentum, Plain, RMSProp, Rule

Floats = NDArray[np.float64]

GradientFunction = Callable[[Floats], Any]
"""A function of a point, shape (n,), that returns the gradient there, n numbers."""


def gradient_descent(
    grad: GradientFunction, start: ArrayLike, learning_rate: float, steps: int, tolerance: float = 0.0
) -> Floats:
    """Walk against the gradient: x <- x - eta grad(x).

    Stops before `steps` when the gradient is shorter than `tolerance`. Raises what `descend` raises.

    >>> gradient_descent(lambda p: 2 * p, [10], 0.1, steps=50)[-1].round(7)
    array([0.0001427])
    """
    return descend(Plain(learning_rate), grad, start, steps, tolerance)


def momentum_descent(
    grad: GradientFunction,
    start: ArrayLike,
    learning_rate: float,
    steps: int,
    momentum: float = 0.9,
    tolerance: float = 0.0,
) -> Floats:
    """Walk with heavy-ball momentum: v <- beta v + grad(x), x <- x - eta v.

    >>> momentum_descent(lambda p: 2 * p, [10], 0.1, steps=2, momentum=0.5).ravel()
    array([10. ,  8. ,  5.4])
    """
    return descend(Momentum(learning_rate, momentum), grad, start, steps, tolerance)


def rmsprop(
    grad: GradientFunction,
    start: ArrayLike,
    learning_rate: float,
    steps: int,
    decay: float = 0.9,
    epsilon: float = 1e-8,
    tolerance: float = 0.0,
) -> Floats:
    """Walk with RMSProp: every coordinate's slope is divided by its own recent size.

    >>> rmsprop(lambda p: p * [2, 200], [1, 1], 0.1, steps=1, decay=0.75).round(6)
    array([[1. , 1. ],
           [0.8, 0.8]])
    """
    return descend(RMSProp(learning_rate, decay, epsilon), grad, start, steps, tolerance)


def adam(
    grad: GradientFunction,
    start: ArrayLike,
    learning_rate: float,
    steps: int,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    tolerance: float = 0.0,
) -> Floats:
    """Walk with Adam. The first step has length eta along every coordinate, whatever the slopes.

    >>> adam(lambda p: p * [2, 200], [1, -1], 0.1, steps=1).round(6)
    array([[ 1. , -1. ],
           [ 0.9, -0.9]])
    """
    return descend(Adam(learning_rate, beta1, beta2, epsilon), grad, start, steps, tolerance)


def descend(rule: Rule, grad: GradientFunction, start: ArrayLike, steps: int, tolerance: float = 0.0) -> Floats:
    """Walk by any update rule, shape (steps + 1, n); fewer rows when the gradient falls below `tolerance`.

    Raises `ValueError` for a start that is not a list of finite numbers, for a negative number of steps, and
    for a gradient with another number of components than the start.

    >>> descend(Plain(0.25), lambda p: 2 * p, [8], steps=3).ravel()
    array([8., 4., 2., 1.])
    """
    point = _start(start)
    if steps < 0:
        raise ValueError(f"the number of steps cannot be negative, as {steps} is")
    path, memory = [point], rule.start()
    with np.errstate(over="ignore", invalid="ignore"):  # a path may run away: that is a result, not an accident
        for _ in range(steps):
            slope = _slope(grad, point)
            if tolerance > 0 and np.hypot.reduce(slope) < tolerance:
                break
            point, memory = rule.step(point, slope, memory)
            path.append(point)
    return np.array(path)


def _start(start: ArrayLike) -> Floats:
    point = np.array(start, dtype=float)
    if point.ndim != 1 or point.size == 0 or not np.isfinite(point).all():
        raise ValueError(f"the start must be a list of finite numbers, such as (5, 5), not {start!r}")
    return point


def _slope(grad: GradientFunction, point: Floats) -> Floats:
    slope = np.array(grad(point.copy()), dtype=float)
    if slope.shape != point.shape:
        raise ValueError(f"the gradient has shape {slope.shape}, and the point has shape {point.shape}")
    return slope
