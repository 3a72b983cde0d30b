"""One right answer as students write it: ten spellings or more, by what sort of value it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Add, Eq, Expr, Matrix, MatrixBase, Mul, Rational, Symbol, expand, factor, latex

from autograder.notation import plain, typeset

Spelling = tuple[str, Any]


def spellings(key: Any) -> list[Spelling]:
    """Name and value of each spelling of a key."""
    if isinstance(key, str):
        return list(_words(key))
    if isinstance(key, Eq):
        return list(_equation(key))
    if isinstance(key, MatrixBase):
        return list(_matrix(key))
    if isinstance(key, Expr):
        return list(_expression(key))
    if key and isinstance(key[0], tuple) and len(key[0]) == 2 and isinstance(key[0][1], str):
        return list(_classed(key))
    if key and isinstance(key[0], tuple):
        return list(_rows(key))
    return list(_vector(key))


def typed(value: Any) -> str:
    """As it is typed on a plain keyboard, in the way of a pocket calculator."""
    return plain(value).replace("·", "*")


def unicode_text(value: Any) -> str:
    """With raised digits, a true minus sign, a dot for times and a sign for a root."""
    text = plain(value).replace("-", "−").replace("sqrt(", "√(").replace("pi", "π").replace("theta", "θ")
    for digit, raised in zip("23456789", "²³⁴⁵⁶⁷⁸⁹", strict=True):
        text = _raise(text, digit, raised)
    return text


def _raise(text: str, digit: str, raised: str) -> str:
    parts = text.split(f"^{digit}")
    joined = parts[0]
    for part in parts[1:]:
        joined += (f"^{digit}" if part[:1].isdigit() or part[:1] == "." else raised) + part
    return joined


def real(value: Any) -> Any:
    """The same with letters that are declared real."""
    if isinstance(value, tuple):
        return tuple(real(part) for part in value)
    return value.xreplace({s: Symbol(s.name, real=True) for s in value.free_symbols})


def turned(expression: Expr) -> str:
    """Typed with terms, and the factors of each, in the opposite order."""
    if isinstance(expression, Add):
        return " + ".join(f"({turned(term)})" for term in reversed(expression.args))
    if isinstance(expression, Mul) and all(part.is_Symbol or part.is_Integer for part in expression.args):
        return "*".join(f"({typed(part)})" for part in reversed(expression.args))
    return typed(expression)


def each(value: Any, do: Callable[[Any], Any]) -> Any:
    """Do something to every component."""
    return tuple(each(part, do) for part in value) if isinstance(value, tuple) else do(value)


def is_numeric(value: Any) -> bool:
    """Whether no letter is left in it."""
    return all(is_numeric(part) for part in value) if isinstance(value, tuple) else not value.free_symbols


def _expression(key: Expr) -> Iterator[Spelling]:
    yield "python object", key
    yield "typed", typed(key)
    yield "typed with **", typed(key).replace("^", "**")
    yield "typed with spaces", f"  ( {typed(key)} ) "
    yield "unicode", unicode_text(key)
    yield "LaTeX", typeset(key)
    yield "LaTeX between dollars", f"${latex(key)}$"
    yield "reordered", turned(key)
    yield "expanded", expand(key)
    yield "in a list", [key]
    yield "letters declared real", real(key)
    yield "doubled and halved", Mul(2, Mul(Rational(1, 2), key, evaluate=False), evaluate=False)
    if key.free_symbols:
        yield "factored", factor(key)
        return
    yield "decimal", float(key)
    yield "decimal, typed", f"{float(key):.9g}"
    yield "numpy number", np.float64(float(key))
    yield "numpy array with one entry", np.array([float(key)])
    yield "sympy decimal", key.evalf(12)
    if key.is_Rational:
        yield "Fraction", Fraction(int(key.p), int(key.q))


def _vector(key: tuple[Expr, ...]) -> Iterator[Spelling]:
    yield "tuple", key
    yield "list", list(key)
    yield "column matrix", Matrix(key)
    yield "row matrix", Matrix([list(key)])
    yield "numpy array", np.array([float(part) for part in key] if is_numeric(key) else list(key))
    yield "typed", typed(key)
    yield "typed in square brackets", "[" + ", ".join(typed(part) for part in key) + "]"
    yield "typed in angle brackets", "<" + ", ".join(typed(part) for part in key) + ">"
    yield "typed without brackets", ", ".join(typed(part) for part in key)
    yield "unicode", unicode_text(key)
    yield "LaTeX", typeset(key)
    yield "LaTeX column", r"\begin{pmatrix} " + r" \\ ".join(latex(part) for part in key) + r" \end{pmatrix}"
    yield "reordered", "(" + ", ".join(turned(part) for part in key) + ")"
    yield "expanded", each(key, expand)
    yield "factored", each(key, factor)
    yield "letters declared real", real(key)
    yield "list of texts", [typed(part) for part in key]
    if is_numeric(key):
        yield "decimals", each(key, float)
        yield "sympy decimals", each(key, lambda part: part.evalf(12))


def _matrix(key: MatrixBase) -> Iterator[Spelling]:
    rows = [list(row) for row in key.tolist()]
    yield "Matrix", key
    yield "lists", rows
    yield "tuples", tuple(tuple(row) for row in rows)
    numeric = not key.free_symbols
    yield "numpy array", np.array([[float(part) for part in row] for row in rows] if numeric else rows)
    yield "typed", "[" + ", ".join("[" + ", ".join(typed(part) for part in row) + "]" for row in rows) + "]"
    yield "typed in round brackets", "(" + ", ".join("(" + ", ".join(map(typed, row)) + ")" for row in rows) + ")"
    yield "typed rows apart by ;", "[" + "; ".join(", ".join(typed(part) for part in row) for row in rows) + "]"
    yield "LaTeX", latex(key)
    yield (
        "LaTeX, round",
        r"\begin{pmatrix} " + r" \\ ".join(" & ".join(map(latex, row)) for row in rows) + r" \end{pmatrix}",
    )
    yield "unicode", "[" + ", ".join("[" + ", ".join(map(unicode_text, row)) + "]" for row in rows) + "]"
    yield "expanded", key.applyfunc(expand)
    yield "factored", key.applyfunc(factor)
    yield "letters declared real", real(key)
    yield "immutable", key.as_immutable()
    yield "list of row matrices", [Matrix([row]) for row in rows]


def _equation(key: Eq) -> Iterator[Spelling]:
    left, right = key.lhs, key.rhs
    yield "Eq", key
    yield "sides swapped", Eq(right, left, evaluate=False)
    yield "all on one side", Eq(left - right, 0, evaluate=False)
    yield "a multiple", Eq(-3 * left, -3 * right, evaluate=False)
    yield "expanded", Eq(expand(2 * left), 2 * right, evaluate=False)
    yield "letters declared real", Eq(real(left), real(right), evaluate=False)
    yield "typed", f"{typed(left)} = {typed(right)}"
    yield "typed, sides swapped", f"{typed(right)} = {typed(left)}"
    yield "typed, all on one side", f"0 = {typed(left)} - ({typed(right)})"
    yield "unicode", f"{unicode_text(left)} = {unicode_text(right)}"
    yield "LaTeX", f"{latex(left)} = {latex(right)}"
    yield "in a list", [key]
    yield "reordered", f"{turned(left)} = {turned(right)}"


def _rows(key: tuple[tuple[Expr, ...], ...]) -> Iterator[Spelling]:
    rows = [list(point) for point in key]
    yield "tuples", key
    yield "lists", rows
    yield "matrix with a row each", Matrix(rows)
    yield "list of columns", [Matrix(row) for row in rows]
    yield "numpy array", np.array([[float(part) for part in row] for row in rows])
    yield "decimals", each(key, float)
    yield "sympy decimals", each(key, lambda part: part.evalf(12))
    yield "typed list", "[" + ", ".join(typed(point) for point in key) + "]"
    yield "typed", ", ".join(typed(point) for point in key)
    yield "unicode", ", ".join(unicode_text(point) for point in key)
    yield "LaTeX", ", ".join(typeset(point) for point in key)
    yield "list of texts", [typed(point) for point in key]
    yield "expanded", each(key, expand)


def _classed(key: tuple[tuple[tuple[Expr, ...], str], ...]) -> Iterator[Spelling]:
    yield "pairs", key
    yield "dict", dict(key)
    yield "list of lists", [[list(point), name] for point, name in key]
    yield "turned", list(reversed(key))
    yield "dict of class", {name: [point for point, own in key if own == name] for _, name in key}
    yield "class first", [(name, point) for point, name in key]
    yield "typed", "; ".join(f"{typed(point)}: {name}" for point, name in key)
    yield "typed sentence", ", ".join(f"{typed(point)} is a {name}" for point, name in key)
    yield "flat", [(*point, name) for point, name in key]
    yield "capital letters", {point: f"local {name}".title() for point, name in key}
    yield "decimals", {each(point, float): name for point, name in key}
    yield "texts", {typed(point): name for point, name in key}


def _words(key: str) -> Iterator[Spelling]:
    yield "as it stands", key
    yield "capital letters", key.upper()
    yield "spaces about it", f"  {key} "
    yield "a full stop", f"{key}."
    yield "in quotes", f"“{key}”"
    yield "in straight quotes", f'"{key}"'
    yield "in a list", [key]
    yield "in a tuple", (key,)
    yield "first capital", key.capitalize()
    yield "numpy text", np.str_(key)
