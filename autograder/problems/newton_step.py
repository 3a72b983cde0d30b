"""One step of Newton's method: to the critical point of the quadratic model at the point."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, ImmutableMatrix, Integer, Symbol

from autograder.answers.kinds import Kind, Matrix, Point
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint, plus, scaled
from autograder.problems.gradient_descent import step_picture, uphill_along_one_axis
from autograder.problems.matrix_mistakes import slip_mistakes, typeset_matrix, with_entries
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, Step
from autograder.problems.second_order_draws import draw_curved
from autograder.problems.slips import lowered
from nabla.second_order import SingularHessianError, hessian, newton_step

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

RULE = "New point = old point - H^(-1)·∇f."
Coordinates = tuple[Expr, ...]


@dataclass(frozen=True)
class NewtonStep(AtPoint):
    """The point after one step of Newton's method from `at`.

    >>> from sympy.abc import x, y
    >>> problem = NewtonStep(x**2 + 10*y**2 + x*y**2, at=(1, 1))
    >>> problem.key()
    (9/20, 1/20)
    """

    f: Expr
    at: Coordinates
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        try:
            self.key()
        except SingularHessianError as error:
            raise ProblemError(f"{str(error).capitalize()}. Choose another point.") from error

    @property
    def kind(self) -> Kind:
        """The coordinates of a point."""
        return Point(self.names, numbers=True)

    @cached_property
    def curvature(self) -> ImmutableMatrix:
        """The Hessian at the point."""
        return hessian(self.f, self.variables, self.at)

    def key(self) -> Coordinates:
        """Return the new point."""
        return newton_step(self.f, self.at, self.variables)

    def _moved(self, H: ImmutableMatrix, slopes: Sequence[Expr], sign: int = -1) -> Coordinates:
        """Return where a step with this Hessian and these slopes leads; nowhere (empty) if H has no inverse."""
        if H.det() == 0:
            return ()
        return plus(self.at, scaled(Integer(sign), tuple(H.LUsolve(ImmutableMatrix(slopes)))))

    def statement(self) -> Prose:
        """Ask for the new point."""
        return Prose(
            f"Take **one step of Newton's method** towards a critical point of\n\n$$ {self.definition} $$\n\nfrom the "
            f"point ${self.place}$, with the full step (no learning rate).\n\nGive the coordinates of the new point, "
            "exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: a model, a linear system, a difference."""
        return (
            "Newton's method replaces f by a quadratic model, and goes to the one critical point of the model. Which "
            "derivatives does the model need?",
            f"Compute the gradient and the Hessian at ${typeset(self.at)}$. Only their values there are used.",
            r"Solve the linear system $H_f\, s = \nabla f$ for the step $s$, and subtract: new point = "
            f"${typeset(self.at)} - s$.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient, Hessian, linear system, new point."""
        yield from self.gradient_steps()
        yield Step("The Hessian there:", rf"H_f\,{typeset(self.at)} = {typeset_matrix(self.curvature)}")
        step = plus(self.at, scaled(Integer(-1), self.key()))
        yield Step(
            "Solve the linear system for the step:", rf"H_f\, s = \nabla f \quad\Rightarrow\quad s = {typeset(step)}"
        )
        yield Step("Subtract the step:", f"{typeset(self.at)} - {typeset(step)} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Wrong sign, no inverse, gradient descent, parts of the Hessian only, slips."""
        yield from self._rule_mistakes()
        yield from (mistake for mistake in self._matrix_mistakes() if mistake.wrong)  # a singular one leads nowhere

    def _matrix_mistakes(self) -> Iterator[Mistake]:
        yield from self._hessian_mistakes()
        yield from self.gradient_mistakes(lambda slopes: self._moved(self.curvature, slopes))
        here = dict(zip(self.variables, self.at, strict=True))
        for slip in slip_mistakes(self.formula, self.variables, self.curvature, lambda e: e.xreplace(here), True):
            yield Mistake(f"Hessian: {slip.name}", self._moved(slip.wrong, self.slopes),
                          f"In the Hessian: {lowered(slip.says)}", slip.next, HALF, likely=slip.likely)  # fmt: skip

    def _rule_mistakes(self) -> Iterator[Mistake]:
        H, slopes, at = self.curvature, self.slopes, self.at
        step = plus(at, scaled(Integer(-1), self.key()))
        yield Mistake("step added", plus(at, step), "You added the step. It is subtracted.", RULE, HALF)
        yield Mistake("the start", at, "That is the point you start from: nothing moved.", RULE)
        yield Mistake("only the step", step, f"That is the step, not where it leads. You start from {plain(at)}.",
                      "Subtract it from the point.", HALF)  # fmt: skip
        yield Mistake("only the step, with its sign", scaled(Integer(-1), step),
                      f"That is the step, not where it leads. You start from {plain(at)}.",
                      "Add it to the point.", HALF)  # fmt: skip
        product = tuple(H * ImmutableMatrix(slopes))
        yield Mistake("multiplied by the Hessian", plus(at, scaled(Integer(-1), product)),
                      "You multiplied the gradient by the Hessian. It is multiplied by the inverse.",
                      "Solve H s = ∇f for the step s.", HALF)  # fmt: skip
        yield Mistake("gradient subtracted, no Hessian", plus(at, scaled(Integer(-1), slopes)),
                      "This is gradient descent with the learning rate 1. Newton's method divides by the curvature.",
                      "Solve H s = ∇f for the step s.")  # fmt: skip
        yield Mistake("divided by the determinant only", plus(at, scaled(-1 / H.det(), slopes)),
                      "You divided by the determinant of the Hessian. The whole inverse is needed.",
                      "Solve H s = ∇f for the step s.")  # fmt: skip
        adjugate = tuple(H.adjugate() * ImmutableMatrix(slopes))
        yield Mistake("determinant left out of the inverse", plus(at, scaled(Integer(-1), adjugate)),
                      "In the inverse of the Hessian the division by the determinant is missing.",
                      "Divide by the determinant.", HALF)  # fmt: skip
        yield Mistake("factor 1/2 taken from Taylor", plus(at, scaled(-Integer(1) / 2, step)),
                      "You went only half the way.", "The 1/2 of the Taylor polynomial is gone after differentiating.",
                      HALF)  # fmt: skip
        yield Mistake("twice the step", plus(at, scaled(Integer(-2), step)), "You went twice as far as the step.",
                      "The model uses half of the Hessian; its gradient uses all of it.", HALF)  # fmt: skip
        for one in uphill_along_one_axis(at, self.key()):
            yield replace(one, name="one coordinate moved the wrong way")
        for i in range(len(at)):
            alone = (*at[:i], self.key()[i], *at[i + 1 :])
            yield Mistake("only one coordinate moved", alone, "Only one coordinate moved. The step moves all of them.",
                          "Subtract every component of the step.", HALF)  # fmt: skip
        if len(at) == 2:
            wrong_det = H[0, 0] * H[1, 1] + H[0, 1] * H[1, 0]
            if wrong_det != 0:
                moved = plus(at, scaled(Integer(-1) / wrong_det, adjugate))
                yield Mistake("sign in the determinant", moved, "In the determinant the second product was added. "
                              "It is subtracted.", "det H = a·d - b·c.", HALF)  # fmt: skip

    def _hessian_mistakes(self) -> Iterator[Mistake]:
        H, slopes, at, n = self.curvature, self.slopes, self.at, len(self.at)
        diagonal = ImmutableMatrix(n, n, lambda i, j: H[i, j] if i == j else Integer(0))
        yield Mistake("mixed derivatives left out", self._moved(diagonal, slopes),
                      "You divided each slope by its own second derivative. The mixed derivatives are not 0 here.",
                      "Solve the whole linear system.", HALF)  # fmt: skip
        if all(H):
            entries = ImmutableMatrix(n, n, lambda i, j: 1 / H[i, j])
            yield Mistake("entries of the Hessian inverted one by one",
                          plus(at, scaled(Integer(-1), tuple(entries * ImmutableMatrix(slopes)))),
                          "You inverted each entry. The inverse of a matrix is something else.",
                          "Solve H s = ∇f for the step s.")  # fmt: skip
        if n == 2:
            off = {(0, 1): -H[0, 1], (1, 0): -H[1, 0]}
            yield Mistake("signs off the diagonal of the inverse", self._moved(with_entries(H, off), slopes),
                          "In the inverse the entries off the diagonal have the opposite sign; that went wrong.",
                          "Check: H times the step should be the gradient.", HALF)  # fmt: skip
            not_swapped = ImmutableMatrix([[H[0, 0], -H[0, 1]], [-H[1, 0], H[1, 1]]]) / H.det()
            yield Mistake("diagonal of the inverse not swapped",
                          plus(at, scaled(Integer(-1), tuple(not_swapped * ImmutableMatrix(slopes)))),
                          "In the inverse of a 2 by 2 matrix the two entries on the diagonal change places.",
                          "Check: H times the step should be the gradient.", HALF)  # fmt: skip
            yield Mistake("diagonal of the Hessian swapped",
                          self._moved(with_entries(H, {(0, 0): H[1, 1], (1, 1): H[0, 0]}), slopes),
                          "The two pure second derivatives are exchanged.",
                          f"The derivative twice along {self.names[0]} comes first.", HALF)  # fmt: skip
            step = plus(self.key(), scaled(Integer(-1), at))
            yield Mistake("components of the step swapped", plus(at, step[::-1]),
                          "The components of the step went to the wrong coordinates.",
                          "The first component moves the first coordinate.", HALF)  # fmt: skip
        two = self.key()
        there = hessian(self.f, self.variables, two)
        slopes_there = tuple(part.xreplace(dict(zip(self.variables, two, strict=True))) for part in self.formula)
        if there.det() != 0:
            second = plus(two, scaled(Integer(-1), tuple(there.LUsolve(ImmutableMatrix(slopes_there)))))
            yield Mistake("two steps", second, "This is where two steps lead. The question asks for one.",
                          "Stop after the first.", HALF)  # fmt: skip

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong gradient or Hessian found earlier is followed."""
        return {**super().earlier(), "hessian": (Matrix(self.names, self.names, numbers=True), self.curvature)}

    def follow(self, **values: Any) -> Coordinates:
        """Use the student's own gradient, or Hessian, or both."""
        led = self._moved(values.get("hessian", self.curvature), values.get("gradient", self.slopes))
        return led or self.key()  # a Hessian without an inverse leads nowhere

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl with its lowest point elsewhere (level 1), a cubic (2), any polynomial of two variables (3)."""
        x, y = Symbol("x"), Symbol("y")
        a, b, c = rng.choice((1, 2, 3)), rng.choice((1, 2, 3, 5)), rng.choice((-2, -1, 1, 2))
        p, q = rng.choice((-4, -2, 2, 4, 6)), rng.choice((-6, -3, 3, 5))
        at = (Integer(rng.choice((-2, -1, 1, 2, 3))), Integer(rng.choice((-2, -1, 1, 2))))
        try:
            if level == 1:
                return cls(a * x**2 + c * x * y + b * y**2 + p * x + q * y, at)
            if level == 2:
                return cls(rng.choice((x**3 + c * x * y + b * y**2, a * x**2 + c * x * y**2 + b * y**2)), at)
            return cls(*draw_curved(rng, 1))
        except ProblemError:  # a singular Hessian was drawn: draw again
            return cls.draw(rng, level)

    def is_well_behaved(self) -> bool:
        """The mixed derivative counts, the point moves, and the new point has small fractions."""
        key, H = self.key(), self.curvature
        moved = all(a != b for a, b in zip(key, self.at, strict=True))
        return moved and H[0, 1] != 0 and all(abs(part) <= 12 and part.q <= 40 for part in key) and all(self.slopes)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the steepest way down, and the step to the student's own point."""
        return step_picture(self, answer)
