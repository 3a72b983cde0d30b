"""A directional derivative by code: a numerical rate of any function, judged by what it returns."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from sympy import Expr, Float, Integer, Rational, Symbol, cos, exp, lambdify, sin

from autograder.answers.answer import Answer, Items, Refused, Scalar, Table
from autograder.answers.calls import changed, formula, watched
from autograder.answers.kinds import FunctionOf
from autograder.answers.kinds.function import as_numbers, shape
from autograder.notation import typeset
from autograder.problems.at_point import dot
from autograder.problems.mistake import HALF
from autograder.problems.problem import Behaviour, CodeProblem, Prose, Step
from nabla.calculus import gradient


@dataclass(frozen=True)
class Case:
    """One call of a rate function, and what is true of it: the right rate, and how f bends along the way."""

    slopes: tuple[float, ...]
    rate: float
    length: float
    bend: float
    twist: float
    whole: bool


@dataclass(frozen=True)
class NumericalRate(CodeProblem):
    """A function `rate(f, point, direction)` that returns the directional derivative of any f by central differences.

    The direction is of any length, and neither array may be changed. `tolerance` is the largest relative error
    allowed: central differences reach it, forward ones do not.

    >>> len(NumericalRate().inputs(seed=1))
    6
    """

    name: str = "rate"
    tolerance: float = 1e-7

    @property
    def kind(self) -> FunctionOf:
        """A function of a function, a point and a direction."""
        return FunctionOf(f"{self.name}(f, point, direction)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        digits = round(-math.log10(self.tolerance))
        return Prose(
            f"Write a Python function `{self.name}(f, point, direction)` that returns the **directional derivative** "
            "of `f` at `point` in the direction of `direction`, **without knowing a formula for `f`**.\n\n"
            "- `f` is a Python function of one point, called as `f(point)`; it works in any number of variables.\n"
            "- `point` and `direction` are arrays, perhaps of whole numbers. Leave both as they are.\n"
            "- `direction` may have **any length** but 0; the rate is for each unit of length.\n"
            f"- Return one number, right to {digits} digits."
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw three functions; for each a call with whole numbers and one with decimals."""
        rng = random.Random(f"numerical rate/{seed}")
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = (rng.choice((2, 3, 4)) for _ in range(3))
        chosen: tuple[tuple[Expr, tuple[Symbol, ...]], ...] = (
            (exp(x / a) * sin(y) + b * x, (x, y)),
            (x**3 * y / 4 + c * cos(y), (x, y)),
            (x * y * z + sin(a * x) + z**3 / b, (x, y, z)),
        )
        rows = []
        for f, names in chosen:
            for whole in (True, False):
                while True:
                    point = [_drawn(rng, whole, 2) for _ in names]
                    way = [_drawn(rng, whole, 4) for _ in names]
                    row = Items((formula(f, names), watched(_array(point)), watched(_array(way))), "tuple")
                    case = _case(row)
                    if 1.5 < case.length < 8 and abs(case.rate) > 0.3 and min(abs(case.bend), abs(case.twist)) > 0.1:
                        break
                rows.append(row)
        return tuple(rows)

    def truth(self, arguments: Items) -> float:
        """Return the exact rate, as a float."""
        return _case(arguments).rate

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake behind the outputs."""
        cases = [_case(arguments) for arguments in inputs]
        touched, outputs = any(map(changed, outputs)), [_returned(output) for output in outputs]
        good = [_good(case, output) for case, output in zip(cases, outputs, strict=True)]
        if touched and all(good):
            return _CHANGED
        if not all(good) and all(ok or case.whole for ok, case in zip(good, cases, strict=True)):
            return _WHOLE
        if any(isinstance(output, Refused) for output in outputs):
            return None
        numbers = [as_numbers(output) for output in outputs]
        sizes = [shape(each) if each is not None else None for each in numbers]
        if sizes == [(len(case.slopes),) for case in cases]:
            return _VECTOR
        got = [number for number in numbers if isinstance(number, float) and math.isfinite(number)]
        return next((b for is_so, b in _behaviours(cases, got) if is_so), None) if len(got) == len(cases) else None

    def nudges(self) -> Sequence[str]:
        """Nudge: a unit vector, both ways, floats."""
        return (
            "A directional derivative is a slope along a **unit** vector. How long is the one you are given?",
            "Step from the point by `h * u` and by `-h * u`, where u is the unit vector. How far apart are these two "
            "points?",
            "Make new arrays of floats: `point = np.array(point, dtype=float)` and the same for the direction, which "
            "you divide by `np.linalg.norm(direction)`. Then divide the difference of the two values of f by `2 * h`; "
            "a good `h` is about `6e-6`.",
        )

    def steps(self) -> Iterator[Step]:
        """A central difference along a unit vector, on an example."""
        x, y, h = Symbol("x"), Symbol("y"), Symbol("h")
        f, u = x**2 + y, (Rational(3, 5), Rational(4, 5))
        moved = [f.xreplace({x: 1 + s * h * u[0], y: 2 + s * h * u[1]}) for s in (1, -1)]
        yield Step("Divide the direction by its length:", r"u = \frac{d}{\lVert d \rVert}")
        yield Step("Step both ways along it:", r"\frac{f(p + h u) - f(p - h u)}{2h}")
        yield Step(
            "For $f = x^2 + y$ at (1, 2) along (3, 4) this is",
            rf"\frac{{1}}{{2h}}\left({typeset((moved[0] - moved[1]).expand())}\right) = "
            rf"{typeset(((moved[0] - moved[1]) / (2 * h)).expand().cancel())}",
        )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Ask for more digits at a higher level."""
        return cls(tolerance=10.0 ** -(5 + level))


def _drawn(rng: random.Random, whole: bool, most: int) -> Expr:
    if whole:
        return Integer(rng.choice([k for k in range(-most, most + 1) if k]))
    return Float(str(round(rng.choice((-1, 1)) * rng.uniform(0.3, most), 2)))


def _array(numbers: Sequence[Expr]) -> Items:
    return Items(tuple(Scalar(number) for number in numbers), "array")


def _coordinates(argument: Answer) -> tuple[Expr, ...]:
    array = argument.pairs[0][1] if isinstance(argument, Table) else argument
    return tuple(part.expression for part in array if isinstance(part, Scalar)) if isinstance(array, Items) else ()


def _case(arguments: Items) -> Case:
    """Take a row of arguments apart and work out what is true of it."""
    match arguments.items:
        case (Table(((_, Scalar(f)), (_, Items(names)))), start, arrow):
            point, direction = _coordinates(start), _coordinates(arrow)
            variables = tuple(name.expression for name in names if isinstance(name, Scalar))
        case _:
            raise TypeError("A rate is called with a formula, a point and a direction.")
    place, way = ([float(part) for part in each] for each in (point, direction))
    size = math.hypot(*way)
    *slopes, rate, bend, twist = _derivatives(f, variables)(*place, *(part / size for part in way))
    return Case(tuple(slopes), rate, size, bend, twist, all(part.is_Integer for part in (*point, *direction)))


@lru_cache(maxsize=64)
def _derivatives(f: Expr, variables: tuple[Symbol, ...]) -> Callable[..., list[float]]:
    """Return a function of a point and a unit vector: the slopes there, and three derivatives along the vector."""
    way = [Symbol(f"along_{v.name}") for v in variables]
    along = [f]
    for _ in range(3):
        along.append(dot(gradient(along[-1], variables), way))
    return lambdify((*variables, *way), [*gradient(f, variables), *along[1:]], "math")


def _returned(output: Answer) -> Answer:
    return output.pairs[0][1] if changed(output) and isinstance(output, Table) else output


def _good(case: Case, output: Answer) -> bool:
    number = as_numbers(output)
    return isinstance(number, float) and abs(number - case.rate) <= 1e-4 * max(1.0, abs(case.rate))


def _behaviours(cases: Sequence[Case], got: Sequence[float]) -> Iterator[tuple[bool, Behaviour]]:
    """Whether each mistake explains the numbers, the likeliest first."""
    rates, longs = [c.rate for c in cases], [c.rate * c.length for c in cases]
    yield _close(got, longs, 1e-6), _LONG
    yield _close(got, [c.rate / c.length for c in cases], 1e-4), _TWICE_DIVIDED
    yield _close(got, longs, 1e-2), _LONG_AND_ROUGH
    yield _close(got, [c.rate * c.length**2 for c in cases], 1e-2), _LONG
    yield _close(got, [math.hypot(*c.slopes) for c in cases], 1e-3), _STEEPEST
    yield _close(got, [sum(c.slopes) for c in cases], 1e-3), _SUM
    yield _close(got, [-rate for rate in rates], 1e-3), _SIGN
    yield _close(got, [2 * rate for rate in rates], 1e-3), _DOUBLE
    yield _close(got, [rate / 2 for rate in rates], 1e-3), _HALVED
    factor = _factor(got, rates)
    yield 0 < abs(factor) < 0.05 and _close([g / factor for g in got], rates, 1e-2), _NOT_DIVIDED
    factor = _factor(got, longs)
    yield 0 < abs(factor) < 0.05 and _close([g / factor for g in got], longs, 1e-2), _NOT_DIVIDED
    errors = [g - rate for g, rate in zip(got, rates, strict=True)]
    yield _follow(errors, [c.bend for c in cases]), _FORWARD
    yield _follow(errors, [c.twist for c in cases]), _WIDE
    yield all(abs(e) <= 1e-2 * max(1.0, abs(r)) for e, r in zip(errors, rates, strict=True)), _NARROW


def _close(got: Sequence[float], wanted: Sequence[float], tolerance: float) -> bool:
    return all(abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-9) for a, b in zip(got, wanted, strict=True))


def _factor(got: Sequence[float], wanted: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(got, wanted, strict=True)) / sum(b * b for b in wanted)


def _follow(errors: Sequence[float], cause: Sequence[float]) -> bool:
    """Whether errors are a common multiple of their cause, and small."""
    share = _factor(errors, cause)
    rest = sum((error - share * by) ** 2 for error, by in zip(errors, cause, strict=True))
    return abs(share) < 0.5 and rest < 0.01 * sum(error**2 for error in errors)


_UNIT = "Divide the direction by its length first: u = direction / np.linalg.norm(direction)."
_BOTH_WAYS = "Step both ways, f(p + h u) - f(p - h u), and divide by 2h: the error then falls as h squared."
_LONG = Behaviour(
    "direction not normalised",
    "Your rates are too large by the length of the direction: a rate is for one unit.",
    _UNIT,
)
_LONG_AND_ROUGH = Behaviour(
    "direction not normalised, and rough",
    "Your rates are too large by the length of the direction, and not exact even then: a step one way, or a long one.",
    f"{_UNIT} {_BOTH_WAYS}",
)
_TWICE_DIVIDED = Behaviour(
    "divided by the length twice",
    "Your rates are too small by the length of the direction: you divided by it once too often.",
    "Either make the direction a unit vector, or divide the difference by its length; not both.",
)
_STEEPEST = Behaviour(
    "length of the gradient", "That is how steep f is in its steepest direction, whatever the direction given.", _UNIT
)
_SUM = Behaviour(
    "sum of the slopes",
    "You added the slopes along the axes. The direction says how much of each counts.",
    "Step along the direction itself, or take the dot product of the slopes with the unit vector.",
)
_SIGN = Behaviour("sign flipped", "The size is right, the sign is not.", "Take the value ahead minus the value behind.")
_DOUBLE = Behaviour(
    "divided by one step instead of two",
    "Your rates are twice too large: the two points that you compare are 2h apart.",
    "Divide by 2 * h.",
)
_HALVED = Behaviour(
    "half the rate",
    "Your rates are half of what they should be: either you step one way and divide by 2h, or your second point is "
    "measured from the first, because `+=` changed the array.",
    "Make a new array for each of the two points, and divide by how far apart they are.",
)
_NOT_DIVIDED = Behaviour(
    "not divided by the step",
    "That is how much f changes over the step, not yet a rate.",
    "Divide by how far apart the two points are.",
)
_FORWARD = Behaviour(
    "forward difference", "Your rates are nearly right: the error is that of a step in one direction only.", _BOTH_WAYS
)
_WIDE = Behaviour(
    "step too long", "Your rates are nearly right: the error is that of a long step.", "Try h = 6e-6.", HALF
)
_NARROW = Behaviour(
    "step too short",
    "Your rates are nearly right, with errors that follow no rule: so it is when h is so small that the digits cancel.",
    "Try h = 6e-6.",
    HALF,
)
_VECTOR = Behaviour(
    "a vector instead of a rate",
    "You return a vector. A rate along one direction is one number.",
    "Take the dot product of the slopes with the unit vector.",
)
_CHANGED = Behaviour(
    "input changed",
    "Your rates are right, but your function changes an array that it was given: `+=` works on the array itself. "
    "Whoever calls it has another point afterwards.",
    "Make a copy first: point = np.array(point, dtype=float).",
    HALF,
)
_WHOLE = Behaviour(
    "whole-number array",
    "With decimals your rates are right, with whole numbers not. An array of whole numbers cannot hold a small step, "
    "and numpy refuses to add decimals to it with `+=`.",
    "Convert first: point = np.array(point, dtype=float), and the same for the direction.",
    HALF,
)
