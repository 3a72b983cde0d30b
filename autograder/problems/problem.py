"""What every problem has in common: one definition, from which statement, key, mistakes and hints derive."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from sympy import Expr, Float, Rational, Symbol

from autograder.answers import of
from autograder.answers.answer import Answer, Items, Scalar
from autograder.answers.kinds import FunctionOf, Kind
from autograder.answers.kinds.kind import Domain
from autograder.notation import listing, plain
from autograder.problems.common_mistakes import paired
from autograder.problems.mistake import KnownMistakes, Mistake
from nabla.calculus import variables_of

if TYPE_CHECKING:
    from autograder.problems.given import Given
    from autograder.problems.personal import Personal
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
class Problem(ABC):
    """One question with its data. A subclass gives data, key, wrong ways and words; the rest is here."""

    points: ClassVar[int] = 1

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

    @classmethod
    @abstractmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw an instance at random; `variant` calls it until one is well behaved."""

    def is_well_behaved(self) -> bool:
        """Whether a drawn instance is worth asking: not trivial, not ugly, its main mistakes told apart."""
        return True

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the problem, and the student's own answer on it; None where there is nothing to draw."""
        return None

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """What an earlier part may have found on the way to this answer: name -> (its kind, its right value)."""
        return {}

    def follow(self, **values: Any) -> Any:
        """The answer that the student's own earlier values (one or more of `earlier`) lead to."""
        raise NotImplementedError

    # -- the rest is derived ----------------------------------------------------------------------------

    def given(self, **values: object) -> Given:
        """Return this problem, to be judged on the student's own earlier values when need be.

        `check(problem.given(gradient=answer_a), answer_b)` forgives in (b) what went wrong in (a), once.
        """
        from autograder.problems.given import Given

        return Given.of(self, values)

    @cached_property
    def known_mistakes(self) -> KnownMistakes:
        """The mistakes whose wrong answers differ from the key and from one another, to look an answer up in."""
        single = tuple(self.wrong_ways())
        return KnownMistakes.among((*single, *paired(single)), self.key(), self.kind.in_one_form)

    def pack(self, answer: object) -> Answer:
        """Take what the student gave as inert data: all that crosses from the student's kernel to the judge."""
        return of(answer)

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

    @classmethod
    def variant(cls, seed: int, level: int = 1) -> Self:
        """Return the problem that belongs to this seed: same seed and level, same problem.

        Raises `ValueError` for a level other than 1, 2 or 3.
        """
        if level not in (1, 2, 3):
            raise ValueError(f"level is 1, 2 or 3, not {level!r}.")
        rng = random.Random(f"{cls.__name__}/{seed}/{level}")
        for _ in range(200):
            problem = cls.draw(rng, level)
            if problem.is_well_behaved():
                return problem
        raise RuntimeError(f"No well-behaved {cls.__name__} was drawn for seed {seed} at level {level}.")

    @classmethod
    def personal(cls, student: str, level: int = 1) -> Personal:
        """Return a student's own variant: of the same difficulty for all, the same for the same name for ever."""
        from autograder.problems.personal import Personal

        return Personal.of(cls, student, level)

    def for_student(self, student: str) -> Problem:
        """Return the problem as this student has it; only a personal one differs from student to student."""
        return self

    def _repr_markdown_(self) -> str:
        return str(self.statement())


@dataclass(frozen=True)
class Behaviour:
    """A mistake in code, recognised by what the function returns, and the share of the marks that it keeps."""

    name: str
    says: str
    next: str = ""
    credit: Fraction = Fraction(0)


@dataclass(frozen=True)
class CodeProblem(Problem):
    """A problem whose answer is a Python function, judged by what it returns for inputs the judge draws."""

    @property
    @abstractmethod
    def kind(self) -> FunctionOf:
        """How the function is called, and how exact it must be."""

    @abstractmethod
    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw the arguments of each call, as inert data."""

    @abstractmethod
    def truth(self, arguments: Items) -> Any:
        """What a right function returns for these arguments: a number or nested rows of numbers."""

    @abstractmethod
    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake that explains these outputs, if one does."""

    def key(self) -> Any:
        """Return what a right function returns for the inputs of seed 0."""
        return tuple(self.truth(arguments) for arguments in self.inputs(0))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Mistakes in code are recognised by behaviour, not by a value."""
        yield from ()


def exact(value: Any, what: str) -> Expr:
    """Take a number or expression as exact sympy with plain symbols; a float is read as its decimal.

    Raises `ProblemError` for anything else.

    >>> exact(0.1, "the step")
    1/10
    """
    answer = of(value)
    if not isinstance(answer, Scalar):
        raise ProblemError(f"{what} should be a number or a sympy expression, not {value!r}.")
    return answer.expression.replace(lambda node: isinstance(node, Float), lambda node: Rational(str(node)))


def exact_variables(f: Expr, given: Sequence[Any]) -> tuple[Symbol, ...]:
    """Return the variables given, as plain symbols, or else those of f in canonical order.

    Raises `ProblemError` when there are none, or when f depends on others.

    >>> from sympy.abc import x, y
    >>> exact_variables(x * y, ())
    (x, y)
    """
    variables = tuple(Symbol(v.name) for v in given) if given else variables_of(f)
    if not variables:
        raise ProblemError(f"f = {plain(f)} has no variables; name them: variables=(x, y).")
    if missing := sorted({v.name for v in variables_of(f)} - {v.name for v in variables}):
        raise ProblemError(f"f also depends on {listing(missing)}; add it to variables.")
    return variables


def exact_point(value: Any, variables: Sequence[Symbol], what: str) -> tuple[Expr, ...]:
    """Take coordinates in the order of the variables, or a mapping from variable to coordinate.

    >>> from sympy.abc import x, y
    >>> exact_point({y: 2, x: 1}, (x, y), "at")
    (1, 2)
    """
    if isinstance(value, Mapping):
        by_name = {getattr(name, "name", name): part for name, part in value.items()}
        value = [by_name.get(variable.name, ...) for variable in variables]
    point = tuple(exact(part, what) for part in value)
    if len(point) != len(variables):
        names = ", ".join(variable.name for variable in variables)
        raise ProblemError(f"{what} has {len(point)} coordinates and there are {len(variables)} variables ({names}).")
    return point
