"""Whatever a student gives, every kind of answer says something and nothing raises, hangs or scores by accident."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Derivative, Eq, Float, Function, I, Integral, Matrix, Piecewise, Symbol, exp, nan, oo, sin, sqrt, zoo
from sympy.abc import t, x, y, z

from autograder.answers import from_wire, of, to_wire
from autograder.answers.kinds import (
    Choice,
    ClassedPoints,
    Direction,
    Expression,
    Fitted,
    Kind,
    LevelSet,
    Line,
    Misfit,
    Normal,
    Number,
    Plane,
    Point,
    PointSet,
    Steps,
    UnitDirection,
    Vector,
)
from autograder.equality import Equal

KINDS: list[tuple[Kind, Any]] = [
    (Number(), sqrt(7)),
    (Expression(), 17 * x * y),
    (Expression(form="factored"), x**2 - 49),
    (Vector(("x", "y")), (17 * x, y)),
    (Point(("x", "y")), (17, 23)),
    (Direction(("x", "y")), (17, 23)),
    (UnitDirection(("x", "y")), (17, 23)),
    (Normal(("x", "y", "z")), (17, 23, 29)),
    (Plane(("x", "y", "z"), through=(1, 2, 3)), Eq(17 * x + 23 * y + 29 * z, 150)),
    (Line(("x", "y")), Eq(17 * x + 23 * y, 40)),
    (Line(("x", "y", "z")), (17 * t, 1 + 23 * t, 2)),
    (LevelSet(("x", "y")), Eq(x**2 + 17 * y**2, 23)),
    (PointSet(("x", "y")), [(17, 23), (29, 31)]),
    (ClassedPoints(("x", "y")), {(17, 23): "saddle"}),
    (Steps(Point(("x", "y"))), [(17, 23), (29, 31)]),
    (Steps(Number()), [17, 23]),
    (Choice(("uphill", "downhill")), "uphill"),
]
KIND_NAMES = [f"{type(kind).__name__}{i}" for i, (kind, _) in enumerate(KINDS)]


class Liar:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        raise RuntimeError("no repr")

    def _sympy_(self) -> Any:
        raise RuntimeError("no sympy")


STRANGE = [
    None, ..., "", " ", "x", "((", "import os", "9**9**9**9", "x = y = z", "none", "∅", "{}", "()", "0/0", "(,)",
    ":;:", "(1,2):", "\x00", "é" * 300, 0, -1, 5, 10**300, 0.0, 1e300, 1e-300, float("nan"), float("inf"), 1j, True,
    False, lambda: 1, int, object(), Liar(), (), [], {}, set(), (()), [[]], [[[]]], ((1, 2), (3, 4)), (0, 0),
    (0, 0, 0), {1, 2}, {1: 2}, {"x": 1}, {x: y, y: x}, {(1, 2): (3, 4)}, {Liar(): Liar()}, [None, ...], ["a", 1, x],
    [Liar()], range(9), np.zeros((3, 3)), np.array([]), np.array(["q"]), np.array([[1, np.nan]]), np.float64(2),
    Matrix(2, 2, [1, 2, 3, 4]), Matrix(0, 0, []), oo, -oo, zoo, nan, I, I * x, Eq(x, y), Eq(x, oo), Eq(x, x),
    Eq(0 * x, 1), x > y, Symbol("w"), t, (t, t), (t, t, t), (t, x, y), (sin(t), exp(t)), (oo, t), (nan, 1),
    Function("f")(x), Derivative(Function("f")(x), x), Integral(exp(x**2), x), Piecewise((x, x > 0), (1, True)),
    Piecewise((x, x > 0)), x**100, (x + y) ** 500, x**y, exp(exp(exp(x))), 1 / (x - x + Float(0.1)),
    x / (y - 1) - x / (y - 1), sqrt(-(x**2) - 1), Eq(1 / x, 0), Eq(1 / x, 1 / y), (1 / t, 1 / t), Eq(sqrt(x), -1),
    [Eq(x, 1), Eq(y, 2)], [Eq(x, 1), Eq(x, 2)], [Eq(x, t), Eq(y, t)], Eq(x**t, y), [(1, 2)] * 30, list(range(300)),
    {(i, i): "min" for i in range(50)}, {"min": "max"}, "min", ("min", "max"), [("min", "max")], [((), "min")],
    [((1, 2), "min", 3)], Eq(x**60 - y**60, x), Eq((x + y) ** 40, z),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "key"), KINDS, ids=KIND_NAMES)
def test_no_answer_raises_or_hangs_and_none_of_these_is_right(kind: Kind, key: Any) -> None:
    for answer in STRANGE:
        began = time.process_time()
        fitted = kind.fit(of(answer), (x, y, z))
        if isinstance(fitted, Misfit):
            assert fitted.says
        else:
            found = kind.compare(key, fitted.value)
            assert not isinstance(found.verdict, Equal)
            assert 0 <= found.credit < 1
            kind.in_one_form(fitted.value)
        assert time.process_time() - began < 8


@pytest.mark.parametrize(("kind", "key"), KINDS, ids=KIND_NAMES)
def test_the_key_itself_is_right_and_takes_one_form(kind: Kind, key: Any, judged: Callable[..., Any]) -> None:
    outcome = judged(kind, key, key, (x, y, z))
    if isinstance(kind, UnitDirection):
        assert "length" in outcome.says
    elif isinstance(kind, Expression) and kind.form:
        assert outcome.state == "right in another form"
    else:
        assert outcome.state == "right"
    fitted = kind.fit(of(key), (x, y, z))
    assert isinstance(fitted, Fitted)
    assert kind.in_one_form(fitted.value) == kind.in_one_form(key)


@pytest.mark.parametrize(("kind", "key"), KINDS, ids=KIND_NAMES)
def test_what_is_wanted_is_said_in_a_phrase_and_kinds_can_be_compared(kind: Kind, key: Any) -> None:
    words = kind.describe()
    assert words
    assert words[0].islower()
    assert not words.endswith(".")
    assert words in kind.fit(of(Liar()), (x, y, z)).says  # type: ignore[union-attr]
    assert kind == kind
    assert isinstance(hash(kind), int)


expressions = st.sampled_from([x, y, t, x + y, sqrt(2), oo, x * t, 17 * x + 23 * y])
atoms = expressions | st.sampled_from([0, 1, -2, 17, 23, 0.5, 2.83, True, None, "x", "(1,2)", "min"])
keys = st.sampled_from([x, y, "x", "min", "saddle", (1, 2), (17, 23)])


def collections(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inner, max_size=4)
    return lists | lists.map(tuple) | st.dictionaries(keys, inner, max_size=3)


answers = st.recursive(atoms | st.builds(Eq, expressions, expressions), collections, max_leaves=8)


@pytest.mark.slow
@given(answers, st.sampled_from(KINDS))
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_an_answer_means_the_same_on_both_sides_of_the_wire(answer: Any, pair: tuple[Kind, Any]) -> None:
    kind, key = pair
    here = of(answer)
    there = from_wire(to_wire(here))
    fits = [kind.fit(each, (x, y, z)) for each in (here, there)]
    assert repr(fits[0]) == repr(fits[1])
    if isinstance(fits[0], Fitted) and isinstance(fits[1], Fitted):
        found = [kind.compare(key, fit.value) for fit in fits]
        assert found[0].credit == found[1].credit
        assert type(found[0].verdict) is type(found[1].verdict)
