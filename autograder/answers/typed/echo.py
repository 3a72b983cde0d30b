"""Showing back how a text was read, as LaTeX and as one plain line; both can be read again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from .characters import GREEK
from .names import TRIGONOMETRIC
from .tree import Node

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_PLAIN_NAMES: Mapping[str, str] = MappingProxyType(
    {"Abs": "abs", "log": "ln", "ceiling": "ceil", "Max": "max", "Min": "min"}
    | {f"a{name}": f"arc{name}" for name in TRIGONOMETRIC}
)
_LATEX_NAMES = frozenset({*TRIGONOMETRIC, "exp", "ln", "arcsin", "arccos", "arctan", "max", "min"} - {"sech", "csch"})
_BRACKETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"list": ("[", "]"), "set": ("{", "}"), "row": ("[", "]"), "column": ("[", "]")}
)
_NEXT_ROW = " \\\\ "
_GREEK_NAMES = frozenset(GREEK.values())


class Echo:
    """Prints a tree as one plain line.

    >>> from .names import Names
    >>> from .parser import parse
    >>> from .tokens import Tokenizer
    >>> Echo().show(parse(Tokenizer("1/2x sin^2 y", Names("x y"))))
    '(1/2)*x*sin(y)^2'
    """

    times = "*"

    def show(self, node: Node) -> str:
        """Return the text of a node."""
        return self.level(node)[0]

    def level(self, node: Node) -> tuple[str, int]:
        """Return the text of a node and how tightly it holds together."""
        text, level = getattr(self, f"_{node.kind}")(node)
        return text, level

    def at_least(self, node: Node, level: int) -> str:
        """Return the text of a node, in brackets when it holds together less tightly than that."""
        text, own = self.level(node)
        return text if own >= level else self.brackets(text)

    def brackets(self, text: str) -> str:
        """Return the text in brackets."""
        return f"({text})"

    def quotient(self, above: str, below: str) -> str:
        """Return a quotient of two texts that hold together."""
        return f"{above}/{below}"

    def _number(self, node: Node) -> tuple[str, int]:
        value: Fraction = node.data
        if value.denominator == 1:
            return str(value.numerator), _ATOM
        return self.quotient(str(value.numerator), str(value.denominator)), _PRODUCT

    def _decimal(self, node: Node) -> tuple[str, int]:
        return node.data[2], _ATOM

    def _symbol(self, node: Node) -> tuple[str, int]:
        return node.data, _ATOM

    def _constant(self, node: Node) -> tuple[str, int]:
        return {"oo": "infinity", "i": "I"}.get(node.data, node.data), _ATOM

    def _unit(self, node: Node) -> tuple[str, int]:
        return node.data, _ATOM

    def _truth(self, node: Node) -> tuple[str, int]:
        return str(node.data).lower(), _ATOM

    def _group(self, node: Node) -> tuple[str, int]:
        return self.level(node.parts[0])

    def _negative(self, node: Node) -> tuple[str, int]:
        return "-" + self.at_least(node.parts[0], _PRODUCT), _SUM

    def _sum(self, node: Node) -> tuple[str, int]:
        text = ""
        for sign, part in zip(node.data, node.parts, strict=True):
            shown = self.at_least(part, _PRODUCT)
            text += f" {sign} {shown}" if text else f"-{shown}" if sign == "-" else shown
        return text, _SUM

    def _product(self, node: Node) -> tuple[str, int]:
        first = node.parts[0].inside
        text = self.at_least(node.parts[0], _PRODUCT)
        divided = first.kind == "over" or (first.kind == "number" and first.data.denominator != 1)
        for sign, part in zip(node.data[1:], node.parts[1:], strict=True):
            if sign == "/":
                text, divided = self.quotient(self.whole(text) if divided else text, self.below(part)), True
            else:
                text = f"{self.whole(text) if divided else text}{self.joined(sign, part)}"
                divided = False
        return text, _PRODUCT

    def whole(self, text: str) -> str:
        """Return a quotient as one factor."""
        return self.brackets(text)

    def below(self, node: Node) -> str:
        """Return what stands below a fraction bar."""
        return self.at_least(node, _POWER)

    def joined(self, sign: str, part: Node) -> str:
        """Return a further factor with its sign."""
        return f"{sign if sign == '·' else self.times}{self.at_least(part, _POWER)}"

    def _over(self, node: Node) -> tuple[str, int]:
        above, below = node.parts
        return self.quotient(self.at_least(above, _POWER), self.below(below)), _PRODUCT

    def _power(self, node: Node) -> tuple[str, int]:
        base, exponent = node.parts
        return f"{self.at_least(base, _ATOM)}^{self.at_least(exponent, _ATOM)}", _POWER

    def _root(self, node: Node) -> tuple[str, int]:
        inner = self.show(node.parts[0])
        name = {2: "sqrt", 3: "cbrt"}.get(node.data)
        return (f"{name}({inner})" if name else f"root({inner}, {node.data})"), _ATOM

    def _factorial(self, node: Node) -> tuple[str, int]:
        return f"{self.at_least(node.parts[0], _ATOM)}!", _POWER

    def _degrees(self, node: Node) -> tuple[str, int]:
        return f"{self.at_least(node.parts[0], _ATOM)}°", _POWER

    def _percent(self, node: Node) -> tuple[str, int]:
        return f"{self.at_least(node.parts[0], _ATOM)}%", _POWER

    def _norm(self, node: Node) -> tuple[str, int]:
        return f"norm({self.show(node.parts[0])})", _ATOM

    def _call(self, node: Node) -> tuple[str, int]:
        name = _PLAIN_NAMES.get(node.data, node.data)
        if node.data == "log" and len(node.parts) == 2:
            inner, base = (self.show(part) for part in node.parts)
            return f"log({inner}, {base})", _ATOM
        return f"{name}({', '.join(self.show(part) for part in node.parts)})", _ATOM

    def _items(self, node: Node) -> tuple[str, int]:
        opening, closing = _BRACKETS.get(node.data, ("(", ")"))
        inner = ", ".join(self.show(part) for part in node.parts)
        return f"{opening}{inner}{',' if len(node.parts) == 1 and opening == '(' else ''}{closing}", _ATOM

    def _equation(self, node: Node) -> tuple[str, int]:
        left, right = (self.show(part) for part in node.parts)
        return f"{left} = {right}", _SUM


class LatexEcho(Echo):
    r"""Prints a tree as LaTeX.

    >>> from .names import Names
    >>> from .parser import parse
    >>> from .tokens import Tokenizer
    >>> LatexEcho().show(parse(Tokenizer("sqrt(x)/2", Names("x y"))))
    '\\frac{\\sqrt{x}}{2}'
    """

    times = r" \cdot "

    def brackets(self, text: str) -> str:
        r"""Return the text in brackets that grow."""
        return rf"\left({text}\right)"

    def quotient(self, above: str, below: str) -> str:
        """Return a fraction with a bar."""
        return rf"\frac{{{above}}}{{{below}}}"

    def whole(self, text: str) -> str:
        """Return a quotient as one factor; its bar holds it together."""
        return text

    def below(self, node: Node) -> str:
        """Return what stands below a fraction bar, which needs no brackets."""
        return self.show(node)

    def joined(self, sign: str, part: Node) -> str:
        """Return a further factor: a thin space where no sign is needed."""
        shown = self.at_least(part, _POWER)
        digit = part.inside.kind in ("number", "decimal", "power") and shown[:1].isdigit()
        return self.times + shown if digit or sign == "·" or shown.startswith(r"\frac") else rf" \, {shown}"

    def _over(self, node: Node) -> tuple[str, int]:
        above, below = node.parts
        return self.quotient(self.show(above), self.show(below)), _PRODUCT

    def _symbol(self, node: Node) -> tuple[str, int]:
        name, _, index = str(node.data).partition("_")
        return self._name(name) + (rf"_{{{self._name(index) if len(index) == 1 else index}}}" if index else ""), _ATOM

    @staticmethod
    def _name(name: str) -> str:
        if name in _GREEK_NAMES:
            return "\\" + name
        greek = {letter: "\\" + word for letter, word in GREEK.items()}.get(name)
        return greek or (name if len(name) == 1 else rf"\mathrm{{{name}}}")

    def _constant(self, node: Node) -> tuple[str, int]:
        return {"pi": r"\pi", "oo": r"\infty"}.get(node.data, node.data), _ATOM

    def _unit(self, node: Node) -> tuple[str, int]:
        return rf"\mathbf{{{node.data}}}", _ATOM

    def _power(self, node: Node) -> tuple[str, int]:
        base, exponent = node.parts
        return rf"{self.at_least(base, _ATOM)}^{{{self.show(exponent)}}}", _POWER

    def _root(self, node: Node) -> tuple[str, int]:
        index = "" if node.data == 2 else f"[{node.data}]"
        return rf"\sqrt{index}{{{self.show(node.parts[0])}}}", _ATOM

    def _degrees(self, node: Node) -> tuple[str, int]:
        return rf"{self.at_least(node.parts[0], _ATOM)}^\circ", _POWER

    def _percent(self, node: Node) -> tuple[str, int]:
        return rf"{self.at_least(node.parts[0], _ATOM)}\%", _POWER

    def _norm(self, node: Node) -> tuple[str, int]:
        return rf"\left\|{self.show(node.parts[0])}\right\|", _ATOM

    def _call(self, node: Node) -> tuple[str, int]:
        if node.data == "Abs":
            return rf"\left|{self.show(node.parts[0])}\right|", _ATOM
        name = _PLAIN_NAMES.get(node.data, node.data)
        shown = "\\" + name if name in _LATEX_NAMES else rf"\operatorname{{{name}}}"
        inner = node.parts
        if node.data == "log" and len(node.parts) == 2:
            shown, inner = rf"\log_{{{self.show(node.parts[1])}}}", node.parts[:1]
        return rf"{shown}\left({', '.join(self.show(part) for part in inner)}\right)", _ATOM

    def _items(self, node: Node) -> tuple[str, int]:
        parts = [self.show(part) for part in node.parts]
        if node.data == "column":
            rows = [" & ".join(map(self.show, part.parts)) if part.kind == "items" else self.show(part)
                    for part in node.parts]  # fmt: skip
            return rf"\begin{{pmatrix}}{_NEXT_ROW.join(rows)}\end{{pmatrix}}", _ATOM
        if node.data == "row":
            return rf"\begin{{pmatrix}}{' & '.join(parts)}\end{{pmatrix}}", _ATOM
        opening, closing = {"list": ("[", "]"), "set": (r"\{", r"\}")}.get(node.data, ("(", ")"))
        comma = "," if len(parts) == 1 and opening == "(" else ""
        return rf"\left{opening}{', '.join(parts)}{comma}\right{closing}", _ATOM
