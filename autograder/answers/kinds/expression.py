"""One number, or one expression in the problem's variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Expr, Symbol

from autograder.answers.answer import Answer, Equation, Function, Items, Scalar, Table, Text, Truth
from autograder.answers.kinds.chains import as_scalar
from autograder.answers.kinds.decimals import closeness
from autograder.answers.kinds.forms import Form, known, trouble
from autograder.answers.kinds.kind import HALF, Comparison, Domain, Fitted, Kind, Misfit, echoed, finite_scalar
from autograder.equality import Equal
from autograder.notation import listing


@dataclass(frozen=True)
class Expression(Kind):
    """One expression in the problem's variables. The key is a sympy expression.

    `form` asks for a form too ("simplified", "factored", "expanded", "evaluated" or "exact"); a right value in the
    wrong form earns `form_credit`. Raises `ValueError` for a form that there is not.

    >>> from sympy.abc import x, y
    >>> Expression().take(Scalar(2 * x * y), (x, y)).value
    2*x*y
    >>> Expression(form="factored").compare(x**2 - 1, x**2 - 1).credit
    Fraction(1, 2)
    """

    form: Form = field(default="", kw_only=True)
    form_credit: Fraction = field(default=HALF, kw_only=True)

    def __post_init__(self) -> None:
        if not known(self.form):
            raise ValueError(f"There is no form {self.form!r}; see autograder.answers.kinds.forms.")

    def describe(self) -> str:
        """Say what is wanted."""
        article = "an" if self.form[:1] in ("", "e") else "a"
        return f"{article} {self.form} expression".replace("  ", " ") if self.form else "one expression"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a scalar, or the only item of a list; its letters must be the problem's own."""
        if isinstance(answer, Items) and len(answer) == 1:
            answer = answer.items[0]
        answer = answer if self.form else as_scalar(answer)
        if not isinstance(answer, Scalar):
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        value = finite_scalar(answer)
        if isinstance(value, Misfit):
            return value
        return self._letters(value, variables)

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take typed mathematics; where a form is asked for, exactly as it was typed."""
        if not self.form:
            return super().take_text(text, variables)
        from autograder.answers.typed import ReadingError, read

        try:
            reading = read(text, self.alphabet(variables))
        except ReadingError as error:
            return Misfit("wrong", str(error))
        as_typed = isinstance(reading.answer, Scalar) and isinstance(reading.written, Expr)
        return echoed(self.take(Scalar(reading.written) if as_typed else reading.answer, variables), reading)

    def _letters(self, value: Expr, variables: Sequence[Symbol]) -> Fitted | Misfit:
        strangers = stray_names(value, variables)
        if strangers:
            return Misfit("wrong", strangers)
        return Fitted(value)

    def compare(self, key: Expr, value: Expr, domain: Domain | None = None) -> Comparison:
        """Compare two expressions wherever both make sense, and look at the form of a right one."""
        close = closeness(key, value, self.digits, domain)
        if not isinstance(close.verdict, Equal):
            return Comparison(close.verdict, (close.verdict,), close.credit, close.says, close.notes)
        wrong_form = trouble(self.form, key, value)
        if wrong_form:
            return Comparison(close.verdict, (close.verdict,), self.form_credit, wrong_form)
        return Comparison(close.verdict, (close.verdict,), Fraction(1), "", close.notes)


@dataclass(frozen=True)
class Number(Expression):
    """One number, free of variables. The key is a sympy number; a decimal is right when `digits` digits are.

    >>> from sympy.abc import x
    >>> Number().take(Scalar(2 * x), (x,)).says
    'The question asks for a number, and x still stands in your answer.'
    """

    def describe(self) -> str:
        """Say what is wanted."""
        article = "an" if self.form[:1] == "e" else "a"
        return f"{article} {self.form} number" if self.form else "a number"

    def _letters(self, value: Expr, variables: Sequence[Symbol]) -> Fitted | Misfit:
        if names := sorted(symbol.name for symbol in value.free_symbols):
            verb = "stands" if len(names) == 1 else "stand"
            return Misfit("wrong", f"The question asks for a number, and {listing(names)} still {verb} in your answer.")
        return Fitted(value)


def stray_names(value: Expr, variables: Sequence[Symbol]) -> str:
    """Name the letters that the problem does not have, or return an empty text.

    >>> from sympy.abc import t, x, y
    >>> stray_names(t * x, (x, y))
    't is not part of this problem: its variables are x and y.'
    """
    known = [variable.name for variable in variables]
    strangers = sorted({symbol.name for symbol in value.free_symbols} - set(known))
    if not strangers:
        return ""
    verb = "is" if len(strangers) == 1 else "are"
    if not known:
        return f"{listing(strangers)} {verb} not part of this problem: it has no variables."
    its = "its variable is" if len(known) == 1 else "its variables are"
    return f"{listing(strangers)} {verb} not part of this problem: {its} {listing(known)}."


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
        case Table():
            return "a dict"
        case Text():
            return "a text"
        case _:
            return "something else"
