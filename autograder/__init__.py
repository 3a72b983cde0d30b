"""The student's door: `check`, and the problem types.

>>> from autograder import check, Gradient
"""

from autograder.check import check
from autograder.problems import (
    ChainRule,
    DependencyTree,
    DirectionalDerivative,
    Gradient,
    GradientAt,
    GradientField,
    ImplicitSlope,
    NumericalGradient,
)

__all__ = [
    "ChainRule",
    "DependencyTree",
    "DirectionalDerivative",
    "Gradient",
    "GradientAt",
    "GradientField",
    "ImplicitSlope",
    "NumericalGradient",
    "check",
]
