"""The tree of a text that has been read: plain data, before any mathematics is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

NodeKind = Literal[
    "number",  # data: a Fraction
    "decimal",  # data: (Fraction, significant digits, as typed)
    "symbol",  # data: the name
    "constant",  # data: the name
    "unit",  # data: "i", "j" or "k"
    "truth",  # data: a bool
    "group",  # something in brackets
    "negative",
    "sum",  # data: one sign for each term
    "product",  # data: "*", "·", "/" or "" before each factor
    "over",  # a fraction with a bar
    "power",
    "root",  # data: which root
    "factorial",
    "degrees",
    "percent",
    "call",  # data: the head
    "unknown",  # data: the name of an unknown function
    "norm",
    "items",  # data: the form
    "equation",
]


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a text: what it is, its own parts, and where it stands."""

    kind: NodeKind
    parts: tuple[Node, ...] = ()
    data: Any = None
    start: int = 0
    end: int = 0

    def walk(self) -> Iterator[Node]:
        """Yield this node and every node below it."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(node.parts)

    @property
    def inside(self) -> Node:
        """What stands inside the brackets, when this is something in brackets."""
        return self.parts[0].inside if self.kind == "group" else self
