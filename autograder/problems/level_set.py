"""The level set of f through a point."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Add, Eq, Expr, Integer, S, Symbol, exp

from autograder.answers.kinds import Kind, LevelSet
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step
from nabla.calculus import evaluate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class LevelSetThrough(AtPoint):
    """The equation of the level set of f through a point.

    >>> from sympy.abc import x, y
    >>> LevelSetThrough(x**2 + 3*y**2, at=(1, 2)).key()
    Eq(x**2 + 3*y**2, 13)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()

    @property
    def kind(self) -> Kind:
        """An equation, in any form that holds at the same points."""
        return LevelSet(self.names, equation=True)

    @property
    def level(self) -> Expr:
        """The value of f at the point."""
        return evaluate(self.f, self.variables, self.at)

    def key(self) -> Eq:
        """Return f = f(point)."""
        return Eq(self.f, self.level, evaluate=False)

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """Nothing is found before."""
        return {}

    def statement(self) -> Prose:
        """Ask for the equation."""
        noun = {1: "level set", 2: "level curve", 3: "level surface"}.get(len(self.variables), "level set")
        names = ", ".join(f"${typeset(v)}$" for v in self.variables)
        return Prose(
            f"Let ${self.definition}$. Give an **equation of the {noun}** of $f$ that passes through the point "
            f"${self.place}$.\n\nAny equation in {names} that holds at just these points is right, such as "
            f"`Eq(…, …)` or the text `… = …`."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards f = constant."""
        return (
            "What do all points of a level set have in common?",
            "On a level set f has one and the same value. The point given lies on it: which value is that?",
            f"Put {self.values} into f. The level set is where f equals this number.",
        )

    def steps(self) -> Iterator[Step]:
        """The level, then the equation."""
        yield Step("The value of f at the point:", f"f{typeset(self.at)} = {typeset(self.level)}")
        yield Step("The level set is where f has this value:", f"{typeset(self.f)} = {typeset(self.level)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Another level, or the tangent instead of the curve."""
        put_in = f"Put {self.values} into f."
        turned = tuple(reversed(self.at))
        swapped = self.f.xreplace(dict(zip(self.variables, turned, strict=True)))
        levels = (
            (
                S.Zero,
                "level 0",
                "Read as f = 0, for no other number stands across from f. The point does not lie on that level set.",
            ),
            (S.One, "level 1", "You set f equal to 1. The point does not lie on that level set."),
            (-self.level, "sign of the level", "The sign of the level is wrong."),
            (swapped, "coordinates of the point swapped", f"That is the level set through {plain(turned)}."),
            (sum(self.at, S.Zero), "sum of the coordinates", "You took the sum of the coordinates for the level."),
            (dot(self.at, self.at), "square of the distance", "You took the distance from the origin for the level."),
            *((c, "coordinate taken for the level", "You took a coordinate for the level.") for c in self.at),
        )
        for level, name, says in levels:
            yield Mistake(name, Eq(self.f, level, evaluate=False), says, put_in, HALF)
        yield Mistake(
            "the value alone",
            Eq(self.variables[-1], self.level, evaluate=False),
            "That is the value of f at the point. It takes an equation: f equal to this value.",
            "Write f with its variables on the left side.",
            HALF,
        )
        if any(self.slopes):
            yield Mistake(
                "the tangent instead of the level set",
                perpendicular(self.slopes, self.at, self.variables),
                "That is straight: the tangent at the point. The level set itself is where f keeps its value.",
                f"{put_in} Set f equal to that number.",
            )
        centre = tuple(v - c for v, c in zip(self.variables, self.at, strict=True))
        shifted = self.f.xreplace(dict(zip(self.variables, centre, strict=True)))
        for level in (self.level, S.Zero):
            yield Mistake(
                "shifted to the point",
                Eq(shifted, level, evaluate=False),
                "You put x - x0 into f. The level set runs through the point; it is not centred there.",
                f"{put_in} Set f itself equal to that number.",
            )
        yield Mistake(
            "circle through the point",
            Eq(dot(self.variables, self.variables), dot(self.at, self.at), evaluate=False),
            "That is the circle round the origin through the point. The level sets of this f are other curves.",
            f"{put_in} Set f equal to that number.",
        )
        terms = Add.make_args(self.f)
        for term in terms if len(terms) > 1 else ():
            yield Mistake(
                "sign of one term of f",
                Eq(self.f - 2 * term, self.level, evaluate=False),
                "One term of f has the wrong sign.",
                "Copy f as it is given.",
                HALF,
            )
            yield Mistake(
                "factor of one term of f left out",
                Eq(self.f - term + term.as_coeff_Mul()[1], self.level, evaluate=False),
                "One term of f lost its factor.",
                "Copy f as it is given.",
                HALF,
            )
        for variable, part in zip(self.variables, self.formula, strict=True):
            if part.free_symbols:
                yield Mistake(
                    f"slope along {variable} set to 0",
                    Eq(part, 0, evaluate=False),
                    f"That is where f does not change along {variable}. A level set is where f has one value.",
                    f"{put_in} Set f equal to that number.",
                )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function of two variables, of three at level 3."""
        if level == 3:
            x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
            a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 1, 2))
            f = rng.choice((x**2 + a * y**2 + b * z**2, x * y + b * z**2, a * x**2 + y * z, x * y * z + b * x))
            return cls(f, tuple(rng.choice((-2, -1, 1, 2, 3)) for _ in range(3)))
        return cls(*draw_curve(rng, level))

    def is_well_behaved(self) -> bool:
        """The level is a number that is neither 0 nor a landmark, and f is not flat."""
        return self.level not in (0, 1) and abs(self.level) < 60 and all(self.slopes)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the point with its level curve."""
        return contour_picture(self, {})


class LevelPoint(AtPoint):
    """A problem about the level set of f at a point where f is not flat."""

    def _check(self) -> None:
        self._normalise()
        if not any(self.slopes):
            raise ProblemError(
                f"The gradient of f is zero at {plain(self.at)}: it says nothing of the level set there. Choose "
                "another point."
            )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function and a point."""
        return cls(*draw_curve(rng, level))  # type: ignore[call-arg]

    def is_well_behaved(self) -> bool:
        """Both slopes count and differ, and the gradient is not radial."""
        a, b = self.slopes
        x, y = self.at
        return all(s != 0 and s.is_Rational and abs(s) <= 40 for s in (a, b)) and a * y != b * x and abs(a) != abs(b)


def perpendicular(normal: Sequence[Expr], point: Sequence[Expr], variables: Sequence[Symbol]) -> Eq:
    """The line (or plane) at right angles to a vector, through a point."""
    return Eq(dot(normal, variables), dot(normal, point), evaluate=False)


def contour_picture(problem: AtPoint, arrows: Mapping[str, Sequence[Expr]]) -> Picture | None:
    """Draw arrows at the point of the contour map; None where f has not two variables."""
    if len(problem.variables) != 2:
        return None
    from nabla.explore import gradient_picture  # matplotlib is loaded only when a picture is asked for

    return gradient_picture(problem.f, problem.at, arrows, variables=problem.variables)


def draw_curve(rng: random.Random, level: int) -> tuple[Expr, tuple[int, int]]:
    """Draw a function of x and y and a point where it is not flat."""
    x, y = Symbol("x"), Symbol("y")
    while True:
        f = _curve(rng, level)
        at = (0 if level == 3 else rng.choice((-2, -1, 1, 2, 3)), rng.choice((-3, -2, -1, 1, 2)))
        here = {x: Integer(at[0]), y: Integer(at[1])}
        if f.diff(x).xreplace(here) != 0 and f.diff(y).xreplace(here) != 0:
            return f, at


def _curve(rng: random.Random, level: int) -> Expr:
    """A quadratic (level 1), a cubic (2), a product with e^x (3)."""
    x, y = Symbol("x"), Symbol("y")
    a, b = rng.choice((1, 2, 3)), rng.choice((-3, -2, -1, 1, 2, 3))
    if level == 1:
        return rng.choice((a * x**2 + b * y, x**2 + (a + 1) * y**2, a * x**2 + b * y**2, x * y + b * x))
    if level == 2:
        return rng.choice((x**2 * y + b * y, x**3 + b * x * y, a * x**2 + b * x * y + y**2, x * y**2 + a * x))
    return rng.choice(
        (y * exp(x) + b * y**2, y**2 * exp(a * x) + b * x, x * y + b * exp(x) + a * y**2, y**3 + b * exp(x))
    )
