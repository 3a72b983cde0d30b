"""A curve that runs along a level set: what two problems about it share."""

from __future__ import annotations

import random
from abc import ABC
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Rational, S, Symbol, cos, diff, simplify, sin

from autograder.notation import typeset
from autograder.problems.at_point import scaled
from autograder.problems.mistake import Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, exact, exact_point, exact_variables
from nabla.calculus import gradient

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class AlongLevel(Problem, ABC):
    """A problem about a `curve` of the `parameter` that runs along a level set of `f`."""

    f: Expr
    curve: tuple[Expr, ...]
    parameter: Symbol
    variables: tuple[Symbol, ...]

    def _check(self) -> None:
        object.__setattr__(self, "f", exact(self.f, "f"))
        object.__setattr__(self, "variables", exact_variables(self.f, self.variables))
        object.__setattr__(self, "curve", exact_point(self.curve, self.variables, "curve", numbers=False))
        parameter = exact(self.parameter, "parameter")
        if not isinstance(parameter, Symbol) or parameter in self.variables:
            raise ProblemError("parameter should be a letter of its own, such as t.")
        object.__setattr__(self, "parameter", parameter)
        if {s.name for c in self.curve for s in c.free_symbols} != {parameter.name}:
            raise ProblemError(f"The curve should depend on {parameter} and on nothing else.")
        if simplify(diff(self.on_curve(self.f), parameter)) != 0:
            raise ProblemError("f is not constant along this curve, so the curve does not run along a level set.")

    def on_curve(self, expr: Expr) -> Expr:
        """Put the curve into an expression."""
        return expr.xreplace(dict(zip(self.variables, self.curve, strict=True)))

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own vector at one point of the curve; None beyond the plane."""
        here = {self.parameter: Rational(1, 2)}
        place = tuple(c.xreplace(here) for c in self.curve)
        if len(self.variables) != 2 or as_floats(place) is None:
            return None
        from nabla.explore import gradient_picture

        put_in = {**dict(zip(self.variables, place, strict=True)), **here}
        own = as_floats(own_value(self, answer), put_in)
        return gradient_picture(self.f, place, {"your answer": own} if own else {}, variables=self.variables)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables and the parameter; an answer holds the parameter only."""
        return (*self.variables, self.parameter)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables."""
        return tuple(variable.name for variable in self.variables)

    @cached_property
    def velocity(self) -> tuple[Expr, ...]:
        """The derivative of the curve."""
        return tuple(diff(c, self.parameter) for c in self.curve)

    @cached_property
    def slopes(self) -> tuple[Expr, ...]:
        """The gradient of f along the curve."""
        return tuple(self.on_curve(part) for part in gradient(self.f, self.variables))

    def setting(self) -> str:
        """Introduce function and curve."""
        names, t = ", ".join(typeset(v) for v in self.variables), typeset(self.parameter)
        return f"The curve $r({t}) = {typeset(self.curve)}$ runs along a level set of $f({names}) = {typeset(self.f)}$."

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a line (level 1), a circle or a parabola (2), an ellipse or a hyperbola (3)."""
        x, y, t = Symbol("x"), Symbol("y"), Symbol("t")
        a, b, c = rng.choice((1, 2, 3)), rng.choice((2, 3, 4)), rng.choice((-3, -2, -1, 1, 2, 3))
        k = rng.choice((1, 2, 3))
        lines = ((a * x + b * y, (b * t + c, -a * t)), (a * x - y, (t, a * t + c)), ((x + b * y) ** 2, (b * t, c - t)))
        bends = (
            (a * (x**2 + y**2), (b * cos(k * t), b * sin(k * t))),
            (y - a * x**2, (k * t, a * k**2 * t**2 + c)),
            (x - a * y**2, (a * k**2 * t**2 + c, k * t)),
        )
        conics = (
            (b**2 * x**2 + y**2, (a * cos(k * t), a * b * sin(k * t))),
            (k * x * y, (a * t, b / t)),
            (x**2 * y + c, (a * t, b / t**2)),
            (x**2 + b**2 * y**2, (a * b * sin(k * t), a * cos(k * t))),
        )
        f, curve = rng.choice((lines, bends, conics)[level - 1])
        return cls(f, curve, t)  # type: ignore[call-arg]


def order_and_signs(key: Sequence[Expr], names: Sequence[str]) -> Iterator[Mistake]:
    """Yield the mistakes that a vector of formulas invites: order, signs, one component, the sum.

    >>> [mistake.wrong for mistake in order_and_signs((Integer(4), Integer(7)), "xy")][:2]
    [(7, 4), (-4, -7)]
    """
    order = f"Keep the order {', '.join(names)}."
    flipped, backwards = scaled(S.NegativeOne, key), tuple(reversed(key))
    if backwards != flipped:  # (a, -a) with its signs flipped is told as that
        yield Mistake("components swapped", backwards, "The components are in the wrong order.", order)
    yield Mistake("all signs flipped", flipped, "Every sign is reversed.", "Go through the signs.")
    for i, name in enumerate(names):
        yield Mistake(
            f"sign flipped in the {name}-component",
            (*key[:i], -key[i], *key[i + 1 :]),
            f"The {name}-component has the wrong sign.",
            "Go through the signs once more.",
        )
        yield Mistake(f"only the {name}-component", key[i], f"That is the {name}-component alone.", "Give all of them.")
    yield Mistake(
        "twice too large", scaled(Integer(2), key), "This is twice what is right.", "Look for a factor 2 too many."
    )


def with_wrong_signs(curve: Sequence[Expr]) -> tuple[Expr, ...]:
    """Differentiate sines and cosines with the two signs mixed up: sin -> -cos, cos -> sin; speeds are kept.

    >>> t = Symbol("t")
    >>> with_wrong_signs((cos(2 * t), sin(t)))
    (2*sin(2*t), -cos(t))
    """
    wrong = {cos: sin, sin: lambda u: -cos(u)}

    def turned(node: Expr) -> Expr:
        inner = node.args[0]
        return wrong[node.func](inner) * sum((inner.diff(s) for s in inner.free_symbols), S.Zero)

    return tuple(c.replace(lambda node: node.func in wrong, turned) for c in curve)
