"""Where two expressions are compared: rational points, spread over signs and over scales.

Uniform points are not enough: eight of them take |x + 20| for x + 20 in a third of the runs. The points here run
through every pattern of signs, and through scales from an eighth to beyond the largest constant in sight.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from random import Random

import sympy as sp
from flint import fmpq

from .domain import Axis

Point = tuple[fmpq, ...]

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
GRAIN = 1009
"""Denominator of the random points: a prime, so that no point is special by accident."""


def seeded(*expressions: sp.Basic) -> Random:
    """Random numbers that depend on the expressions only: the same answer is judged in the same way twice, and
    who does not know the key does not know the points."""
    shape = [_label(node) for expression in expressions for node in sp.preorder_traversal(expression)]
    return Random(hashlib.blake2b(" ".join(shape).encode(), digest_size=8).digest())


def _label(node: sp.Basic) -> str:
    """A leaf as itself, anything else by its kind; far cheaper than printing."""
    if isinstance(node, sp.Symbol):
        return node.name
    return f"{int(node.p)}/{int(node.q)}" if isinstance(node, sp.Rational) else type(node).__name__


def friendly(axes: Sequence[Axis]) -> Iterator[Point]:
    """A few points of small numbers, so that a witness is easy to check by hand."""
    n = len(axes)
    for numbers in (
        [fmpq(PRIMES[i % 12]) for i in range(n)],
        [fmpq(-1 if i % 2 == 0 else 1) * PRIMES[(i + 1) % 12] for i in range(n)],
        [fmpq(1, PRIMES[i % 12]) for i in range(n)],
    ):
        yield tuple(axis.place(number) for axis, number in zip(axes, numbers, strict=True))


def scales(expressions: Iterable[sp.Basic]) -> list[tuple[float, float]]:
    """Ranges of size to draw from: fixed ones, and around and beyond each constant in the expressions.

    >>> scales([sp.Abs(sp.Symbol("x") + 20)])[-2:]
    [(16.0, 24.0), (24.0, 100.0)]
    """
    fixed = [(0.1, 0.4), (0.4, 1.0), (1.0, 2.0), (2.0, 4.0), (4.0, 9.0)]
    atoms = {n for expression in expressions for n in expression.atoms(sp.Rational) if n and abs(n.p) < 10**9 > n.q}
    sizes = {abs(float(n)) for n in atoms}
    sizes |= {size**0.5 for size in sizes} | {1 / size for size in sizes if size < 1}
    ordered = sorted(size for size in sizes if size > 5 or size < 0.2)[:8]
    around = [(0.8 * size, 1.2 * size) for size in ordered]
    largest = max(ordered, default=5.0)
    return [*fixed, *around, (1.2 * max(largest, 5.0), 5 * max(largest, 5.0))]


def stratified(axes: Sequence[Axis], expressions: Iterable[sp.Basic], random: Random) -> Iterator[Point]:
    """Points without end: every pattern of signs at every scale in turn, then scales mixed between variables."""
    levels = scales(expressions)
    n = len(axes)
    patterns = 2 ** min(n, 3)
    k = 0
    while True:
        pattern = k % patterns
        level = (k * 2 // patterns) % len(levels)
        numbers = []
        for i in range(n):
            low, high = levels[level] if k % 3 else random.choice(levels)
            negative = (pattern >> i) & 1 if i < 3 else random.random() < 0.5
            size = fmpq(int(random.uniform(low, high) * GRAIN) + 1, GRAIN)
            numbers.append(-size if negative else size)
        yield tuple(axis.place(number) for axis, number in zip(axes, numbers, strict=True))
        k += 1
