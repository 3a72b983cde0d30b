"""Python's own numbers, and mpmath's, as inert answers."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mpmath import mpc, mpf  # type: ignore[import-untyped]
from sympy import Add, Expr, Float, I, Integer, Mul, Rational, S

from .answer import Scalar
from .bounds import MAX_NUMBER_BITS


class RefusalError(ValueError):
    """What is given is no answer; the text says why, in words."""


def _integer(value: int) -> Scalar:
    if value.bit_length() > MAX_NUMBER_BITS:
        raise RefusalError("a number with too many digits")
    return Scalar(Integer(value))


def _float(value: float) -> Expr:
    return Float(value) if value - value == 0 else (S.NaN if value != value else S.Infinity * (1 if value > 0 else -1))


def from_complex(value: complex) -> Scalar:
    """Return a complex number, real where its imaginary part is zero."""
    if value.imag == 0:
        return Scalar(_float(value.real))
    imaginary = Mul(_float(value.imag), I)
    return Scalar(imaginary if value.real == 0 else Add(_float(value.real), imaginary))


def _fraction(value: Fraction) -> Scalar:
    above, below = value.numerator, value.denominator
    if type(above) is not int or type(below) is not int:
        raise RefusalError("a fraction of things that are not integers")
    if max(above.bit_length(), below.bit_length()) > MAX_NUMBER_BITS:
        raise RefusalError("a number with too many digits")
    return Scalar(Rational(above, below))


def _decimal(value: Decimal) -> Scalar:
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return Scalar(S.NaN if exponent != "F" else (S.NegativeInfinity if sign else S.Infinity))
    if len(digits) > 1000 or abs(exponent) > 1000:
        raise RefusalError("a number with too many digits")
    number = int("".join(map(str, digits)) or "0") * (-1 if sign else 1)
    exact = Rational(number * 10 ** max(exponent, 0), 10 ** max(-exponent, 0))
    return Scalar(Float(exact, max(15, len(digits))))


NUMBERS: Mapping[int, Callable[[Any], Scalar]] = types.MappingProxyType(
    {
        id(int): _integer,
        id(float): lambda value: Scalar(_float(value)),
        id(complex): from_complex,
        id(Fraction): _fraction,
        id(Decimal): _decimal,
        id(mpf): lambda value: from_complex(complex(value)),
        id(mpc): lambda value: from_complex(complex(value)),
    }
)
"""How each kind of number is converted, by the identity of its class."""
