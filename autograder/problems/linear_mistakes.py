"""Wrong linear models of a function at a point: the model itself, and its value at a nearby point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Expr, Integer

from autograder.notation import listing, plain
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.slips import all_slips
from nabla.second_order import hessian, model

ZERO = Integer(0)


@dataclass(frozen=True)
class LinearModel:
    """What a linear model at a point is put together from, for the wrong ways to do it."""

    problem: AtPoint

    @property
    def value(self) -> Expr:
        """The value of f at the point."""
        return self.put_in(self.problem.f)

    @property
    def offsets(self) -> tuple[Expr, ...]:
        """x - a for each coordinate."""
        return tuple(v - a for v, a in zip(self.problem.variables, self.problem.at, strict=True))

    def put_in(self, expr: Expr, at: Sequence[Expr] | None = None) -> Expr:
        """Put a point, or else the problem's own, into an expression."""
        point = self.problem.at if at is None else at
        return expr.xreplace(dict(zip(self.problem.variables, point, strict=True)))

    def slipped(self) -> Iterator[Mistake]:
        """Yield the gradients at the point that slips in one partial derivative give."""
        slopes = self.problem.slopes
        for slip in all_slips():
            for i, variable in enumerate(self.problem.variables):
                wrong = self.put_in(slip.derivative(self.problem.f, variable))
                if wrong != slopes[i] and wrong.is_finite:
                    says = slip.told_in(f"the derivative along {variable}")
                    yield Mistake(
                        f"{slip.name} along {variable}",
                        (*slopes[:i], wrong, *slopes[i + 1 :]),
                        says,
                        "Find that derivative again.",
                        HALF,
                        slip.likely,
                    )

    def wrong_gradients(self) -> Iterator[Mistake]:
        """Yield mistakes whose wrong value is a gradient, to be carried on into the answer."""
        slopes, names = self.problem.slopes, self.problem.names
        if len(slopes) == 2:
            yield Mistake(
                "slopes exchanged",
                slopes[::-1],
                f"The slope along {names[0]} stands where the slope along {names[1]} belongs, and the other way round.",
                f"The slope along {names[0]} goes with {names[0]}.",
                HALF,
            )
            swapped = tuple(self.put_in(part, self.problem.at[::-1]) for part in self.problem.formula)
            yield Mistake(
                "slopes at the point with its coordinates swapped",
                swapped,
                f"The slopes are those at {plain(self.problem.at[::-1])}; the point is {plain(self.problem.at)}.",
                f"Use {self.problem.values}.",
                HALF,
            )
        for i, name in enumerate(names):
            yield Mistake(
                f"sign of the slope along {name}",
                (*slopes[:i], -slopes[i], *slopes[i + 1 :]),
                f"The slope along {name} has the wrong sign.",
                f"Go through the derivative along {name} once more.",
                HALF,
            )
        for i, name in enumerate(names):
            yield Mistake(
                f"slope along {name} left out",
                (*slopes[:i], ZERO, *slopes[i + 1 :]),
                f"The change along {name} is not counted.",
                f"Add the slope along {name} times the step along {name}.",
                HALF,
            )
        yield from self.slipped()

    def wrong_models(self) -> Iterator[Mistake]:
        """Yield the wrong linear models, as expressions in the variables, the likeliest first."""
        p, offsets, value = self.problem, self.offsets, self.value
        at = plain(p.at)
        rise = dot(p.slopes, offsets)
        yield Mistake(
            "slopes not evaluated at the point",
            value + dot(p.formula, offsets),
            f"The slopes are still formulas. A tangent plane has fixed slopes: those at {at}.",
            f"Put {p.values} into the partial derivatives.",
            HALF,
        )
        yield Mistake(
            "value at the point left out",
            rise,
            f"At {at} this gives 0, but f has another value there.",
            f"Add the value of f at {at}.",
            HALF,
        )
        yield Mistake(
            "point not subtracted",
            value + dot(p.slopes, p.variables),
            f"The steps are counted from the origin, not from {at}.",
            f"Use {listing(map(plain, offsets))} for the steps.",
            HALF,
        )
        yield Mistake(
            "point added instead of subtracted",
            value + dot(p.slopes, tuple(v + a for v, a in zip(p.variables, p.at, strict=True))),
            f"The steps have the wrong sign in front of the coordinates of the point {at}.",
            "The step along x from a is x - a; minus a negative number is a plus.",
            HALF,
        )
        yield Mistake(
            "flat: the slopes left out",
            value,
            "That is the level plane at the right height. It would touch the graph only where the gradient is zero.",
            "Add slope times step for each variable.",
        )
        yield Mistake(
            "slopes subtracted",
            value - rise,
            "It leans the opposite way: the slopes are subtracted.",
            "From the value at the point, add slope times step.",
            HALF,
        )
        yield Mistake(
            "sign of the value at the point",
            rise - value,
            f"The value at {at} has the wrong sign.",
            f"Put the point in: the result should be the value of f at {at}.",
            HALF,
        )
        yield Mistake(
            "f left as a formula",
            p.f + rise,
            "The first term is f itself, not its value at the point.",
            f"Put {p.values} into f for the first term.",
            HALF,
        )
        yield Mistake("f itself", p.f, "That is f itself. Its linear model has variables only to the first power.",
                      "Start with the value and the slopes at the point.")  # fmt: skip
        yield from self._more_models(value, offsets)
        for mistake in self.wrong_gradients():
            yield replace(mistake, wrong=value + dot(mistake.wrong, offsets))

    def _more_models(self, value: Expr, offsets: tuple[Expr, ...]) -> Iterator[Mistake]:
        p = self.problem
        if len(p.slopes) == 2:
            turned = tuple(v - a for v, a in zip(p.variables, p.at[::-1], strict=True))
            yield Mistake("coordinates of the point exchanged in the steps", value + dot(p.slopes, turned),
                          "The coordinates of the point are exchanged in the steps.",
                          f"The steps are {listing(map(plain, offsets))}.", HALF)  # fmt: skip
        yield Mistake(
            "slopes not evaluated, value left out",
            dot(p.formula, offsets),
            "The slopes are still formulas, and the value at the point is missing.",
            f"Put {p.values} into f and into its partial derivatives.",
        )
        for name, wrong, says in (
            ("sum of the coordinates for the value", sum(p.at, ZERO), "You took the sum of the coordinates for f."),
            ("value at the point with its coordinates swapped", self.put_in(p.f, p.at[::-1]),
             f"That begins with the value of f at {plain(tuple(p.at[::-1]))}."),
        ):  # fmt: skip
            yield Mistake(
                name, wrong + dot(p.slopes, offsets), says, f"Begin with f at {plain(p.at)}.", HALF, likely=False
            )
        if p.f.is_polynomial(*p.variables):
            quadratic = model(value, p.slopes, hessian(p.f, p.variables, at=p.at), offsets)
            yield Mistake("quadratic terms added", quadratic,
                          "That is the quadratic polynomial. The linear model stops at the first powers.",
                          "Leave the quadratic terms out.", HALF)  # fmt: skip
        yield Mistake("all slopes taken as 1", value + sum(offsets, ZERO), "You took 1 for every slope.",
                      "Find the partial derivatives at the point.", likely=False)  # fmt: skip
        yield Mistake("slopes halved", value + dot(p.slopes, offsets) / 2, "Each slope is halved.",
                      "A factor 1/2 stands only with second derivatives.", HALF, likely=False)  # fmt: skip
        brackets = value + sum((m * v - a for m, v, a in zip(p.slopes, p.variables, p.at, strict=True)), ZERO)
        yield Mistake("brackets left out", brackets,
                      "Brackets are missing: the slope multiplies the whole step, the coordinate too.",
                      "Write slope · (variable - coordinate).", HALF)  # fmt: skip
        yield Mistake("sum of the partial derivatives", sum(p.formula, ZERO),
                      "That is the sum of the partial derivatives. A linear model has a value and steps too.",
                      "Start with the value at the point.")  # fmt: skip
        yield Mistake(
            "slopes added up first",
            value + sum(p.slopes, ZERO) * sum(offsets, ZERO),
            "You added the slopes and the steps first. Each slope goes with its own step.",
            "Multiply slope by step for each variable, then add.",
        )
        yield Mistake(
            "total differential without steps",
            value + sum(p.slopes, ZERO),
            "The slopes were added to the value without the steps.",
            "Multiply each slope by its step.",
        )

    def not_a_model(self) -> Iterator[Mistake]:
        """Yield vectors that are given instead of a model: the gradient, a normal."""
        p = self.problem
        alone = p.slopes if len(p.slopes) > 1 else p.slopes[0]
        yield Mistake("the gradient alone", alone, "That is the gradient at the point. The linear model is one "
                      "equation: a height plus slope times step for each variable.",
                      "Start with the value at the point.")  # fmt: skip
        formula = p.formula if len(p.formula) > 1 else p.formula[0]
        yield Mistake("the gradient as a formula", formula, "That is the gradient as a formula.",
                      f"Put {p.values} in, then build the model.")  # fmt: skip
        for last in (-1, 1):
            yield Mistake("a normal alone", (*p.slopes, Integer(last)), "That is a vector in space, not an equation.",
                          "Use it as the normal: dot it with the step from the point and set that to 0.")  # fmt: skip
