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
T = TypeVar("T")
S = TypeVar("S")
Compare = Callable[Concatenate[S, P], Comparison]


def within(seconds: float, work: Callable[[], T], otherwise: T) -> T:
    """Do some work; return something else when its time is up.

    >>> within(1.0, lambda: 2 + 2, otherwise=0)
    4
    """
    with Deadline(seconds):
        try:
            return work()
        except (TimeIsUp, RecursionError):
            return otherwise


def bounded(compare: Compare[S, P]) -> Compare[S, P]:
    """Make a comparison undecided when its time is up.

    >>> @bounded
    ... def slow(kind):
    ...     raise TimeIsUp
    >>> slow(None).verdict
    Undecided(reason='the time was up before it was clear')
    """

    @wraps(compare)
    def in_time(self: Any, *args: Any, **named: Any) -> Comparison:
        late = Comparison(Undecided("the time was up before it was clear"))
        return within(SECONDS, lambda: compare(self, *args, **named), late)

    return in_time
