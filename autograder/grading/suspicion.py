"""What is worth a look about a submission: evidence for a person, never a verdict and never a mark.

Two kinds: what stands in the student's own cells, and personal answers that two students share.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from autograder.grading import notebook as nb
from autograder.grading.anomaly import Anomaly
from autograder.grading.graded import Graded

OUTSIDE = {
    "socket": "the network", "urllib": "the network", "requests": "the network", "http": "the network",
    "ftplib": "the network", "httpx": "the network", "aiohttp": "the network",
    "subprocess": "other programs", "pty": "other programs", "multiprocessing": "other programs",
    "ctypes": "the machine below Python", "cffi": "the machine below Python", "mmap": "the machine below Python",
    "signal": "the grader's signals", "gc": "the interpreter's objects", "inspect": "the interpreter's objects",
    "shutil": "files", "glob": "files", "tempfile": "files",
}  # fmt: skip
"""Modules that an exercise does not need, and what they reach for."""
CALLS = {"open": "files", "eval": "text run as code", "exec": "text run as code", "__import__": "text run as code"}
"""Built-in functions that an exercise does not need."""
SYSTEM = {"system", "popen", "fork", "kill", "_exit", "execv", "execvp", "unlink", "remove", "rename", "chmod",
          "listdir", "scandir", "walk", "environ"}  # fmt: skip
"""Names in the module `os` that reach outside."""
TOLD = {"key", "solution", "mistakes", "known_mistakes"}
"""What a problem knows about its own answer."""
MOST = 5
"""The most findings that are told of one cell."""


def in_cell(source: str, label: str) -> Iterator[Anomaly]:
    """Yield what one cell of a student's reaches for; text that is no Python is passed over.

    >>> [found.says for found in in_cell("import socket; answer = problem_1.key()", "answer-1")]
    ['Line 1 reaches for the network (import socket).', 'Line 1 asks the problem for its own answer (.key()).']
    >>> list(in_cell("answer = x**2", "answer-1"))
    []
    """
    try:
        tree = ast.parse("\n".join(_without_magics(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    told: list[str] = []
    for node in ast.walk(tree):
        for says in _found(node):
            line = f"Line {getattr(node, 'lineno', 0)} {says}."
            if line not in told:
                told.append(line)
    yield from (Anomaly("suspicious", label, line) for line in told[:MOST])


def _without_magics(source: str) -> Iterator[str]:
    for line in source.splitlines():
        yield "pass" if line.startswith(("%", "!")) else line


def _found(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names):
            yield from (_reaches(name.name, f"import {name.name}") for name in names if _is_outside(name.name))
        case ast.ImportFrom(module=str(module)) if _is_outside(module):
            yield _reaches(module, f"from {module} import …")
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield f"reaches for {CALLS[name]} ({name}(…))"
        case ast.Call(func=ast.Attribute(attr=name)) if name in TOLD and not node.args:
            yield f"asks the problem for its own answer (.{name}())"
        case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in SYSTEM:
            yield f"reaches for the system (os.{name})"
        case ast.Attribute(attr=name) if name in ("__globals__", "__subclasses__", "f_back", "_getframe", "__code__"):
            yield f"reaches into the interpreter ({name})"


def _is_outside(module: str) -> bool:
    return module.partition(".")[0] in OUTSIDE


def _reaches(module: str, how: str) -> str:
    return f"reaches for {OUTSIDE[module.partition('.')[0]]} ({how})"


def shared_answers(graded: Iterable[Graded], personal: Sequence[str]) -> Mapping[str, tuple[Anomaly, ...]]:
    """Return, by student, which answers to a personal exercise are the very ones that another student gave.

    `personal` names the exercises in which everybody has other data. A right answer to one's own is no matter: it
    is the wrong one, that another's data would make right or that two share, which is worth a look.
    """
    givers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    wrong: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in graded:
        for mark in one.marks:
            missing = mark.judgement is not None and mark.judgement.state == "missing"
            if mark.grade_id in personal and mark.given and not missing:
                givers[mark.grade_id, mark.given].append(one.student)
                if mark.judgement is not None and mark.judgement.state != "right":
                    wrong[one.student].append((mark.grade_id, mark.given))
    found = {}
    for student, answers in wrong.items():
        shared = [
            (cell, given, [other for other in givers[cell, given] if other != student]) for cell, given in answers
        ]
        found[student] = tuple(
            Anomaly(
                "suspicious", cell, f"The answer {given} is also that of {', '.join(others[:5])}, whose data differ."
            )
            for cell, given, others in shared
            if others
        )
    return {student: anomalies for student, anomalies in found.items() if anomalies}


def in_submission(cells: Iterable[tuple[nb.Cell, str]]) -> Iterator[Anomaly]:
    """Yield what the student's own code cells reach for; each comes with its label."""
    for cell, label in cells:
        if cell["cell_type"] == "code":
            yield from in_cell(nb.source(cell), label)
