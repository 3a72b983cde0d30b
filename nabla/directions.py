"""Directions with a wanted rate: which unit vectors u make the directional derivative grad f . u a given number.

In the plane there are two of them, one or none, as the rate is smaller than the length of the gradient, equal to
it (either way) or larger. Rate 0 gives the two directions along the level curve.

>>> directions_with_rate((3, 4), 5)
((3/5, 4/5),)
>>> directions_with_rate((3, 4), 0)
((-4/5, 3/5), (4/5, -3/5))
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, sqrt

from nabla.calculus import expression, vector

Pair = tuple[Expr, Expr]


def directions_with_rate(gradient: Iterable[Any], rate: Any) -> tuple[Pair, ...]:
    """Return the unit vectors u in the plane with gradient . u = rate, the one to the left of the gradient first.

    u has the part rate / |grad f| along the gradient; the rest, to length 1, is across it, to either side.
    Raises `ValueError` for a gradient that is zero (then every direction has rate 0) or not in the plane.

    >>> directions_with_rate((3, 4), 4)
    ((0, 1), (24/25, 7/25))
    >>> directions_with_rate((3, 4), 6)
    ()
    """
    a, b = _slopes(gradient)
    along = expression(rate)
    square = a**2 + b**2
    rest = square - along**2
    if rest.is_negative:
        return ()
    across = sqrt(rest)
    left = ((along * a - across * b) / square, (along * b + across * a) / square)
    right = ((along * a + across * b) / square, (along * b - across * a) / square)
    return (left,) if across == 0 else (left, right)


def _slopes(gradient: Iterable[Any]) -> Pair:
    slopes = tuple(vector(gradient))
    if len(slopes) != 2:
        raise ValueError(f"directions with a rate are listed in the plane only, not for {len(slopes)} components")
    if all(slope == 0 for slope in slopes):
        raise ValueError("where the gradient is zero every direction has the rate 0")
    return slopes[0], slopes[1]
