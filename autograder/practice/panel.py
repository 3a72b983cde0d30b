"""The practice panel in a notebook: a problem, a field that shows how it is read, and five keys."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets
from nbconvert.filters import markdown2html

from autograder.practice.session import Session


class Panel(widgets.VBox):
    """Shows a practice session. Everything works by keyboard: Tab goes from key to key, Enter in the field checks."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.statement = widgets.HTMLMath()
        self.drawing = widgets.HTML()
        self.field = widgets.Text(
            description="Your answer",
            placeholder="type it as on paper: 2xy, x^2, 3/4, sqrt(5)",
            style={"description_width": "initial"},
            layout={"width": "min(36em, calc(100% - 4px))"},
        )
        self.echo = widgets.HTMLMath()
        self.feedback = widgets.HTMLMath()
        self.help = widgets.VBox()
        self.check = widgets.Button(description="Check", button_style="primary")
        self.hint = widgets.Button(description="Hint")
        self.show = widgets.Button(description="Show me", tooltip="the worked solution, after an honest try")
        self.next = widgets.Button(description="Next")
        self.field.observe(self.on_typing, "value")
        self.field.on_msg(self.on_key)
        for key, act in (
            (self.check, self.on_check),
            (self.hint, self.on_hint),
            (self.show, self.on_show),
            (self.next, self.on_next),
        ):
            key.on_click(act)
        for key in (self.check, self.hint, self.show, self.next):
            key.layout.width = "auto"
        keys = widgets.HBox([self.check, self.hint, self.show, self.next], layout={"flex_flow": "row wrap"})
        super().__init__([self.statement, self.drawing, self.field, self.echo, keys, self.feedback, self.help])
        self._new_problem()

    def on_typing(self, _: Any = None) -> None:
        """Show how the text is read so far."""
        echo = self.session.echo(self.field.value)
        notes = "".join(f"<br>{escape(note)}" for note in echo.notes)
        if echo.trouble:
            self.echo.value = f"<pre style='margin:0'>{escape(echo.trouble)}</pre>"
        else:
            self.echo.value = f"Read as ${echo.typeset}${notes}" if echo.typeset else ""

    def on_key(self, _: Any, message: Any, __: Any = None) -> None:
        """Check when Enter is pressed in the field."""
        if isinstance(message, dict) and message.get("event") == "submit":
            self.on_check()

    def on_check(self, _: Any = None) -> None:
        """Judge the answer."""
        score = self.session.check(self.field.value)
        self.feedback.value = score._repr_html_()
        self._set_keys()

    def on_hint(self, _: Any = None) -> None:
        """Show the next hint."""
        hint = self.session.hint()
        if hint is not None:
            number = self.session.hints_seen
            self._add(f"**Hint {number}.** {hint}")
        self._set_keys()

    def on_show(self, _: Any = None) -> None:
        """Show the worked solution and the picture."""
        self._add(self.session.show())
        picture = self.session.picture(self.field.value)
        if picture is not None:
            self.help.children = (*self.help.children, widgets.HTML(picture._repr_html_()))
        self._set_keys()
        self.show.disabled = True

    def on_next(self, _: Any = None) -> None:
        """Go on to a fresh problem."""
        self.session.next()
        self._new_problem()

    def _new_problem(self) -> None:
        level = f"<p style='opacity:0.75;margin:0'>Level {self.session.record.level} of 3</p>"
        self.statement.value = level + markdown2html(str(self.session.problem.statement()))
        picture = self.session.question_picture()
        self.drawing.value = picture._repr_html_() if picture is not None else ""
        self.drawing.layout.display = None if picture is not None else "none"
        self.field.value = self.echo.value = self.feedback.value = ""
        self.help.children = ()
        self._set_keys()

    def _add(self, markdown: str) -> None:
        self.help.children = (*self.help.children, widgets.HTMLMath(markdown2html(str(markdown))))

    def _set_keys(self) -> None:
        hints = len(self.session.problem.hints())
        self.hint.disabled = self.session.hints_seen >= hints
        self.hint.description = f"Hint {min(self.session.hints_seen + 1, hints)} of {hints}"
        self.show.disabled = not self.session.may_see_solution
        # The key to press next stands out; white on the green of "success" would be too pale to read.
        self.check.button_style, self.next.button_style = ("", "primary") if self.session.done else ("primary", "")
