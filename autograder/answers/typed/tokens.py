"""The tokenizer of typed mathematics: numbers, names, signs and LaTeX commands, each with its place in the text."""

from __future__ import annotations

import re

from .characters import DOT_SIGNS, FRACTIONS, HATS, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, describe, is_letter
from .labels import label_end
from .latex import Latex
from .letters import Letters
from .numerals import Numerals
from .scanner import MAX_LENGTH, REFUSED, Token

IGNORED = frozenset("$\u200b\u2061\u2062\ufeff\u20d7")
"""Characters that are passed over like a space: a dollar sign of LaTeX, invisible ones, an arrow over a letter."""
_ROOTS = {"²√": "√", "³√": "∛", "⁴√": "∜"}
_BEFORE_A_VALUE = frozenset({"(", "[", "{", "\\{", "<", ",", ";", "=", "and", "or"})
_OPERATORS = frozenset("+-*/^=,;([{<")


class Tokenizer(Numerals, Letters, Latex):
    """Turns one text into tokens.

    >>> from .names import Names
    >>> [token.kind for token in Tokenizer("2x²", Names("x")).run()]
    ['number', 'symbol', '^', '{', 'number', '}', 'stop']
    """

    def run(self) -> list[Token]:
        """Return all the tokens, the last of kind "stop"."""
        self.leave_out_remark()
        self._labels()
        while self.place < len(self.text):
            character = self.text[self.place]
            if character == "\n" and self.ends_an_answer():
                self.add(",", ",", 1)
                self.spaced = True
                self._labels()
            elif character.isspace() or character in IGNORED:
                self.spaced = True
                self.place += 1
            else:
                self._token(character)
                if self.tokens and self.tokens[-1].kind in (",", ";", "and") and self.depth == 0:
                    self._labels()
        self.add("stop", None, 0)
        return self.tokens

    def _labels(self) -> None:
        """Skip a label such as `f_x =`, at the start or after a comma."""
        end = label_end(self.text, self.place, self.names)
        if end is not None:
            label = self.original[self.place : end].rstrip("=:≈ \t\n").removesuffix(r"\approx").strip(" $")
            if label:
                self.note(f'"{label} =" was taken as a label; what follows it is your answer.')
            self.place = end
            self.spaced = True

    def _token(self, character: str) -> None:
        follows = self.text[self.place + 1 : self.place + 2]
        if (character.isdigit() and character.isascii()) or (
            character == "." and follows.isascii() and follows.isdigit()
        ):
            self.number()
        elif character in FRACTIONS:
            self.fraction(character)
        elif character in HATS or self.text[self.place : self.place + 2] in HATS:
            hat = character if character in HATS else self.text[self.place : self.place + 2]
            self.add("unit", HATS[hat], len(hat))
        elif is_letter(character):
            self.run_of_letters()
        elif character in SUPERSCRIPTS:
            self._superscript()
        elif character == "\\":
            self.command()
        elif character == "." and self._between_vectors():
            self.add("*", "·", 1)
        elif character == "%" and re.match(r"%(pi|e|i)\b", self.text[self.place :]):
            self.place += 1
        elif character == "." and not self.text[self.place + 1 :].strip(" $.\n"):
            self.place = len(self.text)
        elif character == "_" and self.tokens and self.tokens[-1].kind == "function":
            self.add("_", "_", 1)
        else:
            self._sign(character)

    def _sign(self, character: str) -> None:
        text = self.text[self.place : self.place + 2]
        if character in "≈≃≅":
            self.note(f"{character} was read as =.")
        if text == "**":
            self.add("^", "^", 2)
        elif text == ">=" and self._angle_is_open():
            self.add(">", ">", 1)
        elif text == "=<" and re.match(r"<[^<>=]*,[^<>=]*>", self.text[self.place + 1 :]):
            self.add("=", "=", 1)
        elif text == "==":
            self.add("=", "=", 2)
        elif text in ("<=", ">=", "!=", "=>", "->", "<>", "=<"):
            raise self.fail("This is an inequality or an arrow; an expression or an equation is wanted.")
        elif text == "+-" and (not self.tokens or self.tokens[-1].kind in _BEFORE_A_VALUE):
            self.add("±", "±", 2)
        elif self.text[self.place : self.place + 3] == "+/-":
            self.add("±", "±", 3)
        elif text == "||" and "|" not in self.text.replace("||", ""):
            self.add("‖", "‖", 2)
        elif character in SIGNS:
            kind = SIGNS[character]
            self.depth += (kind in "([{<") - (kind in ")]}>")
            self.add(kind, "·" if character in DOT_SIGNS else kind, 1)
        elif character in SUBSCRIPTS:
            raise self.fail("A subscript needs a letter before it.")
        else:
            cure = REFUSED.get(character, f"There is no place for {describe(character)} in mathematics here.")
            raise self.fail(cure)

    def _angle_is_open(self) -> bool:
        """Return whether a `<` before this place still waits for its `>`."""
        kinds = [token.kind for token in self.tokens]
        return kinds.count("<") > kinds.count(">")

    def _between_vectors(self) -> bool:
        """Return whether a point here stands between two vectors, as a dot product: `<1, 2>.<3, 4>`."""
        behind = self.text[self.place + 1 :].lstrip()[:1]
        return bool(self.tokens) and self.tokens[-1].kind in (">", ")") and behind in ("<", "(", "⟨")

    def _superscript(self) -> None:
        """Read raised characters as an exponent in brackets, `x²ʸ` as `x^(2y)`, or as the index of a root: `³√x`."""
        start = end = self.place
        while end < len(self.text) and self.text[end] in SUPERSCRIPTS:
            end += 1
        has_base = bool(self.tokens) and not self.spaced and self.tokens[-1].end == start
        if self.text[start : end + 1] in _ROOTS and not (has_base and self.tokens[-1].kind not in _OPERATORS):
            self.add(_ROOTS[self.text[start : end + 1]], "√", end + 1 - start)
            return
        self.spaced = False
        self.add("^", "^", 0, start)
        self.add("{", "{", 0, start)
        line = "".join(SUPERSCRIPTS[character] for character in self.text[start:end])
        for token in Tokenizer(line, self.names, self.notes).inner():
            self.add(token.kind, token.value, token.end - token.start, start + token.start)
        self.place = end
        self.add("}", "}", 0, end)

    def inner(self) -> list[Token]:
        """Return the tokens of a text without label, and without the last one."""
        while self.place < len(self.text):
            self._token(self.text[self.place])
        return self.tokens


__all__ = ["MAX_LENGTH", "Token", "Tokenizer"]
