"""Expressions on plain symbols: the assumptions and the LaTeX dress of a student's symbols are taken off."""

from __future__ import annotations

from sympy import Add, Basic, Expr, Mul

from .machine import rebuild
from .numbers import RefusalError
from .program import NAME, Operation, operations


def _plain_name(name: str) -> str:
    r"""Return the name of a symbol without LaTeX dress: `\theta` and `x_{1}` are theta and x_1."""
    bare = str.__str__(name).removeprefix("\\").replace("{", "").replace("}", "").strip()
    if not NAME.fullmatch(bare):
        raise RefusalError(f"a symbol with the name {str.__str__(name)[:40]!a}")
    return bare


def _renamed(program: list[Operation]) -> list[Operation]:
    return [["y", _plain_name(step[1])] if step[0] == "y" else step for step in program]


def _canonical(expression: Expr) -> Expr:
    """Return the expression with its sums and products put in sympy's own order.

    Symbols lose their assumptions on the way in, and sympy orders and merges by assumptions too. A number
    times a sum stays a product, as sympy itself keeps it in factored expressions.
    """
    if not expression.args:
        return expression
    arguments = [_canonical(part) if isinstance(part, Expr) else part for part in expression.args]
    if isinstance(expression, Add):
        return Add(*arguments)
    if isinstance(expression, Mul):
        factored = len(arguments) == 2 and arguments[0].is_Number and arguments[1].is_Add
        return Mul(*arguments, evaluate=not factored)
    if all(new is old for new, old in zip(arguments, expression.args, strict=True)):
        return expression
    return expression.func(*arguments, evaluate=False) if expression.is_Pow else expression.func(*arguments)


def on_plain_symbols(value: Basic) -> tuple[Expr, int]:
    """Return a copy of a sympy expression on plain symbols, and how many operations it takes.

    >>> from sympy import Symbol
    >>> on_plain_symbols(Symbol("x", positive=True))[0] == Symbol("x")
    True
    """
    program = operations(value)
    copy = rebuild(_renamed(program))
    return (copy if copy == value else _canonical(copy)), len(program)
