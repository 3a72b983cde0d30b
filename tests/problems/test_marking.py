"""Wrong answers as a class gives them, each with what a marker would say; and right ones in unusual dress."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Eq, Rational, Symbol, cos, exp, pi, sin, sqrt
from sympy.abc import t, x, y, z

from autograder.judge import judge
from autograder.problems import (
    BestLearningRate,
    ChainRule,
    ConstrainedExtremes,
    CriticalPoints,
    CurvilinearGradient,
    DependencyTree,
    DescentFate,
    DescentStep,
    DirectionalDerivative,
    Gradient,
    GradientAt,
    Hessian,
    ImplicitSlope,
    Jacobian,
    LagrangePoints,
    LargestLearningRate,
    LevelNormal,
    LevelNormalLine,
    LevelSetThrough,
    LevelSurfacePlane,
    LevelTangent,
    LevelVelocity,
    LimitDerivative,
    LinearEstimate,
    Linearization,
    NoChangeDirections,
    NormalLine,
    Potential,
    Problem,
    PropagatedError,
    QuadraticTaylor,
    SteepestDirection,
    SteepestRate,
    TableGradient,
    TangentPlane,
    TangentPoints,
    WhichLevelSet,
)

pytestmark = pytest.mark.slow  # many problems of many types: half a minute in all

rho, phi = Symbol("rho"), Symbol("phi")
HILL = x**2 + 4 * y**2
CURVE = x**2 + 3 * y**2
BALL = x**2 + y**2 + z**2
WAVE = Gradient(x * exp(y) + sin(x * y))
TREE = DependencyTree({z: (x, y), x: (t,), y: (t,)}, by=t)
TABLE = TableGradient((0, 1, 2), (0, 2, 4), ((0, 1, 4), (4, 5, 8), (16, 17, 20)), at=(1, 2))

NAMED: list[tuple[Problem, Any, str]] = [
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), "4 + 7", "sum of the components"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), "(2xy, x^2 + 3)", "not evaluated at the point"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), (4, 7, -1), "normal of the graph instead of the gradient"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), "(0.4961, 0.8682)", "made a unit vector"),
    (WAVE, "(e^y - y cos(xy), x e^y - x cos(xy))", "sign of the derivative of sine or cosine"),
    (WAVE, "(e^y + cos(xy), x e^y + cos(xy))", "inner derivative dropped"),
    (DirectionalDerivative(x**2 + x * y**2, (1, 2), (3, 4)), 34, "direction not normalised"),
    (DirectionalDerivative(x**2 + x * y**2, (1, 2), (3, 4)), Rational(34, 7), "divided by the sum of the components"),
    (DirectionalDerivative(x**2 + x * y**2, (1, 2), (3, 4)), (6, 4), "the gradient itself"),
    (NoChangeDirections(x**2 + y**2, at=(3, 4)), [(4, -3), (-4, 3)], "not unit vectors"),
    (NoChangeDirections(x**2 + y**2, at=(3, 4)), (-4, 3), "only one of the two, and not a unit vector"),
    (NoChangeDirections(x**2 + y**2, at=(3, 4)), [(0.6, 0.8), (-0.6, -0.8)], "along the gradient"),
    (SteepestDirection(HILL, at=(1, 1)), (2, 8), "not a unit vector"),
    (SteepestRate(HILL, at=(1, 1)), 68, "root left out"),
    (SteepestRate(HILL, at=(1, 1)), 10, "sum of the partial derivatives"),
    (LevelSetThrough(CURVE, at=(1, 2)), 13, "the value alone"),
    (LevelSetThrough(CURVE, at=(1, 2)), "x + 6y = 13", "the tangent instead of the level set"),
    (LevelTangent(CURVE, at=(1, 2)), "-1/6", "the slope alone"),
    (LevelTangent(CURVE, at=(1, 2)), "y - 2 = 6(x - 1)", "the normal line"),
    (LevelTangent(CURVE, at=(1, 2)), "2x + 12y = 0", "not through the point"),
    (LevelNormal(CURVE, at=(1, 2)), (1, 2), "radial"),
    (LevelNormal(CURVE, at=(1, 2)), (2, 12, -1), "normal of the graph"),
    (LevelNormalLine(CURVE, at=(1, 2)), "2x + 12y = 26", "the tangent line"),
    (LevelNormalLine(CURVE, at=(1, 2)), "(2t, 12t)", "not through the point"),
    (LevelNormalLine(CURVE, at=(1, 2)), "y = 2x", "line from the origin"),
    (LevelNormalLine(CURVE, at=(1, 2)), (2, 12), "the gradient alone"),
    (LevelVelocity(x**2 + y**2, (cos(t), sin(t)), t), "(2cos t, 2 sin t)", "the gradient along the curve"),
    (TangentPlane(x**2 + y**2, at=(1, 2)), "z = 5 + 2x(x - 1) + 2y(y - 2)", "slopes not evaluated at the point"),
    (TangentPlane(x**2 + y**2, at=(1, 2)), "2(x - 1) + 4(y - 2) = 0", "z left out"),
    (LevelSurfacePlane(BALL, at=(1, 2, 3)), "2x + 4y + 6z = 14", "right side taken from the surface"),
    (NormalLine(BALL, at=(1, 2, 3)), (2, 4, 6), "the direction alone"),
    (Linearization(x**2 * y, at=(2, 1)), "4x + 4y", "point not subtracted, and value left out"),
    (LinearEstimate(x**2 * y, (2, 1), (2.1, 0.9)), 3.969, "exact value instead of the estimate"),
    (PropagatedError(x * y, (4, 3), (0.1, 0.1)), 0.5, "typical error instead of the largest"),
    (DescentStep(x**2 + 10 * y**2, (3, 1), 0.1), (3.6, 3), "uphill"),
    (DescentStep(x**2 + 10 * y**2, (3, 1), 0.1), (6, 20), "the gradient itself"),
    (BestLearningRate(x**2 + 10 * y**2), 0.1, "the stability limit"),
    (LargestLearningRate(x**2 + 10 * y**2), 0.05, "where swinging begins"),
    (ChainRule(x**2 * y, {x: cos(t), y: sin(t)}), "sin(2t) + cos^2 t", "inner factors dropped"),
    (ImplicitSlope(x**3 + y**3 - 6 * x * y), "-x^2/y^2", "mixed terms left out"),
    (ImplicitSlope(x**3 + y**3 - 6 * x * y), "(x^2 - 2y)/(y^2 - 2x)", "minus sign lost"),
    (Hessian(x**3 * y, at=(1, 2)), [[12, 0], [0, 0]], "mixed derivatives left out"),
    (Hessian(x**3 * y, at=(1, 2)), -9, "determinant"),
    (Jacobian((x * y, x + y**2), at=(1, 2)), [[2, 0], [0, 4]], "diagonal only"),
    (CriticalPoints(x**3 - 3 * x + y**2), [((1, 0), "min"), ((-1, 0), "max")], "saddle taken for a maximum"),
    (QuadraticTaylor(exp(x) * cos(y), at=(0, 0)), "1 + x + x^2/2 + y^2/2", "sign of the y-squared term"),
    (QuadraticTaylor(exp(x) * cos(y), at=(0, 0)), "1 + x + x^2 - y^2", "factor 1/2 left out"),
    (LagrangePoints(x * y, x**2 + y**2, 8), [(0, 0)], "critical point of f without the constraint"),
    (ConstrainedExtremes(x * y, x**2 + y**2, 8), (2, 2), "a point given for the values"),
    (Potential((2 * x * y, x**2 + 3)), "-x^2 y - 3y", "sign of the potential"),
    (Potential((-y, x)), "xy", "no potential, only the component along y integrated"),
    (Potential((-2 * x, -4 * y), "force"), "x^2 + 4y^2", "one term too large by a factor 2"),
    (DescentStep(x**2 + 10 * y**2, (3, 1), 0.1), (3, 1), "the start"),
    (CurvilinearGradient(rho**2 + phi, "cylindrical"), "2rho e_rho + e_phi", "no scale factors"),
    (LimitDerivative(x**2 * y / (x**4 + y**2), (0, 0), (3, 4)), 0, "gradient formula where f is not differentiable"),
    (TangentPoints(x**2 + 4 * y**2, equals=4), [(2, 0), (-2, 0)], "horizontal and vertical exchanged"),
    (TABLE, (4, 8), "divided by one step instead of two"),
    (TABLE, (3, 2), "forward difference, along x, and backward difference, along y"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), 65, "square of the length of the gradient"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), "z = 7 + 4(x - 2) + 7(y - 1)", "the linearization"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), (4, 0), "0 for the y-component"),
    (Gradient(x**2 * y + 3 * y), "(2xy, x^2 + 3y)", "term not differentiated in the y-component"),
    (Gradient(x**2 * y + 3 * y), "(2xy, 2x + 3)", "fixed factor differentiated in the y-component"),
    (Gradient(x / y + x), "(1/y + 1, x/y^2)", "sign flipped in the y-component"),
    (Gradient(x**2 * y * z + z**3), "(2xyz, x^2 z, x^2 y + 2z^2)",
     "exponent lowered before it was brought down in the z-component"),
    (Gradient(x**2 * y + 3 * y), (x**3 * y / 3 + 3 * x * y, x**2 * y**2 / 2 + 3 * y**2 / 2), "integrated"),
    (DirectionalDerivative(x**2 + x * y**2, (1, 2), (3, 4)), Rational(18, 5), "only the part along x"),
    (DirectionalDerivative(x**2 + x * y**2, (1, 2), (3, 4)), Rational(162, 5), "gradient at the direction"),
    (SteepestDirection(HILL, at=(1, 1)), (1 / sqrt(17), -4 / sqrt(17)), "sign flipped in the y-component"),
    (SteepestDirection(HILL, at=(1, 1)), (4 / sqrt(17), 1 / sqrt(17)), "components swapped"),
    (NoChangeDirections(x**2 + y**2, at=(3, 4)), [(0.6, -0.8), (-0.6, 0.8)], "sign changed, components not swapped"),
    (LevelTangent(CURVE, at=(1, 2)), "y = -x/6 + 2", "y of the point taken for the intercept"),
    (LevelNormalLine(CURVE, at=(1, 2)), "y - 1 = 6(x - 2)", "coordinates of the point swapped in the line"),
    (LevelSurfacePlane(BALL, at=(1, 2, 3)), "2(x-1) + 4(y-2) - (z-3) = 0", "normal of a graph"),
    (LevelSetThrough(CURVE, at=(1, 2)), "(x-1)^2 + 3(y-2)^2 = 13", "shifted to the point"),
    (TangentPlane(x**2 + y**2, at=(1, 2)), "z = 5 + 2x - 1 + 4y - 2", "brackets left out"),
    (LinearEstimate(x**2 + 3 * x * y, (1, 2), (0.9, 1.8)), -1.33, "exact change"),
    (DescentStep(x**2 + 10 * y**2, (3, 1), 0.1), (0, 0), "the end of the descent"),
    (DescentStep(x**2 + 10 * y**2, (3, 1), 0.1), (-1, 2.4), "components swapped"),
    (DescentStep(x**2 - x * y + 5 * y**2, (-3, 3), 0.1), (-2.7, 0.3), "sign of one term in the gradient"),
    (TREE, "(z_x + z_y)(x_t + y_t)", "sums multiplied"),
    (ImplicitSlope(x**3 + y**3 - 6 * x * y), "-(x^2 + 2y)/(y^2 - 2x)", "sign of one term along x"),
    (QuadraticTaylor(exp(x) * cos(y), at=(0, 0)), "1 + x + x^2/2 - y^2/2 + xy", "a mixed term too many"),
    (LagrangePoints(x * y, x**2 + y**2, 8), [(2, 2), (2, -2)], "only points with a positive x"),
    (Potential((2 * x * y, x**2 + 3)), "x^2 y + 3x", "constant integrated along the wrong variable"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "answer", "name"), NAMED)
def test_a_classic_wrong_answer_is_named(problem: Problem, answer: Any, name: str) -> None:
    judgement = judge(problem, problem.pack(answer))
    assert judgement.mistake == name
    assert judgement.credit < 1


TOLD: list[tuple[Problem, Any, str]] = [
    (SteepestDirection(HILL, at=(1, 1)), (1, 4), "Right direction, but its length is sqrt(17), not 1."),
    (SteepestDirection(HILL, at=(1, 1)), (-1, -4), "exactly the opposite way"),
    (SteepestDirection(HILL, at=(1, 1)), "(0.24, 0.97)", "right to 2 significant digits"),
    (LevelSetThrough(CURVE, at=(1, 2)), "z = x^2 + 3y^2", "Read as f = 0"),
    (LimitDerivative(x**2 * y / (x**4 + y**2), (0, 0), (3, 4)), "Does not exist.", "The limit does exist."),
    (LevelSurfacePlane(BALL, at=(1, 2, 3)), "2(x-1) + 4(y-2) + (z-3) = 0", "tilted the wrong way"),
    (LinearEstimate(x**2 + 3 * x * y, (1, 2), (0.9, 1.8)), 1.4, "Apart from the sign, which is flipped: that is how"),
    (Potential((-y, x)), "xy", "not every component of F comes out"),
]


@pytest.mark.parametrize(("problem", "answer", "says"), TOLD)
def test_what_is_said_is_true_of_the_answer(problem: Problem, answer: Any, says: str) -> None:
    judgement = judge(problem, problem.pack(answer))
    assert says in judgement.says
    assert judgement.credit < 1


RIGHT: list[tuple[Problem, Any]] = [
    (LevelNormalLine(CURVE, at=(1, 2)), "(1 + t, 2 + 6t)"),
    (LevelNormalLine(CURVE, at=(1, 2)), "y - 2 = 6(x - 1)"),
    (Potential((-y, x)), "no"),
    (DescentFate(4 * x**2 + 6 * y**2, 0.1), "it comes to the minimum, swinging to and fro"),
    (DescentFate(4 * x**2 + 6 * y**2, 0.1), "(b) "),
    (WhichLevelSet((y - x, x - y**2, y - x**2), right=3, at=(3, 2)), "y - x^2"),
    (WhichLevelSet((y - x, x - y**2, y - x**2), right=3, at=(3, 2)), y - x**2),
    (TREE, "∂z/∂x · dx/dt + ∂z/∂y · dy/dt"),
    (TREE, r"\frac{\partial z}{\partial x} \frac{dx}{dt} + \frac{\partial z}{\partial y} \frac{dy}{dt}"),
    (GradientAt(x**2 * y + 3 * y, at=(2, 1)), "grad f = 4i + 7j"),
    (PropagatedError(x * y, (4, 3), (0.1, 0.1)), "± 0.7"),
    (CurvilinearGradient(rho**2 * cos(phi), "cylindrical"), "2rho cos(phi) e_rho - rho sin(phi) e_phi"),
    (CurvilinearGradient(rho**2 * cos(phi), "cylindrical", at=(1, pi / 3, 0)), "e_rho - sqrt(3)/2 e_phi"),
    (SteepestDirection(HILL, at=(1, 1)), "(2, 8)/sqrt(68)"),
    (NormalLine(BALL, at=(1, 2, 3)), "(1, 2, 3) + t (2, 4, 6)"),
    (ConstrainedExtremes(x * y, x**2 + y**2, 8), "min -4, max 4"),
    (CriticalPoints(x**3 - 3 * x + y**2), "(1,0) min, (-1,0) saddle"),
    (SteepestRate(HILL, at=(1, 1)), sqrt(68)),
    (LevelTangent(CURVE, at=(1, 2)), Eq(y, 2 - (x - 1) / 6)),
]


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_a_right_answer_in_unusual_dress_is_right(problem: Problem, answer: Any) -> None:
    assert judge(problem, problem.pack(answer)).state == "right"
