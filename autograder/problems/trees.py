"""Trees of dependencies in problems: reading the data, naming the top, writing and drawing the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sympy import Expr, Symbol

from autograder.notation import listing, plain, typeset
from autograder.problems.problem import ProblemError, exact
from nabla.chain_rule import CircleError, branches, order

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Pairs = tuple[tuple[Symbol, Expr], ...]


def exact_inner(z: Expr, inner: Any) -> Pairs:
    """Take a mapping (or pairs) from inner variable to expression as pairs, in the order given.

    Raises `ProblemError` when z does not depend on one of them in the end, or when they go in a circle.

    >>> from sympy.abc import t, x
    >>> exact_inner(x**2, {x: 3 * t})
    ((x, 3*t),)
    """
    given = inner.items() if isinstance(inner, Mapping) else inner
    pairs = tuple((Symbol(getattr(v, "name", str(v))), exact(expr, f"{v}")) for v, expr in given)
    made_of = dict(pairs)
    if not made_of or len(made_of) != len(pairs):
        raise ProblemError("inner should say once for each inner variable what it is made of: {x: cos(t), y: sin(t)}.")
    try:
        order(made_of)
    except CircleError as circle:
        raise ProblemError(str(circle)) from circle
    used = {v for expr in (z, *made_of.values()) for v in expr.free_symbols}
    if idle := [v.name for v in made_of if v not in used]:
        raise ProblemError(f"z = {plain(z)} does not depend on {listing(idle)}; leave it out of inner.")
    return pairs


def top_name(taken: Iterable[Symbol]) -> Symbol:
    """Return a name for the outer variable that no other variable has.

    >>> from sympy.abc import z
    >>> top_name([z])
    w
    """
    names = {symbol.name for symbol in taken}
    return Symbol(next(name for name in ("z", "w", "f", "g", "Z") if name not in names))


def fraction_of(above: Symbol, below: Symbol, count: int) -> str:
    r"""Write a derivative in LaTeX: with a straight d when there is only one variable below.

    >>> from sympy.abc import t, z
    >>> fraction_of(z, t, 1), fraction_of(z, t, 2)
    ('\\frac{dz}{dt}', '\\frac{\\partial z}{\\partial t}')
    """
    d, gap = ("d", "") if count == 1 else (r"\partial", " ")
    return rf"\frac{{{d}{gap}{typeset(above)}}}{{{d}{gap}{typeset(below)}}}"


def tree_picture_of(z: Expr, inner: Mapping[Symbol, Expr], top: Symbol, by: Sequence[Symbol]) -> Picture:
    """Draw the tree of a problem with the ways down to `by`."""
    from nabla.explore.tree import tree_picture  # matplotlib is loaded only when a picture is asked for

    tree = {above.name: tuple(v.name for v in below) for above, below in branches(z, inner, top).items()}
    return tree_picture(tree, top.name, [v.name for v in by])
