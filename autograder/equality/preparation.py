"""What is done to two expressions before they are compared: one symbol per name, decimals as they are written,
derivatives worked out, and a fresh symbol for everything that is only a name, such as f(x)."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from .deadline import Deadline
from .limits import measure
from .unknowns import PENDING, Names

SYMPY_FAILS = (ValueError, TypeError, NotImplementedError, ArithmeticError, AttributeError, LookupError)
"""What sympy raises, here and there, when it rebuilds or rewrites an expression that it does not expect."""


@dataclass
class Prepared:
    """Two expressions in plain symbols.

    `opaque` names the symbols that stand for something that could not be worked out: when they are unequal, nothing
    follows. `tame` says whether sympy may rebuild the expressions, `bits` how long the longest number is.
    """

    left: sp.Expr
    right: sp.Expr
    opaque: set[str] = field(default_factory=set)
    tame: bool = True
    bits: int = 0

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
    sizes = measure(left), measure(right)
    left, right = same_symbols(left), same_symbols(right)
    bits = max(size.bits for size in sizes)
    if not all(size.tame for size in sizes):
        return Prepared(left, right, tame=False, bits=bits)
    left, right = exact_decimals(left), exact_decimals(right)
    deadline.check()
    if any(side.has(*PENDING) or side.has(sp.re, sp.im, sp.conjugate, sp.arg) for side in (left, right)):
        left, right = worked_out(left, deadline), worked_out(right, deadline)
    names = Names()
    return Prepared(names.replaced(left), names.replaced(right), names.opaque, bits=bits)


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
