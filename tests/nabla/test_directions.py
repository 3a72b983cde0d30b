"""Directions with a wanted rate."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, sqrt

from nabla.directions import directions_with_rate


@pytest.mark.parametrize("rate", [-4, -1, 0, Rational(1, 2), 3, sqrt(2)])
def test_both_directions_have_length_one_and_the_rate(rate: object) -> None:
    for a, b in directions_with_rate((3, -4), rate):
        assert float(a) ** 2 + float(b) ** 2 == pytest.approx(1)
        assert 3 * float(a) - 4 * float(b) == pytest.approx(float(rate))  # type: ignore[arg-type]


def test_scanning_all_angles_finds_no_others() -> None:
    angles = np.linspace(0, 2 * np.pi, 1_000_001)
    rates = 3 * np.cos(angles) + 4 * np.sin(angles)
    crossings = angles[:-1][np.diff(np.sign(rates - 2)) != 0]
    ours = sorted(float(np.arctan2(float(b), float(a)) % (2 * np.pi)) for a, b in directions_with_rate((3, 4), 2))
    assert np.allclose(ours, crossings, atol=1e-5)


def test_the_steepest_rate_has_one_direction_and_a_larger_one_none() -> None:
    assert directions_with_rate((3, 4), -5) == ((Rational(-3, 5), Rational(-4, 5)),)
    assert directions_with_rate((3, 4), Rational(501, 100)) == ()


@pytest.mark.parametrize(("gradient", "words"), [((0, 0), "every direction"), ((1, 2, 3), "plane")])
def test_a_flat_point_and_space_are_refused(gradient: tuple, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        directions_with_rate(gradient, 1)
