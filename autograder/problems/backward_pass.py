"""Backpropagation by code: the gradient of a computational graph, judged on graphs that the judge draws."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from sympy import Float, Integer, Symbol

from autograder.answers.answer import Answer, Items, Scalar, Text
from autograder.answers.calls import as_python
from autograder.answers.kinds import FunctionOf
from autograder.notation import typeset
from autograder.problems.mistake import HALF
from autograder.problems.problem import Behaviour, CodeProblem, Prose, Step
from nabla.computational_graph import SLOPES, Graph, Node, backward, forward, inputs_of

Slopes = Callable[[str, Sequence[float], float], Sequence[float]]
"""The local derivatives of an operation, from what it takes and its own value."""
Pass = Callable[[Graph, Sequence[float]], list[float]]


_EXAMPLE: Graph = (("input",), ("input",), ("mul", 0, 1), ("add", 2, 0))


@dataclass(frozen=True)
class BackwardPass(CodeProblem):
    """A function `backward(graph, values)` that returns the gradient of a graph's last node by reverse mode.

    The graphs are drawn by the judge. In all of them a node is used more than once, so that the sum over paths shows.

    >>> problem = BackwardPass()
    >>> len(problem.inputs(seed=1)), len(problem.truth(problem.inputs(seed=1)[0]))
    (6, 2)
    """

    name: str = "backward"
    tolerance: float = 1e-9

    @property
    def kind(self) -> FunctionOf:
        """A function of a graph and its values."""
        return FunctionOf(f"{self.name}(graph, values)", float(self.tolerance))

    def statement(self) -> Prose:
        """Ask for the function."""
        return Prose(
            f"Write a Python function `{self.name}(graph, values)` that returns the **gradient** of a computational "
            "graph by **reverse mode** (backpropagation).\n\n"
            "- `graph` is a tuple of nodes in order; each node takes nodes before it, given by their numbers from 0. "
            'The nodes are `("input",)`, `("add", i, j)`, `("sub", i, j)`, `("mul", i, j)`, `("sin", i)`, '
            '`("exp", i)` and `("square", i)`. The last node is the result.\n'
            "- `values` is a tuple with the value of each node, from the forward pass.\n"
            "- Return a list with one number for each input, in the order of the inputs: the derivative of the result "
            "along it.\n\n"
            'For example the graph `(("input",), ("input",), ("mul", 0, 1), ("add", 2, 0))` is $xy + x$.'
        )

    def inputs(self, seed: int) -> tuple[Items, ...]:
        """Draw six graphs with values: two small ones that hold a product, then larger ones."""
        rng = random.Random(f"backward pass/{seed}")
        while True:  # until a slip in any operation shows
            graphs = [_EXAMPLE, *(draw_graph(rng, *size) for size in ((2, 3), (2, 5), (3, 5), (2, 6), (3, 7)))]
            calls = []
            for graph in graphs:
                point = [round(rng.choice((-1, 1)) * rng.uniform(0.3, 1.4), 2) for _ in inputs_of(graph)]
                calls.append((graph, forward(graph, point)))
            if _told_apart(calls):
                return tuple(Items((_as_items(graph), _numbers(values)), "tuple") for graph, values in calls)

    def truth(self, arguments: Items) -> list[float]:
        """Return the gradient."""
        return backward(*_call(arguments))

    def recognise(self, inputs: Sequence[Items], outputs: Sequence[Answer]) -> Behaviour | None:
        """Name the mistake whose numbers are those of the answer, on every graph."""
        pairs = [(_call(arguments), got) for arguments, got in zip(inputs, outputs, strict=True)]
        for wrong, behaviour in _wrong_passes():
            if not any(self.kind.trouble(wrong(*call), got) for call, got in pairs):
                return behaviour
        near = FunctionOf(self.kind.signature, 1e-3)
        if not any(near.trouble(self.truth(row), got) for row, got in zip(inputs, outputs, strict=True)):
            return Behaviour(
                "nearly right",
                "Your numbers are nearly right, as finite differences are. Reverse mode is exact to rounding.",
                "Use the derivative of each operation, and no small step.",
                HALF,
            )
        return None

    def nudges(self) -> Sequence[str]:
        """Nudge: the result first, backwards, add up."""
        return (
            "Keep one number for each node: how fast the result changes with it. For which node do you know it before "
            "any work?",
            "Go through the nodes from last to first. A node passes on what reached it, times its local derivative, "
            "to each node that it takes. Which values does the local derivative of a product need?",
            "Begin with `reached = [0.0] * len(graph)` and `reached[-1] = 1.0`. For each node, last to first, "
            "**add** (`+=`) to the number of every node that it takes: a node that is used twice is reached twice. In "
            "the end pick the numbers of the inputs.",
        )

    def steps(self) -> Iterator[Step]:
        """Go back through the example."""
        x, y = Symbol("x"), Symbol("y")
        yield Step(
            "For the example $xy + x$ the nodes are x, y, their product p and the sum. The result changes with itself "
            "at the rate",
            "1",
        )
        yield Step("The sum passes 1 on to p, and 1 to x.", r"\bar p = 1,\quad \bar x = 1")
        yield Step(
            "The product passes on what reached it, to x times y, to y times x; x is reached twice, and both add:",
            rf"\bar x = 1 + {typeset(y)},\quad \bar y = {typeset(x)}",
        )
        yield Step("So the gradient is", typeset((y + 1, x)))

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """There is one algorithm; a higher level asks for more digits."""
        return cls(tolerance=10.0 ** -(5 + 2 * level))


def draw_graph(rng: random.Random, inputs: int, more: int) -> tuple[Node, ...]:
    """Draw a graph with some inputs and `more` nodes after them, in which something is used twice.

    >>> graph = draw_graph(random.Random(1), inputs=2, more=4)
    >>> len(graph), [name for name, *_ in graph].count("input")
    (6, 2)
    """
    while True:
        nodes: list[Node] = [("input",)] * inputs
        for _ in range(more):
            name = rng.choice(("add", "sub", "mul", "mul", "sin", "exp", "square"))
            late = len(nodes) - 1
            if name in ("add", "sub", "mul"):
                nodes.append((name, *rng.sample((late, rng.randrange(late)), 2)))
            else:
                nodes.append((name, rng.choice((late, rng.randrange(len(nodes))))))
        if _is_worth_asking(nodes, inputs):
            return tuple(nodes)


def _is_worth_asking(nodes: Sequence[Node], inputs: int) -> bool:
    """Whether every node but the last is used, one of them twice, and no value is huge."""
    uses = [i for _, *taken in nodes for i in taken]
    if set(uses) != set(range(len(nodes) - 1)) or len(uses) == len(set(uses)):
        return False
    if "mul" not in {name for name, *_ in nodes} or [name for name, *_ in nodes].count("exp") > 2:
        return False
    return all(_is_small(nodes, point) for point in ([1.4] * inputs, [-1.4] * inputs, [1.4, -1.4, 1.4][:inputs]))


def _is_small(nodes: Sequence[Node], point: Sequence[float]) -> bool:
    try:
        return max(map(abs, forward(nodes, point))) < 60
    except OverflowError:
        return False


def _as_items(graph: Graph) -> Items:
    nodes = (Items((Text(name), *(Scalar(Integer(i)) for i in taken)), "tuple") for name, *taken in graph)
    return Items(tuple(nodes), "tuple")


def _numbers(values: Sequence[float]) -> Items:
    return Items(tuple(Scalar(Float(value, 17)) for value in values), "tuple")


def _call(arguments: Items) -> tuple[Graph, list[float]]:
    graph, values = (as_python(argument) for argument in arguments)
    return graph, list(map(float, values))


# -- wrong ways ---------------------------------------------------------------------------------------------


def _right_slopes(name: str, taken: Sequence[float], own: float) -> Sequence[float]:
    return SLOPES[name](*taken)


def _instead(names: Sequence[str], wrong: Callable[[Sequence[float], float], Sequence[float]]) -> Slopes:
    """Local derivatives that are wrong for some operations."""

    def slopes(name: str, taken: Sequence[float], own: float) -> Sequence[float]:
        return wrong(taken, own) if name in names else _right_slopes(name, taken, own)

    return slopes


def _pass(
    graph: Graph,
    values: Sequence[float],
    *,
    slopes: Slopes = _right_slopes,
    replace: bool = False,
    forwards: bool = False,
    upstream: bool = True,
    seed: float = 1.0,
) -> list[float]:
    """Go through the graph in a wrong way, and return what reached every node."""
    reached = [0.0] * len(graph)
    reached[-1] = seed
    order = range(len(graph))
    for i in order if forwards else reversed(order):
        name, *taken = graph[i]
        if name == "input":
            continue
        for j, slope in zip(taken, slopes(name, [values[k] for k in taken], values[i]), strict=True):
            part = slope * (reached[i] if upstream else 1.0)
            reached[j] = part if replace else reached[j] + part
    return reached


def _at_inputs(graph: Graph, values: Sequence[float], **way: Any) -> list[float]:
    reached = _pass(graph, values, **way)
    return [reached[i] for i in inputs_of(graph)]


def _exp(value: float) -> float:
    return math.exp(min(value, 700.0))


def _told_apart(calls: Sequence[tuple[Graph, Sequence[float]]]) -> bool:
    """Whether every wrong way gives numbers of its own on these graphs, and none the right ones."""
    passes = [backward, *(wrong for wrong, _ in _wrong_passes())]
    seen = [tuple(round(number, 6) + 0.0 for call in calls for number in each(*call)) for each in passes]
    return len(set(seen)) == len(seen)


def _wrong_passes() -> tuple[tuple[Pass, Behaviour], ...]:
    """Each wrong way with what it is called, the likeliest first."""
    local = "Go through the local derivatives of all operations."
    return (
        (partial(_at_inputs, replace=True), Behaviour(
            "paths not added up",
            "A node that is used twice keeps only one of its paths: what reaches it later overwrites what was there.",
            "Write += where you write =: every path counts.", HALF)),
        (partial(_at_inputs, upstream=False), Behaviour(
            "what came from above left out",
            "You add up local derivatives alone. Each must be multiplied by what reached the node itself.",
            "Multiply: what reached the node, times its local derivative.")),
        (partial(_at_inputs, forwards=True), Behaviour(
            "first to last",
            "You go from the first node to the last. What reaches a node is known only after all that take it.",
            "Go backwards: for i in reversed(range(len(graph))).")),
        (partial(_at_inputs, seed=0.0), Behaviour(
            "no start at the result", "All your numbers are 0: nothing starts the pass.",
            "The result changes with itself at the rate 1: set the number of the last node to 1 first.")),
        (lambda graph, values: _at_inputs(graph, values, seed=values[-1]), Behaviour(
            "started with the value of the result", "The pass starts with the value of the result.",
            "The result changes with itself at the rate 1: set the number of the last node to 1 first.", HALF)),
        (lambda graph, values: [values[i] for i in inputs_of(graph)], Behaviour(
            "values of the inputs", "You returned the values of the inputs, not the rates.",
            "Return what reached them in the backward pass.")),
        (lambda graph, values: _pass(graph, values), Behaviour(
            "all nodes returned", "You return a number for every node. Only those of the inputs are wanted.",
            "Pick the nodes that are inputs.", HALF)),
        (lambda graph, values: backward(graph, values)[::-1], Behaviour(
            "inputs in reverse order", "The right numbers come back in the opposite order.",
            "Return them in the order of the inputs.", HALF)),
        (lambda graph, values: [-part for part in backward(graph, values)], Behaviour(
            "all signs flipped", "Every sign is the opposite of what it should be.", "Start with 1, not -1.")),
        (partial(_at_inputs, slopes=_instead(("mul",), lambda taken, own: taken)), Behaviour(
            "a product passes on the wrong factor",
            "Your product passes on to each factor that factor itself. The slope of a·b along a is b.",
            "Exchange the two values.", HALF)),
        (partial(_at_inputs, slopes=_instead(("mul",), lambda taken, own: (taken[1], 0.0))), Behaviour(
            "a product passes on to one factor only", "Your product passes on to its first factor alone.",
            "Both factors change a product: the slope of a·b along b is a.", HALF)),
        (partial(_at_inputs, slopes=_instead(("mul",), lambda taken, own: (1.0, 1.0))), Behaviour(
            "a product treated as a sum", "Your product passes on what reached it unchanged, as a sum does.",
            "The slope of a·b along a is b, and along b it is a.", HALF)),
        (partial(_at_inputs, slopes=_instead(("sub",), lambda taken, own: (1.0, 1.0))), Behaviour(
            "sign of a difference", "Your difference passes on +1 to both sides.",
            "The slope of a - b along b is -1.", HALF)),
        (partial(_at_inputs, slopes=_instead(("sin",), lambda taken, own: (-math.cos(taken[0]),))), Behaviour(
            "sign of the derivative of sine", "The derivative of sin has the wrong sign.",
            "(sin u)' is cos u.", HALF)),
        (partial(_at_inputs, slopes=_instead(("sin",), lambda taken, own: (math.cos(own),))), Behaviour(
            "cosine of the wrong value", "You take the cosine of the value of the sine node itself.",
            "Take it of the value of the node that goes into it.", HALF)),
        (partial(_at_inputs, slopes=_instead(("sin",), lambda taken, own: (own,))), Behaviour(
            "sine not differentiated", "Your sine node passes on the sine itself.", "(sin u)' is cos u.", HALF)),
        (partial(_at_inputs, slopes=_instead(("exp",), lambda taken, own: (_exp(own),))), Behaviour(
            "exponential taken twice",
            "You take the exponential of the value of the exponential node, which is one already.",
            "The derivative of e^u is e^u: the node's own value.", HALF)),
        (partial(_at_inputs, slopes=_instead(("exp",), lambda taken, own: (taken[0],))), Behaviour(
            "exponential passes on its exponent", "Your exponential node passes on the exponent.",
            "The derivative of e^u is e^u: the node's own value.", HALF)),
        (partial(_at_inputs, slopes=_instead(("exp",), lambda taken, own: (1.0,))), Behaviour(
            "exponential passed over", "Your exponential node passes on what reached it unchanged.", local, HALF)),
        (partial(_at_inputs, slopes=_instead(("square",), lambda taken, own: (2 * own,))), Behaviour(
            "twice the square", "Your square node uses its own value, the square, in place of what goes into it.",
            "(u^2)' is 2u.", HALF)),
        (partial(_at_inputs, slopes=_instead(("square",), lambda taken, own: (taken[0],))), Behaviour(
            "factor 2 of the square left out", "The derivative of the square lacks its factor 2.",
            "(u^2)' is 2u.", HALF)),
    )  # fmt: skip
