"""A problem inside another: everything is the inner problem's own, unless a subclass says otherwise."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds import Kind
from autograder.answers.kinds.kind import Domain
from autograder.problems.mistake import Mistake
from autograder.problems.question import Prose, Question, Step


@dataclass(frozen=True)
class Wrapper(Question):
    """A problem that asks, hints, solves and draws exactly as `problem` does."""

    problem: Question

    @property
    def kind(self) -> Kind:
        """As in the problem."""
        return self.problem.kind

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """As in the problem."""
        return self.problem.letters

    @property
    def domain(self) -> Domain | None:
        """As in the problem."""
        return self.problem.domain

    @abstractmethod
    def unpack(self, answer: Answer) -> tuple[Answer, Any]:
        """Take the problem's own answer and what was sent along with it apart."""

    def bare(self, answer: Answer) -> Answer:
        """Return what the student answered to the innermost problem."""
        return self.problem.bare(self.unpack(answer)[0])

    def statement(self) -> Prose:
        """As in the problem."""
        return self.problem.statement()

    def key(self) -> Any:
        """As in the problem."""
        return self.problem.key()

    def nudges(self) -> Sequence[str]:
        """As in the problem."""
        return self.problem.nudges()

    def steps(self) -> Iterator[Step]:
        """As in the problem."""
        return self.problem.steps()

    def wrong_ways(self) -> Iterator[Mistake]:
        """As in the problem."""
        return self.problem.wrong_ways()

    def look_alikes(self) -> Iterator[Mistake]:
        """As in the problem."""
        return self.problem.look_alikes()

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """As in the problem."""
        return self.problem.earlier()

    def follow(self, **values: Any) -> Any:
        """As in the problem."""
        return self.problem.follow(**values)

    @property
    def is_personal(self) -> bool:
        """As in the problem."""
        return self.problem.is_personal

    @property
    def is_about_picture(self) -> bool:
        """As in the problem."""
        return self.problem.is_about_picture

    def picture(self, answer: Any = None) -> Any:
        """As in the problem."""
        return self.problem.picture(answer)

    def pack(self, answer: object) -> Answer:
        """As in the problem."""
        return self.problem.pack(answer)
