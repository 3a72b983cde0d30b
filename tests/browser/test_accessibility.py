"""What axe finds against all else that a person is shown: problems, feedback, hints, practice, films, reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.grading.anomaly import Anomaly
from autograder.report.page import page as report_page
from autograder.report.results import ClassReport, CommonMistake, ExerciseSummary, Row

pytestmark = pytest.mark.slow

OUTPUTS = ".jp-OutputArea-output"
SETUP = """
import os, tempfile
os.environ["NABLA_DATA"] = tempfile.mkdtemp()  # practice is not to be kept with the person's own
from sympy.abc import x, y
from autograder import DirectionalDerivative, GradientAt, check, practice, progress
from nabla import explore
problem = GradientAt(x**2*y + 3*y, at=(2, 1))
"""
CELLS = (
    "problem",
    "problem.hints()",
    "check(problem, (4, 7), points=2)",
    "check(problem, (7, 4), points=2)",
    "check(problem, '(2xy, x^2 + 3)')",
    "check(problem, '((4, 7')",
    "check(problem, ...)",
    "practice(DirectionalDerivative, level=1)",
    "progress()",
    "from IPython.display import Markdown\nMarkdown(problem.solution())",
    "explore.gradient_picture(x**2 + 3*y**2, (1, 2), {'gradient': (2, 12)})",
    "explore.gradient_on_contours(x**2 + 3*y**2).film('1s | One.\\n1s point -> (2, 0) | Two.')",
)


@pytest.fixture(scope="module")
def notebook(lab_server) -> Iterator[Any]:
    """A notebook with one of each; in the practice panel a wrong answer, its hint and the solution."""
    notebook = lab_server.open([SETUP, *CELLS])
    notebook.run_all()
    assert notebook.errors() == []
    page = notebook.page
    field = page.get_by_label("Your answer")
    for attempt in ("1/", "12345"):
        field.fill(attempt)
        field.press("Enter")
        notebook.wait_idle()
    page.get_by_role("button", name="Hint").click()
    page.get_by_role("button", name="Show me").click()
    expect(page.get_by_text("Hint 1.")).to_be_visible()
    for folded in page.locator(f"{OUTPUTS} details").all():
        folded.locator("summary").first.click()
    yield notebook
    notebook.theme("JupyterLab Light")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_problems_feedback_hints_practice_pictures_and_films(notebook, violations, theme):
    notebook.theme(theme)
    assert violations(notebook.page, OUTPUTS) == []


def test_what_is_wrong_would_be_found(notebook, violations):
    notebook.page.evaluate(
        "where => document.querySelector(where).insertAdjacentHTML('beforeend',"
        ' \'<div id=bad><img src="data:,"><p style="color:#aaa;background:#fff">pale</p></div>\')',
        OUTPUTS,
    )
    found = violations(notebook.page, OUTPUTS)
    notebook.page.evaluate("document.querySelector('#bad').remove()")
    assert {each.split()[0] for each in found} == {"color-contrast", "image-alt"}


def test_the_class_report(browser, violations, tmp_path: Path):
    rows = (
        Row("ada", "graded", {"check-1": 2.0, "words-1": None}, ("words-1",)),
        Row("bob", "failed", {"check-1": None, "words-1": None}, (), (Anomaly("unreadable", "", "not a notebook"),)),
        Row("cy", "graded", {"check-1": 0.0, "words-1": 1.0}, (), (Anomaly("suspicious", "check-1", "a set score"),)),
    )
    states = {"right": 1, "partly right": 1, "wrong": 1, "missing": 1, "undecided": 1}
    exercises = (ExerciseSummary("check-1", 2.0, 2, 1.0, states), ExerciseSummary("words-1", 3.0, 1, 1.0, {}))
    mistakes = (CommonMistake("check-1", "components swapped", 1, "The components are in the wrong order."),)
    report = ClassReport("gradient", {"check-1": 2.0, "words-1": 3.0}, rows, exercises, mistakes)
    assert violations_of_page(browser, violations, tmp_path, report_page(report)) == []


def violations_of_page(browser: Any, violations: Any, folder: Path, html: str) -> list[str]:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    found: list[str] = violations(page)
    context.close()
    return found
