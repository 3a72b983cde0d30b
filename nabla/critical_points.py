"""Critical points of a function of several variables: where its gradient is zero, and of which class they are.

>>> from sympy.abc import x, y
>>> classed_critical_points(x**3 - 3*x + y**2, (x, y))
(((-1, 0), 'saddle'), ((1, 0), 'minimum'))
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sympy import Add, Expr, Mul, Symbol, exp, expand, together

from nabla.calculus import gradient
from nabla.polynomial_systems import Solution, real_solutions
from nabla.second_order import hessian, second_derivative_test


def critical_points(f: Expr, variables: Sequence[Symbol]) -> tuple[Solution, ...]:
    """Return the points where the gradient of f is zero.

    f is a polynomial, or one times exponential functions. Points where f has no gradient, such as the tip of a cone,
    are critical points too; such an f is refused here with a `TypeError`. Raises what
    `nabla.polynomial_systems.real_solutions` raises.

    >>> from sympy.abc import x, y
    >>> critical_points(x * exp(-x**2/2 - y**2/2), (x, y))
    ((-1, 0), (1, 0))
    """
    names = tuple(variables)
    return real_solutions([_without_exponentials(slope) for slope in gradient(f, names)], names)


def classed_critical_points(f: Expr, variables: Sequence[Symbol]) -> tuple[tuple[Solution, str], ...]:
    """Return each critical point with what the second-derivative test says of it.

    >>> from sympy.abc import x, y
    >>> classed_critical_points(x**4 + y**2, (x, y))
    (((0, 0), 'undecided'),)
    """
    return _classed(f, tuple(variables))


@lru_cache(maxsize=256)  # a class has the same problems over and over
def _classed(f: Expr, names: tuple[Symbol, ...]) -> tuple[tuple[Solution, str], ...]:
    H = hessian(f, names)
    return tuple(
        (point, second_derivative_test(H.xreplace(dict(zip(names, point, strict=True))).applyfunc(expand)))
        for point in critical_points(f, names)
    )


def _without_exponentials(slope: Expr) -> Expr:
    """Divide by exponential functions, which are never zero, where every term has the same ones."""
    expanded = expand(slope, power_exp=False)
    powers = {Mul(*(g for g in Mul.make_args(term) if isinstance(g, exp))) for term in Add.make_args(expanded)}
    if len(powers) == 1:
        (power,) = powers
        return expand(together(expanded / power))
    return expanded
