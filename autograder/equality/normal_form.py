"""Placeholder."""
from __future__ import annotations
import sympy as sp
class Prover:
    def __init__(self, positive: frozenset[str]) -> None:
        pass
    def equal(self, a: sp.Expr, b: sp.Expr) -> bool:
        return False
