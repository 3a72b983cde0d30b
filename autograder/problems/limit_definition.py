"""The directional derivative by its definition, where f is not differentiable and the gradient formula fails."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, S, Symbol, cancel, nan, oo, together, zoo

from autograder.answers.kinds import Fitted, Kind, Misfit, Number
from autograder.notation import plain, typeset
from autograder.problems.at_point import dot
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point, exact_variables
from nabla.calculus import OutsideDomainError, norm, unit
from nabla.limit_definition import limit_derivative, quotient_limit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

_LIMIT = "Go back to the limit of (f(p + hu) - f(p))/h along the straight direction."


@dataclass(frozen=True)
class Limit(Number):
    """A number; the words that there is none are understood, and told to be wrong here.

    >>> Limit().take_text("does not exist", ()).says[:46]
    'The limit does exist. That f is not differenti'
    """

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read a typed number, or the words that there is none."""
        words = " ".join(text.casefold().replace("'", "").replace("’", "").split()).strip(" .!")
        if words.removeprefix("it ").removeprefix("the limit ") in _NONE:
            return Misfit(
                "wrong",
                "The limit does exist. That f is not differentiable rules out the formula with the gradient, but not "
                "the rate along one straight line.",
            )
        return super().take_text(text, variables)


_NONE = frozenset(
    {"does not exist", "doesnt exist", "dne", "undefined", "not defined", "is undefined", "is not defined", "none",
     "no limit", "not differentiable", "f is not differentiable"}
)  # fmt: skip


@dataclass(frozen=True)
class LimitDerivative(Problem):
    """The directional derivative at a point where only the limit definition gives it; `value` is f there.

    >>> from sympy.abc import x, y
    >>> problem = LimitDerivative(x**2*y / (x**4 + y**2), at=(0, 0), along=(3, 4))
    >>> problem.key()
    9/20
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('gradient formula where f is not differentiable', 0)
    """

    f: Expr
    at: tuple[Expr, ...]
    along: tuple[Expr, ...]
    value: Expr = S.Zero
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "value", exact(self.value, "value"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        for name in ("at", "along"):
            object.__setattr__(self, name, exact_point(getattr(self, name), self.variables, name))
        if not any(self.along):
            raise ProblemError("along is the zero vector, which has no direction.")
        try:
            _ = self.rate, self.partials
        except OutsideDomainError as error:
            raise ProblemError(f"f has no directional derivative here or no partial derivatives: {error}.") from error

    @property
    def kind(self) -> Kind:
        """A number."""
        return Limit()

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f."""
        return self.variables

    @cached_property
    def rate(self) -> Expr:
        """The limit of the difference quotient."""
        return limit_derivative(self.f, self.at, self.along, self.value, self.variables)

    @cached_property
    def partials(self) -> tuple[Expr, ...]:
        """The partial derivatives at the point, by the same limit along the axes."""
        n = len(self.variables)
        axes = [tuple(Integer(int(i == j)) for j in range(n)) for i in range(n)]
        return tuple(limit_derivative(self.f, self.at, axis, self.value, self.variables) for axis in axes)

    def key(self) -> Expr:
        """Return the directional derivative."""
        return self.rate

    def quotient(self) -> Expr:
        """Return the difference quotient along the unit vector, with h cancelled."""
        h = Symbol("h")
        moved = [p + h * c for p, c in zip(self.at, unit(self.along), strict=True)]
        return cancel(together((self._moved(moved) - self.value) / h))

    def _moved(self, place: Sequence[Expr]) -> Expr:
        return self.f.xreplace(dict(zip(self.variables, place, strict=True)))

    def statement(self) -> Prose:
        """Ask for the limit."""
        names = ", ".join(typeset(v) for v in self.variables)
        return Prose(
            f"Let\n\n$$ f({names}) = {typeset(self.f)} $$\n\nfor $({names}) \\ne {typeset(self.at)}$, and let "
            f"$f{typeset(self.at)} = {typeset(self.value)}$.\n\n"
            f"Find the **directional derivative** of $f$ at ${typeset(self.at)}$ in the direction of the vector "
            f"${typeset(self.along)}$, **from its definition as a limit**. (Is $f$ differentiable there?)\n\n"
            "Give one number, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the difference quotient."""
        return (
            r"The formula $\nabla f \cdot u$ holds only where $f$ is differentiable. Which definition always holds?",
            r"$D_u f$ is the limit of $\frac{f(p + h u) - f(p)}{h}$ for $h \to 0$, with a **unit** vector $u$. Make "
            f"${typeset(self.along)}$ one first.",
            f"Put $p + h u$ into $f$, with $p = {typeset(self.at)}$. Powers of $h$ cancel above and below; only then "
            "let $h$ go to 0.",
        )

    def steps(self) -> Iterator[Step]:
        """Unit vector, quotient, limit, and why the gradient does not do."""
        u = tuple(unit(self.along))
        yield Step("The unit vector along the direction:", f"u = {typeset(u)}")
        yield Step(
            "The difference quotient, with h cancelled:",
            rf"\frac{{f(p + h u) - f(p)}}{{h}} = {typeset(self.quotient())}",
        )
        yield Step("Let h go to 0:", f"D_u f = {typeset(self.key())}")
        partials, formula = self.partials, dot(self.partials, u)
        yield Step(
            f"The partial derivatives are limits of the same kind, {plain(partials)}. Their dot product with u is "
            f"{plain(formula)}: "
            + ("another number, so f is not differentiable here." if formula != self.rate else "here the same number."),
            rf"\left(f_x,\ f_y\right) \cdot u = {typeset(formula)}"
            if len(partials) == 2
            else rf"\nabla f \cdot u = {typeset(formula)}",
        )

    def wrong_ways(self) -> Iterator[Mistake]:
        """The gradient formula, no unit vector, h not taken to 0, components swapped."""
        u, length = tuple(unit(self.along)), norm(self.along)
        if dot(self.partials, u) != self.rate:
            yield from self._gradient_formula()
        yield from self._limits(
            "direction not normalised",
            self.along,
            f"You used {plain(self.along)} as it stands; its length is {plain(length)}, not 1.",
            "Divide the direction by its length first.",
        )
        yield from self._limits(
            "components of the direction swapped",
            u[::-1],
            "You swapped the components of the direction.",
            "The first component belongs to the first variable.",
        )
        yield from self._limits(
            "direction divided by the square of its length",
            [c / length for c in u],
            "You divided the direction by its length twice.",
            "Once is enough: then its length is 1.",
        )
        for place, name in ((u, "unit vector"), (self.along, "direction")):
            moved = [p + c for p, c in zip(self.at, place, strict=True)]
            yield Mistake(
                "h taken to be 1",
                self._moved(moved) - self.value,
                f"You put the {name} into f, as if h were 1. The definition lets h go to 0.",
                "Keep h, divide by it, cancel, and then let it go to 0.",
            )
        yield Mistake(
            "limit of f instead of the quotient",
            self.value,
            "That is the value of f. The derivative is the limit of its change divided by h.",
            _LIMIT,
        )
        for variable, slope in zip(self.variables, self.partials, strict=True):
            yield Mistake(
                f"slope along {variable} only",
                slope,
                f"That is the slope along the {variable}-axis.",
                f"Use the direction {plain(self.along)}.",
            )
        yield Mistake(
            "the partial derivatives",
            self.partials,
            "Those are the slopes along the axes. The rate along the direction is one number.",
            _LIMIT,
        )
        yield from self._parabola()
        yield from number_mistakes(self.key())

    def _gradient_formula(self) -> Iterator[Mistake]:
        """What the gradient formula gives, where it does not hold."""
        yield Mistake(
            "gradient formula where f is not differentiable",
            dot(self.partials, unit(self.along)),
            f"You used ∇f·u with the partial derivatives {plain(self.partials)}. That holds only where f is "
            "differentiable, and here it is not.",
            _LIMIT,
        )
        yield Mistake(
            "gradient formula where f is not differentiable, direction not normalised",
            dot(self.partials, self.along),
            "You used ∇f·v. f is not differentiable here, and v is no unit vector.",
            _LIMIT,
        )

    def _limits(self, name: str, step: Sequence[Expr], says: str, then: str) -> Iterator[Mistake]:
        try:
            wrong = quotient_limit(self.f, self.at, step, self.value, self.variables)
        except OutsideDomainError:
            return
        yield Mistake(name, wrong, says, then, HALF)

    def _parabola(self) -> Iterator[Mistake]:
        """The limit of f itself along a parabola, which shows that f is not continuous, but is no slope."""
        if len(self.variables) != 2:
            return
        t = Symbol("t")
        for place in ((t, t**2), (t**2, t)):
            along = cancel(together(self._moved([p + c for p, c in zip(self.at, place, strict=True)])))
            height = along.xreplace({t: S.Zero})
            if not height.has(nan, zoo, oo):
                yield Mistake(
                    "limit of f along a parabola",
                    height,
                    "That is what f tends to along a parabola. It shows that f jumps, but it is no slope.",
                    _LIMIT,
                )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function with slopes in every direction at the origin that no plane fits."""
        x, y = Symbol("x"), Symbol("y")
        a, b = rng.choice((1, 2, 3)), rng.choice((-2, -1, 1, 2))
        bent = rng.choice(
            (
                a * x**2 * y / (x**4 + y**2),
                a * x * y**2 / (x**2 + y**4),
                a * x**3 / (x**2 + y**2),
                a * x**2 * y / (x**2 + y**2),
                (a * x**3 + b * y**3) / (x**2 + y**2),
            )
        )
        if level > 1:
            bent += b * rng.choice((x, y))
        ways = ((3, 4), (4, 3), (-3, 4), (3, -4)) if level < 3 else ((1, 1), (1, 2), (2, -1), (-1, 3))
        return cls(bent, (0, 0), rng.choice(ways))

    def is_well_behaved(self) -> bool:
        """The slope is not 0 nor the length of the direction, which is told; and the gradient formula gives another."""
        return abs(self.rate) not in (0, norm(self.along)) and dot(self.partials, unit(self.along)) != self.rate

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw f along the direction, and a line with the student's own rate as its slope."""
        from nabla.explore.section_picture import SectionScene, section_picture

        value = own_value(self, answer)
        own = as_floats((value,) if value is not None else None)
        way = [float(c) for c in unit(self.along)]

        def along(h: float) -> float:
            if not h:
                return float(self.value)
            height = self._moved([p + h * c for p, c in zip(self.at, way, strict=True)]).evalf(15)
            return float(height) if height.is_real else float("nan")

        scene = SectionScene(float(self.rate), own[0] if own else None)
        return section_picture(along, scene, "way along the direction")
