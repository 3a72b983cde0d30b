"""An expression as a flat postfix program; `machine` builds it again.

One operation is a short list: `["i", "-ff"]` an integer, `["q", "1", "3"]` a fraction, `["f", "3", -1, 53]`
the decimal 3 * 2**-1 at 53 bits, `["y", "x"]` a symbol, `["c", "pi"]` a constant, `["b", "true"]` a
condition, `["e", "sin", 1]` a head applied to the topmost values, `["u", "f", 2]` an unknown function applied.
Flat, so nothing recurses; integers are in base 16, which is read in linear time.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

from sympy import Basic, Dummy, Float, Integer, Rational, S, Symbol
from sympy.core.function import UndefinedFunction
from sympy.core.numbers import NegativeOne, One, Zero
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from .bounds import MAX_OPERATIONS, TooLargeError
from .vocabulary import CONSTANT_BY_CLASS, NAME_BY_CLASS

Operation = list[Any]
"""One step of a program: a code and its data, all of them strings and small integers."""

NAME = re.compile(r"[^\W\d]\w{0,39}'{0,3}")
"""What the name of a symbol or of an unknown function looks like."""


class NotInVocabularyError(ValueError):
    """An expression has a part that no answer may contain; the text names it ("the function Sum")."""


def class_name(cls: type) -> str:
    """Return the name of any class as a plain string, without asking the class or its metaclass.

    >>> class_name(int)
    'int'
    """
    return str.__str__(type.__dict__["__name__"].__get__(cls))[:60]


_INTEGERS = frozenset(map(id, (Integer, Zero, One, NegativeOne)))
_RATIONALS = frozenset(map(id, (Rational, type(S.Half))))
_SYMBOLS = frozenset(map(id, (Symbol, Dummy)))
_TRUTHS = MappingProxyType({id(BooleanTrue): "true", id(BooleanFalse): "false"})


def _hex(number: Any) -> str:
    """Return an integer in base 16; something else in its place was put there by hand."""
    if type(number) is not int:
        raise NotInVocabularyError(f"a number made of type {class_name(type(number))}")
    return format(number, "x")


def _leaf(node: Basic, cls: int) -> Operation | None:
    """Return the operation for a node without arguments, or None when it has some."""
    if cls in _INTEGERS:
        return ["i", _hex(node.p)]
    if cls in _RATIONALS:
        return ["q", _hex(node.p), _hex(node.q)]
    if cls in _SYMBOLS:
        return ["y", node.name]
    if cls == id(Float):
        sign, mantissa, exponent, _ = node._mpf_
        if not mantissa and exponent:
            raise NotInVocabularyError("a decimal without a value")
        return ["f", _hex(-mantissa if sign else mantissa), int(exponent), int(node._prec)]
    if cls in CONSTANT_BY_CLASS:
        return ["c", CONSTANT_BY_CLASS[cls]]
    return ["b", _TRUTHS[cls]] if cls in _TRUTHS else None


def operations(expression: Basic) -> list[Operation]:
    """Return the program of an expression, dispatching on exact sympy classes only.

    Raises `NotInVocabularyError` for any part outside the vocabulary, `TooLargeError` for too many operations.

    >>> from sympy import Symbol
    >>> operations(Symbol("x") ** 2)
    [['y', 'x'], ['i', '2'], ['e', 'Pow', 2]]
    """
    program: list[Operation] = []
    pending: list[tuple[Basic, bool]] = [(expression, False)]
    while pending:
        node, finished = pending.pop()
        cls = type(node)
        leaf = _leaf(node, id(cls))
        if leaf is not None:
            program.append(leaf)
        elif id(cls) not in NAME_BY_CLASS and type(cls) is not UndefinedFunction:
            raise NotInVocabularyError(f"an object of type {class_name(cls)}")
        elif finished:
            known = NAME_BY_CLASS.get(id(cls))
            code = ["e", known] if known else ["u", class_name(cls)]
            program.append([*code, len(node.args)])
        else:
            arguments = node.args
            if type(arguments) is not tuple:
                raise NotInVocabularyError(f"arguments of type {class_name(type(arguments))}")
            pending.append((node, True))
            pending.extend((argument, False) for argument in reversed(arguments))
        if len(program) + len(pending) > 2 * MAX_OPERATIONS:
            raise TooLargeError("too many operations")
    return program
