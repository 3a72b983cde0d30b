"""Landlock: a process gives up, for good, all files but those it names, the network, and signals to others."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from autograder.grading.inside import libc

CREATE, ADD, RESTRICT = 444, 445, 446
"""System calls, the same on every machine."""
READ = 1 << 0 | 1 << 2 | 1 << 3
"""Execute, read a file, list a folder."""
WRITE = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 10 | 1 << 12
"""Write and remove files and folders; make folders, files, pipes and links."""


def version() -> int:
    """Return which Landlock the kernel has; 0 when it has none."""
    try:
        return libc.call(CREATE, None, 0, 1)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow reading below some paths and writing below others. Raises `OSError` where there is no Landlock."""
    has = version()
    files = (1 << (13 + (has > 1) + (has > 2))) - 1 | (1 << 15 if has > 4 else 0)
    network, scoped = (3 if has > 3 else 0), (3 if has > 5 else 0)
    rules = ctypes.create_string_buffer(struct.pack("QQQ", files, network, scoped), 24)
    size = 24 if has > 5 else 16 if has > 3 else 8
    ruleset = libc.call(CREATE, ctypes.byref(rules), size, 0)
    more = (1 << 13 if has > 1 else 0) | (1 << 14 if has > 2 else 0)
    for paths, access in ((readable, READ), (writable, READ | WRITE | more)):
        for path in paths:
            _allow(ruleset, path, access & files)
    libc.prctl(libc.SET_NO_NEW_PRIVS, 1)
    libc.call(RESTRICT, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not os.path.isdir(path):
        access &= 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14
    rule = ctypes.create_string_buffer(struct.pack("=Qi", access, descriptor), 12)
    try:
        libc.call(ADD, ruleset, 1, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
