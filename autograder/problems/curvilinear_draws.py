"""Functions drawn at random in cylindrical and spherical coordinates, with points where they have plain values."""

from __future__ import annotations

import random

from sympy import Expr, cos, pi, sin

from nabla.curvilinear import coordinates

ANGLES = (pi / 2, pi / 3, pi / 6)


def draw_curvilinear(rng: random.Random, system: str) -> tuple[Expr, tuple[Expr, ...]]:
    """Draw a function in a system of coordinates, with a point off the axis.

    >>> f, at = draw_curvilinear(random.Random(1), "spherical")
    >>> len(at)
    3
    """
    a, b = rng.choice((-3, -2, 2, 3, 4)), rng.choice((-2, -1, 1, 2, 5))
    distance, third = rng.choice((1, 2, 3)), rng.choice((1, 2, -1))
    if system == "cylindrical":
        return rng.choice(_cylindrical(a, b)), (distance, rng.choice((*ANGLES, pi)), third)
    return rng.choice(_spherical(a, b)), (distance, rng.choice(ANGLES), rng.choice((*ANGLES, 2 * pi / 3)))


def _cylindrical(a: int, b: int) -> tuple[Expr, ...]:
    rho, phi, z = coordinates("cylindrical")
    return (
        a * rho**2 * sin(phi) + b * z,
        a * rho * z * cos(phi),
        a * rho**2 * cos(2 * phi) + b * z**2,
        a * z * sin(phi) + b * rho**2,
        a * rho**3 * phi + b * z * rho,
        a * phi * z + b * rho,
    )


def _spherical(a: int, b: int) -> tuple[Expr, ...]:
    r, theta, phi = coordinates("spherical")
    return (
        a * r**2 * sin(theta) * cos(phi),
        a * cos(theta) / r**2 + b * r * sin(phi),
        a * r * sin(theta) + b * r**2 * phi,
        a * r**2 * cos(theta) + b * sin(phi),
        a * r * sin(theta) ** 2 * sin(phi),
        a / r + b * phi * cos(theta),
    )
