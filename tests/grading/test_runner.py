"""Cells run in another process, and whatever one of them does, the next one can run."""

from __future__ import annotations

import pytest
from sympy import Integer

from autograder.answers.answer import Items, Refused, Scalar
from autograder.emission import ANSWER
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.runner import Runner

pytestmark = pytest.mark.slow
LIMITS = Limits(cell=4.0)
FILES = """
import os
try:
    files = os.listdir()
except PermissionError:  # with Landlock alone there is no folder of one's own, and no other can be listed
    files = []
"""


@pytest.fixture(scope="module")
def run(warm):
    with Runner(LIMITS, warm=warm) as runner:
        assert runner.cell("kept = 1").status == "ok"
        yield runner


def text(result):
    return "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in result.outputs)


def test_a_cell_shows_its_output(run):
    assert text(run.cell("print('a')\n2 + 3")) == "a\n5"


def test_a_cell_that_raises_says_so_and_the_next_one_runs(run):
    result = run.cell("1 / 0")
    assert result.status == "error"
    assert result.outputs[-1]["ename"] == "ZeroDivisionError"
    assert text(run.cell("kept")) == "1"


def test_an_endless_loop_is_interrupted_and_nothing_is_lost(run):
    assert run.cell("while True: pass").status == "timeout"
    assert text(run.cell("kept")) == "1"


def test_fifty_megabytes_on_one_line_are_cut_and_the_cell_is_stopped(run):
    result = run.cell("print('x' * 50_000_000)")
    assert result.status == "flood"
    assert len(text(result)) < LIMITS.kept_bytes + 100
    assert text(run.cell("kept")) == "1"


def test_a_cell_that_waits_for_input_gets_an_error(run):
    assert run.cell("input('name? ')").outputs[-1]["ename"] == "StdinNotImplementedError"


def test_the_process_has_a_bare_environment_and_no_files(warm, monkeypatch):
    monkeypatch.setenv("NABLA_TEST_SECRET", "do not tell")
    with Runner(LIMITS, warm=warm) as fresh:
        shown = text(
            fresh.cell(f"{FILES}import sys; print(os.environ.get('NABLA_TEST_SECRET'), '' in sys.path)\nfiles")
        )
    assert shown == "None False\n[]"


def test_a_cell_that_ends_the_process_costs_itself_alone(warm):
    with Runner(LIMITS, warm=warm) as run:
        run.cell("kept = 1")
        assert run.cell("import os; os._exit(0)").status == "died"
        assert text(run.cell("kept")) == "1"


def test_a_cell_that_ignores_the_interrupt_is_killed(warm):
    with Runner(Limits(cell=1.5), warm=warm) as run:
        run.cell("kept = 1")
        stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
        assert run.cell(stubborn).status == "timeout"
        assert text(run.cell("kept")) == "1"


def test_the_next_cell_may_begin_before_this_one_is_looked_at(warm):
    cells = ["order = [1]; print('a')", "order.append(2); print('b')", "1 / 0", "order"]
    with Runner(LIMITS, warm=warm) as run:
        shown = [run.cell(source, ahead=ahead) for source, ahead in zip(cells, [*cells[1:], ""], strict=True)]
    assert [text(result) for result in shown] == ["a\n", "b\n", "", "[1, 2]"]
    assert [result.execution for result in shown] == [1, 2, 3, 4]


@pytest.mark.parametrize("last", ["import os; os._exit(0)", "while True: pass"])
def test_a_cell_that_fails_takes_nothing_of_the_next_one_with_it(warm, last):
    with Runner(LIMITS, warm=warm) as run:
        run.cell("kept = 0", ahead="kept += 1")
        run.cell("kept += 1", ahead=last)
        run.cell(last, ahead="kept")
        assert text(run.cell("kept")) == "1"


def test_the_process_has_the_next_cell_at_hand_while_it_runs_this_one(warm):
    looks = "import select; bool(select.select([3], [], [], 2.0)[0])"  # where its requests come in
    with Runner(LIMITS, warm=warm) as run:
        assert text(run.cell(looks, ahead="1")) == "True"
        assert text(run.cell("1")) == "1"


def test_a_long_cell_or_one_in_any_script_can_be_announced(warm):
    cells = ["'" + sign * 3_900 + "'[0]" for sign in "a😀"] + ["'" + "b" * 200_000 + "'[0]"]
    with Runner(LIMITS, warm=warm) as run:
        shown = [run.cell(source, ahead=ahead) for source, ahead in zip(cells, [*cells[1:], ""], strict=True)]
    assert [text(result) for result in shown] == ["'a'", "'😀'", "'b'"]


def test_an_interrupt_that_comes_too_late_does_not_hit_the_next_cell(warm):
    goes_on = "import time; time.sleep(0.5); 'whole'"
    with warm.session("answers", LIMITS) as session:
        first, second = Collector(1000, 10, 1000), Collector(1000, 10, 1000)
        session.run("1", first, 5.0, ahead=goes_on)
        warm.tell({"do": "interrupt", "child": session.child, "id": 1})
        assert session.run(goes_on, second, 5.0) == ("ok", 2)


def test_another_cell_than_the_one_announced_is_a_mistake_of_ours(warm):
    with Runner(LIMITS, warm=warm) as run:
        run.cell("1", ahead="2")
        with pytest.raises(ValueError, match="announced"):
            run.cell("3")


def test_the_whole_submission_has_a_limit(warm):
    with Runner(Limits(cell=1.0, submission=1.0), warm=warm) as run:
        assert run.cell("while True: pass").status == "timeout"
        assert run.cell("1").status == "skipped"


def test_after_too_many_deaths_the_rest_is_skipped(warm):
    with Runner(Limits(cell=4.0, restarts=1), warm=warm) as run:
        assert [run.cell("import os; os._exit(0)").status for _ in range(3)] == ["died", "died", "skipped"]


def test_nothing_of_one_notebook_is_there_for_the_next(warm):
    with Runner(LIMITS, warm=warm) as run:
        assert run.cell("import sympy, builtins\nsympy.sin = builtins.kept = 1").status == "ok"
        run.cell("open('note', 'w').write('x')")  # where there is a folder to write to
    with Runner(LIMITS, warm=warm) as run:
        shown = text(run.cell(f"{FILES}import sympy, builtins\nfiles, sympy.sin, hasattr(builtins, 'kept')"))
        assert shown == "([], sin, False)"


def test_a_function_answer_is_called_with_inputs_from_outside(warm):
    rows = [Items((Scalar(Integer(3)), Scalar(Integer(4)))), Items((Scalar(Integer(1)), Scalar(Integer(0))))]
    with Runner(LIMITS, warm=warm) as run:
        run.cell("from autograder import check, GradientAt\nfrom sympy.abc import x, y")
        result = run.cell("def divide(a, b):\n    return a / b\ncheck(GradientAt(x*y, at=(1, 2)), divide)")
        assert ANSWER in result.outputs[-1]["data"]
        outputs = run.call(result.execution, rows)
    assert float(outputs[0].expression) == 0.75
    assert isinstance(outputs[1], Refused)
    assert "ZeroDivisionError" in outputs[1].reason


def test_a_function_that_never_returns_gives_refusals(warm):
    with Runner(Limits(cell=2.0), warm=warm) as run:
        run.cell("from autograder import check, GradientAt\nfrom sympy.abc import x, y")
        result = run.cell("def loop(a):\n    while True: pass\ncheck(GradientAt(x*y, at=(1, 2)), loop)")
        outputs = run.call(result.execution, [Items((Scalar(Integer(3)),))])
    assert [output.reason for output in outputs] == ["no result within 2 seconds"]
