r"""Mathematics on a page that needs no script and no network: simple TeX turned into MathML.

Only what problems and worked answers are written in is known here; other TeX is left for the page's own renderer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\d+(?:\.\d+)?|[A-Za-z]|\S", re.S)
_MATH = re.compile(r"(?<!\\)\$\$(?P<block>[^$]+)\$\$|(?<!\\)\$(?P<inline>[^$\n]+)\$")
_TICKS = re.compile("`+")

_NAMES = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ",
}  # fmt: skip
_OPERATORS = {
    "cdot": "·", "times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
    "approx": "≈", "to": "→", "mapsto": "↦", "in": "∈", "ldots": "…", "dots": "…", "cdots": "⋯", "perp": "⊥",
    "parallel": "∥", "leftarrow": "←", "rightarrow": "→", "Rightarrow": "⇒", "iff": "⇔",
    "oint": "∮", "int": "∫", "sum": "∑", "circ": "°",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "langle": "⟨", "rangle": "⟩",
    "quad": "\u2003", "qquad": "\u2003\u2003", ",": "\u2009", ";": "\u2005", ":": "\u2005", " ": "\u00a0", "!": "",
    "{": "{", "}": "}", "|": "‖",
}  # fmt: skip
_ACCENTS = {"bar": "¯", "hat": "^", "vec": "→", "tilde": "~"}
_MATRICES = {"matrix": None, "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|")}
_MINUS, _SIGN = "<mo>−</mo>", '<mo form="prefix">−</mo>'
"""Between two things, and in front of one."""
_CLOSES = re.compile(r"(?:[)\]‖⟩]|&#93;|&#124;)</mo>$")
_FUNCTIONS = (
    "sin",
    "cos",
    "tan",
    "exp",
    "log",
    "ln",
    "arctan",
    "arcsin",
    "arccos",
    "sinh",
    "cosh",
    "tanh",
    "max",
    "min",
    "det",
    "lim",
)


class _UnknownTexError(ValueError):
    """A piece of TeX that is not known here."""


def typeset(markdown: str) -> str:
    r"""Replace the mathematics in Markdown or HTML by MathML; what is not known, and code, stays as it was.

    >>> typeset("At $x^2$ or `$x$`, \\$5, $\\weird$.")
    'At <math><msup><mi>x</mi><mn>2</mn></msup></math> or `$x$`, \\$5, $\\weird$.'
    """

    return "".join(part if is_code else _MATH.sub(_replaced, part) for part, is_code in _parts(markdown))


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is code: between two runs of backticks of the same length.

    Every run is looked at once, whatever a student has written: this runs where nothing bounds its time.
    """
    runs = [match.span() for match in _TICKS.finditer(markdown)]
    later: dict[int, list[int]] = {}
    for number, (begin, end) in reversed(list(enumerate(runs))):
        later.setdefault(end - begin, []).append(number)
    here = number = 0
    while number < len(runs):
        begin, end = runs[number]
        same = later[end - begin]
        while same and same[-1] <= number:
            same.pop()
        if same:
            number = same[-1]
            yield markdown[here:begin], False
            here = runs[number][1]
            yield markdown[begin:here], True
        number += 1
    yield markdown[here:], False


def _replaced(match: re.Match[str]) -> str:
    block = match["block"]
    tex = match["inline"] if block is None else block
    if re.search("<[/a-z]", tex):  # two signs in different paragraphs
        return match[0]
    try:
        return mathml(unescape(tex), display=block is not None)  # in HTML the & of a matrix is &amp;
    except (_UnknownTexError, RecursionError):  # a thousand brackets in one another are no formula
        return match[0]


def mathml(tex: str, display: bool = False) -> str:
    r"""Turn TeX into one `math` element; raises `ValueError` for TeX that is not known here.

    >>> mathml("\\frac{x}{2}")
    '<math><mfrac><mi>x</mi><mn>2</mn></mfrac></math>'
    >>> mathml("\\begin{matrix}a & b\\end{matrix}")
    '<math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></math>'
    """
    tokens = _Tokens(_TOKEN.findall(tex))
    inner = "".join(_row(tokens, None))
    return f'<math display="block">{inner}</math>' if display else f"<math>{inner}</math>"


class _Tokens:
    """The tokens that are left to read."""

    def __init__(self, tokens: list[str]) -> None:
        self._left = tokens[::-1]

    def peek(self) -> str | None:
        return self._left[-1] if self._left else None

    def take(self) -> str:
        if not self._left:
            raise _UnknownTexError("the formula ends too early")
        return self._left.pop()


def _row(tokens: _Tokens, end: str | None) -> Iterator[str]:
    """Yield elements with their scripts until `end`, which is taken too."""
    before = ""
    while (token := tokens.peek()) != end:
        if token is None or token in ("}", r"\right"):
            raise _UnknownTexError("unbalanced brackets")
        base = _element(tokens)
        if base == _MINUS and (not before or (before.startswith("<mo") and not _CLOSES.search(before))):
            base = _SIGN
        before = _with_scripts(base, tokens)
        yield before
    if end is not None:
        tokens.take()


def _with_scripts(base: str, tokens: _Tokens) -> str:
    below = above = ""
    while tokens.peek() in ("_", "^"):
        if tokens.take() == "_":
            below = _element(tokens)
        else:
            above = _element(tokens)
    if below and above:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    if below:
        return f"<msub>{base}{below}</msub>"
    return f"<msup>{base}{above}</msup>" if above else base


def _element(tokens: _Tokens) -> str:
    token = tokens.take()
    if token == "{":
        return _grouped(list(_row(tokens, "}")))
    if not token.startswith("\\"):
        return _plain(token)
    name = token[1:]
    if name in ("frac", "dfrac", "tfrac"):
        return f"<mfrac>{_element(tokens)}{_element(tokens)}</mfrac>"
    if name == "sqrt":
        return f"<msqrt>{_element(tokens)}</msqrt>"
    if name in _ACCENTS:
        return f'<mover accent="true">{_element(tokens)}<mo stretchy="false">{_ACCENTS[name]}</mo></mover>'
    if name == "left":
        return _fenced(tokens)
    if name == "begin":
        return _table(tokens)
    if name in ("mathrm", "operatorname", "mathbf", "text"):
        return f'<mi mathvariant="normal">{_safe(_word(tokens))}</mi>'
    if name in _NAMES:
        return f"<mi>{_NAMES[name]}</mi>"
    if name in _FUNCTIONS:
        return f"<mi>{name}</mi>"
    if name in _OPERATORS:
        shown = _safe(_OPERATORS[name])
        return f"<mtext>{shown}</mtext>" if shown.isspace() or not shown else f"<mo>{shown}</mo>"
    raise _UnknownTexError(f"{token} is not known")


def _grouped(inner: list[str]) -> str:
    return inner[0] if len(inner) == 1 else f"<mrow>{''.join(inner)}</mrow>"


def _fenced(tokens: _Tokens) -> str:
    opening, inner, closing = tokens.take(), "".join(_row(tokens, r"\right")), tokens.take()
    grows = re.search("<mfrac|<mtable|<msqrt", inner) is not None
    return f"<mrow>{_fence(opening, grows)}{inner}{_fence(closing, grows)}</mrow>"


def _fence(token: str, grows: bool) -> str:
    """A bracket; one that grows with what is in it would be taller than the letters beside it for a mere exponent."""
    if token == ".":
        return ""
    name = token.removeprefix("\\")
    shown = _safe(_OPERATORS.get(name, name) if token != name else token)
    return f"<mo>{shown}</mo>" if grows else f'<mo stretchy="false">{shown}</mo>'


def _table(tokens: _Tokens) -> str:
    """A matrix up to its end, with the brackets that its name says."""
    name = _word(tokens)
    if name not in _MATRICES:
        raise _UnknownTexError("only matrices are known")
    rows: list[list[str]] = [[""]]
    while (token := tokens.peek()) != r"\end":
        if token in ("&", "\\\\"):
            tokens.take()
            if token == "&":
                rows[-1].append("")
            else:
                rows.append([""])
            continue
        rows[-1][-1] += _with_scripts(_element(tokens), tokens)
    tokens.take()
    if _word(tokens) != name:
        raise _UnknownTexError("a matrix ends as it begins")
    lines = ("".join(f"<mtd>{cell}</mtd>" for cell in row) for row in rows)
    table = f"<mtable>{''.join(f'<mtr>{line}</mtr>' for line in lines)}</mtable>"
    if not (brackets := _MATRICES[name]):
        return table
    return f"<mrow>{_fence(brackets[0], grows=True)}{table}{_fence(brackets[1], grows=True)}</mrow>"


def _word(tokens: _Tokens) -> str:
    if tokens.take() != "{":
        raise _UnknownTexError("a word needs its braces")
    word = ""
    while (token := tokens.take()) != "}":
        if token in ("{", "^", "_") or token.startswith("\\"):
            raise _UnknownTexError("a word with commands in it")
        word += token
    return word


def _plain(token: str) -> str:
    if token[0].isdigit():
        return f"<mn>{token}</mn>"
    if token.isalpha():
        return f"<mi>{token}</mi>"
    if token in ("^", "_", "&", "%", "#", "~"):
        raise _UnknownTexError(f"{token} in an odd place")
    if token in "()[]|":
        return _fence(token, grows=False)
    return f"<mo>{_safe('−' if token == '-' else token)}</mo>"


def _safe(text: str) -> str:
    """Escape for HTML inside Markdown, where stars and brackets mean something too."""
    return re.sub(r"[*_\[\]`|$\\]", lambda match: f"&#{ord(match[0])};", escape(text))
