"""Answers given as Python values: `of(value)` turns one into an inert `Answer`.

Only the exact type of a value is ever asked for, and looked up by identity; no method of a class that is not
Python's own, sympy's or numpy's is called. A hostile object can therefore do nothing but be refused.
"""

from __future__ import annotations

import builtins
import functools
import sys
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import Basic, Expr, S
from sympy.core.function import UndefinedFunction

from .answer import Answer, Equation, Form, Function, Items, Missing, Refused, Scalar, Table, Text, Truth
from .bounds import MAX_DEPTH, TooLargeError
from .machine import ProgramError
from .messages import MAX_PROGRAM, MAX_TEXT
from .numbers import NUMBERS, RefusalError, from_complex
from .program import NAME, NotInVocabularyError, class_name
from .renaming import on_plain_symbols
from .vocabulary import CONSTANT_BY_CLASS, NAME_BY_CLASS
from .wire import to_wire

_IN_WORDS = {
    "too many operations": "too large: it has too many parts",
    "nested too deeply": "nested too deeply",
    "number too large": "a number with too many digits",
    "power too large": "a power too large to work out",
    "value too large": "a value too large to work out",
}


@dataclass
class _Room:
    """What is left of the limits while one value is read."""

    operations: int = MAX_PROGRAM
    open: list[int] = field(default_factory=list)

    def take(self, count: int) -> None:
        self.operations -= count
        if self.operations < 0:
            raise RefusalError("a collection with too many items")


def _expression(value: Basic, room: _Room) -> Expr:
    """Return a copy of a sympy expression on plain symbols."""
    copy, count = on_plain_symbols(value)
    room.take(count + 1)
    return copy


def _sympy(value: Basic, room: _Room) -> Answer:
    """Return the answer for an instance of a class of sympy's own."""
    if isinstance(value, sympy.Eq):
        return Equation(_expression(value.lhs, room), _expression(value.rhs, room))
    if value is S.true or value is S.false:
        return Truth(value is S.true)
    if isinstance(value, sympy.Poly):
        return Scalar(_expression(value.as_expr(), room))
    if isinstance(value, sympy.FiniteSet):
        return _items(value.args, "set", room)
    if isinstance(value, sympy.Tuple | sympy.Point):
        return _items(value.args, "tuple", room)
    if isinstance(value, sympy.core.relational.Relational):
        raise RefusalError("an inequality")
    if isinstance(value, sympy.Lambda):
        return Function("<lambda>")
    return Scalar(_expression(value, room))


def _matrix(value: Any, room: _Room) -> Answer:
    """Return a row, a column, or a column of rows."""
    rows, columns = value.shape
    if rows * columns > MAX_PROGRAM:
        raise RefusalError("a collection with too many items")
    entries = value.flat()
    if columns == 1 or not entries:
        return _items(entries, "column", room)
    if rows == 1:
        return _items(entries, "row", room)
    lines = (entries[start : start + columns] for start in range(0, len(entries), columns))
    return Items(tuple(_items(line, "row", room) for line in lines), "column")


def _items(values: Iterable[Any], form: Form, room: _Room) -> Items:
    room.take(1)
    answers = tuple(_answer(value, room) for value in values)
    if form == "set":
        answers = tuple(sorted(answers, key=to_wire))
    return Items(answers, form)


def _nested(values: Any, room: _Room) -> Items:
    """Return the answer for nested lists that came out of an array."""
    room.take(1)
    return Items(
        tuple(_nested(value, room) if type(value) is list else _answer(value, room) for value in values),
        "array",
    )


def _text(value: str) -> Text:
    if len(value) > MAX_TEXT:
        raise RefusalError("a text that is too long")
    return Text("".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value))


def _numpy(value: Any, cls: type, room: _Room) -> Answer:
    """Return the answer for an array or a scalar of numpy, which the student has imported already."""
    numpy: Any = sys.modules["numpy"]
    if cls is numpy.ndarray or cls is numpy.matrix:
        if value.dtype.kind not in "biufcOU" or value.size > MAX_PROGRAM:
            raise RefusalError("an array with too many items or of an unusual kind")
        if value.ndim > MAX_DEPTH // 2:
            raise RefusalError("nested too deeply")
        plain = value.tolist()
        return _nested(plain, room) if type(plain) is list else _answer(plain, room)
    if cls is numpy.bool_:
        return Truth(bool(value))
    if cls is numpy.str_:
        return _text(str.__str__(value))
    if cls is numpy.ufunc:
        return Function(str(value.__name__))
    if cls is numpy.longdouble or cls is numpy.clongdouble:
        return from_complex(complex(value))
    if cls in (*numpy.sctypeDict.values(),):
        return _answer(value.item(), room)
    raise RefusalError(f"an object of type {class_name(cls)}")


_CALLABLES = frozenset(
    map(
        id,
        (
            types.FunctionType,
            types.BuiltinFunctionType,
            types.MethodType,
            functools.partial,
            type(functools.lru_cache(len)),
        ),
    )
)
_SEQUENCES: Mapping[int, Form] = types.MappingProxyType(
    {id(tuple): "tuple", id(list): "list", id(set): "set", id(frozenset): "set", id(range): "list"}
)


def _function_name(value: Any) -> str:
    """Return the name of a Python function, or of the function inside a method or a partial application."""
    for _ in range(5):
        if type(value) is types.MethodType:
            value = value.__func__
        elif type(value) is functools.partial:
            value = value.func
    if type(value) not in (types.FunctionType, types.BuiltinFunctionType):
        return "<lambda>"
    name = str.__str__(value.__name__)
    return name if NAME.fullmatch(name) else "<lambda>"


def _is_from(package: str, cls: type) -> bool:
    """Return whether a class is one that the package itself defines under that name."""
    module = type.__dict__["__module__"].__get__(cls)
    if type(module) is not str or module.split(".")[0] != package:
        return False
    home = sys.modules.get(module)
    return type(home) is types.ModuleType and vars(home).get(class_name(cls)) is cls


def _answer(value: Any, room: _Room) -> Answer:
    """Return the answer for a value of any type, asking only for its exact type."""
    cls = type(value)
    if value is None:
        return Missing("none")
    if value is Ellipsis:
        return Missing("stub")
    if cls is bool:
        return Truth(value)
    if cls is str:
        return _text(value)
    room.take(1)
    if id(cls) in _SEQUENCES or cls is dict:
        return _collection(value, cls, room)
    if id(cls) in NUMBERS:
        return NUMBERS[id(cls)](value)
    if id(cls) in _CALLABLES:
        return Function(_function_name(value))
    if type(cls) is UndefinedFunction or id(cls) in NAME_BY_CLASS or id(cls) in CONSTANT_BY_CLASS:
        return _sympy(value, room)
    return _foreign(value, cls, room)


def _foreign(value: Any, cls: type, room: _Room) -> Answer:
    """Return the answer for an instance of a class of sympy or numpy; refuse any other."""
    if cls is UndefinedFunction or cls is sympy.FunctionClass:
        return Function(class_name(value))
    if _is_from("sympy", cls):
        if issubclass(cls, sympy.MatrixBase):
            return _matrix(value, room)
        if issubclass(cls, sympy.NDimArray):
            if len(value.shape) > MAX_DEPTH // 2:
                raise RefusalError("nested too deeply")
            return _nested(value.tolist(), room) if value.shape else _answer(value.tolist(), room)
        if issubclass(cls, Basic):
            return _sympy(value, room)
    if _is_from("numpy", cls):
        return _numpy(value, cls, room)
    if cls is builtins.type:
        raise RefusalError(f"the class {class_name(value)} itself")
    raise RefusalError(f"an object of type {class_name(cls)}")


def _collection(value: Any, cls: type, room: _Room) -> Answer:
    """Return the answer for a list, a tuple, a set, a range or a dict, unless it contains itself."""
    if id(value) in room.open:
        raise RefusalError("a collection that contains itself")
    if len(room.open) >= MAX_DEPTH // 2:
        raise RefusalError("nested too deeply")
    if len(value) > MAX_PROGRAM:
        raise RefusalError("a collection with too many items")
    room.open.append(id(value))
    if cls is dict:
        pairs = [(_answer(key, room), _answer(each, room)) for key, each in value.items()]
        room.open.pop()
        return Table(tuple(pairs))
    items = _items(value, _SEQUENCES[id(cls)], room)
    room.open.pop()
    return items


def of(value: object) -> Answer:
    """Return the inert answer for any Python value; what is no answer becomes `Refused`, with the reason.

    >>> of((3, 4))
    Items(items=(Scalar(expression=3), Scalar(expression=4)), form='tuple')
    >>> from sympy import Symbol
    >>> of(Symbol("x", positive=True)) == of(Symbol("x"))
    True
    >>> of(None), of(...)
    (Missing(why='none'), Missing(why='stub'))
    >>> of(object())
    Refused(reason='an object of type object')
    """
    try:
        return _answer(value, _Room())
    except RefusalError as refusal:
        return Refused(str(refusal))
    except NotInVocabularyError as refusal:
        return Refused(str(refusal))
    except (TooLargeError, ProgramError) as refusal:
        return Refused(_IN_WORDS.get(str(refusal), str(refusal)))
    except Exception as error:  # noqa: BLE001 - a student's process may have patched sympy or numpy in any way
        return Refused(f"a value that could not be read ({class_name(type(error))})")
