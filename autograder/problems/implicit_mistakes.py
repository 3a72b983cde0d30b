"""Wrong ways to an implicit slope: signs, quotients, terms with both variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Add, Expr, Integer, Mul, Symbol, diff

from autograder.notation import listing, plain
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.slips import all_slips
from nabla.implicit import implicit_slope

ZERO = Integer(0)


@dataclass(frozen=True)
class ImplicitMistakes:
    """The wrong ways to the slope of `of` along `by` on F = equals; at the point `at`, or as formulas.

    >>> from sympy.abc import x, y
    >>> next(ImplicitMistakes(x**2 + y**2, Integer(1), y, x, (x, y)).all()).wrong
    x/y
    """

    F: Expr
    equals: Expr
    of: Symbol
    by: Symbol
    variables: tuple[Symbol, ...]
    at: tuple[Expr, ...] = ()

    @property
    def difference(self) -> Expr:
        """Left side minus right side."""
        return self.F - self.equals

    @property
    def point(self) -> dict[Symbol, Expr]:
        """Each variable with its coordinate; empty for formulas."""
        return dict(zip(self.variables, self.at, strict=True)) if self.at else {}

    @property
    def ends(self) -> tuple[Symbol, Symbol]:
        """The variable whose slope is asked for, and the one along which."""
        return self.of, self.by

    @property
    def slopes(self) -> tuple[Expr, Expr]:
        """The partial derivatives along `by` and along `of`."""
        return self._value(diff(self.difference, self.by)), self._value(diff(self.difference, self.of))

    def _value(self, expr: Expr) -> Expr:
        return expr.xreplace(self.point)

    def all(self) -> Iterator[Mistake]:
        """Yield all of them, the likeliest first."""
        yield from self._quotients()
        if self.at:
            yield from self._point_mistakes()
        yield from self._mixed_terms()
        yield from self._other_pairs()
        yield from self._slips()

    def _quotients(self) -> Iterator[Mistake]:
        (of, by), (above, below) = self.ends, self.slopes
        rule = f"The slope is minus F_{by} over F_{of}."
        yield Mistake(
            "minus sign lost",
            above / below,
            f"The minus sign is missing. On the curve the two changes cancel: F_{by} + F_{of} times the slope is 0.",
            "Solve that equation for the slope.",
            HALF,
        )
        upside = "The quotient is upside down: the derivative along the variable on top goes into the denominator."
        for name, sign in (("quotient upside down", -1), ("quotient upside down, and minus sign lost", 1)):
            if above != 0:
                also = " And the minus sign is missing." if sign > 0 else ""
                yield Mistake(name, sign * below / above, upside + also, rule)
        for variable, part in ((by, above), (of, below)):
            for sign in (1, -1):
                yield Mistake(
                    f"only the derivative along {variable}",
                    sign * part,
                    f"That is {'minus ' * (sign < 0)}the partial derivative of F along {variable}, with the other "
                    "variable held fixed. The slope is a quotient of two partial derivatives.",
                    rule,
                )
        for wrong in (-above * below, above * below):
            yield Mistake("partial derivatives multiplied", wrong,
                          "You multiplied the two partial derivatives. The slope is a quotient.", rule)  # fmt: skip
        yield Mistake("sum of the partial derivatives", above + below,
                      "You added the two partial derivatives. On the curve their effects cancel, with the slope as "
                      "a factor on one of them.", rule)  # fmt: skip
        yield Mistake("the gradient of F", (above, below), "That is the gradient of F: a vector across the curve. The "
                      "slope of the curve is one expression.", rule)  # fmt: skip

    def _point_mistakes(self) -> Iterator[Mistake]:
        of, by = self.ends
        formula = implicit_slope(self.difference, of, by)
        put_in = f"Put in {listing(f'{v} = {plain(value)}' for v, value in self.point.items())}."
        yield Mistake("not evaluated at the point", formula, "This still is a formula. The question asks for a number.",
                      put_in, HALF)  # fmt: skip
        swapped = dict(zip(self.variables, reversed(self.at), strict=True))
        yield Mistake("coordinates of the point swapped", formula.xreplace(swapped),
                      f"This is the value at {plain(tuple(reversed(self.at)))}.", put_in, HALF)  # fmt: skip
        yield Mistake("point put in before differentiating", ZERO,
                      "You put the point in before differentiating: that leaves a number, whose derivative is 0.",
                      "Differentiate first, put the point in last.")  # fmt: skip

    def _mixed_terms(self) -> Iterator[Mistake]:
        """The product rule forgotten in a term with both variables; a constant side kept."""
        (of, by), (above, below) = self.ends, self.slopes
        mixed = [term for term in Add.make_args(self.difference.expand()) if term.has(of) and term.has(by)]
        if mixed:
            of_mixed = self._value(Add(*(diff(term, of) for term in mixed)))
            by_mixed = self._value(Add(*(diff(term, by) for term in mixed)))
            say = f"In a term that holds both {by} and {of} both change: the product rule gives two terms."
            again = f"Differentiate {plain(mixed[0])} again, with {of} as a function of {by}."
            ways = (
                (f"{of} held fixed in the mixed terms", above, below - of_mixed),
                (f"{by} held fixed in the mixed terms", above - by_mixed, below),
                ("mixed terms left out", above - by_mixed, below - of_mixed),
                ("derivatives multiplied in the mixed terms", above - by_mixed,
                 below - of_mixed + self._value(Add(*map(self._both, mixed)))),
                ("derivatives added in the mixed terms", above - by_mixed + self._one_by_one(mixed, by),
                 below - of_mixed + self._one_by_one(mixed, of)),
            )  # fmt: skip
            for name, top, bottom in ways:
                if bottom != 0:
                    yield Mistake(name, -top / bottom, say, again, HALF)
        for side, sign in ((self.equals, 1), (self.F, -1)):
            if constant := side.as_coeff_Add()[0]:
                yield Mistake(
                    "constant kept when differentiating",
                    -(above - sign * constant) / below,
                    f"The constant {plain(constant)} was left standing. Its derivative is 0.",
                    "Differentiate both sides, every term.",
                    HALF,
                )

    def _one_by_one(self, mixed: list[Expr], variable: Symbol) -> Expr:
        """The derivatives of the factors with this variable, each factor taken alone."""
        parts = []
        for term in mixed:
            number = term.as_coeff_Mul()[0]
            own = [factor for factor in Mul.make_args(term) if factor.has(variable)]
            parts.append(number * diff(Mul(*own), variable))
        return self._value(Add(*parts))

    def _both(self, term: Expr) -> Expr:
        """The mixed term's wrong derivative u'v' (as a factor of the slope)."""
        of, by = self.ends
        with_by = [factor for factor in Mul.make_args(term) if factor.has(by)]
        free = [factor for factor in Mul.make_args(term) if not factor.has(by)]
        return diff(Mul(*with_by), by) * diff(Mul(*free), of)

    def _other_pairs(self) -> Iterator[Mistake]:
        (of, by), (above, below) = self.ends, self.slopes
        for other in self.variables:
            if other not in (of, by):
                slope = self._value(diff(self.difference, other))
                yield Mistake(f"slope along {other} given too", (-above / below, -slope / below),
                              f"You answered for {other} too. Only the slope along {by} is asked.",
                              f"Leave the one along {other} out.", HALF)  # fmt: skip
                say = f"This answers for {other}, not for {by}."
                yield Mistake(f"slope along {other} instead of {by}", -slope / below, say, f"Hold {other} fixed.")
                if slope != 0:
                    yield Mistake(f"divided by the derivative along {other}", -above / slope,
                                  f"You divided by F_{other}. The slope of {of} needs F_{of} below.",
                                  f"Put F_{of} into the denominator.")  # fmt: skip

    def _slips(self) -> Iterator[Mistake]:
        (of, by), (above, below) = self.ends, self.slopes
        for slip in all_slips():
            for variable in (by, of):
                wrong = self._value(slip.derivative(self.difference, variable))
                top, bottom = (wrong, below) if variable == by else (above, wrong)
                if bottom != 0:
                    says = slip.told_in(f"the derivative of F along {variable}")
                    yield Mistake(f"{slip.name} along {variable}", -top / bottom, says,
                                  f"Differentiate F along {variable} again.", HALF, likely=slip.likely)  # fmt: skip
