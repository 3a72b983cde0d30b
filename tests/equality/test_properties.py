"""For any expression: rewriting it is never different, and disturbing it is never equal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from autograder.equality import Different, Equal, decide

x, y = sp.symbols("x y")
LEAVES = st.sampled_from([x, y, x, y, *map(sp.Integer, (-3, -1, 1, 2, 7)), sp.Rational(2, 3), sp.pi, sp.sqrt(2)])
ONE = [
    sp.sin, sp.cos, sp.exp, sp.tan, sp.atan, sp.Abs, sp.sinh, sp.log, sp.sqrt, lambda u: u**2, lambda u: 1 / u,
    lambda u: u**3, lambda u: -u, lambda u: sp.sqrt(u**2 + 1), lambda u: sp.log(u**2 + 2), sp.cosh,
]  # fmt: skip
TWO = [lambda u, v: u + v, lambda u, v: u * v, lambda u, v: u - v, lambda u, v: u / v, lambda u, v: u + 3 * v]


def grown(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    return st.one_of(
        st.builds(lambda f, u: f(u), st.sampled_from(ONE), parts),
        st.builds(lambda f, u, v: f(u, v), st.sampled_from(TWO), parts, parts),
        st.builds(lambda f, u, v: f(u, v), st.sampled_from(TWO), parts, parts),
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=6)


def is_usable(expression: sp.Expr) -> bool:
    return not expression.has(sp.zoo, sp.nan, sp.oo, sp.I) and sp.count_ops(expression) < 40


def reordered(expression: sp.Expr) -> sp.Expr:
    """The same with every sum and product written backwards, which sympy leaves unevaluated."""
    if not expression.args:
        return expression
    parts = [reordered(part) for part in expression.args]
    if expression.is_Add or expression.is_Mul:
        return expression.func(*reversed(parts), evaluate=False)
    return expression.func(*parts)


def with_equal_constants(expression: sp.Expr) -> sp.Expr:
    """Constants written in another way."""
    return expression.xreplace(
        {
            sp.Integer(2): sp.Add(sp.Rational(1, 2), sp.Rational(3, 2), evaluate=False),
            sp.Integer(7): 8 * sp.sin(sp.Integer(1)) ** 2 + 8 * sp.cos(sp.Integer(1)) ** 2 - 1,
            sp.pi: 4 * sp.atan(sp.Rational(1, 2)) + 4 * sp.atan(sp.Rational(1, 3)),
        }
    )


REWRITINGS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "expand": sp.expand,
    "factor": sp.factor,
    "together": sp.together,
    "trigonometric": lambda e: sp.expand_trig(e),
    "as tangents": lambda e: e.rewrite(sp.tan),
    "as sines and cosines": lambda e: e.rewrite(sp.cos),
    "exponential": lambda e: e.rewrite(sp.exp),
    "powers": sp.powsimp,
    "reordered": reordered,
    "equal constants": with_equal_constants,
    "horner-like": lambda e: sp.collect(sp.expand(e), x),
}
DISTURBANCES: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "a thousandth more": lambda e: e + sp.Rational(1, 1000),
    "a little of x more": lambda e: e + x / 10**6,
    "a bump": lambda e: e + sp.exp(-(x**2)) / 10**9,
    "a kink": lambda e: e + sp.Max(0, sp.Abs(x) - sp.Rational(1, 8)),
    "the other sign and one": lambda e: -e + sp.Integer(10) ** -12 if e == 0 else e + sp.Integer(10) ** -12,
}
QUICK = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
THOROUGH = settings(max_examples=3000, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def check_rewritten(expression: sp.Expr, how: str) -> None:
    assume(is_usable(expression))
    rewritten = REWRITINGS[how](expression)
    assume(not rewritten.has(sp.zoo, sp.nan, sp.oo))
    verdict = decide(expression, rewritten)
    assert not isinstance(verdict, Different), (expression, rewritten, verdict)


def check_disturbed(expression: sp.Expr, how: str) -> None:
    assume(is_usable(expression))
    verdict = decide(expression, DISTURBANCES[how](expression))
    assert not isinstance(verdict, Equal), (expression, verdict)


@QUICK
@given(EXPRESSIONS, st.sampled_from(sorted(REWRITINGS)))
def test_rewritten_is_never_different(expression: sp.Expr, how: str) -> None:
    check_rewritten(expression, how)


@QUICK
@given(EXPRESSIONS, st.sampled_from(sorted(DISTURBANCES)))
def test_disturbed_is_never_equal(expression: sp.Expr, how: str) -> None:
    check_disturbed(expression, how)


@QUICK
@given(EXPRESSIONS, EXPRESSIONS)
def test_the_order_of_the_two_does_not_matter(a: sp.Expr, b: sp.Expr) -> None:
    assume(is_usable(a) and is_usable(b))
    assert type(decide(a, b)) is type(decide(b, a))


@pytest.mark.slow
@THOROUGH
@given(EXPRESSIONS, st.sampled_from(sorted(REWRITINGS)))
def test_rewritten_is_never_different_at_length(expression: sp.Expr, how: str) -> None:
    check_rewritten(expression, how)


@pytest.mark.slow
@THOROUGH
@given(EXPRESSIONS, st.sampled_from(sorted(DISTURBANCES)))
def test_disturbed_is_never_equal_at_length(expression: sp.Expr, how: str) -> None:
    check_disturbed(expression, how)
