"""One step of Adam, by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Self

from sympy import Expr, Integer, Rational, S, Symbol, sign, sqrt

from autograder.notation import plain, typeset
from autograder.problems.at_point import plus, scaled
from autograder.problems.gradient_descent import Coordinates, draw_hill, positive
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.optimiser_step import OptimiserStep, share, squares
from autograder.problems.problem import ProblemError, Prose, Step, exact, exact_point
from nabla.calculus import gradient
from nabla.optimisers import Adam, Memory, Rule

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class AdamStep(OptimiserStep):
    """The point after one step of Adam, which is number `taken` + 1.

    >>> from sympy.abc import x, y
    >>> AdamStep(x**2 + 10*y**2, at=(3, 1), learning_rate=0.1, beta1=0.9, beta2=0.99).key()
    (29/10, 9/10)
    """

    f: Expr
    at: Coordinates
    learning_rate: Expr
    beta1: Expr
    beta2: Expr
    mean: Coordinates = ()
    mean_square: Coordinates = ()
    taken: Expr = S.Zero
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        for name in ("mean", "mean_square"):
            given = getattr(self, name) or tuple(Integer(0) for _ in self.at)
            take = squares if name == "mean_square" else exact_point
            object.__setattr__(self, name, take(given, self.variables, name))
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))
        for name in ("beta1", "beta2"):
            object.__setattr__(self, name, share(getattr(self, name), name))
        object.__setattr__(self, "taken", exact(self.taken, "taken"))
        if not (self.taken.is_Integer and self.taken >= 0):
            raise ProblemError(f"taken is how many steps were taken before: 0, 1, 2 …, not {plain(self.taken)}.")
        if not all(self.new_square):
            raise ProblemError("A coordinate with slope 0 and mean square 0 would divide by 0; choose another point.")

    @property
    def rule(self) -> Rule:
        """Adam without its safety against division by zero."""
        return Adam(self.learning_rate, self.beta1, self.beta2, Integer(0))

    @property
    def memories(self) -> tuple[Memory, ...]:
        """Mean, mean square, steps taken."""
        return tuple((m, s, self.taken) for m, s in zip(self.mean, self.mean_square, strict=True))

    @property
    def new_mean(self) -> Coordinates:
        """The mean of the slopes after the step."""
        return tuple(self.beta1 * m + (1 - self.beta1) * g for m, g in zip(self.mean, self.slopes, strict=True))

    @property
    def new_square(self) -> Coordinates:
        """The mean square of the slopes after the step."""
        pairs = zip(self.mean_square, self.slopes, strict=True)
        return tuple(self.beta2 * s + (1 - self.beta2) * g**2 for s, g in pairs)

    def statement(self) -> Prose:
        """Ask for the next point."""
        t = self.taken + 1
        before = (
            "It is the very first step: $m$ and $s$ are zero before it"
            if self.taken == 0 and not any(self.mean) and not any(self.mean_square)
            else f"Earlier steps left $m = {typeset(self.mean)}$ and $s = {typeset(self.mean_square)}$"
        )
        return self._task(
            "Adam",
            (
                r"m \leftarrow \beta_1 m + (1 - \beta_1)\,g, \quad s \leftarrow \beta_2 s + (1 - \beta_2)\,g^2,",
                r"x \leftarrow x - \eta\,\frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)}}",
            ),
            rf"Here $\beta_1 = {typeset(self.beta1)}$, $\beta_2 = {typeset(self.beta2)}$, "
            rf"$\eta = {typeset(self.learning_rate)}$. {before}; this step has the number $t = {typeset(t)}$.",
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards: slope, two means, two corrections."""
        t = self.taken + 1
        return (
            "Each coordinate is on its own. For each: its slope, then both means, both corrections, and the step.",
            rf"$m$ mixes in the slope with the share $1 - \beta_1 = {typeset(1 - self.beta1)}$, and $s$ mixes in the "
            rf"**square** of the slope with the share $1 - \beta_2 = {typeset(1 - self.beta2)}$.",
            rf"Divide $m$ by $1 - \beta_1^{{{typeset(t)}}} = {typeset(1 - self.beta1**t)}$ and $s$ by "
            rf"$1 - \beta_2^{{{typeset(t)}}} = {typeset(1 - self.beta2**t)}$. Then take the root of the second.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, means, corrections, point."""
        t = self.taken + 1
        yield from self.gradient_steps()
        yield Step("The new means of the slopes:", f"m = {typeset(self.new_mean)}")
        yield Step("The new means of their squares:", f"s = {typeset(self.new_square)}")
        corrected = scaled(1 / (1 - self.beta1**t), self.new_mean)
        squared = scaled(1 / (1 - self.beta2**t), self.new_square)
        yield Step(
            "Both began at zero and are corrected for it:",
            rf"\frac{{m}}{{1 - \beta_1^t}} = {typeset(corrected)}, \quad "
            rf"\frac{{s}}{{1 - \beta_2^t}} = {typeset(squared)}",
        )
        step = plus(self.key(), scaled(Integer(-1), self.at))
        yield Step("The step and the new point:", f"{typeset(self.at)} + {typeset(step)} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Corrections forgotten or miscounted, root or memory forgotten, the two betas swapped."""
        t = self.taken + 1
        eta, new_mean, new_square = self.learning_rate, self.new_mean, self.new_square
        full, half = 1 - self.beta2**t, 1 - self.beta1**t

        def step(mean: Sequence[Expr], square: Sequence[Expr], first: Expr = half, second: Expr = full) -> Coordinates:
            triples = zip(self.at, mean, square, strict=True)
            return tuple(c - eta * (m / first) / sqrt(s / second) if s != 0 else c for c, m, s in triples)

        one = Integer(1)
        yield Mistake(
            "corrections left out",
            step(new_mean, new_square, one, one),
            "You used m and s as they are. Both began at zero and are too small at first; Adam corrects for it.",
            "Divide m by 1 - β1^t and s by 1 - β2^t.",
            HALF,
        )
        yield Mistake(
            "only the mean corrected",
            step(new_mean, new_square, half, one),
            "You corrected m but not s.",
            "Divide s by 1 - β2^t before you take the root.",
            HALF,
        )
        yield Mistake(
            "only the mean square corrected",
            step(new_mean, new_square, one, full),
            "You corrected s but not m.",
            "Divide m by 1 - β1^t.",
            HALF,
        )
        yield Mistake(
            "step number off by one",
            step(new_mean, new_square, 1 - self.beta1 ** (t + 1), 1 - self.beta2 ** (t + 1)),
            f"You corrected with t = {t + 1}. This step has the number {t}.",
            f"Use t = {t}.",
            HALF,
        )
        if self.taken:
            yield Mistake(
                "step number off by one",
                step(new_mean, new_square, 1 - self.beta1**self.taken, 1 - self.beta2**self.taken),
                f"You corrected with t = {self.taken}. This step has the number {t}.",
                f"Use t = {t}.",
                HALF,
            )
        yield Mistake(
            "root left out",
            tuple(c - eta * (m / half) / (s / full) for c, m, s in zip(self.at, new_mean, new_square, strict=True)),
            "You divided by the mean square. The rule divides by its root.",
            "Take the square root of s/(1 - β2^t).",
            HALF,
        )
        yield Mistake(
            "betas swapped",
            self.moved(rule=Adam(eta, self.beta2, self.beta1, Integer(0))),
            f"You swapped the two: β1 = {plain(self.beta1)} belongs to m, β2 = {plain(self.beta2)} to s.",
            "Go through the two means again.",
            HALF,
        )
        if self.taken:  # in the very first step this is plain gradient descent
            yield Mistake(
                "not divided by the root",
                plus(self.at, scaled(-eta / half, new_mean)),
                "You moved by the mean of the slopes alone. Adam divides it by the root of the mean square.",
                "Divide by the root of s/(1 - β2^t).",
                HALF,
            )
            yield Mistake(
                "the corrected means alone",
                scaled(1 / half, new_mean),
                "Those are the corrected means of the slopes. The question asks for the new point.",
                "Divide by the root of the corrected s, multiply by η, and subtract.",
                HALF,
            )
        yield Mistake(
            "RMSProp instead of Adam",
            step(self.slopes, new_square, one, one),
            "That is a step of RMSProp: no mean of the slopes, no corrections.",
            "Compute both means, then correct them.",
        )
        yield Mistake(
            "memory left out",
            tuple(c - eta * sign(g) for c, g in zip(self.at, self.slopes, strict=True)),
            "You moved as in the very first step, with no memory. Here m and s are left from earlier steps.",
            "Mix the new slope into the old m and s.",
        )
        yield Mistake(
            "root and corrections left out",
            tuple(c - eta * m / s if s != 0 else c for c, m, s in zip(self.at, new_mean, new_square, strict=True)),
            "You divided by s: the root is missing, and so are the corrections.",
            "Correct m and s, then take the root of the second.",
            Fraction(1, 4),
        )
        yield Mistake(
            "slope in place of its mean",
            step(self.slopes, new_square, one, full),
            "You put the slope itself on top. Adam uses the mean of the slopes, m.",
            "Compute m first.",
            HALF,
        )
        yield Mistake(
            "shares swapped",
            self.moved(
                memories=[
                    ((m * (1 - self.beta1) + (2 * self.beta1 - 1) * g) / self.beta1,
                     (s * (1 - self.beta2) + (2 * self.beta2 - 1) * g**2) / self.beta2, self.taken)
                    for m, s, g in zip(self.mean, self.mean_square, self.slopes, strict=True)
                ]
            ),
            "You gave the old means the small share and the new slope the large one: the other way round.",
            "β belongs to the old mean, 1 - β to the new slope.",
            HALF,
        )  # fmt: skip
        yield from self._common_mistakes()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw the first step (level 1), or a later one whose roots are whole numbers."""
        f, at = draw_hill(rng, level, steepest=16)
        eta = rng.choice((Rational(1, 10), Rational(1, 5), Rational(1, 2)))
        if level == 1:
            return cls(f, at, eta, Rational(9, 10), Rational(99, 100))
        taken = Integer(level - 1)
        memory = [_adam_memory(rng, g, taken + 1) for g in gradient(f, at=at)]
        mean, square = zip(*memory, strict=True)
        return cls(f, at, eta, Rational(1, 2), Rational(1, 2), mean, square, taken)


def _adam_memory(rng: random.Random, slope: Expr, step: Expr) -> tuple[Expr, Expr]:
    """Draw old means, for betas of one half, that make the corrected mean whole and the corrected root too."""
    correction = 2 * (1 - Rational(1, 2) ** step)
    mean = rng.choice([k for k in (-4, -2, -1, 1, 2, 4) if k * correction != slope]) * correction * 2**step / 2 - slope
    roots = [r for r in (1, 2, 4, 5, 8, 10, 16, 20, 25, 40) if r**2 * correction > slope**2]
    square = rng.choice(roots[:3]) ** 2 * correction - slope**2 if roots else slope**2
    return mean, square
