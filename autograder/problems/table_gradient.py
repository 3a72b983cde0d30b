"""The gradient of a function that is known only by a table of its values."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Rational, Symbol

from autograder.answers.kinds import Kind, Vector
from autograder.notation import plain, typeset
from autograder.problems.common_mistakes import vector_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.own_answer import as_floats, own_value
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact
from autograder.problems.slips import lowered
from nabla.tables import column, difference, slope_at, table_gradient

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

X, Y = Symbol("x"), Symbol("y")
Numbers = tuple[Expr, ...]


@dataclass(frozen=True)
class TableGradient(Problem):
    """The gradient at a point of a grid, by central differences; by one-sided ones at the rim.

    `rows[j][i]` is the value at (xs[i], ys[j]): each row belongs to one y. `at` is a point (x, y) of the grid.

    >>> problem = TableGradient((0, 1, 2), (0, 2, 4), ((0, 1, 4), (4, 5, 8), (16, 17, 20)), at=(1, 2))
    >>> problem.key()
    (2, 4)
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('divided by one step instead of two', (4, 8))
    """

    xs: Numbers
    ys: Numbers
    rows: tuple[Numbers, ...]
    at: Numbers

    def __post_init__(self) -> None:
        for name in ("xs", "ys", "at"):
            object.__setattr__(self, name, tuple(exact(value, name) for value in getattr(self, name)))
        object.__setattr__(self, "rows", tuple(tuple(exact(v, "a value") for v in row) for row in self.rows))
        for name, line in (("xs", self.xs), ("ys", self.ys)):
            steps = [b - a for a, b in pairwise(line)]
            if len(line) < 2 or not all(step.is_positive for step in steps):
                raise ProblemError(f"{name} should be two numbers or more, in growing order, not {plain(line)}.")
        if len(self.rows) != len(self.ys) or any(len(row) != len(self.xs) for row in self.rows):
            raise ProblemError(f"rows should be {len(self.ys)} rows of {len(self.xs)} values: a row for each y.")
        if not all(value.is_number and value.is_real for row in self.rows for value in row):
            raise ProblemError("Every value in the table should be a real number.")
        if len(self.at) != 2 or self.at[0] not in self.xs or self.at[1] not in self.ys:
            raise ProblemError(f"at should be a point of the grid, not {plain(self.at)}.")

    @property
    def place(self) -> tuple[int, int]:
        """Where the point stands in its row and in its column."""
        return self.xs.index(self.at[0]), self.ys.index(self.at[1])

    @property
    def lines(self) -> tuple[tuple[Numbers, Numbers, int], ...]:
        """For each axis the grid, the values along it, and the place of the point."""
        i, j = self.place
        return (self.xs, self.rows[j], i), (self.ys, column(self.rows, i), j)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The two coordinates."""
        return X, Y

    @property
    def kind(self) -> Kind:
        """A vector of two numbers."""
        return Vector(("x", "y"), numbers=True)

    def key(self) -> tuple[Expr, Expr]:
        """Return both slopes."""
        return table_gradient(self.xs, self.ys, self.rows, *self.place)

    def statement(self) -> Prose:
        """Ask for the slopes; show the table."""
        head = "| y \\\\ x | " + " | ".join(f"{_decimal(x)}" for x in self.xs) + " |"
        rule = "|---" * (len(self.xs) + 1) + "|"
        body = [f"| **{_decimal(y)}** | " + " | ".join(map(_decimal, row)) + " |"
                for y, row in zip(self.ys, self.rows, strict=True)]  # fmt: skip
        table = "\n".join([head, rule, *body])
        ask = f"at $(x, y) = ({_decimal(self.at[0])}, {_decimal(self.at[1])})$"
        rim = all(0 < k < len(line) - 1 for line, _, k in self.lines)
        how = (
            "**central differences** (the neighbours on both sides)"
            if rim
            else ("**central differences**, and along an axis where one neighbour is missing a one-sided difference")
        )
        return Prose(
            f"Values of $f(x, y)$ were measured on a grid; each row belongs to one $y$:\n\n{table}\n\nEstimate the "
            f"**gradient** {ask} by {how}.\n\nGive a vector of two numbers, exact or to four digits."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge: which neighbours, rise over run, the step."""
        return (
            "For the slope along x, y stays fixed. Do you walk along a row or along a column?",
            "A slope is a difference of values divided by the difference of the coordinates. Take the neighbours on "
            "both sides where there are two, and the point itself with its only neighbour where there is one.",
            f"For the x-component look at the row y = {_decimal(self.at[1])}, for the y-component at the column "
            f"x = {_decimal(self.at[0])}. Between two neighbours on both sides lie two steps, not one.",
        )

    def steps(self) -> Iterator[Step]:
        """A quotient for each axis, then both together."""
        for name, (grid, values, k) in zip("xy", self.lines, strict=True):
            low, high = max(k - 1, 0), min(k + 1, len(grid) - 1)
            yield Step(
                f"Along {name}, between {name} = {_decimal(grid[low])} and {name} = {_decimal(grid[high])}:",
                rf"f_{name} \approx \frac{{{_decimal(values[high])} - ({_decimal(values[low])})}}"
                rf"{{{_decimal(grid[high])} - ({_decimal(grid[low])})}} = {typeset(slope_at(grid, values, k))}",
            )
        yield Step("Together:", rf"\nabla f \approx {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """One step for two, one-sided, not divided, rows for columns, the wrong step, then those of any vector."""
        key = self.key()
        runs = tuple(self._run(line) for line in self.lines)
        rises = tuple(slope * run for slope, run in zip(key, runs, strict=True))
        inner = [0 < k < len(grid) - 1 for grid, _, k in self.lines]
        half = "Divide by the whole way between the two values that you subtract."
        single = tuple(k * (2 if own else 1) for k, own in zip(key, inner, strict=True))
        yield from self._all_or_one(single, "divided by one step instead of two",
                                    "Between the two neighbours lie two steps; you divided by one.", half)  # fmt: skip
        yield from self._one_sided()
        yield from self._all_or_one(
            rises,
            "not divided by the step",
            "That is the difference of values, not yet divided by the way between them.",
            half,
        )
        halved = tuple(rise / 2 for rise in rises)
        yield from self._all_or_one(halved, "divided by 2 instead of the way",
                                    "You divided by 2, whatever the step is.", half)  # fmt: skip
        yield Mistake(
            "steps exchanged",
            (rises[0] / runs[1], rises[1] / runs[0]),
            "You divided the change along x by the step along y, and the other way round.",
            half,
            HALF,
        )
        yield Mistake("multiplied by the step", tuple(rise * run for rise, run in zip(rises, runs, strict=True)),
                      "You multiplied by the way between the values. A slope divides by it.", half)  # fmt: skip
        too_small = tuple(k / 2 for k in key)
        yield from self._all_or_one(too_small, "divided by twice the way", "You divided by twice the way.", half)
        yield from self._neighbouring()
        yield from vector_mistakes(key, ("x", "y"))
        i, j = self.place
        yield Mistake("value of f", self.rows[j][i], "That is the value in the table, not a slope.",
                      "Subtract values of neighbours.")  # fmt: skip

    def _run(self, line: tuple[Numbers, Numbers, int]) -> Expr:
        grid, _, k = line
        return grid[min(k + 1, len(grid) - 1)] - grid[max(k - 1, 0)]

    def _all_or_one(self, wrong: tuple[Expr, ...], name: str, says: str, step: str) -> Iterator[Mistake]:
        """Yield a mistake made along both axes, then along each alone."""
        key = self.key()
        yield Mistake(name, wrong, says, step, HALF)
        yield Mistake(f"{name}, along x", (wrong[0], key[1]), f"Along x: {lowered(says)}", step, HALF)
        yield Mistake(f"{name}, along y", (key[0], wrong[1]), f"Along y: {lowered(says)}", step, HALF)

    def _one_sided(self) -> Iterator[Mistake]:
        """Forward and backward differences where central ones are asked for."""
        key = self.key()
        for name, back, ahead in (("forward", 0, 1), ("backward", 1, 0)):
            wrong = []
            for own, (grid, values, k) in zip(key, self.lines, strict=True):
                inside = 0 < k < len(grid) - 1
                wrong.append(difference(grid, values, k, back, ahead) if inside else own)
            yield from self._all_or_one(tuple(wrong), f"{name} difference",
                                        f"That is the {name} difference. Where there are neighbours on both sides, the "
                                        "central one is asked for; it is more exact.",
                                        "Use the neighbours on both sides.")  # fmt: skip

    def _neighbouring(self) -> Iterator[Mistake]:
        """Slopes read off the wrong row or column."""
        i, j = self.place
        key = self.key()
        for other in (j - 1, j + 1):
            if 0 <= other < len(self.ys):
                yield Mistake("wrong row", (slope_at(self.xs, self.rows[other], i), key[1]),
                              f"For the slope along x you used the row y = {_decimal(self.ys[other])}.",
                              f"y stays at {_decimal(self.at[1])}.", HALF)  # fmt: skip
        for other in (i - 1, i + 1):
            if 0 <= other < len(self.xs):
                yield Mistake("wrong column", (key[0], slope_at(self.ys, column(self.rows, other), j)),
                              f"For the slope along y you used the column x = {_decimal(self.xs[other])}.",
                              f"x stays at {_decimal(self.at[0])}.", HALF)  # fmt: skip
        if i < len(self.ys) and j < len(self.xs):
            turned = tuple(zip(*self.rows, strict=True))
            if len(turned) == len(self.ys) and len(turned[0]) == len(self.xs):
                yield Mistake("rows taken for columns", table_gradient(self.xs, self.ys, turned, i, j),
                              "You read the table the wrong way round: each row belongs to one y.",
                              "Along x, stay in one row.", HALF)  # fmt: skip

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw steps of 1 (level 1), unequal steps and decimals (2), a point at the rim (3)."""
        a, b, c, d = (rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(4))
        size = 3 if level == 1 else 4
        hx, hy = (Integer(1), Integer(1)) if level == 1 else rng.choice(_STEPS)
        x0, y0 = rng.choice((-1, 0, 1, 2)), rng.choice((-1, 0, 1, 2))
        xs = tuple(x0 + k * hx for k in range(size))
        ys = tuple(y0 + k * hy for k in range(size))
        formula: Any = rng.choice((
            lambda x, y: a * x**2 + b * x * y + c * y**2 + d * x, lambda x, y: a * x**3 + b * y**2 + c * x * y + d,
            lambda x, y: a * x * y**2 + b * x**2 + 5 * d, lambda x, y: a * x**2 * y + c * y**3 + b * y + d * x,
        ))  # fmt: skip
        rows = tuple(tuple(_rounded(formula(x, y)) for x in xs) for y in ys)
        inner = range(1, size - 1)
        i, j = rng.choice(inner), rng.choice(inner)
        if level == 3:
            i, j = rng.choice(((0, j), (size - 1, j), (i, 0), (i, size - 1)))
        return cls(xs, ys, rows, (xs[i], ys[j]))

    def is_well_behaved(self) -> bool:
        """Both slopes count and differ in size, and the table holds short numbers."""
        key = self.key()
        short = all(abs(value) < 100 for row in self.rows for value in row)
        return short and all(key) and abs(key[0]) != abs(key[1]) and all(abs(k) < 60 for k in key)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the values at their places, and the student's own arrow."""
        from nabla.explore.table_picture import table_picture

        return table_picture(self.xs, self.ys, self.rows, self.at, as_floats(own_value(self, answer)))


_STEPS = ((Rational(1, 2), Integer(1)), (Integer(2), Rational(1, 2)), (Rational(1, 5), Rational(1, 2)),
          (Rational(1, 2), Rational(1, 5)), (Integer(1), Integer(2)))  # fmt: skip


def _rounded(value: Expr) -> Expr:
    """Round to two decimals, as a measurement would be."""
    return Rational(round(100 * Rational(value)), 100)


def _decimal(value: Expr) -> str:
    """Write a number as a decimal where it has a short one."""
    return f"{float(value):.6g}" if value.is_Rational else plain(value)
