"""The rule where a domain ends, and domains that a problem gives."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    I,
    Integer,
    Interval,
    Piecewise,
    Rational,
    S,
    Symbol,
    acos,
    asin,
    exp,
    log,
    nan,
    oo,
    pi,
    sin,
    sqrt,
    zoo,
)

from autograder.equality import Different, Equal, Undecided, decide

x, y = Symbol("x"), Symbol("y")


def test_a_smaller_natural_domain_is_a_difference() -> None:
    verdict = decide(log(x**2), 2 * log(x))
    assert isinstance(verdict, Different)
    assert verdict.right is nan
    assert verdict.witness["x"] < 0


def test_which_goes_away_where_the_problem_says_positive() -> None:
    assert isinstance(decide(log(x**2), 2 * log(x), domain={"x": "positive"}), Equal)
    assert isinstance(decide(sqrt(x * y), sqrt(x) * sqrt(y), domain={"x": "positive", "y": "positive"}), Equal)


def test_a_single_missing_point_does_not_count() -> None:
    assert isinstance(decide((x**2 - 4) / (x - 2), x + 2), Equal)


def test_a_formula_that_holds_for_all_principal_values_is_accepted() -> None:
    assert isinstance(decide((sqrt(x) - 1) * (sqrt(x) + 1), x - 1), Equal)


def test_two_that_are_real_in_the_same_places_are_compared_only_there() -> None:
    assert isinstance(decide(1 / sqrt(x), sqrt(1 / x)), Equal)


def test_odd_roots_of_negative_numbers_may_be_read_as_real() -> None:
    verdict = decide(Integer(-8) ** Rational(1, 3), -2)
    assert isinstance(verdict, Equal)
    assert "odd roots" in verdict.by


def test_an_answer_with_a_gap_is_different() -> None:
    assert isinstance(decide(x, Piecewise((x, x < 5), (x, x > 6))), Different)


@pytest.mark.parametrize("size", [3, 40, 1000, 10**6, Rational(1, 50)])
def test_both_sides_of_a_breakpoint_are_seen(size: Integer) -> None:
    for sign in (1, -1):
        assert isinstance(decide(Abs(x - sign * size), x - sign * size), Different)
        assert isinstance(decide(Abs(x - sign * size), sign * size - x), Different)


def test_a_narrow_strip_is_seen() -> None:
    assert isinstance(decide(Piecewise((1, (x > 7) & (x < Rational(701, 100))), (0, True)), Integer(0)), Different)


def test_a_term_too_small_for_ordinary_digits_is_seen_in_a_small_domain() -> None:
    assert isinstance(decide(acos(x + 10), acos(x + 10) + exp(-(x**2)) / 10**9), Different)


def test_an_interval_restricts_a_variable() -> None:
    assert isinstance(decide(asin(sin(x)), x, domain={"x": Interval(-1, 1)}), Equal)
    assert isinstance(decide(asin(sin(x)), x, domain={"x": Interval(-2, 2)}), Different)
    assert isinstance(decide(Abs(sin(x)), sin(x), domain={"x": Interval(0, pi)}), Equal)
    assert isinstance(decide(sin(pi * x), 0, domain={"x": S.Integers}), Equal)


def test_a_domain_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        decide(x, x + 1, domain={"x": "big"})
    with pytest.raises(TypeError):
        decide(x, x + 1, domain={"x": 3})


def test_the_imaginary_unit_makes_it_complex() -> None:
    assert isinstance(decide((x + I) * (x - I), x**2 + 1), Equal)
    assert isinstance(decide(x + I, x - I), Different)


def test_infinities() -> None:
    assert isinstance(decide(oo, oo), Equal)
    assert isinstance(decide(oo, -oo), Different)
    assert isinstance(decide(zoo, x), Different)
    assert isinstance(decide(nan, x), Different)
    assert isinstance(decide(nan, nan), Undecided)
