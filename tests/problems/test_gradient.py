"""The gradient as a formula and at a point: key, mistakes, words, variants."""

from __future__ import annotations

import re

import pytest
from mpmath import mp, mpf
from sympy import Rational, Symbol, cos, exp, lambdify, log, sin, symbols
from sympy.abc import x, y, z

from autograder import Gradient, GradientAt, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

SEEDS = range(12)


def central_difference(problem: GradientAt) -> list[mpf]:
    """A second way to the key: differences at 50 digits."""
    with mp.workdps(50):
        f = lambdify(problem.variables, problem.f, "mpmath")
        point = [mpf(part.p) / part.q for part in problem.at]
        h = mpf(10) ** -20

        def moved(i: int, by: mpf) -> mpf:
            return f(*(part + by * (i == j) for j, part in enumerate(point)))

        return [(moved(i, h) - moved(i, -h)) / (2 * h) for i in range(len(point))]


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_is_what_high_precision_differences_give(level: int) -> None:
    for seed in SEEDS:
        problem = GradientAt.variant(seed, level)
        for exact, numerical in zip(problem.key(), central_difference(problem), strict=True):
            assert abs(float(exact) - float(numerical)) < 1e-12


@pytest.mark.parametrize(
    ("f", "at", "key"),
    [
        (x**2 * y + 3 * y, (2, 1), (4, 7)),
        (3 * x**2 - 2 * x * y + y**2, (1, 2), (2, 2)),
        (x**2 + 3 * y**2, (1, 2), (2, 12)),
        (x * exp(y), (0, 0), (1, 0)),
        (x**2 + y**2, (1, 1), (2, 2)),
        (x**2 + 2 * y**2 + 3 * z**2, (1, 2, 3), (2, 8, 18)),
    ],
)
def test_the_worked_examples_come_out_as_the_chapter_says(f: object, at: tuple, key: tuple) -> None:
    assert GradientAt(f, at=at).key() == key


def test_a_vector_never_evaluated_earns_half_and_is_told_so() -> None:
    score = check(GradientAt(x**2 * y + 3 * y, at=(2, 1)), (2 * x * y, x**2 + 3), points=2)
    assert score == 1.0
    assert "as a formula" in score.feedback
    assert "x = 2 and y = 1" in score.feedback


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((7, 4), "components swapped"),
        ((-4, 7), "sign flipped in the x-component"),
        ((-4, -7), "all signs flipped"),
        (4, "only the x-component"),
        (11, "sum of the components"),
        ((11, 7), "other variables not held fixed in the x-component"),
        ((7, 7), "constant term kept in the x-component"),
        (5 + 5, ""),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(GradientAt(x**2 * y + 3 * y, at=(2, 1)), of(answer)).mistake == mistake


def test_a_product_rule_leak_is_named_in_the_component_where_it_happened() -> None:
    problem = Gradient(x**2 * exp(x * y))
    leaked = (2 * x * exp(x * y), x**3 * exp(x * y))
    judgement = judge(problem, of(leaked))
    assert "half of the product rule left out in the x-component" in judgement.mistake
    assert judgement.credit == Rational(1, 2)


def test_one_right_component_earns_its_share() -> None:
    judgement = judge(GradientAt(x**2 * y + 3 * y, at=(2, 1)), of((4, 100)))
    assert (judgement.state, judgement.credit) == ("partly right", Rational(1, 2))
    assert "x-component is right" in judgement.says


def test_a_zero_vector_earns_nothing_for_the_zeros_that_happen_to_be_right() -> None:
    assert judge(GradientAt(x**2 + y, at=(0, 5)), of((0, 0))).credit == 0


def test_the_solution_ends_with_the_key() -> None:
    assert problem_solution_tail() == r"\nabla f\,\left(2,\ 1\right) = \left(4,\ 7\right)"


def problem_solution_tail() -> str:
    return re.findall(r"\$\$ (.*) \$\$", GradientAt(x**2 * y + 3 * y, at=(2, 1)).solution())[-1]


def test_variables_are_matched_by_name_whatever_their_assumptions() -> None:
    a, b = symbols("x y", real=True)
    assert GradientAt(a**2 * b, at=(1, 2)) == GradientAt(x**2 * y, at=(1, 2))


def test_a_point_may_be_given_by_name() -> None:
    assert GradientAt(x**2 * y, at={y: 2, x: 1}) == GradientAt(x**2 * y, at=(1, 2))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: GradientAt(x * y, at=(1, 2, 3)), "3 coordinates and there are 2 variables"),
        (lambda: GradientAt(log(x) * y, at=(-1, 2)), "real"),
        (lambda: Gradient("x**2"), "sympy expression"),
        (lambda: Gradient(x * y, (x,)), "also depends on y"),
        (lambda: Gradient(7), "no variables"),
        (lambda: Gradient.variant(1, level=9), "level is 1, 2 or 3"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_when_it_is_made(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()  # type: ignore[operator]


def test_the_refusal_is_a_problem_error() -> None:
    with pytest.raises(ProblemError):
        Gradient("x**2")


def test_functions_of_three_variables_have_no_picture() -> None:
    assert GradientAt(x * y * z, at=(1, 1, 1)).picture() is None


def test_sine_and_cosine_slips_keep_their_names() -> None:
    problem = Gradient(sin(2 * x) + x * cos(y))
    wrong = (cos(2 * x) + cos(y), -x * sin(y))
    assert judge(problem, of(wrong)).mistake == "inner derivative dropped in the x-component"


def test_a_point_with_letters_in_it_is_refused() -> None:
    a = Symbol("a")
    with pytest.raises(ProblemError, match="must hold numbers"):
        GradientAt(x**2 + y, at=(a, 1))
