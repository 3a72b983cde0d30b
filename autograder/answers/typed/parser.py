"""The parser of typed mathematics: operator precedence, products without a sign, and where to ask."""

from __future__ import annotations

from .application import Application
from .tokens import Tokenizer
from .tree import Node

_ATOMS = {"number": "number", "decimal": "decimal", "symbol": "symbol", "constant": "constant", "unit": "unit"}
_ANGLES = frozenset({"deg", "degree", "degrees", "°"})


class Parser(Application):
    """Reads a whole text: sums, products, powers, and the atoms they are made of."""

    def whole(self) -> Node:
        """Return the tree of the whole text."""
        if self.at("stop"):
            raise self.fail("There is nothing here to read.", 0)
        parts = [self.equation()]
        signs: list[str] = []
        tight = True
        while self.at(",", ";", "and", "or"):
            tight = tight and not self.tokens[self.index + 1].spaced and self.at(",")
            signs.append(self.take().kind)
            if self.at("stop") and signs[-1] in (",", ";"):
                break
            if self.at("and", "or"):
                self.take()
            parts.append(self.equation())
        if not self.at("stop"):
            self._stray()
        return parts[0] if len(parts) == 1 else self._listed(parts, signs, tight)

    def _listed(self, parts: list[Node], signs: list[str], tight: bool) -> Node:
        """Return several answers that stand side by side without brackets."""
        plain = [part.parts[0] if part.kind == "negative" else part for part in parts]
        if len(parts) == 2 and tight and plain[0].kind == plain[1].kind == "number" and parts[1] is plain[1]:
            shown = self.shown(parts[0].start)
            point, pair = shown.replace(",", "."), shown.replace(",", ", ")
            raise self.fail(f"{shown} can be one number or two: write {point} or ({pair}).", parts[0].end)
        node = self.node("items", parts, "set" if "or" in signs else "tuple", parts[0].start)
        if not any(part.kind in ("equation", "items") for part in parts):
            self.note("Several values without brackets were read as one list of them, in this order.")
        return node

    def _stray(self) -> None:
        """Fail at a token that cannot stand where it is."""
        kind = self.token.kind
        if kind in ("<", ">"):
            raise self.fail("This is an inequality; an expression or an equation is wanted.")
        if kind in (")", "]", "}", "\\}", "|)", "⌋"):
            raise self.fail("This bracket was never opened.")
        if kind == "=":
            raise self.fail("There is more than one equals sign: give one value or one equation.")
        if kind == "|":
            raise self.fail("This bar was never opened.")
        raise self.fail("This cannot stand here.")

    def equation(self) -> Node:
        """Return an expression, or two with an equals sign between them."""
        left = self.sum()
        if not self.at("="):
            return left
        self.take()
        if self.at("stop"):
            raise self.fail("Nothing stands behind the equals sign.")
        right = self.sum()
        if self.at("="):
            self._stray()
        return self.node("equation", [left, right], None, left.start)

    def sum(self) -> Node:
        """Return a sum or difference of products."""
        start = self.token.start
        with self.deeper():
            terms, signs = [], []
            while True:
                signs.append(self.take().kind if self.at("+", "-") else "+")
                terms.append(self.product())
                if not self.at("+", "-"):
                    break
        if len(terms) == 1:
            return terms[0] if signs == ["+"] else self.node("negative", terms, None, start)
        return self.node("sum", terms, signs, start)

    def product(self) -> Node:
        """Return a product of factors, from left to right; products without a sign are no stronger than `/`."""
        start = self.token.start
        factors, signs = [self.factor()], ["*"]
        while self.at("*", "/") or self.starts_factor() or self.at("number", "decimal"):
            if self.at("*", "/"):
                spaced = self.token.spaced
                signs.append(str(self.take().value))
                factors.append(self.factor())
                if signs[-1] == "/":
                    self._after_division(start, factors, spaced)
            else:
                self._check_side_by_side(factors[-1])
                signs.append("")
                factors.append(self.power())
        return factors[0] if len(factors) == 1 else self.node("product", factors, signs, start)

    def _after_division(self, start: int, factors: list[Node], spaced: bool) -> None:
        """Say how `1/2x` was read, or ask where the spaces say otherwise."""
        if not self.starts_factor() or self.at("<", "unit"):
            return
        if self.at("(", "[", "begin") and self._opens_collection():
            return
        below = self.text[factors[-1].start : factors[-1].end]
        above = self.text[start : factors[-2].end] if factors[-2].end > start else ""
        following = self.text[self.token.start : self.token.end]
        if spaced and not self.token.spaced and factors[-1].kind != "group":
            raise self.fail(f"Is {following} below the fraction bar? Write {above}/({below}{following}) or "
                            f"({above}/{below}){following}.")  # fmt: skip
        if not (self.token.spaced and not spaced and factors[-1].kind in ("number", "group")):
            self.note(f"{above}/{below}{following}... was read as ({above}/{below})*{following}...")

    def _opens_collection(self) -> bool:
        """Return whether the bracket here holds several things, so that it is a vector and no factor."""
        depth = 0
        for token in self.tokens[self.index :]:
            depth += (token.kind in ("(", "[", "begin")) - (token.kind in (")", "]", "end"))
            if token.kind in (",", "\\\\", "&") and depth == 1:
                return True
            if depth == 0:
                return False
        return False

    def _check_side_by_side(self, left: Node) -> None:
        """Fail at two things side by side that can mean more than a product."""
        if self.at("number", "decimal"):
            if left.kind == "number" and self.token.spaced:
                if self.tokens[self.index + 1].kind == "/" or self.at("frac"):
                    raise self.fail("A mixed number can also be a product: write it with +, or as one fraction.")
                raise self.fail("Two numbers stand side by side: is a sign missing, or is it one number?")
            shown = self.text[left.start : left.end]
            raise self.fail(f"A number behind {shown} can be a factor or a power: write * or ^.")
        if self.at("frac") and left.kind == "number":
            self._check_mixed(left)
        if self.at("[") and left.kind in ("symbol", "number"):
            raise self.fail("Square brackets behind a name have no meaning here; use ( ).")

    def _check_mixed(self, left: Node) -> None:
        """Fail at `2 \\frac{1}{2}`, which is read as a product in LaTeX and as two and a half by a person."""
        digits = [token.kind for token in self.tokens[self.index + 1 : self.index + 7]]
        if [kind for kind in digits if kind not in "{}"][:2] == ["number", "number"]:
            raise self.fail("A mixed number can also be a product: write it with +, or as one fraction.")

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
        node = self.node("power", [base, self._exponent()], None, base.start)
        if node.parts[1].kind == "degrees":
            raise self.fail("An angle cannot be an exponent.", sign.start)
        self._say_exponent(base, node)
        return node

    def _exponent(self) -> Node:
        start = self.token.start
        with self.deeper():
            if self.at("{"):
                if [token.kind for token in self.tokens[self.index + 1 : self.index + 3]] == ["°", "}"]:
                    raise self.fail("Write degrees as 45°.")
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
            "⌊": self.floor,
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


def parse(tokenizer: Tokenizer) -> Node:
    """Return the tree of a text; raise `ReadingError` at the first place that cannot be read.

    >>> from autograder.answers.typed.names import Names
    >>> parse(Tokenizer("2xy", Names("x y"))).data
    ['*', '', '']
    """
    return Parser(tokenizer).whole()
