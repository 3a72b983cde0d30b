"""The chapter and the exercises on level sets: true in every number they print."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sympy import Eq, Matrix, Rational, cos, diff, expand, sin, solve, sqrt, symbols

import autograder
from autograder import (
    LevelNormal,
    LevelOrthogonality,
    LevelSetThrough,
    LevelTangent,
    LevelVelocity,
    TangentPoints,
    check,
)
from nabla.calculus import directional_derivative, evaluate, gradient, norm
from nabla.explore.edges import ImageGradient
from nabla.explore.landscape import aspect
from nabla.explore.levels import LevelSets
from nabla.explore.relief import Terrain
from nabla.explore.sobel import sobel

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "04-level-sets.ipynb"
SOURCE = ROOT / "source" / "level-sets" / "level-sets.ipynb"

x, y, z, t, h = symbols("x y z t h")
bowl = x**2 + 3 * y**2
mountain_pass = x**2 - y**2


def sources(path: Path) -> dict[str, str]:
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def degrees_between(a, b) -> float:
    return float(np.degrees(np.arccos(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b))))


def test_chapter_and_exercises_cover_level_sets():
    wanted = {"T20", "T21", "T46", "W3", "W6", "W9", "W28", "M3", "M18", "M20"}
    wanted |= {"A1", "A8", "A10", "V3", "V4", "V5", "V14", "V34"}
    covered = {n for path in (CHAPTER, SOURCE) for n in nbformat.read(path, as_version=4).metadata.covers}
    assert wanted - covered == set()


class TestNumbersOfTheChapter:
    def test_the_opening_question_and_its_answer(self, says):
        assert says("title", "1 : 25 000", "every 20 metres", "2 millimetres")
        ground = 0.002 * 25_000
        angle = np.degrees(np.arctan(20 / ground))
        assert says("summary", f"{ground:.0f} metres on the ground")
        downhill = Matrix([1, -1])  # from 860 in the north-west to 840 in the south-east
        assert downhill.dot(Matrix([1, 1])) == 0, "at right angles to lines from south-west to north-east"
        bearing = np.degrees(np.arctan2(1, -1))
        assert says("summary-meaning", "**South-east**", f"bearing {bearing:.0f}", f"{angle:.1f} degrees")

    def test_on_the_way_of_the_second_question_nothing_changes(self, says):
        assert expand((x**2 + y).subs({x: 3 * t, y: 1 - 9 * t**2})) == 1
        assert says("ready-2-question", "x**2 + y, {x: 3*t, y: 1 - 9*t**2}")

    @pytest.mark.parametrize(("level", "pieces"), [(1, 2), (-1, 2)])
    def test_t20_the_shoreline_of_the_pass_is_two_curves(self, level, pieces, says):
        scene = LevelSets(mountain_pass, at=(1.5, 1)).scene(level, 50.0, False)
        assert len(scene.curve.pieces) == pieces
        assert says("flood-after", "$-1$ the shoreline is **two** curves")

    def test_t20_at_the_height_of_the_pass_it_is_a_cross(self, says):
        assert says("flood-after", "$x^2 - y^2 = (x - y)(x + y)$")
        assert expand((x - y) * (x + y)) == mountain_pass

    def test_t20_the_level_set_through_a_point(self, says):
        assert LevelSetThrough(bowl, at=(1, 2)).key() == Eq(bowl, 13)
        assert says("turn-1", "$x^2 + 3y^2 = 13$")

    def test_t20_the_gap_is_the_step_divided_by_the_slope_and_better_where_it_is_steep(self):
        ratios = [(np.sqrt(r**2 + 1) - r) / (1 / float(norm(gradient(x**2 + y**2, at=(r, 0))))) for r in range(1, 5)]
        assert ratios == sorted(ratios)
        assert 0.8 < ratios[0] < 0.84
        assert 0.98 < ratios[-1] < 1

    @pytest.mark.parametrize("along", [0, 13, 40, 77, 100])
    def test_t21_at_right_angles_all_along_by_measurement(self, along):
        assert LevelSets(bowl, at=(1, 2)).scene(13, along, False).angle == pytest.approx(90, abs=0.05)

    def test_the_gradient_is_longest_at_the_flat_sides_of_the_oval(self, says):
        turns = np.linspace(0, 2 * np.pi, 361)
        on_oval = np.sqrt(13) * np.array([np.cos(turns), np.sin(turns) / np.sqrt(3)])
        assert np.allclose(on_oval[0] ** 2 + 3 * on_oval[1] ** 2, 13)
        longest = on_oval[:, np.hypot(2 * on_oval[0], 6 * on_oval[1]).argmax()]
        assert abs(longest[0]) < 1e-9
        assert says("right-angle-after", "longest at the flat sides, top and bottom")

    def test_m3_on_ovals_the_gradient_is_not_radial(self):
        assert degrees_between((2, 12), (1, 2)) == pytest.approx(17.1, abs=0.05)

    def test_v3_on_circles_it_points_away_from_the_origin(self, says):
        assert tuple(gradient(x**2 + y**2)) == (2 * x, 2 * y)
        assert says("not-radial", "the gradient $(2x, 2y)$ does point straight away from the origin")

    def test_m20_unequal_axes_spoil_the_right_angle(self, says):
        slope = np.array(gradient(bowl, at=(2, 1)).T, dtype=float)[0]
        tangent = np.array([6, -4])
        assert slope @ tangent == 0
        assert degrees_between(slope * (1, 0.5), tangent * (1, 0.5)) == pytest.approx(55.3, abs=0.05)
        assert says("m20-angle", "(4, 6), (6, -4)", "(4, 3), (6, -2)")

    def test_w6_on_a_line(self, says):
        assert gradient(x + y, at=(2, 3)).dot(diff(Matrix([t, 5 - t]), t)) == 0
        assert says("simplest", r"r(t) = (t, 5 - t)", r"1 \cdot 1 + 1 \cdot (-1) = 0")

    def test_w3_round_the_unit_circle(self):
        slopes = gradient(x**2 + y**2).subs({x: cos(t), y: sin(t)})
        assert expand(slopes.dot(diff(Matrix([cos(t), sin(t)]), t))) == 0

    @pytest.mark.parametrize(("way", "part"), [((2, 12), 1), ((-2, -12), -1), ((12, -2), 0)])
    def test_w9_along_opposite_and_across(self, way, part, says):
        assert directional_derivative(bowl, at=(1, 2), along=way) == part * sqrt(148)
        assert says("w9-rates", str(way))

    def test_v34_the_intuition_is_called_an_intuition(self, says):
        assert says("intuition", "but no proof", r"D_u f = \nabla f \cdot u")

    def test_v14_a_straight_step_keeps_f_to_first_order_only(self, says):
        assert gradient(bowl, at=(1, 2)).dot(Matrix([6, -1])) == 0
        assert expand(bowl.subs({x: 1 + 6 * h, y: 2 - h})) == 13 + 39 * h**2
        assert says("straight-after", "no term with $h$ alone", "a hundred times smaller")

    @pytest.mark.parametrize("f", [x**2 + y**2, mountain_pass, (x - y) ** 2], ids=str)
    def test_v14_a_zero_gradient_tells_nothing_of_the_level_set(self, f, says):
        assert tuple(gradient(f, at=(0, 0))) == (0, 0)
        assert says("zero-after", "A single point; a cross; and the line $y = x$")

    def test_only_the_zero_vector_is_at_right_angles_to_both_lines_of_the_cross(self):
        a, b = symbols("a b")
        assert solve([a + b, a - b], [a, b]) == {a: 0, b: 0}

    @pytest.mark.slow
    def test_v4_the_ground_faces_downhill_and_water_runs_against_the_gradient(self, says):
        scene = Terrain(at=(0.3, 0.5)).scene_now
        first = scene.way[1] - scene.way[0]
        assert degrees_between(first, scene.gradient) > 174  # a chord of a way that bends
        assert aspect((0, 1)) == 180, "higher in the north: the ground faces south"
        assert says("water-after", "to the west, and soon turns south-west")
        assert says("aspect", "downhill, the direction of $-\\nabla f$", "the *tangent* of the angle")

    def test_w28_and_v5_sobel_on_a_white_square(self, says):
        square = np.zeros((32, 32))
        square[8:24, 8:24] = 1
        across, up = sobel(square)
        assert (across[16, 8], up[16, 8]) == (4, 0)
        assert float(np.hypot(across[8, 8], up[8, 8])) == pytest.approx(4.24, abs=0.005)
        ramp = np.tile(np.arange(8.0)[:, None], (1, 8))  # brighter from row to row: only the rows differ
        across, up = sobel(ramp)
        assert (across[4, 4], up[4, 4]) == (0, 8), "eight times the slope 1"
        assert says("images-after", "4 on the sides and 4.24 at the corners", "*eight* times")
        assert "length 4:" in ImageGradient(at=(8, 16)).scene_now.describe()

    def test_a10_a_cup_for_a_quarter_of_a_piece(self, says):
        slope = gradient(x * y, at=(8, 2))
        assert tuple(slope) == (2, 8)
        assert slope[0] / slope[1] == Rational(1, 4)
        assert evaluate(x * y, (x, y), at=(8, 2)) == evaluate(x * y, (x, y), at=(7, Rational(16, 7))) == 16
        assert says("utility-after", "a quarter of a piece", f"{16 / 7 - 2:.3f}")

    def test_other_numbers_on_the_same_curves(self, says):
        assert gradient(2 * bowl + 7, at=(1, 2)) == 2 * gradient(bowl, at=(1, 2))
        assert says("questions-more", "$2f + 7$", "twice the length")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "problem", "answer", "mistake"),
    [
        ("mistake-radial", "the_normal", (1, 2), "radial"),
        ("mistake-graph", "the_normal", (2, 12, -1), "normal of the graph"),
        ("mistake-normal-line", "the_tangent", "y - 2 = 6(x - 1)", "the normal line"),
        ("mistake-constant", "the_tangent", "2x + 12y = 13", "value of f taken for the constant"),
        ("mistake-straight", "the_curve", "2x + 12y = 26", "the tangent instead of the level set"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_the_check_names_the_mistake_that_the_chapter_shows(cell, problem, answer, mistake, says):
    given = f'"{answer}"' if isinstance(answer, str) else str(answer)
    assert says(cell, f"check({problem}, {given})")
    kinds = {"the_normal": LevelNormal, "the_tangent": LevelTangent, "the_curve": LevelSetThrough}
    score = check(kinds[problem](bowl, at=(1, 2)), answer)
    assert score.judgement.mistake == mistake
    assert score < 1


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ready-1", "(5, 1)"),
        ("ready-2", "0"),
        ("turn-1", "xy + y^2 = 6"),
        ("turn-2", "b"),
        ("turn-3", "(-8 sin t cos t, 8 sin t cos t)"),
        ("turn-4", "4x + y = 6"),
        ("turn-5", [(2, 2), (-2, -2)]),
        ("turn-6", "(4, 2, -2)"),
    ],
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(cell, answer):
    source = sources(CHAPTER)[f"{cell}-question"]
    made = re.search(r"^turn_\d = (.*)\n\w+$|^ready_\d = (.*)\n\w+$", source, re.DOTALL | re.MULTILINE)
    line = made.group(1) or made.group(2)
    kind = re.split(r"[.(]", line)[0]
    names = {kind: getattr(autograder, kind), "x": x, "y": y, "z": z, "t": t, "cos": cos, "sin": sin}
    names["options"] = (x**2 - y**2, x * y, x + y, y - x**2)
    assert cell != "turn-2" or "options = (x**2 - y**2, x*y, x + y, y - x**2)" in source
    problem = eval(line, {"__builtins__": {}}, names)  # noqa: S307 - our own page
    assert check(problem, answer) == 1


class TestNumbersOfTheExercises:
    @pytest.mark.slow
    def test_the_oval_that_a_program_walks_round_passes_through_the_start(self):
        cells = sources(SOURCE)
        curve = x**3 + y**3 - 6 * x * y
        assert curve.subs({x: 1, y: 1}) == -4
        assert "x**3 + y**3 - 6*x*y" in cells["problem-10"]
        top, bottom = TangentPoints(curve, equals=-4).key()[::-1]
        assert [round(float(c), 4) for c in (*top, *bottom)] == [2.3903, 2.8567, 1.3282, 0.8821]

    def test_a_wrong_velocity_is_followed(self):
        problem = LevelOrthogonality(x * y, (2 * t, 3 / t), t)
        assert LevelVelocity(x * y, (2 * t, 3 / t), t).key() == (2, -3 / t**2)
        assert check(problem.given(velocity="(2, 3/t^2)"), "(6/t, 6/t)") == 1
        assert check(problem, "(6/t, 6/t)") < 1

    def test_an_hour_of_music_for_an_hour_and_a_half_of_sport(self):
        slope = gradient(x**2 * y, at=(4, 3))
        assert evaluate(x**2 * y, (x, y), at=(4, 3)) == 48
        assert -slope[0] / slope[1] == Rational(-3, 2)
