"""The book: chapters as pages that need no kernel and no network."""

from __future__ import annotations

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def book():
    spec = importlib.util.spec_from_file_location("nabla_docs_book", ROOT / "docs" / "book.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(book, tmp_path_factory) -> dict[str, str]:
    """The smallest chapter and the index, built."""
    folder = tmp_path_factory.mktemp("book")
    smallest = min(book.CHAPTERS, key=lambda path: path.stat().st_size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "BOOK", folder)
        book.main([smallest.stem])
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.mark.slow
class TestPages:
    def test_nothing_is_fetched_from_elsewhere(self, pages):
        for html in pages.values():
            tags = Tags(html).found
            sources = [attributes["src"] for _, attributes in tags if attributes.get("src")]
            assert [source[:60] for source in sources if not source.startswith("data:")] == []
            assert [tag for tag, _ in tags if tag in ("link", "iframe", "object")] == []
            style = "".join(re.findall(r"<style>(.*?)</style>", html, re.S))
            assert not re.search(r"url\(|@import", style)

    def test_every_picture_says_what_it_shows(self, pages):
        alts = [
            attributes.get("alt") for html in pages.values() for tag, attributes in Tags(html).found if tag == "img"
        ]
        assert alts
        assert [alt for alt in alts if not re.search(r"[A-Z].*\d.*\.", alt or "")] == []

    def test_links_lead_to_pages_of_the_book(self, book, pages):
        known = {"index.html", *(f"{path.stem}.html" for path in book.CHAPTERS)}
        links = [a["href"] for html in pages.values() for tag, a in Tags(html).found if tag == "a"]
        assert known <= set(links)
        assert [link for link in links if link.partition("#")[0] not in known] == []

    def test_all_mathematics_is_typeset(self, pages):
        for html in pages.values():
            told = re.sub(r"<(pre|code|script|style)\b.*?</\1>", "", html, flags=re.S)
            assert "$" not in told
        assert any("<math" in html for html in pages.values())

    def test_each_page_has_a_language_a_title_and_one_first_heading(self, pages):
        for html in pages.values():
            tags = Tags(html).found
            assert dict(tags)["html"]["lang"] == "en"
            assert re.search(r"<title>\w.*</title>", html)
            assert [tag for tag, _ in tags].count("h1") == 1


def test_every_formula_of_the_chapters_can_be_typeset(book):
    cells = [
        (path.stem, cell.id, book.mathematics(re.sub(r"(`+).*?\1", "", cell.source, flags=re.S)))
        for path in book.CHAPTERS
        for cell in book.nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    ]
    assert [(stem, cell, re.findall(r"\$.*?\$", text, re.S)) for stem, cell, text in cells if "$" in text] == []


def test_every_formula_of_the_chapters_has_as_many_parts_as_its_elements_need(book):
    parts = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "msubsup": 3}
    sources = [
        cell.source for path in book.CHAPTERS for cell in book.nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    ]  # fmt: skip
    found = [m for source in sources for m in re.findall(r"<math.*?</math>", book.mathematics(source), re.S)]
    assert len(found) > 1000
    assert [m for m in found for e in ElementTree.fromstring(m).iter() if len(e) != parts.get(e.tag, len(e))] == []


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"$\frac12$", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"$\lim_{h \to 0} h$", "<munder>"),
        (r"$\begin{pmatrix} a & b \end{pmatrix}$", '<mtable class="round">'),
        (r"$a \text{ if } b$", "\u00a0if\u00a0"),
        (r"$\cos^2 t$", '<msup><mi>cos</mi><mn>2</mn></msup><mspace width="0.17em"/><mi>t</mi>'),
        (r"$\sin 2x$", '<mi>sin</mi><mspace width="0.17em"/><mn>2</mn>'),
        (r"$f(x) + \frac12$", '<mi>f</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>'),
        (r"$\left(x, 2\right)$", '<mrow><mo stretchy="false">(</mo>'),
        (r"$\left(\frac12, 2\right)$", "<mrow><mo>(</mo><mfrac>"),
        (r"$|x| < 1$", '<mi>x</mi><mo stretchy="false" lspace="0" rspace="0">&#124;</mo><mo>&lt;</mo>'),
        (r"$(2, -1)$", '<mo>,</mo><mo form="prefix">−</mo><mn>1</mn>'),
        (r"$3 - 1$", "<mn>3</mn><mo>−</mo><mn>1</mn>"),
    ],
)
def test_the_tex_of_the_chapters_becomes_mathml(book, tex, shown):
    assert shown in book.mathematics(tex)


def test_a_link_to_a_chapter_leads_to_its_page_and_one_to_an_exercise_nowhere(book):
    markdown = "[The gradient](02-gradient.ipynb#film), [exercises](../release/gradient/gradient.ipynb)"
    assert book.linked(markdown) == "[The gradient](02-gradient.html#film), *exercises*"
