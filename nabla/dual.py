"""Gradients by forward-mode automatic differentiation: numbers that carry their own slope.

A difference quotient has an error of its own; a dual number follows the rules of differentiation through every
step of a program, so its slope is exact to rounding, and there is no step to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


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
    point = np.array(x, dtype=np.float64)
    runs = ([Dual(c, float(i == j)) for j, c in enumerate(point)] for i in range(len(point)))
    return np.array([_dual(f(np.array(run, dtype=object))).slope for run in runs])


def _dual(value: Dual | float) -> Dual:
    return value if isinstance(value, Dual) else Dual(value)
