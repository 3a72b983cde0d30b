"""Wrong ways through a tree of dependencies: branches left out, factors dropped, sums and products exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from sympy import Add, Expr, Mul, Symbol, diff

from autograder.notation import listing
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.slips import Slip, all_slips
from nabla.chain_rule import Inner, Path, paths

RULE = "Multiply along every path of the tree, then add the paths."


@dataclass(frozen=True)
class Derivative:
    """One derivative to be found by the chain rule: of `z`, through `inner`, by the parameter `by`."""

    z: Expr
    inner: Inner
    by: Symbol
    name: str = "z"

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The paths from z down to the parameter."""
        return paths(self.z, self.inner, self.by)

    @property
    def mixed(self) -> Expr:
        """The right derivative, with the inner variables still standing in it."""
        return Add(*(path.product for path in self.paths))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Yield mistakes whose wrong answers are in the mixed form, the likeliest first."""
        yield from self._factors_dropped()
        yield from self._partial_for_total()
        yield from self._branches_left_out()
        yield from self._wrong_arithmetic()
        yield from self._partners_exchanged()
        yield from self._signs()
        yield from self._slips()

    def _factors_dropped(self) -> Iterator[Mistake]:
        """M10: the inner factors forgotten, in every branch or in one; and the outer ones."""
        outer = {_first(path): path.factors[0] for path in self.paths}
        inner = [Mul(*path.factors[1:]) for path in self.paths]
        by = self.by.name
        yield Mistake(
            "inner factors dropped",
            Add(*outer.values()),
            f"You added the slopes of {self.name} along {listing(outer)} and left out how fast "
            f"each of them changes with {by}.",
            f"Multiply each slope by the derivative of that inner variable by {by}, then add.",
        )
        yield Mistake(
            "outer factors dropped",
            Add(*inner),
            f"You added how fast the inner variables change with {by}. How strongly {self.name} answers to each of "
            "them is missing.",
            "Multiply each of these by the matching partial derivative of the outer function.",
        )
        for i, path in enumerate(self.paths):
            if len(path.factors) > 1:
                rest = [p.product for j, p in enumerate(self.paths) if j != i]
                for j in range(1, len(path.factors)):
                    kept = Mul(*path.factors[:j], *path.factors[j + 1 :])
                    yield Mistake(
                        f"inner factor dropped on the way over {_first(path)}",
                        Add(kept, *rest),
                        f"On the way over {_first(path)} a factor is missing: every branch of the path gives one.",
                        f"Check the way over {_first(path)}: it has {len(path.factors)} factors.",
                        HALF,
                    )

    def _branches_left_out(self) -> Iterator[Mistake]:
        for i, path in enumerate(self.paths):
            others = [p.product for j, p in enumerate(self.paths) if j != i]
            if others:
                way = f"over {_first(path)}" if path.through else f"straight from {self.name} to {self.by}"
                yield Mistake(
                    f"the way {way} left out",
                    Add(*others),
                    f"One way from {self.name} to {self.by} is missing: the one {way}.",
                    f"Count the ways from {self.name} down to {self.by} in the tree; each gives one term.",
                    HALF,
                )
        if len(self.paths) > 2:
            for path in self.paths:
                yield Mistake(
                    f"only the way over {_first(path)}",
                    path.product,
                    f"This is one way of {len(self.paths)}: the one over {_first(path)}.",
                    RULE,
                )

    def _partial_for_total(self) -> Iterator[Mistake]:
        """M8: the partial derivative given for the total one."""
        direct = [path.product for path in self.paths if not path.through]
        if direct and len(self.paths) > 1:
            yield Mistake(
                "partial derivative given for the total one",
                direct[0],
                f"You held {listing(v.name for v in self.inner)} fixed. They move with {self.by} too, and pass the "
                f"change on to {self.name}.",
                RULE,
            )

    def _wrong_arithmetic(self) -> Iterator[Mistake]:
        ways = self.paths
        if len(ways) > 1:
            yield Mistake(
                "paths multiplied instead of added",
                Mul(*(path.product for path in ways)),
                "You multiplied the paths. Each path is a contribution of its own: they add up.",
                RULE,
            )
            yield Mistake(
                "paths subtracted",
                ways[0].product - Add(*(path.product for path in ways[1:])),
                "The second way was subtracted from the first. The ways add up.",
                "Join the terms with a plus sign; minus signs come only from the factors themselves.",
                HALF,
            )
        yield Mistake(
            "inner derivatives multiplied",
            Mul(*(Mul(*path.factors[1:]) for path in ways)),
            "You multiplied the derivatives of the inner variables, and the outer slopes are missing.",
            RULE,
        )
        yield Mistake(
            "factors added instead of multiplied",
            Add(*(factor for path in ways for factor in path.factors)),
            "You added the factors along a path. Along a path they are multiplied.",
            RULE,
        )
        yield Mistake(
            "sums multiplied",
            Add(*(path.factors[0] for path in ways)) * Add(*(Mul(*path.factors[1:]) for path in ways)),
            "You added the outer slopes, added the inner ones, and multiplied the two sums.",
            RULE,
        )
        yield Mistake(
            "z itself, not its derivative",
            self.z,
            f"This is {self.name} itself. The question asks how fast it changes with {self.by}.",
            f"Start with the partial derivatives of {self.name}.",
        )

    def _partners_exchanged(self) -> Iterator[Mistake]:
        ways = [path for path in self.paths if path.through]
        if len(ways) == 2:
            one, two = ways
            rest = [path.product for path in self.paths if not path.through]
            crossed = one.factors[0] * Mul(*two.factors[1:]) + two.factors[0] * Mul(*one.factors[1:])
            yield Mistake(
                "factors of two paths exchanged",
                Add(crossed, *rest),
                f"The slope along {_first(one)} was multiplied by the speed of {_first(two)}, and the other way round.",
                f"The slope along {_first(one)} belongs to the speed of {_first(one)}.",
            )

    def _signs(self) -> Iterator[Mistake]:
        if len(self.paths) > 1:
            for i, path in enumerate(self.paths):
                terms = [-p.product if j == i else p.product for j, p in enumerate(self.paths)]
                yield Mistake(
                    f"sign flipped on the way over {_first(path)}",
                    Add(*terms),
                    f"The term that comes over {_first(path)} has the wrong sign.",
                    "Look at the signs of its factors again.",
                    HALF,
                )

    def _slips(self) -> Iterator[Mistake]:
        """Slips in one of the derivatives: of z along an inner variable, or of an inner variable by the parameter."""
        for slip in all_slips():
            for variable in self._on_the_way():
                if (wrong := self._with_slopes(slip, variable, of=None)) is not None:
                    yield _slipped(slip, wrong, f"the derivative of {self.name} along {variable}")
            for variable in self.inner:
                if (wrong := self._with_slopes(slip, self.by, of=variable)) is not None:
                    yield _slipped(slip, wrong, f"the derivative of {variable} by {self.by}")

    def _on_the_way(self) -> Sequence[Symbol]:
        return list(dict.fromkeys(path.through[0] if path.through else self.by for path in self.paths))

    def _with_slopes(self, slip: Slip, along: Symbol, of: Symbol | None) -> Expr | None:
        """The derivative with one of its factors taken by a wrong rule; None where the rule changes nothing."""
        expr = self.z if of is None else self.inner[of]
        right, wrong = diff(expr, along), slip.derivative(expr, along)
        if wrong == right:
            return None
        terms = []
        for path in self.paths:
            names = (*path.through, self.by)
            factors = list(path.factors)
            place = 0 if of is None else (path.through.index(of) + 1 if of in path.through else None)
            if place is not None and names[place] == along and factors[place] == right:
                factors[place] = wrong
            terms.append(Mul(*factors))
        return Add(*terms)


def _slipped(slip: Slip, wrong: Expr, where: str) -> Mistake:
    return Mistake(
        f"{slip.name} in {where}", wrong, slip.told_in(where), f"Find {where} again.", HALF, likely=slip.likely
    )


def _first(path: Path) -> str:
    return path.through[0].name if path.through else "the direct branch"


def unevaluated(mistake: Mistake) -> Mistake:
    """Return the mistake made in a formula, where a value is asked for.

    >>> from sympy.abc import t
    >>> unevaluated(Mistake("inner factors dropped", 2 * t, "A factor is missing.")).name
    'inner factors dropped, not evaluated at the point'
    """
    says = f"{mistake.says} And the point is not put in yet."
    return replace(mistake, name=f"{mistake.name}, not evaluated at the point", says=says, credit=Fraction(0))


def finished(mistakes: Iterator[Mistake], finish: Callable[[Expr], Expr]) -> Iterator[Mistake]:
    """Yield the mistakes with the rest of the work done on their wrong answers: inner variables and point put in.

    >>> from sympy.abc import t, x
    >>> [m.wrong for m in finished(iter([Mistake("m", x, "")]), lambda mixed: mixed.xreplace({x: 2 * t}))]
    [2*t]
    """
    for mistake in mistakes:
        yield replace(mistake, wrong=finish(mistake.wrong))
