"""Functions and points drawn at random for tangent planes, with values that a person can work out."""

from __future__ import annotations

import random

from sympy import Expr, Integer, Symbol, cos, exp, log, sin, sqrt

X, Y, Z = Symbol("x"), Symbol("y"), Symbol("z")


def draw_graph(rng: random.Random, level: int) -> tuple[Expr, tuple[Expr, ...]]:
    """Draw a function of x and y with a point: a polynomial (1), one with a function (2), a quotient or root (3).

    >>> f, at = draw_graph(random.Random(1), 1)
    >>> f.is_polynomial(), len(at)
    (True, 2)
    """
    a, b, c = (rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(3))
    p, q = rng.choice((1, 2, 3, -1, -2)), rng.choice((1, 2, -1, -2))
    if level == 1:
        f = rng.choice(
            (a * X**2 + b * Y**2, X**2 * Y + b * Y, a * X * Y + c * Y**2, X**2 + b * X * Y, a * X * Y**2 + b)
        )
        return f, (Integer(p), Integer(q))
    if level == 2:
        f, first = rng.choice(
            (
                (a * X * exp(Y) + b * X**2, "y"),
                (a * exp(X) * Y + b * Y**2, "x"),
                (a * Y * sin(X) + b * Y, "x"),
                (a * X * cos(Y) + b * X * Y, "y"),
                (a * Y**2 * exp(b * X), "x"),
            )
        )
        return f, (Integer(0), Integer(q)) if first == "x" else (Integer(p), Integer(0))
    u, v, length = rng.choice(((1, 2, 2), (2, 1, 2), (2, 2, 1), (2, 3, 6), (4, 4, 7)))
    return rng.choice(
        (
            (sqrt(X**2 + Y**2 + length**2), (Integer(u), Integer(v))),
            (a * X / Y + b * Y, (Integer(p), Integer(q))),
            (a * X**2 * log(Y) + b * X, (Integer(p), Integer(1))),
            (sqrt(u * X + v * Y), (Integer(v), Integer(u))),
            (a * Y / (X**2 + 1) + b * Y, (Integer(rng.choice((1, -1, 2))), Integer(q))),
            (a * X * exp(X * Y) + b * Y, (Integer(p), Integer(0))),
        )
    )


def draw_level(rng: random.Random, level: int) -> tuple[Expr, tuple[Expr, ...]]:
    """Draw a function of x, y and z with a point: a quadric (1), with mixed terms (2), with a function (3).

    >>> F, at = draw_level(random.Random(1), 2)
    >>> len(F.free_symbols), len(at)
    (3, 3)
    """
    a, b, c = (rng.choice((1, 2, 3)) for _ in range(3))
    d = rng.choice((-3, -2, 2, 3))
    at = (Integer(rng.choice((1, 2, 3))), Integer(rng.choice((-2, -1, 1, 2))), Integer(rng.choice((1, 2, -1))))
    if level == 1:
        return rng.choice((a * X**2 + b * Y**2 + c * Z**2, a * X**2 + b * Y**2 - c * Z**2, X**2 + a * Y**2 + d * Z)), at
    if level == 2:
        return rng.choice((X * Y * Z + d * Z, X**2 * Y + d * Z**2, X * Y + Y * Z + d * X * Z, X**2 * Z + d * Y**2)), at
    inner = (at[0], at[1], Integer(0))
    return rng.choice(
        ((a * X * exp(Z) + d * Y**2, inner), (X * Y + d * sin(Z), inner), (X**2 * cos(Z) + d * Y * Z, inner),
         (X**3 + d * Y * Z**2, at), (X**2 * Y * Z + d * Y, at), (log(X) * Y + d * Z**2, (Integer(1), at[1], at[2])))
    )  # fmt: skip
