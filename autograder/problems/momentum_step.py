"""One step of gradient descent with momentum, by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sympy import Expr, Integer, Rational, Symbol

from autograder.notation import plain, typeset
from autograder.problems.at_point import plus, scaled
from autograder.problems.gradient_descent import Coordinates, draw_hill, positive
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.optimiser_step import OptimiserStep, share
from autograder.problems.problem import Prose, Step, exact_point
from nabla.optimisers import Memory, Momentum, Rule

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class MomentumStep(OptimiserStep):
    """The point after one step with momentum: v <- beta v + g, x <- x - eta v.

    >>> from sympy.abc import x, y
    >>> MomentumStep(x**2 + 10*y**2, at=(3, 1), velocity=(4, -8), learning_rate=0.1, momentum=0.5).key()
    (11/5, -3/5)
    """

    f: Expr
    at: Coordinates
    velocity: Coordinates
    learning_rate: Expr
    momentum: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "velocity", exact_point(self.velocity, self.variables, "velocity"))
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))
        object.__setattr__(self, "momentum", share(self.momentum, "momentum"))

    @property
    def rule(self) -> Rule:
        """Heavy-ball momentum."""
        return Momentum(self.learning_rate, self.momentum)

    @property
    def memories(self) -> tuple[Memory, ...]:
        """The velocity."""
        return tuple((v,) for v in self.velocity)

    @property
    def new_velocity(self) -> Coordinates:
        """The velocity after the step."""
        return plus(scaled(self.momentum, self.velocity), self.slopes)

    def statement(self) -> Prose:
        """Ask for the next point."""
        return self._task(
            "momentum",
            [r"v \leftarrow \beta v + g, \quad x \leftarrow x - \eta v"],
            rf"Here $\beta = {typeset(self.momentum)}$, $\eta = {typeset(self.learning_rate)}$, and the velocity left "
            f"from earlier steps is $v = {typeset(self.velocity)}$.",
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards: slope, new velocity, step."""
        return (
            "Three things in order: the gradient at the point, then the new velocity, then the new point.",
            rf"The new velocity is $\beta$ times the old one, **plus** the gradient. With "
            rf"$\beta = {typeset(self.momentum)}$ and $v = {typeset(self.velocity)}$, what part of the old is kept?",
            rf"Subtract $\eta = {typeset(self.learning_rate)}$ times the **new** velocity from "
            f"${typeset(self.at)}$, coordinate by coordinate.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, velocity, point."""
        yield from self.gradient_steps()
        yield Step("The new velocity:", rf"v = \beta v + g = {typeset(self.new_velocity)}")
        step = scaled(-self.learning_rate, self.new_velocity)
        yield Step("The step goes against it:", rf"{typeset(self.at)} + {typeset(step)} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The velocity kept whole, forgotten, signed wrongly, averaged, given as the answer."""
        eta, beta, slopes = self.learning_rate, self.momentum, self.slopes

        def at_velocity(velocity: Coordinates) -> Coordinates:
            return plus(self.at, scaled(-eta, velocity))

        yield Mistake(
            "momentum factor left out",
            at_velocity(plus(self.velocity, slopes)),
            f"You kept the whole old velocity. Only {plain(beta)} of it stays.",
            "Multiply the old velocity by β before adding the gradient.",
            HALF,
        )
        yield Mistake(
            "old velocity used",
            at_velocity(self.velocity),
            "You moved by the old velocity. The gradient at this point has to enter it first.",
            "Update the velocity, then move.",
        )
        yield Mistake(
            "gradient left out of the velocity",
            at_velocity(scaled(beta, self.velocity)),
            "The new velocity is not only what is left of the old one: the gradient is added.",
            "Add the gradient to β·v.",
        )
        yield Mistake(
            "running mean instead of momentum",
            at_velocity(plus(scaled(beta, self.velocity), scaled(1 - beta, slopes))),
            "You weighted the gradient by 1 - β. That is another common form of momentum; the rule given here adds the "
            "whole gradient.",
            "Use v ← β·v + g as it stands.",
            HALF,
        )
        yield Mistake(
            "gradient subtracted from the velocity",
            at_velocity(plus(scaled(beta, self.velocity), scaled(Integer(-1), slopes))),
            "You subtracted the gradient inside the velocity, and the velocity again from the point.",
            "Only the last step has a minus.",
            HALF,
        )
        yield Mistake(
            "old velocity subtracted",
            at_velocity(plus(scaled(-beta, self.velocity), slopes)),
            "You subtracted the old velocity from the gradient. In this rule the two are added.",
            "Use v ← β·v + g as it stands.",
            HALF,
        )
        yield Mistake(
            "momentum factor on the gradient",
            at_velocity(plus(self.velocity, scaled(beta, slopes))),
            "You multiplied the gradient by β. It is the old velocity that β shortens.",
            "Use v ← β·v + g as it stands.",
            HALF,
        )
        yield Mistake(
            "velocity not scaled by the learning rate",
            plus(plus(self.at, scaled(-beta, self.velocity)), scaled(-eta, slopes)),
            "The learning rate reached only the gradient. In this rule it multiplies the whole velocity.",
            "Compute the new velocity first, then multiply it by η.",
            HALF,
        )
        yield Mistake(
            "velocity added to the step",
            plus(plus(self.at, scaled(beta, self.velocity)), scaled(-eta, slopes)),
            "That is another common form, x + β·v - η·g. The rule given here is x - η·(β·v + g).",
            "Compute the new velocity first, then subtract η times it.",
            HALF,
        )
        yield Mistake(
            "the new velocity",
            self.new_velocity,
            "That is the new velocity. The question asks for the new point.",
            "Subtract η times it from the point.",
            HALF,
        )
        ahead = plus(self.at, scaled(-eta * beta, self.velocity))
        slopes_ahead = tuple(part.xreplace(dict(zip(self.variables, ahead, strict=True))) for part in self.formula)
        yield Mistake(
            "gradient taken ahead",
            at_velocity(plus(scaled(beta, self.velocity), slopes_ahead)),
            "You took the gradient where the velocity alone would lead (Nesterov's form). The rule given here takes it "
            f"at {plain(self.at)}.",
            "Put the point itself into the gradient.",
            HALF,
        )
        yield from self._common_mistakes()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a hill, a velocity and a momentum."""
        f, at = draw_hill(rng, level, steepest=16)
        velocity = tuple(Integer(rng.choice((-8, -6, -4, -2, 2, 4, 6, 8))) for _ in at)
        momentum = Rational(1, 2) if level == 1 else rng.choice((Rational(9, 10), Rational(1, 2), Rational(3, 4)))
        return cls(f, at, velocity, rng.choice((Rational(1, 10), Rational(1, 5))), momentum)
