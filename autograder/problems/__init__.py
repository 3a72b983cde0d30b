"""Problem types: each turns one line of data into statement, key, mistakes, hints, solution and picture.

A type is imported when it is first asked for, so that one exercise does not pay for all of them.

>>> from autograder.problems import GradientAt
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

HOME = {
    "AdamStep": "adam_step",
    "BackwardPass": "backward_pass",
    "BestLearningRate": "best_learning_rate",
    "ChainRule": "chain_rule",
    "ConstrainedExtremes": "lagrange",
    "CriticalPoints": "critical_points",
    "CurvilinearGradient": "curvilinear_gradient",
    "DependencyTree": "dependency_tree",
    "DescentFate": "descent_fate",
    "DescentLoop": "descent_code",
    "DescentPath": "descent_path",
    "DescentStep": "gradient_descent",
    "DirectionalDerivative": "directional_derivative",
    "DirectionsWithRate": "directions_with_rate",
    "Gradient": "gradient",
    "GradientAt": "gradient",
    "GradientField": "gradient_code",
    "Hessian": "hessian",
    "ImplicitSlope": "implicit",
    "Jacobian": "jacobian",
    "LagrangePoints": "lagrange",
    "LargestLearningRate": "largest_learning_rate",
    "LevelNormal": "level_normal",
    "LevelNormalLine": "level_normal_line",
    "LevelOrthogonality": "level_orthogonality",
    "LevelSetThrough": "level_set",
    "LevelSurfacePlane": "level_surface",
    "LevelTangent": "level_tangent",
    "LevelVelocity": "level_velocity",
    "LimitDerivative": "limit_definition",
    "LineFit": "line_fit_code",
    "LinearEstimate": "linear_estimate",
    "Linearization": "linearization",
    "Mistake": "mistake",
    "MomentumStep": "momentum_step",
    "NewtonStep": "newton_step",
    "NoChangeDirections": "no_change_directions",
    "NormalLine": "normal_line",
    "NumericalGradient": "gradient_code",
    "NumericalRate": "rate_code",
    "Potential": "potential",
    "Problem": "problem",
    "ProblemError": "problem",
    "PropagatedError": "error_propagation",
    "QuadraticTaylor": "quadratic_taylor",
    "RMSPropStep": "rmsprop_step",
    "RateAtAngle": "rates",
    "RateTowards": "rates",
    "SteepestDirection": "steepest_direction",
    "SteepestRate": "steepest_rate",
    "TableGradient": "table_gradient",
    "TangentPlane": "tangent_plane",
    "TangentPoints": "tangent_points",
    "WhichLevelSet": "level_choice",
}
"""Where each type lives: its module in this package."""

__all__ = list(HOME)


def __getattr__(name: str) -> Any:
    if name in HOME:
        return getattr(import_module(f"autograder.problems.{HOME[name]}"), name)
    raise AttributeError(f"module 'autograder.problems' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
