"""The widget: one picture, its alt text, its words and its controls, in one small view.

The picture and what is said about it arrive in the browser in the same message, so they can never disagree.
The browser sends what the hand did, and nothing more until the frame that answers it is back; a burst of
moves is thus reduced to the newest (see `view.js`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from nabla.explore.explorer import Explorer, Frame

_HERE = Path(__file__).parent


class View(anywidget.AnyWidget):
    """Shows an explorer in a notebook, and passes on what the hand does."""

    _esm = (_HERE / "view.js").read_text(encoding="utf-8")
    _css = (_HERE / "view.css").read_text(encoding="utf-8")

    outline = traitlets.Dict().tag(sync=True)
    """What does not change: title, size, and the controls with their inputs."""

    frame = traitlets.Dict().tag(sync=True)
    """What is shown now: `png`, `alt`, `words`, `values`, `texts`, `error`, and the request it answers."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._answers: Any = None
        self.explorer_frame: Frame | None = None
        super().__init__(outline=_outline(explorer))
        try:
            self.receive(explorer.frame(), None)
        except Exception as error:  # noqa: BLE001 - whatever a drawing raises is shown in its place
            explorer.error = error
            self.receive(None, error)
        self.on_msg(self._hear)

    @property
    def reference(self) -> dict[str, Any]:
        """What a notebook's output holds in order to show this widget."""
        return {"version_major": 2, "version_minor": 1, "model_id": self.model_id}

    def receive(self, frame: Frame | None, error: Exception | None) -> None:
        """Show a frame or, in its place, what went wrong."""
        self.explorer_frame = frame
        explorer = self._explorer
        shown = {"values": explorer.values(), "texts": explorer.texts(), "answers": self._answers}
        if frame is None:
            said = f"This picture could not be drawn: {error or 'unknown error'}"
            self.frame = {**shown, "png": b"", "words": said, "alt": said, "error": True}
        else:
            picture = frame.picture
            seen = {"png": picture.png, "words": picture.words, "alt": picture.alt, "error": False}
            self.frame = {**shown, **seen}

    def _hear(self, _: Any, message: dict[str, Any], __: Any) -> None:
        """Answer one message of the browser: `reset`, `place`, `inputs`, `fine`, and `request`, its mark."""
        self._answers = message.get("request")
        explorer = self._explorer
        try:
            start = bool(message.get("reset"))
            fine = bool(message.get("fine"))
            explorer.move(message.get("inputs") or {}, message.get("place"), from_start=start, fine=fine)
        except Exception as error:  # noqa: BLE001 - a callback's error would vanish; this one is shown
            explorer.error = error
            self.receive(None, error)
        finally:
            self._answers = None


def _outline(explorer: Explorer) -> dict[str, Any]:
    """The controls as the browser builds them."""
    groups, keys = [], {}
    for name, control in explorer.controls.items():
        inputs = [{"key": f"{name}.{i}", **each.outline()} for i, each in enumerate(control.inputs())]
        groups.append({"label": control.label, "inputs": inputs})
        keys[name] = [each["key"] for each in inputs]
    drag = walk = None
    if explorer.drag is not None:
        drag = {"keys": keys[explorer.drag], "label": explorer.controls[explorer.drag].label}
    if explorer.walk is not None:
        walk = {"key": keys[explorer.walk][0], "pace": explorer.pace}
    return {"title": explorer.title, "height": explorer.height, "groups": groups, "drag": drag, "walk": walk}
