"""A path in the plane: two formulas of one parameter, with its velocity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from nabla.calculus import expression
from nabla.explore.compiled import Floats, compiled
from nabla.explore.marks import Pair


@dataclass(frozen=True)
class Track:
    """The path (x(t), y(t)) of a parameter t.

    >>> from sympy import cos, sin
    >>> from sympy.abc import t
    >>> Track.of((cos(t), sin(t))).at(0)
    ((1.0, 0.0), (0.0, 1.0))
    """

    x: Expr
    y: Expr
    parameter: Symbol

    @classmethod
    def of(cls, path: Iterable[Any]) -> Track:
        """Return the path given as a pair of expressions. Raises `ValueError` unless there is one parameter."""
        formulas = [expression(each) for each in path]
        if len(formulas) != 2:
            raise ValueError(f"a path in the plane is a pair such as (cos(t), sin(t)), not {len(formulas)} expressions")
        symbols = formulas[0].free_symbols | formulas[1].free_symbols
        if len(symbols) != 1:
            found = ", ".join(sorted(s.name for s in symbols)) or "none"
            raise ValueError(f"a path needs one parameter, such as t; this one has {found}")
        return cls(formulas[0], formulas[1], symbols.pop())

    def __str__(self) -> str:
        return f"({self.x}, {self.y})".replace("**", "^")

    def places(self, moments: Floats) -> tuple[Floats, Floats]:
        """Return x and y at many moments, `nan` where there is none."""
        x, y = self._place
        return x(moments), y(moments)

    def velocities(self, moments: Floats) -> tuple[Floats, Floats]:
        """Return dx/dt and dy/dt at many moments."""
        u, v = self._velocity
        return u(moments), v(moments)

    def at(self, moment: float) -> tuple[Pair, Pair]:
        """Return place and velocity at one moment."""
        (x, y), (u, v) = self.places(np.array(float(moment))), self.velocities(np.array(float(moment)))
        return (float(x) + 0.0, float(y) + 0.0), (float(u) + 0.0, float(v) + 0.0)

    @cached_property
    def _place(self) -> tuple[Callable[..., Floats], Callable[..., Floats]]:
        return compiled((self.parameter,), self.x), compiled((self.parameter,), self.y)

    @cached_property
    def _velocity(self) -> tuple[Callable[..., Floats], Callable[..., Floats]]:
        speeds = (self.x.diff(self.parameter), self.y.diff(self.parameter))
        return compiled((self.parameter,), speeds[0]), compiled((self.parameter,), speeds[1])
