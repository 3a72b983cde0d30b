"""The tangent plane of a level surface."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Eq, Expr, Integer, Symbol

from autograder.answers.kinds import Plane
from autograder.notation import listing, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.level_mistakes import LevelMistakes, exact_level
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.mistake import Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError, Prose, Step
from autograder.problems.surface_draws import draw_level
from autograder.problems.tangent_plane import FORM, bracketed
from nabla.tangent_plane import level_tangent_plane

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

ZERO = Integer(0)


@dataclass(frozen=True)
class LevelSurfacePlane(AtPoint):
    """The tangent plane of a level surface F = c at a point; c is the value of F there.

    `f` may be an equation, `Eq(x**2 + y**2 + z**2, 14)`; then the point must lie on it.

    >>> from sympy.abc import x, y, z
    >>> problem = LevelSurfacePlane(x**2 + y**2 + z**2, at=(1, 2, 3))
    >>> problem.key()
    Eq(2*x + 4*y + 6*z, 28)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        exact_level(self)

    @property
    def normal(self) -> tuple[Expr, ...]:
        """The gradient at the point."""
        return self.slopes

    @property
    def constant(self) -> Expr:
        """The value of F on the surface."""
        return LinearModel(self).value

    @property
    def kind(self) -> Plane:
        """A plane in space through the point."""
        return Plane(self.names, through=self.at)

    def key(self) -> Eq:
        """Return the plane through the point with the gradient as its normal."""
        return level_tangent_plane(self.f, self.at, self.variables)

    def statement(self) -> Prose:
        """Ask for the equation."""
        names = listing(f"${typeset(v)}$" for v in self.variables)
        return Prose(
            f"Find the **tangent plane** of the surface $$ {typeset(self.f)} = {typeset(self.constant)} $$ "
            f"at the point ${self.place}$.\n\nGive an equation in {names}; {FORM}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: a normal, the gradient, the dot product."""
        return (
            "A plane is fixed by a point on it and a vector at right angles to it. The point is given. Which vector "
            "stands at right angles to a level surface?",
            f"Take the gradient of $F = {typeset(self.f)}$ and put the point in: three numbers.",
            "A point lies on the plane when the step to it from the given point is at right angles to that vector. "
            f"The first part of the step is ${typeset(self.variables[0] - self.at[0])}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, point, dot product."""
        yield from self.gradient_steps()
        terms = " + ".join(
            rf"{bracketed(n)} \left({typeset(v - a)}\right)"
            for n, v, a in zip(self.normal, self.variables, self.at, strict=True)
        )
        yield Step("The step from the point is at right angles to this normal:", f"{terms} = 0")
        yield Step("Multiplied out:", f"{typeset(self.key().lhs)} = {typeset(self.key().rhs)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Wrong normals, wrong constants, vectors."""
        yield from LevelMistakes(self).planes()

    def follow(self, **values: Any) -> Eq:
        """Use the student's own gradient as the normal."""
        steps = tuple(v - a for v, a in zip(self.variables, self.at, strict=True))
        return Eq(dot(values["gradient"], steps), ZERO, evaluate=False)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a quadric (1), mixed terms (2), a function (3)."""
        try:
            return cls(*draw_level(rng, level))
        except ProblemError:  # a critical point was drawn: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """A normal of small whole numbers, none 0, not all alike and not along the point."""
        normal = self.normal
        is_radial = all(n * self.at[0] == normal[0] * a for n, a in zip(normal, self.at, strict=True))
        return (
            all(n.is_Rational and n.q == 1 and 0 < abs(n) <= 40 for n in normal)
            and not is_radial
            and len({abs(n) for n in normal}) > 1
            and self.constant.is_Rational
            and dot(normal, self.at) != 0
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the surface with the plane that was answered; None where it is not in space."""
        if len(self.variables) != 3:
            return None
        from nabla.explore.space_picture import space_picture

        own = own_value(self, answer)
        plane = None if own is None else own.expression
        flat = None if plane is None else as_floats([plane.diff(v) for v in self.variables])
        level = None if plane is None else as_floats([plane.xreplace(dict.fromkeys(self.variables, ZERO))])
        if not flat or not any(flat) or not level:
            return space_picture(self.f, self.at, variables=self.variables)
        return space_picture(self.f, self.at, plane=(flat, -level[0]), variables=self.variables)
