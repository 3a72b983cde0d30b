"""Sampled comparison of two level sets: points of each, found between two signs, are tried on the other.

Along lines parallel to the axes a continuous expression that changes its sign is zero in between. Such a point is
enclosed very closely; where the other expression surely is not zero on the whole enclosure, the sets surely differ.
That many points of each lie on the other is evidence that the sets are the same, not a proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from flint import arb, fmpq
from sympy import Abs, Expr, Float, Mul, Pow, Rational, exp, fraction, together

from autograder.answers.kinds.enclosures import Enclosure, precision_of
from autograder.answers.kinds.polynomial_sets import Owner, Stray, span
from autograder.equality import Equal, Grounds, Undecided
from autograder.equality.domain import Axis, axes
from autograder.equality.limits import TooLarge
from autograder.equality.points import seeded, stratified
from autograder.equality.program import Unsupported

ENOUGH = 12
"""Points of each set that must lie on the other."""
LINES = 40
"""Lines that are searched for points of one set."""
HALVINGS = 110
"""How often a bracket is halved: to about 30 digits."""
GRID = (-11, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11)
"""Where an expression is looked at along a line, shifted a little on each."""


@dataclass(frozen=True)
class Bracket:
    """A zero of a continuous expression: one coordinate lies between two close rational numbers."""

    point: tuple[fmpq, ...]
    place: int
    low: fmpq
    high: fmpq

    def at(self, coordinate: Any) -> list[Any]:
        """The point with one coordinate put in."""
        return [*self.point[: self.place], coordinate, *self.point[self.place + 1 :]]

    @property
    def shown(self) -> tuple[Expr, ...]:
        """The point for a person, its irrational coordinate as a decimal."""
        middle = (self.low + self.high) / 2
        near = Float(Rational(int(middle.p), int(middle.q)), 6)
        numbers: list[Any] = [Rational(int(t.p), int(t.q)) for t in self.point]
        numbers[self.place] = near
        return tuple(numbers)


def compare_sampled(
    key: Expr, value: Expr, names: Sequence[str], domain: Any | None = None
) -> Equal | Stray | Undecided:
    """Compare two level sets point by point, both ways.

    >>> from sympy import exp, log
    >>> from sympy.abc import x, y
    >>> print(compare_sampled(exp(x * y) - 2, x * y - log(2), "xy").by)
    12 points of each, found between two signs, lie on the other to 30 digits (strong evidence, not a proof)
    >>> compare_sampled(x * y - 1, log(x) + log(y), "xy").owner
    'key'
    """
    try:
        forms = [Enclosure(reduced(side), names) for side in (key, value)]
        tests = [Enclosure(side, names) for side in (key, value)]
    except (Unsupported, TooLarge) as unknown:
        return Undecided(f"there is no rule yet for {unknown}")
    where = axes(names, domain)
    owners: tuple[tuple[Owner, int, int], ...] = (("value", 1, 0), ("key", 0, 1))
    for owner, one, other in owners:
        agreed = 0
        for bracket in islice(brackets(forms[one], (key, value), where), 3 * ENOUGH):
            if tests[one].has_no_value(bracket.at(bracket.low)):
                continue
            holds = lies_on(tests[other], bracket)
            if holds is False:
                return Stray(bracket.shown, owner)
            agreed += holds is True
            if agreed == ENOUGH:
                break
        if agreed < ENOUGH:
            return Undecided("too few points were found that satisfy the equation")
    words = f"{ENOUGH} points of each, found between two signs, lie on the other to 30 digits"
    return Equal(Grounds(f"{words} (strong evidence, not a proof)", "evidence"))


def reduced(expression: Expr) -> Expr:
    """Return an expression that is zero at the same points but changes its sign there, where that is easily had.

    >>> from sympy.abc import x, y
    >>> reduced((x - y)**2 * exp(x) / y)
    x - y
    """
    pieces = []
    for piece in Mul.make_args(fraction(together(expression))[0]):
        while True:
            if isinstance(piece, Pow) and piece.exp.is_positive:
                piece = piece.base
            elif isinstance(piece, Abs):
                piece = piece.args[0]
            else:
                break
        if piece.free_symbols and not isinstance(piece, exp):
            pieces.append(piece)
    return Mul(*pieces)


def brackets(form: Enclosure, expressions: tuple[Expr, ...], where: Sequence[Axis]) -> Iterator[Bracket]:
    """Points at which an expression is zero, spread over signs and scales."""
    for number, base in enumerate(islice(stratified(where, expressions, seeded(*expressions)), LINES)):
        for place, axis in enumerate(where):
            shift = fmpq(2 * number + place + 1, 89)
            ticks = sorted(axis.place(fmpq(tick) + shift) for tick in GRID)
            yield from _along(form, Bracket(base, place, ticks[0], ticks[-1]), ticks)


def _along(form: Enclosure, line: Bracket, ticks: Sequence[fmpq]) -> Iterator[Bracket]:
    signs = [_sign(form, line, tick, precision=64) for tick in ticks]
    for (low, before), (high, after) in pairwise(zip(ticks, signs, strict=True)):
        if before * after == -1:
            found = _halved(form, line, low, high, before)
            if found:
                yield found


def _halved(form: Enclosure, line: Bracket, low: fmpq, high: fmpq, before: int) -> Bracket | None:
    """Close in on a zero; None at a pole, or where the expression ends."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        sign = _sign(form, line, middle)
        if sign == 0:
            if form.at(line.at(middle)) is None:
                return None
            low = high = middle
            break
        low, high = (middle, high) if sign == before else (low, middle)
    bracket = Bracket(line.point, line.place, low, high)
    with precision_of(192):
        inside = form.at(bracket.at(span(low, high)))
    return bracket if inside is not None and inside.contains(0) else None


def _sign(form: Enclosure, line: Bracket, coordinate: fmpq, precision: int = 192) -> int:
    """1 or -1 when certain, else 0."""
    value = form.at(line.at(coordinate), precision)
    return 0 if value is None else 1 if value > 0 else -1 if value < 0 else 0


def lies_on(test: Enclosure, bracket: Bracket) -> bool | None:
    """Whether the other expression is zero at a point: False when it surely is not or has no value, None if unclear."""
    low, high = test.at(bracket.at(bracket.low)), test.at(bracket.at(bracket.high))
    if low is None or high is None:
        ends = (test.has_no_value(bracket.at(end)) for end in (bracket.low, bracket.high))
        return False if all(ends) else None
    if low * high < 0 or (abs(low) < arb(10) ** -25 and abs(high) < arb(10) ** -25):
        return True
    with precision_of(192):
        inside = test.at(bracket.at(span(bracket.low, bracket.high)))
    return False if inside is not None and not inside.contains(0) else None
