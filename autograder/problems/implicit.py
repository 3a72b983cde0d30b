"""Implicit differentiation: the slope of a curve, or of a surface, that is given by an equation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, diff, exp

from autograder.answers import of as inert
from autograder.answers.answer import Equation
from autograder.answers.kinds import Fitted, Kind, Number, Vector
from autograder.notation import listing, plain, typeset
from autograder.problems.branch_mistakes import unevaluated
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.implicit_mistakes import ImplicitMistakes
from autograder.problems.mistake import Mistake
from autograder.problems.on_level_set import OnLevelSet
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point
from autograder.problems.trees import fraction_of
from nabla.calculus import variables_of
from nabla.implicit import NoSlopeError, implicit_slope

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

ZERO = Integer(0)


@dataclass(frozen=True)
class ImplicitSlope(Problem):
    """The slope of one variable along another on F = equals, by the chain rule; with `at`, its value there.

    `F` may be an equation, `Eq(x**3 + y**3, 6*x*y)`. Without `of` and `by` it is dy/dx for a curve in x and y.

    >>> from sympy.abc import x, y
    >>> ImplicitSlope(x**2 + y**2, equals=1).key()
    -x/y
    >>> ImplicitSlope(x**3 + y**3, equals=6*x*y, at=(3, 3)).key()
    -1
    >>> ImplicitSlope(x**2 + y**2, equals=1).mistakes()[0].wrong
    x/y
    """

    F: Expr
    of: Symbol | None = None
    by: Symbol | None = None
    at: tuple[Expr, ...] = ()
    equals: Expr = ZERO

    def __post_init__(self) -> None:
        self._read_equation()
        names = self.variables
        last, first = (names[-1], names[0]) if len(names) > 1 else (None, None)
        for field, given, usual in (("of", self.of, last), ("by", self.by, first)):
            symbol = Symbol(given.name) if isinstance(given, Symbol) else usual
            if symbol is None or symbol not in names:
                raise ProblemError(f"{field} should be one of {listing(v.name for v in names)}: of=y, by=x.")
            object.__setattr__(self, field, symbol)
        if self.of == self.by:
            raise ProblemError(f"The slope of {self.of} along itself is 1; name two different variables.")
        at = exact_point(self.at, names, "at") if self.at is not None and len(self.at) else ()
        object.__setattr__(self, "at", at)
        self._check()

    def _read_equation(self) -> None:
        read = inert(self.F)
        if isinstance(read, Equation):
            object.__setattr__(self, "F", exact(read.left, "F"))
            object.__setattr__(self, "equals", exact(read.right, "F"))
        object.__setattr__(self, "F", exact(self.F, "F"))
        object.__setattr__(self, "equals", exact(self.equals, "equals"))

    def _check(self) -> None:
        if self.at and self.difference.xreplace(self.point).equals(0) is not True:
            where = listing(f"{v} = {plain(value)}" for v, value in self.point.items())
            raise ProblemError(f"The point {where} does not lie on {plain(self.F)} = {plain(self.equals)}.")
        try:
            self.key()
        except NoSlopeError as error:
            cure = "choose another point" if self.at else f"the equation should depend on {self.of}"
            raise ProblemError(f"{error}; {cure}.") from error

    @property
    def difference(self) -> Expr:
        """Left side minus right side: zero on the curve."""
        return self.F - self.equals

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The variables of the equation."""
        return variables_of(self.difference)

    @property
    def point(self) -> dict[Symbol, Expr]:
        """Each variable with its coordinate; empty where a formula is asked for."""
        return dict(zip(self.variables, self.at, strict=True)) if self.at else {}

    @property
    def ends(self) -> tuple[Symbol, Symbol]:
        """The variable whose slope is asked for, and the one along which."""
        assert self.of is not None
        assert self.by is not None
        return self.of, self.by

    @property
    def slopes(self) -> tuple[Expr, Expr]:
        """The partial derivatives of left minus right: along `by`, along `of`; at the point if there is one."""
        of, by = self.ends
        return self._value(diff(self.difference, by)), self._value(diff(self.difference, of))

    def _value(self, expr: Expr) -> Expr:
        return expr.xreplace(self.point)

    @property
    def kind(self) -> Kind:
        """A number at a point; else an expression that must be right on the curve."""
        return Number() if self.at else OnLevelSet(F=self.difference, of=self.ends[0])

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of the equation."""
        return self.variables

    def key(self) -> Expr:
        """Return minus one partial derivative over the other."""
        return implicit_slope(self.difference, *self.ends, at=self.point or None)

    @property
    def _sign(self) -> str:
        return fraction_of(*self.ends, len(self.variables) - 1)

    def statement(self) -> Prose:
        """Ask for the slope."""
        of, by = self.ends
        equation = f"{typeset(self.F)} = {typeset(self.equals)}"
        rest = [v for v in self.variables if v not in (of, by)]
        held = f" ({listing(f'${typeset(v)}$' for v in rest)} held fixed)" if rest else ""
        sort = "curve" if len(self.variables) == 2 else "surface"
        given = f"The equation $$ {equation} $$ makes ${typeset(of)}$ a function of "
        given += f"{listing(f'${typeset(v)}$' for v in self.variables if v != of)} near most points of its {sort}.\n\n"
        if self.at:
            names = ", ".join(typeset(v) for v in self.variables)
            where = f"at the point $({names}) = {typeset(self.at)}$"
            return Prose(f"{given}Find ${self._sign}${held} {where}. Give one number, exact or to four digits.")
        letters = listing(f"${typeset(v)}$" for v in self.variables)
        return Prose(f"{given}Find ${self._sign}${held} as a formula in {letters}. Any formula that is right on the "
                     f"{sort} counts.")  # fmt: skip

    def nudges(self) -> Sequence[str]:
        """Nudge: everything on one side, two partials, the quotient."""
        of, by = self.ends
        return (
            f"There is no need to solve for ${typeset(of)}$. Bring everything to one side and call it $F$. What does "
            "$F$ do as you move along the curve?",
            f"$F$ stays 0, so its change along ${typeset(by)}$ and its change through ${typeset(of)}$ cancel: "
            f"$F_{{{typeset(by)}}} + F_{{{typeset(of)}}} \\cdot {self._sign} = 0$.",
            f"Find $F_{{{typeset(by)}}}$ with ${typeset(of)}$ held fixed, and $F_{{{typeset(of)}}}$ with "
            f"${typeset(by)}$ held fixed; then solve the equation of hint 2. Mind the sign.",
        )

    def steps(self) -> Iterator[Step]:
        """F, its two partials, the quotient, the point."""
        of, by = self.ends
        yield Step("Everything on one side:", f"F = {typeset(self.difference)} = 0")
        yield Step(f"Along ${typeset(by)}$, the others held fixed:",
                   f"F_{{{typeset(by)}}} = {typeset(diff(self.difference, by))}")  # fmt: skip
        yield Step(f"Along ${typeset(of)}$, the others held fixed:",
                   f"F_{{{typeset(of)}}} = {typeset(diff(self.difference, of))}")  # fmt: skip
        quotient = rf"{self._sign} = -\frac{{F_{{{typeset(by)}}}}}{{F_{{{typeset(of)}}}}}"
        yield Step(f"The chain rule, solved for the slope (where $F_{{{typeset(of)}}} \\neq 0$):",
                   f"{quotient} = {typeset(implicit_slope(self.difference, of, by))}")  # fmt: skip
        if self.at:
            yield Step(f"At {plain(self.at)}:", f"{self._sign} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Sign, quotient upside down, one partial, terms with both variables, slips."""
        of, by = self.ends
        yield from ImplicitMistakes(self.F, self.equals, of, by, self.variables, self.at).all()
        yield from number_mistakes(self.key())
        if self.at:
            yield from map(unevaluated, ImplicitMistakes(self.F, self.equals, of, by, self.variables).all())

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """The two partial derivatives of F found earlier, in the order by, of."""
        of, by = self.ends
        return {"partials": (Vector((by.name, of.name), numbers=bool(self.at)), self.slopes)}

    def follow(self, **values: Any) -> Expr:
        """Take the quotient of the student's own partial derivatives."""
        above, below = values["partials"]
        return -above / below

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a conic (1), a curve with mixed terms through a whole-number point (2), or a surface (3)."""
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b, c = rng.choice((1, 2, 3, 4)), rng.choice((2, 3, 5)), rng.choice((-3, -2, 2, 3))
        point = {
            x: Integer(rng.choice((1, 2, 3))),
            y: Integer(rng.choice((-2, -1, 1, 2))),
            z: Integer(rng.choice((1, 2))),
        }
        if level == 1:
            F = rng.choice(
                (a * x**2 + b * y**2, x**2 - b * y**2, a * x**3 + y**2, x**2 + a * y**3, x**2 + b * x + y**2)
            )
        elif level == 2:
            F = rng.choice((x**3 + y**3 + c * x * y, x**2 * y + c * y**2 + a * x, x**2 + c * x * y + b * y**2,
                            x**2 * y**2 + c * x, x * exp(y) + c * y))  # fmt: skip
        else:
            F = rng.choice((a * x**2 + y**2 + b * z**2, x * y * z + c * z**2 + x, x**2 * z + y * z**2 + c * y,
                            x**3 + y**3 + z**3 + c * x * y * z))  # fmt: skip
        names = variables_of(F)
        has_slope = not F.has(exp) and diff(F, names[-1]).xreplace(point) != 0
        at = tuple(point[v] for v in names) if has_slope and rng.random() < 0.5 else ()
        level_value = F.xreplace(point) if not F.has(exp) else Integer(rng.choice((1, 2, 5)))
        return cls(F, names[-1], rng.choice(names[:-1]), at, level_value)

    def is_well_behaved(self) -> bool:
        """The slope is not 0 and not the same as without its sign; a value is a plain fraction."""
        key, (above, below) = self.key(), self.slopes
        if key == 0 or above in (below, -below) or self.equals == 0:
            return False
        return key.is_Rational and abs(key) <= 30 and key.q <= 20 if self.at else bool(key.free_symbols)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the curve at the point, with a tangent arrow of the slope that was answered."""
        fitted = self.kind.fit(inert(answer), self.letters)
        if len(self.variables) != 2 or not self.at or not isinstance(fitted, Fitted):
            return None
        from nabla.explore import gradient_picture

        of, by = self.ends
        along = {by: Integer(1), of: fitted.value}
        arrow = tuple(along[v] for v in self.variables)
        return gradient_picture(self.difference, self.at, {"your slope": arrow}, variables=self.variables)
