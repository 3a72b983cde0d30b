"""A vector with a known number of components, written in any of the ways that people write one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from autograder.answers.answer import Answer, Items, Scalar, Table
from autograder.answers.kinds.expression import sort, stray_names
from autograder.answers.kinds.kind import Comparison, Domain, Fitted, Kind, Misfit, finite_scalar, same, whole
from autograder.equality import Different, Equal
from autograder.notation import listing


@dataclass(frozen=True)
class Vector(Kind):
    """A vector: one component for each of `names`; `numbers` says that no variable may be left in it.

    >>> from sympy.abc import x, y
    >>> vector = Vector(("x", "y"))
    >>> vector.take(Items((Scalar(2 * x), Scalar(y)), "row"), (x, y)).value
    (2*x, y)
    >>> vector.take(Scalar(2 * x), (x, y)).says
    'This is a single value; the question asks for a vector with 2 components, one for x and one for y.'
    """

    names: tuple[str, ...]
    numbers: bool = False

    def describe(self) -> str:
        """Say what is wanted."""
        each = listing(f"one for {name}" for name in self.names)
        return f"a vector with {len(self.names)} component{'s' * (len(self.names) > 1)}, {each}"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a row, column, tuple, list, array or a dict by variable."""
        items = self._components(answer)
        if isinstance(items, Misfit):
            return items
        values: list[Expr] = []
        for name, item in zip(self.names, items, strict=True):
            value = finite_scalar(item, f"The {name}-component")
            if isinstance(value, Misfit):
                return value
            if stray := stray_names(value, variables):
                return Misfit("wrong", f"In the {name}-component, {stray}")
            values.append(value)
        return Fitted(tuple(values))

    def _components(self, answer: Answer) -> tuple[Answer, ...] | Misfit:
        if isinstance(answer, Table):
            return self._by_name(answer)
        if isinstance(answer, Scalar) and len(self.names) == 1:
            return (answer,)
        if not isinstance(answer, Items):
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        if answer.form == "set":
            return Misfit("wrong", "A set has no order, a vector has: write it in round brackets, (a, b).")
        items = flat(answer)
        if len(items) != len(self.names):
            return Misfit("wrong", f"Your vector has {len(items)}; the question asks for {self.describe()}.")
        return items

    def _by_name(self, table: Table) -> tuple[Answer, ...] | Misfit:
        by_name = {_name(key): value for key, value in table.pairs}
        if set(by_name) != set(self.names):
            return Misfit("wrong", f"A dict should have the keys {listing(self.names)}.")
        return tuple(by_name[name] for name in self.names)

    def compare(self, key: Sequence[Expr], value: Sequence[Expr], domain: Domain | None = None) -> Comparison:
        """Compare component by component. A zero vector earns nothing for its zeros."""
        pairs = [same(k, v, self.digits, domain) for k, v in zip(key, value, strict=True)]
        parts = tuple(verdict for verdict, _ in pairs)
        notes = tuple(dict.fromkeys(note for _, notes in pairs for note in notes))
        verdict = whole(parts)
        right = sum(isinstance(part, Equal) for part in parts)
        trivial = not isinstance(verdict, Equal) and all(v == 0 for v in value)
        credit = Fraction(0) if trivial else Fraction(right, len(parts))
        return Comparison(verdict, parts, credit, self._says(parts), notes)

    def _says(self, parts: Sequence[object]) -> str:
        right = [name for name, part in zip(self.names, parts, strict=True) if isinstance(part, Equal)]
        wrong = [name for name, part in zip(self.names, parts, strict=True) if isinstance(part, Different)]
        if not right or not wrong:
            return ""
        return f"The {listing(right)}-component is right; look again at the {listing(wrong)}-component."


def flat(items: Items) -> tuple[Answer, ...]:
    """Unwrap a matrix with a single row or a single column.

    >>> from sympy import Integer
    >>> one = Scalar(Integer(1))
    >>> len(flat(Items((Items((one,)), Items((one,))), "array")))
    2
    """
    if len(items) == 1 and isinstance(items.items[0], Items):
        return flat(items.items[0])
    if all(isinstance(item, Items) and len(item) == 1 for item in items):
        return tuple(item.items[0] for item in items if isinstance(item, Items))
    return items.items


def _name(key: Answer) -> str:
    if isinstance(key, Scalar) and isinstance(key.expression, Symbol):
        return str(key.expression.name)
    return str(getattr(key, "text", ""))
