"""A place in a text, the tokens found so far, and the notes on how they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .characters import plain
from .errors import ReadingError
from .names import FUNCTIONS, Names, Piece

MAX_LENGTH = 2_000
"""Characters of a text."""
MAX_DIGITS = 100
"""Digits of a number."""
MAX_TOKENS = 1_500
"""Tokens of a text."""

_REMARK = re.compile(
    r"""[,;]?(?:\s|\\quad|\\qquad|\\[,;\ ]|\\text\s*+\{[a-z ]{0,10}\})*+(?:\b(?:where|for|with)\s++)?\(?\s*+(?:
      \b[a-zα-ω]\s*+(?:∈|\\in\b|\bin\b)\s*+(?:ℝ|\\R\b|R\b|\\mathbb\s*+\{?\s*+R\s*+\}?|reals?\b|the\ reals)
    | [-−]\s*+(?:∞|\\infty)\s*+(?:<|\\lt)\s*+[a-zα-ω]\s*+(?:<|\\lt)\s*+(?:∞|\\infty)
    )\s*+\)?[\s$.]*$""",
    re.VERBOSE,
)
_LAST = frozenset({"number", "decimal", "symbol", "constant", "unit", ")", ">", "]", "}", "!", "‖"})
"""Kinds of token with which an answer may end."""

REFUSED: Mapping[str, str] = MappingProxyType(
    {"∓": "Write each answer with its own signs."}
    | dict.fromkeys("≤≥≠", "This is an inequality; an expression or an equation is wanted.")
    | {"~": "Give one value: exact, or a decimal, without a sign for about."}
    | dict.fromkeys("∫∑∏∂∇", "Work this out first, and write the result.")
    | dict.fromkeys("'\"′″‘’“”`", "Leave out quotes and primes.")
    | dict.fromkeys("…", "Write all of it, without dots.")
    | {":": "A colon has no meaning here; write / for a quotient.", "@": "@ has no meaning here."}
    | {"#": "# has no meaning here.", "?": "Leave out the question mark.", "_": "A subscript needs a letter before it."}
    | {".": "A point needs digits beside it; for a product write * or a space."}
    | dict.fromkeys("→⇒↦", "An arrow has no meaning here; write the value.")
)
"""Signs that have no place in an answer, and the cure."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a sign stands for itself), its value, its place, and whether a space comes before."""

    kind: str
    value: Any
    start: int
    end: int
    spaced: bool = False


@dataclass
class Scanner:
    """What every part of the tokenizer shares. `notes` collects what should be said about how a text was read."""

    text: str
    names: Names
    notes: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    place: int = 0
    depth: int = 0
    spaced: bool = False

    def __post_init__(self) -> None:
        self.original = self.text
        self.text = "".join(map(plain, self.text))
        self.is_latex = "\\" in self.text or "^{" in self.text or "_{" in self.text
        self.decimal_commas = self._has_decimal_commas()

    def _has_decimal_commas(self) -> bool:
        """Return whether `;` separates values, as in `(1,5; 2)`, so that a comma between digits is a decimal point."""
        comma = re.search(r"[0-9],[0-9]", self.text)
        if comma is None or ";" not in self.text:
            return False
        if re.search(r"\[[^\]]*;", self.text):
            message = "A semicolon and a comma: does the comma separate values, or is it a decimal point?"
            raise ReadingError(message, comma.start() + 1, self.original)
        return re.search(r"[(<{⟨][^()<>{}⟨⟩]*;", self.text) is not None or not re.search(r"[(<{⟨]", self.text)

    def leave_out_remark(self) -> None:
        """Leave out what is said at the end of the parameter of a line: `, t ∈ ℝ`."""
        end = len(self.text.rstrip())
        remark = _REMARK.search(self.text, max(0, end - 80), end)
        if remark is not None and remark.start():
            self.note(f'"{self.original[remark.start() :].strip(" ,;$.")}" was left out.')
            self.text = self.text[: remark.start()]

    def ends_an_answer(self) -> bool:
        """Return whether the end of a line here stands between two answers; fail where nobody can tell."""
        if self.is_latex or self.depth or not self.tokens or self.tokens[-1].kind not in _LAST:
            return False
        behind = self.text[self.place :].lstrip()
        if re.match(r"[-−–][^\s]", behind):
            raise self.fail("Does this minus go on from the line above? Write the answer on one line.")
        return bool(behind) and (behind[0].isalnum() or behind[0] in "(<[{√∂∇.")

    def fail(self, message: str, start: int | None = None) -> ReadingError:
        """Return the error at a place of the text."""
        return ReadingError(message, self.place if start is None else start, self.original)

    def note(self, sentence: str) -> None:
        """Remember a sentence to be said, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def add(self, kind: str, value: Any, length: int, start: int | None = None) -> None:
        """Append a token that begins here and go on behind it."""
        start = self.place if start is None else start
        self.tokens.append(Token(kind, value, start, start + length, self.spaced))
        self.spaced = False
        self.place = start + length
        if len(self.tokens) > MAX_TOKENS:
            raise self.fail("This is too long to be read.")

    def split(self, run: str, start: int) -> list[Piece]:
        """Return the names in a run of letters; fail at the place of one that is not known."""
        try:
            return self.names.split(run, start)
        except ReadingError as error:
            raise self.fail(error.message, error.position) from error

    def add_piece(self, piece: Piece, start: int) -> None:
        """Append the token of a name from a run of letters that begins at `start`."""
        if piece.note:
            self.note(piece.note)
        kind = piece.value if piece.kind == "word" else piece.kind
        value = FUNCTIONS[piece.value] if piece.kind == "function" else piece.value
        self.add(kind, value, piece.length, start + piece.offset)
