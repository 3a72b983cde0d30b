"""Estimates by the linearization: the value at a nearby point, without working it out exactly."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Abs, Expr, Integer, Rational, Symbol, sqrt

from autograder.answers.kinds import Number
from autograder.notation import number, plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.linearization import decimal, model_steps
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError, Prose, Step, exact_point
from autograder.problems.surface_draws import draw_graph
from nabla.calculus import evaluate
from nabla.tangent_plane import linearization

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

ZERO = Integer(0)


@dataclass(frozen=True)
class LinearEstimate(AtPoint):
    """The value of f at a nearby point, estimated by the linearization at `at`.

    >>> from sympy import sqrt
    >>> from sympy.abc import x, y
    >>> problem = LinearEstimate(sqrt(x**2 + y**2 + 1), at=(0, 0), near=(0.1, 0.05))
    >>> problem.key()
    1
    >>> problem.mistakes()[0].name
    'exact value instead of the estimate'
    """

    f: Expr
    at: tuple[Expr, ...]
    near: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "near", exact_point(self.near, self.variables, "near"))
        if self.near == self.at:
            raise ProblemError("near is the point itself; there is nothing to estimate.")
        evaluate(self.f, self.variables, self.near)  # says now, not later, if it is outside the domain

    @property
    def moved(self) -> tuple[Expr, ...]:
        """The step from the point to the nearby one."""
        return tuple(n - a for n, a in zip(self.near, self.at, strict=True))

    @property
    def true_value(self) -> Expr:
        """The value of f at the nearby point."""
        return LinearModel(self).put_in(self.f, self.near)

    @property
    def kind(self) -> Number:
        """A number, with as many digits as it takes to tell the estimate from the true value."""
        key, true = float(self.key()), float(self.true_value)
        digits = next((d for d in range(4, 12) if f"{key:.{d - 1}e}" != f"{true:.{d - 1}e}"), 4)
        return Number(digits=digits)

    def key(self) -> Expr:
        """Return the value of the linearization at the nearby point."""
        return LinearModel(self).value + dot(self.slopes, self.moved)

    def statement(self) -> Prose:
        """Ask for the estimate."""
        near = ",\\ ".join(map(decimal, self.near))
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Let ${self.definition}$. **Estimate** $f({near})$ with the linearization of $f$ at the point "
            f"$({names}) = {typeset(self.at)}$.\n\nGive the estimate, not the true value: one number, exact or to "
            f"{self.kind.digits} digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: value, step, slopes times steps."""
        first = decimal(self.moved[0])
        return (
            f"At ${typeset(self.at)}$ everything is easy to work out. What is the value there, and how far is the "
            "other point from it?",
            f"The step is the new point minus the old one; along ${typeset(self.variables[0])}$ it is ${first}$. You "
            "also need the partial derivatives at the old point.",
            "The change is, to first order, slope times step, added over the variables. Add it to the value at "
            f"${typeset(self.at)}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Value, slopes, step, estimate, and how good it is."""
        yield from model_steps(self)
        step = ",\\ ".join(map(decimal, self.moved))
        yield Step("The step:", rf"\left({step}\right)")
        yield Step("Slopes times steps:", rf"\nabla f \cdot \text{{step}} = {decimal(dot(self.slopes, self.moved))}")
        yield Step("The estimate:", f"L = {typeset(LinearModel(self).value)} + "
                   rf"\left({decimal(dot(self.slopes, self.moved))}\right) = {decimal(self.key())}")  # fmt: skip
        yield Step("For comparison, the true value:", rf"f \approx {number(self.true_value, 7)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The true value, parts left out, wrong steps, wrong slopes."""
        model, moved, slopes = LinearModel(self), self.moved, self.slopes
        at, near = plain(self.at), f"({', '.join(map(decimal, self.near))})"
        rise = dot(slopes, moved)
        yield Mistake(
            "exact value instead of the estimate",
            self.true_value,
            f"That is the value of f at {near} itself. The question asks what the linearization gives there.",
            f"Use only the value and the slopes at {at}.",
        )
        yield Mistake(
            "change alone", rise, f"That is how much f changes on the way to {near}.",
            f"Add it to the value at {at}.", HALF,
        )  # fmt: skip
        yield Mistake(
            "step left out", model.value, f"That is the value at {at}: the step to {near} is not counted.",
            "Add slope times step for each variable.",
        )  # fmt: skip
        yield Mistake(
            "step backwards", model.value - rise, "The step goes the wrong way: the change was subtracted.",
            "The step is the new point minus the old one.", HALF,
        )  # fmt: skip
        yield Mistake(
            "nearby point put in for the step", model.value + dot(slopes, self.near),
            f"You multiplied the slopes by {near} itself, not by the step from {at}.",
            "The step is the new point minus the old one.", HALF,
        )  # fmt: skip
        yield Mistake(
            "slopes at the nearby point", model.value + dot([model.put_in(s, self.near) for s in self.formula], moved),
            f"The slopes are those at {near}. The linearization uses the ones at {at}.",
            f"Put {self.values} into the partial derivatives.", HALF,
        )  # fmt: skip
        yield from self._wrong_steps(model, rise)
        for mistake in model.wrong_gradients():
            yield replace(mistake, wrong=model.value + dot(mistake.wrong, moved))
        yield Mistake("linearization as a formula", linearization(self.f, self.at, self.variables),
                      "That is the linearization as a formula.", f"Put in the point {near}.", HALF)  # fmt: skip
        yield Mistake("the gradient alone", slopes, "That is the gradient. The question asks for one number.",
                      "Dot it with the step and add the value at the point.")  # fmt: skip
        yield from number_mistakes(self.key())

    def _wrong_steps(self, model: LinearModel, rise: Expr) -> Iterator[Mistake]:
        moved, slopes = self.moved, self.slopes
        again = "The step is the new point minus the old one, coordinate by coordinate."
        sizes = tuple(map(Abs, moved))
        yield Mistake("signs of the step left out", model.value + dot(slopes, sizes),
                      "A coordinate that becomes smaller has a negative step.", again, HALF)  # fmt: skip
        if len(moved) == 2:
            yield Mistake("steps exchanged", model.value + dot(slopes, moved[::-1]),
                          "The two steps are exchanged.", again, HALF)  # fmt: skip
        yield Mistake("steps and slopes added up first", model.value + sum(slopes, ZERO) * sum(moved, ZERO),
                      "You added the slopes and the steps first.", "Multiply slope by step, then add.")  # fmt: skip
        length = sqrt(dot(moved, moved))
        yield Mistake("slopes times the length of the step", model.value + sum(slopes, ZERO) * length,
                      "You used the length of the step. Each slope goes with its own step.",
                      "Multiply slope by step for each variable.")  # fmt: skip
        yield Mistake("slopes left out", model.value + sum(moved, ZERO), "You added the steps without the slopes.",
                      "Multiply each step by its slope.")  # fmt: skip
        for name, wrong, says, step in (
            ("exact change", self.true_value - model.value, "That is how much f really changes.",
             "Estimate the change by the slopes, and add it to the value at the old point."),
            ("error of the estimate", self.true_value - self.key(), "That is how far off the estimate is.",
             "Give the estimate itself."),
            ("change alone, nearby point put in for the step", dot(slopes, self.near),
             "You multiplied the slopes by the nearby point itself, and the value is missing.", again),
            ("value counted twice", 2 * model.value + rise, "The value of f is counted twice.", again),
            ("sum of the slopes", sum(slopes, ZERO), "That is the sum of the slopes.",
             "Multiply each slope by its step."),
        ):  # fmt: skip
            yield Mistake(name, wrong, says, step)
        yield Mistake("change added to the exact value", self.true_value + rise,
                      "The change is added to the value at the new point.", "Add it to the value at the old point.",
                      )  # fmt: skip

    def follow(self, **values: Any) -> Expr:
        """Use the student's own gradient as the slopes."""
        return LinearModel(self).value + dot(values["gradient"], self.moved)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial (1), one with a function (2), a root or quotient (3), and short steps that differ."""
        f, at = draw_graph(rng, level)
        sizes, unit = ((1, 2), 10) if level < 3 else ((1, 2, 3, 4), 20)
        steps = [Rational(rng.choice((-1, 1)) * size, unit) for size in rng.sample(sizes, 2)]
        near = tuple(a + step for a, step in zip(at, steps, strict=True))
        return cls(f, at, near, (Symbol("x"), Symbol("y")))

    def is_well_behaved(self) -> bool:
        """Plain slopes that differ, steps that do too, an estimate told from the true value in four digits."""
        numbers = (*self.slopes, LinearModel(self).value)
        key = self.key()
        return (
            all(n.is_Rational and 0 < abs(n) <= 40 and n.q <= 9 for n in numbers)
            and abs(self.slopes[0]) != abs(self.slopes[1])
            and key != LinearModel(self).value
            and 1e-3 * abs(key) < abs(key - self.true_value.evalf(6)) < abs(key) / 4
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw f on the straight way to the nearby point, and the line to the student's own estimate there."""
        from nabla.explore.section_picture import SectionScene, section_picture

        model, value = LinearModel(self), own_value(self, answer)
        own = as_floats((value,) if value is not None else None)
        start, slope = float(model.value), float(dot(self.slopes, self.moved))
        line = own[0] - start if own else None

        def along(h: float) -> float:
            place = [a + h * step for a, step in zip(self.at, self.moved, strict=True)]
            height = model.put_in(self.f, place).evalf(15)
            return float(height) if height.is_real else float("nan")

        return section_picture(along, SectionScene(slope, line, mark=1.0), "part of the way", (-0.5, 1.6))
