"""nbgrader's own pages and commands on a course of ours: the marks are those of `nabla grade`, and nothing is lost."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from autograder.grading.batch import grade_class
from autograder.grading.course import Course
from autograder.grading.key import compile_key
from autograder.grading.nbgrader_gradebook import Standing, gradebook, prepare, standings
from autograder.grading.nbgrader_release import release

ROOT = Path(__file__).parents[2]
SETUP = """\
from sympy import *
from sympy.abc import x, y
from autograder import Gradient, GradientAt, check
problem_1 = Gradient(x**2 + 3*y**2)
problem_2 = GradientAt(x**2 + 3*y**2, at=(1, 2))"""
SCRIPT = "<script>window.stolen = true</script>"
UNDECIDED = "answer_1 = (2*x*floor(2*Abs(atan(1/x) + atan(x))/pi), 6*y)"
"""Right for every x but 0, and no machine that computes to so many digits can tell that the floor is 1."""
CLASS = {
    "ada": ("answer_1 = '(2x, 6y)'", "answer_2 = (2, 12)", "It points uphill."),
    "ben": (
        "answer_1 = (6*y, 2*x)",
        f"from IPython.display import HTML, display\ndisplay(HTML('{SCRIPT}'))\nanswer_2 = (2, 11)",
        f"{SCRIPT} Because.",
    ),
    "cleo": (UNDECIDED, "answer_2 = (12, 2)", "It is steepest there."),
}
pytestmark = pytest.mark.slow


def cell(kind: str, source: str, name: str, **noted: Any) -> nbformat.NotebookNode:
    made = getattr(nbformat.v4, f"new_{kind}_cell")(source, id=name)
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    made.metadata["nbgrader"] = {"grade_id": name, **flags, **noted}
    return made


def paper(first: str, second: str, words: str) -> nbformat.NotebookNode:
    """Two exercises that are judged and one that a person marks."""
    cells = [
        cell("markdown", "# Slopes", "title", locked=True),
        cell("code", SETUP, "setup", locked=True),
        cell("markdown", "## The gradient\nFind the gradient of $f(x, y) = x^2 + 3y^2$.", "text-1", locked=True),
        cell("code", first, "answer-1", solution=True),
        cell("code", "check(problem_1, answer_1, points=2)", "check-1", grade=True, locked=True, points=2),
        cell("markdown", "## The gradient at a point\nFind it at $(1, 2)$.", "text-2", locked=True),
        cell("code", second, "answer-2", solution=True),
        cell("code", "check(problem_2, answer_2, points=2)", "check-2", grade=True, locked=True, points=2),
        cell("markdown", "## In words\nWhy does it point there?", "text-3", locked=True),
        cell("markdown", words, "words-3", grade=True, solution=True, points=3),
    ]
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Course]:
    """Makes a course with a released assignment and what three students handed in, and half a file from a fourth."""
    course = written(tmp_path_factory.mktemp("course"))

    def copied(folder: Path) -> Course:
        return Course(shutil.copytree(course.root, folder))

    return copied


def written(folder: Path) -> Course:

    def solved(text: str) -> str:
        return f"...\n### BEGIN SOLUTION\n{text}\n### END SOLUTION"

    course = Course(folder)
    for path, notebook in {
        folder / "source" / "slopes": paper(*map(solved, ("answer_1 = (2*x, 6*y)", "answer_2 = (2, 12)", "Up."))),
        **{course.submitted("slopes", student): paper(*written) for student, written in CLASS.items()},
    }.items():
        path.mkdir(parents=True)
        nbformat.write(notebook, path / "slopes.ipynb")
    half = course.submitted("slopes", "abe")
    half.mkdir(parents=True)
    (half / "slopes.ipynb").write_text('{"cells": [{"cell_type": "mark', encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    prepare(course, compile_key(course, "slopes"))
    release(course, "slopes")
    return course


def held(course: Course) -> dict[str, dict[str, Standing]]:
    return standings(course, compile_key(course, "slopes"))


@pytest.fixture(scope="module")
def expected(
    make: Callable[[Path], Course], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Standing]]:
    """What `nabla grade` makes of the class."""
    course = make(tmp_path_factory.mktemp("expected") / "course")
    outcomes = list(grade_class(course, compile_key(course, "slopes"), workers=1))
    assert [outcome.graded.status for outcome in outcomes] == ["failed", *["graded"] * 3]
    marks = held(course)
    assert {name: tuple(mark.score for mark in marks[name].values()) for name in marks} == {
        "abe": (0, 0, 0),
        "ada": (2, 2, 0),
        "ben": (0, 1, 0),
        "cleo": (0, 0, 0),
    }
    assert [name for name in marks if marks[name]["check-1"].needs_person] == ["abe", "cleo"]
    return marks


# -- in the browser -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Formgrader:
    """Formgrader as an instructor opens it: from the menu of JupyterLab, which shows it in a frame."""

    course: Course
    lab: Any
    page: Page
    frame: FrameLocator

    def row(self, student: str) -> Locator:
        return self.frame.locator("tbody tr", has=self.frame.locator(f".student-id:text-is('{student}')"))

    def press(self, student: str, button: str) -> str:
        """Press a button in the row of a student; return what nbgrader says once it is done."""
        self.row(student).locator(f".{button} a").click()
        dialog = self.frame.locator(".modal.in")
        says = dialog.locator(".modal-body").inner_text()
        dialog.get_by_role("button", name="Close").last.click()
        expect(dialog).to_have_count(0)
        return says


@pytest.fixture(scope="module")
def formgrader(
    make: Callable[[Path], Course], lab_in: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Formgrader:
    folder = tmp_path_factory.mktemp("formgrader")
    course = make(folder / "notebooks")
    lab = lab_in(folder)
    page = lab.visit("lab")
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    page.locator(".lm-Menu-itemLabel:text-is('Formgrader')").click()
    frame = page.frame_locator("iframe[src*='formgrader']")
    frame.locator(".num-submissions a").click()
    expect(frame.locator("tbody tr")).to_have_count(4)
    return Formgrader(course, lab, page, frame)


def test_the_autograde_button_gives_the_marks_of_nabla_grade(formgrader, expected) -> None:
    for student in expected:
        assert "Successfully autograded" in formgrader.press(student, "autograde")
    assert held(formgrader.course) == expected
    for student, score in {"abe": "0 / 7", "ada": "4 / 7", "ben": "1 / 7", "cleo": "0 / 7"}.items():
        expect(formgrader.row(student).locator(".score")).to_have_text(score)
        expect(formgrader.row(student).locator(".status")).to_have_text("needs manual grading")


def test_a_mark_given_by_hand_is_kept_when_the_answer_is_graded_again(formgrader) -> None:
    page = open_submission(formgrader, "cleo")
    score = page.locator("#check-1")
    expect(score).to_have_class(re.compile("needs_manual_grade"))  # as undecided answers have to
    expect(score).not_to_have_attribute("placeholder", re.compile(r"\d"))
    expect(page.locator("#check-2")).to_have_attribute("placeholder", "0")
    expect(page.locator(".nabla-feedback").first).to_contain_text("This could not be decided by machine")
    for field, given in {"#check-1": "1.5", "#answer-1-comment": "A floor that is always 1."}.items():
        with page.expect_response(lambda response: response.request.method == "PUT") as saved:
            page.locator(field).fill(given)
            page.keyboard.press("Tab")
        assert saved.value.ok
    page.close()
    assert "Successfully autograded" in formgrader.press("cleo", "autograde")
    mark = held(formgrader.course)["cleo"]["check-1"]
    assert (mark.score, mark.by_hand) == (1.5, True)
    with gradebook(formgrader.course) as book:
        assert book.find_comment("answer-1", "slopes", "slopes", "cleo").comment == "A floor that is always 1."
    expect(formgrader.row("cleo").locator(".score")).to_have_text("1.5 / 7")


def open_submission(formgrader: Formgrader, student: str) -> Page:
    with gradebook(formgrader.course) as book:
        submission = book.find_submission_notebook("slopes", "slopes", student).id
    page = formgrader.page.context.new_page()  # of one that is logged in
    page.goto(f"{formgrader.lab.url}formgrader/submissions/{submission}/")
    return page


def test_nothing_that_a_student_wrote_runs_in_formgrader(formgrader) -> None:
    page = open_submission(formgrader, "ben")
    expect(page.locator(".nabla-feedback").first).to_contain_text("right components in the wrong order")
    assert page.evaluate("window.stolen") is None
    expect(page.locator("math").first).to_be_visible()  # without a network, too
    page.close()


def test_the_feedback_button_writes_our_page_without_any_script(formgrader) -> None:
    for student in ("ben", "cleo"):
        assert "Successfully generated feedback" in formgrader.press(student, "generate-feedback")
    pages = {student: formgrader.course.feedback("slopes", student) / "slopes.html" for student in ("ben", "cleo")}
    assert "<script" not in pages["ben"].read_text(encoding="utf-8")
    page = formgrader.lab.browser.new_page()
    page.goto(pages["ben"].as_uri())
    expect(page.locator(".nabla-summary")).to_contain_text("1 of 7 points so far; 3 more are waiting")
    assert page.evaluate("window.stolen") is None
    page.goto(pages["cleo"].as_uri())
    expect(page.locator(".nabla-summary")).to_contain_text("1.5 of 7 points")
    expect(page.locator("#check-1-card")).to_contain_text("A person has set the score to 1.5.")
    expect(page.locator("body")).to_contain_text("A floor that is always 1.")
    page.close()


def test_the_validate_button_says_what_check_says(formgrader) -> None:
    notebook = formgrader.lab.root / "mine.ipynb"
    answered(formgrader.course, notebook)
    page = formgrader.lab.visit(f"lab/tree/{notebook.name}")
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("right components in the wrong order", timeout=90_000)
    expect(dialog).to_contain_text("answer_2")
    expect(dialog).not_to_contain_text("answer_1")
    expect(dialog).not_to_contain_text("Partial credit")
    page.context.close()


def answered(course: Course, path: Path) -> None:
    """The released notebook with a right answer and a wrong one."""
    notebook = nbformat.read(course.release("slopes"), as_version=4)
    for name, text in {"answer-1": "answer_1 = '(2x, 6y)'", "answer-2": "answer_2 = (12, 2)"}.items():
        next(cell for cell in notebook.cells if cell.id == name).source = text
    nbformat.write(notebook, path)


# -- on the command line -------------------------------------------------------------------------------------------


def nbgrader(course: Course, *arguments: str) -> str:
    """Run one of nbgrader's commands in the course folder and return what it prints."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "HOME": str(course.root)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nbgraders_commands_give_the_marks_of_nabla_grade_and_export_no_silent_zero(make, expected, tmp_path) -> None:
    course = make(tmp_path / "course")
    nbgrader(course, "autograde", "slopes")
    assert held(course) == expected
    for student in ("dee", "eve"):
        shutil.copytree(course.submitted("slopes", "ada"), course.submitted("slopes", student))
    with gradebook(course) as book:
        book.add_student("eve")
        with book.db.no_autoflush:
            book.add_submission("slopes", "eve")  # as far as nbgrader comes when it is killed in the middle
        for student, words in {"ada": 3.0, "ben": 0.0}.items():
            grade = book.find_grade("words-3", "slopes", "slopes", student)
            grade.manual_score, grade.needs_manual_grade = words, False
        book.db.commit()
    nbgrader(course, "export")
    with open(course.root / "grades.csv", newline="") as file:
        exported = {line["student_id"]: (line["score"], line["status"]) for line in csv.DictReader(file)}
    assert exported == {
        "ada": ("7.0", "graded"),
        "ben": ("1.0", "graded"),
        "cleo": ("", "to be marked"),
        "abe": ("", "failed"),
        "dee": ("", "not run"),
        "eve": ("", "not run"),
    }


def test_nbgrader_validate_says_what_check_says(make, tmp_path) -> None:
    course = make(tmp_path / "course")
    answered(course, course.root / "mine.ipynb")
    says = nbgrader(course, "validate", "mine.ipynb")
    assert "VALIDATION FAILED ON 2 CELL(S)" in says  # the other has no words in it
    assert "check(problem_2, answer_2, points=2)" in says
    assert "Not yet: 0 of 2 points" in says
    assert "These are the right components in the wrong order." in says
    assert "problem_1" not in says
