"""Trying out the sandbox of this machine with hostile acts, and choosing the one that holds."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from autograder.grading.course import Course, CourseError, write_atomically
from autograder.grading.limits import Limits
from autograder.grading.outputs import Collector
from autograder.grading.probes import Probe, Targets, probes
from autograder.grading.sandbox import Kind, Sandbox
from autograder.grading.warm import StartError, Warm

LIMITS = Limits(cell=10.0, submission=60.0)


class SandboxError(CourseError):
    """No sandbox holds on this machine; the message says what to do."""


@dataclass(frozen=True)
class Finding:
    """What came of one probe: whether its act succeeded."""

    probe: Probe
    succeeded: bool


@dataclass(frozen=True)
class Examination:
    """What came of trying one sandbox; `trouble` says why it did not even start."""

    kind: Kind
    findings: tuple[Finding, ...]
    trouble: str = ""

    @property
    def holds(self) -> bool:
        """Whether the sandbox started and no hostile act succeeded."""
        return bool(self.findings) and not any(finding.succeeded for finding in self.findings)


def choose(course: Course) -> Sandbox:
    """Return a sandbox that holds on this machine; what was found is remembered until something changes.

    Raises `SandboxError` when there is none.
    """
    kept = course.private() / "sandbox.json"
    now = _circumstances(course)
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):  # nothing is kept, or not by us
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["circumstances"] == now and found["kind"] in ("bubblewrap", "landlock"):
            return Sandbox(found["kind"])
    for kind in get_args(Kind)[:2]:
        examination = examine(Sandbox(kind), course)
        if examination.holds:
            write_atomically(kept, json.dumps({"circumstances": now, "kind": kind}), mode=0o600)
            return Sandbox(kind)
    raise SandboxError(
        "No sandbox holds on this machine, so student code is not run. `nabla doctor` says why; install bubblewrap "
        "on Linux, or grade in the container that Containerfile describes. With --unsafe it is run all the same."
    )


def examine(sandbox: Sandbox, course: Course) -> Examination:
    """Try every probe in the sandbox, each in a process of its own."""
    try:
        with _targets(course) as targets, Warm(sandbox) as warm:
            found = tuple(Finding(probe, _succeeds(probe, warm)) for probe in probes(targets))
    except StartError as error:
        return Examination(sandbox.kind, (), str(error))
    return Examination(sandbox.kind, found)


def _succeeds(probe: Probe, warm: Warm) -> bool:
    collector = Collector(10_000, 10, 1_000_000)
    with warm.session("answers", LIMITS) as session:
        ending, _ = session.run(probe.code, collector, LIMITS.cell)
    shown = [output["data"].get("text/plain") for output in collector.finish() if "data" in output]
    return ending == "ok" and shown == ["True"]


@contextlib.contextmanager
def _targets(course: Course) -> Iterator[Targets]:
    """Set up what the probes reach for: files in the course, sockets that listen, and this process."""
    with (
        tempfile.TemporaryDirectory(prefix="probe-", dir=course.private()) as folder,
        tempfile.TemporaryDirectory(prefix="nabla-") as elsewhere,  # a socket's path may not be long
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket(socket.AF_UNIX) as local,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as packets,
    ):
        file, spare = Path(folder) / "file", Path(folder) / "spare"
        file.write_text("a file of the course", encoding="utf-8")
        spare.write_text("another", encoding="utf-8")
        name = f"nabla-{secrets.token_hex(8)}"
        if sys.platform == "linux":
            local.bind("\0" + name)
            local.listen()
        packets.bind(str(place := Path(elsewhere) / "packets"))
        yield Targets(course.root, file, spare, listener.getsockname()[1], name, place, os.getpid())


def _circumstances(course: Course) -> str:
    """Name everything that a sandbox's hold depends on: the machine since it started, Python, and our own code."""
    here = Path(__file__).parent
    digest = hashlib.sha256("\0".join((*platform.uname(), sys.version, sys.prefix, str(course.root))).encode())
    for path in (*sorted((here / "inside").glob("*.py")), here / "sandbox.py", here / "probes.py"):
        digest.update(path.read_bytes())
    digest.update(str(shutil.which("bwrap")).encode())
    for path in (Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/uid_map")):
        with contextlib.suppress(OSError):  # not on this kind of system
            digest.update(path.read_bytes())
    digest.update(str(os.getuid()).encode())
    return digest.hexdigest()
