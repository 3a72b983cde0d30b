"""Quotients of polynomials with rational coefficients, in python-flint, with caps so that no step runs away."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any

from flint import fmpq

Polynomial = Any
"""`flint.fmpq_mpoly`; flint ships no types."""

TERMS = 30_000
"""Products of term counts beyond which a multiplication is not begun (about 10 ms)."""
GCD_TERMS = 300
"""Terms beyond which common factors are left standing."""


class TooHard(Exception):  # noqa: N818 - reads as what it says
    """The exact way is given up; the answer is sought by other means."""


def product(a: Polynomial, b: Polynomial) -> Polynomial:
    """a*b. Raises `TooHard`."""
    if len(a) * len(b) > TERMS:
        raise TooHard
    return a * b


def raised(a: Polynomial, n: int) -> Polynomial:
    """a**n for n >= 0. Raises `TooHard`."""
    terms = len(a)
    if n > 10**6 or (terms > 1 and (n > 2_000 or comb(n + terms - 1, min(n, terms - 1)) > TERMS // 10)):
        raise TooHard
    if terms == 1 and n > 1_000 and not all(abs(c) == 1 for c in a.coeffs()):
        raise TooHard
    return a**n


@dataclass(frozen=True)
class Quotient:
    """top/bottom, bottom not 0; common factors are removed when that is cheap."""

    top: Polynomial
    bottom: Polynomial

    def __add__(self, other: Quotient) -> Quotient:
        if self.bottom == other.bottom:
            return Quotient(self.top + other.top, self.bottom)
        if self.bottom.is_constant() or other.bottom.is_constant():
            top = product(self.top, other.bottom) + product(other.top, self.bottom)
            return Quotient(top, product(self.bottom, other.bottom))
        common = _gcd(self.bottom, other.bottom)
        mine, theirs = self.bottom / common, other.bottom / common
        return Quotient(product(self.top, theirs) + product(other.top, mine), product(self.bottom, theirs))

    def __sub__(self, other: Quotient) -> Quotient:
        return self + Quotient(-other.top, other.bottom)

    def __mul__(self, other: Quotient) -> Quotient:
        return Quotient(product(self.top, other.top), product(self.bottom, other.bottom))

    def __truediv__(self, other: Quotient) -> Quotient:
        return self * other.inverse()

    def __pow__(self, n: int) -> Quotient:
        base = self if n >= 0 else self.inverse()
        return Quotient(raised(base.top, abs(n)), raised(base.bottom, abs(n)))

    def inverse(self) -> Quotient:
        """bottom/top. Raises `TooHard` for 0: the expression has no value anywhere."""
        if self.top.is_zero():
            raise TooHard
        return Quotient(self.bottom, self.top)

    def reduced(self) -> Quotient:
        """Without common factors and with a leading 1 at the bottom."""
        common = _gcd(self.top, self.bottom)
        top, bottom = self.top / common, self.bottom / common
        lead = bottom.leading_coefficient()
        return Quotient(top / lead, bottom / lead)

    @property
    def constant(self) -> fmpq | None:
        """The value of a rational number, else None."""
        if not (self.top.is_constant() and self.bottom.is_constant()):
            return None
        if self.top.is_zero():
            return fmpq(0)
        return self.top.leading_coefficient() / self.bottom.leading_coefficient()


def _gcd(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) + len(b) > GCD_TERMS or a.total_degree() + b.total_degree() > 200:
        return a.context().constant(1)
    common = a.gcd(b)
    return common if not common.is_zero() else a.context().constant(1)
