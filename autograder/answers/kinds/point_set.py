"""A set of points: all of them are wanted, in any order."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.kind import NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, weakest
from autograder.answers.kinds.points import Coordinates, Matching, matching, read_points
from autograder.answers.kinds.vector import Point
from autograder.answers.python import of
from autograder.equality import Equal, Grounds, Verdict
from autograder.notation import listing, plain

NONE = re.compile(
    r"(there\s+(is|are)\s+)?(none|no|no\s+(such\s+|critical\s+|stationary\s+|saddle\s+)?points?"
    r"|no\s+(real\s+)?solutions?|does\s+not\s+exist|dne|(the\s+)?empty(\s+set)?"
    r"|\{\s*\}|\\\{\s*\\\}|∅|\\emptyset|\\varnothing|\[\]|\(\))",
    re.IGNORECASE,
)
"""What may be typed for the empty set."""


@dataclass(frozen=True)
class PointSet(Kind):
    """All points of a finite set. The key is a list or tuple of points, which may be empty.

    Each right point earns its share, each extra one takes a share away again. A single point is read as a list of
    one; a point given twice counts once, with a note.

    >>> from sympy.abc import x, y
    >>> points = PointSet(("x", "y"))
    >>> found = points.compare([(0, 0), (1, 1), (1, -1)], points.take(of([(1, 1), (0, 0)]), (x, y)).value)
    >>> found.credit, found.says
    (Fraction(2, 3), 'You found 2 of 3 points.')
    """

    names: tuple[str, ...]

    def describe(self) -> str:
        """Say what is wanted."""
        return f"a list of points, each with coordinates for {listing(self.names)}"

    @property
    def _point(self) -> Point:
        return Point(self.names, digits=self.digits)

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a list, tuple, set or array of points; a single point too."""
        return read_points(answer, self._point, variables)

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed points, or a word for "none"."""
        if NONE.fullmatch(text.strip().strip("$.").strip()):
            return Fitted((), notes=("Read as: there is no such point.",))
        return super().take_text(text, variables)

    def in_one_form(self, value: Any) -> Answer:
        """Return all coordinates in one row, the points in an order of their own: by size, exact or decimal alike."""
        try:
            points = key_points(value, self._point)
        except (TypeError, ValueError):
            return of(value)
        return of(tuple(part for each in sorted(points, key=_place) for part in each))

    @bounded
    def compare(
        self, key: Sequence[Coordinates], value: Sequence[Coordinates], domain: Domain | None = None
    ) -> Comparison:
        """Match the points in any order."""
        points = key_points(key, self._point)
        match = matching(points, value, self._point, domain)
        if match.doubtful:
            return Comparison(match.doubtful)
        parts: tuple[Verdict, ...] = tuple(
            Equal(Grounds.proof()) if i in match.found else NOWHERE for i in range(len(points))
        )
        notes = match.notes
        if match.doubled:
            twice = listing(dict.fromkeys(plain(value[i]) for i in match.doubled))
            notes = (*notes, f"Given more than once, counted once: {twice}.")
        if len(match.found) == len(points) and not match.extra:
            return Comparison(Equal(grounds(points, value, match, self._point)), parts, Fraction(1), notes=notes)
        credit = Fraction(max(0, len(match.found) - len(match.extra)), max(1, len(points)))
        return Comparison(NOWHERE, parts, credit, count_words(points, value, match), notes)


def _place(point: Coordinates) -> tuple[tuple[float, str], ...]:
    """Where a point stands in the order: by its coordinates, rounded; formulas come last."""
    return tuple((round(float(c), 3), "") if c.is_number and c.is_real else (math.inf, str(c)) for c in point)


def grounds(key: Sequence[Coordinates], value: Sequence[Coordinates], match: Matching, point: Point) -> Grounds:
    """Return the weakest of the grounds on which the points were found."""
    return weakest(point.compare(key[place], value[own]).verdict for place, own in match.found.items())


def key_points(key: Sequence[Coordinates], point: Point) -> tuple[Coordinates, ...]:
    """Return the points of a key as tuples of sympy values. Raises `ValueError` when one is none.

    >>> key_points([(1, 2)], Point(("x", "y")))
    ((1, 2),)
    """
    points = []
    for each in key:
        fitted = point.take(of(each), [Symbol(name) for name in point.names])
        if isinstance(fitted, Misfit):
            raise ValueError(f"The key holds {each!r}: {fitted.says}")
        points.append(fitted.value)
    return tuple(points)


def count_words(key: Sequence[Coordinates], value: Sequence[Coordinates], match: Matching) -> str:
    """Say how many points were found, and which do not belong."""
    n = len(key)
    points = "point" if n == 1 else "points"
    found = f"You found {len(match.found)} of {n} {points}." if n else "There is no such point."
    if not value:
        return "You say that there is none; there is at least one." if n else ""
    if not match.extra:
        return found
    shown = [plain(value[i]) for i in match.extra[:5]] + ["more"] * (len(match.extra) > 5)
    verb = "does" if len(match.extra) == 1 else "do"
    return f"{found} {listing(shown)} {verb} not belong to them."
