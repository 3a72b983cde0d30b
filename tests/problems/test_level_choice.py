"""Which function a drawn level curve belongs to."""

from __future__ import annotations

import pytest
from sympy.abc import x, y, z

from autograder import WhichLevelSet, check
from autograder.answers import of
from autograder.judge import judge
from autograder.problems import ProblemError

PROBLEM = WhichLevelSet((x**2 + y**2, x * y, x + y), right=2, at=(1, 4))


@pytest.mark.parametrize("answer", ["b", "B", "(b)", "2", 2, "option b", "x·y"])
def test_the_option_may_be_given_by_letter_number_or_formula(answer: object) -> None:
    assert check(PROBLEM, answer) == 1.0


def test_it_is_made_from_points_of_the_curve_without_naming_the_right_option() -> None:
    assert WhichLevelSet.through(PROBLEM.options, [(1, 4), (2, 2)]) == PROBLEM
    with pytest.raises(ProblemError, match="these 3 have"):
        WhichLevelSet.through(PROBLEM.options, [(1, 4)])


@pytest.mark.parametrize(("answer", "value"), [("a", "17 and 8"), ("c", "5 and 4"), (3, "5 and 4")])
def test_a_wrong_option_is_ruled_out_by_two_points_of_the_curve(answer: object, value: str) -> None:
    judgement = judge(PROBLEM, of(answer))
    assert judgement.state == "wrong"
    assert value in judgement.says


@pytest.mark.parametrize("level", [1, 2, 3])
def test_only_the_right_option_is_constant_on_the_points_that_are_named(level: int) -> None:
    for seed in range(10):
        problem = WhichLevelSet.variant(seed, level)
        named = (problem.at, *problem.landmarks)
        for option in problem.options:
            values = {option.subs(dict(zip(problem.variables, place, strict=True))) for place in named}
            assert (len(values) == 1) == (option == problem.drawn)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: WhichLevelSet((x + y, x * y), right=3, at=(1, 2)), "1 to 2"),
        (lambda: WhichLevelSet((x + y, 2 * x + 2 * y), right=1, at=(1, 2)), "rules out"),
        (lambda: WhichLevelSet((x + y, x + z), right=1, at=(1, 2, 3)), "two variables"),
        (lambda: WhichLevelSet((x + y, x + y), right=1, at=(1, 2)), "different"),
    ],
)
def test_options_that_the_drawing_cannot_tell_apart_are_refused(make: object, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        make()  # type: ignore[operator]


@pytest.mark.slow
def test_the_drawing_names_points_and_no_formula() -> None:
    picture = PROBLEM.picture()
    assert picture is not None
    assert "(1, 4), (2, 2), (4, 1)" in picture.words
    assert "x" not in picture._repr_html_().split("src=")[0].split("alt=")[1]
