"""Fitting a line y = w x + b by gradient descent on the mean of the squared errors.

The parameters are the pair (w, b). The loss L(w, b) is the mean of (w x + b - y)^2 over the data: a bowl over
the plane of the parameters, whose bottom is the least-squares line of these very data.

>>> x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])
>>> float(line_loss((2, 1), x, y)), line_loss_gradient((0, 0), x, y)
(0.0, array([-8.66666667, -6.        ]))
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nabla.descent import gradient_descent

Floats = NDArray[np.float64]


def line_loss(parameters: ArrayLike, x: ArrayLike, y: ArrayLike) -> float:
    """Return the mean of the squared errors of the line (w, b) on the data."""
    return float(np.mean(_errors(parameters, x, y) ** 2))


def line_loss_gradient(parameters: ArrayLike, x: ArrayLike, y: ArrayLike) -> Floats:
    """Return the gradient of the loss, shape (2,): (2 mean(error x), 2 mean(error))."""
    errors = _errors(parameters, x, y)
    return np.array([2 * np.mean(errors * np.asarray(x, dtype=float)), 2 * np.mean(errors)])


def fit_line(x: ArrayLike, y: ArrayLike, learning_rate: float, steps: int) -> tuple[float, float]:
    """Return (w, b) after so many steps of gradient descent from (0, 0).

    Raises `ValueError` when x and y are not two lists of the same length.

    >>> rng = np.random.default_rng(0)
    >>> x = np.linspace(0, 1, 50)
    >>> w, b = fit_line(x, 2 * x + 1 + 0.1 * rng.normal(size=50), learning_rate=0.5, steps=2000)
    >>> round(w, 5), round(b, 5)
    (2.11603, 0.95488)
    """
    path = gradient_descent(lambda p: line_loss_gradient(p, x, y), (0.0, 0.0), learning_rate, steps)
    return float(path[-1][0]), float(path[-1][1])


def least_squares_line(x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    """Return the (w, b) at the bottom of the bowl. Raises `ValueError` when all x are the same.

    >>> least_squares_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    spread = np.mean((xs - xs.mean()) ** 2)
    if not spread > 0:
        raise ValueError("all x are the same: no line is better than the others")
    slope = np.mean((xs - xs.mean()) * (ys - ys.mean())) / spread
    return float(slope), float(ys.mean() - slope * xs.mean())


def largest_line_rate(x: ArrayLike) -> float:
    """Return the largest stable learning rate for these x: 2 / the largest curvature of the loss.

    >>> round(largest_line_rate(np.linspace(0, 1, 50)), 3)
    0.788
    """
    xs = np.asarray(x, dtype=float)
    hessian = 2 * np.array([[np.mean(xs**2), xs.mean()], [xs.mean(), 1.0]])
    return float(2 / np.linalg.eigvalsh(hessian)[-1])


def _errors(parameters: ArrayLike, x: ArrayLike, y: ArrayLike) -> Floats:
    w, b = np.asarray(parameters, dtype=float)
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if xs.shape != ys.shape or xs.ndim != 1:
        raise ValueError(f"x and y must be two lists of the same length; their shapes are {xs.shape} and {ys.shape}")
    return w * xs + b - ys
