"""Functions as students apply them: `sin(x)`, `sin x`, `sin^2 x`, `sin⁻¹ x`, `log_2(8)`, `ln|x|`."""

from __future__ import annotations

from fractions import Fraction

from .brackets import Brackets
from .names import TRIGONOMETRIC
from .tokens import Token
from .tree import Node

_INVERSES = frozenset(TRIGONOMETRIC)
_LOGARITHMS = frozenset({"ln", "log", "lg"})
_ARITY = {"atan2": (2, 2), "pow": (2, 2), "over": (2, 2), "root": (2, 2), "equation": (2, 2), "log": (1, 2)}
_VARIADIC = frozenset({"Max", "Min", "vector", "norm"})


class Application(Brackets):
    """The part of the parser that reads a function and its argument."""

    def application(self) -> Node:
        """Return a function applied to its argument, with any power or base written between the two."""
        token = self.take()
        with self.deeper():
            power, base = self._scripts(token)
            head = str(token.value)
            if power is not None and power.inside == self._minus_one(power.inside):
                head, power = self._inverse(token, head), None
            arguments = self._arguments(token, head)
        return self._applied(token, head, arguments, power, base)

    @staticmethod
    def _minus_one(node: Node) -> Node | None:
        """Return the node itself when it is the number -1."""
        inner = node.parts[0].inside if node.kind == "negative" else None
        return node if inner is not None and inner.kind == "number" and inner.data == 1 else None

    def _inverse(self, token: Token, head: str) -> str:
        if head not in _INVERSES:
            raise self.fail(f"{self.shown(token.start)} has no meaning here.", token.start)
        self.note(f"{self.shown(token.start)} was read as arc{head}, not as 1/{head}.")
        return f"a{head}"

    def _scripts(self, token: Token) -> tuple[Node | None, Node | None]:
        """Return the power and the base that stand between a function and its argument."""
        power = base = None
        while self.at("^", "_") or (token.value == "log" and self.at("number") and not self.token.spaced):
            if self.at("^") and power is None:
                self.take()
                power = self._script()
            elif token.value in _LOGARITHMS and base is None:
                if self.at("_"):
                    self.take()
                base = self._base()
            else:
                raise self.fail("Write the argument in brackets behind the function.")
        if power is not None and not isinstance(power.inside.data, Fraction) and power.inside.kind != "symbol":
            inner = power.inside
            if not (inner.kind == "negative" and isinstance(inner.parts[0].inside.data, Fraction)):
                raise self.fail("Write the power behind the brackets: sin(x)^(...).", power.start)
        return power, base

    def _script(self) -> Node:
        if self.at("{"):
            return self.braces()
        if self.at("("):
            return self.bracketed()
        start = self.token.start
        negative = self.at("-")
        if negative:
            self.take()
        if not self.at("number", "symbol"):
            raise self.fail("A power must stand here.")
        token = self.take()
        kind = "number" if token.kind == "number" else "symbol"
        node = Node("number" if kind == "number" else "symbol", (), token.value, token.start, token.end)
        return self.node("negative", [node], None, start) if negative else node

    def _base(self) -> Node:
        if self.at("{"):
            return self.braces()
        token = self.token
        if token.kind == "number":
            self.take()
            if not self.at("(", "{", "|") and not self.token.spaced and self.starts_factor():
                raise self.fail(f"Write the argument of the logarithm in brackets: log_{token.value}(...).")
            return self.node("number", (), token.value, token.start)
        if token.kind in ("symbol", "constant", "("):
            return self.postfix()
        raise self.fail("The base of the logarithm must stand here.")

    def _arguments(self, token: Token, head: str) -> list[Node]:
        if self.at("(") or (self.at("[") and not self.token.spaced):
            return self._in_brackets(token, head)
        if self.at("{"):
            return [self.braces()]
        if head in ("vector", *_ARITY) and head != "log":
            raise self.fail(f"{self.shown(token.start)} needs its arguments in brackets.")
        if self.at("stop", ")", "]", "}", "+", "*", "/", "^", ",", "=", "|)", "!"):
            raise self.fail(f"{self.shown(token.start)} of what? Write {self.shown(token.start)}(x).")
        return [self._bare(token, head)]

    def _in_brackets(self, token: Token, head: str) -> list[Node]:
        spaced = self.token.spaced
        argument = self.bracketed()
        if spaced and self.at("^") and head != "vector":
            shown = self.shown(token.start)
            self.note(f"The power behind {shown} was taken of the whole, not of what is in brackets.")
        if argument.kind == "items" and argument.data in ("tuple", "list") and head != "vector":
            wide = head in _VARIADIC or head in _ARITY
            if wide:
                return list(argument.parts)
        return [argument]

    def _bare(self, token: Token, head: str) -> Node:
        """Return an argument without brackets: the factors that stand close together."""
        start = self.token.start
        if self.at("-"):
            self.take()
            with self.deeper():
                return self.node("negative", [self._bare(token, head)], None, start)
        closed = self.at("|", "|(", "‖", "frac", "root", "√", "∛")
        factors = [self.power()]
        while self.starts_factor() and not self.at("function", "unit", "|", "|(", "<"):
            if not self._goes_on(token, factors, closed):
                break
            factors.append(self.power())
        argument = factors[0] if len(factors) == 1 else self.node("product", factors, [""] * len(factors), start)
        self._say_how_far(token, head, argument, factors)
        return argument

    def _goes_on(self, token: Token, factors: list[Node], closed: bool) -> bool:
        """Return whether the factor here still belongs to the argument; fail where nobody can tell."""
        if closed:
            return False
        constant = all(self._is_constant(factor) for factor in factors)
        if self.token.spaced:
            if constant and not self.at("constant"):
                return True
            if self.at("constant") and self.token.value == "e":
                return False
            if not self.at("(", "number", "symbol", "constant", "decimal"):
                return False
        else:
            letter = self.at("symbol") or (self.at("constant") and self.token.value == "pi")
            if letter or (constant and self.at("(", "root", "√", "frac")):
                return True
        shown = self.shown(token.start)
        raise self.fail(f"How far does {self.text[token.start : token.end]} reach? Use brackets, as in "
                        f"{self.text[token.start : token.end]}(...); I read {shown} so far.")  # fmt: skip

    @staticmethod
    def _is_constant(node: Node) -> bool:
        return not any(part.kind in ("symbol", "unit") for part in node.walk())

    def _say_how_far(self, token: Token, head: str, argument: Node, factors: list[Node]) -> None:
        """Say how a bare argument was read, where another reading was possible."""
        name = self.text[token.start : token.end].removeprefix("\\")
        shown = self.text[argument.start : argument.end].strip()
        if self.at("/", "*") and argument.kind != "call":
            doubtful = argument.kind != "degrees" and not (head in ("sqrt", "cbrt") and self.at("/"))
            if self._is_constant(argument) and not self.token.spaced and doubtful:
                raise self.fail(f"Does {name} reach beyond this sign? Use brackets: {name}(...).")
            self.note(f"{self.shown(token.start)}{self.token.kind}... was read as {name}({shown}){self.token.kind}...")
        elif len(factors) > 1 or argument.kind == "power":
            self.note(f"{self.shown(token.start)} was read as {name}({shown}).")
        elif argument.start == token.end and argument.kind not in ("call", "norm", "root"):
            self.note(f"{name}{shown} was read as {name}({shown}).")
        if head in ("sqrt", "cbrt") and len(factors) > 1 and not self._is_constant(argument):
            raise self.fail(f"How far does the root reach? Use brackets: {name}(...).", token.end)

    def _applied(self, token: Token, head: str, arguments: list[Node], power: Node | None, base: Node | None) -> Node:
        least, most = _ARITY.get(head, (1, 9 if head in _VARIADIC else 1))
        if not least <= len(arguments) <= most or (
            most == 1 and arguments[0].inside.kind == "items" and head != "vector"
        ):
            if head == "Abs" and len(arguments) == 1:
                return self.node("norm", arguments, None, token.start)
            wanted = "one argument" if most == 1 else f"{least} arguments"
            raise self.fail(f"{self.text[token.start : token.end]} takes {wanted}.", token.start)
        node = self._call(token, head, arguments, base)
        return node if power is None else self.node("power", [node, power], None, token.start)

    def _call(self, token: Token, head: str, arguments: list[Node], base: Node | None) -> Node:
        start = token.start
        if head in ("sqrt", "cbrt"):
            return self.node("root", arguments, 2 if head == "sqrt" else 3, start)
        if head == "root":
            index = arguments[1].inside
            if index.kind != "number" or not 2 <= index.data <= 99 or index.data.denominator != 1:
                raise self.fail("A root needs a whole number from 2 to 99.", index.start)
            return self.node("root", arguments[:1], int(index.data), start)
        if head == "pow":
            return self.node("power", arguments, None, start)
        if head in ("over", "equation", "factorial", "norm"):
            if head == "norm" and len(arguments) > 1:
                arguments = [self.node("items", arguments, "tuple", start)]
            return self.node(head, arguments, None, start)  # type: ignore[arg-type]
        if head == "vector":
            inner = arguments[0].inside
            if inner.kind != "items":
                return self.node("items", [inner], "tuple", start)
            if len(inner.parts) == 1 and inner.parts[0].kind == "items":
                return self.node("items", inner.parts[0].parts, "row", start)
            return inner
        if head in _LOGARITHMS:
            return self._logarithm(token, head, arguments, base)
        return self.node("call", arguments, head, start)

    def _logarithm(self, token: Token, head: str, arguments: list[Node], base: Node | None) -> Node:
        start = token.start
        if base is not None:
            if len(arguments) > 1:
                raise self.fail("This logarithm has two bases.", start)
            arguments = [arguments[0], base]
        elif head == "lg":
            self.note("lg was read as the logarithm to base 10.")
            arguments = [arguments[0], Node("number", (), Fraction(10), start, start)]
        elif head == "log" and len(arguments) == 1:
            self.note("log was read as the natural logarithm, ln.")
        return self.node("call", arguments, "log", start)
