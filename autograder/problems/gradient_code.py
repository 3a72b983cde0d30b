"""Gradients by code: a numerical gradient, and a gradient field sampled on a grid."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from sympy import Expr, Float, Integer, Symbol, cos, diff, exp, lambdify, sin

from autograder.answers.answer import Answer, Items, Scalar, Table
from autograder.answers.calls import formula
from autograder.answers.kinds import FunctionOf
from autograder.answers.kinds.function import as_numbers, leaves, shape
from autograder.notation import plain, typeset
from autograder.problems.field_mistakes import lone_grids, wrong_fields
from autograder.problems.mistake import HALF
from autograder.problems.problem import Behaviour, CodeProblem, ProblemError, Prose, Step, exact
from nabla.calculus import gradient, variables_of


@dataclass(frozen=True)
class NumericalGradient(CodeProblem):
    """A function `numerical_gradient(f, point)` that returns the gradient of any f by central differences.

    `tolerance` is the largest relative error allowed: central differences reach it, forward ones do not.
    The functions that it is tried on are drawn by the judge; none is a quadratic, which a central difference
    gets right whatever its step.

    >>> len(NumericalGradient().inputs(seed=1))
    6
    """

    name: str = "numerical_gradient"
    tolerance: float = 1e-7

    @property
    def kind(self) -> FunctionOf:
        """A function of a function and a point."""
        return FunctionOf(f"{self.name}(f, point)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        digits = round(-math.log10(self.tolerance))
        return Prose(
            f"Write a Python function `{self.name}(f, point)` that returns the gradient of `f` at `point` "
            "**without knowing a formula for `f`**.\n\n"
            "- `f` is a Python function of one point, called as `f((x, y))`; it works in any number of variables.\n"
            "- `point` is a tuple or list of numbers, perhaps whole numbers.\n"
            "- Return a list, tuple or array with one slope for each coordinate, "
            f"right to {digits} digits."
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw three functions, and for each a whole-number point and a decimal one."""
        rng = random.Random(f"numerical gradient/{seed}")
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = (rng.choice((2, 3, 4)) for _ in range(3))
        chosen = (
            (exp(x / a) * sin(y) + b * x, (x, y)),
            (x**3 * y + c * cos(y), (x, y)),
            (x * y * z + sin(a * x) + z**3 / b, (x, y, z)),
        )
        return tuple(
            Items((formula(f, names), Items(tuple(Scalar(draw()) for _ in names), "tuple")), "tuple")
            for f, names in chosen
            for draw in (
                lambda: Integer(rng.choice((1, 2, -1, -2))),
                lambda: Float(str(round(rng.uniform(-2, 2), 3))),
            )
        )

    def truth(self, arguments: Items) -> Any:
        """Return the exact gradient at the point, as floats."""
        f, variables, point = _function_and_point(arguments)
        return [_at(slope, variables, point) for slope in _slopes(f, variables)]

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake behind the outputs."""
        rows = [as_numbers(output) for output in outputs]
        truths = [self.truth(arguments) for arguments in inputs]
        if all(isinstance(row, float) for row in rows):
            totals = [[sum(true)] for true in truths]
            return _ADDED if _close([[row] for row in rows if isinstance(row, float)], totals, 1e-3) else None
        if any(row is None or shape(row) != (len(true),) for row, true in zip(rows, truths, strict=True)):
            return None
        got = [leaves(row) for row in rows if row is not None]
        return next(
            (behaviour for shows, behaviour in self._behaviours() if shows(inputs, truths, got)),
            None,
        )

    def _behaviours(self) -> Sequence[tuple[Callable[..., bool], Behaviour]]:
        return (
            (
                _zero_at_whole_points,
                Behaviour(
                    "whole-number array",
                    "At whole-number points your slopes come out wrong, at decimal points right. An array of whole "
                    "numbers cannot hold a small step: adding 0.00001 to it changes nothing.",
                    "Convert the point first: point = np.array(point, dtype=float).",
                    HALF,
                ),
            ),
            (
                lambda inputs, truths, got: not any(part for row in got for part in row),
                Behaviour("only zeros", "All your slopes are 0.", "Compare two different points, and divide by h."),
            ),
            (
                lambda inputs, truths, got: _close(got, [[-part for part in true] for true in truths], 1e-3),
                Behaviour("sign flipped", "The sizes are right, the signs are not.", "f(x + h) comes first."),
            ),
            (
                lambda inputs, truths, got: _close(got, [[2 * part for part in true] for true in truths], 1e-3),
                Behaviour(
                    "divided by one step instead of two",
                    "Your slopes are twice too large: the two points that you compare are 2h apart.",
                    "Divide by 2 * h.",
                    HALF,
                ),
            ),
            (
                lambda inputs, truths, got: _close(got, [[sum(true)] * len(true) for true in truths], 1e-3),
                Behaviour(
                    "all coordinates moved at once",
                    "Every component is the sum of the slopes: all coordinates were moved at once.",
                    "Move one coordinate at a time, and leave the others.",
                ),
            ),
            (
                _off_by_one_factor,
                Behaviour(
                    "off by a constant factor",
                    "Every slope is the same number of times too large or too small.",
                    "Divide by the distance between the two points that you compare: 2h when you step both ways.",
                ),
            ),
            (
                _first_order_error,
                Behaviour(
                    "forward difference",
                    "Your slopes are nearly right: the error is that of a step in one direction only.",
                    "Step both ways, f(x + h) - f(x - h), and divide by 2h: the error then falls as h squared.",
                ),
            ),
            (
                lambda inputs, truths, got: _close(got, [list(reversed(true)) for true in truths]),
                Behaviour("components swapped", "The slopes come back in the opposite order.", "Keep their order."),
            ),
            (
                lambda inputs, truths, got: _close(got, truths, 5e-2),
                Behaviour(
                    "step too large or too small",
                    "Your slopes are nearly right. A large step h is not local; a tiny one loses digits in the "
                    "difference of two nearly equal numbers.",
                    "Step both ways, and take h near 6e-6.",
                    HALF,
                ),
            ),
        )  # fmt: skip

    def nudges(self) -> Sequence[str]:
        """Nudge towards the central difference."""
        return (
            "A slope is a change of f divided by a change of the input. Which two points will you compare?",
            "Change **one** coordinate at a time, by a small step up and the same step down. "
            "How far apart are the two points?",
            "For coordinate `i`: copy the point as floats, add `h` to entry `i` in one copy, take `h` from it in the "
            "other, and divide the difference of the two values of f by `2 * h`. A good `h` is about `6e-6`.",
        )

    def steps(self) -> Iterator[Step]:
        """Derive the central difference."""
        x, h = Symbol("x"), Symbol("h")
        series = (exp(x + h) - exp(x - h)) / (2 * h)
        error = (series.series(h, 0, 3).removeO() - exp(x)).simplify()
        yield Step("Step both ways along one coordinate:", r"\frac{f(x + h) - f(x - h)}{2h}")
        yield Step("For f = e^x, where the slope is e^x, the error is, to leading order,", typeset(error))
        yield Step("Do so for each coordinate, and collect the slopes:", r"\left(\ldots,\ \ldots\right)")

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Ask for more digits at a higher level."""
        return cls(tolerance=10.0 ** -(5 + level))


@dataclass(frozen=True)
class GradientField(CodeProblem):
    """A function `field(X, Y)` that returns the two components of grad f on a whole grid of points.

    >>> from sympy.abc import x, y
    >>> GradientField(x**2 + y).truth(GradientField(x**2 + y).inputs(0)[0])[1][0][:2]
    [1.0, 1.0]
    """

    f: Expr
    name: str = "field"
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        if len(variables_of(self.f)) != 2:
            raise ProblemError(f"A field on a grid needs two variables; f = {plain(self.f)} has another number.")

    @property
    def kind(self) -> FunctionOf:
        """A function of two grids."""
        return FunctionOf(f"{self.name}(X, Y)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        x, y = variables_of(self.f)
        return Prose(
            f"Let $f({typeset(x)}, {typeset(y)}) = {typeset(self.f)}$. Write a Python function `{self.name}(X, Y)` "
            "that returns two arrays `U, V`: the two components of the gradient of $f$ at every point of the grid.\n\n"
            "- `X` and `Y` are numpy arrays of the same shape, as `np.meshgrid` gives them.\n"
            "- `U` and `V` must have that shape too, so that `plt.quiver(X, Y, U, V)` can draw them."
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw two grids of different shapes."""
        rng = random.Random(f"gradient field/{seed}")
        return tuple(_grid(rng, columns, rows) for columns, rows in ((3, 4), (5, 2)))

    def truth(self, arguments: Items) -> Any:
        """Return both components on the grid, as nested lists."""
        return self._sample(arguments, *gradient(self.f))

    def _sample(self, arguments: Items, *components: Expr) -> list[Any]:
        x, y = variables_of(self.f)
        grid_x, grid_y = (as_numbers(argument) for argument in arguments)
        if not isinstance(grid_x, list) or not isinstance(grid_y, list):
            raise TypeError("A gradient field is sampled on two grids.")
        return [
            [
                [float(value(a, b)) for a, b in zip(row_x, row_y, strict=True)]  # type: ignore[arg-type]
                for row_x, row_y in zip(grid_x, grid_y, strict=True)
            ]
            for value in (_compiled((x, y), part) for part in components)
        ]

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake behind the outputs."""
        if any(_has_plain_number(output) for output in outputs):
            return Behaviour(
                "component does not fill the grid",
                "One of your components is a single number. Every point of the grid needs its own entry.",
                "Write 3 + 0 * X, or np.full_like(X, 3.0), to fill a grid with one number.",
            )
        pairs = list(zip(inputs, outputs, strict=True))
        for components, behaviour in wrong_fields(self.f, variables_of(self.f)):
            if not any(self.kind.trouble(self._sample(arguments, *components), got) for arguments, got in pairs):
                return behaviour
        for part, behaviour in lone_grids(self.f, variables_of(self.f)):
            if not any(self.kind.trouble(self._sample(arguments, part)[0], got) for arguments, got in pairs):
                return behaviour
        return None

    def nudges(self) -> Sequence[str]:
        """Nudge towards arrays."""
        return (
            "First find the gradient as a formula, on paper or with sympy.",
            "numpy works on whole arrays: `X**2` squares every entry. Write each component with `X` and `Y` in it.",
            "A component that is a plain number must still fill the grid: `np.full_like(X, 3.0)`, or `3 + 0 * X`.",
        )

    def steps(self) -> Iterator[Step]:
        """Give both components."""
        for letter, variable in zip("UV", variables_of(self.f), strict=True):
            yield Step(f"${letter}$ is the slope along ${typeset(variable)}$:",
                       f"{letter} = {typeset(diff(self.f, variable))}")  # fmt: skip
        yield Step("Evaluate both on the arrays and return them:", r"\text{return } U,\ V")

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function of x and y."""
        x, y = Symbol("x"), Symbol("y")
        a, b = rng.choice((2, 3, 4)), rng.choice((-3, -2, 2, 3))
        return cls((a * x**2 + b * y, x**2 * y + b * y**2, sin(x) * y + a * exp(x / 2))[level - 1])


_ADDED = Behaviour(
    "slopes added up",
    "You returned one number, the sum of the slopes. A gradient keeps them apart.",
    "Return a list with one slope for each coordinate.",
)


def _has_plain_number(output: Answer) -> bool:
    return isinstance(output, Items) and len(output) == 2 and any(isinstance(part, Scalar) for part in output)


def _grid(rng: random.Random, columns: int, rows: int) -> Items:
    xs, ys = (sorted(round(rng.uniform(-2, 2), 2) for _ in range(n)) for n in (columns, rows))
    grid_x = Items(tuple(Items(tuple(Scalar(Float(str(a))) for a in xs), "array") for _ in ys), "array")
    grid_y = Items(tuple(Items(tuple(Scalar(Float(str(b))) for _ in xs), "array") for b in ys), "array")
    return Items((grid_x, grid_y), "tuple")


def _function_and_point(arguments: Items) -> tuple[Expr, tuple[Symbol, ...], tuple[Expr, ...]]:
    match arguments.items:
        case (Table(((_, Scalar(f)), (_, Items(names)))), Items(point)):
            variables = tuple(name.expression for name in names if isinstance(name, Scalar))
            return f, variables, tuple(part.expression for part in point if isinstance(part, Scalar))
    raise TypeError("A numerical gradient is called with a formula and a point.")


def _at(formula: Expr, variables: Sequence[Symbol], point: Sequence[Expr]) -> float:
    """Return the value at a point, all digits right, in a third of the time that an exact value takes."""
    return float(formula.evalf(17, subs=dict(zip(variables, point, strict=True))))


@lru_cache(maxsize=64)  # a function is tried on the same formula at several points
def _slopes(f: Expr, variables: tuple[Symbol, ...]) -> tuple[Expr, ...]:
    return tuple(gradient(f, variables))


@lru_cache(maxsize=64)
def _bends(f: Expr, variables: tuple[Symbol, ...]) -> tuple[Expr, ...]:
    return tuple(diff(f, variable, 2) for variable in variables)


@lru_cache(maxsize=64)
def _compiled(variables: tuple[Symbol, ...], formula: Expr) -> Callable[..., Any]:
    compiled: Callable[..., Any] = lambdify(variables, formula, "mpmath")
    return compiled


def _close(got: Sequence[Sequence[float]], wanted: Sequence[Sequence[float]], tolerance: float = 1e-4) -> bool:
    return all(
        abs(a - b) <= tolerance * max(1.0, abs(b))
        for row, true in zip(got, wanted, strict=True)
        for a, b in zip(row, true, strict=True)
    )


def _zero_at_whole_points(inputs: Sequence[Items], truths: Sequence[list[float]], got: Sequence[list[float]]) -> bool:
    is_whole = [all(part.is_Integer for part in _function_and_point(arguments)[2]) for arguments in inputs]
    decimal = [i for i, whole in enumerate(is_whole) if not whole]
    whole = [i for i, whole in enumerate(is_whole) if whole]
    return _close([got[i] for i in decimal], [truths[i] for i in decimal]) and not _close(
        [got[i] for i in whole], [truths[i] for i in whole]
    )


def _off_by_one_factor(inputs: Sequence[Items], truths: Sequence[list[float]], got: Sequence[list[float]]) -> bool:
    top = sum(a * b for row, true in zip(got, truths, strict=True) for a, b in zip(row, true, strict=True))
    factor = top / sum(b * b for true in truths for b in true)
    if not math.isfinite(factor) or abs(factor - 1) < 0.05 or abs(factor) < 1e-12:
        return False
    return _close([[a / factor for a in row] for row in got], truths)


def _first_order_error(inputs: Sequence[Items], truths: Sequence[list[float]], got: Sequence[list[float]]) -> bool:
    """Whether the error is a common multiple of the second derivatives, as for a step in one direction."""
    errors, bends = [], []
    for arguments, true, row in zip(inputs, truths, got, strict=True):
        f, variables, point = _function_and_point(arguments)
        errors += [a - b for a, b in zip(row, true, strict=True)]
        bends += [_at(bend, variables, point) for bend in _bends(f, variables)]
    weight = sum(bend * bend for bend in bends)
    half_step = sum(error * bend for error, bend in zip(errors, bends, strict=True)) / weight
    rest = sum((error - half_step * bend) ** 2 for error, bend in zip(errors, bends, strict=True))
    return rest < 0.01 * sum(error * error for error in errors)
