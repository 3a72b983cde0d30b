"""Wrong ways to a chain-rule derivative: the point, other parameters, several derivatives at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from sympy import Expr, Integer, diff

from autograder.notation import listing, plain
from autograder.problems.branch_mistakes import finished, unevaluated
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.slips import lowered
from nabla.calculus import variables_of
from nabla.chain_rule import chain_rule, put_in

if TYPE_CHECKING:
    from autograder.problems.chain_rule import ChainRule


@dataclass(frozen=True)
class ChainRuleMistakes:
    """The mistakes of one chain-rule problem."""

    problem: ChainRule

    def all(self) -> Iterator[Mistake]:
        """Yield all of them, the likeliest first."""
        p = self.problem
        if p.at:
            yield from self._point_mistakes()
        if len(p.by) > 1:
            yield from self._several_wrong_ways()
            return
        (one,) = p.derivatives
        yield from finished(one.wrong_ways(), p.finish)
        yield from self._other_parameters()
        slopes = tuple(diff(p.z, v) for v in variables_of(p.z))
        for wrong in (slopes, tuple(map(p.finish, slopes))) if len(slopes) > 1 else ():
            yield Mistake("the gradient of the outer function", wrong,
                          f"These are the slopes of {p.top} along its own variables. The question asks for "
                          f"one rate, by {one.by}.",
                          f"Multiply each by the derivative of that variable by {one.by}, and add.")  # fmt: skip
        ways = tuple(p.finish(path.product) for path in one.paths)
        if len(ways) > 1:
            yield Mistake("ways not added", ways, "Those are the contributions of the ways, one by one.",
                          "Add them to one rate.", HALF)  # fmt: skip
        yield from number_mistakes(p.key() if isinstance(p.key(), Expr) else Integer(0))
        if p.at:
            for mistake in islice(one.wrong_ways(), 12):
                yield unevaluated(mistake)
                yield unevaluated(replace(mistake, wrong=put_in(mistake.wrong, p.made_of)))

    def _point_mistakes(self) -> Iterator[Mistake]:
        p = self.problem
        put_values = f"Put in {listing(f'{v} = {plain(value)}' for v, value in p.point.items())}."
        mixed = [one.mixed for one in p.derivatives]
        for parts in (mixed, [put_in(part, p.made_of) for part in mixed]):
            yield Mistake(
                "not evaluated at the point",
                tuple(parts) if len(parts) > 1 else parts[0],
                "This still is a formula. The question asks for its value.",
                put_values,
                HALF,
            )
        yield Mistake(
            "point put in before differentiating",
            tuple(Integer(0) for _ in mixed) if len(mixed) > 1 else Integer(0),
            "You put the point in before differentiating: that leaves a number, whose derivative is 0.",
            "Differentiate first, put the point in last.",
        )
        if len(p.made_of) == len(p.parameters) or len(p.parameters) == 1:
            values = p.at if len(p.parameters) > 1 else p.at * len(p.made_of)
            mistaken = dict(zip(p.made_of, values, strict=True))
            wrong = [part.xreplace(mistaken).xreplace(p.point) for part in mixed]
            yield Mistake(
                "parameter put in for the inner variables",
                tuple(wrong) if len(wrong) > 1 else wrong[0],
                f"You put the value of {listing(v.name for v in p.parameters)} in the place of "
                f"{listing(v.name for v in p.made_of)}.",
                f"First find {listing(v.name for v in p.made_of)} there, and put those values in.",
                HALF,
            )

    def _other_parameters(self) -> Iterator[Mistake]:
        p = self.problem
        (by,) = p.by
        others = {v: chain_rule(p.z, p.made_of, v, p.point or None) for v in p.parameters if v != by}
        own = chain_rule(p.z, p.made_of, by, p.point or None)
        for other, wrong in others.items():
            yield Mistake(
                f"derivative by {other}",
                wrong,
                f"This is the derivative by {other}. The question asks for the one by {by}.",
                f"Hold {other} fixed and let {by} move.",
            )
            yield Mistake(
                f"derivatives by {by} and {other} added",
                own + wrong,
                f"You let {other} move along with {by}. In a partial derivative {other} is held fixed.",
                f"Keep only the ways that end at {by}.",
            )

    def _several_wrong_ways(self) -> Iterator[Mistake]:
        """The same mistake in every part, then in one part alone, then the parts put together wrongly."""
        p = self.problem
        key = tuple(p.finish(one.mixed) for one in p.derivatives)
        yield Mistake("parts in the wrong order", key[::-1], "These are the right derivatives in the wrong order.",
                      f"Write them in the order {listing(v.name for v in p.by)}.")  # fmt: skip
        ways = [_numbered(finished(one.wrong_ways(), p.finish)) for one in p.derivatives]
        shared = [name for name in ways[0] if all(name in way for way in ways)]
        for name in shared:
            yield _joined([way[name] for way in ways])
        for i, (by, way) in enumerate(zip(p.by, ways, strict=True)):
            for mistake in way.values():
                yield Mistake(
                    f"{mistake.name} in the {by}-component",
                    (*key[:i], mistake.wrong, *key[i + 1 :]),
                    f"In the {by}-component: {lowered(mistake.says)}",
                    mistake.next,
                    HALF,
                    mistake.likely,
                )
        yield Mistake("derivatives added up", sum(key, Integer(0)),
                      "You added the derivatives. Each parameter has a rate of its own.",
                      "Keep them apart, as a vector.")  # fmt: skip
        for by, part in zip(p.by, key, strict=True):
            yield Mistake(f"only the derivative by {by}", part, f"That is the rate by {by} alone.",
                          f"Find the rate by {listing(v.name for v in p.by if v != by)} too.")  # fmt: skip
        yield Mistake("all signs flipped", tuple(-part for part in key), "Every sign is flipped.",
                      "Go through the signs once more.")  # fmt: skip


def _numbered(mistakes: Iterator[Mistake]) -> dict[tuple[str, int], Mistake]:
    """Mistakes by name, and by number where several have the same."""
    count: Counter[str] = Counter()
    found = {}
    for mistake in mistakes:
        found[mistake.name, count[mistake.name]] = mistake
        count[mistake.name] += 1
    return found


def _joined(mistakes: Sequence[Mistake]) -> Mistake:
    first = mistakes[0]
    return Mistake(
        first.name,
        tuple(m.wrong for m in mistakes),
        first.says,
        first.next,
        min(m.credit for m in mistakes),
        all(m.likely for m in mistakes),
    )
