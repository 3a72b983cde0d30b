"""Second order: Hessian and Jacobian, the quadratic Taylor polynomial, Newton's step, the second-derivative test.

The Hessian of f is the Jacobian of its gradient. It is written H_f here; nabla squared also means the Laplacian,
which is only its trace.

>>> from sympy.abc import x, y
>>> f = x**2 + 2*x*y + 3*y**2 + 4*x + 5
>>> hessian(f)
Matrix([
[2, 2],
[2, 6]])
>>> second_derivative_test(hessian(f))
'minimum'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sympy import Expr, ImmutableMatrix, Integer, MatrixBase, Mul, Symbol

from nabla.calculus import evaluate, expression, gradient, variables_of

Variables = Iterable[Symbol] | None


class SingularHessianError(ValueError):
    """The Hessian has no inverse, so the model that Newton's method solves has no single critical point."""


def jacobian(F: Iterable[Any], variables: Variables = None, at: Any = None) -> ImmutableMatrix:
    """Return the Jacobian of F: one row for each component of F, its gradient; one column for each variable.

    With a single component this is the gradient written as a row. Without `variables` they are all that occur.
    Raises what `nabla.calculus.gradient` raises.

    >>> from sympy.abc import x, y
    >>> jacobian((x*y, x + y, x**2))
    Matrix([
    [  y, x],
    [  1, 1],
    [2*x, 0]])
    >>> jacobian((x*y,), at=(1, 2))
    Matrix([[2, 1]])
    """
    components = [expression(part) for part in F]
    names = tuple(variables) if variables is not None else variables_of(sum_of_letters(components))
    return ImmutableMatrix([list(gradient(part, names, at)) for part in components])


def sum_of_letters(components: Iterable[Expr]) -> Expr:
    """Return an expression with all the letters of the components, whatever cancels.

    >>> from sympy.abc import x, y
    >>> sum_of_letters((x - y, y - x))
    x + y
    """
    return sum({letter for part in components for letter in part.free_symbols}, Integer(0))


def hessian(f: Any, variables: Variables = None, at: Any = None) -> ImmutableMatrix:
    """Return the Hessian of f: row i, column j hold the derivative along variable i of the slope along variable j.

    It is symmetric where the second partial derivatives are continuous. Raises what `nabla.calculus.gradient`
    raises.

    >>> from sympy.abc import x, y
    >>> hessian(x**3*y, at=(1, 2))
    Matrix([
    [12, 3],
    [ 3, 0]])
    """
    f = expression(f)
    names = tuple(variables) if variables is not None else variables_of(f)
    slopes = gradient(f, names)
    if at is None:
        return ImmutableMatrix([list(gradient(slope, names)) for slope in slopes]).T
    _at(f, names, at)  # a point outside the domain of f or of its slopes is refused too
    for slope in slopes:
        _at(slope, names, at)
    rows = [gradient(slope, names) for slope in slopes]
    return ImmutableMatrix([[_at(row[i], names, at) for row in rows] for i in range(len(names))])


def _at(expr: Expr, names: Sequence[Symbol], at: Any) -> Expr:
    """The value of one expression at a point: plain fractions at once, anything else with care for the domain."""
    if isinstance(at, tuple | list) and len(at) == len(names):
        value = expr.xreplace({v: expression(c) for v, c in zip(names, at, strict=True)})
        if value.is_Rational:
            return value
    return evaluate(expr, names, at)


def second_derivative_test(H: MatrixBase) -> str:
    """Return what the Hessian at a critical point tells: "minimum", "maximum", "saddle" or "undecided".

    A minimum has positive eigenvalues only, a maximum negative ones only, a saddle has both. Otherwise an eigenvalue
    is zero, and the second derivatives do not decide. For two variables these are the four cases of D = det H. The
    signs are read off the characteristic polynomial: all its roots are real, so Descartes' rule counts them exactly.

    >>> from sympy import Matrix
    >>> [second_derivative_test(Matrix([[a, 0], [0, b]])) for a, b in ((1, 2), (-1, -2), (1, -2), (1, 0))]
    ['minimum', 'maximum', 'saddle', 'undecided']
    """
    signs = [sign_of(c) for c in H.charpoly().all_coeffs()]
    zeros = next(i for i, sign in enumerate(reversed(signs)) if sign)
    positive = changes(signs)
    negative = H.shape[0] - zeros - positive
    if positive and negative:
        return "saddle"
    if zeros:
        return "undecided"
    return "minimum" if positive else "maximum"


def changes(signs: Sequence[int]) -> int:
    """Count the changes of sign in a row, zeros left out.

    >>> changes([1, 0, -1, -1, 1])
    2
    """
    kept = [sign for sign in signs if sign]
    return sum(a != b for a, b in pairwise(kept))


def sign_of(value: Expr) -> int:
    """Return the sign of an exact real number: 1, 0 or -1.

    >>> from sympy import sqrt
    >>> sign_of(sqrt(2) - 1), sign_of(Integer(0)), sign_of((sqrt(2) + 1)**2 - 3 - 2*sqrt(2))
    (1, 0, 0)
    """
    if value.is_Rational:
        return int(bool(value > 0)) - int(bool(value < 0))
    number = value.evalf(30)
    if abs(number) < 1e-15 and value.equals(0):
        return 0
    return 1 if number > 0 else -1


def quadratic_taylor(f: Any, at: Any, variables: Variables = None) -> Expr:
    """Return the quadratic Taylor polynomial of f about a point, in powers of the steps from it.

    >>> from sympy import exp
    >>> from sympy.abc import x, y
    >>> quadratic_taylor(exp(x)*y, at=(0, 1))
    x**2/2 + x*(y - 1) + x + y
    """
    f = expression(f)
    names = tuple(variables) if variables is not None else variables_of(f)
    point = tuple(at)
    return model(evaluate(f, names, point), gradient(f, names, point), hessian(f, names, point), steps(names, point))


def steps(variables: Sequence[Symbol], point: Sequence[Any]) -> tuple[Expr, ...]:
    """Return the steps from a point: x - a, y - b.

    >>> from sympy.abc import x, y
    >>> steps((x, y), (1, 0))
    (x - 1, y)
    """
    return tuple(v - expression(c) for v, c in zip(variables, point, strict=True))


def model(value: Expr, slopes: Iterable[Expr], H: MatrixBase, steps: Sequence[Expr]) -> Expr:
    """Return value + slopes . h + h . H h / 2 for the steps h.

    >>> from sympy import Matrix
    >>> from sympy.abc import h, k
    >>> model(Integer(1), (Integer(2), Integer(0)), Matrix([[2, 3], [3, 4]]), (h, k))
    h**2 + 3*h*k + 2*h + 2*k**2 + 1
    """
    linear = sum((slope * step for slope, step in zip(slopes, steps, strict=True)), Integer(0))
    n = len(steps)
    pure = sum((H[i, i] * steps[i] ** 2 / 2 for i in range(n)), Integer(0))
    mixed = sum((Mul((H[i, j] + H[j, i]) / 2, steps[i], steps[j]) for j in range(n) for i in range(j)), Integer(0))
    return value + linear + pure + mixed


def newton_step(f: Any, at: Any, variables: Variables = None) -> tuple[Expr, ...]:
    """Return the point after one step of Newton's method: x - H^-1 grad f, the critical point of the quadratic model.

    Raises `SingularHessianError` where the Hessian has no inverse, and what `hessian` raises.

    >>> from sympy.abc import x, y
    >>> newton_step(x**2 + 10*y**2, at=(3, 1))
    (0, 0)
    """
    f = expression(f)
    names = tuple(variables) if variables is not None else variables_of(f)
    H = hessian(f, names, at)
    slopes = ImmutableMatrix([_at(slope, names, at) for slope in gradient(f, names)])
    if sign_of(H.det()) == 0:
        raise SingularHessianError("the Hessian has no inverse at this point: its determinant is 0")
    step = H.LUsolve(slopes)
    return tuple(expression(c) - s for c, s in zip(at, step, strict=True))
