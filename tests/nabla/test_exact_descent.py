"""Exact descent: the same path as in floats, and the limits of a learning rate."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, lambdify, sqrt
from sympy.abc import x, y, z

from nabla.calculus import gradient
from nabla.descent import descend
from nabla.exact_descent import (
    best_learning_rate,
    curvatures,
    exact_path,
    hessian_of_quadratic,
    largest_learning_rate,
    shrink_factors,
)
from nabla.optimisers import Adam, Momentum, Plain, RMSProp

VALLEY = x**2 + 10 * y**2
BOWL = x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5


@pytest.mark.parametrize(
    "rule",
    [
        Plain(Rational(1, 20)),
        Momentum(Rational(1, 20), Rational(1, 2)),
        RMSProp(Rational(1, 10), Rational(3, 4), 0),
        Adam(Rational(1, 10), Rational(1, 2), Rational(3, 4), 0),
    ],
)
def test_the_exact_path_is_the_path_in_floats(rule: object) -> None:
    slope = lambdify((x, y), list(gradient(BOWL, (x, y))))
    exact = exact_path(rule, BOWL, (3, 2), 3)  # type: ignore[arg-type]
    floats = descend(
        type(rule)(*(float(value) for value in vars(rule).values())),  # type: ignore[operator]
        lambda p: slope(*p),
        (3, 2),
        3,
    )
    assert np.allclose(np.array(exact, dtype=float), floats, atol=1e-12)


def test_a_memory_carries_on_where_another_walk_stopped() -> None:
    rule = Momentum(Rational(1, 40), Rational(1, 2))
    whole = exact_path(rule, VALLEY, (5, 5), 2)
    _, memory = zip(
        *(rule.step(p, g, rule.start()) for p, g in zip((5, 5), gradient(VALLEY, (x, y), (5, 5)), strict=True)),
        strict=True,
    )
    assert exact_path(rule, VALLEY, whole[1], 1, memory=memory)[1] == whole[2]


def test_the_hessian_of_the_chapter() -> None:
    assert hessian_of_quadratic(BOWL).tolist() == [[2, 2], [2, 6]]
    assert curvatures(BOWL) == (4 - 2 * sqrt(2), 4 + 2 * sqrt(2))


def test_curvatures_in_three_variables() -> None:
    f = x**2 + y**2 + z**2 + x * y
    assert np.allclose([float(h) for h in curvatures(f)], np.linalg.eigvalsh([[2, 1, 0], [1, 2, 0], [0, 0, 2]]))


@pytest.mark.parametrize("f", [VALLEY, BOWL, 3 * x**2 - x * y + 2 * y**2])
def test_the_limit_parts_paths_that_settle_from_paths_that_grow(f: object) -> None:
    slope = lambdify((x, y), list(gradient(f, (x, y))))
    limit = float(largest_learning_rate(f))

    def end(eta: float) -> float:
        return float(np.linalg.norm(slope(*descend(Plain(eta), lambda p: slope(*p), (1.0, 2.0), 4000)[-1])))

    assert end(0.99 * limit) < 1e-9
    assert not end(1.01 * limit) < 1e9


@pytest.mark.parametrize("f", [VALLEY, BOWL])
def test_no_rate_shrinks_the_slowest_axis_faster_than_the_best(f: object) -> None:
    best = best_learning_rate(f)

    def slowest(eta: object) -> float:
        return max(abs(float(factor)) for factor in shrink_factors(f, eta))

    assert all(slowest(best) < slowest(best * other) for other in (0.9, 0.99, 1.01, 1.1))


def test_the_factors_of_the_valley_at_its_limit() -> None:
    assert shrink_factors(VALLEY, Rational(1, 10)) == (Rational(4, 5), -1)


@pytest.mark.parametrize(
    ("f", "words"), [(x**3 + y**2, "not a quadratic"), (x**2 - y**2, "not a bowl"), (x * y, "bowl")]
)
def test_what_is_no_bowl_is_refused(f: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        largest_learning_rate(f)
