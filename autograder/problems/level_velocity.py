"""The velocity of a curve along a level set: a tangent vector of the level set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr, Integer, Symbol, diff, sqrt

from autograder.answers.kinds import Kind, Vector
from autograder.notation import typeset
from autograder.problems.along_level import AlongLevel, order_and_signs, with_wrong_signs
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from autograder.problems.slips import all_slips
from nabla.calculus import gradient


@dataclass(frozen=True)
class LevelVelocity(AlongLevel):
    """The velocity of a curve that runs along a level set of f: a tangent vector of the level set.

    >>> from sympy import cos, sin
    >>> from sympy.abc import t, x, y
    >>> LevelVelocity(x**2 + y**2, (cos(t), sin(t)), t).key()
    (-sin(t), cos(t))
    """

    f: Expr
    curve: tuple[Expr, ...]
    parameter: Symbol
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    @property
    def kind(self) -> Kind:
        """A vector of expressions."""
        return Vector(self.names)

    def key(self) -> tuple[Expr, ...]:
        """Return the derivative of the curve."""
        return self.velocity

    def statement(self) -> Prose:
        """Ask for the velocity."""
        t = typeset(self.parameter)
        return Prose(
            f"{self.setting()} Find its **velocity** $r'({t})$, a tangent vector of the level set.\n\n"
            f"Give a vector of {len(self.curve)} formulas in ${t}$."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards coordinate by coordinate."""
        t = typeset(self.parameter)
        return (
            "A velocity says how fast each coordinate changes. How many components does that make?",
            f"Differentiate each coordinate of $r({t})$ along ${t}$, on its own.",
            f"The first coordinate is ${typeset(self.curve[0])}$, the second ${typeset(self.curve[1])}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Each coordinate, then the vector."""
        t = typeset(self.parameter)
        for name, c, v in zip(self.names, self.curve, self.velocity, strict=True):
            yield Step(f"The ${name}$-coordinate:", rf"\frac{{d}}{{d {t}}}\left({typeset(c)}\right) = {typeset(v)}")
        yield Step("The velocity collects them:", f"r'({t}) = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The curve itself, the gradient, wrong derivatives, wrong signs."""
        key = self.key()
        yield Mistake(
            "the curve itself", self.curve, "That is the curve, not its velocity.", "Differentiate each coordinate."
        )
        yield Mistake(
            "the gradient along the curve",
            self.slopes,
            "That is the gradient, which is at right angles to the level set. The velocity runs along it.",
            "Differentiate the coordinates of the curve.",
        )
        names = " and ".join(self.names)
        yield Mistake(
            "the gradient, curve not put in",
            tuple(gradient(self.f, self.variables)),
            f"That is the gradient, a formula in {names}. The velocity is the derivative of the curve.",
            "Differentiate the coordinates of the curve.",
        )
        twice = tuple(diff(c, self.parameter, 2) for c in self.curve)
        yield Mistake(
            "differentiated twice",
            twice,
            "You differentiated twice: that is the acceleration.",
            "Differentiate each coordinate once.",
            HALF,
        )
        yield Mistake(
            "terms of the dot product",
            tuple(a * b for a, b in zip(self.slopes, key, strict=True)),
            "Those are the products of slopes and speeds, the terms of the dot product.",
            "Give the speeds alone.",
        )
        speed = sqrt(sum((part**2 for part in key), Integer(0)))
        yield Mistake("the speed", speed, "That is the length of the velocity.", "Keep the components apart.")
        yield Mistake("the dot product", Integer(0), "0 is the dot product of gradient and velocity.",
                      "Give the velocity itself.")  # fmt: skip
        if len(key) == 2 and key[0] != 0:
            slope = key[1] / key[0]
            yield Mistake("the slope of the curve", slope, "That is the slope of the curve, a number. The velocity is "
                          "a vector.", "Give the derivative of each coordinate.")  # fmt: skip
            yield Mistake("velocity for a step of 1 along the first axis", (Integer(1), slope),
                          "This has the right direction, but it is not the velocity of this curve.",
                          "Differentiate each coordinate as it is given.", HALF)  # fmt: skip
        yield from order_and_signs(key, self.names)
        for slip in all_slips():
            wrong = tuple(slip.derivative(c, self.parameter) for c in self.curve)
            yield Mistake(slip.name, wrong, slip.says, "Differentiate each coordinate again.", HALF, likely=slip.likely)
            for i in range(len(key)):
                one = (*key[:i], wrong[i], *key[i + 1 :])
                yield Mistake(
                    f"{slip.name} in the {self.names[i]}-component",
                    one,
                    slip.says,
                    "Try it again.",
                    HALF,
                    likely=slip.likely,
                )
        turned = with_wrong_signs(self.curve)
        yield Mistake(
            "signs of the derivatives of sine and cosine",
            turned,
            "The derivative of sin is cos, and that of cos is -sin.",
            "Check both signs.",
            HALF,
        )
