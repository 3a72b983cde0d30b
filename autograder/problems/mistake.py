"""Mistakes: wrong ways to an answer, each with the wrong answer that it gives for the problem at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any

from sympy import Expr, Integer, sqrt

from autograder.answers import of
from autograder.answers.answer import Answer, Items, Scalar
from autograder.answers.kinds.kind import same
from autograder.answers.kinds.vector import flat
from autograder.equality import Equal
from autograder.notation import listing

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
"""The components of a value, as numbers, at one odd point: equal values have nearly equal marks."""


@dataclass(frozen=True)
class KnownMistakes:
    """The mistakes of one problem, told apart from the key and from one another, and quick to look up."""

    mistakes: tuple[Mistake, ...]
    marks: tuple[Mark, ...]

    @classmethod
    def among(cls, mistakes: Iterable[Mistake], key: Any) -> KnownMistakes:
        """Keep the mistakes whose wrong answer is neither the key nor that of an earlier mistake."""
        kept: dict[Mark, Mistake] = {}
        key_mark = _rounded(mark(of(key)))
        for mistake in mistakes:
            rounded = _rounded(mark(of(mistake.wrong)))
            if rounded and rounded != key_mark:
                kept.setdefault(rounded, mistake)
        return cls(tuple(kept.values()), tuple(kept))

    def explaining(self, answer: Answer, digits: int = 4) -> Mistake | None:
        """Return the mistake that gives exactly this answer, if there is one."""
        own = mark(answer)
        for mistake, its in zip(self.mistakes, self.marks, strict=True):
            if _near(own, its) and agree(mistake.wrong, answer, digits):
                return mistake
        return None


def mark(answer: Answer) -> Mark:
    """Evaluate an answer at one odd point. Only a filter: `agree` decides. Empty where it has no finite value.

    >>> from sympy.abc import x
    >>> _rounded(mark(of((x + 1)**2))) == _rounded(mark(of(x**2 + 2*x + 1)))
    True
    """
    numbers: list[complex] = []
    for part in flat(answer) if isinstance(answer, Items) else (answer,):
        if not isinstance(part, Scalar):
            return ()
        letters = sorted(part.expression.free_symbols, key=lambda symbol: symbol.name)
        point = {letter: sqrt(prime) / 2 for letter, prime in zip(letters, _PRIMES, strict=False)}
        number = part.expression.evalf(15, subs=point)
        if not number.is_number or not number.is_finite:
            return ()
        numbers.append(complex(number))
    return tuple(numbers)


_PRIMES = (2, 3, 5, 7, 11, 13)


def _rounded(mark: Mark) -> Mark:
    return tuple(complex(f"{part.real:.9g}") + 1j * float(f"{part.imag:.9g}") + 0.0 for part in mark)


def _near(one: Mark, other: Mark) -> bool:
    if not one:
        return True  # nothing known: let `agree` decide
    return len(one) == len(other) and all(
        abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-9) for a, b in zip(one, other, strict=True)
    )


def vector_mistakes(key: Sequence[Expr], names: Sequence[str]) -> Iterator[Mistake]:
    """Yield the mistakes that any vector answer invites: order, signs, a scalar, a length.

    >>> [mistake.wrong for mistake in vector_mistakes((Integer(4), Integer(7)), "xy")][:3]
    [(7, 4), (-4, -7), (-4, 7)]
    """
    key = tuple(key)
    for order in permutations(range(len(key))):
        if order != tuple(range(len(key))):
            yield Mistake(
                "components swapped",
                tuple(key[i] for i in order),
                "These are the right components in the wrong order.",
                f"Write them in the order {listing(names)}.",
            )
    yield Mistake(
        "all signs flipped",
        tuple(-part for part in key),
        "Every sign is the opposite of what it should be: this vector points downhill.",
        "The gradient points uphill; check whether a minus sign slipped in.",
    )
    for i, name in enumerate(names):
        yield Mistake(
            f"sign flipped in the {name}-component",
            (*key[:i], -key[i], *key[i + 1 :]),
            f"The {name}-component has the wrong sign.",
            f"Go through the {name}-derivative once more, watching the signs.",
        )
    yield from scalar_mistakes(key, names)


def scalar_mistakes(key: Sequence[Expr], names: Sequence[str]) -> Iterator[Mistake]:
    """Yield the single numbers that are given where a vector of slopes is asked for."""
    pack = f"Keep the {len(key)} slopes apart: ({', '.join('…' for _ in key)})."
    yield Mistake(
        "sum of the components",
        sum(key, Integer(0)),
        "You added the components into one number. A gradient keeps them apart: it is a vector.",
        pack,
    )
    for name, part in zip(names, key, strict=True):
        others = listing(other for other in names if other != name)
        yield Mistake(
            f"only the {name}-component",
            part,
            f"That is the slope along {name} alone. The gradient has a component for {others} too.",
            pack,
        )
    length = sqrt(sum((part**2 for part in key), Integer(0)))
    yield Mistake(
        "length of the vector",
        length,
        "That is the length of the gradient: how steep, but not in which direction.",
        pack,
    )
    if length != 0:
        yield Mistake(
            "made a unit vector",
            tuple(part / length for part in key),
            "You divided by the length. That keeps the direction and loses the steepness.",
            "Give the gradient itself, not the unit vector along it.",
        )
