"""Straight lines as a point and a direction, from equations or from a parametrisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Add, Expr, Matrix, Poly, PolynomialError, S, Symbol

from autograder.answers.answer import Answer, Equation, Items, Scalar, Table, Text, Truth
from autograder.answers.kinds.bounded import SECONDS, within
from autograder.answers.kinds.components import Words, components, flat
from autograder.answers.kinds.coordinates import solved
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import Fitted, Misfit, finite_scalar
from autograder.answers.kinds.locus import Locus, linear_form, put_in, read_locus
from autograder.answers.kinds.proportion import is_zero
from autograder.equality import Equal, decide
from autograder.equality.preparation import exact_decimals
from autograder.notation import listing

WORDS = Words("line", "coordinate")


@dataclass(frozen=True)
class Curve:
    """A parametrised curve: its coordinates, in one letter."""

    coordinates: tuple[Expr, ...]
    parameter: Symbol

    def at(self, time: Expr) -> tuple[Expr, ...]:
        """The point at one value of the parameter."""
        return tuple(put_in(part, {self.parameter: time}) for part in self.coordinates)


@dataclass(frozen=True)
class Straight:
    """A line through a point along a direction."""

    point: tuple[Expr, ...]
    direction: tuple[Expr, ...]

    def to(self, point: Sequence[Expr]) -> tuple[Expr, ...]:
        """The way from the point of the line to another point."""
        return tuple(Add(b, -a) for a, b in zip(self.point, point, strict=True))


Written = Locus | tuple[Locus, ...] | Curve
"""A line as it was written: an equation in the plane, several equations in space, or a parametrisation."""


def read_line(answer: Answer, names: Sequence[str], variables: Sequence[Symbol], wanted: str) -> Fitted | Misfit:
    """Take an equation, equations, or a tuple in one parameter.

    >>> from sympy.abc import t, x, y
    >>> from autograder.answers.python import of
    >>> read_line(of((1 + 3 * t, 2 - t)), "xy", (x, y), "a line").value.parameter
    t
    """
    if isinstance(answer, Items) and len(answer) == 1:
        answer = answer.items[0]
    if isinstance(answer, Equation | Scalar | Truth):
        if len(names) == 2:
            return read_locus(answer, names, variables, wanted)
        what = "a plane, not a line" if isinstance(answer, Equation) and len(names) == 3 else sort(answer)
        return Misfit("wrong", f"This is {what}; the question asks for {wanted}.")
    if isinstance(answer, Items) and _are_equations(answer):
        coordinates = within(SECONDS, lambda: solved(flat(answer), names), otherwise=None)
        return _curve(coordinates, names) if coordinates else _several(answer, names, variables, wanted)
    if not isinstance(answer, Items | Table):
        return Misfit("wrong", f"This is {sort(answer)}; the question asks for {wanted}.")
    parts = components(answer, names, WORDS)
    if isinstance(parts, Misfit):
        return Misfit("wrong", f"This is no line that can be read; the question asks for {wanted}.")
    return _curve(parts, names)


def _curve(parts: Sequence[Answer], names: Sequence[str]) -> Fitted | Misfit:
    values: list[Expr] = []
    for name, part in zip(names, parts, strict=True):
        value = finite_scalar(_read(part, names), f"The {name}-coordinate")
        if isinstance(value, Misfit):
            return value
        values.append(value)
    letters = sorted({symbol.name for value in values for symbol in value.free_symbols})
    if not letters:
        return Misfit("wrong", "This is a single point. A line needs a parameter, such as t, that runs along it.")
    if len(letters) > 1:
        return Misfit("wrong", f"A line has one parameter; {listing(letters)} stand in yours.")
    return Fitted(Curve(tuple(values), Symbol(letters[0])))


def _read(part: Answer, names: Sequence[str]) -> Answer:
    """Read a coordinate that is given as text; what cannot be read stays as it is."""
    if not isinstance(part, Text):
        return part
    from autograder.answers.typed import ReadingError, read

    try:
        return read(part.text, tuple(Symbol(name) for name in names), strict=False).answer
    except ReadingError:
        return part


def _are_equations(answer: Items) -> bool:
    items = flat(answer)
    return len(items) > 0 and all(isinstance(item, Equation) for item in items)


def _several(answer: Items, names: Sequence[str], variables: Sequence[Symbol], wanted: str) -> Fitted | Misfit:
    loci = []
    for item in flat(answer):
        fitted = read_locus(item, names, variables, wanted)
        if isinstance(fitted, Misfit):
            return fitted
        loci.append(fitted.value)
    if len(loci) != len(names) - 1:
        many = len(names) - 1
        return Misfit("wrong", f"{many} equation{'s' * (many > 1)} make a line here; you gave {len(loci)}.")
    return Fitted(tuple(loci) if len(loci) > 1 else loci[0])


def straight(line: Written, names: Sequence[str]) -> Straight | None:
    """Return a line as a point and a direction (which is zero for what is no line); None when it is not straight.

    >>> from sympy.abc import t, x, y
    >>> straight(Locus(y - 2 * x - 1), "xy")
    Straight(point=(0, 1), direction=(1, 2))
    >>> straight(Curve((1 + 3 * t, 2 - t), t), "xy")
    Straight(point=(1, 2), direction=(3, -1))
    """
    if isinstance(line, Curve):
        return _affine(line)
    loci = line if isinstance(line, tuple) else (line,)
    forms = [linear_form(locus, names) for locus in loci]
    found = [form for form in forms if form is not None]
    if len(found) < len(forms):
        return None
    normals = Matrix([form.coefficients for form in found])
    direction = _across(normals)
    if isinstance(is_zero(direction), Equal):
        return Straight((S.Zero,) * len(names), direction)
    place = next(i for i, part in enumerate(direction) if not isinstance(is_zero((part,)), Equal))
    others = [i for i in range(len(names)) if i != place]
    solved = normals[:, others].LUsolve(-Matrix([form.constant for form in found]))
    point = [S.Zero] * len(names)
    for i, value in zip(others, solved, strict=True):
        point[i] = value
    return Straight(tuple(point), direction)


def _across(normals: Matrix) -> tuple[Expr, ...]:
    """The direction at right angles to every row, by minors."""
    columns = range(normals.cols)
    return tuple((-1) ** i * normals[:, [j for j in columns if j != i]].det() for i in columns)


def _affine(curve: Curve) -> Straight | None:
    """A curve that runs along a line at a constant pace."""
    exact = Curve(tuple(exact_decimals(part) for part in curve.coordinates), curve.parameter)
    start, end = exact.at(S.Zero), exact.at(S.One)
    if not all(part.is_finite for part in (*start, *end)):
        return None
    direction = tuple(b - a for a, b in zip(start, end, strict=True))
    for a, d, part in zip(start, direction, exact.coordinates, strict=True):
        if not isinstance(decide(a + d * curve.parameter, part), Equal):
            return None
    return Straight(start, direction)


def runs_along_all(curve: Curve) -> bool:
    """Whether a curve that stays on a line surely covers it: some coordinate is a polynomial of odd degree.

    >>> from sympy.abc import t
    >>> runs_along_all(Curve((t**3, 2 * t**3), t)), runs_along_all(Curve((t**2, 2 * t**2), t))
    (True, False)
    """
    for part in curve.coordinates:
        try:
            polynomial: Any = Poly(part, curve.parameter)
        except PolynomialError:
            continue
        if polynomial.degree() % 2 == 1:
            return True
    return False
