"""A place in a list of tokens, and what every part of the parser asks of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .errors import ReadingError
from .tokens import Token, Tokenizer
from .tree import Node, NodeKind

MAX_NESTING = 40
"""How deeply brackets, powers and functions may be nested in a text."""

_STARTS = frozenset(
    {"number", "decimal", "symbol", "constant", "unit", "function", "(", "[", "\\{", "√", "∛", "∜", "∞"}
    | {"frac", "root", "begin", "|(", "⌊", "⌈"}
)


class Cursor(ABC):
    """The tokens of a text, the place reached, and the notes taken on the way."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.text = tokenizer.original
        self.is_latex = tokenizer.is_latex
        self.names = tokenizer.names
        self.tokens: Sequence[Token] = tokenizer.run()
        self.notes = tokenizer.notes
        self.note = tokenizer.note
        self.index = 0
        self.nesting = 0
        self.open_bars: tuple[str, ...] = ()

    @property
    def token(self) -> Token:
        """The token at this place."""
        return self.tokens[self.index]

    @property
    def previous(self) -> Token:
        """The token before this place."""
        return self.tokens[self.index - 1]

    def at(self, *kinds: str) -> bool:
        """Return whether the token here is of one of the kinds."""
        return self.token.kind in kinds

    def take(self) -> Token:
        """Return the token here and go on to the next."""
        token = self.token
        self.index += 1
        return token

    def fail(self, message: str, at: int | None = None) -> ReadingError:
        """Return the error at this place, or at another place of the text."""
        return ReadingError(message, self.token.start if at is None else at, self.text)

    def expect(self, kind: str, opening: Token) -> None:
        """Pass over a closing sign, or fail with the cure."""
        if self.at(kind):
            self.index += 1
            return
        shown = self.text[opening.start : opening.end] or opening.kind
        if self.at("stop"):
            raise self.fail(f'The "{shown}" is never closed.', opening.start)
        raise self.fail(f'Here the "{shown}" should be closed, or an operation is missing.')

    def shown(self, start: int, end: int | None = None) -> str:
        """Return a stretch of the text as it was typed, for a note."""
        return self.text[start : self.previous.end if end is None else end].strip()

    def node(self, kind: NodeKind, parts: Sequence[Node] = (), data: Any = None, start: int = 0) -> Node:
        """Return a node that begins at a place of the text and ends here."""
        return Node(kind, tuple(parts), data, start, self.previous.end)

    def starts_factor(self) -> bool:
        """Return whether a factor begins here, so that a product without a sign is meant."""
        if self.at("|", "‖"):
            return self.token.kind not in self.open_bars
        if self.at("{"):
            return self.is_latex
        if self.at("<"):
            return self._angle_closes()
        return self.token.kind in _STARTS

    def _angle_closes(self) -> bool:
        """Return whether the `<` here opens a vector rather than standing for "less than"."""
        comma = False
        for token in self.tokens[self.index + 1 :]:
            if token.kind == ">":
                return comma
            comma = comma or token.kind == ","
        return False

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Give a context one level deeper; it fails when that is too deep."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.fail("This is nested too deeply.")
        yield
        self.nesting -= 1

    @abstractmethod
    def equation(self) -> Node:
        """Return the expression or equation that begins here."""

    @abstractmethod
    def sum(self) -> Node:
        """Return the sum that begins here."""

    @abstractmethod
    def factor(self) -> Node:
        """Return the factor that begins here."""

    @abstractmethod
    def power(self) -> Node:
        """Return the power that begins here."""

    @abstractmethod
    def postfix(self) -> Node:
        """Return the atom that begins here, with what stands behind it."""
