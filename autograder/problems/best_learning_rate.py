"""The best learning rate on a quadratic bowl."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from sympy import Expr, Symbol, sqrt

from autograder.notation import plain, typeset
from autograder.problems.bowl import OnBowl, coefficient_mistakes, draw_bowl
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.exact_descent import best_learning_rate


@dataclass(frozen=True)
class BestLearningRate(OnBowl):
    """The fixed learning rate that brings gradient descent down a quadratic bowl fastest, for the worst start.

    >>> from sympy.abc import x, y
    >>> BestLearningRate(x**2 + 10*y**2).key()
    1/11
    """

    f: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()

    def key(self) -> Expr:
        """Return 2 / (κ_min + κ_max)."""
        return best_learning_rate(self.f, self.variables)

    def statement(self) -> Prose:
        """Ask for the best rate."""
        return Prose(
            f"Gradient descent with a fixed learning rate $\\eta$ walks on\n\n$$ {self.definition}. $$\n\n"
            "Along each axis of the bowl every step multiplies the distance to the minimum by a factor. Find the "
            "**best learning rate**: the $\\eta$ that makes the largest of these factors, in size, as small as "
            "possible.\n\nGive one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards balancing the two ends."""
        return (
            "A small rate is slow along the flat axis, a large rate swings along the steep one. Where do the two "
            "balance?",
            r"Along an axis with curvature $\kappa$ (an eigenvalue of the Hessian) the factor is $1 - \eta \kappa$. "
            r"Sketch $|1 - \eta \kappa|$ against $\eta$ for the smallest and for the largest curvature.",
            r"The best rate is where the two sketches cross: $1 - \eta \kappa_{\min} = -(1 - \eta \kappa_{\max})$. "
            r"Solve for $\eta$.",
        )

    def steps(self) -> Iterator[Step]:
        """Curvatures, then the balance."""
        yield from self.hessian_steps()
        low, high = self.curvatures[0], self.curvatures[-1]
        yield Step(
            "The slowest axes are the flattest and the steepest. The best rate makes them equally fast:",
            rf"1 - {typeset(low)}\,\eta = -(1 - {typeset(high)}\,\eta)",
        )
        yield Step("Solve for the rate:", rf"\eta = \frac{{2}}{{{typeset(low + high)}}} = {typeset(self.key())}")
        yield Step("Every step then shrinks the distance at least by the factor", typeset((high - low) / (high + low)))

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl; at level 3 a tilted one in three variables."""
        return cls(draw_bowl(rng, level, three=True))

    def wrong_ways(self) -> Iterator[Mistake]:
        """The limit, one axis only, averages, the factor, coefficients for curvatures."""
        low, high = self.curvatures[0], self.curvatures[-1]
        yield Mistake(
            "the stability limit",
            2 / high,
            "That is the limit of the stable rates: there the steepest axis swings for ever.",
            "Balance the steepest axis against the flattest.",
        )
        yield Mistake(
            "best for the steepest axis only",
            1 / high,
            f"At {plain(1 / high)} the steepest axis is done in one step, but the flattest lags behind.",
            "A little more makes the flattest axis faster, until the steepest swings as much.",
            HALF,
        )
        yield Mistake(
            "best for the flattest axis only",
            1 / low,
            f"At {plain(1 / low)} the flattest axis is done in one step, but the steepest swings: each step multiplies "
            f"the distance along it by {plain(1 - high / low)}.",
            "Look at the factor of the steepest axis too.",
        )
        yield Mistake(
            "1 over the sum of the curvatures",
            1 / (low + high),
            "That is half as much as balances the two axes.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max) once more.",
            HALF,
        )
        yield Mistake(
            "mean of the two rates",
            (1 / low + 1 / high) / 2,
            "You took the mean of the rates that are best along each axis alone. What must balance are the factors.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max).",
        )
        yield Mistake(
            "geometric mean of the curvatures",
            1 / sqrt(low * high),
            "You balanced by the root of the product. The factors 1 - ηh are linear in η.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max).",
        )
        yield Mistake(
            "the factor instead of the rate",
            (high - low) / (high + low),
            "That is the factor by which the distance shrinks at the best rate, not the rate.",
            "Give the learning rate.",
            HALF,
        )
        yield Mistake(
            "the best rate upside down",
            (low + high) / 2,
            "That is upside down: the steeper the bowl, the smaller the rate must be.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max) for η.",
            HALF,
        )
        yield Mistake(
            "sum of the curvatures",
            low + high,
            "That is the sum of the two curvatures, not a learning rate.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max) for η.",
        )
        yield Mistake(
            "curvatures subtracted",
            2 / (high - low),
            "You subtracted the curvatures.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max) once more, watching the signs.",
            HALF,
        )
        yield Mistake(
            "the condition number",
            high / low,
            "That is how long the valley is for its width. The question asks for a learning rate.",
            "Solve 1 - η·κ_min = -(1 - η·κ_max).",
        )
        yield from coefficient_mistakes(self, lambda values: 2 / (values[0] + values[-1]))
        yield from number_mistakes(self.key())
