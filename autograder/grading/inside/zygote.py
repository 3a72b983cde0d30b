"""The warm process: it has imported what notebooks import, holds no secret, and forks a child for each of them.

Started by exec as `python -m autograder.grading.inside.zygote DESCRIPTOR`; the descriptor is a Unix socket on which
the requests of one grading process come in. It ends when that process does.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import signal
import socket
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from autograder.emission import VARIABLE
from autograder.grading.inside import libc
from autograder.grading.inside.confinement import Confinement, confine, new_namespaces
from autograder.grading.inside.session import serve
from autograder.grading.inside.shell import Shell, make_shell

REQUEST = 65_536
"""The most bytes of a request to the warm process."""


def main(descriptor: int) -> None:
    """Get warm, say so, and serve requests until the other end is gone."""
    libc.prctl(libc.SET_CHILD_SUBREAPER, 1)
    libc.prctl(libc.SET_DUMPABLE, 0)  # no other process of ours may look into this one
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    Path("work").mkdir(exist_ok=True)
    shell = make_shell()
    preload(shell)
    gc.collect()
    gc.freeze()  # what is loaded by now is never collected, so children go on sharing its pages
    children: set[int] = set()
    _reply(control, {"ready": True})
    try:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, REQUEST, 2)
            if not message:
                return
            _answer(control, json.loads(message), descriptors, children, shell)
    except (ConnectionError, BrokenPipeError):
        return
    finally:
        for child in children:
            _end(child)


def _answer(
    control: socket.socket, request: dict[str, Any], descriptors: list[int], children: set[int], shell: Shell
) -> None:
    try:
        match request["do"]:
            case "start":
                child = _start(request, descriptors, shell)
                children.add(child)
                _reply(control, {"child": child})
            case "rehearse":
                _rehearse(shell, os.read(descriptors[0], 1 << 24))
                _reply(control, {})
            case "interrupt" if request["child"] in children:
                os.kill(request["child"], signal.SIGINT)
                _reply(control, {})
            case "end" if request["child"] in children:
                children.discard(request["child"])
                _reply(control, {"status": _end(request["child"])})
            case _:
                _reply(control, {"error": "an unknown request"})
    except OSError as error:
        _reply(control, {"error": str(error)})
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _reply(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode())


def _end(child: int) -> int:
    """Kill a child with its process group, and return how it ended."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _start(request: dict[str, Any], descriptors: list[int], shell: Shell) -> int:
    """Fork the process of one notebook and return its number.

    A process that makes new namespaces is not itself in all of them, its next child is; so there is one between,
    which hands us the number of that child and ends. We inherit the child.
    """
    confinement = Confinement(**request["confinement"])
    if not confinement.namespaces:
        return os.fork() or _become(request, confinement, descriptors, shell)
    number, tell = os.pipe()
    between = os.fork()
    if not between:
        with _last_words():
            new_namespaces(confinement, Path(request["scratch"]))
            child = os.fork()
            if not child:
                _become(request, confinement, descriptors, shell)
            os.write(tell, str(child).encode())
        os._exit(0)
    os.close(tell)
    os.waitpid(between, 0)
    told = os.read(number, 20)
    os.close(number)
    if not told:
        raise OSError("the namespaces of a notebook could not be made")
    return int(told)


def _become(request: dict[str, Any], confinement: Confinement, descriptors: list[int], shell: Shell) -> int:
    """Be the process of one notebook, from here to the end."""
    with _last_words():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.setsid()
        os.environ[VARIABLE] = request["mode"]
        source, target = _only(descriptors)
        confine(confinement, Path(request["scratch"]))
        serve(shell, source, target)
    os._exit(0)


@contextlib.contextmanager
def _last_words() -> Any:
    """Never return into the warm process's own loop, whatever happens in a child of it."""
    try:
        yield
    except BaseException:  # noqa: BLE001 - a child must end here
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
        os._exit(1)


def _only(descriptors: list[int]) -> tuple[int, int]:
    """Keep two descriptors, as 3 and 4, beside three that lead nowhere, and close all others."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 20) for descriptor in descriptors]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for place, descriptor in enumerate(high):
        os.dup2(descriptor, 3 + place, inheritable=False)
    os.closerange(5, 4096)
    return 3, 4


def _rehearse(shell: Shell, cells: bytes) -> None:
    """Run cells that every notebook will run, and forget what they defined."""
    os.environ[VARIABLE] = "answers"
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        for source in json.loads(cells):
            shell.run_cell(source, store_history=False)
        shell.reset(new_session=True)
    gc.collect()
    gc.freeze()


def preload(shell: Shell) -> None:
    """Import and run once what most notebooks need, so that no child has to."""
    import matplotlib.pyplot as plt
    import numpy as np
    import sympy

    import autograder
    import nabla.calculus
    import nabla.explore

    x, y = sympy.symbols("x y")
    slope = nabla.calculus.gradient(x**2 * sympy.sin(y), (x, y))
    shell.display_formatter.format(sympy.Matrix(slope))
    sympy.lambdify((x, y), sympy.exp(x * y), "numpy")(np.ones(2), np.ones(2))
    autograder.GradientAt(x**2 + y, at=(1, 2)).pack((2, 1))
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        try:
            slope = 1 / 0
        except ZeroDivisionError:
            shell.showtraceback()
    figure, axes = plt.subplots()
    axes.plot([0, 1], label="$x^2$")
    axes.legend()
    shell.display_formatter.format(figure)
    plt.close("all")


if __name__ == "__main__":
    main(int(sys.argv[1]))
