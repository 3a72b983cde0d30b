"""Wrong rules of differentiation, as students use them: each takes one node of an expression, or passes."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Function, Integer, Mul, Pow, Symbol, cos, diff, exp, prod, sin

Rule = Callable[[Expr, Symbol], Expr | None]
"""What a node is taken for when it is differentiated; None where the rule does not apply."""


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
        return expr.exp * expr * diff(expr.base, x)
    return None


def exponent_not_brought_down(expr: Expr, x: Symbol) -> Expr | None:
    """(u^n)' taken for u^(n-1) u'. At 1/u this is a matter of the sign, and not called so."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x) and expr.exp != -1:
        return expr.base ** (expr.exp - 1) * diff(expr.base, x)
    return None


def exponent_lowered_first(expr: Expr, x: Symbol) -> Expr | None:
    """(u^n)' taken for (n - 1) u^(n-1) u'."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x):
        return (expr.exp - 1) * expr.base ** (expr.exp - 1) * diff(expr.base, x)
    return None


def every_factor_differentiated(expr: Expr, x: Symbol) -> Expr | None:
    """Each factor of a product differentiated along a variable of its own, whether it is held fixed or not."""
    if isinstance(expr, Mul) and expr.has(x) and all(len(factor.free_symbols) < 2 for factor in expr.args):
        return prod(diff(f, *f.free_symbols) if f.free_symbols else f for f in expr.args)
    return None


def inside_along_another(expr: Expr, x: Symbol) -> Expr | None:
    """g(u)' taken for g'(u) times the derivative of u along the other variable."""
    if isinstance(expr, Function) and len(expr.args) == 1 and expr.has(x):
        others = expr.args[0].free_symbols - {x}
        if len(others) == 1:
            return expr.fdiff(1) * diff(expr.args[0], *others)
    return None


def outside_left_alone(expr: Expr, x: Symbol) -> Expr | None:
    """g(u)' taken for g(u) u'."""
    if isinstance(expr, Function) and len(expr.args) == 1 and expr.has(x):
        return expr * walk(expr.args[0], x, outside_left_alone)
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


def one_fixed_factor_dropped(which: int) -> Rule:
    """Return the rule that takes (c·d·u)' for d·u' (which = 0) or c·u' (which = 1), c and d fixed."""

    def rule(expr: Expr, x: Symbol) -> Expr | None:
        if isinstance(expr, Mul) and expr.has(x):
            fixed, moving = expr.as_independent(x, as_Add=False)
            letters = [factor for factor in Mul.make_args(fixed) if factor.free_symbols]
            if len(letters) == 2:
                return fixed / letters[which] * diff(moving, x)
        return None

    return rule


def constant_factor_dropped(expr: Expr, x: Symbol) -> Expr | None:
    """(3 u)' taken for u'."""
    if isinstance(expr, Mul) and expr.has(x):
        number, rest = expr.as_coeff_Mul()
        if number not in (1, -1):
            return diff(rest, x)
    return None


def exponent_lowered_twice(expr: Expr, x: Symbol) -> Expr | None:
    """(u^n)' taken for n u^(n-2) u'."""
    if isinstance(expr, Pow) and not expr.exp.has(x) and expr.base.has(x):
        return expr.exp * expr.base ** (expr.exp - 2) * diff(expr.base, x)
    return None


def inner_divided(expr: Expr, x: Symbol) -> Expr | None:
    """g(u)' taken for g'(u) divided by u', as if it were integrated."""
    if isinstance(expr, Function) and len(expr.args) == 1 and expr.has(x):
        return expr.fdiff(1) / diff(expr.args[0], x)
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
