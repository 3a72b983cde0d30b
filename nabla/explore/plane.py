"""The mathematics under a picture of the plane: a function of two variables, ready to be evaluated quickly.

A student's own `f` may be undefined on part of the window; there its value is `nan`, and nothing warns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sympy import Expr, Symbol

from nabla.calculus import expression, gradient, variables_of
from nabla.explore.compiled import Floats, at_a_point, compiled

__all__ = ["Floats", "PlaneFunction", "Window", "nice_scale", "nice_step"]


@dataclass(frozen=True)
class Window:
    """The rectangle of the plane that a picture shows.

    >>> Window.around((1, 1))
    Window(left=-4.0, right=4.0, bottom=-3.0, top=3.0)
    >>> Window.of(2).width
    4.0
    >>> Window.of(((0, 4), (-1, 1))).height
    2.0
    """

    left: float
    right: float
    bottom: float
    top: float

    def __post_init__(self) -> None:
        sides = (self.left, self.right, self.bottom, self.top)
        if not (np.all(np.isfinite(sides)) and self.left < self.right and self.bottom < self.top):
            raise ValueError(f"a window needs left < right and bottom < top, not {sides}")

    @classmethod
    def of(
        cls,
        window: Any,
        point: tuple[float, float] = (0.0, 0.0),
        within: float = 0.6,
        shape: tuple[float, float] = (4.0, 3.0),
    ) -> Window:
        """Return the window meant by `r` (from -r to r both ways), by `((x0, x1), (y0, y1))` or by `None`.

        With `None` it is `around(point, within, shape)`.
        """
        if isinstance(window, Window):
            return window
        if window is None:
            return cls.around(point, within, shape)
        try:
            sides = np.array(window, dtype=float)
        except (TypeError, ValueError):
            sides = np.array([])
        if sides.shape == ():
            return cls(-float(sides), float(sides), -float(sides), float(sides))
        if sides.shape != (2, 2):
            raise ValueError(f"a window is a number or ((x0, x1), (y0, y1)), not {window!r}")
        (left, right), (bottom, top) = sides.tolist()
        return cls(left, right, bottom, top)

    @classmethod
    def around(cls, point: tuple[float, float], within: float = 0.6, shape: tuple[float, float] = (4.0, 3.0)) -> Window:
        """Return a window about the origin with the point in its inner part.

        `within` is how far out the point may be, as a part of the way to the edge; `shape` is half the width and
        half the height of the smallest such window.
        """
        need = max(1.0, abs(point[0]) / (shape[0] * within), abs(point[1]) / (shape[1] * within))
        size = next(s for s in _nice_numbers() if s >= need * (1 - 1e-9))
        return cls(-shape[0] * size, shape[0] * size, -shape[1] * size, shape[1] * size)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def size(self) -> float:
        """The shorter side."""
        return min(self.width, self.height)

    def grid(self, across: int) -> tuple[Floats, Floats]:
        """Return coordinates of a grid with square cells: `across` columns, edges included."""
        rows = max(2, round(across * self.height / self.width))
        return np.linspace(self.left, self.right, across), np.linspace(self.bottom, self.top, rows)


@dataclass(frozen=True)
class PlaneFunction:
    """A function f of two variables: its formula, and its values and gradients as floats.

    >>> from sympy.abc import x, y
    >>> f = PlaneFunction.of(x**2 + 3*y**2)
    >>> f.value_at((1, 2)), f.gradient_at((1, 2))
    (13.0, (2.0, 12.0))
    """

    formula: Expr
    variables: tuple[Symbol, Symbol]

    @classmethod
    def of(cls, f: Any, variables: Iterable[Symbol] | None = None) -> PlaneFunction:
        """Return `f` as a function of two variables, named by `variables` or found in `f`.

        A formula in one of x and y alone is taken as a function of both. Raises `TypeError` for what is not
        an expression and `ValueError` for any other number of variables.
        """
        if isinstance(f, PlaneFunction):
            return f
        formula = expression(f)
        names = variables_of(formula) if variables is None else tuple(variables)
        if variables is None and len(names) < 2 and {v.name for v in names} <= {"x", "y"}:
            own = {v.name: v for v in names}
            names = (own.get("x", Symbol("x")), own.get("y", Symbol("y")))
        if len(names) != 2:
            found = ", ".join(v.name for v in names) or "none"
            raise ValueError(f"this picture needs a function of two variables; {formula} has {found}")
        if extra := [s.name for s in variables_of(formula) if s.name not in {v.name for v in names}]:
            raise ValueError(f"{formula} still contains {', '.join(extra)}: put numbers in first")
        gradient(formula, names)  # its errors, before anything is drawn
        return cls(formula, names)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two variables."""
        return self.variables[0].name, self.variables[1].name

    @cached_property
    def _value(self) -> Callable[..., Floats]:
        return compiled(self.variables, self.formula)

    @cached_property
    def _partials(self) -> tuple[Callable[..., Floats], Callable[..., Floats]]:
        along_x, along_y = gradient(self.formula, self.variables)
        return compiled(self.variables, along_x), compiled(self.variables, along_y)

    @cached_property
    def _at_a_point(self) -> Callable[..., tuple[float, ...] | None]:
        return at_a_point(self.variables, (self.formula, *gradient(self.formula, self.variables)))

    def values(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """Return f at arrays of coordinates, broadcast together; `nan` where it is undefined."""
        return self._value(x, y)

    def gradients(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Return both partial derivatives; `nan` where f or either of them is undefined."""
        u, v = (partial(x, y) for partial in self._partials)
        undefined = np.isnan(u) | np.isnan(v) | np.isnan(self._value(x, y))
        return np.where(undefined, np.nan, u), np.where(undefined, np.nan, v)

    def value_at(self, point: tuple[float, float]) -> float:
        """Return f at one point, or `nan`."""
        return float(self.values(*point))

    def gradient_at(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return the gradient at one point, or `(nan, nan)`."""
        at_once = self._at_a_point(*map(float, point))
        if at_once is not None:
            return at_once[1], at_once[2]
        u, v = self.gradients(*point)
        return float(u), float(v)

    def typical_slope(self, window: Window, part: float = 0.9) -> float:
        """Return a length that most of the gradients in the window stay below; 0 if f is constant there."""
        x, y = np.meshgrid(*window.grid(40))
        lengths = np.hypot(*self.gradients(x, y))
        lengths = lengths[np.isfinite(lengths)]
        return float(np.quantile(lengths, part)) if lengths.size else 0.0

    def typical_curvature(self, window: Window) -> float:
        """Return a curvature that f stays below, either way, in most of the window; 0 if f is linear there.

        It is the largest absolute eigenvalue of the Hessian, of which the 0.9 quantile over the window is taken.

        >>> from sympy.abc import x, y
        >>> PlaneFunction.of(x**2 + 10*y**2).typical_curvature(Window.of(3))
        20.0
        """
        x, y = np.meshgrid(*window.grid(15))
        first = gradient(self.formula, self.variables)
        xx, xy, yy = (
            compiled(self.variables, first[i].diff(self.variables[j]))(x, y) for i, j in ((0, 0), (0, 1), (1, 1))
        )
        middle, reach = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
        largest = np.maximum(np.abs(middle + reach), np.abs(middle - reach))
        largest = largest[np.isfinite(largest)]
        return float(np.quantile(largest, 0.9)) if largest.size else 0.0


def nice_step(target: float) -> float:
    """Return the largest of ... 0.1, 0.2, 0.5, 1, 2, 5 ... that is not above `target`.

    >>> nice_step(0.3), nice_step(0.07), nice_step(7)
    (0.2, 0.05, 5.0)
    """
    exponent = int(np.floor(np.log10(target)))
    return max(s for s in (float(f"{d}e{exponent}") for d in (1, 2, 5)) if s <= target * (1 + 1e-9))


def nice_scale(target: float) -> float:
    """Return a factor near `target` and not above it that is easy to say: 1/2, 1/3, 1/15, 1, 2, 5 ...

    >>> nice_scale(7), 1 / nice_scale(0.3), 1 / nice_scale(0.013)
    (5.0, 4.0, 80.0)
    """
    if target >= 1:
        return nice_step(target)
    whole = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
    power = 10.0 ** max(0, int(np.floor(np.log10(1 / target))) - 1)
    shares = [n * power for n in (*whole, 100)]
    return 1 / next(n for n in shares if n >= (1 - 1e-9) / target)


def _nice_numbers() -> Iterable[float]:
    """1, 1.5, 2, 3, 5, 7.5, 10, 15, ... without end."""
    power = 1.0
    while True:
        yield from (digits * power for digits in (1, 1.5, 2, 3, 5, 7.5))
        power *= 10
