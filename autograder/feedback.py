"""The verdict that a person reads: words and signs, never colour alone."""

from __future__ import annotations

from html import escape
from typing import Self

from autograder.judge import Judgement, State

SIGNS: dict[State, tuple[str, str]] = {
    "right": ("✓", "Right"),
    "partly right": ("◐", "Partly right"),
    "wrong": ("✗", "Not yet"),
    "undecided": ("?", "Not decided"),
    "missing": ("○", "No answer yet"),
}
"""For each state its sign and its word."""

_EDGES: dict[State, str] = {
    "right": "#117733",
    "partly right": "#ddaa33",
    "wrong": "#aa3377",
    "undecided": "#4477aa",
    "missing": "#888888",
}


class Score(float):
    """Points for one answer: a plain number to nbgrader, a sentence to a person.

    `repr` is the bare number, because nbgrader reads partial credit from it.

    >>> from fractions import Fraction
    >>> Score(Judgement("right", Fraction(1), ""), points=2)
    2.0
    """

    __slots__ = ("judgement", "points")

    judgement: Judgement
    points: float | None

    def __new__(cls, judgement: Judgement, points: float | None = None) -> Self:
        """Multiply the credit by the points; without points, the score is the credit and goes unsaid."""
        most = 1 if points is None else points
        score = super().__new__(cls, most if judgement.credit == 1 else float(judgement.credit) * most)
        score.judgement, score.points = judgement, points
        return score

    def __reduce__(self) -> tuple[type[Score], tuple[Judgement, float | None]]:
        return type(self), (self.judgement, self.points)

    def __repr__(self) -> str:
        return float.__repr__(float(self))

    __str__ = __repr__

    @property
    def feedback(self) -> str:
        """What is said to the student, as plain text."""
        return text(self.judgement, float(self), self.points)

    def _repr_html_(self) -> str:
        return html(self.judgement, float(self), self.points, tell_witness=True)


def text(judgement: Judgement, score: float, points: float | None) -> str:
    """Write feedback as a few lines of plain text.

    >>> from fractions import Fraction
    >>> print(text(Judgement("wrong", Fraction(0), "Look at the sign.", "Try again."), 0, 2))
    ✗ Not yet: 0 of 2 points
    Look at the sign.
    Next: Try again.
    """
    lines = [headline(judgement, score, points), *body(judgement)]
    return "\n".join(line for line in lines if line)


def headline(judgement: Judgement, score: float, points: float | None) -> str:
    """Write the first line: sign, word and, where there are any, points. What is not decided has no score yet."""
    sign, word = SIGNS[judgement.state]
    if points is None:
        return f"{sign} {word}"
    of = f"{points:.4g} point{'s' * (points != 1)}"
    return f"{sign} {word} ({of})" if judgement.state == "undecided" else f"{sign} {word}: {score:.4g} of {of}"


def body(judgement: Judgement) -> list[str]:
    """List what is said below the headline."""
    lines = [judgement.says]
    if judgement.next:
        lines.append(f"Next: {judgement.next}")
    if judgement.by:
        lines.append(f"How we know: {judgement.by}.")
    lines += judgement.notes
    return [line for line in lines if line]


def html(judgement: Judgement, score: float, points: float | None, *, tell_witness: bool) -> str:
    """Write feedback as a card. `tell_witness` also shows where the answer goes wrong (self-study only)."""
    paragraphs = [_paragraph(escape(line)) for line in body(judgement)]
    if judgement.echo:
        paragraphs.append(_paragraph(f"We read your answer as ${escape(judgement.echo)}$."))
    if tell_witness and judgement.witness:
        inner = _paragraph(escape(judgement.witness))
        paragraphs.append(f"<details><summary>Show where it differs</summary>{inner}</details>")
    title = f'<p style="margin:0;font-weight:600">{escape(headline(judgement, score, points))}</p>'
    edge = _EDGES[judgement.state]
    style = f"border-left:5px solid {edge};padding:0.5em 0 0.5em 1em;margin:0.4em 0;max-width:46em;line-height:1.5"
    return f'<div class="nabla-feedback" style="{style}">{title}{"".join(paragraphs)}</div>'


def _paragraph(inner: str) -> str:
    # A message of several lines holds a caret under the place that it speaks of.
    layout = ";white-space:pre-wrap;font-family:monospace" if "\n" in inner else ""
    return f'<p style="margin:0.35em 0 0 0{layout}">{inner}</p>'
