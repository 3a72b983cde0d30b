"""The outer shape of a message: JSON, bounded, and nothing but a list of operations."""

from __future__ import annotations

import json
from typing import Any

from .program import Operation

MAX_BYTES = 2_000_000
"""Length of a message."""
MAX_PROGRAM = 16_000
"""Operations in a message: room for a 50 x 50 x 2 array of decimals."""
MAX_TEXT = 10_000
"""Characters of a text."""
MAX_ITEMS = 8_000
"""Items in one collection."""

MAX_UNKNOWN = 100
"""Unknown functions in a message; sympy makes a class for each, which takes long."""


class WireError(ValueError):
    """A message that is refused; `reason` is a short name for why.

    >>> WireError("too long").reason
    'too long'
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _small_integer(text: str) -> int:
    if len(text) > 9:
        raise WireError("malformed number")
    return int(text)


def _no_number(text: str) -> Any:
    raise WireError("malformed number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise WireError("malformed message")
    return dict(pairs)


def operations_of(message: bytes) -> list[Operation]:
    """Return the operations of a message, with its outer shape checked; raise `WireError` otherwise."""
    if type(message) is not bytes:
        raise WireError("not bytes")
    if len(message) > MAX_BYTES:
        raise WireError("too long")
    try:
        text = message.decode()
    except UnicodeDecodeError as error:
        raise WireError("not UTF-8") from error
    try:
        data = json.loads(
            text,
            parse_int=_small_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as error:
        raise WireError("not JSON") from error
    except RecursionError as error:
        raise WireError("nested too deeply") from error
    if type(data) is not dict or set(data) != {"nabla", "answer"} or type(data["answer"]) is not list:
        raise WireError("malformed message")
    if type(data["nabla"]) is not int or data["nabla"] != 1:
        raise WireError("unknown version")
    if len(data["answer"]) > MAX_PROGRAM:
        raise WireError("too many operations")
    for operation in data["answer"]:
        if type(operation) is not list or not 1 <= len(operation) <= 4 or type(operation[0]) is not str:
            raise WireError("malformed operation")
    if sum(operation[0] == "u" for operation in data["answer"]) > MAX_UNKNOWN:
        raise WireError("too many operations")
    return data["answer"]


def message_of(program: list[Operation]) -> bytes:
    """Return the message that carries a list of operations."""
    return json.dumps({"nabla": 1, "answer": program}, separators=(",", ":")).encode()
