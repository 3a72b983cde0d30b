"""The chain rule: how fast z changes when its variables are moved by parameters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, diff

from autograder.answers.kinds import Kind, Number, Vector
from autograder.notation import listing, plain, typeset
from autograder.problems.branch_mistakes import Derivative
from autograder.problems.chain_rule_draws import draw_one, draw_three, draw_two
from autograder.problems.chain_rule_mistakes import ChainRuleMistakes
from autograder.problems.composed import Composed, ComposedVector
from autograder.problems.mistake import Mistake
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

    def finish(self, mixed: Expr) -> Expr:
        """Put the inner variables and the point into a mixed form."""
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
                yield Step(f"At {where}:", f"{total} = {typeset(self.finish(one.mixed))}")
        if len(self.by) > 1:
            yield Step("Together:", typeset(self.key()))

    def _branch(self, above: Symbol, below: Symbol) -> str:
        expr = self.z if above == self.top else self.made_of[above]
        return fraction_of(above, below, len(variables_of(expr)))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Mistakes with the point, then with the tree and its factors."""
        yield from ChainRuleMistakes(self).all()

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
            return self.finish(values["derivative"])
        (by,) = self.by
        inner = [diff(expr, by) for expr in self.made_of.values()]
        return self.finish(sum((a * b for a, b in zip(values["partials"], inner, strict=True)), Integer(0)))

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw one parameter and polynomials (1), trigonometry or two parameters (2), all partials or depth (3)."""
        z, inner, by, at = (draw_one, draw_two, draw_three)[level - 1](rng)
        return cls(z, tuple(inner.items()), by, tuple(map(Integer, at)))

    def is_well_behaved(self) -> bool:
        """Every path counts, nothing is trivial or long, and values are plain numbers."""
        key = self.key() if isinstance(self.key(), tuple) else (self.key(),)
        parts = [self.finish(path.product) for one in self.derivatives for path in one.paths]
        dropped = [self.finish(sum((p.factors[0] for p in one.paths), Integer(0))) for one in self.derivatives]
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
