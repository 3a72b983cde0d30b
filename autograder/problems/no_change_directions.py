"""The two directions at a point along which f does not change."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, S, Symbol, igcd

from autograder.notation import plain, typeset
from autograder.problems.at_point import dot, scaled
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from autograder.problems.steepest import draw_whole_length
from nabla.calculus import norm, unit
from nabla.directions import directions_with_rate

if TYPE_CHECKING:
    pass

from autograder.problems.directions import InPlane, Pair, Pairs, listed, unit_directions


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
        yield Step(f"Its length is {plain(norm(self.slopes))}. Divide, and take the opposite too:", listed(self.key()))

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
        common = Integer(igcd(a, b)) if a.is_Integer and b.is_Integer else Integer(1)
        yield Mistake(
            "not unit vectors",
            ((-b / common, a / common), (b / common, -a / common)),
            f"The directions are right, but their length is {plain(size / common)}, not 1.",
            "Divide by the length.",
            HALF,
        )
        for x, y in ((-b, a), (b, -a)):
            for by in (Integer(1), common):
                yield Mistake(
                    "only one of the two, and not a unit vector",
                    ((x / by, y / by),),
                    f"That is one of the two directions, with the length {plain(size / by)} instead of 1.",
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
            "sign changed, components not swapped",
            (u[0], -u[1]),
            "You changed a sign of the gradient. That is at right angles to it only if the components change places "
            "too.",
            "Check that the dot product with the gradient is zero.",
        )
        for place, name in enumerate(self.names):
            yield from _both(
                "along one axis",
                tuple(Integer(int(place == i)) for i in range(2)),
                f"Along the {name}-axis the rate is {plain(self.slopes[place])} or its opposite, not zero.",
                "Take the directions at right angles to the gradient.",
            )
        total = abs(a) + abs(b)
        yield Mistake(
            "divided by the sum of the components",
            ((-b / total, a / total), (b / total, -a / total)),
            "The directions are right, but you divided by the sum of the components; that is not their length.",
            "Divide by the root of the sum of the squares.",
            HALF,
        )
        yield Mistake(
            "directions of fastest change given too",
            (*self.key(), tuple(u), tuple(-part for part in u)),
            "Two of these are at right angles to the gradient. The other two lie along it: there f changes fastest.",
            "Leave those along the gradient out.",
            HALF,
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
        yield from self.gradient_mistakes(lambda wrong: unit_directions(wrong, S.Zero))

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


def _both(name: str, one: Pair, says: str, step: str) -> Iterator[Mistake]:
    """Yield the mistake of giving a vector and its opposite, and of giving only one of them."""
    opposite = scaled(Integer(-1), one)
    yield Mistake(name, (tuple(one), opposite), says, step)
    for alone in (tuple(one), opposite):
        yield Mistake(name, (alone,), says, step)
