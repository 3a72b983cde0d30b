"""What holds for every problem type whose answers are values, whatever its data; a new type is found by itself."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sympy import Eq, Expr, Matrix, MatrixBase, Rational, Symbol, expand, nsimplify

import autograder.problems as problems
from autograder.answers import from_wire, of, to_wire
from autograder.answers.kinds import Choice, PointSet
from autograder.grading.mathml import typeset
from autograder.judge import judge
from autograder.notation import plain
from autograder.problems import Hessian, NormalLine, Potential
from autograder.problems.marks import Marks
from autograder.problems.potential_mistakes import NOT_CONSERVATIVE
from autograder.problems.problem import CodeProblem, Problem
from autograder.problems.record import from_record, to_record

pytestmark = pytest.mark.slow  # every type at every level: minutes, not seconds


def types() -> Iterator[type[Problem]]:
    for name in problems.HOME:
        kind = getattr(problems, name)
        if issubclass(kind, Problem) and not issubclass(kind, CodeProblem) and kind is not Problem:
            yield kind


LEVELS = [1, 2, 3]
each_type = pytest.mark.parametrize("kind", list(types()), ids=lambda kind: kind.__name__)
each_level = pytest.mark.parametrize("level", LEVELS)


def text(value: Any) -> str:
    return plain(value).replace("·", "*")


def with_real_letters(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(with_real_letters(part) for part in value)
    return value.xreplace({s: Symbol(s.name, real=True) for s in value.free_symbols})


def decimals(value: Any) -> Any:
    return tuple(decimals(part) for part in value) if isinstance(value, tuple) else float(value)


def spellings(key: Any) -> list[Any]:
    """Ten ways to write one right answer, as many as its form has."""
    if isinstance(key, str):
        return of_words(key)
    if isinstance(key, Eq):
        return of_equation(key)
    if isinstance(key, MatrixBase):
        return of_matrix(key)
    if isinstance(key, Expr):
        return of_expression(key)
    if key and isinstance(key[0], tuple):
        return of_classed_points(key) if isinstance(key[0][1], str) else of_points(key)
    return of_vector(key)


def of_words(key: str) -> list[Any]:
    if key == NOT_CONSERVATIVE:
        return [key, key.upper(), f" {key}. ", "non-conservative", "Nonconservative", "no potential",
                '"not conservative"', "It is not conservative", "the field is not conservative",
                "There is no potential"]  # fmt: skip
    return [key, key.upper(), f" {key} ", key.replace(" ", "  "), f"“{key}”", f"{key}.", [key]]


def of_equation(key: Eq) -> list[Any]:
    left, right = key.lhs, key.rhs
    return [
        key,
        Eq(right, left, evaluate=False),
        Eq(left - right, 0, evaluate=False),
        Eq(-3 * left, -3 * right, evaluate=False),
        Eq(expand(left * 2), 2 * right, evaluate=False),
        f"{text(left)} = {text(right)}",
        f"{text(right)} = {text(left)}".replace("**", "^"),
        f"0 = {text(left)} - ({text(right)})",
        Eq(with_real_letters(left), right, evaluate=False),
        [key],
    ]


def of_matrix(key: MatrixBase) -> list[Any]:
    rows = key.tolist()
    lines = ["[" + ", ".join(map(text, row)) + "]" for row in rows]
    return [
        key,
        Matrix(key),
        rows,
        tuple(map(tuple, rows)),
        [Matrix([row]) for row in rows],
        with_real_letters(rows),
        "[" + ", ".join(lines) + "]",
        f"Matrix([{', '.join(lines)}])",
        "[" + "; ".join(line[1:-1] for line in lines) + "]",
        np.array(rows, dtype=object if key.free_symbols else float),
        [[expand(part) for part in row] for row in rows],
    ]


def of_expression(key: Expr) -> list[Any]:
    same = [
        key,
        [key],
        expand(key),
        key * Rational(3, 7) * Rational(7, 3),
        text(key),
        text(key).replace("*", " * "),
        f"({text(key)})",
        with_real_letters(key),
        text(expand(key)).replace("^", "**"),
        f"{text(key)} + 0",
    ]
    return same if key.free_symbols else [*same, float(key), f"{float(key):.9g}"]


def of_classed_points(key: Any) -> list[Any]:
    by_class: dict[str, list[Any]] = {}
    for point, name in key:
        by_class.setdefault(name, []).append(point)
    return [
        dict(key),
        list(key),
        list(reversed(key)),
        key,
        {p: f"local {n}" for p, n in key},
        by_class,
        {p: n.upper() for p, n in key},
        [(*p, n) for p, n in key],
        [[list(p), n] for p, n in key],
        "; ".join(f"{text(p)}: {n}" for p, n in key),
        " and ".join(f"{text(p)} is a {n} point" for p, n in key),
    ]


def of_points(key: Any) -> list[Any]:
    return [
        key,
        [list(point) for point in key],
        [Matrix(point) for point in key],
        np.array(key, dtype=object),
        "[" + ", ".join(map(text, key)) + "]",
        ", ".join(map(text, key)),
        decimals(key),
        [tuple(c.evalf(12) for c in point) for point in key],
        [text(point) for point in key],
        tuple(tuple(expand(c) for c in point) for point in key),
    ]


def of_vector(key: Any) -> list[Any]:
    joined = ", ".join(map(text, key))
    spelled = [
        key,
        list(key),
        Matrix(key),
        Matrix([list(key)]),
        tuple(map(expand, key)),
        np.array(key, dtype=object),
        text(key),
        f"[{joined}]",
        f"<{joined}>",
        with_real_letters(key),
        joined,
    ]
    return spelled if any(part.free_symbols for part in key) else [*spelled, decimals(key)]


@each_level
@each_type
def test_the_key_is_right_in_every_spelling(kind: type[Problem], level: int) -> None:
    problem = kind.variant(level, level)
    for spelling in spellings(problem.key()):
        judgement = judge(problem, problem.pack(spelling))
        assert judgement.state == "right", (problem, spelling, judgement)


@each_level
@pytest.mark.parametrize("kind", [k for k in types() if isinstance(k.variant(1).kind, PointSet)])
def test_sets_of_points_have_no_order(kind: type[Problem], level: int) -> None:
    problem = kind.variant(level, level)
    key = problem.key()
    for spelling in (list(reversed(key)), set(key), [*key, key[0]], "{" + ", ".join(map(text, reversed(key))) + "}"):
        assert judge(problem, of(spelling)).state == "right", (problem, spelling)


@each_level
def test_a_line_in_space_is_right_with_any_parameter(level: int) -> None:
    problem, t, s = NormalLine.variant(level, level), Symbol("t"), Symbol("s")
    for instead in (1 - 2 * s, t / 3):
        assert judge(problem, of(tuple(part.subs(t, instead) for part in problem.key()))).state == "right"


@each_level
@each_type
def test_every_mistake_is_told_from_the_key_and_named_when_given(kind: type[Problem], level: int) -> None:
    problem = kind.variant(1, level)
    form, mistakes = problem.kind.in_one_form, problem.mistakes()
    marks = [Marks().of(form(mistake.wrong)) for mistake in mistakes]
    marks = [each for each in marks if each]  # an equation that is no line has none
    assert len(set(marks)) == len(marks)
    assert Marks().of(form(problem.key())) not in marks
    for mistake in (*mistakes[:8], *random.Random(level).sample(mistakes, min(8, len(mistakes)))):
        judgement = judge(problem, of(mistake.wrong))
        assert judgement.mistake == mistake.name, (problem, mistake)
        assert judgement.credit < 1


@each_level
@each_type
def test_there_are_enough_mistakes_and_each_says_something(kind: type[Problem], level: int) -> None:
    problem = kind.variant(2, level)
    kind_of_answer = problem.kind
    least = len(kind_of_answer.options) - 1 if isinstance(kind_of_answer, Choice) else 6
    assert len(problem.mistakes()) >= least
    for mistake in problem.mistakes():
        assert mistake.says.endswith((".", "?"))
        assert mistake.next
        assert "  " not in mistake.says + mistake.next


@each_type
def test_what_is_said_of_a_mistake_never_holds_a_longer_key(kind: type[Problem]) -> None:
    for level in LEVELS:
        problem = kind.variant(7, level)
        key = problem.key()
        shown = text(tuple(key) if isinstance(key, MatrixBase) else key)
        if isinstance(key, str | Eq) or len(shown) < 4:
            continue  # too short to tell from a number that happens to stand there
        for mistake in problem.mistakes():
            assert shown not in (mistake.says + mistake.next).replace("·", "*"), (problem, mistake)


@each_level
@each_type
def test_the_same_seed_gives_the_same_problem_and_others_differ(kind: type[Problem], level: int) -> None:
    drawn = [kind.variant(seed, level) for seed in range(8)]
    assert drawn == [kind.variant(seed, level) for seed in range(8)]
    assert len(set(drawn)) >= 4
    assert all(problem.is_well_behaved() for problem in drawn)


@each_level
@each_type
def test_numbers_are_ones_that_a_person_can_do_by_hand(kind: type[Problem], level: int) -> None:
    for seed in range(8):
        problem = kind.variant(seed, level)
        for number in re.findall(r"\d+", problem.statement()):
            assert len(number) <= 5, (problem, number)
        key = problem.key()
        if isinstance(key, Expr) and key.is_number:
            assert 1e-3 < abs(float(key)) < 200, problem


@each_type
def test_hints_never_hold_the_answer(kind: type[Problem]) -> None:
    for seed in range(5):
        problem = kind.variant(seed, 2)
        hints = problem.hints()
        assert len(hints) == 3
        key = problem.key()
        if isinstance(key, Expr) and key.is_Integer:
            continue  # a small whole number may stand anywhere
        shown = plain(key) if isinstance(key, str | tuple | Expr) else str(key)
        told = re.sub(r"\\left|\\right|\\ |\\,|\s", "", " ".join(hints)).replace("\\frac{", "{")
        assert re.sub(r"\s", "", shown) not in told, (problem, hints)


@each_level
@each_type
def test_the_solution_has_a_computed_line_for_each_step(kind: type[Problem], level: int) -> None:
    problem = kind.variant(3, level)
    solution = str(problem.solution())
    assert solution.count("$$") % 2 == 0
    assert solution.count("$$") >= 4
    assert "Eq(" not in solution
    assert "**2" not in solution


@each_level
@each_type
def test_it_survives_a_record(kind: type[Problem], level: int) -> None:
    problem = kind.variant(4, level)
    rebuilt = from_record(json.loads(json.dumps(to_record(problem))))
    assert rebuilt == problem
    assert rebuilt.key() == problem.key()
    crossed = from_wire(to_wire(problem.pack(problem.key())))
    assert judge(rebuilt, crossed).state == "right"


@each_type
def test_a_right_earlier_value_changes_nothing_and_a_zero_one_forgives_nothing(kind: type[Problem]) -> None:
    problem = kind.variant(5, 1)
    for name, (_, right) in problem.earlier().items():
        assert (
            judge(problem.given(**{name: right}), problem.given(**{name: right}).pack(problem.key())).state == "right"
        )
        zero = 0 * right if isinstance(right, Expr | MatrixBase) else tuple(0 * part for part in right)
        given = problem.given(**{name: zero})
        assert judge(given, given.pack(zero)).credit < 1


@each_type
def test_a_wrong_gradient_found_earlier_is_followed_once(kind: type[Problem]) -> None:
    problem = kind.variant(6, 2)  # at level 1 only the signs of a gradient count for some
    if "gradient" not in problem.earlier():
        pytest.skip("nothing to follow")
    _, right = problem.earlier()["gradient"]
    own = tuple(part + i + 1 for i, part in enumerate(right))
    followed = problem.follow(gradient=own)
    if followed == problem.key():
        pytest.skip("a constant that is added does not matter to it")
    given = problem.given(gradient=own)
    judgement = judge(given, given.pack(followed))
    assert judgement.state == "right"
    assert "your own gradient" in judgement.says


@each_type
def test_an_untouched_cell_is_told_so(kind: type[Problem]) -> None:
    problem = kind.variant(0, 1)
    assert judge(problem, of(...)).state == "missing"
    assert judge(problem, of(None)).state == "missing"


@each_type
def test_the_statement_says_what_form_is_wanted_and_the_solution_has_steps(kind: type[Problem]) -> None:
    for level in (1, 2, 3):
        problem = kind.variant(3, level)
        assert re.search("give|as a formula|as a number", problem.statement().lower())
        assert "$" in problem.statement()
        assert len(list(problem.steps())) >= 2
        for part in (problem.statement(), problem.solution(), *problem.hints()):
            assert not re.search(r"\bnan\b|zoo|None|Symbol\(|[a-z]\*\*[0-9]", part), part


@each_type
def test_all_its_mathematics_can_be_shown_on_a_page_without_scripts(kind: type[Problem]) -> None:
    for level in (1, 2, 3):
        for seed in range(3):
            problem = kind.variant(seed, level)
            for part in (problem.statement(), problem.solution(), *problem.hints()):
                shown = typeset(str(part))
                assert "$" not in shown, shown


@each_type
def test_rubbish_is_wrong_and_never_an_error(kind: type[Problem]) -> None:
    problem = kind.variant(2, 2)
    rubbish = [
        "?",
        "",
        [],
        {},
        True,
        "lambda",
        [[]],
        [[1], [2, 3]],
        float("nan"),
        (1, 2, 3, 4, 5, 6, 7),
        "x +",
        object(),
        {"a": 1},
        Symbol("q"),
        [[1, 2], 3],
        {(1, 2): 3},
    ]
    for answer in rubbish:
        judgement = judge(problem, of(answer))
        assert judgement.state in ("wrong", "missing", "partly right"), (answer, judgement)
        assert judgement.credit < 1
        assert judgement.says


@each_type
def test_pictures_have_words_and_take_any_answer(kind: type[Problem]) -> None:
    for level in (1, 3):
        problem = kind.variant(1, level)
        for answer in (None, problem.key(), problem.mistakes()[0].wrong, "?"):
            picture = problem.picture(answer)
            assert picture is None or (picture.png.startswith(b"\x89PNG") and picture.words)


def test_random_draws_do_not_depend_on_the_global_generator() -> None:
    random.seed(1)
    one = Hessian.variant(5, 2)
    random.seed(2)
    assert one == Hessian.variant(5, 2)


def test_the_helpers_of_these_tests_see_what_they_should() -> None:
    assert len(spellings((Rational(1, 2), Rational(3)))) >= 10
    assert len(spellings(nsimplify("2/3"))) >= 10
    assert len(spellings(NOT_CONSERVATIVE)) >= 10
    assert {Hessian, Potential} < set(types())
