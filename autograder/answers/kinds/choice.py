"""One of several options, with a reason for each wrong one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import ascii_lowercase

from sympy import Integer, Symbol

from autograder.answers.answer import Answer, Items, Scalar, Text, Truth
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import NOWHERE, Comparison, Domain, Fitted, Kind, Misfit
from autograder.equality import Equal, Grounds
from autograder.notation import listing


@dataclass(frozen=True)
class Choice(Kind):
    """One of `options`; `reasons` says of a wrong one why it is wrong. The key is the right option.

    A student may give the option itself (capitals do not matter), its number from 1, or its letter.

    >>> choice = Choice(("uphill", "downhill", "along the contour"), {"downhill": "That is minus the gradient."})
    >>> choice.compare("uphill", choice.take(Scalar(Integer(2)), ()).value).says
    'That is minus the gradient.'
    >>> choice.take(Text("sideways"), ()).says
    '“sideways” is not one of the options: (a) uphill, (b) downhill or (c) along the contour.'
    """

    options: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict, hash=False)

    def describe(self) -> str:
        """Say what is wanted."""
        return f"one of the options: {self._listed()}"

    def _listed(self) -> str:
        named = zip(ascii_lowercase, self.options, strict=False)
        return listing((f"({letter}) {option}" for letter, option in named), "or")

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an option by its text, its number or its letter."""
        if isinstance(answer, Items) and len(answer) == 1:
            answer = answer.items[0]
        match answer:
            case Text(text):
                found = self._named(text)
                said = f"“{text.strip()[:60]}”"
            case Truth(value):
                found = self._named("true" if value else "false") or self._named("yes" if value else "no")
                said = str(value)
            case Scalar(expression) if isinstance(expression, Symbol | Integer) or expression.is_Float:
                text = str(expression.name) if isinstance(expression, Symbol) else f"{float(expression):g}"
                found, said = self._named(text), text
            case _:
                return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        if found is None:
            return Misfit("wrong", f"{said} is not one of the options: {self._listed()}.")
        return Fitted(found)

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take the words as they are: they are no mathematics."""
        if not text.strip():
            return Misfit("missing", "Nothing here yet: choose one of the options.")
        return self.take(Text(text), variables)

    def _named(self, text: str) -> str | None:
        """Return the option that a text means: its words first, then a number, then a letter."""
        plain = _plain(text)
        for option in self.options:
            if _plain(option) == plain:
                return option
        short = plain.removeprefix("option").strip("()")
        places = {str(i): option for i, option in enumerate(self.options, 1)}
        places |= dict(zip(ascii_lowercase, self.options, strict=False))
        return places.get(short)

    def in_one_form(self, value: str) -> Answer:
        """Return the number of the option."""
        option = self._named(value)
        return Scalar(Integer(self.options.index(option) + 1)) if option else Text(value)

    def compare(self, key: str, value: str, domain: Domain | None = None) -> Comparison:
        """Compare two options. Raises `ValueError` for a key that is no option."""
        right = self._named(key)
        if right is None:
            raise ValueError(f"The key {key!r} is not one of the options.")
        if right == value:
            return Comparison(Equal(Grounds("it is the right option", "structure")), (), Fraction(1))
        reasons = {self._named(option): reason for option, reason in self.reasons.items()}
        return Comparison(NOWHERE, (NOWHERE,), says=reasons.get(value, "This is not the right option."))


def _plain(text: str) -> str:
    """Drop what does not tell options apart: capitals, blanks, the sign of a product, marks at the ends."""
    written = text.casefold().strip(" .,;:!?\"'“”").replace("**", "^")
    return "".join(written.replace("*", "").replace("·", "").split())
