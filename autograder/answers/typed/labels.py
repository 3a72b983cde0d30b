"""Labels: what a student writes on the left of `=` only to say what the answer is, as in `f_x = 2xy`."""

from __future__ import annotations

import re

from .characters import GREEK
from .names import CONSTANTS, FUNCTIONS, Names, canonical

# Spaces are taken whole and never given back (`*+`), so that a long gap cannot be split in ever new ways.
_SPACE = r"(?:\s|\\[,;:!\ ]|\\quad)*+"
_ARGUMENTS = r"(?:\s*+(?:\([^()=]{0,40}\)|\\left\([^()=]{0,40}\\right\)))?"
_OPERATOR = r"(?:grad(?:ient)?|Grad|div|curl|rot|det|tr)"
_UPRIGHT = r"(?:operatorname|mathrm|text)"
_NAME = (
    r"(?:\\(?:vec|mathbf|hat|bar|boldsymbol|overrightarrow|bm|mathrm|Delta)"
    r"\s*+(?:\{\s*+(?:\\[a-z]+\s*+\{?)?\s*+[A-Za-z]*\s*+\}?\s*+\}|\\?[A-Za-z]+)"
    rf"|Δ\s*+[A-Za-z]|[A-Za-z]\w{{0,20}}|[{''.join(GREEK)}]|\\(?:{'|'.join(sorted(set(GREEK.values())))})\b)\u20d7?"
)
_INDEX = r"(?:_\s*+(?:\{[^{}=]{1,30}(?:\{[^{}=]{0,10}\})?[^{}=]{0,10}\}|\w{1,4}))?"
_STAR = r"(?:\s*+\^?\s*+(?:\*|\{\s*+\*\s*+\}))?"
"""What marks the best of a kind: `η* =`."""
_POWER = r"(?:²|³|\^\s*+(?:\{\s*+\d\s*+\}|\d))?"
_D = rf"(?:∂|d|\\partial|\\mathrm\s*+\{{\s*+d\s*+\}}){_SPACE}{_POWER}{_SPACE}"
_BELOW = rf"(?:{_D}[A-Za-z]{_SPACE}{_POWER}{_SPACE}){{1,3}}"
_AT = (
    r"(?:\s*+(?:\\right|\\[bB]igg?r?)?\s*+(?:\||\\vert|\\rvert)\s*+"
    r"_\s*+(?:\{[^{}]{0,40}\}|\([^()]{0,40}\)))?"
)
"""The place at which a derivative is taken, behind a bar: `|_{(1,2)}`."""
_FIELD = rf"\s*+(?:\(\s*+{_NAME}\s*+\)|{_NAME})?{_ARGUMENTS}"
_BAR = r"(?:\\left|\\right)?\s*+(?:[|‖]{1,2}|\\\||\\[lr]?[vV]ert)"
_LABEL = re.compile(
    rf"""\s*+\$?\s*+(?:
      (?:{_BAR})?\s*+(?:∇|\\nabla\b)\s*+(?:[·⋅×]|\\cdot|\\times)?{_FIELD}\s*+(?:{_BAR})?
    | (?:{_BAR})?\s*+\\?(?:{_UPRIGHT}\s*+\{{)?\s*+{_OPERATOR}\b\s*+\}}?{_FIELD}\s*+(?:{_BAR})?
    | \\?[dt]?frac\s*+\{{\s*+\\partial\s*+\([^()]{{1,20}}\)\s*+\}}\s*+\{{\s*+\\partial\s*+\([^()]{{1,20}}\)\s*+\}}
    | ∂\s*+\([^()]{{1,20}}\)\s*+/\s*+∂\s*+\([^()]{{1,20}}\)
    | {_D}[A-Za-z]?{_ARGUMENTS}\s*+/\s*+{_BELOW}{_ARGUMENTS}{_AT}
    | (?:\\left\s*+\.)?\s*+\\[dt]?frac\s*+\{{\s*+{_D}(?:{_NAME})?\s*+\}}\s*+\{{\s*+{_BELOW}\}}{_ARGUMENTS}{_AT}
    | \\mathrm\s*+\{{\s*+d\s*+\}}\s*+[A-Za-z]
    | D_\s*+(?:\{{[^={{}}]{{0,30}}(?:\{{[^={{}}]{{0,10}}\}})?\}}|[A-Za-z])\s*+[A-Za-z]?{_ARGUMENTS}
    | (?P<name>{_NAME}'{{0,3}}{_INDEX}){_STAR}{_ARGUMENTS}{_AT}
    | (?P<none>)
    )\s*+(?::?=(?!=|>|<(?![^<>=]*,[^<>=]*>))|[≈≃≅]|\\approx\b)\s*+""",
    re.VERBOSE,
)
_WORDS = re.compile(r"\s*+([A-Za-z](?:[A-Za-z ]{0,40}[A-Za-z])?)\s*+:(?![=:])\s*+")
_POINT = re.compile(r"\s*+([A-Z])(?=\s*+\([^()=]{1,60},[^()=]{1,60}\)\s*+(?:$|[,;\n]|and\b|or\b))")
_EXTREMES = frozenset({"max", "min"})
_USUAL = frozenset("fghFGHL")


def _is_label(name: str, arguments: str, names: Names) -> bool:
    """Return whether a name on the left is a label rather than a variable, a function or a constant."""
    if names.variable(name) is not None or (name in FUNCTIONS and (name not in _EXTREMES or arguments.strip())):
        return False
    if canonical(name) in CONSTANTS and not arguments:
        return False
    if len(name) > 1 and "_" not in name and "\\" not in name and "'" not in name:
        return not all(names.variable(letter) for letter in name) and bool(names.variables) and name.isalpha()
    if names.variables:
        other_case = names.variable(name.swapcase()) if len(name) == 1 and not arguments else None
        return other_case is None and names.variable_alike(name) is None
    return name[0] in _USUAL or ("_" not in name and bool(arguments))


def _are_words(text: str, names: Names) -> bool:
    """Return whether the text before a colon is a remark: words that are no mathematics."""
    words = text.split()
    name = len(text) == 1 and text.isupper() and bool(names.variables)
    return (name or any(len(word) > 2 for word in words)) and not any(
        all(names.variable(letter) for letter in word)
        or word in GREEK.values()
        or names.variable(word) is not None
        or (word in FUNCTIONS and word not in _EXTREMES)
        for word in words
    )


def _names_a_point(name: str, names: Names) -> bool:
    """Return whether a capital letter before the coordinates of a point is its name: `P(1, 2)`."""
    known = names.variable(name) or names.variable(name.lower()) or name in CONSTANTS
    return bool(names.variables) and not known


def label_end(text: str, start: int, names: Names) -> int | None:
    r"""Return where the label that starts here ends, behind its `=`; None when there is none.

    >>> label_end("f_x = 2xy", 0, Names("xy")), label_end("x = 2", 0, Names("x y"))
    (6, None)
    >>> label_end(r"\nabla f=<x, y>", 0, Names("xy")), label_end("answer: 2", 0, Names("x y"))
    (9, 8)
    """
    words = _WORDS.match(text, start)
    if words is not None and _are_words(words.group(1), names):
        return words.end()
    point = _POINT.match(text, start)
    if point is not None and _names_a_point(point.group(1), names):
        return point.end()
    match = _LABEL.match(text, start)
    if match is None:
        return None
    name = match.group("name")
    if name is not None:
        behind = match.group().partition(name)[2]
        plain_name = name.strip().rstrip("\u20d7")
        return match.end() if _is_label(plain_name, behind.rstrip("=: \t"), names) else None
    if match.group("none") is not None and start > 0:
        return None
    return match.end()
