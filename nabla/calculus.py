"""Exact vector calculus: sympy expressions in, sympy expressions out.

Everything here is real calculus. A point where the function or its derivative has no real value is reported
as an `OutsideDomainError`, never returned as `nan`, `zoo` or a complex number.

Symbols are matched by name, so `Symbol("x")` and `Symbol("x", real=True)` mean the same variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Derivative,
    Dummy,
    Expr,
    Float,
    ImmutableMatrix,
    Integer,
    Limit,
    MatrixBase,
    Piecewise,
    Subs,
    Symbol,
    im,
    nan,
    re,
    sign,
    sqrt,
    sympify,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

Point = Sequence[Any] | Mapping[Any, Any]
"""Coordinates in the order of the variables, or a mapping from variable (or its name) to coordinate."""

_WITH_VARIABLES_OF_THEIR_OWN = (Derivative, ExprWithLimits, Limit, Piecewise, Subs)
"""What a number cannot simply be put into, place by place."""


class OutsideDomainError(ValueError):
    """The function, or its derivative, has no real value at the point."""


def variables_of(f: Any) -> tuple[Symbol, ...]:
    """Return the free symbols of `f` in canonical order: x, y, z first, then the others by name.

    >>> from sympy.abc import a, t, x, y, z
    >>> variables_of(z * a + x * y + t)
    (x, y, z, a, t)
    """
    first = {"x": 0, "y": 1, "z": 2}
    return tuple(sorted(expression(f).free_symbols, key=lambda s: (first.get(s.name, 3), s.name)))


def gradient(f: Any, variables: Iterable[Symbol] | Symbol | None = None, at: Any = None) -> ImmutableMatrix:
    """Return the gradient of `f`: the column of its partial derivatives, one for each variable.

    `variables` fixes the coordinates and their order; without it they are `variables_of(f)`. Variables that
    do not occur in `f` get the component 0. With `at` the gradient is evaluated there.

    Raises `TypeError` if `f` is not an expression or a variable is not a symbol, `ValueError` if the number
    of coordinates is wrong, and `OutsideDomainError` if `f` or its gradient has no real value at the point.

    >>> from sympy.abc import x, y
    >>> gradient(x**2*y + 3*y)
    Matrix([
    [    2*x*y],
    [x**2 + 3]])
    >>> gradient(x**2 + 3*y**2, at=(1, 2)).T
    Matrix([[2, 12]])
    """
    f = expression(f)
    names = _variables(f, variables)
    return _gradient(f, names, None if at is None else tuple(_coordinates(names, at).values()))


def directional_derivative(
    f: Any, at: Any, along: Iterable[Any], variables: Iterable[Symbol] | Symbol | None = None
) -> Expr:
    """Return the rate of change of `f` at a point, per unit of length in the direction `along`.

    The direction is normalised here, so its length does not matter. This is the gradient dotted with the unit
    vector, which is the directional derivative wherever `f` is differentiable. With `at=None` it stays a
    formula.

    Raises what `gradient` raises, and `ValueError` if `along` is zero or has the wrong number of components.

    >>> from sympy.abc import x, y
    >>> directional_derivative(x**2 + y**2, at=(1, 1), along=(3, 4))
    14/5
    >>> directional_derivative(x**2 + 4*y**2, at=(1, 1), along=(-2, -8))
    -2*sqrt(17)
    """
    f = expression(f)
    names = _variables(f, variables)
    direction = unit(along)
    if len(direction) != len(names):
        raise ValueError(f"the direction has {len(direction)} components, but f has {_count(names)}")
    return gradient(f, names, at).dot(direction)


def evaluate(f: Any, variables: Iterable[Symbol] | Symbol | None, at: Any) -> Expr:
    """Return the value of `f` at a point: exact for exact coordinates, a decimal for decimal ones.

    Coordinates may themselves be expressions; they are all put in at once. Raises what `gradient` raises.

    >>> from sympy.abc import x, y
    >>> evaluate(x**2 + 3*y**2, (x, y), at=(1, 2))
    13
    >>> evaluate(x - y, (x, y), at=(y, x))
    -x + y
    >>> evaluate(1 / x, x, at=0)
    Traceback (most recent call last):
    nabla.calculus.OutsideDomainError: f has no real value at x = 0
    """
    f = expression(f)
    return _value(f, _coordinates(_variables(f, variables), at), "f")


def norm(v: Iterable[Any]) -> Expr:
    """Return the length of a vector with real components.

    >>> norm((2, 12))
    2*sqrt(37)
    """
    return sqrt(sum((c**2 for c in vector(v)), Integer(0)))


def unit(v: Iterable[Any]) -> ImmutableMatrix:
    """Return the vector of length 1 in the direction of `v`. Raises `ValueError` for the zero vector.

    >>> unit((3, 4)).T
    Matrix([[3/5, 4/5]])
    """
    column = vector(v)
    length = norm(column)
    if length.is_zero or all(c.is_zero for c in column):
        raise ValueError("the zero vector has no direction")
    return column / length


def vector(v: Iterable[Any]) -> ImmutableMatrix:
    """Return `v` (list, tuple, numpy array, row or column) as a column. Raises `TypeError` for anything else.

    >>> vector([1, 2]).shape
    (2, 1)
    """
    if isinstance(v, MatrixBase):
        if 1 not in v.shape:
            raise TypeError(f"expected a vector, not a {v.shape[0]} by {v.shape[1]} matrix")
        return ImmutableMatrix([expression(c) for c in v])
    if isinstance(v, (str, bytes, Mapping, Expr)) or not isinstance(v, Iterable):
        raise TypeError(f"expected a vector such as (3, 4), not {_kind(v)}")
    return ImmutableMatrix([expression(c) for c in v])


def expression(value: Any) -> Expr:
    """Return `value` as a sympy expression. Numbers are converted; strings are refused, never evaluated.

    >>> expression(2), expression(0.5)
    (2, 0.500000000000000)
    >>> expression("x**2")
    Traceback (most recent call last):
    TypeError: expected a sympy expression such as x**2*y, not the string 'x**2'
    """
    if isinstance(value, Expr):
        return value
    if isinstance(value, float):
        return Float(value)
    if isinstance(value, (bool, str, bytes)) or getattr(value, "shape", ()) != ():
        raise TypeError(f"expected a sympy expression such as x**2*y, not {_kind(value)}")
    if hasattr(value, "item"):  # a numpy scalar
        return expression(value.item())
    try:
        converted = sympify(value, strict=True)
    except (TypeError, ValueError):  # SympifyError is a ValueError
        converted = None
    if not isinstance(converted, Expr):
        raise TypeError(f"expected a sympy expression such as x**2*y, not {_kind(value)}")
    return converted


def _variables(f: Expr, variables: Iterable[Symbol] | Symbol | None) -> tuple[Symbol, ...]:
    """The variables as they occur in `f`, whatever assumptions the caller's own symbols carry."""
    if variables is None:
        found = variables_of(f)
        if not found:
            raise ValueError(f"{f} has no variables: say which with variables=(x, y)")
        return found
    given = (variables,) if isinstance(variables, Symbol) else tuple(variables)
    for v in given:
        if not isinstance(v, Symbol):
            raise TypeError(f"a variable must be a symbol, not {_kind(v)}")
    if len({v.name for v in given}) != len(given):
        raise ValueError(f"a variable occurs twice in ({', '.join(v.name for v in given)})")
    by_name = {s.name: s for s in f.free_symbols}
    return tuple(by_name.get(v.name, v) for v in given)


def _coordinates(names: Sequence[Symbol], at: Any) -> dict[Symbol, Expr]:
    """Each variable with its coordinate."""
    if isinstance(at, Mapping):
        by_name = {getattr(key, "name", key): value for key, value in at.items()}
        missing = [v.name for v in names if v.name not in by_name]
        extra = [str(key) for key in by_name if key not in {v.name for v in names}]
        if missing or extra:
            wrong = f"no coordinate for {', '.join(missing)}" if missing else f"there is no variable {', '.join(extra)}"
            raise ValueError(f"the point does not fit f: {wrong}")
        coordinates = vector([by_name[v.name] for v in names])
    else:
        coordinates = vector((at,) if len(names) == 1 and not _is_sequence(at) else at)
    if len(coordinates) != len(names):
        raise ValueError(f"the point has {len(coordinates)} coordinates, but f has {_count(names)}")
    for c in coordinates:
        if c is nan or c.is_real is False:
            raise ValueError(f"a coordinate must be a real number, not {c}")
    return dict(zip(names, coordinates, strict=True))


@lru_cache(maxsize=1024)  # problems, mistakes and solutions ask for the same ones over and over
def _gradient(f: Expr, names: tuple[Symbol, ...], at: tuple[Expr, ...] | None) -> ImmutableMatrix:
    partials = [_partial(f, v) for v in names]
    if at is None:
        return ImmutableMatrix(partials)
    point = dict(zip(names, at, strict=True))
    _value(f, point, "f")
    return ImmutableMatrix(
        [_value(p, point, f"the partial derivative of f along {v}") for p, v in zip(partials, names, strict=True)]
    )


@lru_cache(maxsize=1024)
def _partial(f: Expr, variable: Symbol) -> Expr:
    """The partial derivative over the real numbers, where |u| has the slope u/|u| and none where u = 0."""
    if not f.has(Abs, sign, re, im):
        return f.diff(variable)
    real = {s: Dummy(s.name, real=True) for s in f.free_symbols | {variable}}
    slope = f.xreplace(real).diff(real[variable]).replace(sign, lambda u: u / Abs(u))
    return slope.xreplace({dummy: s for s, dummy in real.items()})


def _value(f: Expr, point: Mapping[Symbol, Expr], what: str) -> Expr:
    """The value of one expression at a point, if it is real and finite (or still a formula)."""
    bound = f.has(*_WITH_VARIABLES_OF_THEIR_OWN) or any(c.free_symbols for c in point.values())
    value = f.subs(point, simultaneous=True) if bound else f.xreplace(dict(point))  # a tenth of the time
    if not value.free_symbols and not _is_real(value):
        where = ", ".join(f"{v} = {c}" for v, c in point.items())
        raise OutsideDomainError(f"{what} has no real value at {where}")
    return value


def _is_real(value: Expr) -> bool:
    """Whether a constant is a finite real number; asked of its digits where sympy cannot tell."""
    if value is nan:
        return False
    if value.is_real is not None:
        return bool(value.is_real)
    real, imaginary = value.evalf(20).as_real_imag()
    return bool(real.is_finite and imaginary.is_finite and abs(imaginary) <= 1e-15 * (1 + abs(real)))


def _is_sequence(at: Any) -> bool:
    return isinstance(at, (Sequence, MatrixBase)) or getattr(at, "shape", ()) != ()


def _count(names: Sequence[Symbol]) -> str:
    """ "2 variables (x, y)" or "1 variable (x)"."""
    return f"{len(names)} variable{'s' * (len(names) != 1)} ({', '.join(v.name for v in names)})"


def _kind(value: Any) -> str:
    """What an object is, in words for an error message."""
    return f"the string {value!r}" if isinstance(value, str) else f"an object of type {type(value).__name__}"
