"""The names in typed mathematics: variables, functions and constants, and how a run of letters falls into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sympy import Symbol

from .characters import GREEK
from .errors import ReadingError

PieceKind = Literal["symbol", "function", "constant", "unit", "word"]

TRIGONOMETRIC = ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch")
"""The trigonometric and hyperbolic functions; each has an inverse."""

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {name: name for name in (*TRIGONOMETRIC, "exp")}
    | {f"arc{name}": f"a{name}" for name in TRIGONOMETRIC}
    | {f"a{name}": f"a{name}" for name in TRIGONOMETRIC}
    | {"arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "tg": "tan", "ctg": "cot", "arctg": "atan"}
    | {"cosec": "csc", "ln": "ln", "log": "log", "lg": "lg", "sqrt": "sqrt", "cbrt": "cbrt", "root": "root"}
    | {"nthroot": "root", "surd": "root"}
    | {"abs": "Abs", "sgn": "sign", "sign": "sign", "floor": "floor", "ceil": "ceiling"}
    | {"ceiling": "ceiling", "max": "Max", "min": "Min", "pow": "pow"}
    | {"factorial": "factorial", "Rational": "over", "frac": "over", "Eq": "equation", "norm": "norm"}
    | {"Matrix": "vector", "vector": "vector", "vec": "vector", "Vector": "vector", "array": "vector"}
    | {"Point": "vector", "matrix": "vector", "Tuple": "vector", "tuple": "vector", "list": "vector"}
)
"""The functions that a student may type, and the head each is read as."""

DIGIT_FUNCTIONS: Mapping[str, str] = MappingProxyType({"atan2": "atan2", "arctan2": "atan2"})
"""Functions whose name ends in a digit."""

CONSTANTS: Mapping[str, str] = MappingProxyType(
    {"pi": "pi", "Pi": "pi", "PI": "pi", "e": "e", "E": "e", "I": "i"}
    | {"inf": "oo", "infinity": "oo", "Infinity": "oo", "infty": "oo", "oo": "oo"}
)
"""The constants that a student may type."""

WORDS = frozenset(
    {"and", "or", "deg", "degree", "degrees", "radian", "radians", "rad", "true", "false", "True", "False"}
)
"""Words that mean something only when they stand alone."""

_UNITS = MappingProxyType({"i": 0, "j": 1, "k": 2})
_GREEK_NAMES = frozenset(GREEK.values()) - {"xi"}  # as a word, xi is far more often x times i
_DRESS = re.compile(r"[\\{}\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One name out of a run of letters, with its place in the run and a remark on how it was read."""

    kind: PieceKind
    value: str
    offset: int
    length: int
    note: str = ""


def canonical(name: str) -> str:
    r"""Return a name with Greek letters spelled out and without LaTeX dress.

    >>> canonical("θ"), canonical(r"\theta"), canonical("x_{12}")
    ('theta', 'theta', 'x_12')
    """
    return "".join(GREEK.get(character, character) for character in _DRESS.sub("", name))


class Names:
    """The names that a problem knows: its variables, and every function and constant.

    >>> [piece.value for piece in Names(["x", "y"]).split("xsiny", 0)]
    ['x', 'sin', 'y']
    """

    def __init__(self, variables: Iterable[str | Symbol] | str, *, strict: bool = True) -> None:
        if isinstance(variables, str):
            variables = variables.replace(",", " ").split()
        self.variables = tuple(
            variable.name if isinstance(variable, Symbol) else str(variable) for variable in variables
        )
        self.any_letter = not (self.variables and strict)
        self._by_canonical = {canonical(name): name for name in self.variables}
        self._by_loose = {self._loose(name): name for name in self._by_canonical}

    @staticmethod
    def _loose(name: str) -> str:
        return name.replace("_", "")

    def variable(self, name: str) -> str | None:
        """Return the declared spelling of a variable, or None."""
        return self._by_canonical.get(canonical(name))

    def variable_alike(self, name: str) -> str | None:
        """Return the declared spelling of a variable that differs by an underscore only, or None."""
        found = self._by_loose.get(self._loose(canonical(name)))
        return None if found is None else self._by_canonical[found]

    def listing(self) -> str:
        """Return the variables in words: "x and y"."""
        *most, last = self.variables
        return f"{', '.join(most)} and {last}" if most else last

    def _known(self, run: str, start: int) -> Iterator[tuple[float, Piece]]:
        """Yield every name that starts at a place of the run, with its cost: the cheapest reading wins."""
        for length in range(1, min(12, len(run) - start) + 1):
            text = run[start : start + length]
            declared = self.variable(text)
            if declared is not None:
                yield (1.0 if length == 1 else 0.8), Piece("symbol", declared, start, length)
            elif text in FUNCTIONS:
                yield 0.5, Piece("function", text, start, length)
            elif CONSTANTS.get(canonical(text)) == "oo":
                if length == len(run):
                    yield 0.6, self._constant(text, start, length)
            elif canonical(text) in CONSTANTS and (length > 1 or text in "eπ" or not self._case(text)):
                yield (0.6 if length > 1 else 1.2), self._constant(text, start, length)
            elif text in _UNITS:
                yield 1.3, Piece("unit", text, start, length)
            elif self.any_letter and (length == 1 or canonical(text) in _GREEK_NAMES):
                yield (1.1 if length == 1 else 0.9), Piece("symbol", canonical(text), start, length)
            elif self._case(text) is not None:
                yield 2.0, self._other_case(text, start, length)

    def _case(self, text: str) -> str | None:
        """Return the variable or function that differs from the text in case only, or None."""
        lower = text.lower()
        if len(text) > 1 and lower in FUNCTIONS:
            return lower
        return self.variable(lower) or self.variable(text.upper()) if len(text) == 1 else None

    def _other_case(self, text: str, start: int, length: int) -> Piece:
        meant = self._case(text) or text
        kind: PieceKind = "function" if len(text) > 1 else "symbol"
        return Piece(kind, meant, start, length, f"{text} was read as {meant}.")

    def _constant(self, text: str, start: int, length: int) -> Piece:
        value = CONSTANTS[canonical(text)]
        note = ""
        if text in ("E", "I"):
            note = f"{text} was read as the number {value}."
        return Piece("constant", value, start, length, note)

    def split(self, run: str, position: int) -> list[Piece]:
        """Return the names that a run of letters stands for; raise `ReadingError` when it has none."""
        if run in WORDS and self.variable(run) is None:
            return [Piece("word", run, 0, len(run))]
        best: list[tuple[float, tuple[Piece, ...]] | None] = [(0.0, ())] + [None] * len(run)
        for start in range(len(run)):
            here = best[start]
            if here is None:
                continue
            for cost, piece in self._known(run, start):
                end = start + piece.length
                rival = best[end]
                if rival is None or here[0] + cost <= rival[0]:
                    best[end] = (here[0] + cost, (*here[1], piece))
        found = best[len(run)]
        if found is None or (not self.variables and len(run) > 3 and self._many_letters(found[1])):
            furthest = max(index for index, entry in enumerate(best) if entry is not None)
            if len(run) > 2:
                raise self.unknown(run, position)
            raise self.unknown(run[furthest : furthest + 1] or run, position + (furthest if found is None else 0))
        return list(found[1])

    @staticmethod
    def _many_letters(pieces: tuple[Piece, ...]) -> bool:
        return sum(piece.kind == "symbol" and piece.length == 1 for piece in pieces) > 3

    def unknown(self, name: str, position: int) -> ReadingError:
        """Return the error for a name that the problem does not know."""
        if not self.variables:
            return ReadingError(f'"{name}" is not a name known here. A unit or a remark must be left out.', position)
        are = "variable is" if len(self.variables) == 1 else "variables are"
        return ReadingError(f'"{name}" is not known here. The {are} {self.listing()}.', position)
