"""One notebook's cells, run one after another as they come in, in a process that is only for them."""

from __future__ import annotations

import builtins
import contextlib
import getpass
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

from IPython.core.error import StdinNotImplementedError

from autograder.grading.frames import HEADER, MOST
from autograder.grading.inside.shell import Shell, Stream

INTERRUPTS = (signal.SIGINT, signal.SIGUSR1)
"""Requests are stopped by these in turn: an interrupt that comes too late for one does not hit the next."""


def interrupt_of(request: int) -> signal.Signals:
    """Return the signal that stops a request, by its number."""
    return INTERRUPTS[request % len(INTERRUPTS)]


def serve(shell: Shell, source: int, target: int) -> None:
    """Say that all is ready, then run what comes in on the descriptor `source` and send outputs and replies to
    `target`. Ends when `source` does.

    A request is `{"id", "code", "history"}`; its outputs come back, and then `{"type": "reply", "id", "status",
    "count"}`.
    """
    lock = threading.RLock()

    def send(message: dict[str, Any]) -> None:
        with _undisturbed(), lock:
            tell(target, message)

    streams = Stream("stdout", send), Stream("stderr", send)

    def flush() -> None:
        for stream in streams:
            stream.flush()

    sys.stdout, sys.stderr = streams
    shell.connect(send, flush)
    builtins.input = getpass.getpass = _no_input
    send({"type": "ready"})
    while (request := _receive(source)) is not None:
        status = _run(shell, request)
        with _undisturbed():
            flush()
            send({"type": "reply", "id": request["id"], "status": status, "count": shell.execution_count - 1})


def tell(target: int, message: dict[str, Any]) -> None:
    """Send one message."""
    _write(target, _frame(message))


def _run(shell: Shell, request: dict[str, Any]) -> str:
    """Run a cell, which an interrupt may stop; return how it ended."""
    interrupt = interrupt_of(request["id"])
    try:
        signal.signal(interrupt, signal.default_int_handler)
        result = shell.run_cell(request["code"], store_history=request["history"])
        return "ok" if result.success else "error"
    except KeyboardInterrupt:  # it came after the cell was done
        return "error"
    finally:
        signal.signal(interrupt, signal.SIG_IGN)


def _no_input(prompt: object = "", stream: object = None) -> str:
    """Refuse to ask, as a notebook that runs without a person does."""
    raise StdinNotImplementedError("There is nobody to answer: input is not read while a notebook is graded.")


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep an interrupt waiting: half a message would spoil all that follow."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _frame(message: dict[str, Any]) -> bytes:
    """Return the frame of a message. What is too large, or is not plain data, is left out with a remark."""
    try:
        body = json.dumps(message, default=str).encode()
    except (TypeError, ValueError, RecursionError) as error:
        body = json.dumps(
            {"type": "stream", "name": "stdout", "text": f"[an output that is no data: {error}]"}
        ).encode()
    if len(body) > MOST:
        body = json.dumps({"type": "stream", "name": "stdout", "text": f"[an output of {len(body):,} bytes]"}).encode()
    return len(body).to_bytes(HEADER) + body


def _write(target: int, frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[os.write(target, rest) :]


def _receive(source: int) -> dict[str, Any] | None:
    """Return the next request, None when there will be no more."""
    header = _read(source, HEADER)
    body = _read(source, int.from_bytes(header)) if header else b""
    return json.loads(body) if body else None


def _read(source: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        chunk = os.read(source, size - len(parts))
        if not chunk:
            return b""
        parts += chunk
    return bytes(parts)
