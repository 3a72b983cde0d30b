"""A question: one definition, from which statement, key, mistakes, hints and worked solution derive."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from sympy import Symbol

from autograder.answers import of
from autograder.answers.answer import Answer
from autograder.answers.kinds import Direction, Kind, Matrix, Vector
from autograder.answers.kinds.kind import Domain
from autograder.problems.common_mistakes import paired, turned
from autograder.problems.mistake import KnownMistakes, Mistake

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class ProblemError(ValueError):
    """A problem was defined with data that make no sense; the message says which and what to do."""


@dataclass(frozen=True)
class Step:
    """One line of a worked solution: what is done, and the computed result in LaTeX."""

    says: str
    shows: str


class Prose(str):
    """Markdown text that a notebook shows typeset."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


class Hints(tuple[Prose, ...]):
    """A ladder of hints, each folded until it is opened, from a nudge to nearly there."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return "\n\n".join(
            f"<details><summary>Hint {number} of {len(self)}</summary>\n\n{hint}\n\n</details>"
            for number, hint in enumerate(self, 1)
        )


@dataclass(frozen=True)
class Question(ABC):
    """One question with its data: what can be asked, hinted at, judged and solved."""

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """The kind of answer wanted."""

    @property
    @abstractmethod
    def letters(self) -> tuple[Symbol, ...]:
        """The variables that may occur in an answer."""

    @property
    def domain(self) -> Domain | None:
        """Where the variables live, when it is not everywhere."""
        return None

    @abstractmethod
    def statement(self) -> Prose:
        """The question, with typeset mathematics: what is given, what is wanted and in which form."""

    @abstractmethod
    def key(self) -> Any:
        """The right answer, computed."""

    @abstractmethod
    def nudges(self) -> Sequence[str]:
        """Three hints, from a nudge to nearly there; none holds the answer."""

    @abstractmethod
    def steps(self) -> Iterator[Step]:
        """The worked solution, line by line, each line computed."""

    @abstractmethod
    def wrong_ways(self) -> Iterator[Mistake]:
        """Every mistake of this problem type with the answer it gives here, the likeliest first."""

    def look_alikes(self) -> Iterator[Mistake]:
        """Other values of this problem that are taken for its answer: what each of them is."""
        yield from ()

    @property
    def is_personal(self) -> bool:
        """Whether every student has other data in it."""
        return False

    @property
    def is_about_picture(self) -> bool:
        """Whether the question is about its picture, so that both should be shown together."""
        return False

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the problem, and the student's own answer on it; None where there is nothing to draw."""
        return None

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """What an earlier part may have found on the way to this answer: name -> (its kind, its right value)."""
        return {}

    def follow(self, **values: Any) -> Any:
        """The answer that the student's own earlier values (one or more of `earlier`) lead to.

        Raises `ProblemError` for a question that has no earlier part.
        """
        raise ProblemError(f"{type(self).__name__} follows no earlier value.")

    # -- the rest is derived ----------------------------------------------------------------------------

    @cached_property
    def known_mistakes(self) -> KnownMistakes:
        """The mistakes whose wrong answers differ from the key and from one another, to look an answer up in."""
        ways = tuple(self.wrong_ways())
        likely = (*(way for way in ways if way.likely), *turned(self.key()), *self.look_alikes())
        return KnownMistakes.among(
            likely,
            self.key(),
            self.kind.in_one_form,
            lambda kept: (*paired(kept), *(way for way in ways if not way.likely)),
        )

    def explain(self, answer: Answer) -> Mistake | None:
        """Return the mistake, or one for each wrong part, that gives this answer."""
        known, digits = self.known_mistakes, self.kind.digits
        whole = known.explaining(answer, digits)
        if whole is None and isinstance(self.kind, Vector | Matrix) and not isinstance(self.kind, Direction):
            return known.explaining_each_part(answer, digits)  # the parts of others hang together
        return whole

    def pack(self, answer: object) -> Answer:
        """Take what the student gave as inert data: all that crosses from the student's kernel to the judge."""
        return of(answer)

    def bare(self, answer: Answer) -> Answer:
        """Return what the student answered, without what `pack` sent along."""
        return answer

    def mistakes(self) -> tuple[Mistake, ...]:
        """List the known mistakes, the likeliest first."""
        return self.known_mistakes.mistakes

    def hints(self) -> Hints:
        """Return the ladder of hints."""
        return Hints(Prose(text) for text in self.nudges())

    def solution(self) -> Prose:
        """Return the worked solution."""
        lines = [f"{n}. {step.says}\n\n   $$ {step.shows} $$" for n, step in enumerate(self.steps(), 1)]
        return Prose("\n\n".join(["**Worked solution**", *lines]))

    def for_student(self, student: str) -> Question:
        """Return the question as this student has it; only a personal one differs from student to student."""
        return self

    def _repr_markdown_(self) -> str:
        return str(self.statement())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": _written(self)}


@lru_cache(maxsize=128)  # a class looks at the same problems over and over
def _written(question: Question) -> str:
    return repr(question)
