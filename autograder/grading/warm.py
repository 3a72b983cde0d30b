"""The warm process from outside: starting it, and running notebooks in children of it.

It holds no key and no course secret, and is started by exec, so nothing of ours is in its memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from autograder.emission import Mode
from autograder.grading import frames
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.sandbox import Sandbox

Ending = Literal["ok", "error", "timeout", "died", "flood"]
"""How the running of a piece of source ended."""
ANSWER_SECONDS = 10.0
"""The warm process answers at once; after this it counts as lost."""
AT_HAND = 4_000
"""The most characters of a cell that a process is given while it still runs the one before: the pipe has room for them,
whatever that one does."""


class StartError(Exception):
    """The process that runs cells could not be started."""


class Warm:
    """A warm process in a sandbox; raises `StartError` when it does not start in time.

    >>> with Warm() as warm, warm.session("answers", Limits()) as session:            # doctest: +SKIP
    ...     session.run("1 + 1", Collector(1000, 10, 1000), 5)
    ('ok', 1)
    """

    def __init__(self, sandbox: Sandbox | None = None, seconds: float = 60.0) -> None:
        self.sandbox = sandbox or Sandbox("none")
        self._folder = tempfile.mkdtemp(prefix="nabla-warm-") if self.sandbox.shares_files else None
        self._home = Path(self._folder or "/")
        self._count = 0
        self._spare: Session | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    self.sandbox.command(self._home, theirs.fileno()),
                    cwd=self._home,
                    env=environment(self.sandbox.scratch(self._home)),
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._errors,
                    start_new_session=True,
                )
            self._receive(seconds)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise StartError(f"The Python that runs submissions did not start: {error}") from error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process with all its children."""
        if self._spare:
            self._spare.kill()
        self._control.close()
        if process := getattr(self, "_process", None):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._errors.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def session(self, mode: Mode, limits: Limits) -> Session:
        """Fork a process for one notebook, or take the one that waits."""
        spare, self._spare = self._spare, None
        if spare and spare.usable and spare.made_for == (mode, limits):
            return spare
        if spare:
            spare.kill()
        return self._fork(mode, limits)

    def prepare(self, mode: Mode, limits: Limits) -> None:
        """Fork a process for the next notebook ahead of time, while something else is done here."""
        if self._spare is None:
            self._spare = self._fork(mode, limits)

    def _fork(self, mode: Mode, limits: Limits) -> Session:
        self._count += 1
        scratch = Path(tempfile.mkdtemp(dir=self._home)) if self.sandbox.shares_files else None
        inner, outer = os.pipe(), os.pipe()
        request = {
            "do": "start",
            "child": self._count,
            "mode": mode,
            "scratch": str(scratch or self.sandbox.scratch(self._home)),
            "confinement": asdict(self.sandbox.confinement(limits)),
        }
        try:
            self.tell(request, [inner[0], outer[1]])
        except BaseException:
            os.close(inner[1])
            os.close(outer[0])
            raise
        finally:
            os.close(inner[0])
            os.close(outer[1])
        return Session(self, self._count, inner[1], outer[0], scratch, (mode, limits))

    def rehearse(self, cells: list[str], seconds: float) -> None:
        """Run cells that everybody has in the warm process itself, and forget their names: what they leave warm,
        such as what sympy remembers, every notebook then finds. Never run what a student wrote.
        """
        if self._spare:
            self._spare.kill()
            self._spare = None
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(cells).encode())
            file.seek(0)
            self.tell({"do": "rehearse"}, [file.fileno()])
        try:
            self._receive(seconds)
        except OSError as error:
            raise StartError(f"The warm Python is lost: {error}") from error

    def tell(self, request: dict[str, Any], descriptors: list[int] | None = None) -> None:
        """Tell the warm process to do something; raise `StartError` when it is gone or does not listen."""
        self._control.settimeout(ANSWER_SECONDS)
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors or [])
        except OSError as error:
            raise StartError(f"The warm Python is lost: {error}") from error

    def _receive(self, seconds: float) -> dict[str, Any]:
        self._control.settimeout(seconds)
        data = self._control.recv(1 << 16)
        if not data:
            self._errors.seek(0)
            told = self._errors.read().decode(errors="replace").strip()[-500:]
            raise ConnectionError(told or "it ended without a word")
        return dict(json.loads(data))


class Session:
    """The process of one notebook, `child` to the warm one. `made_for` says in which mode and within which limits."""

    def __init__(
        self, warm: Warm, child: int, target: int, source: int, scratch: Path | None, made_for: tuple[Mode, Limits]
    ) -> None:
        self._warm, self.child, self._target, self._scratch = warm, child, target, scratch
        self.made_for = made_for
        self._ready = False
        self._reader = frames.Reader(source)
        os.set_blocking(target, False)
        self._number = 0
        self._begun = ""
        self.usable = True
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def run(
        self, source: str, collector: Collector, seconds: float, history: bool = True, ahead: str = ""
    ) -> tuple[Ending, int]:
        """Run source; return how it ended and its number in the history. `usable` says whether more can be run.

        `ahead` is what will be run next: the process has it at hand when this has ended, so that it need not wait.
        Raises `StartError` when the process did not come up; nothing has run then.
        """
        self._await()
        begun, self._begun = self._begun, ""
        if begun not in ("", source):
            raise ValueError("Another cell was announced, and has begun.")
        end = time.monotonic() + seconds
        self._number += 1
        if not begun and (trouble := self._hand_over(self._number, source, seconds, history)):
            return trouble, 0
        if 0 < len(ahead) <= AT_HAND and not self._hand_over(self._number + 1, ahead, seconds):
            self._begun = ahead
        ending, count = self._listen(collector, end)
        if ending in ("timeout", "flood"):
            self.usable, count = self._interrupt(), 0
        return ending, count

    def _hand_over(self, number: int, source: str, seconds: float, history: bool = True) -> Ending | None:
        """Give the process source to run, after what it has. Where it does not take it, return how that is called."""
        try:
            frames.write(self._target, {"id": number, "code": source, "history": history}, seconds)
        except frames.FrameError as error:
            self.usable = False
            return "timeout" if isinstance(error, frames.LateError) else "died"
        return None

    def kill(self) -> None:
        """End the process and take away its files; a second time does nothing."""
        self.usable = False
        if not self._open:
            return
        self._open = False
        os.close(self._target)
        os.close(self._reader.descriptor)
        with contextlib.suppress(StartError):  # the warm process is gone, and its children with it
            self._warm.tell({"do": "end", "child": self.child})
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _listen(self, collector: Collector, end: float) -> tuple[Ending, int]:
        """Collect what the cell shows until it has ended, its time is up, or it shows too much."""
        while True:
            try:
                message = self._reader.read(end - time.monotonic())
            except frames.LateError:
                return "timeout", 0
            except frames.FrameError:
                self.usable = False
                return "died", 0
            if not isinstance(message, dict):
                continue
            if (kind := message.get("type")) != "reply":
                collector.take(kind if isinstance(kind, str) else "", message)
            elif message.get("id") == self._number:
                count = message.get("count")
                return ("ok" if message.get("status") == "ok" else "error"), count if type(count) is int else 0
            if collector.flooded:
                return "flood", 0
            if time.monotonic() > end:
                return "timeout", 0

    def _await(self) -> None:
        """Wait until the process is up and shut in; its first message, sent before any cell, says so."""
        if self._ready:
            return
        try:
            message = self._reader.read(ANSWER_SECONDS)
        except frames.FrameError as error:
            self.usable = False
            raise StartError(f"No process for the notebook came up: {error}") from error
        if message != {"type": "ready"}:
            self.usable = False
            raise StartError(f"No process for the notebook came up: {message.get('says')}")
        self._ready = True

    def _interrupt(self) -> bool:
        """Ask the process to stop this piece of source, and no later one; return whether it has ended."""
        self._warm.tell({"do": "interrupt", "child": self.child, "id": self._number})
        ending, _ = self._listen(Collector(0, 0, sys.maxsize), time.monotonic() + 2.0)
        return ending in ("ok", "error")


def environment(scratch: Path) -> dict[str, str]:
    """Return the whole environment of the processes that run submissions.

    >>> sorted(environment(Path("/scratch")))[:4]
    ['HOME', 'IPYTHONDIR', 'JUPYTER_PLATFORM_DIRS', 'LANG']
    """
    return {
        "HOME": str(scratch),
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(scratch / "matplotlib"),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.defpath)),
        "LANG": "C.UTF-8",
        "PYTHONSAFEPATH": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TMPDIR": str(scratch),
    }
