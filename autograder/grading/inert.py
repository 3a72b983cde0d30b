"""Making what a student wrote or showed harmless to look at: no HTML, no script, no link, no reference out.

Graded notebooks are shown by nbgrader, which passes HTML and Markdown through as they are. So whatever came from
a student is reduced here to text, PNG pictures, and Markdown in which nothing is active.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Output = dict[str, Any]

LONGEST = 50_000
"""The most characters of one Markdown cell that are shown: what turns it into a page takes time by their square."""
_PNG = b"\x89PNG\r\n\x1a\n"
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[\]P^_X][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""What moves a cursor or turns the order of letters round, and letters that nobody sees."""
_LINKS = "href|url|require|csname|class|cssId|style|data|includegraphics|unicode|input|mmlToken|bbox"
_MACROS = "[egx]?def|let|(?:re)?newcommand|(?:re)?newenvironment|providecommand|DeclareMathOperator"
_ACTIVE_TEX = re.compile(rf"\\({_LINKS}|{_MACROS})(?![A-Za-z])", re.I)
"""TeX that makes links and styles, and TeX that gives other commands, also the instructor's, another meaning."""
_ADDRESS = re.compile(r"\b([a-z][a-z0-9+.-]{1,20}:)(?=//)|\b(www)(?=\.)", re.I)
ENVIRONMENTS = 200
"""The most TeX environments of one Markdown cell: the end of each is looked for in all that follows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_FENCE = re.compile(r"(?m)^([ \t>]*(?:`{3,}|~{3,}))[ \t]*([\w+-]*).*$")


def markdown(text: str) -> str:
    r"""Return Markdown that reads the same and holds no HTML, link, picture or active TeX.

    A space after `<` is enough to keep a browser from seeing a tag, and leaves mathematics as it was.

    >>> markdown("a<b, $x<y$ <script>alert(1)</script> [go](javascript:x) $\\href{x}{y}$")
    'a< b, $x< y$ < script>alert(1)< /script> [go] (javascript:x) $\\ href{x}{y}$'
    """
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}\n\n*The text was cut here: {len(text) - LONGEST:,} more characters.*"
    text = _CONTROLS.sub("", text)
    text = re.sub(r"<(?=[^\s<=])", "< ", text)
    text = re.sub(r"\](?=[(\[:])", "] ", text)
    text = _ADDRESS.sub(r"\1\2 ", text)
    if text.count(r"\begin{") > ENVIRONMENTS:
        text = text.replace(r"\begin{", r"\ begin{")
    return _FENCE.sub(_plain_fence, passive_tex(text))


def passive_tex(text: str) -> str:
    r"""Return text in which no TeX command makes a link or reaches outside.

    >>> passive_tex("$\\href{javascript:x}{y} + \\sin x$")
    '$\\ href{javascript:x}{y} + \\sin x$'
    """
    return _ACTIVE_TEX.sub(r"\\ \1", text)


def _plain_fence(match: re.Match[str]) -> str:
    language = match[2] if match[2].lower() in {"python", "py", "text", "latex"} else ""
    return match[1] + language


def plain(text: str) -> str:
    r"""Return text without terminal colours and control characters.

    >>> plain("\x1b[31mred\x1b[0m\x07")
    'red'
    """
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def line(text: str, most: int) -> str:
    r"""Return text as one line of at most so many characters that can be printed anywhere.

    >>> line("a\nb \x1b[2Jc\ud800", 50), line("abcdef", 4)
    ('a b c?', 'abc…')
    """
    text = " ".join(plain(text[: 4 * most]).encode("utf-8", "replace").decode().split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def formula_free(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula, also one whose sign is of full width or behind blanks.

    >>> formula_free("=HYPERLINK(1)"), formula_free("\uff1d1+1"), formula_free("\xa0-1"), formula_free("ada")
    ("'=HYPERLINK(1)", "'＝1+1", "'\xa0-1", 'ada')
    """
    begins = unicodedata.normalize("NFKC", text[:100]).lstrip(" \u200b\u200e\u200f\ufeff")
    return f"'{text}" if begins.startswith(_FORMULA) else text


def outputs(shown: Iterable[Mapping[str, Any]]) -> list[Output]:
    """Reduce the outputs of a cell to those that are inert.

    >>> outputs([{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>", "text/plain": "A"}}])
    [{'output_type': 'display_data', 'data': {'text/plain': 'A'}, 'metadata': {}}]
    """
    return [kept for output in shown if (kept := _output(output))]


def _output(output: Mapping[str, Any]) -> Output | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": plain(_text(output.get("text")))}
    if kind == "error":
        lines = [plain(_text(line)) for line in output.get("traceback") or ()]
        name, value = plain(_text(output.get("ename"))), plain(_text(output.get("evalue")))
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": lines or [f"{name}: {value}"]}
    if kind not in ("display_data", "execute_result"):
        return None
    data = output.get("data")
    kept = _bundle(data if isinstance(data, Mapping) else {})
    if not kept:
        return None
    result: Output = {"output_type": kind, "data": kept, "metadata": {}}
    if kind == "execute_result":
        count = output.get("execution_count")
        result["execution_count"] = count if type(count) is int else None
    return result


def _bundle(data: Mapping[str, Any]) -> dict[str, str]:
    kept: dict[str, str] = {}
    if picture := _png(data.get("image/png")):
        kept["image/png"] = picture
    if "text/markdown" in data:
        kept["text/markdown"] = markdown(_text(data["text/markdown"]))
    if "text/plain" in data:
        kept["text/plain"] = plain(_text(data["text/plain"]))
    return kept


def _png(value: Any) -> str:
    """Return a PNG picture, decoded and encoded anew so that nothing else can hide in it; or an empty text."""
    try:
        raw = base64.b64decode("".join(_text(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return base64.b64encode(raw).decode() if raw.startswith(_PNG) else ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "".join(part for part in value if isinstance(part, str))
    return ""
