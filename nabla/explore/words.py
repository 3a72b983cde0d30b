"""Numbers as a reader sees and hears them: short, with a true minus sign, never `1e-05`."""

from __future__ import annotations

import math
from collections.abc import Iterable

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4) -> str:
    """Return a number in words' form, rounded to `digits` significant digits.

    The minus is the sign U+2212, which a screen reader speaks; a hyphen it leaves out.

    >>> number(12.165525), number(-0.5), number(2.0), number(1.5e-7)
    ('12.17', '−0.5', '2', '1.5×10⁻⁷')
    >>> number(float("nan"))
    'undefined'
    """
    if not math.isfinite(value):
        return "undefined"
    text = f"{value + 0.0:.{digits}g}"
    if "e" in text:
        if abs(value) < 10**6 and abs(value) >= 1:
            text = f"{float(text):.0f}"
        else:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    return "0" if text in {"-0", "0"} else text.replace("-", "−")


def tuple_of(values: Iterable[float], digits: int = 4) -> str:
    """Return a point or a vector; what is nothing beside its largest part, by rounding, is 0.

    >>> tuple_of((1, -2.5)), tuple_of((6.1e-17, 1))
    ('(1, −2.5)', '(0, 1)')
    """
    parts = [float(v) for v in values]
    slack = 1e-14 * max((abs(v) for v in parts if math.isfinite(v)), default=0.0)
    return f"({', '.join(number(0.0 if abs(v) < slack else v, digits) for v in parts)})"


def scale(factor: float, whose: str = "its") -> str:
    """Return in words how much shorter or longer than its true length an arrow is drawn.

    >>> scale(0.1), scale(1, "their"), scale(5), scale(0.002)
    ('1/10 of its length', 'their true length', '5 times its length', '1/500 of its length')
    """
    if factor == 1:
        return f"{whose} true length"
    if factor > 1:
        return f"{number(factor)} times {whose} length"
    return f"1/{round(1 / factor)} of {whose} length"


def power_of_ten(exponent: float) -> str:
    """Return a power of ten: as such for a whole exponent, as a number of two digits for others.

    >>> power_of_ten(-8), power_of_ten(-7.5), power_of_ten(0), power_of_ten(1)
    ('10⁻⁸', '3.2×10⁻⁸', '1', '10')
    """
    whole = round(exponent)
    if abs(exponent - whole) > 1e-9 or whole in (0, 1):
        return number(10.0**exponent, 2)
    return f"10{str(whole).translate(_SUPERSCRIPTS)}"
