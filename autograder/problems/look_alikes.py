"""Look-alikes: other values of a function at a point, told for what they are when one is given as the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Add, Eq, Expr, Integer, Poly, Symbol, sqrt

from autograder.notation import plain
from autograder.problems.mistake import Mistake
from nabla.calculus import gradient
from nabla.second_order import hessian

READ = "Read once more what the question asks for; the first hint says how to begin."


def look_alikes(f: Expr, variables: Sequence[Symbol], at: Sequence[Expr]) -> Iterator[Mistake]:
    """Yield what belongs to f at a point, whatever was asked: value, slopes, lengths, second derivatives, models.

    >>> from sympy.abc import x, y
    >>> [str(m.wrong) for m in look_alikes(x**2 + 3 * y, (x, y), (1, 2))][:5]
    ['(1, 2)', '7', '(2, 3)', 'sqrt(13)', '13']
    """
    if len(variables) == 1:  # then a vector, a matrix and a number are written alike
        return
    here = dict(zip(variables, at, strict=True))
    slopes = tuple(gradient(f, variables, at=at))
    value, squares = f.xreplace(here), sum((slope**2 for slope in slopes), Integer(0))
    place = plain(tuple(at))
    yield _told("the point itself", tuple(at), "the point itself")
    yield _told("value of f", value, f"the value of f at {place}")
    yield _told("the gradient at the point", slopes, f"the gradient at {place}")
    yield _told("length of the gradient", sqrt(squares), f"the length of the gradient at {place}")
    yield _told("square of the length of the gradient", squares, "the square of the length of the gradient")
    if squares != 0:
        unit = tuple(slope / sqrt(squares) for slope in slopes)
        yield _told("the unit vector along the gradient", unit, "the unit vector along the gradient")
    if len(slopes) == 2:
        across = (-slopes[1], slopes[0])
        yield _told("a vector along the level curve", across, "at right angles to the gradient, along the level curve")
    for variable, slope in zip(variables, slopes, strict=True):
        yield _told(f"the slope along {variable}", slope, f"the slope along {variable} alone")
    yield _told("the Hessian", hessian(f, variables, at=at), f"the Hessian at {place}")
    model = value + sum((m * (v - a) for m, v, a in zip(slopes, variables, at, strict=True)), Integer(0))
    yield _told("the linearization", model, f"the linearization of f at {place}")
    if Symbol("z") not in variables:
        yield _told("the tangent plane", Eq(Symbol("z"), model, evaluate=False), "the tangent plane of the graph of f")
    yield from formulas_alike(f, variables)


def formulas_alike(f: Expr, variables: Sequence[Symbol]) -> Iterator[Mistake]:
    """Yield the formulas that belong to f.

    >>> from sympy.abc import x, y
    >>> [m.name for m in formulas_alike(x**2 + 3 * y, (x, y))][:3]
    ['f itself', 'the gradient as a formula', 'the slope along x, as a formula']
    """
    if len(variables) == 1:
        return
    formula = tuple(gradient(f, variables))
    yield _told("f itself", f, "f itself")
    yield _told("the gradient as a formula", formula, "the gradient as a formula")
    for variable, part in zip(variables, formula, strict=True):
        yield _told(f"the slope along {variable}, as a formula", part, f"the derivative along {variable}, as a formula")
    yield _told("the Hessian as a formula", hessian(f, variables), "the Hessian, as a formula")
    yield _told("terms of f as components", Add.make_args(f), "the terms of f, one by one")
    if all(f.is_polynomial(variable) for variable in variables):
        integrals = tuple(Poly(f, variable).integrate(variable).as_expr() for variable in variables)
        yield _told("integrated", integrals, "what comes out when f is integrated, not differentiated")


def _told(name: str, wrong: Any, what: str) -> Mistake:
    return Mistake(name, wrong, f"That is {what}, and not what is asked.", READ, likely=False)
