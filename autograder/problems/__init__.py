"""Problem types: each turns one line of data into statement, key, mistakes, hints, solution and picture."""

from autograder.problems.chain_rule import ChainRule
from autograder.problems.dependency_tree import DependencyTree
from autograder.problems.directional_derivative import DirectionalDerivative
from autograder.problems.gradient import Gradient, GradientAt
from autograder.problems.gradient_code import GradientField, NumericalGradient
from autograder.problems.implicit import ImplicitSlope
from autograder.problems.mistake import Mistake
from autograder.problems.problem import Problem, ProblemError

__all__ = [
    "ChainRule",
    "DependencyTree",
    "DirectionalDerivative",
    "Gradient",
    "GradientAt",
    "GradientField",
    "ImplicitSlope",
    "Mistake",
    "NumericalGradient",
    "Problem",
    "ProblemError",
]
