"""Fitting a line by gradient descent, by code."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Float, Integer, symbols

from autograder.answers.answer import Answer, Items, Scalar
from autograder.answers.kinds import FunctionOf
from autograder.notation import typeset
from autograder.problems.mistake import HALF
from autograder.problems.problem import Behaviour, CodeProblem, Prose, Step
from nabla.calculus import gradient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Data = tuple[Floats, Floats, float, int]
    Slopes = Callable[[float, float, Floats, Floats], tuple[float, float]]


@dataclass(frozen=True)
class LineFit(CodeProblem):
    """A function `fit_line(x, y, learning_rate, steps)` that fits y = w x + b by gradient descent from (0, 0).

    It is stopped long before it settles, so that the way there counts and not only its end.

    >>> problem = LineFit()
    >>> len(problem.inputs(seed=1)), len(problem.truth(problem.inputs(seed=1)[0]))
    (5, 2)
    """

    name: str = "fit_line"
    tolerance: float = 1e-8

    @property
    def kind(self) -> FunctionOf:
        """A function of data, a rate and a number."""
        return FunctionOf(f"{self.name}(x, y, learning_rate, steps)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        return Prose(
            f"Write a Python function `{self.name}(x, y, learning_rate, steps)` that fits a line $y = w x + b$ by "
            "gradient descent on the **mean of the squared errors**\n\n"
            r"$$ L(w, b) = \frac{1}{n} \sum_{i=1}^{n} (w x_i + b - y_i)^2. $$"
            "\n\n"
            "- `x` and `y` are arrays of the same length, perhaps of whole numbers.\n"
            "- Start from $w = 0$, $b = 0$, take `steps` steps with the learning rate `learning_rate`, and move $w$ "
            "and $b$ at once.\n"
            "- Return the last `w, b`, in this order."
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw five sets of data, two of them with whole numbers only."""
        rng = random.Random(f"line fit/{seed}")
        rows: list[Items] = []
        for number in range(5):
            count = rng.choice((4, 5, 6, 8))
            w, b = rng.choice((-3, -2, 2, 3)), rng.choice((-2, -1, 1, 2))
            if number < 2:
                xs = [Integer(rng.choice((-1, 0, 1, 2, 3)) if i else 2) for i in range(count)]
                ys = [w * x + b + rng.choice((-1, 0, 1)) for x in xs]
            else:
                xs = [Float(str(round(rng.uniform(-1, 2.5), 2))) for _ in range(count)]
                ys = [Float(str(round(float(w * x + b) + rng.uniform(-0.5, 0.5), 2))) for x in xs]
            rate, steps = Scalar(Float(str(rng.choice((0.01, 0.02, 0.03))))), Scalar(Integer(rng.choice((1, 3, 8, 15))))
            steps = Scalar(Integer(10)) if number == 0 else steps
            rows.append(Items((_array(xs), _array(ys), rate, steps), "tuple"))
        return tuple(rows)

    def truth(self, arguments: Items) -> list[float]:
        """Return w and b."""
        from nabla.line_fit import fit_line

        return list(fit_line(*_data(arguments)))

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake that leads to these lines."""
        calls = [(_data(arguments), got) for arguments, got in zip(inputs, outputs, strict=True)]
        for wrong, behaviour in _wrong_fits():
            if not any(self.kind.trouble(wrong(*data), got) for data, got in calls):
                return behaviour
        return None

    def nudges(self) -> Sequence[str]:
        """Nudge towards the two slopes."""
        return (
            "The loss is a function of two variables, w and b; the data are fixed numbers in it. Its gradient has two "
            "components.",
            "Let `error = w * x + b - y`, an array. The derivative of the mean of `error**2` along b is a mean again; "
            "along w the chain rule brings one more factor. Which?",
            "Both slopes begin with `2 * np.mean(...)`. Compute both **before** you change `w` or `b`, then subtract "
            "`learning_rate` times each.",
        )

    def steps(self) -> Iterator[Step]:
        """Derive the gradient of one squared error."""
        w, b, x, y = symbols("w b x_i y_i")
        slopes = gradient((w * x + b - y) ** 2, (w, b))
        for name, slope in zip("wb", slopes, strict=True):
            yield Step(
                f"Differentiate one squared error along ${name}$:",
                rf"\frac{{\partial}}{{\partial {name}}} (w x_i + b - y_i)^2 = {typeset(slope.factor())}",
            )
        yield Step(
            "The gradient of the loss is the mean of these over the data:",
            r"\nabla L = \left(\frac{2}{n} \sum e_i x_i,\ \frac{2}{n} \sum e_i\right), \quad e_i = w x_i + b - y_i",
        )
        yield Step("Each step moves both at once:", r"(w, b) \leftarrow (w, b) - \eta\,\nabla L(w, b)")

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """There is one fit; a higher level asks for more digits."""
        return cls(tolerance=10.0 ** -(5 + level))


def _array(numbers: Sequence[Any]) -> Items:
    return Items(tuple(Scalar(number) for number in numbers), "array")


def _data(arguments: Items) -> Data:
    """Take a row of arguments apart."""
    import numpy as np

    match arguments.items:
        case (Items(xs), Items(ys), Scalar(rate), Scalar(steps)):
            x, y = (np.array([float(p.expression) for p in part if isinstance(p, Scalar)]) for part in (xs, ys))
            return x, y, float(rate), int(steps)
    raise TypeError("A fit is called with x, y, a learning rate and a number of steps.")


def _walk(slopes: Slopes, x: Floats, y: Floats, rate: float, steps: int) -> list[float]:
    """Walk from (0, 0) against any two slopes."""
    w = b = 0.0
    for _ in range(steps):
        along_w, along_b = slopes(w, b, x, y)
        w, b = w - rate * along_w, b - rate * along_b
    return [w, b]


def _mean_slopes(w: float, b: float, x: Floats, y: Floats) -> tuple[float, float]:
    error = w * x + b - y
    return 2 * float((error * x).mean()), 2 * float(error.mean())


def _times(factor: Callable[[Floats], float]) -> Slopes:
    """The right slopes, times a factor that may depend on the data."""

    def slopes(w: float, b: float, x: Floats, y: Floats) -> tuple[float, float]:
        along_w, along_b = _mean_slopes(w, b, x, y)
        return factor(x) * along_w, factor(x) * along_b

    return slopes


def _in_turn(x: Floats, y: Floats, rate: float, steps: int, *, first: str) -> list[float]:
    w = b = 0.0
    for _ in range(steps):
        for name in "wb" if first == "w" else "bw":
            along_w, along_b = _mean_slopes(w, b, x, y)
            w, b = (w - rate * along_w, b) if name == "w" else (w, b - rate * along_b)
    return [w, b]


def _without_x(w: float, b: float, x: Floats, y: Floats) -> tuple[float, float]:
    slope = _mean_slopes(w, b, x, y)[1]
    return slope, slope


def _error_not_multiplied(w: float, b: float, x: Floats, y: Floats) -> tuple[float, float]:
    error = w * x + b - y
    return 2 * float(error.mean()) * float(x.mean()), 2 * float(error.mean())


def _least_squares(x: Floats, y: Floats, rate: float, steps: int) -> list[float]:
    from nabla.line_fit import least_squares_line

    return list(least_squares_line(x, y))


def _wrong_fits() -> Iterator[tuple[Callable[[Floats, Floats, float, int], list[float]], Behaviour]]:
    """Yield the wrong ways to fit, with what to say."""

    def walk(slopes: Slopes) -> Callable[[Floats, Floats, float, int], list[float]]:
        return lambda x, y, rate, steps: _walk(slopes, x, y, rate, steps)

    right = walk(_mean_slopes)
    yield (
        walk(_times(lambda x: -1)),
        Behaviour(
            "uphill",
            "Your line gets worse with every step: the loss is climbed.",
            "The error is w·x + b - y, and the slopes are subtracted. One of the two signs is wrong.",
        ),
    )
    yield (
        lambda *data: right(*data)[::-1],
        Behaviour("w and b swapped", "The two numbers are right, in the wrong order.", "Return w, b."),
    )
    yield (
        walk(_times(lambda x: 0.5)),
        Behaviour(
            "factor 2 left out",
            "Your steps are half as long as they should be: the 2 from the square is missing.",
            "The derivative of error^2 is 2·error times the inner derivative.",
        ),
    )
    yield (
        walk(_times(lambda x: float(len(x)))),
        Behaviour("sum instead of mean", "You added over the data; the loss is a mean.", "Divide by n: use np.mean."),
    )
    yield (
        walk(_times(lambda x: len(x) / 2)),
        Behaviour(
            "sum instead of mean, and factor 2 left out",
            "You added over the data without the 2 from the square; the loss is a mean of squares.",
            "Use 2 * np.mean(...).",
        ),
    )
    for first in ("w", "b"):
        yield (
            lambda x, y, rate, steps, first=first: _in_turn(x, y, rate, steps, first=first),  # type: ignore[misc]
            Behaviour(
                "w and b updated one after the other",
                "You changed one parameter and then used it in the slope of the other. Both slopes belong to the same "
                "point (w, b).",
                "Compute the error and both slopes first, then move both.",
            ),
        )
    yield (
        walk(_without_x),
        Behaviour(
            "inner derivative dropped",
            "The slope along w is that along b: the factor x, the derivative of w·x along w, is missing.",
            "Along w the slope is 2 * np.mean(error * x).",
        ),
    )
    yield (
        walk(_error_not_multiplied),
        Behaviour(
            "mean of a product taken for a product of means",
            "You multiplied the mean error by the mean of x. The mean comes last.",
            "Along w the slope is 2 * np.mean(error * x).",
        ),
    )
    for more, says in ((1, "one step too many"), (-1, "one step too few")):
        yield (
            lambda x, y, rate, steps, more=more: right(x, y, rate, steps + more),  # type: ignore[misc]
            Behaviour(says, f"You took {says}.", "Count with range(steps)."),
        )
    yield (
        _least_squares,
        Behaviour(
            "the least-squares line",
            "That is the line at the very bottom. The question asks where so many steps of descent lead.",
            "Take `steps` steps of gradient descent from (0, 0).",
        ),
    )
    yield (
        walk(lambda w, b, x, y: (_mean_slopes(w, b, x, y)[0], 0.0)),
        Behaviour("b never moved", "Your b stays at 0.", "Move b against its own slope too."),
    )
    yield (
        walk(lambda w, b, x, y: (0.0, _mean_slopes(w, b, x, y)[1])),
        Behaviour("w never moved", "Your w stays at 0.", "Move w against its own slope too."),
    )
    yield (
        walk(lambda w, b, x, y: _mean_slopes(0.0, 0.0, x, y)),
        Behaviour(
            "gradient never renewed",
            "You use the slopes of the start in every step.",
            "Compute the error inside the loop, with the newest w and b.",
        ),
    )
    for name, w_sign, b_sign in (("w", -1, 1), ("b", 1, -1)):
        yield (
            walk(lambda w, b, x, y, p=w_sign, q=b_sign: _signed(_mean_slopes(w, b, x, y), p, q)),  # type: ignore[misc]
            Behaviour(f"sign of the slope along {name}", f"Your {name} moves uphill.", "Subtract both slopes.", HALF),
        )
    yield (
        walk(_sizes),
        Behaviour(
            "mean of the sizes of the errors",
            "Those are the slopes for the sizes |e| of the errors. The loss here is the mean of their squares.",
            "The derivative of error^2 is 2·error times the inner derivative.",
        ),
    )
    for place, name in enumerate("wb"):
        yield (
            lambda x, y, rate, steps, place=place: right(x, y, rate, steps)[place],  # type: ignore[misc]
            Behaviour(f"only {name}", f"You returned {name} alone.", "Return w, b.", HALF),
        )


def _signed(slopes: tuple[float, float], along_w: int, along_b: int) -> tuple[float, float]:
    return along_w * slopes[0], along_b * slopes[1]


def _sizes(w: float, b: float, x: Floats, y: Floats) -> tuple[float, float]:
    import numpy as np

    sign = np.sign(w * x + b - y)
    return float((sign * x).mean()), float(sign.mean())
