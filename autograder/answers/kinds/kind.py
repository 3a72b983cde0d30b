"""What every kind of answer has in common: taking a student's answer, and comparing it with the key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from sympy import Expr, Symbol, nan, oo, zoo

from autograder.answers.answer import Answer, Missing, Refused, Scalar, Text
from autograder.answers.kinds.decimals import same as same  # wanted beside `Kind`
from autograder.answers.python import of
from autograder.equality import Different, Equal, Grounds, Undecided, Verdict

if TYPE_CHECKING:
    from autograder.answers.typed import Reading

HALF = Fraction(1, 2)

NOWHERE = Different({}, nan, nan)
"""A difference that is not one of values at a point, such as another option or another number of points."""

Domain = Mapping[str, Any]
"""Where the variables live, by name: "positive" or a sympy Interval."""


@dataclass(frozen=True)
class Misfit:
    """Why an answer cannot be compared with the key at all."""

    state: Literal["missing", "wrong"]
    says: str


@dataclass(frozen=True)
class Fitted:
    """An answer that is of the right kind: its value, and what the student should know of how it was read."""

    value: Any
    echo: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """How a value compares with the key, whole and part by part.

    `credit` is the share of the marks that the right parts earn, from 0 to 1; an `Equal` verdict with less than 1
    is a right value in a wrong form. `says` tells the student what is wrong and never holds the key; `witness`
    shows it at a point, in words, where values at the verdict's witness would say less.
    """

    verdict: Verdict
    parts: tuple[Verdict, ...] = ()
    credit: Fraction = Fraction(0)
    says: str = ""
    notes: tuple[str, ...] = ()
    witness: str = ""


@dataclass(frozen=True)
class Kind(ABC):
    """A kind of answer. `digits` is how many significant digits a decimal must have right."""

    digits: int = field(default=4, kw_only=True)

    @abstractmethod
    def describe(self) -> str:
        """What is wanted, as a noun phrase: "a vector with 2 components"."""

    @abstractmethod
    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an answer that is given and readable; say what is wrong when it is of another kind."""

    @abstractmethod
    def compare(self, key: Any, value: Any, domain: Domain | None = None) -> Comparison:
        """Compare a fitted value with the key."""

    def in_one_form(self, value: Any) -> Answer:
        """Return a fitted value, or a wrong one, as the answer in which mistakes are looked up."""
        return of(value)

    def fit(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Ask in order: given at all? still the stub? readable? the right kind of thing?

        >>> from autograder.answers.kinds import Number
        >>> Number().fit(Missing("stub"), ()).says
        'Nothing here yet: put your answer in the place of the three dots.'
        """
        if isinstance(answer, Missing):
            return Misfit("missing", _MISSING[answer.why])
        if isinstance(answer, Refused):
            return Misfit("wrong", f"This is {answer.reason}; the question asks for {self.describe()}.")
        if isinstance(answer, Text):
            if not answer.text.strip():
                return Misfit("missing", _MISSING["blank"])
            return self.take_text(answer.text, variables)
        return self.take(answer, variables)

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed mathematics and take what it says."""
        from autograder.answers.typed import ReadingError, read

        try:
            reading = read(text, self.alphabet(variables))
        except ReadingError as error:
            return Misfit("wrong", str(error))
        return echoed(self.take(reading.answer, variables), reading)

    def alphabet(self, variables: Sequence[Symbol]) -> Sequence[Symbol]:
        """Return the letters that typed text may hold."""
        return variables


def echoed(fitted: Fitted | Misfit, reading: Reading) -> Fitted | Misfit:
    """Add to what was taken how the text was read."""
    if isinstance(fitted, Misfit):
        return fitted
    return Fitted(fitted.value, reading.echo, reading.notes + fitted.notes)


_MISSING = {
    "none": "Nothing here yet: the answer is None. Did a function forget to return its result?",
    "stub": "Nothing here yet: put your answer in the place of the three dots.",
    "blank": "Nothing here yet: type your answer.",
    "undefined": "The name that this cell looks for does not exist. Run the cell above it, and keep its name.",
}


def finite_scalar(answer: Answer, place: str = "Your answer") -> Expr | Misfit:
    """Return the expression inside a finite scalar; say what is wrong with anything else."""
    if not isinstance(answer, Scalar):
        return Misfit("wrong", f"{place} should be one number or expression.")
    if answer.expression.has(oo, -oo, zoo, nan):
        return Misfit("wrong", f"{place} is not finite. Did you divide by zero?")
    return answer.expression


def weakest(verdicts: Iterable[Verdict]) -> Grounds:
    """Return the weakest of the grounds on which several equalities rest; nothing is wrong with none at all.

    >>> from autograder.equality import Equal
    >>> weakest([Equal(Grounds.structure()), Equal(Grounds.decimal(digits=4))]).kind
    'decimal'
    """
    order = ("structure", "proof", "decimal", "evidence")
    found = [verdict.by for verdict in verdicts if isinstance(verdict, Equal)]
    return max(found, key=lambda by: order.index(by.kind), default=Grounds.structure())


def whole(parts: Sequence[Verdict]) -> Verdict:
    """Join the verdicts of the parts: one difference decides, and one doubt leaves the whole in doubt."""
    for sort in (Different, Undecided):
        for verdict in parts:
            if isinstance(verdict, sort):
                return verdict
    return parts[0]
