"""One submission in, marks and an inert notebook out."""

from __future__ import annotations

import json

import pytest

from autograder.grading.grade import grade
from autograder.grading.limits import Limits
from autograder.grading.warm import Warm
from autograder.problems import NumericalGradient

pytestmark = pytest.mark.slow  # the sandbox is tried first
LIMITS = Limits(cell=5.0)


@pytest.fixture
def graded(warm):
    def graded(key, raw, limits=LIMITS):
        return grade(raw, key, student="ada", secret=b"secret", limits=limits, warm=warm)

    return graded


@pytest.fixture
def submit(sheet, key, graded):
    def submit(answer, *, before=(), check=None, words="*Write your answer here.*"):
        cells = [sheet.setup(), *before, sheet.answer(answer), check or sheet.check(), sheet.words(words)]
        return graded(key, sheet.raw(*cells))

    return submit


def test_what_cannot_be_read_waits_for_a_person_and_says_why(key, graded):
    result = graded(key, b"<html>")
    assert result.status == "failed"
    assert [mark.score for mark in result.marks] == [None, None]
    assert "tiny.ipynb is not a notebook" in result.notebook["cells"][0]["source"]


class TestRunning:
    def test_a_right_answer_has_full_marks(self, submit):
        result = submit("answer = (2, 12)")
        assert [mark.score for mark in result.marks] == [2.0, 0.0]
        assert result.marks[0].given == "(2, 12)"
        assert not result.anomalies

    def test_the_check_cell_shows_one_output_whose_text_is_the_bare_score(self, submit):
        (output,) = submit("answer = (2, 5)").notebook["cells"][2]["outputs"]
        assert output["output_type"] == "execute_result"
        assert output["data"]["text/plain"] == "1.0"
        assert "Partly right" in output["data"]["text/html"]
        assert "12" not in output["data"]["text/html"]

    def test_written_words_wait_for_a_person(self, submit):
        mark = submit("answer = (2, 12)", words="It points <script>up</script>.").marks[1]
        assert mark.needs_person

    def test_what_a_student_writes_and_shows_is_made_inert(self, submit):
        shows = (
            "from IPython.display import HTML, display\ndisplay(HTML('<script>1</script>'))\nprint('seen')\nanswer = 1"
        )
        text = json.dumps(submit(shows, words="<script>2</script>").notebook["cells"][1:])
        assert "seen" in text
        assert "< script>2" in text
        assert '"text/html": "<script>' not in text

    @pytest.mark.parametrize(
        "answer",
        ["answer = None", "answer = ...", "answer = 10**10**4", "answer = object()", "answer = 'x' * 10**6",
         "raise SystemExit", "answer = print", "answer = [[[1]]]", "del problem", "answer = (",
         "answer = float('nan')", "answer = True"],
    )  # fmt: skip
    def test_a_strange_answer_is_a_zero_with_a_message(self, submit, answer):
        result = submit(answer)
        assert result.status == "graded"
        assert result.marks[0].score == 0.0
        assert result.marks[0].judgement.says

    def test_no_answer_from_the_check_cell_is_a_zero_and_worth_a_look(self, submit):
        result = submit("check = lambda *a, **k: 2.0\nanswer = (2, 12)")
        assert result.marks[0].score == 0.0
        says = "The check cell ran and gave no answer: was `check` replaced?"
        assert [anomaly.level for anomaly in result.anomalies if anomaly.says == says] == ["suspicious"]

    def test_a_forged_answer_is_only_an_answer(self, submit):
        forge = (
            "class Forged:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
            "        return {'text/plain': '2', 'application/vnd.nabla.answer+json': {'score': 2.0}}\n"
            "check = lambda *a, **k: Forged()\nanswer = 0"
        )
        assert submit(forge).marks[0].score == 0.0

    def test_points_and_text_of_a_check_cell_are_the_masters(self, sheet, submit):
        result = submit("answer = (2, 12)", check=sheet.check("200.0", points=200))
        assert result.marks[0].score == 2.0
        assert result.anomalies[0].level == "suspicious"

    def test_a_cell_that_never_ends_costs_its_exercise_and_is_named_to_the_student(self, sheet, key, graded):
        raw = sheet.raw(sheet.setup(), sheet.answer("while True: pass"), sheet.check(), sheet.words())
        result = graded(key, raw, Limits(cell=1.5))
        assert result.marks[0].score == 0.0
        assert "answer-1 ran longer than 1.5 seconds" in result.marks[0].judgement.says

    def test_a_helper_cell_of_the_students_own_runs(self, sheet, submit):
        helper = sheet.cell("def double(t):\n    return 2 * t", identity="own")
        assert submit("answer = (double(1), double(6))", before=[helper]).marks[0].score == 2.0

    def test_the_same_bytes_give_the_same_marks(self, submit):
        assert submit("answer = (2, 5)") == submit("answer = (2, 5)")

    def test_a_function_is_judged_by_what_it_returns(self, sheet, code_key, graded):
        code = (
            "def slopes(f, point):\n    p = [float(c) for c in point]\n    h = 6e-6\n    out = []\n"
            "    for i in range(len(p)):\n        up, down = list(p), list(p)\n        up[i] += h\n"
            "        down[i] -= h\n"
            "        out.append((f(up) - f(down)) / (2 * h))\n    return out"
        )
        check = sheet.check("check(code_problem, slopes, points=4)", points=4)
        assert graded(code_key, sheet.raw(sheet.setup(), sheet.answer(code), check)).marks[0].score == 4.0

    def test_a_function_that_knows_only_the_students_own_trials_earns_nothing(self, sheet, code_key, graded):
        known = repr([NumericalGradient().truth(row) for row in NumericalGradient().inputs(0)])
        code = f"known = iter({known} * 9)\ndef slopes(f, point):\n    return next(known)"
        check = sheet.check("check(code_problem, slopes, points=4)", points=4)
        assert graded(code_key, sheet.raw(sheet.setup(), sheet.answer(code), check)).marks[0].score == 0.0


def test_undecided_has_no_score_and_a_text_that_is_not_full_marks(sheet, key, monkeypatch, graded):
    from fractions import Fraction

    from autograder.grading import grade as module
    from autograder.grading.execution import Attempt, Executed
    from autograder.judge import Judgement

    def execute(*arguments):
        *_, answered = arguments
        answered("check-1", Attempt(None))
        return Executed(((), (), (), ()), {"check-1": Attempt(None)})

    monkeypatch.setattr(module, "execute", execute)
    monkeypatch.setattr(module, "_judgement", lambda *arguments: Judgement("undecided", Fraction(0), "A person looks."))
    result = graded(key, sheet.raw(*key.master["cells"]))
    assert result.marks[0].needs_person
    assert result.notebook["cells"][2]["outputs"][0]["data"]["text/plain"] == "0.0"


def test_a_function_is_tried_on_the_same_when_regraded_and_on_something_else_when_handed_in_anew(
    warm, sheet, code_key, monkeypatch
):
    drawn = []
    inputs = NumericalGradient.inputs
    monkeypatch.setattr(NumericalGradient, "inputs", lambda self, seed: drawn.append(seed) or inputs(self, seed))

    def seeds(source, student="ada", secret=b"secret"):
        drawn.clear()
        raw = sheet.raw(sheet.setup(), sheet.answer(source), code_key.master["cells"][-1])
        grade(raw, code_key, student=student, secret=secret, warm=warm)
        assert len(set(drawn)) == 1  # the judge asks for what was tried
        return drawn[0]

    first = seeds("def slopes(f, point):\n    return 0")
    assert first == seeds("def slopes(f, point):\n    return 0")
    others = [
        seeds("def slopes(f, point):\n    return 1"),
        seeds("def slopes(f, point):\n    return 0", student="bob"),
        seeds("def slopes(f, point):\n    return 0", secret=b"of another course"),
    ]
    assert len({first, *others}) == 4


def test_a_function_is_called_before_a_later_cell_can_change_what_it_does(sheet, code_key, graded):
    right = (
        "step = 6e-6\ndef slopes(f, point):\n    import numpy as np\n    point = np.array(point, dtype=float)\n"
        "    return [(f(point + step * e) - f(point - step * e)) / (2 * step) for e in np.eye(len(point))]"
    )
    check = sheet.check("check(code_problem, slopes, points=4)", points=4)
    result = graded(
        code_key, sheet.raw(sheet.setup(), sheet.answer(right), check, sheet.cell("step = 1.0", identity="later"))
    )
    assert result.marks[0].score == 4.0


def test_an_error_in_judging_ends_the_run_and_is_told(key, sheet, monkeypatch):
    from autograder.grading import grade as module

    def break_off(*arguments):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(module, "_judgement", break_off)
    with Warm() as own, pytest.raises(RuntimeError, match="a fault of ours"):
        grade(sheet.raw(*key.master["cells"]), key, student="ada", secret=b"secret", limits=LIMITS, warm=own)
    assert own._process.returncode is not None


def test_one_answer_that_the_grader_cannot_judge_waits_for_a_person(key, sheet, graded, monkeypatch):
    from autograder.grading import judging

    def fail(*arguments):
        raise ZeroDivisionError

    key.exercises[0].judge  # noqa: B018 - made before the fault
    monkeypatch.setattr(judging, "judge", fail)
    mark = graded(key, sheet.raw(*key.master["cells"])).marks[0]
    assert mark.needs_person
    assert mark.judgement.says == "The grader failed on this answer (ZeroDivisionError). A person will look at it."


def test_all_cells_together_keep_no_more_than_the_limit(sheet, key, graded):
    loud = [sheet.cell("print('x' * 900)", identity=f"loud-{number}") for number in range(8)]
    cells = [sheet.setup(), *loud, sheet.answer("answer = (2, 12)"), sheet.check(), sheet.words()]
    result = graded(key, sheet.raw(*cells), Limits(cell=5.0, kept_total=2000))
    printed = sum(
        out.get("text", "").count("x") for cell in result.notebook["cells"] for out in cell.get("outputs", ())
    )
    assert printed <= 2000
    assert result.marks[0].score == 2.0


def test_what_is_shown_holds_no_answer_bundles(sheet, key, graded):
    tries = [sheet.cell("check(problem, (2, 12))", identity=f"try-{number}") for number in range(3)]
    cells = [sheet.setup(), *tries, sheet.answer("answer = (2, 12)"), sheet.check(), sheet.words()]
    assert "vnd.nabla" not in json.dumps(graded(key, sheet.raw(*cells)).notebook)
