"""Slips in differentiating: the classic wrong rules, applied to a whole expression or to one of its terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from sympy import Add, Expr, Symbol, diff

from autograder.problems.wrong_rules import (
    Rule,
    constant_factor_dropped,
    constant_term_kept,
    derivatives_multiplied,
    every_factor_differentiated,
    exponent_lowered_first,
    exponent_lowered_twice,
    exponent_not_brought_down,
    exponent_not_lowered,
    exponential_as_power,
    fixed_factor_dropped,
    inner_divided,
    inner_dropped,
    inside_along_another,
    one_factor_only,
    one_fixed_factor_dropped,
    outside_left_alone,
    trigonometric_sign,
    walk,
)

Derivative = Callable[[Expr, Symbol], Expr]
TERMS = 4
"""A slip in one term is looked for in so many terms of a sum."""


@dataclass(frozen=True)
class Slip:
    """A wrong way to differentiate: its name, what to say, and the derivative that it gives."""

    name: str
    says: str
    derivative: Derivative
    likely: bool = True

    def told_in(self, place: str) -> str:
        """Say the slip of one place.

        >>> all_slips()[0].told_in("the x-component")
        "In the x-component: a product was differentiated factor by factor. The rule for a product is (u·v)' = \
u'·v + u·v'."
        """
        return f"In {place}: {lowered(self.says)}"


def lowered(sentence: str) -> str:
    """Begin a sentence with a small letter, to stand after a colon; a symbol stays as it is.

    >>> lowered("A factor is missing."), lowered("L is linear."), lowered("That is f.")
    ('a factor is missing.', 'L is linear.', 'that is f.')
    """
    is_word = sentence.startswith("A ") or sentence[1:2].islower()
    return sentence[0].lower() + sentence[1:] if is_word else sentence


def others_not_fixed(expr: Expr, x: Symbol) -> Expr:
    """Every other variable differentiated along with x, as if it moved at the same speed."""
    return Add(*(diff(expr, symbol) for symbol in expr.free_symbols))


def left_out(term: Expr, x: Symbol) -> Expr:
    """Nothing at all."""
    return term * 0


def left_as_it_stands(term: Expr, x: Symbol) -> Expr:
    """The term itself."""
    return term


def sign_flipped(term: Expr, x: Symbol) -> Expr:
    """Minus the derivative."""
    return -diff(term, x)


PRODUCT = "The rule for a product is (u·v)' = u'·v + u·v'."
HALF_OF_IT = f"Only one factor was differentiated. {PRODUCT}"
FACTOR_MISSING = "A factor with another variable went missing: it is a constant here and stays as it is."
FIXED = "The other variables moved too. In a partial derivative they are held fixed, like constants."

RULES: tuple[tuple[Rule, str, str], ...] = (
    (derivatives_multiplied, "derivatives multiplied", f"A product was differentiated factor by factor. {PRODUCT}"),
    (one_factor_only(0), "second half of the product rule left out", HALF_OF_IT),
    (one_factor_only(1), "first half of the product rule left out", HALF_OF_IT),
    (inner_dropped, "inner derivative dropped", "The derivative of the inside is missing: g(u)' = g'(u)·u'."),
    (constant_term_kept, "constant term kept", "A term without this variable is a constant: its derivative is 0."),
    (fixed_factor_dropped, "fixed factor dropped", FACTOR_MISSING),
    (one_fixed_factor_dropped(0), "one fixed factor dropped", FACTOR_MISSING),
    (one_fixed_factor_dropped(1), "one fixed factor dropped", FACTOR_MISSING),
    (exponent_not_lowered, "exponent not lowered", "The exponent came down in front but was not lowered by one."),
    (exponent_not_brought_down, "exponent not brought down", "The exponent was lowered but did not come down."),
    (
        exponent_lowered_first,
        "exponent lowered before it was brought down",
        "The exponent comes down in front as it is, and is lowered only where it stood.",
    ),
    (constant_factor_dropped, "constant factor dropped", "A number in front went missing: it stays as a factor."),
    (exponent_lowered_twice, "exponent lowered by two", "The exponent was lowered by two; it is lowered by one."),
    (inner_divided, "divided by the inner derivative", "The derivative of the inside multiplies; you divided by it."),
    (trigonometric_sign, "sign of the derivative of sine or cosine", "(sin u)' is cos u·u', (cos u)' is -sin u·u'."),
    (exponential_as_power, "exponential treated as a power", "(e^u)' is e^u·u': the power rule is not for e^x."),
    (
        inside_along_another,
        "inner derivative along the wrong variable",
        "The derivative of the inside was taken along another variable.",
    ),
    (outside_left_alone, "outer function not differentiated", "The outer function must change too: g(u)' = g'(u)·u'."),
    (
        every_factor_differentiated,
        "fixed factor differentiated",
        "A factor with another variable was differentiated too: it is a constant here and stays as it is.",
    ),
)
"""Wrong rules, the likeliest first; at a point their numbers may be alike."""

IN_A_TERM: tuple[tuple[Derivative, str, str], ...] = (
    (left_out, "term left out", "Each term that depends on this variable has a derivative, and one is missing."),
    (sign_flipped, "sign of one term", "One term has the wrong sign."),
    (left_as_it_stands, "term not differentiated", "One term was left as it stands, not differentiated."),
    (others_not_fixed, "other variables not held fixed in one term", FIXED),
)
"""What may go wrong in a single term of a sum."""


@cache
def all_slips() -> tuple[Slip, ...]:
    """List the slips: those made throughout, the likeliest first, then those made in one term of a sum.

    >>> from sympy.abc import x, y
    >>> {slip.name: slip.derivative(x**2*y + 3*y, x) for slip in all_slips()}["other variables not held fixed"]
    x**2 + 2*x*y + 3
    """
    return (
        *(Slip(name, says, partial(_by_rule, rule)) for rule, name, says in RULES),
        Slip("other variables not held fixed", FIXED, others_not_fixed),
        *_in_one_term(),
    )


def _in_one_term() -> Iterator[Slip]:
    for wrong, name, says in IN_A_TERM:
        yield from (Slip(name, says, partial(_with_term, wrong, place), likely=False) for place in range(TERMS))
    for rule, name, says in RULES:
        for place in range(TERMS):
            wrong = partial(_with_term, partial(_by_rule, rule), place)
            yield Slip(f"{name} in one term", f"In one term: {lowered(says)}", wrong, likely=False)


def _by_rule(rule: Rule, expr: Expr, x: Symbol) -> Expr:
    return walk(expr, x, rule)


def _with_term(wrong: Derivative, place: int, expr: Expr, x: Symbol) -> Expr:
    """Differentiate a sum with one of its terms taken wrongly; what is no such sum, as it should be."""
    terms = Add.make_args(expr)
    if len(terms) == 1 or place >= len(terms):
        return _slope(expr, x)
    others = _slope(expr, x) - _slope(terms[place], x)
    return _slope(expr, x) if wrong is left_out and others == 0 else others + wrong(terms[place], x)


@lru_cache(maxsize=512)  # a slip is looked for in each term, by each rule, and sympy forgets derivatives
def _slope(expr: Expr, x: Symbol) -> Expr:
    return diff(expr, x)
