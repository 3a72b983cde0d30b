"""Functions drawn at random whose critical points are found by hand."""

from __future__ import annotations

import random

from sympy import Expr, Symbol, exp

X, Y = Symbol("x"), Symbol("y")


def draw_landscape(rng: random.Random, level: int) -> Expr:
    """Draw a quadratic (level 1), a cubic or quartic (2), one with e^ or a degenerate point (3).

    The critical points may still fill a line: such a draw is to be thrown away.

    >>> draw_landscape(random.Random(2), 1).is_polynomial()
    True
    """
    p, q = rng.choice((-3, -2, -1, 1, 2, 3)), rng.choice((-3, -2, -1, 1, 2, 4))
    a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 1, 2, 3))
    s = rng.choice((1, -1))
    if level == 1:
        c = rng.choice((-1, 1, 2, -3, 4))
        quadratic = a * (X - p) ** 2 + c * (X - p) * (Y - q) + b * (Y - q) ** 2
        return (s * quadratic + rng.choice((0, 5))).expand()
    if level == 2:
        return (s * rng.choice(_several_points(p, q, a, b))).expand()
    return rng.choice(_harder(p, q, a, b, s)).expand(power_exp=False)


def _several_points(p: int, q: int, a: int, b: int) -> tuple[Expr, ...]:
    return (
        X**3 - 3 * p**2 * X + a * (Y - q) ** 2,
        X**3 + Y**3 - 3 * p * X * Y,
        X**3 - 3 * X + Y**3 - 3 * q**2 * Y,
        X**2 * Y - a * X**2 - b * Y**2,
        X**4 - 2 * p**2 * X**2 + a * (Y - q) ** 2,
        a * X**2 + X * Y**2 - 2 * a * q**2 * X,
    )


def _harder(p: int, q: int, a: int, b: int, s: int) -> tuple[Expr, ...]:
    return (
        b * X * exp(-(X**2) / 2 - Y**2 / 2),
        b * X * Y * exp(-(X**2) / 2 - Y**2 / 2),
        (X**2 + a * Y**2) * exp(-s * X),
        s * (X**4 - 4 * p**2 * X * Y + Y**4),
        X**3 - 3 * p**2 * X + (Y - q) ** 4,
        a * X**2 - 2 * a * p * X + s * (Y - q) ** 3,
        (X - p) ** 3 + Y**3 - 3 * q**2 * Y,
    )
