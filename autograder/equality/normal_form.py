"""Proof of equality by exact arithmetic.

Both expressions are written as quotients of polynomials in generators (see `generators`). Numbers are factored into
primes before roots and logarithms are taken, sums in exponents and angles are taken apart, multiples of an angle are
expanded. If the difference is 0 after the relations are applied, the two are equal wherever both have values.
If it is not 0, nothing follows: this side only proves equality.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import sympy as sp
from flint import fmpq

from .exponentials import Exponentials
from .generators import Ring
from .quotient import Quotient, TooHard

SIZES = (12, 40)
"""Generators in a ring: most pairs need few, and few are faster."""


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


class Builder(Exponentials):
    """Writes expressions as quotients over one ring; `positive` names the variables that are known to be positive."""

    def __init__(
        self, ring: Ring, positive: frozenset[str], units: dict[Hashable, fmpq], roots: dict[Hashable, int]
    ) -> None:
        super().__init__(ring, units, roots)
        self.positive = positive
        self.memo: dict[sp.Basic, Quotient] = {}

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

    def _kernel(self, node: sp.Basic) -> Quotient:
        """A generator for a function of which nothing is known but its arguments."""
        if not node.args:
            return self.ring.generator(("constant", str(node)), nonnegative=node.is_Atom and node.is_positive is True)
        if any(not isinstance(part, sp.Expr) for part in node.args):
            return self.ring.generator(("tree", node))
        keys = tuple(self.ring.key_of(self.ring.simplified(self(part))) for part in node.args)
        return self.ring.generator((type(node).__name__, keys))

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

    def _turn(self, coefficient: fmpq, part: Quotient) -> tuple[Quotient, Quotient] | None:
        """Cosine and sine of a known part of a turn."""
        only = self.only_generator(part)
        if only is None or only.key != ("constant", "pi"):
            return None
        angle = sp.pi * sp.Rational(int(coefficient.p), int(coefficient.q))
        cosine, sine = sp.cos(angle), sp.sin(angle)
        if cosine.has(sp.cos, sp.sin) or sine.has(sp.cos, sp.sin):
            return None
        return self(cosine), self(sine)


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
