"""Are two expressions equal? Decided within a time bound, and never silently wrong.

>>> from sympy import cos, sin, Symbol
>>> x = Symbol("x")
>>> decide(sin(2 * x), 2 * sin(x) * cos(x))
Equal(by='exact arithmetic brings both to the same form (a proof)')
>>> decide(sin(2 * x), 2 * sin(x))
Different(witness={'x': 2}, left=-0.756802495307928, right=1.81859485365136)
"""

from __future__ import annotations

from .decimals import decide_decimal
from .decision import decide
from .verdict import Different, Equal, Grounds, Undecided, Verdict

__all__ = ["Different", "Equal", "Grounds", "Undecided", "Verdict", "decide", "decide_decimal"]
