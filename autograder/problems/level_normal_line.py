"""The normal line of a level curve in the plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sympy import Expr, Symbol

from autograder.notation import plain, typeset
from autograder.problems.level_line import LevelLine
from autograder.problems.level_set import perpendicular
from autograder.problems.mistake import Mistake
from autograder.problems.problem import Prose, Step


@dataclass(frozen=True)
class LevelNormalLine(LevelLine):
    """The normal line of the level curve of f through a point: the line through it along the gradient.

    >>> from sympy.abc import x, y
    >>> LevelNormalLine(x**2 + 3*y**2, at=(1, 2)).key()
    Eq(-12*x + 2*y, -8)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    rule: ClassVar[str] = "The line passes through the point, and its direction is the gradient there."

    def __post_init__(self) -> None:
        self._check()

    def normal_of(self, gradient: Sequence[Expr]) -> Sequence[Expr]:
        """The line runs along the gradient."""
        a, b = gradient
        return (-b, a)

    def statement(self) -> Prose:
        """Ask for the line."""
        x, y = (typeset(v) for v in self.variables)
        return Prose(
            f"Let ${self.definition}$. Find the **normal line** of the level curve of $f$ through the point "
            f"${self.place}$: the line through this point at right angles to the curve.\n\nGive an equation in ${x}$ "
            f"and ${y}$, such as `Eq(…, …)` or the text `… = …`, or a point that moves along the line with a "
            "parameter $t$."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the gradient as direction."""
        return (
            "A line is known by a point on it and by its direction. You have the point.",
            "Which vector is at right angles to the level curve? The normal line runs along it.",
            f"With the gradient $(a, b)$ at ${typeset(self.at)}$ the line is ${typeset(self.at)} + t\\,(a, b)$.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, the moving point, the equation."""
        yield from self.gradient_steps()
        t = Symbol("t")
        moving = tuple(p + t * s for p, s in zip(self.at, self.slopes, strict=True))
        yield Step("The normal line runs along it, from the point:", typeset(moving))
        yield Step("Without t, as an equation:", f"{typeset(self.key().lhs)} = {typeset(self.key().rhs)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The tangent, radial, point and gradient exchanged, then the mistakes of any line."""
        yield Mistake(
            "the tangent line",
            perpendicular(self.slopes, self.at, self.variables),
            "That is the tangent line: it runs along the curve. The normal line crosses it at right angles.",
            self.rule,
            Fraction(1, 4),
        )
        if any(self.at):
            yield Mistake(
                "line from the origin",
                self.line(self.at),
                "That is the line from the origin through the point. It is at right angles to circles round the "
                "origin only.",
                "Use the gradient at the point.",
            )
        yield Mistake(
            "point and gradient exchanged",
            self.line(self.at, self.slopes),
            f"You began at the gradient and went along {plain(self.at)}.",
            self.rule,
        )
        yield from self.line_mistakes()
