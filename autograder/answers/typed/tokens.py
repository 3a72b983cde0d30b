"""The tokens of typed mathematics: numbers, names, signs and LaTeX commands, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from .characters import (
    DOT_SIGNS,
    FRACTIONS,
    GREEK,
    HATS,
    SIGNS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    describe,
    is_letter,
    plain,
)
from .errors import ReadingError
from .labels import label_end
from .names import DIGIT_FUNCTIONS, FUNCTIONS, Names, Piece, canonical

MAX_LENGTH = 2_000
"""Characters of a text."""
MAX_DIGITS = 100
"""Digits of a number."""
MAX_TOKENS = 1_500
"""Tokens of a text."""

_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,]|\.\d)")
_DECIMAL_COMMA = re.compile(r"\d+,\d+(?!\d*,)")
_EXPONENT = re.compile(r"[eE][+\-−]?\d+")
_SUBSCRIPT = re.compile(r"_\s*(?:\{\s*([^{}]{1,20})\s*\}|(\d+)|([A-Za-zα-ωΑ-Ω]+))")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ARGUMENT = re.compile(r"\s*\{\s*(\\?[A-Za-z]+\d*)\s*\}|\s*(\\?[A-Za-z]+|[A-Za-z])")
_COLUMNS = re.compile(r"\s*\{[lcr| ]*\}")
_ENVIRONMENT = re.compile(r"\s*\{\s*([a-z]+)\s*\}")

_COMMAND_SIGNS: Mapping[str, str] = MappingProxyType(
    {"cdot": "·", "times": "*", "div": "/", "ast": "*", "bullet": "·", "langle": "<", "rangle": ">"}
    | {"lt": "<", "gt": ">", "lvert": "|(", "rvert": "|)", "vert": "|", "mid": "|", "lVert": "‖", "rVert": "‖"}
    | {"Vert": "‖", "|": "‖", "{": "\\{", "}": "\\}", "lbrace": "\\{", "rbrace": "\\}", "infty": "∞"}
    | {"circ": "°", "degree": "°", "%": "%", "\\": "\\\\", "emptyset": "∅", "varnothing": "∅"}
    | {"frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "root", "lparen": "("}
    | {"rparen": ")", "lbrack": "[", "rbrack": "]", "colon": ":", "lfloor": "⌊", "rfloor": "⌋"}
)
_SPACES = frozenset({",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "limits", "textstyle", "thinspace"})
_SIZES = frozenset(
    {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle"}
)
_DRESSES = frozenset(
    {"mathbf", "hat", "vec", "boldsymbol", "bm", "widehat", "mathrm", "operatorname", "text", "textbf"}
    | {"mathit", "textrm", "bar", "overrightarrow", "mathsf", "bold", "pmb", "textit"}
)
_ARROWS = frozenset({"hat", "vec", "mathbf", "boldsymbol", "bm", "widehat", "bold", "pmb", "overrightarrow"})
_REFUSED: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("±∓", "± gives two answers: write the one you mean, or both in braces.")
    | dict.fromkeys("≤≥≠", "This is an inequality; an expression or an equation is wanted.")
    | dict.fromkeys("≈≃≅~", "Give one value: exact, or a decimal, without a sign for about.")
    | dict.fromkeys("∫∑∏∂∇", "Work this out first, and write the result.")
    | dict.fromkeys("'\"′″‘’“”`", "Leave out quotes and primes.")
    | dict.fromkeys("…", "Write all of it, without dots.")
    | {":": "A colon has no meaning here; write / for a quotient.", "@": "@ has no meaning here."}
    | {"#": "# has no meaning here.", "?": "Leave out the question mark.", "_": "A subscript needs a letter before it."}
    | {".": "A point needs digits beside it; for a product write * or a space."}
    | dict.fromkeys("→⇒↦", "An arrow has no meaning here; write the value.")
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a sign stands for itself), its value, its place, and whether a space comes before."""

    kind: str
    value: Any
    start: int
    end: int
    spaced: bool = False


@dataclass
class Tokenizer:
    """Turns one text into tokens. `notes` collects what should be said about how it was read."""

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
        self.decimal_commas = ";" in self.text and re.search(r"\d,\d", self.text) is not None

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
        if (character.isdigit() and character.isascii()) or (character == "." and follows.isdigit()):
            self._number()
        elif character in FRACTIONS:
            self._fraction(character)
        elif character in HATS or self.text[self.place : self.place + 2] in HATS:
            hat = character if character in HATS else self.text[self.place : self.place + 2]
            self.add("unit", HATS[hat], len(hat))
        elif is_letter(character):
            self._run_of_letters()
        elif character in SUPERSCRIPTS:
            self._superscript()
        elif character == "\\":
            self._command()
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
            raise self.fail(_REFUSED["±"])
        elif text == "||" and "|" not in self.text.replace("||", ""):
            self.add("‖", "‖", 2)
        elif character in SIGNS:
            kind = SIGNS[character]
            self.depth += (kind in "([{<") - (kind in ")]}>")
            self.add(kind, "·" if character in DOT_SIGNS else kind, 1)
        elif character in SUBSCRIPTS:
            raise self.fail("A subscript needs a letter before it.")
        else:
            cure = _REFUSED.get(character, f"There is no place for {describe(character)} in mathematics here.")
            raise self.fail(cure)

    def _number(self) -> None:
        start, text = self.place, self.text
        thousands = _THOUSANDS.match(text, start) if not self.decimal_commas else None
        before = self.tokens[-1].kind if self.tokens else ""
        if thousands and self.depth == 0 and before != ",":
            digits = thousands.group()
            plain_digits = digits.replace(",", "")
            self.note(f"{digits} was read as {plain_digits}.")
            if "." in digits:
                significant = len(plain_digits) - 1
                self.add("decimal", (Fraction(plain_digits), significant, plain_digits), len(digits))
            else:
                self.add("number", Fraction(int(plain_digits)), len(digits))
            return
        match = (_DECIMAL_COMMA.match(text, start) if self.decimal_commas else None) or _NUMBER.match(text, start)
        assert match is not None
        digits = match.group()
        if "," in digits:
            self.note(f"{digits} was read as {digits.replace(',', '.')}.")
        elif re.match(r",0\d\d(?!\d)", text[match.end() :]) and self.depth:
            raise self.fail(f"Does {digits + text[match.end() : match.end() + 4]} mean one number or two? "
                            "Leave out the comma, or put a space behind it.", match.end())  # fmt: skip
        if before == "," and re.match(r"0\d", digits) and not self.tokens[-1].spaced and not self.spaced:
            raise self.fail("Is this comma a decimal point? Write a point, or put a space behind the comma.", start - 1)
        power = self._power_of_ten(match.end(), digits)
        mantissa, _, decimals = digits.replace(",", ".").partition(".")
        if len(mantissa) + len(decimals) > MAX_DIGITS:
            raise self.fail(f"A number may have at most {MAX_DIGITS} digits.")
        exponent = int(power[1:].replace("−", "-")) if power else 0
        value = Fraction(int(mantissa + decimals or "0")) * Fraction(10) ** (exponent - len(decimals))
        length = len(digits) + len(power)
        rest = text[start + length :]
        if rest.startswith(".."):
            raise self.fail(_REFUSED["…"], start + length)
        if re.match(r"\.\d|\d", rest) or (rest[:1] == "." and "." in digits and not self._ends(start + length + 1)):
            raise self.fail("A number has one decimal point only.", start + length)
        if "." in digits.rstrip(".") or power or "," in digits:
            significant = len((mantissa + decimals).lstrip("0")) or 1
            shown = digits.replace(",", ".") + power.replace("−", "-")
            self.add("decimal", (value, significant, shown), length)
        else:
            self.add("number", value, len(digits.rstrip(".")) if self._ends(start + length) else length)

    def _ends(self, place: int) -> bool:
        return not self.text[place:].strip(" $")

    def _power_of_ten(self, place: int, digits: str) -> str:
        """Return the `e-3` of a number in scientific notation, or an empty string."""
        match = _EXPONENT.match(self.text, place)
        if match is None or self.names.variable("e") or digits.endswith("."):
            return ""
        power = match.group()
        if len(power.strip("eE+-−")) > 3:
            raise self.fail("The power of ten is too large.", place)
        if is_letter(self.text[match.end() : match.end() + 1] or " "):
            raise self.fail(f"{digits}{power} can be a power of ten or a product with e: write * between them.", place)
        self.note(f"{digits}{power} was read as {digits} times ten to the power {int(power[1:].replace('−', '-'))}.")
        return power

    def _fraction(self, character: str) -> None:
        value = Fraction(*FRACTIONS[character])
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.kind == "number" and last.end == self.place:
            self.tokens.pop()
            self.note(f"{self.text[last.start : self.place + 1]} was read as {last.value + value}.")
            self.spaced = last.spaced
            self.add("number", last.value + value, self.place + 1 - last.start, last.start)
        else:
            self.add("number", value, 1)

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

    def _run_of_letters(self) -> None:
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
        subscript = self._subscript(run, start, end)
        if subscript is not None:
            self._subscripted(run, start, *subscript)
            return
        for piece in self._split(run, start):
            self._piece(piece, start)
        self._digits_behind(start)

    def _split(self, run: str, start: int) -> list[Piece]:
        try:
            return self.names.split(run, start)
        except ReadingError as error:
            raise self.fail(error.message, error.position) from error

    def _piece(self, piece: Piece, start: int) -> None:
        if piece.note:
            self.note(piece.note)
        kind = piece.value if piece.kind == "word" else piece.kind
        value = FUNCTIONS[piece.value] if piece.kind == "function" else piece.value
        self.add(kind, value, piece.length, start + piece.offset)

    def _digits_behind(self, start: int) -> None:
        """Read `x1` as the variable of that name, when there is one, and refuse it when there is none."""
        last = self.tokens[-1]
        digits = re.match(r"\d+", self.text[self.place :])
        if digits is None or last.kind not in ("symbol", "constant", "unit"):
            return
        name = self.text[last.start : last.end] + digits.group()
        known = self.names.variable(name) or self.names.variable_alike(name)
        if known is None:
            letter = self.text[last.start : last.end]
            if digits.group() == "10" and letter in "xX" and len(self.tokens) > 1:
                raise self.fail("Write a power of ten with * or ·, as in 3*10^4.", last.start)
            raise self.fail(
                f"{name} can mean {letter}^{digits.group()}, {digits.group()}*{letter} or {letter}_{digits.group()}: "
                "write the one you mean.",
                self.place,
            )
        self.tokens.pop()
        self.spaced = last.spaced
        self.add("symbol", known, len(name), last.start)

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
                for piece in self._split(run[:first], start) if first else []:
                    self._piece(piece, start)
                self.add("symbol", known, end - start - first, start + first)
                return
        raise self.fail(self.names.unknown(f"{run}_{subscript}", start).message, start)

    def _command(self) -> None:
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
            raise self.fail(_REFUSED["∇"])
        if name in ("pm", "mp"):
            raise self.fail(_REFUSED["±"])
        if name in ("le", "leq", "ge", "geq", "ne", "neq"):
            raise self.fail(_REFUSED["≤"])
        if name not in FUNCTIONS and name not in GREEK.values() and self.names.variable(name) is None:
            if name in ("approx", "sim"):
                raise self.fail(_REFUSED["≈"])
            if len(name) > 3 or self.text[start : start + 1 + len(name)] == "\\" + name:
                raise self.fail(f"\\{name} is not a command known here.")
        pieces = self._split(name, start)
        for piece in pieces:
            kind = piece.value if piece.kind == "word" else piece.kind
            value = FUNCTIONS[piece.value] if piece.kind == "function" else piece.value
            self.add(kind, value, length, start)
