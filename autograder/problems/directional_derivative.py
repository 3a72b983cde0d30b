"""The directional derivative: the slope of f along a direction, for each unit of length walked."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Symbol

from autograder.answers.kinds import Kind, Number
from autograder.notation import typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.mistake import Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact_point
from autograder.problems.rate_mistakes import rate_mistakes
from nabla.calculus import norm, unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class Rate(AtPoint):
    """The rate of change of f at a point along a direction; a subclass says how the direction is given."""

    @property
    @abstractmethod
    def direction(self) -> tuple[Expr, ...]:
        """A vector along the direction, of any length but 0."""

    @property
    def kind(self) -> Kind:
        """A number."""
        return Number()

    def key(self) -> Expr:
        """Return the directional derivative."""
        return dot(self.slopes, unit(self.direction))

    def steps(self) -> Iterator[Step]:
        """Gradient, unit vector, dot product."""
        yield from self.gradient_steps()
        yield from self.direction_steps()
        yield Step("The dot product of the two:", rf"D_u f = \nabla f \cdot u = {typeset(self.key())}")

    def direction_steps(self) -> Iterator[Step]:
        """Find the unit vector."""
        yield Step("The unit vector along the direction:", f"u = {typeset(tuple(unit(self.direction)))}")

    def follow(self, **values: Any) -> Expr:
        """Take the dot product with the student's own gradient."""
        return dot(values["gradient"], unit(self.direction))

    def is_well_behaved(self) -> bool:
        """The slope is neither 0 nor huge, nor the length of the direction, which is told; and both slopes count."""
        return all(self.slopes) and 0 < abs(self.key()) < 60 and abs(self.key()) != norm(self.direction)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the direction, as it is given, on the contour map."""
        if len(self.variables) != 2:
            return None
        from nabla.explore import gradient_picture

        return gradient_picture(self.f, self.at, {"direction": self.direction}, variables=self.variables)


@dataclass(frozen=True)
class DirectionalDerivative(Rate):
    """The rate of change of f at a point, for each unit of length along a direction of any length.

    >>> from sympy.abc import x, y
    >>> problem = DirectionalDerivative(x**2 + y**2, at=(1, 1), along=(3, 4))
    >>> problem.key()
    14/5
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('direction not normalised', 14)
    """

    f: Expr
    at: tuple[Expr, ...]
    along: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "along", exact_point(self.along, self.variables, "along"))
        if not any(self.along):
            raise ProblemError("along is the zero vector, which has no direction.")

    @property
    def direction(self) -> tuple[Expr, ...]:
        """The vector given."""
        return self.along

    def statement(self) -> Prose:
        """Ask for the rate."""
        return Prose(
            f"Let ${self.definition}$. Find the **directional derivative** of $f$ at the point "
            f"${self.place}$ in the direction of the vector ${typeset(self.along)}$.\n\n"
            "Give one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the unit vector and the dot product."""
        return (
            "A directional derivative is a slope for each **one** unit of length. How long is the vector you were "
            "given?",
            f"Divide ${typeset(self.along)}$ by its length to get a unit vector $u$. And you need one more vector, "
            "which collects the slopes along the axes.",
            f"Compute $\\nabla f{typeset(self.at)} \\cdot u$: multiply component by component, and add.",
        )

    def wrong_ways(self) -> Iterator[Mistake]:
        """Length forgotten, only one slope, the gradient itself, no point put in, slips in the gradient."""
        yield from rate_mistakes(self)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial and a direction whose length is a whole number (levels 1, 2) or a root (3)."""
        x, y = Symbol("x"), Symbol("y")
        a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 2, 3))
        f = rng.choice((a * x**2 + b * y**2, a * x**2 * y + b * y, x**2 + a * x * y + b * y))
        if level > 1:
            f = rng.choice((a * x * y**2 + b * x**2, x**3 + b * x * y + a * y, a * x**2 * y + b * y**2))
        along = rng.choice(((3, 4), (4, 3), (-3, 4), (3, -4)) if level < 3 else ((1, 1), (1, 2), (2, -1), (5, 12)))
        return cls(f, (rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2))), along)
