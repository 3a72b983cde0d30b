"""Roots and absolute values of quotients, taken apart as far as their factors are known never to be negative."""

from __future__ import annotations

from collections.abc import Hashable
from math import gcd, lcm

from flint import fmpq, fmpz

from .generators import Generator, Ring
from .quotient import Polynomial, Quotient, TooHard


class Radicals:
    """Roots over one ring.

    `roots` holds the least common index of the roots of each base. It outlives the ring: when a higher index turns
    out to be needed half-way, what was built is `stale`, and the next round starts with the higher one.

    >>> ring = Ring(4)
    >>> x = ring.generator("x", real=True)
    >>> build = Radicals(ring, {})
    >>> build.root(x * x, 2) == build.absolute(x)
    True
    """

    def __init__(self, ring: Ring, roots: dict[Hashable, int]) -> None:
        self.ring = ring
        self.roots = roots
        self.stale = False

    def imaginary_unit(self) -> Quotient:
        """i, with i**2 = -1."""
        return self.ring.generator("i", power=2, equals=self.ring.number(-1))

    def only_generator(self, value: Quotient) -> Generator | None:
        """The generator that a value is, if it is one."""
        for made in self.ring.made:
            if value.bottom == self.ring.one and value.top == self.ring.polynomials[made.place]:
                return made
        return None

    def root(self, value: Quotient, q: int) -> Quotient:
        """The principal q-th root: factors that are never negative have roots of their own."""
        if value.top.is_zero():
            return value
        plain, rest = self.split(value)
        result = self.ring.number(1)
        for factor, times in plain:
            whole, part = divmod(times, q)
            result = result * factor**whole
            if part:
                result = result * self._one_root(factor, q) ** part
        if rest.constant == 1:
            return result
        if rest.constant == -1 and q == 2:
            return result * self.imaginary_unit()
        return result * self._one_root(rest, q)

    def _one_root(self, base: Quotient, q: int) -> Quotient:
        """The q-th root of something that is not taken apart further."""
        key = ("root", self.ring.key_of(base))
        index = self.roots.get(key, 1)
        if index % q:
            self.stale = self.stale or index > 1
            self.roots[key] = index = lcm(index, q)
            if index > 120:
                raise TooHard
        positive = self.ring.is_nonnegative(base.top) and self.ring.is_nonnegative(base.bottom)
        return self.ring.generator(key, nonnegative=positive, power=index, equals=base) ** (index // q)

    def split(self, value: Quotient) -> tuple[list[tuple[Quotient, int]], Quotient]:
        """Factors that are never negative with their powers, and the rest; numbers are taken apart into primes,
        and an even power of a real factor is one of its absolute value."""
        number, factors = self._factors(value)
        plain = [(self.ring.number(p), e) for p, e in prime_factors(abs(int(number.p)))]
        plain += [(self.ring.number(p), -e) for p, e in prime_factors(int(number.q))]
        rest = self.ring.number(-1 if number < 0 else 1)
        for factor, times in factors:
            whole = Quotient(factor, self.ring.one)
            if self.ring.is_nonnegative(factor):
                plain.append((whole, times))
            elif self.ring.is_real(factor):
                if times // 2:
                    plain.append((self.absolute(whole), times - times % 2))
                rest = rest * whole if times % 2 else rest
            else:
                rest = rest * whole**times
        return plain, rest

    def _factors(self, value: Quotient) -> tuple[fmpq, list[tuple[Polynomial, int]]]:
        """A number and primitive factors with positive leading coefficients, negative powers for the bottom."""
        number, factors = fmpq(1), []
        for polynomial, side in ((value.top, 1), (value.bottom, -1)):
            if len(polynomial) > 60 or polynomial.total_degree() > 40:
                raise TooHard
            content, parts = polynomial.factor()
            for part, times in parts:
                scale = fmpq(1, lcm(*[int(c.q) for c in part.coeffs()]))
                scale *= gcd(*[int((c / scale).p) for c in part.coeffs()])
                scale = -scale if part.leading_coefficient() < 0 else scale
                content *= scale ** int(times)
                factors.append((part / scale, side * int(times)))
            number *= content if side == 1 else 1 / content
        return number, factors

    def absolute(self, value: Quotient) -> Quotient:
        """|u|, factor by factor; |u|**2 = u**2 where u is real."""
        if value.top.is_zero():
            return value
        number, factors = self._factors(value)
        result = self.ring.number(abs(number))
        for factor, times in factors:
            base = Quotient(factor, self.ring.one)
            if not self.ring.is_nonnegative(factor):
                real = self.ring.is_real(factor)
                square = base * base if real else None
                key = ("absolute", self.ring.key_of(base))
                base = self.ring.generator(key, nonnegative=True, power=2 if real else 0, equals=square)
            result = result * base**times
        return result


def prime_factors(n: int) -> list[tuple[int, int]]:
    """Prime factors with their powers; of a long number only the small ones, the rest stays in one piece.

    >>> prime_factors(360)
    [(2, 3), (3, 2), (5, 1)]
    """
    found = fmpz(n).factor() if n.bit_length() <= 80 else fmpz(n).factor(trial_limit=200)
    return [(int(p), int(e)) for p, e in found]
