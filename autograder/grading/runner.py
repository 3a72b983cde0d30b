"""Running the cells of a notebook in another process.

Here that process is a Jupyter kernel of its own, in an empty folder, with a bare environment. It is handed source
text and gives back outputs and inert answers; nothing that it sends is ever evaluated.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from types import TracebackType
from typing import Any, Literal, Self

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from autograder.answers import WireError, from_wire, to_wire
from autograder.answers.answer import Answer, Items, Refused
from autograder.emission import ANSWER, VARIABLE, Mode
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector

Status = Literal["ok", "error", "timeout", "died", "flood", "skipped"]
"""How a cell ended. After "timeout", "died" and "flood" the cells before it were run again without it."""


@dataclass(frozen=True)
class CellResult:
    """What one cell showed, how it ended, and its number in the kernel's history (0 when it has none)."""

    outputs: tuple[dict[str, Any], ...]
    status: Status
    execution: int = 0


@dataclass
class _Request:
    """One request to the kernel, and what has come back so far."""

    message: str
    reply: dict[str, Any] | None = None
    idle: bool = False


class RunnerError(Exception):
    """The process that runs cells could not be started."""


class _ThisPython(KernelSpecManager):  # type: ignore[misc]  # jupyter_client has no types
    """Knows one kernel: the Python that runs this program, with nothing added to its path."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-P", "-s", "-m", "ipykernel_launcher", "-f", "{connection_file}",
                "--HistoryManager.enabled=False", "--InteractiveShell.colors=nocolor"]  # fmt: skip
        return KernelSpec(argv=argv, display_name="Python", language="python", interrupt_mode="signal")


class Runner:
    """Runs cells one after another, and survives what they do.

    >>> with Runner() as run:                                                     # doctest: +SKIP
    ...     run.cell("1 / 0").status, run.cell("print('still here')").status
    ('error', 'ok')
    """

    def __init__(self, limits: Limits | None = None, mode: Mode = "answers") -> None:
        self.limits = limits or Limits()
        self.mode = mode
        self._replay: list[str] = []
        self._restarts = 0
        self._end = 0.0
        self._kernel: KernelManager | None = None
        self._client: Any = None

    def __enter__(self) -> Self:
        self._scratch = Path(tempfile.mkdtemp(prefix="nabla-run-"))
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self._end = time.monotonic() + self.limits.submission
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def cell(self, source: str) -> CellResult:
        """Run one cell. A cell that never ends, dies or floods is stopped, and the next one can still run."""
        if not source.strip():
            return CellResult((), "ok")
        seconds = min(self.limits.cell, self._end - time.monotonic())
        if seconds <= 0 or not (self._client or self._revive()):
            return CellResult((), "skipped")
        result, alive = self._execute(source, seconds)
        if result.status in ("ok", "error"):
            self._replay.append(source)
        if not alive:
            self._stop()
        return result

    def call(self, execution: int, inputs: Sequence[Items]) -> list[Answer]:
        """Call the function that was the answer of an earlier cell, once for each row of inputs.

        The list is shorter than the inputs, or empty, when the function could not be called to the end.
        """
        if not self._client:
            return []
        wire = to_wire(Items(tuple(inputs), "list")).decode()
        seconds = max(0.1, min(self.limits.cell, self._end - time.monotonic()))
        result, alive = self._execute(f"_oh[{execution}].respond({wire!r})", seconds, history=False)
        if not alive:
            self._stop()
        if result.status == "timeout":
            return [Refused(f"no result within {self.limits.cell:g} seconds")] * len(inputs)
        for output in result.outputs:
            replies = output.get("data", {}).get(ANSWER)
            if output["output_type"] == "execute_result" and isinstance(replies, list):
                return [decode(reply) for reply in replies[: len(inputs)]]
        return []

    # -- one message loop -----------------------------------------------------------------------------------

    def _execute(self, source: str, seconds: float, history: bool = True) -> tuple[CellResult, bool]:
        """Run source; return its result and whether the kernel can be used further."""
        collector = Collector(self.limits.kept_bytes, self.limits.kept_count, self.limits.flood_bytes)
        message = self._client.execute(source, store_history=history, allow_stdin=False, stop_on_error=False)
        request = _Request(message)
        status = self._listen(request, collector, seconds)
        alive = status in ("ok", "error")
        if status in ("timeout", "flood"):
            alive = self._interrupt(request)
        number = (request.reply or {}).get("execution_count")
        return CellResult(collector.finish(), status, number if type(number) is int else 0), alive

    def _listen(self, request: _Request, collector: Collector, seconds: float) -> Status:
        """Collect what belongs to one request until the kernel has replied and is idle."""
        end = time.monotonic() + seconds
        while request.reply is None or not request.idle:
            if time.monotonic() > end:
                return "timeout"
            if collector.flooded:
                return "flood"
            kind, content = self._next(self._client.get_iopub_msg, request, 0.0 if request.idle else 0.05)
            if kind == "status":
                request.idle = request.idle or content.get("execution_state") == "idle"
            elif kind:
                collector.take(kind, content)
            elif request.reply is None:
                kind, content = self._next(self._client.get_shell_msg, request, 0.05 if request.idle else 0.0)
                if kind == "execute_reply":
                    request.reply = content
                elif not kind and not self._is_alive():
                    return "died"
        return "ok" if request.reply.get("status") == "ok" else "error"

    def _next(self, get: Any, request: _Request, seconds: float) -> tuple[str, dict[str, Any]]:
        """Return the type and content of the next message, when it answers ours."""
        try:
            received = get(timeout=seconds)
        except Empty:
            return "", {}
        except (ValueError, TypeError, KeyError):  # not signed, or not a message at all
            return "other", {}
        if received["parent_header"].get("msg_id") != request.message:
            return "other", {}
        return received["msg_type"], received["content"]

    def _interrupt(self, request: _Request) -> bool:
        """Ask the kernel to stop what it does; return whether it did."""
        assert self._kernel is not None
        self._kernel.interrupt_kernel()
        rest = Collector(0, 0, sys.maxsize)
        return self._listen(request, rest, 2.0) in ("ok", "error")

    # -- the process ----------------------------------------------------------------------------------------

    def _revive(self) -> bool:
        """Start a fresh kernel and run the cells again that ended well; return whether that could be done."""
        self._restarts += 1
        if self._restarts > self.limits.restarts:
            return False
        self._start()
        for source in list(self._replay):
            seconds = min(self.limits.cell, self._end - time.monotonic())
            if seconds <= 0:
                return False
            _, alive = self._execute(source, seconds)
            if not alive:
                self._stop()
                self._replay.remove(source)
                return self._revive()
        return True

    def _start(self) -> None:
        home = self._scratch / f"home-{self._restarts}"
        work = home / "work"
        work.mkdir(parents=True)
        self._kernel = KernelManager(
            kernel_name="nabla",
            kernel_spec_manager=_ThisPython(),
            connection_file=str(self._scratch / f"kernel-{self._restarts}.json"),
            ip="127.0.0.1",
        )
        with open(os.devnull, "w") as nowhere:
            self._kernel.start_kernel(cwd=str(work), env=environment(home, self.mode), stdout=nowhere, stderr=nowhere)
        self._client = self._kernel.blocking_client()
        self._client.start_channels(stdin=False, hb=False)
        try:
            self._client.wait_for_ready(timeout=self.limits.start)
        except RuntimeError as error:
            self._stop()
            raise RunnerError(f"The Python that runs submissions did not start: {error}") from error

    def _stop(self) -> None:
        """Kill the kernel with everything in its process group, and forget it."""
        if self._client:
            self._client.stop_channels()
            self._client = None
        if self._kernel:
            group = getattr(self._kernel.provisioner, "pgid", None)
            if group and group != os.getpgrp():
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)
            self._kernel.shutdown_kernel(now=True)
            self._kernel.cleanup_connection_file()
            self._kernel = None

    def _is_alive(self) -> bool:
        return bool(self._kernel and self._kernel.is_alive())


def environment(home: Path, mode: Mode) -> dict[str, str]:
    """Return the whole environment of the process that runs a submission.

    >>> sorted(environment(Path("/scratch"), "answers"))[:4]
    ['HOME', 'IPYTHONDIR', 'JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR']
    """
    return {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.defpath)),
        "LANG": "C.UTF-8",
        "PYTHONSAFEPATH": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        VARIABLE: mode,
    }


def decode(data: Any) -> Answer:
    """Read one answer from what the other process sent; what is no answer becomes `Refused`.

    >>> decode({"nabla": 1, "answer": [["y", "x"], ["scalar"]]})
    Scalar(expression=x)
    >>> decode("os.system")
    Refused(reason='an answer that cannot be read (...)')
    """
    try:
        return from_wire(json.dumps(data).encode())
    except (WireError, RecursionError) as error:
        return Refused(f"an answer that cannot be read ({error})"[:200])
