"""The chapter and the exercises on tangent planes: true in every number they print."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sympy import Abs, Eq, Matrix, Rational, cos, diff, exp, expand, limit, pi, sqrt, symbols

import autograder
from autograder import LagrangePoints, LevelSurfacePlane, LinearEstimate, NormalLine, TangentPlane, check
from nabla.calculus import OutsideDomainError, evaluate, gradient
from nabla.tangent_plane import (
    NoNormalError,
    graph_normal,
    level_tangent_plane,
    linearization,
    normal_line,
    root_sum_square,
    tangent_plane,
    worst_case,
)

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "05-tangent-planes.ipynb"
SOURCE = ROOT / "source" / "tangent-planes" / "tangent-planes.ipynb"

x, y, z, h1, h2, t = symbols("x y z h_1 h_2 t")
f = x**2 * y + 3 * y
ball = x**2 + y**2 + z**2
root = sqrt(x**2 + y**2 + 1)
model = linearization(f, (2, 1))


def sources(path: Path) -> dict[str, str]:
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def error_after(step: tuple[float, float]) -> float:
    """How far the plane of f above (2, 1) is off after a step."""
    there = {x: 2 + step[0], y: 1 + step[1]}
    return float(abs(f.subs(there) - model.subs(there)))


def test_chapter_and_exercises_cover_tangent_planes():
    wanted = {"T19", "T22", "T24", "T25", "T26", "T46", "W1", "W19", "W20", "W21", "M7", "M17", "A3", "V17", "V28"}
    covered = {n for path in (CHAPTER, SOURCE) for n in nbformat.read(path, as_version=4).metadata.covers}
    assert wanted - covered == set()


class TestNumbersOfTheChapter:
    def test_the_opening_question_and_its_answer(self, says):
        drops = [1000 * (6371 - np.sqrt(6371**2 - d**2)) for d in (0.1, 1, 10)]
        assert says("title", f"{100 * drops[1]:.0f} centimetres")
        assert says("summary-meaning", f"**{drops[2]:.2f} metres**", "a hundred times", "within a millimetre")
        assert drops[0] < 0.001
        assert drops[2] / drops[1] == pytest.approx(100, rel=1e-4)

    def test_the_sea_as_a_level_surface_has_a_level_plane(self, says):
        radius = symbols("R", positive=True)
        assert tuple(gradient(ball, (x, y, z), at=(0, 0, radius))) == (0, 0, 2 * radius)
        assert says("summary", "$(0, 0, 2R)$", "$z = R$")

    def test_the_tangent_line_that_is_recalled(self, says):
        assert linearization(x**2, (3,)) == expand(9 + 6 * (x - 3))
        assert says("ready", "height is 9 and the slope 6", "L(x) = 9 + 6(x - 3)")

    def test_the_bowl_is_missed_by_a_quarter_when_the_reach_is_halved(self, says):
        side = np.linspace(-1, 1, 41)
        dx, dy = np.meshgrid(side, side)
        misses = [np.max((reach * dx) ** 2 + (reach * dy) ** 2) for reach in (2, 1, 0.5)]
        assert misses == [8, 2, 0.5]
        left = x**2 + y**2 - linearization(x**2 + y**2, (1, 1))
        assert expand(left - (x - 1) ** 2 - (y - 1) ** 2) == 0
        assert says("magnify", "2 units to each side", "by 8")
        assert says("magnify-saw", "8, then 2, then 0.5")

    def test_w1_one_height_and_two_slopes(self, says):
        assert evaluate(f, (x, y), at=(2, 1)) == 7
        assert tuple(gradient(f, at=(2, 1))) == (4, 7)
        assert tangent_plane(f, (2, 1)) == Eq(z, 4 * x + 7 * y - 8, evaluate=False)
        assert expand(7 + 4 * (x - 2) + 7 * (y - 1) - model) == 0
        assert says("w1-plane-words", "z = 7 + 4(x - 2) + 7(y - 1)")

    def test_w1_and_v17_prediction_and_truth(self, says):
        there = {x: Rational(21, 10), y: Rational(19, 20)}
        assert (model.subs(there) - 7, f.subs(there) - 7) == (Rational(5, 100), Rational(395, 10_000))
        assert says("estimate-inside", "$0.05$ against $0.0395$")
        errors = [error_after((0.1 * size, -0.05 * size)) for size in (1, 0.1, 0.01)]
        assert [a / b for a, b in pairwise(errors)] == pytest.approx([100, 100], rel=0.06)
        assert says("differentiable", "A hundred times smaller each time")

    def test_t26_every_term_left_over_has_two_small_factors(self, says):
        left = expand(f.subs({x: 2 + h1, y: 1 + h2}) - 7 - 4 * h1 - 7 * h2)
        assert left == h1**2 + 4 * h1 * h2 + h1**2 * h2
        assert left.subs(h1, 0) == 0  # straight along y the plane is exact
        assert says("estimate-leftovers", "$h_1^2$, $4h_1h_2$ and $h_1^2h_2$")
        assert says("estimate-explorer-after", "along $y$, the error vanishes")

    def test_m7_far_away_the_plane_is_useless(self):
        far = {x: 5, y: 3}
        assert (model.subs(far), f.subs(far)) == (33, 84)

    def test_w21_and_m17_a_level_plane_under_a_function_that_changes(self, says):
        assert linearization(root, (0, 0)) == 1
        assert f"{float(root.subs({x: Rational(1, 10), y: Rational(1, 20)})):.6f}" == "1.006231"
        assert root.subs({x: 1, y: Rational(1, 2)}) == Rational(3, 2)
        assert says("level-after", "$f$ is 1.5 at $(1, 0.5)$", "0.006231")
        assert 1 + Rational(1, 200) + Rational(1, 800) == Rational(100625, 100000)
        assert [diff(root, v, v).subs({x: 0, y: 0}) for v in (x, y)] == [1, 1]  # so 1 + x^2/2 + y^2/2
        assert says("level-quadratic", "1.00625 against 1.006231")

    def test_t23_neither_the_tip_of_the_cone_nor_the_crease_has_a_plane(self, says):
        step = symbols("s", positive=True)
        cone, crease = sqrt(x**2 + y**2), sqrt(Abs(x * y))
        for way in ((1, 0), (-1, 0), (Rational(3, 5), Rational(4, 5))):
            assert limit(cone.subs({x: step * way[0], y: step * way[1]}) / step, step, 0) == 1
        assert crease.subs({x: step, y: step}) / (step * sqrt(2)) == 1 / sqrt(2)
        for strange in (cone, crease):
            with pytest.raises(OutsideDomainError):
                gradient(strange, at=(0, 0))
        assert says("tip-after", "Its slope is 1 in *every* direction", r"$\sqrt{|xy|}$ both are 0")

    def test_w19_the_sphere(self, says):
        assert tuple(gradient(ball, at=(1, 2, 3))) == (2, 4, 6)
        assert level_tangent_plane(ball, (1, 2, 3)) == Eq(2 * x + 4 * y + 6 * z, 28, evaluate=False)
        assert says("surfaces-after", "$(2, 4, 6)$", "2(x - 1) + 4(y - 2) + 6(z - 3) = 0")
        assert says("w19-after", "$x + 2y + 3z = 14$")
        line = normal_line((1, 2, 3), (2, 4, 6))
        assert tuple(part.subs(t, Rational(-1, 2)) for part in line) == (0, 0, 0)
        assert says("w19-centre", r"$t = -\frac12$")

    def test_v14_where_the_gradient_is_zero_there_is_no_normal(self, says):
        with pytest.raises(NoNormalError):
            level_tangent_plane(x**2 + y**2 - z**2, (0, 0, 0))
        assert says("why-normal", "x^2 + y^2 - z^2 = 0")

    def test_w20_a_graph_is_a_level_surface_with_the_same_plane(self, says):
        assert tuple(gradient(f - z, at=(2, 1, 7))) == graph_normal(f, (2, 1)) == (4, 7, -1)
        plane = level_tangent_plane(f - z, (2, 1, 7))
        assert expand(plane.lhs - plane.rhs + z - model) == 0
        assert says("graph-as-level-after", "(4, 7, -1)", "(-4, -7, 1)")

    def test_a3_and_v28_worst_case_and_typical_error(self, says):
        length, period = symbols("l T")
        slopes = gradient(4 * pi**2 * length / period**2, (length, period), at=(Rational(994, 1000), 2))
        assert slopes[0] > 0 > slopes[1]
        errors = (Rational(1, 1000), Rational(5, 1000))
        assert f"{float(worst_case(slopes, errors)):.4f}" == "0.0589"
        assert f"{float(root_sum_square(slopes, errors)):.4f}" == "0.0500"
        assert abs(slopes[1] * errors[1] / (slopes[0] * errors[0])) == pytest.approx(5, rel=0.01)
        true = 4 * np.pi**2 * max(abs(a / b**2 - 0.994 / 4) for a in (0.993, 0.995) for b in (1.995, 2.005))
        assert says("used-errors-after", f"{true:.4f}", "**independent**")
        draws = np.random.default_rng(0)
        lengths, periods = draws.normal(0.994, 0.001, 100_000), draws.normal(2, 0.005, 100_000)
        spread = (4 * np.pi**2 * lengths / periods**2).std()
        assert spread == pytest.approx(float(root_sum_square(slopes, errors)), rel=0.01)

    def test_the_sun_on_the_hillside(self, says):
        bearing, up = np.radians((217, 30))
        sun = np.array([np.cos(up) * np.sin(bearing), np.cos(up) * np.cos(bearing), np.sin(up)])
        light = [np.dot(n, sun) / np.linalg.norm(n) for n in ((0, 0, 1), (-0.3, -0.4, 1), (0.3, 0.4, 1))]
        flat, hill, opposite = (f"{each:.2f}" for each in light)
        assert says("used-sun-after", f"{hill} against {flat}, and {opposite}")

    def test_t22_the_flux_through_a_patch_needs_no_root(self, says):
        """The unit normal times the area of the patch is (-f_x, -f_y, 1) for each unit of the map."""
        along_x, along_y = np.array([1, 0, 4.0]), np.array([0, 1, 7.0])  # the sides of the patch above a unit square
        assert np.cross(along_x, along_y).tolist() == [-4, -7, 1]
        assert says("used-sun-after", "(-f_x, -f_y, 1)")

    def test_the_level_plane_of_a_saddle_cuts_it_in_two_lines(self, says):
        saddle = x**2 - y**2
        assert linearization(saddle, (0, 0)) == 0
        assert saddle.subs(y, x) == saddle.subs(y, -x) == 0
        assert says("questions", "two whole lines")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "problem", "answer", "mistake"),
    [
        ("mistake-not-evaluated", "touching", "z = 7 + 2xy(x - 2) + (x^2 + 3)(y - 1)",
         "slopes not evaluated at the point"),
        ("mistake-not-subtracted", "touching", "z = 7 + 4x + 7y", "point not subtracted"),
        ("mistake-upright", "touching", "4(x - 2) + 7(y - 1) = 0", "z left out"),
        ("mistake-flat", "touching", "z = 7", "flat: the slopes left out"),
        ("mistake-flat-normal", "standing", "(2 + 4t, 1 + 7t, 7)", "gradient drawn in the xy-plane as the normal"),
        ("mistake-right-side", "on_the_ball", "2x + 4y + 6z = 14", "right side taken from the surface"),
    ],
)  # fmt: skip
def test_the_check_names_the_mistake_that_the_chapter_shows(cell, problem, answer, mistake, says):
    problems = {
        "touching": TangentPlane(f, at=(2, 1)),
        "standing": NormalLine(f, at=(2, 1)),
        "on_the_ball": LevelSurfacePlane(ball, at=(1, 2, 3)),
    }
    assert says(cell, f'check({problem}, "{answer}")')
    score = check(problems[problem], answer)
    assert score.judgement.mistake == mistake
    assert score < 1


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ready-1", "8 + 12(x - 2)"),
        ("ready-2", "(2, 1, 6)"),
        ("turn-1", "z = 6 + 2(x - 3) - 6(y + 1)"),
        ("turn-2", "x + 2y"),
        ("turn-3", 5.014),
        ("turn-4", "6x + y + 4z = 17"),
        ("turn-5", "(2 + 3t, 3 + 2t, 6 - t)"),
        ("turn-6", "7/40"),
    ],
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(cell, answer):
    source = sources(CHAPTER)[f"{cell}-question"]
    made = re.fullmatch(r"\w+ = (.*)\n\w+", source, re.DOTALL).group(1)
    kind = made.partition("(")[0]
    names = {kind: getattr(autograder, kind), "x": x, "y": y, "z": z, "exp": exp, "sqrt": sqrt}
    problem = eval(made, {"__builtins__": {}}, names)  # noqa: S307 - our own page
    assert check(problem, answer) == 1


class TestNumbersOfTheExercises:
    def test_the_three_planes_agree_at_the_point_and_only_one_has_the_drawn_contour(self, says):
        assert says("problem-7", "(-2*x + 4*y - 1, 4*x + 2*y - 3, 2*x + 4*y - 5)", "[(1, 2), (3, 1)]")
        options = (-2 * x + 4 * y - 1, 4 * x + 2 * y - 3, 2 * x + 4 * y - 5)
        assert {option.subs({x: 1, y: 2}) for option in options} == {5}
        assert [option.subs({x: 3, y: 1}) == 5 for option in options] == [False, False, True]
        assert says("exercise-7", "All three get 5")

    def test_a_measured_plane_agrees_to_three_decimals_but_not_with_the_landscape(self):
        bumpy = exp(x / 2) * cos(y) + x * y**2
        problem = LinearEstimate(bumpy, at=(2, 1), near=(Rational(21, 10), Rational(11, 10)))
        plane, landscape = float(problem.key()), float(problem.true_value)
        assert check(problem, round(plane, 3)) == 1
        assert check(problem, round(landscape, 3)) < 1

    def test_halving_the_step_quarters_the_error_of_the_measured_plane(self):
        bumpy = exp(x / 2) * cos(y) + x * y**2
        flat = linearization(bumpy, (2, 1))
        errors = [float(abs((bumpy - flat).subs({x: 2 + s, y: 1 + s}))) for s in (0.1, 0.05)]
        assert errors[0] / errors[1] == pytest.approx(4, rel=0.1)

    def test_the_egg_has_two_planes_parallel_to_the_table(self, says):
        assert says("problem-10", "x + 2*y + 3*z, Eq(x**2 + 2*y**2 + 3*z**2, 24)")
        egg = x**2 + 2 * y**2 + 3 * z**2
        points = LagrangePoints(x + 2 * y + 3 * z, Eq(egg, 24)).key()
        assert sorted(points) == [(-2, -2, -2), (2, 2, 2)]
        for point in points:
            assert Matrix(gradient(egg, at=point)).cross(Matrix([1, 2, 3])) == Matrix([0, 0, 0])

    def test_the_friends_two_values(self, says):
        assert says("answer-12", f"{float(root.subs({x: 0.1, y: 0.05})):.4f}", f"{float(sqrt(126)):.1f}")
        assert root.subs({x: 10, y: 5}) == sqrt(126)
