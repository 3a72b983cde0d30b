"""What a process takes away from itself before it runs a notebook."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.inside import landlock, libc, seccomp


@dataclass(frozen=True)
class Confinement:
    """Which layers to apply, and how much is left. Sizes are in megabytes, `seconds` are of processor time.

    With `namespaces` the process sees no other process and has a scratch folder of its own, in memory.
    With `calls` it makes few system calls. With `landlock` it reads only below `readable`, and writes only to its
    scratch folder if it has one of its own: else nothing bounds what it writes in all.
    """

    namespaces: bool = False
    landlock: bool = False
    calls: bool = False
    readable: tuple[str, ...] = ()
    scratch: int = 64
    memory: int = 1024
    seconds: int = 600
    files: int = 128


def new_namespaces(confinement: Confinement, scratch: Path) -> None:
    """Give this process, the first in its namespace of processes, the other namespaces and a scratch folder."""
    libc.unshare(libc.NEW_MOUNTS | libc.NEW_IPC)
    libc.mount("none", "/", "none", libc.MOUNT_REC | libc.MOUNT_PRIVATE)
    options = f"size={confinement.scratch}m,nr_inodes=4096,mode=700"
    libc.mount("tmpfs", str(scratch), "tmpfs", libc.MOUNT_NOSUID | libc.MOUNT_NODEV, options)


def confine(confinement: Confinement, scratch: Path) -> None:
    """Confine this process for good, and go to its empty folder."""
    work = scratch / "work"
    work.mkdir(exist_ok=True)
    os.chdir(work)
    if confinement.calls:
        _limit(confinement)
    if confinement.namespaces:
        libc.unmount("/proc")
    if confinement.calls:
        libc.drop_capabilities()
    if confinement.landlock:
        landlock.restrict(confinement.readable, [str(scratch)] if confinement.namespaces else [])
    if confinement.calls:
        seccomp.restrict()


def _limit(confinement: Confinement) -> None:
    """Bound what the process may use. Its memory counts from where it stands, with all that is loaded."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    megabyte = 1 << 20
    for what, most in (
        (resource.RLIMIT_AS, pages * resource.getpagesize() + confinement.memory * megabyte),
        (resource.RLIMIT_CPU, confinement.seconds),
        (resource.RLIMIT_NOFILE, confinement.files),
        (resource.RLIMIT_FSIZE, confinement.scratch * megabyte),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))
