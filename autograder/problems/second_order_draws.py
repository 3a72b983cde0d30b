"""Functions and points drawn at random for problems about second derivatives, with values found by hand."""

from __future__ import annotations

import random

from sympy import Expr, Integer, Symbol, cos, exp, log, sin

X, Y, Z = Symbol("x"), Symbol("y"), Symbol("z")
Drawn = tuple[Expr, tuple[Expr, ...]]


def draw_curved(rng: random.Random, level: int) -> Drawn:
    """Draw a function with a point: a polynomial (1), with e^, sin, cos or log (2), in three variables (3).

    >>> f, at = draw_curved(random.Random(1), 1)
    >>> f.is_polynomial(), len(at)
    (True, 2)
    """
    a, b, c = (rng.choice((-3, -2, -1, 1, 2, 3, 4)) for _ in range(3))
    p, q = rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2))
    if level == 1:
        return rng.choice(polynomials(a, b, c)), (Integer(p), Integer(q))
    if level == 2:
        return draw_with_function(rng, (a, b, c), (p, q))
    f = rng.choice(
        (
            a * X**2 * Y + b * Y * Z**2 + c * X * Z,
            X * Y * Z + a * X**3 + b * Z**2,
            a * X**2 * Z + b * X * Y**2 + c * Z**2,
            a * Y**3 + b * X * Y * Z + c * X**2,
            a * X * Z**2 + b * Y**2 * Z + c * X * Y,
        )
    )
    return f, (Integer(p), Integer(q), Integer(rng.choice((-1, 1, 2))))


def polynomials(a: int, b: int, c: int) -> tuple[Expr, ...]:
    """List polynomials in x and y with these coefficients.

    >>> polynomials(1, 2, 3)[0]
    x**3 + 2*x*y + 3*y**2
    """
    return (
        a * X**3 + b * X * Y + c * Y**2,
        a * X**2 * Y + b * Y**2 + c * X,
        a * X**2 * Y + b * Y**3,
        a * X * Y**2 + b * X**2 + c * Y,
        X**2 * Y**2 + a * X * Y + b * Y**2,
        a * X**3 * Y + b * Y**2,
        X**4 + a * X * Y**2 + b * Y,
    )


def draw_with_function(rng: random.Random, numbers: tuple[int, int, int], at: tuple[int, int]) -> Drawn:
    """Draw a function with e^, sin, cos or log, and a point where those have plain values.

    >>> f, at = draw_with_function(random.Random(1), (1, 2, 3), (1, 2))
    >>> f.is_polynomial(), len(at)
    (False, 2)
    """
    (a, b, c), (p, q) = numbers, at
    f, x0 = rng.choice(
        (
            (a * Y**2 * exp(X) + b * X * Y, 0),
            (a * Y * exp(b * X) + c * Y**2, 0),
            (a * Y**2 * cos(X) + b * X * Y, 0),
            (a * Y**2 * sin(b * X) + c * X**2, 0),
            (a * Y**2 * log(X) + b * X**2, 1),
            (X * exp(a * Y * X) + b * X * Y**2, 0),
            (a * Y * exp(X) + b * X**2 * Y**2, 0),
        )
    )
    return f, (Integer(x0), Integer(q if q != 1 else p if p != 1 else 2))
