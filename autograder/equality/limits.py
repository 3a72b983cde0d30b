"""Bounds on what is looked at, so that no step can run away inside C code, where no timer reaches."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic, Float, Integer, Pow, Rational, ceiling, factorial, floor

NODES = 5_000
"""Different subexpressions in one expression; a long textbook answer has fewer than 200."""
DEPTH = 250
"""Nesting; sympy itself recurses, and python stops at 1,000 frames."""
BITS = 20_000
"""Bits of one number, about 6,000 digits."""
TAME_BITS = 4_096
"""Bits of a power or a factorial that sympy may be allowed to work out."""


class TooLarge(Exception):  # noqa: N818 - reads as what it says
    """The expression is beyond what is judged; the message says in which way."""


@dataclass(frozen=True)
class Size:
    """What was measured: how many different nodes, how deep, and whether sympy may safely rebuild it."""

    nodes: int
    depth: int
    tame: bool


def measure(expression: Basic) -> Size:
    """Walk the tree without recursion and without working anything out.

    Raises `TooLarge` beyond `NODES`, `DEPTH` or `BITS`. An expression is not `tame` when it holds a number such as
    `9**9**9` that was built unevaluated: balls can enclose it, but sympy must not rebuild it.

    >>> from sympy.abc import x
    >>> measure(x + 1)
    Size(nodes=3, depth=1, tame=True)
    """
    seen: set[int] = set()
    stack: list[tuple[Basic, int]] = [(expression, 0)]
    deepest, tame = 0, True
    while stack:
        node, depth = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        deepest = max(deepest, depth)
        if len(seen) > NODES:
            raise TooLarge(f"it has more than {NODES} parts")
        if depth > DEPTH:
            raise TooLarge(f"it is nested more than {DEPTH} deep")
        if isinstance(node, Rational) and (int(node.p).bit_length() > BITS or int(node.q).bit_length() > BITS):
            raise TooLarge("it holds a number of more than six thousand digits")
        if isinstance(node, Float) and abs(int(node._mpf_[2])) > BITS:
            raise TooLarge("it holds a decimal with an exponent of more than six thousand")
        tame = tame and not _is_wild(node)
        stack.extend((part, depth + 1) for part in node.args)
    return Size(len(seen), deepest, tame)


def _is_wild(node: Basic) -> bool:
    """Whether sympy would work out a huge number if it rebuilt this node."""
    if isinstance(node, Pow) and isinstance(node.base, Rational):
        base, exponent = node.base, node.exp
        if isinstance(exponent, Integer):
            return abs(int(exponent)) * max(int(base.p).bit_length(), int(base.q).bit_length()) > TAME_BITS
        return _is_unworked(exponent)
    if isinstance(node, factorial):
        argument = node.args[0]
        return abs(int(argument)) > 500 if isinstance(argument, Integer) else _is_unworked(argument)
    if isinstance(node, floor | ceiling):
        return not node.free_symbols and any(abs(int(n.p)) > 1_000 for n in node.atoms(Rational))
    return False


def _is_unworked(constant: Basic) -> bool:
    """Whether this is arithmetic of rational numbers that nobody has worked out, such as `9**9` left standing."""
    if not constant.args or constant.free_symbols:
        return False
    powers = constant.atoms(Pow)
    return all(isinstance(leaf, Rational) for leaf in constant.atoms()) and all(
        isinstance(power.exp, Integer) or _is_unworked(power.exp) for power in powers
    )
