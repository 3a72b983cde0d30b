"""What is worth a look about a submission: evidence for a person, never a verdict and never a mark.

Two kinds: what stands in the student's own cells, and personal answers that two students share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly
from autograder.grading.graded import Graded
from autograder.grading.reach import findings

MOST_OF_A_CELL, MOST = 8, 40
"""The most findings that are told of one cell, and of one submission."""


def in_cell(source: str, label: str) -> Iterator[Anomaly]:
    """Yield what one cell of a student's reaches for.

    >>> [found.says for found in in_cell("import socket; answer = problem_1.key()", "answer-1")]
    ['Line 1 asks the problem for its own answer (.key).', 'Line 1 reaches for the network (import socket).']
    >>> list(in_cell("answer = x**2", "answer-1"))
    []
    """
    told = findings(source)
    for line, says in told[:MOST_OF_A_CELL]:
        yield Anomaly("suspicious", label, f"Line {line} {says}.")
    if len(told) > MOST_OF_A_CELL:
        yield Anomaly("suspicious", label, f"There are {len(told) - MOST_OF_A_CELL} more of the kind in this cell.")


def shared_answers(graded: Iterable[Graded], personal: Sequence[str]) -> Mapping[str, tuple[Anomaly, ...]]:
    """Return, by student, which answers to a personal exercise are the very ones that another student gave.

    `personal` names the exercises in which everybody has other data. A right answer to one's own is no matter: it
    is the wrong one, that another's data would make right or that two share, which is worth a look.
    """
    givers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    wrong: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in graded:
        for mark in one.marks:
            missing = mark.judgement is not None and mark.judgement.state == "missing"
            if mark.grade_id in personal and mark.given and not missing:
                givers[mark.grade_id, mark.given].append(one.student)
                if mark.judgement is not None and mark.judgement.state != "right":
                    wrong[one.student].append((mark.grade_id, mark.given))
    found = {}
    for student, answers in wrong.items():
        shared = [
            (cell, given, [other for other in givers[cell, given] if other != student]) for cell, given in answers
        ]
        found[student] = tuple(
            Anomaly(
                "suspicious", cell, f"The answer {given} is also that of {', '.join(others[:5])}, whose data differ."
            )
            for cell, given, others in shared
            if others
        )
    return {student: anomalies for student, anomalies in found.items() if anomalies}


def in_submission(cells: Iterable[tuple[nb.Cell, str]]) -> Iterator[Anomaly]:
    """Yield what the student's own code cells reach for; each comes with its label."""
    found = (
        anomaly for cell, label in cells if cell["cell_type"] == "code" for anomaly in in_cell(nb.source(cell), label)
    )
    yield from islice(found, MOST)
    if more := sum(1 for _ in found):
        yield Anomaly("suspicious", "", f"There are {more} more of the kind in this notebook.")
