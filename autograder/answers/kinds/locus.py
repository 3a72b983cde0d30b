"""Equations that stand for a set of points: a line, a plane, a level set. How they are read, and their linear form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Add, Eq, Expr, Float, Integer, Mul, S, Symbol, cancel, diff, fraction, together

from autograder.answers.answer import Answer, Equation, Items, Scalar, Truth
from autograder.answers.kinds.expression import sort, stray_names
from autograder.answers.kinds.kind import Domain, Fitted, Misfit, finite_scalar
from autograder.answers.python import of
from autograder.equality import Equal, decide
from autograder.equality.preparation import exact_decimals
from autograder.notation import listing, plain


@dataclass(frozen=True)
class Locus:
    """The points at which an expression is zero; `equation` says that it was written as an equation."""

    expression: Expr
    equation: bool = True

    @property
    def exact(self) -> Expr:
        """The expression with every decimal as the fraction that its digits say."""
        return exact_decimals(self.expression)


def read_locus(answer: Answer, names: Sequence[str], variables: Sequence[Symbol], wanted: str) -> Fitted | Misfit:
    """Take an equation, an expression that is to be 0, or an expression without the last variable for `z = ...`.

    >>> from sympy.abc import x, y, z
    >>> fitted = read_locus(Scalar(2 * x + y), "xyz", (x, y, z), "a plane")
    >>> fitted.value.expression, fitted.notes
    (-2*x - y + z, ('Read as z = 2·x + y.',))
    """
    if isinstance(answer, Items) and len(answer) == 1:
        answer = answer.items[0]
    if isinstance(answer, Items) and answer.form == "set":
        return _either(answer, names, variables, wanted)
    if isinstance(answer, Equation):
        sides = [finite_scalar(Scalar(side)) for side in (answer.left, answer.right)]
        for side in sides:
            if isinstance(side, Misfit):
                return side
        return _in_letters(Locus(Add(answer.left, -answer.right)), variables)
    if isinstance(answer, Truth):
        always = "always" if answer.value else "never"
        return Misfit("wrong", f"Your equation {always} holds: {listing(names)} cancel out of it.")
    if not isinstance(answer, Scalar):
        return Misfit("wrong", f"This is {sort(answer)}; the question asks for {wanted}.")
    value = finite_scalar(answer)
    if isinstance(value, Misfit):
        return value
    last = Symbol(names[-1])
    if last in value.free_symbols:
        return _in_letters(Locus(value, equation=False), variables, f"Read as {plain(value)} = 0.")
    return _in_letters(Locus(last - value, equation=False), variables, f"Read as {last} = {plain(value)}.")


def _either(answer: Items, names: Sequence[str], variables: Sequence[Symbol], wanted: str) -> Fitted | Misfit:
    """Take `y = x or y = -x`: the points at which one of the equations holds."""
    product: Expr = S.One
    for item in answer:
        if not isinstance(item, Equation):
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {wanted}.")
        fitted = read_locus(item, names, variables, wanted)
        if isinstance(fitted, Misfit):
            return fitted
        product = Mul(product, fitted.value.expression)
    return Fitted(Locus(product), notes=("Read as all points at which one of the equations holds.",))


def _in_letters(locus: Locus, variables: Sequence[Symbol], *notes: str) -> Fitted | Misfit:
    if stray := stray_names(locus.expression, variables):
        return Misfit("wrong", stray)
    return Fitted(locus, notes=notes)


def locus_of(key: Any, names: Sequence[str]) -> Locus:
    """Return a key - an equation, an expression that is 0, or a locus - as a locus. Raises `ValueError` for others.

    >>> from sympy.abc import x, y
    >>> locus_of(Eq(x + y, 5), "xy").expression
    x + y - 5
    """
    if isinstance(key, Locus):
        return key
    answer = of(key)
    letters = [Symbol(name) for name in names]
    if isinstance(answer, Scalar) and not isinstance(found := finite_scalar(answer), Misfit):
        return Locus(found)
    fitted = read_locus(answer, names, letters, f"an equation in {listing(names)}")
    if isinstance(fitted, Misfit):
        raise ValueError(f"The key {key!r} is no equation: {fitted.says}")
    return fitted.value


@dataclass(frozen=True)
class LinearForm:
    """a_1 x_1 + ... + a_n x_n + d: the coefficients and the constant, and the same with decimals as they stand.

    `by` is how it is known that this is the equation.
    """

    coefficients: tuple[Expr, ...]
    constant: Expr
    rounded: tuple[Expr, ...]
    by: Equal

    @property
    def all(self) -> tuple[Expr, ...]:
        """Coefficients and constant in one row."""
        return (*self.coefficients, self.constant)

    @property
    def computed(self) -> int | None:
        """The place of the constant where it may have been worked out from rounded coefficients."""
        return len(self.coefficients) if any(a.has(Float) for a in self.rounded[:-1]) else None

    def at(self, point: Sequence[Expr]) -> Expr:
        """The value at a point."""
        return Add(*(a * p for a, p in zip(self.coefficients, point, strict=True)), self.constant)


def linear_form(locus: Locus, names: Sequence[str], domain: Domain | None = None) -> LinearForm | None:
    """Return the linear form of an equation, with fractions cleared; None when it surely has none.

    >>> from sympy.abc import x, y
    >>> linear_form(Locus((y - 2) / (x - 1) - 3), "xy").all
    (-3, 1, 1)
    >>> linear_form(Locus(x**2 - y), "xy") is None
    True
    """
    letters = [Symbol(name) for name in names]
    for numerator in _numerators(locus.expression, letters):
        exact = exact_decimals(numerator)
        origin = dict.fromkeys(letters, S.Zero)
        constant = put_in(exact, origin)
        ends = [put_in(exact, {**origin, letter: S.One}) for letter in letters]
        if not all(value.is_finite for value in (constant, *ends)):
            continue
        slopes = tuple(end - constant for end in ends)
        line = Add(*(a * letter for a, letter in zip(slopes, letters, strict=True)), constant)
        verdict = decide(line, exact, domain=domain)
        if isinstance(verdict, Equal):
            return LinearForm(slopes, constant, _as_written(numerator, letters, (*slopes, constant)), verdict)
    return None


def put_in(expression: Expr, place: Mapping[Expr, Expr]) -> Expr:
    """Return the value at a place; "not a number" where the letters cannot be replaced, as below a derivative sign.

    >>> from sympy import Derivative, Function
    >>> from sympy.abc import x
    >>> put_in(x**2, {x: S.One}), put_in(Derivative(Function("f")(x), x), {x: S.One})
    (1, nan)
    """
    try:
        return expression.xreplace(dict(place))
    except (TypeError, ValueError):
        return S.NaN


def _numerators(expression: Expr, letters: Sequence[Symbol]) -> list[Expr]:
    """The expression itself, and what is left above the line once its fractions are brought together."""
    above, below = fraction(together(expression))
    if not below.free_symbols & set(letters):
        return [expression]
    return [expression, above, fraction(cancel(expression))[0]]


def _as_written(numerator: Expr, letters: Sequence[Symbol], exact: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The coefficients in which a decimal shows wherever decimals went into it."""
    if not numerator.has(Float):
        return exact
    origin: Mapping[Expr, Expr] = dict.fromkeys(letters, S.Zero)
    written = [put_in(diff(numerator, letter), origin) for letter in letters]
    written.append(put_in(numerator, origin))
    return tuple(
        Float(value, 15) if rough.has(Float) and value.is_Rational and not isinstance(value, Integer) else value
        for rough, value in zip(written, exact, strict=True)
    )


def as_equation(value: Any, names: Sequence[str]) -> Eq:
    """Write a locus as an unevaluated equation."""
    return Eq(locus_of(value, names).expression, S.Zero, evaluate=False)
