"""The words an expression may be made of: every function, operation and constant that an answer may contain.

Nothing outside this list is ever constructed from what a student sends, so the list is also the guard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import sympy
from sympy import Basic

Sort = Literal["expression", "condition", "group"]
"""What a node is: a number-valued expression, a condition of a `Piecewise`, or a group of arguments."""


@dataclass(frozen=True, slots=True)
class Word:
    """One head: its sympy class, how many arguments it takes, of which sort, and the sort of its result."""

    cls: Any
    least: int
    most: int
    takes: tuple[Sort, ...] = ("expression",)
    gives: Sort = "expression"
    build: Callable[[Sequence[Basic], bool], Basic] | None = None

    def __call__(self, arguments: Sequence[Basic], *, evaluate: bool) -> Basic:
        """Construct the node; the caller has checked number, sorts and size of the arguments."""
        if self.build is not None:
            return self.build(arguments, evaluate)
        return self.cls(*arguments, evaluate=evaluate)


def _piecewise(arguments: Sequence[Basic], evaluate: bool) -> Basic:
    if any(len(group.args) != 2 for group in arguments):
        raise ValueError("piece without a condition")
    pairs = [(group.args[0], group.args[1]) for group in arguments]
    if any(not isinstance(value, sympy.Expr) or isinstance(condition, sympy.Expr) for value, condition in pairs):
        raise ValueError("piece without a condition")
    if any(condition.has(sympy.Piecewise) for _, condition in pairs):
        raise ValueError("condition with pieces")
    return sympy.Piecewise(*pairs, evaluate=evaluate)


def _limits(arguments: Sequence[Basic], widths: tuple[int, ...]) -> None:
    for group in arguments[1:]:
        if not isinstance(group, sympy.Tuple) or len(group.args) not in widths:
            raise ValueError("malformed limits")
        if not isinstance(group.args[0], sympy.Symbol):
            raise ValueError("malformed limits")
    if not isinstance(arguments[0], sympy.Expr) or arguments[0].has(sympy.Piecewise):
        raise ValueError("malformed limits")


def _derivative(arguments: Sequence[Basic], evaluate: bool) -> Basic:
    _limits(arguments, (2,))
    for group in arguments[1:]:
        count = group.args[1]
        if not (isinstance(count, sympy.Integer) and 0 < int(count) <= 20):
            raise ValueError("malformed limits")
    return sympy.Derivative(arguments[0], *arguments[1:], evaluate=False)


def _integral(arguments: Sequence[Basic], evaluate: bool) -> Basic:
    _limits(arguments, (1, 3))
    return sympy.Integral(arguments[0], *arguments[1:])


def _group(arguments: Sequence[Basic], evaluate: bool) -> Basic:
    return sympy.Tuple(*arguments)


def _unary(names: str) -> dict[str, Word]:
    return {name: Word(getattr(sympy, name), 1, 1) for name in names.split()}


def _words() -> dict[str, Word]:
    """Return every head by name."""
    many = 4_000
    words = _unary(
        "sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch"
        " asinh acosh atanh acoth asech acsch exp log Abs sign re im conjugate arg floor ceiling frac"
        " factorial gamma erf sinc LambertW"
    )
    words |= {name: Word(getattr(sympy, name), 2, many) for name in ("Add", "Mul")}
    words |= {name: Word(getattr(sympy, name), 1, 20) for name in ("Max", "Min")}
    words |= {name: Word(getattr(sympy, name), 2, 2) for name in ("Pow", "atan2", "binomial", "Mod", "Heaviside")}
    words |= {
        name: Word(getattr(sympy, name), 2, 2, gives="condition") for name in ("Eq", "Ne", "Lt", "Le", "Gt", "Ge")
    }
    words |= {
        name: Word(getattr(sympy, name), 1, 20, takes=("condition",), gives="condition") for name in ("And", "Or")
    }
    words["Not"] = Word(sympy.Not, 1, 1, takes=("condition",), gives="condition")
    words["Group"] = Word(sympy.Tuple, 1, 4, takes=("expression", "condition"), gives="group", build=_group)
    words["Piecewise"] = Word(sympy.Piecewise, 1, 20, takes=("group",), build=_piecewise)
    words["Derivative"] = Word(sympy.Derivative, 2, 10, takes=("expression", "group"), build=_derivative)
    words["Integral"] = Word(sympy.Integral, 2, 10, takes=("expression", "group"), build=_integral)
    return words


WORDS: Mapping[str, Word] = MappingProxyType(_words())
"""Every head that an expression may have, by name."""

CONSTANTS: Mapping[str, Basic] = MappingProxyType(
    {
        "pi": sympy.pi,
        "e": sympy.E,
        "i": sympy.I,
        "oo": sympy.oo,
        "-oo": -sympy.oo,
        "zoo": sympy.zoo,
        "nan": sympy.nan,
        "EulerGamma": sympy.EulerGamma,
        "GoldenRatio": sympy.GoldenRatio,
        "Catalan": sympy.Catalan,
    }
)
"""Every constant, by name."""

CONDITIONS: Mapping[str, Basic] = MappingProxyType({"true": sympy.true, "false": sympy.false})
"""The two constant conditions."""


def _names_by_class() -> dict[int, str]:
    names = {id(word.cls): name for name, word in WORDS.items()}
    names[id(sympy.core.containers.Tuple)] = "Group"
    names[id(sympy.functions.elementary.piecewise.ExprCondPair)] = "Group"
    return names


NAME_BY_CLASS: Mapping[int, str] = MappingProxyType(_names_by_class())
"""The name of a sympy class, by its identity: looking it up calls no method of the class."""
CONSTANT_BY_CLASS: Mapping[int, str] = MappingProxyType({id(type(value)): name for name, value in CONSTANTS.items()})
"""The name of a constant, by the identity of its class."""
