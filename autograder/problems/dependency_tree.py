"""The chain rule read off a tree: which branches are multiplied, which paths are added."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from sympy import Add, Expr, Integer, Mul, Symbol, expand

from autograder.answers import of
from autograder.answers.answer import Answer
from autograder.answers.kinds import Expression, Fitted
from autograder.notation import listing, typeset
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step
from autograder.problems.trees import fraction_of
from nabla.chain_rule import routes

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Route = tuple[Symbol, ...]
RULE = "Follow every way from top to bottom: multiply its branches, then add the ways."


@dataclass(frozen=True)
class DependencyTree(Problem):
    """The chain rule for functions that are known only by what they depend on: the tree is given, the formula wanted.

    `tree` maps each variable to those that it depends on, the outermost first. In the answer, `z_x` stands for the
    partial derivative of z along x.

    >>> from sympy.abc import s, t, x, y, z
    >>> DependencyTree({z: (x, y), x: (s, t), y: (t,)}, by=t).key()
    x_t*z_x + y_t*z_y
    >>> DependencyTree({z: (x, y), x: (s, t), y: (t,)}, by=t).mistakes()[0].wrong
    z_x + z_y
    """

    tree: tuple[tuple[Symbol, tuple[Symbol, ...]], ...]
    by: Symbol

    def __post_init__(self) -> None:
        given = self.tree.items() if isinstance(self.tree, Mapping) else self.tree
        rows = tuple((_plain(above), tuple(map(_plain, _several(below)))) for above, below in given)
        object.__setattr__(self, "tree", rows)
        object.__setattr__(self, "by", _plain(self.by))
        if not rows:
            raise ProblemError("The tree is empty; say what z depends on: {z: (x, y), x: (t,), y: (t,)}.")
        _refuse_circles(dict(rows))
        if not self.routes or self.by == self.top:
            raise ProblemError(f"No way leads from {self.top} down to {self.by}; choose another by.")

    @property
    def below(self) -> dict[Symbol, tuple[Symbol, ...]]:
        """What each variable depends on."""
        return dict(self.tree)

    @property
    def top(self) -> Symbol:
        """The outermost variable."""
        return self.tree[0][0]

    @property
    def parameters(self) -> tuple[Symbol, ...]:
        """The variables that depend on nothing."""
        return tuple(dict.fromkeys(v for _, below in self.tree for v in below if v not in self.below))

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every way down to `by`."""
        return routes(self.below, self.top, self.by)

    @property
    def kind(self) -> Expression:
        """One expression in the partial derivatives."""
        return Expression()

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """One letter for each branch of the tree."""
        return tuple(_branch(above, v) for above, below in self.tree for v in below)

    def key(self) -> Expr:
        """Return the sum over the ways of the products of their branches."""
        return Add(*map(_product, self.routes))

    @property
    def _sign(self) -> str:
        return fraction_of(self.top, self.by, len(self.parameters))

    def statement(self) -> Prose:
        """Give the tree in words, ask for the formula, say how it is written."""
        rows = "\n".join(
            f"- ${typeset(above)}$ depends on {listing(f'${typeset(v)}$' for v in below)}" for above, below in self.tree
        )
        direct = self.by in self.below[self.top]
        moving = " when everything that depends on it moves along (the total rate)" if direct else ""
        first = self.letters[0]
        above, below = self.tree[0][0], self.tree[0][1][0]
        return Prose(
            f"{rows}\n\nWrite down the chain rule for the rate of change of ${typeset(self.top)}$ with "
            f"${typeset(self.by)}$, ${self._sign}${moving}.\n\nGive a formula in the partial derivatives. Write "
            f"`{first}` for $\\partial {typeset(above)}/\\partial {typeset(below)}$, and so on: the letters are "
            f"{listing(f'`{letter}`' for letter in self.letters)}. Not all of them need to occur."
        )

    def pack(self, answer: object) -> Answer:
        """Take a quotient such as `∂z/∂x` or `dz/dx` in a text for the letter of that derivative."""
        return super().pack(_QUOTIENT.sub(r" \1_\2 ", answer) if isinstance(answer, str) else answer)

    def nudges(self) -> Sequence[str]:
        """Nudge: draw, count, multiply, add."""
        count = len(self.routes)
        ways = f"{count} ways lead" if count != 1 else "One way leads"
        longest = max(map(len, self.routes)) - 1
        return (
            f"Draw the tree, ${typeset(self.top)}$ on top. Mark every place where ${typeset(self.by)}$ stands.",
            f"{ways} from ${typeset(self.top)}$ down to ${typeset(self.by)}$. Each gives one term.",
            f"The longest way has {longest} branch{'es' * (longest != 1)}, so its term has as many factors. "
            "Multiply along each way, then add the terms.",
        )

    def steps(self) -> Iterator[Step]:
        """One way after the other, then the sum."""
        for route in self.routes:
            yield Step(f"The way {' → '.join(v.name for v in route)}:", _typeset_product(route))
        total = " + ".join(map(_typeset_product, self.routes))
        yield Step("Add the ways:", f"{self._sign} = {total}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Factors dropped, ways left out, wrong ways added, sums and products exchanged."""
        ways = self.routes
        yield Mistake("inner factors dropped", Add(*{_branch(*way[:2]) for way in ways}),
                      "You stopped after the first branch of each way. How fast the variables below "
                      f"{self.top} change with {self.by} is missing.",
                      "Go on along each way down to the bottom, and multiply.")  # fmt: skip
        yield from self._ways_left_out()
        yield from self._ways_too_many()
        for way in ways:
            rest = [_product(other) for other in ways if other != way]
            for i in range(len(way) - 1) if len(way) > 2 else ():
                kept = [_branch(*pair) for j, pair in enumerate(_pairs(way)) if j != i]
                yield Mistake(f"factor dropped on the way {_named(way)}", Add(Mul(*kept), *rest),
                              f"On the way {_named(way)} a branch was not counted.",
                              f"That way has {len(way) - 1} branches: its term has as many factors.", HALF)  # fmt: skip
        yield from self._wrong_arithmetic()
        yield from number_mistakes(self.key())

    def _ways_left_out(self) -> Iterator[Mistake]:
        ways = self.routes
        if len(ways) > 1:
            for way in ways:
                if len(way) == 2:
                    yield Mistake("partial derivative given for the total one", _product(way),
                                  f"This counts only the direct branch. {self.by} also moves the variables in between, "
                                  f"and they move {self.top}.", RULE)  # fmt: skip
            for way in ways:
                rest = Add(*(_product(other) for other in ways if other != way))
                yield Mistake(f"the way {_named(way)} left out", rest,
                              f"One way is missing: {_named(way)}.", f"{self.by} stands at {len(ways)} places in the "
                              "tree; each gives a term.", HALF)  # fmt: skip
            if len(ways) > 2:
                for way in ways:
                    yield Mistake(
                        f"only the way {_named(way)}", _product(way), f"This is one way of {len(ways)}.", RULE
                    )

    def _ways_too_many(self) -> Iterator[Mistake]:
        for other in self.parameters:
            if other != self.by:
                wrong = Add(*map(_product, routes(self.below, self.top, other)))
                only = f"Only the ways that end at {self.by} count; {other} is held fixed."
                yield Mistake(f"derivative by {other}", wrong, f"These are the ways down to {other}.", only)
                yield Mistake(f"ways to {other} counted too", self.key() + wrong,
                              f"You added the ways down to {other} as well.", only, HALF)  # fmt: skip
        yield Mistake("all branches added", Add(*self.letters), "You added every branch of the tree.", RULE)

    def _wrong_arithmetic(self) -> Iterator[Mistake]:
        ways = self.routes
        yield Mistake("last factors only", Add(*(_branch(*way[-2:]) for way in ways)),
                      f"You added the last branches. How strongly {self.top} answers is missing.", RULE)  # fmt: skip
        yield Mistake("ways multiplied instead of added", Mul(*map(_product, ways)),
                      "You multiplied the ways. Each is a contribution of its own: they add up.", RULE)  # fmt: skip
        yield Mistake("branches added along a way", Mul(*(Add(*(_branch(*p) for p in _pairs(way))) for way in ways)),
                      "You added along the ways and multiplied the ways. It is the other way round.", RULE)  # fmt: skip
        yield Mistake("branches added instead of multiplied", Add(*(_branch(*p) for way in ways for p in _pairs(way))),
                      "You added the branches along a way. Along a way they are multiplied.", RULE)  # fmt: skip
        if len(ways) > 1:
            yield Mistake("ways subtracted", _product(ways[0]) - Add(*map(_product, ways[1:])),
                          "You subtracted. The ways add up.", RULE, HALF)  # fmt: skip
        first, last = ([_branch(*way[k : k + 2 or None]) for way in ways] for k in (0, -2))
        if len(ways) > 1:
            yield Mistake("sums multiplied", Add(*first) * Add(*last), "You added the first branches, added the last "
                          "ones, and multiplied. Each way is a product of its own.", RULE)  # fmt: skip
            for one in first:
                same = Add(*(Mul(one, *(_branch(*p) for p in _pairs(way)[1:])) for way in ways))
                yield Mistake("the same first branch on every way", same,
                              "You began every way with the same branch. Each way has a first branch of its own.",
                              RULE)  # fmt: skip
            for way in ways:
                yield Mistake("one way counted twice", self.key() + _product(way),
                              f"The way {_named(way)} is counted twice.", RULE, HALF)  # fmt: skip
        upside = Add(*(_branch(*way[:2]) / Mul(*(_branch(*p) for p in _pairs(way)[1:])) for way in ways))
        yield Mistake("branches divided", upside, "You divided along a way. Along a way the branches are multiplied.",
                      RULE)  # fmt: skip
        for way in ways:
            for other in self.parameters:
                strayed = (*way[:-1], other)
                if other != self.by and len(way) > 2 and other in self.below.get(way[-2], ()):
                    yield Mistake(f"one way ends at {other}", self.key() - _product(way) + _product(strayed),
                                  f"One of your ways ends at {other}. Only ways that end at {self.by} count.",
                                  RULE, HALF)  # fmt: skip
        long = [way for way in ways if len(way) > 2]
        if len(long) == 2:
            one, two = long
            wrong = _branch(*one[:2]) * _product(two[1:]) + _branch(*two[:2]) * _product(one[1:])
            rest = Add(*(_product(way) for way in ways if len(way) == 2))
            yield Mistake("factors of two ways exchanged", wrong + rest, "You jumped from one way to another half-way.",
                          "Stay on one way until you reach the bottom.")  # fmt: skip

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw two branches (1), two parameters or three inner variables (2), a deeper or a mixed tree (3)."""
        z, x, y, u, v, s, t = (Symbol(name) for name in rng.choice(("zxyuvst", "wpqabrt", "fxyuvst", "Tuvxyst")))
        shapes = (
            ({z: (x, y), x: (t,), y: (t,)}, {z: (x, y, u), x: (t,), y: (t,), u: (t,)}, {z: (x, y), x: (s, t), y: (t,)},
             {z: (x,), x: (s, t)}, {z: (x, y), x: (s, t), y: (s, t)}),
            ({z: (x, y), x: (t,), y: (x, t)}, {z: (x, y, t), x: (t,), y: (t,)}, {z: (x, y), x: (u,), y: (u,), u: (t,)},
             {z: (x, y, u), x: (s, t), y: (s,), u: (s, t)}, {z: (x, t), x: (s, t)}),
            ({z: (u, v), u: (x, y), v: (x, y), x: (t,), y: (t,)}, {z: (x, y, t), x: (s, t), y: (x, t)},
             {z: (u, v), u: (x, t), v: (x, y), x: (s, t), y: (s,)}, {z: (u, x), u: (x, y), x: (s, t), y: (t,)},
             {z: (u, v), u: (x,), v: (x, y), x: (t,), y: (t,)}),
        )[level - 1]  # fmt: skip
        tree = rng.choice(shapes)
        ends = [p for p in (s, t) if routes(tree, z, p)]
        return cls(tuple(tree.items()), rng.choice(ends))

    def is_well_behaved(self) -> bool:
        """More than one branch to follow."""
        return len(self.routes) > 1 or len(self.routes[0]) > 2

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the tree, and mark the ways that the answer counts."""
        from nabla.explore.tree import tree_picture  # matplotlib is loaded only when a picture is asked for

        fitted = self.kind.fit(of(answer), self.letters)
        counted = None
        if isinstance(fitted, Fitted):
            terms = Add.make_args(expand(fitted.value))
            products = {Mul(*(f for f in Mul.make_args(term) if not f.is_number)) for term in terms}
            counted = [tuple(v.name for v in way) for way in self.routes if _product(way) in products]
        tree = {above.name: tuple(v.name for v in below) for above, below in self.tree}
        return tree_picture(tree, self.top.name, [self.by.name], counted)


_QUOTIENT = re.compile(
    r"(?:\\d?frac\s*\{)?\s*(?:\\partial|∂|d)\s*([A-Za-z])\s*(?:\}\s*\{|/)\s*(?:\\partial|∂|d)\s*([A-Za-z])\s*\}?"
)
"""A derivative written as a quotient, plain or in LaTeX."""


def _plain(symbol: Any) -> Symbol:
    if not isinstance(symbol, Symbol):
        raise ProblemError(f"The tree is made of symbols, such as {{z: (x, y), x: (t,)}}, and {symbol!r} is none.")
    return Symbol(symbol.name)


def _several(below: Any) -> Sequence[Any]:
    return below if isinstance(below, tuple | list) else (below,)


def _refuse_circles(tree: Mapping[Symbol, Sequence[Symbol]]) -> None:
    left = dict(tree)
    while left:
        ends = [above for above, below in left.items() if not any(v in left for v in below)]
        if not ends:
            raise ProblemError(f"{listing(v.name for v in left)} depend on one another in a circle; cut it.")
        left = {above: below for above, below in left.items() if above not in ends}


def _branch(above: Symbol, below: Symbol) -> Symbol:
    return Symbol(f"{above.name}_{below.name}")


def _pairs(way: Route) -> list[Route]:
    return list(pairwise(way))


def _product(way: Route) -> Expr:
    return Mul(*(_branch(*pair) for pair in _pairs(way)), Integer(1))


def _typeset_product(way: Route) -> str:
    return r" \cdot ".join(rf"\frac{{\partial {typeset(a)}}}{{\partial {typeset(b)}}}" for a, b in _pairs(way))


def _named(way: Route) -> str:
    return " → ".join(v.name for v in way)
