"""The largest stable learning rate on a quadratic bowl."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Integer, Symbol

from autograder.notation import plain, typeset
from autograder.problems.bowl import OnBowl, coefficient_mistakes
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.exact_descent import best_learning_rate, largest_learning_rate


@dataclass(frozen=True)
class LargestLearningRate(OnBowl):
    """The stability limit of gradient descent on a quadratic bowl: it settles for every smaller learning rate.

    >>> from sympy.abc import x, y
    >>> problem = LargestLearningRate(x**2 + 10*y**2)
    >>> problem.key()
    1/10
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('where swinging begins', 1/20)
    """

    f: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()

    def key(self) -> Expr:
        """Return 2 / κ_max."""
        return largest_learning_rate(self.f, self.variables)

    def statement(self) -> Prose:
        """Ask for the limit."""
        return Prose(
            f"Gradient descent with a fixed learning rate $\\eta$ walks on\n\n$$ {self.definition}. $$\n\n"
            "For every small enough $\\eta$ it comes to the minimum from any start; for larger ones it does not. "
            "Find the **stability limit**: the number $\\eta^*$ such that it always settles for $0 < \\eta < \\eta^*$ "
            "and not for $\\eta \\ge \\eta^*$.\n\nGive one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the factor of one step."""
        return (
            "Look at one axis of the bowl at a time. What does one step do to the distance from the minimum?",
            r"Along an axis with curvature $\kappa$ (the second derivative along it), each step multiplies the "
            r"distance by $1 - \eta \kappa$. When does a number shrink that is multiplied by this again and again?",
            r"It shrinks as long as $-1 < 1 - \eta \kappa < 1$. This must hold along **every** axis: which curvature "
            "is the first to break it? (The curvatures are the eigenvalues of the Hessian.)",
        )

    def steps(self) -> Iterator[Step]:
        """Curvatures, then the condition on the largest."""
        yield from self.hessian_steps()
        largest = typeset(self.curvatures[-1])
        yield Step(
            r"Each step multiplies the distance along an axis by $1 - \eta \kappa$. The largest curvature is the first "
            "to break the condition:",
            rf"|1 - {largest}\,\eta| < 1 \Rightarrow 0 < \eta < \frac{{2}}{{{largest}}}",
        )
        yield Step("So the limit is", rf"\eta^* = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Half the limit, the wrong curvature, the best rate, coefficients for curvatures."""
        low, high = self.curvatures[0], self.curvatures[-1]
        yield Mistake(
            "where swinging begins",
            1 / high,
            f"At {plain(1 / high)} one step lands at the bottom along the steepest axis. A little more and it swings "
            "to the other side, but less far: the swings still shrink.",
            "Ask when |1 - ηh| reaches 1, not when 1 - ηh reaches 0.",
            HALF,
        )
        yield Mistake(
            "the flattest axis",
            2 / low,
            f"You used the smallest curvature, {plain(low)}. That axis settles; a steeper one runs away first.",
            "Use the axis that breaks the condition first.",
            HALF,
        )
        yield Mistake(
            "1 over the smallest curvature",
            1 / low,
            f"That is {plain(1 / low)}: the wrong axis, and there only the rate at which swinging begins.",
            "Ask when |1 - ηh| reaches 1, along the axis where that happens first.",
        )
        yield Mistake(
            "the best learning rate",
            best_learning_rate(self.f, self.variables),
            "That is the rate that settles fastest. The question asks for the limit of those that settle at all.",
            "Ask when |1 - ηh| reaches 1 along the steepest axis.",
        )
        yield from coefficient_mistakes(self, lambda values: 2 / values[-1])
        yield Mistake(
            "the curvature itself",
            high,
            "That is the largest curvature. The steeper the bowl, the smaller the rate must be.",
            "Solve |1 - ηh| = 1 for η.",
        )
        yield Mistake(
            "half the curvature",
            high / 2,
            "That is upside down: the steeper the bowl, the smaller the rate must be.",
            "Solve |1 - ηh| = 1 for η.",
        )
        yield from coefficient_mistakes(self, lambda values: 2 / values[0])
        yield Mistake(
            "the curvatures",
            self.curvatures,
            "Those are the curvatures. The question asks for one learning rate.",
            "Solve |1 - ηh| = 1 for η, with the curvature that breaks it first.",
            Fraction(1, 4),
        )
        yield Mistake(
            "no learning rate at all",
            Integer(0),
            "With η = 0 nothing moves. The limit is where small rates cease to settle.",
            "Ask when |1 - ηh| reaches 1 along the steepest axis.",
        )
        yield Mistake(
            "curvatures added",
            2 / sum(self.curvatures, Integer(0)),
            "You added the curvatures. Each axis has a condition of its own.",
            "Use the strictest of the conditions.",
        )
        yield from number_mistakes(self.key())
