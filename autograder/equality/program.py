"""An expression compiled to a straight line of ball operations, to be run at many points and precisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from . import balls
from .balls import Ball, Nowhere, Operation, Run, Unsure, settled
from .vocabulary import CONSTANTS, FUNCTIONS, JUMPS, ROUGH, TURNS

Step = tuple[Operation, tuple[int, ...]]
Gate = tuple[sp.Expr, sp.Expr]
"""Two expressions on whose line of equality a function changes its behaviour: (x, 0) for |x|."""


class Unsupported(Exception):  # noqa: N818 - a fact about an expression
    """The expression holds something that has no ball: the message is its name."""


@dataclass(frozen=True)
class Value:
    """What came out: the ball (None where there certainly is no value), whether it is `real` all the way,
    whether an odd root of a negative number was met, and the spread of its sums, if that was watched."""

    ball: Ball | None
    real: bool | None
    odd: bool
    spread: int


@dataclass
class Program:
    """Steps in order, each an operation and the places of its arguments; the last one is the result.

    `gates` are the places where behaviour may change; `rough` says that a function with such places occurs,
    `jumps` that one occurs whose value exactly there matters, `complex` that the imaginary unit is written out.

    >>> program = compiled(sp.sympify(3) + sp.Symbol("x") ** 2, {"x": 0})
    >>> program.run([fmpq(2)]).ball == 7
    True
    """

    steps: list[Step] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    rough: bool = False
    jumps: bool = False
    complex: bool = False

    def run(
        self, point: Sequence[fmpq], precision: int = 128, *, odd_roots: bool = False, watched: bool = False
    ) -> Value:
        """Evaluate at a point of rationals with `precision` bits. Raises `Unsure`."""
        run = Run(odd_roots, watched)
        before = ctx.prec
        ctx.prec = precision
        try:
            ball = self.evaluate(run, point)
        except Nowhere:
            return Value(None, False, run.odd, 0)
        finally:
            ctx.prec = before
        if not ball.is_finite():
            raise Unsure
        return Value(ball, run.real, run.odd, run.spread)

    def evaluate(self, run: Run, point: Sequence[fmpq]) -> Ball:
        """The last value, at the precision in force. For use inside other programs."""
        values: list[Ball] = []
        for operation, places in self.steps:
            if places:
                values.append(operation(run, *[values[i] for i in places]))
            else:
                values.append(operation(run, point))
        return values[-1]


def compiled(
    expression: sp.Basic,
    places: Mapping[str, int],
    whole: frozenset[str] = frozenset(),
    *,
    minus: sp.Basic | None = None,
) -> Program:
    """The program of an expression whose symbols stand at `places` of a point; those in `whole` are integers.

    With `minus`, the program of the difference. Raises `Unsupported`. Recurses only into branches of a `Piecewise`.
    """
    program = Program()
    where: dict[sp.Basic, int] = {}
    stack = [(expression, False)] if minus is None else [(minus, False), (expression, False)]
    while stack:
        node, ready = stack.pop()
        if node in where:
            continue
        parts = _parts(node)
        if parts and not ready:
            stack.append((node, True))
            stack.extend((part, False) for part in parts)
            continue
        operation = _operation(node, places, whole, program)
        program.steps.append((operation, tuple(where[part] for part in parts)))
        where[node] = len(program.steps) - 1
        program.complex = program.complex or node is sp.I
    if minus is not None:
        program.steps.append((lambda run, x, y: settled(x - y), (where[expression], where[minus])))
    return program


def _parts(node: sp.Basic) -> tuple[sp.Basic, ...]:
    """The arguments that are evaluated before the node."""
    if isinstance(node, sp.Piecewise):
        return ()
    if isinstance(node, sp.Pow) and isinstance(node.exp, sp.Rational):
        return (node.base,)
    return node.args


def _operation(node: sp.Basic, places: Mapping[str, int], whole: frozenset[str], program: Program) -> Operation:
    if isinstance(node, sp.Symbol):
        return _coordinate(places[node.name])
    if isinstance(node, sp.Rational):
        return _number(fmpq(int(node.p), int(node.q)))
    if isinstance(node, sp.Add):
        return balls.total
    if isinstance(node, sp.Mul):
        return balls.product
    if node is sp.I:
        return lambda run, point: acb(0, 1)
    if node in CONSTANTS:
        constant = CONSTANTS[node]
        return lambda run, point: constant()
    if isinstance(node, sp.Pow):
        return _power(node, places, whole, program)
    if isinstance(node, sp.Piecewise):
        return _piecewise(node, places, whole, program)
    if type(node) in FUNCTIONS:
        _note_function(node, program)
        return FUNCTIONS[type(node)]
    raise Unsupported(type(node).__name__)


def _coordinate(place: int) -> Operation:
    return lambda run, point: arb(point[place])


def _number(value: fmpq) -> Operation:
    return lambda run, point: arb(value)


def _power(node: sp.Pow, places: Mapping[str, int], whole: frozenset[str], program: Program) -> Operation:
    base, exponent = node.base, node.exp
    if isinstance(exponent, sp.Integer):
        if exponent < 0:
            _note(program, base)
        return balls.integer_power(int(exponent))
    if base is sp.E:
        return lambda run, e, x: x.exp()
    _note(program, base, rough=True)
    if isinstance(exponent, sp.Rational):
        return balls.rational_power(int(exponent.p), int(exponent.q))
    names = {symbol.name for symbol in exponent.free_symbols}
    return balls.power(names <= whole and _is_whole(exponent))


def _is_whole(exponent: sp.Expr) -> bool:
    """Whether an expression in integer symbols is an integer: a polynomial with integer coefficients."""
    return all(
        isinstance(node, sp.Symbol | sp.Integer | sp.Add | sp.Mul)
        or (isinstance(node, sp.Pow) and isinstance(node.exp, sp.Integer) and node.exp > 0)
        for node in sp.preorder_traversal(exponent)
    )


def _piecewise(node: sp.Piecewise, places: Mapping[str, int], whole: frozenset[str], program: Program) -> Operation:
    branches = []
    for value, condition in node.args:
        inner = compiled(value, places, whole)
        program.gates += inner.gates
        program.complex = program.complex or inner.complex
        branches.append((inner, _condition(condition, places, whole, program)))
    program.jumps = program.rough = True

    def choose(run: Run, point: Sequence[fmpq]) -> Ball:
        for inner, holds in branches:
            if holds(run, point):
                return inner.evaluate(run, point)
        raise Nowhere

    return choose


def _condition(node: sp.Basic, places: Mapping[str, int], whole: frozenset[str], program: Program) -> Operation:
    """A condition as a function to True or False; it raises `Unsure` when it cannot tell."""
    if isinstance(node, BooleanTrue | BooleanFalse):
        truth = bool(node)
        return lambda run, point: truth
    if isinstance(node, sp.And | sp.Or):
        parts = [_condition(part, places, whole, program) for part in node.args]
        joined = all if isinstance(node, sp.And) else any
        return lambda run, point: joined([part(run, point) for part in parts])
    if isinstance(node, sp.Not):
        part = _condition(node.args[0], places, whole, program)
        return lambda run, point: not part(run, point)
    if isinstance(node, Relational):
        inner = compiled(node.lhs, places, whole, minus=node.rhs)
        program.gates += inner.gates
        _note(program, node.lhs, node.rhs)
        allowed = _signs(node)
        if allowed is not None:
            return _relation(inner, allowed)
    raise Unsupported(type(node).__name__)


def _signs(node: Relational) -> tuple[int, ...] | None:
    """The signs of left - right for which a relation holds."""
    return {">": (1,), "<": (-1,), ">=": (0, 1), "<=": (-1, 0), "==": (0,), "!=": (-1, 1)}.get(node.rel_op)


def _relation(difference: Program, allowed: tuple[int, ...]) -> Operation:
    def holds(run: Run, point: Sequence[fmpq]) -> bool:
        sign = balls.sign_of(balls.real(difference.evaluate(Run(run.odd_roots), point)))
        if sign is None:
            raise Unsure
        return sign in allowed

    return holds


def _note_function(node: sp.Basic, program: Program) -> None:
    """Remember where a function behaves differently on two sides."""
    if isinstance(node, sp.Max | sp.Min):
        for i, first in enumerate(node.args):
            for second in node.args[i + 1 :]:
                _note(program, first, second)
    for turn in TURNS.get(type(node), ()):
        _note(program, node.args[0], sp.Integer(turn))
    program.rough = program.rough or isinstance(node, ROUGH)
    program.jumps = program.jumps or isinstance(node, JUMPS)


def _note(program: Program, left: sp.Expr, right: sp.Expr = sp.S.Zero, *, rough: bool = False) -> None:
    """Remember a gate, unless it is a constant."""
    program.rough = program.rough or rough
    if left.free_symbols or right.free_symbols:
        program.gates.append((left, right))
