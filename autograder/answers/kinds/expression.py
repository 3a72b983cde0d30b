"""One number, or one expression in the problem's variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from autograder.answers.answer import Answer, Equation, Function, Items, Scalar, Truth
from autograder.answers.kinds.kind import Comparison, Domain, Fitted, Kind, Misfit, finite_scalar, same
from autograder.equality import Equal
from autograder.notation import listing


@dataclass(frozen=True)
class Expression(Kind):
    """One expression in the problem's variables.

    >>> from sympy.abc import x, y
    >>> Expression().take(Scalar(2 * x * y), (x, y)).value
    2*x*y
    """

    def describe(self) -> str:
        """Say what is wanted."""
        return "one expression"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a scalar, or the only item of a list; its letters must be the problem's own."""
        if isinstance(answer, Items) and len(answer) == 1:
            answer = answer.items[0]
        if not isinstance(answer, Scalar):
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        value = finite_scalar(answer)
        if isinstance(value, Misfit):
            return value
        return self._letters(value, variables)

    def _letters(self, value: Expr, variables: Sequence[Symbol]) -> Fitted | Misfit:
        strangers = stray_names(value, variables)
        if strangers:
            return Misfit("wrong", strangers)
        return Fitted(value)

    def compare(self, key: Expr, value: Expr, domain: Domain | None = None) -> Comparison:
        """Compare two expressions wherever both make sense."""
        verdict, notes = same(key, value, self.digits, domain)
        return Comparison(verdict, (verdict,), Fraction(int(isinstance(verdict, Equal))), notes=notes)


@dataclass(frozen=True)
class Number(Expression):
    """One number, free of variables.

    >>> from sympy.abc import x
    >>> Number().take(Scalar(2 * x), (x,)).says
    'The question asks for a number, and x still stands in your answer.'
    """

    def describe(self) -> str:
        """Say what is wanted."""
        return "a number"

    def _letters(self, value: Expr, variables: Sequence[Symbol]) -> Fitted | Misfit:
        if names := sorted(symbol.name for symbol in value.free_symbols):
            verb = "stands" if len(names) == 1 else "stand"
            return Misfit("wrong", f"The question asks for a number, and {listing(names)} still {verb} in your answer.")
        return Fitted(value)


def stray_names(value: Expr, variables: Sequence[Symbol]) -> str:
    """Name the letters that the problem does not have, or return an empty text."""
    known = [variable.name for variable in variables]
    strangers = sorted({symbol.name for symbol in value.free_symbols} - set(known))
    if not strangers:
        return ""
    return f"{listing(strangers)} is not part of this problem: its variables are {listing(known)}."


def sort(answer: Answer) -> str:
    """Name what an answer is, as a noun phrase.

    >>> from sympy import Integer
    >>> sort(Items((Scalar(Integer(1)), Scalar(Integer(2))), "list"))
    'a list of 2'
    """
    match answer:
        case Items(items, form):
            noun = {"row": "row matrix", "column": "column matrix", "array": "numpy array"}.get(form, form)
            return f"a {noun} of {len(items)}"
        case Equation():
            return "an equation"
        case Truth():
            return "True or False"
        case Function(name):
            return f"the function {name} itself (did you forget to call it?)"
        case Scalar():
            return "a single value"
        case _:
            return f"a {type(answer).__name__.lower()}"
