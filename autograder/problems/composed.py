"""Answers to chain-rule questions: in the parameters, or with inner variables still standing in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds import Expression, Fitted, Misfit, Vector
from autograder.notation import listing, plain
from nabla.chain_rule import order, put_in

Inner = tuple[tuple[Symbol, Expr], ...]
"""What each inner variable is made of."""


@dataclass(frozen=True)
class Composed(Expression):
    """One expression in the parameters. Where inner variables still stand in it they are put in, and that is said.

    >>> from autograder.answers import of
    >>> from sympy import cos
    >>> from sympy.abc import t, x
    >>> fitted = Composed(((x, cos(t)),)).take(of(2 * x), (t, x))
    >>> fitted.value, fitted.notes
    (2*cos(t), ('In your answer we put x = cos(t).',))
    """

    inner: Inner = ()

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take an expression in parameters and inner variables."""
        fitted = super().take(answer, variables)
        return fitted if isinstance(fitted, Misfit) else _in_parameters(fitted, (fitted.value,), self.inner, alone=True)


@dataclass(frozen=True)
class ComposedVector(Vector):
    """Several such expressions, one for each parameter.

    >>> from autograder.answers import of
    >>> from sympy.abc import s, t, x
    >>> ComposedVector(("s", "t"), inner=((x, s * t),)).take(of((2 * x, s)), (s, t, x)).value
    (2*s*t, s)
    """

    inner: Inner = ()

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a vector of expressions in parameters and inner variables."""
        fitted = super().take(answer, variables)
        return fitted if isinstance(fitted, Misfit) else _in_parameters(fitted, fitted.value, self.inner, alone=False)


def _in_parameters(fitted: Fitted, parts: Sequence[Expr], inner: Inner, *, alone: bool) -> Fitted:
    made_of = dict(inner)
    standing = [v for v in order(made_of) if any(part.has(v) for part in parts)]
    if not standing:
        return fitted
    value = tuple(put_in(part, made_of) for part in parts)
    note = f"In your answer we put {listing(f'{v} = {plain(made_of[v])}' for v in standing)}."
    return Fitted(value[0] if alone else value, fitted.echo, (*fitted.notes, note))
