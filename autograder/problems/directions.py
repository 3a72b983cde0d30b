"""Directions in the plane along which f has a given rate, and those along which it does not change."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, S, Symbol, sqrt

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, PointSet
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, dot, scaled
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact
from autograder.problems.steepest import draw_whole_length
from nabla.calculus import norm, unit
from nabla.directions import directions_with_rate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Pair = tuple[Expr, ...]
Pairs = tuple[Pair, ...]


class InPlane(AtPoint):
    """A problem whose answer is a list of unit vectors in the plane."""

    @property
    def kind(self) -> Kind:
        """A set of unit vectors, in any order."""
        return PointSet(self.names)

    def _check(self) -> None:
        self._normalise()
        if len(self.variables) != 2:
            raise ProblemError(f"In the plane there are two such directions; f has {len(self.variables)} variables.")
        if not any(self.slopes):
            raise ProblemError(f"f is flat at {plain(self.at)}: every direction has rate 0 there.")

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own directions at the point of the contour map; without any, the point alone."""
        from nabla.explore import gradient_picture

        fitted = self.kind.fit(of(answer), ())
        arrows: dict[str, Pair] = {}
        if isinstance(fitted, Fitted) and fitted.value:
            arrows = {f"yours {n}": value for n, value in enumerate(fitted.value[:3], 1)}
        return gradient_picture(self.f, self.at, arrows, variables=self.variables)


@dataclass(frozen=True)
class NoChangeDirections(InPlane):
    """The two directions at a point along which f does not change, as unit vectors.

    >>> from sympy.abc import x, y
    >>> NoChangeDirections(x**2 + y**2, at=(3, 4)).key()
    ((-4/5, 3/5), (4/5, -3/5))
    """

    f: Expr
    at: Pair
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    def key(self) -> Pairs:
        """Return the two unit vectors at right angles to the gradient."""
        return directions_with_rate(self.slopes, 0)

    def statement(self) -> Prose:
        """Ask for both directions."""
        return Prose(
            f"Let ${self.definition}$. In which directions is the rate of change of $f$ **zero** at the point "
            f"${self.place}$?\n\nGive **all** of them as **unit vectors**: a list such as [(a, b), (c, d)], in any "
            "order, exact or with components to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards right angles."""
        return (
            r"The rate along $u$ is $\nabla f \cdot u$. When is a dot product of two vectors zero?",
            f"Find the gradient at ${typeset(self.at)}$. Which vectors are at right angles to it, and how many of them "
            "have length 1?",
            "A vector at right angles to $(a, b)$ is $(-b, a)$; so is its opposite. Divide both by their length.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, a quarter turn, length."""
        yield from self.gradient_steps()
        a, b = self.slopes
        yield Step("At right angles to it is the vector turned by a quarter:", f"v = {typeset((-b, a))}")
        yield Step(f"Its length is {plain(norm(self.slopes))}. Divide, and take the opposite too:", _listed(self.key()))

    def wrong_ways(self) -> Iterator[Mistake]:
        """One of the two, no unit vectors, along the gradient, no sign changed, round the origin, slips."""
        (a, b), size = self.slopes, norm(self.slopes)
        for one in self.key():
            yield Mistake(
                "only one of the two",
                (one,),
                "That is one such direction. The opposite one is another.",
                "Give both.",
                HALF,
            )
        yield Mistake(
            "not unit vectors",
            ((-b, a), (b, -a)),
            f"The directions are right, but their length is {plain(size)}, not 1.",
            "Divide by the length.",
            HALF,
        )
        for one in ((-b, a), (b, -a)):
            yield Mistake(
                "only one of the two, and not a unit vector",
                (one,),
                f"That is one of the two directions, with the length {plain(size)} instead of 1.",
                "Divide by the length, and give the opposite direction too.",
            )
        u = tuple(unit(self.slopes))
        yield from _both(
            "along the gradient",
            u,
            "Those are the directions of fastest change, along the gradient and against it.",
            "Take the directions at right angles to the gradient.",
        )
        yield from _both(
            "components swapped, no sign changed",
            u[::-1],
            "You swapped the components of the gradient. That is at right angles to it only if one sign changes too.",
            "Check that the dot product with the gradient is zero.",
        )
        if any(self.at):
            x, y = unit(self.at)
            yield from _both(
                "round the origin",
                (-y, x),
                "Those are at right angles to the way from the origin. The level curve is not a circle round the "
                "origin: at right angles to the gradient is what counts.",
                "Use the gradient at the point.",
            )
            yield from _both(
                "radial",
                (x, y),
                "Those point away from the origin and towards it. What counts is the gradient at the point.",
                "Take the directions at right angles to the gradient.",
            )
        yield Mistake(
            "along the axes",
            ((S.One, S.Zero), (S.Zero, S.One)),
            f"Along the axes the rates are {plain(a)} and {plain(b)}, not zero.",
            "Take the directions at right angles to the gradient.",
        )
        yield Mistake(
            "the zero vector",
            ((S.Zero, S.Zero),),
            "The zero vector has no direction.",
            "Take vectors of length 1 at right angles to the gradient.",
        )
        fx, fy = self.formula
        yield Mistake(
            "not evaluated at the point",
            ((-fy, fx), (fy, -fx)),
            f"This still is a formula. The question asks for the directions at {plain(self.at)}.",
            f"Put in {self.values}, then divide by the length.",
        )
        yield from self.gradient_mistakes(lambda wrong: _directions(wrong, S.Zero))

    def follow(self, **values: Any) -> Pairs:
        """Use the student's own gradient."""
        return directions_with_rate(values["gradient"], 0)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function and a point where the gradient has a whole length (levels 1, 2) or not (3)."""
        f, at = draw_whole_length(rng, level)
        if level == 3:
            x, y = Symbol("x"), Symbol("y")
            f += rng.choice((1, -1, 2)) * (x - at[0]) + rng.choice((1, 2)) * (y - at[1])
        return cls(f, at)

    def is_well_behaved(self) -> bool:
        """Both slopes count and differ, and the level curve does not look like a circle round the origin."""
        a, b = self.slopes
        return a != 0 and b != 0 and abs(a) != abs(b) and a * self.at[1] != b * self.at[0] and dot(self.at, (a, b)) != 0


@dataclass(frozen=True)
class DirectionsWithRate(InPlane):
    """The directions at a point along which f has a given rate of change, as unit vectors.

    >>> from sympy.abc import x, y
    >>> DirectionsWithRate(3*x + 4*y, at=(0, 0), rate=4).key()
    ((0, 1), (24/25, 7/25))
    """

    f: Expr
    at: Pair
    rate: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()
        object.__setattr__(self, "rate", exact(self.rate, "rate"))
        if not (self.rate.is_number and self.rate.is_real):
            raise ProblemError(f"rate should be a real number, not {plain(self.rate)}.")

    def key(self) -> Pairs:
        """Return the unit vectors, two, one or none."""
        return directions_with_rate(self.slopes, self.rate)

    def statement(self) -> Prose:
        """Ask for all directions."""
        return Prose(
            f"Let ${self.definition}$. In which directions does $f$ change at the rate ${typeset(self.rate)}$ at the "
            f"point ${self.place}$?\n\nGive **all** of them as **unit vectors**: a list such as [(a, b), (c, d)], in "
            "any order, exact or with components to four digits. If there is none, answer none."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards two equations."""
        return (
            r"The unknown is a unit vector $u = (a, b)$. The rate gives one equation for it. Which is the other?",
            f"Find the gradient at ${typeset(self.at)}$. Its dot product with $u$ must be the rate, and "
            "$a^2 + b^2 = 1$.",
            f"Solve the first equation, $\\nabla f \\cdot u = {typeset(self.rate)}$, for $a$ or $b$, put it into "
            "$a^2 + b^2 = 1$, and solve the quadratic equation. How many solutions has it?",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, parts along and across, both directions."""
        yield from self.gradient_steps()
        size = norm(self.slopes)
        yield Step(
            "Along the gradient, u must have the part rate over length:",
            rf"\cos\theta = \frac{{{typeset(self.rate)}}}{{{typeset(size)}}}",
        )
        if not self.key():
            yield Step("No cosine is larger than 1 in size, so there is no such direction:", r"\left[\ \right]")
            return
        yield Step(
            "The rest, to length 1, is across the gradient, to either side:",
            rf"\sin\theta = \pm {typeset(sqrt(1 - self.rate**2 / size**2))}",
        )
        yield Step("Put together along the axes:", _listed(self.key()))

    def wrong_ways(self) -> Iterator[Mistake]:
        """One of the two, the angle from the axis, opposite rate, along and across mixed up, slips."""
        slopes, rate, size = self.slopes, self.rate, norm(self.slopes)
        for one in self.key() if len(self.key()) == 2 else ():
            yield Mistake(
                "only one of the two",
                (one,),
                "That is one such direction. There is another, on the other side of the gradient.",
                "Look for the second solution of the quadratic equation.",
                HALF,
            )
        cosine, rest = rate / size, size**2 - rate**2
        if rest.is_nonnegative:
            sine = sqrt(rest) / size
            yield Mistake(
                "angle counted from the axis",
                ((cosine, sine), (cosine, -sine)),
                "You found the angle with the gradient and then counted it from the x-axis.",
                "The angle is one between u and the gradient.",
                HALF,
            )
            yield Mistake(
                "parts along and across swapped",
                _directions(slopes, sqrt(rest)),
                "You gave u the part along the gradient that belongs across it: the cosine was taken for the sine.",
                "The rate is the length of the gradient times the cosine.",
                HALF,
            )
        yield Mistake(
            "opposite rate",
            _directions(slopes, -rate),
            f"Along these the rate is {plain(-rate)}.",
            "Watch the sign of the dot product.",
            HALF,
        )
        u = tuple(unit(slopes))
        for sign in (1, -1):
            yield Mistake(
                "the steepest direction",
                (scaled(Integer(sign), u),),
                f"Along this the rate is {plain(sign * size)}.",
                f"Solve for the rate {plain(rate)}.",
            )
        yield Mistake(
            "directions of no change",
            directions_with_rate(slopes, 0),
            "Along these the rate is zero.",
            f"Solve for the rate {plain(rate)}.",
        )
        yield Mistake(
            "part of the gradient that has the rate",
            (scaled(rate / size**2, slopes),),
            "Its dot product with the gradient is the rate, but it is no unit vector.",
            "Add what is across the gradient, to length 1.",
        )
        for i, slope in enumerate(slopes):
            if slope != 0:
                yield Mistake(
                    "one axis only, not a unit vector",
                    (tuple(rate / slope if i == j else S.Zero for j in range(2)),),
                    "Its dot product with the gradient is the rate, but it is no unit vector.",
                    "Both a² + b² = 1 and the rate must hold.",
                )
        yield Mistake(
            "components swapped",
            tuple(one[::-1] for one in self.key()),
            "The components are in the wrong order.",
            "Write the part along the first axis first.",
            HALF,
        )
        yield from self.gradient_mistakes(lambda wrong: _directions(wrong, rate))

    def follow(self, **values: Any) -> Pairs:
        """Use the student's own gradient."""
        return directions_with_rate(values["gradient"], self.rate)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a gradient of whole length and a rate with a whole part across (levels 1, 2) or half the length (3)."""
        f, at = draw_whole_length(rng, min(level, 2))
        size = norm(cls(f, at, S.Zero).slopes)
        if level == 3:
            return cls(f, at, rng.choice((size / 2, -size / 2)))
        legs = {5: (3, 4), 10: (6, 8), 13: (5, 12), 15: (9, 12)}[int(size)]
        return cls(f, at, Integer(rng.choice(legs) * (rng.choice((1, -1)) if level == 2 else 1)))

    def is_well_behaved(self) -> bool:
        """There are two directions, the slopes differ, and most mistakes are told apart."""
        a, b = self.slopes
        return len(self.key()) == 2 and a != 0 and b != 0 and abs(a) != abs(b)


def _both(name: str, one: Pair, says: str, step: str) -> Iterator[Mistake]:
    """Yield the mistake of giving a vector and its opposite, and of giving only one of them."""
    opposite = scaled(Integer(-1), one)
    yield Mistake(name, (tuple(one), opposite), says, step)
    for alone in (tuple(one), opposite):
        yield Mistake(name, (alone,), says, step)


def _directions(slopes: Sequence[Expr], rate: Expr) -> Pairs:
    return directions_with_rate(slopes, rate) if any(slopes) else ()


def _listed(directions: Pairs) -> str:
    return r",\quad ".join(f"u = {typeset(one)}" for one in directions)
