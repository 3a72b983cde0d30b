"""A vector or a point with a known number of components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sympy import Expr, Symbol

from autograder.answers.answer import Answer, Text
from autograder.answers.kinds.components import Words, components
from autograder.answers.kinds.components import flat as flat  # wanted beside `Vector`
from autograder.answers.kinds.decimals import Closeness, closeness
from autograder.answers.kinds.expression import Expression, stray_names
from autograder.answers.kinds.kind import Comparison, Domain, Fitted, Kind, Misfit, finite_scalar, whole
from autograder.equality import Different, Equal
from autograder.notation import listing


@dataclass(frozen=True)
class Vector(Kind):
    """A vector: one component for each of `names`; `numbers` says that no variable may be left in it.

    The key is a sequence of sympy expressions.

    >>> from sympy.abc import x, y
    >>> from autograder.answers import of
    >>> vector = Vector(("x", "y"))
    >>> vector.take(of((2 * x, y)), (x, y)).value
    (2*x, y)
    >>> vector.take(of(2 * x), (x, y)).says
    'This is a single value; the question asks for a vector with 2 components, one for x and one for y.'
    >>> vector.compare((2 * x, y), (2 * x, x)).says
    'The x-component is right; look again at the y-component.'
    """

    names: tuple[str, ...]
    numbers: bool = False

    words: ClassVar[Words] = Words()

    def describe(self) -> str:
        """Say what is wanted."""
        return self.words.wanted(self.names)

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a row, column, tuple, list, array or a dict by variable."""
        items = components(answer, self.names, self.words)
        if isinstance(items, Misfit):
            return items
        values: list[Expr] = []
        for name, item in zip(self.names, items, strict=True):
            value = self._component(name, item, variables)
            if isinstance(value, Misfit):
                return value
            values.append(value)
        return Fitted(tuple(values))

    def _component(self, name: str, item: Answer, variables: Sequence[Symbol]) -> Expr | Misfit:
        if isinstance(item, Text):
            fitted = Expression().take_text(item.text, variables)
            return fitted if isinstance(fitted, Misfit) else fitted.value
        value = finite_scalar(item, f"The {name}-{self.words.part}")
        if isinstance(value, Misfit):
            return value
        if stray := stray_names(value, variables):
            return Misfit("wrong", f"In the {name}-{self.words.part}, {stray}")
        return value

    def compare(self, key: Sequence[Expr], value: Sequence[Expr], domain: Domain | None = None) -> Comparison:
        """Compare component by component. A zero vector earns nothing for its zeros."""
        close = self._closeness(key, value, domain)
        parts = tuple(each.verdict for each in close)
        notes = tuple(dict.fromkeys(note for each in close for note in each.notes))
        verdict = whole(parts)
        trivial = not isinstance(verdict, Equal) and all(v == 0 for v in value)
        earned = sum((Fraction(1) if isinstance(c.verdict, Equal) else c.credit for c in close), Fraction(0))
        credit = Fraction(0) if trivial else earned / len(parts)
        return Comparison(verdict, parts, credit, self._says(close, value), notes)

    def _closeness(self, key: Sequence[Expr], value: Sequence[Expr], domain: Domain | None) -> list[Closeness]:
        return [closeness(k, v, self.digits, domain) for k, v in zip(key, value, strict=True)]

    def _says(self, close: Sequence[Closeness], value: Sequence[Expr]) -> str:
        named = list(zip(self.names, close, strict=True))
        right = [name for name, each in named if isinstance(each.verdict, Equal)]
        wrong = [name for name, each in named if isinstance(each.verdict, Different) and not each.says]
        rough = {f"In the {name}-{self.words.part}: {each.says}" for name, each in named if each.says}
        if right and wrong:
            verb = "is" if len(right) == 1 else "are"
            says = f"The {self._named(right)} {verb} right; look again at the {self._named(wrong)}."
            return " ".join([says, *sorted(rough)])
        left = sorted({symbol.name for v in value for symbol in v.free_symbols})
        if wrong and self.numbers and left:
            verb = "stands" if len(left) == 1 else "stand"
            return f"{listing(left)} still {verb} in your answer: the question asks for numbers."
        return " ".join(sorted(rough)) if not wrong else ""

    def _named(self, names: Sequence[str]) -> str:
        """One part, or several, as in "x- and y-components"."""
        plural = "s" if len(names) > 1 else ""
        return listing(f"{name}-" for name in names) + self.words.part + plural


@dataclass(frozen=True)
class Point(Vector):
    """A point: one coordinate for each of `names`. The key is a sequence of sympy expressions.

    >>> from sympy.abc import x, y
    >>> from autograder.answers import of
    >>> Point(("x", "y")).take(of({y: 2, x: 1}), (x, y)).value
    (1, 2)
    """

    words: ClassVar[Words] = Words("point", "coordinate")
