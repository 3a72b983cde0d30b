"""The student's door: a plain number to nbgrader, reasons to a person, and never an exception for an answer."""

from __future__ import annotations

import subprocess
import sys
import warnings
from typing import Any

import numpy as np
import pytest
from sympy import I, Matrix, oo
from sympy.abc import x, y, z

from autograder import GradientAt, check

PROBLEM = GradientAt(x**2 * y + 3 * y, at=(2, 1))


class Liar:
    """Says that it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        raise RuntimeError("no repr for you")

    def _sympy_(self) -> Any:
        raise RuntimeError("no sympy for you")

    def __array__(self) -> Any:
        raise RuntimeError("no array for you")


@pytest.mark.parametrize(
    "answer",
    [None, ..., "", "x", "((", "import os", 4, lambda n: 10**n, 1e400, float("nan"), oo, I, True, Liar(),
     [Liar(), Liar()], lambda: 1, print, int, (4,), (4, 7, 9), [[1, 2], [3, 4]], [[[]]], {},
     {"x": 4}, set(), {4, 7}, x > y,
     np.array([]), np.array(["a", "b"]), np.zeros((50, 50)), Matrix(2, 2, [1, 2, 3, 4]), (z, z), b"bytes", object],
)  # fmt: skip
def test_no_answer_whatever_raises_or_warns_and_none_of_these_scores(answer: object, capsys: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        score = check(PROBLEM, answer, points=2)
    assert score == 0.0
    assert repr(score) == "0.0"
    assert score.judgement.says
    assert capsys.readouterr().err == ""


def test_a_number_of_thousands_of_digits_is_only_wrong() -> None:
    assert check(PROBLEM, 10**5000) == 0.0
    assert check(PROBLEM, (4, 10**5000)) <= 0.5


def test_the_repr_is_the_number_that_nbgrader_reads() -> None:
    assert [repr(check(PROBLEM, answer, points=3)) for answer in ((4, 7), (4, 1), (1, 1))] == ["3.0", "1.5", "0.0"]


def test_the_stub_is_told_from_a_wrong_answer() -> None:
    assert check(PROBLEM, ...).judgement.state == "missing"
    assert check(PROBLEM, (1, 1)).judgement.state == "wrong"


def test_numbers_of_numpy_and_decimals_that_are_right_are_right() -> None:
    assert check(PROBLEM, np.array([4.0, 7.0])) == 1.0
    assert check(PROBLEM, np.array([[4], [7]])) == 1.0
    assert check(PROBLEM, (np.float32(4), np.int64(7))) == 1.0


def test_a_first_argument_that_is_no_problem_is_the_authors_error() -> None:
    with pytest.raises(TypeError, match="wants a problem first"):
        check((4, 7), PROBLEM)  # type: ignore[arg-type]


def test_while_a_class_is_graded_check_only_records_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NABLA_CHECK", "answers")
    bundle = check(PROBLEM, (4, 7))._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "application/vnd.nabla.answer+json"}
    assert bundle["text/plain"] == "answer recorded"


def test_importing_check_brings_no_plots_and_no_numpy() -> None:
    heavy = ("numpy", "matplotlib", "ipywidgets", "IPython")
    code = f"import sys; from autograder import check; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
