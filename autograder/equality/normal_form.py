"""Proof of equality by exact arithmetic.

Both expressions are written as quotients of polynomials in generators (see `generators`). Numbers are factored into
primes before roots and logarithms are taken, sums in exponents and angles are taken apart, multiples of an angle are
expanded. If the difference is 0 after the relations are applied, the two are equal wherever both have values.
If it is not 0, nothing follows: this side only proves equality.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import gcd, lcm

import sympy as sp
from flint import fmpq, fmpz

from .generators import Ring
from .quotient import Polynomial, Quotient, TooHard

SIZES = (12, 40)
"""Generators in a ring: most pairs need few, and few are faster."""
MULTIPLE = 24
"""The highest multiple of an angle that is expanded."""


class Prover:
    """Proves equalities; `positive` names the variables that are known to be positive.

    >>> x = sp.Symbol("x")
    >>> Prover(frozenset()).equal(sp.sin(3 * x), 3 * sp.sin(x) - 4 * sp.sin(x) ** 3)
    True
    >>> Prover(frozenset()).equal(sp.sqrt(4 + 2 * sp.sqrt(3)), 1 + sp.sqrt(3))  # true, but not seen here
    False
    """

    def __init__(self, positive: frozenset[str]) -> None:
        self.positive = positive
        self.units: dict[Hashable, fmpq] = {}
        self.roots: dict[Hashable, int] = {}

    def equal(self, a: sp.Expr, b: sp.Expr) -> bool:
        """Whether the two are proved equal."""
        for size in SIZES:
            for _ in range(4):
                build = Builder(Ring(size), self.positive, self.units, self.roots)
                try:
                    difference = build(a) - build(b)
                    if not build.stale:
                        return build.ring.vanishes(difference.top)
                except TooHard:
                    break
        return False


class Builder:
    """Writes expressions as quotients over one ring.

    `units` holds, for each kind of exponent or angle, the largest number of which all its multiples are whole
    multiples; `roots` the least common index of the roots of each base. Both outlive the ring: when a finer one turns
    out to be needed half-way, what was built is `stale`, and the next round starts with the finer one.
    """

    def __init__(
        self, ring: Ring, positive: frozenset[str], units: dict[Hashable, fmpq], roots: dict[Hashable, int]
    ) -> None:
        self.ring = ring
        self.positive = positive
        self.units = units
        self.roots = roots
        self.memo: dict[sp.Basic, Quotient] = {}
        self.stale = False

    def __call__(self, node: sp.Basic) -> Quotient:
        """The quotient that an expression is. Raises `TooHard`."""
        found = self.memo.get(node)
        if found is None:
            found = self.memo[node] = self._build(node)
        return found

    def _build(self, node: sp.Basic) -> Quotient:
        if isinstance(node, sp.Rational):
            return self.ring.number(fmpq(int(node.p), int(node.q)))
        if isinstance(node, sp.Symbol):
            return self.ring.generator(("symbol", node.name), real=True, nonnegative=node.name in self.positive)
        if isinstance(node, sp.Add):
            total = self(node.args[0])
            for term in node.args[1:]:
                total = total + self(term)
            return total
        if isinstance(node, sp.Mul):
            total = self(node.args[0])
            for factor in node.args[1:]:
                total = total * self(factor)
            return total
        if node is sp.I:
            return self.imaginary_unit()
        if node is sp.E:
            return self.exponential(self.ring.number(1))
        if isinstance(node, sp.Pow):
            return self._power(node.base, node.exp)
        rule = RULES.get(type(node))
        if rule is not None and len(node.args) == 1:
            return rule(self, self.ring.simplified(self(node.args[0])))
        return self._kernel(node)

    def imaginary_unit(self) -> Quotient:
        """i, with i**2 = -1."""
        return self.ring.generator("i", power=2, equals=self.ring.number(-1))

    def _kernel(self, node: sp.Basic) -> Quotient:
        """A generator for a function of which nothing is known but its arguments."""
        if not node.args:
            return self.ring.generator(("constant", str(node)), nonnegative=node.is_Atom and node.is_positive is True)
        if any(not isinstance(part, sp.Expr) for part in node.args):
            return self.ring.generator(("tree", node))
        keys = tuple(self.ring.key_of(self.ring.simplified(self(part))) for part in node.args)
        return self.ring.generator((type(node).__name__, keys))

    # powers and roots

    def _power(self, base: sp.Expr, exponent: sp.Expr) -> Quotient:
        if isinstance(exponent, sp.Integer):
            n, value = int(exponent), self(base)
            try:
                return value**n
            except TooHard:
                if abs(n) > 10**6 or value.top.is_zero():
                    raise
                return self._big_power(self.ring.simplified(value), n)
        if base is sp.E:
            return self.exponential(self.ring.simplified(self(exponent)))
        value = self.ring.simplified(self(base))
        if isinstance(exponent, sp.Rational):
            return self.root(value, int(exponent.q)) ** int(exponent.p)
        return self.exponential(self.ring.simplified(self(exponent) * self.logarithm(value)))

    def _big_power(self, base: Quotient, n: int) -> Quotient:
        """A power too high to multiply out: a generator for its base, the same one for all multiples of the base."""
        lead = base.top.leading_coefficient()
        if abs(lead) != 1 and max(int(lead.p).bit_length(), int(lead.q).bit_length()) * abs(n) > 20_000:
            raise TooHard
        scaled = base * self.ring.number(1 / lead)
        number = lead**n if abs(lead) != 1 else lead ** (n % 2)
        return self.ring.number(number) * self.ring.generator(("big base", self.ring.key_of(scaled))) ** n

    def root(self, value: Quotient, q: int) -> Quotient:
        """The principal q-th root: factors that are never negative have roots of their own."""
        if value.top.is_zero():
            return value
        plain, rest = self._split(value)
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

    def _split(self, value: Quotient) -> tuple[list[tuple[Quotient, int]], Quotient]:
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

    # exponentials and logarithms

    def logarithm(self, value: Quotient) -> Quotient:
        """The principal logarithm, taken apart where factors are never negative."""
        if value.top.is_zero():
            raise TooHard
        plain, rest = self._split(value)
        total = self.ring.number(0)
        for factor, times in plain:
            total = total + self._one_logarithm(factor, real=True) * self.ring.number(times)
        return total if rest.constant == 1 else total + self._one_logarithm(rest, real=False)

    def _one_logarithm(self, value: Quotient, *, real: bool) -> Quotient:
        only = self._only_generator(value)
        if only is not None and isinstance(only.key, tuple) and only.key[0] == "exponential" and only.argument:
            return only.argument
        if only is not None and isinstance(only.key, tuple) and only.key[0] == "root" and only.equals:
            return self.logarithm(only.equals) * self.ring.number(fmpq(1, only.power))
        return self.ring.generator(("logarithm", self.ring.key_of(value)), real=real, argument=value)

    def _only_generator(self, value: Quotient):  # type: ignore[no-untyped-def]
        """The generator that a value is, if it is one."""
        for made in self.ring.made:
            if value.bottom == self.ring.one and value.top == self.ring.polynomials[made.place]:
                return made
        return None

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
        only = self._only_generator(part)
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
        """Cosine and sine of a known part of a turn."""
        only = self._only_generator(part)
        if only is None or only.key != ("constant", "pi"):
            return None
        angle = sp.pi * sp.Rational(int(coefficient.p), int(coefficient.q))
        cosine, sine = sp.cos(angle), sp.sin(angle)
        if cosine.has(sp.cos, sp.sin) or sine.has(sp.cos, sp.sin):
            return None
        return self(cosine), self(sine)


def prime_factors(n: int) -> list[tuple[int, int]]:
    """Prime factors with their powers; of a long number only the small ones, the rest stays in one piece.

    >>> prime_factors(360)
    [(2, 3), (3, 2), (5, 1)]
    """
    found = fmpz(n).factor() if n.bit_length() <= 80 else fmpz(n).factor(trial_limit=200)
    return [(int(p), int(e)) for p, e in found]


def _hyperbolic(combine: Callable[[Quotient, Quotient], Quotient]) -> Callable[[Builder, Quotient], Quotient]:
    def rule(build: Builder, value: Quotient) -> Quotient:
        grows = build.exponential(value)
        return combine(grows, grows.inverse())

    return rule


def _circular(combine: Callable[[Quotient, Quotient], Quotient]) -> Callable[[Builder, Quotient], Quotient]:
    return lambda build, value: combine(*build.angle(value))


def _half(value: Quotient) -> Quotient:
    return Quotient(value.top / 2, value.bottom)


RULES: dict[type, Callable[[Builder, Quotient], Quotient]] = {
    sp.exp: Builder.exponential,
    sp.log: Builder.logarithm,
    sp.Abs: Builder.absolute,
    sp.sin: _circular(lambda c, s: s),
    sp.cos: _circular(lambda c, s: c),
    sp.tan: _circular(lambda c, s: s / c),
    sp.cot: _circular(lambda c, s: c / s),
    sp.sec: _circular(lambda c, s: c.inverse()),
    sp.csc: _circular(lambda c, s: s.inverse()),
    sp.sinh: _hyperbolic(lambda p, m: _half(p - m)),
    sp.cosh: _hyperbolic(lambda p, m: _half(p + m)),
    sp.tanh: _hyperbolic(lambda p, m: (p - m) / (p + m)),
    sp.coth: _hyperbolic(lambda p, m: (p + m) / (p - m)),
    sp.sech: _hyperbolic(lambda p, m: _half(p + m).inverse()),
    sp.csch: _hyperbolic(lambda p, m: _half(p - m).inverse()),
}
"""Functions of one argument that have laws."""
