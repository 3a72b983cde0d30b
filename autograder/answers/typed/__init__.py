"""Mathematics as students type it: read by a tokenizer and a parser of our own, and shown back."""

from .errors import ReadingError
from .reading import Reading, read

__all__ = ["Reading", "ReadingError", "read"]
