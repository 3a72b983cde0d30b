"""What is said when a text cannot be read as mathematics."""

from __future__ import annotations


class ReadingError(ValueError):
    """A text that cannot be read; its words show the text with a caret at the place, and the cure.

    `message` is the cure in words, `position` the place in `text` (counted from 0).

    >>> print(ReadingError("A closing bracket is missing.", 6, "2(x + 1"))
    A closing bracket is missing.
        2(x + 1
              ^
    """

    def __init__(self, message: str, position: int, text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.text = text

    def __str__(self) -> str:
        """Return the message, the text around the place, and the caret below it."""
        if not self.text:
            return self.message
        start = max(0, self.position - 60)
        shown = "".join(c if c.isprintable() else " " for c in self.text[start : start + 100])
        return f"{self.message}\n    {shown}\n    {' ' * (self.position - start)}^"
