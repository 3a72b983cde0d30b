"""Propagated errors: how far off a result may be when its inputs are."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Abs, Expr, Integer, Mul, Rational, Symbol, sqrt

from autograder.answers.answer import Answer
from autograder.answers.kinds import Number
from autograder.notation import listing, typeset
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.linearization import decimal
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import ProblemError, Prose, Step, exact_point
from nabla.tangent_plane import root_sum_square, worst_case

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

ZERO = Integer(0)
RULES = ("worst case", "root-sum-square")


_SIGNS = re.compile(r"^\s*(±|\+/?-|\\pm)\s*")


@dataclass(frozen=True)
class PropagatedError(AtPoint):
    """The error of f to first order when each input may be off by its error.

    `rule` is "worst case", the sum of |slope| times error (a bound to first order), or "root-sum-square", which holds
    for errors that are independent of one another.

    >>> from sympy.abc import x, y
    >>> PropagatedError(x * y, at=(4, 3), errors=(0.1, 0.1)).key()
    7/10
    >>> PropagatedError(x * y, at=(4, 3), errors=(0.1, 0.1), rule="root-sum-square").key()
    1/2
    """

    f: Expr
    at: tuple[Expr, ...]
    errors: tuple[Expr, ...]
    rule: str = "worst case"
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "errors", exact_point(self.errors, self.variables, "errors"))
        if not all(error.is_positive for error in self.errors):
            raise ProblemError("Each error should be a positive number: how far that input may be off.")
        if self.rule not in RULES:
            raise ProblemError(f'rule is "worst case" or "root-sum-square", not {self.rule!r}.')
        if not any(self.slopes):
            raise ProblemError(
                "The gradient is zero there, so no error passes through to first order. Choose another point."
            )

    @property
    def is_worst_case(self) -> bool:
        """Whether the largest error is asked for."""
        return self.rule == "worst case"

    @property
    def kind(self) -> Number:
        """A number."""
        return Number()

    def pack(self, answer: object) -> Answer:
        """Take a text that begins with a sign for plus or minus too, as errors are often written."""
        return super().pack(_SIGNS.sub("", answer) if isinstance(answer, str) else answer)

    def _joined(self, slopes: Sequence[Expr], errors: Sequence[Expr] | None = None, *, other: bool = False) -> Expr:
        """Join slopes and errors by the rule of this problem, or by the other one."""
        rule = worst_case if self.is_worst_case != other else root_sum_square
        return rule(slopes, self.errors if errors is None else errors)

    def key(self) -> Expr:
        """Return the propagated error."""
        return self._joined(self.slopes)

    def statement(self) -> Prose:
        """Ask for the error, and say which one."""
        given = listing(
            f"${typeset(v)} = {decimal(a)} \\pm {decimal(e)}$"
            for v, a, e in zip(self.variables, self.at, self.errors, strict=True)
        )
        wanted = (
            "Find the **largest error** of $f$ to first order (worst case: all errors may push the same way)."
            if self.is_worst_case
            else "The errors are independent of one another. Find the **typical error** of $f$ to first order "
            "(root-sum-square)."
        )
        return Prose(f"Let ${self.definition}$, with {given}. {wanted}\n\nGive one positive number, exact or to four "
                     "digits.")  # fmt: skip

    def nudges(self) -> Sequence[str]:
        """Nudge: slopes, products, how to join them."""
        first, error = self.variables[0], decimal(self.errors[0])
        join = (
            "In the worst case all contributions push the same way, whatever the signs of the slopes. What does that "
            "say about how to add them?"
            if self.is_worst_case
            else "Independent errors seldom all push the same way: they join like the sides of a right triangle."
        )
        return (
            f"If only ${typeset(first)}$ is off, by ${error}$, how far off is $f$? Think of a slope times a step.",
            f"Find the partial derivatives at ${typeset(self.at)}$, and multiply each by the error of its variable.",
            join,
        )

    def steps(self) -> Iterator[Step]:
        """Slopes, contributions, joined."""
        yield from self.gradient_steps()
        parts = [Abs(s) * e for s, e in zip(self.slopes, self.errors, strict=True)]
        for v, part in zip(self.variables, parts, strict=True):
            yield Step(f"The contribution of ${typeset(v)}$, size of slope times error:", typeset(part))
        if self.is_worst_case:
            yield Step("In the worst case they add up:", f"{' + '.join(map(typeset, parts))} = {typeset(self.key())}")
        else:
            squares = " + ".join(rf"\left({typeset(part)}\right)^2" for part in parts)
            yield Step("Root of the sum of the squares:", rf"\sqrt{{{squares}}} = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The other rule, signs, squares and roots, slopes or errors forgotten."""
        slopes, errors = self.slopes, self.errors
        yield self._other_rule()
        parts = [s * e for s, e in zip(slopes, errors, strict=True)]
        signed = sum(parts, ZERO)
        for wrong in (signed, Abs(signed)):
            yield Mistake("contributions with their signs", wrong,
                          "You added slope times error with the signs of the slopes, so that errors cancel. Each input "
                          "may be off either way.", "Take the size of each contribution.", HALF)  # fmt: skip
        yield Mistake("squares added without the root", sum((part**2 for part in parts), ZERO),
                      "The squares are added, but the root is missing.", "Take the square root of the sum."
                      if not self.is_worst_case else "Add the sizes, not the squares.", HALF)  # fmt: skip
        yield Mistake("slopes left out", self._joined((Integer(1),) * len(slopes)),
                      "You joined the errors of the inputs. How strongly f answers to each of them is missing.",
                      "Multiply each error by the slope of its variable.")  # fmt: skip
        yield Mistake("errors left out", self._joined(slopes, (Integer(1),) * len(slopes)),
                      "You joined the slopes. How far off each input may be is missing.",
                      "Multiply each slope by the error of its variable.")  # fmt: skip
        for v, part in zip(self.variables, parts, strict=True):
            yield Mistake(f"only the contribution of {v}", Abs(part), f"This is what {v} contributes alone.",
                          "Join the contributions of all the inputs.", HALF)  # fmt: skip
        yield from self._point_mistakes()
        yield from self._wrong_joins(parts)
        for mistake in LinearModel(self).wrong_gradients():
            yield replace(mistake, wrong=self._joined(mistake.wrong))
        yield Mistake("the gradient alone", slopes, "That is the gradient. The question asks for one error.",
                      "Multiply each slope by the error of its variable, and join them.")  # fmt: skip
        yield from number_mistakes(self.key())

    def _other_rule(self) -> Mistake:
        wrong = self._joined(self.slopes, other=True)
        if self.is_worst_case:
            return Mistake("typical error instead of the largest", wrong,
                           "That is the root-sum-square: a typical error, if the errors are independent. The worst "
                           "case is larger.", "Add the sizes of the contributions.", HALF)  # fmt: skip
        return Mistake("largest error instead of the typical one", wrong,
                       "That is the worst case. Independent errors seldom all push the same way.",
                       "Take the root of the sum of the squares.", HALF)  # fmt: skip

    def _point_mistakes(self) -> Iterator[Mistake]:
        model = LinearModel(self)
        put = f"Put {self.values} into the partial derivatives."
        formula = self.formula
        for wrong in (dot(formula, self.errors), self._joined(formula)):
            yield Mistake("slopes not evaluated at the point", wrong, "This is still a formula. The question asks for "
                          "a number.", put, HALF)  # fmt: skip
        upper = tuple(a + e for a, e in zip(self.at, self.errors, strict=True))
        exact_change = Abs(model.put_in(self.f, upper) - model.value)
        yield Mistake("exact change for inputs that are all too large", exact_change,
                      "You put in the largest inputs and took the difference. The question asks for the error to first "
                      "order, by the slopes.", "Use the partial derivatives at the point.", HALF)  # fmt: skip
        yield Mistake("value of f", model.value, "That is the value of f, not its error.",
                      "Start with the partial derivatives.")  # fmt: skip
        if model.value != 0:
            yield Mistake("relative error", self.key() / Abs(model.value),
                          "You divided by the value of f: that is the relative error.",
                          "Leave the division out.", HALF)  # fmt: skip
            yield Mistake("relative error in percent", 100 * self.key() / Abs(model.value),
                          "That is the relative error in percent.", "Give the error itself.", HALF)  # fmt: skip
        yield Mistake("value plus error", model.value + self.key(), "That is the largest value, not the error.",
                      "Give the error alone.", HALF)  # fmt: skip

    def _wrong_joins(self, parts: Sequence[Expr]) -> Iterator[Mistake]:
        slopes, errors = self.slopes, self.errors
        if len(errors) == 2:
            yield Mistake("errors exchanged", self._joined(slopes, errors[::-1]),
                          "The errors of the two inputs are exchanged.",
                          f"The error of {self.variables[0]} goes with the slope along {self.variables[0]}.",
                          HALF)  # fmt: skip
        squares = sum((Abs(s) * e**2 for s, e in zip(slopes, errors, strict=True)), ZERO)
        yield Mistake("slopes not squared", sqrt(squares), "The errors are squared, the slopes are not.",
                      "Square each contribution as a whole: slope times error.", HALF)  # fmt: skip
        sizes = [Abs(part) for part in parts]
        apart = sizes[0] - sum(sizes[1:], ZERO)
        for wrong in (apart, Abs(apart), sqrt(Abs(sizes[0] ** 2 - sum((size**2 for size in sizes[1:]), ZERO)))):
            yield Mistake("contributions subtracted", wrong, "You subtracted one contribution from another.",
                          "Errors never help: they are joined with a plus.", HALF)  # fmt: skip
        yield Mistake("root of the sum of the contributions", sqrt(sum(sizes, ZERO)),
                      "You took the root of the contributions as they are.",
                      "A root belongs to a sum of squares.", HALF)  # fmt: skip
        yield Mistake("square of the sum", sum(sizes, ZERO) ** 2, "You squared the sum of the contributions.",
                      "Read once more how the contributions are joined.", HALF)  # fmt: skip
        yield Mistake("contributions not joined", tuple(sizes), "Those are the contributions, one by one.",
                      "Join them to one error.", HALF)  # fmt: skip
        yield Mistake("errors multiplied", Mul(*errors), "You multiplied the errors of the inputs.",
                      "Multiply each error by the slope of its variable, and join.")  # fmt: skip
        yield Mistake("contributions multiplied", Abs(Mul(*parts)), "You multiplied the contributions.",
                      "Contributions add up.")  # fmt: skip
        yield Mistake("length of the gradient times length of the errors",
                      sqrt(dot(slopes, slopes)) * sqrt(dot(errors, errors)),
                      "You multiplied two lengths. Each slope goes with its own error.",
                      "Multiply slope by error for each input, then join.")  # fmt: skip
        yield Mistake("slopes and errors added up first", sum(map(Abs, slopes), ZERO) * sum(errors, ZERO),
                      "You added the slopes, added the errors, and multiplied.",
                      "Multiply slope by error for each input, then join.")  # fmt: skip

    def follow(self, **values: Any) -> Expr:
        """Use the student's own gradient."""
        return self._joined(values["gradient"])

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a product in the worst case (1), signs or independent errors (2), a quotient or three inputs (3)."""
        x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
        a, b = rng.choice((1, 2, 3)), rng.choice((2, 3))
        p, q, r = rng.choice((2, 3, 4, 5)), rng.choice((1, 2, 3, 4)), rng.choice((1, 2))
        rule = RULES[0] if level == 1 else rng.choice(RULES)
        if level == 1:
            f = rng.choice((a * x * y, x**2 * y, a * x + b * y**2, x**2 + b * x * y))
        elif level == 2:
            f = rng.choice((x**2 - b * y**2, a * x * y - y**2, x**2 * y - b * y, b * x - x * y, a * x * y))
        else:
            f = rng.choice((a * x / y, x**2 / y, x * y / z, x * y * z, x**2 * y - b * z, x / (y + 1)))
        point = {x: p, y: q, z: r}
        names = sorted(f.free_symbols, key=str)
        unit = rng.choice((10, 100))
        errors = tuple(Rational(rng.choice((1, 2, 3, 4, 5)), unit) for _ in names)
        return cls(f, tuple(Integer(point[v]) for v in names), errors, rule, tuple(names))

    def is_well_behaved(self) -> bool:
        """Plain slopes; the two rules differ by more than rounding; no contribution drowns."""
        parts = [Abs(s) * e for s, e in zip(self.slopes, self.errors, strict=True)]
        return (
            all(s.is_Rational and 0 < abs(s) <= 40 and s.q <= 9 for s in self.slopes)
            and max(parts) <= 8 * min(parts)
            and len(set(self.errors)) > 1
            and len({abs(s) for s in self.slopes}) > 1
        )

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the inputs that the errors allow, and the strip of the student's own error; None beyond the plane."""
        if len(self.variables) != 2:
            return None
        from nabla.explore.error_picture import error_picture

        own = as_floats((value,) if (value := own_value(self, answer)) is not None else None)
        claimed = own[0] if own else None
        independent = not self.is_worst_case
        return error_picture(self.f, self.at, self.errors, claimed, independent, self.variables)
