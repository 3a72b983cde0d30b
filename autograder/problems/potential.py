"""The potential of a vector field, or that there is none."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, cos, diff, exp, log, sin

from autograder.answers.kinds import Kind, UpToConstant
from autograder.answers.kinds.up_to_constant import NOT_CONSERVATIVE
from autograder.notation import listing, plain, typeset
from autograder.problems.mistake import Mistake
from autograder.problems.own_answer import own_value
from autograder.problems.potential_mistakes import PotentialMistakes
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_variables
from nabla.potential import PotentialUnknownError, antiderivative, curls, holes, potential
from nabla.second_order import sum_of_letters

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

CONVENTIONS = ("gradient", "force")


@dataclass(frozen=True)
class Potential(Problem):
    """A potential of the field F, up to a constant, or the words "not conservative".

    With the convention "gradient" the potential is a function whose gradient is F; with "force" it is one whose
    gradient is -F, as a potential energy is for a force.

    >>> from sympy.abc import x, y
    >>> Potential((2*x*y, x**2 + 3)).key()
    x**2*y + 3*y
    >>> Potential((-y, x)).key()
    'not conservative'
    >>> k = Symbol("k")
    >>> Potential((-k*x, 0), convention="force", variables=(x, y)).key()
    k*x**2/2
    """

    field: tuple[Expr, ...]
    convention: str = "gradient"
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.field, Expr | str) or not hasattr(self.field, "__iter__"):
            raise ProblemError(f"field should be a tuple of components, such as (2*x*y, x**2), not {self.field!r}.")
        field = tuple(exact(part, f"component {i} of the field") for i, part in enumerate(self.field, 1))
        object.__setattr__(self, "field", field)
        given = tuple(Symbol(v.name) for v in self.variables)
        variables = given or exact_variables(sum_of_letters(field), ())
        object.__setattr__(self, "variables", variables)
        if len(field) != len(variables):
            names = listing(v.name for v in variables)
            raise ProblemError(f"The field has {len(field)} components and the variables are {names}; name them.")
        if self.convention not in CONVENTIONS:
            raise ProblemError(f'convention is "gradient" or "force", not {self.convention!r}.')
        try:
            _ = self.found
        except PotentialUnknownError as error:
            raise ProblemError(f"For the field {plain(field)} {error}. Choose another field.") from error

    @cached_property
    def found(self) -> Expr | None:
        """A function whose gradient is the field, or None."""
        return potential(self.field, self.variables)

    @property
    def sign(self) -> int:
        """1 where the gradient of the potential is the field, -1 where it is minus the field."""
        return -1 if self.convention == "force" else 1

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables."""
        return tuple(v.name for v in self.variables)

    @property
    def kind(self) -> Kind:
        """An expression up to a constant, or words."""
        return UpToConstant(self.names)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables, and the letters for constants in the field."""
        others = sum_of_letters(self.field).free_symbols - set(self.variables)
        return (*self.variables, *sorted(others, key=str))

    def key(self) -> Expr | str:
        """Return the potential, or "not conservative"."""
        return NOT_CONSERVATIVE if self.found is None else self.sign * self.found

    @property
    def wanted(self) -> str:
        """What the potential is to satisfy, in LaTeX."""
        return r"\nabla \varphi = F" if self.sign > 0 else r"F = -\nabla \varphi"

    def statement(self) -> Prose:
        """Ask for the potential."""
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Is the field\n\n$$ F({names}) = {typeset(self.field)} $$\n\nconservative, on all of its domain? If it "
            rf"is, find a **potential**: a function $\varphi$ with ${self.wanted}$."
            f"\n\nGive one expression in ${names}$ (a constant that is added does not matter), or the words "
            f'`"{NOT_CONSERVATIVE}"`.'
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: mixed derivatives, one integral, what it leaves open."""
        x, y = self.variables[:2]
        sign = "" if self.sign > 0 else " Here F is minus the gradient: mind the sign at the end."
        return (
            "If F is a gradient, its components are slopes of one function. What do the mixed second derivatives of "
            "that function tell you about the components?",
            rf"Compare $\partial F_1/\partial {typeset(y)}$ with $\partial F_2/\partial {typeset(x)}$ (and so on for "
            "more variables). If they differ, there is no potential. If they agree, is there a hole in the domain?",
            f"If there is a potential, integrate $F_1 = {typeset(self.field[0])}$ along ${typeset(x)}$; the constant "
            f"may depend on the other variables. Differentiate along ${typeset(y)}$ and compare with $F_2$ to find "
            f"it.{sign}",
        )

    def steps(self) -> Iterator[Step]:
        """Mixed derivatives, then one integral after the other."""
        pairs = combinations(range(len(self.variables)), 2)
        for (i, j), curl in zip(pairs, curls(self.field, self.variables), strict=True):
            a, b = self.variables[i], self.variables[j]
            left, right = diff(self.field[i], b), diff(self.field[j], a)
            yield Step(f"Compare the mixed derivatives for {a} and {b}: {'they differ.' if curl else 'they agree.'}",
                       rf"\frac{{\partial F_{i + 1}}}{{\partial {typeset(b)}}} = {typeset(left)},\quad "
                       rf"\frac{{\partial F_{j + 1}}}{{\partial {typeset(a)}}} = {typeset(right)}")  # fmt: skip
        if self.found is None:
            why = "the mixed derivatives differ" if any(curls(self.field, self.variables)) else (
                f"once round the hole at {plain(holes(self.field, self.variables)[0])} the field adds up to more than "
                "0")  # fmt: skip
            yield Step(f"So there is no potential: {why}.", r"\oint F \cdot dr \neq 0")
            return
        known: Expr = self.found * 0
        for i, (part, variable) in enumerate(zip(self.field, self.variables, strict=True), 1):
            rest = (part - diff(known, variable)).simplify()
            new = antiderivative(rest, variable)
            missing = rf"F_{i} - \frac{{\partial}}{{\partial {typeset(variable)}}}\left({typeset(known)}\right) = "
            yield Step(
                f"What is missing in the slope along {variable}, integrated along {variable}:"
                if known != 0
                else f"The first component, integrated along {variable}:",
                rf"{missing if known != 0 else f'F_{i} = '}{typeset(rest)} \quad\Rightarrow\quad {typeset(new)}",
            )
            known += new
        yield Step("Together, up to a constant:", rf"\varphi = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The wrong decision, the sign, common terms counted twice, one component only, no integral at all."""
        yield from PotentialMistakes(self.field, self.variables, self.found, self.sign).all()

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a gradient or nearly one: polynomials (level 1), with e^, sin, cos (2), in space or with a hole (3)."""
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = (rng.choice((-3, -2, 2, 3, 4)) for _ in range(3))
        variables: tuple[Symbol, ...] = (x, y)
        if level == 1:
            phi = rng.choice((a * x**2 * y + b * y**2, a * x * y + b * x**2 + c * y, x * y**2 + a * x**2 + b * y,
                              a * x**3 * y + b * y, x**2 * y**2 + a * x + b * y, a * x * y**2 + b * x * y))  # fmt: skip
        elif level == 2:
            phi = rng.choice(
                (
                    a * y * exp(x) + b * y**2,
                    a * x * sin(y) + b * x**2,
                    exp(a * x) * y + b * x,
                    a * y**2 * cos(x) + b * y,
                    a * x * exp(y) + b * x * y,
                    a * exp(x * y) + b * y,
                )
            )
        elif rng.random() < 0.3:
            return cls(rng.choice(((a * -y / (x**2 + y**2), a * x / (x**2 + y**2)),
                                   (a * x / (x**2 + y**2), a * y / (x**2 + y**2)),
                                   (a * log(y) + b, a * x / y))), rng.choice(CONVENTIONS))  # fmt: skip
        else:
            variables = (x, y, z)
            phi = rng.choice((a * x * y * z + b * z**2, a * x**2 * y + b * y * z**2, x * exp(z) * a + b * y * z,
                              a * x * y + b * y * z + c * x * z, a * y**2 * z + b * x * z + x**2))  # fmt: skip
        field = [diff(phi, v) for v in variables]
        if rng.random() < 0.3:  # one mixed term changed: no gradient any more
            place = rng.randrange(len(field))
            mixed = [t for t in field[place].as_ordered_terms() if t.free_symbols - {variables[place]}]
            field[place] -= rng.choice((2, -1)) * rng.choice(mixed) if mixed else 0
        return cls(tuple(field), "gradient" if level == 1 or rng.random() < 0.7 else "force", variables)

    def is_well_behaved(self) -> bool:
        """Every component counts."""
        return all(part.free_symbols for part in self.field)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the field, and the level curves of the student's own potential; None in space."""
        if len(self.variables) != 2:
            return None
        from nabla.explore.potential_picture import potential_picture

        own = own_value(self, answer)
        free = {s: Integer(0) for s in own.free_symbols - set(self.letters)} if isinstance(own, Expr) else {}
        return potential_picture(self.field, own.xreplace(free) if isinstance(own, Expr) else None, self.variables)
