"""Each slip gives the wrong derivative that its name promises, and is harmless where it does not apply."""

from __future__ import annotations

import pytest
from sympy import cos, diff, exp, simplify, sin, sqrt
from sympy.abc import x, y, z

from autograder.problems.slips import all_slips, lowered
from autograder.problems.wrong_rules import walk


@pytest.mark.parametrize(
    ("name", "f", "wrong"),
    [
        ("derivatives multiplied", x * sin(x), cos(x)),
        ("second half of the product rule left out", x * sin(x), sin(x)),
        ("first half of the product rule left out", x * sin(x), x * cos(x)),
        ("inner derivative dropped", sin(x * y), cos(x * y)),
        ("constant term kept", x**2 + y, 2 * x + y),
        ("exponent not lowered", x**3, 3 * x**3),
        ("exponent not brought down", x**3, x**2),
        ("exponential treated as a power", exp(x), x * exp(x - 1)),
        ("other variables not held fixed", x**2 * y, 2 * x * y + x**2),
        ("one fixed factor dropped", x**2 * y * z, 2 * x * z),
        ("fixed factor differentiated", x * y**2, 2 * y),
        ("exponent lowered before it was brought down", x**3, 2 * x**2),
        ("inner derivative along the wrong variable", sin(x * y), x * cos(x * y)),
        ("outer function not differentiated", sin(x * y), y * sin(x * y)),
        ("term left out", x**2 + x * y, x * 2),
        ("sign of one term", x**2 - y, -2 * x),
        ("exponent not lowered in one term", x**2 + x**3, 2 * x**2 + 3 * x**2),
    ],
)
def test_a_slip_gives_the_wrong_derivative_that_it_names(name: str, f: object, wrong: object) -> None:
    given = [slip.derivative(f, x) for slip in all_slips() if slip.name == name]
    assert any(simplify(derivative - wrong) == 0 for derivative in given)  # a sum has one for each of its terms


@pytest.mark.parametrize("f", [x**3 * y - 2 * x, x * exp(x * y), sqrt(x**2 + y**2), sin(x) ** 2 / (1 + y), x**y, y])
def test_without_a_slip_the_walk_is_plain_differentiation(f: object) -> None:
    assert simplify(walk(f, x, lambda node, var: None) - diff(f, x)) == 0


def test_a_fixed_factor_can_go_missing() -> None:
    by_name = {slip.name: slip for slip in all_slips()}
    assert by_name["fixed factor dropped"].derivative(3 * x**2 * y + 5 * x, x) == 6 * x + 5


def test_a_missing_exponent_of_a_reciprocal_is_a_matter_of_the_sign() -> None:
    by_name = {slip.name: slip.derivative(y / x, x) for slip in all_slips() if slip.likely}
    assert by_name["exponent not brought down"] == diff(y / x, x)


def test_a_sentence_begins_small_after_a_colon_but_a_symbol_does_not() -> None:
    assert lowered("That is f.") == "that is f."
    assert lowered("L is linear.") == "L is linear."
