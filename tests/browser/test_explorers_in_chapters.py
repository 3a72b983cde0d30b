"""Every explorer of every chapter moves by keyboard alone, with the f and the point that the chapter gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_explorer_of_a_chapter_moves_by_keyboard(lab, chapter: Path) -> None:
    notebook = lab.open(chapter)
    notebook.run_all()
    assert notebook.errors() == []
    explorers = notebook.page.locator(".nabla-explorer").count()
    assert explorers > 0
    for place in range(explorers):
        shown = notebook.explorer(place)
        slider = shown.root.get_by_role("slider").first
        told = slider.get_attribute("aria-valuetext")
        at_end = slider.evaluate("input => input.value === input.max")
        slider.focus()
        with shown.changing(words=False):  # a view that turns changes no number
            notebook.page.keyboard.press("ArrowLeft" if at_end else "ArrowRight")
        expect(slider).not_to_have_attribute("aria-valuetext", told)
