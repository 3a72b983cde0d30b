"""The directional derivative: the slope of f along a direction, for each unit of length walked."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol

from autograder.answers.kinds import Kind, Number
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact_point
from nabla.calculus import evaluate, norm, unit

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

    def rate_mistakes(self) -> Iterator[Mistake]:
        """Length forgotten, only one slope, the gradient itself, no point put in."""
        slopes, length = self.slopes, norm(self.direction)
        u = tuple(unit(self.direction))
        yield Mistake(
            "direction not normalised",
            dot(slopes, self.direction),
            f"You used {plain(self.direction)} as it stands; its length is {plain(length)}, not 1.",
            "Divide the direction by its length first.",
            HALF,
        )
        yield Mistake(
            "not evaluated at the point",
            dot(self.formula, u),
            f"This still is a formula. The question asks for the slope at {plain(self.at)}.",
            "Put the point into the gradient, then take the dot product.",
            HALF,
        )
        yield Mistake(
            "divided by the length twice",
            self.key() / length,
            "You divided by the length of the direction twice.",
            "Once is enough: the unit vector has length 1 already.",
            HALF,
        )
        yield Mistake(
            "the gradient itself",
            slopes,
            "That is the gradient. The slope along a direction is one number.",
            "Take the dot product of the gradient with the unit vector.",
        )
        yield Mistake(
            "length of the gradient",
            norm(slopes),
            "That is the slope along the steepest direction, not along the one asked for.",
            "Take the dot product of the gradient with the unit vector of the given direction.",
        )
        for variable, slope in zip(self.variables, slopes, strict=True):
            yield Mistake(
                f"slope along {variable} only",
                slope,
                f"That is the slope along the {variable}-axis alone. The direction is {plain(self.direction)}.",
                "Use all components of the gradient.",
            )
        yield Mistake(
            "components of the product not added",
            tuple(a * b for a, b in zip(slopes, u, strict=True)),
            "You multiplied component by component; a dot product then adds them up.",
            "Add the products.",
            HALF,
        )
        yield Mistake(
            "sum of the partial derivatives",
            sum(slopes, Integer(0)),
            "You added the slopes along the axes. Each must first be weighted by how far u goes along its axis.",
            "Take the dot product with the unit vector.",
        )
        if len(u) == 2:
            yield Mistake(
                "components of the direction swapped",
                dot(slopes, u[::-1]),
                "You multiplied the slope along one axis by the step along the other.",
                "Pair first with first, and second with second.",
                HALF,
            )
        yield Mistake(
            "second product subtracted",
            slopes[0] * u[0] - dot(slopes[1:], u[1:]),
            "You subtracted where a dot product adds.",
            "Add the products.",
            HALF,
        )
        yield Mistake(
            "value of f",
            evaluate(self.f, self.variables, self.at),
            "That is the value of f at the point, not how fast it changes.",
            "Start with the gradient.",
        )
        total = sum((abs(part) for part in self.direction), Integer(0))
        yield Mistake(
            "divided by the sum of the components",
            dot(slopes, self.direction) / total,
            f"You divided by {plain(total)}, the sum of the components of the direction. That is not its length.",
            "The length is the root of the sum of the squares.",
            HALF,
        )
        yield from number_mistakes(self.key())
        yield from self.gradient_mistakes(lambda wrong: dot(wrong, u))
        for mistake in self.gradient_mistakes(lambda wrong: dot(wrong, self.direction), Fraction(0)):
            says = f"{mistake.says} And the direction is not normalised."
            if mistake.likely:
                yield replace(mistake, name=f"{mistake.name}, direction not normalised", says=says)

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
        yield from self.rate_mistakes()

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
