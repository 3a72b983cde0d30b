"""What a student wrote: typed text, Python values, wire data; and the kinds of answer a problem may want."""

from .answer import (
    Answer,
    Equation,
    Form,
    Function,
    Items,
    Missing,
    Refused,
    Scalar,
    Table,
    Text,
    Truth,
)
from .messages import WireError
from .python import of
from .typed import Reading, ReadingError, read
from .wire import from_wire, to_wire

__all__ = [
    "Answer",
    "Equation",
    "Form",
    "Function",
    "Items",
    "Missing",
    "Reading",
    "ReadingError",
    "Refused",
    "Scalar",
    "Table",
    "Text",
    "Truth",
    "WireError",
    "from_wire",
    "of",
    "read",
    "to_wire",
]
