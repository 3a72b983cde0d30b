"""The kinds of answer that a problem may want, each with its own equality, credit for parts, and messages."""

from autograder.answers.kinds.direction import Direction, Normal, UnitDirection
from autograder.answers.kinds.expression import Expression, Number
from autograder.answers.kinds.function import FunctionOf
from autograder.answers.kinds.kind import Comparison, Fitted, Kind, Misfit
from autograder.answers.kinds.vector import Point, Vector

__all__ = [
    "Comparison",
    "Direction",
    "Expression",
    "Fitted",
    "FunctionOf",
    "Kind",
    "Misfit",
    "Normal",
    "Number",
    "Point",
    "UnitDirection",
    "Vector",
]
