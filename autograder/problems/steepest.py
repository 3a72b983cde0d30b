"""The steepest way up or down at a point: its direction, and its rate."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, exp, sqrt

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, Number, UnitDirection
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, scaled
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step
from autograder.problems.rates import draw_polynomial
from nabla.calculus import evaluate, norm, unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

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
            f"The direction is right, but its length is {plain(size)}, not 1.",
            "Divide by the length.",
            HALF,
        )
        yield Mistake(
            "opposite direction, and not a unit vector",
            scaled(Integer(-1), self.uphill),
            f"This points the opposite way, and its length is {plain(size)}, not 1.",
            aim,
        )
        yield from self._length_mistakes(size)
        if any(self.at):
            for sign in (1, -1):
                yield Mistake(
                    "radial direction",
                    tuple(unit(scaled(Integer(sign), self.at))),
                    f"That is the way {'away from' if sign > 0 else 'towards'} the origin. The steepest way {word} is "
                    "across the level curve, and that need not be a circle round the origin.",
                    "Use the gradient at the point.",
                )
        if len(key) == 2:
            for turned in ((-key[1], key[0]), (key[1], -key[0])):
                yield Mistake(
                    "along the level curve",
                    turned,
                    "This is at right angles to the gradient: along it f does not change at all, to first order.",
                    "Use the gradient itself.",
                )
        for i, name in enumerate(self.names):
            axis = tuple(Integer(int(i == j)) for j in range(len(key)))
            yield Mistake(
                "one axis only",
                scaled(Integer(1 if key[i] > 0 else -1), axis),
                f"You went along the {name}-axis alone. The steepest way mixes all axes.",
                "Use every component of the gradient.",
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
        yield from self.gradient_mistakes(lambda wrong: _unit_or_zero(scaled(Integer(self.sign), wrong)))
        yield from self.gradient_mistakes(lambda wrong: scaled(Integer(self.sign), wrong))

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
                f"{says} The direction is right, the length is not 1.",
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


@dataclass(frozen=True)
class SteepestRate(Steepest):
    """The rate of change of f along its direction of steepest ascent (or descent).

    >>> from sympy.abc import x, y
    >>> SteepestRate(x**2 + 4*y**2, at=(1, 1), way="descent").key()
    -2*sqrt(17)
    """

    f: Expr
    at: tuple[Expr, ...]
    way: str = "ascent"
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    @property
    def kind(self) -> Kind:
        """A number."""
        return Number()

    def key(self) -> Expr:
        """Return the length of the gradient, negative on the way down."""
        return self.sign * norm(self.slopes)

    def statement(self) -> Prose:
        """Ask for the rate."""
        signed = "" if self.sign > 0 else " A rate of decrease is negative: give it with its sign."
        return Prose(
            f"Let ${self.definition}$. What is the **{'largest' if self.sign > 0 else 'smallest'} value of the "
            f"directional derivative** $D_u f$ at the point ${self.place}$, among all unit vectors $u$? That "
            f"is, at what rate does $f$ change along its steepest way {WAYS[self.way][1]}?{signed}\n\n"
            "Give one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the length."""
        return (
            "There is no need to try directions: one vector at this point tells the steepest rate.",
            r"$D_u f = \nabla f \cdot u = \left\|\nabla f\right\| \cos\theta$, where $\theta$ is the angle between "
            f"$u$ and the gradient. For which angle is this {'largest' if self.sign > 0 else 'smallest'}?",
            f"Find the gradient at ${typeset(self.at)}$ and then its length: square the components, add, take the "
            "root. Mind the sign.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, angle, length."""
        yield from self.gradient_steps()
        cosine = r"\cos 0 = 1" if self.sign > 0 else r"\cos \pi = -1"
        yield Step(
            f"The rate is the length of the gradient times the cosine of the angle, which is {self.sign} here:",
            rf"D_u f = \left\|\nabla f\right\| \cos\theta, \quad {cosine}",
        )
        yield Step("So the rate is", f"D_u f = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The vector for its length, no root, the sum, one slope, value of f, slips in the gradient."""
        slopes, size = self.slopes, norm(self.slopes)
        length = "The length is the root of the sum of the squares."
        yield Mistake(
            "sign of the other way",
            -self.key(),
            f"That is the rate on the steepest way {'down' if self.sign > 0 else 'up'}.",
            "Uphill the rate is positive, downhill it is negative.",
            HALF,
        )
        yield Mistake(
            "the gradient itself",
            slopes,
            "That is the gradient. The rate is a number.",
            "Take its length.",
        )
        yield Mistake(
            "the unit vector",
            tuple(unit(self.uphill)),
            "That is the direction. The question asks for the rate along it.",
            "Take the length of the gradient.",
        )
        yield Mistake(
            "root left out",
            self.sign * size**2,
            "You added the squares and did not take the root.",
            length,
            HALF,
        )
        yield Mistake(
            "sum of the partial derivatives",
            self.sign * sum(slopes, Integer(0)),
            "You added the components.",
            length,
        )
        yield Mistake(
            "sum of the sizes",
            self.sign * sum((abs(s) for s in slopes), Integer(0)),
            "You added the sizes of the components.",
            length,
        )
        for name, slope in zip(self.names, slopes, strict=True):
            yield Mistake(
                f"slope along {name} only",
                slope,
                f"That is the slope along the {name}-axis alone. The steepest way is steeper.",
                "Use every component of the gradient.",
            )
        if len(slopes) == 2:
            yield Mistake(
                "squares subtracted",
                self.sign * sqrt(abs(slopes[0] ** 2 - slopes[1] ** 2)),
                "You subtracted the squares. The square of a negative component is positive too.",
                length,
                HALF,
            )
        yield Mistake(
            "unit vector has length 1",
            Integer(self.sign),
            "1 is the length of the direction, not the rate along it.",
            "Take the length of the gradient.",
        )
        yield Mistake(
            "no change",
            Integer(0),
            "0 is the rate along the level curve, at right angles to the steepest way.",
            "Take the length of the gradient.",
        )
        yield Mistake(
            "not evaluated at the point",
            self.sign * sqrt(sum((part**2 for part in self.formula), Integer(0))),
            f"This still is a formula. The question asks for the rate at {plain(self.at)}.",
            f"Put in {self.values}.",
            HALF,
        )
        yield Mistake(
            "value of f",
            evaluate(self.f, self.variables, self.at),
            "That is the value of f at the point, not how fast it changes.",
            "Start with the gradient.",
        )
        yield from number_mistakes(self.key())
        yield from self.gradient_mistakes(lambda wrong: self.sign * norm(wrong))

    def follow(self, **values: Any) -> Expr:
        """Use the student's own gradient."""
        return self.sign * norm(values["gradient"])

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the point on the contour map."""
        if len(self.variables) != 2:
            return None
        from nabla.explore import gradient_picture

        return gradient_picture(self.f, self.at, {}, variables=self.variables)


def _unit_or_zero(vector: Sequence[Expr]) -> tuple[Expr, ...]:
    return tuple(unit(vector)) if any(vector) else tuple(vector)


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
