"""Bounds on what is looked at, so that no step can run away inside C code, where no timer reaches."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic, Float, Integer, Pow, Rational, ceiling, factorial, floor

NODES = 5_000
"""Different subexpressions in one expression; a long textbook answer has fewer than 200."""
WRITTEN = 50_000
"""Parts when everything that occurs twice is written twice."""
DEPTH = 250
"""Nesting; sympy itself recurses, and python stops at 1,000 frames."""
BITS = 20_000
"""Bits of one number, about 6,000 digits."""
TAME_BITS = 4_096
"""Bits of a power that sympy may be allowed to work out."""


class TooLarge(Exception):  # noqa: N818 - reads as what it says
    """The expression is beyond what is judged; the message says in which way."""


@dataclass(frozen=True)
class Size:
    """What was measured: how many different nodes, how deep, the bits of the longest number, and whether sympy may
    safely rebuild it."""

    nodes: int
    depth: int
    bits: int
    tame: bool


def measure(expression: Basic) -> Size:
    """Walk the tree without recursion and without working anything out.

    Raises `TooLarge` beyond the bounds of this module. An expression is not `tame` when it holds a number such as
    `9**9**9` that was built unevaluated: balls can enclose it, but sympy must not rebuild it.

    >>> from sympy.abc import x
    >>> measure(x + 1)
    Size(nodes=3, depth=1, bits=1, tame=True)
    """
    depths: dict[int, int] = {}
    written: dict[int, int] = {}
    bits, tame = 1, True
    stack: list[tuple[Basic, bool]] = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in depths:
            continue
        if node.args and not ready:
            if len(stack) > 4 * NODES:
                raise TooLarge(f"it has more than {NODES} parts")
            stack.append((node, True))
            stack.extend((part, False) for part in node.args)
            continue
        depths[id(node)] = 1 + max((depths[id(part)] for part in node.args), default=-1)
        written[id(node)] = 1 + sum(written[id(part)] for part in node.args)
        if len(depths) > NODES or written[id(node)] > WRITTEN:
            raise TooLarge(f"it has more than {NODES} parts")
        if depths[id(node)] > DEPTH:
            raise TooLarge(f"it is nested more than {DEPTH} deep")
        bits = max(bits, _bits(node))
        tame = tame and not _is_wild(node)
    return Size(len(depths), depths[id(expression)], bits, tame)


def _bits(node: Basic) -> int:
    """Bits of a number, 0 for anything else. Raises `TooLarge`."""
    if isinstance(node, Rational):
        bits = max(int(node.p).bit_length(), int(node.q).bit_length())
    elif isinstance(node, Float) and node.is_finite:
        bits = max(int(node._prec), abs(int(node._mpf_[2])))
    else:
        return 0
    if bits > BITS:
        raise TooLarge("it holds a number of more than six thousand digits")
    return bits


def _is_wild(node: Basic) -> bool:
    """Whether sympy would work out a huge number if it rebuilt this node."""
    if isinstance(node, Pow) and isinstance(node.base, Rational):
        base, exponent = node.base, node.exp
        if isinstance(exponent, Rational):
            return abs(exponent) * max(int(base.p).bit_length(), int(base.q).bit_length()) > TAME_BITS
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
    return all(isinstance(leaf, Rational) for leaf in constant.atoms()) and all(
        isinstance(power.exp, Integer) or _is_unworked(power.exp) for power in constant.atoms(Pow)
    )
