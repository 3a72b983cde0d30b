"""The mathematics under a picture of space: a function of three variables, ready to be evaluated quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sympy import Expr, Symbol

from nabla.calculus import expression, gradient, variables_of
from nabla.explore.compiled import Floats, compiled

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class SpaceFunction:
    """A function F of three variables: its formula, and its values and gradients as floats.

    >>> from sympy.abc import x, y, z
    >>> F = SpaceFunction.of(x**2 + y**2 + z**2)
    >>> F.value_at((1, 2, 3)), F.gradient_at((1, 2, 3))
    (14.0, (2.0, 4.0, 6.0))
    """

    formula: Expr
    variables: tuple[Symbol, Symbol, Symbol]

    @classmethod
    def of(cls, f: Any, variables: Iterable[Symbol] | None = None) -> SpaceFunction:
        """Return `f` as a function of three variables, named by `variables` or found in `f`.

        A formula in some of x, y and z is taken as a function of all three. Raises `TypeError` for what is not
        an expression and `ValueError` for any other number of variables.
        """
        formula = expression(f)
        names = variables_of(formula) if variables is None else tuple(variables)
        if variables is None and len(names) < 3 and {v.name for v in names} <= set("xyz"):
            own = {v.name: v for v in names}
            names = tuple(own.get(name, Symbol(name)) for name in "xyz")
        if len(names) != 3:
            found = ", ".join(v.name for v in names) or "none"
            raise ValueError(f"this picture needs a function of three variables; {formula} has {found}")
        if extra := [s.name for s in variables_of(formula) if s.name not in {v.name for v in names}]:
            raise ValueError(f"{formula} still contains {', '.join(extra)}: put numbers in first")
        gradient(formula, names)  # its errors, before anything is drawn
        return cls(formula, (names[0], names[1], names[2]))

    @property
    def names(self) -> tuple[str, str, str]:
        """The names of the three variables."""
        first, second, third = (v.name for v in self.variables)
        return first, second, third

    @cached_property
    def _value(self) -> Callable[..., Floats]:
        return compiled(self.variables, self.formula)

    @cached_property
    def _partials(self) -> tuple[Callable[..., Floats], ...]:
        return tuple(compiled(self.variables, each) for each in gradient(self.formula, self.variables))

    def values(self, x: ArrayLike, y: ArrayLike, z: ArrayLike) -> Floats:
        """Return F at arrays of coordinates, broadcast together; `nan` where it is undefined."""
        return self._value(x, y, z)

    def gradients(self, places: Floats) -> Floats:
        """Return the gradient at places, both of shape (..., 3); `nan` where F or it is undefined."""
        places = np.asarray(places, dtype=float)
        x, y, z = np.moveaxis(places, -1, 0)
        slopes = np.stack([partial(x, y, z) for partial in self._partials], axis=-1)
        undefined = np.isnan(slopes).any(axis=-1) | np.isnan(self._value(x, y, z))
        return np.where(undefined[..., None], np.nan, slopes)

    def value_at(self, point: Triple) -> float:
        """Return F at one point, or `nan`."""
        return float(self.values(*point))

    def gradient_at(self, point: Triple) -> Triple:
        """Return the gradient at one point, or three times `nan`."""
        u, v, w = self.gradients(np.array(point)).tolist()
        return u, v, w
