"""Where a variable lives: all the reals, an interval of them, or the integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import sympy as sp
from flint import fmpq

Range: TypeAlias = Any
"""A sympy `Interval`, `Integers` or `Reals`, or one of the words in `WORDS`."""
Domain = Mapping[str, Range]

WORDS: dict[str, sp.Set] = {
    "real": sp.S.Reals,
    "positive": sp.Interval.open(0, sp.oo),
    "nonnegative": sp.Interval(0, sp.oo),
    "negative": sp.Interval.open(-sp.oo, 0),
    "integer": sp.S.Integers,
}
"""What may be said instead of a set."""


@dataclass(frozen=True)
class Axis:
    """One variable with its range; `low` and `high` are None where it has no end.

    >>> Axis("x", fmpq(0), None).place(fmpq(-3, 2))
    3/2
    """

    name: str
    low: fmpq | None = None
    high: fmpq | None = None
    whole: bool = False

    def place(self, t: fmpq) -> fmpq:
        """A point inside the range for any rational number; t itself where it already lies inside."""
        if self.whole:
            return fmpq(t.round() if hasattr(t, "round") else (t + fmpq(1, 2)).floor())
        if self.contains(t):
            return t
        size = abs(t)
        if self.low is not None and self.high is not None:
            return self.low + (self.high - self.low) * ((size + fmpq(1, 9)) / (size + 1))
        if self.low is not None:
            return self.low + size
        return self.high - size if self.high is not None else t

    def contains(self, t: fmpq) -> bool:
        """Whether t lies strictly inside."""
        return (self.low is None or t > self.low) and (self.high is None or t < self.high)

    @property
    def positive(self) -> bool:
        """Whether every value is positive."""
        return self.low is not None and self.low >= 0


def axes(names: Iterable[str], domain: Domain | None) -> list[Axis]:
    """One axis per name, in order. Raises `TypeError` or `ValueError` for a range that is none.

    >>> axes(["x"], {"x": "positive"})[0].positive
    True
    """
    given = {str(name): within for name, within in (domain or {}).items()}
    return [_axis(name, given.get(name)) for name in names]


def _axis(name: str, given: Range | None) -> Axis:
    if given is None:
        return Axis(name)
    if isinstance(given, str):
        if given not in WORDS:
            raise ValueError(f"the domain of {name} is {given!r}; say one of {', '.join(WORDS)}, or give an Interval")
        given = WORDS[given]
    if given == sp.S.Integers:
        return Axis(name, whole=True)
    if given == sp.S.Reals:
        return Axis(name)
    if isinstance(given, sp.Interval) and given.start < given.end:
        return Axis(name, _end(given.start), _end(given.end))
    raise TypeError(f"the domain of {name} must be an Interval or one of {', '.join(WORDS)}")


def _end(value: sp.Expr) -> fmpq | None:
    """An end of an interval as a rational number; an irrational one is taken to fifteen digits."""
    if value in (sp.oo, -sp.oo):
        return None
    exact = value if isinstance(value, sp.Rational) else sp.Rational(str(value.evalf(15)))
    return fmpq(int(exact.p), int(exact.q))
