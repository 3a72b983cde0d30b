"""The tangent plane of a graph."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Eq, Expr, Integer, Symbol

from autograder.answers import of
from autograder.answers.kinds import Fitted, Plane
from autograder.notation import listing, plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step
from autograder.problems.surface_draws import draw_graph
from nabla.tangent_plane import tangent_plane

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

ZERO = Integer(0)
FORM = "any equation of the plane counts, also one multiplied by a number"


@dataclass(frozen=True)
class TangentPlane(AtPoint):
    """The tangent plane of the graph z = f(x, y) above a point.

    >>> from sympy.abc import x, y
    >>> problem = TangentPlane(x**2 + y**2, at=(1, 1))
    >>> problem.key()
    Eq(z, 2*x + 2*y - 2)
    >>> problem.mistakes()[0].name
    'slopes not evaluated at the point'
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        if len(self.variables) != 2:
            raise ProblemError(
                f"A graph in space has two variables; f = {plain(self.f)} has {len(self.variables)}. "
                "Use LevelSurfacePlane for a surface F = c, or name variables=(x, y)."
            )

    @property
    def height(self) -> Symbol:
        """The coordinate upwards: z, unless that is a variable of f."""
        return Symbol("z") if "z" not in self.names else Symbol("w")

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The three coordinates."""
        return (*self.variables, self.height)

    @property
    def value(self) -> Expr:
        """The value of f at the point."""
        return LinearModel(self).value

    @property
    def kind(self) -> Plane:
        """A plane in space, through the point of the graph."""
        return Plane(tuple(v.name for v in self.letters), through=(*self.at, self.value))

    def key(self) -> Eq:
        """Return the plane, solved for the height."""
        return tangent_plane(self.f, self.at, self.variables, self.height)

    def statement(self) -> Prose:
        """Ask for the equation."""
        z = typeset(self.height)
        names = listing(f"${typeset(v)}$" for v in self.letters)
        return Prose(
            f"Find the **tangent plane** of the graph $$ {z} = {typeset(self.f)} $$ above the point ${self.place}$.\n\n"
            f"Give an equation in {names}, such as `{self.height} = …`; {FORM}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the height, the slopes, the steps."""
        first, second = (typeset(v) for v in self.variables)
        return (
            "A plane is fixed by one point on it and its two slopes. Which point of the graph lies above "
            f"${typeset(self.at)}$, and how high is it?",
            f"The slopes of the plane are the partial derivatives of $f$ **at** ${typeset(self.at)}$: two numbers.",
            f"Begin at the height of the graph above the point. To it add slope along ${first}$ times "
            f"$({typeset(self.variables[0] - self.at[0])})$, and the same for ${second}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Height, slopes, plane."""
        z, (x, y), (a, b) = typeset(self.height), self.variables, self.at
        yield Step(f"The height above {plain(self.at)}:", f"f{typeset(self.at)} = {typeset(self.value)}")
        yield from self.gradient_steps()
        p, q = (bracketed(s) for s in self.slopes)
        yield Step(
            "Height plus slope times step:",
            rf"{z} = {typeset(self.value)} + {p} \left({typeset(x - a)}\right) + {q} \left({typeset(y - b)}\right)",
        )
        yield Step("Multiplied out:", f"{z} = {typeset(self.key().rhs)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Wrong linear models, as equations; then equations without the height, and vectors."""
        model = LinearModel(self)
        for mistake in model.wrong_models():
            yield replace(mistake, wrong=Eq(self.height, mistake.wrong, evaluate=False))
        rise = dot(self.slopes, model.offsets)
        yield Mistake(
            f"{self.height} left out",
            Eq(rise, ZERO, evaluate=False),
            f"{self.height} does not occur: this is an upright plane, which cuts the graph.",
            f"The left side is how far {self.height} is above the point: {self.height} minus the height there.",
        )
        yield Mistake(
            "plane through the origin",
            Eq(self.height, dot(self.slopes, self.variables), evaluate=False),
            "The slopes are right, but this plane passes through the origin.",
            f"Make it pass through the point of the graph above {plain(self.at)}.",
            HALF,
        )
        yield from model.not_a_model()

    def follow(self, **values: Any) -> Eq:
        """Use the student's own gradient as the slopes."""
        rise = dot(values["gradient"], LinearModel(self).offsets)
        return Eq(self.height, self.value + rise, evaluate=False)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial (1), a product with a function (2), a root, quotient or logarithm (3)."""
        return cls(*draw_graph(rng, level), variables=(Symbol("x"), Symbol("y")))

    def is_well_behaved(self) -> bool:
        """Height and slopes are small fractions, the slopes differ, and the plane is not level."""
        numbers = (*self.slopes, self.value)
        return (
            all(n.is_Rational and abs(n) <= 40 and n.q <= 12 for n in numbers)
            and all(self.slopes)
            and abs(self.slopes[0]) != abs(self.slopes[1])
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the graph with the plane that was answered."""
        from nabla.explore.surface import surface_picture  # matplotlib is loaded only when a picture is asked for

        fitted = self.kind.fit(of(answer), self.letters)
        plane = fitted.value.expression if isinstance(fitted, Fitted) else None
        slope = plane.diff(self.height) if plane is not None else ZERO
        if plane is None or slope.free_symbols or slope == 0:
            return surface_picture(self.f, self.at, None, self.variables)
        lifted = self.height - plane / slope
        return surface_picture(self.f, self.at, lifted.expand(), self.variables)


def bracketed(value: Expr) -> str:
    r"""Write a factor in LaTeX so that a bracket may follow it.

    >>> bracketed(Integer(-2)), bracketed(Integer(3))
    ('\\left(-2\\right)', '3 \\cdot')
    """
    written = typeset(value)
    return rf"\left({written}\right)" if written.startswith("-") else rf"{written} \cdot"
