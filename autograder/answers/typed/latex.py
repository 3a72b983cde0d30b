"""LaTeX commands in a text, as signs, names and spaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from .characters import GREEK
from .names import FUNCTIONS
from .scanner import REFUSED, Scanner

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ARGUMENT = re.compile(r"\s*\{\s*(\\?[A-Za-z]+[0-9]*)\s*\}|\s*(\\?[A-Za-z]+|[A-Za-z])")
_COLUMNS = re.compile(r"\s*\{[lcr| ]*\}")
_ENVIRONMENT = re.compile(r"\s*\{\s*([a-z]+)\*?\s*\}")

_COMMAND_SIGNS: Mapping[str, str] = MappingProxyType(
    {"cdot": "·", "times": "*", "div": "/", "ast": "*", "bullet": "·", "langle": "<", "rangle": ">"}
    | {"lt": "<", "gt": ">", "lvert": "|(", "rvert": "|)", "vert": "|", "mid": "|", "lVert": "‖", "rVert": "‖"}
    | {"Vert": "‖", "|": "‖", "{": "\\{", "}": "\\}", "lbrace": "\\{", "rbrace": "\\}", "infty": "∞"}
    | {"circ": "°", "degree": "°", "%": "%", "\\": "\\\\", "emptyset": "∅", "varnothing": "∅"}
    | {"frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "root", "lparen": "("}
    | {"rparen": ")", "lbrack": "[", "rbrack": "]", "colon": ":", "lfloor": "⌊", "rfloor": "⌋"}
    | {"lceil": "⌈", "rceil": "⌉", "approx": "=", "pm": "±"}
)
_SPACES = frozenset(
    {",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "limits", "textstyle", "thinspace", "boxed"}
)
_SIZES = frozenset(
    {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle"}
)
_DRESSES = frozenset(
    {"mathbf", "hat", "vec", "boldsymbol", "bm", "widehat", "mathrm", "operatorname", "text", "textbf"}
    | {"mathit", "textrm", "bar", "overrightarrow", "mathsf", "bold", "pmb", "textit"}
    | {"bf", "rm", "it"}
)
_ARROWS = frozenset(
    {"hat", "vec", "mathbf", "boldsymbol", "bm", "widehat", "bold", "pmb", "overrightarrow", "bf", "textbf"}
)


class Latex(Scanner):
    """The part of the tokenizer that reads LaTeX commands."""

    def command(self) -> None:
        """Read the LaTeX command that begins here."""
        start = self.place
        match = _COMMAND.match(self.text, start)
        if match is None:
            raise self.fail("A backslash needs a command behind it.")
        name, length = match.group(1), match.end() - start
        if name in _SPACES or (name in "()[]" and len(name) == 1):
            self.place, self.spaced = match.end(), True
        elif name in _SIZES:
            self._sized(name, match.end())
        elif name in _COMMAND_SIGNS:
            sign = _COMMAND_SIGNS[name]
            kind = "*" if sign == "·" else sign
            self.depth += (kind in ("<", "\\{")) - (kind in (">", "\\}"))
            self.add(kind, sign, length)
        elif name in ("begin", "end"):
            environment = _ENVIRONMENT.match(self.text, match.end())
            if environment is None:
                raise self.fail("This LaTeX command is incomplete.")
            self.depth += 1 if name == "begin" else -1
            end = environment.end()
            if name == "begin" and environment.group(1) == "array":
                columns = _COLUMNS.match(self.text, end)
                end = columns.end() if columns else end
            self.add(name, environment.group(1), end - start)
        elif name in _DRESSES:
            self._dressed(name, match.end())
        else:
            self._named(name, length)

    def _sized(self, name: str, end: int) -> None:
        """Pass over `\\left` and its kind; a bar behind it is known to open or to close."""
        start = self.place
        self.place = end
        while self.text[self.place : self.place + 1] == " ":
            self.place += 1
        character = self.text[self.place : self.place + 1]
        if character == "." and name in ("left", "right"):
            self.place += 1
        elif character == "|":
            self.add("|)" if name.endswith(("right", "r")) else "|(", "|", self.place + 1 - start, start)

    def _dressed(self, name: str, end: int) -> None:
        """Read a letter in bold, with a hat or upright, as the letter; i, j, k so dressed are unit vectors."""
        start, letter = self.place, name
        while letter in _DRESSES:
            match = _ARGUMENT.match(self.text, end) or re.compile(r"\s*\{?\s*(\\[a-z]+)").match(self.text, end)
            if match is None:
                raise self.fail("Only names can be set in this way.")
            letter = (match.group(1) or match.group(match.lastindex or 1)).removeprefix("\\")
            end = match.end()
        while self.text[end : end + 1] == "}" and self.text[start:end].count("{") > self.text[start:end].count("}"):
            end += 1
        differential = self.names.variable(letter + self.text[end : end + 1]) if letter == "d" else None
        if differential is not None:
            self.add("symbol", differential, end + 1 - start, start)
            return
        letter = letter.replace("imath", "i").replace("jmath", "j")
        if letter in ("i", "j", "k") and name in _ARROWS:
            self.add("unit", letter, end - start, start)
        else:
            self.place = start
            self._named(letter, end - start)

    def _named(self, name: str, length: int) -> None:
        """Read a LaTeX command, or an upright word, that is a name."""
        start = self.place
        name = name.removeprefix("var")
        if name in ("nabla", "partial", "int", "sum", "lim", "prod"):
            raise self.fail(REFUSED["∇"])
        if name == "mp":
            raise self.fail(REFUSED["∓"])
        if name in ("le", "leq", "ge", "geq", "ne", "neq"):
            raise self.fail(REFUSED["≤"])
        if name not in FUNCTIONS and name not in GREEK.values() and self.names.variable(name) is None:
            if name == "sim":
                raise self.fail(REFUSED["~"])
            if len(name) > 3 or self.text[start : start + 1 + len(name)] == "\\" + name:
                raise self.fail(f"\\{name} is not a command known here.")
        pieces = self.split(name, start)
        for piece in pieces:
            kind = piece.value if piece.kind == "word" else piece.kind
            value = FUNCTIONS[piece.value] if piece.kind == "function" else piece.value
            self.add(kind, value, length, start)
