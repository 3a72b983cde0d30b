"""The tokenizer of typed mathematics: numbers, names, signs and LaTeX commands, each with its place in the text."""

from __future__ import annotations

import re

from .characters import DOT_SIGNS, FRACTIONS, HATS, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, describe, is_letter
from .labels import label_end
from .latex import Latex
from .letters import Letters
from .numerals import Numerals
from .scanner import MAX_LENGTH, REFUSED, Token


class Tokenizer(Numerals, Letters, Latex):
    """Turns one text into tokens.

    >>> from .names import Names
    >>> [token.kind for token in Tokenizer("2x²", Names("x")).run()]
    ['number', 'symbol', '^', '{', 'number', '}', 'stop']
    """

    def run(self) -> list[Token]:
        """Return all the tokens, the last of kind "stop"."""
        self._labels()
        while self.place < len(self.text):
            character = self.text[self.place]
            if character.isspace() or character in "$\u200b\u2061\u2062\ufeff":
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
            label = self.original[self.place : end].rstrip("= \t\n").strip(" $")
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
        if text == "**":
            self.add("^", "^", 2)
        elif text == "==":
            self.add("=", "=", 2)
        elif text in ("<=", ">=", "!=", "=>", "->", "<>", "=<"):
            raise self.fail("This is an inequality or an arrow; an expression or an equation is wanted.")
        elif text in ("+-", "+/") and self.text[self.place : self.place + 3] in ("+/-", "+-/"):
            raise self.fail(REFUSED["±"])
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

    def _superscript(self) -> None:
        """Read raised characters as an exponent in brackets: `x²ʸ` as `x^(2y)`."""
        start = self.place
        self.spaced = False
        self.add("^", "^", 0, start)
        self.add("{", "{", 0, start)
        end = start
        while end < len(self.text) and self.text[end] in SUPERSCRIPTS:
            end += 1
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
