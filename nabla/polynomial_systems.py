"""Systems of polynomial equations with finitely many real solutions, solved exactly.

A system is split along the factors of its equations, linear unknowns are put in, and what is left is brought to
triangular form by a Groebner basis. Roots are rational numbers or radicals.

>>> from sympy.abc import x, y
>>> real_solutions((x*(y - 1), x**2 + y**2 - 4), (x, y))
((-sqrt(3), 1), (0, -2), (0, 2), (sqrt(3), 1))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sympy import Expr, Poly, Symbol, expand, groebner, roots
from sympy.polys.polyerrors import PolynomialError

Solution = tuple[Expr, ...]


class NotIsolatedError(ValueError):
    """The solutions fill a curve or a surface: they are not single points."""


class NoClosedFormError(ValueError):
    """A root has no closed form that is found here."""


def real_solutions(equations: Iterable[Expr], variables: Sequence[Symbol]) -> tuple[Solution, ...]:
    """Return all real solutions of the equations (each expression = 0), sorted by their coordinates.

    Raises `NotIsolatedError` when there are infinitely many, `NoClosedFormError` when a root cannot be written down,
    and `TypeError` for an equation that is no polynomial in the variables.

    >>> from sympy.abc import x, y
    >>> real_solutions((x*y,), (x, y))
    Traceback (most recent call last):
    nabla.polynomial_systems.NotIsolatedError: the solutions are not single points
    """
    names = tuple(variables)
    given = [expand(e) for e in equations]
    for equation in given:
        if not equation.is_polynomial(*names):
            raise TypeError(f"{equation} is not a polynomial in {', '.join(v.name for v in names)}")
    found: dict[tuple[str, ...], Solution] = {}
    for solution in _solved(given, names, {}):
        found.setdefault(tuple(f"{_decimal(part):.12g}" for part in solution), solution)
    return tuple(sorted(found.values(), key=lambda solution: [_decimal(part) for part in solution]))


def _solved(equations: list[Expr], names: tuple[Symbol, ...], known: dict[Symbol, Expr]) -> Iterator[Solution]:
    """Solve one branch: the equations still to be solved, and what each variable found is, in terms of the rest."""
    left: list[Expr] = []
    for equation in dict.fromkeys(equations):
        if not equation.free_symbols:
            if not _is_zero(equation):
                return
        elif -equation not in left:
            left.append(equation)
    if not left:
        if len(known) < len(names):
            raise NotIsolatedError("the solutions are not single points")
        yield tuple(known[name] for name in names)
        return
    found = _linear(left, names)
    if found is None:
        for place, equation in enumerate(left):
            factors = _factors(equation, names)
            if len(factors) > 1:
                for factor in factors:
                    yield from _solved([factor, *left[:place], *left[place + 1 :]], names, known)
                return
        found = _next(left, names)
    variable, values = found
    for value in values:
        put = {variable: value}
        solved = {v: expand(e.xreplace(put)) for v, e in known.items()} | {variable: value}
        yield from _solved([expand(e.xreplace(put)) for e in left], names, solved)


def _factors(equation: Expr, names: tuple[Symbol, ...]) -> list[Expr]:
    """Return the factors of an equation with rational coefficients, each once; without any of multiplicity."""
    unknowns = [name for name in names if equation.has(name)]
    poly = Poly(equation, *unknowns)
    if poly.total_degree() == 1 or not (poly.domain.is_QQ or poly.domain.is_ZZ):
        return [equation]
    factors = [factor.as_expr() for factor, _ in poly.factor_list()[1]]
    return factors if len(factors) > 1 or factors[0] != equation else [equation]


def _linear(equations: list[Expr], names: tuple[Symbol, ...]) -> tuple[Symbol, list[Expr]] | None:
    """Find a variable that one equation gives at once, as an expression in the others; the simplest such equation."""
    for equation in sorted(equations, key=lambda e: len(e.free_symbols)):
        for name in names:
            slope = equation.diff(name)
            if slope != 0 and not slope.free_symbols:
                return name, [expand(name - equation / slope)]
    return None


def _next(equations: list[Expr], names: tuple[Symbol, ...]) -> tuple[Symbol, list[Expr]]:
    """Choose a variable and the values that it may have: the roots of an equation in it alone."""
    for equation in equations:
        unknowns = [name for name in names if equation.has(name)]
        if len(unknowns) == 1:
            return unknowns[0], _real_roots(equation, unknowns[0])
    unknowns = [name for name in names if any(e.has(name) for e in equations)]
    try:
        basis = groebner(equations, *unknowns, order="lex")
    except PolynomialError as error:
        raise NoClosedFormError("the equations could not be brought to triangular form") from error
    last = basis.exprs[-1]
    if last.free_symbols - {unknowns[-1]}:
        raise NotIsolatedError("the solutions are not single points")
    return unknowns[-1], _real_roots(last, unknowns[-1]) if last.free_symbols else []


def _real_roots(equation: Expr, x: Symbol) -> list[Expr]:
    poly = Poly(equation, x)
    found = roots(poly)
    if sum(found.values()) < poly.degree():
        raise NoClosedFormError(f"the roots of {equation} have no closed form that is found here")
    return [root for root in found if _is_real(root)]


def _is_real(root: Expr) -> bool:
    if root.is_real is not None:
        return bool(root.is_real)
    return abs(complex(root.evalf(30)).imag) < 1e-20


def _is_zero(value: Expr) -> bool:
    if value.is_Rational:
        return bool(value == 0)
    return bool(value.equals(0))


def _decimal(value: Expr) -> float:
    return complex(value.evalf(20)).real + 0.0  # a real root in radicals may keep an imaginary rounding error
