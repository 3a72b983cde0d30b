"""Make a page that shows every problem type: `python docs/problems.py` writes docs/problems.html.

For each type: its statement, one classic wrong answer with the feedback it gets, the picture with that answer on it,
the hints and the worked solution. Nothing on the page is written by hand.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from html import escape
from pathlib import Path

from nbconvert.filters import markdown2html

import autograder.problems as problems
from autograder.answers import of
from autograder.feedback import html
from autograder.grading.mathml import typeset
from autograder.judge import judge
from autograder.notation import plain
from autograder.practice.progress import words
from autograder.problems.problem import CodeProblem, Problem

STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #1c2733 }
section { border-top: 1px solid #d5dbe1; padding-top: 1em; margin-top: 2.5em }
h2 { margin-bottom: 0.2em } h2 + p { opacity: 0.75; margin-top: 0 } summary { cursor: pointer; padding: 0.2em 0 }
nav { columns: 3 12em } nav a { display: block } img { max-width: 100% }
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math }
code { background: #eef1f4; padding: 0 0.3em }
"""


def types() -> Iterator[type[Problem]]:
    """Every problem type, in the order of its module's name."""
    kinds = (getattr(problems, name) for name in problems.__all__)
    found = {k for k in kinds if isinstance(k, type) and issubclass(k, Problem) and not inspect.isabstract(k)}
    return iter(sorted(found, key=lambda kind: (kind.__module__, kind.__name__)))


def shown(markdown: str) -> str:
    """Markdown with mathematics as HTML that needs no script."""
    return typeset(markdown2html(str(markdown)))


def section(kind: type[Problem]) -> str:
    """All that there is to see of one type."""
    problem = kind.variant(seed=1, level=2)
    title = words(kind.__name__)
    about = (inspect.getdoc(kind) or "").splitlines()[0]
    parts = [f'<section id="{kind.__name__}"><h2>{title[0].upper()}{title[1:]}</h2><p>{escape(about)}</p>']
    parts.append(shown(problem.statement()))
    if not isinstance(problem, CodeProblem):
        parts.append(wrong_answer(problem))
    parts += [
        f"<details><summary>Hint {n}</summary>{shown(hint)}</details>" for n, hint in enumerate(problem.hints(), 1)
    ]
    parts.append(f"<details open><summary>Solution</summary>{shown(problem.solution())}</details></section>")
    return "".join(parts)


def wrong_answer(problem: Problem) -> str:
    """The likeliest mistake, what is said about it, and where it leads in the picture."""
    mistakes = problem.mistakes()
    if not mistakes:
        return ""
    wrong = mistakes[0].wrong
    judgement = judge(problem, of(wrong))
    card = typeset(html(judgement, float(judgement.credit), None, tell_witness=True))
    picture = problem.picture(wrong)
    drawn = picture._repr_html_() if picture is not None else ""
    return f"<p>A wrong answer: <code>{escape(plain(wrong))}</code></p>{card}{drawn}"


def main() -> None:
    """Write the page."""
    kinds = list(types())
    links = "".join(f'<a href="#{kind.__name__}">{words(kind.__name__)}</a>' for kind in kinds)
    body = "".join(section(kind) for kind in kinds)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Problem types</title><style>{STYLE}</style>'
        f"<h1>{len(kinds)} problem types</h1><p>{main_text()}</p><nav>{links}</nav>{body}</html>"
    )
    path = Path(__file__).with_suffix(".html")
    path.write_text(page, encoding="utf-8")
    print(f"{len(kinds)} problem types: {path}")


def main_text() -> str:
    """What the page is."""
    return "Each is one line of data. Its words, key, mistakes, hints, solution and picture are computed from it."


if __name__ == "__main__":
    main()
