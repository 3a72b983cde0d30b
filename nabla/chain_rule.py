"""The chain rule on any tree of dependencies: multiply along a path, add the paths.

`z` is an expression; `inner` says what each inner variable is made of, in parameters or in further inner variables:

    z = x**2*y,  inner = {x: cos(t), y: sin(t)}

The *mixed form* of a derivative still holds the inner variables; `put_in` turns it into one in the parameters alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sympy import Add, Expr, Mul, Symbol

from nabla.calculus import evaluate, expression, variables_of

Inner = Mapping[Symbol, Expr]


class CircleError(ValueError):
    """An inner variable depends on itself, so that there is no tree."""


@dataclass(frozen=True)
class Path:
    """One way from the top of the tree down to the variable by which we differentiate.

    `through` lists the inner variables on the way (none for a direct branch); `factors` holds one partial derivative
    for each branch, from the top down.
    """

    through: tuple[Symbol, ...]
    factors: tuple[Expr, ...]

    @property
    def product(self) -> Expr:
        """The factors multiplied: what this path contributes."""
        return Mul(*self.factors)


def paths(z: Expr, inner: Inner, by: Symbol) -> tuple[Path, ...]:
    """List the paths from `z` down to `by` along which a change is passed on.

    A path whose factor is identically 0 is no path. Raises `CircleError` when an inner variable depends on itself.

    >>> from sympy import cos, sin
    >>> from sympy.abc import t, x, y
    >>> [(path.through, path.product) for path in paths(x**2 * y, {x: cos(t), y: sin(t)}, t)]
    [((x,), -2*x*y*sin(t)), ((y,), x**2*cos(t))]
    """
    order(inner)
    return tuple(_descend(expression(z), inner, by, (), ()))


def _descend(
    z: Expr, inner: Inner, by: Symbol, through: tuple[Symbol, ...], factors: tuple[Expr, ...]
) -> Iterable[Path]:
    for variable in variables_of(z):
        slope = z.diff(variable)
        if slope == 0:
            continue
        if variable in inner:
            yield from _descend(inner[variable], inner, by, (*through, variable), (*factors, slope))
        elif variable == by:
            yield Path(through, (*factors, slope))


def chain_rule(z: Expr, inner: Inner, by: Symbol, at: Mapping[Symbol, Expr] | None = None) -> Expr:
    """Return the derivative of `z` by the parameter `by`, in the parameters alone; with `at`, its value there.

    A parameter on which `z` depends directly counts too: the result is the total derivative. Raises `CircleError`,
    and `nabla.calculus.OutsideDomainError` where there is no real value.

    >>> from sympy import cos, sin
    >>> from sympy.abc import s, t, x, y
    >>> chain_rule(x**2 * y, {x: cos(t), y: sin(t)}, t)
    -2*sin(t)**2*cos(t) + cos(t)**3
    >>> chain_rule(x**2 + y**2, {x: s + t, y: s - t}, t, at={s: 5, t: 1})
    4
    """
    formula = put_in(Add(*(path.product for path in paths(z, inner, by))), inner)
    return formula if at is None else evaluate(formula, tuple(at), at)


def put_in(mixed: Expr, inner: Inner) -> Expr:
    """Replace every inner variable, all the way down, so that only parameters are left.

    >>> from sympy.abc import t, u, x
    >>> put_in(u + x, {u: x**2, x: 3*t})
    9*t**2 + 3*t
    """
    for variable in order(inner):
        mixed = mixed.xreplace({variable: inner[variable]})
    return mixed


def order(inner: Inner) -> tuple[Symbol, ...]:
    """List the inner variables so that each comes before those that it is made of. Raises `CircleError`.

    >>> from sympy.abc import t, u, x
    >>> order({x: 3*t, u: x**2})
    (u, x)
    """
    placed: list[Symbol] = []
    left = list(inner)
    while left:
        free = [v for v in left if not any(inner[w].has(v) for w in left)]
        if not free:
            raise CircleError(f"{', '.join(v.name for v in left)} depend on one another in a circle.")
        placed += free
        left = [v for v in left if v not in free]
    return tuple(placed)


def parameters(z: Expr, inner: Inner) -> tuple[Symbol, ...]:
    """List what everything depends on in the end, in canonical order.

    >>> from sympy.abc import s, t, x, y
    >>> parameters(x * y, {x: s + t, y: s - t})
    (s, t)
    """
    found = {v for part in (expression(z), *inner.values()) for v in part.free_symbols} - set(inner)
    return variables_of(Add(*found)) if found else ()


def branches(z: Expr, inner: Inner, top: Symbol) -> dict[Symbol, tuple[Symbol, ...]]:
    """Return the tree itself: for `top` and for each inner variable the variables one branch below it.

    >>> from sympy.abc import t, x, y, z
    >>> branches(x**2 * y, {x: 3*t, y: t**2}, z)
    {z: (x, y), x: (t,), y: (t,)}
    """
    return {top: variables_of(z)} | {variable: variables_of(inner[variable]) for variable in order(inner)}


Tree = Mapping[Symbol, Sequence[Symbol]]


def routes(tree: Tree, top: Symbol, by: Symbol) -> tuple[tuple[Symbol, ...], ...]:
    """List every way down a tree from `top` to `by`, ends included. The tree must have no circle.

    >>> from sympy.abc import t, x, y, z
    >>> routes({z: (x, y, t), x: (t,), y: (t,)}, z, t)
    ((z, x, t), (z, y, t), (z, t))
    """
    if top == by:
        return ((by,),)
    return tuple((top, *rest) for child in tree.get(top, ()) for rest in routes(tree, child, by))
