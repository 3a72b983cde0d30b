"""Personal variants: the same for the same student for ever, rebuilt by the grader from the student's name."""

from __future__ import annotations

import json

import pytest

from autograder import DirectionalDerivative, GradientAt, check
from autograder.answers import from_wire, of, to_wire
from autograder.judge import judge
from autograder.problems import ProblemError
from autograder.problems.record import from_record, to_record


def test_a_student_always_has_the_same_problem_and_students_differ() -> None:
    students = [f"student {n}" for n in range(12)]
    mine = [GradientAt.personal(student).problem for student in students]
    assert mine == [GradientAt.personal(student).problem for student in students]
    assert len(set(mine)) > 8


def test_it_asks_and_judges_as_the_variant_does() -> None:
    problem = GradientAt.personal("ada")
    assert problem.statement() == problem.problem.statement()
    assert check(problem, problem.key(), points=2) == 2.0
    assert check(problem, tuple(reversed(problem.key()))).judgement.mistake == "components swapped"


def test_the_grader_rebuilds_it_from_the_students_name() -> None:
    ada = GradientAt.personal("ada", level=2)
    key = from_record(json.loads(json.dumps(to_record(GradientAt.personal("instructor", level=2)))))
    crossed = from_wire(to_wire(ada.pack(ada.key())))
    assert judge(key.for_student("Ada"), crossed).state == "right"
    assert judge(key.for_student("bob"), crossed).state != "right"


def test_the_key_which_holds_no_name_takes_the_instructors_own_answer() -> None:
    own = GradientAt.personal("instructor", level=2)
    key = from_record(json.loads(json.dumps(to_record(own))))
    assert judge(key, own.pack(own.key())).state == "right"


@pytest.mark.parametrize(
    ("typed", "known"),
    [("Émile Borel", "emile-borel-1234568"), ("borel, emile", "Emile Borel"), ("Emile Borel", "borelemile-12-345")],
)
def test_a_name_as_one_writes_it_is_known_by_the_id_that_a_platform_makes_of_it(typed: str, known: str) -> None:
    own = GradientAt.personal(typed, level=2)
    key = from_record(json.loads(json.dumps(to_record(own))))
    assert judge(key.for_student(known), own.pack(own.key())).state == "right"


def test_a_wrong_first_part_is_followed_in_a_students_own_problem() -> None:
    own = DirectionalDerivative.personal("Émile Borel").given(gradient=(1, 1))
    wrong = own.problem.problem.follow(gradient=(1, 1))
    judgement = judge(own.for_student("emile-borel-1234568"), own.pack(wrong))
    assert judgement.state == "right"
    assert "your own gradient" in judgement.says


def test_working_under_another_name_is_told() -> None:
    wrong_name = GradientAt.personal("ada l.")
    judgement = judge(GradientAt.personal("ada"), wrong_name.pack(wrong_name.key()))
    assert "under the name 'ada l.'" in " ".join(judgement.notes)


def test_follow_through_works_on_a_personal_problem() -> None:
    given = DirectionalDerivative.personal("ada").given(gradient=(1, 1))
    assert check(given, given.key()) == 1.0
    assert isinstance(given.for_student("bob").problem.problem, DirectionalDerivative)
    assert given.is_personal
    assert not DirectionalDerivative.variant(1).given(gradient=(1, 1)).is_personal


@pytest.mark.parametrize("name", [..., None, "", "  "])
def test_without_a_name_it_asks_for_one(name: object) -> None:
    problem = GradientAt.personal(name)  # type: ignore[arg-type]
    assert "Put your name" in problem.statement()
    assert check(problem, problem.key()).judgement.state == "missing"


def test_a_name_is_a_text() -> None:
    with pytest.raises(ProblemError, match="in quotes"):
        GradientAt.personal(3)  # type: ignore[arg-type]


def test_the_students_own_answer_comes_out_of_all_that_crosses_with_it() -> None:
    given = DirectionalDerivative.personal("ada").given(gradient=(1, 1))
    assert given.bare(given.pack(3)) == of(3)
    assert GradientAt.personal("ada").bare(of((1, 2))) == of((1, 2))
