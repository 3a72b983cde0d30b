"""Where a curve runs level or upright: the points at which the slope formula gives 0, or fails."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, I, Integer, Symbol, diff, expand

from autograder.answers import of
from autograder.answers.answer import Equation
from autograder.answers.kinds import PointSet
from autograder.notation import listing, plain, typeset
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact
from nabla.calculus import variables_of
from nabla.implicit import singular_points, tangent_points
from nabla.polynomial_systems import NoClosedFormError, NotIsolatedError, real_solutions

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Points = tuple[tuple[Expr, ...], ...]
ZERO = Integer(0)
SORTS = ("horizontal", "vertical")


@dataclass(frozen=True)
class TangentPoints(Problem):
    """All points of a curve F(x, y) = equals at which its tangent is horizontal, or vertical. F is a polynomial.

    Points where both partial derivatives vanish do not count: the slope formula is 0/0 there.

    >>> from sympy import Eq
    >>> from sympy.abc import x, y
    >>> TangentPoints(x**2 + 4*y**2, equals=4).key()
    ((0, -1), (0, 1))
    >>> TangentPoints(Eq(x**3 + y**3, 6*x*y)).key()
    ((2*2**(1/3), 2*2**(2/3)),)
    """

    F: Expr
    sort: str = "horizontal"
    equals: Expr = ZERO

    def __post_init__(self) -> None:
        read = of(self.F)
        if isinstance(read, Equation):
            object.__setattr__(self, "F", read.left)
            object.__setattr__(self, "equals", read.right)
        object.__setattr__(self, "F", exact(self.F, "F"))
        object.__setattr__(self, "equals", exact(self.equals, "equals"))
        if self.sort not in SORTS:
            raise ProblemError(f'sort is "horizontal" or "vertical", not {self.sort!r}.')
        if len(self.variables) != 2 or not self.difference.is_polynomial(*self.variables):
            raise ProblemError(
                f"{plain(self.F)} = {plain(self.equals)} should be a polynomial equation in two variables."
            )
        try:
            self.key()
        except (NotIsolatedError, NoClosedFormError) as error:
            raise ProblemError(f"The points cannot be listed: {error}. Choose another curve.") from error

    @property
    def difference(self) -> Expr:
        """Left side minus right side."""
        return self.F - self.equals

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The two variables of the curve."""
        return variables_of(self.difference)

    @property
    def ends(self) -> tuple[Symbol, Symbol]:
        """The variable along whose axis the tangent should lie, and the other one."""
        x, y = self.variables
        return (x, y) if self.sort == "horizontal" else (y, x)

    @property
    def kind(self) -> PointSet:
        """A set of points."""
        return PointSet(tuple(v.name for v in self.variables))

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of the curve."""
        return self.variables

    @cached_property
    def points(self) -> Points:
        """The points asked for."""
        along, across = self.ends
        return tangent_points(self.difference, along, across)

    @cached_property
    def singular(self) -> Points:
        """The points of the curve where both partial derivatives vanish."""
        return singular_points(self.difference, *self.variables)

    def key(self) -> Points:
        """Return the points."""
        return self.points

    def statement(self) -> Prose:
        """Ask for the points."""
        return Prose(
            f"Find **all points** of the curve $$ {typeset(self.F)} = {typeset(self.equals)} $$ at which its tangent "
            f"is **{self.sort}**.\n\nGive a list of points such as `[(1, 2), (3, 4)]`, in any order, with exact "
            "coordinates or four digits; `[]` if there is none. A point where the slope formula gives 0/0 does not "
            "count."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: which partial vanishes, the second equation, the check."""
        along, across = (typeset(v) for v in self.ends)
        value = "0" if self.sort == "horizontal" else "not a number: its denominator is 0"
        return (
            f"Bring everything to one side and call it $F$. The slope is $-F_x/F_y$. At a {self.sort} tangent it is "
            f"{value}. Which partial derivative vanishes?".replace("F_x/F_y", self._quotient()),
            f"Solve $F_{{{along}}} = 0$ together with the equation of the curve: two equations for two unknowns.",
            f"Put each solution into $F_{{{across}}}$. Where that is 0 as well, the formula is 0/0 and says nothing: "
            "leave such a point out.",
        )

    def _quotient(self) -> str:
        x, y = (typeset(v) for v in self.variables)
        return f"F_{{{x}}}/F_{{{y}}}"

    def steps(self) -> Iterator[Step]:
        """Both partials, the system, the check."""
        along, across = self.ends
        for v in self.variables:
            yield Step(f"The partial derivative along ${typeset(v)}$:",
                       f"F_{{{typeset(v)}}} = {typeset(diff(self.difference, v))}")  # fmt: skip
        both = sorted((*self.points, *self.singular), key=str)
        found = ",\\ ".join(map(typeset, both)) or r"\text{none}"
        yield Step(f"On the curve, $F_{{{typeset(along)}}} = 0$ holds at:", found)
        for point in both:
            value = diff(self.difference, across).xreplace(dict(zip(self.variables, point, strict=True)))
            verdict = r"\neq 0" if expand(value) != 0 else r"\text{: left out}"
            shown = typeset(expand(value))
            yield Step(f"At {plain(point)}:", rf"F_{{{typeset(across)}}} = {shown}\ {verdict}")
        yield Step(f"The points with a {self.sort} tangent:", ",\\ ".join(map(typeset, self.points)) or r"\text{none}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Points where the formula fails counted, the other sort, other equations."""
        key, F, (along, across) = self.points, self.difference, self.ends
        other = SORTS[1 - SORTS.index(self.sort)]
        if self.singular:
            shown = listing(map(plain, self.singular))
            yield Mistake(
                "a point counted where the formula is 0/0",
                (*key, *self.singular),
                f"At {shown} both partial derivatives vanish: the formula is 0/0 there and gives no slope.",
                f"Put your points into F_{across} too, and leave out where it is 0.",
                HALF,
            )
            yield Mistake("only points where the formula is 0/0", self.singular,
                          f"At {shown} both partial derivatives vanish, so the formula gives no slope there.",
                          f"Solve F_{along} = 0 on the curve for the other points.")  # fmt: skip
        yield Mistake(
            "horizontal and vertical exchanged",
            tangent_points(F, across, along),
            f"These are the points with a {other} tangent.",
            f"A {self.sort} tangent needs F_{along} = 0.",
            HALF,
        )
        both = (*key, *(point for point in tangent_points(F, across, along) if point not in key))
        yield Mistake(
            "horizontal and vertical tangents together",
            both,
            f"Some of these points have a {other} tangent.",
            f"A {self.sort} tangent needs F_{along} = 0.",
            HALF,
        )
        yield Mistake("coordinates swapped", tuple(point[::-1] for point in key),
                      "The two coordinates of each point are swapped.",
                      f"Write ({', '.join(v.name for v in self.variables)}).", HALF)  # fmt: skip
        yield from self._other_systems()
        yield from self._other_points()

    def _other_systems(self) -> Iterator[Mistake]:
        F, (along, across) = self.difference, self.ends
        systems = (
            ("critical points of F", (diff(F, along), diff(F, across)),
             "There both partial derivatives of F vanish. The question asks for points of the curve.",
             f"Solve F_{along} = 0 together with the equation of the curve."),
            (f"crossings with the {along}-axis", (F, across),
             f"There the curve crosses the {along}-axis. That says nothing of its slope.", f"Set F_{along} to 0."),
            (f"crossings with the {across}-axis", (F, along),
             f"There the curve crosses the {across}-axis. That says nothing of its slope.", f"Set F_{along} to 0."),
        )  # fmt: skip
        for name, system, says, step in systems:
            try:
                wrong = real_solutions(system, self.variables)
            except (NotIsolatedError, NoClosedFormError):
                continue
            if wrong and not any(part.has(I) for point in wrong for part in point):
                yield Mistake(name, wrong, says, step)
                added = (*self.points, *(point for point in wrong if point not in self.points))
                yield Mistake(f"{name} added", added, f"Some of these points do not belong. {says}", step, HALF)

    def _other_points(self) -> Iterator[Mistake]:
        key = self.points
        F, (along, _) = self.difference, self.ends
        place = self.variables.index(along)
        yield Mistake(f"values of {along} alone", tuple(point[place] for point in key),
                      f"These are values of {along}. A point has two coordinates.",
                      "Put each value into the equation of the curve.", HALF)  # fmt: skip
        turned = tuple(tuple(-part for part in point) for point in key)
        yield Mistake("signs of the points", turned, "The points have the wrong signs.",
                      f"Put them into F_{along}: it should give 0.", HALF)  # fmt: skip
        for i in range(2):
            flipped = tuple((*point[:i], -point[i], *point[i + 1 :]) for point in key)
            yield Mistake(f"sign of {self.variables[i]}", flipped, f"The sign of {self.variables[i]} is wrong.",
                          f"Put the points into F_{along}: it should give 0.", HALF)  # fmt: skip
        if len(key) > 1:
            for one in (key[:1], key[-1:], tuple(p for p in key if all(part >= 0 for part in p))):
                if one and one != key:
                    yield Mistake("a point forgotten", one, f"There are more points than {listing(map(plain, one))}.",
                                  "A square root has two signs; a product is 0 when any factor is.",
                                  HALF)  # fmt: skip
        level = diff(F, along).xreplace(dict.fromkeys(self.variables, ZERO))
        if level == 0 and F.xreplace(dict.fromkeys(self.variables, ZERO)) != 0:
            yield Mistake("the origin", ((ZERO, ZERO),), f"There F_{along} is 0, but the point is not on the curve.",
                          "Use the equation of the curve too.")  # fmt: skip

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw an ellipse along the axes (1), a slanted conic (2), or a cubic with a node (3)."""
        x, y = Symbol("x"), Symbol("y")
        sort = rng.choice(SORTS)
        h, k, p, q = rng.choice((-2, -1, 1, 2)), rng.choice((-3, -1, 1, 2)), rng.choice((1, 2, 3)), rng.choice((1, 2))
        if level == 1:
            F = expand(q**2 * (x - h) ** 2 + p**2 * (y - k) ** 2)
            constant = F.as_coeff_Add()[0]
            return cls(F - constant, sort, p**2 * q**2 - constant)
        if level == 2:
            b, c = rng.choice((2, -2, 4, -4)), rng.choice((3, 5, 6, 8))
            return cls(x**2 + b * x * y + c * y**2, sort, p**2 * (c - Integer(b) ** 2 / 4))
        n, u = rng.choice((1, 2, 3, -1, -2)), x - rng.choice((-2, -1, 0, 1, 2))
        cubic = rng.choice((u**3 + 3 * u**2, u**3 - 3 * u + 2, u**3 + 12 * u**2, (u**3 + 3 * u**2) / 4))
        F = expand(rng.choice((1, 4)) * ((y - n) ** 2 - cubic))
        constant = F.as_coeff_Add()[0]
        return cls(F - constant, sort, -constant)

    def is_well_behaved(self) -> bool:
        """One to four points with small rational coordinates."""
        key = self.key()
        return 1 <= len(key) <= 4 and all(part.is_Rational and abs(part) <= 30 for point in key for part in point)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the curve, and a stroke in the direction asked for at each of the student's own points."""
        from nabla.explore.curve_picture import strokes_picture

        own = [place for point in own_value(self, answer) or () if (place := as_floats(point))]
        return strokes_picture(self.difference, own, self.sort, self.points, self.variables)
