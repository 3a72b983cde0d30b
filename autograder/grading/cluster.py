"""Grading on a Dask cluster: the same crews of processes, on as many machines as there are.

A worker is trusted as the coordinator is: it is given the key and the secret of the course. It runs student code in a
sandbox of its own, which it tries out first, and it sees neither the course folder nor the gradebook. When one dies,
the scheduler gives its submissions to another; a grade depends on bytes alone, so nothing can be graded differently.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from distributed import Client, KilledWorker, Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from autograder.grading.pool import Crew, Lost, PoolError, Result, Task, flow

CONNECT = 15.0
"""Seconds to wait for the scheduler."""
PATIENCE = 60.0
"""Seconds to wait for a worker, when there is none."""


@dataclass(frozen=True)
class Cluster:
    """The cluster whose scheduler is at `address`, such as tcp://10.0.0.1:8786 or, encrypted, tls://10.0.0.1:8786.

    `name` tells runs apart that share the cluster. Calling it is like calling `pool.run_all`:

    >>> dict(Cluster("tcp://10.0.0.1:8786", "doc")(abs, [-1, -2], seconds=30.0))              # doctest: +SKIP
    {-1: 1, -2: 2}
    """

    address: str
    name: str

    def __call__(
        self, work: Callable[[Task], Result], tasks: Iterable[Task], seconds: float
    ) -> Iterator[tuple[Task, Result | Lost]]:
        """Yield each task with its result, or with `Lost` when the workers died of it or took longer than `seconds`.

        Raises `PoolError` when scheduler or workers cannot be reached, when all of them are gone, and when a worker
        refuses, for example because no sandbox holds there.
        """
        with _connected(self.address) as client:
            room = _Room(client)
            room.wait()
            try:
                client.register_plugin(_Bench(work, seconds), name=self.name)
            except Exception as error:  # whatever a worker's Python says, a missing package above all
                raise PoolError(f"A worker of the cluster cannot grade: {error!r}. Install nabla there.") from error
            executor = client.get_executor(pure=False)
            try:
                yield from flow(lambda task: executor.submit(_on_worker, self.name, task), tasks, room, _result)
            finally:
                executor.shutdown(wait=False)
                if client.status == "running":
                    client.unregister_worker_plugin(self.name)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        says = f"No scheduler answers at {address} ({error}). Start one with `dask scheduler`, and workers for it."
        raise PoolError(says) from error
    with client:
        yield client


class _Room:
    """How many submissions may be on their way: two for each thread of each worker, so that none has to wait."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._seen = time.monotonic()

    def wait(self) -> None:
        """Wait until there is a worker."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise PoolError("The cluster has no workers. Start one with `dask worker ADDRESS`.") from error

    def __call__(self) -> int:
        try:
            threads = sum(self._client.nthreads().values())
        except OSError as error:
            raise PoolError(f"The scheduler is gone ({error}). {_AGAIN}") from error
        now = time.monotonic()
        if threads:
            self._seen = now
        elif now - self._seen > PATIENCE:
            raise PoolError(f"All workers of the cluster are gone. {_AGAIN}")
        return max(1, 2 * threads)


_AGAIN = "What is graded is kept; run the same command again for the rest."


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except KilledWorker:
        return Lost("one worker of the cluster after the other ended while it was graded")
    except CancelledError as error:
        raise PoolError(f"The scheduler is gone. {_AGAIN}") from error


class _Bench(WorkerPlugin):
    """Where a worker keeps its crew of processes from one submission to the next."""

    def __init__(self, work: Callable[[Any], Any], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._crew: Crew[Any, Any] | None = None

    def setup(self, worker: Worker) -> None:
        self._crew = Crew(self._work, self._seconds)

    def teardown(self, worker: Worker) -> None:
        if self._crew:
            self._crew.close()

    def __call__(self, task: Any) -> Any:
        if self._crew is None:
            raise PoolError("This worker has not been set up.")
        return self._crew(task)


def _on_worker(name: str, task: Any) -> Any:
    """Do one task; runs in a thread of a worker."""
    worker = get_worker()
    try:
        return worker.plugins[name](task)
    except PoolError as error:
        raise PoolError(f"Worker {worker.address}: {error}") from error
