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
    for equation in equations:
        if not equation.free_symbols:
            if not _is_zero(equation):
                return
        else:
            left.append(equation)
    if not left:
        if len(known) < len(names):
            raise NotIsolatedError("the solutions are not single points")
        yield _settled(names, known)
        return
    for place, equation in enumerate(left):
        factors = _factors(equation, names)
        if len(factors) > 1:
            for factor in factors:
                yield from _solved([*left[:place], factor, *left[place + 1 :]], names, known)
            return
    for variable, values in _next(left, names):
        for value in values:
            put = {variable: value}
            yield from _solved(
                [expand(e.xreplace(put)) for e in left],
                names,
                {**{v: expand(e.xreplace(put)) for v, e in known.items()}, variable: value},
            )
        return


def _settled(names: tuple[Symbol, ...], known: dict[Symbol, Expr]) -> Solution:
    return tuple(known[name] for name in names)


def _factors(equation: Expr, names: tuple[Symbol, ...]) -> list[Expr]:
    """Return the factors of an equation with rational coefficients, each once; without any of multiplicity."""
    unknowns = [name for name in names if equation.has(name)]
    poly = Poly(equation, *unknowns)
    if poly.total_degree() == 1 or not (poly.domain.is_QQ or poly.domain.is_ZZ):
        return [equation]
    factors = [factor.as_expr() for factor, _ in poly.factor_list()[1]]
    return factors if len(factors) > 1 or factors[0] != equation else [equation]


def _next(equations: list[Expr], names: tuple[Symbol, ...]) -> Iterator[tuple[Symbol, list[Expr]]]:
    """Choose a variable and the values that it may have: roots, or one expression in the other variables."""
    for equation in equations:
        unknowns = [name for name in names if equation.has(name)]
        if len(unknowns) == 1:
            yield unknowns[0], _real_roots(equation, unknowns[0])
            return
    for equation in equations:
        for name in names:
            if equation.has(name):
                poly = Poly(equation, name)
                if poly.degree() == 1 and not poly.LC().free_symbols:
                    yield name, [expand(-poly.TC() / poly.LC())]
                    return
    unknowns = [name for name in names if any(e.has(name) for e in equations)]
    try:
        basis = groebner(equations, *unknowns, order="lex")
    except PolynomialError as error:
        raise NoClosedFormError("the equations could not be brought to triangular form") from error
    last = basis.exprs[-1]
    if last.free_symbols - {unknowns[-1]}:
        raise NotIsolatedError("the solutions are not single points")
    values = _real_roots(last, unknowns[-1]) if last.free_symbols else []
    yield unknowns[-1], values


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
