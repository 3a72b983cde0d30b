"""The student's door: `check`, and the problem types.

>>> from autograder import check, Gradient
"""

from autograder.check import check
from autograder.problems import Gradient, GradientAt, GradientField, NumericalGradient

__all__ = ["Gradient", "GradientAt", "GradientField", "NumericalGradient", "check"]
