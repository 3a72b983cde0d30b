"""The normal line of a graph or of a level surface."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol

from autograder.answers.kinds import Line
from autograder.answers.kinds.straight import straight
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint
from autograder.problems.level_mistakes import exact_level, wrong_lines
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.mistake import Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError, Prose, Step
from autograder.problems.surface_draws import draw_graph, draw_level
from nabla.tangent_plane import normal_line

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class NormalLine(AtPoint):
    """The line through a point of a surface, at right angles to it.

    With two variables the surface is the graph z = f(x, y); with three it is the level surface of f through the point.

    >>> from sympy.abc import x, y, z
    >>> NormalLine(x**2 + y**2 + z**2, at=(1, 2, 3)).key()
    (2*t + 1, 4*t + 2, 6*t + 3)
    >>> NormalLine(x**2 + y**2, at=(1, 1)).key()
    (2*t + 1, 2*t + 1, 2 - t)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.f, Expr) and len(self.at) == 2:
            self._normalise()
            if len(self.variables) != 2:
                raise ProblemError(f"{plain(self.f)} has {len(self.variables)} variables, and the point 2 coordinates.")
        else:
            exact_level(self)

    @property
    def is_graph(self) -> bool:
        """Whether the surface is the graph of f."""
        return len(self.variables) == 2

    @property
    def height(self) -> Symbol:
        """The third coordinate of a graph: z, unless that is a variable of f."""
        return Symbol("z") if "z" not in self.names else Symbol("w")

    @property
    def coordinates(self) -> tuple[Symbol, ...]:
        """The three coordinates in space."""
        return (*self.variables, self.height) if self.is_graph else self.variables

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The coordinates."""
        return self.coordinates

    @property
    def point(self) -> tuple[Expr, ...]:
        """The point of the surface, in space."""
        return (*self.at, LinearModel(self).value) if self.is_graph else self.at

    @property
    def normal(self) -> tuple[Expr, ...]:
        """The normal there: (f_x, f_y, -1) for a graph, the gradient for a level surface."""
        return (*self.slopes, Integer(-1)) if self.is_graph else self.slopes

    @property
    def kind(self) -> Line:
        """A line in space, through the point."""
        return Line(tuple(v.name for v in self.coordinates), through=self.point)

    def key(self) -> tuple[Expr, ...]:
        """Return the line as a point that moves with t."""
        return normal_line(self.point, self.normal)

    def statement(self) -> Prose:
        """Ask for the line."""
        names = ", ".join(f"{v}(t)" for v in self.coordinates)
        if self.is_graph:
            surface = f"graph $$ {typeset(self.height)} = {typeset(self.f)} $$ at the point above ${self.place}$"
        else:
            value = typeset(LinearModel(self).value)
            surface = f"surface $$ {typeset(self.f)} = {value} $$ at the point ${self.place}$"
        return Prose(
            f"Find the **normal line** of the {surface}: the line through this point, at right angles to the surface."
            f"\n\nGive it as a point that moves with a parameter $t$, `({names})`; any parametrisation of the same "
            "line counts."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: point, normal, point plus t times normal."""
        made = (
            f"Write the graph as the level surface $f - {typeset(self.height)} = 0$ and take the gradient in space: it "
            "has three components."
            if self.is_graph
            else f"Take the gradient of $F = {typeset(self.f)}$ and put the point in: three numbers."
        )
        first = self.coordinates[0]
        return (
            "A line is fixed by a point and a direction. Which point of space, and which direction is at right angles "
            "to the surface there?",
            made,
            "Begin at the point and add $t$ times the normal, coordinate by coordinate. The first coordinate is "
            f"${typeset(self.point[0])} + t \\cdot$ (the ${typeset(first)}$-part of the normal).",
        )

    def steps(self) -> Iterator[Step]:
        """Point, normal, line."""
        if self.is_graph:
            yield Step("The point of the graph:", typeset(self.point))
        yield from self.gradient_steps()
        how = f"The gradient of $f - {typeset(self.height)}$ is a normal:" if self.is_graph else "It is a normal:"
        yield Step(how, f"n = {typeset(self.normal)}")
        yield Step("Point plus t times normal:", rf"r(t) = {typeset(self.point)} + t\,{typeset(self.normal)}")
        yield Step("Coordinate by coordinate:", f"r(t) = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Point and direction exchanged, a flat or a wrong direction, a plane."""
        formula = (*self.formula, Integer(-1)) if self.is_graph else self.formula
        if self.is_graph:
            yield Mistake(
                "gradient drawn in the xy-plane as the normal",
                normal_line(self.point, (*self.slopes, Integer(0))),
                f"The gradient of f lives in the {''.join(self.names)}-plane: it points along the ground. A normal of "
                "the graph needs a part upwards or downwards.",
                f"Take the gradient of f - {self.height}, which has three components.",
            )
            ground = normal_line((*self.at, Integer(0)), self.normal)
            yield Mistake("begun on the ground", ground, "The direction is right. The line begins below the graph, at "
                          f"{self.height} = 0.",
                          f"The point of the graph has the height f{plain(self.at)}.")  # fmt: skip
        yield from wrong_lines(self.point, self.normal, formula, self.coordinates)
        for mistake in LinearModel(self).wrong_gradients():
            wrong = (*mistake.wrong, Integer(-1)) if self.is_graph else mistake.wrong
            yield replace(mistake, wrong=normal_line(self.point, wrong))

    def follow(self, **values: Any) -> tuple[Expr, ...]:
        """Use the student's own gradient in the normal."""
        own = values["gradient"]
        return normal_line(self.point, (*own, Integer(-1)) if self.is_graph else own)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a quadric (1), a level surface with mixed terms (2), a graph or a harder level surface (3)."""
        if level == 3 and rng.random() < 0.6:
            return cls(*draw_graph(rng, rng.choice((1, 2))), variables=(Symbol("x"), Symbol("y")))
        try:
            return cls(*draw_level(rng, level))
        except ProblemError:  # a critical point was drawn: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """A normal of small whole numbers, not along the point and not all alike."""
        normal, point = self.normal, self.point
        return (
            all(n.is_Rational and n.q == 1 and 0 < abs(n) <= 40 for n in (*normal, *point[:1]))
            and all(p.is_Rational for p in point)
            and not all(n * point[0] == normal[0] * p for n, p in zip(normal, point, strict=True))
            and len({abs(n) for n in normal}) > 1
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the surface with the line that was answered."""
        from nabla.explore.space_picture import space_picture

        surface = self.f - self.height if self.is_graph else self.f
        own = own_value(self, answer)
        line = straight(own, tuple(v.name for v in self.coordinates)) if own is not None else None
        place, way = (as_floats(line.point), as_floats(line.direction)) if line is not None else (None, None)
        drawn = (place, way) if place and way and any(way) else None
        return space_picture(surface, self.point, line=drawn, variables=self.coordinates)
