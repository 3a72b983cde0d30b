"""The directions at a point along which f has a given rate of change."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, S, Symbol, acos, sqrt

from autograder.notation import plain, typeset
from autograder.problems.at_point import scaled
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact
from autograder.problems.steepest import draw_whole_length
from nabla.calculus import norm, unit
from nabla.directions import directions_with_rate

if TYPE_CHECKING:
    pass

from autograder.problems.directions import InPlane, Pair, Pairs, listed, unit_directions


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
        yield Step("Put together along the axes:", listed(self.key()))

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
                unit_directions(slopes, sqrt(rest)),
                "You gave u the part along the gradient that belongs across it: the cosine was taken for the sine.",
                "The rate is the length of the gradient times the cosine.",
                HALF,
            )
        yield Mistake(
            "opposite rate",
            unit_directions(slopes, -rate),
            f"Along these the rate is {plain(-rate)}.",
            "Watch the sign of the dot product.",
            HALF,
        )
        for one in self.key() if len(self.key()) == 2 else ():
            yield Mistake(
                "second one opposite to the first",
                (one, scaled(Integer(-1), one)),
                f"One of them is right. Along its opposite the rate is {plain(-rate)}.",
                "The second direction lies on the other side of the gradient, at the same angle to it.",
                HALF,
            )
        yield Mistake("no direction at all", (), f"There are directions with the rate {plain(rate)}: it is smaller "
                      f"than {plain(size)}, the largest rate.", "Find the angle with the gradient.")  # fmt: skip
        for what, wrong in (("the cosine of the angle", cosine), ("the angle", acos(cosine))):
            yield Mistake(
                f"{what} instead of the directions",
                wrong,
                f"That is {what} between u and the gradient. The directions are asked for.",
                "Turn the gradient by the angle, to both sides.",
                Fraction(1, 4),
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
        yield from self.gradient_mistakes(lambda wrong: unit_directions(wrong, rate))

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
