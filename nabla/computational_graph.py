"""A formula as a computational graph: its values forward, the gradient of its result backward.

A graph is a sequence of nodes; a node is the name of what it does and the numbers of the nodes that it takes, which
stand before it. `("input",)` takes none. The last node is the result. Reverse mode goes from the result to the inputs:
what reaches a node is the sum, over all nodes that take it, of what reached them times a local derivative. (A. Griewank
and A. Walther, Evaluating Derivatives, 2nd ed., SIAM, 2008, section 3.2.)

>>> graph = (("input",), ("input",), ("mul", 0, 1), ("sin", 0), ("add", 2, 3))  # x y + sin x
>>> values = forward(graph, (2.0, 3.0))
>>> backward(graph, values)[1]
2.0
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

Node = tuple[Any, ...]
Graph = Sequence[Node]

OPERATIONS: Mapping[str, Callable[..., float]] = MappingProxyType(
    {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "sin": math.sin,
        "exp": math.exp,
        "square": lambda a: a * a,
    }
)
"""What each node but an input does with what it takes."""

SLOPES: Mapping[str, Callable[..., tuple[float, ...]]] = MappingProxyType(
    {
        "add": lambda a, b: (1.0, 1.0),
        "sub": lambda a, b: (1.0, -1.0),
        "mul": lambda a, b: (b, a),
        "sin": lambda a: (math.cos(a),),
        "exp": lambda a: (math.exp(a),),
        "square": lambda a: (2 * a,),
    }
)
"""The local derivatives of each operation, one for each thing that it takes."""


def inputs_of(graph: Graph) -> tuple[int, ...]:
    """Return the numbers of the input nodes.

    >>> inputs_of((("input",), ("exp", 0), ("input",)))
    (0, 2)
    """
    return tuple(i for i, node in enumerate(graph) if node[0] == "input")


def forward(graph: Graph, inputs: Sequence[float]) -> list[float]:
    """Return the value of every node. Raises `ValueError` for a number of inputs that the graph does not have.

    >>> forward((("input",), ("square", 0), ("add", 0, 1)), (3.0,))
    [3.0, 9.0, 12.0]
    """
    if len(inputs) != len(inputs_of(graph)):
        raise ValueError(f"the graph has {len(inputs_of(graph))} inputs, not {len(inputs)}")
    given = iter(inputs)
    values: list[float] = []
    for name, *taken in graph:
        values.append(float(next(given)) if name == "input" else OPERATIONS[name](*(values[i] for i in taken)))
    return values


def backward(graph: Graph, values: Sequence[float]) -> list[float]:
    """Return the derivative of the last node along each input, in the order of the inputs, by reverse mode.

    >>> graph = (("input",), ("square", 0), ("add", 0, 1))
    >>> backward(graph, forward(graph, (3.0,)))
    [7.0]
    """
    reached = [0.0] * len(graph)
    reached[-1] = 1.0
    for i in reversed(range(len(graph))):
        name, *taken = graph[i]
        if name != "input":
            for j, slope in zip(taken, SLOPES[name](*(values[k] for k in taken)), strict=True):
                reached[j] += slope * reached[i]
    return [reached[i] for i in inputs_of(graph)]
