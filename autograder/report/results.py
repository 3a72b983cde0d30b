"""How a class did: marks by student, exercises, mistakes, and what should be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from autograder.grading.anomaly import Anomaly
from autograder.grading.batch import find_record
from autograder.grading.course import Course
from autograder.grading.graded import Graded
from autograder.grading.key import Key
from autograder.grading.nbgrader_gradebook import Standing, standings
from autograder.grading.suspicion import shared_answers

Status = Literal["graded", "failed", "not run"]


@dataclass(frozen=True)
class Row:
    """One student. A score is None while it is not known; None is never the same as zero."""

    student: str
    status: Status
    scores: Mapping[str, float | None]
    waiting: tuple[str, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()

    @property
    def total(self) -> float | None:
        """The sum of the scores; None when one of them is not known yet."""
        known = [score for score in self.scores.values() if score is not None]
        return sum(known) if len(known) == len(self.scores) else None

    @property
    def so_far(self) -> float:
        """The sum of the scores that are known."""
        return sum(score for score in self.scores.values() if score is not None)


@dataclass(frozen=True)
class ExerciseSummary:
    """One exercise over the class: how many have a score, its mean, and how the answers were judged.

    A plain test of the instructor's is not `tamper_proof`: it runs where the student's code does.
    """

    grade_id: str
    points: float
    scored: int
    mean: float | None
    states: Mapping[str, int]
    tamper_proof: bool = True

    @property
    def label(self) -> str:
        """Its name, and a warning where there is need of one."""
        return self.grade_id if self.tamper_proof else f"{self.grade_id} (plain test, not tamper-proof)"


@dataclass(frozen=True)
class CommonMistake:
    """A mistake, where it was made and how often, and what was said about it."""

    grade_id: str
    name: str
    count: int
    says: str


@dataclass(frozen=True)
class ClassReport:
    """Everything that a report shows."""

    assignment: str
    points: Mapping[str, float]
    rows: tuple[Row, ...]
    exercises: tuple[ExerciseSummary, ...]
    mistakes: tuple[CommonMistake, ...]

    @property
    def possible(self) -> float:
        """The most that could be had."""
        return sum(self.points.values())

    def count(self, status: Status) -> int:
        """Return how many submissions have a status."""
        return sum(row.status == status for row in self.rows)


def collect(course: Course, key: Key) -> ClassReport:
    """Read the records and the gradebook; marks given by hand in Formgrader count as they stand there."""
    held = standings(course, key)
    students = sorted({*course.students(key.assignment), *held})
    records = {student: find_record(course, key.assignment, student) for student in students}
    points = {exercise.grade_id: exercise.points for exercise in key.exercises}
    personal = [exercise.grade_id for exercise in key.exercises if exercise.is_personal]
    shared = shared_answers((record for record in records.values() if record), personal)
    rows = tuple(
        _with(_row(student, records[student], held.get(student, {}), points), shared.get(student, ()))
        for student in students
    )
    graded = [record for record in records.values() if record and record.status == "graded"]
    exercises = tuple(
        replace(_exercise(exercise.grade_id, exercise.points, rows, graded), tamper_proof=not exercise.test)
        for exercise in key.exercises
    )
    return ClassReport(key.assignment, points, rows, exercises, common_mistakes(graded))


def _row(student: str, record: Graded | None, held: Mapping[str, Standing], points: Mapping[str, float]) -> Row:
    if record is None:
        return Row(student, "not run", dict.fromkeys(points))
    marks = {mark.grade_id: mark.score for mark in record.marks}
    scores: dict[str, float | None] = {}
    waiting = []
    for grade_id in points:
        standing = held.get(grade_id)
        scores[grade_id] = standing.score if standing and standing.by_hand else marks.get(grade_id)
        if scores[grade_id] is None or (standing and standing.needs_person):
            waiting.append(grade_id)
    return Row(student, record.status, scores, tuple(waiting), record.anomalies)


def _with(row: Row, anomalies: tuple[Anomaly, ...]) -> Row:
    return replace(row, anomalies=row.anomalies + anomalies)


def _exercise(grade_id: str, points: float, rows: Sequence[Row], graded: Sequence[Graded]) -> ExerciseSummary:
    scores = [score for row in rows if row.status == "graded" and (score := row.scores[grade_id]) is not None]
    states: Counter[str] = Counter(
        mark.judgement.state
        for record in graded
        for mark in record.marks
        if mark.grade_id == grade_id and mark.judgement
    )
    return ExerciseSummary(grade_id, points, len(scores), sum(scores) / len(scores) if scores else None, dict(states))


def common_mistakes(graded: Sequence[Graded]) -> tuple[CommonMistake, ...]:
    """Return the named mistakes that were made, the commonest first."""
    counts: Counter[tuple[str, str]] = Counter()
    says: dict[tuple[str, str], str] = {}
    for record in graded:
        for mark in record.marks:
            if mark.judgement and mark.judgement.mistake:
                made = (mark.grade_id, mark.judgement.mistake)
                counts[made] += 1
                says.setdefault(made, mark.judgement.says)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(CommonMistake(*made, count, says[made]) for made, count in ordered)


def mean(exercise: ExerciseSummary, graded: int) -> str:
    """Write the mean of an exercise, and how many it is the mean of when not all are marked yet.

    >>> mean(ExerciseSummary("words", 3.0, 1, 2.0, {}), graded=5)
    '2.00 of 3 (1 marked)'
    """
    if exercise.mean is None:
        return "–"
    marked = f" ({exercise.scored} marked)" if exercise.scored < graded else ""
    return f"{exercise.mean:.2f} of {exercise.points:g}{marked}"


def number(value: float | None) -> str:
    """Write a score; an unknown one is a dash, never a zero.

    >>> number(1.5), number(None)
    ('1.5', '–')
    """
    return "–" if value is None else f"{value:.4g}"
