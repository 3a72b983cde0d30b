"""Placeholder: replaced within the hour."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr


@dataclass(frozen=True)
class Equal:
    """The two are equal, and `by` says how that is known."""

    by: str


@dataclass(frozen=True)
class Different:
    """The two differ: at `witness` one is `left` and the other `right`."""

    witness: dict[str, Expr]
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Undecided:
    """Nobody knows yet, and `reason` says why."""

    reason: str


Verdict = Equal | Different | Undecided


def decide(a: Expr, b: Expr, *, domain: object = None, budget: float = 2.0) -> Verdict:
    """Placeholder."""
    difference = (a - b).expand()
    return Equal("placeholder") if difference == 0 else Different({}, a, b)
