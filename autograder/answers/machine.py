"""The small machine that carries out the program of an expression, and checks every step before it builds.

One operation takes its arguments from the top of a stack and puts its result there (see `program`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from sympy import Basic, Expr, Float, Function, Integer, Rational, S, Symbol

from .bounds import CONSTANT_SIZE, MAX_OPERATIONS, SYMBOL_SIZE, Size, TooLargeError, size_of
from .program import NAME, Operation
from .vocabulary import CONDITIONS, CONSTANTS, WORDS, Sort

_HEX = re.compile(r"-?[0-9a-f]{1,1100}")


class ProgramError(ValueError):
    """An operation that is malformed, unknown or out of place; the text is a short name for what is wrong."""


def read_hex(text: object) -> int:
    """Return the integer written in base 16, or raise `ProgramError`.

    >>> read_hex("-ff")
    -255
    """
    if type(text) is not str:
        raise ProgramError("malformed number")
    if len(text) > 1100:
        raise TooLargeError("number too large")
    if not _HEX.fullmatch(text):
        raise ProgramError("malformed number")
    return int(text, 16)


def read_name(name: object) -> str:
    """Return the name when it may be one of a symbol or a function, or raise `ProgramError`."""
    if type(name) is not str or not NAME.fullmatch(name):
        raise ProgramError("malformed name")
    return name


Value = tuple[Sort, Basic, Size]
"""One entry of the machine's stack: what it is, the value, and its size."""


def _integer(text: object) -> Value:
    number = read_hex(text)
    return "expression", Integer(number), Size.of_rational(number)


def _rational(numerator: object, denominator: object) -> Value:
    above, below = read_hex(numerator), read_hex(denominator)
    if below <= 0:
        raise ProgramError("malformed number")
    size = Size.of_rational(above, below)
    return "expression", Rational(above, below), size


def _float(mantissa: object, exponent: object, precision: object) -> Value:
    if type(exponent) is not int or type(precision) is not int or not 1 <= precision <= 4096:
        raise ProgramError("malformed number")
    number = read_hex(mantissa)
    size = Size.of_float(number, exponent)
    if number == 0 and exponent:
        raise ProgramError("malformed number")
    parts = (int(number < 0), abs(number), exponent, number.bit_length())
    return "expression", Float(parts, precision=precision) if number else Float(0, precision=precision), size


def _symbol(name: object) -> Value:
    return "expression", Symbol(read_name(name)), SYMBOL_SIZE


def _constant(name: object) -> Value:
    if type(name) is not str or name not in CONSTANTS:
        raise ProgramError("unknown constant")
    return "expression", CONSTANTS[name], CONSTANT_SIZE


def _condition(name: object) -> Value:
    if type(name) is not str or name not in CONDITIONS:
        raise ProgramError("unknown constant")
    return "condition", CONDITIONS[name], CONSTANT_SIZE


_LEAVES: Mapping[str, tuple[int, Callable[..., Value]]] = MappingProxyType(
    {
        "i": (1, _integer),
        "q": (2, _rational),
        "f": (3, _float),
        "y": (1, _symbol),
        "c": (1, _constant),
        "b": (1, _condition),
    }
)


def take_count(count: object, least: int, most: int) -> int:
    """Return a number of arguments within its bounds, or raise `ProgramError`."""
    if type(count) is not int or not least <= count <= most:
        raise ProgramError("wrong number of arguments")
    return count


def _exponent(value: Basic) -> float | None:
    """Return the value of a numeric exponent (within floating point), None for any other."""
    if not isinstance(value, Rational):
        return None
    return float(value) if abs(value.p).bit_length() < 900 else 1e300


def apply(head: str, values: list[Value], *, evaluate: bool) -> Value:
    """Return `head` applied to values, each checked: their number, their sorts and the size of the result.

    >>> apply("sin", [_symbol("x")], evaluate=False)[1]
    sin(x)
    """
    word = WORDS[head]
    take_count(len(values), word.least, word.most)
    for place, (sort, _, _) in enumerate(values):
        wanted = word.takes if head == "Group" else word.takes[min(place, len(word.takes) - 1) :][:1]
        if sort not in wanted:
            raise ProgramError("wrong kind of argument")
    arguments = [value for _, value, _ in values]
    exponent = _exponent(arguments[1]) if head == "Pow" else None
    if head == "Pow" and arguments[0] is S.Exp1:
        size = size_of("exp", [value[2] for value in values[1:]])
    else:
        size = size_of(head, [size for _, _, size in values], exponent)
    try:
        return word.gives, word(arguments, evaluate=evaluate), size
    except (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError) as error:
        raise ProgramError("impossible arguments") from error


def apply_unknown(name: object, values: list[Value]) -> Value:
    """Return an unknown function such as f(x, y) applied to expressions."""
    take_count(len(values), 1, 10)
    if any(sort != "expression" for sort, _, _ in values):
        raise ProgramError("wrong kind of argument")
    size = size_of("unknown", [size for _, _, size in values])
    return "expression", Function(read_name(name))(*(value for _, value, _ in values), evaluate=False), size


def step(stack: list[Value], operation: Operation, *, evaluate: bool = False) -> None:
    """Carry out one operation on the stack, or raise `ProgramError` or `TooLargeError`.

    >>> stack = []
    >>> for operation in [["y", "x"], ["i", "2"], ["e", "Pow", 2]]:
    ...     step(stack, operation)
    >>> stack[0][1]
    x**2
    """
    code, *data = operation
    if code in _LEAVES:
        arity, make = _LEAVES[code]
        if len(data) != arity:
            raise ProgramError("malformed operation")
        stack.append(make(*data))
        return
    if code not in ("e", "u") or len(data) != 2:
        raise ProgramError("unknown operation" if code not in ("e", "u") else "malformed operation")
    head, count = data
    if code == "e" and (type(head) is not str or head not in WORDS):
        raise ProgramError("unknown head")
    take_count(count, 1, MAX_OPERATIONS)
    if count > len(stack):
        raise ProgramError("too few arguments")
    values = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    stack.append(apply(head, values, evaluate=evaluate) if code == "e" else apply_unknown(head, values))


def rebuild(program: list[Operation]) -> Expr:
    """Return the expression of a program, exactly as written (nothing is evaluated).

    >>> from sympy import Symbol, sqrt
    >>> from autograder.answers.program import operations
    >>> rebuild(operations(2 * sqrt(Symbol("x") + 1)))
    2*sqrt(x + 1)
    """
    stack: list[Value] = []
    for operation in program:
        step(stack, operation)
    if len(stack) != 1 or stack[0][0] != "expression" or not isinstance(stack[0][1], Expr):
        raise ProgramError("not an expression")
    return stack[0][1]
