"""What came out of grading one submission, and how it is kept on disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any, Literal

from autograder.grading.anomaly import Anomaly
from autograder.grading.notebook import Notebook
from autograder.judge import Judgement

Status = Literal["graded", "failed"]


@dataclass(frozen=True)
class Mark:
    """The outcome of one exercise. `score` is None when a person has to mark it."""

    grade_id: str
    points: float
    score: float | None
    judgement: Judgement | None = None
    given: str = ""

    @property
    def needs_person(self) -> bool:
        """Whether a person has to mark it."""
        return self.score is None


@dataclass(frozen=True)
class Graded:
    """One submission, graded: marks in the order of the notebook, what was odd, and the notebook to show.

    `status` is "failed" when the submission could not be read or run; `says` then tells why and what to do.
    `fingerprint` names the submission and the key, so that the same need not be graded twice.
    """

    student: str
    status: Status
    marks: tuple[Mark, ...]
    notebook: Notebook = field(repr=False)
    anomalies: tuple[Anomaly, ...] = ()
    says: str = ""
    fingerprint: str = ""

    @property
    def score(self) -> float:
        """The points that are certain so far."""
        return sum(mark.score or 0.0 for mark in self.marks)

    @property
    def points(self) -> float:
        """The most that could be had."""
        return sum(mark.points for mark in self.marks)

    @property
    def needs_person(self) -> bool:
        """Whether any exercise waits for a person."""
        return any(mark.needs_person for mark in self.marks)


def to_json(graded: Graded) -> str:
    """Write everything but the notebook, which is kept in a file of its own, as JSON."""
    data: dict[str, Any] = {name: getattr(graded, name) for name in ("student", "status", "says", "fingerprint")}
    data["anomalies"] = [asdict(anomaly) for anomaly in graded.anomalies]
    data["marks"] = [_mark_out(mark) for mark in graded.marks]
    return json.dumps(data, ensure_ascii=False) + "\n"


def from_json(text: str) -> Graded:
    """Read what `to_json` wrote; the notebook is left empty.

    >>> mark = Mark("check-1", 2.0, 1.0, Judgement("partly right", Fraction(1, 2), "Nearly.", notes=("a", "b")))
    >>> graded = Graded("ada", "graded", (mark,), {}, (Anomaly("note", "check-1", "odd"),))
    >>> from_json(to_json(graded)) == graded
    True
    """
    data = json.loads(text)
    return Graded(
        student=data["student"],
        status=data["status"],
        marks=tuple(_mark_in(mark) for mark in data["marks"]),
        notebook={},
        anomalies=tuple(Anomaly(**anomaly) for anomaly in data["anomalies"]),
        says=data["says"],
        fingerprint=data["fingerprint"],
    )


def _mark_out(mark: Mark) -> dict[str, Any]:
    data = asdict(mark)
    if mark.judgement:
        data["judgement"]["credit"] = str(mark.judgement.credit)
    return data


def _mark_in(data: dict[str, Any]) -> Mark:
    judgement = data.pop("judgement")
    if judgement:
        credit, notes = Fraction(judgement.pop("credit")), tuple(judgement.pop("notes"))
        judgement = Judgement(credit=credit, notes=notes, **judgement)
    return Mark(judgement=judgement, **data)


def total(marks: Sequence[Mark]) -> float | None:
    """Return the sum of the scores; None when one of them is not known yet.

    >>> total([Mark("a", 2, 1.5), Mark("b", 1, None)]) is None
    True
    """
    scores = [mark.score for mark in marks]
    return None if any(score is None for score in scores) else sum(score for score in scores if score is not None)
