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
    LevelSurfacePlane,
    LinearEstimate,
    Linearization,
    NormalLine,
    NumericalGradient,
    PropagatedError,
    TangentPlane,
)

__all__ = [
    "ChainRule",
    "DependencyTree",
    "DirectionalDerivative",
    "Gradient",
    "GradientAt",
    "GradientField",
    "ImplicitSlope",
    "LevelSurfacePlane",
    "LinearEstimate",
    "Linearization",
    "NormalLine",
    "NumericalGradient",
    "PropagatedError",
    "TangentPlane",
    "check",
]
