"""Vectors that count by their direction only: a direction, a unit vector, a normal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from sympy import Add, Expr, Float, Symbol, sqrt

from autograder.answers.answer import Answer
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.components import Words
from autograder.answers.kinds.kind import HALF, NOWHERE, Comparison, Domain, Fitted, Misfit
from autograder.answers.kinds.proportion import Proportion, is_zero, proportion, sign_of
from autograder.answers.kinds.vector import Vector
from autograder.answers.python import of
from autograder.equality import Different, Equal, Undecided
from autograder.notation import listing, number, plain

Key = Sequence[Expr]

DECIMALS = "Read as decimals; the direction is right to the digits asked."


@dataclass(frozen=True)
class Direction(Vector):
    """A direction: a vector up to a positive factor. The key is any nonzero vector that points this way.

    >>> from sympy.abc import x, y
    >>> direction = Direction(("x", "y"))
    >>> direction.compare((3, 4), direction.take(of((6, 8)), (x, y)).value).credit
    Fraction(1, 1)
    >>> direction.compare((3, 4), direction.take(of((-3, -4)), (x, y)).value).says
    'This points exactly the opposite way: every sign is reversed.'
    """

    words: ClassVar[Words] = Words("direction", "component")

    @bounded
    def compare(self, key: Key, value: Key, domain: Domain | None = None) -> Comparison:
        """Compare directions. The zero vector has none; the opposite one is told so."""
        key, value = exact(key), exact(value)
        zero = is_zero(value, domain)
        if isinstance(zero, Equal):
            return Comparison(is_zero(key, domain), says="The zero vector has no direction.")
        found = proportion(key, value, self.digits, domain)
        if isinstance(found.verdict, Different):
            return self._differs(self._apart(key, value, domain), found.verdict)
        if isinstance(found.verdict, Undecided):
            return Comparison(found.verdict, (found.verdict,))
        return self._along(key, value, found, domain)

    def _differs(self, says: str, found: Different = NOWHERE) -> Comparison:
        """Judge another direction; where it is another is shown, since numbers alone mean nothing up to a factor."""
        where = listing(f"{name} = {plain(place)}" for name, place in found.witness.items()) if found.witness else ""
        witness = f"At {where} your vector points in another direction." if where else ""
        return Comparison(NOWHERE, (NOWHERE,), says=says, witness=witness)

    def _along(self, key: Key, value: Key, found: Proportion, domain: Domain | None) -> Comparison:
        """Judge a vector that lies on the line of the key."""
        sign = sign_of(found.factor, domain)
        if sign == "+":
            return Comparison(found.verdict, (found.verdict,), Fraction(1), notes=(DECIMALS,) * found.decimal)
        if sign == "?":
            return Comparison(Undecided("it is not clear which way it points"))
        if sign == "-":
            return self._differs("This points exactly the opposite way: every sign is reversed.")
        return self._differs("At some points this points the right way, at others it does not.")

    def _apart(self, key: Key, value: Key, domain: Domain | None) -> str:
        """Say something of a vector that does not lie on the line of the key."""
        across = is_zero((Add(*(k * v for k, v in zip(key, value, strict=True))),), domain)
        return "This is at right angles to the right direction." if isinstance(across, Equal) else ""

    def in_one_form(self, value: Key) -> Answer:
        """Return the unit vector along it, so that a mistake is known at any length."""
        taken = self.take(of(value), sorted(_letters(value), key=str))
        if isinstance(taken, Misfit):
            return of(value)
        size = length(taken.value)
        return of(taken.value if size == 0 else tuple(part / size for part in taken.value))


@dataclass(frozen=True)
class UnitDirection(Direction):
    """A direction given by its unit vector. The key is any nonzero vector that points this way.

    The right direction with another length earns `wrong_length`.

    >>> from sympy.abc import x, y
    >>> unit = UnitDirection(("x", "y"))
    >>> unit.compare((3, 4), (3, 4)).says
    'Right direction, but its length is 5, not 1. Divide by the length.'
    """

    wrong_length: Fraction = field(default=HALF, kw_only=True)

    words: ClassVar[Words] = Words("unit vector", "component")

    @bounded
    def compare(self, key: Key, value: Key, domain: Domain | None = None) -> Comparison:
        """Compare with the unit vector along the key, component by component, then by direction alone."""
        key, value = exact(key), exact(value)
        size = length(key)
        unit = tuple(part / size for part in key)
        as_vector = super(Direction, self).compare(unit, value, domain)
        if isinstance(as_vector.verdict, Equal):
            return as_vector
        if all(close.credit or isinstance(close.verdict, Equal) for close in self._closeness(unit, value, domain)):
            return as_vector  # rounded too early, which is told by then
        by_direction = super().compare(key, value, domain)
        if not isinstance(by_direction.verdict, Equal):
            return by_direction
        if isinstance(as_vector.verdict, Undecided):
            return as_vector
        says = f"Right direction, but its length is {_size(value)}, not 1. Divide by the length."
        return Comparison(as_vector.verdict, as_vector.parts, self.wrong_length, says)

    def in_one_form(self, value: Key) -> Answer:
        """Return it as it is, for here the length counts."""
        return of(value)


@dataclass(frozen=True)
class Normal(Direction):
    """A normal of a line, a plane or a surface: a vector up to a nonzero factor. The key is any one of them.

    >>> normal = Normal(("x", "y", "z"))
    >>> normal.compare((2, 4, 6), (-1, -2, -3)).notes
    ('A normal may be scaled and turned round: this is right.',)
    """

    words: ClassVar[Words] = Words("normal vector", "component")

    def _along(self, key: Key, value: Key, found: Proportion, domain: Domain | None) -> Comparison:
        sign = sign_of(found.factor, domain)
        if sign == "?":
            return Comparison(Undecided("it is not clear whether it is zero somewhere"))
        turned = " and turned round" if sign == "-" else ""
        scaled = (f"A normal may be scaled{turned}: this is right.",) * (found.factor != 1)
        return Comparison(found.verdict, (found.verdict,), Fraction(1), notes=scaled + (DECIMALS,) * found.decimal)

    def _apart(self, key: Key, value: Key, domain: Domain | None) -> str:
        across = super()._apart(key, value, domain)
        return "This lies along the surface, at right angles to its normal." if across else ""

    def in_one_form(self, value: Key) -> Answer:
        """Return it divided by its first component that is not zero, so that a mistake is known in any scale."""
        taken = self.take(of(value), sorted(_letters(value), key=str))
        if isinstance(taken, Misfit):
            return of(value)
        first = next((part for part in taken.value if part != 0), None)
        return of(taken.value if first is None else tuple(part / first for part in taken.value))


def exact(vector: Key) -> tuple[Expr, ...]:
    """Return a key or a value as a tuple of sympy expressions on plain symbols."""
    names = tuple(str(i + 1) for i in range(len(vector)))
    taken = Vector(names).take(of(tuple(vector)), sorted(_letters(vector), key=str))
    if not isinstance(taken, Fitted):
        raise ValueError(f"{vector} is not a vector: {taken.says}")
    return taken.value


def length(vector: Key) -> Expr:
    """Return the length of a vector.

    >>> from sympy import Integer
    >>> length((Integer(3), Integer(4)))
    5
    """
    return sqrt(Add(*(part**2 for part in vector)))


def _size(vector: Key) -> str:
    size = length(vector)
    return number(size) if size.has(Float) else plain(size)


def _letters(vector: Key) -> set[Symbol]:
    parts = vector if isinstance(vector, tuple | list) else (vector,)  # a wrong value may be a single one
    return {Symbol(s.name) for part in parts for s in getattr(part, "free_symbols", ())}
