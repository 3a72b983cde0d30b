"""Names in a text: runs of letters, with the digits and subscripts that belong to them."""

from __future__ import annotations

import re

from .characters import SUBSCRIPTS, is_letter
from .names import DIGIT_FUNCTIONS, canonical
from .scanner import Scanner

_SUBSCRIPT = re.compile(r"_\s*(?:\{\s*([^{}]{1,20})\s*\}|([0-9]+)|([A-Za-zα-ωΑ-Ω]+))")


class Letters(Scanner):
    """The part of the tokenizer that reads names."""

    def run_of_letters(self) -> None:
        """Read the names that begin here."""
        start = end = self.place
        while end < len(self.text) and is_letter(self.text[end]):
            end += 1
        run = self.text[start:end]
        if self.text[end : end + 1] == "." and self.text[end + 1 : end + 2].isalpha():
            behind = re.match(r"\w{1,12}", self.text[end + 1 :])
            raise self.fail(f"Write names without a point: {behind.group() if behind else ''} alone.", end)
        if len(run) > 40:
            raise self.fail("This word is too long to be mathematics.")
        for name, head in DIGIT_FUNCTIONS.items():
            if self.text.startswith(name, start) and not self.text[start + len(name) :][:1].isdigit():
                self.add("function", head, len(name))
                return
        subscript = self._subscript(run, start, end) or self._index(run, end)
        if subscript is not None:
            self._subscripted(run, start, *subscript)
            return
        for piece in self.split(run, start):
            self.add_piece(piece, start)
        self._digits_behind()

    def _index(self, run: str, end: int) -> tuple[str, int] | None:
        """Return the digits behind a run of letters and where they end, when they make up a variable: `x1`."""
        digits = re.match(r"[0-9]+", self.text[end:])
        if digits is None:
            return None
        index = digits.group()
        known = any(self.names.variable_alike(run[first:] + index) for first in range(len(run)))
        return (index, end + len(index)) if known else None

    def _digits_behind(self) -> None:
        """Fail at `x2`, which can be a power, a product or a subscript."""
        last = self.tokens[-1]
        digits = re.match(r"[0-9]+", self.text[self.place :])
        if digits is None or last.kind not in ("symbol", "constant", "unit"):
            return
        letter, number = self.text[last.start : last.end], digits.group()
        if number == "10" and letter in "xX" and len(self.tokens) > 1:
            raise self.fail("Write a power of ten with * or ·, as in 3*10^4.", last.start)
        raise self.fail(
            f"{letter}{number} can mean {letter}^{number}, {number}*{letter} or {letter}_{number}: "
            "write the one you mean.",
            self.place,
        )

    def _subscript(self, run: str, start: int, end: int) -> tuple[str, int] | None:
        """Return the subscript behind a run of letters and where it ends, or None."""
        lowered = end
        while lowered < len(self.text) and self.text[lowered] in SUBSCRIPTS:
            lowered += 1
        if any(run.endswith(name) for name in ("log", "ln")) and self.names.variable(run) is None:
            return None
        if lowered > end:
            return "".join(SUBSCRIPTS[character] for character in self.text[end:lowered]), lowered
        match = _SUBSCRIPT.match(self.text, end)
        return (next(filter(None, match.groups())), match.end()) if match else None

    def _subscripted(self, run: str, start: int, subscript: str, end: int) -> None:
        """Read `2x_1`: the subscript belongs to the last name of the run."""
        for first in range(len(run)):
            name = f"{canonical(run[first:])}_{canonical(subscript)}"
            known = self.names.variable(name) or self.names.variable_alike(name)
            if known is None and self.names.any_letter and first == len(run) - 1:
                known = name
            if known is not None:
                for piece in self.split(run[:first], start) if first else []:
                    self.add_piece(piece, start)
                self.add("symbol", known, end - start - first, start + first)
                return
        raise self.fail(self.names.unknown(f"{run}_{subscript}", start).message, start)
