"""A straight line, by an equation in the plane or by a parametrisation in any dimension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from sympy import Expr, Matrix, S, Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds.bounded import SECONDS, bounded, within
from autograder.answers.kinds.kind import HALF, NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, echoed, weakest
from autograder.answers.kinds.level_set import same_set
from autograder.answers.kinds.locus import Locus, linear_form
from autograder.answers.kinds.plane import QUARTER
from autograder.answers.kinds.proportion import is_zero, proportion
from autograder.answers.kinds.straight import Curve, Straight, Written, read_line, runs_along_all, straight
from autograder.answers.python import of
from autograder.equality import Different, Equal, Grounds, Undecided, Verdict, decide
from autograder.notation import listing, plain


@dataclass(frozen=True)
class Line(Kind):
    """A line. The key is an `Eq` or an expression that is 0 (in the plane), or a tuple in one parameter.

    A student may write an equation in the plane, two in space, or a tuple in one parameter of any name; any
    parametrisation of the same line is right. A parallel line earns `parallel`; another line through the point
    `through` earns `crossing`.

    >>> from sympy import Eq
    >>> from sympy.abc import s, t, x, y
    >>> line = Line(("x", "y"))
    >>> line.compare(Eq(x + 3*y, 7), line.take(of((4 - 6*s, 1 + 2*s)), (x, y)).value).credit
    Fraction(1, 1)
    >>> line.compare((1 + 3*t, 2 - t), line.take(of(Eq(x + 3*y, 5)), (x, y)).value).says
    'This line is parallel to the right one: right direction, but it passes elsewhere.'
    """

    names: tuple[str, ...]
    through: tuple[Expr, ...] | None = None
    parallel: Fraction = field(default=HALF, kw_only=True)
    crossing: Fraction = field(default=QUARTER, kw_only=True)

    def describe(self) -> str:
        """Say what is wanted."""
        shape = f"({', '.join('…' for _ in self.names)})"
        if len(self.names) == 2:
            return f"a line: an equation in {listing(self.names)}, or a point {shape} that moves with a parameter t"
        return f"a line: a point {shape} that moves with a parameter t"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an equation, equations, or a tuple in one parameter."""
        return read_line(answer, self.names, variables or self._letters, self.describe())

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed mathematics in which one more letter, the parameter, may stand."""
        from autograder.answers.typed import ReadingError, read

        try:
            reading = read(self._without_parameter(text), self._letters, strict=False)
        except ReadingError as error:
            return Misfit("wrong", str(error))
        return echoed(self.take(reading.answer, variables), reading)

    def _without_parameter(self, text: str) -> str:
        """Read `x(t) = 1 + 2t` as `x = 1 + 2t`; spaces keep every sign in its place."""
        heads = re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, self.names))})(\s*\(\s*[a-z]\s*\))(?=\s*=)")
        return heads.sub(lambda found: found.group(1) + " " * len(found.group(2)), text)

    @property
    def _letters(self) -> tuple[Symbol, ...]:
        return tuple(Symbol(name) for name in self.names)

    @bounded
    def compare(self, key: Any, value: Written, domain: Domain | None = None) -> Comparison:
        """Compare two lines: direction first, then one point."""
        right = self._right(key)
        if isinstance(value, Locus) and len(self.names) == 2 and (as_equation := self._by_equation(right, value)):
            return as_equation
        own = straight(value, self.names)
        if own is None:
            return self._not_straight(right, value)
        if isinstance(is_zero(own.direction), Equal):
            stands = "does not move" if isinstance(value, Curve) else "has no direction"
            return Comparison(NOWHERE, says=f"This is no line: it {stands}.")
        along = proportion(right.direction, own.direction, self.digits).verdict
        across = proportion(right.direction, right.to(own.point), self.digits).verdict
        for unclear in (along, across):
            if isinstance(unclear, Undecided):
                return Comparison(unclear)
        if isinstance(along, Different):
            return self._turned(right, own)
        if isinstance(across, Equal):
            return Comparison(Equal(weakest((along, across))), (along, across), Fraction(1))
        witness = f"The point {plain(own.point)} is on yours, but not on the right one."
        says = "This line is parallel to the right one: right direction, but it passes elsewhere."
        if self.through is not None:
            says = f"Right direction, but this line misses the point {plain(tuple(self.through))}."
        return Comparison(NOWHERE, (along, NOWHERE), self.parallel, says, witness=witness)

    def _right(self, key: Any) -> Straight:
        fitted = Fitted(key) if isinstance(key, Curve | Locus) else self.take(of(key), self._letters)
        line = straight(fitted.value, self.names) if isinstance(fitted, Fitted) else None
        if line is None or isinstance(is_zero(line.direction), Equal):
            raise ValueError(f"The key {key} is not a line in {listing(self.names)}.")
        return line

    def _by_equation(self, right: Straight, value: Locus) -> Comparison | None:
        """Compare linear equations as they stand, so that rounded coefficients are seen; None when they differ."""
        own = linear_form(value, self.names)
        if own is None or isinstance(is_zero(own.coefficients), Equal):
            return None
        (a, b), (p, q) = right.direction, right.point
        found = proportion((b, -a, a * q - b * p), own.rounded, self.digits, computed=own.computed)
        if not isinstance(found.verdict, Equal):
            return None
        verdict = Equal(weakest((found.verdict, own.by)))
        notes = ("Read as decimals, right to the digits asked.",) * found.decimal
        return Comparison(verdict, (verdict,), Fraction(1), notes=notes)

    def _turned(self, right: Straight, own: Straight) -> Comparison:
        """Judge a line with another direction."""
        if self.through is not None:
            point = plain(tuple(self.through))
            held = proportion(own.direction, own.to(self.through), self.digits).verdict
            if isinstance(held, Equal):
                says = f"This line passes through the right point {point}, but in another direction."
                return Comparison(NOWHERE, (NOWHERE, held), self.crossing, says)
            return Comparison(NOWHERE, (NOWHERE, held), says=f"Another direction, and it misses the point {point}.")
        if isinstance(_in_one_plane(right, own), Equal):
            return Comparison(NOWHERE, (NOWHERE,), says="This line crosses the right one: its direction is another.")
        return Comparison(
            NOWHERE, (NOWHERE,), says="This line has another direction, and it never meets the right one."
        )

    def _not_straight(self, right: Straight, value: Written) -> Comparison:
        """Judge what is not a line at a constant pace; it may still run along the right one."""
        if isinstance(value, Locus):
            (a, b), (p, q) = right.direction, right.point
            x, y = self._letters
            found = same_set(Locus(b * (x - p) - a * (y - q)), value, self.names, self.digits)
            if isinstance(found.verdict, Different):
                says = f"This is not a line: its equation is not linear in {listing(self.names)}."
                return Comparison(NOWHERE, says=says, witness=found.witness)
            credit = Fraction(int(isinstance(found.verdict, Equal)))
            return Comparison(found.verdict, (found.verdict,), credit, notes=found.notes)
        if not isinstance(value, Curve):
            return Comparison(NOWHERE, says="These equations do not make a line: they are not linear.")
        held = _stays_on(right, value)
        if isinstance(held, Equal):
            if runs_along_all(value):
                return Comparison(held, (held,), Fraction(1), notes=("An unusual way to run along it, but right.",))
            says = "This runs along the right line, but maybe not along all of it. Write point + t · direction."
            return Comparison(NOWHERE, (held,), self.parallel, says)
        if isinstance(held, Undecided):
            return Comparison(held)
        return Comparison(NOWHERE, says="This is a curve, not a straight line: each coordinate should be a + b·t.")

    def in_one_form(self, value: Any) -> Answer:
        """Return the foot of the line (its point nearest to 0) and its direction, scaled to begin with 1."""
        return within(SECONDS, lambda: self._in_one_form(value), otherwise=of(value))

    def _in_one_form(self, value: Any) -> Answer:
        try:
            line = straight(value, self.names) if isinstance(value, Curve | Locus) else self._right(value)
        except ValueError:
            return of(value)
        if line is None or isinstance(is_zero(line.direction), Equal):
            return of(value)
        point, along = Matrix(line.point), Matrix(line.direction)
        foot = point - along * (point.dot(along) / along.dot(along))
        first = next(part for part in along if part != 0)
        return of((*foot, *(along / first)))


def _in_one_plane(one: Straight, other: Straight) -> Verdict:
    """Whether two lines with different directions meet: every minor of three rows is zero."""
    rows = Matrix([one.direction, other.direction, one.to(other.point)])
    if rows.cols == 2:
        return Equal(Grounds.structure())
    return is_zero(rows[:, list(columns)].det() for columns in combinations(range(rows.cols), 3))


def _stays_on(line: Straight, curve: Curve) -> Verdict:
    """Whether every point of a curve lies on a line."""
    away = line.to(curve.coordinates)
    pairs = combinations(range(len(away)), 2)
    verdicts = [decide(line.direction[i] * away[j], line.direction[j] * away[i]) for i, j in pairs]
    return next((v for v in verdicts if not isinstance(v, Equal)), verdicts[0]) if verdicts else decide(S.Zero, S.Zero)
