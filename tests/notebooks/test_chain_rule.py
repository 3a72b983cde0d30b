"""The chain-rule chapter and its exercises: what they cover, and that every number in them is true."""

from __future__ import annotations

from pathlib import Path

import nbformat
import numpy as np
import pytest
from sympy import Eq, Rational, cbrt, cos, diff, expand, simplify, sin, solve, sqrt, symbols

from autograder import ChainRule, DependencyTree, Gradient, GradientAt, ImplicitSlope, WhichLevelSet, check
from nabla.chain_rule import chain_rule, paths, routes
from nabla.computational_graph import backward, forward
from nabla.differences import central_gradient
from nabla.implicit import NoSlopeError, implicit_slope, singular_points, tangent_points

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "01-chain-rule.ipynb"
SOURCE = ROOT / "source" / "chain-rule" / "chain-rule.ipynb"

h, s, t, u, w, x, y, z = symbols("h s t u w x y z")
plate = x**2 * y
circle = {x: cos(t), y: sin(t)}
folium = x**3 + y**3 - 6 * x * y
bug = ChainRule(plate, circle)
boat = DependencyTree({w: (x, t), x: (t,)}, by=t)
leaf = ImplicitSlope(Eq(x**3 + y**3, 6 * x * y))


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def test_chapter_and_exercises_cover_the_chain_rule():
    wanted = {
        *("T3", "T7", "T8", "T9", "T10", "T11", "T12", "T46", "W12", "W13", "W14", "W15"),
        *("M8", "M10", "M13", "A2", "V13", "V27", "V30"),
    }
    assert wanted - {number for path in (CHAPTER, SOURCE) for number in read(path).metadata.covers} == set()


class TestNumbersOfTheChapter:
    def test_t3_a_partial_derivative_is_a_slope_along_one_axis(self, says):
        assert (diff(plate, x), diff(plate, y)) == (2 * x * y, x**2)
        assert diff(plate, x).subs({x: 2, y: 1}) == 4
        assert says("partial", "2xy", "x^2", r"\partial")
        assert says("partial-meaning", "$(2, 1)$", "this is 4")

    def test_w12_the_bug_by_the_rule_and_by_substitution(self, says):
        rate = chain_rule(plate, circle, t)
        assert expand(rate - (-2 * cos(t) * sin(t) ** 2 + cos(t) ** 3)) == 0
        assert simplify(rate - (1 - 3 * sin(t) ** 2) * cos(t)) == 0
        assert expand(rate - diff(plate.subs(circle), t)) == 0
        assert says("w12-zeros", r"(1 - 3\sin^2 t)\cos t", r"\frac{1}{\sqrt 3}")
        assert says("w12-explorer", "explore.chain_rule(f, (cos(t), sin(t))")

    def test_the_bug_gets_warmer_fastest_at_the_start(self, says):
        rates = (1 - 3 * np.sin(moments := np.linspace(0, 2 * np.pi, 100_001)) ** 2) * np.cos(moments)
        assert rates.max() == pytest.approx(1)
        assert moments[rates.argmax()] % (2 * np.pi) == pytest.approx(0)
        assert says("bug-saw", "fastest at the start, at the rate 1")

    def test_at_the_top_both_sensitivities_are_zero(self, says):
        assert [diff(plate, v).subs({x: 0, y: 1}) for v in (x, y)] == [0, 0]
        assert says("bug-saw", "both partial derivatives, $2xy$ and $x^2$, are 0")

    def test_where_the_two_contributions_cancel_neither_is_zero(self):
        one, two = (path.product.subs(circle) for path in paths(plate, circle, t))
        moment = float(np.arcsin(1 / np.sqrt(3)))
        assert float(one.subs(t, moment)) == pytest.approx(-float(two.subs(t, moment)))
        assert abs(float(one.subs(t, moment))) > 0.5

    def test_w13_two_knobs(self, says):
        knobs = {x: s + t, y: s - t}
        assert [expand(chain_rule(x**2 + y**2, knobs, v)) for v in (s, t)] == [4 * s, 4 * t]
        assert expand((x**2 + y**2).subs(knobs)) == 2 * s**2 + 2 * t**2
        assert says("w13-meaning", "= 4s", "2s^2 + 2t^2")

    def test_t9_the_deep_tree_has_three_ways(self, says):
        ways = routes({z: (u, y), u: (x, y), x: (t,), y: (t,)}, z, t)
        assert sorted(len(way) - 1 for way in ways) == [2, 3, 3]
        assert says("deeper-meaning", "Three", "Two of the terms have three factors, the third has two")

    def test_v30_a_factor_may_enlarge_and_turn_round(self, says):
        first, second = -40 / 10, -30 / 15
        assert says("gears", "(-40 / 10) * (-30 / 15)")
        assert says("tree-rule", "40 teeth", "with 10:", f"${first:.0f}$", "30 teeth", "with 15:", f"${second:.0f}$")
        assert first * second == 8
        assert says("gears-meaning", "Eight times, and in the same direction")

    def test_t12_bridge_and_boat(self, says):
        river = 12 + x / 10 + t / 2
        assert diff(river, t) == Rational(1, 2)
        assert chain_rule(river, {x: 4 * t}, t) == Rational(9, 10)
        assert says("total", "12 + 0.1x + 0.5t", "4 kilometres per hour")
        assert says("total-meaning", r"0.5 + 0.1 \cdot 4 = 0.9")

    def test_w14_the_circle(self, says):
        assert implicit_slope(x**2 + y**2 - 1, of=y, by=x) == -x / y
        assert simplify(diff(sqrt(1 - x**2), x) - (-x / y).subs(y, sqrt(1 - x**2))) == 0
        assert says("implicit", r"-\frac{x}{y}")

    def test_m13_no_slope_where_the_circle_stands_upright(self, says):
        for point in ({x: 1, y: 0}, {x: -1, y: 0}):
            with pytest.raises(NoSlopeError):
                implicit_slope(x**2 + y**2 - 1, of=y, by=x, at=point)
        assert says("w14-meaning", "$(1, 0)$", "$(-1, 0)$")

    def test_w15_the_folium(self, says):
        assert simplify(implicit_slope(folium, of=y, by=x) - (2 * y - x**2) / (y**2 - 2 * x)) == 0
        assert implicit_slope(folium, of=y, by=x, at={x: 3, y: 3}) == -1
        assert says("w15-by-hand", r"\frac{2y - x^2}{y^2 - 2x}", "slope at $(3, 3)$ is $-1$")

    def test_v13_level_upright_and_the_origin(self, says):
        (level,) = tangent_points(folium, along=x, across=y)
        (upright,) = tangent_points(folium, along=y, across=x)
        assert [expand(a - b) for a, b in zip(level, (2 * cbrt(2), 2 * cbrt(4)), strict=True)] == [0, 0]
        assert upright == level[::-1]
        assert singular_points(folium, x, y) == ((0, 0),)
        assert says("v13-meaning", f"({float(level[0]):.2f}, {float(level[1]):.2f})", r"\frac{0}{0}")

    def test_the_way_to_the_level_point_as_the_text_has_it(self, says):
        assert expand(folium.subs(y, x**2 / 2)) == x**6 / 8 - 2 * x**3
        assert set(solve(x**3 + x**6 / 8 - 3 * x**3, x**3)) == {0, 16}
        assert says("v13-level", r"x^3 + \frac{x^6}{8} = 3x^3", "x^3 = 16")

    def test_t10_slopes_of_a_surface(self, says):
        sphere, here = x**2 + y**2 + z**2 - 14, {x: 1, y: 2, z: 3}
        assert [implicit_slope(sphere, z, v, here) for v in (x, y)] == [Rational(-1, 3), Rational(-2, 3)]
        assert says("surface", "= 14$ at $(1, 2, 3)$")

    def test_t11_backwards_and_by_wiggling(self, says):
        assert says("forwards", "weight, bias, given, wanted = 0.5, 0.5, 2, 3")
        slopes = central_gradient(lambda k: (2 * k[0] + k[1] - 3) ** 2, (0.5, 0.5))
        assert slopes == pytest.approx([-6, -3])
        assert says("backwards-check", "Both are negative")

    def test_v27_wiggling_costs_two_runs_for_each_knob(self, says):
        runs = []
        central_gradient(lambda k: runs.append(1) or k.sum(), (1.0,) * 5)
        assert len(runs) == 10
        assert says("backwards-cost", "$2n$ runs", "two million for a million knobs")

    def test_v30_ten_factors(self, says):
        slopes = np.exp(-(a := np.linspace(-8, 8, 1601))) / (1 + np.exp(-a)) ** 2
        assert slopes.max() == pytest.approx(0.25)
        assert slopes.max() ** 10 == pytest.approx(1e-6, rel=0.05)
        assert says("depth", "0.25", "1.5")
        assert says("depth-meaning", "One in a million", f"{1.5**10:.0f} times")

    def test_the_weather_station(self, says):
        north, wind = -1 / 100, -36
        falls = north * wind
        assert says("weather", "1 degree colder for each 100 kilometres", "36 kilometres per hour")
        assert says("weather-station", "north, wind = -1 / 100, -36", "0 - north * wind")
        assert says("weather-meaning", f"{falls:.2f} degrees each hour, {10 * falls:.1f} in")

    def test_slopes_alone_are_not_enough(self, says):
        crease = x**2 * y / (x**2 + y**2)
        assert [crease.subs({x: 0, y: t}), crease.subs({x: t, y: 0})] == [0, 0]
        assert diff(crease.subs({x: t, y: t}), t) == Rational(1, 2)
        assert says("questions-smooth-after", r"$\frac12$")

    def test_the_summary_answers_the_opening_question(self, says):
        assert says("title", "6.5 degrees less", "2 degrees warmer", "0.4 kilometres")
        by_height, climbing, by_sun = -6.5, 0.4, 2
        climb = by_height * climbing
        assert says("road", f"by_height, climbing, by_sun = {by_height}, {climbing}, {by_sun}")
        assert climb + by_sun < 0
        assert says("summary-meaning", "falls", f"{-(climb + by_sun):.1f} degrees each hour", f"make it {-climb:.1f}")


@pytest.mark.parametrize(
    ("problem", "answer", "mistake"),
    [
        (bug, "2xy + x^2", "inner factors dropped"),
        (bug, "sin 2t + cos^2 t", "inner factors dropped"),
        (bug, (2 * x * y, x**2), "the gradient of the outer function"),
        (boat, "w_t", "partial derivative given for the total one"),
        (leaf, "(x^2 - 2y)/(y^2 - 2x)", "minus sign lost"),
        (leaf, "-x^2/(y^2 - 2x)", "x held fixed in the mixed terms"),
    ],
    ids=["m10", "m10-put-in", "slopes", "m8", "sign", "product"],
)
def test_the_check_names_the_mistake_that_the_chapter_shows(problem, answer, mistake):
    score = check(problem, answer)
    assert score.judgement.mistake == mistake
    assert score < 1


def test_the_wrong_answers_of_the_chapter_are_the_ones_tested_here(says):
    assert says("mistakes-question", "ChainRule(x**2 * y, {x: cos(t), y: sin(t)})", '"2xy + x^2"')
    assert says("wrong-answers-after", r"\sin 2t + \cos^2 t")
    assert says("mistake-slopes", "(2*x*y, x**2)")
    assert says("mistake-partial", '(boat, "w_t")')
    assert says("mistake-sign", "ImplicitSlope(Eq(x**3 + y**3, 6*x*y))", '"(x^2 - 2y)/(y^2 - 2x)"')
    assert says("mistake-product", '"-x^2/(y^2 - 2x)"')


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (ChainRule(x**3, {x: 2 * t + 1}), "6(2t + 1)^2"),
        (ChainRule(sin(x), {x: t**2}), "2t cos(t^2)"),
        (ChainRule(sin(x), {x: t**2}), "2t cos x"),
        (Gradient(x**2 + 3 * x * y**2), "(2x + 3y^2, 6xy)"),
        (ChainRule(x * y, {x: t**2, y: 3 * t + 1}), "9t^2 + 2t"),
        (ChainRule(x * y, {x: t**2, y: 3 * t + 1}), "2ty + 3x"),
        (ChainRule(x * y**2, {x: 2 * t, y: t**2 - 3}, at=(2,)), 34),
        (DependencyTree({z: (x, y), x: (s, t), y: (t,)}, by=t), "z_x x_t + z_y y_t"),
        (boat, "w_t + w_x x_t"),
        (bug, "-2xy sin t + x^2 cos t"),
        (leaf, "(2y - x^2)/(y^2 - 2x)"),
        (ImplicitSlope(x**2 + x * y + y**2, equals=7, at=(1, 2)), "-4/5"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(problem, answer):
    assert check(problem, answer) == 1


class TestExercises:
    def test_one_curve_alone_is_level_and_upright_where_the_picture_shows_it(self):
        options = (x**2 + x * y + y**2, x * y, x**2 - x * y + y**2, x**2 + y**2)
        pictured = WhichLevelSet.through(options, [(1, 2), (-1, 1)])
        assert {pictured.at, *pictured.landmarks} >= {(1, 2), (2, 1), (-2, -1)}

        def fits(F):
            upright = [diff(F, y).subs({x: a, y: b}) for a, b in ((2, 1), (-2, -1))]
            return [diff(F, x).subs({x: 1, y: 2}), *upright] == [0, 0, 0]

        assert [F for F in options if fits(F)] == [pictured.drawn]

    def test_stopping_after_the_first_branch_is_recognised_in_the_deep_tree(self):
        deep = DependencyTree({w: (x, y), x: (s, t), y: (x, t)}, by=t)
        assert check(deep, "w_x x_t + w_y y_t + w_y y_x x_t") == 1
        assert check(deep, "w_x + w_y").judgement.mistake == "inner factors dropped"

    def test_the_balloon_and_its_classic_mistake(self):
        balloon = ChainRule(15 - 6 * h + 2 * t - h * t / 2, {h: 3 * t}, at=(1,))
        assert balloon.key() == -19
        assert check(balloon, Rational(1, 2)).judgement.mistake == "partial derivative given for the total one"

    def test_the_tree_to_try_the_backward_pass_on(self, says):
        tree = (("input",), ("input",), ("mul", 0, 1), ("sin", 2), ("add", 3, 0), ("square", 4))
        assert backward(tree, forward(tree, (1.0, 2.0))) == pytest.approx([0.64, -1.59], abs=0.005)
        assert says("exercise-9", "0.64", "-1.59", r"(\sin(xy) + x)^2")
        assert says("problem-9", '("mul", 0, 1), ("sin", 2)', '("add", 3, 0), ("square", 4)')

    def test_both_parts_of_the_slope_lie_on_one_curve(self):
        curve = y**2 - x**3 - 3 * x**2
        assert curve.subs({x: 1, y: 2}) == 0
        assert GradientAt(curve, at=(1, 2)).key() == (-9, 4)
