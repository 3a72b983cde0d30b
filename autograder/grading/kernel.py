"""One Jupyter kernel: a Python process of its own that runs source text and sends back outputs.

It is started in an empty folder, with a bare environment and nothing added to its path.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any, Literal

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from autograder.emission import VARIABLE, Mode
from autograder.grading.outputs import Collector

Ending = Literal["ok", "error", "timeout", "died", "flood"]
"""How the running of a piece of source ended."""


class KernelError(Exception):
    """The process that runs cells could not be started."""


class _ThisPython(KernelSpecManager):
    """Knows one kernel: the Python that runs this program, with nothing added to its path."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-P", "-s", "-m", "ipykernel_launcher", "-f", "{connection_file}",
                "--HistoryManager.enabled=False", "--InteractiveShell.colors=nocolor"]  # fmt: skip
        return KernelSpec(argv=argv, display_name="Python", language="python", interrupt_mode="signal")


@dataclass
class _Request:
    """One request to the kernel, and what has come back so far."""

    message: str
    reply: dict[str, Any] | None = None
    idle: bool = False


class Kernel:
    """A kernel that runs in the folder `home`; raises `KernelError` when it does not start in time.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:                                 # doctest: +SKIP
    ...     kernel = Kernel(Path(folder), "answers", 60)
    ...     kernel.run("1 + 1", Collector(1000, 10, 1000), 5)
    ('ok', 1)
    """

    def __init__(self, home: Path, mode: Mode, seconds: float) -> None:
        work = home / "work"
        work.mkdir(parents=True)
        self.usable = True
        self._manager = KernelManager(
            kernel_name="nabla",
            kernel_spec_manager=_ThisPython(),
            connection_file=str(home / "connection.json"),
            ip="127.0.0.1",
        )
        with open(os.devnull, "w") as nowhere:
            self._manager.start_kernel(cwd=str(work), env=environment(home, mode), stdout=nowhere, stderr=nowhere)
        self._client: Any = self._manager.blocking_client()
        self._client.start_channels(stdin=False, hb=False)
        try:
            self._client.wait_for_ready(timeout=seconds)
        except BaseException as error:
            self.kill()
            if isinstance(error, RuntimeError):
                raise KernelError(f"The Python that runs submissions did not start: {error}") from error
            raise

    def run(self, source: str, collector: Collector, seconds: float, history: bool = True) -> tuple[Ending, int]:
        """Run source; return how it ended and its number in the history. `usable` says whether more can be run."""
        message = self._client.execute(source, store_history=history, allow_stdin=False, stop_on_error=False)
        request = _Request(message)
        ending = self._listen(request, collector, seconds)
        self.usable = ending in ("ok", "error") or (ending != "died" and self._interrupt(request))
        number = (request.reply or {}).get("execution_count")
        return ending, number if type(number) is int else 0

    def kill(self) -> None:
        """End the process with everything in its process group."""
        self.usable = False
        self._client.stop_channels()
        group = getattr(self._manager.provisioner, "pgid", None)
        if group and group != os.getpgrp():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_connection_file()

    def _listen(self, request: _Request, collector: Collector, seconds: float) -> Ending:
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
                elif not kind and not self._manager.is_alive():
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
        self._manager.interrupt_kernel()
        rest = Collector(0, 0, sys.maxsize)
        return self._listen(request, rest, 2.0) in ("ok", "error")


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
