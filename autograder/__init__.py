"""The student's door: `check`, and the problem types.

>>> from autograder import check, Gradient
"""

from autograder.check import check
from autograder.problems import DirectionalDerivative, Gradient, GradientAt, GradientField, NumericalGradient

__all__ = ["DirectionalDerivative", "Gradient", "GradientAt", "GradientField", "NumericalGradient", "check"]
