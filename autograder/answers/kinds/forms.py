"""The form of an expression: factored, expanded, simplified, evaluated, exact.

A form is looked at only when the value is right already. What sympy does by itself while an answer is built (2x + 3x
becomes 5x) cannot be seen in Python answers; typed text is looked at as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from sympy import (
    Add,
    Derivative,
    Expr,
    Float,
    Function,
    Integer,
    Integral,
    Mul,
    PolynomialError,
    Pow,
    Product,
    Rational,
    Subs,
    Sum,
    cancel,
    count_ops,
    expand,
    factor,
    factor_list,
    preorder_traversal,
    together,
)

from autograder.equality.deadline import Deadline, TimeIsUp

Form = Literal["", "exact", "expanded", "evaluated", "factored", "simplified"]
"""A form that may be asked for; the empty one asks for nothing."""

SECONDS = 0.5
"""Time for looking at a form; when it is up, the form is taken to be right."""
DEGREE = 40
"""Degree beyond which nothing is factored or multiplied out."""


def trouble(form: Form, key: Expr, value: Expr) -> str:
    """Say in which way a right value has the wrong form, or return an empty text.

    >>> from sympy.abc import x
    >>> trouble("factored", x**2 - 1, x**2 - 1)
    'The value is right, but it is not factored: it can still be written as a product.'
    >>> trouble("factored", x**2 - 1, (x - 1) * (x + 1))
    ''
    """
    if not form:
        return ""
    with Deadline(SECONDS):
        try:
            return "" if _TESTS[form](key, value) else f"The value is right, but {_WORDS[form]}"
        except (TimeIsUp, PolynomialError):
            return ""


def is_exact(key: Expr, value: Expr) -> bool:
    """Whether no decimal stands in it."""
    return not value.has(Float)


def is_evaluated(key: Expr, value: Expr) -> bool:
    """Whether nothing is left to be worked out: no derivative or integral sign, no sum of plain numbers.

    >>> from sympy import Integer
    >>> is_evaluated(Integer(14), Add(2, Mul(3, 4, evaluate=False), evaluate=False))
    False
    """
    if value.has(Derivative, Integral, Sum, Product, Subs):
        return False
    return not any(_is_arithmetic(node) for node in preorder_traversal(value))


def _is_arithmetic(node: Expr) -> bool:
    """Whether a sum, product, power or function of numbers is left standing although it has a shorter value."""
    if not isinstance(node, Add | Mul | Pow | Function) or node.free_symbols:
        return False
    value = _rebuilt(node)
    if isinstance(value, Rational) and not isinstance(value, Integer) and len(node.args) == 2:
        return False  # a fraction such as 14/5, as text is built
    return bool(count_ops(value) < count_ops(node))


def is_expanded(key: Expr, value: Expr) -> bool:
    """Whether no product or power of a sum is left to be multiplied out.

    >>> from sympy.abc import x
    >>> is_expanded(x**2 + x, x * (x + 1)), is_expanded(x**2 + x, x**2 + x)
    (False, True)
    """
    for term in Add.make_args(value):
        for piece in Mul.make_args(term):
            base, power = piece.as_base_exp()
            if isinstance(base, Add) and isinstance(power, Integer) and power > 0 and piece is not value:
                return False
            if isinstance(base, Add) and isinstance(power, Integer) and power > 1:
                return False
    return True


def is_factored(key: Expr, value: Expr) -> bool:
    """Whether it is a product of factors that cannot be split over the rational numbers."""
    return all(_cannot_be_split(piece) for piece in _factors(value))


def _factors(value: Expr) -> Iterator[Expr]:
    for piece in Mul.make_args(value):
        base, power = piece.as_base_exp()
        if isinstance(power, Integer) and base is not piece:
            yield from _factors(base)
        else:
            yield piece


def _cannot_be_split(piece: Expr) -> bool:
    if not piece.free_symbols or not isinstance(piece, Add):
        return True
    if not piece.is_polynomial(*piece.free_symbols):
        return not isinstance(factor(piece), Mul)
    return sum(multiplicity for _, multiplicity in factor_list(piece)[1]) <= 1


def is_simplified(key: Expr, value: Expr) -> bool:
    """Whether it is about as short as the key and as what cancelling, collecting and factoring make of it.

    >>> from sympy.abc import x
    >>> is_simplified(x + 1, (x**2 - 1) / (x - 1)), is_simplified(x**2 - 1, (x - 1) * (x + 1))
    (False, True)
    """
    if not is_evaluated(key, value):
        return False
    rebuilt = _rebuilt(value)
    others = [key, rebuilt, expand(rebuilt), cancel(together(rebuilt)), factor(rebuilt)]
    return bool(count_ops(value) <= 1.25 * min(count_ops(other) for other in others) + 1)


def _rebuilt(value: Expr) -> Expr:
    if not value.args:
        return value
    return value.func(*[_rebuilt(part) if isinstance(part, Expr) else part for part in value.args])


_TESTS: dict[Form, Callable[[Expr, Expr], bool]] = {
    "exact": is_exact,
    "evaluated": is_evaluated,
    "expanded": is_expanded,
    "factored": is_factored,
    "simplified": is_simplified,
}
_WORDS: dict[Form, str] = {
    "exact": "it is a decimal; give it exactly, with fractions and roots.",
    "evaluated": "it is not worked out yet: finish the arithmetic.",
    "expanded": "it is not multiplied out: brackets are left.",
    "factored": "it is not factored: it can still be written as a product.",
    "simplified": "it can be made shorter: collect, cancel or factor.",
}


def known(form: str) -> bool:
    """Whether a form has a test.

    >>> known("factored"), known("nice")
    (True, False)
    """
    return not form or form in _TESTS
