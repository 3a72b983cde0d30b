"""What plugs into nbgrader: grading by our code from its own commands, and the look of feedback pages."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets.config import Config

from autograder.grading.mathml import typeset
from autograder.grading.nbgrader_export import StatusExport
from autograder.grading.nbgrader_settings import stubs

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (Path(__file__).parent / "feedback.css").read_text(encoding="utf-8")


def configure(config: Config) -> None:
    """Set nbgrader up for a course of ours; an `nbgrader_config.py` calls this and may change what follows.

    The Autograde button of Formgrader and `nbgrader autograde` then grade exactly as `nabla grade` does.
    """
    stubs(config)
    config.Autograde.sanitize_preprocessors = [GradeSubmission]
    config.Autograde.autograde_preprocessors = []
    config.Autograde.exporter_class = SubmissionExporter
    config.ExportApp.plugin_class = StatusExport
    config.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor, FeedbackPage]
    config.GenerateFeedback.exporter_class = FeedbackExporter
    config.FeedbackExporter.template_name = "nabla"  # nbgrader names its own, for every exporter to HTML
    config.FeedbackExporter.extra_template_basedirs = [str(_TEMPLATES)]
    config.HTMLExporter.preprocessors = [Typeset]


class FeedbackExporter(HTMLExporter):
    """Writes a feedback page by the template `nabla`, which holds no script and fetches nothing."""


class Typeset(NbGraderPreprocessor):
    """Turns mathematics into MathML, so that Formgrader shows it without a network too."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Go through all cells and their outputs."""
        for cell in nb.cells:
            _typeset(cell)
        return nb, resources


class SubmissionExporter(NotebookExporter):
    """Leaves the reading of a submission to `GradeSubmission`, which is up to what is no notebook, or a giant one."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Begin with an empty notebook where the submission is graded; read the file, which is ours, after that."""
        if any(isinstance(preprocessor, GradeSubmission) for preprocessor in self._preprocessors):
            return self.from_notebook_node(nbformat.v4.new_notebook(), resources, **options)
        return super().from_filename(filename, resources, **options)


class GradeSubmission(NbGraderPreprocessor):
    """Grades the submission that nbgrader is about to sanitize, and hands back the graded notebook."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade by the file in `submitted`; the notebook that came along is empty."""
        from autograder.grading.batch import grade_class
        from autograder.grading.course import Course
        from autograder.grading.key import compile_key

        noted = resources["nbgrader"]
        course = Course(Path(self.parent.parent.coursedir.root))
        key = compile_key(course, noted["assignment"])
        folder = course.autograded(noted["assignment"], noted["student"])
        _leave_only(folder, (f"{key.notebook}.ipynb", "timestamp.txt"))
        for outcome in grade_class(course, key, [noted["student"]], workers=1, again=True):
            for anomaly in outcome.graded.anomalies:
                self.log.warning("%s %s: %s", noted["student"], anomaly.cell, anomaly.says)
            nb = nbformat.from_dict(outcome.graded.notebook)
        return nb, resources


def _leave_only(folder: Path, names: Collection[str]) -> None:
    """Remove what nbgrader has copied beside the notebook, and would hand back with the feedback.

    It follows links when it copies: a link to the solution, or to another's work, would come back as a file.
    """
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in names:
            path.unlink()


class FeedbackPage(NbGraderPreprocessor):
    """Dresses a graded notebook for the student: a summary first, no machinery, a quiet look."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Add the summary and the style, and hide the source of cells that the student did not write."""
        noted = resources["nbgrader"]
        waiting = self._waiting(noted)
        summary = _summary(nb, noted, waiting)
        for cell in nb.cells:
            if cell.cell_type == "code" and is_locked(cell):
                cell.metadata["transient"] = {"remove_source": True}
            if is_grade(cell) and not is_solution(cell):
                _add_final_score(cell)
            if is_grade(cell):
                cell.metadata.nbgrader["waiting"] = cell.metadata.nbgrader["grade_id"] in waiting
            if comment := cell.metadata.get("nbgrader", {}).get("comment"):
                cell.metadata.nbgrader["comment"] = typeset(comment)
        nb.cells.insert(0, NotebookNode(cell_type="markdown", id="summary", metadata=NotebookNode(), source=summary))
        resources.setdefault("inlining", {}).setdefault("css", []).append(_STYLE)
        return nb, resources

    def _waiting(self, noted: dict[str, Any]) -> set[str]:
        """Return the grade ids that a person still has to mark."""
        with Gradebook(noted["db_url"]) as book:
            submission = book.find_submission_notebook(noted["notebook"], noted["assignment"], noted["student"])
            return {
                grade.name for grade in submission.grades if grade.auto_score is None and grade.manual_score is None
            }


def _typeset(cell: NotebookNode) -> None:
    """Turn the mathematics of a cell into MathML, so that the page reads well without a network."""
    if cell.cell_type == "markdown":
        cell.source = typeset(cell.source)
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        for mime in ("text/markdown", "text/html"):
            if mime in data:
                data[mime] = typeset(data[mime])


def _summary(nb: NotebookNode, noted: dict[str, Any], waiting: set[str]) -> str:
    rows, heading = [], ""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and is_locked(cell):
            heading = _heading(cell.source) or heading
        if is_grade(cell):
            name, points = cell.metadata.nbgrader["grade_id"], float(cell.metadata.nbgrader["points"])
            score = float(cell.metadata.nbgrader["score"] or 0)
            rows.append(_row(name, heading or name, score, points, name in waiting))
    penalty = float(noted.get("late_penalty") or 0)
    late = f"<p>{penalty:g} points were taken off because it came late.</p>" if penalty else ""
    open_points = sum(
        float(cell.metadata.nbgrader["points"])
        for cell in nb.cells
        if is_grade(cell) and cell.metadata.nbgrader["grade_id"] in waiting
    )
    so_far = f" so far; {open_points:g} more are waiting for a person to mark them" if open_points else ""
    lead = f"<b>{float(noted['score']):.4g} of {float(noted['max_score']):.4g} points</b>{so_far}."
    headings = "".join(f'<th scope="col">{heading}</th>' for heading in ("Exercise", "Points", "Result"))
    table = f"<table><thead><tr>{headings}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="nabla-summary"><p class="nabla-total">{lead}</p>{late}{table}</div>'


def _row(name: str, heading: str, score: float, points: float, waiting: bool) -> str:
    if waiting:
        result, shown = "… to be marked", "–"
    else:
        full, none = "✓ right", "✗ not yet"
        result, shown = full if score >= points else none if score == 0 else "◐ partly right", f"{score:.4g}"
    link = f'<a href="#{escape(name)}-card">{escape(heading)}</a>'
    return f"<tr><td>{link}</td><td>{shown} of {points:g}</td><td>{result}</td></tr>"


def _heading(text: str) -> str:
    """Return the first heading of a Markdown text."""
    return next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")


def _add_final_score(cell: NotebookNode) -> None:
    """Give the card an anchor, and say so when a person has set another score than the machine."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "text/html" not in data:
            continue
        name = escape(cell.metadata.nbgrader["grade_id"])
        final, machine = float(cell.metadata.nbgrader["score"] or 0), float(data.get("text/plain", "nan"))
        note = f"<p><b>A person has set the score to {final:.4g}.</b></p>" if final != machine else ""
        data["text/html"] = f'<div id="{name}-card">{data["text/html"]}{note}</div>'
