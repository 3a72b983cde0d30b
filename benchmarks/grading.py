"""Claim: a class is graded many times faster than by stock `nbgrader autograde`, in a sandbox, with equal marks.

The same submissions, made of the honest students of the demonstration, are graded by stock nbgrader and by
`nabla grade` with one worker, in turn, so that both meet the same machine. Then the same cells are run in the sandbox
and in a warm interpreter without any protection, in turn for each submission; and classes of two sizes, one in twenty
of them hostile, are graded to see cost and memory stay the same; last, one worker on one core is compared with more
workers on as many cores.

Times are per submission once grading runs: what it costs to start is shown beside them.

    python benchmarks/grading.py --honest 8 --rounds 2
    python benchmarks/grading.py --large 1000               # the whole claim; some minutes
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, fields
from pathlib import Path

from classroom import REPOSITORY, classroom
from workers import by_workers, efficiency, table

from autograder.answers import to_wire
from autograder.answers.answer import Items
from autograder.emission import VARIABLE, Emission
from autograder.grading import notebook as nb
from autograder.grading.batch import grade_class, rehearsal
from autograder.grading.doctor import choose
from autograder.grading.execution import execute
from autograder.grading.inside.shell import make_shell
from autograder.grading.inside.zygote import preload
from autograder.grading.intake import take
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import prepare, standings
from autograder.grading.warm import Warm
from autograder.problems.problem import CodeProblem


@dataclass(frozen=True)
class Cost:
    """Seconds for each submission, seconds until the first, and megabytes."""

    clock: float
    start: float = 0.0
    peak: float = 0.0


def by_us(course, key, limits, wanted) -> Cost:
    """Grade everybody with one worker: first one, to know what it costs to start, then the others."""
    students = list(wanted)
    sandbox = choose(REPOSITORY)
    took, start = {}, 0.0
    with Memory() as memory:
        for group in (students[:1], students[1:]):
            began, ends = time.perf_counter(), {}
            for outcome in grade_class(course, key, group, limits=limits, workers=1, sandbox=sandbox):
                assert outcome.graded.status == "graded", outcome.graded.says
                ends[outcome.graded.student] = time.perf_counter()
            start = start or min(ends.values()) - began
            pairs = itertools.pairwise(ends.values())
            took |= dict(zip(list(ends)[1:], (end - before for before, end in pairs), strict=True))
    each = statistics.mean(took[name] for name in took if wanted[name])
    return Cost(each, start, memory.peak)


def by_nbgrader(course, students: list[str]) -> Cost:
    """Grade by stock nbgrader: first one, to know what it costs to start, then the others."""
    (course.root / "nbgrader_config.py").unlink(missing_ok=True)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    took = []
    for group in (students[:1], students[1:]):
        for other in students:
            held, here = course.root / "held" / other, course.root / "submitted" / other
            held.parent.mkdir(exist_ok=True)
            if other in group and held.exists():
                shutil.move(held, here)
            elif other not in group and here.exists():
                shutil.move(here, held)
        began = time.perf_counter()
        command = [sys.executable, "-m", "nbgrader", "autograde", "gradient"]
        done = subprocess.run(command, cwd=course.root, env={**os.environ, "PATH": path, "HOME": str(course.root)},
                              capture_output=True, text=True, timeout=3600)  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        took.append(time.perf_counter() - began)
    for held in sorted((course.root / "held").glob("*")):
        shutil.move(held, course.root / "submitted" / held.name)
    more = max(1, len(students) - 2)  # from a + b = t1 and a + (n - 1) b = t2
    each = (took[1] - took[0]) / more
    return Cost(each, took[0] - each)


def running_only(course, key, limits):
    """Return seconds for running the cells of one submission: in the sandbox, and in a warm shell without protection.

    Both have loaded and rehearsed the same before, and call the students' functions on the same; nothing is judged or
    written. The plain shell draws the instructor's pictures anew each time, the sandbox finds them drawn. Each
    submission is run in both before the next one, twice.
    """
    names = course.students("gradient")
    handed_in = [(course.submitted("gradient", name) / "gradient.ipynb").read_bytes() for name in names]
    given = rehearsal(key)
    exercises = {exercise.grade_id: exercise for exercise in key.exercises}
    os.environ[VARIABLE] = "answers"
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell = make_shell()
    preload(shell)
    for source in given:
        shell.run_cell(source)
    inside = outside = 0.0
    with Warm(choose(REPOSITORY)) as warm:
        warm.rehearse(given, 60.0)
        execute(take(handed_in[0], key.master, key.notebook), exercises, lambda name: 1, limits, warm)
        for raw in handed_in * 2:
            began = time.perf_counter()
            execute(take(raw, key.master, key.notebook), exercises, lambda name: 1, limits, warm)
            inside += time.perf_counter() - began
            began = time.perf_counter()
            unprotected(shell, take(raw, key.master, key.notebook), exercises)
            outside += time.perf_counter() - began
    return inside / len(handed_in) / 2, outside / len(handed_in) / 2


def unprotected(shell, intake, exercises) -> None:
    """Run the cells of a submission in a shell of this process, and call its functions as grading does."""
    for entry in intake.entries:
        if entry.cell["cell_type"] != "code":
            continue
        shown = shell.run_cell(nb.source(entry.cell), store_history=True).result
        exercise = exercises.get(nb.grade_id(entry.cell))
        if isinstance(shown, Emission) and isinstance(exercise.problem, CodeProblem):
            wire = to_wire(Items(tuple(exercise.problem.inputs(1)), "list")).decode()
            shell.run_cell(f"_oh[{shell.execution_count - 1}].respond({wire!r})", store_history=False)


class Memory:
    """The most memory that this process and all below it hold at once, shared pages counted once, in MB."""

    def __enter__(self):
        self.peak, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._done.set()
        self._thread.join()

    def _watch(self):
        while not self._done.wait(0.5):
            self.peak = max(self.peak, sum(map(proportional, family(os.getpid()))) / 1000)


def family(process: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found = [process]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def proportional(process: int) -> int:
    """Return the proportional share of memory of a process, in kB."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def marks(course, key):
    """Return the marks in the gradebook, by student and exercise."""
    return {name: {cell: held.score for cell, held in row.items()} for name, row in standings(course, key).items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--honest", type=int, default=6, help="submissions for the comparison with nbgrader")
    options.add_argument("--rounds", type=int, default=1, help="how often the two are compared, in turn")
    options.add_argument("--small", type=int, default=10, help="size of the small class, one in twenty hostile")
    options.add_argument("--large", type=int, default=40, help="size of the large class; the claim is about 1,000")
    options.add_argument("--crowd", type=int, default=30, help="submissions for each number of workers")
    sizes = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="nabla-bench-"))
    limits = Limits(cell=10.0)

    equal, compared = True, []
    for turn in range(sizes.rounds):
        course, key, wanted = classroom(folder / f"honest-{turn}", sizes.honest, hostile=False)
        ours = by_us(course, key, limits, wanted)
        our_marks = marks(course, key)
        (course.root / "gradebook.db").unlink()
        shutil.rmtree(course.root / "autograded")
        prepare(course, key)
        compared.append((ours, by_nbgrader(course, list(wanted))))
        equal = equal and marks(course, key) == our_marks
    ours, theirs = (mean(costs) for costs in zip(*compared, strict=True))
    inside, outside = running_only(course, key, limits)

    scale = {}
    for name, size in (("10", sizes.small), ("1000", sizes.large)):
        many, key, wanted = classroom(folder / f"class-{name}", size, hostile=True)
        cost = by_us(many, key, limits, wanted)
        got = marks(many, key)
        wrong = [student for student, want in wanted.items()
                 if want and any(got[student][cell] != (score or 0) for cell, score in want.items())]  # fmt: skip
        scale[name] = (cost, wrong)
        equal = equal and not wrong and len(got) == size
    shutil.rmtree(folder)
    paces = by_workers(sizes.crowd, limits)

    print(f"{'':44}{'ms each':>10}{'start, s':>10}")
    for label, cost in (("nbgrader autograde, no sandbox", theirs), ("nabla grade, one worker, sandboxed", ours)):
        print(f"{label:44}{cost.clock * 1000:10.0f}{cost.start:10.1f}")
    print(f"{'running the cells only, sandboxed':44}{inside * 1000:10.0f}")
    print(f"{'running the cells only, warm, unprotected':44}{outside * 1000:10.0f}")
    for name, size in (("10", sizes.small), ("1000", sizes.large)):
        cost, wrong = scale[name]
        label = f"a class of {size}, one in twenty hostile"
        print(f"{label:44}{cost.clock * 1000:10.0f}   {cost.peak:.0f} MB, {len(wrong)} wrong marks")
    print(table(paces))
    print(json.dumps({
        "speedup_vs_nbgrader": round(theirs.clock / ours.clock, 1),
        "overhead_vs_warm": round(inside / outside, 2),
        "marks_equal": equal,
        "per_submission_ms_10": round(scale["10"][0].clock * 1000),
        "per_submission_ms_1000": round(scale["1000"][0].clock * 1000),
        "peak_mb_10": round(scale["10"][0].peak),
        "peak_mb_1000": round(scale["1000"][0].peak),
        "workers_efficiency": efficiency(paces),
        "coordinator_ms": round(paces[1].coordinator, 1),
        "sizes": [sizes.honest, sizes.small, sizes.large],
    }))  # fmt: skip


def mean(costs) -> Cost:
    """Return the mean of several costs."""
    return Cost(*(statistics.mean(getattr(cost, field.name) for cost in costs) for field in fields(Cost)))


if __name__ == "__main__":
    main()
