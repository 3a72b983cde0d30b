"""Mistakes: wrong ways to an answer, each with the wrong answer that it gives for the problem at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any
from zlib import crc32

from sympy import Expr, Rational, sqrt

from autograder.answers import of
from autograder.answers.answer import Answer, Equation, Items, Scalar
from autograder.answers.kinds.kind import same
from autograder.answers.kinds.vector import flat
from autograder.equality import Equal

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Mistake:
    """A named wrong way, the wrong answer it gives here, what to say about it and what to do next.

    `credit` is the share of the marks it still earns; right components may earn more.
    """

    name: str
    wrong: Any
    says: str
    next: str = ""
    credit: Fraction = Fraction(0)


def agree(wrong: Any, answer: Answer, digits: int = 4) -> bool:
    """Whether an answer is this wrong value, however it is written.

    >>> agree((3, 4), of([3, 4])), agree((3, 4), of(7))
    (True, False)
    """
    return _agree(of(wrong), answer, digits)


def _agree(wrong: Answer, answer: Answer, digits: int) -> bool:
    if isinstance(wrong, Items) and isinstance(answer, Items):
        left, right = flat(wrong), flat(answer)
        return len(left) == len(right) and all(
            _agree(one, other, digits) for one, other in zip(left, right, strict=True)
        )
    if isinstance(wrong, Scalar) and isinstance(answer, Scalar):
        return isinstance(same(wrong.expression, answer.expression, digits)[0], Equal)
    return False


Mark = tuple[complex, ...]
"""The components of a value, as numbers, at odd points: equal values have nearly equal marks."""


@dataclass(frozen=True)
class KnownMistakes:
    """The mistakes of one problem, told apart from the key and from one another, and quick to look up."""

    mistakes: tuple[Mistake, ...]
    forms: tuple[Answer, ...]
    marks: tuple[Mark, ...]

    @classmethod
    def among(cls, mistakes: Iterable[Mistake], key: Any, in_one_form: Callable[[Any], Answer] = of) -> KnownMistakes:
        """Keep the mistakes whose wrong answer is neither the key nor that of an earlier mistake.

        `in_one_form` takes the wrong answers, as the kind of answer takes the student's, to a form of their own.
        """
        kept: dict[Mark, tuple[Mistake, Answer]] = {}
        known: dict[Expr, complex | None] = {}
        key_mark = _rounded(_mark(in_one_form(key), known))
        for mistake in mistakes:
            form = _as_value(in_one_form(mistake.wrong))
            rounded = _rounded(_mark(form, known))
            if rounded and rounded != key_mark:
                kept.setdefault(rounded, (mistake, form))
        return cls(tuple(m for m, _ in kept.values()), tuple(form for _, form in kept.values()), tuple(kept))

    def explaining(self, answer: Answer, digits: int = 4) -> Mistake | None:
        """Return the mistake that gives exactly this answer, if there is one."""
        answer = _as_value(answer)
        own = mark(answer)
        for mistake, form, its in zip(self.mistakes, self.forms, self.marks, strict=True):
            if _near(own, its) and _agree(form, answer, digits):
                return mistake
        return None


def _as_value(answer: Answer) -> Answer:
    """Write an equation as the expression that it sets to 0, in the sign that makes its mark positive."""
    if not isinstance(answer, Equation):
        return answer
    zero = answer.left - answer.right
    number = _number(zero)
    return Scalar(-zero if number and number.real < 0 else zero)


def mark(answer: Answer) -> Mark:
    """Evaluate an answer at odd points. Only a filter: `agree` decides. Empty where it has no finite value.

    >>> from sympy.abc import x
    >>> _rounded(mark(of((x + 1)**2))) == _rounded(mark(of(x**2 + 2*x + 1)))
    True
    """
    return _mark(answer, {})


def _mark(answer: Answer, known: dict[Expr, complex | None]) -> Mark:
    numbers: list[complex] = []
    for part in _leaves(answer):
        if not isinstance(part, Scalar):
            return ()
        if part.expression not in known:
            known[part.expression] = _number(part.expression)
        number = known[part.expression]
        if number is None:
            return ()
        numbers.append(number)
    return tuple(numbers)


def _leaves(answer: Answer) -> Iterator[Answer]:
    """The parts of a collection, and the parts of those, in their order."""
    for part in flat(answer) if isinstance(answer, Items) else ():
        yield from _leaves(part)
    if not isinstance(answer, Items):
        yield answer


def _number(expression: Expr) -> complex | None:
    if expression.is_Rational:
        return complex(expression)
    number = 0j
    for weight, sign in ((1.0, 1), (0.618, -1)):  # at two points of opposite signs: y and |y| have different marks
        point = {letter: sign * _coordinate(letter.name) for letter in expression.free_symbols}
        value = expression.evalf(15, subs=point)
        if not (value.is_number and value.is_finite):
            return None
        number += weight * complex(value)
        if not point:
            break
    return number


@cache
def _coordinate(name: str) -> Expr:
    """A number of size 1/2 to 2 that belongs to the name alone: x/z and y/z must not have the same mark.

    Neighbours such as x and y have opposite signs.
    """
    return (-1) ** ord(name[-1]) * sqrt(Rational(2500 + crc32(name.encode()) % 37_483, 9_973))


def _rounded(mark: Mark) -> Mark:
    return tuple(complex(f"{part.real:.9g}") + 1j * float(f"{part.imag:.9g}") + 0.0 for part in mark)


def _near(one: Mark, other: Mark) -> bool:
    if not one:
        return True  # nothing known: let `agree` decide
    return len(one) == len(other) and all(
        abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-9) for a, b in zip(one, other, strict=True)
    )
