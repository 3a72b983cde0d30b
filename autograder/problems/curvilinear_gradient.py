"""The gradient in cylindrical or spherical coordinates."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Interval, Symbol, Tuple, cos, diff, nan, pi, sin, zoo

from autograder.answers import ReadingError, read
from autograder.answers.answer import Answer, Scalar
from autograder.answers.kinds import Kind, Vector
from autograder.answers.kinds.kind import Domain
from autograder.notation import listing, plain, typeset
from autograder.problems.common_mistakes import vector_mistakes
from autograder.problems.curvilinear_draws import draw_curvilinear
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point
from autograder.problems.slips import all_slips
from nabla.calculus import OutsideDomainError, evaluate
from nabla.curvilinear import COORDINATES, coordinates, curvilinear_gradient, scale_factors

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

WORDS = {
    "cylindrical": r"cylindrical coordinates $(\rho, \phi, z)$, $\rho$ the distance from the $z$-axis and "
    r"$\phi$ (`phi`) the angle round it",
    "spherical": r"spherical coordinates $(r, \theta, \phi)$, $r$ the distance from the origin, $\theta$ the angle "
    r"from the positive $z$-axis and $\phi$ (`phi`) the angle round that axis",
}
"""What the letters of each system mean."""


@dataclass(frozen=True)
class CurvilinearGradient(Problem):
    """The gradient of f, given in `system` "cylindrical" or "spherical", along the unit vectors of that system.

    Letters other than the coordinates are constants. With `at` the answer is numbers.

    >>> G, M, r = Symbol("G"), Symbol("M"), Symbol("r")
    >>> problem = CurvilinearGradient(-G*M/r, "spherical")
    >>> problem.key()
    (G*M/r**2, 0, 0)
    """

    f: Expr
    system: str
    at: tuple[Expr, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        if self.system not in COORDINATES:
            raise ProblemError(f'system is "cylindrical" or "spherical", not {self.system!r}.')
        if not self.f.free_symbols & set(self.variables):
            raise ProblemError(f"{plain(self.f)} depends on none of {listing(v.name for v in self.variables)}.")
        at = exact_point(self.at, self.variables, "at") if self.at is not None and len(self.at) else ()
        object.__setattr__(self, "at", at)
        if at and any(evaluate(h, self.variables, at) == 0 for h in scale_factors(self.system)):
            raise ProblemError(f"At {plain(at)} an angle has no direction: choose a point off the axis.")
        try:
            self.key()
        except OutsideDomainError as error:
            raise ProblemError(f"At {plain(at)} f has no gradient. Choose another point.") from error

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The coordinates."""
        return coordinates(self.system)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the coordinates."""
        return tuple(v.name for v in self.variables)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The coordinates, and the constants in f."""
        return (*self.variables, *sorted(self.f.free_symbols - set(self.variables), key=str))

    @property
    def kind(self) -> Kind:
        """A vector, of numbers at a point."""
        return Vector(self.names, numbers=bool(self.at) and len(self.letters) == 3)

    @property
    def domain(self) -> Domain:
        """The distance from origin or axis is positive, the angle from the z-axis between 0 and pi."""
        if self.system == "cylindrical":
            return {"rho": "positive"}
        return {"r": "positive", "theta": Interval.open(0, pi)}

    def pack(self, answer: object) -> Answer:
        """Take a sum of unit vectors too, typed as `2 rho e_rho - e_phi`."""
        if not (isinstance(answer, str) and "e_" in answer):
            return super().pack(answer)
        units = tuple(Symbol(f"e_{name}") for name in self.names)
        try:
            read_as = read(answer, (*self.letters, *units)).answer
        except ReadingError:
            return super().pack(answer)
        if not isinstance(read_as, Scalar):
            return super().pack(answer)
        whole = read_as.expression.expand()
        parts = tuple(whole.coeff(unit) for unit in units)
        rest = whole - sum((part * unit for part, unit in zip(parts, units, strict=True)), Integer(0))
        if rest.expand() != 0 or any(part.has(*units) for part in parts):
            return super().pack(answer)
        return super().pack(parts)

    def _finish(self, parts: Sequence[Expr]) -> tuple[Expr, ...]:
        if not self.at:
            return tuple(parts)
        return tuple(part.xreplace(dict(zip(self.variables, self.at, strict=True))) for part in parts)

    @property
    def slopes(self) -> tuple[Expr, ...]:
        """The plain partial derivatives."""
        return tuple(diff(self.f, v) for v in self.variables)

    @property
    def factors(self) -> tuple[Expr, ...]:
        """The scale factors."""
        return scale_factors(self.system)

    def key(self) -> tuple[Expr, ...]:
        """Return the components along the unit vectors."""
        formula = curvilinear_gradient(self.f, self.system)
        return tuple(evaluate(part, self.variables, self.at) for part in formula) if self.at else formula

    def statement(self) -> Prose:
        """Ask for the components."""
        names = ", ".join(typeset(v) for v in self.variables)
        where = f" at $({names}) = {typeset(self.at)}$" if self.at else ""
        units = ", ".join(rf"$e_{{{typeset(v)}}}$" for v in self.variables)
        form = "numbers, exact or to four digits" if self.at else "formulas"
        return Prose(
            f"In {WORDS[self.system]}, let\n\n$$ f({names}) = {typeset(self.f)} $$\n\nFind the **gradient** of $f$"
            f"{where}: its components along the unit vectors {units}, in this order.\n\nGive a vector of three {form}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: units of length, the scale factors, divide."""
        angle = r"\phi" if self.system == "cylindrical" else r"\theta"
        distance = typeset(self.variables[0])
        third = "" if self.system == "cylindrical" else (
            r" And how large is the circle on which $\phi$ turns, at the angle $\theta$ from the axis?")  # fmt: skip
        return (
            "A gradient counts change for each unit of **length**. How long is a step of one unit in an angle?",
            f"A small step in ${angle}$ alone moves you by ${distance}$ times that step.{third}",
            "Take the partial derivatives as usual, and divide each by how long a step of one unit in its coordinate "
            "is. A step in a coordinate that is itself a length needs no factor.",
        )

    def steps(self) -> Iterator[Step]:
        """Partial derivatives, scale factors, quotient, point."""
        yield Step("The partial derivatives:", typeset(self.slopes))
        yield Step("The lengths of one unit of each coordinate:", typeset(self.factors))
        formula = curvilinear_gradient(self.f, self.system)
        yield Step("Divide each derivative by its length:", rf"\nabla f = {typeset(formula)}")
        if self.at:
            yield Step(f"At {plain(self.at)}:", rf"\nabla f = {typeset(self.key())}")

    def _with(self, factors: Sequence[Expr]) -> tuple[Expr, ...]:
        """Return the answer that these scale factors lead to."""
        return self._finish([slope / h for slope, h in zip(self.slopes, factors, strict=True)])

    def wrong_ways(self) -> Iterator[Mistake]:
        """Scale factors forgotten, multiplied, mixed up; the point; then the mistakes of any vector."""
        key = self.key()
        if self.at:
            yield Mistake("not evaluated at the point", curvilinear_gradient(self.f, self.system),
                          "This is the gradient as a formula. The question asks for it at a point.",
                          f"Put in {plain(self.at)}.", HALF)  # fmt: skip
            yield Mistake("not evaluated at the point, no scale factors", self.slopes,
                          "These are the partial derivatives, as formulas and without the scale factors.",
                          "Divide by the lengths of the steps, then put the point in.")  # fmt: skip
        yield from (mistake for mistake in self._factor_mistakes() if not Tuple(*mistake.wrong).has(zoo, nan))
        yield from vector_mistakes(key, self.names)
        yield from self._wrong_single_factors(key)
        for slip in all_slips():
            wrong = tuple(slip.derivative(self.f, v) for v in self.variables)
            if slip.name == "other variables not held fixed":
                wrong = (Integer(0) + sum(self.slopes, Integer(0)),) * 3
            parts = self._finish([part / h for part, h in zip(wrong, self.factors, strict=True)])
            slipped = [i for i, part in enumerate(parts) if part != key[i]]
            for places in ([slipped] if len(slipped) > 1 else []) + [[i] for i in slipped]:
                where = "" if len(places) > 1 else f" in the {self.names[places[0]]}-component"
                yield Mistake(f"{slip.name}{where}",
                              tuple(parts[i] if i in places else part for i, part in enumerate(key)),
                              slip.says, "Differentiate again with this rule in hand.", HALF,
                              likely=slip.likely)  # fmt: skip
        yield Mistake("value of f", self._finish((self.f,))[0], "That is f itself, not its gradient.",
                      "Find the partial derivatives first.")  # fmt: skip

    def _wrong_single_factors(self, key: Sequence[Expr]) -> Iterator[Mistake]:
        """One component divided by the factor of another, or by one where it needs none."""
        for i, name in enumerate(self.names):
            for j, other in enumerate(self.factors):
                parts = self._with(tuple(other if k == i else h for k, h in enumerate(self.factors)))
                if i != j and other != 1 and not Tuple(*parts).has(zoo, nan):
                    yield Mistake(f"factor of {self.names[j]} at {name}", (*key[:i], parts[i], *key[i + 1 :]),
                                  f"The {name}-component is divided by the factor that belongs to {self.names[j]}.",
                                  "Divide each derivative by the length of one unit of its own coordinate.",
                                  HALF)  # fmt: skip

    def _factor_mistakes(self) -> Iterator[Mistake]:
        one, (a, second, c) = Integer(1), self.factors
        first = self.variables[0]
        scale = "Divide each derivative by the length of one unit of its coordinate."
        yield Mistake("no scale factors", self._with((one, one, one)),
                      "These are the plain partial derivatives. A step in an angle is not a length: its slope must be "
                      "divided by the length of that step.", scale, HALF)  # fmt: skip
        yield Mistake("multiplied by the scale factors", self._with((one / a, one / second, one / c)),
                      "You multiplied by the scale factors. A longer step for the same change means a smaller slope.",
                      scale, HALF)  # fmt: skip
        yield Mistake("scale factors squared", self._with((a**2, second**2, c**2)),
                      "You divided by the squares of the scale factors.", scale, HALF)  # fmt: skip
        for i, name in enumerate(self.names):
            if self.factors[i] != 1:
                dropped = tuple(one if j == i else h for j, h in enumerate(self.factors))
                yield Mistake(f"no scale factor for {name}", self._with(dropped),
                              f"The scale factor of {name} is missing.", scale, HALF)  # fmt: skip
        if self.system == "cylindrical":
            yield Mistake("z divided by rho", self._with((a, second, first)),
                          "z is a length already: its slope needs no factor.", scale, HALF)  # fmt: skip
            yield Mistake("factor at z instead of phi", self._with((a, one, first)),
                          "The factor belongs to the angle phi, not to z.", scale, HALF)  # fmt: skip
        else:
            yield from self._spherical_mistakes(scale)
        yield Mistake(
            f"every component divided by {first}",
            self._with((first, first, first)),
            f"You divided every component by {first}. Only an angle needs a factor.",
            scale,
            HALF,
        )

    def _spherical_mistakes(self, scale: str) -> Iterator[Mistake]:
        a, (first, theta, _), one = self.factors[0], self.variables, Integer(1)
        for name, factors, says in (
            ("sin(theta) forgotten", (a, first, first), "For phi the circle has the radius r sin(theta), not r."),
            ("r forgotten in the factor of phi", (a, first, sin(theta)), "The factor of phi is r sin(theta)."),
            ("cosine for the sine", (a, first, first * cos(theta)),
             "With theta counted from the z-axis the circle of phi has the radius r sin(theta)."),
            ("factors of theta and phi exchanged", (a, first * sin(theta), first),
             "The factors of theta and phi are exchanged."),
            ("angles exchanged", (a, first * sin(self.variables[2]), first),
             "Here theta is the angle from the z-axis; you used phi for it."),
            ("cylindrical factors", (a, first, one), "These are the factors of cylindrical coordinates."),
            ("sine of phi", (a, first, first * sin(self.variables[2])), "The sine in the factor is that of theta."),
        ):  # fmt: skip
            yield Mistake(name, self._with(factors), says, scale, HALF)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function in cylindrical (level 1), in spherical coordinates (2), or at a point (3)."""
        system = "cylindrical" if level == 1 or (level == 3 and rng.random() < 0.4) else "spherical"
        f, at = draw_curvilinear(rng, system)
        return cls(f, system, at if level == 3 else ())

    def is_well_behaved(self) -> bool:
        """At least two components count, an angle among them."""
        key = self.key()
        angles = key[1:2] if self.system == "cylindrical" else key[1:]
        return sum(part != 0 for part in key) >= 2 and any(angles)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own two components in a plane through the point; the third stands across it."""
        from nabla.explore.polar_picture import Polar, polar_picture

        start = self.at or (Integer(2), pi / 3, pi / 4 if self.system == "spherical" else Integer(1))
        constants = {s: Integer(1) for s in self.f.free_symbols - set(self.variables)}
        here = {**dict(zip(self.variables, start, strict=True)), **constants}
        distance, angle, rest = self.variables
        names, where = (("x", "y"), "for one z") if self.system == "cylindrical" else (("rho", "z"), "for one phi")
        polar = Polar(names, distance.name, angle.name, int(self.system == "spherical"))
        at, own = as_floats(start[:2]), as_floats(own_value(self, answer), here)
        flat = self.f.xreplace({**constants, rest: here[rest]})
        if at is None or as_floats((flat,), here) is None:
            return None
        return polar_picture(flat, polar, (at[0], at[1]), own[:2] if own else None, where)
