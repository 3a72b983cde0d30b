"""The chapter and the exercises beyond the gradient: true in every number they print."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from sympy import Eq, Matrix, Rational, cos, diff, exp, integrate, limit, log, pi, simplify, sin, solve, sqrt, symbols

import autograder
from autograder import CriticalPoints, Hessian, LagrangePoints, Potential, check
from nabla.calculus import OutsideDomainError, directional_derivative, evaluate, gradient, norm
from nabla.critical_points import classed_critical_points, critical_points
from nabla.curvilinear import coordinates, curvilinear_gradient
from nabla.lagrange import extreme_values, lagrange_points, multiplier, singular_points
from nabla.potential import curls, potential
from nabla.second_order import hessian, jacobian, newton_step, quadratic_taylor, second_derivative_test

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "07-beyond-the-gradient.ipynb"
SOURCE = ROOT / "source" / "beyond-the-gradient" / "beyond-the-gradient.ipynb"

x, y, t = symbols("x y t")
rho, phi, z = coordinates("cylindrical")
bowl = x**2 + 2 * x * y + 3 * y**2 + 4 * x + 5
ground = x**2 + 4 * x * y + 3 * y**2
monkey = x**3 - 3 * x * y**2
NAMES = {"x": x, "y": y, "rho": rho, "phi": phi, "z": z, "exp": exp, "sin": sin, "Eq": Eq}


def sources(path: Path) -> dict[str, str]:
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def kind_at(f: sympy.Expr, point: tuple) -> str:
    return second_derivative_test(hessian(f, (x, y), point))


def work(field: tuple, path: tuple, end: sympy.Expr | int = 1) -> sympy.Expr:
    """The line integral of a plane field along a path, from t = 0 to the end."""
    arrow = Matrix(field).subs({x: path[0], y: path[1]}, simultaneous=True)
    return integrate(simplify(arrow.dot(diff(Matrix(path), t))), (t, 0, end))


def test_chapter_and_exercises_cover_what_lies_beyond_the_gradient():
    wanted = {"T17", "T27", "T28", "T29", "T30", "T37", "T39", "T40", "T41", "T44", "T46", "W8", "W27"}
    wanted |= {"M4", "M15", "M16", "M19", "A5", "A6", "A7", "A8", "A10", "A11", "A12"}
    wanted |= {"V22", "V23", "V24", "V25", "V29", "V31", "V33"}
    covered = {n for path in (CHAPTER, SOURCE) for n in nbformat.read(path, as_version=4).metadata.covers}
    assert wanted - covered == set()


class TestCriticalPointsAndTheHessian:
    def test_five_ways_up_and_still_a_saddle(self, says):
        steps = {(1, 0): 1, (-1, 0): 1, (0, 1): 3, (0, -1): 3, (1, 1): 8}
        assert {step: ground.subs({x: step[0], y: step[1]}) for step in steps} == steps
        assert says("title", "East: 1 cm", "West: 1 cm", "North: 3 cm", "South: 3 cm", "8 cm up")
        assert (hessian(ground).det(), kind_at(ground, (0, 0))) == (-4, "saddle")
        assert ground.subs({x: 2, y: -1}) == -1
        assert says("summary-meaning", "D = 2 \\cdot 6 - 4^2 = -4", "Two metres east and one south you would be 1 cm")

    def test_the_bowl_differs_from_the_ground_in_the_mixed_derivative_alone(self, says):
        assert hessian(bowl) - hessian(ground) == Matrix([[0, -2], [-2, 0]])
        assert says("summary-meaning", "$f_{xy} = 2$")

    def test_w8_critical_point_hessian_eigenvalues_and_value(self, says):
        assert classed_critical_points(bowl, (x, y)) == (((-3, 1), "minimum"),)
        H = hessian(bowl)
        assert H.tolist() == [[2, 2], [2, 6]]
        assert (H.det(), H.trace()) == (8, 8)
        assert set(H.eigenvals()) == {4 - 2 * sqrt(2), 4 + 2 * sqrt(2)}
        assert evaluate(bowl, (x, y), at=(-3, 1)) == -1
        assert says("test-table", "$D = 8$ and $f_{xx} = 2$", *(f"{float(e):.2f}" for e in H.eigenvals()))

    def test_t17_at_a_critical_point_every_direction_is_level(self):
        rates = {directional_derivative(bowl, at=(-3, 1), along=way) for way in ((1, 0), (0, 1), (3, 4), (-1, 2))}
        assert rates == {0}

    def test_v22_a_point_without_a_gradient_is_critical_too(self, says):
        with pytest.raises(OutsideDomainError):
            gradient(sqrt(x**2 + y**2), at=(0, 0))
        assert says("level-ground", r"\sqrt{x^2 + y^2}", "does not exist count as critical")

    @pytest.mark.parametrize(
        ("f", "kind"),
        [(bowl, "minimum"), (-bowl, "maximum"), (ground, "saddle"), (x**4 + y**4, "undecided"), (monkey, "undecided")],
    )
    def test_t29_the_four_cases_by_d_are_those_by_the_eigenvalues(self, f, kind):
        H = hessian(f, (x, y), critical_points(f, (x, y))[0])
        D, a, signs = H.det(), H[0, 0], sorted(np.sign([float(e) for e in H.eigenvals(multiple=True)]))
        by_d = "saddle" if D < 0 else "undecided" if D == 0 else "minimum" if a > 0 else "maximum"
        by_eigenvalues = {(1, 1): "minimum", (-1, -1): "maximum", (-1, 1): "saddle"}.get(tuple(signs), "undecided")
        assert by_d == by_eigenvalues == second_derivative_test(H) == kind

    def test_the_completed_square_of_the_proof(self, says):
        a, b, c, h, k = symbols("a b c h k", nonzero=True)
        square = a * (h + b * k / a) ** 2 + (a * c - b**2) / a * k**2
        assert sympy.expand(square - (a * h**2 + 2 * b * h * k + c * k**2)) == 0
        assert says("test-proof", r"\left(h_1 + \tfrac{b}{a} h_2\right)^2 + \tfrac{D}{a}\, h_2^2")

    def test_the_curvature_along_a_direction_is_the_second_derivative_of_the_walk(self):
        p, u = (1, 2), (Rational(3, 5), Rational(4, 5))
        f = x**3 * y + y**2
        walk = f.subs({x: p[0] + t * u[0], y: p[1] + t * u[1]})
        assert diff(walk, t, 2).subs(t, 0) == (Matrix(u).T * hessian(f, at=p) * Matrix(u))[0]

    def test_v22_and_m15_the_hessian_may_be_silent_on_anything(self):
        ring = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0)]
        signs = []
        for f in (x**4 + y**4, x**4 - y**4, monkey):
            assert hessian(f, at=(0, 0)) == sympy.zeros(2)
            signs.append({int(sympy.sign(f.subs({x: a, y: b}))) for a, b in ring} - {0})
        assert signs == [{1}, {-1, 1}, {-1, 1}]

    def test_v23_positive_curvature_is_local(self, says):
        f = x**2 + y**2 - x**4
        assert kind_at(f, (0, 0)) == "minimum"
        assert f.subs({x: 2, y: 0}) == -12
        assert says("test-limits-after", "12 lower")

    def test_t30_bowls_grow_rare_with_the_number_of_variables(self, says):
        rng, bowls = np.random.default_rng(0), []
        for n in (1, 2, 3, 5):
            A = rng.normal(size=(20_000, n, n))
            bowls.append(float((np.linalg.eigvalsh(A + A.transpose(0, 2, 1))[:, 0] > 0).mean()))
        assert [1 / share for share in bowls[:3]] == pytest.approx([2, 7, 40], rel=0.1)
        assert bowls[3] < 0.001
        assert says("dimensions-after", "Half of them, then one in seven, one in forty, and hardly any")

    def test_v24_mixed_derivatives_that_differ(self, says):
        f = x * y * (x**2 - y**2) / (x**2 + y**2)
        f_x_on_the_y_axis = limit(f / x, x, 0)
        f_y_on_the_x_axis = limit(f / y, y, 0)
        assert (diff(f_x_on_the_y_axis, y), diff(f_y_on_the_x_axis, x)) == (-1, 1)
        assert says("questions", "$f_{xy}$ is $-1$ there and $f_{yx}$ is 1")


class TestTaylorAndNewton:
    def test_w21_the_quadratic_model(self, says):
        f = sqrt(x**2 + y**2 + 1)
        there = {x: Rational(1, 10), y: Rational(1, 20)}
        model = quadratic_taylor(f, at=(0, 0)).subs(there)
        assert (float(model), round(float(f.subs(there)), 6)) == (1.00625, 1.006231)
        assert says("taylor-after", "1.00625", "1.006231")

    def test_w26_one_step_on_a_quadratic(self):
        assert newton_step(x**2 + 10 * y**2, at=(3, 1)) == (0, 0)

    def test_t44_the_digits_double_near_the_goal(self, says):
        f, p, errors = exp(x) - 2 * x + (x - y) ** 2, (0.0, 0.0), []
        for _ in range(5):
            errors.append(abs(p[0] - np.log(2)))
            p = tuple(float(part) for part in newton_step(f, p))
        assert all(after < before**2 for before, after in pairwise(errors))
        assert gradient(f, at=(log(2), log(2))).applyfunc(simplify) == Matrix([0, 0])
        assert says("newton-quadratic", r"x = y = \ln 2")

    def test_newton_settles_at_a_saddle(self, says):
        f, p = x**3 - 3 * x + y**2, (Rational(-1, 2), 1)
        for _ in range(4):
            p = newton_step(f, p)
        assert [float(part) for part in p] == pytest.approx([-1, 0], abs=1e-6)
        assert kind_at(f, (-1, 0)) == "saddle"
        assert says("newton-saddle-after", "$(-1, 0)$: a saddle")


class TestJacobianAndLagrange:
    def test_t37_one_row_for_each_component_and_the_hessian_is_the_jacobian_of_the_gradient(self):
        assert jacobian((bowl,)) == gradient(bowl).T
        assert jacobian(tuple(gradient(bowl)), (x, y)) == hessian(bowl)
        r, angle = symbols("r phi")
        assert simplify(jacobian((r * cos(angle), r * sin(angle)), (r, angle)).det()) == r

    def test_t39_where_the_contours_touch_the_ellipse(self):
        g = x**2 + 4 * y**2 - 8
        points = lagrange_points(x * y, g, (x, y))
        assert set(points) == {(2, 1), (-2, -1), (2, -1), (-2, 1)}
        assert extreme_values(x * y, g, (x, y)) == (-2, 2)

    def test_a11_the_budget_and_the_price_of_the_constraint(self, says):
        g = 2 * x + y - 8
        ((best),) = lagrange_points(x * y, g, (x, y))
        assert (best, multiplier(x * y, g, (x, y), best)) == ((2, 4), 2)
        ((richer),) = lagrange_points(x * y, g - 1, (x, y))
        more = richer[0] * richer[1] - best[0] * best[1]
        assert float(more) == 2.125
        assert says("budget-after", "Two coffees and four cakes", r"$\lambda = 2$", "2.125")

    def test_a5_the_likeliest_coin(self, says):
        p = symbols("p", positive=True)
        assert solve(diff(7 * log(p) + 3 * log(1 - p), p), p) == [Rational(7, 10)]
        assert says("budget-after", r"$x = \frac{7}{10}$")

    def test_v25_a_lowest_point_that_lagrange_does_not_see(self, says):
        g = y**3 - x**2
        assert lagrange_points(y, g, (x, y)) == ()
        assert singular_points(g, (x, y)) == ((0, 0),)
        assert says("lagrange-proof", "y^3 = x^2", r"$\nabla f = (0, 1)$")


class TestFields:
    def test_t40_the_work_of_a_gradient_does_not_depend_on_the_path(self, says):
        f = x**2 * y + 3 * y
        paths = ((t, t), (t, t**2))
        assert [work(tuple(gradient(f)), path) for path in paths] == [4, 4]
        assert evaluate(f, (x, y), at=(1, 1)) - evaluate(f, (x, y), at=(0, 0)) == 4
        assert [work((-y, x), path) for path in paths] == [0, Rational(1, 3)]
        assert says("fields-theorem", "$f(1, 1) - f(0, 0) = 4$")

    def test_a_gradient_has_no_curl_in_space(self):
        f = x**2 * y * sin(z) + exp(x * z)
        assert curls(tuple(gradient(f, (x, y, z))), (x, y, z)) == (0, 0, 0)

    def test_round_a_hole_curl_zero_is_not_enough(self, says):
        field = (-y / (x**2 + y**2), x / (x**2 + y**2))
        assert curls(field, (x, y)) == (0,)
        assert work(field, (cos(t), sin(t)), end=2 * pi) == 2 * pi
        assert potential(field, (x, y)) is None
        assert says("potential", r"$2\pi$")

    def test_w27_and_m16_forces_point_down_the_potential(self, says):
        star = -1 / sqrt(x**2 + y**2)
        assert gradient(star, at=(1, 1)).dot(Matrix([1, 1])) > 0  # away from the star
        G, M, r, k = symbols("G M r k")
        assert curvilinear_gradient(-G * M / r, "spherical") == (G * M / r**2, 0, 0)
        assert -diff(k * x**2 / 2, x) == -k * x
        assert says("curvilinear-gravity-after", r"-\frac{GMm}{r^2}", "four times weaker at twice the distance")

    def test_t41_the_gradient_of_x_has_length_1_in_every_system(self):
        slope = curvilinear_gradient(rho * cos(phi), "cylindrical")
        assert slope == (cos(phi), -sin(phi), 0)
        assert simplify(norm(slope)) == 1
        r, theta, angle = coordinates("spherical")
        f = r * sin(theta) * cos(angle)
        assert simplify(sum(part**2 for part in curvilinear_gradient(f, "spherical"))) == 1

    def test_a7_and_v31_heat_and_groundwater(self, says):
        ran: dict[str, float] = {}
        exec(sources(CHAPTER)["a7-flux"], {}, ran)
        assert -0.6 * ran["slope"] == pytest.approx(60)
        assert ran["darcy"] / ran["porosity"] == pytest.approx(4 * ran["darcy"])
        assert says("sciences-after", "60 watts", "four times faster", "not the speed of the water")

    def test_a8_the_visible_part_of_the_optical_flow(self, says):
        slope = np.array([3, 4])
        assert 10 / np.linalg.norm(slope) == 2
        for sideways in (-1, 0, 5):  # what moves along the edge is not seen
            velocity = 2 * slope / 5 + sideways * np.array([-4, 3]) / 5
            assert slope @ velocity - 10 == pytest.approx(0)
        assert says("images", r"$\frac{10}{5} = 2$ pixels")

    def test_the_hint_of_the_physics_project_holds(self):
        charges = 1 / sqrt((x - 1) ** 2 + y**2 + z**2) - 2 / sqrt((x + 1) ** 2 + y**2 + z**2)
        laplacian = hessian(charges, (x, y, z)).trace().subs({x: 2, y: -1, z: 3})
        assert float(laplacian) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("cell", "problem", "answer", "mistake"),
    [
        (
            "mistake-all-minima",
            CriticalPoints(3 * x * y - x**3 - y**3),
            {(0, 0): "minimum", (1, 1): "minimum"},
            "every critical point taken for a minimum",
        ),
        (
            "mistake-silent",
            CriticalPoints(x**3 / 3 - x**4 / 4 + y**2),
            {(0, 0): "minimum", (1, 0): "saddle"},
            "D = 0 read as an answer",
        ),
        ("mistake-hessian", Hessian(bowl), [[2, 0], [0, 6]], "mixed derivatives left out"),
        (
            "mistake-lagrange",
            LagrangePoints(x * y, Eq(x**2 + 4 * y**2, 8)),
            [(2, 1)],
            "negative solutions left out",
        ),
        (
            "mistake-force",
            Potential((-3 * x, -3 * y), convention="force"),
            -3 * x**2 / 2 - 3 * y**2 / 2,
            "sign of the potential",
        ),
    ],
)
def test_the_check_names_the_mistake_that_the_chapter_shows(cell, problem, answer, mistake, says):
    spaced = re.sub(r"\s", "", sources(CHAPTER)[cell])
    assert re.sub(r"\s", "", str(answer)).replace("'", '"') in spaced
    score = check(problem, answer)
    assert score.judgement.mistake == mistake
    assert score < 1


def test_the_shelf_is_no_minimum():
    assert (x**3 / 3 - x**4 / 4 + y**2).subs({x: Rational(-1, 100), y: 0}) < 0


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("turn-1", "[[12, 3], [3, 2]]"),
        ("turn-2", {(-1, 0): "saddle", (1, 0): "minimum"}),
        ("turn-3", "x^2/2 + x(y - 1) + x + y"),
        ("turn-4", "(9/20, 1/20)"),
        ("turn-5", "[[1, 4], [1, -3]]"),
        ("turn-6", "[(3, 4), (-3, -4)]"),
        ("turn-7", "x^2 + x y - y^2 + 7"),
        ("turn-8", "(2 rho sin(phi), rho cos(phi), 1)"),
    ],
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(cell, answer):
    source = sources(CHAPTER)[f"{cell}-question"]
    made = re.fullmatch(r"\w+ = (.*)\n\w+", source, re.DOTALL).group(1)
    kind = made.partition("(")[0]
    problem = eval(made, {"__builtins__": {}}, {kind: getattr(autograder, kind), **NAMES})  # noqa: S307 - our own page
    assert check(problem, answer) == 1


class TestNumbersOfTheExercises:
    def test_the_crossing_curve_runs_through_a_saddle_and_one_option_is_a_bowl(self):
        options = [(x - 1) ** 2 + 4 * (y - 1) ** 2, (x - 1) ** 2 - 4 * (y - 1) ** 2,
                   (x - 1) * (y - 1), 4 * (x - 1) ** 2 - (y - 1) ** 2]  # fmt: skip
        assert [kind_at(f, (1, 1)) for f in options] == ["minimum", "saddle", "saddle", "saddle"]
        assert options[1].subs({x: 3, y: 2}) == options[1].subs({x: 1, y: 1}) == 0

    def test_the_landscape_of_the_search_has_nine_critical_points(self):
        f = x**4 - 3 * x**2 + 16 * y**4 - 12 * y**2 + 4 * x * y
        found = classed_critical_points(f, (x, y))
        kinds = [kind for _, kind in found]
        assert len(found) == 9
        assert (kinds.count("minimum"), kinds.count("maximum"), kinds.count("saddle")) == (4, 1, 4)
        assert "**nine** critical points" in sources(SOURCE)["exercise-10"]
