"""Mistakes that many problems share: signs, order, a number for a vector, two mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

from sympy import Expr, Integer, sqrt

from autograder.notation import listing
from autograder.problems.mistake import Mistake
from autograder.problems.slips import lowered


def number_mistakes(key: Expr) -> Iterator[Mistake]:
    """Yield the mistakes that any single value invites: a sign, a factor two.

    >>> [mistake.wrong for mistake in number_mistakes(Integer(6))]
    [-6, 12, 3]
    """
    yield Mistake("sign flipped", -key, "The size is right, the sign is not.", "Go through the signs once more.")
    yield Mistake("twice too large", 2 * key, "This is twice the right value.", "Look for a factor 2 too many.")
    yield Mistake(
        "half the right value", key / 2, "This is half the right value.", "Look for a factor 2 that got lost."
    )


def turned(key: Any) -> Iterator[Mistake]:
    """Yield the right components with all their signs flipped, or in the wrong order.

    >>> [mistake.wrong for mistake in turned((Integer(4), Integer(7)))]
    [(-4, -7), (4, 7), (7, 4)]
    """
    if not (isinstance(key, tuple) and len(key) > 1 and all(isinstance(part, Expr) for part in key)):
        return
    yield Mistake(
        "all signs flipped",
        tuple(-part for part in key),
        "The sizes are right, and every sign is flipped.",
        "Go through the signs once more.",
    )
    for order in permutations(key):
        yield Mistake(
            "components swapped", order, "These are the right numbers in the wrong order.", "Keep to the order asked."
        )


def paired(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """Yield each mistake together with a second one: the sign, or the order of two components.

    What is said of the first is true of the answer only but for the second, and is said so. Two earn half of one.

    >>> [(pair.name, pair.wrong) for pair in paired([Mistake("not normalised", Integer(14), "Too long.")])]
    [('not normalised, and sign flipped', -14)]
    """
    for mistake in (each for each in mistakes if each.likely):
        wrong = mistake.wrong
        if isinstance(wrong, tuple) and all(isinstance(part, Expr) for part in wrong):
            yield _also(mistake, tuple(-part for part in wrong), "all signs flipped", "the signs, which are flipped")
            if len(wrong) == 2:
                yield _also(
                    mistake, wrong[::-1], "components swapped", "the order of the components, which is wrong too"
                )
        elif isinstance(wrong, Expr):
            yield _also(mistake, -wrong, "sign flipped", "the sign, which is flipped")


def _also(mistake: Mistake, wrong: Any, name: str, what: str) -> Mistake:
    says = f"Apart from {what}: {lowered(mistake.says)}"
    return replace(mistake, name=f"{mistake.name}, and {name}", wrong=wrong, says=says, credit=mistake.credit / 2)


def vector_mistakes(key: Sequence[Expr], names: Sequence[str]) -> Iterator[Mistake]:
    """Yield the mistakes that any vector answer invites: order, signs, a scalar, a length.

    >>> [mistake.wrong for mistake in vector_mistakes((Integer(4), Integer(7)), "xy")][:3]
    [(7, 4), (-4, -7), (-4, 7)]
    """
    key = tuple(key)
    flipped = tuple(-part for part in key)
    for order in permutations(range(len(key))):
        if tuple(key[i] for i in order) not in (key, flipped):  # (a, -a) with its signs flipped is told as that
            yield Mistake(
                "components swapped",
                tuple(key[i] for i in order),
                "These are the right components in the wrong order.",
                f"Write them in the order {listing(names)}.",
            )
    yield Mistake(
        "all signs flipped",
        flipped,
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
        yield Mistake(
            f"0 for the {name}-component",
            (*key[:i], Integer(0), *key[i + 1 :]),
            f"The {name}-component is not 0: there is a change along {name} too.",
            f"Find the slope along {name}.",
            likely=False,
        )
    yield from scalar_mistakes(key, names)


def scalar_mistakes(key: Sequence[Expr], names: Sequence[str]) -> Iterator[Mistake]:
    """Yield the single numbers that are given where a vector of slopes is asked for; with one slope they are it."""
    if len(key) < 2:
        return
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
