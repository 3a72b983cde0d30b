"""The start page: its table of ways to type is true."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
import sympy
from sympy import exp, sqrt, symbols

from autograder import Gradient, check
from autograder.answers import of
from autograder.answers.kinds import Expression, Fitted

START = Path(__file__).resolve().parents[2] / "chapters" / "00-start-here.ipynb"
x, y = symbols("x y")


def typing_table() -> list[tuple[str, str]]:
    """The rows of the table in the start page: the Python and the typed form."""
    cells = {cell.id: cell.source for cell in nbformat.read(START, as_version=4).cells}
    return re.findall(r'\| `([^`]+)` \| `"([^`]+)"` \|', cells["typing"])


def test_the_table_of_typed_mathematics_has_its_rows():
    assert len(typing_table()) == 7


@pytest.mark.parametrize(("python", "typed"), typing_table())
def test_both_ways_of_typing_mean_the_same(python, typed):
    names = {"x": x, "y": y, "exp": exp, "sin": sympy.sin, "sqrt": sqrt}
    value = eval(python, {"__builtins__": {}}, names)  # noqa: S307 - our own page
    if isinstance(value, tuple):
        assert check(Gradient(x**2 + 3 * y), typed) == check(Gradient(x**2 + 3 * y), value) == 1
    else:
        kind = Expression()
        for answer in (typed, value):
            fitted = kind.fit(of(answer), (x, y))
            assert isinstance(fitted, Fitted)
            assert kind.compare(value, fitted.value).credit == 1
