"""Personal variants: each student's own problem, the same for the same student for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from autograder.answers.answer import Answer, Items, Table, Text
from autograder.problems.given import Given
from autograder.problems.question import ProblemError
from autograder.problems.wrapper import Wrapper


@dataclass(frozen=True)
class Personal(Wrapper):
    """One student's variant of a problem type. Made by `DirectionalDerivative.personal(student)`.

    The student's name is no part of the answer key: the grader rebuilds the variant from the name under which
    the submission was handed in.
    """

    level: int = 1
    student: str = field(default="", metadata={"recorded": False})

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", int(self.level))

    def for_student(self, student: str) -> Personal:
        """Return the variant of another student."""
        kind: Any = type(self.problem)
        personal: Personal = kind.personal(student, self.level)
        return personal

    def given(self, **values: object) -> Given:
        """Return this problem, to be judged on the student's own earlier values when need be."""
        return Given.of(self, values)

    def pack(self, answer: object) -> Answer:
        """Send along the name that the student worked under."""
        return Items((self.problem.pack(answer), Table(((Text("student"), Text(self.student)),))), "tuple")

    def unpack(self, answer: Answer) -> tuple[Answer, str]:
        """Take apart what `pack` joined; anything else is the answer alone."""
        match answer:
            case Items((own, Table(((Text("student"), Text(student)),))), "tuple"):
                return own, student
        return answer, ""


def checked_name(student: object) -> str:
    """Return a student's name without the blanks around it. Raises `ProblemError` when there is none."""
    name = student.strip() if isinstance(student, str) else ""
    if not name:
        raise ProblemError("Put your name in quotes, as your instructor knows it: personal('ada').")
    return name


def seed_of(student: str) -> int:
    """Return the seed that belongs to a student's name, whatever its case.

    >>> seed_of("Ada") == seed_of("ada"), seed_of("ada") == seed_of("bob")
    (True, False)
    """
    return int.from_bytes(hashlib.sha256(student.casefold().encode()).digest()[:6], "big")
