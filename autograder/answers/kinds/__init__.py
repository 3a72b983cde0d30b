"""The kinds of answer that a problem may want, each with its own equality, credit for parts, and messages."""

from autograder.answers.kinds.choice import Choice
from autograder.answers.kinds.classed_points import ClassedPoints
from autograder.answers.kinds.direction import Direction, Normal, UnitDirection
from autograder.answers.kinds.expression import Expression, Number
from autograder.answers.kinds.function import FunctionOf
from autograder.answers.kinds.kind import Comparison, Fitted, Kind, Misfit
from autograder.answers.kinds.level_set import LevelSet
from autograder.answers.kinds.line import Line
from autograder.answers.kinds.matrix import Matrix
from autograder.answers.kinds.plane import Plane
from autograder.answers.kinds.point_set import PointSet
from autograder.answers.kinds.steps import Steps
from autograder.answers.kinds.up_to_constant import UpToConstant
from autograder.answers.kinds.vector import Point, Vector

__all__ = [
    "Choice",
    "ClassedPoints",
    "Comparison",
    "Direction",
    "Expression",
    "Fitted",
    "FunctionOf",
    "Kind",
    "LevelSet",
    "Line",
    "Matrix",
    "Misfit",
    "Normal",
    "Number",
    "Plane",
    "Point",
    "PointSet",
    "Steps",
    "UnitDirection",
    "UpToConstant",
    "Vector",
]
