"""The warm process: what it rehearses leaves no names, it can be lost, and its system calls are the kernel's."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from autograder.grading.inside.confinement import Confinement
from autograder.grading.inside.syscalls import CHECKED, FILES, MEMORY, SELF, WAITING, numbers
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.runner import Runner
from autograder.grading.sandbox import Sandbox
from autograder.grading.warm import StartError, Warm

HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")


def text(result):
    return "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in result.outputs)


@pytest.mark.slow
def test_what_is_rehearsed_is_forgotten_and_the_count_starts_at_one(warm):
    warm.rehearse(["rehearsed = 1", "raise ValueError", "print('seen')"], 60.0)
    with Runner(Limits(cell=5.0), warm=warm) as run:
        result = run.cell("'rehearsed' in globals(), Out, In")
        assert result.execution == 1
        assert text(result).startswith("(False, {}, ['', ")


@pytest.mark.slow
def test_a_rehearsed_cell_comes_to_the_same_whatever_a_student_does_to_the_cells_after(warm):
    warm.rehearse(["rehearsed = 6 * 7"], 60.0)
    change = "get_ipython().input_transformers_post.append(lambda lines: [line.replace('7', '8') for line in lines])"
    with Runner(Limits(cell=5.0), warm=warm) as run:
        run.cell(change)
        run.cell("rehearsed = 6 * 7")
        assert text(run.cell("rehearsed, 6 * 7")) == "(42, 48)"


@pytest.mark.slow
def test_a_picture_that_was_rehearsed_is_there_for_every_notebook(warm):
    drawn = "from sympy.abc import x, y\nfrom nabla.explore.album import _album\nlen(_album.get())"
    warm.rehearse(["from sympy.abc import x, y\nfrom autograder import WhichLevelSet",
                   "WhichLevelSet((x + y, x*y), right=2, at=(1, 4)).picture()"], 60.0)  # fmt: skip
    with Runner(Limits(cell=5.0), warm=warm) as run:
        assert int(text(run.cell(drawn))) > 0


@pytest.mark.slow
def test_a_warm_process_that_is_gone_is_told_and_another_can_be_had():
    with Warm() as warm, Runner(Limits(cell=5.0), warm=warm) as run:
        assert run.cell("1").status == "ok"
        os.killpg(warm._process.pid, signal.SIGKILL)
        warm._process.wait()
        with pytest.raises(StartError), warm.session("answers", Limits()) as session:
            # A child that was just being made may hold the line open for a moment; then the first cell tells.
            session.run("1", Collector(1000, 10, 1000), 5.0)


@pytest.mark.skipif(not HEADER.exists(), reason="the kernel's list of calls is not installed")
def test_the_numbers_of_system_calls_are_the_kernels():
    told = {name: int(number) for name, number in re.findall(r"__NR_(\w+)\s+(\d+)", HEADER.read_text())}
    ours = {name: number for table in (FILES, MEMORY, SELF, WAITING, CHECKED)
            for name, number in numbers(table, 0).items()}  # fmt: skip
    assert len(ours) > 150
    assert {name: told[name] for name in ours} == ours
    dangerous = """socket connect execve fork vfork ptrace mount unshare setns bpf memfd_create shmget io_uring_setup
        process_vm_readv keyctl open_by_handle_at"""
    assert not set(dangerous.split()) & set(ours)


@pytest.mark.slow
def test_the_process_that_waits_has_the_limits_that_are_asked_for_and_knows_what_was_rehearsed(warm):
    for limits in (Limits(cell=5.0), Limits(cell=5.0, memory=512)):
        with Runner(limits, warm=warm) as run:
            assert (
                text(run.cell("import sys; sorted(sys.modules).count('fractions'), 'left' in globals()"))
                == "(1, False)"
            )
            run.cell("left = 1")
    warm.rehearse(["import sys\nsys.rehearsed_last = True"], 60.0)
    with Runner(limits, warm=warm) as run:
        assert text(run.cell("import sys; sys.rehearsed_last")) == "True"


class Unfit(Sandbox):
    """A sandbox that cannot be set up."""

    def confinement(self, limits):
        return Confinement(landlock=True, readable=("\0",))


@pytest.mark.slow
def test_nothing_runs_where_the_sandbox_cannot_be_set_up():
    limits = Limits(cell=5.0)
    with Warm(Unfit("none")) as warm, Runner(limits, warm=warm) as run, pytest.raises(StartError, match="came up"):
        run.cell("1")


@pytest.mark.slow
def test_a_process_that_waits_runs_what_is_quick_and_nothing_that_is_slow_or_comes_after_it(tmp_path):
    def leaves_a_mark(name, then=""):
        return f"with open({str(tmp_path / name)!r}, 'a') as file: file.write('x')\n{then}"

    cells = [
        "from time import sleep",
        leaves_a_mark("quick"),
        leaves_a_mark("slow", "sleep(0.3)"),  # it is as slow only where the first cell has run before it
        leaves_a_mark("after"),
    ]
    with Warm() as warm:
        warm.rehearse(cells, 60.0)
        before = {name: len((tmp_path / name).read_text()) for name in ("quick", "slow", "after")}
        for _ in range(3):
            with warm.session("answers", Limits()) as session:
                session.run("1", Collector(1000, 10, 1000), 5.0)
    runs = {name: len((tmp_path / name).read_text()) - count for name, count in before.items()}
    assert runs == {"quick": 3, "slow": 0, "after": 0}


BROKEN = """
from autograder import NumericalGradient

class Broken(NumericalGradient):
    def inputs(self, seed):
        raise ArithmeticError

problem = Broken()
"""


@pytest.mark.slow
def test_a_problem_that_nothing_can_be_drawn_of_stops_no_class(warm):
    warm.rehearse([BROKEN], 60.0)
    with Runner(Limits(cell=5.0), warm=warm) as run:
        assert text(run.cell("1 + 1")) == "2"
