"""Make the workbook's chapters into pages to be read: `python docs/book.py [chapter ...]` writes docs/book/.

Every chapter is run from a fresh kernel and becomes one page with its pictures, its films and the verdicts of its
checks inside. The pages need no kernel and no network: mathematics is MathML, which browsers typeset themselves, and
explorers are still pictures with their words.
"""

from __future__ import annotations

import re
import sys
from html import escape, unescape
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from autograder.grading.mathml import mathml, typeset

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
BOOK = ROOT / "docs" / "book"
TITLE = "Nabla: a workbook about the gradient"
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "text/latex", "text/plain"]
"""What is shown of an output, the best first; a live widget is not among them."""
LIVE = '<p class="live">Here the workbook has something live. Open the chapter in JupyterLab to use it.</p>'
_THIN = '<mspace width="0.17em"/>'
_SPACE = "\ue000"
_PLAIN = {"\ue001": "(", "\ue002": ")", "\ue003": "|"}
"""What stands for brackets that do not grow, as those without `\\left` and `\\right` do not."""
_MATH = re.compile(r"(?<![\\$])(\$\$?)(?!\$)(.+?)(?<!\\)\1", re.S)


def main(names: list[str]) -> None:
    """Write the pages of the chapters whose file names begin with one of these, or of all, and the index."""
    chosen = [path for path in CHAPTERS if not names or path.stem.startswith(tuple(names))]
    BOOK.mkdir(exist_ok=True)
    for path in chosen:
        target = BOOK / f"{path.stem}.html"
        target.write_text(chapter(path), encoding="utf-8")
        print(f"{target}  {target.stat().st_size / 2**20:.1f} MiB", flush=True)
    (BOOK / "index.html").write_text(index(), encoding="utf-8")
    print(BOOK / "index.html")


def chapter(path: Path) -> str:
    """Run a chapter and return it as a page."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = linked(mathematics(cell.source))
        else:
            cell.outputs = [still(output) for output in cell.outputs]
    config = Config()
    config.NbConvertBase.display_data_priority = SHOWN
    config.HTMLExporter.update(exclude_anchor_links=True, exclude_input_prompt=True, exclude_output_prompt=True)
    body, _ = HTMLExporter(template_name="basic", config=config).from_notebook_node(notebook)
    return page(title(notebook), f"{around(path)}<main>{body}</main>{around(path)}")


def mathematics(text: str) -> str:
    """Markdown or HTML with its mathematics as MathML."""
    return finished(typeset(_MATH.sub(lambda found: f"{found[1]}{plainer(found[2])}{found[1]}", text)))


def plainer(tex: str) -> str:
    r"""The TeX of the chapters in the fewer words that `mathml` knows.

    >>> plainer(r"\frac12 \qquad \text{if } x")
    '\\frac{1}{2} \\quad\\quad  \\text{if\ue000} x'
    """
    tex = re.sub(r"\\displaystyle\s*", "", tex)
    for stand_in, bracket in _PLAIN.items():
        tex = re.sub(rf"(?<!\\)(?<!\\left)(?<!\\right){re.escape(bracket)}", stand_in, tex)
    tex = re.sub(r"\\([td]?frac)\s*(\d|[A-Za-z]\b)\s*(\d|[A-Za-z])", r"\\frac{\2}{\3}", tex)
    tex = re.sub(r"\\text\{([^{}]*)\}", lambda found: found[0].replace(" ", _SPACE), tex)
    tex = tex.replace(r"\begin{pmatrix}", r"\left(\begin{matrix}").replace(r"\end{pmatrix}", r"\end{matrix}\right)")
    words = {
        "qquad": r"\quad\quad ", "circ": "°", "ell": "ℓ", "kappa": "κ", "Phi": "Φ", "sum": "∑", "int": "∫",
        "longrightarrow": r"\rightarrow ", "bigl": "", "bigr": "", "lim": r"\operatorname{lim}",
    }  # fmt: skip
    tex = re.sub(r"\\(\w+?)(?![A-Za-z])", lambda found: words.get(found[1], found[0]), tex)
    return tex.replace("^°", "°")


def finished(html: str) -> str:
    """Mathematics as it is set by hand: spaces in words and around names, what belongs below a limit, brackets, signs.

    The brackets of a matrix grow only with a mathematical font, which not every machine has; these are drawn.
    """
    for stand_in, bracket in _PLAIN.items():
        html = html.replace(f"<mo>{stand_in}</mo>", _still_bracket(bracket)).replace(stand_in, bracket)
    html = html.replace("<mo>‖</mo>", _still_bracket("‖"))
    html = re.sub(
        r"<mrow><mo>\(</mo>((?:(?!</?mrow|<mfrac|<mtable|<msqrt|<munder).)*)<mo>\)</mo></mrow>",
        rf"<mrow>{_still_bracket('(')}\1{_still_bracket(')')}</mrow>",
        html,
        flags=re.S,
    )
    before_a_sign = r"(<mo[^>]*>(?:[(,=≈≤≥<>→·×]|&lt;|&gt;)</mo>(?:<mtext>\s*</mtext>)*)"
    html = re.sub(rf"{before_a_sign}<mo>−</mo>", r'\1<mo form="prefix">−</mo>', html)
    limit = re.compile(r'<msub>(<mi mathvariant="normal">lim</mi>)(<mrow>(?:(?!</?mrow>).)*</mrow>)</msub>', re.S)
    html = limit.sub(r"<munder>\1\2</munder>", html).replace(_SPACE, "\u00a0")
    named = r"(?<!<msup>)(?<!<msub>)(?<!<msubsup>)(?<!<mfrac>)(<mi>(?:sin|cos|tan|exp|log|ln)</mi>)(?=<m[ins])"
    html = re.sub(named, rf"\1{_THIN}", html)
    html = re.sub(rf"((?:</mi>|</mn>|‖</mo>))(?=<mi>\w+</mi>{_THIN})", rf"\1{_THIN}", html)
    html = re.sub(r"(<msup><mi>(?:sin|cos|tan|log|ln)</mi><mn>\d</mn></msup>)(?=<m[ins])", rf"\1{_THIN}", html)
    for left, right, name in (("&#91;", "&#93;", "square"), (r"\(", r"\)", "round")):
        matrix = rf"<mrow><mo>{left}</mo><mtable>((?:(?!<mtable>).)*?)</mtable><mo>{right}</mo></mrow>"
        html = re.sub(matrix, rf'<mtable class="{name}">\1</mtable>', html, flags=re.S)
    return html


def _still_bracket(bracket: str) -> str:
    """A bracket of the height of a letter; a stroke has no space around it, whichever side it is on."""
    tight = "" if bracket in "()" else ' lspace="0" rspace="0"'
    return f'<mo stretchy="false"{tight}>{"&#124;" if bracket == "|" else bracket}</mo>'


def linked(markdown: str) -> str:
    """Links to chapters lead to their pages; exercises are not in the book, so their names stay without a link."""
    markdown = re.sub(r"\]\((\d\d-[\w-]+)\.ipynb(#[^)]*)?\)", r"](\1.html\2)", markdown)
    return re.sub(r"\[([^\]]+)\]\((?:\.\./)[^)]*\)", r"*\1*", markdown)


def still(output: NotebookNode) -> NotebookNode:
    """An output for a page without a kernel: mathematics typeset, a word in the place of a live widget."""
    data: dict[str, Any] = output.get("data", {})
    if "application/vnd.jupyter.widget-view+json" in data and "text/html" not in data:
        data["text/html"] = LIVE
    elif "text/latex" in data and "text/html" not in data:
        data["text/html"] = f'<div class="formula">{formula(data["text/latex"])}</div>'
    elif "<script" not in data.get("text/html", "<script"):  # a script has dollars of its own
        data["text/html"] = mathematics(data["text/html"])
    elif "text/markdown" in data:
        data["text/markdown"] = linked(mathematics(data["text/markdown"]))
    return output


def formula(latex: str) -> str:
    """One formula that stands alone in an output."""
    return finished(mathml(plainer(latex.strip().strip("$")), display=True))


def title(notebook: NotebookNode) -> str:
    """The heading of a chapter."""
    return str(notebook.cells[0].source).splitlines()[0].removeprefix("# ").strip()


def around(path: Path) -> str:
    """The way to the chapters before and after, and to the index."""
    here = CHAPTERS.index(path)
    before = [("Before", CHAPTERS[here - 1])] if here else []
    after = [("Next", CHAPTERS[here + 1])] if here + 1 < len(CHAPTERS) else []
    links = [
        f'<a href="{other.stem}.html">{word}: {escape(title(nbformat.read(other, as_version=4)))}</a>'
        for word, other in (*before, *after)
    ]
    links.insert(len(before), '<a href="index.html">All chapters</a>')
    return f'<nav aria-label="Chapters">{"".join(links)}</nav>'


def index() -> str:
    """The page that leads to all others: each chapter with the question that it begins with."""
    items = []
    for path in CHAPTERS:
        notebook = nbformat.read(path, as_version=4)
        bold = re.search(r"\*\*(.+?)\*\*", notebook.cells[0].source, re.S)
        question = f"<p>{mathematics(escape(bold[1]))}</p>" if bold else ""
        items.append(f'<li><a href="{path.stem}.html">{escape(title(notebook))}</a>{question}</li>')
    told = (
        "The chapters as pages to be read. In the workbook itself, in JupyterLab, the pictures move under your hand "
        "and every question waits for your own answer."
    )
    return page(TITLE, f'<main><h1>{TITLE}</h1><p>{told}</p><ol start="0">{"".join(items)}</ol></main>')


def page(name: str, body: str) -> str:
    """A whole page with its style."""
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in ("default", "github-dark"))
    style = (Path(__file__).with_name("book.css")).read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(unescape(name))}</title><style>{light}\n"
        f"@media (prefers-color-scheme: dark) {{ {dark} }}\n{style}</style></head>\n<body>{body}</body></html>\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
