"""Chain-rule data drawn at random, with numbers that a person can handle."""

from __future__ import annotations

import random

from sympy import Expr, Symbol, cos, exp, sin

Draw = tuple[Expr, dict[Symbol, Expr], tuple[Symbol, ...], tuple[int, ...]]
"""z, inner, by and at."""
_X, _Y, _U, _S, _T = (Symbol(name) for name in "xyust")


def _outer(rng: random.Random) -> Expr:
    a, b, n = rng.choice((2, 3, 4)), rng.choice((-3, -2, 2, 3)), rng.choice((2, 3))
    return rng.choice((a * _X**2 * _Y, _X**n + b * _Y**2, _X * _Y**2, a * _X * _Y + _Y**n, _X**2 + b * _X * _Y))


def draw_one(rng: random.Random) -> Draw:
    """Draw one parameter and polynomials, with a value or as a formula."""
    a, b, c = (rng.choice((-3, -2, 2, 3, 4)) for _ in range(3))
    x, y = rng.sample((a * _T, _T**2, _T**2 + b, c * _T + 1, _T**3), 2)
    at = (rng.choice((-1, 1, 2)),) if rng.random() < 0.6 else ()
    return _outer(rng), {_X: x, _Y: y}, (_T,), at


def draw_two(rng: random.Random) -> Draw:
    """Draw one parameter with sin, cos or exp, or one of two parameters."""
    a, b = rng.choice((2, 3)), rng.choice((-2, -1, 2, 3))
    if rng.random() < 0.5:
        x, y = rng.choice(((cos(_T), sin(_T)), (exp(_T), b * _T), (sin(a * _T), _T), (exp(a * _T), cos(_T))))
        at = (0,) if rng.random() < 0.3 else ()
        return _outer(rng), {_X: x, _Y: y}, (_T,), at
    x, y = rng.choice(((_S * _T, _S + b * _T), (_S + _T, _S - _T), (a * _S - _T, _S * _T), (_S**2 * _T, b * _S)))
    if rng.random() < 0.5:
        return _outer(rng), {_X: x, _Y: y}, (rng.choice((_S, _T)),), (rng.choice((1, 2)), rng.choice((-1, 1, 3)))
    return _X**2 + b * _Y**2 + a * _X, {_X: x, _Y: y}, (rng.choice((_S, _T)),), ()


def draw_three(rng: random.Random) -> Draw:
    """Draw all partials, a deeper tree, or a direct branch."""
    a, b = rng.choice((2, 3)), rng.choice((-2, -1, 2, 3))
    x, y = rng.choice(((_S * _T, _S + b * _T), (_S + a * _T, _S - _T), (_S**2, _S * _T)))
    sort = rng.choice(("all", "deep", "direct"))
    if sort == "all":
        at = (rng.choice((1, 2)), rng.choice((-1, 1, 3))) if rng.random() < 0.5 else ()
        return _X**2 + b * _Y**2, {_X: x, _Y: y}, (_S, _T), at
    if sort == "deep":
        inner = {_U: rng.choice((_X * _Y, _X + a * _Y, _X**2 + b * _Y)), _X: a * _T, _Y: rng.choice((_T**2, exp(_T)))}
        return rng.choice((_U**2, _U**2 + b * _X, _U * _Y, a * _U + _X * _Y)), inner, (_T,), ()
    curve = rng.choice(({_X: cos(_T), _Y: sin(_T)}, {_X: a * _T, _Y: _T**2}, {_X: exp(_T), _Y: b * _T}))
    return rng.choice((_X**2 + b * _Y * _T, _X * _Y + a * _T**2, _X * _T + b * _Y**2)), curve, (_T,), ()
