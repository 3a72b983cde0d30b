"""The few calls of the C library that Python has no words for. Each raises `OSError` when it fails."""

from __future__ import annotations

import ctypes
import os
import struct

SET_PDEATHSIG, SET_DUMPABLE, SET_SECCOMP, CAPBSET_DROP = 1, 4, 22, 24
SET_CHILD_SUBREAPER, SET_NO_NEW_PRIVS, CAP_AMBIENT = 36, 38, 47
"""Operations of `prctl`."""
NEW_MOUNTS, NEW_IPC, NEW_PIDS = 0x00020000, 0x08000000, 0x20000000
"""Namespaces, for `unshare`."""
MOUNT_NOSUID, MOUNT_NODEV, MOUNT_REC, MOUNT_PRIVATE, DETACH = 2, 4, 0x4000, 1 << 18, 2

_library = ctypes.CDLL(None, use_errno=True)


def prctl(operation: int, first: int = 0, second: int = 0, pointer: object = None) -> int:
    """Call `prctl`; a pointer, when given, stands in the third place."""
    third = pointer if pointer is not None else ctypes.c_ulong(second)
    return _checked(_library.prctl(operation, ctypes.c_ulong(first), third, ctypes.c_ulong(0), ctypes.c_ulong(0)))


def unshare(flags: int) -> None:
    """Leave the namespaces that are named by the flags for new ones."""
    _checked(_library.unshare(flags))


def enter(namespace: int, flags: int) -> None:
    """Enter the namespace that an open descriptor stands for."""
    _checked(_library.setns(namespace, flags))


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system."""
    _checked(_library.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()))


def unmount(target: str) -> None:
    """Take a file system out of sight, also when it is in use."""
    _checked(_library.umount2(target.encode(), DETACH))


def call(number: int, *arguments: object) -> int:
    """Make a system call by its number."""
    wide = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments]
    return _checked(_library.syscall(ctypes.c_long(number), *wide))


def drop_capabilities() -> None:
    """Give up every privilege that a process of the superuser has, so that none comes back."""
    for capability in range(64):
        try:
            prctl(CAPBSET_DROP, capability)
        except OSError:  # no such privilege, or no right to give it up: without exec it is none, either
            break
    prctl(CAP_AMBIENT, 4)
    header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0), 8)
    _checked(_library.capset(ctypes.byref(header), ctypes.byref(ctypes.create_string_buffer(24))))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
