"""The chain rule on trees, and implicit slopes: worked examples, and a second way by high-precision differences."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf
from sympy import Eq, Integer, Rational, cbrt, cos, exp, expand_trig, lambdify, simplify, sin
from sympy.abc import s, t, u, v, x, y, z

from nabla.calculus import OutsideDomainError
from nabla.chain_rule import CircleError, branches, chain_rule, order, parameters, paths, put_in, routes
from nabla.implicit import NoSlopeError, implicit_slope


def difference(z: object, inner: dict, by: object, at: dict) -> float:
    """A second way: put everything in, then a central difference at 60 digits."""
    with mp.workdps(60):
        letters = tuple(at)
        f = lambdify(letters, put_in(z, inner), "mpmath")
        place = [mpf(value.p) / value.q for value in map(Rational, at.values())]
        h, i = mpf(10) ** -20, letters.index(by)
        ahead, behind = list(place), list(place)
        ahead[i] += h
        behind[i] -= h
        return float((f(*ahead) - f(*behind)) / (2 * h))


TREES = [
    (x**2 * y, {x: cos(t), y: sin(t)}, t, {t: Rational(2, 3)}),
    (x**2 + y**2, {x: s + t, y: s - t}, s, {s: 2, t: 5}),
    (u * v, {u: x * y, v: x - exp(y), x: s * t, y: s**2}, t, {s: 2, t: Rational(1, 3)}),
    (x * t + y, {x: t**3, y: x * t}, t, {t: 2}),
    (u**2 + t, {u: v**2, v: x + t, x: sin(t)}, t, {t: 1}),
]


@pytest.mark.parametrize(("z", "inner", "by", "at"), TREES)
def test_it_is_what_differences_give(z: object, inner: dict, by: object, at: dict) -> None:
    assert abs(float(chain_rule(z, inner, by, at)) - difference(z, inner, by, at)) < 1e-12


@pytest.mark.parametrize(("z", "inner", "by", "at"), TREES)
def test_it_is_what_putting_in_first_gives(z: object, inner: dict, by: object, at: dict) -> None:
    assert simplify(chain_rule(z, inner, by) - put_in(z, inner).diff(by)) == 0


def test_the_bug_on_a_circle_comes_out_as_the_chapter_says() -> None:
    rate = chain_rule(x**2 * y, {x: cos(t), y: sin(t)}, t)
    assert rate == -2 * cos(t) * sin(t) ** 2 + cos(t) ** 3
    assert simplify(rate - (1 - 3 * sin(t) ** 2) * cos(t)) == 0
    assert simplify(expand_trig(rate - (cos(t) ** 2 * sin(t)).diff(t))) == 0


def test_two_parameters_come_out_as_the_chapter_says() -> None:
    inner = {x: s + t, y: s - t}
    assert [chain_rule(x**2 + y**2, inner, by) for by in (s, t)] == [4 * s, 4 * t]


def test_a_direct_branch_is_a_path_of_its_own() -> None:
    assert [path.through for path in paths(x * t, {x: t**2}, t)] == [(x,), ()]
    assert chain_rule(x * t, {x: t**2}, t) == 3 * t**2


def test_a_variable_reached_twice_counts_on_both_paths() -> None:
    assert [path.through for path in paths(u + x, {u: x**2, x: t}, t)] == [(x,), (u, x)]


def test_a_variable_that_does_not_move_gives_zero() -> None:
    assert paths(x, {x: s}, t) == ()
    assert chain_rule(x, {x: s}, t) == 0


def test_a_circle_is_refused() -> None:
    with pytest.raises(CircleError, match="circle"):
        order({x: y, y: x})


def test_a_point_outside_the_domain_is_refused() -> None:
    with pytest.raises(OutsideDomainError):
        chain_rule(1 / x, {x: t}, t, at={t: 0})


def test_the_tree_and_its_routes() -> None:
    inner = {u: x * y, x: s + t, y: t}
    tree = branches(u + x, inner, z)
    assert parameters(u + x, inner) == (s, t)
    assert routes(tree, z, t) == ((z, x, t), (z, u, x, t), (z, u, y, t))


def test_implicit_slopes_come_out_as_the_chapter_says() -> None:
    folium = x**3 + y**3 - 6 * x * y
    assert implicit_slope(x**2 + y**2 - 1, of=y, by=x) == -x / y
    assert simplify(implicit_slope(folium, of=y, by=x) - (2 * y - x**2) / (y**2 - 2 * x)) == 0
    assert implicit_slope(folium, of=y, by=x, at={x: 3, y: 3}) == -1


def test_the_folium_is_level_and_upright_where_the_chapter_says() -> None:
    folium = x**3 + y**3 - 6 * x * y
    level = {x: 2 * cbrt(2), y: 2 * cbrt(2) ** 2}
    assert folium.subs(level).equals(0)
    assert implicit_slope(folium, of=y, by=x, at=level).equals(0)
    with pytest.raises(NoSlopeError):
        implicit_slope(folium, of=y, by=x, at={x: level[y], y: level[x]})
    with pytest.raises(NoSlopeError):
        implicit_slope(folium, of=y, by=x, at={x: 0, y: 0})


def test_a_surface_has_two_slopes() -> None:
    sphere = x**2 + y**2 + z**2 - 14
    assert implicit_slope(sphere, of=z, by=x, at={x: 1, y: 2, z: 3}) == -Rational(1, 3)
    assert implicit_slope(sphere, of=z, by=y, at={x: 1, y: 2, z: 3}) == -Rational(2, 3)


def test_a_variable_that_does_not_occur_has_no_slope() -> None:
    with pytest.raises(NoSlopeError):
        implicit_slope(x**2 - Integer(4), of=y, by=x)
    assert Eq(implicit_slope(y - x**2, of=y, by=x), 2 * x)
