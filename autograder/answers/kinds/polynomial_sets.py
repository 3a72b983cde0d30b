"""Where polynomials are zero, exactly: two equations hold at the same points when their factors are the same.

Only factors that are zero somewhere in the reals count, and each counts once. A factor that only one of the two has
makes a difference as soon as one real point of it is not on the other: such points are found on lines along the axes,
by isolating roots between rational numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, Literal

from flint import arb, fmpq
from sympy import (
    QQ,
    Add,
    CoercionFailed,
    Expr,
    Integer,
    Matrix,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    Rational,
    Symbol,
    fraction,
    together,
    total_degree,
)

from autograder.answers.kinds.enclosures import Enclosure, rational
from autograder.equality import Equal, Grounds

DEGREE = 16
"""The highest degree that is factored."""
LINES = 60
"""Lines along the axes on which points are looked for."""
FINE = Rational(1, 10**30)
"""How closely a root is enclosed."""

Owner = Literal["value", "key"]


@dataclass(frozen=True)
class Stray:
    """A point that is on one of two sets only: on the set of `owner`. An irrational coordinate is a decimal."""

    point: tuple[Expr, ...]
    owner: Owner


def polynomial(expression: Expr, names: Sequence[str]) -> Poly | None:
    """Return what stands above the line as a polynomial with rational coefficients; None when it is none.

    >>> from sympy.abc import x, y
    >>> polynomial(1 / x - y, "xy").as_expr()
    -x*y + 1
    """
    if _degree(expression) > DEGREE:
        return None
    try:
        return Poly(fraction(together(expression))[0], *[Symbol(name) for name in names], domain=QQ)
    except (PolynomialError, CoercionFailed):
        return None


def _degree(node: Expr) -> float:
    """A bound on the degree, found without multiplying out."""
    if isinstance(node, Add):
        return max(_degree(part) for part in node.args)
    if isinstance(node, Mul):
        return sum(_degree(part) for part in node.args)
    if isinstance(node, Pow) and isinstance(node.exp, Integer):
        return abs(int(node.exp)) * _degree(node.base)
    return float(bool(node.free_symbols)) if not node.args else 0.0


def compare_polynomials(key: Poly, value: Poly) -> Equal | Stray | None:
    """Compare the real points at which two polynomials are zero; None when it cannot be settled here.

    >>> from sympy.abc import x, y
    >>> circle, line = Poly(x**2 + y**2 - 1), Poly(x - y, x, y)
    >>> compare_polynomials(circle, circle**2 * (x**2 + y**2 + 1))
    Equal(by='factoring brings both to the same form (a proof)')
    >>> compare_polynomials(circle, circle * line)
    Stray(point=(0, 0), owner='value')
    """
    right, own = factors(key), factors(value)
    missing, extra = right - own, own - right
    open_ends = False
    sides: tuple[tuple[Owner, set[Poly], Poly], ...] = (("value", extra, key), ("key", missing, value))
    for owner, alone, other in sides:
        for factor in sorted(alone, key=str):
            if is_never_zero(factor):
                continue
            point = point_off(factor, other)
            if point:
                return Stray(point, owner)
            open_ends = True
    return None if open_ends else Equal(Grounds.proof("factoring"))


def factors(polynomial: Poly) -> set[Poly]:
    """Return the factors that cannot be split over the rational numbers, each with leading coefficient 1.

    >>> from sympy.abc import x, y
    >>> factors(Poly(2 * x**2 * y, x, y)) == {Poly(x, x, y, domain=QQ), Poly(y, x, y, domain=QQ)}
    True
    """
    return {factor.set_domain(QQ).monic() for factor, _ in polynomial.factor_list()[1]}


def is_never_zero(polynomial: Poly) -> bool:
    """Whether a polynomial is seen to have no real zero; False says nothing.

    >>> from sympy.abc import x, y
    >>> is_never_zero(Poly(x**2 + x * y + y**2 + 1)), is_never_zero(Poly(x**2 + y**2))
    (True, False)
    """
    terms = polynomial.terms()
    signs = {coefficient > 0 for _, coefficient in terms}
    if len(signs) == 1 and all(power % 2 == 0 for powers, _ in terms for power in powers):
        return bool(polynomial.eval(dict.fromkeys(polynomial.gens, 0)) != 0)
    used = [letter for letter in polynomial.gens if polynomial.degree(letter) > 0]
    if len(used) == 1:
        return bool(Poly(polynomial.as_expr(), used[0], domain=QQ).count_roots() == 0)
    if total_degree(polynomial.as_expr(), *polynomial.gens) == 2:
        form = _quadratic_form(polynomial)
        return bool(form.is_positive_definite or (-form).is_positive_definite)
    return False


def _quadratic_form(polynomial: Poly) -> Matrix:
    """The symmetric matrix of a polynomial of degree 2, with the constant in the last place."""
    n = len(polynomial.gens)
    form = Matrix.zeros(n + 1, n + 1)
    for powers, coefficient in polynomial.terms():
        places = [i for i, power in enumerate(powers) for _ in range(power)]
        i, j = [*places, n, n][:2]
        form[i, j] += coefficient / 2
        form[j, i] += coefficient / 2
    return form


def point_off(curve: Poly, other: Poly) -> tuple[Expr, ...]:
    """Return a real zero of the first polynomial that is certainly no zero of the second; empty when none is found.

    >>> from sympy.abc import x, y
    >>> point_off(Poly(x**2 - y), Poly(x - y, x, y))
    (-1, 1)
    """
    names = [letter.name for letter in curve.gens]
    test = Enclosure(other.as_expr(), names)
    for point, shown in islice(_points(curve), 2 * LINES):
        value = test.at(point)
        if value is not None and not value.contains(0):
            return shown
    return ()


def _points(curve: Poly) -> Iterator[tuple[list[Any], tuple[Expr, ...]]]:
    """Zeros of a polynomial on lines along the axes, as enclosures and as they are shown."""
    letters = curve.gens
    steps = [Rational(n) for n in (0, 1, -1, 2, -2, 3, -3, 5)] + [Rational(1, 2), Rational(-3, 2)]
    others = sorted(
        product(steps, repeat=len(letters) - 1), key=lambda values: sum(abs(v) + 4 * (v.q - 1) for v in values)
    )
    for values in others[:LINES]:
        for i in reversed(range(len(letters))):
            fixed = dict(zip((*letters[:i], *letters[i + 1 :]), values, strict=True))
            along = Poly(curve.as_expr().xreplace(fixed), letters[i], domain=QQ)
            if along.is_ground:
                continue
            for low, high in (ends for ends, _ in along.intervals(eps=FINE)):
                enclosures: list[Any] = [rational(value) for value in values]
                shown = list(values)
                low, high = Rational(low), Rational(high)
                enclosures.insert(i, rational(low) if low == high else span(rational(low), rational(high)))
                shown.insert(i, low if low == high else ((low + high) / 2).evalf(6))
                yield enclosures, tuple(shown)


def _plainness(values: Sequence[Rational]) -> Rational:
    """Small whole numbers first: their witnesses are easily checked by hand."""
    return sum((abs(value) + 4 * (value.q - 1) for value in values), Rational(0))


def span(low: fmpq, high: fmpq) -> arb:
    """The interval from one rational number to another.

    >>> span(fmpq(1), fmpq(3)).contains(arb(2))
    True
    """
    return arb(low).union(arb(high))
