"""Learning rates on a quadratic bowl: the largest that is stable, and the best."""

from __future__ import annotations

import random
from abc import ABC
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from sympy import Expr, ImmutableMatrix, Integer, Symbol, sqrt

from autograder.answers.kinds import Kind, Number
from autograder.notation import plain, typeset
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_variables
from nabla.exact_descent import best_learning_rate, curvatures, hessian_of_quadratic, largest_learning_rate


class OnBowl(Problem, ABC):
    """A problem about descent on a quadratic bowl `f`."""

    f: Expr
    variables: tuple[Symbol, ...]

    def _normalise(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        try:
            _ = self.curvatures
        except ValueError as error:
            raise ProblemError(f"{error}. A learning rate has a limit of its own only on a quadratic bowl.") from error

    @property
    def kind(self) -> Kind:
        """A number."""
        return Number()

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f."""
        return self.variables

    @cached_property
    def curvatures(self) -> tuple[Expr, ...]:
        """The eigenvalues of the Hessian, the smallest first."""
        return curvatures(self.f, self.variables)

    @property
    def definition(self) -> str:
        """The function in LaTeX, as an equation."""
        return f"f({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.f)}"

    def hessian_steps(self) -> Iterator[Step]:
        """Work out the Hessian and its eigenvalues."""
        hessian = hessian_of_quadratic(self.f, self.variables)
        yield Step("The second derivatives, collected in the Hessian:", f"H_f = {typeset_matrix(hessian)}")
        yield Step("Its eigenvalues are the curvatures of the bowl:", f"h = {', '.join(map(typeset, self.curvatures))}")

    def is_well_behaved(self) -> bool:
        """The curvatures are whole numbers that differ, and the mistakes are told apart."""
        values = self.curvatures
        return all(h.is_Integer and h <= 60 for h in values) and values[0] != values[-1] and len(self.mistakes()) >= 8

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl along the axes (level 1), one off the origin or in three variables (2), a tilted one (3)."""
        return cls(draw_bowl(rng, level))  # type: ignore[call-arg]


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
        """Return 2 / h_max."""
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
            r"Along an axis with curvature $h$ (the second derivative along it), each step multiplies the distance by "
            r"$1 - \eta h$. When does a number shrink that is multiplied by this again and again?",
            r"It shrinks as long as $-1 < 1 - \eta h < 1$. This must hold along **every** axis: which curvature is "
            "the first to break it? (The curvatures are the eigenvalues of the Hessian.)",
        )

    def steps(self) -> Iterator[Step]:
        """Curvatures, then the condition on the largest."""
        yield from self.hessian_steps()
        largest = typeset(self.curvatures[-1])
        yield Step(
            r"Each step multiplies the distance along an axis by $1 - \eta h$. The largest curvature is the first to "
            "break the condition:",
            rf"|1 - {largest}\,\eta| < 1 \iff 0 < \eta < \frac{{2}}{{{largest}}}",
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
        yield Mistake(
            "curvatures added",
            2 / sum(self.curvatures, Integer(0)),
            "You added the curvatures. Each axis has a condition of its own.",
            "Use the strictest of the conditions.",
        )
        yield from number_mistakes(self.key())


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
        """Return 2 / (h_min + h_max)."""
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
            r"Along an axis with curvature $h$ (an eigenvalue of the Hessian) the factor is $1 - \eta h$. Sketch "
            r"$|1 - \eta h|$ against $\eta$ for the smallest and for the largest curvature.",
            r"The best rate is where the two sketches cross: $1 - \eta h_{\min} = -(1 - \eta h_{\max})$. Solve for "
            r"$\eta$.",
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
            "Solve 1 - η·h_min = -(1 - η·h_max) once more.",
            HALF,
        )
        yield Mistake(
            "mean of the two rates",
            (1 / low + 1 / high) / 2,
            "You took the mean of the rates that are best along each axis alone. What must balance are the factors.",
            "Solve 1 - η·h_min = -(1 - η·h_max).",
        )
        yield Mistake(
            "geometric mean of the curvatures",
            1 / sqrt(low * high),
            "You balanced by the root of the product. The factors 1 - ηh are linear in η.",
            "Solve 1 - η·h_min = -(1 - η·h_max).",
        )
        yield Mistake(
            "the factor instead of the rate",
            (high - low) / (high + low),
            "That is the factor by which the distance shrinks at the best rate, not the rate.",
            "Give the learning rate.",
            HALF,
        )
        yield Mistake(
            "the condition number",
            high / low,
            "That is how long the valley is for its width. The question asks for a learning rate.",
            "Solve 1 - η·h_min = -(1 - η·h_max).",
        )
        yield from coefficient_mistakes(self, lambda values: 2 / (values[0] + values[-1]))
        yield from number_mistakes(self.key())


def coefficient_mistakes(problem: OnBowl, rate: Callable[[Sequence[Expr]], Expr]) -> Iterator[Mistake]:
    """Yield the rates that come of coefficients taken for curvatures, and of the mixed term left out."""
    values = problem.curvatures
    yield Mistake(
        "coefficients taken for curvatures",
        rate([h / 2 for h in values]),
        "You used the coefficients of the squares. The curvature is the second derivative: of a·x^2 it is 2a.",
        "Differentiate twice.",
        HALF,
    )
    hessian = hessian_of_quadratic(problem.f, problem.variables)
    if not hessian.is_diagonal():
        diagonal = sorted((hessian[i, i] for i in range(hessian.rows)), key=float)
        yield Mistake(
            "mixed term left out",
            rate(diagonal),
            "You used only the pure second derivatives. The mixed term tilts the bowl: its steepest axis lies askew.",
            "Find the eigenvalues of the whole Hessian.",
            HALF,
        )


def draw_bowl(rng: random.Random, level: int, three: bool = False) -> Expr:
    """Draw a quadratic bowl whose curvatures are whole numbers."""
    x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
    a, b, c = rng.sample((1, 2, 3, 4, 5, 6, 8, 10), 3)
    if level == 1:
        return a * x**2 + b * y**2
    if level == 2:
        shift = rng.choice((-3, -2, -1, 1, 2, 3))
        return rng.choice(
            (a * (x - shift) ** 2 + b * y**2 + c, a * x**2 + b * y**2 + c * z**2, a * x**2 + b * y**2 + shift * x)
        )
    tilt = rng.choice([t for t in range(-2 * a + 1, 2 * a) if t])
    if three:  # of two curvatures the sum is that of the pure second derivatives: the tilt would not matter
        return a * x**2 + tilt * x * y + a * y**2 + b * z**2
    return rng.choice((a * x**2 + tilt * x * y + a * y**2, (a % 3 + 1) * (x + 2 * y) ** 2 + (y - 2 * x) ** 2)).expand()


def typeset_matrix(matrix: ImmutableMatrix) -> str:
    """Write a matrix in LaTeX as rows and columns (`typeset` would write a vector)."""
    rows = (" & ".join(typeset(matrix[i, j]) for j in range(matrix.cols)) for i in range(matrix.rows))
    return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
