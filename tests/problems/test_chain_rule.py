"""The chain rule: one parameter, several, values, and trees to be read off."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf
from sympy import Eq, Expr, Integer, Symbol, cos, exp, lambdify, latex, sin, symbols
from sympy.abc import r, s, t, u, x, y, z

from autograder import ChainRule, DependencyTree, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError
from nabla.chain_rule import put_in

CIRCLE = ChainRule(x**2 * y, {x: cos(t), y: sin(t)})
TWO = ChainRule(x**2 + y**2, {x: s + t, y: s - t})


def parts(key: object) -> tuple[Expr, ...]:
    return key if isinstance(key, tuple) else (key,)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_key_is_what_putting_in_and_differences_give(level: int) -> None:
    for seed in range(10):
        problem = ChainRule.variant(seed, level)
        letters = problem.parameters
        whole = lambdify(letters, put_in(problem.z, problem.made_of), "mpmath")
        place = problem.at or tuple(Integer(i + 1) / 3 for i in range(len(letters)))
        for by, found in zip(problem.by, parts(problem.key()), strict=True):
            with mp.workdps(50):
                h, i = mpf(10) ** -20, letters.index(by)
                ahead, behind = ([mpf(c.p) / c.q + step * (j == i) for j, c in enumerate(place)] for step in (h, -h))
                second = (whole(*ahead) - whole(*behind)) / (2 * h)
            assert abs(float(found.subs(dict(zip(letters, place, strict=True)))) - float(second)) < 1e-9


def test_the_worked_examples_come_out_as_the_chapter_says() -> None:
    assert CIRCLE.key() == -2 * cos(t) * sin(t) ** 2 + cos(t) ** 3
    assert check(CIRCLE, (1 - 3 * sin(t) ** 2) * cos(t)) == 1.0
    assert TWO.key() == (4 * s, 4 * t)
    assert ChainRule(x**2 + y**2, {x: s + t, y: s - t}, by=s).key() == 4 * s


def test_inner_factors_dropped_is_named_in_every_form() -> None:
    for wrong in (sin(2 * t) + cos(t) ** 2, 2 * x * y + x**2, 2 * x * sin(t) + cos(t) ** 2, "sin(2t) + cos^2 t"):
        assert judge(CIRCLE, of(wrong)).mistake == "inner factors dropped"


def test_inner_variables_may_stand_in_an_answer_and_that_is_said() -> None:
    score = check(CIRCLE, -2 * x * y * sin(t) + x**2 * cos(t))
    assert score == 1.0
    assert "we put x = cos(t) and y = sin(t)" in score.feedback


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (x**2 * cos(t), "the way over x left out"),
        (-2 * x * y * sin(t), "the way over y left out"),
        (-2 * x * y * sin(t) + x**2, "inner factor dropped on the way over y"),
        (-2 * x**3 * y * sin(t) * cos(t), "paths multiplied instead of added"),
        (-sin(t) + cos(t), "outer factors dropped"),
        (2 * x * y * sin(t) + x**2 * cos(t), "sign flipped on the way over x"),
        (cos(t) ** 2 * sin(t), "z itself, not its derivative"),
        ((2 * x * y, x**2), "the gradient of the outer function"),
        (-CIRCLE.key(), "sign flipped"),
    ],
)
def test_classic_wrong_answers_are_named(answer: object, mistake: str) -> None:
    assert judge(CIRCLE, of(answer)).mistake == mistake


def test_factors_that_jump_from_one_path_to_the_other_are_named() -> None:
    problem = ChainRule(x**2 * y, {x: t**3, y: 4 * t + 1})
    assert judge(problem, of(2 * x * y * 4 + x**2 * 3 * t**2)).mistake == "factors of two paths exchanged"


def test_partial_and_total_derivative_are_told_apart() -> None:
    problem = ChainRule(x * t + t**2, {x: sin(t)})
    judgement = judge(problem, of(sin(t) + 2 * t))
    assert judgement.mistake in ("the way over x left out", "partial derivative given for the total one")
    moved = ChainRule(x * t + y**2, {x: sin(t), y: t**3})
    assert judge(moved, of(x)).mistake == "partial derivative given for the total one"


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((4 * t, 4 * s), "parts in the wrong order"),
        (4 * s + 4 * t, "derivatives added up"),
        (4 * s, "only the derivative by s"),
        ((2 * x + 2 * y, 2 * x + 2 * y), "inner factors dropped"),
        ((4 * s, 2 * x), "the way over y left out in the t-component"),
        ((-4 * s, -4 * t), "all signs flipped"),
    ],
)
def test_wrong_pairs_are_named(answer: object, mistake: str) -> None:
    assert judge(TWO, of(answer)).mistake == mistake


def test_the_derivative_by_another_parameter_is_named() -> None:
    problem = ChainRule(x**2 * y, {x: s * t, y: s + 2 * t}, by=s, at=(1, 3))
    other = ChainRule(x**2 * y, {x: s * t, y: s + 2 * t}, by=t, at=(1, 3))
    assert judge(problem, of(other.key())).mistake == "derivative by t"


def test_a_value_not_evaluated_earns_half_and_is_told_so() -> None:
    problem = ChainRule(x**2 * y, {x: 2 * t, y: t**2}, at=(1,))
    for formula in (16 * t**3, 4 * x * y + 2 * x**2 * t):
        assert judge(problem, of(formula)).mistake == "not evaluated at the point"
        assert check(problem, formula) == 0.5
    assert judge(problem, of(4 * 1 * 1 + 2 * 1 * 1)).mistake == "parameter put in for the inner variables"


def test_a_wrong_formula_found_earlier_is_followed() -> None:
    problem = ChainRule(x**2 * y, {x: 2 * t, y: t**2}, at=(2,))
    score = check(problem.given(derivative=8 * t**3), 64, points=2)
    assert score == 2.0
    assert "your own derivative" in score.feedback
    assert check(problem.given(derivative=0), 0) == 0.0


def test_wrong_partials_found_earlier_are_followed() -> None:
    assert check(CIRCLE.given(partials=(2 * x, x**2)), -2 * x * sin(t) + x**2 * cos(t)) == 1.0


def test_the_solution_ends_with_the_key() -> None:
    assert latex(CIRCLE.key()) in CIRCLE.solution().splitlines()[-1]
    assert "4 s" in TWO.solution().splitlines()[-1]


def test_symbols_are_matched_by_name_whatever_their_assumptions() -> None:
    a, b, c = symbols("x y t", real=True)
    assert ChainRule(a**2 * b, {a: cos(c), b: sin(c)}) == CIRCLE


def test_a_deep_tree_works_as_a_flat_one() -> None:
    problem = ChainRule(u**2 + x, {u: x * y, x: 2 * t, y: exp(t)})
    assert check(problem, 2 * u * (y * 2 + x * exp(t)) + 2) == 1.0
    assert judge(problem, of(2 * u + 1)).mistake == "inner factors dropped"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ChainRule(x * y, {}), "what it is made of"),
        (lambda: ChainRule(x, {x: y, y: x}), "circle"),
        (lambda: ChainRule(x, {x: t, y: t}), "does not depend on y"),
        (lambda: ChainRule(x, {x: t}, by=s), "the parameters are t"),
        (lambda: ChainRule(x, {x: t}, at=(1, 2)), "2 coordinates"),
        (lambda: ChainRule(1 / x, {x: t}, at=(0,)), "no real value"),
        (lambda: ChainRule("x", {x: t}), "sympy expression"),
        (lambda: DependencyTree({z: (x,), x: (z,)}, t), "circle"),
        (lambda: DependencyTree({z: (x,), x: (t,)}, s), "No way leads"),
        (lambda: DependencyTree({}, s), "empty"),
        (lambda: DependencyTree({"z": (x,)}, x), "symbols"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_when_it_is_made(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()  # type: ignore[operator]


def test_the_refusal_is_a_problem_error() -> None:
    with pytest.raises(ProblemError):
        ChainRule(x, {x: t}, by=s)


# -- trees to be read off ------------------------------------------------------------------------------

TREE = DependencyTree({z: (x, y), x: (s, t), y: (s, t)}, by=t)
z_x, z_y, x_t, y_t, x_s, y_s = symbols("z_x z_y x_t y_t x_s y_s")


@pytest.mark.parametrize("answer", [z_x * x_t + z_y * y_t, "z_x x_t + z_y y_t", "dz/dt = z_x*x_t + z_y*y_t"])
def test_the_formula_is_read_off_the_tree(answer: object) -> None:
    assert check(TREE, answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (z_x + z_y, "inner factors dropped"),
        (z_x * x_t, "the way z → y → t left out"),
        (z_x * x_s + z_y * y_s, "derivative by s"),
        (z_x * x_t + z_y * y_t + z_x * x_s + z_y * y_s, "ways to s counted too"),
        (z_x * x_t + z_y, "factor dropped on the way z → y → t"),
        (x_t + y_t, "last factors only"),
        (z_x * y_t + z_y * x_t, "factors of two ways exchanged"),
        (z_x + x_t + z_y + y_t, "branches added instead of multiplied"),
    ],
)
def test_wrong_formulas_are_named(answer: object, mistake: str) -> None:
    assert judge(TREE, of(answer)).mistake == mistake


def test_the_direct_branch_alone_is_the_partial_for_the_total_derivative() -> None:
    problem = DependencyTree({z: (x, y, t), x: (t,), y: (t,)}, by=t)
    assert judge(problem, of(Symbol("z_t"))).mistake == "partial derivative given for the total one"


def test_an_equation_is_not_a_formula() -> None:
    assert judge(TREE, of(Eq(z_x, x_t))).state == "wrong"


def test_a_letter_that_is_no_branch_is_refused_kindly() -> None:
    assert "not part of this problem" in judge(TREE, of(Symbol("z_r") * r)).says


@pytest.mark.slow
def test_the_picture_shows_which_ways_an_answer_counts() -> None:
    assert "Missing in your answer (dashed): z → y → t." in TREE.picture(z_x * x_t).words
    assert "counts all of them" in TREE.picture(TREE.key()).words
    assert "2 ways from z down to t" in TREE.picture().words
    assert "x depends on t" in CIRCLE.picture().words
