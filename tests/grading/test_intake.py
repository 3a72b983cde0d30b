"""What of a submission crosses to the notebook that is run, and what is said about the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.grading.intake import take
from autograder.grading.submission import MAX_BYTES, IntakeError, find_notebook


def sources(intake):
    return [entry.cell["source"] for entry in intake.entries]


def levels(intake):
    return [anomaly.level for anomaly in intake.anomalies]


def says(intake):
    return " ".join(anomaly.says for anomaly in intake.anomalies)


def test_the_text_of_a_solution_cell_is_the_students(sheet, master):
    intake = take(
        sheet.raw(sheet.setup(), sheet.answer("answer = 5"), sheet.check(), sheet.words("Up.")), master, "tiny"
    )
    assert sources(intake) == [master["cells"][0]["source"], "answer = 5", "check(problem, answer, points=2)", "Up."]
    assert not intake.anomalies


def test_locked_text_metadata_and_outputs_are_the_masters(sheet, master):
    check = sheet.check("2.0", points=200)
    check["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "2.0"}}]
    answer = sheet.answer("answer = 5")
    answer["metadata"]["nbgrader"]["points"] = 9
    intake = take(sheet.raw(sheet.setup(), answer, check, sheet.words()), master, "tiny")
    assert intake.entries[2].cell == master["cells"][2]
    assert intake.entries[1].cell["metadata"] == master["cells"][1]["metadata"]
    assert levels(intake) == ["suspicious"]
    assert "2.0" in says(intake)


def test_white_space_in_a_locked_cell_is_no_tampering(sheet, master):
    check = sheet.check("check(problem, answer,\n      points=2)\n")
    assert not take(sheet.raw(sheet.setup(), sheet.answer(), check, sheet.words()), master, "tiny").anomalies


def test_an_added_cell_stays_where_it_was_put(sheet, master):
    own = sheet.cell("helper = 1", identity="own")
    intake = take(
        sheet.raw(sheet.setup(), own, sheet.answer("answer = helper"), sheet.check(), sheet.words()), master, "tiny"
    )
    assert sources(intake)[1] == "helper = 1"
    assert [entry.by for entry in intake.entries] == ["instructor", "student", "student", "instructor", "student"]


def test_cells_in_another_order_are_put_back_into_the_masters(sheet, master):
    intake = take(sheet.raw(sheet.check(), sheet.words(), sheet.answer("answer = 5"), sheet.setup()), master, "tiny")
    assert [entry.cell["id"] for entry in intake.entries] == ["setup", "answer-1", "check-1", "words-1"]


def test_a_deleted_answer_cell_comes_back_empty_and_a_deleted_check_comes_back(sheet, master):
    intake = take(sheet.raw(sheet.setup(), sheet.words()), master, "tiny")
    assert sources(intake)[1:3] == ["answer = ...", "check(problem, answer, points=2)"]
    assert levels(intake) == ["note", "note"]


def test_of_two_cells_with_one_id_the_first_counts_and_the_other_runs_as_added(sheet, master):
    cells = (sheet.setup(), sheet.answer("answer = 1"), sheet.answer("answer = 2"), sheet.check(), sheet.words())
    intake = take(sheet.raw(*cells), master, "tiny")
    assert sources(intake)[1:3] == ["answer = 1", "answer = 2"]
    assert intake.entries[2].cell["metadata"] == {}
    assert "occurs twice" in says(intake)


def test_an_identical_copy_is_dropped(sheet, master):
    cells = (sheet.setup(), sheet.answer("answer = 1"), sheet.check(), sheet.check(), sheet.words())
    assert len(take(sheet.raw(*cells), master, "tiny").entries) == 4


def test_a_notebook_without_cells_is_graded_as_empty(sheet, master):
    intake = take(sheet.raw(), master, "tiny")
    assert sources(intake) == [cell["source"] for cell in master["cells"]]
    assert "no cells" in says(intake)


def test_another_kernel_is_noted(sheet, master):
    raw = sheet.raw(*master["cells"], metadata={"kernelspec": {"name": "ir", "language": "R"}})
    assert "kernel for 'r'" in says(take(raw, master, "tiny"))


def test_the_old_format_3_is_taken(sheet, master):
    answer = {"cell_type": "code", "input": "answer = 7", "metadata": sheet.answer()["metadata"]}
    raw = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [answer]}]}).encode()
    intake = take(raw, master, "tiny")
    assert sources(intake)[1] == "answer = 7"
    assert "old format 3" in says(intake)


@pytest.mark.parametrize("cell", [None, 3, {}, {"cell_type": "widget"}, {"cell_type": "code", "source": "x" * 300_000}])
def test_a_cell_that_is_none_is_left_out_and_named(sheet, master, cell):
    raw = json.dumps({"cells": [*master["cells"], cell], "metadata": {}, "nbformat": 4}).encode()
    intake = take(raw, master, "tiny")
    assert len(intake.entries) == 4
    assert intake.anomalies[0].cell == "cell 5"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty file"),
        (b"<!DOCTYPE html>", "not a notebook"),
        (b'{"cells": [', "not a notebook"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[1, 2]", "not a notebook"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b"[" * 100_000, "nested too deeply"),
        (b" " * (MAX_BYTES + 1), "larger than 30 MB"),
        (json.dumps({"cells": [{}] * 1001}).encode(), "1,001 cells"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_files_name(master, raw, said):
    with pytest.raises(IntakeError, match=r"tiny\.ipynb") as caught:
        take(raw, master, "tiny")
    assert said in str(caught.value)


def test_text_beyond_what_anybody_writes_is_left_out(sheet, master):
    more = [sheet.cell("# " + "x" * 199_000, identity=f"own{number}") for number in range(20)]
    intake = take(sheet.raw(*master["cells"], *more), master, "tiny")
    assert len(intake.entries) == 4 + 5
    assert "more than 1,000,000 characters together" in says(intake)


@pytest.mark.parametrize("language", [["x"], {"a": 1}, 5, float("inf"), "\x1b[2J", "\u202e"])
def test_a_kernel_of_any_kind_is_only_noted(sheet, master, language):
    intake = take(sheet.raw(*master["cells"], metadata={"kernelspec": {"language": language}}), master, "tiny")
    assert levels(intake) == ["note"]
    assert says(intake).isprintable()


def test_what_is_quoted_of_a_student_is_one_short_line_that_controls_nothing(sheet, master):
    check = sheet.check("\x1b]0;title\x07\x1b[2J\n\u202e\ud800[red]" + "x" * 10_000)
    (found,) = take(sheet.raw(sheet.setup(), sheet.answer(), check, sheet.words()), master, "tiny").anomalies
    assert found.says.isprintable()
    assert len(found.says) <= 500


@pytest.mark.parametrize("name", ["\x1b[2J.ipynb", "\udcff.ipynb", "a\nb\u202e.ipynb", "x" * 200 + ".ipynb"])
def test_a_strange_file_name_is_told_in_plain_letters(tmp_path: Path, name):
    (tmp_path / name).write_text("{}")
    path, (note,) = find_notebook(tmp_path, "tiny")
    assert path.name == name
    assert note.says.isprintable()
    (tmp_path / "other.ipynb").write_text("{}")
    with pytest.raises(IntakeError) as caught:
        find_notebook(tmp_path, "tiny")
    assert str(caught.value).isprintable()


def test_a_renamed_notebook_is_found(tmp_path: Path):
    (tmp_path / "tiny (1).ipynb").write_text("{}")
    path, notes = find_notebook(tmp_path, "tiny")
    assert path.name == "tiny (1).ipynb"
    assert "should be tiny.ipynb" in notes[0].says


def test_of_several_notebooks_the_one_with_the_right_name_is_taken(tmp_path: Path):
    for name in ("tiny.ipynb", "draft.ipynb"):
        (tmp_path / name).write_text("{}")
    assert find_notebook(tmp_path, "tiny")[0].name == "tiny.ipynb"


def test_several_notebooks_of_other_names_are_for_a_person(tmp_path: Path):
    for name in ("one.ipynb", "two.ipynb"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(IntakeError, match=r"one\.ipynb, two\.ipynb") as caught:
        find_notebook(tmp_path, "tiny")
    assert caught.value.handed_in


@pytest.mark.parametrize("others", [[], ["answers.pdf"]])
def test_a_folder_without_a_notebook_counts_as_nothing_handed_in(tmp_path: Path, others):
    for name in others:
        (tmp_path / name).write_text("")
    with pytest.raises(IntakeError, match=r"tiny\.ipynb is missing") as caught:
        find_notebook(tmp_path, "tiny")
    assert not caught.value.handed_in


def test_a_link_is_not_followed(tmp_path: Path):
    (tmp_path / "secret").write_text("{}")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "tiny.ipynb").symlink_to(tmp_path / "secret")
    with pytest.raises(IntakeError):
        find_notebook(folder, "tiny")


def test_a_folder_that_is_a_link_to_anothers_work_is_not_followed(tmp_path: Path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "tiny.ipynb").write_text("{}")
    (tmp_path / "eve").symlink_to(tmp_path / "ada")
    with pytest.raises(IntakeError, match="not followed"):
        find_notebook(tmp_path / "eve", "tiny")
