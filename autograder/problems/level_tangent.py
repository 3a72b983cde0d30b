"""The tangent line of a level curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Eq, Expr, S, Symbol

from autograder.answers.kinds import Kind, Line
from autograder.answers.kinds.straight import straight
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError, Prose, Step
from nabla.calculus import evaluate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


from autograder.problems.level_set import LevelPoint, perpendicular


@dataclass(frozen=True)
class LevelTangent(LevelPoint):
    """The tangent line of the level curve of f through a point.

    >>> from sympy.abc import x, y
    >>> LevelTangent(x**2 + 3*y**2, at=(1, 2)).key()
    Eq(2*x + 12*y, 26)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()
        if len(self.variables) != 2:
            raise ProblemError(f"A level curve has a tangent line; f has {len(self.variables)} variables, not 2.")

    @property
    def kind(self) -> Kind:
        """A line, by an equation or a parametrisation."""
        return Line(self.names, through=self.at)

    def key(self) -> Eq:
        """Return gradient . (X - P) = 0."""
        return perpendicular(self.slopes, self.at, self.variables)

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
        """The normal line, no shift to the point, radial, swapped, not evaluated, slips in the gradient."""
        (a, b), (x, y) = self.slopes, self.variables
        p, q = self.at
        normal = "The gradient (a, b) stands in the equation: a·(x - x0) + b·(y - y0) = 0."
        yield Mistake(
            "the normal line",
            perpendicular((-b, a), self.at, self.variables),
            "That is the line along the gradient. The tangent is at right angles to the gradient.",
            normal,
            Fraction(1, 4),
        )
        if b != 0:
            yield Mistake(
                "the slope alone",
                Eq(y, -a / b, evaluate=False),
                f"That is the slope of the tangent alone; as an equation, {y} = {plain(-a / b)}, it is a level line.",
                "Put the slope and the point into the equation of a line.",
                HALF,
            )
        yield Mistake(
            "not through the point",
            Eq(a * x + b * y, 0, evaluate=False),
            f"That line is parallel to the tangent, but it passes through the origin instead of {plain(self.at)}.",
            normal,
            HALF,
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
        yield Mistake(
            "slopes swapped",
            perpendicular((b, a), self.at, self.variables),
            "The two slopes changed places.",
            normal,
        )
        yield Mistake(
            "sign of one slope",
            perpendicular((a, -b), self.at, self.variables),
            "One of the signs is wrong.",
            normal,
        )
        yield Mistake(
            "signs of the point",
            perpendicular(self.slopes, tuple(-c for c in self.at), self.variables),
            f"That line passes through {plain(tuple(-c for c in self.at))}: it is x - x0, not x + x0.",
            normal,
            HALF,
        )
        fx, fy = self.formula
        yield Mistake(
            "gradient not evaluated at the point",
            Eq(fx * (x - p) + fy * (y - q), 0, evaluate=False),
            "The gradient in your equation is still a formula, so it is no line.",
            f"Put {self.values} into the gradient first.",
            HALF,
        )
        yield Mistake(
            "the level curve itself",
            Eq(self.f, evaluate(self.f, self.variables, self.at), evaluate=False),
            "That is the level curve. The tangent is the straight line that touches it.",
            normal,
        )
        yield from self.gradient_mistakes(
            lambda wrong: perpendicular(wrong, self.at, self.variables) if any(wrong) else (S.Zero,)
        )

    def follow(self, **values: Any) -> Eq:
        """Use the student's own gradient."""
        return perpendicular(values["gradient"], self.at, self.variables)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the level curve, and the student's own line; None where f has not two variables."""
        if len(self.variables) != 2:
            return None
        return tangent_picture(self, answer)


def tangent_picture(problem: AtPoint, answer: Any) -> Picture:
    """Draw the level curve through the point of a problem, and the line that was answered.

    >>> from sympy.abc import x, y
    >>> tangent_picture(LevelTangent(x**2 + y**2, at=(1, 1)), "x + y = 2").words
    'The level curve of f through (1, 1), and your line: it touches the curve there.'
    """
    from nabla.explore.curve_picture import Straight, line_picture

    own = own_value(problem, answer)
    line = straight(own, problem.names) if own is not None else None
    place, way = (as_floats(line.point), as_floats(line.direction)) if line is not None else (None, None)
    drawn = None
    if place and way and any(way):
        normal = (-way[1], way[0])
        drawn = Straight(normal, normal[0] * place[0] + normal[1] * place[1])
    return line_picture(problem.f, problem.at, drawn, problem.variables)
