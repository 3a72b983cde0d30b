"""Nabla: the mathematics of the gradient, and pictures of it that move.

`nabla.calculus` is exact, `nabla.differences` is numerical, `nabla.explore` draws. Each is loaded when it
is first used, so that `import nabla` costs nothing.

>>> from nabla import gradient
>>> from sympy.abc import x, y
>>> gradient(x**2 + 3*y**2, at=(1, 2)).T
Matrix([[2, 12]])
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "OutsideDomainError": "calculus",
    "directional_derivative": "calculus",
    "evaluate": "calculus",
    "gradient": "calculus",
    "norm": "calculus",
    "unit": "calculus",
    "variables_of": "calculus",
    "Dual": "differences",
    "central_gradient": "differences",
    "dual_gradient": "differences",
    "forward_gradient": "differences",
    "numerical_gradient": "differences",
}

__all__ = ["calculus", "differences", "explore", *_HOME]


def __getattr__(name: str) -> Any:
    if name in {"calculus", "differences", "explore"}:
        return import_module(f"nabla.{name}")
    if name in _HOME:
        return getattr(import_module(f"nabla.{_HOME[name]}"), name)
    raise AttributeError(f"module 'nabla' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
