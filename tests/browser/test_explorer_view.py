"""What all explorers share in the browser: moves in a burst, Reset, Step and Play, spoken words, themes, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.slow

CELLS = {
    "contours": "explore.gradient_on_contours(x**2 + 3*y**2, at=(1, 2))",
    "field": "explore.gradient_field(x**2 + y**2, at=(1, 1))",
    "levels": "explore.level_sets(x**2 + 3*y**2, at=(1, 1))",
    "descent": "explore.gradient_descent(x**2 + 10*y**2, at=(5, 5), learning_rate=0.05)",
    "differences": "explore.finite_difference_error(exp(x) * sin(y), at=(1, 1))",
    "broken": (
        "torn = explore.gradient_on_contours(x**2 + 3*y**2, at=(1, 2))\n"
        "def scene(point):\n    raise RuntimeError('the map is torn')\n"
        "torn.view  # draws the first picture\ntorn.scene = scene\ntorn"
    ),
}
IMPORTS = "from sympy import exp, sin\nfrom sympy.abc import x, y\nfrom nabla import explore"
CONTRAST = """
node => {
  const luminance = color => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = node;
  while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  // Text that is partly transparent is laid over the ground first.
  const [r, g, b, alpha = 1] = getComputedStyle(node).color.match(/[\\d.]+/g).map(Number);
  const under = getComputedStyle(ground).backgroundColor.match(/[\\d.]+/g).map(Number);
  const mixed = [r, g, b].map((c, i) => alpha * c + (1 - alpha) * under[i]);
  const [light, dark] = [luminance(mixed.join(',')), luminance(under.slice(0, 3).join(','))].sort((p, q) => q - p);
  return (light + 0.05) / (dark + 0.05);
}
"""


@pytest.fixture(scope="module")
def notebook(lab_server) -> Any:
    """One notebook for all tests."""
    notebook = lab_server.open([IMPORTS, *CELLS.values()])
    notebook.run_all()
    assert notebook.errors() == []
    return notebook


@pytest.fixture
def explorer(notebook) -> Callable[[str], Any]:
    """An explorer by its name, at its start."""
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    return lambda name: notebook.explorer(list(CELLS).index(name))


def test_a_slider_moved_by_keyboard_changes_picture_words_and_alt_text_together(explorer):
    shown = explorer("contours")
    expect(shown.words).to_contain_text("At (1, 2) the gradient is (2, 12), length 12.17")
    slider = shown.root.get_by_role("slider", name="x")
    slider.focus()
    with shown.changing():
        slider.press("ArrowRight")
    expect(shown.words).to_contain_text("At (1.05, 2) the gradient is (2.1, 12)")
    expect(shown.image).to_have_attribute("alt", alt_of(shown.words))
    expect(shown.root.locator(".nabla-value").first).to_have_text("1.05")


def alt_of(said: Locator) -> str:
    return f"Contour map of f(x, y) = x^2 + 3*y^2. {said.text_content()}"


def test_all_four_arrow_keys_on_the_picture_move_the_point_and_leave_the_cell_selected(explorer):
    shown = explorer("contours")
    shown.picture.click(position={"x": 5, "y": 5})  # its cell is the active one now
    shown.root.get_by_role("button", name="Reset").click()
    shown.picture.focus()
    for key, place in (
        ("ArrowRight", "(1.05, 2)"),
        ("ArrowUp", "(1.05, 2.05)"),
        ("ArrowLeft", "(1, 2.05)"),
        ("ArrowDown", "(1, 2)"),
        ("Shift+ArrowDown", "(1, 1.5)"),
    ):
        shown.picture.press(key)
        expect(shown.words).to_contain_text(f"At {place} ")
    assert shown.picture.evaluate("node => document.activeElement === node")
    active = "node => node.closest('.jp-Cell').classList.contains('jp-mod-active')"
    assert shown.picture.evaluate(active), "the arrow keys went to JupyterLab too"


def test_dragging_over_the_picture_moves_the_point(explorer):
    shown = explorer("contours")
    with shown.changing():
        shown.drag((0.6, 0.4), (0.7, 0.5), steps=12)
    # The map is 570 by 427.5 pixels, 54 from the left and 48 from the top, and shows 12 by 9 units.
    across, up = (0.7 * 640 - 54) / 570 * 12 - 6, 4.5 - (0.5 * 530 - 48) / 427.5 * 9
    shown.page.wait_for_timeout(400)
    x, y = shown.words.text_content().split("(")[1].split(")")[0].replace("−", "-").split(", ")
    assert float(x) == pytest.approx(across, abs=0.06)
    assert float(y) == pytest.approx(up, abs=0.06)


def test_a_burst_of_moves_ends_at_the_last_and_sends_far_fewer_frames(explorer):
    shown = explorer("contours")
    shown.image.evaluate(
        "image => { window.frames_seen = 0; new MutationObserver(() => window.frames_seen++)"
        ".observe(image, { attributeFilter: ['src'] }) }"
    )
    shown.root.get_by_role("slider", name="x").evaluate(
        "input => { for (let i = 0; i < 100; i++) { input.value = -2 + i * 0.05;"
        " input.dispatchEvent(new Event('input')) } }"
    )
    expect(shown.words).to_contain_text("At (2.95, 2) ")
    shown.page.wait_for_timeout(500)
    assert 2 <= shown.page.evaluate("window.frames_seen") <= 4


def test_the_picture_is_sharp_again_when_the_hand_rests(explorer):
    shown = explorer("contours")
    shown.root.get_by_role("slider", name="x").press("ArrowRight")
    expect(shown.words).to_contain_text("At (1.05, 2) ")
    shown.page.wait_for_function("document.querySelector('.nabla-explorer img').naturalWidth === 1280")


def test_a_reset_in_the_midst_of_moves_is_not_lost(explorer):
    shown = explorer("contours")
    slider = shown.root.get_by_role("slider", name="y")
    slider.evaluate(
        "(input, reset) => { const move = value => { input.value = value; input.dispatchEvent(new Event('input')) };"
        " move(-3); move(-2); reset.click(); }",
        shown.root.get_by_role("button", name="Reset").element_handle(),
    )
    shown.root.get_by_role("slider", name="x").press("ArrowRight")
    expect(shown.words).to_contain_text("At (1.05, 2) ")
    expect(slider).to_have_value("2")


def test_reset_goes_back_to_the_start(explorer):
    shown = explorer("field")
    start = shown.words.text_content()
    shown.root.get_by_role("slider", name="arrows across").press("End")
    expect(shown.root.locator(".nabla-value").last).to_have_text("25")
    shown.root.get_by_role("button", name="Reset").click()
    expect(shown.words).to_have_text(start)
    expect(shown.root.get_by_role("slider", name="arrows across")).to_have_value("13")


def test_step_goes_one_step_at_a_time_and_no_press_is_lost(explorer):
    shown = explorer("descent")
    expect(shown.words).to_contain_text("After 20 steps")
    step = shown.root.get_by_role("button", name="Step")
    for _ in range(7):
        step.press("Enter")
    expect(shown.words).to_contain_text("After 27 steps")


def test_play_shows_every_step_stops_at_the_end_and_begins_again(explorer):
    shown = explorer("descent")
    slider = shown.root.get_by_role("slider", name="step")
    slider.press("End")
    for _ in range(6):
        slider.press("ArrowLeft")
    expect(shown.words).to_contain_text("After 74 steps")
    shown.words.evaluate(
        "node => { window.steps = []; new MutationObserver(() => window.steps.push(node.textContent.split(' ')[1]))"
        ".observe(node, { childList: true }) }"
    )
    shown.root.get_by_role("button", name="Play").click()
    expect(shown.words).to_contain_text("After 80 steps")
    play = shown.root.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    seen = shown.page.evaluate("[...new Set(window.steps.map(Number))].filter(step => step > 74)")
    assert seen == [75, 76, 77, 78, 79, 80]
    shown.page.evaluate("window.steps = []")
    play.click()
    shown.page.wait_for_function("window.steps.includes('3')")
    assert shown.page.evaluate("[...new Set(window.steps)].slice(0, 4)") == ["0", "1", "2", "3"]
    shown.root.get_by_role("button", name="Reset").click()
    expect(shown.words).to_contain_text("After 20 steps")
    expect(shown.root.get_by_role("button", name="Play")).to_be_visible()


def test_a_choice_and_a_toggle_by_keyboard(explorer):
    shown = explorer("differences")
    shown.root.get_by_role("radio", name="gradient").press("ArrowRight")
    expect(shown.words).to_contain_text("the partial along x is wrong by")
    shown.root.get_by_role("button", name="Reset").click()
    expect(shown.root.get_by_role("radio", name="gradient")).to_be_checked()
    shown = explorer("levels")
    with shown.changing(words=False):
        shown.root.get_by_role("checkbox", name="arrows all along").press("Space")


def test_words_are_spoken_once_the_hand_rests_not_at_every_step(explorer):
    shown = explorer("contours")
    spoken = shown.root.get_by_role("status")
    expect(spoken).to_contain_text("At (1, 2) ")
    spoken.evaluate(
        "node => { window.said = []; new MutationObserver(() => window.said.push(node.textContent))"
        ".observe(node, { childList: true }) }"
    )
    slider = shown.root.get_by_role("slider", name="x")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(spoken).to_contain_text("At (1.25, 2) ")
    assert len(shown.page.evaluate("window.said")) == 1


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_words_and_controls_are_readable_in_the_theme(explorer, notebook, theme):
    shown = explorer("contours")
    notebook.theme(theme)
    shown.page.wait_for_timeout(300)
    for part in (".nabla-words", ".nabla-slider label", ".nabla-value", ".nabla-last button", ".nabla-hint"):
        assert shown.root.locator(part).first.evaluate(CONTRAST) >= 4.5, part


def test_the_picture_fits_its_cell_down_to_a_narrow_window(explorer):
    shown = explorer("contours")
    shown.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    cell = shown.root.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')]").first
    for width in (1280, 800, 420):
        shown.page.set_viewport_size({"width": width, "height": 900})
        shown.page.wait_for_timeout(500)
        assert cell.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), width


def test_an_error_while_moving_is_shown_in_words_in_place_of_the_picture(explorer):
    shown = explorer("broken")
    shown.root.get_by_role("slider", name="x").press("ArrowRight")
    expect(shown.root.get_by_text("This picture could not be drawn: the map is torn").first).to_be_visible()
    expect(shown.image).to_be_hidden()


def test_a_notebook_exported_without_a_kernel_keeps_picture_and_words(tmp_path):
    cells = [nbformat.v4.new_code_cell(f"{IMPORTS}\n{CELLS['contours']}")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, store_widget_state=False).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert '<img alt="Contour map of f(x, y) = x^2 + 3*y^2. At (1, 2) the gradient is (2, 12)' in html
    assert "<figcaption>At (1, 2) the gradient is (2, 12), length 12.17" in html
