"""The Hessian: the matrix of second partial derivatives, as a formula or at a point."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, ImmutableMatrix, Integer, Symbol, diag, diff, zeros

from autograder.answers.kinds import Kind, Matrix, Vector
from autograder.notation import plain, typeset
from autograder.problems.at_point import AtPoint
from autograder.problems.matrix_mistakes import (
    ZERO,
    sign_mistakes,
    slip_mistakes,
    typeset_matrix,
    with_entries,
)
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Prose, Step, exact, exact_point, exact_variables
from autograder.problems.second_order_draws import draw_curved
from autograder.problems.slips import all_slips
from nabla.calculus import gradient
from nabla.second_order import hessian, jacobian

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class Hessian(AtPoint):
    """The Hessian of f: at a point a matrix of numbers, without `at` a matrix of formulas.

    >>> from sympy.abc import x, y
    >>> Hessian(x**2 + 2*x*y + 3*y**2 + 4*x + 5).key()
    Matrix([
    [2, 2],
    [2, 6]])
    >>> problem = Hessian(x**3 * y, at=(1, 2))
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('not evaluated at the point', Matrix([
    [ 6*x*y, 3*x**2],
    [3*x**2,      0]]))
    """

    f: Expr
    at: tuple[Expr, ...] = ()
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        at = exact_point(self.at, self.variables, "at") if self.at is not None and len(self.at) else ()
        object.__setattr__(self, "at", at)
        self.key()  # says now, not later, if the point is outside the domain

    @property
    def kind(self) -> Kind:
        """A symmetric matrix of numbers, or of expressions."""
        return Matrix(self.names, self.names, numbers=bool(self.at), symmetric=True)

    @property
    def matrix(self) -> ImmutableMatrix:
        """The Hessian as a formula."""
        return hessian(self.f, self.variables)

    def key(self) -> ImmutableMatrix:
        """Return the Hessian, at the point where there is one."""
        return hessian(self.f, self.variables, self.at or None)

    def _finish(self, expr: Expr) -> Expr:
        return expr.xreplace(dict(zip(self.variables, self.at, strict=True))) if self.at else expr

    def statement(self) -> Prose:
        """Ask for the matrix."""
        n = len(self.variables)
        where = f"\n\nat the point ${self.place}$" if self.at else ""
        form = "numbers, exact or to four digits" if self.at else "formulas"
        return Prose(
            f"Find the **Hessian** $H_f$ of\n\n$$ {self.definition} $${where}: the matrix of all second partial "
            f"derivatives.\n\nGive a {n} by {n} matrix of {form}, as a list of rows `[[…, …], […, …]]` or as a "
            f"`Matrix`. Rows and columns follow the order {', '.join(f'${typeset(v)}$' for v in self.variables)}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: the gradient first, its derivatives in rows, the mixed ones."""
        x, y = typeset(self.variables[0]), typeset(self.variables[-1])
        last = f"Last, put ${self.place}$ into every entry." if self.at else "Leave the variables in."
        return (
            "Second derivatives are derivatives of first derivatives. Which vector do you need first?",
            f"Differentiate each component of the gradient along each variable again. The slope along ${x}$, "
            "differentiated along every variable, gives the first row.",
            rf"In the corner off the diagonal stands $\partial^2 f/\partial {x}\,\partial {y}$: differentiate along "
            f"${x}$, then along ${y}$. Where these derivatives are continuous, the order does not matter, and the "
            f"matrix is symmetric. {last}",
        )

    def steps(self) -> Iterator[Step]:
        """The gradient, each row, the point."""
        yield Step("First the gradient:", rf"\nabla f = {typeset(self.formula)}")
        for i, variable in enumerate(self.variables):
            yield Step(
                f"Row {i + 1}: the slope along ${typeset(variable)}$, differentiated along every variable:",
                typeset(tuple(self.matrix.row(i))),
            )
        yield Step("All rows together:", f"H_f = {typeset_matrix(self.matrix)}")
        if self.at:
            yield Step(f"At {plain(self.at)}:", rf"H_f\,{typeset(self.at)} = {typeset_matrix(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Mistakes with the point, the mixed derivatives, the kind of thing, and slips in differentiating."""
        key = self.key()
        if self.at:
            yield from self._point_mistakes()
        yield from self._mixed_mistakes(key)
        yield from self._other_things(key)
        yield from sign_mistakes(key, symmetric=True)
        yield from slip_mistakes(self.formula, self.variables, key, self._finish, symmetric=True)
        seen = {self.formula}
        for slip in all_slips():
            slopes = tuple(slip.derivative(self.f, v) for v in self.variables)
            if slopes in seen:
                continue
            seen.add(slopes)
            wrong = jacobian(slopes, self.variables).applyfunc(self._finish)
            yield Mistake(f"{slip.name} in the gradient", wrong,
                          f"The first derivatives went wrong, and the second ones with them. {slip.says}",
                          "Find the gradient again first.", HALF, likely=slip.likely)  # fmt: skip
        if self.at:
            for one in (*self._mixed_mistakes(self.matrix), *sign_mistakes(self.matrix, symmetric=True)):
                yield Mistake(f"{one.name}, not evaluated at the point", one.wrong,
                              f"{one.says} And the point is not put in yet.", one.next)  # fmt: skip

    def _point_mistakes(self) -> Iterator[Mistake]:
        put_in = f"Put {self.values} into every entry."
        yield Mistake("not evaluated at the point", self.matrix,
                      f"These are the second derivatives as formulas. The question asks for them at {plain(self.at)}.",
                      put_in, HALF)  # fmt: skip
        turned = dict(zip(self.variables, reversed(self.at), strict=True))
        yield Mistake("coordinates of the point swapped", self.matrix.xreplace(turned),
                      f"This is the Hessian at {plain(tuple(reversed(self.at)))}. The point is {plain(self.at)}.",
                      f"Use {self.values}.", HALF)  # fmt: skip
        for variable, value in zip(self.variables, self.at, strict=True):
            yield Mistake(f"only {variable} put in", self.matrix.xreplace({variable: value}),
                          f"You put in {variable} = {plain(value)} and left the rest.", put_in, HALF)  # fmt: skip
        n = len(self.variables)
        yield Mistake("point put in before differentiating", ImmutableMatrix(zeros(n, n)),
                      "This looks as if the point was put in before differentiating: then nothing is left to "
                      "differentiate.", "Differentiate twice first, put the point in last.")  # fmt: skip

    def _mixed_mistakes(self, right: ImmutableMatrix) -> Iterator[Mistake]:
        n = right.rows
        off = [(i, j) for i in range(n) for j in range(n) if i != j]
        yield Mistake("mixed derivatives left out", diag(*(right[i, i] for i in range(n))).as_immutable(),
                      "Off the diagonal belong the mixed derivatives; they are not all 0 here.",
                      "Differentiate the slope along one variable along another.", HALF)  # fmt: skip
        yield Mistake("mixed derivatives halved", with_entries(right, {p: right[p] / 2 for p in off}),
                      "The mixed derivatives are halved. Each stands in the matrix twice, each time in full.",
                      "Leave out the factor 1/2.", HALF)  # fmt: skip
        yield Mistake("mixed derivatives doubled", with_entries(right, {p: right[p] * 2 for p in off}),
                      "The mixed derivatives are doubled. That two of them are equal makes two entries, not a factor "
                      "2.", "Leave out the factor 2.", HALF)  # fmt: skip
        for name, drop in (("below", [(i, j) for i, j in off if i > j]), ("above", [(i, j) for i, j in off if i < j])):
            yield Mistake(f"nothing {name} the diagonal", with_entries(right, dict.fromkeys(drop, ZERO)),
                          f"The entries {name} the diagonal are missing. The mixed derivatives stand on both sides.",
                          "The matrix is symmetric.", HALF)  # fmt: skip
        yield Mistake("halved throughout", right / 2,
                      "Every entry is halved. The factor 1/2 belongs to the Taylor polynomial, not to the Hessian.",
                      "Give the second derivatives as they are.", HALF)  # fmt: skip
        if n == 2:
            swapped = ImmutableMatrix([[right[1, 1], right[0, 1]], [right[1, 0], right[0, 0]]])
            yield Mistake("diagonal swapped", swapped, "The two entries on the diagonal are exchanged.",
                          f"The derivative twice along {self.names[0]} comes first.", HALF)  # fmt: skip
            yield Mistake("mixed and pure derivatives exchanged", ImmutableMatrix([right.row(1), right.row(0)]),
                          "The pure second derivatives belong on the diagonal, the mixed ones off it.",
                          "Row by row: start each row with the first variable.", HALF)  # fmt: skip

    def _other_things(self, key: ImmutableMatrix) -> Iterator[Mistake]:
        slopes = ImmutableMatrix([self._finish(part) for part in self.formula])
        yield Mistake("the gradient", tuple(slopes),
                      "That is the gradient: first derivatives. The Hessian holds the second ones.",
                      "Differentiate each component of the gradient along every variable.")  # fmt: skip
        yield Mistake("first derivatives multiplied", slopes * slopes.T,
                      "You multiplied first derivatives. A second derivative is the derivative of a derivative.",
                      "Differentiate the slopes again.")  # fmt: skip
        yield Mistake("first derivatives on the diagonal", diag(*slopes).as_immutable(),
                      "On the diagonal stand the first derivatives. They have to be differentiated once more.",
                      "Differentiate each slope along every variable.")  # fmt: skip
        once = tuple(self._finish(diff(part, v)) for part, v in zip(self.formula, self.variables, strict=True))
        yield Mistake("gradient of the gradient taken component by component", once,
                      "You differentiated each component along its own variable only. Each component depends on all "
                      "variables: its derivatives fill a row.",
                      "Give a row for each component of the gradient.")  # fmt: skip
        entries = [key[i, j] for i in range(key.rows) for j in range(key.cols)]
        upper = [key[i, j] for i in range(key.rows) for j in range(i, key.cols)]
        for row in (entries, upper):
            yield Mistake("entries in one row", tuple(row), "Those are second derivatives in one row, not a matrix.",
                          "Set them in rows and columns.", HALF)  # fmt: skip
        if key.det() != 0:
            yield Mistake("inverse", key.inv(), "That is the inverse of the Hessian.", "Give the matrix itself.")
        if key.rows == 2:
            yield Mistake("adjugate", key.adjugate(), "That is the adjugate, on the way to the inverse: its diagonal "
                          "is swapped, and the other signs are flipped.", "Give the matrix itself.")  # fmt: skip
        yield Mistake("determinant", key.det(), "That is the determinant of the Hessian, one number.",
                      "Give the matrix itself.")  # fmt: skip
        yield Mistake("Laplacian", key.trace(), "That is the sum of the pure second derivatives, the Laplacian.",
                      "Give the whole matrix.")  # fmt: skip

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong gradient, as a formula, is followed."""
        return {"gradient": (Vector(self.names), self.formula)}

    def follow(self, **values: Any) -> ImmutableMatrix:
        """Differentiate the student's own gradient."""
        return jacobian(values["gradient"], self.variables).applyfunc(self._finish)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial (level 1), one with e^ and the like (2), three variables (3); half with a point."""
        f, at = draw_curved(rng, level)
        return cls(f, at if rng.random() < 0.6 else ())

    def is_well_behaved(self) -> bool:
        """The gradient and the mixed derivatives count, and the numbers are small."""
        key = self.key()
        mixed = any(key[i, j] for i in range(key.rows) for j in range(i))
        differ = key[0, 0] != key[1, 1] and bool(any(key[i, i] for i in range(key.rows)))
        if not self.at:
            return mixed and differ
        small = all(part.is_Rational and abs(part) <= 60 for part in key)
        return mixed and differ and small and any(gradient(self.f, self.variables, at=self.at))

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw how f bends at the point (at ones, without a point), and how the student's own matrix would."""
        at = self.at or (Integer(1),) * len(self.variables)
        here = dict(zip(self.variables, at, strict=True))
        if len(self.variables) != 2 or as_floats(self.matrix, here) is None:
            return None
        from nabla.explore.bending_picture import bending_picture

        entries = as_floats(own_value(self, answer), here)
        rows = None if entries is None or len(entries) != 4 else (entries[:2], entries[2:])
        return bending_picture(self.f, at, rows, self.variables)
