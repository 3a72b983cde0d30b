"""The generators of a normal form: variables, constants, and one for each root, exponential, sine, absolute value.

Each has a key that says what it is, whether its value is real and whether it is never negative, and perhaps a
relation: `power` of it equals a quotient in earlier generators, as sqrt(x)**2 = x, S**2 = 1 - C**2, |u|**2 = u**2.
All relations hold for principal values, at every real point where the generators have values.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from .quotient import Polynomial, Quotient, TooHard, product, raised


@dataclass(frozen=True)
class Generator:
    """One generator; `power` is 0 where there is no relation."""

    place: int
    key: Hashable
    real: bool = False
    nonnegative: bool = False
    power: int = 0
    equals: Quotient | None = None
    argument: Quotient | None = None


class Ring:
    """Polynomials in at most `size` generators, made as they are asked for.

    >>> ring = Ring(4)
    >>> x = ring.generator("x", real=True)
    >>> root = ring.generator(("root", "x"), power=2, equals=x)
    >>> ring.vanishes((root * root - x).top)
    True
    """

    def __init__(self, size: int) -> None:
        self.context = fmpq_mpoly_ctx.get(("g", size), Ordering.lex)
        self.size = size
        self.polynomials = self.context.gens()
        self.made: list[Generator] = []
        self.by_key: dict[Hashable, Generator] = {}
        self.one = self.context.constant(1)

    def number(self, value: int | fmpq) -> Quotient:
        """A rational number."""
        return Quotient(self.context.constant(value), self.one)

    def known(self, key: Hashable) -> Quotient | None:
        """The generator with this key, if it was made."""
        found = self.by_key.get(key)
        return None if found is None else Quotient(self.polynomials[found.place], self.one)

    def generator(
        self,
        key: Hashable,
        *,
        real: bool = False,
        nonnegative: bool = False,
        power: int = 0,
        equals: Quotient | None = None,
        argument: Quotient | None = None,
    ) -> Quotient:
        """The generator with this key, made now if need be. Raises `TooHard` when the ring is full."""
        found = self.known(key)
        if found is not None:
            return found
        if len(self.made) == self.size:
            raise TooHard
        made = Generator(len(self.made), key, real or nonnegative, nonnegative, power, equals, argument)
        self.made.append(made)
        self.by_key[key] = made
        return Quotient(self.polynomials[made.place], self.one)

    def is_real(self, polynomial: Polynomial) -> bool:
        """Whether only real generators occur."""
        return all(self.made[i].real for i, degree in enumerate(polynomial.degrees()) if degree)

    def is_nonnegative(self, polynomial: Polynomial) -> bool:
        """Whether the form alone shows that no value is negative: positive coefficients and even powers."""
        return all(
            coefficient > 0
            and all(
                not e or self.made[i].nonnegative or (e % 2 == 0 and self.made[i].real) for i, e in enumerate(powers)
            )
            for powers, coefficient in polynomial.to_dict().items()
        )

    def key_of(self, value: Quotient) -> Hashable:
        """A key that is the same for the same reduced quotient, within this ring."""
        return self._polynomial_key(value.top), self._polynomial_key(value.bottom)

    def _polynomial_key(self, polynomial: Polynomial) -> Hashable:
        return frozenset(
            (tuple(map(int, powers)), int(coefficient.p), int(coefficient.q))
            for powers, coefficient in polynomial.to_dict().items()
        )

    def simplified(self, value: Quotient) -> Quotient:
        """The quotient with all relations applied above and below, and without common factors."""
        if not any(self.made[i].power for q in (value.top, value.bottom) for i, d in enumerate(q.degrees()) if d > 1):
            return value.reduced()
        top, below_top = self._normal(value.top)
        bottom, below_bottom = self._normal(value.bottom)
        if bottom.is_zero():
            raise TooHard
        return Quotient(product(top, below_bottom), product(bottom, below_top)).reduced()

    def vanishes(self, polynomial: Polynomial) -> bool:
        """Whether the relations make a polynomial 0."""
        return bool(self._normal(polynomial)[0].is_zero())

    def _normal(self, polynomial: Polynomial) -> tuple[Polynomial, Polynomial]:
        """A polynomial with low powers of the generators that have relations, and what it was multiplied by."""
        factor = self.one
        for made in reversed(self.made):
            if made.power and polynomial.degrees()[made.place] >= made.power:
                polynomial, more = self._lowered(polynomial, made)
                factor = product(factor, more)
        return polynomial, factor

    def _lowered(self, polynomial: Polynomial, made: Generator) -> tuple[Polynomial, Polynomial]:
        """The polynomial with made**power replaced, times a power of the bottom of what it equals."""
        assert made.equals is not None
        by_power: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for powers, coefficient in polynomial.to_dict().items():
            times, rest = divmod(int(powers[made.place]), made.power)
            left = (*powers[: made.place], rest, *powers[made.place + 1 :])
            by_power.setdefault(times, {})[left] = coefficient
        most = max(by_power)
        top, bottom = made.equals.top, made.equals.bottom
        result = self.context.constant(0)
        for times, terms in by_power.items():
            piece = product(self.context.from_dict(terms), raised(top, times))
            result += product(piece, raised(bottom, most - times))
        return result, raised(bottom, most)
