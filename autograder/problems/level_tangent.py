"""The tangent line of a level curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sympy import Eq, Expr, Symbol

from autograder.notation import plain, typeset
from autograder.problems.level_line import LevelLine
from autograder.problems.level_set import perpendicular
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.calculus import evaluate


@dataclass(frozen=True)
class LevelTangent(LevelLine):
    """The tangent line of the level curve of f through a point.

    >>> from sympy.abc import x, y
    >>> LevelTangent(x**2 + 3*y**2, at=(1, 2)).key()
    Eq(2*x + 12*y, 26)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    rule: ClassVar[str] = "The gradient (a, b) stands in the equation: a·(x - x0) + b·(y - y0) = 0."

    def __post_init__(self) -> None:
        self._check()

    def normal_of(self, gradient: Sequence[Expr]) -> Sequence[Expr]:
        """The gradient itself is at right angles to the tangent."""
        return gradient

    def statement(self) -> Prose:
        """Ask for the line."""
        x, y = (typeset(v) for v in self.variables)
        return Prose(
            f"Let ${self.definition}$. Find the **tangent line** of the level curve of $f$ through the point "
            f"${self.place}$.\n\nGive an equation in ${x}$ and ${y}$, such as `Eq(…, …)` or the text `… = …`, or a "
            "point that moves along the line with a parameter $t$."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the gradient as normal."""
        x, y = (typeset(v) for v in self.variables)
        return (
            "A line is known by a point on it and by a vector at right angles to it. You have the point.",
            "The gradient is at right angles to the level curve. How does it lie to the tangent of that curve?",
            f"With the gradient $(a, b)$ at ${typeset(self.at)}$ the tangent is "
            f"$a\\,({x} - {typeset(self.at[0])}) + b\\,({y} - {typeset(self.at[1])}) = 0$.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, then the line at right angles to it."""
        yield from self.gradient_steps()
        terms = " + ".join(
            rf"\left({typeset(s)}\right)\left({typeset(v - c)}\right)"
            for s, v, c in zip(self.slopes, self.variables, self.at, strict=True)
        )
        yield Step("The tangent is at right angles to it and passes through the point:", f"{terms} = 0")
        yield Step("Multiplied out:", f"{typeset(self.key().lhs)} = {typeset(self.key().rhs)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The normal line, the wrong constant, radial, not evaluated, then the mistakes of any line."""
        (a, b), (x, y) = self.slopes, self.variables
        p, q = self.at
        yield Mistake(
            "the normal line",
            perpendicular((-b, a), self.at, self.variables),
            "That is the line along the gradient. The tangent is at right angles to the gradient.",
            self.rule,
            Fraction(1, 4),
        )
        yield Mistake(
            "value of f taken for the constant",
            Eq(a * x + b * y, evaluate(self.f, self.variables, self.at), evaluate=False),
            f"The direction is right, but the line does not pass through {plain(self.at)}: its constant is f there.",
            f"Put {self.values} into the left side to find the constant.",
            HALF,
        )
        if any(self.at):
            yield Mistake(
                "tangent of a circle round the origin",
                perpendicular((p, q), self.at, self.variables),
                "You took the way from the origin for the normal. That is right for circles round the origin only.",
                "Use the gradient at the point.",
            )
            yield Mistake(
                "line through the origin",
                perpendicular((-q, p), self.at, self.variables),
                "That is the line from the origin through the point.",
                "Use the gradient at the point as the normal.",
            )
        fx, fy = self.formula
        yield Mistake(
            "gradient not evaluated at the point",
            Eq(fx * (x - p) + fy * (y - q), 0, evaluate=False),
            "The gradient in your equation is still a formula, so it is no line.",
            f"Put {self.values} into the gradient first.",
            HALF,
        )
        yield from self.line_mistakes()
