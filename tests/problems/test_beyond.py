"""What holds for every problem beyond the gradient, whatever its data."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import numpy as np
import pytest
from sympy import Expr, Matrix, MatrixBase, Rational, Symbol, expand

from autograder.answers import from_wire, of, to_wire
from autograder.grading.mathml import typeset
from autograder.judge import judge
from autograder.notation import plain
from autograder.problems import (
    ConstrainedExtremes,
    CriticalPoints,
    CurvilinearGradient,
    Hessian,
    Jacobian,
    LagrangePoints,
    NewtonStep,
    Potential,
    Problem,
    QuadraticTaylor,
    TableGradient,
)
from autograder.problems.marks import Marks
from autograder.problems.record import from_record, to_record

pytestmark = pytest.mark.slow  # every type at every level: minutes, not seconds

TYPES = [
    ConstrainedExtremes,
    CriticalPoints,
    CurvilinearGradient,
    Hessian,
    Jacobian,
    LagrangePoints,
    NewtonStep,
    Potential,
    QuadraticTaylor,
    TableGradient,
]
each_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
each_level = pytest.mark.parametrize("level", [1, 2, 3])


def text(value: Any) -> str:
    return plain(value).replace("·", "*")


def with_real_letters(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(with_real_letters(part) for part in value)
    return (
        value.xreplace({s: Symbol(s.name, real=True) for s in value.free_symbols}) if isinstance(value, Expr) else value
    )


def spellings(key: Any) -> list[Any]:
    """Ten ways to write one right answer."""
    if isinstance(key, str):
        return [
            key,
            key.upper(),
            f" {key}. ",
            "non-conservative",
            "Nonconservative",
            "no potential",
            '"not conservative"',
            "It is not conservative",
            "the field is not conservative",
            "There is no potential",
        ]
    if isinstance(key, MatrixBase):
        rows = key.tolist()
        lines = ["[" + ", ".join(map(text, row)) + "]" for row in rows]
        numbers = not key.free_symbols
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
            np.array(rows, dtype=float if numbers else object),
            [[expand(part) for part in row] for row in rows],
        ]
    if isinstance(key, Expr):
        return [
            key,
            [key],
            expand(key),
            key * Rational(3, 7) * Rational(7, 3),
            text(key),
            text(key).replace("*", " * "),
            f"({text(key)})",
            with_real_letters(key),
            text(expand(key)).replace("^", "**"),
            key + 0,
        ]
    first = key[0]
    if isinstance(first, tuple) and isinstance(first[1], str):
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
    if isinstance(first, tuple):
        return [
            list(key),
            key,
            list(reversed(key)),
            set(key),
            [list(p) for p in key],
            [Matrix(p) for p in key],
            [*key, key[0]],
            ", ".join(map(text, key)),
            "[" + ", ".join(map(text, key)) + "]",
            np.array(key, dtype=object),
            "{" + ", ".join(map(text, reversed(key))) + "}",
        ]
    return [
        key,
        list(key),
        Matrix(key),
        Matrix([key]),
        tuple(map(expand, key)),
        np.array(key, dtype=object),
        text(key),
        "[" + ", ".join(map(text, key)) + "]",
        "<" + ", ".join(map(text, key)) + ">",
        with_real_letters(key),
    ]


@each_level
@each_type
def test_the_key_is_right_in_ten_spellings(kind: type[Problem], level: int) -> None:
    for seed in range(2):
        problem = kind.variant(seed, level)
        ways = spellings(problem.key())
        assert len(ways) >= 10
        for spelling in ways:
            assert judge(problem, of(spelling)).state == "right", (problem, spelling, judge(problem, of(spelling)).says)


@each_level
@each_type
def test_every_mistake_is_told_from_the_key_and_named_when_given(kind: type[Problem], level: int) -> None:
    problem = kind.variant(level, level)
    mistakes = problem.mistakes()
    assert len(mistakes) >= 8
    forms = [Marks().of(problem.kind.in_one_form(mistake.wrong)) for mistake in mistakes]
    assert Marks().of(problem.kind.in_one_form(problem.key())) not in forms
    for mistake in (*mistakes[:15], *mistakes[15::9]):
        judgement = judge(problem, of(mistake.wrong))
        assert judgement.mistake == mistake.name
        assert judgement.credit < 1
        assert mistake.says
        assert mistake.next


@each_type
def test_what_is_said_of_a_mistake_never_holds_the_key(kind: type[Problem]) -> None:
    for level in (1, 2, 3):
        problem = kind.variant(7, level)
        key = problem.key()
        shown = text(tuple(key) if isinstance(key, MatrixBase) else key)
        for mistake in problem.mistakes():
            if len(shown) > 3 and not isinstance(key, str):
                assert shown not in mistake.says.replace("·", "*")


@each_level
@each_type
def test_the_same_seed_gives_the_same_problem_and_others_differ(kind: type[Problem], level: int) -> None:
    drawn = [kind.variant(seed, level) for seed in range(8)]
    assert drawn == [kind.variant(seed, level) for seed in range(8)]
    assert len(set(drawn)) >= 4
    assert all(problem.is_well_behaved() for problem in drawn)


@each_level
@each_type
def test_hints_rise_from_a_nudge_and_never_hold_the_answer(kind: type[Problem], level: int) -> None:
    for seed in range(3):
        problem = kind.variant(seed, level)
        hints = problem.hints()
        assert len(hints) == 3
        key = problem.key()
        if isinstance(key, str):
            continue
        answer = re.sub(r"\s", "", text(key))
        for hint in hints:
            assert len(answer) < 4 or answer not in re.sub(r"\s|\\left|\\right", "", hint)


@each_type
def test_the_statement_says_what_form_is_wanted_and_the_solution_has_steps(kind: type[Problem]) -> None:
    for level in (1, 2, 3):
        problem = kind.variant(3, level)
        assert "Give" in problem.statement()
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
def test_a_problem_and_an_answer_cross_to_another_process_and_back(kind: type[Problem]) -> None:
    problem = kind.variant(11, 3)
    again = from_record(json.loads(json.dumps(to_record(problem))))
    assert again == problem
    assert judge(again, from_wire(to_wire(again.pack(problem.key())))).state == "right"
    wrong = problem.mistakes()[0]
    assert judge(again, from_wire(to_wire(of(wrong.wrong)))).mistake == wrong.name


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
def test_nothing_given_is_said_to_be_missing(kind: type[Problem]) -> None:
    for answer in (None, ...):
        assert judge(kind.variant(1, 1), of(answer)).state == "missing"


@pytest.mark.slow
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
