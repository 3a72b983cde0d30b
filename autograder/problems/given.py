"""Follow-through: a later part judged on the student's own earlier value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import MatrixBase, Symbol

from autograder.answers import of
from autograder.answers.answer import Answer, Items, Table, Text
from autograder.answers.kinds import Fitted
from autograder.equality import Equal
from autograder.notation import listing, plain
from autograder.problems.question import ProblemError, Question
from autograder.problems.wrapper import Wrapper


@dataclass(frozen=True)
class Given(Wrapper):
    """A problem together with what the student found in an earlier part.

    Everything is asked and answered as in the problem itself. Only when the answer is wrong is it judged once
    more, on the student's own earlier values. Made by `problem.given(name=value)`.
    """

    values: tuple[tuple[str, Answer], ...] = field(default=(), metadata={"recorded": False})

    @classmethod
    def of(cls, problem: Question, values: Mapping[str, object]) -> Given:
        """Join a problem with earlier values. Raises `ProblemError` for a name that the problem does not follow."""
        known = problem.earlier()
        if unknown := sorted(set(values) - set(known)):
            raise ProblemError(f"{type(problem).__name__} follows {sorted(known) or 'nothing'}, not {unknown}.")
        return cls(problem, tuple((name, of(value)) for name, value in values.items()))

    def for_student(self, student: str) -> Given:
        """Return the same, of the student's own variant."""
        return Given(self.problem.for_student(student), self.values)

    def pack(self, answer: object) -> Answer:
        """Send the earlier values along with the answer."""
        values = Table(tuple((Text(name), value) for name, value in self.values))
        return Items((self.problem.pack(answer), values), "tuple")

    def unpack(self, answer: Answer) -> tuple[Answer, Mapping[str, Answer]]:
        """Take apart what `pack` joined; anything else is the answer alone."""
        match answer:
            case Items((own, Table(pairs)), "tuple"):
                return own, {name.text: value for name, value in pairs if isinstance(name, Text)}
        return answer, {}

    def key_following(self, values: Mapping[str, Answer]) -> tuple[Any, str] | None:
        """Return the key that the student's own values lead to, and those values in words.

        None when they are right (then nothing is to be forgiven), unreadable, not yet evaluated, or trivial: a zero
        leads nowhere, and what leads to zero leaves nothing to do.
        """
        own: dict[str, Any] = {}
        for name, (kind, right) in self.problem.earlier().items():
            if name not in values:
                continue  # this earlier part was not handed on
            fitted = kind.fit(values[name], self.letters)
            if not isinstance(fitted, Fitted) or _is_trivial(fitted.value):
                return None
            if _variables(fitted.value) - _variables(right):
                return None  # a formula where numbers are wanted leads to no answer of the kind wanted
            if not isinstance(kind.compare(right, fitted.value).verdict, Equal):
                own[name] = fitted.value
        if not own:
            return None
        following = self.problem.follow(**own)
        if _is_trivial(following):
            return None  # values chosen so that nothing is left to do, such as a constant to be differentiated
        words = listing(f"your own {name.replace('_', ' ')} {plain(value)}" for name, value in own.items())
        return following, words


def _is_trivial(value: Any) -> bool:
    """Whether a value is zero, or nothing but zeros however deep."""
    if isinstance(value, tuple | list | MatrixBase):
        return all(_is_trivial(part) for part in value)
    return bool(value == 0)


def _variables(value: Any) -> set[Symbol]:
    """The variables that occur in a value, however deep."""
    if isinstance(value, tuple | list):
        return {variable for part in value for variable in _variables(part)}
    return set(getattr(value, "free_symbols", ()))
