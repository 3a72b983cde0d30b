"""The one question of this package: are two expressions equal?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import sympy as sp

from .breakpoints import beside, gate_programs
from .comparison import Comparison
from .deadline import Deadline, TimeIsUp
from .domain import Axis, Domain, axes
from .limits import TooLarge
from .normal_form import Prover
from .points import Point, friendly, seeded, stratified
from .preparation import SYMPY_FAILS, Prepared, checked, prepare
from .program import Program, Unsupported, compiled
from .rewriting import rewritten_equal
from .verdict import Different, Equal, Grounds, Undecided, Verdict

SMOOTH = 12
"""Points that must agree where nothing bends or breaks."""
ROUGH = 48
"""Points that must agree where absolute values, roots, logarithms, pieces or inverse functions occur."""
FEW = 4
"""Points that are looked at although the normal forms are the same: they show that there is a domain."""
INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def decide(a: object, b: object, *, domain: Domain | None = None, budget: float = 2.0) -> Verdict:
    """Whether two expressions are equal as real functions, each on its natural domain.

    Symbols are real and are matched by name; `domain` narrows some, `{"x": "positive"}` or `{"x": Interval(0, 1)}`.
    The answer comes within `budget` seconds of computing. See `comparison` for the rule where a domain ends. Raises
    `TypeError` for what is no expression, and `ValueError` for a domain that is none.

    >>> from sympy import Abs, log, sin, cos, sqrt, Symbol
    >>> x = Symbol("x", real=True)
    >>> print(decide((x + 1) ** 2, x**2 + 2 * x + 1).by)
    exact arithmetic brings both to the same form (a proof)
    >>> decide(log(x**2), 2 * log(x))
    Different(witness={'x': -3}, left=2.19722457733622, right=nan)
    >>> decide(log(x**2), 2 * log(x), domain={"x": "positive"}).by.is_proof
    True
    >>> print(decide(sqrt(sqrt(5) + 3), (sqrt(10) + sqrt(2)) / 2).by)
    they agree to at least 610 digits (strong evidence, not a proof)
    """
    left, right = checked(a), checked(b)
    if left is right and left is not sp.nan:
        return Equal(Grounds.structure())
    try:
        with Deadline(budget) as deadline:
            return _decide(left, right, domain, deadline)
    except TimeIsUp:
        return Undecided("the time was up before it was clear")
    except TooLarge as large:
        return Undecided(f"it cannot be judged: {large}")
    except Unsupported as unknown:
        return Undecided(f"there is no rule yet for {unknown}")
    except RecursionError:
        return Undecided("it cannot be judged: it is nested too deep")


def _decide(left: sp.Expr, right: sp.Expr, domain: Domain | None, deadline: Deadline) -> Verdict:
    axes(map(str, domain or ()), domain)  # so that a domain that is none is said at once
    try:
        pair = prepare(left, right, deadline)
    except SYMPY_FAILS as failure:
        return Undecided(f"it could not be worked out: {failure}")
    if pair.left == pair.right and not pair.left.has(sp.nan):
        return Equal(Grounds.structure())
    if pair.left.has(*INFINITE) or pair.right.has(*INFINITE):
        return _infinite(pair.left, pair.right)
    if not (pair.left.is_commutative and pair.right.is_commutative):
        return Undecided("the order of factors matters in it")
    return Decision(pair, axes(pair.names, domain), deadline).verdict()


def _infinite(left: sp.Expr, right: sp.Expr) -> Verdict:
    """Where infinity or "not a number" occurs, only the plainest cases are clear."""
    if sp.nan in (left, right) and left == right:
        return Undecided("neither has a value")
    if left in INFINITE or right in INFINITE:
        other = right if left in INFINITE else left
        if other in INFINITE or not other.has(*INFINITE):
            return Different({}, left, right)
    return Undecided("infinity occurs inside it")


class Decision:
    """One pair on its way to a verdict: a quick look, a proof, many points, and rewriting as the last resort."""

    def __init__(self, pair: Prepared, where: list[Axis], deadline: Deadline) -> None:
        self.pair = pair
        self.deadline = deadline
        names = pair.names
        self.places = {name: i for i, name in enumerate(names)}
        whole = {axis.name for axis in where if axis.whole} | _whole_names(pair)
        self.axes = [Axis(axis.name, axis.low, axis.high, axis.name in whole) for axis in where]
        self.whole = frozenset(whole)
        self.left = self._compiled(pair.left)
        self.right = self._compiled(pair.right)
        self.random = seeded(pair.left, pair.right)

    def _compiled(self, expression: sp.Expr) -> Program:
        return compiled(expression, self.places, self.whole)

    def verdict(self) -> Verdict:
        """The verdict; principal values first, then real odd roots where those occur."""
        verdict, odd = self._judged(odd_roots=False)
        if odd and isinstance(verdict, Different) and not (self.left.complex or self.right.complex):
            again, _ = self._judged(odd_roots=True)
            if isinstance(again, Equal):
                return again
        if isinstance(verdict, Different) and self.pair.opaque:
            return Undecided("it holds an integral, a sum or a function that could not be worked out")
        return verdict

    def _judged(self, *, odd_roots: bool) -> tuple[Verdict, bool]:
        comparison = Comparison(self.left, self.right, self.pair.names, odd_roots, self.pair.bits)
        tally = comparison.tally
        for point in friendly(self.axes):
            comparison.at(point, deep=not point)
            if tally.different:
                return tally.different, tally.odd
        rough = self.left.rough or self.right.rough
        real = not (self.left.complex or self.right.complex)
        enough = (ROUGH if rough else SMOOTH) if self.axes else 1
        proved = not odd_roots and self.pair.tame and self._proved()
        if proved:
            enough = FEW if self.axes else 1
        comparison.look(self._points(rough and not proved), enough, 4 * enough + 20, self.deadline)
        if tally.verdict is None and rough and real and self.axes and tally.agreed < (1 if proved else ROUGH // 2):
            comparison.look(self._hunt(), enough, (6 if tally.agreed else 40) * ROUGH, self.deadline)
        if tally.verdict is not None:
            return tally.verdict, tally.odd
        if tally.outside_differs and not tally.agreed:
            return tally.outside_differs, tally.odd
        seen = tally.seen
        if proved and (seen or tally.coarse):
            return Equal(Grounds.proof()), tally.odd
        if seen >= min(enough, 12) or (not self.axes and seen):
            reading = ", odd roots of negative numbers read as real" if odd_roots else ""
            points = seen if self.axes else 1
            return Equal(Grounds.evidence(digits=tally.digits // 10 * 10, points=points, reading=reading)), tally.odd
        if self.pair.tame and rewritten_equal(self.pair.left, self.pair.right, self.axes, self.deadline):
            return Equal(Grounds.proof("algebra")), tally.odd
        return Undecided("too few points were found where both have a value that can be computed"), tally.odd

    def _proved(self) -> bool:
        positive = frozenset(axis.name for axis in self.axes if axis.positive)
        return Prover(positive).equal(self.pair.left, self.pair.right)

    def _points(self, rough: bool) -> Iterator[Point]:
        """Points beside breakpoints first, then spread over signs and scales."""
        if not self.axes:
            return iter([()])
        spread = stratified(self.axes, (self.pair.left, self.pair.right), self.random)
        if not rough:
            return spread
        gates = gate_programs((*self.left.gates, *self.right.gates), self.places, self.whole)
        exact = self.left.jumps or self.right.jumps
        *_, small = friendly(self.axes)
        bases = [small, *islice(spread, 2)]
        near = chain.from_iterable(beside(gates, self.axes, base, exact=exact) for base in bases)
        return chain(islice(near, ROUGH), spread)

    def _hunt(self) -> Iterator[Point]:
        """Points beside breakpoints from many bases: where the domain is small, one of them may lie inside."""
        spread = stratified(self.axes, (self.pair.left, self.pair.right), self.random)
        gates = gate_programs((*self.left.gates, *self.right.gates), self.places, self.whole)
        for base in islice(spread, ROUGH // 2):
            for point in beside(gates, self.axes, base, exact=False):
                yield point
                yield from islice(beside(gates, self.axes[1:], point, exact=False), 8) if len(self.axes) > 1 else ()


def _whole_names(pair: Prepared) -> set[str]:
    """Symbols in the exponent of a negative number: (-1)**n is real for whole n only."""
    return {
        symbol.name
        for side in (pair.left, pair.right)
        for node in side.atoms(sp.Pow)
        if node.base.is_Number and node.base.is_negative
        for symbol in node.exp.free_symbols
    }
