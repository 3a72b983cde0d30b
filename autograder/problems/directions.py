"""Directions in the plane at a point: what the problems that ask for a list of unit vectors share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sympy import Expr

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, PointSet
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint
from autograder.problems.problem import ProblemError
from nabla.directions import directions_with_rate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Pair = tuple[Expr, ...]
Pairs = tuple[Pair, ...]


class InPlane(AtPoint):
    """A problem whose answer is a list of unit vectors in the plane."""

    @property
    def kind(self) -> Kind:
        """A set of unit vectors, in any order."""
        return PointSet(self.names)

    def _check(self) -> None:
        self._normalise()
        if len(self.variables) != 2:
            raise ProblemError(f"In the plane there are two such directions; f has {len(self.variables)} variables.")
        if not any(self.slopes):
            raise ProblemError(f"f is flat at {plain(self.at)}: every direction has rate 0 there.")

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own directions at the point of the contour map; without any, the point alone."""
        from nabla.explore import gradient_picture

        fitted = self.kind.fit(of(answer), ())
        arrows: dict[str, Pair] = {}
        if isinstance(fitted, Fitted) and fitted.value:
            arrows = {f"yours {n}": value for n, value in enumerate(fitted.value[:3], 1)}
        return gradient_picture(self.f, self.at, arrows, variables=self.variables)


def unit_directions(slopes: Sequence[Expr], rate: Expr) -> Pairs:
    """Return the unit vectors with a rate; none where the slopes are all zero."""
    return directions_with_rate(slopes, rate) if any(slopes) else ()


def listed(directions: Pairs) -> str:
    """Write directions in LaTeX, side by side."""
    return r",\quad ".join(f"u = {typeset(one)}" for one in directions)
