"""How the warm process is shut in, and what each notebook then takes away from itself.

With bubblewrap the warm process stands in a file system that holds Python and its packages, read only, and no network;
every notebook gets namespaces and a scratch folder of its own, few system calls, and limits. Where bubblewrap does not
work, Landlock stands for the file system and the network, and nothing at all can be written.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import autograder
import nabla
from autograder.grading.inside.confinement import Confinement
from autograder.grading.limits import Limits

Kind = Literal["bubblewrap", "landlock", "none"]
SCRATCH = Path("/scratch")
"""Where notebooks may write, inside bubblewrap."""
PREPARATION = 64 * 1024 * 1024
"""Bytes that the warm process may write there before there are notebooks."""


@dataclass(frozen=True)
class Sandbox:
    """One way of shutting in the processes that run submissions; "none" is no way at all."""

    kind: Kind

    @property
    def shares_files(self) -> bool:
        """Whether the process sees files where we see them."""
        return self.kind != "bubblewrap"

    def scratch(self, home: Path) -> Path:
        """Return the folder of the notebook, as its process sees it."""
        return home if self.shares_files else SCRATCH

    def command(self, home: Path, descriptor: int) -> list[str]:
        """Return the command that starts the warm process."""
        program = os.path.normpath(sys.executable)  # started as ../.venv/bin/python, it goes by a folder not in sight
        python = [program, "-P", "-s", "-m", "autograder.grading.inside.zygote", str(descriptor)]
        return python if self.shares_files else [*bubblewrap(), *python]

    def confinement(self, limits: Limits) -> Confinement:
        """Return what each notebook takes away from itself."""
        if self.kind == "none":
            return Confinement()
        return Confinement(
            namespaces=self.kind == "bubblewrap",
            landlock=self.kind == "landlock",
            calls=True,
            readable=tuple(str(path) for path in (*system_paths(), *python_paths(), Path("/dev/null"))),
            scratch=limits.scratch,
            memory=limits.memory,
            seconds=math.ceil(limits.submission + limits.cell),
        )


def bubblewrap() -> list[str]:
    """Return the command that runs another one inside bubblewrap, with Python and nothing else to be seen."""
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--hostname", "nabla"]
    command += ["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    for path in system_paths():
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        else:
            command += ["--ro-bind", str(path), str(path)]
    for path in python_paths():
        command += ["--ro-bind", str(path), str(path)]
    command += ["--proc", "/proc", "--dev", "/dev", "--size", str(PREPARATION), "--tmpfs", str(SCRATCH)]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", str(SCRATCH), "--"]


def system_paths() -> Iterator[Path]:
    """Yield where the shared libraries of the system are."""
    for name in ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/ld.so.conf"):
        path = Path(name)
        if path.exists():
            yield path


def python_paths() -> Iterator[Path]:
    """Yield where this Python, its packages and our two packages are; not the folder that holds them."""
    seen: set[Path] = set()
    packages = [Path(package.__file__ or "").parent for package in (nabla, autograder)]
    names = (sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix)
    prefixes = [Path(os.path.normpath(name)) for name in names]
    for path in (*prefixes, *packages):
        for place in (path, path.resolve()):
            inside = any(place.is_relative_to(held) for held in (*seen, Path("/usr")))
            if not inside and place.exists():
                seen.add(place)
                yield place
