"""What problems about a function at a point share: exact data, the gradient there, and words for both."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from sympy import Expr, Integer, Symbol

from autograder.answers.kinds import Expression, Kind, Matrix, Number, Vector
from autograder.notation import listing, plain, typeset
from autograder.problems.look_alikes import formulas_alike, look_alikes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, Step, exact, exact_point, exact_variables
from autograder.problems.slips import all_slips
from nabla.calculus import gradient


class AtPoint(Problem, ABC):
    """A problem with a function `f`, a point `at` and the `variables`; a subclass declares the fields."""

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...]

    def _normalise(self) -> None:
        """Make the data exact, and say now, not later, if the point is outside the domain."""
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        object.__setattr__(self, "at", exact_point(self.at, self.variables, "at"))
        _ = self.slopes

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f: an answer may still hold them, and is then told so."""
        return self.variables

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables."""
        return tuple(variable.name for variable in self.variables)

    @cached_property
    def formula(self) -> tuple[Expr, ...]:
        """The gradient as a formula."""
        return tuple(gradient(self.f, self.variables))

    @cached_property
    def slopes(self) -> tuple[Expr, ...]:
        """The gradient at the point."""
        return tuple(gradient(self.f, self.variables, at=self.at))

    @property
    def slopes_kind(self) -> Kind:
        """What a gradient found in an earlier part is: a vector of numbers."""
        return Vector(self.names, numbers=True)

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong gradient found earlier is followed."""
        return {"gradient": (self.slopes_kind, self.slopes)}

    def look_alikes(self) -> Iterator[Mistake]:
        """Other values of f at the point."""
        if not self.at:  # asked for as a formula
            return formulas_alike(self.f, self.variables)
        alike = look_alikes(self.f, self.variables, self.at)
        if isinstance(self.kind, Number | Expression | Vector | Matrix):
            return alike
        return (mistake for mistake in alike if isinstance(mistake.wrong, tuple))  # the rest reads as an equation

    # -- words ------------------------------------------------------------------------------------------

    @property
    def definition(self) -> str:
        """The function in LaTeX, as an equation."""
        return f"f({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.f)}"

    @property
    def place(self) -> str:
        """The point in LaTeX, as an equation."""
        if len(self.variables) == 1:
            return f"{typeset(self.variables[0])} = {typeset(self.at[0])}"
        return f"({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.at)}"

    @property
    def values(self) -> str:
        """The coordinates in words: "x = 1 and y = 2"."""
        return listing(f"{v} = {plain(c)}" for v, c in zip(self.variables, self.at, strict=True))

    def gradient_steps(self) -> Iterator[Step]:
        """Work out the gradient, then put the point in."""
        yield Step("The gradient as a formula:", rf"\nabla f = {typeset(self.formula)}")
        yield Step(f"At the point {plain(self.at)}:", rf"\nabla f\,{typeset(self.at)} = {typeset(self.slopes)}")

    def gradient_mistakes(self, use: Callable[[tuple[Expr, ...]], Any], credit: Fraction = HALF) -> Iterator[Mistake]:
        """Yield the answers that a wrong gradient leads to when all else is right; `use` makes an answer of it.

        Slips in differentiating are made in every component, then in each alone.
        """
        here = dict(zip(self.variables, self.at, strict=True))
        turned = dict(zip(self.variables, reversed(self.at), strict=True))
        yield Mistake(
            "coordinates of the point swapped",
            use(tuple(part.xreplace(turned) for part in self.formula)),
            f"You took the gradient at {plain(tuple(reversed(self.at)))}; the point is {plain(self.at)}.",
            f"Put {self.values} into the gradient.",
            credit,
        )
        seen = {self.slopes}
        for slip in all_slips():
            wrong = [slip.derivative(self.f, v).xreplace(here) for v in self.variables]
            slipped = [i for i, part in enumerate(wrong) if part != self.slopes[i]]
            for places in ([slipped] if len(slipped) > 1 else []) + [[i] for i in slipped]:
                where = "gradient" if len(places) > 1 else f"slope along {self.names[places[0]]}"
                slopes = tuple(wrong[i] if i in places else part for i, part in enumerate(self.slopes))
                if slopes in seen:
                    continue
                seen.add(slopes)
                yield Mistake(
                    f"{slip.name} in the {where}",
                    use(slopes),
                    f"What you did with the gradient is right, but the {where} is not. {slip.says}",
                    f"Find the {where} again.",
                    credit,
                    likely=slip.likely,
                )


def dot(a: Sequence[Expr], b: Sequence[Expr]) -> Expr:
    """Return the dot product.

    >>> dot((Integer(2), Integer(3)), (Integer(10), Integer(1)))
    23
    """
    return sum((one * other for one, other in zip(a, b, strict=True)), Integer(0))


def scaled(factor: Expr, vector: Sequence[Expr]) -> tuple[Expr, ...]:
    """Return a vector times a number.

    >>> scaled(Integer(-2), (Integer(1), Integer(3)))
    (-2, -6)
    """
    return tuple(factor * part for part in vector)


def plus(a: Sequence[Expr], b: Sequence[Expr]) -> tuple[Expr, ...]:
    """Return the sum of two vectors.

    >>> plus((Integer(1), Integer(3)), (Integer(1), Integer(1)))
    (2, 4)
    """
    return tuple(one + other for one, other in zip(a, b, strict=True))
