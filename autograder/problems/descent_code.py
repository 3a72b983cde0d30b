"""Gradient descent by code: the loop itself, judged by the paths that it walks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Float, Integer, Rational, Symbol, lambdify, sin

from autograder.answers.answer import Answer, Items, Scalar, Table
from autograder.answers.calls import formula
from autograder.answers.kinds import FunctionOf
from autograder.notation import typeset
from autograder.problems.problem import Behaviour, CodeProblem, Prose, Step
from nabla.calculus import gradient
from nabla.exact_descent import exact_path
from nabla.optimisers import Plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Slope = Callable[[Floats], Floats]
    Walk = Callable[[Slope, Floats, float, int], Any]


@dataclass(frozen=True)
class DescentLoop(CodeProblem):
    """A function `gradient_descent(grad, start, learning_rate, steps)` that returns the whole path.

    The functions whose gradients it gets are drawn by the judge. In all of them the slope along one axis depends
    on the other coordinate, so that the order of the updates shows.

    >>> problem = DescentLoop()
    >>> len(problem.inputs(seed=1)), len(problem.truth(problem.inputs(seed=1)[0]))
    (6, 6)
    """

    name: str = "gradient_descent"
    tolerance: float = 1e-9

    @property
    def kind(self) -> FunctionOf:
        """A function of a gradient, a point, a rate and a number."""
        return FunctionOf(f"{self.name}(grad, start, learning_rate, steps)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        return Prose(
            f"Write a Python function `{self.name}(grad, start, learning_rate, steps)` that walks down by gradient "
            "descent and returns **the whole path**.\n\n"
            "- `grad` is a Python function: `grad(point)` returns the gradient as an array of floats. It works in any "
            "number of variables.\n"
            "- `start` is an array with the coordinates of the first point, perhaps whole numbers.\n"
            "- `learning_rate` is a number, `steps` is how many steps to take.\n"
            "- Return a list or an array with `steps + 1` points, the start first."
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw three functions, and for each a whole-number start and a decimal one."""
        rng = random.Random(f"descent loop/{seed}")
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = rng.choice((1, 2, 3)), rng.choice((2, 3, 4)), rng.choice((-2, -1, 1, 2))
        hills: tuple[tuple[Expr, tuple[Symbol, ...]], ...] = (
            (a * x**2 + c * x * y + b * y**2 + x, (x, y)),
            (x**2 + b * y**2 + sin(x + c * y), (x, y)),
            (a * x**2 + b * y**2 + z**2 + c * x * z / 2 + y * z, (x, y, z)),
        )
        rows: list[Items] = []
        for f, names in hills:
            slopes = tuple(gradient(f, names))
            for whole in (True, False):
                start = [rng.choice((-3, -2, 2, 3)) for _ in names]
                places = [Integer(s) if whole else Float(str(s + round(rng.uniform(-0.9, 0.9), 2))) for s in start]
                rate = Scalar(Float(str(rng.choice((0.02, 0.03, 0.05)))))
                steps = Scalar(Integer(5 if not rows else rng.choice((1, 4, 7, 12))))
                rows.append(Items((formula(slopes, names), _array(places), rate, steps), "tuple"))
        return tuple(rows)

    def truth(self, arguments: Items) -> list[list[float]]:
        """Return the path, shape (steps + 1, n)."""
        from nabla.descent import gradient_descent

        slope, start, rate, steps = _call(arguments)
        return [[float(part) for part in point] for point in gradient_descent(slope, start, rate, steps)]

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake whose path is that of the answer, on every input."""
        calls = [(_call(arguments), got) for arguments, got in zip(inputs, outputs, strict=True)]
        for walk, behaviour in _WRONG_WALKS:
            if not any(self.kind.trouble(walk(*call).tolist(), got) for call, got in calls):
                return behaviour
        return self._only_whole_numbers(inputs, outputs)

    def _only_whole_numbers(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Recognise a function that is right from decimal starts and wrong from whole-number ones."""
        pairs = list(zip(inputs, outputs, strict=True))
        whole = [bool(self.kind.trouble(self.truth(row), got)) for row, got in pairs if _is_whole(row)]
        decimal = [bool(self.kind.trouble(self.truth(row), got)) for row, got in pairs if not _is_whole(row)]
        if any(whole) and not any(decimal):
            return Behaviour(
                "whole-number array",
                "From decimal starts your path is right, from whole-number starts it is not. An array of whole numbers "
                "cannot hold a coordinate such as 2.94.",
                "Convert the start first: point = np.array(start, dtype=float).",
            )
        return None

    def nudges(self) -> Sequence[str]:
        """Nudge towards the loop."""
        return (
            "A path is a list that grows: it begins with the start, and every step adds one point.",
            "Inside the loop: find the gradient **at the newest point**, and from it the next point. Which way does "
            "gradient descent go?",
            "Begin with `point = np.array(start, dtype=float)` and `path = [point]`. In each of `steps` rounds make a "
            "**new** array from `point` and `learning_rate * grad(point)`, and append it.",
        )

    def steps(self) -> Iterator[Step]:
        """Walk three steps on x^2."""
        x, eta = Symbol("x"), Rational(1, 10)
        path = exact_path(Plain(eta), x**2, (10,), 3)
        yield Step("Begin with the start, as floats; the path holds only it:", r"\left[x_0\right]")
        yield Step("Each step makes a new point and appends it:", r"x_{k+1} = x_k - \eta\,\nabla f(x_k)")
        shown = ",\\ ".join(typeset(point[0]) for point in path)
        yield Step("For f = x^2 from 10 with learning rate 0.1, three steps give", rf"\left[{shown}\right]")

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """There is one loop; a higher level asks for more digits."""
        return cls(tolerance=10.0 ** -(5 + 2 * level))


def _array(numbers: Sequence[Expr]) -> Items:
    return Items(tuple(Scalar(number) for number in numbers), "array")


def _is_whole(arguments: Items) -> bool:
    start = arguments.items[1]
    return isinstance(start, Items) and all(isinstance(part, Scalar) and part.expression.is_Integer for part in start)


def _call(arguments: Items) -> tuple[Slope, Floats, float, int]:
    """Take a row of arguments apart: the gradient, the start as floats, the rate, the number of steps."""
    import numpy as np

    match arguments.items:
        case (Table(((_, Items(parts)), (_, Items(names)))), Items(start), Scalar(rate), Scalar(steps)):
            variables = [name.expression for name in names if isinstance(name, Scalar)]
            compiled = lambdify(variables, [part.expression for part in parts if isinstance(part, Scalar)], "numpy")
            point = np.array([float(part.expression) for part in start if isinstance(part, Scalar)])
            return lambda p: np.array(compiled(*p), dtype=float), point, float(rate), int(steps)
    raise TypeError("A descent is called with a gradient, a start, a learning rate and a number of steps.")


def _path(grad: Slope, start: Floats, rate: float, steps: int, *, move: Callable[..., Floats]) -> Floats:
    """Walk by a wrong way to move: `move(grad, point, rate, start)` gives the next point."""
    import numpy as np

    path = [start]
    for _ in range(steps):
        path.append(move(grad, path[-1], rate, start))
    return np.array(path)


def _right(grad: Slope, start: Floats, rate: float, steps: int) -> Floats:
    return _path(grad, start, rate, max(steps, 0), move=lambda grad, p, rate, _: p - rate * grad(p))


def _one_after_the_other(grad: Slope, point: Floats, rate: float, start: Floats, *, backwards: bool) -> Floats:
    moved = point.copy()
    for i in reversed(range(len(moved))) if backwards else range(len(moved)):
        moved[i] -= rate * grad(moved)[i]
    return moved


def _unit(slope: Floats) -> Floats:
    size = float((slope @ slope) ** 0.5)
    return slope / size if size else slope


def _last_everywhere(grad: Slope, start: Floats, rate: float, steps: int) -> Floats:
    path = _right(grad, start, rate, steps)
    path[:] = path[-1]
    return path


def _all_but_first(path: Floats, start: Floats) -> Floats:
    path[0] = start
    return path


def _gradients(grad: Slope, path: Floats) -> Floats:
    import numpy as np

    return np.array([grad(point) for point in path])


_SAME_ARRAY = Behaviour(
    "the same array appended",
    "Rows of your path that should differ are the last point: the list holds one and the same array many times, and "
    "`-=` changed it.",
    "Make a new array in each step: point = point - learning_rate * grad(point).",
)
_IN_TURN = Behaviour(
    "coordinates updated one after the other",
    "You move one coordinate first and then ask for the gradient again. All coordinates move at once, from the same "
    "point.",
    "Call grad(point) once in each step, and use the whole array.",
)
_WRONG_WALKS: tuple[tuple[Walk, Behaviour], ...] = (
    (
        partial(_path, move=lambda grad, p, rate, _: p + rate * grad(p)),
        Behaviour("uphill", "Your path goes uphill: the gradient was added.", "Gradient descent subtracts."),
    ),
    (
        lambda *call: _right(*call)[-1],
        Behaviour(
            "only the last point",
            "You returned the last point alone. The question asks for the whole path.",
            "Collect every point in a list, the start first, and return the list.",
        ),
    ),
    (
        lambda grad, start, rate, steps: _right(grad, start, rate, 1)[-1],
        Behaviour(
            "stops after the first step",
            "You returned the point after one step. Is the return inside the loop?",
            "Return after the loop, with every point of the path.",
        ),
    ),
    (
        lambda grad, start, rate, steps: _right(grad, start, rate, 1),
        Behaviour(
            "stops after the first step",
            "Your path ends after one step, whatever `steps` says. Is the return inside the loop?",
            "Return after the loop.",
        ),
    ),
    (
        lambda grad, start, rate, steps: start,
        Behaviour("only the start", "You returned the start. Nothing moved.", "Update the point inside the loop."),
    ),
    (
        lambda *call: _right(*call)[1:],
        Behaviour("start left out", "Your path lacks its first point, the start.", "Begin with path = [start]."),
    ),
    (
        lambda *call: _right(*call)[:-1],
        Behaviour(
            "one step too few",
            "Your path ends one step early: `steps` steps make `steps + 1` points.",
            "Count with range(steps), and append after each step.",
        ),
    ),
    (
        lambda grad, start, rate, steps: _right(grad, start, rate, steps + 1),
        Behaviour("one step too many", "Your path has one step too many.", "Count with range(steps)."),
    ),
    (
        lambda grad, start, rate, steps: _right(grad, start, rate, steps + 1)[1:],
        Behaviour(
            "start left out, one step too many",
            "Your path begins after the first step, and goes one step too far.",
            "Begin with path = [start], and count with range(steps).",
        ),
    ),
    (_last_everywhere, _SAME_ARRAY),
    (partial(_path, move=partial(_one_after_the_other, backwards=False)), _IN_TURN),
    (partial(_path, move=partial(_one_after_the_other, backwards=True)), _IN_TURN),
    (
        partial(_path, move=lambda grad, p, rate, start: p - rate * grad(start)),
        Behaviour(
            "gradient never renewed",
            "You use the gradient of the start in every step. It belongs to one point only, and the point moves on.",
            "Call grad(point) inside the loop.",
        ),
    ),
    (
        partial(_path, move=lambda grad, p, rate, start: start - rate * grad(p)),
        Behaviour(
            "every step from the start",
            "Every step leaves from the start instead of from the newest point.",
            "Subtract from the newest point.",
        ),
    ),
    (
        partial(_path, move=lambda grad, p, rate, _: p - grad(p)),
        Behaviour(
            "learning rate left out", "The learning rate is not used.", "Multiply the gradient by learning_rate."
        ),
    ),
    (
        partial(_path, move=lambda grad, p, rate, _: p - rate * _unit(grad(p))),
        Behaviour(
            "gradient made a unit vector",
            "All your steps have the same length: the gradient was divided by its length.",
            "Use the gradient as it is.",
        ),
    ),
    (
        partial(_path, move=lambda grad, p, rate, _: -rate * grad(p)),
        Behaviour(
            "only the step kept",
            "Each new point is only the step, -learning_rate * gradient, without the point that it starts from.",
            "Subtract the step from the point.",
        ),
    ),
    (
        lambda *call: _right(*call)[::-1],
        Behaviour("path backwards", "Your path ends with the start.", "Append each new point at the end of the list."),
    ),
    (
        lambda grad, *rest: _gradients(grad, _right(grad, *rest)),
        Behaviour("the gradients on the way", "You returned the gradients, not the points.", "Append the point."),
    ),
    (lambda *call: _all_but_first(_last_everywhere(*call), call[1]), _SAME_ARRAY),
    (
        lambda *call: _right(*call).T,
        Behaviour(
            "rows and columns swapped",
            "Your array has a row for each coordinate. A path has a row for each point.",
            "Return np.array(path), without a transpose.",
        ),
    ),
)  # fmt: skip
