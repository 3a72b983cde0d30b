"""A potential: an expression up to a constant, or the words that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Expr, Integer, Symbol, diff

from autograder.answers.answer import Answer, Items, Scalar, Text
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.decimals import closeness
from autograder.answers.kinds.expression import Expression
from autograder.answers.kinds.kind import HALF, NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, weakest, whole
from autograder.answers.python import of
from autograder.equality import Equal, Grounds
from autograder.notation import listing

NOT_CONSERVATIVE = "not conservative"
"""The answer for a field without a potential."""

_SAME = frozenset(
    {
        NOT_CONSERVATIVE,
        "non conservative",
        "nonconservative",
        "no potential",
        "there is no potential",
        "no potential exists",
        "has no potential",
        "none",
        "no",
        "not",
        "does not exist",
    }
)
_FREE = ("C", "c", "K", "k")
"""Letters that people write for the constant."""


@dataclass(frozen=True)
class UpToConstant(Kind):
    """A function of `names`, up to an added constant; or the words "not conservative".

    The key is an expression or `NOT_CONSERVATIVE`. An added constant, also a letter C, does not matter. A wrong
    expression earns half of the share of the derivatives that it has right.

    >>> from sympy.abc import x, y
    >>> potential = UpToConstant(("x", "y"))
    >>> value = potential.take_text("x^2 y + C", (x, y)).value
    >>> potential.compare(x**2 * y + 3 * y, value).says
    'Its derivative along x is right; look again at the one along y.'
    """

    names: tuple[str, ...]

    def describe(self) -> str:
        """Say what is wanted."""
        return f'one expression in {listing(self.names)}, or the words "{NOT_CONSERVATIVE}"'

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an expression, with or without a constant; or the words, in a list of one."""
        if isinstance(answer, Items) and len(answer) == 1 and isinstance(answer.items[0], Text):
            return self.take_text(answer.items[0].text, variables)
        fitted = Expression().take(answer, self.alphabet(variables))
        if isinstance(fitted, Misfit):
            says = fitted.says.replace("one expression", self.describe(), 1)
            return Misfit(fitted.state, says)
        return fitted

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed mathematics, or words that say that there is no potential.

        >>> UpToConstant(("x",)).take_text("Not conservative.", ()).value
        'not conservative'
        """
        if _says_none(text):
            return Fitted(NOT_CONSERVATIVE)
        return super().take_text(text, variables)

    def alphabet(self, variables: Sequence[Symbol]) -> Sequence[Symbol]:
        """Return the letters of the problem, and those for a constant."""
        known = {variable.name for variable in variables}
        return (*variables, *(Symbol(name) for name in _FREE if name not in known))

    def in_one_form(self, value: Any) -> Answer:
        """Return the derivatives, which know nothing of the constant."""
        form = of(value)
        if isinstance(form, Text):
            return Scalar(Integer(0)) if _says_none(form.text) else form
        if not isinstance(form, Scalar):
            return form
        slopes = (Scalar(diff(form.expression, Symbol(name))) for name in self.names)
        return Items((Scalar(Integer(1)), *slopes))

    @bounded
    def compare(self, key: Expr | str, value: Expr | str, domain: Domain | None = None) -> Comparison:
        """Compare derivative by derivative."""
        if isinstance(key, str) or isinstance(value, str):
            if isinstance(key, str) and isinstance(value, str):
                return Comparison(Equal(Grounds.proof()), (), Fraction(1))
            says = (
                "This field is not a gradient: no function has these derivatives."
                if isinstance(key, str)
                else "This field does have a potential. Compare the mixed derivatives once more."
            )
            return Comparison(NOWHERE, (NOWHERE,), says=says)
        symbols = [Symbol(name) for name in self.names]
        close = [closeness(diff(key, v), diff(value, v), self.digits, domain) for v in symbols]
        parts = tuple(each.verdict for each in close)
        verdict = whole(parts)
        notes = tuple(dict.fromkeys(note for each in close for note in each.notes))
        if isinstance(verdict, Equal):
            return Comparison(Equal(weakest(parts)), parts, Fraction(1), notes=notes)
        right = [name for name, part in zip(self.names, parts, strict=True) if isinstance(part, Equal)]
        wrong = [name for name in self.names if name not in right]
        if not right or not value.free_symbols & set(symbols):
            return Comparison(verdict, parts)
        plural, verb = ("derivatives", "are") if len(right) > 1 else ("derivative", "is")
        other = "those" if len(wrong) > 1 else "the one"
        says = f"Its {plural} along {listing(right)} {verb} right; look again at {other} along {listing(wrong)}."
        return Comparison(verdict, parts, HALF * Fraction(len(right), len(parts)), says, notes)


def _says_none(text: str) -> bool:
    words = " ".join(text.casefold().replace("-", " ").split()).strip(" .!\"'“”„‘’`$")
    for start in ("it is ", "the field is ", "f is ", "this field is ", "is "):
        words = words.removeprefix(start)
    return words in _SAME
