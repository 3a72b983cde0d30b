"""What the tests of kinds share: an answer judged as a student gives it, also after a trip over the wire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from sympy import Symbol, symbols

from autograder.answers import from_wire, of, to_wire
from autograder.answers.kinds import Comparison, Kind, Misfit
from autograder.equality import Equal, Undecided

XY = symbols("x y")


@dataclass(frozen=True)
class Judged:
    """The outcome in the words of a test."""

    state: str
    credit: Fraction
    says: str
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None


@pytest.fixture
def judged() -> Callable[..., Judged]:
    """`judged(kind, key, answer, letters)` tells the outcome."""
    return judge_twice


def judge_twice(kind: Kind, key: Any, answer: Any, letters: Sequence[Symbol] = XY, domain: Any = None) -> Judged:
    """Judge an answer twice, here and as it comes out of the wire, and insist that both are the same."""
    here = _judged(kind, key, of(answer), letters, domain)
    there = _judged(kind, key, from_wire(to_wire(of(answer))), letters, domain)
    assert (here.state, here.credit, here.says, here.notes) == (there.state, there.credit, there.says, there.notes)
    return here


def _judged(kind: Kind, key: Any, answer: Any, letters: Sequence[Symbol], domain: Any) -> Judged:
    fitted = kind.fit(answer, letters)
    if isinstance(fitted, Misfit):
        return Judged(fitted.state if fitted.state == "missing" else "misfit", Fraction(0), fitted.says)
    found = kind.compare(key, fitted.value, domain)
    assert 0 <= found.credit <= 1
    if isinstance(found.verdict, Equal):
        state = "right" if found.credit == 1 else "right in another form"
    elif isinstance(found.verdict, Undecided):
        state = "undecided"
    else:
        assert found.credit < 1
        state = "wrong"
    return Judged(state, found.credit, found.says, fitted.notes + found.notes, found)
