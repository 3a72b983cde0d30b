"""The steepest way up or down at a point: what the problems about its direction and its rate share."""

from __future__ import annotations

import random
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, exp

from autograder.notation import plain
from autograder.problems.at_point import AtPoint, scaled
from autograder.problems.problem import ProblemError
from autograder.problems.rates import draw_polynomial
from nabla.calculus import norm

if TYPE_CHECKING:
    pass

WAYS = {"ascent": (1, "up", "increases"), "descent": (-1, "down", "decreases")}
"""For each way its sign, its word and what f does."""


class Steepest(AtPoint):
    """A problem about the steepest `way`, "ascent" or "descent", at a point where f is not flat."""

    way: str

    def _check(self) -> None:
        self._normalise()
        if self.way not in WAYS:
            raise ProblemError(f'way is "ascent" or "descent", not {self.way!r}.')
        if not any(self.slopes):
            raise ProblemError(f"f is flat at {plain(self.at)}: its gradient is zero, and no direction is steepest.")

    @property
    def sign(self) -> int:
        """1 uphill, -1 downhill."""
        return WAYS[self.way][0]

    @property
    def uphill(self) -> tuple[Expr, ...]:
        """The gradient, or minus the gradient on the way down."""
        return scaled(Integer(self.sign), self.slopes)

    @abstractmethod
    def key(self) -> Any:
        """The right answer."""

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial whose gradient has a whole length (levels 1, 2), or three variables (3)."""
        way = rng.choice(sorted(WAYS))
        if level == 3:
            x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
            a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 1, 2))
            f = rng.choice((a * x**2 + b * y * z, x * y * z + a * z, x**2 * y + b * z**2, a * x * z + b * y**2))
            return cls(f, tuple(rng.choice((-2, -1, 1, 2)) for _ in range(3)), way)  # type: ignore[call-arg]
        f, at = draw_whole_length(rng, level)
        return cls(f, at, way)  # type: ignore[call-arg]

    def is_well_behaved(self) -> bool:
        """Every slope counts, and no two are alike in size."""
        return all(self.slopes) and len({abs(s) for s in self.slopes}) == len(self.slopes) and norm(self.slopes) <= 60


def draw_whole_length(rng: random.Random, level: int) -> tuple[Expr, tuple[int, ...]]:
    """Draw a function and a point where the gradient has a whole length, such as (3, 4)."""
    x, y = Symbol("x"), Symbol("y")
    while True:
        p, q = rng.choice(((3, 4), (4, 3), (-3, 4), (6, 8), (8, -6), (5, 12), (-12, 5), (-6, -8), (9, 12)))
        at = (rng.choice((-2, -1, 1, 2)), rng.choice((-2, -1, 1, 2, 3)))
        base = draw_polynomial(rng, level) if level == 1 or rng.random() < 0.6 else x**2 * exp(y - at[1]) + x * y
        here = {x: Integer(at[0]), y: Integer(at[1])}
        a, b = p - base.diff(x).xreplace(here), q - base.diff(y).xreplace(here)
        if abs(a) <= 9 and abs(b) <= 9:
            return base + a * x + b * y, at
