"""What a class report says, and that an unknown mark is never a zero."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction

import pytest
from rich.console import Console

from autograder.grading.anomaly import Anomaly
from autograder.grading.graded import Graded, Mark
from autograder.judge import Judgement
from autograder.report.page import page
from autograder.report.progress import tell
from autograder.report.results import ClassReport, ExerciseSummary, Row, common_mistakes
from autograder.report.show import write
from autograder.report.table import marks_csv
from autograder.report.terminal import show

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def report():
    rows = (
        Row("ada", "graded", {"check-1": 2.0, "words-1": None}, ("words-1",)),
        Row("bob", "failed", {"check-1": None, "words-1": None}, (), (Anomaly("unreadable", "", "not a notebook"),)),
        Row("cy", "not run", {"check-1": None, "words-1": None}),
        Row(HOSTILE, "graded", {"check-1": 0.0, "words-1": 1.0}, (), (Anomaly("suspicious", "check-1", HOSTILE),)),
    )
    exercises = (
        ExerciseSummary("check-1", 2.0, 2, 1.0, {"right": 1, "wrong": 1}),
        ExerciseSummary("words-1", 3.0, 1, 1.0, {}),
    )
    return ClassReport("gradient", {"check-1": 2.0, "words-1": 3.0}, rows, exercises, ())


def lines(report):
    return {line["student"]: line for line in csv.DictReader(io.StringIO(marks_csv(report)))}


def test_csv_leaves_unknown_marks_empty_and_says_why(report):
    assert lines(report)["bob"]["check-1"] == lines(report)["cy"]["sum"] == ""
    assert lines(report)["bob"]["status"] == "failed"
    assert lines(report)["ada"]["sum"] == ""
    assert lines(report)["ada"]["to mark by hand"] == "words-1"
    assert lines(report)[HOSTILE]["sum"] == "1"


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "\uff1d1+1", "\xa0=1", "\u200b=1"]
)
def test_no_cell_of_the_csv_begins_a_formula(name):
    text = marks_csv(ClassReport("gradient", {"check-1": 2.0}, (Row(name, "not run", {"check-1": None}),), (), ()))
    cell = list(csv.reader(io.StringIO(text)))[1][0]
    assert cell == f"'{name}"


def test_the_page_escapes_what_students_wrote_and_has_no_script(report):
    text = page(report)
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 3


def test_the_page_tells_statuses_and_unknown_marks(report):
    text = page(report)
    assert "✗ failed" in text
    assert "○ not run" in text
    assert "4 submissions: 2 graded, 1 failed, 1 not run; 1 with something" in text


def test_the_terminal_shows_the_same(report):
    console = Console(record=True, width=120, file=io.StringIO())
    show(report, console)
    text = console.export_text()
    assert "2+" in text
    assert "Worth a look" in text


@pytest.mark.parametrize("name", ["\x1b[2Jeve", "\x1b]0;title\x07eve", "\x9b31meve", "\u202eeve", "e\rve"])
def test_nothing_that_moves_a_cursor_reaches_the_terminal(name):
    row = Row(name, "graded", {"check-1": 2.0}, (), (Anomaly("suspicious", "check-1", name),))
    console = Console(width=120, file=io.StringIO(), force_terminal=True, no_color=True)
    show(ClassReport("gradient", {"check-1": 2.0}, (row,), (), ()), console)
    tell(console, Graded(name, "graded", (), {}, (Anomaly("suspicious", "check-1", name),)))
    text = re.sub("\x1b\\[[0-9;]*m", "", console.file.getvalue())  # what rich itself writes
    assert "eve" in text
    assert text.replace("\n", "").isprintable()


def test_one_submission_with_much_to_say_does_not_push_the_others_away():
    remarks = [Anomaly("note", f"cell {n}", "odd") for n in range(100)] + [Anomaly("suspicious", "cell 7", "the one")]
    console = Console(width=120, file=io.StringIO())
    tell(console, Graded("eve", "graded", (), {}, tuple(remarks)))
    told = console.file.getvalue().splitlines()
    assert len(told) == 13
    assert "the one" in told[0]
    assert "89 more remarks" in told[-1]


def test_the_files_are_for_their_owner_only(report, tmp_path):
    for path in write(report, tmp_path / "report"):
        assert path.stat().st_mode & 0o077 == 0


def test_the_commonest_mistake_comes_first():
    def made(name, *mistakes):
        judgements = [Judgement("wrong", Fraction(0), f"About {m}.", mistake=m) for m in mistakes]
        return Graded(name, "graded", tuple(Mark(f"check-{i}", 1.0, 0.0, j) for i, j in enumerate(judgements, 1)), {})

    found = common_mistakes([made("a", "swapped", "sign"), made("b", "sum", "sign")])
    assert [(mistake.name, mistake.count) for mistake in found] == [("sign", 2), ("sum", 1), ("swapped", 1)]
