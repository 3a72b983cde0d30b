"""Powers, and the atoms that they are made of, with the signs that stand behind them."""

from __future__ import annotations

from .application import Application
from .tree import Node

_ATOMS = {"number": "number", "decimal": "decimal", "symbol": "symbol", "constant": "constant", "unit": "unit"}
_ANGLES = frozenset({"deg", "degree", "degrees", "°"})


class Powers(Application):
    """The part of the parser that reads factors, powers and atoms."""

    def factor(self) -> Node:
        """Return a factor, which may have a sign of its own behind an operator."""
        start = self.token.start
        if not self.at("+", "-"):
            return self.power()
        negative = self.take().kind == "-"
        with self.deeper():
            inner = self.factor()
        return self.node("negative", [inner], None, start) if negative else inner

    def power(self) -> Node:
        """Return a power; `2^3^2` is 2^(3^2)."""
        base = self.postfix()
        if not self.at("^"):
            return base
        sign = self.take()
        if self.at("°") and self.is_latex:
            self.take()
            return self._degrees(base)
        if [token.kind for token in self.tokens[self.index : self.index + 3]] == ["{", "°", "}"]:
            self.index += 3
            return self._degrees(base)
        node = self.node("power", [base, self._exponent()], None, base.start)
        if node.parts[1].kind == "degrees":
            raise self.fail("An angle cannot be an exponent.", sign.start)
        self._say_exponent(base, node)
        return node

    def _exponent(self) -> Node:
        start = self.token.start
        with self.deeper():
            if self.at("{"):
                base = self.braces()
            elif self.at("+", "-"):
                sign = self.take().kind
                inner = self._exponent()
                return inner if sign == "+" else self.node("negative", [inner], None, start)
            elif self.at("stop", ")", "]", "}", "*", "/", ",", "^", "=", "°"):
                raise self.fail("The exponent is missing.")
            else:
                base = self.postfix()
            if not self.at("^"):
                return base
            self.take()
            node = self.node("power", [base, self._exponent()], None, start)
        self.note("A power of a power without brackets was read from the right: a^b^c is a^(b^c).")
        return node

    def _say_exponent(self, base: Node, node: Node) -> None:
        """Say how far an exponent without brackets was taken to reach, where that could be doubted."""
        exponent = node.parts[1]
        inner = exponent.parts[0] if exponent.kind == "negative" else exponent
        if inner.kind not in ("number", "symbol", "constant") or self.token.spaced:
            return
        shown = self.text[node.start : node.end]
        if self.at("/") and inner.kind == "number" and self.tokens[self.index + 1].kind == "number":
            below = self.tokens[self.index + 1]
            self.note(f"{shown}/{below.value} was read as ({shown})/{below.value}.")
            return
        usual = inner.kind == "number" and base.kind == "symbol"
        if not usual and self.at("symbol", "constant", "(") and base.kind in ("number", "constant", "symbol"):
            following = self.text[self.token.start : self.token.end]
            self.note(f"{shown}{following}... was read as ({shown})*{following}..., not as a longer exponent.")

    def postfix(self) -> Node:
        """Return an atom with the factorial, degree or percent signs behind it."""
        node = self.atom()
        while self.at("!", "%", *_ANGLES, "rad", "radian", "radians"):
            sign = self.take()
            if sign.kind == "!":
                if self.at("!"):
                    raise self.fail("A double factorial has no meaning here.")
                node = self.node("factorial", [node], None, node.start)
            elif sign.kind == "%":
                if self.starts_factor() or self.at("number", "decimal"):
                    raise self.fail("Here % can only mean percent; write the remainder itself.", sign.start)
                self.note(f"{self.shown(node.start)} was read as a number of hundredths.")
                node = self.node("percent", [node], None, node.start)
            elif sign.kind in _ANGLES:
                node = self._degrees(node)
        return node

    def _degrees(self, node: Node) -> Node:
        self.note(f"{self.shown(node.start)} was turned into radians.")
        return self.node("degrees", [node], None, node.start)

    def atom(self) -> Node:
        """Return a number, a name, a function with its argument, or something in brackets."""
        token = self.token
        if token.kind in _ATOMS:
            self.take()
            self._say_unknown_function(token.start)
            self._say_e(token.start)
            return self.node(token.kind, (), token.value, token.start)  # type: ignore[arg-type]
        if token.kind in ("true", "false", "True", "False"):
            self.take()
            return self.node("truth", (), token.kind.lower() == "true", token.start)
        if token.kind == "∞":
            self.take()
            return self.node("constant", (), "oo", token.start)
        if token.kind == "∅":
            self.take()
            return self.node("items", (), "set", token.start)
        if token.kind == "{" and self.is_latex and not self._braces_hold_several():
            return self.braces()
        return self._enclosed()

    def _braces_hold_several(self) -> bool:
        depth = 0
        for token in self.tokens[self.index :]:
            depth += (token.kind in ("{", "(", "[")) - (token.kind in ("}", ")", "]"))
            if token.kind == "," and depth == 1:
                return True
            if depth == 0:
                return False
        return False

    def _enclosed(self) -> Node:
        readers = {
            "function": self.application,
            "frac": self.fraction,
            "root": self.latex_root,
            "begin": self.matrix,
            "⌊": self.rounded,
            "⌈": self.rounded,
        }
        readers |= dict.fromkeys(("(", "[", "{", "\\{", "<"), self.bracketed)
        readers |= dict.fromkeys(("|", "|(", "‖"), self.bar) | dict.fromkeys("√∛∜", self.root_sign)
        reader = readers.get(self.token.kind)
        if reader is None:
            raise self._missing()
        return reader()

    def _missing(self) -> Exception:
        """Return the error for a place where a number or a name should stand."""
        if self.at("stop"):
            return self.fail("Something is missing at the end.")
        if self.at("^"):
            return self.fail("Nothing stands before the exponent.")
        if self.at(")", "]", "}", ",", ";", ">", "|)"):
            return self.fail("Something is missing before this sign.")
        if self.at("&", "\\\\"):
            return self.fail("This sign belongs in a matrix only.")
        return self.fail("A number, a name or a bracket should stand here.")

    def _say_unknown_function(self, start: int) -> None:
        """Say that `f(x)` without any known f is read as a product."""
        name = self.text[start : self.previous.end]
        if self.names.any_letter and name in ("f", "g", "h", "F", "G") and self.at("(") and not self.names.variables:
            raise self.fail(f"{name}(...) is a value that is not known here: write it out.", start)

    def _say_e(self, start: int) -> None:
        """Say that `ex` is read as a product: a lost exponent looks like it."""
        before, here = self.previous, self.token
        if before.kind == "constant" and before.value == "e" and here.kind == "symbol" and not here.spaced:
            shown = self.text[start : here.end]
            self.note(f"{shown} was read as a product, e times {self.text[here.start : here.end]}.")
