"""A film as a person meets it in a page on disk, without a kernel and without a network: by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect
from sympy.abc import x, y

from nabla import explore

pytestmark = pytest.mark.slow

SCRIPT = "1s | One.\n2s point -> (2, 0) | Two.\n1s point -> (0, 0) | Three."


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory) -> Iterator[Page]:
    """A page with two films."""
    film = explore.gradient_on_contours(x**2 + 3 * y**2, at=(1, 2)).film(SCRIPT)
    path = tmp_path_factory.mktemp("film") / "films.html"
    html = film._repr_html_()
    path.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Films</title>{html}{html}</html>')
    context = browser.new_context(viewport={"width": 800, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("data:", "file:")):
            asked.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert asked == []
    assert complaints == []
    context.close()


def test_a_film_waits_plays_to_its_end_and_leaves_the_other_alone(page):
    first, second = page.locator(".nabla-film").all()
    place = first.get_by_role("slider", name="Place in the film")
    expect(first.locator("figcaption")).to_have_text("One.")
    page.wait_for_timeout(400)
    expect(place).to_have_value("0")
    first.get_by_role("button", name="Play").click()
    expect(first.get_by_role("button", name="Pause")).to_be_visible()
    expect(first.locator("figcaption")).to_have_text("Three.")
    expect(place).to_have_value("31")
    expect(first.get_by_role("button", name="Play")).to_be_visible()
    assert "the gradient is (0, 0)" in first.locator("img.over").get_attribute("alt")
    expect(second.get_by_role("slider")).to_have_value("0")


def test_it_is_stepped_by_keys_and_by_shots(page):
    film = page.locator(".nabla-film").nth(1)
    place, picture = film.get_by_role("slider"), film.locator("img.over")
    place.press("Home")
    start = picture.get_attribute("src")
    for _ in range(10):
        place.press("ArrowRight")
    expect(place).to_have_value("10")
    expect(place).to_have_attribute("aria-valuetext", "1 of 4 seconds, shot 2 of 3")
    assert picture.get_attribute("src") != start
    film.get_by_role("button", name="Next shot").press("Enter")
    expect(film.locator("figcaption")).to_have_text("Three.")
    film.get_by_role("button", name="Back to the shot before").press("Enter")
    expect(place).to_have_value("8")
    place.press("End")
    assert "At (0, 0)" in picture.get_attribute("alt")


def test_who_wants_little_motion_sees_one_picture_a_shot(page):
    page.emulate_media(reduced_motion="reduce")
    film = page.locator(".nabla-film").nth(1)
    film.get_by_role("slider").press("Home")
    film.get_by_role("button", name="Play").click()
    seen = set()
    while film.locator("button", has_text="Pause").count():
        seen.add(film.locator("img.over").get_attribute("src"))
        page.wait_for_timeout(30)
    page.emulate_media(reduced_motion="no-preference")
    assert 2 <= len(seen) <= 3


def test_the_captions_are_there_to_be_read_and_printed(page):
    film = page.locator(".nabla-film").first
    film.get_by_text("The film in words").click()
    assert film.get_by_role("listitem").all_inner_texts() == ["One.", "Two.", "Three."]
    film.get_by_text("The film in words").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(film.get_by_role("listitem").first).to_be_visible()
