"""One learner practising one problem type, without any widgets: what is shown, and what each key does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from autograder.answers import ReadingError, read
from autograder.answers.kinds import Fitted
from autograder.feedback import Score
from autograder.judge import judge
from autograder.practice.progress import LEVELS, Record, Shelf
from autograder.problems.problem import CodeProblem, Problem, Prose


@dataclass(frozen=True)
class Echo:
    """How a text is read so far: typeset, or what stands in the way."""

    typeset: str = ""
    trouble: str = ""
    notes: tuple[str, ...] = ()


class Session:
    """Problems of one type, one after another.

    >>> from autograder import GradientAt
    >>> from pathlib import Path
    >>> session = Session(GradientAt, Shelf(Path("nowhere.json")), level=1, random=random.Random(1))
    >>> session.echo("(2x, 3").trouble.splitlines()[0]
    'The "(" is never closed.'
    """

    def __init__(
        self, kind: type[Problem], shelf: Shelf, level: int | None = None, random: random.Random | None = None
    ) -> None:
        if not (isinstance(kind, type) and issubclass(kind, Problem)):
            raise TypeError(f"practice wants a problem type such as GradientAt, not {kind!r}.")
        if issubclass(kind, CodeProblem):
            raise TypeError(f"{kind.__name__} is answered with code; make one with {kind.__name__}.variant(seed=1).")
        self.kind, self.shelf = kind, shelf
        self._random = random or _system_random()
        if level is not None:
            self.shelf.progress = self.shelf.progress.__class__(
                {**shelf.progress.records, kind.__name__: _at_level(self.record, level)}, shelf.progress.note
            )
        self.problem: Problem
        self._start()

    @property
    def record(self) -> Record:
        """How far this type has come."""
        return self.shelf.progress.of(self.kind.__name__)

    @property
    def may_see_solution(self) -> bool:
        """Whether there has been an honest try: an answer, or a hint."""
        return bool(self.tries or self.hints_seen)

    def echo(self, text: str) -> Echo:
        """Say how a text is read, as it is typed; a wrong shape, or words half written, are no trouble yet."""
        if not text.strip():
            return Echo()
        fitted = self.problem.kind.fit(self.problem.pack(text), self.problem.letters)
        if isinstance(fitted, Fitted):
            return Echo(fitted.echo, notes=fitted.notes)
        try:
            reading = read(text, self.problem.letters)
        except ReadingError:  # what the kind says of it counts: it may take words, or letters of its own such as t
            return Echo(trouble=fitted.says if "\n" in fitted.says else "")
        return Echo(reading.echo, notes=reading.notes)

    def check(self, text: str) -> Score:
        """Judge a typed answer. The first right one counts for the record; an empty one counts for nothing."""
        score = Score(judge(self.problem, self.problem.pack(text)))
        if score.judgement.state in ("missing", "undecided"):
            return score
        if score == 1 and not self.done:
            self._finish(solved=True)
        self.tries += 1
        return score

    def hint(self) -> Prose | None:
        """Return the next hint, or None when there is no further one."""
        hints = self.problem.hints()
        if self.hints_seen >= len(hints):
            return None
        self.hints_seen += 1
        return hints[self.hints_seen - 1]

    def show(self) -> Prose:
        """Return the worked solution. A problem not yet solved counts as given up."""
        if not self.done:
            self._finish(solved=False)
        return self.problem.solution()

    def picture(self, text: str = "") -> Any:
        """Return the picture with the answer on it, if this type has one."""
        return self.problem.picture(text) if text.strip() else self.problem.picture()

    def question_picture(self) -> Any:
        """Return the picture that the question is about, if it is about one."""
        return self.problem.picture() if self.problem.is_about_picture else None

    def next(self) -> Problem:
        """Go on to a fresh problem."""
        self._start()
        return self.problem

    def _start(self) -> None:
        last = getattr(self, "problem", None)
        for _ in range(20):
            self.problem = self.kind.variant(self._random.randrange(10**9), self.record.level)
            if self.problem != last:
                break
        self.tries, self.hints_seen, self.done = 0, 0, False

    def _finish(self, *, solved: bool) -> None:
        self.done = True
        unaided = not self.tries and not self.hints_seen
        self.shelf.put(self.kind.__name__, self.record.after(unaided=unaided, solved=solved))


def _at_level(record: Record, level: int) -> Record:
    if level not in range(1, LEVELS + 1):
        raise ValueError(f"level is 1, 2 or 3, not {level!r}.")
    return Record(level, record.right, record.tried, 0, record.mastered)


def _system_random() -> random.Random:
    return random.SystemRandom()
