"""Problem types: each turns one line of data into statement, key, mistakes, hints, solution and picture."""

from autograder.problems.chain_rule import ChainRule
from autograder.problems.dependency_tree import DependencyTree
from autograder.problems.directional_derivative import DirectionalDerivative
from autograder.problems.error_propagation import PropagatedError
from autograder.problems.gradient import Gradient, GradientAt
from autograder.problems.gradient_code import GradientField, NumericalGradient
from autograder.problems.implicit import ImplicitSlope
from autograder.problems.level_surface import LevelSurfacePlane
from autograder.problems.linear_estimate import LinearEstimate
from autograder.problems.linearization import Linearization
from autograder.problems.mistake import Mistake
from autograder.problems.normal_line import NormalLine
from autograder.problems.problem import Problem, ProblemError
from autograder.problems.tangent_plane import TangentPlane

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
    "Mistake",
    "NormalLine",
    "NumericalGradient",
    "Problem",
    "ProblemError",
    "PropagatedError",
    "TangentPlane",
]
