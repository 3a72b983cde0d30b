"""Potentials: is a vector field a gradient, and of which function?

A gradient field is free of curl: the derivative of F_i along x_j is that of F_j along x_i. On a region without holes
that is enough. Round a hole it is not: the vortex (-y, x)/(x^2 + y^2) has no curl, and yet the way once round the
origin adds 2 pi.

>>> from sympy.abc import x, y
>>> potential((2*x*y, x**2 + 3), (x, y))
x**2*y + 3*y
>>> potential((-y/(x**2 + y**2), x/(x**2 + y**2)), (x, y)) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import cos, pi, sin

from sympy import Add, Expr, Integer, Poly, Pow, Symbol, cancel, diff, expand, integrate, log, simplify
from sympy import Integral as SympyIntegral
from sympy import cos as sympy_cos
from sympy import exp as sympy_exp
from sympy import sin as sympy_sin

from nabla.second_order import hessian, second_derivative_test


class PotentialUnknownError(ValueError):
    """It could not be settled here whether the field has a potential, or the potential could not be written down."""


def curls(field: Sequence[Expr], variables: Sequence[Symbol]) -> tuple[Expr, ...]:
    """Return the differences of the mixed derivatives, dF_j/dx_i - dF_i/dx_j for i < j; all zero for a gradient.

    >>> from sympy.abc import x, y
    >>> curls((-y, x), (x, y))
    (2,)
    """
    return tuple(
        tidy(diff(field[j], variables[i]) - diff(field[i], variables[j]))
        for i, j in combinations(range(len(variables)), 2)
    )


def potential(field: Sequence[Expr], variables: Sequence[Symbol]) -> Expr | None:
    """Return a function whose gradient is the field, wherever the field is defined; None if there is none.

    Raises `PotentialUnknownError` where that could not be settled.

    >>> from sympy import exp
    >>> from sympy.abc import x, y, z
    >>> potential((y*exp(x), exp(x) + z, y), (x, y, z))
    y*z + y*exp(x)
    >>> potential((-y, x), (x, y)) is None
    True
    """
    if any(curl != 0 for curl in curls(field, variables)):
        return None
    if any(circulation(field, variables, hole) for hole in holes(field, variables)):
        return None
    found: Expr = Integer(0)
    for place, (component, variable) in enumerate(zip(field, variables, strict=True)):
        rest = expand(component - diff(found, variable))
        if place and rest.has(*variables[:place]):
            rest = expand(tidy(rest))
        found += antiderivative(rest, variable)
    for component, variable in zip(field, variables, strict=True):
        if tidy(component - diff(found, variable)) != 0:
            raise PotentialUnknownError(f"no potential of {field} was found, though it has no curl")
    return found


def antiderivative(f: Expr, x: Symbol) -> Expr:
    """Return an antiderivative along one variable, the others held fixed. Raises `PotentialUnknownError`.

    >>> from sympy.abc import x, y
    >>> antiderivative(2*x*y + y, x), antiderivative(y*sympy_cos(2*x), x), antiderivative(x/(x**2 + y**2), x)
    (x**2*y + x*y, y*sin(2*x)/2, log(x**2 + y**2)/2)
    """
    return Add(*(_term(term, x) for term in Add.make_args(expand(f))))


def _term(term: Expr, x: Symbol) -> Expr:
    fixed, moving = term.as_independent(x, as_Add=False)
    if not moving.has(x):
        return term * x
    if moving.is_Pow and moving.base == x and moving.exp.is_Integer and moving.exp != -1:
        return fixed * x ** (moving.exp + 1) / (moving.exp + 1)
    if moving == x:
        return fixed * x**2 / 2
    primitive = {sympy_exp: sympy_exp, sympy_cos: sympy_sin, sympy_sin: lambda u: -sympy_cos(u)}.get(moving.func)
    if primitive and not diff(moving.args[0], x).has(x):
        return fixed * primitive(moving.args[0]) / diff(moving.args[0], x)
    for power in moving.atoms(Pow):  # base^n times the derivative of the base
        if power.base.has(x) and not power.exp.has(x):
            factor = cancel(moving / (power * diff(power.base, x)))
            if not factor.has(x):
                n = power.exp + 1
                return fixed * factor * (log(power.base) if n == 0 else power.base**n / n)
    found = integrate(moving, x)
    if found.has(SympyIntegral):
        raise PotentialUnknownError(f"no antiderivative of {term} along {x} was found")
    return fixed * found


def holes(field: Sequence[Expr], variables: Sequence[Symbol]) -> tuple[tuple[Expr, ...], ...]:
    """Return the single points of the plane where the field is not defined; in space none of them matters.

    Where the field breaks off along straight lines, each piece of the plane that is left has no hole. Raises
    `PotentialUnknownError` for anything else.

    >>> from sympy.abc import x, y
    >>> holes((x/(x**2 + y**2), y/(x**2 + y**2)), (x, y)), holes((1/x, y), (x, y))
    (((0, 0),), ())
    """
    found: dict[tuple[Expr, ...], None] = {}
    for base in _divisors(field):
        inside = [v for v in variables if base.has(v)]
        if not inside:
            continue
        if not base.is_polynomial(*inside):
            raise PotentialUnknownError(f"it is not known where {base} is zero")
        poly = Poly(base, *inside)
        if poly.total_degree() == 1 or poly.is_monomial:
            continue
        centre = _centre(base, variables)
        if centre is None:
            raise PotentialUnknownError(f"it is not known where {base} is zero")
        if len(variables) == 2 and base.subs(dict(zip(variables, centre, strict=True))) == 0:
            found[centre] = None
    return tuple(found)


def _centre(base: Expr, variables: Sequence[Symbol]) -> tuple[Expr, ...] | None:
    """The lowest point of a definite quadratic whose values are nowhere negative; None for anything else."""
    if Poly(base, *variables).total_degree() != 2:
        return None
    H = hessian(base, variables)
    if second_derivative_test(H) != "minimum":
        return None
    zero = dict.fromkeys(variables, Integer(0))
    centre = tuple(-part for part in H.LUsolve(H.__class__([diff(base, v).xreplace(zero) for v in variables])))
    lowest = base.subs(dict(zip(variables, centre, strict=True)))
    return centre if lowest >= 0 else None


def circulation(field: Sequence[Expr], variables: Sequence[Symbol], around: Sequence[Expr]) -> float:
    """Return the integral of the field along a circle round a point of the plane, to nine decimals; 0.0 for none.

    The sum over equally spaced points of a circle converges faster than any power of their distance.

    >>> from sympy.abc import x, y
    >>> round(circulation((-y/(x**2 + y**2), x/(x**2 + y**2)), (x, y), (0, 0)), 6)
    6.283185
    """
    count, radius, total = 96, 0.5, 0.0
    for k in range(count):
        angle = 2 * pi * k / count
        along = (-radius * sin(angle), radius * cos(angle))
        place = (float(around[0]) + radius * cos(angle), float(around[1]) + radius * sin(angle))
        put = dict(zip(variables, place, strict=True))
        total += sum(float(part.evalf(17, subs=put)) * step for part, step in zip(field, along, strict=True))
    return round(total * 2 * pi / count, 9) + 0.0


def _divisors(field: Sequence[Expr]) -> Iterator[Expr]:
    """What must not be zero: the bases of negative and broken powers, the insides of logarithms."""
    for part in field:
        for power in part.atoms(Pow):
            if not power.exp.is_nonnegative or not power.exp.is_integer:
                yield power.base
        for logarithm in part.atoms(log):
            yield logarithm.args[0]


def tidy(expr: Expr) -> Expr:
    """Return an expression in a form where 0 looks like 0; `simplify`, which is slow, is asked last.

    >>> from sympy.abc import x
    >>> tidy((x + 1)**2 - x**2 - 2*x - 1)
    0
    """
    expanded = expand(expr)
    if not expanded.free_symbols or expanded.is_polynomial():
        return expanded
    cancelled = cancel(expanded)
    return simplify(cancelled) if cancelled.has(log, Pow, sympy_sin) and _vanishes(cancelled) else cancelled


def _vanishes(expr: Expr) -> bool:
    """Whether an expression is zero, as far as two odd points tell."""
    letters = sorted(expr.free_symbols, key=str)
    points = ([0.7 + 0.31 * k for k in range(len(letters))], [1.3 - 0.17 * k for k in range(len(letters))])
    return all(abs(complex(expr.evalf(17, subs=dict(zip(letters, point, strict=True))))) < 1e-9 for point in points)
