"""Grading a whole class: one coordinator, some workers, one writer to the gradebook.

A submission counts as done when its record stands in `.nabla/graded`. The record is written last, so a run that is
interrupted anywhere can simply be started again.
"""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly
from autograder.grading.course import Course, CourseError, write_atomically
from autograder.grading.doctor import SandboxError, choose
from autograder.grading.grade import failed, fingerprint, grade
from autograder.grading.graded import Graded, from_json, to_json
from autograder.grading.key import Key
from autograder.grading.limits import Limits
from autograder.grading.pool import Lost, Map, PoolError, run_all
from autograder.grading.sandbox import Sandbox
from autograder.grading.submission import IntakeError, find_notebook, read_bytes
from autograder.grading.warm import StartError, Warm

if TYPE_CHECKING:
    from autograder.grading.nbgrader_scores import Scores


@dataclass(frozen=True)
class _Task:
    student: str
    submission: bytes
    notes: tuple[Anomaly, ...]


@dataclass(frozen=True)
class Outcome:
    """One submission that is done: freshly graded, or found done."""

    graded: Graded
    fresh: bool


def grade_class(
    course: Course,
    key: Key,
    students: Sequence[str] | None = None,
    *,
    limits: Limits | None = None,
    workers: int = 2,
    again: bool = False,
    sandbox: Sandbox | None = None,
    scheduler: str = "",
) -> Iterator[Outcome]:
    """Grade everyone's submission, or those of `students`, and yield each as soon as it is in the gradebook.

    What was graded before by the same key is only looked up, unless `again` is set. With the address of a Dask
    `scheduler` the work is done by the workers of that cluster, else by `workers` processes on this machine. Without
    a `sandbox`, each machine that does the work takes one that holds there. Raises `CourseError` when a student in
    `students` handed in nothing, when no sandbox holds here and when Dask is wanted and missing; `PoolError` when
    the work cannot be done, which includes that no sandbox holds on a worker of the cluster.
    """
    from autograder.grading.nbgrader_gradebook import gradebook, prepare, stored
    from autograder.grading.nbgrader_scores import Scores

    limits = limits or Limits()
    run = _cluster(course, key, scheduler) if scheduler else partial(run_all, workers=workers)
    if not sandbox and not scheduler:
        sandbox = choose(course)
    everyone = course.students(key.assignment)
    for student in students or ():
        if student not in everyone:
            raise CourseError(f"{student} handed in nothing: there is no {course.submitted(key.assignment, student)}.")
    prepare(course, key)
    entered = stored(course, key)
    waiting: list[str] = []
    with gradebook(course) as book:
        scores = Scores(course, key, book)
        for student in students or everyone:
            task = _task(course, key, student)
            known = None if again or student not in entered else find_record(course, key.assignment, student)
            if known and known.fingerprint == _mark_of(task, key) and _is_shown(course, key, student):
                yield Outcome(known, fresh=False)
            elif isinstance(task, Graded):
                yield _keep(course, key, task, scores)
            else:
                waiting.append(student)
        grader = _Grader(key.to_json(), course.secret(), limits, sandbox)
        tasks = (_task(course, key, student) for student in waiting)  # read when their turn comes
        for task, result in run(grader, tasks, limits.whole):
            yield _keep(course, key, _lost(key, task, result) if isinstance(result, Lost) else result, scores)


def _cluster(course: Course, key: Key, scheduler: str) -> Map:
    """Return what maps the work over a cluster. The name is that of the course and the assignment, so that the run
    that takes up a killed one ends what that left on the workers.
    """
    try:
        from autograder.grading.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "dask"):
            raise
        raise CourseError(
            "Grading on a cluster needs Dask, which is not installed here: pip install 'nabla-workbook[cluster]'."
        ) from error
    named = "\0".join((platform.node(), str(course.root), key.assignment))
    return Cluster(scheduler, f"nabla-{hashlib.sha256(named.encode()).hexdigest()[:16]}")


def _task(course: Course, key: Key, student: str) -> _Task | Graded:
    """Return what is to be graded; a submission without a notebook is graded here and now."""
    try:
        path, notes = find_notebook(course.submitted(key.assignment, student), key.notebook)
        return _Task(student, read_bytes(path), tuple(notes))
    except IntakeError as error:
        return failed(key, student, str(error), handed_in=error.handed_in)
    except OSError as error:
        return failed(key, student, f"{key.notebook}.ipynb cannot be read: {error.strerror}. Check its permissions.")


def _mark_of(task: _Task | Graded, key: Key) -> str:
    return task.fingerprint if isinstance(task, Graded) else fingerprint(task.submission, key)


@dataclass(frozen=True)
class _Grader:
    """The work of one grading process, which makes its key and its warm process once and keeps them.

    It knows no course folder: on a cluster there is none. Without a `sandbox` it takes one that holds where it is.
    """

    text: str
    secret: bytes
    limits: Limits
    sandbox: Sandbox | None

    @cached_property
    def key(self) -> Key:
        return Key.from_json(self.text)

    @cached_property
    def warm(self) -> Warm:
        with ThreadPoolExecutor(1) as beside:
            ready = beside.submit(self._prepare_judges)
            warm = Warm(self.sandbox or _chosen_here(), self.limits.start)
            warm.rehearse(rehearsal(self.key), self.limits.start)
            ready.result()
        return warm

    def _prepare_judges(self) -> None:
        for exercise in self.key.exercises:
            if exercise.record is not None:
                exercise.judge.prepare()

    def close(self) -> None:
        """End the warm process, if there is one."""
        if warm := self.__dict__.pop("warm", None):
            warm.close()

    def __call__(self, task: _Task | Graded) -> Graded:
        if isinstance(task, Graded):  # the file went away in the meantime
            return task
        try:
            warm = self.warm
        except StartError as error:
            return _retry(self.key, task, str(error))
        graded = grade(
            task.submission, self.key, student=task.student, secret=self.secret, limits=self.limits, warm=warm
        )
        if graded.status == "failed" and not graded.fingerprint:  # the warm process may be lost: take a new one
            self.close()
        return replace(graded, anomalies=task.notes + graded.anomalies)


def _chosen_here() -> Sandbox:
    """Return a sandbox that holds on this machine, tried out against a folder that stands for a course."""
    with tempfile.TemporaryDirectory(prefix="nabla-course-") as folder:
        try:
            return choose(Course(Path(folder)))
        except SandboxError as error:
            raise PoolError(f"{platform.node()}: {error}") from error


def rehearsal(key: Key) -> list[str]:
    """Return the code that every student was given, with stubs in the place of answers."""
    return [nb.source(cell) for cell in key.master["cells"] if cell["cell_type"] == "code"]


def _lost(key: Key, task: _Task | Graded, lost: Lost) -> Graded:
    """Return the outcome of a submission whose grading did not end."""
    if isinstance(task, Graded):
        return task
    return _retry(key, task, f"{lost.reason}. Grade it again with a longer --timeout, or look at it by hand.")


def _retry(key: Key, task: _Task, says: str) -> Graded:
    """Return the outcome of a submission that the next run tries again."""
    says = f"{key.notebook}.ipynb: {says}"
    return replace(failed(key, task.student, says, submission=task.submission), fingerprint="")


def _keep(course: Course, key: Key, graded: Graded, scores: Scores) -> Outcome:
    scores.store(graded)
    path = course.private("graded", key.assignment) / f"{graded.student}.json"
    write_atomically(path, to_json(graded), mode=0o600)
    return Outcome(graded, fresh=True)


def find_record(course: Course, assignment: str, student: str) -> Graded | None:
    """Return what was kept about a student's submission, or None when it was not graded yet."""
    path = course.root / ".nabla" / "graded" / assignment / f"{student}.json"
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):  # half a file or an older form: grade again
        return None


def _is_shown(course: Course, key: Key, student: str) -> bool:
    """Whether the graded notebook is still there."""
    return (course.autograded(key.assignment, student) / f"{key.notebook}.ipynb").is_file()
