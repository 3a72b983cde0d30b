"""No path from a student's answer reaches `eval`, `exec`, `sympify` on text, or pickle."""

from __future__ import annotations

import ast
import builtins
import json
import marshal
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sympy
from sympy.parsing import sympy_parser

import autograder.answers
from autograder.answers import ReadingError, WireError, from_wire, of, read, to_wire

HERE = Path(__file__).parent
FOLDER = Path(autograder.answers.__file__).parent
FILES = sorted([*FOLDER.glob("*.py"), *(FOLDER / "typed").glob("*.py")])
FORBIDDEN = {
    *("eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex", "lambdify"),
    *("pickle", "marshal", "shelve", "importlib", "subprocess", "ctypes", "parse_mathematica"),
}
DANGEROUS_ATTRIBUTES = {"loads_pickle", "system", "popen", "run_code", "evalf_str", "sympify", "parse_expr"}
LAMBDIFIES = {"calls.py"}
"""Modules that turn a trusted expression, never a text, into a Python function."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_module_on_the_path_names_what_evaluates(path: Path) -> None:
    tree = ast.parse(path.read_text())
    allowed = {"lambdify"} if path.name in LAMBDIFIES else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            assert node.id not in FORBIDDEN - allowed, node.lineno
        elif isinstance(node, ast.Attribute):
            assert node.attr not in (DANGEROUS_ATTRIBUTES | FORBIDDEN) - allowed - {"compile"}, node.lineno
            if node.attr == "compile":
                assert isinstance(node.value, ast.Name), node.lineno
                assert node.value.id == "re", node.lineno
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.split(".")[0] for alias in node.names} | {(getattr(node, "module", "") or "")}
            assert not names & (FORBIDDEN - allowed), node.lineno


def test_the_scan_would_find_an_evaluation() -> None:
    tree = ast.parse("eval('1')")
    assert any(isinstance(node, ast.Name) and node.id in FORBIDDEN for node in ast.walk(tree))


class Tripped(BaseException):
    """A tripwire was touched. No `except Exception` can hide it."""


def trip(*arguments: Any, **options: Any) -> Any:
    raise Tripped(repr(arguments)[:80])


@contextmanager
def tripwires() -> Iterator[None]:
    """Make every way to evaluate a text raise."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("parse_expr", "stringify_expr", "eval_expr"):  # where sympify takes any text
            patch.setattr(sympy_parser, name, trip)
        for module in (pickle, marshal):
            patch.setattr(module, "loads", trip)
            patch.setattr(module, "load", trip)
        patch.setattr(builtins, "eval", trip)
        patch.setattr(builtins, "exec", trip)
        yield


def test_the_tripwires_trip() -> None:
    with tripwires(), pytest.raises(Tripped):
        sympy.sympify("x + 1")
    with tripwires(), pytest.raises(Tripped):
        sympy.Function("f")("x + 1")
    with tripwires(), pytest.raises(Tripped):
        eval("1")  # noqa: S307 - the tripwire itself is tried


def test_no_hostile_text_touches_a_tripwire() -> None:
    for attack in json.loads((HERE / "typed.json").read_text()):
        text = (
            attack["text"]
            if "text" in attack
            else attack["before"] + attack["body"] * attack["times"] + attack["after"]
        )
        with tripwires(), pytest.raises(ReadingError):
            read(text, "x y z")


def test_no_hostile_message_touches_a_tripwire() -> None:
    for attack in json.loads((HERE / "wire.json").read_text()):
        if "program" in attack:
            with tripwires(), pytest.raises(WireError):
                from_wire(json.dumps({"nabla": 1, "answer": attack["program"]}).encode())


def test_ordinary_answers_touch_no_tripwire() -> None:
    x = sympy.Symbol("x", positive=True)
    values = ("__import__('os')", sympy.sin(x), [x, "x"], {"a": x**2}, sympy.Matrix([x, 1]), 0.5)
    with tripwires():
        for text in ("2xy + e^x sin y", r"\frac{x}{\sqrt{x^2+y^2}}", "<1/√5, 2/√5>", "x + y = 5", "log_2(8)", "0.5x"):
            answer = read(text, "x y").answer
            assert from_wire(to_wire(answer)) == answer
        for value in values:
            assert from_wire(to_wire(of(value))) == of(value)
