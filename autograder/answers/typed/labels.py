"""Labels: what a student writes on the left of `=` only to say what the answer is, as in `f_x = 2xy`."""

from __future__ import annotations

import re

from .names import CONSTANTS, FUNCTIONS, Names

_ARGUMENTS = r"(?:\s*(?:\([^()=]{0,40}\)|\\left\([^()=]{0,40}\\right\)))?"
_NAME = r"(?:\\(?:vec|mathbf|hat|bar|boldsymbol)\s*\{?\s*\\?[A-Za-z]+\s*\}?|[A-Za-z]\w{0,20})"
_INDEX = r"(?:_\s*(?:\{[^{}=]{1,30}(?:\{[^{}=]{0,10}\})?[^{}=]{0,10}\}|\w{1,4}))?"
_DERIVATIVE = r"(?:∂|d|\\partial)\s*(?:²|\^\s*\{?\d\}?)?\s*"
_LABEL = re.compile(
    rf"""\s*\$?\s*(?:
      (?P<bars>[|‖]?)(?:∇|\\nabla|grad(?:ient)?\b|Grad\b)\s*(?:\(\s*[A-Za-z]\s*\)|[A-Za-z]){_ARGUMENTS}[|‖]?
    | {_DERIVATIVE}[A-Za-z]?{_ARGUMENTS}\s*/\s*(?:{_DERIVATIVE}[A-Za-z](?:²|\^\d)?\s*){{1,3}}{_ARGUMENTS}
    | \\d?frac\s*\{{\s*{_DERIVATIVE}[A-Za-z]?\s*\}}\s*\{{\s*(?:{_DERIVATIVE}[A-Za-z](?:\^\d)?\s*){{1,3}}\}}{_ARGUMENTS}
    | D_\s*(?:\{{[^={{}}]{{0,30}}(?:\{{[^={{}}]{{0,10}}\}})?\}}|[A-Za-z])\s*[A-Za-z]?{_ARGUMENTS}
    | (?P<name>{_NAME}'{{0,3}}{_INDEX}){_ARGUMENTS}
    | (?P<none>)
    )\s*=(?![=<>])\s*""",
    re.VERBOSE,
)
_EXTREMES = frozenset({"max", "min"})
_USUAL = frozenset("fghFGHL")


def _is_label(name: str, arguments: str, names: Names) -> bool:
    """Return whether a name on the left is a label rather than a variable, a function or a constant."""
    if names.variable(name) is not None or (name in FUNCTIONS and (name not in _EXTREMES or arguments.strip())):
        return False
    if name in CONSTANTS and not arguments:
        return False
    if len(name) > 1 and "_" not in name and "\\" not in name and "'" not in name:
        return not all(names.variable(letter) for letter in name) and bool(names.variables) and name.isalpha()
    if names.variables:
        other_case = names.variable(name.swapcase()) if len(name) == 1 and not arguments else None
        return other_case is None and names.variable_alike(name) is None
    return name[0] in _USUAL or ("_" not in name and bool(arguments))


def label_end(text: str, start: int, names: Names) -> int | None:
    r"""Return where the label that starts here ends, behind its `=`; None when there is none.

    >>> label_end("f_x = 2xy", 0, Names("xy")), label_end("x = 2", 0, Names("x y"))
    (6, None)
    """
    match = _LABEL.match(text, start)
    if match is None:
        return None
    name = match.group("name")
    if name is not None:
        behind = match.group().partition(name)[2]
        return match.end() if _is_label(name.strip(), behind.rstrip("= \t"), names) else None
    if match.group("none") is not None and start > 0:
        return None
    return match.end()
