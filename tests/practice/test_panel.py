"""The practice panel: its keys do what a session does, and an answer is read as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import GradientAt
from autograder.notation import plain
from autograder.practice import practice, progress
from autograder.practice.panel import Panel
from autograder.problems import WhichLevelSet


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Panel:
    monkeypatch.setenv("NABLA_DATA", str(tmp_path))
    return practice(GradientAt)


def test_the_problem_is_shown_typeset(panel: Panel) -> None:
    assert "$$" in panel.statement.value
    assert "<strong>gradient</strong>" in panel.statement.value


def test_typing_shows_how_it_is_read(panel: Panel) -> None:
    panel.field.value = "(2x, 3"
    assert "never closed" in panel.echo.value
    panel.field.value = "(2x, 3)"
    assert "Read as $" in panel.echo.value
    assert "2" in panel.echo.value


def test_enter_checks(panel: Panel) -> None:
    panel.field.value = plain(panel.session.problem.key())
    panel.on_key(panel.field, {"event": "submit"})
    assert "Right" in panel.feedback.value
    assert progress().of("GradientAt").right == 1


def test_hints_and_solution_come_when_asked(panel: Panel) -> None:
    assert panel.show.disabled
    for number in (1, 2, 3):
        assert panel.hint.description == f"Hint {number} of 3"
        panel.on_hint()
    assert panel.hint.disabled
    assert len(panel.help.children) == 3
    panel.on_show()
    assert "Worked solution" in panel.help.children[3].value
    assert "<img" in panel.help.children[4].value


def test_next_clears_the_desk(panel: Panel) -> None:
    panel.field.value = "(1, 1)"
    panel.on_check()
    panel.on_next()
    assert (panel.field.value, panel.feedback.value, panel.help.children) == ("", "", ())


def test_what_is_typed_is_escaped(panel: Panel) -> None:
    panel.field.value = "<script>alert(1)</script>"
    assert "<script>" not in panel.echo.value
    panel.on_check()
    assert "<script>" not in panel.feedback.value


def test_a_question_about_a_picture_is_shown_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NABLA_DATA", str(tmp_path))
    panel = practice(WhichLevelSet)
    assert panel.drawing.layout.display is None
    assert "One level curve" in panel.drawing.value
    panel.drawing.value = ""
    panel.on_next()
    assert "<img" in panel.drawing.value


def test_a_question_in_words_has_no_picture_before_it_is_solved(panel: Panel) -> None:
    assert (panel.drawing.value, panel.drawing.layout.display) == ("", "none")
