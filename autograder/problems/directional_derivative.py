"""The directional derivative: the slope of f along a direction, for each unit of length walked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol

from autograder.answers.kinds import Kind, Number, Vector
from autograder.notation import plain, typeset
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point, exact_variables
from nabla.calculus import directional_derivative, evaluate, gradient, norm, unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class DirectionalDerivative(Problem):
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
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        object.__setattr__(self, "at", exact_point(self.at, self.variables, "at"))
        object.__setattr__(self, "along", exact_point(self.along, self.variables, "along"))
        if not any(self.along):
            raise ProblemError("along is the zero vector, which has no direction.")
        self.key()  # says now, not later, if the point is outside the domain

    @property
    def kind(self) -> Kind:
        """A number."""
        return Number()

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f: an answer may still hold them, and is then told so."""
        return self.variables

    @property
    def slopes(self) -> tuple[Expr, ...]:
        """The gradient at the point."""
        return tuple(gradient(self.f, self.variables, at=self.at))

    def key(self) -> Expr:
        """Return the directional derivative."""
        return directional_derivative(self.f, self.at, self.along, self.variables)

    def statement(self) -> Prose:
        """Ask for the rate."""
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Let $f({names}) = {typeset(self.f)}$. Find the **directional derivative** of $f$ at the point "
            f"$({names}) = {typeset(self.at)}$ in the direction of the vector ${typeset(self.along)}$.\n\n"
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

    def steps(self) -> Iterator[Step]:
        """Gradient, unit vector, dot product."""
        u = tuple(unit(self.along))
        yield Step("The gradient as a formula:", rf"\nabla f = {typeset(tuple(gradient(self.f, self.variables)))}")
        yield Step(f"At the point {plain(self.at)}:", rf"\nabla f\,{typeset(self.at)} = {typeset(self.slopes)}")
        yield Step("The unit vector along the direction:", f"u = {typeset(u)}")
        yield Step("The dot product of the two:", rf"D_u f = \nabla f \cdot u = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Length forgotten, only one slope, the gradient itself, no point put in."""
        slopes, length = self.slopes, norm(self.along)
        formula, u = tuple(gradient(self.f, self.variables)), unit(self.along)
        yield Mistake(
            "direction not normalised",
            _dot(slopes, self.along),
            f"You used {plain(self.along)} as it stands; its length is {plain(length)}, not 1.",
            "Divide the direction by its length first.",
            HALF,
        )
        yield Mistake(
            "not evaluated at the point",
            _dot(formula, u),
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
                f"That is the slope along the {variable}-axis alone. The direction {plain(self.along)} has more to it.",
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
        yield Mistake(
            "value of f",
            evaluate(self.f, self.variables, self.at),
            "That is the value of f at the point, not how fast it changes.",
            "Start with the gradient.",
        )
        yield from number_mistakes(self.key())

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong gradient found earlier is followed."""
        names = tuple(v.name for v in self.variables)
        return {"gradient": (Vector(names, numbers=True), self.slopes)}

    def follow(self, **values: Any) -> Expr:
        """Take the dot product with the student's own gradient."""
        return _dot(values["gradient"], unit(self.along))

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

    def is_well_behaved(self) -> bool:
        """The slope is neither 0 nor huge, and both slopes count."""
        return self.key() != 0 and abs(self.key()) < 60 and all(self.slopes)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the direction, as a unit vector, on the contour map."""
        if len(self.variables) != 2:
            return None
        from nabla.explore import gradient_picture

        return gradient_picture(self.f, self.at, {"direction": tuple(unit(self.along))}, variables=self.variables)


def _dot(a: Sequence[Expr], b: Sequence[Expr]) -> Expr:
    return sum((one * other for one, other in zip(a, b, strict=True)), Integer(0))
