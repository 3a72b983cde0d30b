"""What is done to two expressions before they are compared: one symbol per name, decimals as they are written,
derivatives worked out, and a fresh symbol for everything that is only a name, such as f(x)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair

from .deadline import Deadline
from .limits import measure
from .vocabulary import CONSTANTS, FUNCTIONS

PENDING = (sp.Derivative, sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Subs)
"""Operations that sympy writes down without working them out."""
PLAIN = (sp.Add, sp.Mul, sp.Pow, sp.Piecewise, *FUNCTIONS)
LOGIC = (ExprCondPair, Relational, sp.And, sp.Or, sp.Not)
INNER: Any = (*PLAIN, *LOGIC)
ODD = (sp.zoo, sp.nan, sp.oo, -sp.oo, sp.I)


@dataclass
class Prepared:
    """Two expressions in plain symbols.

    `opaque` names the symbols that stand for something that could not be worked out: when they are unequal, nothing
    follows. `tame` says whether sympy may rebuild the expressions.
    """

    left: sp.Expr
    right: sp.Expr
    opaque: set[str] = field(default_factory=set)
    tame: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all symbols, in order."""
        return tuple(sorted({s.name for s in self.left.free_symbols | self.right.free_symbols}))


def checked(value: object) -> sp.Expr:
    """The value as a sympy expression. Raises `TypeError` for anything else, truth values among them.

    >>> checked(3)
    3
    """
    if isinstance(value, sp.Expr) and not isinstance(value, sp.MatrixExpr):
        return value
    if type(value) is int:
        return sp.Integer(value)
    if type(value) is float:
        return sp.Float(value)
    raise TypeError(f"decide compares two expressions, not {type(value).__name__}")


def prepare(left: sp.Expr, right: sp.Expr, deadline: Deadline) -> Prepared:
    """Bring both into the form that is compared. Raises `TooLarge` and `TimeIsUp`."""
    tame = measure(left).tame & measure(right).tame
    left, right = same_symbols(left), same_symbols(right)
    if not tame:
        return Prepared(left, right, tame=False)
    left, right = exact_decimals(left), exact_decimals(right)
    if any(side.has(*PENDING) or side.has(sp.re, sp.im, sp.conjugate, sp.arg) for side in (left, right)):
        left, right = worked_out(left, deadline), worked_out(right, deadline)
    return _named(left, right)


def same_symbols(expression: sp.Expr) -> sp.Expr:
    """Every symbol without assumptions, so that symbols are the same when their names are.

    >>> same_symbols(sp.Symbol("x", positive=True)) == sp.Symbol("x")
    True
    """
    changed = {s: sp.Symbol(s.name) for s in expression.atoms(sp.Symbol) if s != sp.Symbol(s.name)}
    return expression.xreplace(changed) if changed else expression


def exact_decimals(expression: sp.Expr) -> sp.Expr:
    """Every decimal as the fraction that its digits say: 2.8 is 14/5.

    >>> exact_decimals(2.8 * sp.Symbol("x"))
    14*x/5
    """
    decimals = expression.atoms(sp.Float)
    return expression.xreplace({d: as_written(d) for d in decimals}) if decimals else expression


def as_written(decimal: sp.Float) -> sp.Expr:
    """A decimal read to the digits it was given with, at most fifteen for an ordinary float."""
    if not decimal.is_finite:
        return sp.nan if decimal.is_finite is None else (sp.oo if decimal > 0 else -sp.oo)
    return sp.Rational(sp.Float(decimal, max(1, int(decimal._prec * 0.30103))).__str__())


def worked_out(expression: sp.Expr, deadline: Deadline) -> sp.Expr:
    """Derivatives, integrals and sums done, over the reals, where sympy can; only where it can be interrupted,
    except for derivatives, which always end."""
    real = {s: sp.Symbol(s.name, real=True) for s in expression.free_symbols}
    inside = expression.xreplace(real)
    if deadline.interrupts:
        inside = inside.doit()
    elif inside.has(sp.Derivative):
        inside = inside.replace(lambda node: isinstance(node, sp.Derivative), lambda node: node.doit(deep=False))
    return inside.xreplace({plain: s for s, plain in real.items()})


def _named(left: sp.Expr, right: sp.Expr) -> Prepared:
    """Replace f(x), unknown functions and what is left pending by fresh symbols, the same for the same thing."""
    names: dict[sp.Basic, sp.Symbol] = {}
    opaque: set[str] = set()

    def rebuilt(node: sp.Basic) -> sp.Basic:
        if node.args and isinstance(node, INNER):
            return node.func(*[rebuilt(part) for part in node.args])
        return node if _is_leaf(node) else fresh(node)

    def fresh(node: sp.Basic) -> sp.Symbol:
        for known, symbol in names.items():
            if known == node or _same_application(known, node):
                return symbol
        symbol = sp.Symbol(f"{node.func.__name__} [{len(names) + 1}]")
        names[node] = symbol
        if not isinstance(node, AppliedUndef) and not (isinstance(node, sp.Derivative) and _is_unknown(node)):
            opaque.add(symbol.name)
        return symbol

    if _is_plain(left) and _is_plain(right):
        return Prepared(left, right)
    return Prepared(rebuilt(left), rebuilt(right), opaque)


def _is_leaf(node: sp.Basic) -> bool:
    return isinstance(node, sp.Symbol | sp.Rational | sp.logic.boolalg.BooleanAtom) or node in CONSTANTS or node in ODD


def _is_plain(expression: sp.Expr) -> bool:
    return all(isinstance(node, INNER) if node.args else _is_leaf(node) for node in sp.preorder_traversal(expression))


def _is_unknown(node: sp.Derivative) -> bool:
    return isinstance(node.expr, AppliedUndef)


def _same_application(known: sp.Basic, node: sp.Basic) -> bool:
    """Whether two applications of one unknown function have arguments that are equal by plain algebra."""
    if not isinstance(known, AppliedUndef) or known.func != node.func or len(known.args) != len(node.args):
        return False
    return all((a - b).expand() == 0 for a, b in zip(known.args, node.args, strict=True))
