"""A plane in space, given by an equation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from zlib import crc32

from sympy import Expr, Rational, S, Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds.bounded import SECONDS, bounded, within
from autograder.answers.kinds.decimals import same
from autograder.answers.kinds.kind import HALF, NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, weakest
from autograder.answers.kinds.level_set import same_set
from autograder.answers.kinds.locus import LinearForm, Locus, linear_form, locus_of, put_in, read_locus
from autograder.answers.kinds.proportion import is_zero, proportion
from autograder.answers.python import of
from autograder.equality import Different, Equal, Undecided
from autograder.notation import listing, plain

QUARTER = Fraction(1, 4)


@dataclass(frozen=True)
class Plane(Kind):
    """A plane: a linear equation in `names`, up to a nonzero factor. The key is an `Eq` or an expression that is 0.

    A student may write an equation, an expression that is 0, `z = ...`, or what stands right of `z =`. A parallel
    plane earns `parallel`; one that is tilted but holds the point `through` earns `tilted`. With `equation=True`, a
    right expression without an equals sign earns `form_credit`.

    >>> from sympy import Eq
    >>> from sympy.abc import x, y, z
    >>> plane = Plane(("x", "y", "z"))
    >>> plane.compare(Eq(x + 2*y + 3*z, 14), plane.take(of(Eq(2*x + 4*y + 6*z, 28)), (x, y, z)).value).credit
    Fraction(1, 1)
    >>> plane.compare(Eq(x + 2*y + 3*z, 14), plane.take(of(x + 2*y + 3*z), (x, y, z)).value).says
    'This plane is parallel to the right one: its normal is right, but it passes elsewhere.'
    """

    names: tuple[str, ...] = ("x", "y", "z")
    through: tuple[Expr, ...] | None = None
    equation: bool = False
    parallel: Fraction = field(default=HALF, kw_only=True)
    tilted: Fraction = field(default=QUARTER, kw_only=True)
    form_credit: Fraction = field(default=HALF, kw_only=True)

    def describe(self) -> str:
        """Say what is wanted."""
        return f"a plane: an equation in {listing(self.names)}"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an equation or an expression."""
        return read_locus(answer, self.names, variables or self.alphabet(()), self.describe())

    def alphabet(self, variables: Sequence[Symbol]) -> Sequence[Symbol]:
        """The letters of the problem, or else those of the equation."""
        return variables or tuple(Symbol(name) for name in self.names)

    @bounded
    def compare(self, key: Any, value: Locus, domain: Domain | None = None) -> Comparison:
        """Compare two equations up to a nonzero factor, then the normals, then one point."""
        right = linear_form(locus_of(key, self.names), self.names)
        if right is None or isinstance(is_zero(right.coefficients), Equal):
            raise ValueError(f"The key {key} is not a plane in {listing(self.names)}.")
        own = linear_form(value, self.names)
        if own is None:
            return self._not_linear(key, value)
        if isinstance(is_zero(own.coefficients), Equal):
            everywhere = isinstance(is_zero((own.constant,)), Equal)
            held = "always holds" if everywhere else "never holds"
            return Comparison(NOWHERE, says=f"This equation {held}: {listing(self.names)} cancel out of it.")
        found = proportion(right.all, own.rounded, self.digits, computed=own.computed)
        if isinstance(found.verdict, Different):
            return self._apart(right, own)
        if isinstance(found.verdict, Undecided):
            return Comparison(found.verdict)
        verdict = Equal(weakest((found.verdict, own.by)))
        notes = ("Read as decimals, right to the digits asked.",) * found.decimal
        if self.equation and not value.equation:
            says = "This is the right expression, but the question asks for an equation: write what it equals."
            return Comparison(verdict, (verdict,), self.form_credit, says, notes)
        return Comparison(verdict, (verdict,), Fraction(1), "", notes)

    def _apart(self, right: LinearForm, own: LinearForm) -> Comparison:
        """Say how another plane lies to the right one."""
        witness = self._witness(right, own)
        normal = proportion(right.coefficients, own.rounded[:-1], self.digits).verdict
        if isinstance(normal, Equal):
            says = "This plane is parallel to the right one: its normal is right, but it passes elsewhere."
            return Comparison(NOWHERE, (normal, NOWHERE), self.parallel, says, witness=witness)
        if self.through is None:
            return Comparison(NOWHERE, (normal,), says="This plane crosses the right one.", witness=witness)
        point = plain(tuple(self.through))
        held, _ = same(S.Zero, own.at(tuple(self.through)), self.digits)
        if isinstance(held, Equal):
            says = f"This plane passes through the right point {point}, but it is tilted the wrong way."
            return Comparison(NOWHERE, (normal, held), self.tilted, says, witness=witness)
        says = f"This plane does not pass through the point {point}, and it is tilted the wrong way."
        return Comparison(NOWHERE, (normal, held), says=says, witness=witness)

    def _not_linear(self, key: Any, value: Locus) -> Comparison:
        """Judge an equation that is not linear; it may still hold on just the right points."""
        found = same_set(locus_of(key, self.names), value, self.names, self.digits)
        if isinstance(found.verdict, Equal):
            return Comparison(found.verdict, (found.verdict,), Fraction(1), notes=found.notes)
        if isinstance(found.verdict, Undecided):
            return Comparison(found.verdict)
        says = f"This is not a plane: its equation is not linear in {listing(self.names)}."
        return Comparison(NOWHERE, says=f"{says} Did a slope stay a formula instead of a number?")

    def _witness(self, right: LinearForm, own: LinearForm) -> str:
        """Name a point of the student's that is not on the right one; small whole numbers where they do."""
        point = point_off(own, right)
        return f"The point {plain(point)} is on yours, but not on the right one." if point else ""

    def in_one_form(self, value: Any) -> Answer:
        """Return the coefficients and the constant, divided by the first that is not zero.

        Of an equation that is not linear, return left minus right side, divided by its value at one odd place.
        """
        return within(SECONDS, lambda: self._in_one_form(value), otherwise=of(value))

    def _in_one_form(self, value: Any) -> Answer:
        try:
            locus = locus_of(value, self.names)
        except ValueError:
            return of(value)
        form = linear_form(locus, self.names)
        if form is None:
            size = put_in(locus.expression, {Symbol(name): odd_number(name) for name in self.names})
            return of(locus.expression / size if size.is_finite and size != 0 else value)
        first = next((a for a in form.all if a != 0), None)
        return of(value) if first is None else of(tuple(a / first for a in form.all))


def odd_number(name: str) -> Expr:
    """Return a number between 1 and 3 that belongs to a name and is not likely to be special to any equation.

    >>> odd_number("x") == odd_number("y")
    False
    """
    return 1 + Rational(crc32(name.encode()) % 4001, 2003)


def point_off(own: LinearForm, right: LinearForm) -> tuple[Expr, ...]:
    """Return a point at which the first form is zero and the second is not; empty when none is found.

    >>> from sympy.abc import x, y
    >>> line, other = linear_form(Locus(x + y - 3), "xy"), linear_form(Locus(x + y - 5), "xy")
    >>> point_off(line, other)
    (3, 0)
    """
    n = len(own.coefficients)
    for solved in range(n):
        if isinstance(is_zero((own.coefficients[solved],)), Equal):
            continue
        for others in ((0,) * n, (1,) * n, (0, 1, 2)[:n], (1, 0, 0)[:n], (2, -1, 3)[:n]):
            point = [S(other) for other in others]
            point[solved] = S.Zero
            point[solved] = -own.at(point) / own.coefficients[solved]
            if isinstance(is_zero((right.at(point),)), Different):
                return tuple(point)
    return ()
