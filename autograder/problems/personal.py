"""Personal variants: each student's own problem, the same for the same student for ever."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from autograder.answers.answer import Answer, Items, Table, Text
from autograder.problems.given import Given
from autograder.problems.question import ProblemError, Prose
from autograder.problems.wrapper import Wrapper


@dataclass(frozen=True)
class Personal(Wrapper):
    """One student's variant of a problem type. Made by `DirectionalDerivative.personal(student)`.

    The student's name is no part of the answer key: the grader rebuilds the variant from the name under which
    the submission was handed in, or from the one that the student worked under if that is the same person's.
    """

    level: int = 1
    student: str = field(default="", metadata={"recorded": False})

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", int(self.level))

    @property
    def is_personal(self) -> bool:
        """It is."""
        return True

    def statement(self) -> Prose:
        """As in the problem, once there is a name."""
        if not self.student:
            return Prose(
                "**A problem of your own.** Put your name, in quotes, in the place of the three dots above. Run that "
                "cell, then this one again."
            )
        return self.problem.statement()

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
    """Return a student's name without the blanks around it, empty while the stub still stands in its place.

    Raises `ProblemError` for anything else that is no text.
    """
    if student is None or student is ...:
        return ""
    if not isinstance(student, str):
        raise ProblemError("Put your name in quotes, as your instructor knows it: personal('ada').")
    return student.strip()


def seed_of(student: str) -> int:
    """Return the seed that belongs to a student's name, whatever its case, accents and order.

    >>> seed_of("Zoë O'Hara") == seed_of("ohara, zoe"), seed_of("ada") == seed_of("bob")
    (True, False)
    """
    name = "-".join(sorted(name_words(student))) or student.casefold()
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")


def name_words(name: str) -> list[str]:
    """Return the words of a name in small letters without accents.

    >>> name_words("Zoë O'Hara"), name_words("emile-borel-4711")
    (['zoe', 'ohara'], ['emile', 'borel', '4711'])
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("'", "")
    return re.findall(r"[a-z0-9]+", folded.lower())


def is_name_of(name: str, student: str) -> bool:
    """Return whether a name is that of a student known as `student`, an id in which a platform may have put a number.

    >>> is_name_of("Émile Borel", "emile-borel-4711"), is_name_of("Emile Borel", "borelemile-12-345")
    (True, True)
    >>> is_name_of("Ada", "emile-borel-4711"), is_name_of("", "4711")
    (False, False)
    """
    words, known = name_words(name), name_words(student)
    while known and known != words and known[-1].isdigit():
        known.pop()
    if not words or len(words) > 5:
        return False
    return any("".join(order) == "".join(known) for order in permutations(words))
