"""Judging the answers of a class to one exercise; what many give is judged once.

A judgement depends on the problem, on the answer, on what a function returned, and on the number that drew its inputs.
Where all of these are the same to the last byte, as they cross from the student's process, the judgement is, too.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from autograder.answers import WireError, to_wire
from autograder.answers.answer import Answer
from autograder.equality.deadline import Deadline, TimeIsUp
from autograder.judge import Judgement, judge
from autograder.problems.question import Question

FAULT = "The grader failed on this answer ({}). A person will look at it."
TOO_LONG = "This took too long to decide by machine. A person will look at it."


class Judge:
    """Judges answers to one question, and remembers the last `most` judgements that it could settle.

    What stays undecided is not remembered: the next one may have more time.

    >>> from sympy.abc import x, y
    >>> from autograder.answers import of
    >>> from autograder.problems import GradientAt
    >>> judge = Judge(GradientAt(x**2 + 3*y**2, at=(1, 2)))
    >>> judge(of((2, 12)), (), "ada", 7, 10.0).state, judge(of((2, 12)), (), "bob", 7, 10.0).state, judge.remembered
    ('right', 'right', 1)
    """

    def __init__(self, question: Question, most: int = 1000) -> None:
        self._question = question
        self._most = most
        self._known: OrderedDict[bytes | None, Judgement] = OrderedDict()
        self._drawn: tuple[str, Question] | None = None

    @property
    def remembered(self) -> int:
        """How many judgements are remembered."""
        return len(self._known)

    def prepare(self) -> None:
        """Compute what every wrong answer is compared with, ahead of the first one."""
        if not self._question.is_personal:
            with suppress(Exception):  # whoever gives a wrong answer to it is told
                len(self._question.known_mistakes.mistakes)

    def expect(self, student: str) -> None:
        """Draw this student's own problem, where they are personal, ahead of the answer."""
        with suppress(Exception):  # the answer is told
            self._of(student)

    def _of(self, student: str) -> Question:
        if self._drawn is None or self._drawn[0] != student:
            self._drawn = (student, self._question.for_student(student))
        return self._drawn[1]

    def __call__(
        self, answer: Answer, outputs: Sequence[Answer], student: str, number: int, seconds: float
    ) -> Judgement:
        """Return the judgement of one student's answer; undecided when that takes longer than `seconds`."""
        try:
            with Deadline(seconds):
                question = self._of(student)
                name = _name(answer, outputs, "" if question is self._question else student, number)
                if name in self._known:
                    self._known.move_to_end(name)
                    return self._known[name]
                judgement = judge(question, answer, lambda function, inputs: outputs, number)
        except TimeIsUp:
            return Judgement("undecided", Fraction(0), TOO_LONG)
        except Exception as error:  # noqa: BLE001 - one answer that we cannot judge must not cost the others
            return Judgement("undecided", Fraction(0), FAULT.format(type(error).__name__))
        if name is not None and judgement.state != "undecided":
            self._known[name] = judgement
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return judgement


def _name(answer: Answer, outputs: Sequence[Answer], student: str, number: int) -> bytes | None:
    """Name all that a judgement depends on; None for what cannot be written down."""
    digest = hashlib.sha256(f"{number} {len(outputs)} {student}".encode())
    try:
        for part in (answer, *outputs):
            wire = to_wire(part)
            digest.update(len(wire).to_bytes(8) + wire)
    except WireError:
        return None
    return digest.digest()
