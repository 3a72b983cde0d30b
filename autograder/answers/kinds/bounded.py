"""A time bound on a comparison that takes many steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from autograder.answers.kinds.kind import Comparison
from autograder.equality import Undecided
from autograder.equality.deadline import Deadline, TimeIsUp

SECONDS = 2.0
"""The most that one comparison may take."""

P = ParamSpec("P")
S = TypeVar("S")
Compare = Callable[Concatenate[S, P], Comparison]


def bounded(compare: Compare[S, P]) -> Compare[S, P]:
    """Make a comparison undecided when its time is up, or when it is nested too deep.

    >>> @bounded
    ... def slow(kind):
    ...     raise TimeIsUp
    >>> slow(None).verdict
    Undecided(reason='the time was up before it was clear')
    """

    @wraps(compare)
    def within(self: Any, *args: Any, **named: Any) -> Comparison:
        with Deadline(SECONDS):
            try:
                return compare(self, *args, **named)
            except TimeIsUp:
                return Comparison(Undecided("the time was up before it was clear"))
            except RecursionError:
                return Comparison(Undecided("it is nested too deep"))

    return within
