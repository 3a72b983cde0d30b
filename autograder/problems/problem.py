"""Problem types: questions that can be drawn at random, for practice and for each student; and code problems."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Self

from sympy import Expr, Float, Rational, Symbol

from autograder.answers import of
from autograder.answers.answer import Answer, Items, Scalar
from autograder.answers.kinds import FunctionOf
from autograder.notation import listing, plain
from autograder.problems.given import Given
from autograder.problems.mistake import Mistake
from autograder.problems.personal import Personal, checked_name, seed_of
from autograder.problems.question import Hints, ProblemError, Prose, Question, Step
from nabla.calculus import variables_of

__all__ = [
    "Behaviour",
    "CodeProblem",
    "Hints",
    "Problem",
    "ProblemError",
    "Prose",
    "Step",
    "exact",
    "exact_point",
    "exact_variables",
]


@dataclass(frozen=True)
class Problem(Question):
    """A problem type. A subclass gives data, key, wrong ways, words and how to draw an instance; the rest is here."""

    @classmethod
    @abstractmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw an instance at random; `variant` calls it until one is well behaved."""

    def is_well_behaved(self) -> bool:
        """Whether a drawn instance is worth asking: not trivial, not ugly, its main mistakes told apart."""
        return True

    def given(self, **values: object) -> Given:
        """Return this problem, to be judged on the student's own earlier values when need be.

        `check(problem.given(gradient=answer_a), answer_b)` forgives in (b) what went wrong in (a), once.
        """
        return Given.of(self, values)

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
        name = checked_name(student)
        return Personal(_own_variant(cls, seed_of(name), level), level, name)


@lru_cache(maxsize=32)  # grading asks for it by the name of the folder and by that in the notebook
def _own_variant(kind: type[Problem], seed: int, level: int) -> Problem:
    return kind.variant(seed, level)


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

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """No variable occurs in an answer."""
        return ()

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
    found = _exact(value) if isinstance(value, Expr) else _made_exact(value)
    if found is None:
        raise ProblemError(f"{what} should be a number or a sympy expression, not {value!r}.")
    return found


def _made_exact(value: Any) -> Expr | None:
    answer = of(value)
    if not isinstance(answer, Scalar):
        return None
    return answer.expression.replace(lambda node: isinstance(node, Float), lambda node: Rational(str(node)))


_exact = lru_cache(maxsize=1024)(_made_exact)  # a class has the same problems over and over


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


def exact_point(value: Any, variables: Sequence[Symbol], what: str, numbers: bool = True) -> tuple[Expr, ...]:
    """Take coordinates in the order of the variables, or a mapping from variable to coordinate.

    They must be numbers unless `numbers` is false, as for a curve.

    >>> from sympy.abc import x, y
    >>> exact_point({y: 2, x: 1}, (x, y), "at")
    (1, 2)

    Raises `ProblemError` where the count is wrong or a coordinate is not a number.
    """
    if isinstance(value, Mapping):
        by_name = {getattr(name, "name", name): part for name, part in value.items()}
        value = [by_name.get(variable.name, ...) for variable in variables]
    point = tuple(exact(part, what) for part in value)
    if len(point) != len(variables):
        names = ", ".join(variable.name for variable in variables)
        raise ProblemError(f"{what} has {len(point)} coordinates and there are {len(variables)} variables ({names}).")
    if numbers and (letters := sorted({letter.name for part in point for letter in part.free_symbols})):
        raise ProblemError(f"{what} must hold numbers, and {point} holds {', '.join(letters)}.")
    return point
