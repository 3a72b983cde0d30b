"""The explorers as a person meets them: in JupyterLab, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.slow

CONTOURS = """
from sympy.abc import x, y
from nabla import explore
explore.gradient_on_contours(x**2 + 3*y**2, at=(1, 2))
"""
FIELD = """
explore.gradient_field(x**2 + y**2, at=(1, 1))
"""
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


@pytest.fixture
def explorer(lab) -> Callable[[str], Locator]:
    """Run one cell and return the explorer that it shows."""

    def show(*cells: str) -> Locator:
        notebook = lab.open(list(cells))
        notebook.run_all()
        assert notebook.errors() == []
        shown = notebook.page.locator(".nabla-explorer").last
        expect(shown).to_be_visible()
        return shown

    return show


def pixels(explorer: Locator) -> str:
    """What the picture looks like, small."""
    image = explorer.locator("img")
    image.page.wait_for_function("image => image.complete && image.naturalWidth", arg=image.element_handle())
    return image.evaluate(PIXELS)


def words(explorer: Locator) -> Locator:
    return explorer.locator(".nabla-words")


def test_a_slider_moved_by_keyboard_changes_picture_words_and_alt_text_together(explorer):
    shown = explorer(CONTOURS)
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
    shown = explorer("'a cell above'", CONTOURS, "'a cell below'")
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
    shown = explorer(CONTOURS)
    box = shown.locator("img").bounding_box()
    mouse = shown.page.mouse
    mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.5, steps=12)
    mouse.up()
    across, up = (0.7 * 640 - 54) / 570 * 8 - 4, 3 - (0.5 * (570 * 0.75 + 102) - 48) / (570 * 0.75) * 6
    expect(words(shown)).not_to_contain_text("At (1, 2) ")
    shown.page.wait_for_timeout(400)
    x, y = words(shown).text_content().split("(")[1].split(")")[0].replace("−", "-").split(", ")
    assert float(x) == pytest.approx(across, abs=0.06)
    assert float(y) == pytest.approx(up, abs=0.06)


def test_a_burst_of_moves_ends_at_the_last_and_sends_far_fewer_frames(explorer):
    shown = explorer(CONTOURS)
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
    shown = explorer(CONTOURS)
    shown.get_by_role("slider", name="x").press("ArrowRight")
    expect(words(shown)).to_contain_text("At (1.05, 2) ")
    shown.page.wait_for_function("document.querySelector('.nabla-explorer img').naturalWidth === 1280")


def test_reset_goes_back_to_the_start(explorer):
    shown = explorer(FIELD.join(["from sympy.abc import x, y\nfrom nabla import explore", ""]))
    start = words(shown).text_content()
    shown.get_by_role("slider", name="arrows across").press("End")
    expect(shown.locator(".nabla-value").last).to_have_text("25")
    shown.get_by_role("button", name="Reset").click()
    expect(words(shown)).to_have_text(start)
    expect(shown.get_by_role("slider", name="arrows across")).to_have_value("13")


def test_words_are_spoken_once_the_hand_rests_not_at_every_step(explorer):
    shown = explorer(CONTOURS)
    spoken = shown.get_by_role("status")
    spoken.evaluate(
        "node => { window.said = []; new MutationObserver(() => window.said.push(node.textContent))"
        ".observe(node, { childList: true }) }"
    )
    slider = shown.get_by_role("slider", name="x")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(spoken).to_contain_text("At (1.25, 2) ")
    assert len(shown.page.evaluate("window.said")) == 1


def test_nothing_is_asked_of_the_network(explorer, lab):
    explorer(CONTOURS)
    assert lab.refused == []


@pytest.mark.parametrize("width", [1280, 800, 420])
def test_the_picture_fits_its_cell(explorer, width):
    shown = explorer(CONTOURS)
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.page.wait_for_timeout(300)
    cell = shown.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')]").first
    assert cell.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
