"""The `nabla` command: release, collect and grade an assignment, report on it, try it all on a made-up class."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.grading.course import Course, CourseError
from autograder.grading.pool import PoolError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 done with trouble in it, 2 could not be done.

    >>> main(["--version"])
    Traceback (most recent call last):
    SystemExit: 0
    """
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (CourseError, PoolError) as error:
        print(f"nabla: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. What is graded is kept; run the same command again for the rest.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="nabla", description=__doc__)
    top.add_argument("--version", action="version", version=f"nabla {_version()}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], does: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=does, description=does)
        made.set_defaults(run=run)
        made.add_argument(
            "--course", type=Path, default=Path(), metavar="DIR", help="the course folder (default: here)"
        )
        return made

    release = command("release", _release, "Write the student's version of an assignment.")
    collect = command("collect", _collect, "Take the submissions out of the zip file that Moodle or Canvas gives.")
    grade = command("grade", _grade, "Grade the submissions of an assignment and write feedback pages.")
    report = command("report", _report, "Show how the class did, and write report.html and marks.csv.")
    for made in (release, collect, grade, report):
        made.add_argument("assignment", metavar="ASSIGNMENT", help="a folder in source/, such as gradient")
    collect.add_argument("archive", type=Path, metavar="ZIP", help="the file that was downloaded")
    grade.add_argument("--student", action="append", metavar="ID", help="only this student (may be repeated)")
    grade.add_argument(
        "--timeout", type=_seconds, default=20.0, metavar="S", help="seconds for each cell (default: 20)"
    )
    grade.add_argument("--workers", type=int, default=2, metavar="N", help="submissions at a time (default: 2)")
    grade.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="grade on the Dask cluster there, such as tcp://host:8786"
    )
    grade.add_argument("--again", action="store_true", help="grade what was graded before, too")
    grade.add_argument("--no-feedback", action="store_true", help="leave out the feedback pages")
    unsafe = "run student code without a sandbox; every page then says so"
    grade.add_argument("--unsafe", action="store_true", help=unsafe)
    command("doctor", _doctor, "Try the sandboxes of this machine with hostile acts, and say which hold.")
    report.add_argument(
        "--to", type=Path, metavar="DIR", help="where to write (default: report/ASSIGNMENT in the course)"
    )
    demo = command("demo", _demo, "Make a class of twelve, grade it, and show the report.")
    demo.add_argument("--keep", type=Path, metavar="DIR", help="make the class in this folder, and leave it there")
    demo.add_argument("--open", action="store_true", help="open the report in a browser")
    return top


def _release(options: argparse.Namespace) -> int:
    from autograder.grading.key import compile_key
    from autograder.grading.nbgrader_gradebook import prepare
    from autograder.grading.nbgrader_release import release

    course = _course(options)
    key = compile_key(course, options.assignment)
    prepare(course, key)
    print(f"Released {release(course, options.assignment)}: {len(key.exercises)} exercises, {key.points:g} points.")
    return 0


def _collect(options: argparse.Namespace) -> int:
    from autograder.grading.collection import collect

    if not options.archive.is_file():
        raise CourseError(f"There is no file {options.archive}.")
    taken = list(collect(_course(options), options.assignment, options.archive))
    for one in taken:
        if one.refused:
            print(f"left out: {one.member}: {one.refused}")
        elif one.late:
            print(f"late: {one.student}")
    refused = sum(bool(one.refused) for one in taken)
    print(f"{len(taken) - refused} collected, {refused} left out. To grade them: nabla grade {options.assignment}")
    return 1 if refused else 0


def _grade(options: argparse.Namespace) -> int:
    from autograder.grading.sandbox import Sandbox
    from autograder.report.progress import grade_with_progress

    return grade_with_progress(
        _course(options),
        options.assignment,
        students=options.student,
        timeout=options.timeout,
        workers=max(1, options.workers),
        again=options.again,
        scheduler=options.scheduler,
        feedback=not options.no_feedback,
        sandbox=Sandbox("none") if options.unsafe else None,
    )


def _doctor(options: argparse.Namespace) -> int:
    from autograder.report.health import show

    return show(_course(options))


def _report(options: argparse.Namespace) -> int:
    from autograder.report.show import report

    return report(_course(options), options.assignment, options.to)


def _demo(options: argparse.Namespace) -> int:
    from autograder.demo import demo

    return demo(_course(options), keep=options.keep, browser=options.open)


def _course(options: argparse.Namespace) -> Course:
    root = options.course.resolve()
    if not (root / "source").is_dir():
        raise CourseError(f"{root} is no course folder: it has no folder named source. Go there, or say --course DIR.")
    return Course(root)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds between 0 and 3600")
    return value


def _version() -> str:
    from importlib.metadata import version

    return version("nabla-workbook")


if __name__ == "__main__":
    sys.exit(main())
