"""What problems about f on a curve or surface g = c share: exact data, Lagrange's points, words."""

from __future__ import annotations

import random
from abc import ABC
from collections.abc import Iterator
from functools import cached_property

from sympy import Expr, Integer, Symbol, expand

from autograder.answers import of
from autograder.answers.answer import Equation
from autograder.notation import listing, plain, typeset
from autograder.problems.problem import Problem, ProblemError, Step, exact, exact_variables
from nabla.calculus import gradient
from nabla.lagrange import lagrange_points, multiplier, put_in, singular_points
from nabla.polynomial_systems import NoClosedFormError, NotIsolatedError, Solution
from nabla.second_order import sum_of_letters

X, Y, Z = Symbol("x"), Symbol("y"), Symbol("z")


class Constrained(Problem, ABC):
    """A problem with `f`, a constraint given by `g` and `level` (g = level) and the `variables`."""

    f: Expr
    g: Expr
    level: Expr
    variables: tuple[Symbol, ...]

    def _normalise(self) -> None:
        """Make the data exact; `g` may be an equation. Say now, not later, what cannot be solved."""
        object.__setattr__(self, "f", exact(self.f, "f"))
        read = of(self.g)
        if isinstance(read, Equation):
            constant = not read.right.free_symbols
            object.__setattr__(self, "g", exact(read.left if constant else read.left - read.right, "g"))
            object.__setattr__(self, "level", exact(read.right, "level") if constant else Integer(0))
        else:
            object.__setattr__(self, "g", exact(self.g, "the constraint"))
            object.__setattr__(self, "level", exact(self.level, "level"))
        if self.level.free_symbols:
            raise ProblemError(f"The constraint is g = a number; {plain(self.level)} is none.")
        object.__setattr__(self, "variables", exact_variables(sum_of_letters((self.f, self.g)), self.variables))
        if len(self.variables) < 2:
            raise ProblemError("A constraint in one variable leaves single points; take two or three variables.")
        try:
            found = (*self.stationary, *self.singular)
        except TypeError as error:
            raise ProblemError("f and g should be polynomials here.") from error
        except (NotIsolatedError, NoClosedFormError) as error:
            raise ProblemError(f"Lagrange's equations: {error}. Choose another f or g.") from error
        if not found:
            raise ProblemError(f"{plain(self.f)} has no Lagrange point on {self.constraint}. Choose another f or g.")

    @property
    def zero(self) -> Expr:
        """The constraint as an expression that is zero on it."""
        return self.g - self.level

    @cached_property
    def stationary(self) -> tuple[Solution, ...]:
        """The points where grad f is a multiple of grad g, which is not zero."""
        return lagrange_points(self.f, self.zero, self.variables)

    @cached_property
    def singular(self) -> tuple[Solution, ...]:
        """The points of the constraint where grad g is zero."""
        return singular_points(self.zero, self.variables)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables."""
        return self.variables

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables."""
        return tuple(v.name for v in self.variables)

    @property
    def constraint(self) -> str:
        """The constraint in plain text."""
        return f"{plain(self.g)} = {plain(self.level)}"

    def value_at(self, point: Solution) -> Expr:
        """Return the value of f at a point."""
        return expand(put_in(self.f, self.variables, point))

    def is_on(self, point: Solution) -> bool:
        """Whether a point lies on the constraint; its coordinates may be decimals."""
        rest = put_in(self.zero, self.variables, point)
        return bool(rest.is_number and abs(rest.evalf()) <= 1e-3 * (1 + abs(self.level.evalf())))

    def lagrange_steps(self) -> Iterator[Step]:
        """The condition, its equations, its solutions with their multipliers and values."""
        above, below = tuple(gradient(self.f, self.variables)), tuple(gradient(self.g, self.variables))
        yield Step("The gradients of f and of the constraint:",
                   rf"\nabla f = {typeset(above)},\quad \nabla g = {typeset(below)}")  # fmt: skip
        equations = r",\quad ".join(
            rf"{typeset(a)} = \lambda \cdot \left({typeset(b)}\right)" for a, b in zip(above, below, strict=True)
        )
        yield Step("They must be parallel, and the point must lie on the constraint:",
                   rf"{equations},\quad {typeset(self.g)} = {typeset(self.level)}")  # fmt: skip
        for point in self.stationary:
            value = multiplier(self.f, self.zero, self.variables, point)
            yield Step(f"A solution is {plain(point)}:",
                       rf"\lambda = {typeset(value.simplify())},\quad f = {typeset(self.value_at(point))}")  # fmt: skip
        if self.singular:
            places = listing(plain(point) for point in self.singular)
            yield Step(f"Where grad g = 0 the condition says nothing; look there by hand: {places}.",
                       ",".join(rf"f{typeset(p)} = {typeset(self.value_at(p))}" for p in self.singular))  # fmt: skip

    @property
    def equations_in_words(self) -> str:
        """The first of Lagrange's equations, in LaTeX."""
        x = self.variables[0]
        left, right = typeset(self.f.diff(x)), typeset(self.g.diff(x))
        return rf"{left} = \lambda \cdot \left({right}\right)"


def draw_constrained(rng: random.Random, level: int) -> tuple[Expr, Expr, Expr]:
    """Draw f, g and the level: a line or circle (1), an ellipse or a product on a circle (2), in space (3).

    >>> len(draw_constrained(random.Random(1), 1))
    3
    """
    a, b = rng.choice((1, 2, 3)), rng.choice((1, 2, 3, -1, -2))
    s = rng.choice((1, 2, 3))
    p, q, r = rng.choice(((3, 4, 5), (4, 3, 5), (5, 12, 13), (-3, 4, 5), (8, 6, 10), (4, -3, 5)))
    if level == 1:
        n = rng.choice((6, 10, 12))
        return rng.choice((
            (s * p * X + s * q * Y, X**2 + Y**2, Integer(r**2)), (p * X + q * Y, X**2 + Y**2, Integer(s**2)),
            (X * Y, a * X + 2 * Y, Integer(2 * n)), (X**2 + Y**2, p * X + q * Y, Integer(r**2)),
            (a * X * Y, X + Y, Integer(n)),
        ))  # fmt: skip
    if level == 2:
        k = rng.choice((1, 2, 3))
        return rng.choice((
            (b * X * Y, X**2 + Y**2, Integer(2 * k**2)), (b * X * Y, X**2 + 4 * Y**2, Integer(8 * k**2)),
            (b * X**2 * Y, X**2 + 2 * Y**2, Integer(6 * k**2)), (X**2 + (b + 3) * Y**2, X**2 + Y**2, Integer(k**2)),
            (b * X + 2 * b * Y, X**2 + 2 * Y**2, Integer(3 * k**2)),
            (X**2 + 2 * b * Y, X**2 + Y**2, Integer((b * 2) ** 2)),
        ))  # fmt: skip
    u, v, w, length = rng.choice(((1, 2, 2, 3), (2, 3, 6, 7), (2, -1, 2, 3), (-2, 1, 2, 3), (1, 4, 8, 9)))
    return rng.choice((
        (s * u * X + s * v * Y + s * w * Z, X**2 + Y**2 + Z**2, Integer(length**2)),
        (X**2 + Y**2 + Z**2, u * X + v * Y + w * Z, Integer(length**2)),
        (u * X + v * Y + w * Z, X**2 + Y**2 + Z**2, Integer(s**2)),
        (X * Y * Z * b, X**2 + Y**2 + Z**2, Integer(3 * a**2)),
        (X * Y * Z * b, X + Y + 2 * Z, Integer(6 * a)),
        (u * X + v * Y + 2 * w * Z, X**2 + Y**2 + 2 * Z**2, Integer(u**2 + v**2 + 2 * w**2)),
    ))  # fmt: skip


def is_short(value: Expr) -> bool:
    """Whether a number is a small fraction, or the root of one.

    >>> from sympy import sqrt
    >>> is_short(sqrt(2)), is_short(sqrt(2) + 1)
    (True, False)
    """
    square = value**2
    return bool(square.is_Rational and square <= 2000 and square.q <= 200)
