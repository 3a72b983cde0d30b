"""Extremes under a constraint: Lagrange's points, and the smallest and largest value."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, S, Symbol

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, PointSet, Vector
from autograder.notation import typeset
from autograder.problems.constrained import Constrained, draw_constrained, is_short
from autograder.problems.lagrange_mistakes import LagrangeMistakes
from autograder.problems.mistake import Mistake
from autograder.problems.problem import ProblemError, Prose, Step
from nabla.lagrange import extremes_among, is_bounded

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class LagrangePoints(Constrained):
    """The points of g = level where grad f is a multiple of grad g.

    `g` may be an equation. f and g are polynomials.

    >>> from sympy import Eq
    >>> from sympy.abc import x, y
    >>> LagrangePoints(3*x + 4*y, Eq(x**2 + y**2, 25)).key()
    ((-3, -4), (3, 4))
    """

    f: Expr
    g: Expr
    level: Expr = S.Zero
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        if not self.stationary:
            raise ProblemError(f"No point of {self.constraint} meets Lagrange's condition. Choose another f or g.")

    @property
    def kind(self) -> Kind:
        """A set of points."""
        return PointSet(self.names)

    def key(self) -> tuple[tuple[Expr, ...], ...]:
        """Return the points."""
        return self.stationary

    def statement(self) -> Prose:
        """Ask for the points."""
        return Prose(
            f"Find **all points** on\n\n$$ {typeset(self.g)} = {typeset(self.level)} $$\n\nwhere "
            f"$f = {typeset(self.f)}$ can have an extreme value by **Lagrange's condition** "
            r"$\nabla f = \lambda\,\nabla g$."
            f"\n\nGive a list of points, each with its coordinates in the order "
            f"{', '.join(f'${typeset(v)}$' for v in self.variables)}, without $\\lambda$; exact, or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: parallel gradients, the equations, every case."""
        return (
            "At an extreme point on the constraint no way along it leads uphill. What does that say of the direction "
            r"of $\nabla f$, compared with $\nabla g$?",
            f"Write $\\nabla f = \\lambda \\nabla g$ for each variable: the first equation is "
            f"${self.equations_in_words}$. Together with the constraint there is one equation more than variables.",
            r"Eliminate $\lambda$ (or solve for the variables in terms of it), and put the result into the constraint. "
            "A square has two roots, and a factor that may be 0 is a case of its own.",
        )

    def steps(self) -> Iterator[Step]:
        """The equations and their solutions."""
        yield from self.lagrange_steps()

    def wrong_ways(self) -> Iterator[Mistake]:
        """Points left out, points off the constraint, wrong coordinates, values for points."""
        yield from LagrangeMistakes(self).points()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a line or a circle (level 1), an ellipse (2), a sphere or plane in space (3)."""
        try:
            return cls(*draw_constrained(rng, level))
        except ProblemError:  # every point of a circle was a Lagrange point: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """At most eight points with plain coordinates, and not only on an axis."""
        off_axis = any(all(point) for point in self.stationary)
        return (
            off_axis
            and len(self.stationary) <= 8
            and all(is_short(part) for point in self.stationary for part in point)
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the constraint on the contour map of f, with the student's own points on it."""
        fitted = self.kind.fit(of(answer), self.letters)
        return constraint_picture(self, fitted.value if isinstance(fitted, Fitted) else ())


@dataclass(frozen=True)
class ConstrainedExtremes(Constrained):
    """The smallest and the largest value of f on a bounded curve or surface g = level.

    >>> from sympy import Eq
    >>> from sympy.abc import x, y
    >>> ConstrainedExtremes(x*y, Eq(x**2 + y**2, 8)).key()
    (-4, 4)
    """

    f: Expr
    g: Expr
    level: Expr = S.Zero
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        if not is_bounded(self.zero, self.variables):
            raise ProblemError(
                f"{self.constraint} is not known to be bounded, so f need not have extreme values on it. "
                "Ask for LagrangePoints."
            )

    @cached_property
    def extremes(self) -> tuple[Expr, Expr]:
        """The smallest and the largest value."""
        return extremes_among(self.f, self.variables, (*self.stationary, *self.singular))

    @property
    def kind(self) -> Kind:
        """Two numbers."""
        return Vector(("minimum", "maximum"), numbers=True)

    def key(self) -> tuple[Expr, Expr]:
        """Return the smallest and the largest value."""
        return self.extremes

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """Wrong points found earlier are followed."""
        return {"points": (PointSet(self.names), (*self.stationary, *self.singular))}

    def follow(self, **values: Any) -> tuple[Expr, Expr]:
        """Take the extreme values of f at the student's own points."""
        if not all(self.is_on(point) for point in values["points"]):
            return self.key()  # points off the constraint are no work to follow
        return extremes_among(self.f, self.variables, values["points"])

    def statement(self) -> Prose:
        """Ask for both values."""
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Find the **smallest and the largest value** of\n\n$$ f({names}) = {typeset(self.f)} $$\n\nunder the "
            f"constraint ${typeset(self.g)} = {typeset(self.level)}$.\n\nGive the two values in this order, "
            "`(smallest, largest)`, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: the points, then the values."""
        return (
            r"First the points, then the values: where on the constraint is $\nabla f$ parallel to $\nabla g$?",
            f"Write $\\nabla f = \\lambda \\nabla g$ for each variable, beginning with ${self.equations_in_words}$. "
            "Solve together with the constraint.",
            "The constraint is bounded, so a smallest and a largest value exist. Put every point found into f itself, "
            "and compare.",
        )

    def steps(self) -> Iterator[Step]:
        """The points, their values, the extremes."""
        yield from self.lagrange_steps()
        low, high = self.extremes
        yield Step("The smallest and the largest of these values:", typeset((low, high)))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Order, one value only, lambda for the value, extremes of g, f without the constraint."""
        yield from LagrangeMistakes(self).values()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a circle (level 1), an ellipse (2), a sphere (3)."""
        while True:
            f, g, c = draw_constrained(rng, level)
            if is_bounded(g - c, tuple(sorted(g.free_symbols, key=str))) and f.free_symbols <= g.free_symbols:
                break
        try:
            return cls(f, g, c)
        except ProblemError:  # every point of a circle was a Lagrange point: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """Two different plain values."""
        low, high = self.extremes
        return low != high and is_short(low) and is_short(high)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the constraint on the contour map of f."""
        return constraint_picture(self, ())


def constraint_picture(problem: Constrained, own: Sequence[Sequence[Expr]]) -> Picture | None:
    """Draw the constraint on the contour map of f, with some points; None in space."""
    if len(problem.variables) != 2:
        return None
    from nabla.explore.points_picture import points_picture

    named = [(point, "") for point in own]
    around = [*problem.stationary, *problem.singular, *own]
    return points_picture(problem.f, named, around, curve=problem.zero, variables=problem.variables)
