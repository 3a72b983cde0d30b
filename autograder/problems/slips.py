"""Slips in differentiating: the classic wrong rules, applied to an expression to see what they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sympy import Add, Expr, Function, Integer, Mul, Pow, Symbol, cos, diff, exp, prod, sin

Rule = Callable[[Expr, Symbol], Expr | None]


@dataclass(frozen=True)
class Slip:
    """A wrong rule of differentiation: its name, what to say, and the derivative that it gives."""

    name: str
    says: str
    derivative: Callable[[Expr, Symbol], Expr]


def walk(expr: Expr, x: Symbol, special: Rule) -> Expr:
    """Differentiate by the rules of calculus, asking `special` first at each node; it returns None to pass.

    >>> from sympy.abc import x
    >>> walk(x**2 + 3*x, x, lambda node, x: None)
    2*x + 3
    """
    own = special(expr, x)
    if own is not None:
        return own
    if not expr.has(x):
        return Integer(0)
    if isinstance(expr, Add):
        return Add(*(walk(term, x, special) for term in expr.args))
    if isinstance(expr, Mul):
        factors = expr.args
        return Add(
            *(Mul(*factors[:i], walk(factor, x, special), *factors[i + 1 :]) for i, factor in enumerate(factors))
        )
    if isinstance(expr, Pow) and not expr.exp.has(x):
        return expr.exp * expr.base ** (expr.exp - 1) * walk(expr.base, x, special)
    if isinstance(expr, Function) and len(expr.args) == 1:
        return expr.fdiff(1) * walk(expr.args[0], x, special)
    return diff(expr, x)


def _moving(expr: Expr, x: Symbol) -> tuple[Expr, list[Expr]]:
    """Split a product into the part free of x and the factors that depend on it."""
    fixed, rest = expr.as_independent(x, as_Add=False)
    return fixed, list(Mul.make_args(rest)) if rest.has(x) else []


def derivatives_multiplied(expr: Expr, x: Symbol) -> Expr | None:
    """(uv)' taken for u'v'."""
    if isinstance(expr, Mul):
        fixed, factors = _moving(expr, x)
        if len(factors) > 1:
            return fixed * prod(walk(factor, x, derivatives_multiplied) for factor in factors)
    return None


def one_factor_only(which: int) -> Rule:
    """Return the rule that takes (uv)' for u'v (which = 0) or uv' (which = 1)."""

    def rule(expr: Expr, x: Symbol) -> Expr | None:
        if isinstance(expr, Mul):
            fixed, factors = _moving(expr, x)
            if len(factors) > 1:
                place = min(which, len(factors) - 1)
                rest = factors[:place] + factors[place + 1 :]
                return fixed * prod(rest) * walk(factors[place], x, rule)
        return None

    return rule


def inner_dropped(expr: Expr, x: Symbol) -> Expr | None:
    """g(u)' taken for g'(u), and (u^n)' for n u^(n-1)."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x) and expr.base != x:
        return expr.exp * expr.base ** (expr.exp - 1)
    if isinstance(expr, Function) and len(expr.args) == 1 and expr.has(x):
        return expr.fdiff(1)
    return None


def exponent_not_lowered(expr: Expr, x: Symbol) -> Expr | None:
    """(u^n)' taken for n u^n u'."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x):
        return expr.exp * expr * walk(expr.base, x, exponent_not_lowered)
    return None


def exponent_not_brought_down(expr: Expr, x: Symbol) -> Expr | None:
    """(u^n)' taken for u^(n-1) u'."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x):
        return expr.base ** (expr.exp - 1) * walk(expr.base, x, exponent_not_brought_down)
    return None


def exponential_as_power(expr: Expr, x: Symbol) -> Expr | None:
    """(e^u)' taken for u e^(u-1)."""
    if isinstance(expr, exp) and expr.has(x):
        return expr.args[0] * exp(expr.args[0] - 1)
    return None


def fixed_factor_dropped(expr: Expr, x: Symbol) -> Expr | None:
    """(c·u)' taken for u', where c holds the other variables."""
    if isinstance(expr, Mul) and expr.has(x):
        fixed, moving = expr.as_independent(x, as_Add=False)
        number = fixed.as_coeff_Mul()[0]
        if fixed != number:
            return number * walk(moving, x, fixed_factor_dropped)
    return None


def constant_term_kept(expr: Expr, x: Symbol) -> Expr | None:
    """A term free of x left as it stands instead of going to 0."""
    if isinstance(expr, Add):
        return Add(*(walk(term, x, constant_term_kept) if term.has(x) else term for term in expr.args))
    return None


def trigonometric_sign(expr: Expr, x: Symbol) -> Expr | None:
    """(sin u)' taken for -cos u u', and (cos u)' for sin u u'."""
    if isinstance(expr, sin | cos) and expr.has(x):
        return -expr.fdiff(1) * walk(expr.args[0], x, trigonometric_sign)
    return None


def others_not_fixed(expr: Expr, x: Symbol) -> Expr:
    """Every other variable differentiated along with x, as if it moved at the same speed."""
    return Add(*(diff(expr, symbol) for symbol in expr.free_symbols))


def _derivative(rule: Rule, f: Expr, x: Symbol) -> Expr:
    return walk(f, x, rule)


def all_slips() -> tuple[Slip, ...]:
    """List the slips, the likeliest first.

    >>> from sympy.abc import x, y
    >>> {slip.name: slip.derivative(x**2*y + 3*y, x) for slip in all_slips()}["other variables not held fixed"]
    x**2 + 2*x*y + 3
    """
    product = "The rule for a product is (u·v)' = u'·v + u·v'."
    half = f"Only one factor was differentiated. {product}"
    rules: tuple[tuple[Rule, str, str], ...] = (
        (derivatives_multiplied, "derivatives multiplied", f"A product was differentiated factor by factor. {product}"),
        (one_factor_only(0), "second half of the product rule left out", half),
        (one_factor_only(1), "first half of the product rule left out", half),
        (inner_dropped, "inner derivative dropped", "The derivative of the inside is missing: g(u)' = g'(u)·u'."),
        (constant_term_kept, "constant term kept", "A term without this variable is a constant: its derivative is 0."),
        (
            fixed_factor_dropped,
            "fixed factor dropped",
            "A factor with another variable went missing: it is a constant here and stays as it is.",
        ),
        (exponent_not_lowered, "exponent not lowered", "The exponent came down in front but was not lowered by one."),
        (exponent_not_brought_down, "exponent not brought down", "The exponent was lowered but did not come down."),
        (
            trigonometric_sign,
            "sign of the derivative of sine or cosine",
            "(sin u)' is cos u·u', (cos u)' is -sin u·u'.",
        ),
        (exponential_as_power, "exponential treated as a power", "(e^u)' is e^u·u': the power rule is not for e^x."),
    )
    plain = tuple(Slip(name, says, partial(_derivative, rule)) for rule, name, says in rules)
    fixed = Slip(
        "other variables not held fixed",
        "The other variables moved too. In a partial derivative they are held fixed, like constants.",
        others_not_fixed,
    )
    return (*plain, fixed)  # the last, for at a point its numbers are often those of another slip
