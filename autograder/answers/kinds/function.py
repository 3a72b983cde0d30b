"""A Python function, judged by what it returns for inputs that the judge chooses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Float, Symbol

from autograder.answers.answer import Answer, Function, Items, Refused, Scalar
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import Comparison, Domain, Fitted, Kind, Misfit
from autograder.equality import Different, Equal, Grounds, Verdict

Numbers = float | list["Numbers"]
"""A number, or rows of numbers nested to any depth (an array)."""


@dataclass(frozen=True)
class FunctionOf(Kind):
    """A function called as `signature` says; each number it returns must be right within `tolerance`.

    The tolerance is relative to the largest true number of the same output, and absolute below 1.
    """

    signature: str
    tolerance: float = 1e-6

    def describe(self) -> str:
        """Say what is wanted."""
        return f"a function {self.signature}"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a function by its name.

        >>> FunctionOf("field(X, Y)").take(Function("field"), ()).value
        'field'
        """
        if isinstance(answer, Function):
            return Fitted(answer.name)
        return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}. Give its name only.")

    def compare(self, key: Sequence[Any], value: Sequence[Answer], domain: Domain | None = None) -> Comparison:
        """Compare outputs with true outputs, one for each input.

        >>> FunctionOf("g(t)").compare([2.0], [Scalar(Float(2.0000001))]).verdict
        Equal(by='it agrees on 1 of 1 inputs, to 6 digits')
        """
        troubles = [self.trouble(true, got) for true, got in zip(key, value, strict=True)]
        right = sum(not trouble for trouble in troubles)
        digits = round(-math.log10(self.tolerance))
        by = Grounds(f"it agrees on {right} of {len(troubles)} inputs, to {digits} digits", "evidence")
        parts: tuple[Verdict, ...] = tuple(
            Equal(by) if not trouble else Different({}, Float(0), Float(1)) for trouble in troubles
        )
        first = next((trouble for trouble in troubles if trouble), "")
        whole = parts[0] if not first else Different({}, Float(right), Float(len(troubles)))
        return Comparison(whole, parts, Fraction(right, len(parts)), first)

    def trouble(self, true: Any, got: Answer) -> str:
        """Say what is wrong with one output, or return an empty text; the true numbers are never told."""
        if isinstance(got, Refused):
            return f"Your function gave {got.reason}."
        numbers, wanted = as_numbers(got), plain_numbers(true)
        if numbers is None:
            return f"Your function should return numbers; it returned {sort(got)}."
        if shape(numbers) != shape(wanted):
            return f"Your function returned {_shape_words(numbers)}; {_shape_words(wanted)} was wanted."
        pairs = list(zip(leaves(wanted), leaves(numbers), strict=True))
        scale = max(1.0, *(abs(a) for a, _ in pairs))
        worst = max(abs(a - b) if math.isfinite(b) else math.inf for a, b in pairs)
        if worst <= self.tolerance * scale:
            return ""
        if math.isinf(worst):
            return "Your function returned a number that is not finite."
        return f"Your function is off by as much as {worst:.1g} where at most {self.tolerance * scale:.0e} is allowed."


def as_numbers(answer: Answer) -> Numbers | None:
    """Turn an inert output into nested lists of floats; None when it holds anything but real numbers."""
    if isinstance(answer, Scalar):
        value = answer.expression
        return float(value) if value.is_number and value.is_extended_real else _not_a_number(value)
    if isinstance(answer, Items) and answer.form != "set":
        rows = [as_numbers(item) for item in answer]
        return None if any(row is None for row in rows) else [row for row in rows if row is not None]
    return None


def _not_a_number(value: Any) -> float | None:
    from sympy import nan

    return math.nan if value is nan else None


def plain_numbers(value: Any) -> Numbers:
    """Turn sympy numbers, arrays, tuples and floats into nested lists of floats.

    >>> plain_numbers(((1, 2), (3, 4)))
    [[1.0, 2.0], [3.0, 4.0]]
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, tuple | list):
        return [plain_numbers(item) for item in value]
    return float(value)


def shape(numbers: Numbers) -> tuple[int, ...] | None:
    """Give the shape of nested lists; None when their rows have different lengths."""
    if not isinstance(numbers, list):
        return ()
    inner = {shape(row) for row in numbers}
    if len(inner) != 1 or None in inner:
        return None
    return (len(numbers), *(inner.pop() or ()))


def leaves(numbers: Numbers) -> list[float]:
    """List the numbers of an array in order."""
    if not isinstance(numbers, list):
        return [numbers]
    return [leaf for row in numbers for leaf in leaves(row)]


def _shape_words(numbers: Numbers) -> str:
    size = shape(numbers)
    if size is None:
        return "rows of different lengths"
    return f"an array of shape {size}" if size else "a single number"
