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


class Dual:
    """A number `value + slope * e` with `e**2 = 0`: arithmetic on it carries an exact derivative along.

    `slope` is the derivative along whichever input was given the slope 1. Supports + - * / and ** with a
    constant exponent; use the methods `exp`, `log`, `sin` and `cos`, which numpy's functions of those names
    call too.

    >>> x = Dual(3.0, 1.0)
    >>> x**2 + 2*x
    Dual(15.0, 8.0)
    """

    __slots__ = ("slope", "value")

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value = float(value)
        self.slope = float(slope)

    def __repr__(self) -> str:
        return f"Dual({self.value}, {self.slope})"

    def __add__(self, other: Dual | float) -> Dual:
        other = _dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __sub__(self, other: Dual | float) -> Dual:
        return self + -_dual(other)

    def __rsub__(self, other: float) -> Dual:
        return _dual(other) + -self

    def __mul__(self, other: Dual | float) -> Dual:
        other = _dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: Dual | float) -> Dual:
        return self * _dual(other) ** -1

    def __rtruediv__(self, other: float) -> Dual:
        return _dual(other) * self**-1

    def __pow__(self, n: float) -> Dual:
        return Dual(1.0) if n == 0 else Dual(self.value**n, n * self.value ** (n - 1) * self.slope)

    __radd__ = __add__
    __rmul__ = __mul__

    def exp(self) -> Dual:
        """e to this power."""
        return Dual(np.exp(self.value), np.exp(self.value) * self.slope)

    def log(self) -> Dual:
        """The natural logarithm."""
        return Dual(np.log(self.value), self.slope / self.value)

    def sin(self) -> Dual:
        """The sine."""
        return Dual(np.sin(self.value), np.cos(self.value) * self.slope)

    def cos(self) -> Dual:
        """The cosine."""
        return Dual(np.cos(self.value), -np.sin(self.value) * self.slope)


def dual_gradient(f: Callable[[Any], Any], x: ArrayLike) -> NDArray[np.float64]:
    """Return the gradient of `f` at `x`, shape (n,), by running `f` on dual numbers: n runs, exact to
    rounding.

    >>> import numpy as np
    >>> dual_gradient(lambda p: np.exp(p[0]) * np.sin(p[1]), [0, 0])
    array([0., 1.])
    """
    point, _ = _point_and_steps(x, None, CENTRAL_STEP)
    runs = ([Dual(c, float(i == j)) for j, c in enumerate(point)] for i in range(len(point)))
    return np.array([_dual(f(np.array(run, dtype=object))).slope for run in runs])


def _dual(value: Dual | float) -> Dual:
    return value if isinstance(value, Dual) else Dual(value)
