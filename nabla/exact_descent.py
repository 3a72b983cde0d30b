"""Gradient descent without rounding: exact paths, and how fast a quadratic may be walked down.

On a quadratic f with curvatures h (the eigenvalues of its Hessian), plain descent multiplies the distance to
the minimum by 1 - eta h along each axis of its ellipses, in every step. All else here follows from that:
it settles just when every |1 - eta h| < 1, so for eta < 2 / h_max; between 1 / h_max and 2 / h_max it swings
to and fro and still settles; at 2 / h_max it swings for ever.

>>> from sympy.abc import x, y
>>> valley = x**2 + 10*y**2
>>> largest_learning_rate(valley), best_learning_rate(valley)
(1/10, 1/11)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Expr, ImmutableMatrix, Integer, Matrix, Symbol, sqrt

from nabla.calculus import evaluate, expression, gradient, variables_of
from nabla.optimisers import Memory, Rule

ExactPoint = tuple[Expr, ...]


def exact_path(
    rule: Rule,
    f: Any,
    start: Iterable[Any],
    steps: int,
    variables: Sequence[Symbol] | None = None,
    memory: Sequence[Memory] | None = None,
) -> tuple[ExactPoint, ...]:
    """Return the start and the points after 1, 2, ... `steps` steps of `rule` down `f`, exactly.

    `memory` gives each coordinate's memory before the first step; without it the rule starts afresh. Raises
    what `nabla.calculus.gradient` raises.

    >>> from sympy import Rational
    >>> from sympy.abc import x, y
    >>> from nabla.optimisers import Plain
    >>> exact_path(Plain(Rational(1, 20)), x**2 + 10*y**2, (5, 5), steps=1)
    ((5, 5), (9/2, 0))
    """
    names = variables_of(f) if variables is None else tuple(variables)
    formula = tuple(gradient(f, names))
    point: ExactPoint = tuple(expression(part) for part in start)
    memories = [rule.start() for _ in point] if memory is None else list(memory)
    path = [point]
    for _ in range(steps):
        slopes = [evaluate(part, names, point) for part in formula]
        moved = [rule.step(*each) for each in zip(point, slopes, memories, strict=True)]
        point, memories = tuple(new for new, _ in moved), [kept for _, kept in moved]
        path.append(point)
    return tuple(path)


def hessian_of_quadratic(f: Any, variables: Sequence[Symbol] | None = None) -> ImmutableMatrix:
    """Return the constant Hessian of a quadratic. Raises `ValueError` when f is not quadratic.

    >>> from sympy.abc import x, y
    >>> hessian_of_quadratic(x**2 + 2*x*y + 3*y**2 + 4*x + 5)
    Matrix([
    [2, 2],
    [2, 6]])
    """
    f = expression(f)
    names = variables_of(f) if variables is None else tuple(variables)
    entries = [[f.diff(a, b).expand() for b in names] for a in names]
    if any(entry.free_symbols for row in entries for entry in row):
        raise ValueError(f"{f} is not a quadratic: its second derivatives are not constant")
    return ImmutableMatrix(entries)


def curvatures(f: Any, variables: Sequence[Symbol] | None = None) -> tuple[Expr, ...]:
    """Return the curvatures of a quadratic bowl, the eigenvalues of its Hessian, the smallest first.

    Raises `ValueError` when f is not quadratic or some curvature is not positive.

    >>> from sympy.abc import x, y
    >>> curvatures(x**2 + 10*y**2), curvatures(x**2 + 2*x*y + 3*y**2)
    ((2, 20), (4 - 2*sqrt(2), 2*sqrt(2) + 4))
    """
    values = sorted(_eigenvalues(hessian_of_quadratic(f, variables)), key=float)
    if not values or not values[0].is_positive:
        raise ValueError(f"{f} is not a bowl: its curvatures are {', '.join(map(str, values))}")
    return tuple(values)


def largest_learning_rate(f: Any, variables: Sequence[Symbol] | None = None) -> Expr:
    """Return the stability limit 2 / h_max: every learning rate below it settles, none above it does.

    >>> from sympy.abc import x
    >>> largest_learning_rate(4*x**2)
    1/4
    """
    return (2 / curvatures(f, variables)[-1]).radsimp()


def best_learning_rate(f: Any, variables: Sequence[Symbol] | None = None) -> Expr:
    """Return 2 / (h_min + h_max), at which the slowest coordinate of a quadratic shrinks fastest.

    Both ends then shrink by (h_max - h_min) / (h_max + h_min) in size in every step.

    >>> from sympy.abc import x, y
    >>> best_learning_rate(x**2 + 2*x*y + 3*y**2)
    1/4
    """
    values = curvatures(f, variables)
    return (2 / (values[0] + values[-1])).radsimp()


def shrink_factors(f: Any, learning_rate: Any, variables: Sequence[Symbol] | None = None) -> tuple[Expr, ...]:
    """Return 1 - eta h for every curvature h: what one step does to the distance along each axis.

    >>> from sympy import Rational
    >>> from sympy.abc import x, y
    >>> shrink_factors(x**2 + 10*y**2, Rational(1, 10))
    (4/5, -1)
    """
    eta = expression(learning_rate)
    return tuple(1 - eta * value for value in curvatures(f, variables))


def _eigenvalues(hessian: ImmutableMatrix) -> list[Expr]:
    """The eigenvalues, by formula where there is a short one."""
    size = hessian.rows
    if hessian.is_diagonal():
        return [hessian[i, i] for i in range(size)]
    if size == 2:
        half, root = hessian.trace() / 2, sqrt(hessian.trace() ** 2 / Integer(4) - hessian.det())
        return [half - root, half + root]
    return [value for value, times in Matrix(hessian).eigenvals().items() for _ in range(times)]
