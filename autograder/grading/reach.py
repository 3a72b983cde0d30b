"""What a piece of student code reaches for: the network, files, the interpreter, or the answer that a problem knows.

The code is only read, never run. It cannot hide what stands in it as a name, under any other name or spelling that
Python allows; a name that is put together as the code runs is itself worth a look.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from autograder.grading.cellcode import read

OUTSIDE = {
    "socket": "the network", "urllib": "the network", "requests": "the network", "http": "the network",
    "ftplib": "the network", "httpx": "the network", "aiohttp": "the network",
    "subprocess": "other programs", "pty": "other programs", "multiprocessing": "other programs",
    "ctypes": "the machine below Python", "cffi": "the machine below Python", "mmap": "the machine below Python",
    "fcntl": "the machine below Python", "resource": "the machine below Python",
    "signal": "the grader's signals", "gc": "the interpreter's objects", "inspect": "the interpreter's objects",
    "importlib": "the interpreter's objects", "builtins": "the interpreter's objects",
    "shutil": "files", "glob": "files", "tempfile": "files",
}  # fmt: skip
"""Modules that an exercise does not need, and what they reach for."""
CALLS = {
    "open": "files", "eval": "text run as code", "exec": "text run as code", "compile": "text run as code",
    "__import__": "text run as code", "globals": "the interpreter's objects", "vars": "the interpreter's objects",
    "__builtins__": "the interpreter's objects", "get_ipython": "the notebook's own machinery",
}  # fmt: skip
"""Built-in functions that an exercise does not need."""
ALSO_NAMES = {"open", "compile", "vars"}
"""Those of them that students also give as names to things of their own."""
SYSTEM = {
    "os": {"system", "popen", "fork", "kill", "_exit", "execv", "execvp", "unlink", "remove", "rename", "chmod",
           "listdir", "scandir", "walk", "environ", "environb", "putenv", "getenv", "unsetenv"},
    "sys": {"modules", "settrace", "setprofile", "meta_path", "path_hooks", "displayhook", "_current_frames"},
}  # fmt: skip
"""Names in modules that anyone may import which reach outside all the same."""
INSIDES = {
    "__globals__", "__subclasses__", "f_back", "f_locals", "f_globals", "gi_frame", "tb_frame", "_getframe",
    "__code__", "__closure__", "__dict__", "__getattribute__", "__builtins__",
}  # fmt: skip
"""Attributes that lead into the interpreter."""
TOLD = {"key", "solution", "mistakes", "known_mistakes", "wrong_ways", "key_following"}
"""What a problem knows about its own answer."""
TOLD_WHEN_CALLED = {"steps", "truth", "follow", "earlier", "recognise"}
"""More of it, under names that students use for other things, too."""
BY_NAME = {"getattr", "attrgetter", "methodcaller"}
"""Functions that take an attribute by its name."""
DOOR = {"check", "practice", "progress"}
"""What students are told to import of the checker's package, besides the problem types."""
MODE = "NABLA_CHECK"
"""The variable that says whether `check` judges or only records."""
MAGICS = {
    "env": "the environment", "set_env": "the environment", "run": "files", "load": "files", "loadpy": "files",
    "cd": "files", "pycat": "files", "pfile": "files", "store": "files", "writefile": "files", "file": "files",
    "save": "files", "logstart": "files", "notebook": "files", "edit": "files",
    "system": "other programs", "sx": "other programs", "sc": "other programs", "script": "other programs",
    "bash": "other programs", "sh": "other programs", "python": "other programs", "python3": "other programs",
    "load_ext": "the notebook's own machinery", "psource": "the checker's own code",
}  # fmt: skip
"""IPython's own commands that an exercise does not need."""
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ASKS = re.compile(rf"\.\s*({'|'.join(sorted(TOLD | TOLD_WHEN_CALLED))})\s*[(}}\]]|({MODE})|({'|'.join(INSIDES)})\b")
_TAKES = re.compile(rf"\.\s*({'|'.join(sorted(TOLD))})\b")
_WORDS = re.compile(rf"\b({'|'.join((*CALLS, *BY_NAME))})\b\s*\(?|\b(?:import|from)\s+({'|'.join(OUTSIDE)})\b")
Finding = tuple[int, str]
"""A line, and what it does."""


def findings(source: str) -> list[Finding]:
    """Return what the code reaches for, line by line, each thing once.

    >>> findings("import socket\\nanswer = type(problem).key(problem)")
    [(1, 'reaches for the network (import socket)'), (2, 'asks the problem for its own answer (.key)')]
    >>> findings("%time answer = problem.solution()")
    [(1, 'asks the problem for its own answer (.solution)')]
    >>> findings("f = x**2\\nanswer = f.diff(x)")
    []
    """
    code = read(source)
    told = list(_in_text(source))
    told += [(line, _reaches(MAGICS[bare], name)) for line, name in code.magics if (bare := name.strip("%")) in MAGICS]
    told += [(line, says) for line, text in code.rest for says in _in_words(text)]
    called = {id(node.func) for node in code.nodes if isinstance(node, ast.Call)}
    for node in code.nodes:
        told += [(getattr(node, "lineno", 0), says) for says in _in_node(node)]
        if isinstance(node, ast.Name) and node.id in BY_NAME and id(node) not in called:
            told.append((node.lineno, _made_up(node.id)))
    return sorted(dict.fromkeys(told))


def _in_text(source: str) -> Iterator[Finding]:
    for number, line in enumerate(source.splitlines(), 1):
        if _TURNED.search(line):
            yield number, "holds signs that turn the order of letters round, so it does not run as it reads"


def _in_words(line: str) -> Iterator[str]:
    """Yield what stands in a line that is no Python."""
    yield from _in_string(line)
    yield from (_asks(f".{told}") for told in _TAKES.findall(line))
    for call, module in _WORDS.findall(line):
        yield (
            _reaches(CALLS.get(call, "attributes by their names"), call) if call else _reaches(OUTSIDE[module], module)
        )


def _in_string(text: str) -> Iterator[str]:
    """Yield what a text would reach for if it were run, or filled in by `format`."""
    for told, mode, inside in _ASKS.findall(text):
        yield _asks(f".{told}") if told else _reaches("the checker's settings", mode) if mode else _looks(inside)


def _in_node(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names):
            yield from _imports((name.name for name in names), "import {}")
        case ast.ImportFrom(module=str(module), names=names):
            yield from _imports([module], "from {} import …")
            wanted = SYSTEM.get(module, set()) | (BY_NAME if module == "operator" else set())
            yield from (_reaches("the system", f"{module}.{n.name}") for n in names if n.name in wanted)
            yield from (_reaches("the checker's own code", n.name) for n in names if _is_inner(f"{module}.{n.name}"))
        case ast.Call(func=func, args=args):
            yield from _in_call(func, args)
        case ast.Name(id=name, ctx=ast.Load()) if name in CALLS and name not in ALSO_NAMES:
            yield _reaches(CALLS[name], name)
        case ast.Attribute(value=ast.Name(id=module), attr=name) if name in SYSTEM.get(module, ()):
            yield _reaches("the system", f"{module}.{name}")
        case ast.Attribute(value=ast.Name(id="autograder"), attr=name) if _is_inner(f"autograder.{name}"):
            yield _reaches("the checker's own code", f"autograder.{name}")
        case ast.Attribute(value=value, attr=name) if name in TOLD and not _is_self(value):
            yield _asks(f".{name}")
        case ast.Attribute(attr=name) if name in INSIDES:
            yield _looks(name)
        case ast.MatchClass(kwd_attrs=names):
            yield from (_asks(name) for name in names if name in TOLD)
        case ast.Name(id="check", ctx=ast.Store() | ast.Del()) | ast.FunctionDef(name="check"):
            yield "gives check another meaning"
        case ast.Constant(value=str(text)) if len(text) < 10_000:
            yield from _in_string(text)


def _in_call(func: ast.expr, args: list[ast.expr]) -> Iterator[str]:
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if isinstance(func, ast.Name) and name in ALSO_NAMES:
        yield _reaches(CALLS[name], f"{name}(…)")
    if isinstance(func, ast.Attribute) and name in TOLD_WHEN_CALLED and not _is_self(func.value):
        yield _asks(f".{name}(…)")
    if name in BY_NAME:
        for wanted in args[1:2] if name == "getattr" else args[:1]:
            text = _folded(wanted)
            if text is None:
                yield _made_up(name)
            elif set(text.split(".")) & (TOLD | TOLD_WHEN_CALLED):
                yield _asks(f"{name}, {text}")
            elif set(text.split(".")) & INSIDES:
                yield _looks(text)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _folded(node: ast.expr) -> str | None:
    """Return the text that an expression of constants comes to, None when it is not one."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left, ast.Add(), right):
            both = _folded(left), _folded(right)
            return None if None in both else f"{both[0]}{both[1]}"
    return None


def _imports(modules: Iterable[str], how: str) -> Iterator[str]:
    for module in modules:
        root, _, rest = module.partition(".")
        if root in OUTSIDE:
            yield _reaches(OUTSIDE[root], how.format(module))
        elif root == "IPython" and rest and not rest.startswith(("display", "lib.display")):
            yield _reaches("the notebook's own machinery", how.format(module))
        elif _is_inner(module):
            yield _reaches("the checker's own code", how.format(module))


def _is_inner(module: str) -> bool:
    """Whether a dotted name leads into the checker's package, beyond what students are told to use."""
    root, _, rest = module.partition(".")
    first = rest.partition(".")[0]
    return root == "autograder" and first.islower() and first not in DOOR


def _reaches(what: str, how: str) -> str:
    return f"reaches for {what} ({how})"


def _made_up(how: str) -> str:
    return f"takes an attribute whose name is made up as it runs ({how})"


def _asks(how: str) -> str:
    return f"asks the problem for its own answer ({how})"


def _looks(name: str) -> str:
    return f"reaches into the interpreter ({name})"
