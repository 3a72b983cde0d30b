"""A few worker processes that each grade one submission at a time and can be killed.

A worker holds the key and runs no student code; it is killed when a submission, or the judging of it, goes on
for too long. Results come back in the order in which they are ready.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Lost:
    """A task without a result, and why."""

    reason: str


class PoolError(Exception):
    """The worker processes do not start."""


@dataclass
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    task: Task | None = None
    end: float = 0.0


def run_all(
    work: Callable[[Task], Result], tasks: Iterable[Task], workers: int, seconds: float
) -> Iterator[tuple[Task, Result | Lost]]:
    """Yield each task with its result, or with `Lost` when its worker died or took longer than `seconds`.
    Raises `PoolError` when no worker can be started at all.

    `work` must be importable by name, since it runs in a process of its own; its `close()`, if it has one, is called
    there at the end.
    """
    waiting = list(tasks)[::-1]
    crew: list[_Worker[Task]] = []
    try:
        _assign(work, crew, waiting, workers, seconds)
        while any(worker.task is not None for worker in crew):
            done = list(_collect(crew, seconds))
            _assign(work, crew, waiting, workers, seconds)  # before the results are looked at: nobody waits for that
            yield from done
    finally:
        for worker in crew:
            _dismiss(worker)


def _assign(
    work: Callable[[Task], Any], crew: list[_Worker[Task]], waiting: list[Task], workers: int, seconds: float
) -> None:
    """Give every worker a task, as long as there are tasks."""
    while waiting and len([worker for worker in crew if worker.task is not None]) < workers:
        worker = next((worker for worker in crew if worker.task is None), None) or _hire(work, crew)
        worker.task, worker.end = waiting.pop(), time.monotonic() + seconds
        worker.pipe.send(worker.task)


def _hire(work: Callable[[Task], Any], crew: list[_Worker[Task]]) -> _Worker[Task]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(work, there), daemon=False)
    process.start()
    there.close()
    worker: _Worker[Task] = _Worker(process, here)
    crew.append(worker)
    try:
        here.recv()
    except EOFError:
        raise PoolError("A grading process could not be started; its own message stands above.") from None
    return worker


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Answer tasks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who coordinates
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that what a task has started is ended
    try:
        with suppress(BrokenPipeError, EOFError):  # the coordinator is gone
            pipe.send("ready")
            while True:
                pipe.send(work(pipe.recv()))
    finally:
        getattr(work, "close", lambda: None)()


def _collect(crew: list[_Worker[Task]], seconds: float) -> Iterator[tuple[Task, Any]]:
    busy = [worker for worker in crew if worker.task is not None]
    nearest = max(0.0, min(worker.end for worker in busy) - time.monotonic())
    ready = wait([worker.pipe for worker in busy], timeout=nearest)
    for worker in busy:
        task = worker.task
        assert task is not None
        if worker.pipe in ready:
            try:
                result: Any = worker.pipe.recv()
            except (EOFError, ConnectionError):
                result = Lost("the grading process ended unexpectedly")
        elif time.monotonic() >= worker.end:
            result = Lost(f"grading took longer than {seconds:g} seconds")
        else:
            continue
        if isinstance(result, Lost):
            _dismiss(worker)
            crew.remove(worker)
        worker.task = None
        yield task, result


def _dismiss(worker: _Worker[Any]) -> None:
    worker.pipe.close()
    if worker.task is None:
        worker.process.join(5)
    for end in (worker.process.terminate, worker.process.kill):
        if worker.process.is_alive():
            end()
            worker.process.join(5)
    worker.process.close()
