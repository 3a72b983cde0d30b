"""Points on both sides of every place where an expression changes its behaviour.

|x + y - 7| changes on a line, sqrt(9 - x**2) at -3 and 3. Along a line parallel to each axis the places where a gate
is 0 are found, in closed form where the gate is of degree one or two there, else by changes of sign; then points are
put between neighbours and beyond the outermost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import fmpq

from .balls import Unsure
from .domain import Axis
from .points import GRAIN, Point
from .program import Gate, Program, Unsupported, compiled

GRID = tuple(s * m for s in (-1, 1) for m in (0.03, 0.3, 0.8, 1.3, 2.2, 3.6, 6.0, 11.0, 30.0, 110.0))
"""Where a gate of no simple form is looked at for changes of sign."""
MOST_GATES = 12


def gate_programs(gates: Iterable[Gate], places: Mapping[str, int], whole: frozenset[str]) -> list[Program]:
    """The differences that are 0 at the gates, each once."""
    programs = []
    for left, right in list(dict.fromkeys(gates))[:MOST_GATES]:
        try:
            programs.append(compiled(left, places, whole, minus=right))
        except Unsupported:
            continue
    return programs


def beside(gates: Sequence[Program], axes: Sequence[Axis], base: Point, *, exact: bool) -> Iterator[Point]:
    """Points on the axis-parallel lines through `base`, on both sides of each gate; with `exact` also on gates."""
    for i, axis in enumerate(axes):
        if axis.whole:
            continue
        found = sorted({root for gate in gates for root in _roots(gate, base, i)})
        if not found:
            continue
        first, last = found[0], found[-1]
        numbers = [first - 0.7 * (1 + abs(first)), last + 0.7 * (1 + abs(last))]
        numbers += [(u + v) / 2 for u, v in pairwise(found) if v - u > 1e-9]
        for number in numbers:
            t = _rational(number)
            if axis.contains(t):
                yield (*base[:i], t, *base[i + 1 :])
        if exact:
            for number in found:
                near = Fraction(number).limit_denominator(60)
                if abs(float(near) - number) < 1e-9:
                    yield (*base[:i], fmpq(near.numerator, near.denominator), *base[i + 1 :])


def _rational(number: float) -> fmpq:
    return fmpq(round(number * GRAIN * 16), GRAIN * 16) if abs(number) > 1e-3 else fmpq(*number.as_integer_ratio())


def _height(gate: Program, base: Point, i: int, t: float) -> float | None:
    """The value of a gate with the i-th coordinate replaced, None where there is none."""
    try:
        ball = gate.run((*base[:i], fmpq(*t.as_integer_ratio()), *base[i + 1 :]), 64).ball
    except Unsure:
        return None
    if ball is None or not hasattr(ball, "mid") or not hasattr(ball, "rad"):
        return None
    try:
        value = float(ball.mid())
    except (TypeError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _roots(gate: Program, base: Point, i: int) -> list[float]:
    """Where the gate is 0 along the i-th axis through `base`."""
    y = [_height(gate, base, i, t) for t in (-1.0, 0.0, 1.0, 2.0)]
    if None not in y:
        a0, a1, a2, a3 = (value for value in y if value is not None)
        square, slope = (a0 + a2) / 2 - a1, (a2 - a0) / 2
        scale = max(abs(a0), abs(a1), abs(a2), abs(a3), 1e-300)
        if abs(a1 + 2 * slope + 4 * square - a3) < 1e-12 * scale:
            return _quadratic(square if abs(square) > 1e-12 * scale else 0.0, slope, a1)
    return _sign_changes(gate, base, i)


def _quadratic(a: float, b: float, c: float) -> list[float]:
    """Real roots of a t^2 + b t + c."""
    if a == 0:
        return [-c / b] if abs(b) > 1e-12 * abs(c) else []
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    q = -(b + math.copysign(math.sqrt(inside), b)) / 2
    return [q / a, c / q] if q else [0.0]


def _sign_changes(gate: Program, base: Point, i: int) -> list[float]:
    """Roots of any gate, as far as a grid shows them."""
    grid = sorted((*GRID, float(base[i].p) / float(base[i].q)))
    heights = [_height(gate, base, i, t) for t in grid]
    roots = []
    for (u, fu), (v, fv) in zip(zip(grid, heights, strict=True), zip(grid[1:], heights[1:], strict=True), strict=False):
        if fu is None or fv is None or fu * fv > 0:
            continue
        for _ in range(12):
            middle = (u + v) / 2
            height = _height(gate, base, i, middle)
            if height is None:
                break
            u, fu, v = (middle, height, v) if height * fu > 0 else (u, fu, middle)
        roots.append((u + v) / 2)
    return roots
