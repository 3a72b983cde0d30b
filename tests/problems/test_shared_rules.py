"""What holds for every problem about directions, level sets and descent, whatever its data."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from sympy import Eq, Expr, Matrix, Rational, Symbol, expand, nsimplify

from autograder.answers import from_wire, of, to_wire
from autograder.answers.kinds import Choice
from autograder.judge import judge
from autograder.notation import plain
from autograder.problems import (
    AdamStep,
    BestLearningRate,
    DescentFate,
    DescentPath,
    DescentStep,
    DirectionalDerivative,
    DirectionsWithRate,
    LargestLearningRate,
    LevelNormal,
    LevelNormalLine,
    LevelOrthogonality,
    LevelSetThrough,
    LevelTangent,
    LevelVelocity,
    LimitDerivative,
    MomentumStep,
    NoChangeDirections,
    Problem,
    RateAtAngle,
    RateTowards,
    RMSPropStep,
    SteepestDirection,
    SteepestRate,
    WhichLevelSet,
)
from autograder.problems.marks import Marks
from autograder.problems.record import from_record, to_record

pytestmark = pytest.mark.slow  # every type at every level: minutes, not seconds

TYPES = [
    AdamStep,
    BestLearningRate,
    DescentFate,
    DescentPath,
    DescentStep,
    DirectionalDerivative,
    DirectionsWithRate,
    LargestLearningRate,
    LevelNormal,
    LevelNormalLine,
    LevelOrthogonality,
    LevelSetThrough,
    LevelTangent,
    LevelVelocity,
    LimitDerivative,
    MomentumStep,
    NoChangeDirections,
    RateAtAngle,
    RateTowards,
    RMSPropStep,
    SteepestDirection,
    SteepestRate,
    WhichLevelSet,
]
LEVELS = [1, 2, 3]
each_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
each_level = pytest.mark.parametrize("level", LEVELS)


def with_real_letters(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(with_real_letters(part) for part in value)
    return value.xreplace({s: Symbol(s.name, real=True) for s in value.free_symbols})


def decimals(value: Any) -> Any:
    return tuple(decimals(part) for part in value) if isinstance(value, tuple) else float(value)


def text(value: Any) -> str:
    return plain(value).replace("·", "*")


def spellings(key: Any) -> list[Any]:
    """Ten ways to write one right answer, as many as its form has."""
    if isinstance(key, str):
        return [key, key.upper(), f" {key} ", key.replace(" ", "  "), f"“{key}”", f"{key}.", [key]]
    if isinstance(key, Eq):
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
    if isinstance(key, Expr):
        return [
            key,
            [key],
            Rational(1) * key + 0,
            expand(key),
            key * Rational(3, 7) * Rational(7, 3),
            text(key),
            text(key).replace("*", " * "),
            f"({text(key)})",
            float(key),
            f"{float(key):.9g}",
        ]
    if key and isinstance(key[0], tuple):
        rows = [list(point) for point in key]
        return [
            key,
            rows,
            Matrix(rows),
            [Matrix(point) for point in key],
            "[" + ", ".join(text(point) for point in key) + "]",
            ", ".join(text(point) for point in key),
            decimals(key),
            [tuple(c.evalf(12) for c in point) for point in key],
            [text(point) for point in key],
            tuple(tuple(expand(c) for c in point) for point in key),
        ]
    spelled = [
        key,
        list(key),
        Matrix(key),
        Matrix([list(key)]),
        tuple(expand(part) for part in key),
        text(key),
        "[" + ", ".join(text(part) for part in key) + "]",
        "<" + ", ".join(text(part) for part in key) + ">",
        with_real_letters(key),
        ", ".join(text(part) for part in key),
    ]
    return spelled if any(part.free_symbols for part in key) else [*spelled, decimals(key)]


@each_level
@each_type
def test_the_key_is_right_in_every_spelling(kind: type[Problem], level: int) -> None:
    problem = kind.variant(level, level)
    for spelling in spellings(problem.key()):
        judgement = judge(problem, of(spelling))
        assert judgement.state == "right", (problem, spelling, judgement)


@each_level
@each_type
def test_every_mistake_is_told_from_the_key_and_named_when_given(kind: type[Problem], level: int) -> None:
    problem = kind.variant(1, level)
    form = problem.kind.in_one_form
    marks = [Marks().of(form(mistake.wrong)) for mistake in problem.mistakes()]
    marks = [each for each in marks if each]  # an equation that is no line has none
    assert len(set(marks)) == len(marks)
    assert Marks().of(form(problem.key())) not in marks
    for mistake in random.Random(level).sample(problem.mistakes(), min(10, len(problem.mistakes()))):
        judgement = judge(problem, of(mistake.wrong))
        assert judgement.mistake == mistake.name, (problem, mistake)
        assert judgement.state != "right"


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
    for seed in range(3):
        problem = kind.variant(seed, 2)
        key = problem.key()
        if isinstance(key, str | Eq) or (isinstance(key, Expr) and len(plain(key)) < 4):
            continue  # too short to tell from a number that happens to stand there
        for mistake in problem.mistakes():
            assert plain(key) not in mistake.says + mistake.next, (problem, mistake)


@each_level
@each_type
def test_the_same_seed_gives_the_same_problem_and_others_differ(kind: type[Problem], level: int) -> None:
    drawn = [kind.variant(seed, level) for seed in range(8)]
    assert drawn == [kind.variant(seed, level) for seed in range(8)]
    assert len(set(drawn)) > 4
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
        given = problem.given(**{name: tuple(0 * part for part in right)})
        assert judge(given, given.pack(tuple(0 * part for part in right))).credit < 1


@each_type
def test_a_wrong_gradient_found_earlier_is_followed_once(kind: type[Problem]) -> None:
    problem = kind.variant(6, 2)  # at level 1 only the signs of a gradient count for some
    if "gradient" not in problem.earlier():
        pytest.skip("nothing to follow")
    _, right = problem.earlier()["gradient"]
    own = tuple(part + i + 1 for i, part in enumerate(right))
    followed = problem.follow(gradient=own)
    given = problem.given(gradient=own)
    judgement = judge(given, given.pack(followed))
    assert judgement.state == "right"
    assert "your own gradient" in judgement.says


@each_type
def test_an_untouched_cell_is_told_so(kind: type[Problem]) -> None:
    problem = kind.variant(0, 1)
    assert judge(problem, of(...)).state == "missing"
    assert judge(problem, of(None)).state == "missing"


def test_the_helpers_of_these_tests_see_what_they_should() -> None:
    assert len(spellings((Rational(1, 2), Rational(3)))) >= 10
    assert len(spellings(nsimplify("2/3"))) >= 10
