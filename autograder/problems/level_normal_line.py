"""The normal line of a level curve in the plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Eq, Expr, S, Symbol

from autograder.answers.kinds import Kind, Line
from autograder.notation import plain, typeset
from autograder.problems.level_set import LevelPoint, perpendicular
from autograder.problems.level_tangent import tangent_picture
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class LevelNormalLine(LevelPoint):
    """The normal line of the level curve of f through a point: the line through it along the gradient.

    >>> from sympy.abc import x, y
    >>> LevelNormalLine(x**2 + 3*y**2, at=(1, 2)).key()
    Eq(-12*x + 2*y, -8)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()
        if len(self.variables) != 2:
            raise ProblemError(f"f has {len(self.variables)} variables, not 2; ask for NormalLine in space.")

    @property
    def kind(self) -> Kind:
        """A line, by an equation or a parametrisation."""
        return Line(self.names, through=self.at)

    def _along(self, gradient: Sequence[Expr], at: Sequence[Expr] | None = None) -> Eq:
        """The line through a point along a gradient, as an equation."""
        a, b = gradient
        return perpendicular((-b, a), self.at if at is None else at, self.variables)

    def key(self) -> Eq:
        """Return the line through the point along the gradient."""
        return self._along(self.slopes)

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
        """The tangent, no shift to the point, radial, slopes swapped, signs, slips in the gradient."""
        (a, b), y = self.slopes, self.variables[1]
        along = "The line passes through the point, and its direction is the gradient there."
        yield Mistake(
            "the tangent line",
            perpendicular(self.slopes, self.at, self.variables),
            "That is the tangent line: it runs along the curve. The normal line crosses it at right angles.",
            along,
            Fraction(1, 4),
        )
        yield Mistake(
            "not through the point",
            self._along(self.slopes, (S.Zero, S.Zero)),
            f"That line has the right direction, but it passes through the origin instead of {plain(self.at)}.",
            along,
            HALF,
        )
        if a != 0:
            yield Mistake(
                "the slope alone",
                Eq(y, b / a, evaluate=False),
                f"That is the slope of the line alone; as an equation, {y} = {plain(b / a)}, it is a level line.",
                "Put the slope and the point into the equation of a line.",
                HALF,
            )
        if any(self.at):
            yield Mistake(
                "line from the origin",
                self._along(self.at),
                "That is the line from the origin through the point. It is at right angles to circles round the "
                "origin only.",
                "Use the gradient at the point.",
            )
        for name, wrong, says in (
            ("slopes swapped", (b, a), "The two slopes changed places."),
            ("sign of one slope", (a, -b), "One of the signs is wrong: this is the normal line in a mirror."),
        ):
            yield Mistake(name, self._along(wrong), says, along)
        yield Mistake(
            "signs of the point",
            self._along(self.slopes, tuple(-c for c in self.at)),
            f"That line passes through {plain(tuple(-c for c in self.at))}: it is x - x0, not x + x0.",
            along,
            HALF,
        )
        yield Mistake(
            "point and gradient exchanged",
            self._along(self.at, self.slopes),
            f"You began at the gradient and went along {plain(self.at)}.",
            along,
        )
        yield Mistake(
            "the gradient alone", self.slopes, "That is the gradient, a direction. A line also needs its point.", along
        )
        yield Mistake(
            "the level curve itself",
            Eq(self.f, self.f.xreplace(dict(zip(self.variables, self.at, strict=True))), evaluate=False),
            "That is the level curve. The normal line is a straight line that crosses it.",
            along,
        )
        yield from self.gradient_mistakes(lambda wrong: self._along(wrong) if any(wrong) else (S.Zero,))

    def follow(self, **values: Any) -> Eq:
        """Use the student's own gradient."""
        return self._along(values["gradient"])

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the level curve, and the student's own line."""
        return tangent_picture(self, answer)
