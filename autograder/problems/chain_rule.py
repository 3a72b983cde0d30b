"""The chain rule: how fast z changes when its variables are moved by parameters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, diff

from autograder.answers.kinds import Kind, Number, Vector
from autograder.notation import listing, plain, typeset
from autograder.problems.branch_mistakes import Derivative, finished, unevaluated
from autograder.problems.chain_rule_draws import draw_one, draw_three, draw_two
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.composed import Composed, ComposedVector
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point
from autograder.problems.trees import exact_inner, fraction_of, top_name, tree_picture_of
from nabla.calculus import gradient, variables_of
from nabla.chain_rule import chain_rule, parameters, put_in

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class ChainRule(Problem):
    """The derivative of z by a parameter, through inner variables; by several parameters a vector of partials.

    `inner` maps each inner variable to what it is made of: parameters, or further inner variables, to any depth.
    `by` is one parameter or several, and without it all of them; `at` gives the values of all parameters, in the
    order of `parameters`, and the answer is then a number (or numbers).

    >>> from sympy import cos, sin
    >>> from sympy.abc import s, t, x, y
    >>> ChainRule(x**2 * y, {x: cos(t), y: sin(t)}).key()
    -2*sin(t)**2*cos(t) + cos(t)**3
    >>> ChainRule(x**2 + y**2, {x: s + t, y: s - t}).key()
    (4*s, 4*t)
    >>> ChainRule(x**2 * y, {x: cos(t), y: sin(t)}, at={t: 0}).mistakes()[0].name
    'not evaluated at the point'
    """

    z: Expr
    inner: tuple[tuple[Symbol, Expr], ...]
    by: tuple[Symbol, ...] = ()
    at: tuple[Expr, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "z", exact(self.z, "z"))
        object.__setattr__(self, "inner", exact_inner(self.z, self.inner))
        if not self.parameters:
            raise ProblemError("No parameter is left: the inner variables should depend on t, or on s and t.")
        by = self.by if isinstance(self.by, tuple | list) else (self.by,)
        given = tuple(Symbol(v.name) for v in by if v is not None) or self.parameters
        if strangers := [v.name for v in given if v not in self.parameters]:
            names = listing(v.name for v in self.parameters)
            raise ProblemError(f"by names {listing(strangers)}, but the parameters are {names}.")
        object.__setattr__(self, "by", given)
        at = exact_point(self.at, self.parameters, "at") if self.at is not None and len(self.at) else ()
        object.__setattr__(self, "at", at)
        self.key()  # says now, not later, if the point is outside the domain

    @property
    def made_of(self) -> dict[Symbol, Expr]:
        """What each inner variable is made of."""
        return dict(self.inner)

    @property
    def parameters(self) -> tuple[Symbol, ...]:
        """The variables that everything depends on in the end."""
        return parameters(self.z, self.made_of)

    @property
    def point(self) -> dict[Symbol, Expr]:
        """The parameters with their values; empty where a formula is asked for."""
        return dict(zip(self.parameters, self.at, strict=True)) if self.at else {}

    @property
    def top(self) -> Symbol:
        """The name of the outer variable: z, unless that is taken."""
        return top_name((*self.made_of, *self.parameters))

    @property
    def kind(self) -> Kind:
        """One expression or number, or one for each parameter asked for."""
        if len(self.by) > 1:
            return ComposedVector(tuple(v.name for v in self.by), numbers=bool(self.at), inner=self.inner)
        return Number() if self.at else Composed(self.inner)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The inner variables and the parameters."""
        return tuple(dict.fromkeys((*self.made_of, *self.parameters)))

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """One for each parameter asked for."""
        return tuple(Derivative(self.z, self.made_of, by, self.top.name) for by in self.by)

    def key(self) -> Expr | tuple[Expr, ...]:
        """Return the derivative in the parameters, or its value; several by several parameters."""
        found = tuple(chain_rule(self.z, self.made_of, by, self.point or None) for by in self.by)
        return found if len(found) > 1 else found[0]

    def _finish(self, mixed: Expr) -> Expr:
        return put_in(mixed, self.made_of).xreplace(self.point)

    def _asked(self) -> str:
        return listing(f"${fraction_of(self.top, by, len(self.parameters))}$" for by in self.by)

    def statement(self) -> Prose:
        """Ask for the derivative, and say which letters may stand in the answer."""
        inner = listing(f"${typeset(v)} = {typeset(expr)}$" for v, expr in self.inner)
        parts = [f"Let ${typeset(self.top)} = {typeset(self.z)}$ with {inner}.", f"Find {self._asked()}"]
        if self.at:
            parts.append("at " + listing(f"${typeset(v)} = {typeset(value)}$" for v, value in self.point.items()))
        ask = f"{parts[0]} {' '.join(parts[1:])} **by the chain rule**.\n\n"
        letters = listing(f"${typeset(v)}$" for v in self.parameters)
        pack = f" Give the {len(self.by)} of them as a vector, in this order." if len(self.by) > 1 else ""
        if self.at:
            form = "Give a number, exact or to four digits." if len(self.by) == 1 else "Give numbers."
            return Prose(f"{ask}{form}{pack}")
        standing = listing(f"${typeset(v)}$" for v in self.made_of)
        return Prose(f"{ask}Give a formula in {letters}; {standing} may still stand in it.{pack}")

    def nudges(self) -> Sequence[str]:
        """Nudge towards the tree, the factors, the sum."""
        one = self.derivatives[0]
        ways = one.paths
        path = ways[0] if ways else None
        over = f"${typeset(path.through[0])}$" if path and path.through else f"${typeset(one.by)}$"
        factors = fraction_of(self.top, path.through[0], 2) if path and path.through else ""
        count = f"There are {len(ways)} ways" if len(ways) != 1 else "There is one way"
        return (
            f"Draw the tree: ${typeset(self.top)}$ on top, below it what it depends on, and so on down to "
            f"${typeset(one.by)}$. How many ways lead from top to bottom?",
            f"{count} down to ${typeset(one.by)}$. Each way contributes one term.",
            f"On the way over {over} multiply the slopes of its branches, beginning with ${factors}$. Do this for "
            "every way, add, and put in the inner variables last."
            if factors
            else f"The direct branch contributes ${fraction_of(self.top, one.by, 2)}$, with all else held fixed. "
            "Do the same for every way, and add.",
        )

    def steps(self) -> Iterator[Step]:
        """One path at a time, then the sum, the inner variables put in, and the point."""
        for one in self.derivatives:
            total = fraction_of(self.top, one.by, len(self.parameters))
            for path in one.paths:
                names = (self.top, *path.through, one.by)
                way = " → ".join(v.name for v in names)
                branches = r"\,".join(self._branch(a, b) for a, b in pairwise(names))
                product = r" \cdot ".join(_factor(factor) for factor in path.factors)
                yield Step(f"The way {way}:", f"{branches} = {product}")
            yield Step("Add the ways:", f"{total} = {typeset(one.mixed)}")
            yield Step("Put in the inner variables:", f"{total} = {typeset(put_in(one.mixed, self.made_of))}")
            if self.at:
                where = listing(f"{v} = {plain(value)}" for v, value in self.point.items())
                yield Step(f"At {where}:", f"{total} = {typeset(self._finish(one.mixed))}")
        if len(self.by) > 1:
            yield Step("Together:", typeset(self.key()))

    def _branch(self, above: Symbol, below: Symbol) -> str:
        expr = self.z if above == self.top else self.made_of[above]
        return fraction_of(above, below, len(variables_of(expr)))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Mistakes with the point, then with the tree and its factors."""
        if self.at:
            yield from self._point_mistakes()
        if len(self.by) > 1:
            yield from self._several_wrong_ways()
            return
        (one,) = self.derivatives
        yield from finished(one.wrong_ways(), self._finish)
        yield from self._other_parameters()
        slopes = tuple(diff(self.z, v) for v in variables_of(self.z))
        for wrong in (slopes, tuple(map(self._finish, slopes))) if len(slopes) > 1 else ():
            yield Mistake("the gradient of the outer function", wrong,
                          f"These are the slopes of {self.top} along its own variables. The question asks for "
                          f"one rate, by {one.by}.",
                          f"Multiply each by the derivative of that variable by {one.by}, and add.")  # fmt: skip
        yield from number_mistakes(self.key() if isinstance(self.key(), Expr) else Integer(0))
        if self.at:
            for mistake in islice(one.wrong_ways(), 12):
                yield unevaluated(mistake)
                yield unevaluated(replace(mistake, wrong=put_in(mistake.wrong, self.made_of)))

    def _point_mistakes(self) -> Iterator[Mistake]:
        put_values = f"Put in {listing(f'{v} = {plain(value)}' for v, value in self.point.items())}."
        mixed = [one.mixed for one in self.derivatives]
        for parts in (mixed, [put_in(part, self.made_of) for part in mixed]):
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
        if len(self.made_of) == len(self.parameters) or len(self.parameters) == 1:
            values = self.at if len(self.parameters) > 1 else self.at * len(self.made_of)
            mistaken = dict(zip(self.made_of, values, strict=True))
            wrong = [part.xreplace(mistaken).xreplace(self.point) for part in mixed]
            yield Mistake(
                "parameter put in for the inner variables",
                tuple(wrong) if len(wrong) > 1 else wrong[0],
                f"You put the value of {listing(v.name for v in self.parameters)} in the place of "
                f"{listing(v.name for v in self.made_of)}.",
                f"First find {listing(v.name for v in self.made_of)} there, and put those values in.",
                HALF,
            )

    def _other_parameters(self) -> Iterator[Mistake]:
        (by,) = self.by
        others = {v: chain_rule(self.z, self.made_of, v, self.point or None) for v in self.parameters if v != by}
        own = chain_rule(self.z, self.made_of, by, self.point or None)
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
        key = tuple(self._finish(one.mixed) for one in self.derivatives)
        yield Mistake("parts in the wrong order", key[::-1], "These are the right derivatives in the wrong order.",
                      f"Write them in the order {listing(v.name for v in self.by)}.")  # fmt: skip
        ways = [{m.name: m for m in finished(one.wrong_ways(), self._finish)} for one in self.derivatives]
        shared = [name for name in ways[0] if all(name in way for way in ways)]
        for name in shared:
            yield _joined([way[name] for way in ways])
        for i, (by, way) in enumerate(zip(self.by, ways, strict=True)):
            for mistake in way.values():
                yield Mistake(
                    f"{mistake.name} in the {by}-component",
                    (*key[:i], mistake.wrong, *key[i + 1 :]),
                    f"In the {by}-component: {mistake.says[0].lower()}{mistake.says[1:]}",
                    mistake.next,
                    HALF,
                )
        yield Mistake("derivatives added up", sum(key, Integer(0)),
                      "You added the derivatives. Each parameter has a rate of its own.",
                      "Keep them apart, as a vector.")  # fmt: skip
        for by, part in zip(self.by, key, strict=True):
            yield Mistake(f"only the derivative by {by}", part, f"That is the rate by {by} alone.",
                          f"Find the rate by {listing(v.name for v in self.by if v != by)} too.")  # fmt: skip
        yield Mistake("all signs flipped", tuple(-part for part in key), "Every sign is flipped.",
                      "Go through the signs once more.")  # fmt: skip

    def earlier(self) -> Mapping[str, tuple[Kind, Any]]:
        """For a value: the formula found earlier. For a formula: the partial derivatives of z."""
        if len(self.by) > 1:
            return {}
        (one,) = self.derivatives
        if self.at:
            return {"derivative": (Composed(self.inner), put_in(one.mixed, self.made_of))}
        names = tuple(self.made_of)
        if any(len(path.through) != 1 for path in one.paths):
            return {}
        return {"partials": (Vector(tuple(v.name for v in names)), tuple(gradient(self.z, names)))}

    def follow(self, **values: Any) -> Expr:
        """Carry on from the student's own formula, or own partial derivatives."""
        if "derivative" in values:
            return self._finish(values["derivative"])
        (by,) = self.by
        inner = [diff(expr, by) for expr in self.made_of.values()]
        return self._finish(sum((a * b for a, b in zip(values["partials"], inner, strict=True)), Integer(0)))

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw one parameter and polynomials (1), trigonometry or two parameters (2), all partials or depth (3)."""
        z, inner, by, at = (draw_one, draw_two, draw_three)[level - 1](rng)
        return cls(z, tuple(inner.items()), by, tuple(map(Integer, at)))

    def is_well_behaved(self) -> bool:
        """Every path counts, nothing is trivial or long, and values are plain numbers."""
        key = self.key() if isinstance(self.key(), tuple) else (self.key(),)
        parts = [self._finish(path.product) for one in self.derivatives for path in one.paths]
        dropped = [self._finish(sum((p.factors[0] for p in one.paths), Integer(0))) for one in self.derivatives]
        if any(part == 0 for part in (*key, *parts)) or list(key) == dropped or len(set(key)) < len(key):
            return False
        if self.at:
            return all(part.is_Rational and abs(part) <= 120 for part in key)
        return all(part.free_symbols and part.count_ops() <= 36 for part in key)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the tree, with the ways down to the parameter marked."""
        return tree_picture_of(self.z, self.made_of, self.top, self.by)


def _factor(factor: Expr) -> str:
    """A factor in LaTeX, in brackets where it would else run into its neighbours."""
    return rf"\left({typeset(factor)}\right)" if factor.is_Add or typeset(factor).startswith("-") else typeset(factor)


def _joined(mistakes: Sequence[Mistake]) -> Mistake:
    first = mistakes[0]
    return Mistake(
        first.name, tuple(m.wrong for m in mistakes), first.says, first.next, min(m.credit for m in mistakes)
    )
