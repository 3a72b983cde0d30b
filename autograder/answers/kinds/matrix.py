"""A matrix with a known number of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Expr, ImmutableMatrix, Integer, MatrixBase, Symbol

from autograder.answers.answer import Answer, Items, Scalar, Text
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.decimals import Closeness, closeness
from autograder.answers.kinds.expression import Expression, sort, stray_names
from autograder.answers.kinds.kind import NOWHERE, Comparison, Domain, Fitted, Kind, Misfit, finite_scalar, whole
from autograder.answers.python import of
from autograder.equality import Different, Equal
from autograder.notation import listing


@dataclass(frozen=True)
class Matrix(Kind):
    """A matrix: one row for each of `rows`, one column for each of `columns`. The key is a sympy matrix.

    `numbers` says that no variable may be left in it; `symmetric` that the right one is symmetric, so that one that
    is not can be told so. Each right entry earns its share. A matrix of the transposed shape is taken too, so that
    it can be told what it is.

    >>> from sympy import Matrix as SympyMatrix
    >>> matrix = Matrix(("x", "y"), ("x", "y"), symmetric=True)
    >>> value = matrix.take(of([[2, 3], [4, 6]]), ()).value
    >>> matrix.compare(SympyMatrix([[2, 3], [3, 6]]), value).says
    'Look again at row 2, column 1; the other entries are right. This matrix should be symmetric, and yours is not.'
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: bool = False
    symmetric: bool = False

    def describe(self) -> str:
        """Say what is wanted."""
        r, c = self.shape
        return f"a matrix with {_count(r, 'row')} and {_count(c, 'column')}, such as {self._example()}"

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns are wanted."""
        return len(self.rows), len(self.columns)

    def _example(self) -> str:
        letters = iter("abcdefghijklmnopqrstuvwxyz")
        lines = ("[" + ", ".join(next(letters, "…") for _ in self.columns) + "]" for _ in self.rows)
        return "[" + ", ".join(lines) + "]"

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a list of rows, a sympy matrix or a numpy array; a single row or column may be a plain list."""
        lines = self._lines(answer)
        if isinstance(lines, Misfit):
            return lines
        values: list[list[Expr]] = []
        for i, line in enumerate(lines, 1):
            values.append([])
            for j, item in enumerate(line, 1):
                value = self._entry(f"row {i}, column {j}", item, variables)
                if isinstance(value, Misfit):
                    return value
                values[-1].append(value)
        return Fitted(ImmutableMatrix(values))

    def _lines(self, answer: Answer) -> list[tuple[Answer, ...]] | Misfit:
        """Return the rows, all of the same length, in the shape wanted or its transpose."""
        wanted = f"the question asks for {self.describe()}."
        if isinstance(answer, Scalar) and self.shape == (1, 1):
            return [(answer,)]
        if not isinstance(answer, Items):
            return Misfit("wrong", f"This is {sort(answer)}; {wanted}")
        if answer.form == "set" or any(isinstance(line, Items) and line.form == "set" for line in answer):
            return Misfit("wrong", "A set has no order, a matrix has: write the rows in square brackets.")
        if not any(isinstance(line, Items) for line in answer):
            if 1 not in self.shape:
                return Misfit("wrong", f"This is {sort(answer)} values; {wanted}")
            stands = answer.form == "column" or (answer.form != "row" and self.shape[1] == 1)
            lines: list[tuple[Answer, ...]] = [(item,) for item in answer] if stands else [answer.items]
        elif not all(isinstance(line, Items) for line in answer):
            return Misfit("wrong", f"Some rows are single values; {wanted}")
        else:
            lines = [line.items for line in answer if isinstance(line, Items)]
        if len({len(line) for line in lines}) != 1:
            return Misfit("wrong", f"Your rows have different lengths; {wanted}")
        shape = (len(lines), len(lines[0]))
        if shape not in (self.shape, self.shape[::-1]):
            own = f"{_count(shape[0], 'row')} and {_count(shape[1], 'column')}"
            return Misfit("wrong", f"Your matrix has {own}; {wanted}")
        return lines

    def _entry(self, place: str, item: Answer, variables: Sequence[Symbol]) -> Expr | Misfit:
        if isinstance(item, Text):
            fitted = Expression().take_text(item.text, variables)
            return fitted if isinstance(fitted, Misfit) else fitted.value
        value = finite_scalar(item, f"The entry in {place}")
        if isinstance(value, Misfit):
            return value
        if stray := stray_names(value, variables):
            return Misfit("wrong", f"In {place}, {stray}")
        return value

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed rows: [[a, b], [c, d]], or [a, b; c, d] with a semicolon between rows.

        >>> Matrix(("x", "y"), ("x", "y")).take_text("[1, 2; 3, 4]", ()).value
        Matrix([
        [1, 2],
        [3, 4]])
        """
        inside = text.strip()
        if ";" in inside and inside[:1] in "[(" and inside[-1:] in "])" and not inside[1:-1].strip().startswith("["):
            text = "[" + ", ".join(f"[{line.strip()}]" for line in inside[1:-1].split(";")) + "]"
        return super().take_text(text, variables)

    def in_one_form(self, value: Any) -> Answer:
        """Return the shape and the entries in one row."""
        if not isinstance(value, MatrixBase):
            return of(value)
        return of((Integer(value.rows), Integer(value.cols), *value.flat()))

    @bounded
    def compare(self, key: MatrixBase, value: MatrixBase, domain: Domain | None = None) -> Comparison:
        """Compare entry by entry. A zero matrix earns nothing for its zeros."""
        if value.shape != key.shape:
            own = f"{_count(value.rows, 'row')} and {_count(value.cols, 'column')}"
            rows, columns = listing(self.rows), listing(self.columns)
            says = (
                f"Your matrix has {own}. There should be a row for each of {rows} and a column for each of {columns}."
            )
            return Comparison(NOWHERE, says=says)
        close = [closeness(k, v, self.digits, domain) for k, v in zip(key.flat(), value.flat(), strict=True)]
        parts = tuple(each.verdict for each in close)
        verdict = whole(parts)
        notes = tuple(dict.fromkeys(note for each in close for note in each.notes))
        trivial = not isinstance(verdict, Equal) and not any(value)
        earned = sum((Fraction(1) if isinstance(c.verdict, Equal) else c.credit for c in close), Fraction(0))
        credit = Fraction(0) if trivial else earned / len(parts)
        return Comparison(verdict, parts, credit, self._says(close, value), notes)

    def _says(self, close: Sequence[Closeness], value: MatrixBase) -> str:
        places = [f"row {i}, column {j}" for i in range(1, value.rows + 1) for j in range(1, value.cols + 1)]
        wrong = [p for p, c in zip(places, close, strict=True) if isinstance(c.verdict, Different) and not c.says]
        said = [f"In {p}: {c.says}" for p, c in zip(places, close, strict=True) if c.says]
        left = sorted({symbol.name for symbol in value.free_symbols})
        if wrong and self.numbers and left:
            verb = "stands" if len(left) == 1 else "stand"
            return f"{listing(left)} still {verb} in your answer: the question asks for numbers."
        if wrong and len(wrong) < len(close):
            rest = "; the other entries are right" if len(wrong) + len(said) < len(close) else ""
            said.insert(0, f"Look again at {listing(wrong)}{rest}.")
        if wrong and self.symmetric and not value.is_symmetric():
            said.append("This matrix should be symmetric, and yours is not.")
        return " ".join(said)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"
