"""Functions of rigorous balls: each value is an `arb` (a real interval) or an `acb` (a box of complex numbers).

The true value always lies inside, so disjoint balls prove a difference. Every function takes the `Run` of the
evaluation first and tells it when a value leaves the reals: `log` of a negative number has a principal value, which
is returned, but `run.real` becomes False, "the student would call this undefined".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import acb, arb, fmpq

Ball = Any
"""`flint.arb | flint.acb`; flint ships no types."""
Operation = Callable[..., Ball]


class Unsure(Exception):  # noqa: N818 - a state, not a failure
    """The ball straddles a place where the function jumps or ends; more digits, or another point, may help."""


class Nowhere(Exception):  # noqa: N818 - a state, not a failure
    """There is certainly no value here: no branch of a `Piecewise` holds."""


@dataclass
class Run:
    """One evaluation at one point.

    `real`: every step so far had a real value (True), some step certainly had none (False), or nobody knows (None).
    `odd`: an odd root of a negative number was met. `odd_roots`: read such roots as real, as (-8)^(1/3) = -2.
    `spread`, where it is `watched`: how many bits the smallest term of some sum lies below the sum itself.
    """

    odd_roots: bool = False
    watched: bool = False
    real: bool | None = True
    odd: bool = False
    spread: int = 0

    def leave(self) -> None:
        """A value has left the reals for certain."""
        self.real = False

    def doubt(self) -> None:
        """It cannot be told whether a value has left the reals."""
        if self.real:
            self.real = None


def settled(value: Ball) -> Ball:
    """A complex box whose imaginary part is exactly 0, as a real ball."""
    return value.real if isinstance(value, acb) and value.imag.is_zero() else value


def sign_of(value: arb) -> int | None:
    """1, -1 or 0 when certain, else None.

    >>> sign_of(arb(-2)), sign_of(arb(0, 1))
    (-1, None)
    """
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if value == 0 else None


def exponent(value: arb) -> int | None:
    """About log2 of a positive value, None for 0.

    >>> exponent(arb(1000)), exponent(arb(0))
    (10, None)
    """
    mantissa, power = value.mid().man_exp()
    return None if not mantissa else int(power) + int(mantissa).bit_length()


def everywhere(name: str) -> Operation:
    """The function that both balls call `name` and that is real on all the reals."""

    def apply(run: Run, x: Ball) -> Ball:
        return settled(getattr(x, name)())

    return apply


def within(name: str, inside: Callable[[arb], bool], outside: Callable[[arb], bool]) -> Operation:
    """The function called `name`, real only where `inside` is certain and certainly not real `outside`."""

    def apply(run: Run, x: Ball) -> Ball:
        if isinstance(x, acb) or inside(x):
            return settled(getattr(x, name)())
        if not outside(x):
            raise Unsure
        run.leave()
        return getattr(acb(x), name)()

    return apply


def logarithm(run: Run, x: Ball) -> Ball:
    """The principal logarithm."""
    if isinstance(x, arb) and not x > 0:
        if not x < 0:
            raise Unsure
        run.leave()
        return acb(x).log()
    return x.log()


def rational_power(p: int, q: int) -> Operation:
    """The principal power p/q, q > 1; a real odd root of a negative number where the run asks for it."""
    exponent = fmpq(p, q)

    def apply(run: Run, x: Ball) -> Ball:
        if isinstance(x, acb):
            return settled((x.sqrt() if q == 2 else x.root(q)) ** p)
        sign = sign_of(x)
        if sign == 1:
            return (x.sqrt() if q == 2 else x.root(q)) ** p
        if sign == -1:
            if q % 2:
                run.odd = True
                if run.odd_roots:
                    return (-((-x).root(q))) ** p
            run.leave()
            return acb(x).sqrt() ** p if q == 2 else acb(x).pow(acb(exponent))
        if sign == 0 and p > 0:
            return arb(0)
        if q != 2 or p < 0:
            raise Unsure
        run.doubt()
        return acb(x).sqrt() ** p

    return apply


def total(run: Run, *terms: Ball) -> Ball:
    """The sum."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    if run.watched:
        sizes = [exponent(abs(ball).mid()) or 0 for ball in (result, *terms) if not ball.contains(0)]
        run.spread = max(run.spread, max(sizes, default=0) - min(sizes, default=0))
    return settled(result)


def product(run: Run, *factors: Ball) -> Ball:
    """The product."""
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return settled(result)


def integer_power(n: int) -> Operation:
    """The power n."""

    def apply(run: Run, x: Ball) -> Ball:
        return settled(x**n)

    return apply


def power(whole: bool) -> Operation:
    """x**y as exp(y*log(x)); `whole` says that y takes only integer values, so that a negative x is welcome."""

    def apply(run: Run, x: Ball, y: Ball) -> Ball:
        if isinstance(x, arb) and isinstance(y, arb):
            if whole:
                n = y.unique_fmpz()
                if n is None:
                    raise Unsure
                return x ** int(n) if abs(n) < 10**6 else x**y
            sign = sign_of(x)
            if sign == 1:
                return x**y
            if sign == 0 and y > 0:
                return arb(0)
            if sign != -1:
                raise Unsure
            run.leave()
        return settled(acb(x).pow(acb(y)))

    return apply


def absolute(run: Run, x: Ball) -> Ball:
    """|x|, real even of a complex number."""
    return abs(x)


def sign(run: Run, x: Ball) -> Ball:
    """x/|x|, and 0 at 0."""
    if isinstance(x, acb):
        return x / abs(x)
    s = sign_of(x)
    if s is None:
        raise Unsure
    return arb(s)


def heaviside(run: Run, x: Ball, at_zero: Ball) -> Ball:
    """0 on the left and 1 on the right of 0; at 0 conventions differ, so nothing is said there."""
    s = sign_of(real(x))
    if not s:
        raise Unsure
    return arb(1 if s > 0 else 0)


def real(x: Ball) -> arb:
    """The ball as a real one; `Unsure` when it is complex."""
    if isinstance(x, acb):
        raise Unsure
    return x


def of_reciprocal(outer: Operation) -> Operation:
    """f(1/x): how sympy defines acot, asec, acsc and their hyperbolic kin."""

    def apply(run: Run, x: Ball) -> Ball:
        return outer(run, 1 / x)

    return apply


def real_part(run: Run, x: Ball) -> Ball:
    """The real part."""
    return x.real if isinstance(x, acb) else x


def imaginary_part(run: Run, x: Ball) -> Ball:
    """The imaginary part."""
    return x.imag if isinstance(x, acb) else arb(0)


def conjugate(run: Run, x: Ball) -> Ball:
    """The conjugate."""
    return x.conjugate() if isinstance(x, acb) else x


def argument(run: Run, x: Ball) -> Ball:
    """The angle of a complex number."""
    if isinstance(x, arb) and sign_of(x) is None:
        raise Unsure
    return acb(x).arg()
