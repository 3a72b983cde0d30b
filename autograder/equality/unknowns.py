"""Fresh symbols for what is only a name: f(x) of an unknown f, its derivatives, an integral that nobody can do."""

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair

from .balls import Unsure
from .normal_form import Prover
from .program import Unsupported, compiled
from .vocabulary import CONSTANTS, FUNCTIONS

PENDING = (sp.Derivative, sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Subs)
"""Operations that sympy writes down without working them out."""
LOGIC = (ExprCondPair, Relational, sp.And, sp.Or, sp.Not)
INNER: Any = (sp.Add, sp.Mul, sp.Pow, sp.Piecewise, *FUNCTIONS, *LOGIC)
LEAVES = (sp.zoo, sp.nan, sp.oo, -sp.oo, sp.I, *CONSTANTS)
ONE_ARGUMENT = (sp.log, sp.LambertW, sp.zeta, sp.harmonic)
"""Functions that are understood with one argument only."""


class Names:
    """The symbols given so far. The same thing gets the same symbol, also when it is written in another way.

    `opaque` holds the names of those about which too little is known to call two of them different: integrals and
    sums that could not be worked out, and f(u) and f(v) where nobody can tell whether u equals v.

    >>> x, f = sp.Symbol("x"), sp.Function("f")
    >>> names = Names()
    >>> names.replaced(f(x * (x + 1)) - f(x**2 + x))
    0
    """

    def __init__(self) -> None:
        self.given: dict[sp.Basic, sp.Symbol] = {}
        self.opaque: set[str] = set()

    def replaced(self, expression: sp.Expr) -> sp.Expr:
        """The expression with a symbol in place of everything that is no known function."""
        if all(_is_known(node) for node in sp.preorder_traversal(expression)):
            return expression
        return self._rebuilt(expression)

    def _rebuilt(self, node: sp.Basic) -> sp.Basic:
        if not _is_known(node):
            return self._symbol(node)
        return node.func(*[self._rebuilt(part) for part in node.args]) if node.args else node

    def _symbol(self, node: sp.Basic) -> sp.Symbol:
        node = node.as_dummy()
        unclear = not _is_free(node)
        for known, symbol in self.given.items():
            same = _same(known, node)
            if same:
                return symbol
            if same is None:
                unclear = True
                self.opaque.add(symbol.name)
        text = str(node)
        taken = {symbol.name for symbol in self.given.values()}
        name = text if len(text) < 30 and text not in taken else f"{node.func.__name__} no. {len(self.given) + 1}"
        self.given[node] = sp.Symbol(name)
        if unclear:
            self.opaque.add(name)
        return self.given[node]


def _is_known(node: sp.Basic) -> bool:
    if node.args:
        return isinstance(node, INNER) and not (isinstance(node, ONE_ARGUMENT) and len(node.args) > 1)
    return isinstance(node, sp.Symbol | sp.Rational | sp.logic.boolalg.BooleanAtom) or node in LEAVES


def _is_free(node: sp.Basic) -> bool:
    """Whether this is an unknown function, or a derivative of one: then it may have any value."""
    if isinstance(node, sp.Subs | sp.Derivative):
        return _is_free(node.expr)
    return isinstance(node, AppliedUndef)


def _same(known: sp.Basic, node: sp.Basic) -> bool | None:
    """Whether two things are the same: True, False, or None when their arguments cannot be told apart."""
    if known == node:
        return True
    if isinstance(known, sp.Subs) and isinstance(node, sp.Subs):
        renamed = dict(zip(node.variables, known.variables, strict=False))
        if len(known.variables) != len(node.variables) or known.expr != node.expr.xreplace(renamed):
            return False
        pairs = list(zip(known.point, node.point, strict=True))
    elif isinstance(known, AppliedUndef) and known.func == node.func and len(known.args) == len(node.args):
        pairs = list(zip(known.args, node.args, strict=True))
    else:
        return False
    answers = [_same_argument(a, b) for a, b in pairs]
    return False if False in answers else (None if None in answers else True)


def _same_argument(a: sp.Expr, b: sp.Expr) -> bool | None:
    """Whether two arguments are equal: by exact arithmetic, or not, by a look at one point."""
    if Prover(frozenset()).equal(a, b):
        return True
    names = sorted({symbol.name for symbol in a.free_symbols | b.free_symbols})
    try:
        program = compiled(a, {name: i for i, name in enumerate(names)}, minus=b)
        value = program.run([fmpq(2 * i + 3, 7) for i in range(len(names))])
    except (Unsupported, Unsure):
        return None
    return None if value.ball is None or value.ball.contains(0) else False
