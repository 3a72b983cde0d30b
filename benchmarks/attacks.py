"""Claim: what gets full marks or stops the run under stock nbgrader gets nothing under Nabla.

Every hostile submission of `tests/attacks` is graded by stock nbgrader 0.9.6 and by us, as the same two-point
assignment. None of them gives the right answer, so every point is a point too many. Stock nbgrader has no sandbox: it
runs here inside one of its own, in a file system in memory, without a network, and within limits on memory; what
would harm the machine even so is not run. Beside the points, the table says what else happened:

    leak     a file of the instructor's stands in the graded notebook
    damage   a file of the instructor's was changed or removed
    network  a connection to another program came about
    lost     the submission has no score at all: a batch stops here, or the student is left out

    python benchmarks/attacks.py --only "replaced check" "exit" "two checks"
    python benchmarks/attacks.py                                # all, about twenty minutes
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[1]
SECRET = "the secret of the course"
SECONDS = 90
"""After this a submission counts as one that never ends, under stock nbgrader."""
CELL = 4
"""Seconds for one cell, under both."""
MEMORY = 3 << 30
HARMFUL = {"fork bomb", "thread bomb", "output bomb", "one long line", "error bomb", "large picture", "many displays",
           "hidden weight", "empty messages", "endless replies", "raw threads", "small threads", "seldom called",
           "folders without end"}  # fmt: skip
"""Processes and threads have no limit for the superuser, and outputs pile up in the process that grades."""


def load(name: str, path: Path):
    """Import a module of the tests by its file."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def aimed(code: str, places: dict[str, object]) -> str:
    """Put the places of this run where the attack names them."""
    for name, value in places.items():
        code = code.replace("{" + name + "}", str(value))
    return code


@contextlib.contextmanager
def listening(folder: Path) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Open a port that takes connections and a socket in the file system that takes packets."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as packets,
    ):
        packets.bind(str(folder / "packets"))
        for one in (listener, packets):
            one.setblocking(False)
        yield listener, packets


def aims(folder: Path, file: Path, listener: socket.socket, packets: socket.socket) -> dict[str, object]:
    """Return what the attacks of this run are aimed at."""
    return {
        "file": file,
        "course": folder,
        "port": listener.getsockname()[1],
        "packets": packets.getsockname(),
        "process": os.getpid(),
    }


def reached(listener: socket.socket, packets: socket.socket) -> bool:
    """Whether anything has come in."""
    found = False
    with contextlib.suppress(BlockingIOError):
        listener.accept()[0].close()
        found = True
    with contextlib.suppress(BlockingIOError):
        found = bool(packets.recv(100)) or found
    return found


def cases(only: list[str]):
    """Return (name, what it tries, a function from the places of this run to the bytes handed in)."""
    hostile = load("hostile", ROOT / "tests/attacks/hostile.py")
    tests = load("hostile_submissions", ROOT / "tests/attacks/test_submissions.py")

    def answer(code):
        return lambda places: json.dumps(tests.notebook(aimed(code, places))).encode()

    found = [(attack.name, attack.tries, answer(attack.code)) for attack in hostile.ATTACKS]
    found += [(f"file: {name}", tries, lambda places, make=make: make(tests.notebook("answer = (1, 1)")))
              for name, (tries, make) in hostile.FILES.items()]  # fmt: skip
    return [case for case in found if not only or case[0] in only]


# -- stock nbgrader, in a process inside bubblewrap -------------------------------------------------------------------


def inside(folder: Path, only: list[str], first: int, report: int) -> None:
    """Grade by stock nbgrader, one submission after another, and write a line of JSON about each to a descriptor.

    It is not the standard output: that, a kernel inherits and may write to.
    """
    os.set_inheritable(report, False)

    def tell(**found):
        os.write(report, json.dumps(found).encode() + b"\n")

    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.defpath))
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 20, 256 << 20))
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.Execute.timeout = CELL
    tests = load("hostile_submissions", ROOT / "tests/attacks/test_submissions.py")
    notebook = tests.notebook("### BEGIN SOLUTION\nanswer = (2, 12)\n### END SOLUTION")
    source = folder / "source" / "tiny"
    source.mkdir(parents=True)
    (source / "tiny.ipynb").write_text(json.dumps(notebook))
    file = folder / "source" / "solution.txt"
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.generate_assignment("tiny")["success"]
    with listening(folder) as (listener, packets):
        places = aims(folder, file, listener, packets)
        for number, (name, _, make) in enumerate(cases(only)):
            if number < first:
                continue
            found = {"number": number, "name": name}
            if name in HARMFUL:
                tell(**found, outcome="not run")
                continue
            file.write_text(SECRET)
            tell(**found, outcome="begun")
            tell(**found, **stock(api, folder, f"s{number}", make(places), file, (listener, packets)))


def stock(api, folder: Path, student: str, raw: bytes, file: Path, sockets: tuple[socket.socket, ...]) -> dict:
    """Grade one submission by stock nbgrader; return its points, None without any, and what else happened."""
    from nbgrader.api import Gradebook, MissingEntry

    target = folder / "submitted" / student / "tiny"
    target.mkdir(parents=True)
    (target / "tiny.ipynb").write_bytes(raw)
    done = api.autograde("tiny", student)
    points = None
    if done["success"]:
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as book, contextlib.suppress(MissingEntry):
            points = book.find_submission("tiny", student).score
    graded = folder / "autograded" / student / "tiny" / "tiny.ipynb"
    also = ["lost"] * (points is None)
    if graded.exists() and SECRET in graded.read_text(errors="replace"):
        also.append("leak")
    if not file.exists() or file.read_text() != SECRET:
        also.append("damage")
    also += ["network"] * reached(*sockets)
    return {"outcome": "graded", "points": points, "also": also}


def shut_in(only: list[str], first: int, report: int) -> subprocess.Popen:
    """Start the process that grades by stock nbgrader: its own processes, network, and files in memory."""
    folder = "/run/course"
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--unshare-all", "--ro-bind", "/", "/"]
    command += ["--dev", "/dev", "--proc", "/proc"]
    for place in ("/tmp", "/run", "/var/tmp", "/dev/shm"):
        command += ["--size", str(1 << 30), "--tmpfs", place]
    for place in (ROOT, sys.prefix, sys.base_prefix):  # they may lie in one of these
        command += ["--ro-bind", str(place), str(place)]
    command += ["--dir", folder, "--setenv", "HOME", folder, "--chdir", folder, "--"]
    command += [sys.executable, str(HERE), "--inside", folder, "--first", str(first), "--report", str(report)]
    return subprocess.Popen([*command, "--only", *only], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True, pass_fds=[report],
                            env={**os.environ, "PYTHONPATH": str(ROOT)},
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))  # fmt: skip


def by_nbgrader(only: list[str]) -> Iterator[dict]:
    """Grade all by stock nbgrader, each bounded in time; begin anew behind one that ends the whole process."""
    first, count = 0, len(cases(only))
    while first < count:
        begun = None
        for told in one_run(only, first):
            first = told["number"] + 1
            begun = told if told["outcome"] == "begun" else None
            if not begun:
                yield told
        if begun:
            yield {**begun, "outcome": "stopped", "points": None, "also": ["lost"]}
        elif first == 0:
            raise SystemExit("Stock nbgrader does not run in bubblewrap on this machine.")


def one_run(only: list[str], first: int) -> Iterator[dict]:
    """Yield what one process tells, until it ends or is silent for too long; then nothing of it is left."""
    ours, theirs = os.pipe()
    process = shut_in(only, first, theirs)
    os.close(theirs)
    try:
        with open(ours, "rb", buffering=0) as report:
            while select.select([report], [], [], SECONDS)[0] and (line := report.readline()):
                yield json.loads(line)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# -- Nabla ------------------------------------------------------------------------------------------------------------


def by_us(only: list[str]) -> dict[str, dict]:
    """Grade all by Nabla, with one warm process."""
    from sympy.abc import x, y

    from autograder.grading.course import Course
    from autograder.grading.doctor import choose
    from autograder.grading.grade import grade
    from autograder.grading.graded import to_json
    from autograder.grading.key import Exercise, Key
    from autograder.grading.limits import Limits
    from autograder.grading.warm import Warm
    from autograder.problems import GradientAt
    from autograder.problems.record import to_record

    tests = load("hostile_submissions", ROOT / "tests/attacks/test_submissions.py")
    exercise = Exercise("check-1", 2.0, to_record(GradientAt(x**2 + 3 * y**2, at=(1, 2))))
    key = Key("tiny", "tiny", "digest", (exercise,), tests.notebook("answer = ..."))
    found = {}
    with tempfile.TemporaryDirectory() as folder, listening(Path(folder)) as (listener, packets):
        course = Course(Path(folder))
        file = course.root / "solution.txt"
        places = aims(Path(folder), file, listener, packets)
        with Warm(choose(course)) as warm:
            for name, _, make in cases(only):
                file.write_text(SECRET)
                result = grade(make(places), key, student="eve", secret=b"secret", warm=warm, limits=Limits(cell=CELL))
                also = ["leak"] * (SECRET in to_json(result) + json.dumps(result.notebook))
                also += ["damage"] * (not file.exists() or file.read_text() != SECRET)
                also += ["network"] * reached(listener, packets)
                waits = result.status == "failed"
                found[name] = {
                    "points": result.marks[0].score,
                    "also": also,
                    "outcome": "a person" if waits else "graded",
                }
    return found


# -- side by side -----------------------------------------------------------------------------------------------------


def shown(told: dict) -> str:
    """Say in a word or two what came of it."""
    if told["outcome"] in ("not run", "a person"):
        return {"not run": "not run", "a person": "to a person"}[told["outcome"]]
    points = "stopped" if told["points"] is None else f"{told['points']:g}"
    return " ".join((points, *(word for word in told["also"] if word != "lost")))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="*", default=[], metavar="ATTACK", help="names of attacks; else all")
    options.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--report", type=int, help=argparse.SUPPRESS)
    options.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.inside:
        return inside(asked.inside, asked.only, asked.first, asked.report)
    ours, theirs = by_us(asked.only), {}
    tries = {name: said for name, said, _ in cases(asked.only)}
    print(f"{'attack':34}{'what it tries':62}{'stock nbgrader':>18}{'Nabla':>13}")
    for told in by_nbgrader(asked.only):
        name = told["name"]
        theirs[name] = told
        print(f"{name:34}{tries[name][:60]:62}{shown(told):>18}{shown(ours[name]):>13}", flush=True)
    print("\nnot run: it would harm this machine. stopped: no score; a batch ends here or leaves the student out.")
    run = {name: told for name, told in theirs.items() if told["outcome"] != "not run"}
    print(json.dumps({
        "attacks": len(ours),
        "stock_fooled": sum((told["points"] or 0) > 0 for told in run.values()),
        "nabla_fooled": sum((told["points"] or 0) > 0 for told in ours.values()),
        "run_on_stock": len(run),
        "stock_stopped": sum(told["points"] is None for told in run.values()),
        "stock_leaks_or_damage": sum(bool(set(told["also"]) - {"lost"}) for told in run.values()),
        "nabla_leaks_or_damage": sum(bool(told["also"]) for told in ours.values()),
    }))  # fmt: skip
    return None


if __name__ == "__main__":
    main()
