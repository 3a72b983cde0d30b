"""The chapter and the exercises on the gradient: true in every number they print."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from sympy import Rational, cos, exp, sqrt, symbols

from autograder import Gradient, GradientAt, check
from nabla.calculus import OutsideDomainError, directional_derivative, evaluate, gradient, norm
from nabla.differences import central_gradient, dual_gradient, forward_gradient

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "02-gradient.ipynb"
SOURCE = ROOT / "source" / "gradient" / "gradient.ipynb"

x, y, z = symbols("x y z")
f = x**2 * y + 3 * y
bowl = x**2 + 3 * y**2


def test_chapter_and_assignment_cover_the_gradient():
    wanted = {
        *("T1", "T2", "T4", "T5", "T6", "T42", "T43", "T45", "T46"),
        *("W1", "W2", "W4", "W7", "W11", "W16", "W29"),
        *("M1", "M3", "M5", "M7", "M8", "M9", "M14", "M18", "M19", "M20", "M22", "M23"),
        *("A1", "A13", "V3", "V4", "V6", "V7", "V8", "V11", "V17", "V26", "V27", "V32", "V37"),
    }
    assert (
        wanted - {number for path in (CHAPTER, SOURCE) for number in nbformat.read(path, as_version=4).metadata.covers}
        == set()
    )


class TestNumbersOfTheGradientChapter:
    def test_w1_the_gradient_and_a_short_step(self, says):
        assert tuple(gradient(f)) == (2 * x * y, x**2 + 3)
        assert tuple(gradient(f, at=(2, 1))) == (4, 7)
        assert evaluate(f, (x, y), at=(2, 1)) == 7
        predicted, true = prediction_and_truth(1)
        assert (predicted, true) == (Rational(5, 100), Rational(395, 10_000))
        assert says("w1-how-good", "0.05,", "0.0395", "0.0105", "a fifth")
        assert float(abs(predicted - true)) == 0.0105
        assert float(abs(predicted - true) / predicted) == pytest.approx(1 / 5, rel=0.06)

    def test_v17_a_step_ten_times_shorter_has_an_error_a_hundred_times_smaller(self, says):
        errors = [abs(predicted - true) for predicted, true in map(prediction_and_truth, (1, 10, 100))]
        assert [float(a / b) for a, b in pairwise(errors)] == pytest.approx([100, 100], rel=0.06)
        assert says("v17-meaning", "A hundred times smaller")

    def test_w2_the_steepest_direction_and_its_rate(self):
        slope = gradient(x * exp(y), at=(0, 0))
        assert (tuple(slope), norm(slope)) == ((1, 0), 1)

    def test_w4_in_the_second_turn(self, says):
        assert says("turn-2-question", "GradientAt(3*x**2 - 2*x*y + y**2, at=(1, 2))")
        assert tuple(gradient(3 * x**2 - 2 * x * y + y**2, at=(1, 2))) == (2, 2)

    def test_w7_the_bowl(self, says):
        slope = gradient(bowl, at=(1, 2))
        assert tuple(slope) == (2, 12)
        assert norm(slope) == sqrt(148)
        assert says("definition", r"\sqrt{148}", f"{float(norm(slope)):.2f}")

    def test_w16_and_v3_the_round_bowl_points_away_from_the_origin(self, says):
        slope = gradient(x**2 + y**2, at=(1, 1))
        assert (tuple(slope), norm(slope)) == ((2, 2), 2 * sqrt(2))
        assert sympy.deg(sympy.atan2(slope[1], slope[0])) == 45
        assert tuple(gradient(x**2 + y**2)) == (2 * x, 2 * y)
        assert says("circles", "$(2, 2)$", "45 degrees", r"2\sqrt{2}")
        assert says("field-meaning", "run *away* from its lowest point")

    def test_m3_the_arrow_is_not_radial_on_ovals(self):
        assert angle((2, 12), (1, 2)) == pytest.approx(17.1, abs=0.05)
        assert tuple(gradient(bowl, at=(2, 1))) == (4, 6)
        assert angle((4, 6), (2, 1)) == pytest.approx(29.7, abs=0.05)

    def test_v26_which_axis_is_steeper_depends_on_the_point(self, says):
        assert tuple(gradient(bowl, at=(3, Rational(1, 2)))) == (6, 3)
        assert says("steeper-where", "2 and 12", "6 and 3")

    def test_m20_a_squeezed_axis_spoils_the_right_angle(self, says):
        arrow, contour = np.array([2, 12]), np.array([12, -2])
        assert arrow @ contour == 0
        squeezed = angle(arrow * (1, 0.5), contour * (1, 0.5))
        assert says("questions-more", f"{squeezed:.0f} degrees")

    def test_the_partial_derivatives_that_are_recalled(self, says):
        assert tuple(gradient(4 * x + x * y**3)) == (4 + y**3, 3 * x * y**2)
        assert says("ready", "4x + xy^3", "= 4 + y^3", "= 3xy^2")

    def test_t6_and_m14_units_turn_the_arrow(self, says):
        t, tenths = symbols("t Y")
        assert tuple(gradient(20 - 30 * x + 2 * t, (x, t))) == (-30, 2)
        assert tuple(gradient(bowl.subs(y, tenths / 10), (x, tenths), at=(1, 20))) == (2, Rational(12, 10))
        assert says("units-tenths-meaning", "$(2, 1.2)$")

    def test_v4_slope_angle_and_downhill_aspect_of_the_terrain(self, says):
        east, north = (837 - 822) / 50, (840 - 820) / 50
        assert says("terrain-slopes", "828, 840, 846", "822, 830, 837", "812, 820, 831")
        assert (east, north) == (0.3, 0.4)
        assert says("used-elsewhere", f"{np.degrees(np.arctan(np.hypot(east, north))):.1f} degrees")
        assert says("used-elsewhere", f"bearing {np.degrees(np.arctan2(-east, -north)) % 360:.0f} degrees")

    def test_the_summary_answers_the_opening_question(self, says):
        assert says("title", "0.3 metres", "0.4 metres")
        assert np.hypot(0.3, 0.4) == pytest.approx(0.5)
        assert says("summary-meaning", "0.5:", f"{np.degrees(np.arctan2(0.3, 0.4)):.1f} degrees from north")

    def test_w29_three_ways_give_the_same_gradient(self):
        def three(p):
            return p[0] ** 2 + 2 * p[1] ** 2 + 3 * p[2] ** 2

        assert tuple(gradient(x**2 + 2 * y**2 + 3 * z**2, at=(1, 2, 3))) == (2, 8, 18)
        assert central_gradient(three, (1, 2, 3)) == pytest.approx([2, 8, 18], rel=1e-9)
        assert dual_gradient(three, (1, 2, 3)).tolist() == [2, 8, 18]

    def test_v27_a_central_difference_costs_two_evaluations_for_each_variable(self, says):
        calls = []
        central_gradient(lambda p: calls.append(1) or p.sum(), (1, 2, 3))
        assert len(calls) == 6
        assert says("finite-differences", "two evaluations for each variable, six here")

    def test_v8_the_best_steps(self, says):
        steps = (1e-2, 1e-4, 6e-6, 1e-8, 1e-10, 1e-12)
        forward, central = ([worst_error(way, h) for h in steps] for way in (forward_gradient, central_gradient))
        assert steps[int(np.argmin(forward))] == 1e-8
        assert steps[int(np.argmin(central))] == 6e-6
        assert min(central) < min(forward) / 100
        assert says("v8-race", "(1e-2, 1e-4, 6e-6, 1e-8, 1e-10, 1e-12)")
        assert says("v8-meaning", "10^{-8}", r"6 \cdot 10^{-6}")

    def test_v6_an_array_of_whole_numbers_swallows_the_step(self):
        point = np.array([1, 2])
        point[0] += 6e-6
        assert point.tolist() == [1, 2]

    def test_v11_two_slopes_do_not_tell_all_where_f_is_not_differentiable(self, says):
        root = sqrt(sympy.Abs(x * y))
        t = symbols("t", positive=True)
        assert sympy.limit(root.subs({x: t, y: 0}) / t, t, 0) == 0
        assert sympy.limit(root.subs({x: t / sqrt(2), y: t / sqrt(2)}) / t, t, 0) == 1 / sqrt(2)
        with pytest.raises(OutsideDomainError):
            gradient(root, at=(0, 0))
        assert says("questions-smooth", f"{1 / np.sqrt(2):.2f}")

    def test_v32_in_one_variable_the_gradient_is_a_vector_with_one_component(self):
        assert tuple(gradient(x**3 - 5 * x)) == (3 * x**2 - 5,)

    def test_the_gradient_is_the_steepest_direction_and_the_contour_is_level(self):
        slope = gradient(bowl, at=(1, 2))
        assert directional_derivative(bowl, at=(1, 2), along=slope) == norm(slope)
        assert directional_derivative(bowl, at=(1, 2), along=(12, -2)) == 0

    def test_the_hill_and_the_hollow_lie_where_the_text_says(self, says):
        top = gradient(x * exp(-(x**2) - y**2), at=(1 / sqrt(2), 0))
        assert all(part.equals(0) for part in top)
        assert says("field-meaning", f"$({1 / np.sqrt(2):.1f}, 0)$")

    def test_v7_the_name_was_suggested_to_tait_by_robertson_smith(self, says):
        assert says(
            "nabla-sign", "suggested to the physicist Peter Guthrie Tait by the scholar William Robertson Smith"
        )


@pytest.mark.parametrize(
    ("problem", "answer", "mistake"),
    [
        (GradientAt(f, at=(2, 1)), (7, 4), "components swapped"),
        (GradientAt(f, at=(2, 1)), 11, "sum of the components"),
        (GradientAt(f, at=(2, 1)), "(2xy, x^2 + 3)", "not evaluated at the point"),
        (GradientAt(f, at=(2, 1)), (4, 7, -1), "normal of the graph instead of the gradient"),
        (Gradient(f), (2 * x * y + x**2 + 3, x**2 + 3), "other variables not held fixed in the x-component"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_the_check_names_the_mistake_that_the_chapter_shows(problem, answer, mistake):
    score = check(problem, answer)
    assert score.judgement.mistake == mistake
    assert score < 1


def test_the_wrong_answers_of_the_chapter_are_the_ones_tested_here(says):
    assert says("mistakes-question", "GradientAt(f, at=(2, 1))", "(7, 4)")
    assert says("mistake-sum", "11")
    assert says("mistake-not-evaluated", '"(2xy, x^2 + 3)"')
    assert says("mistake-graph", "(4, 7, -1)")
    assert says("mistake-not-fixed", "(2*x*y + x**2 + 3, x**2 + 3)")


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (Gradient(5 * x - 2 * y), (5, -2)),
        (Gradient(x**2 + 3 * y), "(2x, 3)"),
        (Gradient(x**3 - 5 * x), "3x^2 - 5"),
        (Gradient(5 * x + x * y**2), "(5 + y^2, 2xy)"),
        (Gradient(x**2 * sympy.sin(y)), "(2x sin y, x^2 cos y)"),
        (Gradient(x**2 * sympy.sin(y)), (2 * x * sympy.sin(y), x**2 * cos(y))),
        (GradientAt(3 * x**2 - 2 * x * y + y**2, at=(1, 2)), "(2, 2)"),
        (GradientAt(x * exp(y), at=(0, 0)), [1, 0]),
        (GradientAt(f, at=(2, 1)), sympy.Matrix([4, 7])),
        (GradientAt(f, at=(2, 1)), np.array([[4, 7]])),
    ],
    ids=str,
)
def test_right_answers_to_the_questions_of_the_chapters_are_right(problem, answer):
    assert check(problem, answer) == 1


def prediction_and_truth(parts: int) -> tuple[sympy.Rational, sympy.Rational]:
    """The predicted and the true change of W1's f for a step that is `parts` times shorter."""
    step = Rational(1, 10 * parts), -Rational(1, 20 * parts)
    true = evaluate(f, (x, y), at=(2 + step[0], 1 + step[1])) - 7
    return gradient(f, at=(2, 1)).dot(sympy.Matrix(step)), true


def angle(a, b) -> float:
    """Degrees between two vectors."""
    return float(np.degrees(np.arccos(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b))))


def worst_error(way, h: float) -> float:
    """How far a finite difference with step h is from the gradient of e^x sin y at (1, 2)."""
    truth = np.exp(1) * np.array([np.sin(2), np.cos(2)])
    return float(abs(way(lambda p: np.exp(p[0]) * np.sin(p[1]), (1, 2), h) - truth).max())
