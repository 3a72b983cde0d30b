"""How values are written for a person: plain text for sentences, LaTeX for display.

One notation throughout the workbook: vectors in round brackets, `^` for powers, `·` for products.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sympy import Expr, MatrixBase, latex
from sympy.printing.str import StrPrinter


class _PlainPrinter(StrPrinter):
    """Sympy's own text with the signs people write."""

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        return str(super()._print_Pow(expr, rational)).replace("**", "^")

    def _print_Mul(self, expr: Any) -> str:
        return str(super()._print_Mul(expr)).replace("*", "·")

    def _print_ExprCondPair(self, expr: Any) -> str:
        return f"{self._print(expr.expr)} where {self._print(expr.cond)}"


def plain(value: Any) -> str:
    """Write an expression, or a row of them, in one line of plain text.

    >>> from sympy.abc import x, y
    >>> plain(x**2*y + 3*y), plain((3, 4)), plain(x / 2)
    ('x^2·y + 3·y', '(3, 4)', 'x/2')

    A matrix with more than one row and column is written row by row.
    """
    if isinstance(value, MatrixBase) and 1 not in value.shape:
        return f"[{', '.join('[' + ', '.join(map(plain, row)) + ']' for row in value.tolist())}]"
    if isinstance(value, MatrixBase | tuple | list):
        return "(" + ", ".join(plain(item) for item in value) + ")"
    return _plain(value) if isinstance(value, Expr) else _PlainPrinter({"order": None}).doprint(value)


@lru_cache(maxsize=2048)  # statements, mistakes and feedback write the same few expressions over and over
def _plain(expression: Expr) -> str:
    return _PlainPrinter({"order": None}).doprint(expression)


def typeset(value: Any) -> str:
    r"""Write an expression, or a row of them, in LaTeX (without dollar signs).

    >>> from sympy import Rational
    >>> from sympy.abc import x
    >>> typeset((x**2, Rational(1, 2)))
    '\\left(x^{2},\\ \\frac{1}{2}\\right)'

    A matrix with more than one row and column is written as one.
    """
    if isinstance(value, MatrixBase) and 1 not in value.shape:
        return str(latex(value, ln_notation=True))
    if isinstance(value, MatrixBase | tuple | list):
        return r"\left(" + r",\ ".join(typeset(item) for item in value) + r"\right)"
    return _typeset(value) if isinstance(value, Expr) else str(latex(value, ln_notation=True))


@lru_cache(maxsize=2048)
def _typeset(expression: Expr) -> str:
    return str(latex(expression, ln_notation=True))


def listing(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does.

    >>> listing(["x", "y", "z"])
    'x, y and z'
    """
    *front, end = list(words)
    return f"{', '.join(front)} {last} {end}" if front else end


def number(value: Expr | float, digits: int = 4) -> str:
    """Write a number as a decimal with at most so many significant digits.

    >>> from sympy import Rational
    >>> number(Rational(1, 3)), number(2.0)
    ('0.3333', '2')
    """
    return f"{float(value):.{digits}g}"
