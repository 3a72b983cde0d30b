"""What the README promises holds: its links lead somewhere, its example says what it shows, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sympy.abc import x, y

from autograder import GradientAt, check

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


@pytest.mark.parametrize("page", PAGES)
def test_its_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r'\]\(([^)#:]+)\)|src="([^":]+)"', text)
    for link in (one or other for one, other in links):
        assert (ROOT / link).is_file(), link


def test_its_example_says_what_it_shows() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r">>> check\(.*\)\n((?:.+\n)+?)```", text)
    assert shown.rstrip() == check(GradientAt(x**2 * y + 3 * y, at=(2, 1)), (7, 4)).feedback


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_it_names_exists(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8")):
        if target not in {"and", "it", "them"}:
            assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_chapter_and_assignment_is_named() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for notebook in (*ROOT.glob("chapters/*.ipynb"), *ROOT.glob("release/*/*.ipynb")):
        assert notebook.relative_to(ROOT).as_posix() in text
