"""The Python that stands in a cell, without what only IPython understands: magics, commands, `f?`."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

RETRIES, LONG = 10, 20_000
"""How many lines that are no Python are passed over, and in texts of up to how many characters. In a longer text that
is not all Python, every line is one of the rest."""
_RUNS_CODE = {"time", "timeit", "prun", "capture"}
"""Magics behind which Python stands."""
_MAGIC = re.compile(r"^(\s*)((?:[\w, ]+=\s*)?)(%{1,2}|!)\s*(\w*)((?:\s+-\w+(?:\s+\d+)?)*)(.*)$")
_PLOTS = re.compile(r"""^\s*get_ipython\(\)\.(?:run_line_)?magic\(["'](?:matplotlib|config)\b[^()]*\)\s*$""", re.M)
"""What `%matplotlib inline` is in a notebook that was a script once."""


@dataclass
class CellCode:
    """What a cell says: its Python, the magics in it by line, and the lines that are neither.

    >>> code = read("%time f(1)\\nf?\\n%cd ..")
    >>> ast.unparse(code.nodes[0]), code.magics, code.rest
    ('f(1)\\npass\\npass', [(1, '%time'), (3, '%cd')], [(2, 'f?')])
    """

    nodes: list[ast.AST] = field(default_factory=list)
    magics: list[tuple[int, str]] = field(default_factory=list)
    rest: list[tuple[int, str]] = field(default_factory=list)


def read(source: str) -> CellCode:
    """Read a cell; never raises, whatever stands in it."""
    code = CellCode()
    text = _PLOTS.sub("pass", source.replace("\r\n", "\n").replace("\r", "\n"))
    tree = _parsed(text)
    if isinstance(tree, ast.AST):  # then no line of it is a magic, even if it begins like one
        code.nodes = list(ast.walk(tree))
        return code
    lines = text.split("\n")
    for place, line in enumerate(lines):
        lines[place] = _without_magic(line, place + 1, code)
    for _ in range(RETRIES if len(text) <= LONG else 0):
        tree = _parsed("\n".join(lines))
        if not isinstance(tree, int) or not 1 <= tree <= len(lines):
            break
        code.rest.append((tree, lines[tree - 1]))
        lines[tree - 1] = re.sub(r"\S.*", "pass", lines[tree - 1])
    if isinstance(tree, ast.AST):
        code.nodes = list(ast.walk(tree))
    else:
        code.rest += enumerate(lines, 1)
    return code


def _parsed(code: str) -> ast.AST | int | None:
    """Return the tree of a text that is Python, or else the line at which it stops being that, where there is one."""
    try:
        return ast.parse(code)
    except SyntaxError as error:
        return error.lineno
    except (ValueError, RecursionError, MemoryError):
        return None


def _without_magic(line: str, number: int, code: CellCode) -> str:
    """Return a line as plain Python and note the magic in it; the code behind `%time` stays."""
    match = _MAGIC.match(line)
    if match is None:
        return line
    indent, target, sign, name, _, rest = match.groups()
    if sign != "!":
        code.magics.append((number, sign + name))
        if name in _RUNS_CODE and rest.strip():
            return f"{indent}{target}{rest.strip()}"
    return f"{indent}{target}None" if target else f"{indent}pass"
