"""A few worker processes that each grade one submission at a time and can be killed.

A worker holds the key and runs no student code; it is killed when a submission, or the judging of it, goes on
for too long. Results come back in the order in which they are ready. The same crew of processes works on this machine,
with a thread to wait for each, and on the workers of a cluster (`autograder.grading.cluster`).
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, Generic, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
LOOK = 1.0
"""Seconds after which is looked again whether there is room for more tasks."""
HANDOVER = 2e-4
"""Seconds after which a thread that computes lets another go on. In a grading process one judges, and one hears what
the sandbox has to say and gives it the next cell to run, which should not have to wait; where the work is handed out,
one writes marks down, and one for each process hears what it found and gives it the next submission."""


@dataclass(frozen=True)
class Lost:
    """A task without a result, and why."""

    reason: str


class PoolError(Exception):
    """Nothing can be graded here at all: the processes do not start, or may not run what they are given."""


class Map(Protocol):
    """What does the work on every task and yields each with its result, as `run_all` does."""

    def __call__(
        self, work: Callable[[Task], Result], tasks: Iterable[Task], seconds: float
    ) -> Iterator[tuple[Task, Result | Lost]]:
        """Yield each task with its result, or with `Lost`."""
        ...


def run_all(
    work: Callable[[Task], Result], tasks: Iterable[Task], seconds: float, workers: int = 2
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yield each task with its result, or with `Lost` when its worker died or took longer than `seconds`.

    `work` must be importable by name, since it runs in processes of its own; its `close()`, if it has one, is called
    there at the end. Tasks are drawn as there is room for them. Raises `PoolError` when no worker can be started,
    and when `work` does.

    >>> sorted(run_all(abs, [-1, -2], seconds=30.0))                                          # doctest: +SKIP
    [(-2, 2), (-1, 1)]
    """
    crew = Crew(work, seconds)
    executor = ThreadPoolExecutor(workers)
    before = sys.getswitchinterval()
    sys.setswitchinterval(HANDOVER)
    try:
        yield from flow(lambda task: executor.submit(crew, task), tasks, lambda: 2 * workers)
    finally:
        sys.setswitchinterval(before)
        crew.close()
        executor.shutdown(cancel_futures=True)


def flow(
    submit: Callable[[Task], Future[Any]],
    tasks: Iterable[Task],
    room: Callable[[], int],
    result: Callable[[Future[Any]], Any] = Future.result,
) -> Iterator[tuple[Task, Any]]:
    """Hand in no more tasks than `room()` says at a time, and yield each with its result when it is ready.

    >>> with ThreadPoolExecutor(1) as executor:
    ...     list(flow(lambda task: executor.submit(abs, task), [-1, -2], lambda: 1))
    [(-1, 1), (-2, 2)]
    """
    source = iter(tasks)
    pending: dict[Future[Any], Task] = {}
    while True:
        for task in islice(source, max(0, room() - len(pending))):
            pending[submit(task)] = task
        if not pending:
            return
        for future in wait(pending, LOOK, FIRST_COMPLETED).done:
            yield pending.pop(future), result(future)


class Crew(Generic[Task, Result]):
    """Processes that do the same work, one task each at a time; as many as there are threads that call.

    >>> crew = Crew(abs, 30.0)                                                                # doctest: +SKIP
    >>> crew(-3)                                                                              # doctest: +SKIP
    3
    """

    def __init__(self, work: Callable[[Task], Result], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._lock = threading.Lock()
        self._members: set[_Member] = set()
        self._idle: list[_Member] = []
        self._closed = False

    def __call__(self, task: Task) -> Result | Lost:
        """Do one task in a process that is free, or in a new one. Raises `PoolError` as `run_all` does."""
        member = self._take()
        result = member.do(task, self._seconds)
        if isinstance(result, Lost):
            self._leave(member)
            member.dismiss()
            return result
        with self._lock:
            self._idle.append(member)
        if isinstance(result, PoolError):
            raise result
        done: Result = result
        return done

    def close(self) -> None:
        """End all processes; those at work lose their task."""
        with self._lock:
            self._closed = True
            members, self._members = self._members, set()
            for member in members:
                member.stop()
        for member in members:
            member.dismiss()

    def _take(self) -> _Member:
        with self._lock:
            if self._idle and not self._closed:
                return self._idle.pop()
        member = _Member(self._work)
        with self._lock:
            if not self._closed:
                self._members.add(member)
                return member
        member.dismiss()
        raise PoolError("The grading processes have been stopped.")

    def _leave(self, member: _Member) -> None:
        with self._lock:
            self._members.discard(member)


class _Member:
    """One process and the pipe to it. Started by exec, so it shares no memory and no lock with who starts it."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"from {__name__} import serve; serve({there.fileno()})"],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for the one who coordinates
            )
        self._pipe = Connection(here.detach())
        try:
            self._pipe.send(work)
            self._pipe.recv()
        except (EOFError, ConnectionError):
            self.dismiss()
            says = "A grading process could not be started; its own message stands above."
            raise PoolError(says) from None

    def do(self, task: Any, seconds: float) -> Any:
        try:
            self._pipe.send(task)
            if not self._pipe.poll(seconds):
                return Lost(f"grading took longer than {seconds:g} seconds")
            return self._pipe.recv()
        except (EOFError, ConnectionError):
            return Lost("the grading process ended unexpectedly")

    def stop(self) -> None:
        """Ask it to end, what it has started included; who waits for it is told that it is lost."""
        self._process.terminate()

    def dismiss(self) -> None:
        """See that it ends."""
        self.stop()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._pipe.close()


def serve(descriptor: int) -> None:
    """Be a member of a crew: take the work and then its tasks from a pipe, until the other end is gone."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(1)  # so that what a task has started is ended

    signal.signal(signal.SIGTERM, leave)
    sys.setswitchinterval(HANDOVER)
    pipe = Connection(descriptor)
    with suppress(BrokenPipeError, ConnectionResetError, EOFError):  # the coordinator is gone
        work = pipe.recv()
        try:
            pipe.send("ready")
            while True:
                pipe.send(_outcome(work, pipe.recv()))
        finally:
            getattr(work, "close", lambda: None)()


def _outcome(work: Callable[[Any], Any], task: Any) -> Any:
    try:
        return work(task)
    except PoolError as error:
        return error
