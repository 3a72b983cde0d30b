"""Reverse mode on a graph agrees with differentiating the formula that the graph stands for."""

from __future__ import annotations

import random

import pytest
from sympy import Expr, Symbol, diff, exp, sin

from autograder.problems.backward_pass import draw_graph
from nabla.computational_graph import Graph, backward, forward, inputs_of

AS_SYMPY = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "sin": sin,
    "exp": exp,
    "square": lambda a: a**2,
}


def formula(graph: Graph) -> tuple[Expr, list[Symbol]]:
    letters = [Symbol(f"x{i}") for i in inputs_of(graph)]
    waiting, nodes = iter(letters), []
    for name, *taken in graph:
        nodes.append(next(waiting) if name == "input" else AS_SYMPY[name](*(nodes[i] for i in taken)))
    return nodes[-1], letters


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_gradient_of_the_formula(seed: int) -> None:
    rng = random.Random(seed)
    graph = draw_graph(rng, inputs=2 + seed % 2, more=4 + seed % 3)
    point = [round(rng.uniform(-1, 1), 2) for _ in inputs_of(graph)]
    f, letters = formula(graph)
    here = dict(zip(letters, point, strict=True))
    wanted = [float(diff(f, letter).evalf(20, subs=here)) for letter in letters]
    assert backward(graph, forward(graph, point)) == pytest.approx(wanted, rel=1e-12, abs=1e-12)
    assert forward(graph, point)[-1] == pytest.approx(float(f.evalf(20, subs=here)), rel=1e-12)


def test_a_wrong_number_of_inputs_is_told() -> None:
    with pytest.raises(ValueError, match="1 inputs, not 2"):
        forward((("input",), ("exp", 0)), (1.0, 2.0))
