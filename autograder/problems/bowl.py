"""A quadratic bowl to descend: what the problems about learning rates share."""

from __future__ import annotations

import random
from abc import ABC
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Symbol

from autograder.answers.kinds import Kind, Number
from autograder.notation import typeset
from autograder.problems.matrix_mistakes import typeset_matrix
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Step, exact, exact_variables
from nabla.exact_descent import curvatures, hessian_of_quadratic

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class OnBowl(Problem, ABC):
    """A problem about descent on a quadratic bowl `f`."""

    f: Expr
    variables: tuple[Symbol, ...]

    def _normalise(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        try:
            _ = self.curvatures
        except ValueError as error:
            raise ProblemError(f"{error}. A learning rate has a limit of its own only on a quadratic bowl.") from error

    @property
    def kind(self) -> Kind:
        """A number."""
        return Number()

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f."""
        return self.variables

    @cached_property
    def curvatures(self) -> tuple[Expr, ...]:
        """The eigenvalues of the Hessian, the smallest first."""
        return curvatures(self.f, self.variables)

    @property
    def definition(self) -> str:
        """The function in LaTeX, as an equation."""
        return f"f({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.f)}"

    def hessian_steps(self) -> Iterator[Step]:
        """Work out the Hessian and its eigenvalues."""
        hessian = hessian_of_quadratic(self.f, self.variables)
        yield Step("The second derivatives, collected in the Hessian:", f"H_f = {typeset_matrix(hessian)}")
        yield Step(
            "Its eigenvalues are the curvatures of the bowl:", rf"\kappa = {', '.join(map(typeset, self.curvatures))}"
        )

    def is_well_behaved(self) -> bool:
        """The curvatures are whole numbers that differ, and the mistakes are told apart."""
        values = self.curvatures
        return all(h.is_Integer and h <= 60 for h in values) and values[0] != values[-1] and len(self.mistakes()) >= 8

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw a descent from (3, 2) with the student's own learning rate; None without one and beyond the plane."""
        value = own_value(self, answer)
        rate = as_floats((value,)) if value is not None else None
        if len(self.variables) != 2 or not rate or not rate[0] > 0:
            return None
        from nabla.explore import path_picture
        from nabla.explore.plane import PlaneFunction

        bowl, path = PlaneFunction.of(self.f, self.variables), [(3.0, 2.0)]
        while len(path) < 9 and max(map(abs, path[-1])) < 40:
            (x, y), (u, v) = path[-1], bowl.gradient_at(path[-1])
            path.append((x - rate[0] * u, y - rate[0] * v))
        return path_picture(self.f, path, "descent with your learning rate", None, self.variables)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl along the axes (level 1), one off the origin or in three variables (2), a tilted one (3)."""
        return cls(draw_bowl(rng, level))  # type: ignore[call-arg]


def coefficient_mistakes(problem: OnBowl, rate: Callable[[Sequence[Expr]], Expr]) -> Iterator[Mistake]:
    """Yield the rates that come of coefficients taken for curvatures, and of the mixed term left out."""
    values = problem.curvatures
    yield Mistake(
        "coefficients taken for curvatures",
        rate([h / 2 for h in values]),
        "You used the coefficients of the squares. The curvature is the second derivative: of a·x^2 it is 2a.",
        "Differentiate twice.",
        HALF,
    )
    hessian = hessian_of_quadratic(problem.f, problem.variables)
    if not hessian.is_diagonal():
        diagonal = sorted((hessian[i, i] for i in range(hessian.rows)), key=float)
        yield Mistake(
            "mixed term left out",
            rate(diagonal),
            "You used only the pure second derivatives. The mixed term tilts the bowl: its steepest axis lies askew.",
            "Find the eigenvalues of the whole Hessian.",
            HALF,
        )


def draw_bowl(rng: random.Random, level: int, three: bool = False) -> Expr:
    """Draw a quadratic bowl whose curvatures are whole numbers."""
    x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
    a, b, c = rng.sample((1, 2, 3, 4, 5, 6, 8, 10), 3)
    if level == 1:
        return a * x**2 + b * y**2
    if level == 2:
        shift = rng.choice((-3, -2, -1, 1, 2, 3))
        return rng.choice(
            (a * (x - shift) ** 2 + b * y**2 + c, a * x**2 + b * y**2 + c * z**2, a * x**2 + b * y**2 + shift * x)
        )
    tilt = rng.choice([t for t in range(-2 * a + 1, 2 * a) if t])
    if three:  # of two curvatures the sum is that of the pure second derivatives: the tilt would not matter
        return a * x**2 + tilt * x * y + a * y**2 + b * z**2
    return rng.choice((a * x**2 + tilt * x * y + a * y**2, (a % 3 + 1) * (x + 2 * y) ** 2 + (y - 2 * x) ** 2)).expand()
