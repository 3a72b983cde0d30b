"""Gradient descent by hand: several steps."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Rational, S, Symbol

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, Point, Steps
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, plus, scaled
from autograder.problems.gradient_descent import Coordinates, positive
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step, exact
from autograder.problems.slips import all_slips
from nabla.calculus import evaluate
from nabla.exact_descent import exact_path
from nabla.optimisers import Plain

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Move = Callable[[Coordinates], Coordinates]


@dataclass(frozen=True)
class DescentPath(AtPoint):
    """The points after each of `count` steps of gradient descent from `at`.

    >>> from sympy.abc import x, y
    >>> DescentPath(x**2 + 10*y**2, at=(3, 1), learning_rate=0.1, count=2).key()
    ((12/5, -1), (48/25, 1))
    """

    f: Expr
    at: Coordinates
    learning_rate: Expr
    count: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))
        object.__setattr__(self, "count", exact(self.count, "count"))
        if not (self.count.is_Integer and 1 <= self.count <= 20):
            raise ProblemError(f"count is how many steps to take by hand: 1 to 20, not {plain(self.count)}.")
        if len(self.path) <= self.count:
            raise ProblemError(f"After {len(self.path) - 1} steps the numbers are too long to write; take fewer steps.")

    @cached_property
    def path(self) -> tuple[Coordinates, ...]:
        """The start, the points, and one more; shorter when the numbers grow too long to write."""
        path = [self.at]
        while len(path) < self.count + 2 and not _too_long(path[-1]):
            path.append(exact_path(Plain(self.learning_rate), self.f, path[-1], 1, self.variables)[1])
        return tuple(path)

    @property
    def kind(self) -> Kind:
        """The points in order; the start may stand before them."""
        return Steps(Point(self.names, numbers=True), start=self.at)

    def key(self) -> tuple[Coordinates, ...]:
        """Return the points after each step."""
        return self.path[1 : int(self.count) + 1]

    def earlier(self) -> dict[str, tuple[Kind, Any]]:
        """Nothing is found before: a gradient belongs to one point only."""
        return {}

    def statement(self) -> Prose:
        """Ask for the points."""
        return Prose(
            f"Take **{self.count} steps of gradient descent** on\n\n$$ {self.definition} $$\n\nfrom the point "
            f"${self.place}$ with the learning rate $\\eta = {typeset(self.learning_rate)}$.\n\n"
            f"Give the list of the {self.count} points after each step, such as [(a, b), (c, d)], exact or to four "
            "digits. (You may put the start before them.)"
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards a gradient of its own for every point."""
        return (
            "Each step begins where the last one ended. What has to be found anew at every point?",
            r"New point = old point $- \eta\,\nabla f$(old point). Write the rule out once for each coordinate, as a "
            "formula.",
            f"Put ${typeset(self.at)}$ and $\\eta = {typeset(self.learning_rate)}$ into your formulas; then put in "
            "what comes out, and so on.",
        )

    def steps(self) -> Iterator[Step]:
        """The rule as a formula, then each point."""
        yield Step("The gradient as a formula:", rf"\nabla f = {typeset(self.formula)}")
        point = self.at
        for number, new in enumerate(self.key(), 1):
            slopes = tuple(evaluate(part, self.variables, point) for part in self.formula)
            yield Step(
                f"Step {number}, with the gradient at {plain(point)}:",
                rf"{typeset(point)} - {typeset(self.learning_rate)}\,{typeset(slopes)} = {typeset(new)}",
            )
            point = new

    def wrong_ways(self) -> Iterator[Mistake]:
        """Uphill, no rate, an old gradient, one coordinate after the other, the last point only."""
        eta, key = self.learning_rate, self.key()
        against = "Gradient descent subtracts: new point = old point - η·∇f(old point)."

        def slopes(point: Coordinates) -> Coordinates:
            here = dict(zip(self.variables, point, strict=True))
            return tuple(part.xreplace(here) for part in self.formula)

        yield Mistake(
            "uphill", self._walk(lambda p: plus(p, scaled(eta, slopes(p)))), "This path goes uphill.", against, HALF
        )
        yield Mistake(
            "learning rate left out",
            self._walk(lambda p: plus(p, scaled(S.NegativeOne, slopes(p)))),
            f"You subtracted the whole gradient; the learning rate {plain(eta)} is missing.",
            "Multiply the gradient by the learning rate first.",
            HALF,
        )
        yield Mistake(
            "gradient never renewed",
            self._walk(lambda p: plus(p, scaled(-eta, self.slopes))),
            f"You used the gradient at {plain(self.at)} in every step. A gradient belongs to one point only.",
            "Find the gradient anew at each point.",
        )
        yield Mistake(
            "every step from the start",
            self._walk(lambda p: plus(self.at, scaled(-eta, slopes(p)))),
            "Every step left from the start. It begins where the last one ended.",
            against,
        )
        for backwards in (False, True):
            yield Mistake(
                "coordinates updated one after the other",
                self._walk(lambda p, backwards=backwards: self._in_turn(p, backwards)),  # type: ignore[misc]
                "You moved one coordinate first and used its new value in the slope of the other.",
                "Compute all slopes first, then move all coordinates at once.",
                HALF,
            )
        yield Mistake(
            "only the steps",
            tuple(plus(new, scaled(S.NegativeOne, old)) for old, new in zip((self.at, *key), key, strict=False)),
            "Those are the steps, not the points that they lead to.",
            "Add each step to the point that it starts from.",
            HALF,
        )
        yield Mistake(
            "points in reverse order",
            key[::-1],
            "These are the right points, the last one first.",
            "Begin with the point after the first step.",
            HALF,
        )
        for count in range(1, len(key)):
            for begun in ((), (self.at,)):
                yield Mistake(
                    "too few steps",
                    (*begun, *key[:count]),
                    f"You took {count} of the {plain(self.count)} steps; they are right.",
                    "Go on from there.",
                    HALF,
                )
        yield Mistake(
            "the gradients on the way",
            tuple(slopes(point) for point in (self.at, *key[:-1])),
            "Those are the gradients on the way, not the points.",
            "Subtract η times each gradient from the point that it belongs to.",
        )
        yield Mistake(
            "uphill from the second step on",
            (key[0], *(plus(p, scaled(eta, slopes(p))) for p in key[:1])) if len(key) == 2 else (),
            "The first step is right, the second goes uphill.",
            against,
            HALF,
        )
        yield Mistake(
            "only the last point",
            (key[-1],),
            f"That is where {plain(self.count)} steps lead. The question asks for every point on the way.",
            "List all of them, in order.",
            HALF,
        )
        yield Mistake(
            "one step too many",
            self.path[1:],
            f"That is one step more than the {plain(self.count)} asked for.",
            "Leave the last one out.",
            HALF,
        )
        yield Mistake(
            "slopes swapped",
            self._walk(lambda p: plus(p, scaled(-eta, slopes(p)[::-1]))),
            "The slopes went to the wrong coordinates.",
            "The first component of the gradient moves the first coordinate.",
        )
        yield from self._slips()

    def _slips(self) -> Iterator[Mistake]:
        """Walk with a gradient that is wrong all the way, in every component or in one."""
        for slip in all_slips():
            wrong = tuple(slip.derivative(self.f, v) for v in self.variables)
            slipped = [i for i, part in enumerate(wrong) if part != self.formula[i]]
            for places in ([slipped] if len(slipped) > 1 else []) + [[i] for i in slipped]:
                formula = tuple(wrong[i] if i in places else part for i, part in enumerate(self.formula))
                where = "gradient" if len(places) > 1 else f"slope along {self.names[places[0]]}"
                yield Mistake(
                    f"{slip.name} in the {where}",
                    self._walk(lambda p, formula=formula: self._step(p, formula)),  # type: ignore[misc]
                    f"The steps are done right, but the {where} is not. {slip.says}",
                    f"Find the {where} again.",
                    HALF,
                    likely=slip.likely,
                )

    def _step(self, point: Coordinates, formula: Coordinates) -> Coordinates:
        here = dict(zip(self.variables, point, strict=True))
        return plus(point, scaled(-self.learning_rate, tuple(part.xreplace(here) for part in formula)))

    def _walk(self, move: Move) -> tuple[Coordinates, ...]:
        """Walk by a wrong way to move; nothing comes of it when the numbers grow too long to write."""
        path = [self.at]
        for _ in range(int(self.count)):
            path.append(move(path[-1]))
            if _too_long(path[-1]):
                return ()
        return tuple(path[1:])

    def _in_turn(self, point: Coordinates, backwards: bool) -> Coordinates:
        moved = list(point)
        for i in reversed(range(len(moved))) if backwards else range(len(moved)):
            here = dict(zip(self.variables, moved, strict=True))
            moved[i] -= self.learning_rate * self.formula[i].xreplace(here)
        return tuple(moved)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl along the axes and 2 steps (level 1), off the origin and 3 steps (2), a tilted one (3)."""
        x, y = Symbol("x"), Symbol("y")
        a, b, c = rng.choice((1, 2)), rng.choice((3, 4, 5)), rng.choice((-2, -1, 1, 2))
        at = (Integer(rng.choice((-4, -2, 2, 3, 4))), Integer(rng.choice((-3, -2, 1, 2, 3))))
        if level == 1:
            return cls(a * x**2 + b * y**2, at, rng.choice((Rational(1, 10), Rational(1, 4), Rational(1, 5))), 2)
        if level == 2:
            return cls(a * (x - c) ** 2 + b * y**2, at, rng.choice((Rational(1, 10), Rational(1, 4))), 3)
        return cls(a * x**2 + c * x * y + b * y**2, at, rng.choice((Rational(1, 10), Rational(1, 5))), 2)

    def is_well_behaved(self) -> bool:
        """The points move and are short decimals."""
        points = (self.at, *self.key())
        return (
            all(abs(c) <= 20 and (1000 * c).is_Integer for point in points for c in point)
            and len({c for point in points for c in point}) > len(points)
            and all(self.slopes)
            and abs(self.slopes[0]) != abs(self.slopes[1])
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own path on the contour map; without one, the start alone."""
        if len(self.variables) != 2:
            return None
        from nabla.explore import gradient_picture, path_picture

        fitted = self.kind.fit(of(answer), ())
        if isinstance(fitted, Fitted) and any(point != self.at for point in fitted.value):
            starts = fitted.value[0] == self.at
            return path_picture(
                self.f, fitted.value if starts else (self.at, *fitted.value), "your path", None, self.variables
            )
        return gradient_picture(self.f, self.at, {}, variables=self.variables)


def _too_long(point: Coordinates) -> bool:
    """Whether a coordinate has more digits than anyone would write: in nonlinear steps they multiply."""
    return any(len(str(part)) > 200 for part in point)
