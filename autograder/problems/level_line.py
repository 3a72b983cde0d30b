"""Lines at a level curve: what the tangent and the normal line through a point of it share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Eq, Expr, S

from autograder.answers.kinds import Kind, Line
from autograder.answers.kinds.straight import straight
from autograder.notation import plain
from autograder.problems.at_point import AtPoint
from autograder.problems.level_set import LevelPoint, perpendicular
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError
from nabla.calculus import evaluate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class LevelLine(LevelPoint):
    """A line through a point of a level curve in the plane; a subclass says how it lies to the gradient."""

    rule: ClassVar[str]
    """How the gradient gives the line: what a mistake sends back to."""

    @abstractmethod
    def normal_of(self, gradient: Sequence[Expr]) -> Sequence[Expr]:
        """A vector at right angles to the line that belongs to a gradient."""

    def line(self, gradient: Sequence[Expr], at: Sequence[Expr] | None = None) -> Eq:
        """The line that belongs to a gradient, through the point of the problem or through another."""
        return perpendicular(self.normal_of(gradient), self.at if at is None else at, self.variables)

    def _check(self) -> None:
        super()._check()
        if len(self.variables) != 2:
            raise ProblemError(f"A level curve lies in the plane; f has {len(self.variables)} variables, not 2.")

    @property
    def kind(self) -> Kind:
        """A line, by an equation or a parametrisation."""
        return Line(self.names, through=self.at)

    def key(self) -> Eq:
        """Return the line as an equation."""
        return self.line(self.slopes)

    def line_mistakes(self) -> Iterator[Mistake]:
        """The point forgotten or mistaken, the line left unfinished, the gradient turned or wrong."""
        yield from self._point_mistakes()
        yield from self._unfinished()
        (a, b), at = self.slopes, plain(self.at)
        yield Mistake("slopes swapped", self.line((b, a)), "The two slopes changed places.", self.rule)
        yield Mistake("sign of one slope", self.line((a, -b)), "One of the signs is wrong.", self.rule)
        yield Mistake(
            "the level curve itself",
            Eq(self.f, evaluate(self.f, self.variables, self.at), evaluate=False),
            f"That is the level curve. The line touches or crosses it at {at}.",
            self.rule,
        )
        yield from self.gradient_mistakes(lambda wrong: self.line(wrong) if any(wrong) else (S.Zero,))

    def _point_mistakes(self) -> Iterator[Mistake]:
        at, opposite, turned = plain(self.at), tuple(-c for c in self.at), self.at[::-1]
        yield Mistake(
            "not through the point",
            self.line(self.slopes, (S.Zero, S.Zero)),
            f"That line has the right direction, but it passes through the origin instead of {at}.",
            self.rule,
            HALF,
        )
        yield Mistake(
            "signs of the point",
            self.line(self.slopes, opposite),
            f"That line passes through {plain(opposite)}: it is x - x0, not x + x0.",
            self.rule,
            HALF,
        )
        yield Mistake(
            "coordinates of the point swapped in the line",
            self.line(self.slopes, turned),
            f"That line has the right direction, but it passes through {plain(turned)} instead of {at}.",
            self.rule,
            HALF,
        )
        for i, variable in enumerate(self.variables):
            mirrored = tuple(-c if i == j else c for j, c in enumerate(self.at))
            yield Mistake(
                f"sign of the point in {variable}",
                self.line(self.slopes, mirrored),
                f"That line passes through {plain(mirrored)}: the sign of the {variable}-coordinate is wrong.",
                self.rule,
                HALF,
            )
        y, q = self.variables[1], self.at[1]
        yield Mistake(
            f"{y} of the point taken for the intercept",
            self.line(self.slopes, (S.Zero, q)),
            f"The direction is right. But {plain(q)} is {y} at the point, not where the line meets the {y}-axis.",
            self.rule,
            HALF,
        )

    def _unfinished(self) -> Iterator[Mistake]:
        (a, b), y = self.normal_of(self.slopes), self.variables[1]
        if b != 0:
            yield Mistake(
                "the slope alone",
                Eq(y, -a / b, evaluate=False),
                f"That is the slope of the line alone; as an equation, {y} = {plain(-a / b)}, it is a level line.",
                "Put the slope and the point into the equation of a line.",
                HALF,
            )
        alone = "A line also needs its point."
        yield Mistake("the gradient alone", self.slopes, f"That is the gradient, a direction. {alone}", self.rule)
        for along in ((-b, a), (b, -a)):
            yield Mistake("the direction alone", along, f"That is the direction of the line. {alone}", self.rule, HALF)

    def follow(self, **values: Any) -> Eq:
        """Use the student's own gradient."""
        return self.line(values["gradient"])

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the level curve, and the student's own line."""
        return line_picture_of(self, answer)


def line_picture_of(problem: AtPoint, answer: Any) -> Picture:
    """Draw the level curve through the point of a problem, and the line that was answered.

    >>> from sympy.abc import x, y
    >>> from autograder.problems import LevelTangent
    >>> line_picture_of(LevelTangent(x**2 + y**2, at=(1, 1)), "x + y = 2").words
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
