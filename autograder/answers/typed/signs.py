"""The sign ±: one text that says two answers."""

from __future__ import annotations

from .tree import Node

BOTH = "±"


def is_open(node: Node) -> int:
    """Return how many signs ± stand in a tree."""
    return sum(each.data.count(BOTH) for each in node.walk() if each.kind == "sum")


def both(node: Node) -> tuple[Node, Node]:
    """Return a tree with plus for every ±, and the same with minus.

    >>> one = Node("number", data=1)
    >>> [each.kind for each in both(Node("sum", (one,), [BOTH]))]
    ['number', 'negative']
    """
    return _signed(node, "+"), _signed(node, "-")


def _signed(node: Node, sign: str) -> Node:
    parts = tuple(_signed(part, sign) for part in node.parts)
    if node.kind != "sum":
        return Node(node.kind, parts, node.data, node.start, node.end)
    if len(parts) > 1:
        return Node("sum", parts, [sign if each == BOTH else each for each in node.data], node.start, node.end)
    return parts[0] if sign == "+" else Node("negative", parts, None, node.start, node.end)
