"""The Jacobian of a vector of functions: a row of slopes for each of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, ImmutableMatrix, Integer, Symbol, cos, diag, exp, sin

from autograder.answers.kinds import Kind, Matrix
from autograder.notation import listing, plain, typeset
from autograder.problems.matrix_mistakes import (
    order_mistakes,
    sign_mistakes,
    slip_mistakes,
    typeset_matrix,
)
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point, exact_variables
from nabla.second_order import jacobian, sum_of_letters

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class Jacobian(Problem):
    """The Jacobian of F: a row for each component, a column for each variable; numbers where `at` is given.

    >>> from sympy.abc import x, y
    >>> Jacobian((x*y, x + y**2), at=(1, 2)).key()
    Matrix([
    [2, 1],
    [1, 4]])
    >>> Jacobian((x*y, x + y**2)).mistakes()[0].name
    'transposed'
    """

    F: tuple[Expr, ...]
    at: tuple[Expr, ...] = ()
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.F, Expr | str) or not hasattr(self.F, "__iter__") or not tuple(self.F):
            raise ProblemError(f"F should be a tuple of functions, such as (x*y, x + y), not {self.F!r}.")
        F = tuple(exact(part, f"component {i} of F") for i, part in enumerate(self.F, 1))
        object.__setattr__(self, "F", F)
        object.__setattr__(self, "variables", exact_variables(sum_of_letters(F), self.variables))
        at = exact_point(self.at, self.variables, "at") if self.at is not None and len(self.at) else ()
        object.__setattr__(self, "at", at)
        self.key()  # says now, not later, if the point is outside the domain

    @property
    def kind(self) -> Kind:
        """A matrix of numbers or of expressions."""
        return Matrix(self.rows, tuple(v.name for v in self.variables), numbers=bool(self.at))

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the components."""
        return tuple(f"F{i}" for i in range(1, len(self.F) + 1))

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables."""
        return self.variables

    @property
    def matrix(self) -> ImmutableMatrix:
        """The Jacobian as a formula."""
        return jacobian(self.F, self.variables)

    @property
    def place(self) -> str:
        """The point in LaTeX, as an equation."""
        if len(self.variables) == 1:
            return f"{typeset(self.variables[0])} = {typeset(self.at[0])}"
        return f"({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.at)}"

    def key(self) -> ImmutableMatrix:
        """Return the Jacobian, at the point where there is one."""
        return jacobian(self.F, self.variables, self.at or None)

    def _finish(self, expr: Expr) -> Expr:
        return expr.xreplace(dict(zip(self.variables, self.at, strict=True))) if self.at else expr

    def statement(self) -> Prose:
        """Ask for the matrix."""
        names = ", ".join(typeset(v) for v in self.variables)
        where = f"\n\nat the point ${self.place}$" if self.at else ""
        form = "numbers, exact or to four digits" if self.at else "formulas"
        return Prose(
            f"Find the **Jacobian** of\n\n$$ F({names}) = {typeset(self.F)} $${where}\n\nGive a matrix of {form} with "
            f"{len(self.F)} row{'s' * (len(self.F) > 1)}, one for each component of $F$, and {len(self.variables)} "
            f"column{'s' * (len(self.variables) > 1)}, one for each of ${names}$: as a list of rows "
            "`[[…, …], […, …]]` or as a `Matrix`."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: one component at a time, its gradient lying down."""
        first = typeset(self.F[0])
        last = f" In the end put ${self.place}$ into every entry." if self.at else ""
        return (
            "Take one component of F alone. Which vector holds all its slopes?",
            "Each row of the Jacobian is the gradient of one component, written as a row. How many rows and columns "
            "does that make here?",
            f"For the first row differentiate ${first}$ along {listing(f'${typeset(v)}$' for v in self.variables)}, "
            f"one after the other. Then the next component.{last}",
        )

    def steps(self) -> Iterator[Step]:
        """A row for each component, the matrix, the point."""
        for i, part in enumerate(self.F):
            row = typeset(tuple(self.matrix.row(i)))
            yield Step(f"Row {i + 1}, the gradient of component {i + 1}:",
                       rf"\nabla\left({typeset(part)}\right) = {row}")  # fmt: skip
        yield Step("All rows together:", f"J = {typeset_matrix(self.matrix)}")
        if self.at:
            yield Step(f"At {plain(self.at)}:", f"J{typeset(self.at)} = {typeset_matrix(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Not evaluated, turned round, something else, wrong signs, slips in differentiating."""
        key = self.key()
        if self.at:
            yield from self._point_mistakes()
        yield from order_mistakes(key)
        yield from self._other_things(key)
        yield from sign_mistakes(key)
        yield from slip_mistakes(self.F, self.variables, key, self._finish)
        if self.at:
            turned = dict(zip(self.variables, reversed(self.at), strict=True))
            for one in order_mistakes(self.matrix):
                yield replace(one, name=f"{one.name}, not evaluated at the point",
                              says=f"{one.says} And the point is not put in yet.")  # fmt: skip
            for one in order_mistakes(self.matrix.xreplace(turned)):
                yield replace(one, name=f"{one.name}, coordinates of the point swapped",
                              says=f"{one.says} And the coordinates of the point are exchanged.")  # fmt: skip

    def _point_mistakes(self) -> Iterator[Mistake]:
        values = listing(f"{v} = {plain(c)}" for v, c in zip(self.variables, self.at, strict=True))
        yield Mistake("not evaluated at the point", self.matrix,
                      f"This is the Jacobian as a formula. The question asks for it at {plain(self.at)}.",
                      f"Put {values} into every entry.", HALF)  # fmt: skip
        turned = dict(zip(self.variables, reversed(self.at), strict=True))
        yield Mistake("coordinates of the point swapped", self.matrix.xreplace(turned),
                      f"This is the Jacobian at {plain(tuple(reversed(self.at)))}. The point is {plain(self.at)}.",
                      f"Use {values}.", HALF)  # fmt: skip
        for variable, value in zip(self.variables, self.at, strict=True):
            yield Mistake(f"only {variable} put in", self.matrix.xreplace({variable: value}),
                          f"You put in {variable} = {plain(value)} and left the rest.",
                          f"Put {values} into every entry.", HALF)  # fmt: skip

    def _other_things(self, key: ImmutableMatrix) -> Iterator[Mistake]:
        pack = f"Give the whole matrix, {key.rows} by {key.cols}."
        if key.rows == key.cols > 1:
            trace = key.trace()
            yield Mistake("determinant", key.det(), "That is the determinant of the Jacobian, one number.", pack, HALF)
            yield Mistake("divergence", trace, "That is the sum of the diagonal, the divergence of F.", pack)
            own = tuple(key[i, i] for i in range(key.rows))
            yield Mistake(
                "each component along one variable only",
                own,
                "You differentiated each component along one variable. Each depends on all of them.",
                pack,
            )
            yield Mistake("diagonal only", diag(*own).as_immutable(),
                          "You differentiated each component along one variable and put 0 elsewhere.",
                          "Differentiate every component along every variable.", HALF)  # fmt: skip
        if key.rows > 1:
            for i in range(key.rows):
                yield Mistake(f"gradient of component {i + 1} only", tuple(key.row(i)),
                              f"That is the gradient of component {i + 1}, one row of the Jacobian.", pack)  # fmt: skip
            total = tuple(sum(key.col(j), Integer(0)) for j in range(key.cols))
            yield Mistake("components added", total,
                          "You added the slopes of all components. The Jacobian keeps the components apart, a row for "
                          "each.", pack)  # fmt: skip
        yield Mistake(
            "F itself",
            tuple(self._finish(part) for part in self.F),
            "That is F, not its derivative.",
            "Differentiate every component along every variable.",
        )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw two polynomials (level 1), with e^, sin and cos (2), three components or three variables (3)."""
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = (rng.choice((-3, -2, 2, 3, 4)) for _ in range(3))
        at = [rng.choice((-2, -1, 1, 2, 3)), rng.choice((-2, -1, 1, 2))]
        F: tuple[Expr, ...]
        if level == 1:
            F = rng.choice(
                ((a * x**2 * y, b * x + c * y**2), (x * y + a * x, b * x**2 + y**3), (a * x * y**2, x + b * y))
            )
        elif level == 2:
            F = rng.choice(((a * y * exp(x), b * x * y**2), (y**2 * sin(x) + b * x, a * x * y),
                            (a * x * y, b * y * cos(x) + c * y), (exp(a * x) * y, x**2 + b * y**2)))  # fmt: skip
            at[0] = 0
        else:
            F = rng.choice(((a * x * y, b * x**2, x + c * y**3), (a * x * y * z, b * x + z**2),
                            (x * y, b * y * z, c * x * z**2), (x**2 * z + a * y, b * y * z**2)))  # fmt: skip
            if any(part.has(z) for part in F):
                at.append(rng.choice((-1, 1, 2)))
        return cls(F, tuple(at) if rng.random() < 0.6 else ())

    def is_well_behaved(self) -> bool:
        """Small numbers, no empty row or column, and no symmetry that hides a transposed matrix."""
        key = self.key()
        lines = [key.row(i) for i in range(key.rows)] + [key.col(j) for j in range(key.cols)]
        plain_numbers = not self.at or all(part.is_Rational and abs(part) <= 60 for part in key)
        return plain_numbers and all(any(line) for line in lines) and key != key.T

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw what F does to a small square, and what the student's own matrix does; None beyond the plane."""
        at = self.at or (Integer(1),) * len(self.variables)
        here = dict(zip(self.variables, at, strict=True))
        if (len(self.F), len(self.variables)) != (2, 2) or as_floats((*self.F, *self.matrix), here) is None:
            return None
        from nabla.explore.mapping_picture import mapping_picture

        entries = as_floats(own_value(self, answer), here)
        rows = None if entries is None or len(entries) != 4 else (entries[:2], entries[2:])
        return mapping_picture(self.F, at, rows, self.variables)
