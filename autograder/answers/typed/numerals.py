"""Numbers in a text: decimals, thousands, powers of ten, fractions of one character."""

from __future__ import annotations

import re
from fractions import Fraction

from .characters import FRACTIONS, is_letter
from .scanner import MAX_DIGITS, REFUSED, Scanner

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,]|\.[0-9])")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+(?![0-9]*,)")
_EXPONENT = re.compile(r"[eE][+\-−]?[0-9]+")


class Numerals(Scanner):
    """The part of the tokenizer that reads numbers."""

    def number(self) -> None:
        """Read the number that begins here."""
        start, text = self.place, self.text
        thousands = _THOUSANDS.match(text, start) if not self.decimal_commas else None
        before = self.tokens[-1].kind if self.tokens else ""
        if thousands and self.depth == 0 and before != ",":
            digits = thousands.group()
            plain_digits = digits.replace(",", "")
            self.note(f"{digits} was read as {plain_digits}.")
            if "." in digits:
                significant = len(plain_digits) - 1
                self.add("decimal", (Fraction(plain_digits), significant, plain_digits), len(digits))
            else:
                self.add("number", Fraction(int(plain_digits)), len(digits))
            return
        match = (_DECIMAL_COMMA.match(text, start) if self.decimal_commas else None) or _NUMBER.match(text, start)
        assert match is not None
        digits = match.group()
        if "," in digits:
            self.note(f"{digits} was read as {digits.replace(',', '.')}.")
        elif re.match(r",0[0-9][0-9](?![0-9])", text[match.end() :]) and self.depth:
            raise self.fail(f"Does {digits + text[match.end() : match.end() + 4]} mean one number or two? "
                            "Leave out the comma, or put a space behind it.", match.end())  # fmt: skip
        if before == "," and re.match(r"0[0-9]", digits) and not self.tokens[-1].spaced and not self.spaced:
            raise self.fail("Is this comma a decimal point? Write a point, or put a space behind the comma.", start - 1)
        power = self._power_of_ten(match.end(), digits)
        mantissa, _, decimals = digits.replace(",", ".").partition(".")
        if len(mantissa) + len(decimals) > MAX_DIGITS:
            raise self.fail(f"A number may have at most {MAX_DIGITS} digits.")
        exponent = int(power[1:].replace("−", "-")) if power else 0
        value = Fraction(int(mantissa + decimals or "0")) * Fraction(10) ** (exponent - len(decimals))
        length = len(digits) + len(power)
        rest = text[start + length :]
        if rest.startswith(".."):
            raise self.fail(REFUSED["…"], start + length)
        if re.match(r"\.[0-9]|[0-9]", rest) or (
            rest[:1] == "." and "." in digits and not self._ends(start + length + 1)
        ):
            raise self.fail("A number has one decimal point only.", start + length)
        if "." in digits and re.match(r"\([0-9]+\)(?![(\^])", rest):
            raise self.fail("A repeating decimal, or a product? Write a fraction, or * before the bracket.", start)
        if "." in digits.rstrip(".") or power or "," in digits:
            significant = len((mantissa + decimals).lstrip("0")) or 1
            shown = digits.replace(",", ".") + power.replace("−", "-")
            self.add("decimal", (value, significant, shown), length)
        else:
            self.add("number", value, len(digits.rstrip(".")) if self._ends(start + length) else length)

    def _ends(self, place: int) -> bool:
        return not self.text[place:].strip(" $")

    def _power_of_ten(self, place: int, digits: str) -> str:
        """Return the `e-3` of a number in scientific notation, or an empty string."""
        match = _EXPONENT.match(self.text, place)
        if match is None or self.names.variable("e") or digits.endswith("."):
            return ""
        power = match.group()
        if len(power.strip("eE+-−")) > 3:
            raise self.fail("The power of ten is too large.", place)
        if is_letter(self.text[match.end() : match.end() + 1] or " "):
            raise self.fail(f"{digits}{power} can be a power of ten or a product with e: write * between them.", place)
        if digits.isdigit() and int(digits) > 1 and len(power) == 3:
            one, two = f"{digits}*e{power[1]}{power[2]}", f"{digits}*10^{power[1:]}".replace("+", "")
            raise self.fail(f"{digits}{power} can mean {one} or {two}: write the one you mean.", place)
        self.note(f"{digits}{power} was read as {digits} times ten to the power {int(power[1:].replace('−', '-'))}.")
        return power

    def fraction(self, character: str) -> None:
        """Read a fraction of one character; behind a whole number it is added to it."""
        value = Fraction(*FRACTIONS[character])
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.kind == "number" and last.end == self.place:
            self.tokens.pop()
            self.note(f"{self.text[last.start : self.place + 1]} was read as {last.value + value}.")
            self.spaced = last.spaced
            self.add("number", last.value + value, self.place + 1 - last.start, last.start)
        else:
            self.add("number", value, 1)
