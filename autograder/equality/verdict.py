"""What can be said of two expressions: they are equal, they differ, or nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sympy import Expr

Kind = Literal["structure", "proof", "evidence", "decimal"]
"""How an equality is known: same tree, exact arithmetic, agreement at points, agreement of decimals."""


class Grounds(str):
    """Why two expressions are taken to be equal: a sentence that also knows its kind.

    >>> grounds = Grounds.evidence(digits=30, points=24)
    >>> print(grounds)
    they agree to at least 30 digits at 24 points (strong evidence, not a proof)
    >>> grounds.kind, grounds.is_proof
    ('evidence', False)
    """

    kind: Kind

    def __new__(cls, sentence: str, kind: Kind) -> Grounds:
        """A sentence of a kind."""
        self = super().__new__(cls, sentence)
        self.kind = kind
        return self

    def __getnewargs__(self) -> tuple[str, Kind]:  # type: ignore[override]
        return str(self), self.kind

    @property
    def is_proof(self) -> bool:
        """Whether the equality is certain, and not only well supported."""
        return self.kind in ("structure", "proof")

    @classmethod
    def structure(cls) -> Grounds:
        """The two are the same tree."""
        return cls("they are written in the same way", "structure")

    @classmethod
    def proof(cls, how: str = "exact arithmetic") -> Grounds:
        """The two were brought to one normal form."""
        return cls(f"{how} brings both to the same form (a proof)", "proof")

    @classmethod
    def evidence(cls, *, digits: int, points: int, reading: str = "") -> Grounds:
        """The two agree at `points` points to `digits` digits; at one point when they are constants."""
        at = "" if points == 1 else f" at {points} points"
        return cls(f"they agree to at least {digits} digits{at}{reading} (strong evidence, not a proof)", "evidence")

    @classmethod
    def decimal(cls, *, digits: int) -> Grounds:
        """A decimal agrees with an exact value to `digits` significant digits."""
        return cls(f"as a decimal it is right to {digits} significant digits", "decimal")


@dataclass(frozen=True)
class Equal:
    """The two are equal, and `by` says how that is known.

    >>> Equal(Grounds.structure()).by.kind
    'structure'
    """

    by: Grounds


@dataclass(frozen=True)
class Different:
    """The two differ: at `witness` one is `left` and the other `right`.

    The values are numbers; `nan` stands for "no real value there". The witness of two constants is empty.

    >>> from sympy import Integer
    >>> Different({"x": Integer(2)}, Integer(4), Integer(5)).witness
    {'x': 2}
    """

    witness: dict[str, Expr]
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Undecided:
    """Nobody knows yet, and `reason` says why.

    >>> Undecided("the time was up").reason
    'the time was up'
    """

    reason: str


Verdict = Equal | Different | Undecided
"""Exactly one of the three."""
