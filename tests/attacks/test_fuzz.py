"""Random texts and messages: each is read or refused, quickly, and nothing else happens.

`FUZZ=100000 make test ARGS=tests/attacks/test_fuzz.py` looks longer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.answers import ReadingError, WireError, from_wire, read, to_wire
from autograder.answers.vocabulary import CONSTANTS, WORDS

SECONDS = 2.0
"""The hard bound on one answer."""
FRAGMENTS = st.sampled_from(
    [
        *"xyz0123456789+-*/^()[]{}<>|,;=.!'\"_ \\$%&°√∛²³⁻½πθ∇∂∞·×÷−ijkeE",
        *("sin", "cos", "ln", "log", "exp", "sqrt", "abs", "arctan", "max", "pi", "and", "or", "true", "deg", "x_1"),
        *(r"\frac", r"\sqrt", r"\left", r"\right", r"\sin", r"\begin{pmatrix}", r"\end{pmatrix}", r"\\", r"\cdot"),
        *(r"\mathbf{i}", r"\hat", r"\langle", r"\rangle", "^{", "_{", "||", "**", "999", "f(x) =", "∇f =", "1,000"),
        *("1e", "e^", "(1, 2)", "<1, 2>", "x = ", "10^", "!", "__class__", "lambda", "import", "9^9"),
    ]
)
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=30).map("".join), st.text(max_size=40))
SHORT = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
MANY = int(os.environ.get("FUZZ", "2000"))
LONG = settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck), database=None)

HEX = st.one_of(st.integers(-20, 20), st.integers(-(2**5000), 2**5000)).map(lambda number: format(number, "x"))
SMALL = st.integers(-2, 5)
NAMES = st.sampled_from(["x", "y", "f", "x_1", "", "os.system", "λ", "x'"])
OPERATIONS = st.one_of(
    st.tuples(st.just("i"), HEX),
    st.tuples(st.just("q"), HEX, HEX),
    st.tuples(st.just("f"), HEX, st.integers(-2000, 2000), st.integers(-1, 200)),
    st.tuples(st.just("y"), NAMES),
    st.tuples(st.just("c"), st.sampled_from([*CONSTANTS, "os"])),
    st.tuples(st.just("b"), st.sampled_from(["true", "false", "maybe"])),
    st.tuples(st.just("e"), st.sampled_from([*WORDS, "eval"]), SMALL),
    st.tuples(st.just("u"), NAMES, SMALL),
    st.sampled_from([("scalar",), ("equation",), ("truth", True), ("text", "x"), ("missing", "none")]),
    st.tuples(st.just("items"), st.sampled_from(["tuple", "row", "set", "heap"]), SMALL),
    st.tuples(st.just("table"), SMALL),
)


@st.composite
def programs(draw: st.DrawFn) -> list[Any]:
    """Return a program that keeps its stack in mind, so that many of them are well formed."""
    program: list[Any] = []
    height = 0
    for _ in range(draw(st.integers(1, 40))):
        head = draw(st.sampled_from(sorted(WORDS)))
        arity = max(WORDS[head].least, 1)
        if height >= arity and draw(st.booleans()):
            program.append(["e", head, arity])
            height += 1 - arity
        else:
            program.append(list(draw(OPERATIONS.filter(lambda operation: operation[0] in "iqfyc"))))
            height += 1
    return [*program, ["e", "Add", height], ["scalar"]] if height > 1 else [*program, ["scalar"]]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
MESSAGES = st.one_of(
    st.binary(max_size=60),
    JUNK.map(lambda value: json.dumps(value).encode()),
    st.one_of(st.lists(OPERATIONS, max_size=25), programs()).map(
        lambda program: json.dumps({"nabla": 1, "answer": program}).encode()
    ),
)


def check_text(text: str) -> None:
    modules = set(sys.modules)
    began = time.process_time()
    refusal, reading = None, None
    try:
        reading = read(text, "x y z")
    except ReadingError as error:
        refusal = error
    if reading is None:
        assert refusal is not None
        assert refusal.message
        assert 0 <= refusal.position <= len(text)
    else:
        assert from_wire(to_wire(reading.answer)) == reading.answer
        assert reading.echo
        assert reading.written is not None
    assert time.process_time() - began < SECONDS
    assert not {module for module in set(sys.modules) - modules if not module.startswith("sympy")}


def check_message(message: bytes) -> None:
    began = time.process_time()
    try:
        answer = from_wire(message)
    except WireError:
        answer = None
    if answer is not None:
        assert from_wire(to_wire(answer)) == answer
    assert time.process_time() - began < SECONDS


@SHORT
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    check_text(text)


@pytest.mark.slow
@SHORT
@given(MESSAGES)
def test_any_message_is_read_or_refused(message: bytes) -> None:
    check_message(message)


@pytest.mark.slow
@LONG
@given(TEXTS)
def test_any_of_many_texts_is_read_or_refused(text: str) -> None:
    check_text(text)


@pytest.mark.slow
@LONG
@given(MESSAGES)
def test_any_of_many_messages_is_read_or_refused(message: bytes) -> None:
    check_message(message)
