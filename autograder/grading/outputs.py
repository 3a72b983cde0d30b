"""Collecting the outputs of one cell while they stream in, with bounds on their size and number."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.answers.messages import MAX_BYTES
from autograder.emission import ANSWER, PROBLEM

WANTED = ("text/plain", "text/markdown", "image/png", ANSWER, PROBLEM)
"""The types of output that are looked at; all others are dropped as they arrive."""
OVERHEAD = 100
"""What every message counts at least, so that a flood of empty ones is seen."""
LINES, NAME = 40, 2000
"""The most lines of a traceback, and characters of what an error is called and says."""


@dataclass
class Collector:
    r"""Takes the outputs of a cell one by one; what is over the bounds is counted and thrown away.

    `kept_bytes` and `kept_count` bound what is kept, `flood_bytes` is when `flooded` says to stop the cell.

    >>> collector = Collector(kept_bytes=5, kept_count=10, flood_bytes=1000)
    >>> for _ in range(3):
    ...     collector.take("stream", {"name": "stdout", "text": "abc"})
    >>> collector.finish()
    ({'output_type': 'stream', 'name': 'stdout', 'text': 'abcab\n[output cut here: 4 more characters]'},)
    """

    kept_bytes: int
    kept_count: int
    flood_bytes: int
    flooded: bool = False
    _outputs: list[dict[str, Any]] = field(default_factory=list)
    _room: int = field(init=False)
    _seen: int = 0
    _cut: int = 0

    def __post_init__(self) -> None:
        self._room = self.kept_bytes

    def take(self, kind: str, content: Mapping[str, Any]) -> None:
        """Take one output as the other process sends it, which may be anything that JSON can say."""
        self._count(OVERHEAD)
        match kind:
            case "stream":
                self._stream("stderr" if content.get("name") == "stderr" else "stdout", wellformed(content.get("text")))
            case "error":
                traceback = content.get("traceback")
                lines = [wellformed(line) for line in traceback[-LINES:]] if isinstance(traceback, list) else []
                text = {key: wellformed(content.get(key))[:NAME] for key in ("ename", "evalue")}
                self._add({"output_type": "error", **text, "traceback": lines}, sum(map(len, lines)))
            case "display_data" | "execute_result":
                self._display(kind, content)

    def _display(self, kind: str, content: Mapping[str, Any]) -> None:
        data = content.get("data")
        bundle = {mime: data[mime] for mime in WANTED if mime in data} if isinstance(data, dict) else {}
        for mime in bundle.keys() - {ANSWER, PROBLEM}:
            bundle[mime] = wellformed(bundle[mime])
        output: dict[str, Any] = {"output_type": kind, "data": bundle, "metadata": {}}
        if kind == "execute_result":
            count = content.get("execution_count")
            output["execution_count"] = count if type(count) is int and 0 <= count < 1 << 31 else None
        self._add(output, sum(_size(value) for value in bundle.values()))

    def _stream(self, name: str, text: str) -> None:
        self._count(len(text))
        kept, self._room = text[: self._room], self._room - min(len(text), self._room)
        self._cut += len(text) - len(kept)
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") == name:
            last["text"] += kept
        elif kept:
            self._append({"output_type": "stream", "name": name, "text": kept}, len(kept))

    def _add(self, output: dict[str, Any], size: int) -> None:
        """Keep an output whole or not at all. An answer has room of its own, as large as any that can be read."""
        self._count(size)
        answers = ANSWER in output.get("data", {})
        room = MAX_BYTES if answers and isinstance(output["data"][ANSWER], dict) else self.flood_bytes
        if size > (room if answers else self._room):
            self._cut += size
            return
        self._room -= 0 if answers else size
        self._append(output, size)

    def _append(self, output: dict[str, Any], size: int) -> None:
        last = output["output_type"] in ("execute_result", "error")  # what a cell ends with has room of its own
        if len(self._outputs) >= self.kept_count * (2 if last else 1):
            self._cut += size
        else:
            self._outputs.append(output)

    def _count(self, size: int) -> None:
        self._seen += size
        self.flooded = self._seen > self.flood_bytes

    @property
    def kept(self) -> int:
        """How many characters were kept, apart from answers."""
        return self.kept_bytes - self._room

    def finish(self) -> tuple[dict[str, Any], ...]:
        """Return what was kept, with a last line that tells how much was not."""
        if self._cut:
            note = f"\n[output cut here: {self._cut:,} more characters]"
            last = next((out for out in reversed(self._outputs) if out["output_type"] == "stream"), None)
            if last:
                last["text"] += note
            else:
                self._outputs.append({"output_type": "stream", "name": "stdout", "text": note.lstrip()})
        return tuple(self._outputs)


def wellformed(value: Any) -> str:
    r"""Return a text that can be written as UTF-8, an empty one for what is no text; half a character becomes `?`.

    >>> wellformed("x\ud800"), wellformed(["x"])
    ('x?', '')
    """
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _size(value: Any) -> int:
    """Return how long a value is as text; what is nested too deeply to be written counts as endless."""
    try:
        return len(value) if isinstance(value, str) else len(json.dumps(value))
    except RecursionError:
        return sys.maxsize
