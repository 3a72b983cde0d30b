"""A formula as a fast function of arrays: real values as floats, `nan` where there is none, never a warning."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Expr, Symbol, lambdify

Floats = NDArray[np.float64]


def compiled(variables: Sequence[Symbol], formula: Expr) -> Callable[..., Floats]:
    """Return a function of as many arrays as there are variables, broadcast together.

    It is compiled for numpy, or evaluated number by number where numpy lacks a function that occurs in the formula.

    >>> from sympy import erf, log
    >>> from sympy.abc import x, y
    >>> compiled((x, y), log(x) * y)([-1, 1], 2)
    array([nan,  0.])
    >>> compiled((x,), erf(x))([0, 100])
    array([0., 1.])
    """
    fast = lambdify(variables, formula, modules="numpy")

    def evaluate(*coordinates: ArrayLike) -> Floats:
        arrays = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in coordinates))
        with np.errstate(all="ignore"):
            return _real(fast(*arrays), arrays[0].shape)

    try:
        evaluate(*(np.array([0.3, 0.7]) + 0.1 * i for i in range(len(variables))))
    except (NameError, TypeError, AttributeError, ValueError):  # "erf" is no numpy function, for instance
        one_at_a_time = lambdify(variables, formula, modules=["mpmath", "sympy"])
        fast = np.vectorize(lambda *place: _number(one_at_a_time, place), otypes=[float])
    return evaluate


def at_a_point(variables: Sequence[Symbol], formulas: Sequence[Expr]) -> Callable[..., tuple[float, ...] | None]:
    """Return a function of single numbers, many times as fast as arrays of one number each; walks ask for hundreds.

    Its value is None where one of the formulas has no finite real value, or none that plain floats can give: then
    ask `compiled`.

    >>> from sympy import log
    >>> from sympy.abc import x, y
    >>> f = at_a_point((x, y), (x * y, log(x)))
    >>> f(1.0, 2.0), f(-1.0, 2.0)
    ((2.0, 0.0), None)
    """
    fast = lambdify(variables, tuple(formulas), modules="math", cse=True)

    def evaluate(*place: float) -> tuple[float, ...] | None:
        try:
            values = fast(*place)
        except (ArithmeticError, ValueError, TypeError, NameError):
            return None
        finite = all(isinstance(each, int | float) and math.isfinite(each) for each in values)
        return tuple(map(float, values)) if finite else None

    return evaluate


def _real(values: Any, shape: tuple[int, ...]) -> Floats:
    """Values as floats of the given shape, `nan` where they are complex or infinite."""
    values = np.broadcast_to(np.asarray(values), shape)
    if np.iscomplexobj(values):
        values = np.where(values.imag == 0, values.real, np.nan)
    values = values.astype(float)
    return np.where(np.isfinite(values), values, np.nan)


def _number(f: Callable[..., Any], place: Sequence[float]) -> float:
    """One value, `nan` where there is none."""
    try:
        value = complex(f(*map(float, place)))
    except (ArithmeticError, ValueError, TypeError):
        return float("nan")
    return value.real if value.imag == 0 else float("nan")
