"""Nothing that a student writes or shows is active on a page."""

from __future__ import annotations

import base64
import time

import pytest
from nbconvert.filters import markdown2html

from autograder.grading import inert

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<\x00script>alert(1)</script>",
        "a <b onmouseover=alert(1)>b</b>",
        "[click](javascript:alert(1))",
        "[click][1]\n\n[1]: javascript:alert(1)",
        "![pixel](http://tracker.example/p.png)",
        "<javascript:alert(1)>",
        '```mermaid\nclick A href "javascript:alert(1)"\n```',
        "$\\href{javascript:alert(1)}{x}$",
        "$<img src=x onerror=alert(1)>$",
        "\\begin{x}<script>alert(1)</script>\\end{x}",
        "$\\mmlToken{mi}[href=javascript:alert(1)]{x}$",
        "$\\bbox[position:fixed;inset:0]{full marks}$",
        "$\\def\\nabla{full marks}$",
        "$\\renewcommand{\\frac}[2]{0}$",
        "see https://tracker.example/page",
        "HTTP://tracker.example, ftp://tracker.example and www.tracker.example",
    ],
)
def test_markdown_of_a_student_becomes_a_page_without_anything_active(hostile):
    page = markdown2html(inert.markdown(hostile)).lower()
    for active in ("<script", "<img", "<b ", "onerror=alert(1)>\n<", 'href="javascript', 'class="mermaid', "\\href{",
                   "\\mmltoken{", "\\bbox[", "\\def\\", "\\renewcommand{", "<a ", "://", "www."):  # fmt: skip
        assert active not in page


def test_mathematics_and_emphasis_are_left_as_they_were():
    text = "**So** $\\nabla f = (2x, 3)$ and $a < b$, `x[0]`\n\n- one\n- two"
    assert inert.markdown(text) == text


def test_what_would_take_long_to_typeset_is_not_typeset():
    began = time.process_time()
    markdown2html(inert.markdown("\\begin{a}" * 5_500))
    assert time.process_time() - began < 2.0  # six seconds otherwise


def test_signs_that_turn_the_order_of_letters_round_are_removed():
    assert inert.plain("\u202e\u2066\u200f\u061cmarks\U000e0041: 2\u2028") == "marks: 2"


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/javascript", "text/latex",
                                  "application/vnd.jupyter.widget-view+json"])  # fmt: skip
def test_active_types_of_output_are_dropped(mime):
    assert inert.outputs([{"output_type": "display_data", "data": {mime: "<script>"}, "metadata": {}}]) == []


def test_a_picture_is_kept_and_its_metadata_are_not():
    shown = inert.outputs([{"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {"onload": "x"}}])
    assert shown == [{"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}}]


@pytest.mark.parametrize("fake", ['"><script>alert(1)</script>', base64.b64encode(b"GIF89a").decode(), 3, None])
def test_what_only_says_that_it_is_a_picture_is_dropped(fake):
    assert inert.outputs([{"output_type": "display_data", "data": {"image/png": fake}, "metadata": {}}]) == []


def test_an_error_is_kept_without_colours():
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mE\x1b[0m: v"]}
    assert inert.outputs([error])[0]["traceback"] == ["E: v"]


@pytest.mark.parametrize("broken", [{}, {"output_type": "display_data"}, {"output_type": "execute_result", "data": 3}])
def test_a_malformed_output_is_dropped(broken):
    assert inert.outputs([broken]) == []
