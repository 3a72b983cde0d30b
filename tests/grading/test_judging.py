"""What many give is judged once; what differs in anything is judged anew."""

from __future__ import annotations

import pytest
from sympy.abc import x, y

import autograder.grading.judging as module
from autograder.answers import of
from autograder.grading.judging import Judge
from autograder.judge import Judgement
from autograder.problems import DirectionalDerivative, GradientAt, NumericalGradient


@pytest.fixture
def judged(monkeypatch):
    """Return the list of answers that were really judged."""
    answers = []

    def judge(question, answer, call, number, judge=module.judge):
        answers.append(answer)
        return judge(question, answer, call, number)

    monkeypatch.setattr(module, "judge", judge)
    return answers


def test_the_same_answer_is_judged_once(judged):
    judge = Judge(GradientAt(x**2 + 3 * y**2, at=(1, 2)))
    states = [judge(of(answer), (), "ada", 1, 10.0).state for answer in ((2, 12), (12, 2), (2, 12), (12, 2))]
    assert states == ["right", "wrong", "right", "wrong"]
    assert len(judged) == 2


def test_what_a_function_returned_belongs_to_its_answer():
    judge = Judge(NumericalGradient())

    def slopes(f, point):
        return 0

    inputs = NumericalGradient().inputs(1)
    nothing, ones = [of(0.0)] * len(inputs), [of(1.0)] * len(inputs)
    assert judge(of(slopes), nothing, "ada", 1, 10.0).state == "wrong"
    judge(of(slopes), ones, "ada", 1, 10.0)
    judge(of(slopes), nothing, "ada", 2, 10.0)
    assert judge.remembered == 3


def test_a_personal_answer_is_judged_by_the_data_of_the_one_who_gives_it():
    ada, bob = (DirectionalDerivative.personal(name) for name in ("ada", "bob"))
    judge = Judge(DirectionalDerivative.personal(""))
    answer = ada.pack(ada.problem.key())
    assert judge(answer, (), "ada", 1, 10.0).state == "right"
    assert judge(answer, (), "bob", 1, 10.0).state != "right"
    assert judge(bob.pack(bob.problem.key()), (), "bob", 1, 10.0).state == "right"


def test_another_student_may_be_expected_than_the_one_who_answers():
    ada, bob = (DirectionalDerivative.personal(name) for name in ("ada", "bob"))
    judge = Judge(DirectionalDerivative.personal(""))
    judge.expect("ada")
    assert judge(bob.pack(bob.problem.key()), (), "bob", 1, 10.0).state == "right"
    assert judge(ada.pack(ada.problem.key()), (), "ada", 1, 10.0).state == "right"


def test_a_question_that_fails_ahead_of_the_answers_costs_them_nothing(monkeypatch):
    def broken(question):
        raise ArithmeticError

    monkeypatch.setattr(GradientAt, "wrong_ways", broken)
    monkeypatch.setattr(GradientAt, "for_student", lambda question, student: broken(question))
    judge = Judge(GradientAt(x**2 + 3 * y**2, at=(1, 2)))
    judge.prepare()
    judge.expect("ada")
    judgement = judge(of((2, 12)), (), "ada", 1, 10.0)
    assert judgement.state == "undecided"
    assert "ArithmeticError" in judgement.says
    monkeypatch.undo()
    assert judge(of((2, 12)), (), "ada", 1, 10.0).state == "right"


def test_what_stays_undecided_is_tried_again(monkeypatch):
    monkeypatch.setattr(module, "judge", lambda *arguments: Judgement("undecided", 0, "A person looks."))
    judge = Judge(GradientAt(x**2, at=(1,)))
    assert judge(of((2,)), (), "ada", 1, 10.0).state == "undecided"
    assert judge.remembered == 0


def test_no_more_is_remembered_than_there_is_room_for():
    judge = Judge(GradientAt(x**2 + 3 * y**2, at=(1, 2)), most=2)
    for value in range(4):
        judge(of((value, 0)), (), "ada", 1, 10.0)
    assert judge.remembered == 2
