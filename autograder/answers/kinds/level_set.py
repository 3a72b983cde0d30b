"""A level set: all points at which an equation holds, however it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import Expr, Mul, Rational, Symbol

from autograder.answers.answer import Answer, Scalar
from autograder.answers.kinds.bounded import SECONDS, bounded, within
from autograder.answers.kinds.crossings import compare_sampled
from autograder.answers.kinds.decimals import same
from autograder.answers.kinds.kind import HALF, NOWHERE, Comparison, Domain, Fitted, Kind, Misfit
from autograder.answers.kinds.locus import Locus, locus_of, put_in, read_locus
from autograder.answers.kinds.polynomial_sets import Stray, compare_polynomials, factors, polynomial
from autograder.answers.python import of
from autograder.equality import Equal, Undecided, Verdict, decide
from autograder.notation import listing, plain


@dataclass(frozen=True)
class LevelSet(Kind):
    """The points at which an equation in `names` holds. The key is an `Eq` or an expression that is 0.

    The same points in another equation are right: factors that are never zero, powers and fractions do not matter.
    Another level of the same function earns `another_level`. With `equation=True`, a right expression without an
    equals sign earns `form_credit`.

    >>> from sympy import Eq, sqrt
    >>> from sympy.abc import x, y
    >>> from autograder.answers import of
    >>> level = LevelSet(("x", "y"))
    >>> level.compare(Eq(x**2 + y**2, 25), level.take(of(Eq(sqrt(x**2 + y**2), 5)), (x, y)).value).credit
    Fraction(1, 1)
    >>> level.compare(Eq(x**2 + y**2, 25), level.take(of(Eq(x**2 + y**2, 5)), (x, y)).value).says
    'This is a level set of the right function, but at another level.'
    """

    names: tuple[str, ...]
    equation: bool = False
    another_level: Fraction = field(default=HALF, kw_only=True)
    form_credit: Fraction = field(default=HALF, kw_only=True)

    def describe(self) -> str:
        """Say what is wanted."""
        return f"an equation in {listing(self.names)}"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an equation or an expression."""
        return read_locus(answer, self.names, self.alphabet(variables), self.describe())

    def alphabet(self, variables: Sequence[Symbol]) -> Sequence[Symbol]:
        """The letters of the problem, or else those of the equation."""
        return variables or tuple(Symbol(name) for name in self.names)

    def in_one_form(self, value: Any) -> Answer:
        """Return the expression that is 0, without repeated factors, in a scale of its own."""
        return within(SECONDS, lambda: self._in_one_form(value), otherwise=of(value))

    def _in_one_form(self, value: Any) -> Answer:
        try:
            expression = locus_of(value, self.names).exact
        except ValueError:
            return of(value)
        if (found := polynomial(expression, self.names)) is not None and not found.is_zero:
            return Scalar(Mul(*(factor.as_expr() for factor in factors(found))))
        for place in _places(self.names):
            scale = put_in(expression, place)
            if scale.is_finite and scale != 0:
                return Scalar(expression / scale)
        return Scalar(expression)

    @bounded
    def compare(self, key: Any, value: Locus, domain: Domain | None = None) -> Comparison:
        """Compare the two sets of points."""
        right = locus_of(key, self.names)
        if not value.expression.free_symbols:
            return Comparison(NOWHERE, says=f"{listing(self.names, 'or')} should stand in your equation.")
        found = same_set(right, value, self.names, self.digits, domain)
        if isinstance(found.verdict, Equal):
            if self.equation and not value.equation:
                says = "This is the right expression, but the question asks for an equation: write what it equals."
                return Comparison(found.verdict, (found.verdict,), self.form_credit, says, found.notes)
            return Comparison(found.verdict, (found.verdict,), Fraction(1), notes=found.notes)
        if isinstance(found.verdict, Undecided):
            return Comparison(found.verdict)
        if is_another_level(right.exact, value.exact, self.names, domain):
            says = "This is a level set of the right function, but at another level."
            return Comparison(NOWHERE, (found.verdict,), self.another_level, says, witness=found.witness)
        return Comparison(NOWHERE, (found.verdict,), says=found.says, witness=found.witness)


@dataclass(frozen=True)
class Sameness:
    """Whether two equations hold at the same points, and what to say of it."""

    verdict: Verdict
    notes: tuple[str, ...] = ()
    says: str = ""
    witness: str = ""


def same_set(key: Locus, value: Locus, names: Sequence[str], digits: int, domain: Domain | None = None) -> Sameness:
    """Decide whether two equations hold at the same points: as they are, then exactly by factors, then by points.

    >>> from sympy.abc import x, y
    >>> same_set(Locus(x**2 - y), Locus((x**2 - y) * x), "xy", 4).witness
    'The point (0, 1) is on yours, but not on the right one.'
    """
    verdict, notes = same(key.expression, value.expression, digits, domain)
    if isinstance(verdict, Equal):
        return Sameness(verdict, notes)
    verdict, notes = same(-key.expression, value.expression, digits, domain)
    if isinstance(verdict, Equal):
        return Sameness(verdict, notes)
    right, own = key.exact, value.exact
    if (multiple := _multiple(right, own, names, domain)) is not None:
        return Sameness(multiple)
    left_polynomial, own_polynomial = polynomial(right, names), polynomial(own, names)
    if not domain and left_polynomial is not None and own_polynomial is not None:
        found = compare_polynomials(left_polynomial, own_polynomial)
        if found is not None:
            return _told(found)
        return Sameness(Undecided("one equation has a factor that may be zero nowhere else"))
    letters = sorted({symbol.name for symbol in right.free_symbols | own.free_symbols} | set(names))
    return _told(compare_sampled(right, own, letters, domain))


def _told(found: Equal | Stray | Undecided) -> Sameness:
    if not isinstance(found, Stray):
        return Sameness(found)
    point = plain(found.point)
    if found.owner == "value":
        says = "Your equation holds at points that do not belong to the right set."
        return Sameness(NOWHERE, (), says, f"The point {point} is on yours, but not on the right one.")
    says = "Your equation leaves out points that belong to the right set."
    return Sameness(NOWHERE, (), says, f"The point {point} is on the right one, but not on yours.")


def _multiple(key: Expr, value: Expr, names: Sequence[str], domain: Domain | None) -> Equal | None:
    """Whether the value is a constant multiple of the key."""
    for point in _places(names):
        at_key, at_value = put_in(key, point), put_in(value, point)
        if at_key.is_finite and at_value.is_finite and at_key != 0 and at_value != 0:
            verdict = decide(key * at_value, value * at_key, domain=domain)
            return verdict if isinstance(verdict, Equal) else None
    return None


def is_another_level(key: Expr, value: Expr, names: Sequence[str], domain: Domain | None = None) -> bool:
    """Whether a multiple of the one differs from the other by a constant.

    >>> from sympy.abc import x, y
    >>> is_another_level(x * y - 4, 3 - x * y, "xy"), is_another_level(x * y, x + y, "xy")
    (True, False)
    """
    first, second = list(_places(names))[:2]
    rises = [put_in(side, first) - put_in(side, second) for side in (key, value)]
    if not all(rise.is_finite and rise != 0 for rise in rises):
        return False
    level = put_in(value, first) * rises[0] - put_in(key, first) * rises[1]
    return isinstance(decide(value * rises[0] - key * rises[1], level, domain=domain), Equal)


def _places(names: Sequence[str]) -> list[dict[Expr, Expr]]:
    """A few points at which nothing is special."""
    primes = ((2, 3, 5, 7), (5, 2, 3, 11), (1, 1, 2, 3))
    return [{Symbol(name): Rational(row[i % 4], 7 + i) for i, name in enumerate(names)} for row in primes]
