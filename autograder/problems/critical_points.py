"""Critical points of a function of two or three variables, each with what the second-derivative test says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Symbol

from autograder.answers.kinds import ClassedPoints, Kind
from autograder.notation import listing, plain, typeset
from autograder.problems.critical_point_mistakes import CLASSES, Classed, PointMistakes
from autograder.problems.landscape_draws import draw_landscape
from autograder.problems.matrix_mistakes import typeset_matrix
from autograder.problems.mistake import Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_variables
from nabla.calculus import gradient
from nabla.critical_points import classed_critical_points
from nabla.polynomial_systems import NoClosedFormError, NotIsolatedError
from nabla.second_order import hessian

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "minimum": "the Hessian curves up in every direction, a minimum.",
        "maximum": "the Hessian curves down in every direction, a maximum.",
        "saddle": "the Hessian curves up one way and down another, a saddle.",
        "undecided": "the second derivatives do not decide.",
    }
)


@dataclass(frozen=True)
class CriticalPoints(Problem):
    """All critical points of f, each classed by the second-derivative test.

    f is a polynomial, or one times exponential functions, with single critical points.

    >>> from sympy.abc import x, y
    >>> problem = CriticalPoints(x**3 - 3*x + y**2)
    >>> problem.key()
    (((-1, 0), 'saddle'), ((1, 0), 'minimum'))
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('every critical point taken for a minimum', [((-1, 0), 'minimum'), ((1, 0), 'minimum')])
    """

    f: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        try:
            found = self.classed
        except TypeError as error:
            raise ProblemError(
                f"The critical points of {plain(self.f)} are not found here: take a polynomial, or one times e^…"
            ) from error
        except (NotIsolatedError, NoClosedFormError) as error:
            raise ProblemError(f"The critical points of {plain(self.f)}: {error}. Choose another f.") from error
        if not found:
            raise ProblemError(f"{plain(self.f)} has no critical point. Choose another f.")

    @cached_property
    def classed(self) -> Classed:
        """Each critical point with its class."""
        return classed_critical_points(self.f, self.variables)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables."""
        return tuple(v.name for v in self.variables)

    @property
    def kind(self) -> Kind:
        """Points with a class each."""
        return ClassedPoints(self.names, CLASSES)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables."""
        return self.variables

    def key(self) -> Classed:
        """Return the critical points and their classes."""
        return self.classed

    @property
    def definition(self) -> str:
        """The function in LaTeX, as an equation."""
        return f"f({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.f)}"

    def statement(self) -> Prose:
        """Ask for the points and their classes."""
        return Prose(
            f"Find **all critical points** of\n\n$$ {self.definition} $$\n\nand class each of them by the "
            "second-derivative test: **minimum**, **maximum**, **saddle**, or **undecided** where the second "
            "derivatives alone do not decide.\n\nGive a dict from point to class, such as "
            f"`{{({', '.join('…' for _ in self.variables)}): 'saddle'}}`, or a list of (point, class). Coordinates may "
            "be exact or have four digits; minima and maxima are meant locally."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: the equations, all their solutions, the test at each."""
        equations = listing(f"${typeset(part)} = 0$" for part in gradient(self.f, self.variables))
        test = (
            r"$D = f_{xx} f_{yy} - f_{xy}^2$: below 0 a saddle; above 0 a minimum or maximum by the sign of $f_{xx}$; "
            "0 decides nothing"
            if len(self.variables) == 2
            else "the signs of the eigenvalues of $H_f$: all positive, all negative, or both kinds"
        )
        return (
            "At a critical point all slopes are zero at once. That says nothing yet of what kind it is.",
            f"Solve {equations} together. Factor where you can, and do not divide by something that may be 0: follow "
            "every case to its end.",
            f"Put each point into the Hessian, and look at {test}. A zero gradient alone does not make a minimum.",
        )

    def steps(self) -> Iterator[Step]:
        """The equations, their solutions, the Hessian at each."""
        yield Step("All slopes must be zero:", rf"\nabla f = {typeset(tuple(gradient(self.f, self.variables)))} = 0")
        yield Step("All solutions:", r",\quad ".join(typeset(point) for point, _ in self.classed))
        H = hessian(self.f, self.variables)
        yield Step("The Hessian:", f"H_f = {typeset_matrix(H)}")
        for point, name in self.classed:
            at = hessian(self.f, self.variables, point)
            yield Step(f"At {plain(point)}: {VERDICTS[name]}",
                       rf"H_f = {typeset_matrix(at)},\quad D = \det H_f = {typeset(at.det().expand())}")  # fmt: skip

    def wrong_ways(self) -> Iterator[Mistake]:
        """Every point a minimum, classes mixed up, points missing or too many, wrong coordinates."""
        yield from PointMistakes(self.f, self.variables, self.classed).all()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a quadratic (level 1), a cubic or quartic (2), one with a degenerate point or e^ (3)."""
        try:
            return cls(draw_landscape(rng, level))
        except ProblemError:  # a valley of critical points was drawn: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """At most nine points with plain coordinates; a test that decides, but for level 3."""
        numbers = [part for point, _ in self.classed for part in point]
        not_trivial = any(any(point) for point, _ in self.classed) or len(self.classed) > 1
        plain_numbers = all(abs(part) <= 12 and (part**2).is_Rational and part.is_Rational for part in numbers)
        return not_trivial and len(self.classed) <= 9 and plain_numbers

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the contour map around the points, with the student's own points on it."""
        if len(self.variables) != 2:
            return None
        from autograder.answers import of
        from autograder.answers.kinds import Fitted
        from nabla.explore.points_picture import points_picture

        fitted = self.kind.fit(of(answer), self.letters)
        own = fitted.value if isinstance(fitted, Fitted) else ()
        around = [point for point, _ in (*self.classed, *own)]
        return points_picture(self.f, own, around, variables=self.variables)
