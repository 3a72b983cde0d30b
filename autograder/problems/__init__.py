"""Problem types: each turns one line of data into statement, key, mistakes, hints, solution and picture."""

from autograder.problems.adam_step import AdamStep
from autograder.problems.best_learning_rate import BestLearningRate
from autograder.problems.chain_rule import ChainRule
from autograder.problems.critical_points import CriticalPoints
from autograder.problems.curvilinear_gradient import CurvilinearGradient
from autograder.problems.dependency_tree import DependencyTree
from autograder.problems.descent_code import DescentLoop
from autograder.problems.descent_fate import DescentFate
from autograder.problems.descent_path import DescentPath
from autograder.problems.directional_derivative import DirectionalDerivative
from autograder.problems.directions_with_rate import DirectionsWithRate
from autograder.problems.error_propagation import PropagatedError
from autograder.problems.gradient import Gradient, GradientAt
from autograder.problems.gradient_code import GradientField, NumericalGradient
from autograder.problems.gradient_descent import DescentStep
from autograder.problems.hessian import Hessian
from autograder.problems.implicit import ImplicitSlope
from autograder.problems.jacobian import Jacobian
from autograder.problems.lagrange import ConstrainedExtremes, LagrangePoints
from autograder.problems.largest_learning_rate import LargestLearningRate
from autograder.problems.level_choice import WhichLevelSet
from autograder.problems.level_normal import LevelNormal
from autograder.problems.level_orthogonality import LevelOrthogonality
from autograder.problems.level_set import LevelSetThrough
from autograder.problems.level_surface import LevelSurfacePlane
from autograder.problems.level_tangent import LevelTangent
from autograder.problems.level_velocity import LevelVelocity
from autograder.problems.limit_definition import LimitDerivative
from autograder.problems.line_fit_code import LineFit
from autograder.problems.linear_estimate import LinearEstimate
from autograder.problems.linearization import Linearization
from autograder.problems.mistake import Mistake
from autograder.problems.momentum_step import MomentumStep
from autograder.problems.newton_step import NewtonStep
from autograder.problems.no_change_directions import NoChangeDirections
from autograder.problems.normal_line import NormalLine
from autograder.problems.potential import Potential
from autograder.problems.problem import Problem, ProblemError
from autograder.problems.quadratic_taylor import QuadraticTaylor
from autograder.problems.rates import RateAtAngle, RateTowards
from autograder.problems.rmsprop_step import RMSPropStep
from autograder.problems.steepest_direction import SteepestDirection
from autograder.problems.steepest_rate import SteepestRate
from autograder.problems.table_gradient import TableGradient
from autograder.problems.tangent_plane import TangentPlane
from autograder.problems.tangent_points import TangentPoints

__all__ = [
    "AdamStep",
    "BestLearningRate",
    "ChainRule",
    "ConstrainedExtremes",
    "CriticalPoints",
    "CurvilinearGradient",
    "DependencyTree",
    "DescentFate",
    "DescentLoop",
    "DescentPath",
    "DescentStep",
    "DirectionalDerivative",
    "DirectionsWithRate",
    "Gradient",
    "GradientAt",
    "GradientField",
    "Hessian",
    "ImplicitSlope",
    "Jacobian",
    "LagrangePoints",
    "LargestLearningRate",
    "LevelNormal",
    "LevelOrthogonality",
    "LevelSetThrough",
    "LevelSurfacePlane",
    "LevelTangent",
    "LevelVelocity",
    "LimitDerivative",
    "LineFit",
    "LinearEstimate",
    "Linearization",
    "Mistake",
    "MomentumStep",
    "NewtonStep",
    "NoChangeDirections",
    "NormalLine",
    "NumericalGradient",
    "Potential",
    "Problem",
    "ProblemError",
    "PropagatedError",
    "QuadraticTaylor",
    "RMSPropStep",
    "RateAtAngle",
    "RateTowards",
    "SteepestDirection",
    "SteepestRate",
    "TableGradient",
    "TangentPlane",
    "TangentPoints",
    "WhichLevelSet",
]
