"""The directional derivative by its definition, the limit of a difference quotient.

It needs no gradient, so it works where f is not differentiable. The classic example has a slope in every
direction at the origin, and is not even continuous there:

>>> from sympy.abc import x, y
>>> f = x**2*y / (x**4 + y**2)
>>> [limit_derivative(f, (0, 0), direction, value=0) for direction in ((1, 0), (0, 1), (3, 4))]
[0, 0, 9/20]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Dummy, Expr, Symbol, cancel, limit, nan, oo, together, zoo

from nabla.calculus import OutsideDomainError, expression, unit, variables_of, vector


def limit_derivative(
    f: Any, at: Iterable[Any], along: Iterable[Any], value: Any, variables: Sequence[Symbol] | None = None
) -> Expr:
    """Return the limit of (f(p + h u) - f(p)) / h for h -> 0, with u the unit vector along `along`.

    `value` is f(p), which the formula of f may fail to give. Raises `OutsideDomainError` when the limits from the
    two sides differ or are not finite.

    >>> from sympy import sqrt
    >>> from sympy.abc import x, y
    >>> limit_derivative(x**3 / (x**2 + y**2), (0, 0), (3, 4), value=0)
    27/125
    >>> limit_derivative(sqrt(x**2 + y**2), (0, 0), (3, 4), value=0)
    Traceback (most recent call last):
    nabla.calculus.OutsideDomainError: the slopes to the two sides differ: 1 and -1
    """
    return quotient_limit(f, at, unit(along), value, variables)


def quotient_limit(
    f: Any, at: Iterable[Any], step: Iterable[Any], value: Any, variables: Sequence[Symbol] | None = None
) -> Expr:
    """Return the limit of (f(p + h v) - f(p)) / h for h -> 0, with a vector v of any length. Raises as above.

    >>> from sympy.abc import x, y
    >>> quotient_limit(x**3 / (x**2 + y**2), (0, 0), (3, 4), value=0)
    27/25
    """
    f, here = expression(f), expression(value)
    names = variables_of(f) if variables is None else tuple(variables)
    size = Dummy("h", positive=True)
    slopes = []
    for sign in (1, -1):
        moved = [p + sign * size * v for p, v in zip(vector(at), vector(step), strict=True)]
        quotient = (f.xreplace(dict(zip(names, moved, strict=True))) - here) / (sign * size)
        slopes.append(_at_zero(quotient, size))
    ahead, behind = slopes
    if ahead.has(oo, -oo, zoo, nan) or behind.has(oo, -oo, zoo, nan):
        raise OutsideDomainError("the difference quotient has no finite limit")
    if not (ahead - behind).equals(0):
        raise OutsideDomainError(f"the slopes to the two sides differ: {ahead} and {behind}")
    return ahead


def _at_zero(quotient: Expr, size: Symbol) -> Expr:
    """The limit at zero from above: by cancelling where that is enough."""
    reduced = cancel(together(quotient))
    value = reduced.xreplace({size: expression(0)})
    return limit(reduced, size, 0, "+") if value.has(nan, zoo, oo) else value
