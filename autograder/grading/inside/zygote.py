"""The warm process: it has imported what notebooks import, holds no secret, and forks a child for each of them.

Started by exec as `python -m autograder.grading.inside.zygote DESCRIPTOR`; the descriptor is a Unix socket on which
the requests of one grading process come in. It ends when that process does.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import io
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NoReturn

from autograder.answers import to_wire
from autograder.answers.answer import Items
from autograder.emission import VARIABLE, Emission
from autograder.grading.inside import libc
from autograder.grading.inside.confinement import Confinement, confine, new_namespaces
from autograder.grading.inside.session import INTERRUPTS, interrupt_of, serve, tell
from autograder.grading.inside.shell import Shell, make_shell
from autograder.problems.personal import Personal
from autograder.problems.problem import CodeProblem
from nabla.explore.album import open_album

DRAWS = 60
"""How many personal problems, and how many inputs of a function, are drawn in a rehearsal."""
PATIENCE = 0.5
"""Seconds after which no more is drawn of one problem."""
QUICK = 0.015
"""Seconds that the cells take together which a process runs while it waits."""
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
    open_album()  # the instructor's pictures are drawn once, in the rehearsal
    gc.collect()
    gc.freeze()  # what is loaded by now is never collected, so children go on sharing its pages
    gc.set_threshold(20_000, 50, 100)  # sympy makes much that is no garbage; looking for it costs a sixth of the time
    nursery = Nursery(shell)
    _reply(control, {"ready": True})
    try:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, REQUEST, 2)
            if not message:
                return
            try:
                _answer(control, json.loads(message), descriptors, nursery)
            finally:
                for held in descriptors:
                    os.close(held)
    except (ConnectionError, BrokenPipeError):
        return
    finally:
        nursery.close()


def _answer(control: socket.socket, request: dict[str, Any], descriptors: list[int], nursery: Nursery) -> None:
    """Do what is asked. Only a rehearsal is answered; whoever waits for a child hears from the child itself."""
    match request["do"]:
        case "start":
            with contextlib.suppress(OSError):  # the descriptors are closed then, which says it
                nursery.start(request, descriptors)
        case "rehearse":
            nursery.warm_up = _rehearse(nursery.shell, json.loads(os.read(descriptors[0], 1 << 24)))
            _reply(control, {})
        case "interrupt":
            nursery.interrupt(request["child"], request["id"])
        case "end":
            nursery.end(request["child"])


def _reply(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode())


class Nursery:
    """The children of this process, under the numbers that the grading process gave them."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.warm_up: list[str] = []
        self._children: dict[int, int] = {}
        self._home: int | None = None

    def start(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Fork the process of one notebook, as the first process in a namespace of its own where there are any.

        Who makes a namespace of processes does not enter it, its next child does; so we make one, fork, and go back
        to our own. That spares a second fork, and pages of memory are what a fork costs.
        """
        confinement = Confinement(**request["confinement"])
        if confinement.namespaces:
            if self._home is None:
                self._home = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
            libc.unshare(libc.NEW_PIDS)
        try:
            child = os.fork()
            if not child:
                _become(request, confinement, descriptors, self)
            self._children[request["child"]] = child
        finally:  # a child never gets here
            if self._home is not None:
                libc.enter(self._home, libc.NEW_PIDS)

    def interrupt(self, name: int, request: int) -> None:
        """Ask a child to stop what it does at this request."""
        if name in self._children:
            os.kill(self._children[name], interrupt_of(request))

    def end(self, name: int) -> None:
        """Kill a child with its process group."""
        child = self._children.pop(name, None)
        if child is None:
            return
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def close(self) -> None:
        """Kill all that are left."""
        for name in list(self._children):
            self.end(name)


def _become(request: dict[str, Any], confinement: Confinement, descriptors: list[int], nursery: Nursery) -> NoReturn:
    """Be the process of one notebook, from here to the end; never return into the warm process's own loop."""
    try:
        for interrupt in INTERRUPTS:
            signal.signal(interrupt, signal.SIG_IGN)
        os.setsid()
        os.environ[VARIABLE] = request["mode"]
        source, target = _only(descriptors)
        scratch = Path(request["scratch"])
        try:
            if confinement.namespaces:
                new_namespaces(confinement, scratch)
            confine(confinement, scratch)
        except OSError as error:
            tell(target, {"type": "refused", "says": f"the sandbox could not be set up: {error}"})
        else:
            if nursery.warm_up:
                with _unseen(nursery.shell):
                    _quick(nursery.shell, nursery.warm_up)
            serve(nursery.shell, source, target)
    except BaseException:  # noqa: BLE001 - a child must end here
        os._exit(1)
    os._exit(0)


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


def _rehearse(shell: Shell, cells: list[str]) -> list[str]:
    """Run cells that every notebook will run, and forget what they defined. Return the first of them that are quick:
    a process that waits for its notebook runs them once more, and so has the memory for its own that they write to.
    """
    os.environ[VARIABLE] = "answers"
    with _unseen(shell):
        for source in cells:
            shell.learn(source)
            shell.run_cell(source, store_history=False)
        _draw_for_others(shell)
    with _unseen(shell):
        quick = _quick(shell, cells)
    gc.collect()
    gc.freeze()
    return quick


def _quick(shell: Shell, cells: list[str]) -> list[str]:
    """Run cells until their time is up; return those that were done by then."""
    done, began = [], time.perf_counter()
    for source in cells:
        shell.run_cell(source, store_history=False)
        if time.perf_counter() - began > QUICK:
            break
        done.append(source)
    return done


@contextlib.contextmanager
def _unseen(shell: Shell) -> Iterator[None]:
    """Run cells for nobody to see, and forget what they defined."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):  # a sandbox may have no /dev/null
        yield
        shell.reset(new_session=True)


def _draw_for_others(shell: Shell) -> None:
    """Draw the personal problems of some names, and what functions are called with: most notebooks find it known."""
    for problem in list(shell.user_ns.values()):
        if isinstance(problem, Personal | CodeProblem):
            with contextlib.suppress(Exception):  # whoever answers such a problem is told
                _draw(shell, problem)


def _draw(shell: Shell, problem: Personal | CodeProblem) -> None:
    end = time.perf_counter() + PATIENCE
    for number in range(DRAWS):
        if isinstance(problem, Personal):
            shell.display_formatter.format(problem.for_student(f"name {number}"))
        else:
            _call(problem, number)
        if time.perf_counter() > end:
            return


def _call(problem: CodeProblem, seed: int) -> None:
    """Call a function as one that answers this problem is called."""

    def answer(*arguments: object) -> list[object]:
        function = arguments[0]
        return [function(arguments[1])] if callable(function) else []

    wire = to_wire(Items(problem.inputs(seed), "list")).decode()
    Emission(problem, answer, 1.0, "answers").respond(wire)


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
    _call(autograder.NumericalGradient(), 0)
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
