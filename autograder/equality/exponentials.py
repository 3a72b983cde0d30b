"""Exponentials, logarithms, sines and cosines of quotients, by their laws."""

from __future__ import annotations

from collections.abc import Hashable
from math import gcd

from flint import fmpq

from .generators import Ring
from .quotient import Quotient, TooHard
from .radicals import Radicals

MULTIPLE = 24
"""The highest multiple of an angle that is expanded."""


class Exponentials(Radicals):
    """Exponentials and their kin over one ring.

    `units` holds, for each kind of exponent or angle, the largest number of which all its multiples are whole
    multiples; like `roots` it outlives the ring.
    """

    def __init__(self, ring: Ring, units: dict[Hashable, fmpq], roots: dict[Hashable, int]) -> None:
        super().__init__(ring, roots)
        self.units = units

    def logarithm(self, value: Quotient) -> Quotient:
        """The principal logarithm, taken apart where factors are never negative."""
        if value.top.is_zero():
            raise TooHard
        plain, rest = self.split(value)
        total = self.ring.number(0)
        for factor, times in plain:
            total = total + self._one_logarithm(factor, real=True) * self.ring.number(times)
        return total if rest.constant == 1 else total + self._one_logarithm(rest, real=False)

    def _one_logarithm(self, value: Quotient, *, real: bool) -> Quotient:
        only = self.only_generator(value)
        if only is not None and isinstance(only.key, tuple) and only.key[0] == "exponential" and only.argument:
            return only.argument
        if only is not None and isinstance(only.key, tuple) and only.key[0] == "root" and only.equals:
            return self.logarithm(only.equals) * self.ring.number(fmpq(1, only.power))
        return self.ring.generator(("logarithm", self.ring.key_of(value)), real=real, argument=value)

    def exponential(self, value: Quotient) -> Quotient:
        """exp(u), a product over the terms of u."""
        result = self.ring.number(1)
        for coefficient, part, powers in self._terms(value):
            result = result * self._one_exponential(coefficient, part, powers)
        return result

    def _terms(self, value: Quotient) -> list[tuple[fmpq, Quotient, dict[Hashable, int]]]:
        """The terms of a sum: coefficient, the rest, and the powers of the generators in it (none over a sum)."""
        terms = value.top.to_dict()
        if len(terms) > 8:
            raise TooHard
        found = []
        for powers, coefficient in terms.items():
            part = Quotient(self.ring.context.from_dict({powers: fmpq(1)}), value.bottom).reduced()
            names = {self.ring.made[i].key: int(e) for i, e in enumerate(powers) if e}
            found.append((coefficient, part, names))
        return found

    def _one_exponential(self, coefficient: fmpq, part: Quotient, powers: dict[Hashable, int]) -> Quotient:
        if powers.get("i") == 1:
            angle = self.ring.simplified(part / self.imaginary_unit())
            cosine, sine = self._one_angle(coefficient, angle)
            return cosine + self.imaginary_unit() * sine
        only = self.only_generator(part)
        if only is not None and isinstance(only.key, tuple) and only.key[0] == "logarithm" and only.argument:
            return self.root(only.argument, int(coefficient.q)) ** int(coefficient.p)
        key = ("exponential", self.ring.key_of(part))
        unit = self._unit(key, coefficient)
        real = self.ring.is_real(part.top) and self.ring.is_real(part.bottom)
        base = self.ring.generator(key, nonnegative=real, argument=part * self.ring.number(unit) if real else None)
        return base ** int((coefficient / unit).p)

    def _unit(self, key: Hashable, multiple: fmpq) -> fmpq:
        """The unit of which `multiple` is a whole multiple; a finer one means starting again."""
        unit = self.units.get(key)
        if unit is not None and (multiple / unit).q == 1:
            return unit
        if unit is None:
            self.units[key] = abs(multiple)
            return abs(multiple)
        bottom = int(unit.q) * int(multiple.q)
        top = gcd(int(unit.p) * int(multiple.q), int(multiple.p) * int(unit.q))
        self.units[key] = fmpq(top, bottom)
        self.stale = True
        return self.units[key]

    # angles

    def angle(self, value: Quotient) -> tuple[Quotient, Quotient]:
        """Cosine and sine, by the addition theorems."""
        cosine, sine = self.ring.number(1), self.ring.number(0)
        for coefficient, part, powers in self._terms(value):
            if powers.get("i") == 1:
                c, s = self._imaginary_angle(coefficient, part)
            else:
                c, s = self._one_angle(coefficient, part)
            cosine, sine = cosine * c - sine * s, sine * c + cosine * s
        return cosine, sine

    def _imaginary_angle(self, coefficient: fmpq, part: Quotient) -> tuple[Quotient, Quotient]:
        """cos(iu) = cosh(u), sin(iu) = i sinh(u)."""
        inside = self.ring.simplified(part * self.ring.number(coefficient) / self.imaginary_unit())
        grows = self.exponential(inside)
        half = self.ring.number(fmpq(1, 2))
        shrinks = grows.inverse()
        return (grows + shrinks) * half, (grows - shrinks) * half * self.imaginary_unit()

    def _one_angle(self, coefficient: fmpq, part: Quotient) -> tuple[Quotient, Quotient]:
        key = self.ring.key_of(part)
        turn = self._turn(coefficient, part)
        if turn is not None:
            return turn
        unit = self._unit(("angle", key), coefficient)
        times = int((coefficient / unit).p)
        if abs(times) > MULTIPLE:
            raise TooHard
        real = self.ring.is_real(part.top) and self.ring.is_real(part.bottom)
        c = self.ring.generator(("cosine", key), real=real)
        one_less = self.ring.number(1) - c * c
        s = self.ring.generator(("sine", key), real=real, power=2, equals=one_less)
        cosine, sine = c, s
        for _ in range(abs(times) - 1):
            cosine, sine = cosine * c - sine * s, sine * c + cosine * s
        return cosine, sine if times > 0 else sine * self.ring.number(-1)

    def _turn(self, coefficient: fmpq, part: Quotient) -> tuple[Quotient, Quotient] | None:
        """Cosine and sine of a known part of a turn; the builder of expressions knows them."""
        return None
