"""The chapter and the exercises on directional derivatives: true in every number they print."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sympy import Matrix, Rational, cos, diff, exp, expand, limit, pi, sin, sqrt, symbols

import autograder
from autograder import DirectionalDerivative, LimitDerivative, RateTowards, check
from nabla.calculus import OutsideDomainError, directional_derivative, evaluate, gradient, norm, unit
from nabla.directions import directions_with_rate
from nabla.limit_definition import limit_derivative

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "03-directional-derivatives.ipynb"
SOURCE = ROOT / "source" / "directional-derivatives" / "directional-derivatives.ipynb"

x, y, z, h = symbols("x y z h")
round_bowl = x**2 + y**2
oval = x**2 + 4 * y**2
hill = x**2 * y + 3 * y
strange = x**2 * y / (x**4 + y**2)


def sources(path: Path) -> dict[str, str]:
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def degrees_from_uphill(rate: float, steepest: float) -> float:
    return float(np.degrees(np.arccos(rate / steepest)))


def test_chapter_and_exercises_cover_directional_derivatives():
    wanted = {"T13", "T14", "T15", "T16", "T17", "T18", "T23", "T46", "W5", "W9", "W17", "W18"}
    wanted |= {"M2", "M4", "M11", "V11", "V12", "V14", "V34", "V37"}
    covered = {n for path in (CHAPTER, SOURCE) for n in nbformat.read(path, as_version=4).metadata.covers}
    assert wanted - covered == set()


class TestNumbersOfTheChapter:
    def test_the_opening_question_and_its_answer(self, says):
        assert says("title", "0.5 metres", "0.25")
        assert degrees_from_uphill(0.25, 0.5) == pytest.approx(60)
        steep = 0.5 * np.cos(np.radians(45))
        assert says("summary-meaning", "**60 degrees**", f"{steep:.3f}", f"{100 * steep / 0.5:.0f} percent")
        assert np.cos(np.radians(10)) > 0.98  # "you save next to nothing"

    def test_a_unit_vector_is_made(self, says):
        assert tuple(unit((5, 12))) == (Rational(5, 13), Rational(12, 13))
        assert says("ready", r"\sqrt{25 + 144} = 13", r"\left(\frac{5}{13}, \frac{12}{13}\right)")

    def test_w17_steeper_between_the_axes_than_along_either(self, says):
        slope = gradient(round_bowl, at=(1, 1))
        assert tuple(slope) == (2, 2)
        rate = directional_derivative(round_bowl, at=(1, 1), along=(3, 4))
        assert rate == Rational(14, 5) > max(slope)
        assert says("read-the-picture", "2.8: steeper than along either axis")

    def test_t13_the_function_along_the_line_and_its_slope(self, says):
        along = expand(round_bowl.subs({x: 1 + 3 * h / 5, y: 1 + 4 * h / 5}))
        assert along == 2 + 14 * h / 5 + h**2
        assert diff(along, h).subs(h, 0) == limit((along - 2) / h, h, 0) == Rational(14, 5)
        assert says("walk-slope", r"g(h) = 2 + \frac{14}{5} h + h^2", r"\frac{14}{5} = 2.8")

    @pytest.mark.parametrize("axis", [(1, 0), (0, 1)])
    def test_t13_along_an_axis_it_is_the_partial_derivative(self, axis):
        partials = gradient(hill, at=(2, 1))
        assert directional_derivative(hill, at=(2, 1), along=axis) == partials.dot(Matrix(axis))

    def test_m2_the_raw_direction_is_five_times_too_steep(self, says):
        assert gradient(round_bowl, at=(1, 1)).dot(Matrix((3, 4))) == 14 == 5 * Rational(14, 5)
        assert says("not-normalised", "14 instead of 2.8, five times")
        score = check(DirectionalDerivative(round_bowl, at=(1, 1), along=(3, 4)), 14)
        assert score.judgement.mistake == "direction not normalised"

    @pytest.mark.parametrize(("angle", "part"), [(0, 1), (pi / 2, 0), (pi, -1)])
    def test_w9_and_v12_along_across_and_opposite(self, angle, part):
        slope = gradient(round_bowl, at=(1, 1))
        turned = Matrix([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]]) * slope
        assert directional_derivative(round_bowl, at=(1, 1), along=turned) == part * norm(slope)

    def test_t15_the_bound_is_reached_only_along_the_gradient_and_opposite(self):
        slope = (2, 8)
        assert directions_with_rate(slope, norm(slope)) == (tuple(unit(slope)),)
        assert directions_with_rate(slope, -norm(slope)) == (tuple(-unit(slope)),)
        assert directions_with_rate(slope, norm(slope) + Rational(1, 10**9)) == ()

    def test_w5_fastest_decrease_and_the_way_to_the_lowest_point(self, says):
        downhill = -gradient(oval, at=(1, 1))
        assert tuple(downhill) == (-2, -8)
        assert tuple(unit(downhill)) == (-1 / sqrt(17), -4 / sqrt(17)) == (-2 / sqrt(68), -8 / sqrt(68))
        fastest = directional_derivative(oval, at=(1, 1), along=downhill)
        inward = directional_derivative(oval, at=(1, 1), along=(-1, -1))
        assert (fastest, inward) == (-2 * sqrt(17), -5 * sqrt(2))
        assert says("descent-after", f"{float(fastest):.2f}", f"{-float(inward):.2f}")

    def test_the_directions_with_a_rate_are_built_from_along_and_across(self, says):
        along, across = Matrix([3, 4]) / 5, Matrix([-4, 3]) / 5
        built = {tuple(3 * along / 5 + side * 4 * across / 5) for side in (1, -1)}
        assert built == {(Rational(-7, 25), Rational(24, 25)), (1, 0)} == set(directions_with_rate((3, 4), 3))
        assert says("wish", r"\left(-\tfrac{7}{25}, \tfrac{24}{25}\right)", "(1, 0)")

    def test_t17_and_m4_level_in_every_direction_and_yet_a_pass(self, says):
        saddle = x**2 - y**2
        assert {directional_derivative(saddle, at=(0, 0), along=way) for way in ((1, 0), (0, 1), (3, 4))} == {0}
        assert evaluate(saddle, (x, y), at=(1, 0)) > 0 > evaluate(saddle, (x, y), at=(0, 1))
        assert says("flat-after", "mountain pass")

    def test_w18_a_slope_in_every_direction_without_continuity(self, says):
        a, b = symbols("a b", positive=True)
        assert limit(strange.subs({x: h * a, y: h * b}) / h, h, 0) == a**2 / b
        slopes = [limit_derivative(strange, (0, 0), way, value=0) for way in ((1, 0), (0, 1), (1, 1), (3, 4))]
        assert slopes == [0, 0, sqrt(2) / 2, Rational(9, 20)]
        assert strange.subs(y, x**2).simplify() == Rational(1, 2)
        assert says("fails-definition", r"\frac{a^2}{b}")
        assert says("fails-worse", r"= \frac12")
        with pytest.raises(OutsideDomainError):
            gradient(strange, at=(0, 0))

    def test_m11_the_shortcut_at_the_origin_is_recognised(self):
        score = check(LimitDerivative(strange, at=(0, 0), along=(3, 4)), 0)
        assert score.judgement.mistake == "gradient formula where f is not differentiable"

    def test_the_track_the_ramp_and_the_wind(self, says):
        assert says("used-ramp-after", f"{degrees_from_uphill(1 / 12, 0.5):.1f} degrees")
        along_wind = np.array([3, -8]) / 1000 @ (np.array([1, 1]) / np.sqrt(2))
        assert along_wind < 0
        assert says("used-wind-after", f"{-24 * 40 * along_wind:.1f} degrees up in a day")

    def test_v14_rate_zero_holds_only_at_first(self, says):
        step = h / sqrt(2)
        assert expand(round_bowl.subs({x: 1 + step, y: 1 - step})) == 2 + h**2
        assert says("questions", "$2 + h^2$", "a tenth of a unit brings 0.01")

    @pytest.mark.parametrize(("rate", "count"), [(0, 2), (4, 2), (5, 1), (-5, 1), (6, 0)])
    def test_how_many_directions_have_a_rate(self, rate, count, says):
        assert len(directions_with_rate((3, 4), rate)) == count
        assert says("questions-more", "two, one to either side", "none if it is larger")


@pytest.mark.parametrize(
    ("cell", "problem", "answer", "mistake"),
    [
        ("mistake-not-normalised", "hill_34", "40", "direction not normalised"),
        ("mistake-length", "hill_34", "sqrt(65)", "length of the gradient"),
        (
            "mistake-products",
            "hill_34",
            "(Rational(12, 5), Rational(28, 5))",
            "components of the product not added",
        ),
        ("mistake-sum", "hill_34", "11", "sum of the partial derivatives"),
        ("mistake-other-point", "hill_to", "11 / sqrt(2)", "the other point taken for the direction"),
    ],
)
def test_the_check_names_the_mistake_that_the_chapter_shows(cell, problem, answer, mistake, says):
    assert says(cell, f"check({problem}, {answer})")
    problems = {
        "hill_34": DirectionalDerivative(hill, at=(2, 1), along=(3, 4)),
        "hill_to": RateTowards(hill, at=(2, 1), towards=(5, 5)),
    }
    assert problems[problem].key() == 8
    value = eval(answer, {"__builtins__": {}}, {"sqrt": sqrt, "Rational": Rational})  # noqa: S307 - our own page
    score = check(problems[problem], value)
    assert score.judgement.mistake == mistake
    assert score < 1


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ready-1", "(4, 1)"),
        ("ready-2", "(3/5, 4/5)"),
        ("turn-1", "3"),
        ("turn-2", "16/5"),
        ("turn-3", -5),
        ("turn-4", "[(-3/5, 4/5), (3/5, -4/5)]"),
        ("turn-5", "[(1, 0), (7/25, 24/25)]"),
        ("turn-6", "27/125"),
    ],
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(cell, answer):
    source = sources(CHAPTER)[f"{cell}-question"]
    made = re.fullmatch(r"\w+ = (.*)\n\w+", source, re.DOTALL).group(1)
    kind = made.partition("(")[0]
    names = {kind: getattr(autograder, kind), "x": x, "y": y}
    problem = eval(made, {"__builtins__": {}}, names)  # noqa: S307 - our own page
    assert check(problem, answer) == 1


class TestNumbersOfTheExercises:
    def test_half_the_steepest_slope_is_what_is_asked(self):
        cells = sources(SOURCE)
        f = x**2 * y + 2 * x + 4 * y
        assert "x**2 * y + 2*x + 4*y, at=(2, 1), rate=5)" in cells["problem-6"]
        assert norm(gradient(f, at=(2, 1))) == 2 * 5

    def test_whole_degrees_come_close_to_the_steepest_slope(self):
        truth = float(norm(gradient(exp(x) * sin(y) + x * y**2, at=(1, 2))))
        slope = np.array(gradient(exp(x) * sin(y) + x * y**2, at=(1, 2)).T, dtype=float)[0]
        turns = np.radians(np.arange(360))
        assert round(float((slope @ [np.cos(turns), np.sin(turns)]).max()), 3) == round(truth, 3)

    def test_the_friends_seven_is_steeper_than_the_steepest(self):
        slope = Matrix([3, 4])
        assert slope.dot(Matrix([1, 1])) == 7 > norm(slope) == 5 > slope.dot(unit((1, 1)))
        assert f"{float(7 / sqrt(2)):.2f}" in sources(SOURCE)["answer-11"]
