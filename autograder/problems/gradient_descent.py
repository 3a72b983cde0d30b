"""Gradient descent by hand: one step."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Matrix, Poly, Rational, Symbol

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, Point
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, plus, scaled
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact
from nabla.calculus import evaluate, gradient, norm
from nabla.exact_descent import exact_path
from nabla.optimisers import Plain
from nabla.second_order import hessian

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Coordinates = tuple[Expr, ...]


@dataclass(frozen=True)
class DescentStep(AtPoint):
    """The point after one step of gradient descent from `at`.

    >>> from sympy.abc import x, y
    >>> problem = DescentStep(x**2 + 10*y**2, at=(3, 1), learning_rate=0.1)
    >>> problem.key()
    (12/5, -1)
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('uphill', (18/5, 3))
    """

    f: Expr
    at: Coordinates
    learning_rate: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))

    @property
    def kind(self) -> Kind:
        """The coordinates of a point."""
        return Point(self.names, numbers=True)

    def key(self) -> Coordinates:
        """Return the next point."""
        return exact_path(Plain(self.learning_rate), self.f, self.at, 1, self.variables)[1]

    def statement(self) -> Prose:
        """Ask for the next point."""
        return Prose(
            f"Take **one step of gradient descent** on\n\n$$ {self.definition} $$\n\nfrom the point "
            f"${self.place}$ with the learning rate $\\eta = {typeset(self.learning_rate)}$.\n\n"
            "Give the coordinates of the new point, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards: gradient here, times the rate, against it."""
        return (
            "Which way is downhill: along the gradient, or against it? And how far do you go?",
            f"First find the gradient of f at the point you stand on, ${typeset(self.at)}$: put the point into the "
            "partial derivatives. Every coordinate uses this same, old point.",
            rf"New point = old point $- \eta\,\nabla f$. With $\eta = {typeset(self.learning_rate)}$, multiply each "
            f"component of the gradient by it, and subtract from ${typeset(self.at)}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, step, new point."""
        yield from self.gradient_steps()
        step = scaled(-self.learning_rate, self.slopes)
        yield Step("The step goes against it, scaled by the learning rate:", rf"-\eta\,\nabla f = {typeset(step)}")
        yield Step("Add the step to the point:", f"{typeset(self.at)} + {typeset(step)} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Wrong sign, no rate, only the step, coordinates one after the other, slips in the gradient."""
        eta, slopes = self.learning_rate, self.slopes
        yield from step_mistakes(self.at, slopes, eta)
        yield Mistake(
            "not evaluated at the point",
            plus(self.variables, scaled(-eta, self.formula)),
            f"This is the rule as a formula. The question asks for the step from {plain(self.at)}.",
            f"Put in {self.values}.",
            HALF,
        )
        yield Mistake(
            "gradient not evaluated at the point",
            plus(self.at, scaled(-eta, self.formula)),
            "The gradient is still a formula here.",
            f"Put {self.values} into the gradient.",
            HALF,
        )
        yield from self._one_after_the_other()
        yield Mistake(
            "two steps",
            exact_path(Plain(eta), self.f, self.at, 2, self.variables)[2],
            "This is where two steps lead. The question asks for one.",
            "Stop after the first.",
            HALF,
        )
        yield from bottom(self)
        yield Mistake(
            "the point in place of the gradient",
            scaled(1 - eta, self.at),
            "You subtracted η times the point itself. What is subtracted is η times the gradient there.",
            "Find the partial derivatives at the point.",
        )
        yield Mistake(
            "the learning rate subtracted",
            tuple(c - eta for c in self.at),
            "You subtracted the learning rate alone. It is a factor of the gradient.",
            "Multiply the gradient by η, then subtract.",
        )
        yield Mistake(
            "value of f in place of the gradient",
            tuple(c - eta * evaluate(self.f, self.variables, self.at) for c in self.at),
            "You subtracted the value of f. What is subtracted is its slope along each axis.",
            "Find the partial derivatives at the point.",
        )
        yield from self.gradient_mistakes(lambda slopes: plus(self.at, scaled(-eta, slopes)))

    def _one_after_the_other(self) -> Iterator[Mistake]:
        for order in (range(len(self.at)), reversed(range(len(self.at)))):
            point = list(self.at)
            for i in order:
                point[i] -= self.learning_rate * evaluate(self.formula[i], self.variables, point)
            yield Mistake(
                "coordinates updated one after the other",
                tuple(point),
                "You moved one coordinate first and used its new value in the slope of the other. The whole gradient "
                f"belongs to the old point {plain(self.at)}.",
                "Compute all slopes first, then move all coordinates at once.",
                HALF,
            )

    def follow(self, **values: Any) -> Coordinates:
        """Step against the student's own gradient."""
        return plus(self.at, scaled(-self.learning_rate, values["gradient"]))

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl along the axes (level 1), a tilted one (2), a function that is no bowl (3)."""
        f, at = draw_hill(rng, level)
        return cls(f, at, rng.choice((Rational(1, 10), Rational(1, 5), Rational(1, 20), Rational(1, 2))[: 2 + level]))

    def is_well_behaved(self) -> bool:
        """The new point is a short decimal, and not the origin."""
        key = self.key()
        return any(key) and all(abs(part) <= 12 and (100 * part).is_Integer for part in key)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the step to the student's own point."""
        return step_picture(self, answer)


def step_mistakes(at: Coordinates, slopes: Coordinates, eta: Expr) -> Iterator[Mistake]:
    """Yield the wrong ways to use a gradient in a step."""
    step = scaled(-eta, slopes)
    against = "Gradient descent subtracts: new point = old point - η·∇f."
    yield Mistake(
        "uphill",
        plus(at, scaled(eta, slopes)),
        "You added the gradient: this step goes uphill.",
        against,
        HALF,
    )
    yield Mistake(
        "learning rate left out",
        plus(at, scaled(Integer(-1), slopes)),
        f"You subtracted the whole gradient; the learning rate {plain(eta)} is missing.",
        "Multiply the gradient by the learning rate first.",
        HALF,
    )
    yield Mistake(
        "only the step",
        step,
        f"That is the step, not where it leads. You start from {plain(at)}.",
        "Add the step to the point.",
        HALF,
    )
    yield Mistake(
        "uphill, and learning rate left out",
        plus(at, slopes),
        "You added the whole gradient: the sign is wrong, and the learning rate is missing.",
        against,
    )
    yield Mistake("the start", at, "That is the point you start from: nothing moved.", against)
    yield Mistake("the gradient itself", slopes, "That is the gradient at the point, not the new point.", against)
    length = norm(slopes)
    if length != 0:
        yield Mistake(
            "gradient made a unit vector",
            plus(at, scaled(-eta / length, slopes)),
            "You divided the gradient by its length. The step of gradient descent uses the gradient as it is: steep "
            "places give long steps.",
            "Leave the length in.",
            HALF,
        )
    yield from uphill_along_one_axis(at, plus(at, step))
    for i in range(len(at)):
        yield Mistake(
            "only one coordinate moved",
            (*at[:i], at[i] + step[i], *at[i + 1 :]),
            "Only one coordinate moved. Every coordinate moves, each by its own slope.",
            "Use every component of the gradient.",
        )
    for slope in slopes:
        yield Mistake(
            "one slope used for every coordinate",
            tuple(c - eta * slope for c in at),
            "Every coordinate was moved by the same slope. Each has a slope of its own.",
            "Use the first component of the gradient for the first coordinate, and so on.",
        )
    yield Mistake(
        "divided by the learning rate",
        plus(at, scaled(-1 / eta, slopes)),
        "You divided by the learning rate. A small rate makes a small step: multiply.",
        against,
    )
    yield Mistake(
        "slopes swapped",
        plus(at, tuple(reversed(step))),
        "The slopes went to the wrong coordinates.",
        "The first component of the gradient moves the first coordinate.",
        HALF,
    )
    yield Mistake(
        "point scaled by the learning rate",
        scaled(eta, plus(at, scaled(Integer(-1), slopes))),
        "You multiplied the point by the learning rate as well. Only the gradient is multiplied.",
        against,
    )


def positive(value: Any, what: str) -> Expr:
    """Take a positive exact number. Raises `ProblemError` for any other.

    >>> positive(0.1, "learning_rate")
    1/10
    """
    number = exact(value, what)
    if not (number.is_number and number.is_positive):
        raise ProblemError(f"{what} should be a positive number, such as 0.1, not {plain(number)}.")
    return number


def draw_hill(rng: random.Random, level: int, steepest: int = 80) -> tuple[Expr, Coordinates]:
    """Draw a function and a point for descent by hand, where both slopes count and nothing is alike."""
    while True:
        f, at = _hill(rng, level), (rng.choice((-3, -2, -1, 1, 2, 3, 4)), rng.choice((-3, -2, -1, 1, 2, 3)))
        slopes = gradient(f, at=at)
        sizes = {abs(slope) for slope in slopes}
        if len(sizes) == 2 and min(sizes) > 0 and max(sizes) <= steepest and at[0] != at[1]:
            return f, (Integer(at[0]), Integer(at[1]))


def _hill(rng: random.Random, level: int) -> Expr:
    """A bowl along the axes (level 1), a tilted one (2), a function that is no bowl (3)."""
    x, y = Symbol("x"), Symbol("y")
    a, b, c = rng.choice((1, 2, 3)), rng.choice((2, 3, 4, 5, 10)), rng.choice((-2, -1, 1, 2))
    if level == 1:
        return rng.choice((a * x**2 + b * y**2, (x - a) ** 2 + b * y**2, a * x**2 + (y + c) ** 2))
    if level == 2:
        return rng.choice((a * x**2 + c * x * y + b * y**2, x**2 + c * x * y + b * y**2 + a * x))
    return rng.choice((x**3 + c * x * y + b * y**2, a * x**2 * y + b * y**2, x**2 * y**2 + c * x + a * y**2))


def step_picture(problem: AtPoint, answer: Any) -> Picture | None:
    """Draw the step to the student's own new point on the contour map; without one, the old point alone."""
    if len(problem.variables) != 2:
        return None
    from nabla.explore import gradient_picture  # matplotlib is loaded only when a picture is asked for

    arrows: dict[str, Coordinates] = {}
    fitted = problem.kind.fit(of(answer), ())
    if isinstance(fitted, Fitted):
        arrows = {"your step": plus(fitted.value, scaled(Integer(-1), problem.at))}
    return gradient_picture(problem.f, problem.at, arrows, variables=problem.variables)


def uphill_along_one_axis(at: Coordinates, key: Coordinates) -> Iterator[Mistake]:
    """Yield the new points with a sign lost along one axis."""
    for i, (start, end) in enumerate(zip(at, key, strict=True)):
        yield Mistake(
            "uphill along one axis",
            (*key[:i], 2 * start - end, *key[i + 1 :]),
            "One coordinate moved the wrong way: a sign went wrong.",
            f"Subtract every component of the step, also a negative one; component {i + 1} needs another look.",
            HALF,
        )


def bottom(problem: AtPoint) -> Iterator[Mistake]:
    """Yield the lowest point of a bowl, to which a whole descent leads, and not one step."""
    f, variables = problem.f, problem.variables
    if f.is_polynomial(*variables) and Poly(f, *variables).total_degree() == 2:
        curvature = hessian(f, variables)
        if curvature.det() != 0:
            lowest = tuple(Matrix(problem.at) - curvature.LUsolve(Matrix(problem.slopes)))
            says = "That is the point where the gradient is 0, the end of the whole descent."
            yield Mistake("the end of the descent", lowest, says, "Take just the one step that is asked.")
