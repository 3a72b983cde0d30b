"""The workbook as a student meets it: the chapter opened, run, moved and answered in a real JupyterLab."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def cut_off(page: Page, width: int) -> list[str]:
    """Formulas and tables of the text that are wider than their cell in a window of this width; proofs are opened."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.locator(".jp-MarkdownCell .jp-RenderedMarkdown").evaluate_all(
        "async texts => { texts.forEach(text => text.querySelectorAll('details').forEach(one => one.open = true));"
        "await new Promise(resolve => setTimeout(resolve, 500));"
        "return texts.flatMap(text => [...text.querySelectorAll('mjx-math, table')].filter(one =>"
        "one.getBoundingClientRect().right > text.getBoundingClientRect().right).map(one => one.textContent)) }"
    )
    page.set_viewport_size(before)
    return found


@pytest.mark.parametrize("chapter", sorted((ROOT / "chapters").glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_cell_of_a_chapter_runs_and_fits_and_its_first_picture_follows_the_keyboard(lab, chapter: Path) -> None:
    notebook = lab.open(chapter)
    notebook.run_all()
    assert notebook.errors() == []
    assert cut_off(notebook.page, width=800) == []
    explorer = notebook.page.locator(".nabla-explorer").first
    image, words = explorer.locator("img"), explorer.get_by_role("status")
    before = image.get_attribute("src"), words.inner_text()
    explorer.get_by_role("slider").first.focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(image).not_to_have_attribute("src", before[0] or "")
    expect(words).not_to_have_text(before[1])


def test_an_error_in_a_cell_does_not_go_unseen(lab) -> None:
    notebook = lab.open(["1 / 0"])
    notebook.run_all()
    assert notebook.errors() == ["ZeroDivisionError: division by zero"]


def test_a_wrong_answer_is_told_why(lab) -> None:
    notebook = lab.open(
        [
            "from sympy.abc import x, y\nfrom autograder import GradientAt, check",
            "check(GradientAt(x**2*y + 3*y, at=(2, 1)), (7, 4), points=2)",
        ]
    )
    notebook.run_all()
    feedback = notebook.page.locator(".nabla-feedback")
    expect(feedback).to_contain_text("Not yet: 0 of 2 points")
    expect(feedback).to_contain_text("right components in the wrong order")


def test_the_exercises_can_be_answered_in_the_students_version(lab) -> None:
    notebook = lab.open(ROOT / "release/gradient/gradient.ipynb")
    notebook.run_all()
    assert notebook.errors() == []
    missing = notebook.page.locator(".nabla-feedback", has_text="No answer yet")
    expect(missing).to_have_count(10)
    cell = notebook.page.locator(".jp-CodeCell", has_text="answer_2 = ...")
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.type("answer_2 = '(10, -2)'")
    notebook.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    notebook.wait_idle()
    expect(notebook.page.locator(".nabla-feedback", has_text="Right: 2 of 2 points")).to_have_count(1)


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab started as the README says, in an empty home folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    home = {name: str(tmp_path / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "PYTEST", "MAKE"))}
    options = f"--no-browser --ip=127.0.0.1 --port={port} --IdentityProvider.token={token}"
    make = subprocess.Popen(
        ["make", "lab", f"ARGS={options}"],
        cwd=ROOT,
        env={**clean, **home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/api?token={token}", make)
    yield f"{address}/?token={token}"
    os.killpg(make.pid, signal.SIGTERM)
    make.wait(30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "make lab ended by itself"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError("make lab did not answer in two minutes")


def test_make_lab_opens_the_first_chapter_and_its_links_lead_to_the_exercises(browser: Browser, workbook: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    page.goto(workbook)
    tab = page.locator(".lm-TabBar-tabLabel")
    expect(tab.filter(has_text="00-start-here.ipynb")).to_have_count(1, timeout=60_000)
    link = page.locator(".jp-MarkdownOutput a[href*='02-gradient']").first
    link.scroll_into_view_if_needed(timeout=30_000)
    link.click()
    expect(tab.filter(has_text="02-gradient.ipynb")).to_have_count(1, timeout=30_000)
    page.context.close()
