"""Messages over a pipe: four bytes of length, then JSON. Every read and write has a deadline and a bound on its size.

The other end may be hostile: it may send nothing, half a frame, a length of four gigabytes, or bytes that are no JSON.
"""

from __future__ import annotations

import json
import os
import select
import time
from typing import Any

HEADER = 4
MOST = 12_000_000
"""The most bytes that one frame may have."""


class FrameError(Exception):
    """The other end sent something that is no frame."""


class ClosedError(FrameError):
    """The other end is gone."""


class LateError(FrameError):
    """The other end neither sent nor took anything in time."""


def encode(message: Any) -> bytes:
    """Return a message as one frame.

    >>> encode({"a": 1})
    b'\\x00\\x00\\x00\\x08{"a": 1}'
    """
    body = json.dumps(message).encode()
    if len(body) > MOST:
        raise FrameError(f"a message of {len(body):,} bytes")
    return len(body).to_bytes(HEADER) + body


class Reader:
    """Reads frames from a descriptor, which is set to be non-blocking.

    >>> ours, theirs = os.pipe()
    >>> os.write(theirs, encode([1, "two"]))
    14
    >>> Reader(ours).read(1.0)
    [1, 'two']
    """

    def __init__(self, descriptor: int, most: int = MOST) -> None:
        self.descriptor = descriptor
        self.most = most
        self._held = bytearray()
        os.set_blocking(descriptor, False)

    def read(self, seconds: float) -> Any:
        """Return the next message.

        Raises `LateError` when it is not whole in time, `ClosedError` when the other end is gone, and `FrameError`
        when it is no message.
        """
        end = time.monotonic() + seconds
        body = self._take(self._length(end), end)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise FrameError("a message that is not JSON") from error

    def _length(self, end: float) -> int:
        """Return the length of the next frame, without taking it: a late frame can still be read later."""
        self._fill(HEADER, end)
        length = int.from_bytes(self._held[:HEADER])
        if length > self.most:
            raise FrameError(f"a message of {length:,} bytes")
        return length

    def _take(self, length: int, end: float) -> bytes:
        self._fill(HEADER + length, end)
        body = bytes(self._held[HEADER : HEADER + length])
        del self._held[: HEADER + length]
        return body

    def _fill(self, size: int, end: float) -> None:
        while len(self._held) < size:
            if not _ready(self.descriptor, select.POLLIN, end):
                raise LateError("nothing came in time")
            try:
                chunk = os.read(self.descriptor, 1 << 16)
            except BlockingIOError:
                continue
            if not chunk:
                raise ClosedError("the other end is gone")
            self._held += chunk


def write(descriptor: int, message: Any, seconds: float) -> None:
    """Send one message through a non-blocking descriptor.

    Raises `LateError` when it is not taken in time, `ClosedError` when the other end is gone.
    """
    rest, end = memoryview(encode(message)), time.monotonic() + seconds
    while rest:
        if not _ready(descriptor, select.POLLOUT, end):
            raise LateError("the message was not taken in time")
        try:
            rest = rest[os.write(descriptor, rest[: 1 << 16]) :]
        except BlockingIOError:
            continue
        except (BrokenPipeError, ConnectionError) as error:
            raise ClosedError("the other end is gone") from error


def _ready(descriptor: int, event: int, end: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(max(0.0, end - time.monotonic()) * 1000))
