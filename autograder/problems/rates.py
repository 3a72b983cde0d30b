"""Directional derivatives whose direction has to be found first: towards a point, or at an angle."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from sympy import Expr, Integer, Rational, Symbol, cos, pi, sin, tan

from autograder.notation import plain, typeset
from autograder.problems.at_point import dot, plus, scaled
from autograder.problems.directional_derivative import Rate
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact, exact_point
from autograder.problems.rate_mistakes import rate_mistakes
from nabla.calculus import OutsideDomainError, evaluate, gradient, norm, unit


@dataclass(frozen=True)
class RateTowards(Rate):
    """The rate of change of f at a point, for each unit of length on the straight way towards another point.

    >>> from sympy.abc import x, y
    >>> problem = RateTowards(x**2 + y**2, at=(1, 1), towards=(4, 5))
    >>> problem.key()
    14/5
    >>> problem.mistakes()[1].name, problem.mistakes()[1].wrong
    ('the other point taken for the direction', 18*sqrt(41)/41)
    """

    f: Expr
    at: tuple[Expr, ...]
    towards: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "towards", exact_point(self.towards, self.variables, "towards"))
        if self.towards == self.at:
            raise ProblemError(f"towards is the point {plain(self.at)} itself, which gives no direction.")

    @property
    def direction(self) -> tuple[Expr, ...]:
        """The way from the point to the other one."""
        return plus(self.towards, scaled(Integer(-1), self.at))

    def statement(self) -> Prose:
        """Ask for the rate."""
        return Prose(
            f"Let ${self.definition}$. You stand at the point $P = {typeset(self.at)}$ and set off **straight towards "
            f"the point** $Q = {typeset(self.towards)}$. At what rate does $f$ change, for each unit of length, as you "
            "leave $P$?\n\nGive one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the vector from P to Q."""
        return (
            f"Two points are not a direction yet. Which vector leads from ${typeset(self.at)}$ to "
            f"${typeset(self.towards)}$?",
            "Take the coordinates of the end minus those of the start. Then make it a unit vector $u$: divide by its "
            "length.",
            f"Compute $\\nabla f{typeset(self.at)} \\cdot u$, with the gradient at the point you **stand on**.",
        )

    def direction_steps(self) -> Iterator[Step]:
        """Find the vector and its unit vector."""
        v = self.direction
        yield Step("The vector from the one point to the other:", rf"v = Q - P = {typeset(v)}")
        yield Step(f"Its length is {plain(norm(v))}, so the unit vector is", f"u = {typeset(tuple(unit(v)))}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The other point for the direction, the gradient at the other point, mean rate, then any rate's mistakes."""
        yield Mistake(
            "direction not normalised",
            dot(self.slopes, self.direction),
            f"You used {plain(self.direction)} as it stands; its length is {plain(norm(self.direction))}, not 1.",
            "Divide the direction by its length first.",
            HALF,
        )
        if any(self.towards):
            yield Mistake(
                "the other point taken for the direction",
                dot(self.slopes, unit(self.towards)),
                f"You took the coordinates of Q, {plain(self.towards)}, for the direction. That is the way from the "
                "origin, and you do not stand there.",
                "Subtract the coordinates of P from those of Q.",
                HALF,
            )
            yield Mistake(
                "the other point taken for the direction, not normalised",
                dot(self.slopes, self.towards),
                f"You took Q, {plain(self.towards)}, for the direction, and at its full length.",
                "Subtract P from Q, then divide by the length.",
            )
        yield Mistake(
            "points added",
            dot(self.slopes, unit(plus(self.at, self.towards))) if any(plus(self.at, self.towards)) else Integer(0),
            "You added the two points. The way from P to Q is a difference.",
            "Subtract P from Q.",
        )
        yield Mistake(
            "points added, direction not normalised",
            dot(self.slopes, plus(self.at, self.towards)),
            "You added the two points, and used the sum at its full length. The way from P to Q is a difference.",
            "Subtract P from Q, then divide by the length.",
        )
        yield from self._of_the_other_point()
        yield from rate_mistakes(self)

    def _of_the_other_point(self) -> Iterator[Mistake]:
        """What comes of using f at Q; nothing where f is not defined there."""
        try:
            there = tuple(gradient(self.f, self.variables, at=self.towards))
            change = evaluate(self.f, self.variables, self.towards) - evaluate(self.f, self.variables, self.at)
        except OutsideDomainError:
            return
        yield Mistake(
            "gradient at the other point",
            dot(there, unit(self.direction)),
            f"You took the gradient at {plain(self.towards)}, where you are going. Asked is the rate where you stand.",
            f"Put in {self.values}.",
            HALF,
        )
        yield Mistake(
            "mean rate on the way",
            change / norm(self.direction),
            "That is the mean rate over the whole way from P to Q. Asked is the rate as you leave P.",
            "Take the gradient at P, and its dot product with the unit vector.",
        )
        yield Mistake(
            "change of f on the way",
            change,
            "That is how much f changes from P to Q, not how fast.",
            "Take the gradient at P, and its dot product with the unit vector.",
        )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial and a way whose length is a whole number (levels 1, 2) or a root (3)."""
        f = draw_polynomial(rng, level)
        at = (rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2)))
        ways = (
            ((3, 4), (4, 3), (-3, 4), (3, -4), (-4, -3)) if level < 3 else ((1, 1), (1, 2), (2, -1), (-1, 3), (5, 12))
        )
        return cls(f, at, tuple(a + way for a, way in zip(at, rng.choice(ways), strict=True)))

    def is_well_behaved(self) -> bool:
        """As for any rate; and Q is neither the origin nor on the way through it."""
        return super().is_well_behaved() and any(self.towards) and dot(self.towards, (self.at[1], -self.at[0])) != 0


@dataclass(frozen=True)
class RateAtAngle(Rate):
    """The rate of change of f(x, y) at a point, in the direction that makes an angle with the x-axis.

    `angle` is in radians and counts from the first axis towards the second, such as pi/3.

    >>> from sympy.abc import x, y
    >>> RateAtAngle(x**2 + y**2, at=(1, 1), angle=pi / 3).key()
    1 + sqrt(3)
    """

    f: Expr
    at: tuple[Expr, ...]
    angle: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "angle", exact(self.angle, "angle"))
        if len(self.variables) != 2:
            raise ProblemError(f"An angle gives a direction in the plane; f has {len(self.variables)} variables.")
        if not (self.angle.is_number and self.angle.is_real):
            raise ProblemError(f"angle should be a real number in radians, such as pi/3, not {plain(self.angle)}.")

    @property
    def direction(self) -> tuple[Expr, ...]:
        """The unit vector at the angle."""
        return cos(self.angle), sin(self.angle)

    @property
    def degrees(self) -> Expr:
        """The angle in degrees."""
        return self.angle * 180 / pi

    def statement(self) -> Prose:
        """Ask for the rate."""
        x, y = (typeset(v) for v in self.variables)
        in_degrees = f" (that is ${typeset(self.degrees)}$°)" if self.degrees.is_Rational else ""
        return Prose(
            f"Let ${self.definition}$. Find the **directional derivative** of $f$ at the point ${self.place}$ in the "
            f"direction that makes the angle ${typeset(self.angle)}${in_degrees} with the positive ${x}$-axis, counted "
            f"towards the positive ${y}$-axis.\n\nGive one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards (cos, sin)."""
        return (
            "An angle is a direction too: draw the unit vector, and read off how far it goes along each axis.",
            r"The unit vector at the angle $\theta$ is $(\cos\theta,\ \sin\theta)$. Is there anything left to "
            "normalise?",
            f"Put $\\theta = {typeset(self.angle)}$ in, and compute $\\nabla f{typeset(self.at)} \\cdot u$.",
        )

    def direction_steps(self) -> Iterator[Step]:
        """Find the unit vector."""
        yield Step("The unit vector at the angle:", rf"u = (\cos\theta,\ \sin\theta) = {typeset(self.direction)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Sine and cosine swapped, the angle taken from the gradient, degrees for radians, the tangent."""
        slopes, angle = self.slopes, self.angle
        yield Mistake(
            "sine and cosine swapped",
            dot(slopes, self.direction[::-1]),
            "You swapped sine and cosine. The angle is counted from the first axis, so the first component of the unit "
            "vector is the cosine.",
            "Use u = (cos θ, sin θ).",
            HALF,
        )
        yield Mistake(
            "angle taken from the gradient",
            norm(slopes) * cos(angle),
            "You used |∇f|·cos θ. There θ is the angle between the direction and the gradient; here it is the angle "
            "with the axis.",
            "Use u = (cos θ, sin θ) and the dot product.",
        )
        yield Mistake(
            "degrees taken for radians",
            dot(slopes, (cos(self.degrees), sin(self.degrees))),
            f"You took the cosine and the sine of {plain(self.degrees)} radians.",
            f"The angle is {plain(angle)} in radians.",
            HALF,
        )
        yield Mistake(
            "angle counted the other way",
            dot(slopes, (cos(angle), -sin(angle))),
            "You counted the angle away from the second axis.",
            "Check the sign of sin θ.",
            HALF,
        )
        yield Mistake(
            "angle counted from the negative axis",
            dot(slopes, (-cos(angle), sin(angle))),
            f"The cosine has the wrong sign: you counted the angle from the negative {self.variables[0]}-axis.",
            "Check the sign of cos θ.",
            HALF,
        )
        yield Mistake(
            "radians taken for degrees",
            dot(slopes, (cos(angle * pi / 180), sin(angle * pi / 180))),
            f"You took the cosine and the sine of {plain(angle)} degrees: the calculator was set to degrees.",
            f"The angle is {plain(angle)} in radians.",
            HALF,
        )
        if cos(angle) != 0:
            slope = (Integer(1), tan(angle))
            yield Mistake(
                "direction (1, tan θ) not normalised",
                dot(slopes, slope),
                "The vector (1, tan θ) points the right way or straight back, but its length is not 1.",
                "Use u = (cos θ, sin θ), which is a unit vector.",
                HALF,
            )
        yield Mistake(
            "angle taken for a vector",
            dot(slopes, (angle, angle)),
            "You multiplied by the angle itself.",
            "Turn the angle into a direction first: u = (cos θ, sin θ).",
        )
        yield from rate_mistakes(self)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial and an angle of 45 or 60 degrees and the like, all around from level 2 on."""
        f = draw_polynomial(rng, level)
        at = (rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2)))
        shares = [Rational(1, 6), Rational(1, 4), Rational(1, 3)]
        if level > 1:
            shares += [Rational(2, 3), Rational(3, 4), Rational(5, 6), Rational(4, 3), Rational(-1, 6), Rational(-1, 3)]
        return cls(f, at, rng.choice(shares) * pi)

    def is_well_behaved(self) -> bool:
        """As for any rate; the two slopes differ, so that a swap shows; and no message tells the rate by chance.

        What is said of mistakes names the unit vector, such as (sqrt(2)/2, sqrt(2)/2), and the sum of its parts.
        """
        u = tuple(unit(self.direction))
        told = {abs(sum(u)), *(abs(factor * c) for c in u for factor in (1, 2))}
        return super().is_well_behaved() and abs(self.slopes[0]) != abs(self.slopes[1]) and abs(self.key()) not in told


def draw_polynomial(rng: random.Random, level: int) -> Expr:
    """Draw a polynomial in x and y with small coefficients."""
    x, y = Symbol("x"), Symbol("y")
    a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 2, 3))
    if level == 1:
        return rng.choice((a * x**2 + b * y**2, a * x**2 * y + b * y, x**2 + a * x * y + b * y))
    return rng.choice((a * x * y**2 + b * x**2, x**3 + b * x * y + a * y, a * x**2 * y + b * y**2, x * y**3 + a * x))
