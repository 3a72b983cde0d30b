"""The characters of typed mathematics: what each sign that a keyboard, a phone or a PDF gives stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

GREEK: Mapping[str, str] = MappingProxyType(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta"}
    | {"θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi"}
    | {"π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi"}
    | {"ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi"}
    | {"Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ϑ": "theta", "ϕ": "phi"}
    | {"ϵ": "epsilon", "ς": "sigma", "ϱ": "rho", "µ": "mu", "ϖ": "pi"}
)
"""Greek letters and their names."""

SUPERSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᶻᵃᵇᶜᵈᵉᵏᵐᵖʳˢᵗᵘᵛʷ⸍", "0123456789+-()nixyzabcdekmprstuvw/", strict=True))
)
"""Raised characters and what they are on the line."""

SUBSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓᵧ", "0123456789aeijkmnoprstuvxy", strict=True))
)
"""Lowered characters and what they are on the line."""

FRACTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)}
    | {"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
)
"""Fractions that are one character."""

SIGNS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("-−–—‐‑﹣⁃", "-")
    | dict.fromkeys("*×·⋅∙•∗✕⨯⸱・", "*")
    | dict.fromkeys("/÷∕⁄", "/")
    | dict.fromkeys("^ˆ˄", "^")
    | dict.fromkeys("<⟨〈〈⧼", "<")
    | dict.fromkeys(">⟩〉〉⧽", ">")
    | dict.fromkeys("|∣", "|")
    | dict.fromkeys("‖∥", "‖")
    | dict.fromkeys("°˚º", "°")
    | dict.fromkeys("≈≃≅", "=")
    | {sign: sign for sign in "+±()[]{},;=!%√∛∜∞∅&⌊⌋⌈⌉"}
)
"""Signs, and the one that each is read as."""

DOT_SIGNS = frozenset("·⋅∙•")
"""The signs that stand for a dot product between two vectors."""

HATS: Mapping[str, str] = MappingProxyType(
    {"î": "i", "ĵ": "j", "k̂": "k", "ı": "i", "ȷ": "j"}
    | {letter + mark: letter for letter in "ijk" for mark in "\u0302\u20d7"}
)
"""Unit vectors with their hats on."""

_SCRIPTS = {"CYRILLIC": "Cyrillic", "HEBREW": "Hebrew", "ARABIC": "Arabic", "CJK": "Chinese"}


def plain(character: str) -> str:
    """Return the plain form of an italic, bold or full-width character; any other is returned as it is.

    >>> plain("𝑥"), plain("＋"), plain("²")
    ('x', '+', '²')
    """
    code = ord(character)
    if 0x1D400 <= code <= 0x1D7FF or 0xFF01 <= code <= 0xFF5E or character in "ℎℯⅇⅈ":
        return unicodedata.normalize("NFKC", character)
    return character


def is_letter(character: str) -> bool:
    """Return whether a character is a Latin letter without accents or a Greek letter."""
    return ("a" <= character <= "z") or ("A" <= character <= "Z") or character in GREEK


def describe(character: str) -> str:
    """Return what to call a character that has no place in mathematics as it is read here.

    >>> describe("х")
    'the Cyrillic letter "х"'
    """
    name = unicodedata.name(character, "")
    script = next((words for start, words in _SCRIPTS.items() if name.startswith(start)), None)
    if script and character.isalpha():
        return f'the {script} letter "{character}"'
    if not character.isprintable():
        return f"an invisible character (U+{ord(character):04X})"
    return f'"{character}"'
