"""Steps in order: the points of a path, the terms of a sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol

from autograder.answers.answer import Answer, Items, Text
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.components import flat
from autograder.answers.kinds.expression import Expression, sort
from autograder.answers.kinds.kind import NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, weakest
from autograder.answers.python import of
from autograder.equality import Equal, Undecided

MOST = 400
"""The most steps that are looked at."""


@dataclass(frozen=True)
class Steps(Kind):
    """A list of answers of one kind, in order. The key is the sequence of right steps, without the start.

    Where `start` is given, a list that begins with it is right too. The right steps before the first wrong one earn
    their share.

    >>> from autograder.answers.kinds import Number
    >>> steps = Steps(Number(), start=16)
    >>> steps.compare((8, 4, 2, 1), steps.take(of([8, 4, 3, 1]), ()).value).says
    'The first 2 steps are right; look at step 3.'
    """

    inner: Kind
    start: Any = None

    def describe(self) -> str:
        """Say what is wanted."""
        return f"a list of steps, each {self.inner.describe()}"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a list, tuple or array."""
        if not isinstance(answer, Items):
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        if answer.form == "set":
            return Misfit("wrong", "A set has no order, steps have: write a list, [first, second, …].")
        if len(answer) > MOST:
            return Misfit("wrong", f"These are {len(answer)} steps; far fewer are wanted.")
        single = len(answer) == 1 and isinstance(answer.items[0], Items) and isinstance(self.inner, Expression)
        taken: list[Any] = []
        notes: list[str] = []
        for number, item in enumerate(answer.items[0] if single else answer, 1):  # type: ignore[arg-type]
            fitted = self.inner.fit(item, variables) if isinstance(item, Text) else self.inner.take(item, variables)
            if isinstance(fitted, Misfit):
                return Misfit(fitted.state, f"In step {number}: {fitted.says}")
            taken.append(fitted.value)
            notes += fitted.notes
        return Fitted(tuple(taken), notes=tuple(dict.fromkeys(notes)))

    def in_one_form(self, value: Any) -> Answer:
        """Return the steps one after the other in one row."""
        row: list[Answer] = []
        for step in value if isinstance(value, list | tuple) else ():
            form = self.inner.in_one_form(step)
            row += flat(form) if isinstance(form, Items) else (form,)
        return Items(tuple(row)) if row else of(value)

    @bounded
    def compare(self, key: Sequence[Any], value: Sequence[Any], domain: Domain | None = None) -> Comparison:
        """Compare step by step up to the first wrong one."""
        right = [self._key(step) for step in key]
        notes: tuple[str, ...] = ()
        if self._begins_with_start(right, value, domain):
            value, notes = value[1:], ("Your list begins with the start itself; the steps after it were judged.",)
        compared = []
        for wanted, own in zip(right, value, strict=False):
            compared.append(self.inner.compare(wanted, own, domain))
            if not isinstance(compared[-1].verdict, Equal):
                break
        parts = tuple(each.verdict for each in compared)
        notes = tuple(dict.fromkeys((*notes, *(note for each in compared for note in each.notes))))
        good = sum(isinstance(part, Equal) for part in parts)
        if good == len(right) == len(value):
            return Comparison(Equal(weakest(parts)), parts, Fraction(1), notes=notes)
        if parts and isinstance(parts[-1], Undecided):
            return Comparison(parts[-1], parts, notes=notes)
        credit = Fraction(good, max(1, len(right)))
        if good == len(right):
            credit = Fraction(good, len(value))
        last = compared[-1] if good < len(compared) else Comparison(NOWHERE)
        return Comparison(last.verdict, parts, credit, self._says(good, len(right), len(value), last), notes)

    def _key(self, step: Any) -> Any:
        """Return one step of the key as its kind takes it."""
        letters = sorted(getattr(step, "free_symbols", ()), key=str)
        fitted = self.inner.take(of(step), letters)
        return fitted.value if isinstance(fitted, Fitted) else step

    def _begins_with_start(self, key: Sequence[Any], value: Sequence[Any], domain: Domain | None) -> bool:
        if self.start is None or not value or len(value) > len(key) + 1:
            return False
        begins = isinstance(self.inner.compare(self._key(self.start), value[0], domain).verdict, Equal)
        stays = bool(key) and isinstance(self.inner.compare(key[0], value[0], domain).verdict, Equal)
        return begins and (not stays or len(value) == len(key) + 1)

    def _says(self, good: int, wanted: int, given: int, last: Comparison) -> str:
        first = {0: "", 1: "The first step is right"}.get(good, f"The first {good} steps are right")
        if good in (given, wanted):
            more = f"{wanted} steps are asked, and you gave {given}." if wanted != 1 else "One step is asked."
            return f"{first}. {more}" if first else more
        look = f"{first}; look at step {good + 1}." if first else "Look at the first step."
        return f"{look} {last.says}".strip()
