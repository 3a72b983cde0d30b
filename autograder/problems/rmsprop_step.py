"""One step of RMSProp, by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sympy import Expr, Integer, Rational, S, Symbol, sqrt

from autograder.notation import plain, typeset
from autograder.problems.at_point import plus, scaled
from autograder.problems.gradient_descent import Coordinates, draw_hill, positive
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.optimiser_step import OptimiserStep, share, squares
from autograder.problems.problem import ProblemError, Prose, Step
from nabla.calculus import gradient
from nabla.optimisers import Memory, RMSProp, Rule

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class RMSPropStep(OptimiserStep):
    """The point after one step of RMSProp: s <- rho s + (1 - rho) g^2, x <- x - eta g / sqrt(s).

    >>> from sympy.abc import x, y
    >>> RMSPropStep(x**2 + 10*y**2, at=(3, 1), mean_square=(0, 0), learning_rate=0.1, decay=0.75).key()
    (14/5, 4/5)
    """

    f: Expr
    at: Coordinates
    mean_square: Coordinates
    learning_rate: Expr
    decay: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "mean_square", squares(self.mean_square, self.variables, "mean_square"))
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))
        object.__setattr__(self, "decay", share(self.decay, "decay"))
        if not all(self.new_square):
            raise ProblemError("A coordinate with slope 0 and mean square 0 would divide by 0; choose another point.")

    @property
    def rule(self) -> Rule:
        """RMSProp without its safety against division by zero."""
        return RMSProp(self.learning_rate, self.decay, Integer(0))

    @property
    def memories(self) -> tuple[Memory, ...]:
        """The mean square."""
        return tuple((s,) for s in self.mean_square)

    @property
    def new_square(self) -> Coordinates:
        """The mean square after the step."""
        pairs = zip(self.mean_square, self.slopes, strict=True)
        return tuple(self.decay * s + (1 - self.decay) * g**2 for s, g in pairs)

    def statement(self) -> Prose:
        """Ask for the next point."""
        return self._task(
            "RMSProp",
            [r"s \leftarrow \rho s + (1 - \rho)\,g^2, \quad x \leftarrow x - \eta\,\frac{g}{\sqrt{s}}"],
            rf"Here $\rho = {typeset(self.decay)}$, $\eta = {typeset(self.learning_rate)}$, and the mean squares left "
            f"from earlier steps are $s = {typeset(self.mean_square)}$.",
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards: slope, mean square, root."""
        return (
            "Each coordinate is on its own. For each: its slope, then its new mean square, then its step.",
            rf"The new $s$ mixes the old one and the square of the slope, in shares $\rho = {typeset(self.decay)}$ and "
            rf"$1 - \rho = {typeset(1 - self.decay)}$.",
            r"Divide the slope by the **root** of the **new** $s$, multiply by $\eta$, and subtract from the "
            "coordinate. What sign has the slope?",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, mean square, point."""
        yield from self.gradient_steps()
        yield Step("The new mean squares:", rf"s = \rho s + (1 - \rho)\,g^2 = {typeset(self.new_square)}")
        step = plus(self.key(), scaled(Integer(-1), self.at))
        yield Step("The step of each coordinate:", rf"-\eta\,\frac{{g}}{{\sqrt{{s}}}} = {typeset(step)}")
        yield Step("The new point:", f"{typeset(self.at)} + {typeset(step)} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The root or the square forgotten, shares swapped, the old mean square, one mean for all."""
        eta, slopes = self.learning_rate, self.slopes

        def divided(by: Sequence[Expr]) -> Coordinates:
            return tuple(c - eta * g / d if d != 0 else c for c, g, d in zip(self.at, slopes, by, strict=True))

        yield Mistake(
            "root left out",
            divided(self.new_square),
            "You divided by s. The rule divides by its root.",
            "Take the square root of s first.",
            HALF,
        )
        yield Mistake(
            "shares swapped",
            self.moved(rule=RMSProp(eta, 1 - self.decay, Integer(0))),
            f"You gave the old mean square the share {plain(1 - self.decay)} and the new square {plain(self.decay)}: "
            "the other way round.",
            "ρ belongs to the old s.",
            HALF,
        )
        if all(self.mean_square):
            yield Mistake(
                "old mean square used",
                divided([sqrt(s) for s in self.mean_square]),
                "You divided by the root of the old mean square. It is updated first.",
                "Compute the new s, then move.",
                HALF,
            )
        yield Mistake(
            "share of the new square left out",
            divided([sqrt(self.decay * s + g**2) for s, g in zip(self.mean_square, slopes, strict=True)]),
            f"You added the whole square of the slope. It enters with the share 1 - ρ = {plain(1 - self.decay)}.",
            "Multiply the square by 1 - ρ.",
            HALF,
        )
        yield Mistake(
            "slope not squared",
            divided(
                [
                    sqrt(abs(self.decay * s + (1 - self.decay) * g))
                    for s, g in zip(self.mean_square, slopes, strict=True)
                ]
            ),
            "You mixed in the slope, not its square.",
            "Square the slope before it enters s.",
        )
        yield Mistake(
            "divided by the size of the slope",
            divided([abs(g) for g in slopes]),
            "You divided each slope by its own size alone. What divides it is the root of the mean square.",
            "Compute the new s first.",
        )
        total = sqrt(sum(self.new_square, Integer(0)))
        yield Mistake(
            "one mean square for all coordinates",
            divided([total] * len(slopes)),
            "You divided every slope by the same number. In RMSProp each coordinate has an s of its own.",
            "Work through the rule once for each coordinate.",
            HALF,
        )
        yield Mistake(
            "both shares left out",
            divided([sqrt(s + g**2) for s, g in zip(self.mean_square, slopes, strict=True)]),
            "You added the old mean square and the new square as they are. The rule weights them by ρ and 1 - ρ.",
            "Multiply each by its share first.",
            HALF,
        )
        roots = [sqrt(s) for s in self.new_square]
        yield Mistake(
            "slope left out of the step",
            tuple(c - eta / root if root != 0 else c for c, root in zip(self.at, roots, strict=True)),
            "You divided η by the root and left the slope out.",
            "The slope stands on top: η·g/√s.",
            HALF,
        )
        yield Mistake(
            "slope squared on top too",
            tuple(c - eta * g**2 / root if root != 0 else c for c, g, root in zip(self.at, slopes, roots, strict=True)),
            "You used the square of the slope on top. It is squared only inside s.",
            "The step is η·g/√s.",
            HALF,
        )
        yield Mistake(
            "the roots alone",
            tuple(roots),
            "Those are the roots of the new mean squares. The question asks for the new point.",
            "Divide the slopes by them, multiply by η, and subtract.",
            HALF,
        )
        yield Mistake(
            "sign of the slope lost",
            tuple(c - abs(k - c) for c, k in zip(self.at, self.key(), strict=True)),
            "One coordinate moved the wrong way: squaring loses the sign of the slope, but the slope on top keeps it.",
            "Subtract η·g/√s with the sign that g has.",
            HALF,
        )
        yield Mistake(
            "the new mean square",
            self.new_square,
            "Those are the new mean squares. The question asks for the new point.",
            "Use them to scale the step.",
            HALF,
        )
        yield from self._common_mistakes()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a hill, and mean squares whose updated roots are whole numbers (zeros at level 1)."""
        f, at = draw_hill(rng, level, steepest=16)
        decay = Rational(3, 4) if level == 1 else rng.choice((Rational(1, 2), Rational(3, 4), Rational(9, 10)))
        eta = rng.choice((Rational(1, 10), Rational(1, 5)))
        slopes = gradient(f, at=at)
        return cls(f, at, tuple(S.Zero if level == 1 else rooted(rng, decay, g) for g in slopes), eta, decay)


def rooted(rng: random.Random, decay: Expr, slope: Expr) -> Expr:
    """Draw an old mean square that makes the slope over the root of the new one a short fraction.

    >>> old = rooted(random.Random(1), Rational(1, 2), Integer(6))
    >>> (6 / sqrt(old / 2 + 36 / Integer(2))).is_Rational
    True
    """
    ratios = [Rational(n, 4) for n in (2, 5, 8)]
    olds = [slope**2 * (ratio**2 - (1 - decay)) / decay for ratio in ratios]
    short = [old for old in olds if old > 0 and old.q <= 2] or [old for old in olds if old > 0]
    return rng.choice(short)
