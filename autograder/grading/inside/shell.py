"""IPython's own shell, whose displays, results and tracebacks leave as messages."""

from __future__ import annotations

import base64
import io
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.grading.outputs import WANTED

Send = Callable[[dict[str, Any]], None]
CHUNK = 60_000
"""The most characters of printed text in one message."""
PATIENCE = 0.1
"""Seconds that printed text waits for more of it."""
NO_SHELL = "Commands of the operating system do not run while a notebook is graded."


class Stream(io.TextIOBase):
    """A standard output that leaves as messages, several prints in one.

    >>> sent = []
    >>> stream = Stream("stdout", sent.append)
    >>> stream.write("a") + stream.write("b"), stream.flush()
    (2, None)
    >>> sent
    [{'type': 'stream', 'name': 'stdout', 'text': 'ab'}]
    """

    encoding = "utf-8"

    def __init__(self, name: str, send: Send) -> None:
        self._name, self._send = name, send
        self._held: list[str] = []
        self._size, self._since = 0, 0.0
        self._lock = threading.RLock()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Take a piece of text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            if not self._held:
                self._since = time.monotonic()
            self._held.append(text)
            self._size += len(text)
            if self._size > CHUNK or time.monotonic() - self._since > PATIENCE:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is held."""
        with self._lock:
            text, self._held, self._size = "".join(self._held), [], 0
            for begin in range(0, len(text), CHUNK):
                self._send({"type": "stream", "name": self._name, "text": text[begin : begin + CHUNK]})


def plain_data(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """Return a bundle of representations with pictures as base64 text."""
    return {
        mime: base64.b64encode(value).decode() if isinstance(value, bytes) else value for mime, value in bundle.items()
    }


class Results(DisplayHook):
    """Sends the value of a cell's last line."""

    def start_displayhook(self) -> None:
        """Begin a result."""
        self.message: dict[str, Any] = {"type": "execute_result", "data": {}, "execution_count": None}

    def write_output_prompt(self) -> None:
        """Note the number of the cell."""
        self.message["execution_count"] = self.prompt_count

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        """Note the representations."""
        self.message["data"] = plain_data(format_dict)

    def finish_displayhook(self) -> None:
        """Send the result."""
        if self.message["data"]:
            self.shell.emit(self.message)


class Displays(DisplayPublisher):
    """Sends what is displayed. Changes to an earlier display are not followed."""

    def publish(self, data: Mapping[str, Any], metadata: Any = None, *, update: bool = False, **named: Any) -> None:
        """Send one display."""
        if not update:
            self.shell.emit({"type": "display_data", "data": plain_data(data)})

    def clear_output(self, wait: bool = False) -> None:
        """Do nothing: what was shown stays."""


class Shell(InteractiveShell):
    """IPython's shell, in this process, for one notebook. `connect` says where its messages go."""

    displayhook_class = Type(Results)
    display_pub_class = Type(Displays)
    _known: Mapping[str, str] = {}

    def connect(self, send: Send, flush: Callable[[], None]) -> None:
        """Send every message by `send`, after `flush` has sent what was printed before."""
        self._send, self._flush = send, flush
        self.set_hook("show_in_pager", lambda *arguments, **named: None)

    def learn(self, source: str) -> None:
        """Keep the Python that a cell comes to, so that it need not be worked out again."""
        self._known = {**self._known, source: super().transform_cell(source)}

    def transform_cell(self, raw_cell: str) -> str:
        """Return the Python that a cell comes to; one that was learnt comes to the same whatever a student changed."""
        return self._known.get(raw_cell) or str(super().transform_cell(raw_cell))

    def emit(self, message: dict[str, Any]) -> None:
        """Send a message in its place among the printed texts."""
        self._flush()
        self._send(message)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.emit({"type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)})

    def system(self, cmd: str) -> None:
        """Refuse to run a command."""
        raise UsageError(NO_SHELL)

    system_raw = system_piped = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Refuse to run a command."""
        raise UsageError(NO_SHELL)

    def ask_exit(self) -> None:
        """Do nothing: a notebook goes on after `exit`."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no screen."""

    def init_virtualenv(self) -> None:
        """Leave the path as it is."""


def make_shell() -> Shell:
    """Make the shell of this process, with no history on disk, no colours, and no displays that nobody looks at."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.banner1 = ""
    shell = Shell.instance(config=config)
    shell.display_formatter.active_types = list(WANTED)
    shell.connect(lambda message: None, lambda: None)
    return shell
