"""Potentials, holes, curvilinear coordinates, tables, Lagrange's condition."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Matrix, atan, cos, diff, exp, eye, log, simplify, sin, sqrt
from sympy.abc import x, y, z

from nabla.curvilinear import cartesian, coordinates, curvilinear_gradient, scale_factors, unit_vectors
from nabla.lagrange import extreme_values, is_bounded, lagrange_points, multiplier, singular_points
from nabla.potential import PotentialUnknownError, circulation, curls, holes, potential
from nabla.tables import difference, table_gradient


@pytest.mark.slow
@pytest.mark.parametrize(
    "phi",
    [
        x**3 * y - y**2 + z * x,
        exp(x) * sin(y) + z,
        x * exp(y * z) + y,
        log(x**2 + y**2) * 3,
        1 / sqrt(x**2 + y**2 + z**2),
        sin(x * y) + cos(2 * z),
        x / y + z**2,
        exp(-(x**2) - y**2),
    ],
)
def test_a_gradient_gives_back_its_function_up_to_a_constant(phi: object) -> None:
    letters = tuple(v for v in (x, y, z) if v in phi.free_symbols)  # type: ignore[attr-defined]
    found = potential([diff(phi, v) for v in letters], letters)
    assert all(simplify(diff(found - phi, v)) == 0 for v in letters)


@pytest.mark.parametrize("field", [(-y, x), (x * y, y), (y * exp(x), -exp(x)), (-y / (x**2 + y**2), x / (x**2 + y**2))])
def test_a_field_that_turns_has_no_potential(field: tuple) -> None:
    assert potential(field, (x, y)) is None


def test_a_vortex_about_another_centre_is_seen_too() -> None:
    r = (x - 3) ** 2 + (y + 2) ** 2
    assert potential((-(y + 2) / r, (x - 3) / r), (x, y)) is None
    assert holes((-(y + 2) / r, (x - 3) / r), (x, y)) == ((3, -2),)
    assert circulation((-(y + 2) / r, (x - 3) / r), (x, y), (3, -2)) == pytest.approx(2 * np.pi)


def test_a_quadratic_that_is_never_zero_makes_no_hole() -> None:
    field = (x / (x**2 + y**2 + 1), y / (x**2 + y**2 + 1))
    assert holes(field, (x, y)) == ()
    assert potential(field, (x, y)) == log(x**2 + y**2 + 1) / 2


def test_a_domain_that_is_not_understood_is_said() -> None:
    with pytest.raises(PotentialUnknownError, match="not known where"):
        potential([diff(atan(x * y) + log(x * y - 1), v) for v in (x, y)], (x, y))


def test_curl_of_a_gradient_is_zero_in_space() -> None:
    phi = x**2 * y * exp(z) + y * z**3
    assert curls([diff(phi, v) for v in (x, y, z)], (x, y, z)) == (0, 0, 0)


@pytest.mark.parametrize("system", ["cylindrical", "spherical"])
def test_unit_vectors_are_orthonormal_and_right_handed(system: str) -> None:
    E = Matrix(unit_vectors(system))
    assert (E * E.T).applyfunc(simplify) == eye(3)
    assert simplify(E.det()) == 1


@pytest.mark.parametrize("system", ["cylindrical", "spherical"])
def test_the_gradient_is_the_cartesian_one_seen_along_the_unit_vectors(system: str) -> None:
    f = x**2 * y + z * x
    put = dict(zip((x, y, z), cartesian(system), strict=True))
    slopes = [diff(f, v).subs(put, simultaneous=True) for v in (x, y, z)]
    seen = [sum(e * s for e, s in zip(unit, slopes, strict=True)) for unit in unit_vectors(system)]
    own = curvilinear_gradient(f.subs(put, simultaneous=True), system)
    assert [simplify(a - b) for a, b in zip(seen, own, strict=True)] == [0, 0, 0]


def test_scale_factors_are_the_lengths_of_the_tangent_vectors() -> None:
    for system in ("cylindrical", "spherical"):
        for v, h in zip(coordinates(system), scale_factors(system), strict=True):
            tangent = [diff(part, v) for part in cartesian(system)]
            assert simplify(sum(part**2 for part in tangent) - h**2) == 0
    with pytest.raises(ValueError, match="cylindrical"):
        scale_factors("polar")


def test_tables_agree_with_numpy_on_even_grids() -> None:
    rng = np.random.default_rng(0)
    rows = rng.integers(-9, 9, (4, 5))
    along_y, along_x = np.gradient(rows.astype(float), 0.5, 2.0)
    xs, ys = [2 * k for k in range(5)], [0.5 * k for k in range(4)]
    for i in range(5):
        for j in range(4):
            found = table_gradient(xs, ys, rows.tolist(), i, j)
            assert np.allclose(np.array(found, dtype=float), (along_x[j, i], along_y[j, i]))
    with pytest.raises(IndexError):
        difference(xs, rows[0].tolist(), 0)


def test_the_condition_of_lagrange_misses_a_cusp_and_finds_every_other_extreme() -> None:
    assert lagrange_points(y, y**3 - x**2, (x, y)) == ()
    assert singular_points(y**3 - x**2, (x, y)) == ((0, 0),)
    assert extreme_values(x, x**4 + y**4 - 16, (x, y)) == (-2, 2)
    assert multiplier(x * y, x + y - 6, (x, y), (3, 3)) == 3


@pytest.mark.parametrize(
    ("g", "bounded"),
    [(x**2 + y**2 - 1, True), (x**2 - y**2 - 1, False), (x + y - 1, False), (x**2 + 3 * x * y + y**2 - 1, False)],
)
def test_only_closed_curves_are_said_to_be_bounded(g: object, bounded: bool) -> None:
    assert is_bounded(g, (x, y)) is bounded  # type: ignore[arg-type]
