"""A time bound that really interrupts.

sympy may not return, so a bound that is only looked at between steps is not enough. In the main thread of a POSIX
process an interval timer interrupts Python code at once; elsewhere `Deadline.check` is called between small steps
and whatever may not return is left out (`Deadline.interrupts` says which of the two holds). Code inside C, such as
one product of two huge polynomials, cannot be interrupted by either: `limits` keeps such work from starting.

What counts is the computing time of the thread, so that a verdict does not depend on what else the machine does;
only on a machine with hardly any time to spare, or where the body waits, is it the time on the wall.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any


class TimeIsUp(BaseException):  # so that no `except Exception` in sympy swallows it
    """The budget of a decision is spent. Never leaves this package."""


class Deadline:
    """A context manager that raises `TimeIsUp` inside its body after `seconds` of computing.

    The handler and the timer that were there before are put back, the timer with the time it has left. When an
    earlier timer would ring first, it is left alone and this one only checks; `interrupts` then says whether the
    earlier one is a deadline too, which interrupts as well.

    >>> with Deadline(5.0) as deadline:
    ...     deadline.check()
    ...     deadline.remaining() > 4
    True
    """

    AGAIN = 0.25
    """Seconds after which the timer rings once more, in case something swallowed the first ring."""

    PATIENCE = 3.0
    """How many times `seconds` may pass on the wall."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.interrupts = False
        self._rings = False
        self._patience = self.PATIENCE * seconds
        self._began = 0.0
        self._computed = 0.0
        self._before: tuple[float, float] = (0.0, 0.0)
        self._handler: object = None
        self._hook: Any = None

    def __enter__(self) -> Deadline:
        self._began = time.monotonic()
        self._computed = time.thread_time()
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return self
        earlier, _ = signal.getitimer(signal.ITIMER_REAL)
        handler = signal.getsignal(signal.SIGALRM)
        if handler is None or 0 < earlier <= self.seconds:
            self.interrupts = isinstance(getattr(handler, "__self__", None), Deadline)
            return self  # a handler not set from Python cannot be put back
        self._patience = min(self._patience, earlier or self._patience)
        self._handler = handler
        self.interrupts = self._rings = True
        self._hook, sys.unraisablehook = sys.unraisablehook, self._swallowed
        signal.signal(signal.SIGALRM, self._ring)
        self._before = signal.setitimer(signal.ITIMER_REAL, self.seconds, self.AGAIN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.interrupts = False
        if not self._rings:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._rings = False
        sys.unraisablehook = self._hook
        signal.signal(signal.SIGALRM, self._handler)  # type: ignore[arg-type]
        left, interval = self._before
        if left:
            spent = time.monotonic() - self._began
            signal.setitimer(signal.ITIMER_REAL, max(left - spent, 1e-3), interval)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code is Deadline.__exit__.__code__:
            return  # the body is done, and the handler is about to be put back
        left = self.remaining()
        if left > 0:
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), self.AGAIN)
        else:
            raise TimeIsUp

    def _swallowed(self, raised: Any) -> None:
        """A ring inside a finaliser or a callback of the garbage collector: Python drops it, and it rings again."""
        if raised.exc_type is not TimeIsUp:
            self._hook(raised)

    def remaining(self) -> float:
        """Seconds left, never negative."""
        computing = self.seconds - (time.thread_time() - self._computed)
        waiting = self._patience - (time.monotonic() - self._began)
        return max(0.0, min(computing, waiting))

    def check(self) -> None:
        """Raise `TimeIsUp` when the time is spent."""
        if self.remaining() <= 0:
            raise TimeIsUp
