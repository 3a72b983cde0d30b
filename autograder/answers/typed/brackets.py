"""Everything in brackets: groups, points, vectors, sets, absolute values, LaTeX fractions, roots and matrices."""

from __future__ import annotations

from fractions import Fraction

from .cursor import Cursor
from .signs import both, is_open
from .tokens import Token
from .tree import Node

_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "<": ">"}
_FORMS = {"(": "tuple", "[": "list", "{": "set", "\\{": "set", "<": "tuple"}
_SYSTEMS = frozenset({"cases", "aligned", "align", "gathered", "split", "equation"})
_ROUNDED = {"⌊": ("⌋", "floor"), "⌈": ("⌉", "ceiling")}
_ROOT_SIGNS = {"√": 2, "∛": 3, "∜": 4}


class Brackets(Cursor):
    """The part of the parser that reads what is enclosed."""

    def separated(self, *closing: str) -> list[Node]:
        """Return the expressions up to a closing sign, separated by commas or semicolons."""
        parts: list[Node] = []
        while not self.at(*closing, "stop"):
            parts.append(self.equation())
            if not self.at(",", ";"):
                break
            self.take()
            if self.at(",", ";"):
                raise self.fail("Something is missing between these commas.")
        return parts

    def signed(self, node: Node) -> list[Node]:
        """Return an answer with one sign ± as two answers, and any other as it is."""
        many = is_open(node)
        if many > 1:
            raise self.fail("Which signs go together? Write every answer by itself.", node.start)
        if many:
            self.note("± was read as both signs: two answers.")
        return list(both(node)) if many else [node]

    def bracketed(self) -> Node:
        """Return what stands in brackets: one thing as a group, several as a collection."""
        opening = self.take()
        closing = _CLOSING[opening.kind]
        bars, self.open_bars = self.open_bars, ()
        with self.deeper():
            parts = self.separated(closing)
        self.open_bars = bars
        if self.at(")", "]") and closing in (")", "]") and not self.at(closing):
            raise self.fail(f'The "{opening.kind}" is closed by another kind of bracket.')
        self.expect(closing, opening)
        is_set = opening.kind == "\\{" or (opening.kind == "{" and not self.is_latex)
        if not parts and not is_set:
            raise self.fail("There is nothing in these brackets.", opening.start)
        if is_set or any(part.inside.kind == "items" for part in parts):
            parts = [each for part in parts for each in self.signed(part)]
        several = len(parts) > 1 or self.tokens[self.index - 2].kind == ","
        if several or is_set or opening.kind == "<":
            return self.node("items", parts, _FORMS[opening.kind], opening.start)
        if parts[0].kind == "equation":
            return parts[0]
        is_matrix = parts[0].kind == "items" and parts[0].data in ("row", "column")
        if parts[0].kind == "items" and opening.kind == "[" and not is_matrix:
            return self.node("items", parts, "list", opening.start)
        return self.node("group", parts, None, opening.start)

    def braces(self) -> Node:
        """Return what stands in the braces of an exponent or of a LaTeX command, or a single token without them."""
        if not self.at("{"):
            return self._single()
        opening = self.take()
        bars, self.open_bars = self.open_bars, ()
        with self.deeper():
            inner = self.sum()
        self.open_bars = bars
        self.expect("}", opening)
        return self.node("group", [inner], None, opening.start)

    def _single(self) -> Node:
        """Return the one digit or letter that a LaTeX command takes without braces, as in `\\frac12`."""
        token = self.token
        if token.kind != "number":
            with self.deeper():
                return self.postfix()
        digits = self.text[token.start : token.end]
        if len(digits) == 1 or not (digits.isascii() and digits.isdigit()):
            self.take()
            return self.node("number", (), token.value, token.start)
        rest = Token("number", Fraction(int(digits[1:])), token.start + 1, token.end)
        self.tokens = [*self.tokens[: self.index], rest, *self.tokens[self.index + 1 :]]
        return Node("number", (), Fraction(int(digits[0])), token.start, token.start + 1)

    def fraction(self) -> Node:
        """Return a LaTeX fraction."""
        start = self.take().start
        return self.node("over", [self.braces(), self.braces()], None, start)

    def latex_root(self) -> Node:
        """Return a LaTeX root, `\\sqrt[3]{x}`."""
        start = self.take().start
        index = 2
        if self.at("["):
            opening = self.take()
            token = self.take()
            if token.kind != "number" or not 2 <= token.value <= 99:
                raise self.fail("A root needs a whole number from 2 to 99.", token.start)
            index = int(token.value)
            self.expect("]", opening)
        if self.at("("):
            return self.node("root", [self.bracketed()], index, start)
        return self.node("root", [self.braces()], index, start)

    def root_sign(self) -> Node:
        """Return the root of the one number, letter or bracket behind a root sign."""
        sign = self.take()
        if self.at("+", "-", "stop", ")", "^", "*", "/"):
            raise self.fail("Put what is under the root in brackets: √(x + 1).")
        with self.deeper():
            radicand = self.postfix()
        bare = radicand.kind in ("number", "decimal", "symbol", "constant")
        goes_on = self.at("^", "(", "symbol", "constant", "number", "decimal")
        if bare and goes_on and not self.token.spaced:
            shown = self.shown(sign.start)
            raise self.fail(f"How far does the root reach? Put what is under it in brackets: {sign.kind}(...)"
                            f" instead of {shown}{self.text[self.token.start : self.token.end]}.")  # fmt: skip
        return self.node("root", [radicand], _ROOT_SIGNS[sign.kind], sign.start)

    def bar(self) -> Node:
        """Return an absolute value `|x|`, or a length `‖v‖`."""
        opening = self.take()
        closing = {"|": ("|", "|)"), "|(": ("|)",), "‖": ("‖",)}[opening.kind]
        bars = self.open_bars
        self.open_bars = (*bars, opening.kind)
        with self.deeper():
            inner = self.sum()
        self.open_bars = bars
        if not self.at(*closing):
            self.expect(closing[0], opening)
        self.take()
        if inner.inside.kind == "items" or opening.kind == "‖":
            return self.node("norm", [inner], None, opening.start)
        return self.node("call", [inner], "Abs", opening.start)

    def rounded(self) -> Node:
        """Return a number rounded down, `⌊x⌋`, or up, `⌈x⌉`."""
        opening = self.take()
        closing, head = _ROUNDED[opening.kind]
        with self.deeper():
            inner = self.sum()
        self.expect(closing, opening)
        return self.node("call", [inner], head, opening.start)

    def matrix(self) -> Node:
        """Return a LaTeX matrix: a column, a row, or a column of rows."""
        opening = self.take()
        if opening.value in _SYSTEMS:
            return self._system(opening)
        if opening.value not in ("matrix", "pmatrix", "bmatrix", "vmatrix", "array", "smallmatrix", "Bmatrix"):
            raise self.fail(f"A {opening.value} has no meaning here.", opening.start)
        if opening.value == "vmatrix":
            raise self.fail("Work out the determinant, and write the result.", opening.start)
        rows: list[list[Node]] = [[]]
        with self.deeper():
            while not self.at("end", "stop"):
                rows[-1].append(self.sum())
                if self.at("\\\\"):
                    rows.append([])
                elif not self.at("&"):
                    break
                self.take()
        self.expect("end", opening)
        rows = [row for row in rows if row]
        if not rows or len({len(row) for row in rows}) > 1:
            raise self.fail("The rows of a matrix must be equally long.", opening.start)
        if len(rows[0]) == 1:
            return self.node("items", [row[0] for row in rows], "column", opening.start)
        lines = [self.node("items", row, "row", row[0].start) for row in rows]
        return lines[0] if len(lines) == 1 else self.node("items", lines, "column", opening.start)

    def _system(self, opening: Token) -> Node:
        """Return the equations of a LaTeX environment that sets them one below the other."""
        end = next((i for i in range(self.index, len(self.tokens)) if self.tokens[i].kind == "end"), len(self.tokens))
        inside = [token for token in self.tokens[self.index : end] if token.kind != "&"]
        self.tokens = [*self.tokens[: self.index], *inside, *self.tokens[end:]]
        parts: list[Node] = []
        with self.deeper():
            while not self.at("end", "stop"):
                parts.append(self.equation())
                if self.at(","):
                    self.take()
                if not self.at("\\\\"):
                    break
                self.take()
        self.expect("end", opening)
        if not parts:
            raise self.fail("There is nothing in these brackets.", opening.start)
        return parts[0] if len(parts) == 1 else self.node("items", parts, "tuple", opening.start)
