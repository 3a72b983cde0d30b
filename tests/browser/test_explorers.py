"""The explorers as a person meets them: in JupyterLab, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    "directional": "explore.directional_derivative(x**2 + 4*y**2, at=(1, 1))",
    "levels": "explore.level_sets(x**2 + 3*y**2, at=(1, 1))",
    "descent": "explore.gradient_descent(x**2 + 10*y**2, at=(5, 5), learning_rate=0.05)",
    "race": "explore.optimiser_race(x**2 + 10*y**2, at=(5, 5))",
    "chain": "explore.chain_rule(x**2 * y)",
    "line": "explore.fit_a_line()",
    "differences": "explore.finite_difference_error(exp(x) * sin(y), at=(1, 1))",
    "linearization": "explore.linearization_error(x**2*y + 3*y, at=(2, 1))",
    "broken": (
        "torn = explore.gradient_on_contours(x**2 + 3*y**2, at=(1, 2))\n"
        "def scene(point):\n    raise RuntimeError('the map is torn')\n"
        "torn.view  # draws the first picture\ntorn.scene = scene\ntorn"
    ),
}
WORKING = [name for name in CELLS if name != "broken"]
WALKING = ["directional", "levels", "descent", "race", "chain", "line"]
IMPORTS = "from sympy import exp, sin\nfrom sympy.abc import x, y\nfrom nabla import explore"
PIXELS = """
image => {
  if (!image.complete || !image.naturalWidth) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 64; canvas.height = 64;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, 64, 64);
  return context.getImageData(0, 0, 64, 64).data.join(',');
}
"""
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
def notebook(lab_server) -> Iterator[Any]:
    """One notebook with every explorer, for all tests."""
    notebook = lab_server.open([IMPORTS, *CELLS.values()])
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    lab_server.close_notebooks()


@pytest.fixture
def explorer(notebook) -> Callable[[str], Locator]:
    """An explorer by its name, at its start."""

    def at_start(name: str) -> Locator:
        shown = notebook.page.locator(".nabla-explorer").nth(list(CELLS).index(name))
        shown.get_by_role("button", name="Reset").click()
        notebook.page.wait_for_timeout(1000)  # until frames and spoken words have settled
        return shown

    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    return at_start


def pixels(explorer: Locator) -> str:
    """What the picture looks like, small."""
    image = explorer.locator("img")
    image.page.wait_for_function("image => image.complete && image.naturalWidth", arg=image.element_handle())
    return image.evaluate(PIXELS)


def words(explorer: Locator) -> Locator:
    return explorer.locator(".nabla-words")


def test_a_slider_moved_by_keyboard_changes_picture_words_and_alt_text_together(explorer):
    shown = explorer("contours")
    expect(words(shown)).to_contain_text("At (1, 2) the gradient is (2, 12), length 12.17")
    before = pixels(shown)
    slider = shown.get_by_role("slider", name="x")
    slider.focus()
    slider.press("ArrowRight")
    expect(words(shown)).to_contain_text("At (1.05, 2) the gradient is (2.1, 12)")
    expect(shown.locator("img")).to_have_attribute("alt", alt_of(words(shown)))
    expect(shown.locator(".nabla-value").first).to_have_text("1.05")
    assert pixels(shown) != before


def alt_of(said: Locator) -> str:
    return f"Contour map of f(x, y) = x^2 + 3*y^2. {said.text_content()}"


def test_all_four_arrow_keys_on_the_picture_move_the_point_and_leave_the_cell_selected(explorer):
    shown = explorer("contours")
    picture = shown.get_by_role("group", name="arrow keys")
    picture.click(position={"x": 5, "y": 5})  # its cell is the active one now
    shown.get_by_role("button", name="Reset").click()
    picture.focus()
    for key, place in (
        ("ArrowRight", "(1.05, 2)"),
        ("ArrowUp", "(1.05, 2.05)"),
        ("ArrowLeft", "(1, 2.05)"),
        ("ArrowDown", "(1, 2)"),
        ("Shift+ArrowDown", "(1, 1.5)"),
    ):
        picture.press(key)
        expect(words(shown)).to_contain_text(f"At {place} ")
    assert picture.evaluate("node => document.activeElement === node")
    active = "node => node.closest('.jp-Cell').classList.contains('jp-mod-active')"
    assert picture.evaluate(active), "the arrow keys went to JupyterLab too"


def test_dragging_over_the_picture_moves_the_point(explorer):
    shown = explorer("contours")
    box = shown.locator("img").bounding_box()
    mouse = shown.page.mouse
    mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.5, steps=12)
    mouse.up()
    # The map is 570 by 427.5 pixels, 54 from the left and 48 from the top, and shows 12 by 9 units.
    across, up = (0.7 * 640 - 54) / 570 * 12 - 6, 4.5 - (0.5 * 530 - 48) / 427.5 * 9
    expect(words(shown)).not_to_contain_text("At (1, 2) ")
    shown.page.wait_for_timeout(400)
    x, y = words(shown).text_content().split("(")[1].split(")")[0].replace("−", "-").split(", ")
    assert float(x) == pytest.approx(across, abs=0.06)
    assert float(y) == pytest.approx(up, abs=0.06)


def test_a_burst_of_moves_ends_at_the_last_and_sends_far_fewer_frames(explorer):
    shown = explorer("contours")
    image = shown.locator("img")
    image.evaluate(
        "image => { window.frames_seen = 0; new MutationObserver(() => window.frames_seen++)"
        ".observe(image, { attributeFilter: ['src'] }) }"
    )
    shown.get_by_role("slider", name="x").evaluate(
        "input => { for (let i = 0; i < 100; i++) { input.value = -2 + i * 0.05;"
        " input.dispatchEvent(new Event('input')) } }"
    )
    expect(words(shown)).to_contain_text("At (2.95, 2) ")
    shown.page.wait_for_timeout(500)
    assert 2 <= shown.page.evaluate("window.frames_seen") <= 4


def test_the_picture_is_sharp_again_when_the_hand_rests(explorer):
    shown = explorer("contours")
    shown.get_by_role("slider", name="x").press("ArrowRight")
    expect(words(shown)).to_contain_text("At (1.05, 2) ")
    shown.page.wait_for_function("document.querySelector('.nabla-explorer img').naturalWidth === 1280")


def test_a_reset_in_the_midst_of_moves_is_not_lost(explorer):
    shown = explorer("contours")
    slider = shown.get_by_role("slider", name="y")
    slider.evaluate(
        "(input, reset) => { const move = value => { input.value = value; input.dispatchEvent(new Event('input')) };"
        " move(-3); move(-2); reset.click(); }",
        shown.get_by_role("button", name="Reset").element_handle(),
    )
    shown.get_by_role("slider", name="x").press("ArrowRight")
    expect(words(shown)).to_contain_text("At (1.05, 2) ")
    expect(slider).to_have_value("2")


def test_reset_goes_back_to_the_start(explorer):
    shown = explorer("field")
    start = words(shown).text_content()
    shown.get_by_role("slider", name="arrows across").press("End")
    expect(shown.locator(".nabla-value").last).to_have_text("25")
    shown.get_by_role("button", name="Reset").click()
    expect(words(shown)).to_have_text(start)
    expect(shown.get_by_role("slider", name="arrows across")).to_have_value("13")


@pytest.mark.parametrize("name", WORKING)
def test_every_explorer_is_moved_by_keyboard_and_by_mouse(explorer, name):
    shown = explorer(name)
    said, seen = words(shown).text_content(), pixels(shown)
    picture = shown.get_by_role("group", name="arrow keys")
    picture.focus()
    picture.press("Shift+ArrowLeft")
    expect(words(shown)).not_to_have_text(said)
    shown.page.wait_for_timeout(300)
    assert pixels(shown) != seen
    said, seen = words(shown).text_content(), pixels(shown)
    shown.locator("img").scroll_into_view_if_needed()
    box = shown.locator("img").bounding_box()
    mouse = shown.page.mouse
    mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.6, steps=8)
    mouse.up()
    expect(words(shown)).not_to_have_text(said)
    shown.page.wait_for_timeout(300)
    assert pixels(shown) != seen


@pytest.mark.parametrize("name", WORKING)
def test_every_slider_button_and_box_has_a_name_and_every_slider_answers_the_keys(explorer, name):
    shown = explorer(name)
    names = shown.locator("input").evaluate_all("inputs => inputs.map(each => each.labels[0]?.textContent ?? '')")
    assert all(names), names
    assert all(shown.get_by_role("button").all_text_contents())
    for slider in shown.get_by_role("slider").all():
        before = slider.get_attribute("aria-valuetext")
        slider.focus()
        slider.press("End" if slider.evaluate("input => input.value === input.min") else "Home")
        expect(slider).not_to_have_attribute("aria-valuetext", before)


@pytest.mark.parametrize("name", WALKING)
def test_step_and_play_by_keyboard(explorer, name):
    shown = explorer(name)
    said = words(shown).text_content()
    step = shown.get_by_role("button", name="Step")
    step.focus()
    step.press("Enter")
    expect(words(shown)).not_to_have_text(said)
    said = words(shown).text_content()
    shown.get_by_role("button", name="Play").focus()
    shown.page.keyboard.press("Space")
    pause = shown.get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    expect(words(shown)).not_to_have_text(said)
    shown.page.keyboard.press("Space")
    expect(shown.get_by_role("button", name="Play")).to_be_focused()
    shown.page.wait_for_timeout(500)
    said = words(shown).text_content()
    shown.page.wait_for_timeout(500)
    assert words(shown).text_content() == said, "a pause stands still"


def test_step_goes_one_step_at_a_time_and_no_press_is_lost(explorer):
    shown = explorer("descent")
    expect(words(shown)).to_contain_text("After 20 steps")
    step = shown.get_by_role("button", name="Step")
    for _ in range(7):
        step.press("Enter")
    expect(words(shown)).to_contain_text("After 27 steps")


def test_play_shows_every_step_stops_at_the_end_and_begins_again(explorer):
    shown = explorer("descent")
    slider = shown.get_by_role("slider", name="step")
    slider.press("End")
    for _ in range(6):
        slider.press("ArrowLeft")
    expect(words(shown)).to_contain_text("After 74 steps")
    words(shown).evaluate(
        "node => { window.steps = []; new MutationObserver(() => window.steps.push(node.textContent.split(' ')[1]))"
        ".observe(node, { childList: true }) }"
    )
    shown.get_by_role("button", name="Play").click()
    expect(words(shown)).to_contain_text("After 80 steps")
    play = shown.get_by_role("button", name="Play")
    expect(play).to_be_visible()
    seen = shown.page.evaluate("[...new Set(window.steps.map(Number))].filter(step => step > 74)")
    assert seen == [75, 76, 77, 78, 79, 80]
    shown.page.evaluate("window.steps = []")
    play.click()
    shown.page.wait_for_function("window.steps.includes('3')")
    assert shown.page.evaluate("[...new Set(window.steps)].slice(0, 4)") == ["0", "1", "2", "3"]
    shown.get_by_role("button", name="Reset").click()
    expect(words(shown)).to_contain_text("After 20 steps")
    expect(shown.get_by_role("button", name="Play")).to_be_visible()


def test_a_choice_and_a_toggle_by_keyboard(explorer):
    shown = explorer("differences")
    shown.get_by_role("radio", name="gradient").press("ArrowRight")
    expect(words(shown)).to_contain_text("the partial along x is wrong by")
    shown.get_by_role("button", name="Reset").click()
    expect(shown.get_by_role("radio", name="gradient")).to_be_checked()
    shown = explorer("levels")
    before = pixels(shown)
    shown.get_by_role("checkbox", name="arrows all along").press("Space")
    shown.page.wait_for_timeout(500)
    assert pixels(shown) != before


def test_words_are_spoken_once_the_hand_rests_not_at_every_step(explorer):
    shown = explorer("contours")
    spoken = shown.get_by_role("status")
    expect(spoken).to_contain_text("At (1, 2) ")
    spoken.evaluate(
        "node => { window.said = []; new MutationObserver(() => window.said.push(node.textContent))"
        ".observe(node, { childList: true }) }"
    )
    slider = shown.get_by_role("slider", name="x")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(spoken).to_contain_text("At (1.25, 2) ")
    assert len(shown.page.evaluate("window.said")) == 1


def test_nothing_is_asked_of_the_network(explorer, lab_server):
    explorer("contours")
    assert lab_server.refused == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_words_and_controls_are_readable_in_the_theme(explorer, notebook, theme):
    shown = explorer("contours")
    notebook.theme(theme)
    shown.page.wait_for_timeout(300)
    for part in (".nabla-words", ".nabla-slider label", ".nabla-value", ".nabla-last button", ".nabla-hint"):
        assert shown.locator(part).first.evaluate(CONTRAST) >= 4.5, part


def test_the_picture_fits_its_cell_down_to_a_narrow_window(explorer):
    shown = explorer("contours")
    shown.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    cell = shown.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')]").first
    for width in (1280, 800, 420):
        shown.page.set_viewport_size({"width": width, "height": 900})
        shown.page.wait_for_timeout(500)
        assert cell.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), width


def test_an_error_while_moving_is_shown_in_words_in_place_of_the_picture(explorer):
    shown = explorer("broken")
    shown.get_by_role("slider", name="x").press("ArrowRight")
    expect(shown.get_by_text("This picture could not be drawn: the map is torn").first).to_be_visible()
    expect(shown.locator("img")).to_be_hidden()


def test_a_notebook_exported_without_a_kernel_keeps_picture_and_words(tmp_path):
    cells = [nbformat.v4.new_code_cell(f"{IMPORTS}\n{CELLS['contours']}")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, store_widget_state=False).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert '<img alt="Contour map of f(x, y) = x^2 + 3*y^2. At (1, 2) the gradient is (2, 12)' in html
    assert "<figcaption>At (1, 2) the gradient is (2, 12), length 12.17" in html
