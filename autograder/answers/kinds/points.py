"""Collections of points as people write them, and matching them with the right ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from autograder.answers.answer import Answer, Equation, Items, Scalar, Table, Text
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import Comparison, Domain, Fitted, Misfit
from autograder.answers.kinds.vector import Point
from autograder.equality import Equal, Undecided

MOST = 40
"""The most points that are looked at."""

Coordinates = tuple[Expr, ...]


def read_points(answer: Answer, point: Point, variables: Sequence[Symbol]) -> Fitted | Misfit:
    """Take a list, tuple, set or array of points, or a single point.

    >>> from sympy.abc import x, y
    >>> from autograder.answers.python import of
    >>> read_points(of([(1, 2), {y: 4, x: 3}]), Point(("x", "y")), (x, y)).value
    ((1, 2), (3, 4))
    """
    wanted = point.describe()
    answer = _grouped(answer, len(point.names))
    if _is_single(answer, len(point.names)):
        fitted = point.take(answer, variables)
        if isinstance(fitted, Misfit):
            return fitted
        return Fitted((fitted.value,), notes=("Read as a single point.",))
    if not isinstance(answer, Items):
        return Misfit("wrong", f"This is {sort(answer)}; a list of points is wanted, each {wanted}.")
    if len(answer) > MOST:
        return Misfit("wrong", f"These are {len(answer)} points; far fewer are wanted.")
    found: list[Coordinates] = []
    for number, item in enumerate(answer, 1):
        fitted = point.take_text(item.text, variables) if isinstance(item, Text) else point.take(item, variables)
        if isinstance(fitted, Misfit):
            return Misfit("wrong", f"In point {number}: {fitted.says}")
        found.append(fitted.value)
    return Fitted(tuple(found))


def _grouped(answer: Answer, n: int) -> Answer:
    """Put equations for several points, `x = 0, y = 0, x = 1, y = 1`, together by n."""
    if not isinstance(answer, Items) or len(answer) <= n or len(answer) % n:
        return answer
    if n < 2 or not all(isinstance(item, Equation) for item in answer):
        return answer
    return Items(tuple(Items(answer.items[i : i + n], "tuple") for i in range(0, len(answer), n)), "list")


def _is_single(answer: Answer, coordinates: int) -> bool:
    """Whether one point stands there without a list around it."""
    if isinstance(answer, Table):
        return True
    if coordinates == 1:
        return isinstance(answer, Scalar | Equation)
    if not isinstance(answer, Items) or answer.form == "set" or not len(answer):
        return False
    return all(isinstance(item, Scalar | Equation) for item in answer)


@dataclass(frozen=True)
class Matching:
    """Which of the right points were found, by which of the student's; what is extra, doubled or in doubt."""

    found: dict[int, int]
    extra: tuple[int, ...]
    doubled: tuple[int, ...]
    doubtful: Undecided | None
    notes: tuple[str, ...] = ()


def matching(
    key: Sequence[Coordinates], value: Sequence[Coordinates], point: Point, domain: Domain | None = None
) -> Matching:
    """Match a student's points with the right ones, in any order.

    >>> from sympy import Integer
    >>> one, two, three = ((Integer(n), Integer(0)) for n in (1, 2, 3))
    >>> matched = matching((one, two), (three, one, one), Point(("x", "y")))
    >>> matched.found, matched.extra, matched.doubled
    ({0: 1}, (0,), (2,))
    """
    found: dict[int, int] = {}
    extra: list[int] = []
    doubled: list[int] = []
    doubtful: Undecided | None = None
    notes: list[str] = []
    for i, own in enumerate(value):
        hit, doubt = _among(key, own, point, domain)
        if hit is not None:
            place, comparison = hit
            notes += comparison.notes
            doubled.append(i) if place in found else found.setdefault(place, i)
        elif doubt:
            doubtful = doubt
        elif _among([value[j] for j in extra], own, point, domain)[0] is not None:
            doubled.append(i)
        else:
            extra.append(i)
    return Matching(found, tuple(extra), tuple(doubled), doubtful, tuple(dict.fromkeys(notes)))


def _among(
    points: Sequence[Coordinates], own: Coordinates, point: Point, domain: Domain | None
) -> tuple[tuple[int, Comparison] | None, Undecided | None]:
    """The first of the points that is this one; or else a doubt, if there is one."""
    doubt: Undecided | None = None
    for place, right in enumerate(points):
        comparison = point.compare(right, own, domain)
        if isinstance(comparison.verdict, Equal):
            return (place, comparison), None
        if isinstance(comparison.verdict, Undecided):
            doubt = comparison.verdict
    return None, doubt
