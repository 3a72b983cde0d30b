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

from collections.abc import Iterable
from dataclasses import dataclass, field

import sympy as sp
from flint import acb, fmpq

from .balls import Ball, Unsure, exponent
from .deadline import Deadline
from .points import Point
from .program import Program, Value
from .verdict import Different

DIGITS = 20
"""Significant digits to which two values must agree."""
PRECISIONS = (128, 512, 2048)
"""Bits; the next is tried where cancellation left too few digits."""
MOST_BITS = 32_768
"""Bits beyond which no term is looked for."""


@dataclass
class Tally:
    """What has been seen at the points so far: where both were real and agreed, where they agreed outside of the
    reals, where both had values too coarse or too large to say, and where there was none to be had."""

    agreed: int = 0
    digits: int = 10_000
    outside: int = 0
    coarse: int = 0
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
        return self.one_sided if self.outside_differs else None


@dataclass
class Comparison:
    """Two programs, the names of the coordinates, and the tally.

    `odd_roots` reads odd roots of negative numbers as real, as calculus books do; `bits` is the length of the longest
    number in them, by which the precision grows.
    At the first `deep` points that agree, the two are compared with many digits as well.
    """

    left: Program
    right: Program
    names: tuple[str, ...]
    odd_roots: bool = False
    bits: int = 0
    deep: int = 3
    tally: Tally = field(default_factory=Tally)

    def look(self, points: Iterable[Point], enough: int, most: int, deadline: Deadline) -> bool:
        """Compare at points until `enough` agree or `most` were tried; False as soon as a difference is certain."""
        for tried, point in enumerate(points, start=1):
            deadline.check()
            seen = self.tally.seen
            self.at(point, deep=not point)
            if self.tally.seen > seen and self.deep:
                self._again_with_many_digits(point)
            if self.tally.verdict is not None:
                return False
            if self.tally.agreed >= enough or self.tally.seen >= 2 * enough or tried >= most:
                break
            if self.tally.unsure >= 40 and not self.tally.seen:
                break
        return self.tally.verdict is None

    def _again_with_many_digits(self, point: Point) -> None:
        """Look once more at a point that agreed, without counting it twice."""
        self.deep -= 1
        counted = self.tally.agreed, self.tally.outside
        self.at(point, deep=True)
        self.tally.agreed, self.tally.outside = counted

    def at(self, point: Point, *, deep: bool = False) -> None:
        """Compare at one point; `deep` with as many digits as it takes to see a term like exp(-5000)."""
        finite = False
        precisions = self._precisions(deep)
        for precision in precisions:
            try:
                left = self.left.run(point, precision, odd_roots=self.odd_roots, watched=deep)
                right = self.right.run(point, precision, odd_roots=self.odd_roots, watched=deep)
            except Unsure:
                continue
            self.tally.odd = self.tally.odd or left.odd or right.odd
            spread = max(left.spread, right.spread)
            if spread > precision - 128 and precision < MOST_BITS:
                precisions.append(min(max(spread + 256, 2 * precision), MOST_BITS))
                continue
            if self._settle(point, left, right, precision):
                return
            finite = True
        self.tally.coarse += finite
        self.tally.unsure += not finite

    def _precisions(self, deep: bool) -> list[int]:
        extra = 2 * self.bits if self.bits > 32 else 0
        return [precision + extra for precision in (PRECISIONS[-1:] if deep else PRECISIONS)]

    def _settle(self, point: Point, left: Value, right: Value, precision: int) -> bool:
        """Note what these values say; False when more digits are needed."""
        left_in, right_in = self._inside(left, right)
        if left.ball is None or right.ball is None:
            if left_in or right_in:
                self.tally.different = self._witness(point, left, right)
            return True
        if not _overlap(left.ball, right.ball):
            if left_in is None or right_in is None:
                return precision >= PRECISIONS[-1]
            if left_in or right_in:
                self.tally.different = self._witness(point, left, right)
            elif self.tally.outside_differs is None:
                self.tally.outside_differs = self._witness(point, left, right)
            return True
        digits = agreement(left.ball, right.ball, precision)
        if digits < DIGITS + (0.6 * self.bits if self.bits > 32 else 0):
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
    Next to a huge value a term of ordinary size would not be seen: that counts as no agreement.
    """
    known = _digits(precision)
    bits = exponent(abs(a - b).upper())
    if abs(a) > 0 and abs(b) > 0:
        sizes = [exponent(abs(ball).lower()) for ball in (a, b)]
        size = max(size for size in sizes if size is not None)
        if size > precision // 2:
            return 0
        return known if bits is None else min(known, _digits(size - bits))
    if bits is None:
        return known
    return 0 if precision < PRECISIONS[1] else min(known, _digits(-bits))


def _digits(bits: int) -> int:
    return bits * 30103 // 100_000


def number(ball: Ball | None) -> sp.Expr:
    """A ball as a sympy number: exact where it is a short exact number, else with fifteen digits.

    >>> from flint import arb
    >>> number(arb(3) / 4), number(arb(1) / 7), number(None)
    (3/4, 0.142857142857143, nan)
    """
    if ball is None:
        return sp.nan
    if isinstance(ball, acb):
        return number(ball.real) + sp.I * number(ball.imag)
    text = ball.mid().str(15, radius=False)
    size = exponent(abs(ball).upper())
    if size is None or abs(size) > 40:
        return sp.Float(text, 15) if size else sp.Integer(0)
    exact = sp.Rational(text)
    return exact if exact.q < 1000 and ball.contains(fmpq(int(exact.p), int(exact.q))) else sp.Float(text, 15)
