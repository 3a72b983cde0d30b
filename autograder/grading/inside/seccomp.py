"""A filter on system calls: what is not on the list fails, before the kernel looks at it any further.

The filter is a program for the kernel's packet filter, written out here because a library for it does not work
inside a sandbox. Every instruction is (code, jump if true, jump if false, constant).
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from autograder.grading.inside import libc
from autograder.grading.inside.syscalls import CHECKED, FILES, MACHINES, MEMORY, SELF, WAITING, numbers

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16
"""Where the kernel puts what it asks about."""
OTHER_TABLE = 0x40000000
"""From this number on, a call on x86-64 means another table."""
TERMINAL_ASKED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal, how large, how much is waiting; blocking or not; closed by exec or not."""
DUPLICATE_AND_LOCK = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
NAME_OF_THREAD = (15, 16, 0x53564D41)
STREAM = (1, 1 | 0x800, 1 | 0x80000, 1 | 0x80800)
"""A pair of sockets that is a stream, blocking or not, closed by exec or not. Packets could be sent to any socket."""

Instruction = tuple[int, int, int, int]


class SeccompError(OSError):
    """The filter cannot be set on this machine."""


def restrict() -> None:
    """Let this process and what it becomes make only the calls on the list; there is no way back.

    Raises `SeccompError` on an unknown kind of machine.
    """
    code = program(os.uname().machine, os.getpid())
    packed = b"".join(struct.pack("HBBI", *instruction) for instruction in code)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer)))
    libc.prctl(libc.SET_NO_NEW_PRIVS, 1)
    libc.prctl(libc.SET_SECCOMP, 2, pointer=ctypes.byref(header))


def program(machine: str, process: int) -> list[Instruction]:
    """Return the instructions of the filter.

    >>> program("x86_64", 1)[:3]
    [(32, 0, 0, 4), (21, 1, 0, 3221225534), (6, 0, 0, 2147483648)]
    """
    if machine not in MACHINES:
        raise SeccompError(errno.ENOSYS, f"no list of system calls for {machine}")
    column, architecture = MACHINES[machine]
    code: list[Instruction] = [
        (LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_TABLE), (RETURN, 0, 0, KILL),
    ]  # fmt: skip
    for table in (FILES, MEMORY, SELF, WAITING):
        for number in numbers(table, column).values():
            code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for name, number in numbers(CHECKED, column).items():
        rule = _rule(name, process)
        code += [(EQUAL, 0, len(rule), number), *rule]
    return [*code, _fail(errno.EPERM)]


def _rule(name: str, process: int) -> list[Instruction]:
    """Return what follows once a call is known by its name."""
    match name:
        case "ioctl":
            return _one_of(1, TERMINAL_ASKED)
        case "fcntl":
            return _one_of(1, DUPLICATE_AND_LOCK)
        case "prctl":
            return _one_of(0, NAME_OF_THREAD)
        case "socketpair":
            return _one_of(1, STREAM)
        case "prlimit64":
            return _one_of(0, (0, process))
        case _:  # kill and tgkill: only this process
            return _one_of(0, (process,))


def _one_of(argument: int, values: Iterable[int]) -> list[Instruction]:
    tests = [step for value in values for step in ((EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW))]
    return [_load(argument), *tests, _fail(errno.EPERM)]


def _load(argument: int) -> Instruction:
    """Load the lower half of an argument; all that are looked at are 32 bits wide to the kernel, too."""
    return (LOAD, 0, 0, ARGUMENTS + 8 * argument)


def _fail(number: int) -> Instruction:
    return (RETURN, 0, 0, FAIL | number)
