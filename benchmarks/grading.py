"""Claim: a class is graded many times faster than by stock `nbgrader autograde`, in a sandbox, with equal marks.

The same submissions, made of the honest students of the demonstration, are graded by stock nbgrader and by
`nabla grade` with one worker. Then the same cells are run in a warm interpreter without any protection, again and
again; and classes of two sizes, one in twenty of them hostile, are graded to see cost and memory stay the same.

Times are per submission once grading runs: what it costs to start is shown beside them.

    python benchmarks/grading.py --honest 8 --small 10 --large 100
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
from pathlib import Path

from autograder.demo.classroom import expected, make
from autograder.demo.students import CLASS
from autograder.emission import VARIABLE
from autograder.grading import notebook as nb
from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.doctor import choose
from autograder.grading.execution import execute
from autograder.grading.inside.shell import make_shell
from autograder.grading.inside.zygote import preload
from autograder.grading.intake import take
from autograder.grading.limits import Limits
from autograder.grading.nbgrader_gradebook import prepare, standings
from autograder.grading.warm import Warm

REPOSITORY = Course(Path(__file__).parents[1])
HONEST = [student for student in CLASS if student.name in ("ada", "bruno", "chen", "dora", "emil", "fatou", "goran")]
HOSTILE = (
    "import os\nos._exit(1)",
    "while True:\n    pass",
    "print('x' * 50_000_000)",
    "open('/etc/passwd').read()",
    "held = []\nwhile True:\n    held.append(bytearray(1 << 24))",
)


def classroom(folder: Path, size: int, hostile: bool):
    """Make a course with `size` submissions; with `hostile`, every twentieth attacks in its first answer."""
    course, key = make(REPOSITORY, folder)
    made = {
        student.name: (course.submitted("gradient", student.name) / "gradient.ipynb").read_bytes() for student in HONEST
    }
    shutil.rmtree(course.root / "submitted")
    wanted = {}
    for number in range(size):
        student, name = HONEST[number % len(HONEST)], f"s{number:04}"
        raw = made[student.name]
        marks = expected(student, key)
        if hostile and number % 20 == 5:
            raw = attacked(raw, HOSTILE[number // 20 % len(HOSTILE)])
            marks = None
        wanted[name] = marks
        target = course.submitted("gradient", name)
        target.mkdir(parents=True)
        (target / "gradient.ipynb").write_bytes(raw)
    return course, key, wanted


def attacked(raw: bytes, code: str) -> bytes:
    """Put hostile code into the first answer."""
    notebook = json.loads(raw)
    next(cell for cell in notebook["cells"] if nb.grade_id(cell) == "answer-1")["source"] = code
    return json.dumps(notebook).encode()


def by_us(course, key, limits, wanted):
    """Grade everybody with one worker; return seconds for each honest one after the first, to the first, and memory."""
    sandbox = choose(REPOSITORY)
    with Memory() as memory:
        began, ends = time.perf_counter(), {}
        for outcome in grade_class(course, key, limits=limits, workers=1, sandbox=sandbox):
            assert outcome.graded.status == "graded", outcome.graded.says
            ends[outcome.graded.student] = time.perf_counter()
    took = dict(zip(list(ends)[1:], (end - before for before, end in itertools.pairwise(ends.values())), strict=True))
    return statistics.mean(took[name] for name in took if wanted[name]), min(ends.values()) - began, memory.peak


def by_nbgrader(course, count: int):
    """Grade by stock nbgrader; return seconds for each after the first, and to the first."""
    (course.root / "nbgrader_config.py").unlink(missing_ok=True)
    students = course.students("gradient")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    took = []
    for group in (students[:1], students[1:count]):
        began = time.perf_counter()
        command = [sys.executable, "-m", "nbgrader", "autograde", "gradient"]
        for other in students:
            held = course.root / "held" / other
            here = course.root / "submitted" / other
            if other in group and held.exists():
                shutil.move(held, here)
            elif other not in group and here.exists():
                held.parent.mkdir(exist_ok=True)
                shutil.move(here, held)
        done = subprocess.run(command, cwd=course.root, env={**os.environ, "PATH": path, "HOME": str(course.root)},
                              capture_output=True, text=True, timeout=3600)  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        took.append(time.perf_counter() - began)
    fixed = (took[0] * (count - 1) - took[1]) / max(1, count - 2)  # from a + b = t1 and a + (n - 1) b = t2
    return (took[1] - took[0]) / max(1, count - 2), fixed


def running_only(course, key, limits):
    """Return seconds for running the cells of one submission: in the sandbox, and in a warm shell without protection.

    Both have loaded and rehearsed the same before; nothing is judged or written.
    """
    handed_in = [
        (course.submitted("gradient", name) / "gradient.ipynb").read_bytes() for name in course.students("gradient")
    ]
    ours = [nb.source(cell) for cell in key.master["cells"] if cell["cell_type"] == "code" and not nb.is_solution(cell)]
    exercises = {exercise.grade_id: exercise for exercise in key.exercises}
    with Warm(choose(REPOSITORY)) as warm:
        warm.rehearse(ours, 60.0)
        began = time.perf_counter()
        for raw in handed_in:
            execute(take(raw, key.master, key.notebook), exercises, lambda grade_id: 1, limits, warm)
        inside = time.perf_counter() - began
    os.environ[VARIABLE] = "answers"
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell = make_shell()
    preload(shell)
    for source in ours:
        shell.run_cell(source)
    began = time.perf_counter()
    for raw in handed_in:
        for entry in take(raw, key.master, key.notebook).entries:
            if entry.cell["cell_type"] == "code":
                shell.run_cell(nb.source(entry.cell), store_history=True)
    outside = time.perf_counter() - began
    return inside / len(handed_in), outside / len(handed_in)


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
    options.add_argument("--small", type=int, default=10)
    options.add_argument("--large", type=int, default=40)
    sizes = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="nabla-bench-"))
    limits = Limits(cell=10.0)

    course, key, wanted = classroom(folder / "ours", sizes.honest, hostile=False)
    ours, our_start, _ = by_us(course, key, limits, wanted)
    our_marks = marks(course, key)
    (course.root / "gradebook.db").unlink()
    shutil.rmtree(course.root / "autograded")
    prepare(course, key)
    theirs, their_start = by_nbgrader(course, sizes.honest)
    for held in sorted((course.root / "held").glob("*")):
        shutil.move(held, course.root / "submitted" / held.name)
    equal = marks(course, key) == our_marks

    scale = {}
    for name, size in (("10", sizes.small), ("1000", sizes.large)):
        many, key, wanted = classroom(folder / f"class-{name}", size, hostile=True)
        each, _, peak = by_us(many, key, limits, wanted)
        got = marks(many, key)
        wrong = [student for student, want in wanted.items()
                 if want and any(got[student][cell] != (score or 0) for cell, score in want.items())]  # fmt: skip
        scale[name] = (each, peak, wrong)
        equal = equal and not wrong and len(got) == size
    inside, outside = running_only(course, key, limits)
    shutil.rmtree(folder)

    print(f"{'':44}{'ms each':>10}{'start, s':>10}")
    print(f"{'nbgrader autograde, no sandbox':44}{theirs * 1000:10.0f}{their_start:10.1f}")
    print(f"{'nabla grade, one worker, sandboxed':44}{ours * 1000:10.0f}{our_start:10.1f}")
    print(f"{'running the cells only, sandboxed':44}{inside * 1000:10.0f}")
    print(f"{'running the cells only, warm, unprotected':44}{outside * 1000:10.0f}")
    for name, size in (("10", sizes.small), ("1000", sizes.large)):
        each, peak, wrong = scale[name]
        label = f"a class of {size}, one in twenty hostile"
        print(f"{label:44}{each * 1000:10.0f}   {peak:.0f} MB, {len(wrong)} wrong marks")
    print(json.dumps({
        "speedup_vs_nbgrader": round(theirs / ours, 1),
        "overhead_vs_warm": round(inside / outside, 2),
        "marks_equal": equal,
        "per_submission_ms_10": round(scale["10"][0] * 1000),
        "per_submission_ms_1000": round(scale["1000"][0] * 1000),
        "peak_mb_10": round(scale["10"][1]),
        "peak_mb_1000": round(scale["1000"][1]),
        "sizes": [sizes.honest, sizes.small, sizes.large],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
