"""Why the gradient is at right angles to a level curve: the terms of the chain rule cancel along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Expr, S, Symbol, simplify

from autograder.answers.kinds import Kind, Vector
from autograder.notation import typeset
from autograder.problems.along_level import AlongLevel, order_and_signs, with_wrong_signs
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from autograder.problems.slips import all_slips
from nabla.calculus import gradient

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class LevelOrthogonality(AlongLevel):
    """The terms f_x x' and f_y y' along a level curve: their sum, gradient . velocity, is zero.

    >>> from sympy import cos, sin
    >>> from sympy.abc import t, x, y
    >>> LevelOrthogonality(x**2 + y**2, (cos(t), sin(t)), t).key()
    (-2*sin(t)*cos(t), 2*sin(t)*cos(t))
    """

    f: Expr
    curve: tuple[Expr, ...]
    parameter: Symbol
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw one point of the curve; the terms of a sum are no arrows."""
        return super().picture()

    @property
    def kind(self) -> Kind:
        """A vector of expressions."""
        return Vector(self.names)

    def key(self) -> tuple[Expr, ...]:
        """Return slope times velocity for each coordinate."""
        return _products(self.slopes, self.velocity)

    def statement(self) -> Prose:
        """Ask for the terms."""
        t = typeset(self.parameter)
        terms = ",\\ ".join(rf"f_{{{v}}}(r({t}))\,{v}'({t})" for v in map(typeset, self.variables))
        return Prose(
            f"{self.setting()} So $f(r({t}))$ is constant, and by the chain rule the **dot product of the gradient and "
            f"the velocity** is 0. Show it: give its terms\n\n$$ \\left({terms}\\right) $$\n\n"
            f"as formulas in ${t}$ alone, one for each variable, before they are added."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards slope times velocity."""
        t = typeset(self.parameter)
        return (
            "Each term is a slope of f times a speed of the curve. Which slope goes with which speed?",
            f"Find the partial derivatives of f, and put the coordinates of $r({t})$ into them.",
            f"Multiply each by the derivative of its own coordinate of $r({t})$. The terms must cancel when added: a "
            "good check.",
        )

    def steps(self) -> Iterator[Step]:
        """Gradient along the curve, velocity, products, sum."""
        t = typeset(self.parameter)
        yield Step("The gradient, with the curve put in:", rf"\nabla f(r({t})) = {typeset(self.slopes)}")
        yield Step("The velocity of the curve:", f"r'({t}) = {typeset(self.velocity)}")
        yield Step("Multiply component by component:", typeset(self.key()))
        total = simplify(sum(self.key(), S.Zero))
        yield Step("Their sum shows the right angle:", rf"\nabla f \cdot r' = {typeset(total)}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """No velocity, the curve not put in, slopes swapped, a sign, the sum alone."""
        key, velocity, slopes = self.key(), self.velocity, self.slopes
        formula = tuple(gradient(self.f, self.variables))
        t = self.parameter
        yield Mistake(
            "velocity left out",
            slopes,
            "Those are the slopes along the curve. Each is still to be multiplied by the speed of its coordinate.",
            "Multiply by the derivative of the coordinate.",
            HALF,
        )
        yield Mistake(
            "curve not put in",
            _products(formula, velocity),
            f"The slopes still hold {' and '.join(self.names)}. On the curve these are formulas in {t}.",
            f"Put the coordinates of r({t}) into the slopes.",
            HALF,
        )
        yield Mistake(
            "the gradient, curve not put in",
            formula,
            f"That is the gradient, in {' and '.join(self.names)}. Its components are still to be multiplied by the "
            "speeds.",
            f"Put the curve in, and multiply by the derivatives of its coordinates by {t}.",
        )
        yield Mistake("velocity alone", velocity, "Those are the speeds alone.", "Multiply each by the slope of f.")
        yield Mistake(
            "sum instead of the terms",
            S.Zero,
            "Yes, the sum is 0. The question asks for the terms, to show why.",
            "Give the products before they are added.",
            HALF,
        )
        yield Mistake(
            "multiplied by the curve instead of its velocity",
            _products(slopes, self.curve),
            "You multiplied the slopes by the coordinates, not by their derivatives.",
            f"Differentiate the coordinates along {t} first.",
        )
        yield Mistake(
            "slopes and speeds paired wrongly",
            _products(slopes, velocity[::-1]),
            "You multiplied the slope along one axis by the speed along the other.",
            "Pair first with first.",
        )
        yield from order_and_signs(key, self.names)
        for slip in all_slips():
            wrong = tuple(self.on_curve(slip.derivative(self.f, v)) for v in self.variables)
            yield Mistake(
                f"{slip.name} in the gradient",
                _products(wrong, velocity),
                slip.says,
                "Find the slopes again.",
                HALF,
                likely=slip.likely,
            )
            wrong = tuple(slip.derivative(c, t) for c in self.curve)
            yield Mistake(
                f"{slip.name} in the velocity",
                _products(slopes, wrong),
                slip.says,
                "Find the velocity again.",
                HALF,
                likely=slip.likely,
            )
        turned = with_wrong_signs(self.curve)
        yield Mistake(
            "signs of the derivatives of sine and cosine",
            _products(slopes, turned),
            "The derivative of sin is cos, and that of cos is -sin.",
            "Check both signs.",
            HALF,
        )

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """A wrong velocity, or a wrong gradient along the curve, is followed."""
        vector = Vector(self.names)
        return {"velocity": (vector, self.velocity), "gradient": (vector, self.slopes)}

    def follow(self, **values: Any) -> tuple[Expr, ...]:
        """Use the student's own velocity or gradient."""
        slopes = tuple(self.on_curve(part) for part in values.get("gradient", self.slopes))
        return _products(slopes, values.get("velocity", self.velocity))


def _products(a: Sequence[Expr], b: Sequence[Expr]) -> tuple[Expr, ...]:
    return tuple(one * other for one, other in zip(a, b, strict=True))
