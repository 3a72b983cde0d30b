"""Linearization: the linear model of a function at a point."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Symbol

from autograder.answers import of
from autograder.answers.kinds import Expression, Fitted
from autograder.notation import listing, plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from autograder.problems.surface_draws import draw_graph, draw_level
from nabla.tangent_plane import linearization

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class Linearization(AtPoint):
    """The linearization L of f at a point, as an expression in the variables.

    >>> from sympy.abc import x, y
    >>> Linearization(x**2 * y, at=(1, 2)).key()
    4*x + y - 4
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()

    @property
    def kind(self) -> Expression:
        """One expression."""
        return Expression()

    def key(self) -> Expr:
        """Return value plus slopes times steps."""
        return linearization(self.f, self.at, self.variables)

    def statement(self) -> Prose:
        """Ask for L."""
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Find the **linearization** $L({names})$ of $$ {self.definition} $$ at the point ${self.place}$.\n\n"
            f"Give a formula in {listing(f'${typeset(v)}$' for v in self.variables)}, multiplied out or not."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards value, slopes, steps."""
        first = self.variables[0] - self.at[0]
        return (
            f"$L$ agrees with $f$ at ${typeset(self.at)}$ in its value and all its slopes. How many numbers is that?",
            f"Find $f{typeset(self.at)}$, then the partial derivatives, and put the point into them.",
            "$L$ is the value at the point plus slope times step for each variable; "
            f"the first step is ${typeset(first)}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Value, slopes, model."""
        yield from model_steps(self)
        yield Step("Multiplied out:", f"L = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Wrong linear models, and vectors."""
        model = LinearModel(self)
        yield from model.wrong_models()
        yield Mistake(
            "point not subtracted, and value left out",
            dot(self.slopes, self.variables),
            f"The slopes are right, but at {plain(self.at)} this has another value than f.",
            f"Use {listing(map(plain, model.offsets))} for the steps, and add the value of f at {plain(self.at)}.",
            HALF,
        )
        yield from model.not_a_model()

    def follow(self, **values: Any) -> Expr:
        """Use the student's own gradient as the slopes."""
        model = LinearModel(self)
        return model.value + dot(values["gradient"], model.offsets)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function of two variables (1, 2), or of three (3)."""
        if level == 3:
            return cls(*draw_level(rng, 2))
        return cls(*draw_graph(rng, 2 * level - 1), variables=(Symbol("x"), Symbol("y")))

    def is_well_behaved(self) -> bool:
        """Value and slopes are small fractions, and the slopes are not 0 and differ in size."""
        numbers = (*self.slopes, LinearModel(self).value)
        return (
            all(n.is_Rational and 0 < abs(n) <= 40 and n.q <= 12 for n in numbers)
            and len({abs(s) for s in self.slopes}) > 1
            and abs(self.slopes[0]) != abs(self.slopes[1])
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the graph with the plane that was answered; None for three variables."""
        if len(self.variables) != 2:
            return None
        from nabla.explore.surface import surface_picture  # matplotlib is loaded only when a picture is asked for

        fitted = self.kind.fit(of(answer), self.letters)
        return surface_picture(self.f, self.at, fitted.value if isinstance(fitted, Fitted) else None, self.variables)


def model_steps(problem: AtPoint) -> Iterator[Step]:
    """Yield the steps to a linear model: value, slopes, sum.

    >>> from sympy.abc import x, y
    >>> [step.shows for step in model_steps(Linearization(x * y, at=(1, 2)))][-1]
    'L = 2 + 2 \\\\cdot \\\\left(x - 1\\\\right) + 1 \\\\cdot \\\\left(y - 2\\\\right)'
    """
    model = LinearModel(problem)
    yield Step(f"The value at {plain(problem.at)}:", f"f{typeset(problem.at)} = {typeset(model.value)}")
    yield from problem.gradient_steps()
    terms = [
        rf"{_factor(s)} \cdot \left({typeset(offset)}\right)"
        for s, offset in zip(problem.slopes, model.offsets, strict=True)
    ]
    yield Step("Value plus slope times step:", f"L = {typeset(model.value)} + {' + '.join(terms)}")


def decimal(value: Expr) -> str:
    """Write a number as a decimal where that is exact and short, else as it is.

    >>> from sympy import Rational
    >>> decimal(Rational(21, 10)), decimal(Rational(1, 3))
    ('2.1', '1/3')
    """
    if value.is_Rational and (10**6) % value.q == 0:
        return f"{float(value):.10g}"
    return plain(value)


def _factor(value: Expr) -> str:
    written = typeset(value)
    return rf"\left({written}\right)" if written.startswith("-") else written
