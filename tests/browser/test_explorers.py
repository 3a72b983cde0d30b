"""Every explorer as a person meets it, in JupyterLab: moved by keyboard and by mouse, walked, turned, read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from nabla import explore

pytestmark = pytest.mark.slow

IMPORTS = "from sympy import exp, sin\nfrom sympy.abc import x, y, z\nfrom nabla import explore"
EXPLORERS = {
    "gradient_on_contours": "x**2 + 3*y**2, at=(1, 2)",
    "gradient_field": "x**2 + y**2, at=(1, 1)",
    "directional_derivative": "x**2 + 4*y**2, at=(1, 1)",
    "level_sets": "x**2 + 3*y**2, at=(1, 1)",
    "gradient_descent": "x**2 + 10*y**2, at=(5, 5), learning_rate=0.05",
    "optimiser_race": "x**2 + 10*y**2, at=(5, 5)",
    "chain_rule": "x**2 * y",
    "fit_a_line": "",
    "finite_difference_error": "exp(x) * sin(y), at=(1, 1)",
    "linearization_error": "x**2*y + 3*y, at=(2, 1)",
    "tangent_plane": "x**2 + x*y + y**3/3, at=(1, 1)",
    "level_surface": "x**2 + y**2 + z**2, at=(1, 2, 3)",
    "critical_points": "",
    "lagrange": "x*y, x**2 + 4*y**2, 8",
    "image_gradient": "",
    "terrain": "",
    "chemotaxis": "",
}
NAMES = list(EXPLORERS)
IN_SPACE = ["critical_points", "level_surface", "tangent_plane", "terrain"]
WALKING = [
    "chain_rule", "chemotaxis", "directional_derivative", "fit_a_line", "gradient_descent", "lagrange", "level_sets",
    "optimiser_race", "tangent_plane",
]  # fmt: skip
TURNED_BY_KEYS = {"Shift+ArrowLeft": 0, "Shift+ArrowUp": 1}
"""Each key, and which of the two angles it changes."""


@pytest.fixture(scope="module")
def notebook(lab_server) -> Iterator[Any]:
    """One notebook with every explorer, for all tests."""
    notebook = lab_server.open([IMPORTS, *(f"explore.{name}({given})" for name, given in EXPLORERS.items())])
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    notebook.theme("JupyterLab Light")


@pytest.fixture
def explorer(notebook) -> Callable[[str], Any]:
    """An explorer by its name, at its start."""
    return lambda name: notebook.explorer(NAMES.index(name))


def test_none_is_missing_here():
    still = {"gradient_picture", "path_picture"}
    assert {name for name in explore.__all__ if name.islower()} - still == set(EXPLORERS)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in IN_SPACE])
def test_keys_and_mouse_on_the_picture_change_picture_and_words(explorer, name):
    shown = explorer(name)
    shown.picture.focus()
    with shown.changing():
        shown.picture.press("Shift+ArrowLeft")
    with shown.changing():
        shown.drag((0.2, 0.3), (0.25, 0.6))


@pytest.mark.parametrize("name", IN_SPACE)
def test_a_view_of_space_is_turned_by_keys_and_mouse_and_its_flat_companion_moves_the_point(explorer, name):
    shown = explorer(name)
    angles = shown.root.get_by_role("group", name="view").get_by_role("slider").all()
    assert len(angles) == 2
    said = shown.words.text_content()
    shown.picture.focus()
    for key, which in TURNED_BY_KEYS.items():
        before = angles[which].get_attribute("aria-valuetext")
        with shown.changing(words=False):
            shown.picture.press(key)
        expect(angles[which]).not_to_have_attribute("aria-valuetext", before)
    before = [each.get_attribute("aria-valuetext") for each in angles]
    with shown.changing(words=False):
        shown.drag((0.2, 0.5), (0.35, 0.6))
    for each, text in zip(angles, before, strict=True):
        expect(each).not_to_have_attribute("aria-valuetext", text)
    expect(shown.words).to_have_text(said)
    with shown.changing():
        shown.drag((0.75, 0.2), (0.85, 0.35))


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_and_answers_the_keys_with_another_picture(explorer, name):
    shown = explorer(name)
    names = shown.root.locator("input").evaluate_all("inputs => inputs.map(each => each.labels[0]?.textContent ?? '')")
    assert all(names), names
    assert all(shown.root.get_by_role("button").all_text_contents())
    for box in shown.root.get_by_role("checkbox").all():
        with shown.changing(words=False):
            box.press("Space")
    for choice in shown.root.get_by_role("radio", checked=True).all():
        with shown.changing(words=False):
            choice.press("ArrowRight")
    for slider in shown.root.get_by_role("slider").all():
        before = slider.get_attribute("aria-valuetext")
        slider.focus()
        with shown.changing(words=False):
            slider.press("End" if slider.evaluate("input => input.value === input.min") else "Home")
        expect(slider).not_to_have_attribute("aria-valuetext", before)


@pytest.mark.parametrize("name", WALKING)
def test_step_and_play_by_keyboard(explorer, name):
    shown = explorer(name)
    with shown.changing():
        shown.root.get_by_role("button", name="Step").press("Enter")
    shown.root.get_by_role("button", name="Play").focus()
    with shown.changing():
        shown.page.keyboard.press("Space")
        expect(shown.root.get_by_role("button", name="Pause")).to_be_focused()
    shown.page.keyboard.press("Space")
    expect(shown.root.get_by_role("button", name="Play")).to_be_focused()


def test_only_those_that_walk_have_step_and_play(notebook):
    walking = [
        name
        for place, name in enumerate(NAMES)
        if notebook.page.locator(".nabla-explorer").nth(place).get_by_role("button", name="Step").count()
    ]
    assert sorted(walking) == WALKING


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing_against_any_of_them(notebook, violations, theme):
    notebook.theme(theme)
    assert violations(notebook.page, ".jp-Cell-outputArea") == []


def test_nothing_is_asked_of_the_network(notebook, lab_server):
    assert lab_server.refused == []
