"""The notebooks that a student opens: tidy as files, and running from top to bottom."""

from __future__ import annotations

import re
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
SOURCES = sorted((ROOT / "source").glob("*/*.ipynb"))


def name(path: Path) -> str:
    return path.stem


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


# -- tidy ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CHAPTERS + SOURCES, ids=name)
class TestTidy:
    def test_the_file_is_valid_and_written_as_nbformat_writes_it(self, path):
        notebook = read(path)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert path.read_text(encoding="utf-8") == nbformat.writes(notebook) + "\n"

    def test_no_output_and_no_trace_of_a_run_is_kept(self, path):
        assert [cell.id for cell in code(read(path)) if cell.outputs or cell.execution_count is not None] == []

    def test_cell_ids_are_unique_and_say_what_the_cell_is(self, path):
        ids = [cell.id for cell in read(path).cells]
        assert len(set(ids)) == len(ids)
        assert [i for i in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", i) or len(i) > 40] == []
        assert [i for i in ids if re.fullmatch(r"[0-9a-f]{8}", i)] == [], "an id that a machine made"

    def test_metadata_hold_the_kernel_the_language_and_what_is_covered(self, path):
        metadata = read(path).metadata
        assert set(metadata) == {"covers", "kernelspec", "language_info"}
        assert metadata.kernelspec == {
            "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
        }  # fmt: skip
        assert metadata.language_info == {"name": "python"}

    def test_cells_carry_no_metadata_but_those_of_nbgrader(self, path):
        allowed = {"nbgrader"} if path in SOURCES else set()
        assert [cell.id for cell in read(path).cells if set(cell.metadata) - allowed] == []

    def test_no_number_is_named_twice(self, path):
        covers = read(path).metadata.covers
        assert len(set(covers)) == len(covers)

    def test_code_cells_are_short(self, path):
        solution = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL)
        lengths = {cell.id: solution.sub("", cell.source).strip().count("\n") + 1 for cell in code(read(path))}
        assert {i: n for i, n in lengths.items() if n > 12} == {}

    def test_links_lead_to_files_that_exist(self, path):
        text = "\n".join(cell.source for cell in prose(read(path)))
        targets = [t for t in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", t)]
        assert [t for t in targets if not (path.parent / t.partition("#")[0]).is_file()] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_a_chapter_speaks_in_short_cells(path):
    words = {cell.id: len(cell.source.split()) for cell in prose(read(path))}
    assert {i: n for i, n in words.items() if n > 160} == {}


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_no_line_of_code_is_cut_off_in_a_narrow_window(path):
    lines = {(cell.id, line) for cell in code(read(path)) for line in cell.source.splitlines()}
    assert {(i, line) for i, line in lines if len(line) > 72} == set()


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_every_question_of_a_chapter_leaves_its_answer_open(path):
    cells = [cell.source for cell in code(read(path)) if re.search(r"^answer = ", cell.source, re.MULTILINE)]
    assert cells
    assert [source for source in cells if not re.fullmatch(r"answer = \.\.\.\ncheck\(\w+, answer\)", source)] == []


# -- running ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=CHAPTERS, ids=name)
def executed(request) -> tuple[NotebookNode, float]:
    """A chapter run from a fresh kernel, and the seconds that it took."""
    notebook = read(request.param)
    start = time.perf_counter()
    where = {"metadata": {"path": str(request.param.parent)}}
    NotebookClient(notebook, timeout=60, resources=where, allow_errors=True).execute()
    return notebook, time.perf_counter() - start


@pytest.mark.slow
class TestRunning:
    def test_no_cell_raises_warns_or_writes_to_stderr(self, executed):
        notebook, _ = executed
        outputs = [(cell.id, output) for cell in code(notebook) for output in cell.outputs]
        assert [(i, o.evalue) for i, o in outputs if o.output_type == "error"] == []
        assert [(i, o.text) for i, o in outputs if o.get("name") == "stderr"] == []

    def test_it_is_done_in_good_time(self, executed):
        _, seconds = executed
        assert seconds < 60  # under 8 s on two quiet cores

    def test_no_widget_hides_an_error(self, executed):
        notebook, _ = executed
        assert [state for state in widgets(notebook) if "error" in str(state.get("outputs", ""))] == []
        assert [state["frame"]["words"] for state in widgets(notebook) if state.get("frame", {}).get("error")] == []

    def test_every_explorer_shows_a_live_picture_and_its_words(self, executed):
        notebook, _ = executed
        explorers = [cell for cell in code(notebook) if re.search(r"^explore\.", cell.source, re.MULTILINE)]
        assert explorers
        for cell in explorers:
            data = cell.outputs[-1].data
            assert "application/vnd.jupyter.widget-view+json" in data
            assert re.fullmatch(r"[A-Z].*\d.*\.", data["text/plain"], re.DOTALL), "sentences with numbers"

    def test_open_questions_are_told_that_they_are_open(self, executed):
        notebook, _ = executed
        asked = [cell for cell in code(notebook) if cell.source.startswith("answer = ...")]
        assert asked
        assert [c.id for c in asked if "No answer yet" not in c.outputs[-1].data["text/html"]] == []

    def test_no_printed_line_is_broken_in_a_narrow_window(self, executed):
        notebook, _ = executed
        lines = [(cell.id, o.text) for cell in code(notebook) for o in cell.outputs if o.output_type == "stream"]
        assert [(i, line) for i, text in lines for line in text.splitlines() if len(line) > 45] == []

    def test_every_decimal_in_the_prose_is_computed_beside_it(self, executed):
        notebook, _ = executed
        shown = "\n".join(cell.source + printed(cell) for cell in code(notebook))
        text = "\n".join(cell.source for cell in prose(notebook))
        asserted = {"0.0105", "0.7", "1.2", "12.17"}  # in test_gradient_chapter.py
        assert set(re.findall(r"\d+\.\d+", text)) - set(re.findall(r"\d+\.\d+", shown)) <= asserted


def widgets(notebook: NotebookNode) -> list[dict]:
    """The state of every widget."""
    states = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    return [widget["state"] for widget in states.get("state", {}).values()]


def printed(cell: NotebookNode) -> str:
    """What a cell printed or returned, as text."""
    return "\n".join(o.get("text", "") or str(o.get("data", {}).get("text/plain", "")) for o in cell.outputs)
