"""The rate of change along the steepest way up or down at a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Expr, Integer, Symbol, prod, sqrt

from autograder.answers.kinds import Kind, Number
from autograder.notation import plain, typeset
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.calculus import evaluate, norm, unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

from autograder.problems.steepest import WAYS, Steepest


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
        sizes = sum((abs(s) for s in slopes), Integer(0))
        yield Mistake(
            "root of the sum of the components",
            self.sign * sqrt(sizes),
            "You took the root of the components as they are; under the root stand their squares.",
            length,
        )
        product = abs(prod(slopes))
        for name, wrong in (("product of the components", product), ("root of the product", sqrt(product))):
            yield Mistake(name, self.sign * wrong, "You multiplied the components.", length)
        yield Mistake(
            "difference of the components",
            self.sign * abs(slopes[0] - sum(slopes[1:], Integer(0))),
            "You subtracted the components.",
            length,
        )
        if any(self.at):
            yield Mistake(
                "length of the point",
                self.sign * norm(self.at),
                "That is the distance of the point from the origin, not the length of the gradient there.",
                length,
            )
        yield Mistake(
            "along the diagonal",
            self.sign * sum(slopes, Integer(0)) / sqrt(Integer(len(slopes))),
            "That is the rate along the diagonal, with equal steps along all axes. The steepest way is another.",
            length,
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
