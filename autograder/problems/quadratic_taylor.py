"""The quadratic Taylor polynomial: value, slopes and curvature of f at a point in one formula."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, ImmutableMatrix, Integer, Symbol, exp, log, sqrt

from autograder.answers.kinds import Expression, Kind, Matrix
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.matrix_mistakes import slip_mistakes, typeset_matrix, with_entries
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from autograder.problems.second_order_draws import draw_curved
from autograder.problems.slips import lowered
from nabla.calculus import evaluate
from nabla.second_order import hessian, model, steps

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class QuadraticTaylor(AtPoint):
    """The quadratic Taylor polynomial of f about a point, as an expression in the variables.

    >>> from sympy.abc import x, y
    >>> problem = QuadraticTaylor(sqrt(x**2 + y**2 + 1), at=(0, 0))
    >>> problem.key()
    x**2/2 + y**2/2 + 1
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('factor 1/2 left out', x**2 + y**2 + 1)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        _ = self.curvature

    @property
    def kind(self) -> Kind:
        """One expression."""
        return Expression()

    @cached_property
    def value(self) -> Expr:
        """The value of f at the point."""
        return evaluate(self.f, self.variables, self.at)

    @cached_property
    def curvature(self) -> ImmutableMatrix:
        """The Hessian at the point."""
        return hessian(self.f, self.variables, self.at)

    @property
    def away(self) -> tuple[Expr, ...]:
        """The steps from the point: x - a, y - b."""
        return steps(self.variables, self.at)

    def key(self) -> Expr:
        """Return value + slopes · h + h · H h / 2, with h the step from the point."""
        return model(self.value, self.slopes, self.curvature, self.away)

    def statement(self) -> Prose:
        """Ask for the polynomial."""
        names = ", ".join(f"${typeset(v)}$" for v in self.variables)
        return Prose(
            f"Find the **quadratic Taylor polynomial** (degree 2) of\n\n$$ {self.definition} $$\n\nabout the point "
            f"${self.place}$.\n\nGive one expression in {names}, multiplied out or in powers of the steps from the "
            "point, with exact numbers or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: what it must share with f, the parts, the factor."""
        return (
            "The polynomial must have the same value, the same slopes and the same second derivatives as $f$ at the "
            "point. Which three things do you compute there?",
            f"Compute $f$, $\\nabla f$ and $H_f$ at ${typeset(self.at)}$. The polynomial is written in the steps from "
            f"there, ${typeset(self.away)}$.",
            r"$f + \nabla f \cdot h + \frac{1}{2}\, h \cdot H_f h$: each pure second derivative gets a factor "
            r"$\frac{1}{2}$; the mixed one stands in $H_f$ twice, and half of twice is once.",
        )

    def steps(self) -> Iterator[Step]:
        """Value, gradient, Hessian, the sum."""
        yield Step("The value at the point:", f"f{typeset(self.at)} = {typeset(self.value)}")
        yield from self.gradient_steps()
        yield Step("The Hessian there:", rf"H_f\,{typeset(self.at)} = {typeset_matrix(self.curvature)}")
        yield Step("The step from the point:", f"h = {typeset(self.away)}")
        yield Step("Value, plus slopes times step, plus half of the step times the Hessian times the step:",
                   rf"f + \nabla f \cdot h + \frac{{1}}{{2}}\, h \cdot H_f h = {typeset(self.key())}")  # fmt: skip

    def wrong_ways(self) -> Iterator[Mistake]:
        """The factor, the mixed term, the steps, missing parts, slips."""
        yield from self._factors()
        yield from self._signs()
        yield from self._wrong_steps()
        yield from self._parts()
        yield from self._single_terms()
        yield from self.gradient_mistakes(lambda slopes: model(self.value, slopes, self.curvature, self.away))
        here = dict(zip(self.variables, self.at, strict=True))
        for slip in slip_mistakes(self.formula, self.variables, self.curvature, lambda e: e.xreplace(here), True):
            yield Mistake(f"Hessian: {slip.name}", model(self.value, self.slopes, slip.wrong, self.away),
                          f"In the Hessian: {lowered(slip.says)}", slip.next, HALF, likely=slip.likely)  # fmt: skip

    def _factors(self) -> Iterator[Mistake]:
        value, slopes, H, h = self.value, self.slopes, self.curvature, self.away
        off = [(i, j) for i in range(H.rows) for j in range(H.rows) if i != j]
        twice = "The mixed derivative stands in the Hessian twice, and half of twice is once."
        yield Mistake("factor 1/2 left out", model(value, slopes, 2 * H, h),
                      "The factor 1/2 in front of the second derivatives is missing.",
                      "The second derivative of x^2/2 is 1, that of x^2 is 2.", HALF)  # fmt: skip
        pure = with_entries(2 * H, {p: H[p] for p in off})
        yield Mistake("factor 1/2 left out of the pure terms", model(value, slopes, pure, h),
                      "The terms with the pure second derivatives lack the factor 1/2.",
                      "The second derivative of x^2/2 is 1, that of x^2 is 2.", HALF)  # fmt: skip
        yield Mistake("mixed term halved", model(value, slopes, with_entries(H, {p: H[p] / 2 for p in off}), h),
                      "The mixed term is halved.", twice, HALF)  # fmt: skip
        yield Mistake("mixed term doubled", model(value, slopes, with_entries(H, {p: H[p] * 2 for p in off}), h),
                      "The mixed term is twice too large.", twice, HALF)  # fmt: skip
        yield Mistake("mixed term left out",
                      model(value, slopes, with_entries(H, dict.fromkeys(off, Integer(0))), h),
                      "The mixed term is missing.", "Find the mixed second derivative too.", HALF)  # fmt: skip
        turned = with_entries(H, {p: -H[p] for p in off})
        yield Mistake("mixed term with the wrong sign", model(value, slopes, turned, h),
                      "The sign of the mixed term is wrong.", "Find the mixed derivative again.", HALF)  # fmt: skip
        yield Mistake("second-order part subtracted", model(value, slopes, -H, h),
                      "The second-order part has the wrong sign.", "Add it, with its own signs.", HALF)  # fmt: skip
        for i, name in enumerate(self.names):
            without = with_entries(H, {(i, i): Integer(0)})
            yield Mistake(f"{name}-squared term left out", model(value, slopes, without, h),
                          f"The second-order term in {name} alone is missing.",
                          f"Differentiate twice along {name}.", HALF)  # fmt: skip
        if H.rows == 2:
            swapped = with_entries(H, {(0, 0): H[1, 1], (1, 1): H[0, 0]})
            yield Mistake(
                "pure second derivatives swapped",
                model(value, slopes, swapped, h),
                "The two pure second derivatives are exchanged.",
                f"The derivative twice along {self.names[0]} goes with the square of that step.",
                HALF,
            )

    def _signs(self) -> Iterator[Mistake]:
        """One term of first or second order with the wrong sign."""
        value, slopes, H, h = self.value, self.slopes, self.curvature, self.away
        for i, name in enumerate(self.names):
            turned = with_entries(H, {(i, i): -H[i, i]})
            yield Mistake(f"sign of the {name}-squared term", model(value, slopes, turned, h),
                          f"The second-order term in {name} alone has the wrong sign.",
                          f"Differentiate twice along {name}, watching the signs.", HALF)  # fmt: skip
            signs = tuple(-s if i == j else s for j, s in enumerate(slopes))
            yield Mistake(f"sign of the linear term in {name}", model(value, signs, H, h),
                          f"The linear term in {name} has the wrong sign.",
                          f"Differentiate along {name} again, watching the signs.", HALF)  # fmt: skip

    def _wrong_steps(self) -> Iterator[Mistake]:
        value, slopes, H = self.value, self.slopes, self.curvature
        near = f"The polynomial is about {plain(self.at)}: it is written in {plain(self.away)}."
        yield Mistake(
            "powers of the variables instead of the steps",
            model(value, slopes, H, self.variables),
            "You multiplied by the variables themselves. That is right only about the origin.",
            near,
            HALF,
        )
        yield Mistake("steps with the wrong sign",
                      model(value, slopes, H, steps(self.variables, [-c for c in self.at])),
                      "The signs in the steps are wrong.", near, HALF)  # fmt: skip
        yield Mistake("steps swapped", model(value, slopes, H, tuple(reversed(self.away))),
                      "The steps went with the wrong derivatives.",
                      f"The slope along {self.names[0]} goes with the step along {self.names[0]}.", HALF)  # fmt: skip
        mixed = value + dot(slopes, self.variables) + model(Integer(0), [Integer(0)] * len(slopes), H, self.away)
        yield Mistake("linear part in the variables instead of the steps", mixed,
                      "The linear part is multiplied by the variables, not by the steps.", near, HALF)  # fmt: skip
        formula = model(self.f, self.formula, hessian(self.f, self.variables), self.away)
        yield Mistake("derivatives not evaluated at the point", formula,
                      "The value and the derivatives are still formulas, so this is no quadratic polynomial.",
                      f"Put {self.values} into f and its derivatives, but not into the steps.", HALF)  # fmt: skip
        half_done = model(self.value, self.formula, hessian(self.f, self.variables), self.away)
        yield Mistake("derivatives not evaluated at the point, the value is", half_done,
                      "The derivatives are still formulas.", f"Put {self.values} into them.", HALF)  # fmt: skip

    def _single_terms(self) -> Iterator[Mistake]:
        """One term twice as large, or halved; a mixed term where there is none; slopes exchanged; one step wrong."""
        value, slopes, H, h = self.value, self.slopes, self.curvature, self.away
        key = self.key()
        for i, name in enumerate(self.names):
            term = H[i, i] * h[i] ** 2 / 2
            for factor, says in ((1, "twice too large"), (-Integer(1) / 2, "half of what it should be")):
                yield Mistake(f"{name}-squared term {says}", key + factor * term,
                              f"The second-order term in {name} alone is {says}.",
                              "Half of the second derivative stands with the square of the step.", HALF)  # fmt: skip
            if H[i, i] == 0:
                for sign in (1, -1):
                    for share in (1, Integer(1) / 2):
                        yield Mistake(f"a term in {name} squared too many", key + sign * share * h[i] ** 2,
                                      f"There is no term with the square of the step along {name}.",
                                      f"Differentiate twice along {name}.", HALF)  # fmt: skip
            opposite = tuple(2 * v - s if i == j else s for j, (v, s) in enumerate(zip(self.variables, h, strict=True)))
            yield Mistake(f"sign in the step along {name}", model(value, slopes, H, opposite),
                          f"The sign in the step along {name} is wrong.",
                          f"The polynomial is about {plain(self.at)}: it is written in {plain(h)}.", HALF)  # fmt: skip
            if H.rows == 2 and H[0, 1] == 0:
                for sign in (1, -1):
                    yield Mistake("a mixed term too many", key + sign * h[0] * h[1],
                                  "There is no mixed term: the mixed derivative is 0 here.",
                                  "Find the mixed second derivative again.", HALF)  # fmt: skip
        if len(slopes) == 2:
            yield Mistake("slopes exchanged", model(value, slopes[::-1], H, h), "The two slopes are exchanged.",
                          f"The slope along {self.names[0]} goes with the step along {self.names[0]}.",
                          HALF)  # fmt: skip
        yield Mistake("second-order part halved twice", model(value, slopes, H / 2, h),
                      "The second-order part is half of what it should be.", "One factor 1/2 is enough.",
                      HALF)  # fmt: skip
        curved = model(value, slopes, hessian(self.f, self.variables), h)
        yield Mistake("second derivatives not evaluated at the point", curved,
                      "The second derivatives are still formulas.", f"Put {self.values} into them.", HALF)  # fmt: skip

    def _parts(self) -> Iterator[Mistake]:
        value, slopes, H, h = self.value, self.slopes, self.curvature, self.away
        none = [Integer(0)] * len(slopes)
        yield Mistake("linear part only", value + dot(slopes, h), "This is the linearization, no curvature yet.",
                      "Add half of h · H h.", HALF)  # fmt: skip
        yield Mistake("value left out", model(Integer(0), slopes, H, h), "The value of f at the point is missing.",
                      "At the point itself the polynomial must equal f.", HALF)  # fmt: skip
        yield Mistake("linear part left out", model(value, none, H, h), "The linear part is missing.",
                      "Add the gradient dotted with the step.", HALF)  # fmt: skip
        yield Mistake("second-order part only", model(Integer(0), none, H, h),
                      "This is the second-order part alone.", "Add the value and the linear part.", HALF)  # fmt: skip
        yield Mistake(
            "linear part halved",
            value + dot(slopes, h) / 2 + model(Integer(0), none, H, h),
            "The factor 1/2 belongs to the second-order part only.",
            "Leave the linear part whole.",
            HALF,
        )
        yield Mistake(
            "linear part subtracted",
            value - dot(slopes, h) + model(Integer(0), none, H, h),
            "The linear part has the wrong sign.",
            "Add the gradient dotted with the step.",
            HALF,
        )
        yield Mistake("f itself", self.f, "That is f itself, not a quadratic polynomial.",
                      "Compute value, gradient and Hessian at the point.")  # fmt: skip
        yield Mistake("value of f", value, "That is the value at the point only.", "Add the linear and second part.")
        yield Mistake("the Hessian", H, "That is the Hessian at the point. A polynomial is asked for.",
                      "Put value, gradient and Hessian together.")  # fmt: skip
        yield Mistake("the gradient", slopes, "That is the gradient at the point. A polynomial is asked for.",
                      "Put value, gradient and Hessian together.")  # fmt: skip

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong gradient or Hessian found earlier is followed."""
        return {**super().earlier(), "hessian": (Matrix(self.names, self.names, numbers=True), self.curvature)}

    def follow(self, **values: Any) -> Expr:
        """Use the student's own gradient, or Hessian, or both."""
        H = values.get("hessian", self.curvature)
        if not any(H):
            return self.key()  # no curvature at all is no work to follow
        return model(self.value, values.get("gradient", self.slopes), H, self.away)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function about the origin (level 1), about another point (2), a root or quotient (3)."""
        x, y = Symbol("x"), Symbol("y")
        a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 1, 2, 3))
        if level == 1:
            f = rng.choice((exp(a * x + b * y), exp(x) * (a + b * y), exp(a * x) * y + b * x * y + a,
                            exp(x * b) + a * x * y + y**2, a * exp(y) + b * x * y - x**2))  # fmt: skip
            return cls(f, (0, 0), (x, y))
        if level == 2:
            f, at = draw_curved(rng, rng.choice((1, 2)))
            return cls(f, at)
        f, at = rng.choice(((sqrt(x**2 + y**2 + 7), (1, 1)), (a / (x + y), rng.choice(((2, -1), (-1, 2), (1, 1)))),
                            (log(x + a * y), (1 - a, 1)), (x / y + b * y, (a, rng.choice((1, -1)))),
                            (a * sqrt(x * y) + b * x, (1, 1)), (x**2 / (1 + y) + b * y, (a, 0))))  # fmt: skip
        return cls(f, at)

    def is_well_behaved(self) -> bool:
        """Mixed term and some pure term count, the numbers are small."""
        H = self.curvature
        numbers = (self.value, *self.slopes, *H)
        small = all(n.is_Rational and abs(n) <= 40 and n.q <= 27 for n in numbers)
        return small and H[0, 1] != 0 and (H[0, 0] != 0 or H[1, 1] != 0) and any(self.slopes)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the contours of f, with the gradient at the point."""
        if len(self.variables) != 2 or not any(self.slopes):
            return None
        from nabla.explore import gradient_picture

        return gradient_picture(self.f, self.at, {}, variables=self.variables)
