"""Mistakes with extremes under a constraint: points forgotten or off the constraint, values mixed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sympy import Expr, Integer

from autograder.notation import listing, plain
from autograder.problems.constrained import Constrained
from autograder.problems.mistake import HALF, Mistake
from nabla.calculus import gradient
from nabla.lagrange import multiplier, put_in
from nabla.polynomial_systems import NoClosedFormError, NotIsolatedError, Solution, real_solutions

EVERY_CASE = "Follow every case to its end: a square has two roots, and a factor may be 0."


@dataclass(frozen=True)
class LagrangeMistakes:
    """Wrong points and wrong extreme values for one problem."""

    problem: Constrained

    def points(self) -> Iterator[Mistake]:
        """Yield wrong sets of points, the likeliest first."""
        p = self.problem
        key = p.stationary
        yield from self._left_out(key)
        yield from (mistake for mistake in self._off_the_constraint() if mistake.wrong)
        yield from self._turned(key)
        values = sorted({p.value_at(point) for point in key}, key=lambda value: value.evalf(30))
        for some, word in (([values[0]], "smallest"), ([values[-1]], "largest")):
            kept = [point for point in key if p.value_at(point) in some]
            if len(kept) < len(key):
                yield Mistake(f"only where f is {word}", kept,
                              f"These are the points where f is {word}. Lagrange's condition holds at others too.",
                              "Give every point that meets the condition.", HALF)  # fmt: skip
        yield Mistake("points where grad g = 0 added", [*key, *p.singular],
                      "There grad g = 0, and no multiplier fits.", "Leave these points out.", HALF)  # fmt: skip
        origin = (Integer(0),) * len(p.variables)
        yield Mistake("the origin added", [*key, origin], "The origin does not belong: it is not on the constraint, or "
                      "Lagrange's condition does not hold there.", "Put each point into the constraint.",
                      HALF)  # fmt: skip
        opposite = {tuple(-part for part in point) for point in key} - set(key)
        yield Mistake("opposite points added", [*key, *sorted(opposite, key=str)], "The opposite points do not belong.",
                      "Put each point into the constraint.", HALF)  # fmt: skip
        yield Mistake("values of f given for points", tuple(values[::-1]) if len(values) > 1 else values[0],
                      "Those are the values of f. The question asks for the points.", "Give the points.")  # fmt: skip
        for point in key[:1]:
            yield Mistake("the multiplier alone", multiplier(p.f, p.zero, p.variables, point),
                          "That is the multiplier λ, and the points are asked.", "Give the points.")  # fmt: skip
        with_multiplier = [(*point, multiplier(p.f, p.zero, p.variables, point)) for point in key]
        for order in (with_multiplier, with_multiplier[::-1]):
            yield Mistake("multiplier given along", order, "The multiplier is no coordinate of the point.",
                          "Leave λ out.", HALF)  # fmt: skip

    def _left_out(self, key: tuple[Solution, ...]) -> Iterator[Mistake]:
        for name, keep in (
            ("negative solutions left out", lambda point: all(part >= 0 for part in point)),
            ("positive solutions left out", lambda point: all(part <= 0 for part in point)),
            ("solutions with a coordinate 0 left out", all),
            ("only the solutions with a coordinate 0", lambda point: not all(point)),
        ):
            kept = _kept(key, keep)
            if 0 < len(kept) < len(key):
                yield Mistake(name, kept, f"You found {len(kept)} of {len(key)} points: {name}.", EVERY_CASE)
        for i, name in enumerate(self.problem.names):
            for sign, word in ((1, "positive"), (-1, "negative")):
                kept = [point for point in key if point[i] * sign > 0]
                if 0 < len(kept) < len(key):
                    says = f"All your points have a {word} {name}. There are others."
                    yield Mistake(f"only points with a {word} {name}", kept, says, EVERY_CASE, HALF)
        for i in range(len(key)):
            if len(key) > 1:
                yield Mistake("one point missing", [point for j, point in enumerate(key) if j != i],
                              "One point is missing.", EVERY_CASE)  # fmt: skip
        if len(key) > 2:
            for point in key:
                yield Mistake("one point only", [point], f"This is one point of {len(key)}.", EVERY_CASE)

    def _off_the_constraint(self) -> Iterator[Mistake]:
        p = self.problem
        for point in _solved([*gradient(p.f, p.variables)], p):
            yield Mistake("critical point of f without the constraint", [point],
                          "There grad f = 0. That is the condition without a constraint.",
                          "On the constraint grad f need not be zero, only parallel to grad g.")  # fmt: skip
        slopes = zip(gradient(p.f, p.variables), gradient(p.g, p.variables), strict=True)
        alone = _solved([a - b for a, b in slopes], p)
        yield Mistake("multiplier taken as 1", list(alone),
                      "You set grad f equal to grad g. Parallel vectors need not be equal: the multiplier is missing.",
                      "Write grad f = λ grad g, and use the constraint to find λ.")  # fmt: skip
        equal = _solved([*(a - p.variables[0] for a in p.variables[1:]), p.zero], p)
        yield Mistake("all coordinates taken as equal", list(equal),
                      "You took all coordinates to be equal. Here the condition says something else.",
                      "Write grad f = λ grad g for each variable.")  # fmt: skip
        origin = (Integer(0),) * len(p.variables)
        yield Mistake("the origin", [origin], "The origin is not an answer here.",
                      "Every point must lie on the constraint: put it in.")  # fmt: skip
        axes = [point for v in p.variables for point in _solved([*(w for w in p.variables if w != v), p.zero], p)]
        yield Mistake("points on the axes", axes, "These are the points where the constraint meets the axes.",
                      "Compare the directions of the two gradients.")  # fmt: skip
        if p.level != 0:
            for factor, says in ((2, "twice as far out"), (Integer(1) / 2, "half as far out")):
                moved = [tuple(factor * part for part in point) for point in p.stationary]
                yield Mistake(f"{says} as the constraint", moved,
                              f"These points lie {says}: they are not on the constraint.",
                              f"Put each point into {plain(p.g)}.", HALF)  # fmt: skip
            away = [tuple(part * p.level for part in point) for point in p.stationary]
            yield Mistake("root of the level not taken", away, "These points do not lie on the constraint.",
                          f"Put each point into {plain(p.g)}.", HALF)  # fmt: skip

    def _turned(self, key: tuple[Solution, ...]) -> Iterator[Mistake]:
        p = self.problem
        yield Mistake("coordinates swapped", [point[::-1] for point in key], "The coordinates are in the wrong order.",
                      f"Write them in the order {listing(p.names)}.", HALF)  # fmt: skip
        for i, name in enumerate(p.names):
            yield Mistake(f"sign of {name} flipped", [(*q[:i], -q[i], *q[i + 1 :]) for q in key],
                          f"The sign of {name} is wrong: there the gradients point different ways.",
                          "Check the sign of λ in each equation.", HALF)  # fmt: skip
        yield Mistake("all signs flipped", [tuple(-part for part in point) for point in key],
                      "All signs are wrong: these points are not on the constraint.", "Put them in.", HALF)  # fmt: skip
        signs = {tuple(abs(part) * sign for part, sign in zip(point, turn, strict=True))
                 for point in key for turn in product((1, -1), repeat=len(point))}  # fmt: skip
        yield Mistake("every choice of signs taken", sorted(signs, key=str),
                      "You took every choice of signs. Only those where the gradients are parallel count.",
                      "Put each point into grad f = λ grad g.", HALF)  # fmt: skip

    def values(self) -> Iterator[Mistake]:
        """Yield wrong pairs of extreme values, the likeliest first."""
        p = self.problem
        points = (*p.stationary, *p.singular)
        values = sorted({p.value_at(point) for point in points}, key=lambda value: value.evalf(30))
        low, high = values[0], values[-1]
        yield Mistake("order exchanged", (high, low), "These are the right values in the wrong order.",
                      "Give (smallest, largest).", HALF)  # fmt: skip
        for one, word in ((high, "largest"), (low, "smallest")):
            yield Mistake(f"only the {word} value", one, f"That is the {word} value. The other is wanted too.",
                          "Give (smallest, largest).", HALF)  # fmt: skip
            yield Mistake(f"the {word} value twice", (one, one), f"You gave the {word} value twice.",
                          "Put every Lagrange point into f.", HALF)  # fmt: skip
        yield Mistake("the smallest taken as 0", (Integer(0), high),
                      "The largest value is right. 0 is not the smallest.",
                      "Put every Lagrange point into f.", HALF)  # fmt: skip
        yield Mistake("size of the values", (abs(low), abs(high)), "The signs of the values are lost.",
                      "Smallest means furthest down, below zero too.", HALF)  # fmt: skip
        if p.stationary:
            lambdas = sorted((multiplier(p.f, p.zero, p.variables, q) for q in p.stationary), key=lambda v: v.evalf())
            yield Mistake("multipliers given for values", (lambdas[0], lambdas[-1]),
                          "These are multipliers, not values of f.", "Put the points into f.")  # fmt: skip
        yield Mistake(
            "points given for values",
            [q for v in (low, high) for q in p.stationary if p.value_at(q) == v],
            "These are the points. The question asks for the values of f there.",
            "Put them into f.",
            HALF,
        )
        for q in p.stationary:
            yield Mistake("a point given for the values", tuple(q),
                          f"{plain(tuple(q))} is a point. The question asks for the values of f.",
                          "Put every Lagrange point into f.")  # fmt: skip
        on_axes = self._values_on_axes()
        if on_axes:
            yield Mistake("values on the axes", (on_axes[0], on_axes[-1]),
                          "These are the values where the constraint meets the axes.",
                          "Use Lagrange's condition.")  # fmt: skip
        for i, value in enumerate(values[1:-1]):
            yield Mistake(
                f"value {i + 2} in order taken for an extreme",
                (low, value),
                "Not the largest: f is larger at another of the points.",
                "Compare all values.",
                HALF,
            )
            yield Mistake(
                f"value {i + 2} in order taken for the smallest",
                (value, high),
                "Not the smallest: f is smaller at another of the points.",
                "Compare all values.",
                HALF,
            )
        levels = tuple(p.value_at(tuple(part * p.level for part in point)) for point in points)
        ordered = sorted(levels, key=lambda v: v.evalf())
        yield Mistake(
            "root of the level not taken",
            (ordered[0], ordered[-1]),
            "These values belong to points off the constraint.",
            f"Put each point into {plain(p.g)}.",
            HALF,
        )
        for factor, says in ((2, "twice"), (Integer(1) / 2, "half of")):
            yield Mistake(f"{says} the values", (low * factor, high * factor), f"These are {says} the right values.",
                          "Put the points into f once more.")  # fmt: skip
        yield Mistake("both signs flipped", (-low, -high), "Both signs are wrong.", "Put the points into f once more.")

    def _values_on_axes(self) -> list[Expr]:
        p = self.problem
        axes = [point for v in p.variables for point in _solved([*(w for w in p.variables if w != v), p.zero], p)]
        return sorted((put_in(p.f, p.variables, point) for point in axes), key=lambda value: value.evalf(30))


def _kept(key: Sequence[Solution], keep: Callable[[Solution], bool]) -> list[Solution]:
    return [point for point in key if keep(point)]


def _solved(equations: list[Expr], problem: Constrained) -> tuple[Solution, ...]:
    """Solve equations that a mistake leads to; where they have no single solutions, the mistake gives none."""
    try:
        return real_solutions(equations, problem.variables)
    except (NotIsolatedError, NoClosedFormError):
        return ()
