"""Are two vectors multiples of each other? Exactly, by their minors; with decimals, by a common factor.

A vector v is a multiple of k exactly when every k_i v_j - k_j v_i is zero. Where decimals stand in v, each stands for
an interval, and there must be one factor that brings every k_i into its interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sympy import Abs, Expr, Float, Integer, S

from autograder.answers.kinds.enclosures import PRECISION, enclosed, precision_of, rounded
from autograder.answers.kinds.kind import Domain, weakest
from autograder.equality import Different, Equal, Grounds, Undecided, Verdict, decide

Sign = Literal["+", "-", "0", "mixed", "?"]


@dataclass(frozen=True)
class Proportion:
    """Whether a vector is a multiple of the key, and then by which factor (zero for the zero vector)."""

    verdict: Verdict
    factor: Expr = S.Zero
    decimal: bool = False


def is_zero(vector: Iterable[Expr], domain: Domain | None = None) -> Verdict:
    """Whether every component is zero.

    >>> from sympy import sqrt
    >>> is_zero((sqrt(8) - 2 * sqrt(2), Integer(0)))
    Equal(by=...)
    """
    return joined(decide(Integer(0), component, domain=domain) for component in vector)


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """Join verdicts: the first difference decides, then the first doubt, then the weakest of the grounds."""
    seen: list[Verdict] = []
    for verdict in verdicts:
        if isinstance(verdict, Different):
            return verdict
        seen.append(verdict)
    doubt = next((verdict for verdict in seen if isinstance(verdict, Undecided)), None)
    by = weakest(seen)
    return doubt or Equal(Grounds.proof() if by.kind == "structure" else by)


def proportion(
    key: Sequence[Expr],
    value: Sequence[Expr],
    digits: int,
    domain: Domain | None = None,
    *,
    computed: int | None = None,
) -> Proportion:
    """Compare the directions of two vectors. Raises `ValueError` for a key that is zero.

    The component at `computed` was worked out from rounded ones: only the digits asked must be right in it.

    >>> proportion((Integer(3), Integer(4)), (Integer(-6), Integer(-8)), 4).factor
    -2
    >>> isinstance(proportion((Integer(1), Integer(3)), (Float("0.3162"), Float("0.9487")), 4).verdict, Equal)
    True
    >>> isinstance(proportion((Integer(1), Integer(1)), (Integer(1), Float("1.0005")), 4).verdict, Different)
    True
    """
    pivot = _pivot(key, domain)
    factor = value[pivot] / key[pivot]
    verdict = _minors(key, value, pivot, domain)
    if (
        isinstance(verdict, Different)
        and any(part.has(Float) for part in value)
        and _common(key, value, digits, computed)
    ):
        return Proportion(Equal(Grounds.decimal(digits=digits)), factor, decimal=True)
    return Proportion(verdict, factor)


def _pivot(key: Sequence[Expr], domain: Domain | None) -> int:
    """The place of a component of the key that is surely not zero."""
    for i, component in enumerate(key):
        if isinstance(decide(Integer(0), component, domain=domain), Different):
            return i
    raise ValueError("The key is the zero vector, which has no direction.")


def _minors(key: Sequence[Expr], value: Sequence[Expr], pivot: int, domain: Domain | None) -> Verdict:
    """Whether every minor with the pivot is zero; the others follow, as the pivot of the key is not."""
    others = (i for i in range(len(key)) if i != pivot)
    return joined(decide(key[i] * value[pivot], key[pivot] * value[i], domain=domain) for i in others)


def _common(key: Sequence[Expr], value: Sequence[Expr], digits: int, computed: int | None = None) -> bool:
    """Whether one factor brings every component of the key into the interval of a rounded component."""
    with precision_of(PRECISION):
        low, high = None, None
        for i, (k, v) in enumerate(zip(key, value, strict=True)):
            true, near = enclosed(k), _interval(v, digits, computed=i == computed)
            if true is None or near is None:
                return False
            if true.contains(0):
                if not near.contains(0) and not abs(near) < 1e-12:
                    return False
                continue
            ends = sorted((end / true for end in (near.lower(), near.upper())), key=lambda end: float(end.mid()))
            low = ends[0] if low is None else low.max(ends[0])
            high = ends[1] if high is None else high.min(ends[1])
        return low is not None and high is not None and not low > high


def _interval(value: Expr, digits: int, *, computed: bool) -> Any | None:
    if isinstance(value, Float):
        return rounded(value, digits, computed=computed)
    return enclosed(value)


def sign_of(factor: Expr, domain: Domain | None = None) -> Sign:
    """The sign of a factor wherever it has a value; "mixed" when it changes, "?" when nobody can tell.

    >>> from sympy import Symbol
    >>> sign_of(Integer(-2)), sign_of(Symbol("x") ** 2 + 1), sign_of(Symbol("x"))
    ('-', '+', 'mixed')
    """
    if not factor.free_symbols:
        value = enclosed(factor)
        if value is None:
            return "?"
        return "+" if value > 0 else "-" if value < 0 else "0" if value == 0 else "?"
    above, below = decide(Abs(factor), factor, domain=domain), decide(-Abs(factor), factor, domain=domain)
    if isinstance(above, Equal):
        return "+"
    if isinstance(below, Equal):
        return "-"
    return "mixed" if isinstance(above, Different) and isinstance(below, Different) else "?"
