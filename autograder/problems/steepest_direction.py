"""The direction of the steepest way up or down at a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sympy import Expr, Integer, Symbol, atan2, gcd_list, pi, sqrt

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, UnitDirection
from autograder.notation import plain, typeset
from autograder.problems.at_point import scaled
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.calculus import norm, unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

from autograder.problems.steepest import WAYS, Steepest


@dataclass(frozen=True)
class SteepestDirection(Steepest):
    """The direction of steepest ascent (or descent) at a point, as a unit vector.

    >>> from sympy.abc import x, y
    >>> SteepestDirection(x**2 + 4*y**2, at=(1, 1), way="descent").key()
    (-sqrt(17)/17, -4*sqrt(17)/17)
    """

    f: Expr
    at: tuple[Expr, ...]
    way: str = "ascent"
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    @property
    def kind(self) -> Kind:
        """A unit vector; the right direction with another length earns half."""
        return UnitDirection(self.names)

    def key(self) -> tuple[Expr, ...]:
        """Return the unit vector along the gradient, or against it."""
        return tuple(unit(self.uphill))

    def statement(self) -> Prose:
        """Ask for the direction."""
        verb = "increase" if self.sign > 0 else "decrease"
        return Prose(
            f"Let ${self.definition}$. In which direction does $f$ **{verb} fastest** at the point ${self.place}$?\n\n"
            "Give the direction as a **unit vector**, exact or with components to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the gradient, its sign, its length."""
        which = "points that way" if self.sign > 0 else "points the opposite way"
        return (
            "One vector at this point knows about all directions at once. Which?",
            f"Find the gradient at ${typeset(self.at)}$. Does it point where $f$ {WAYS[self.way][2]} fastest, or the "
            "opposite way?",
            f"The gradient {which}. Divide by its length, the root of the sum of the squares of its components.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, sign, length."""
        yield from self.gradient_steps()
        if self.sign < 0:
            yield Step("The fastest decrease is against the gradient:", rf"-\nabla f = {typeset(self.uphill)}")
        yield Step("Its length:", rf"\left\|\nabla f\right\| = {typeset(norm(self.slopes))}")
        yield Step("Divide by the length:", f"u = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Opposite way, no unit vector, across, radial, one axis only, slips in the gradient."""
        key, size = self.key(), norm(self.slopes)
        _, word, verb = WAYS[self.way]
        opposite = scaled(Integer(-1), key)
        aim = "The gradient points uphill; its negative points downhill."
        yield Mistake(
            "opposite direction",
            opposite,
            f"That is the opposite direction: along it f {'decreases' if self.sign > 0 else 'increases'} fastest.",
            aim,
        )
        yield Mistake(
            "not a unit vector",
            self.uphill,
            f"Right direction, but its length is {plain(size)}, not 1.",
            "Divide by the length.",
            HALF,
        )
        yield Mistake(
            "opposite direction, and not a unit vector",
            scaled(Integer(-1), self.uphill),
            f"This points the opposite way, and its length is {plain(size)}, not 1.",
            aim,
        )
        shortest = scaled(1 / gcd_list(self.uphill), self.uphill)
        yield Mistake(
            "not a unit vector",
            shortest,
            f"Right direction, but its length is {plain(norm(shortest))}, not 1.",
            "Divide by the length.",
            HALF,
            likely=False,
        )
        yield from self._length_mistakes(size)
        if any(self.at):
            for sign in (1, -1):
                yield from self._at_any_length(
                    "radial direction",
                    tuple(unit(scaled(Integer(sign), self.at))),
                    f"That is the way {'away from' if sign > 0 else 'towards'} the origin. The steepest way {word} is "
                    "across the level curve, and that need not be a circle round the origin.",
                    "Use the gradient at the point.",
                )
        if len(key) == 2:
            for turned in ((-key[1], key[0]), (key[1], -key[0])):
                yield from self._at_any_length(
                    "along the level curve",
                    turned,
                    "This is at right angles to the gradient: along it f does not change at all, to first order.",
                    "Use the gradient itself.",
                )
        for i, name in enumerate(self.names):
            for vector in (key, self.uphill):
                yield Mistake(
                    f"sign flipped in the {name}-component",
                    (*vector[:i], -vector[i], *vector[i + 1 :]),
                    f"The {name}-component has the wrong sign.",
                    f"Go through the {name}-derivative once more, watching the signs.",
                )
        for i, name in enumerate(self.names):
            axis = tuple(Integer(int(i == j)) for j in range(len(key)))
            yield Mistake(
                "one axis only",
                scaled(Integer(1 if key[i] > 0 else -1), axis),
                f"You went along the {name}-axis alone. The steepest way mixes all axes.",
                "Use every component of the gradient.",
            )
        if len(key) == 2:
            for angle in (atan2(key[1], key[0]), atan2(key[1], key[0]) * 180 / pi):
                yield Mistake(
                    "the angle instead of the direction",
                    angle,
                    "That is the angle of the direction with the x-axis. A unit vector is asked for.",
                    "Give the vector (cos θ, sin θ).",
                    HALF,
                )
        yield Mistake(
            "rate instead of direction",
            size * self.sign,
            f"That is how fast f {verb}. The question asks in which direction.",
            "Give the unit vector.",
        )
        yield Mistake(
            "not evaluated at the point",
            scaled(Integer(self.sign), self.formula),
            f"This is the gradient as a formula. The question asks for the direction at {plain(self.at)}.",
            f"Put in {self.values}, then divide by the length.",
        )
        length = sqrt(sum((part**2 for part in self.formula), Integer(0)))
        yield Mistake(
            "unit vector not evaluated at the point",
            scaled(self.sign / length, self.formula),
            f"This is the unit vector as a formula. The question asks for the direction at {plain(self.at)}.",
            f"Put in {self.values}.",
            HALF,
        )
        yield from self.gradient_mistakes(lambda wrong: _unit_or_zero(scaled(Integer(self.sign), self._turned(wrong))))
        yield from self.gradient_mistakes(lambda wrong: scaled(Integer(self.sign), self._turned(wrong)))

    def _at_any_length(self, name: str, u: tuple[Expr, ...], says: str, step: str) -> Iterator[Mistake]:
        """A wrong direction as a unit vector, and as long as the gradient or the way from the origin."""
        for vector in (u, scaled(norm(self.slopes), u), scaled(norm(self.at), u)):
            yield Mistake(name, vector, says, step)

    def _turned(self, wrong: Sequence[Expr]) -> tuple[Expr, ...]:
        """A wrong gradient that points another way; a multiple of the right one says nothing of how it was found."""
        pairs = combinations(range(len(wrong)), 2)
        parallel = all(wrong[i] * self.slopes[j] == wrong[j] * self.slopes[i] for i, j in pairs)
        return self.slopes if parallel else tuple(wrong)

    def _length_mistakes(self, size: Expr) -> Iterator[Mistake]:
        """Wrong lengths to divide by."""
        sum_of_sizes = sum((abs(s) for s in self.slopes), Integer(0))
        for divisor, name, says in (
            (size**2, "divided by the square of the length", "You divided by the square of the length."),
            (sum_of_sizes, "divided by the sum of the components", "You divided by the sum of the components."),
            (max(abs(s) for s in self.slopes), "divided by the largest component", "You divided by one component."),
        ):
            yield Mistake(
                name,
                scaled(1 / divisor, self.uphill),
                f"{says} The length is then not 1.",
                "Divide by the root of the sum of the squares.",
                HALF,
            )

    def follow(self, **values: Any) -> tuple[Expr, ...]:
        """Use the student's own gradient."""
        return tuple(unit(scaled(Integer(self.sign), values["gradient"])))

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own direction at the point of the contour map; without one, the point alone."""
        if len(self.variables) != 2:
            return None
        from nabla.explore import gradient_picture

        fitted = self.kind.fit(of(answer), ())
        if isinstance(fitted, Fitted) and any(fitted.value):
            return gradient_picture(self.f, self.at, {"your answer": fitted.value}, variables=self.variables)
        return gradient_picture(self.f, self.at, {}, variables=self.variables)


def _unit_or_zero(vector: Sequence[Expr]) -> tuple[Expr, ...]:
    return tuple(unit(vector)) if any(vector) else tuple(vector)
