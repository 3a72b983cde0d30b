"""The chapter and the exercises on gradient descent: true in every number they print."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sympy import Rational, diff, integrate, sqrt, symbols

import autograder
from autograder import DescentFate, DescentStep, LargestLearningRate, check
from nabla import explore
from nabla.calculus import directional_derivative, evaluate, gradient, norm, unit
from nabla.descent import adam, gradient_descent, momentum_descent, rmsprop
from nabla.differences import central_gradient
from nabla.exact_descent import best_learning_rate, exact_path, largest_learning_rate, shrink_factors
from nabla.line_fit import fit_line, largest_line_rate, least_squares_line, line_loss, line_loss_gradient
from nabla.optimisers import Plain

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "chapters" / "06-gradient-descent.ipynb"
SOURCE = ROOT / "source" / "gradient-descent" / "gradient-descent.ipynb"

x, y, z, s, eta = symbols("x y z s eta")
valley = x**2 + 10 * y**2
AREA = np.array([48, 60, 75, 90, 110, 135])
RENT = np.array([620, 720, 830, 985, 1150, 1390])


def sources(path: Path) -> dict[str, str]:
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def slope(p):
    """The gradient of the valley."""
    return np.array([2 * p[0], 20 * p[1]])


def height(p) -> float:
    return float(p[0] ** 2 + 10 * p[1] ** 2)


def data() -> tuple[np.ndarray, np.ndarray]:
    """The 50 points of W25."""
    xs = np.linspace(0, 1, 50)
    return xs, 2 * xs + 1 + 0.1 * np.random.default_rng(0).normal(size=50)


def program(*cells: str) -> dict:
    """The names that these cells of the chapter leave behind, run one after the other."""
    found, names = sources(CHAPTER), {"np": np}
    for cell in cells:
        exec(found[cell], names)  # our own page
    return names


def test_chapter_and_exercises_cover_gradient_descent():
    wanted = {"T11", "T31", "T32", "T33", "T34", "T35", "T36", "T38", "T46"}
    wanted |= {"W5", "W10", "W22", "W23", "W24", "W25", "W26", "W30", "M6", "M7", "M12", "M14", "M21", "M22"}
    wanted |= {"A4", "A5", "A9", "V1", "V2", "V9", "V10", "V15", "V16", "V20", "V21", "V26", "V36", "V37", "V38"}
    covered = {n for path in (CHAPTER, SOURCE) for n in nbformat.read(path, as_version=4).metadata.covers}
    assert wanted - covered == set()


class TestOneStep:
    def test_w26_the_step_across_the_valley(self, says):
        grad = gradient(valley, at=(3, 1))
        assert (tuple(grad), norm(grad)) == ((6, 20), sqrt(436))
        assert float(-norm(grad)) == pytest.approx(-20.88, abs=0.005)
        new = exact_path(Plain(Rational(1, 10)), valley, (3, 1), 1)[1]
        assert new == (Rational(12, 5), -1)
        heights = [evaluate(valley, (x, y), at=p) for p in ((3, 1), new)]
        assert heights == [19, Rational(1576, 100)]
        assert says("fog", "(6, 20)", r"\sqrt{436}", "almost 21")
        assert says("w26-meaning", "$(2.4, -1)$", "19 has become 15.76")

    @pytest.mark.parametrize(("at", "degrees"), [((3, 1), 54.9), ((5, 5), 39.3)])
    def test_v2_downhill_is_not_towards_the_minimum(self, at, degrees, says):
        cosine = slope(at) @ at / np.linalg.norm(slope(at)) / np.linalg.norm(at)
        assert np.degrees(np.arccos(cosine)) == pytest.approx(degrees, abs=0.05)
        assert says("v2-meaning", degrees)

    def test_v26_which_axis_is_steeper_depends_on_the_point(self, says):
        assert slope((5, 0.1)).tolist() == [10, 2]
        assert says("v2-meaning", "at $(5, 0.1)$ the slopes are 10 and 2")

    def test_w5_straight_down(self, says):
        oval = x**2 + 4 * y**2
        down = -gradient(oval, at=(1, 1))
        assert directional_derivative(oval, at=(1, 1), along=down) == -2 * sqrt(17)
        assert tuple(unit(down)) == (-2 / sqrt(68), -8 / sqrt(68))
        assert says("ready-after", r"-2\sqrt{17}")
        assert says("ready-2-question", "x**2 + 4*y**2, at=(1, 1)")

    def test_w30_in_one_variable(self, says):
        end = gradient_descent(lambda p: 2 * p, [10], 0.1, 50)[-1][0]
        assert end == pytest.approx(10 * 0.8**50) == pytest.approx(1.4272e-4, rel=1e-4)
        assert says("w30-meaning", r"10 \cdot 0.8^{50}")

    def test_w10_on_a_round_bowl(self):
        assert program("w10-round-bowl")["p"].round(9).tolist() == [2.999999995, 3.999999993]

    def test_m22_and_v38_whole_numbers_are_cut_off(self):
        assert program("m22-whole-numbers")["p"].tolist() == [4, 0]
        assert gradient_descent(slope, (5, 5), 0.05, 1)[1].tolist() == [4.5, 0]

    def test_m7_and_t32_what_is_promised_and_what_comes(self, says):
        assert slope((5, 5)) @ slope((5, 5)) == 10100
        changes = [height((5, 5) - rate * slope((5.0, 5.0))) - 275 for rate in (0.001, 0.1, 0.11)]
        assert changes == pytest.approx([-9.9999, -9, 100.21], abs=0.001)
        assert says("t32-meaning", "a fall of 1010", "you fall by 9", "*climb*, by 100")

    def test_v15_the_bound_of_the_proof(self, says):
        bound = integrate(-(1 - 20 * s), (s, 0, eta))  # of the fall, for a gradient of length 1 and K = 20
        assert bound.subs(eta, Rational(2, 20)) == 0
        assert diff(valley, y, 2) == 20
        assert says("why-proof", r"\tfrac12 \eta K", r"\eta < \frac2K", "$K = 20$")


class TestTheValley:
    def test_v1_the_factors_and_the_four_fates(self):
        rates = [Rational(k, 100) for k in (4, 5, 7, 9, 10, 11)]
        assert [shrink_factors(valley, rate)[1] for rate in rates] == [
            *(Rational(1, 5), 0, -Rational(2, 5), -Rational(4, 5), -1, -Rational(6, 5)),
        ]
        fates = [DescentFate(valley, rate).key() for rate in rates]
        assert fates[1:] == ["comes to the minimum without swinging", *[fates[2]] * 2, "swings for ever", "runs away"]
        assert fates[2] == "comes to the minimum, swinging to and fro"

    def test_w22_the_first_step_lands_in_the_riverbed(self, says):
        assert gradient_descent(slope, (5, 5), 0.05, 1)[1].tolist() == [4.5, 0]
        assert says("v1-meaning", "$(4.5, 0)$ exactly")

    def test_w23_too_large(self, says):
        path = gradient_descent(slope, (5, 5), 0.11, 20)
        assert (np.diff(np.sign(path[:, 1])) != 0).all()
        assert abs(path[-1]) == pytest.approx([0.03474, 191.69], rel=1e-3)
        assert says("v1-meaning", f"{path[-1][1]:.2f}", f"$f$ to {height(path[-1]):.0f}", "$-1.20$")

    def test_w24_and_v36_where_forty_steps_lead(self, says):
        end = gradient_descent(slope, (5, 5), 0.04, 40)[-1]
        assert (f"{end[0]:.5f}", f"{end[1]:.1e}", f"{height(end):.5f}") == ("0.17803", "5.5e-28", "0.03169")
        assert says("last-point-meaning", "41st point", "0.03169 is not the lowest value")

    def test_v10_at_the_limit_it_swings_for_ever(self, says):
        path = gradient_descent(slope, (5, 5), 0.1, 1000)
        assert path[:, 1].tolist() == [5, -5] * 500 + [5]
        assert largest_learning_rate(valley) == Rational(1, 10)
        assert says("v1-meaning", r"$y = 5, -5, 5, \ldots$ for ever")

    def test_t33_the_best_rate(self, says):
        assert best_learning_rate(valley) == Rational(1, 11)
        assert shrink_factors(valley, Rational(1, 11)) == (Rational(9, 11), -Rational(9, 11))
        assert says("best", r"\eta = \frac{1}{11}", r"\frac{9}{11}")

    def test_v16_how_many_steps(self, says):
        steps = [len(gradient_descent(slope, (5, 5), rate, 10**4, 1e-6)) - 1 for rate in (0.04, 1 / 11)]
        low, high = np.sqrt(2), np.sqrt(20)
        rate, beta = 4 / (high + low) ** 2, ((high - low) / (high + low)) ** 2
        with_momentum = len(momentum_descent(slope, (5, 5), rate, 1000, beta, 1e-6)) - 1
        assert (*steps, with_momentum) == (194, 92, 35)
        assert (f"{rate:.4f}", f"{beta:.4f}") == ("0.1154", "0.2699")
        assert rate > largest_learning_rate(valley)
        assert says("momentum-meaning", "35 steps", "against 92", "194 with 0.04")
        assert says("best-meaning", "92 steps", r"\frac{20}{2} = 10")

    def test_m21_and_the_opening_question(self, says):
        path = gradient_descent(slope, (5, 5), 0.1, 40)
        losses = [height(p) for p in path]
        assert (np.diff(losses) < 0).all()
        assert losses == pytest.approx([250 + 25 * 0.8 ** (2 * k) for k in range(41)])
        shown = re.search(r"\$\$275.*\$\$", sources(CHAPTER)["title"]).group()
        assert [float(n) for n in re.findall(r"[\d.]+\d", shown)] == [round(loss, 1) for loss in losses[:5]]
        assert says("summary-meaning", r"$250 + 25 \cdot 0.8^{2k}$", "100 long", "within 20 steps")
        assert np.linalg.norm(slope(path[-1])) == pytest.approx(100)
        assert height(gradient_descent(slope, (5, 5), 0.05, 20)[-1]) < 1


class TestOtherLandscapes:
    def test_v21_hollows_a_pass_and_a_step_too_long(self):
        formula = (x**2 - 1) ** 2 + y**2

        def hollows(p):
            return np.array([4 * p[0] * (p[0] ** 2 - 1), 2 * p[1]])

        assert [float(part) for part in gradient(formula, at=(3, 1))] == hollows((3, 1)).tolist()
        ends = [gradient_descent(hollows, start, 0.1, 300)[-1] for start in ((0.1, 1), (-0.1, 1), (0, 1), (3, 1))]
        assert np.abs(np.array(ends[:3]) - [(1, 0), (-1, 0), (0, 0)]).max() < 1e-9
        assert np.isnan(ends[3][0])
        short = gradient_descent(hollows, (3, 1), 0.01, 3000)[-1]
        assert short == pytest.approx([1, 0], abs=1e-9)  # it was the step, not the two hollows

    def test_v20_climbing_a_bowl_runs_away(self):
        path = gradient_descent(lambda p: -slope(p), (5, 5), 0.04, 100)
        assert (np.diff([height(p) for p in path]) > 0).all()
        assert np.abs(path[-1]).max() > 1e6

    def test_t35_the_first_step_of_adam_is_as_long_along_every_axis(self):
        assert np.abs(adam(slope, (5, 5), 0.1, 1)[1] - 5) == pytest.approx([0.1, 0.1])
        first = rmsprop(slope, (5, 5), 0.1, 1)[1]
        assert first[0] == pytest.approx(first[1])

    def test_t35_rmsprop_with_a_fixed_rate_trembles(self, says):
        last = rmsprop(slope, (5, 5), 0.1, 1000)[-20:]
        assert np.abs(last).min() > 0.04
        assert says("race-saw", "RMSProp ends up trembling")

    @pytest.mark.slow
    def test_a9_noise_lets_cells_find_and_leave(self, says):
        cells = explore.chemotaxis()
        first = {name: control.start for name, control in cells.controls.items()}

        def arrived(**state) -> int:
            scene = cells.scene(**{**first, "step": 100, **state})
            return int((np.hypot(*(scene.paths[100] - [1, 0.8]).T) < 1.44).sum())  # above half

        assert min(arrived(draw=draw) for draw in (1, 2, 3)) > 6
        assert cells.scene(**first).uphill < 1 / 3
        assert arrived(start=(-1.8, 1.6), noise=0) == 0
        assert 0 < sum(arrived(start=(-1.8, 1.6), noise=2, draw=draw) for draw in range(1, 7)) < 12
        assert says("chemotaxis-saw", "Less than a third", "most of the cells arrive")


class TestLearning:
    def test_w25_and_v9_the_least_squares_line(self, says):
        w, b = fit_line(*data(), 0.5, 2000)
        assert (round(w, 5), round(b, 5)) == (2.11603, 0.95488)
        assert least_squares_line(*data()) == pytest.approx((w, b), abs=1e-14)
        assert line_loss((w, b), *data()) < line_loss((2, 1), *data())
        assert says("v9-meaning", "2.11603 and 0.95488", "14 digits", f"{largest_line_rate(data()[0]):.3f}")

    def test_t36_the_loop_of_the_chapter_is_that_of_the_library(self):
        names = program("w25-loop")
        assert (names["w"], names["b"]) == pytest.approx(fit_line(*data(), 0.5, 2000))

    def test_t11_the_way_backwards_gives_the_gradient_of_the_network(self):
        names = program("w25-loop", "network-step")
        xs, knobs, targets = names["xs"], np.array([1.0, -0.5, 2.0, 0.3]), np.sin(names["xs"])

        def loss(k):
            return float(np.mean((k[2] * np.tanh(k[0] * xs + k[1]) + k[3] - targets) ** 2))

        backwards = knobs - names["train_step"](knobs, targets, 1.0)
        assert backwards == pytest.approx(central_gradient(loss, knobs), rel=1e-6)

    @pytest.mark.slow
    def test_the_network_beats_every_line(self, says):
        names = program("w25-loop", "network-step", "network-loop")
        network, line = (np.mean((names[name] - names["bend"]) ** 2) for name in ("net", "line"))
        assert network < line / 2
        assert says("network-meaning", "It beats every line, with four knobs.")

    def test_a5_logistic_regression(self, says):
        names = program("logistic-loop")
        w, b, hours, passed = (names[name] for name in ("w", "b", "hours", "passed"))

        def mean_log(p):
            chance = 1 / (1 + np.exp(-(p[0] * hours + p[1])))
            return float(-np.mean(np.log(np.where(passed == 1, chance, 1 - chance))))

        error = 1 / (1 + np.exp(-(w * hours + b))) - passed
        assert central_gradient(mean_log, (w, b)) == pytest.approx([np.mean(error * hours), error.mean()], abs=1e-7)
        four, six = (1 / (1 + np.exp(-(w * h + b))) for h in (4, 6))
        assert (four, six) == pytest.approx((1 / 3, 7 / 8), abs=0.02)
        assert says("logistic-meaning", "one in three", "seven in eight")

    def test_t38_and_m14_scaling_makes_one_step_enough(self, says):
        assert largest_line_rate(data()[0]) / largest_line_rate(AREA) > 5000
        best = least_squares_line(AREA, RENT)
        assert abs(fit_line(AREA, RENT, 1e-4, 1000)[1] - best[1]) > 100
        scaled = (AREA - AREA.mean()) / AREA.std()
        assert fit_line(scaled, RENT, 0.5, 1) == pytest.approx(least_squares_line(scaled, RENT))
        assert fit_line(scaled, RENT, 0.5, 1)[0] / AREA.std() == pytest.approx(best[0])
        assert says("t38-meaning", "both curvatures are 2", r"\eta = \frac12")
        assert largest_line_rate(scaled) == pytest.approx(2 / 2)

    def test_t35_a_minibatch_is_right_on_average(self):
        xs, ys = data()
        rng, here = np.random.default_rng(5), (0.5, 0.5)
        picks = rng.integers(50, size=(4000, 5))
        mean = np.mean([line_loss_gradient(here, xs[pick], ys[pick]) for pick in picks], axis=0)
        assert mean == pytest.approx(line_loss_gradient(here, xs, ys), rel=0.05)


@pytest.mark.parametrize(
    ("cell", "shown", "problem", "answer", "mistake"),
    [
        ("mistake-uphill", "(3.6, 3)", DescentStep(valley, (3, 1), 0.1), (3.6, 3), "uphill"),
        ("mistake-no-rate", "(-3, -19)", DescentStep(valley, (3, 1), 0.1), (-3, -19), "learning rate left out"),
        ("mistake-only-step", "(-0.6, -2)", DescentStep(valley, (3, 1), 0.1), (-0.6, -2), "only the step"),
        ("mistake-limit", '"1/20"', LargestLearningRate(valley), "1/20", "where swinging begins"),
        (
            "mistake-falls",
            '"comes to the minimum, swinging to and fro"',
            DescentFate(valley, 0.1),
            "comes to the minimum, swinging to and fro",
            "taken for: comes to the minimum, swinging to and fro",
        ),
    ],
    ids=["uphill", "no-rate", "only-step", "limit", "falls"],
)
def test_the_check_names_the_mistake_that_the_chapter_shows(cell, shown, problem, answer, mistake, says):
    assert says(cell, f", {shown})")
    score = check(problem, answer)
    assert score.judgement.mistake == mistake
    assert score < 1


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ready-1", "(6, 20)"),
        ("ready-2", "(-1/sqrt(17), -4/sqrt(17))"),
        ("turn-1", "(1.7, -1)"),
        ("turn-2", "1/3"),
        ("turn-3", "b"),
        ("turn-4", "(2.2, -0.6)"),
    ],
)
def test_right_answers_to_the_questions_of_the_chapter_are_right(cell, answer):
    made = re.fullmatch(r"\w+ = (.*)\n\w+", sources(CHAPTER)[f"{cell}-question"], re.DOTALL).group(1)
    kind = made.partition("(")[0]
    problem = eval(made, {"__builtins__": {}}, {kind: getattr(autograder, kind), "x": x, "y": y})  # noqa: S307 - ours
    assert check(problem, answer) == 1


class TestNumbersOfTheExercises:
    def test_the_pictured_walk_falls_at_every_step_and_swings_for_ever(self):
        assert "p * [2, 16], (6, 2), 0.125, steps=6" in sources(SOURCE)["picture-5"]
        walk = gradient_descent(lambda p: p * [2, 16], (6, 2), 0.125, 6)
        assert (np.diff(walk[:, 0] ** 2 + 8 * walk[:, 1] ** 2) < 0).all()
        assert DescentFate(x**2 + 8 * y**2, 0.125).key() == "swings for ever"

    def test_the_middle_axis_does_not_matter_for_the_best_rate(self):
        bowl = 2 * x**2 + y**2 + 8 * z**2
        assert (largest_learning_rate(bowl), best_learning_rate(bowl)) == (Rational(1, 8), Rational(1, 9))
        assert best_learning_rate(y**2 + 8 * z**2) == Rational(1, 9)
