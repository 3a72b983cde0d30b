"""Two programs compared at many points, in rigorous arithmetic.

The rule. We judge over the reals. Where both expressions are real they must have the same value. Where one is real
and the other is not (the logarithm or the square root of something negative), the other must at least have the same
principal value, as `(sqrt(x) - 1)*(sqrt(x) + 1)` has for `x - 1`; and then the two must agree as principal values
everywhere, even where neither is real. So `log(x**2)` is not `2*log(x)`, `sqrt(x*y)` is not `sqrt(x)*sqrt(y)`,
`log(x/y)` is not `log(x) - log(y)`, but `1/sqrt(x)` is `sqrt(1/x)`: both are real for positive x and only there.
Single points where one of the two has no value, as x/x at 0, do not count. An expression that writes out the
imaginary unit is compared as a complex number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import sympy as sp
from flint import acb, arb

from .balls import Ball, Unsure
from .deadline import Deadline
from .points import Point
from .program import Program, Value
from .verdict import Different

DIGITS = 20
"""Significant digits to which two values must agree."""
PRECISIONS = (128, 512, 2048)
"""Bits; the next is tried where cancellation left too few digits."""


@dataclass
class Tally:
    """What has been seen at the points so far."""

    agreed: int = 0
    digits: int = 10_000
    outside: int = 0
    unsure: int = 0
    odd: bool = False
    one_sided: Different | None = None
    outside_differs: Different | None = None
    different: Different | None = None

    @property
    def seen(self) -> int:
        """Points at which the two have the same value, inside or outside of their domains."""
        return self.agreed + self.outside

    @property
    def verdict(self) -> Different | None:
        """A proved difference, if there is one."""
        if self.different:
            return self.different
        if self.outside_differs and (self.one_sided or not self.agreed):
            return self.one_sided or self.outside_differs
        return None


@dataclass
class Comparison:
    """Two programs, the names of the coordinates, and the tally.

    `odd_roots` reads odd roots of negative numbers as real, as calculus books do.
    """

    left: Program
    right: Program
    names: tuple[str, ...]
    odd_roots: bool = False
    tally: Tally = field(default_factory=Tally)

    def look(self, points: Iterable[Point], enough: int, most: int, deadline: Deadline) -> bool:
        """Compare at points until `enough` agree or `most` were tried; False as soon as a difference is certain."""
        for tried, point in enumerate(points, start=1):
            deadline.check()
            self.at(point)
            if self.tally.verdict is not None and (self.tally.different or tried >= 8):
                return False
            if self.tally.agreed >= enough or self.tally.seen >= 2 * enough or tried >= most:
                break
            if self.tally.unsure >= 16 and not self.tally.seen:
                break
        return self.tally.verdict is None

    def at(self, point: Point) -> None:
        """Compare at one point."""
        for precision in PRECISIONS if point else PRECISIONS[1:]:
            try:
                left = self.left.run(point, precision, odd_roots=self.odd_roots)
                right = self.right.run(point, precision, odd_roots=self.odd_roots)
            except Unsure:
                continue
            self.tally.odd = self.tally.odd or left.odd or right.odd
            if self._settle(point, left, right, precision):
                return
        self.tally.unsure += 1

    def _settle(self, point: Point, left: Value, right: Value, precision: int) -> bool:
        """Note what these values say; False when more digits are needed."""
        left_in, right_in = self._inside(left, right)
        if left.ball is None or right.ball is None:
            if left_in or right_in:
                self.tally.different = self._witness(point, left, right)
            return True
        if not _overlap(left.ball, right.ball):
            if left_in is None or right_in is None:
                return precision == PRECISIONS[-1]
            if left_in or right_in:
                self.tally.different = self._witness(point, left, right)
            elif self.tally.outside_differs is None:
                self.tally.outside_differs = self._witness(point, left, right)
            return True
        digits = agreement(left.ball, right.ball, precision)
        if digits < DIGITS:
            return False
        self.tally.digits = min(self.tally.digits, digits)
        if left_in and right_in:
            self.tally.agreed += 1
            return True
        self.tally.outside += 1
        if (left_in or right_in) and self.tally.one_sided is None:
            self.tally.one_sided = self._witness(point, left, right)
        return True

    def _inside(self, left: Value, right: Value) -> tuple[bool | None, bool | None]:
        """Whether each value counts as being in the domain."""
        left_in = True if self.left.complex and left.ball is not None else left.real
        right_in = True if self.right.complex and right.ball is not None else right.real
        if self.left.complex and right_in is False:
            left_in = False
        if self.right.complex and left_in is False:
            right_in = False
        return left_in, right_in

    def _witness(self, point: Point, left: Value, right: Value) -> Different:
        where = {name: sp.Rational(int(t.p), int(t.q)) for name, t in zip(self.names, point, strict=True)}
        shown = [number(v.ball) if self.left.complex or self.right.complex or v.real else sp.nan for v in (left, right)]
        if shown[0] is sp.nan and shown[1] is sp.nan:
            shown = [number(left.ball), number(right.ball)]
        return Different(where, shown[0], shown[1])


def _overlap(a: Ball, b: Ball) -> bool:
    return bool((acb(a) if isinstance(b, acb) else a).overlaps(acb(b) if isinstance(a, acb) else b))


def agreement(a: Ball, b: Ball, precision: int) -> int:
    """To how many significant digits overlapping balls are known to agree.

    Where the value cannot be told from 0, the digits after the point count instead, and only at a high precision.
    """
    known = int(precision * 0.30103)
    bits = _exponent(abs(a - b).upper())
    if bits is None:
        return known
    if abs(a) > 0 and abs(b) > 0:
        sizes = [_exponent(abs(ball).lower()) for ball in (a, b)]
        return min(known, int((max(size for size in sizes if size is not None) - bits) * 0.30103))
    return 0 if precision == PRECISIONS[0] else min(known, int(-bits * 0.30103))


def _exponent(value: arb) -> int | None:
    """About log2 of a positive value, None for 0."""
    mantissa, exponent = value.mid().man_exp()
    return None if not mantissa else int(exponent) + int(mantissa).bit_length()


def number(ball: Ball | None) -> sp.Expr:
    """A ball as a sympy number: exact where it is a small exact number, else with fifteen digits."""
    if ball is None:
        return sp.nan
    if isinstance(ball, acb):
        return number(ball.real) + sp.I * number(ball.imag)
    if ball.is_exact():
        mantissa, exponent = (int(part) for part in ball.man_exp())
        if abs(exponent) < 40 and mantissa.bit_length() < 40:
            return sp.Rational(mantissa) * sp.Rational(2) ** exponent
    text = ball.mid().str(15, radius=False)
    value = sp.Float(text, 15)
    exact = sp.Rational(text) if math.isfinite(value) and abs(value) < 1e12 else value
    return exact if isinstance(exact, sp.Rational) and exact.q < 1000 else value
