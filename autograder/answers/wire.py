"""Answers as bytes: what may cross from a student's process to the judge's.

A message is JSON, `{"nabla": 1, "answer": [operation, ...]}`, with a flat postfix program (see `program`)
that ends in exactly one answer. Nothing in it is evaluated, imported or unpickled; every size is bounded
before anything is built, so the worst message is refused within milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from sympy import Expr

from .answer import (
    Answer,
    Equation,
    Form,
    Function,
    Items,
    Missing,
    Refused,
    Scalar,
    Table,
    Text,
    Truth,
)
from .bounds import MAX_DEPTH, TooLargeError
from .machine import ProgramError, Value, step, take_count
from .messages import MAX_ITEMS, MAX_PROGRAM, MAX_TEXT, WireError, message_of, operations_of
from .program import NAME, NotInVocabularyError, Operation, operations

_FORMS = frozenset(get_args(Form))
_REASONS_MISSING = frozenset({"none", "stub", "undefined"})


def _write(answer: Answer, program: list[Operation], depth: int) -> None:
    """Append the operations of an answer to the program."""
    if depth > MAX_DEPTH:
        raise WireError("nested too deeply")
    match answer:
        case Scalar(expression):
            program += [*operations(expression), ["scalar"]]
        case Equation(left, right):
            program += [*operations(left), *operations(right), ["equation"]]
        case Items(items, form):
            for item in items:
                _write(item, program, depth + 1)
            program.append(["items", form, len(items)])
        case Table(pairs):
            for key, value in pairs:
                _write(key, program, depth + 1)
                _write(value, program, depth + 1)
            program.append(["table", len(pairs)])
        case Truth(value):
            program.append(["truth", value])
        case Text(text):
            program.append(["text", text])
        case Function(name):
            program.append(["function", name])
        case Missing(why):
            program.append(["missing", why])
        case Refused(reason):
            program.append(["refused", reason])
        case _:
            raise WireError("not an answer")
    if len(program) > MAX_PROGRAM:
        raise WireError("too many operations")


def to_wire(answer: Answer) -> bytes:
    """Return the message that carries an answer; raise `WireError` for what could not be read back.

    >>> from sympy import Integer
    >>> to_wire(Scalar(Integer(5)))
    b'{"nabla":1,"answer":[["i","5"],["scalar"]]}'
    """
    program: list[Operation] = []
    try:
        _write(answer, program, 1)
    except (NotInVocabularyError, TooLargeError) as error:
        raise WireError(str(error)) from error
    return message_of(program)


Entry = tuple[Answer, int]
"""An answer and its depth."""


def _expressions(stack: list[Value], count: int) -> list[Expr]:
    if len(stack) < count:
        raise WireError("too few arguments")
    taken = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    if any(sort != "expression" for sort, _, _ in taken):
        raise WireError("wrong kind of argument")
    return [value for _, value, _ in taken]


def _answers(stack: list[Entry], count: int) -> tuple[list[Answer], int]:
    if len(stack) < count:
        raise WireError("too few arguments")
    taken = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    depth = 1 + max((depth for _, depth in taken), default=0)
    if depth > MAX_DEPTH:
        raise WireError("nested too deeply")
    return [answer for answer, _ in taken], depth


def _plain(text: object, most: int) -> str:
    """Return a text that can be stored and shown, or raise `WireError`."""
    if type(text) is not str or any("\ud800" <= character <= "\udfff" for character in text):
        raise WireError("malformed text")
    if len(text) > most:
        raise WireError("text too long")
    return text


def _scalar(values: list[Value], entries: list[Entry]) -> Entry:
    depth = values[-1][2].depth if values else 0
    return Scalar(*_expressions(values, 1)), depth


def _equation(values: list[Value], entries: list[Entry]) -> Entry:
    return Equation(*_expressions(values, 2)), 1


def _items(values: list[Value], entries: list[Entry], form: object, count: object) -> Entry:
    if type(form) is not str or form not in _FORMS:
        raise WireError("unknown form")
    answers, depth = _answers(entries, take_count(count, 0, MAX_ITEMS))
    return Items(tuple(answers), form), depth  # type: ignore[arg-type]


def _table(values: list[Value], entries: list[Entry], count: object) -> Entry:
    answers, depth = _answers(entries, 2 * take_count(count, 0, MAX_ITEMS))
    return Table(tuple(zip(answers[::2], answers[1::2], strict=True))), depth


def _truth(values: list[Value], entries: list[Entry], value: object) -> Entry:
    if type(value) is not bool:
        raise WireError("malformed operation")
    return Truth(value), 1


def _text(values: list[Value], entries: list[Entry], text: object) -> Entry:
    return Text(_plain(text, MAX_TEXT)), 1


def _function(values: list[Value], entries: list[Entry], name: object) -> Entry:
    if type(name) is not str or not (NAME.fullmatch(name) or name == "<lambda>"):
        raise WireError("malformed name")
    return Function(name), 1


def _missing(values: list[Value], entries: list[Entry], why: object) -> Entry:
    if type(why) is not str or why not in _REASONS_MISSING:
        raise WireError("malformed operation")
    return Missing(why), 1  # type: ignore[arg-type]


def _refused(values: list[Value], entries: list[Entry], reason: object) -> Entry:
    text = _plain(reason, 300)
    if not text.isprintable():
        raise WireError("malformed text")
    return Refused(text), 1


_ANSWERS: Mapping[str, tuple[int, Callable[..., Entry]]] = MappingProxyType(
    {
        "scalar": (0, _scalar),
        "equation": (0, _equation),
        "items": (2, _items),
        "table": (1, _table),
        "truth": (1, _truth),
        "text": (1, _text),
        "function": (1, _function),
        "missing": (1, _missing),
        "refused": (1, _refused),
    }
)


def from_wire(message: bytes) -> Answer:
    """Return the answer that a message carries, or raise `WireError` with the reason.

    Every part is built unevaluated from the vocabulary, after its size is known to be within bounds.

    >>> from_wire(b'{"nabla":1,"answer":[["y","x"],["i","2"],["e","Pow",2],["scalar"]]}')
    Scalar(expression=x**2)
    >>> from_wire(b'{"nabla":1,"answer":[["i","9"],["y","os.system"]]}')
    Traceback (most recent call last):
    autograder.answers.messages.WireError: malformed name
    """
    values: list[Value] = []
    entries: list[Entry] = []
    try:
        for operation in operations_of(message):
            code, *data = operation
            if code not in _ANSWERS:
                step(values, operation)
                continue
            arity, make = _ANSWERS[code]
            if len(data) != arity:
                raise WireError("malformed operation")
            entries.append(make(values, entries, *data))
    except (ProgramError, TooLargeError) as error:
        raise WireError(str(error)) from error
    if values or len(entries) != 1:
        raise WireError("not one answer")
    return entries[0][0]
