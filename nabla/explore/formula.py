"""A formula above a picture, typeset where that can be done."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text
from sympy import Expr, Symbol, latex

from nabla.explore import style
from nabla.explore.canvas import WIDTH


def typeset(name: str, variables: Iterable[Symbol], formula: Expr, room: float = WIDTH - 80) -> str:
    """Return `name(variables) = formula` in mathtext; without the formula if it is too long or cannot be typeset.

    >>> from sympy.abc import x, y
    >>> typeset("f", (x, y), x**2 + y)
    '$f(x, y) = x^{2} + y$'
    """
    names = ", ".join(v.name for v in variables)
    text = rf"${name}({names}) = {latex(formula)}$"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            width = MathTextParser("path").parse(text, dpi=100).width * style.TITLE / 12
    except (ValueError, RuntimeError, Warning):  # mathtext knows only a part of LaTeX
        return f"{name}({names})"
    return text if width < room else f"{name}({names})"


def plain(name: str, variables: Iterable[Symbol], formula: Expr) -> str:
    """Return the same for those who cannot see it.

    >>> from sympy.abc import x, y
    >>> plain("f", (x, y), x**2 + y)
    'f(x, y) = x^2 + y'
    """
    return f"{name}({', '.join(v.name for v in variables)}) = {str(formula).replace('**', '^')}"


def heading(figure: Figure, text: str, left: float = 16, top: float = 12) -> Text:
    """Write a line at the top of a picture; `left` and `top` in pixels."""
    place: dict[str, Any] = {"ha": "left", "va": "top", "fontsize": style.TITLE, "color": style.INK}
    width, height = figure.get_size_inches() * 100
    return figure.text(left / width, 1 - top / height, text, **place)


def note(figure: Figure, text: str, left: float, top: float, color: str = style.FAINT, **more: Any) -> None:
    """Write small text; `left` and `top` in pixels."""
    place: dict[str, Any] = {"ha": "left", "va": "top", "fontsize": style.SMALL, "color": color}
    width, height = figure.get_size_inches() * 100
    figure.text(left / width, 1 - top / height, text, **{**place, **more})
