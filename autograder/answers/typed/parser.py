"""The parser of typed mathematics: sums, products without a sign, lists, and where to ask."""

from __future__ import annotations

from .powers import Powers
from .signs import BOTH
from .tokens import Tokenizer
from .tree import Node


class Parser(Powers):
    """Reads a whole text: sums, products, powers, and the atoms they are made of."""

    def whole(self) -> Node:
        """Return the tree of the whole text."""
        if self.at("stop"):
            raise self.fail("There is nothing here to read.", 0)
        parts = [self.equation()]
        signs: list[str] = []
        tight = True
        while self.at(",", ";", "and", "or"):
            tight = tight and self._between_digits()
            signs.append(self.take().kind)
            if self.at("stop") and signs[-1] in (",", ";"):
                break
            if self.at("and", "or"):
                self.take()
            parts.append(self.equation())
        if not self.at("stop"):
            self._stray()
        if len(parts) > 1:
            return self._listed([each for part in parts for each in self.signed(part)], signs, tight)
        answers = self.signed(parts[0])
        return answers[0] if len(answers) == 1 else self.node("items", answers, "set", parts[0].start)

    def _between_digits(self) -> bool:
        """Return whether the comma here stands between two digits without a space, as in `3,5`."""
        before, comma, after = self.previous, self.token, self.tokens[self.index + 1]
        spaced = comma.spaced or after.spaced
        return comma.kind == "," and before.kind == after.kind == "number" and not spaced

    def _listed(self, parts: list[Node], signs: list[str], tight: bool) -> Node:
        """Return several answers that stand side by side without brackets."""
        if len(parts) == 2 and tight:
            shown = self.shown(parts[0].start)
            point, pair = shown.replace(",", "."), shown.replace(",", ", ")
            raise self.fail(f"{shown} can be one number or two: write {point} or ({pair}).", parts[0].end)
        parts = [each for part in parts for each in (part.parts if _is_chain(part) else (part,))]
        node = self.node("items", parts, "set" if "or" in signs else "tuple", parts[0].start)
        if not any(part.kind in ("equation", "items") for part in parts):
            self.note("Several values without brackets were read as one list of them, in this order.")
        return node

    def _stray(self) -> None:
        """Fail at a token that cannot stand where it is."""
        kind = self.token.kind
        if kind in ("<", ">"):
            raise self.fail("This is an inequality; an expression or an equation is wanted.")
        if kind in (")", "]", "}", "\\}", "|)", "⌋", "⌉"):
            raise self.fail("This bracket was never opened.")
        if kind == "|":
            raise self.fail("This bar was never opened.")
        raise self.fail("This cannot stand here.")

    def equation(self) -> Node:
        """Return an expression, an equation, or the equations of a chain: `x = y = 2` says x = 2 and y = 2."""
        sides = [self.sum()]
        while self.at("="):
            if len(sides) > 1 and self._begins_another_equation():
                raise self.fail("Put commas between several equations.", self.previous.start)
            self.take()
            if self.at("stop"):
                raise self.fail("Nothing stands behind the equals sign.")
            sides.append(self.sum())
        *lefts, right = sides
        equations = [self.node("equation", [left, right], None, left.start) for left in lefts]
        if len(equations) < 2:
            return equations[0] if equations else right
        return self.node("items", equations, "tuple", lefts[0].start)

    def _begins_another_equation(self) -> bool:
        """Return whether the letter before this equals sign stands alone: `x = 1 + 2t y = 3`."""
        before = self.tokens[self.index - 2]
        alone = self.previous.kind == "symbol" and self.previous.spaced
        return alone and before.kind not in ("+", "-", "*", "/", "=", ",", ";")

    def sum(self) -> Node:
        """Return a sum or difference of products."""
        start = self.token.start
        with self.deeper():
            terms, signs = [], []
            while True:
                signs.append(self.take().kind if self.at("+", "-", BOTH) else "+")
                terms.append(self.product())
                if not self.at("+", "-", BOTH):
                    break
        if len(terms) == 1 and signs != [BOTH]:
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
        if "\n" in self.text[self.previous.end : self.token.start] and not self.is_latex:
            raise self.fail("Write the answer on one line, with commas between several values.")
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


def _is_chain(node: Node) -> bool:
    """Return whether a node holds the equations of a chain, which all have the same right side."""
    rights = {id(part.parts[1]) if part.kind == "equation" else 0 for part in node.parts}
    return node.kind == "items" and len(node.parts) > 1 and rights != {0} and len(rights) == 1


def parse(tokenizer: Tokenizer) -> Node:
    """Return the tree of a text; raise `ReadingError` at the first place that cannot be read.

    >>> from autograder.answers.typed.names import Names
    >>> parse(Tokenizer("2xy", Names("x y"))).data
    ['*', '', '']
    """
    return Parser(tokenizer).whole()
