"""The gradient in cylindrical and in spherical coordinates.

A step of one unit in an angle is no step of unit length: it is as long as the scale factor of that coordinate. The
gradient counts per unit of length, so each derivative is divided by its scale factor.

Cylindrical: (rho, phi, z) with the scale factors 1, rho, 1. Spherical: (r, theta, phi), theta counted from the
positive z-axis and phi round it, with the scale factors 1, r, r sin(theta).

>>> from sympy import symbols
>>> r = symbols("r")
>>> curvilinear_gradient(-1 / r, "spherical")
(r**(-2), 0, 0)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Expr, Integer, Symbol, cos, diff, sin

COORDINATES: Mapping[str, tuple[Symbol, ...]] = MappingProxyType(
    {
        "cylindrical": (Symbol("rho"), Symbol("phi"), Symbol("z")),
        "spherical": (Symbol("r"), Symbol("theta"), Symbol("phi")),
    }
)
"""The coordinates of each system, in their order."""


def scale_factors(system: str) -> tuple[Expr, ...]:
    """Return how long a step is for each unit of a coordinate. Raises `ValueError` for a system that is not known.

    >>> scale_factors("spherical")
    (1, r, r*sin(theta))
    """
    one = Integer(1)
    first, second, _ = coordinates(system)
    return (one, first, one) if system == "cylindrical" else (one, first, first * sin(second))


def coordinates(system: str) -> tuple[Symbol, ...]:
    """Return the coordinates of a system. Raises `ValueError` for a system that is not known.

    >>> coordinates("cylindrical")
    (rho, phi, z)
    """
    if system not in COORDINATES:
        raise ValueError(f'the coordinates are "cylindrical" or "spherical", not {system!r}')
    return COORDINATES[system]


def curvilinear_gradient(f: Expr, system: str) -> tuple[Expr, ...]:
    """Return the components of grad f along the unit vectors of a system of coordinates.

    >>> rho, phi, z = coordinates("cylindrical")
    >>> curvilinear_gradient(rho**2 * sin(phi) + z, "cylindrical")
    (2*rho*sin(phi), rho*cos(phi), 1)
    """
    return tuple(diff(f, v) / h for v, h in zip(coordinates(system), scale_factors(system), strict=True))


def cartesian(system: str) -> tuple[Expr, ...]:
    """Return x, y and z in the coordinates of a system.

    >>> cartesian("spherical")
    (r*sin(theta)*cos(phi), r*sin(phi)*sin(theta), r*cos(theta))
    """
    if system == "cylindrical":
        rho, phi, z = coordinates(system)
        return rho * cos(phi), rho * sin(phi), z
    r, theta, phi = coordinates(system)
    return r * sin(theta) * cos(phi), r * sin(theta) * sin(phi), r * cos(theta)


def unit_vectors(system: str) -> tuple[tuple[Expr, ...], ...]:
    """Return the unit vectors of a system in Cartesian components, one for each coordinate.

    >>> unit_vectors("cylindrical")
    ((cos(phi), sin(phi), 0), (-sin(phi), cos(phi), 0), (0, 0, 1))
    """
    factors = scale_factors(system)
    return tuple(
        tuple((diff(part, v) / h).cancel() if h != 1 else diff(part, v) for part in cartesian(system))
        for v, h in zip(coordinates(system), factors, strict=True)
    )
