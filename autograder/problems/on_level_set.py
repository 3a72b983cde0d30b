"""Slopes that need agree only where they are asked for: on the curve or surface F = 0."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from mpmath import mp, mpf  # type: ignore[import-untyped]
from sympy import Expr, Float, Rational, Symbol, lambdify

from autograder.answers.kinds import Comparison, Expression
from autograder.answers.kinds.kind import Domain
from autograder.equality import Different, Equal, Grounds
from autograder.equality.decimals import decide_decimal

DIGITS = 12
"""Digits to which two slopes must agree at a point of the level set, which is known to many more."""
ENOUGH = 5
"""Points at which they must agree."""


@dataclass(frozen=True)
class OnLevelSet(Expression):
    """One expression; another one counts as equal when it has the same values wherever F = 0.

    On x*y = e^y, for instance, e^y may be written as x*y. Such an equality is known from points of the level set.

    >>> from sympy import exp
    >>> from sympy.abc import x, y
    >>> kind = OnLevelSet(F=x*y - exp(y), of=y)
    >>> kind.compare(y / (exp(y) - x), y / (x*y - x)).notes
    ('Right wherever the equation holds.',)
    """

    F: Expr
    of: Symbol

    def compare(self, key: Expr, value: Expr, domain: Domain | None = None) -> Comparison:
        """Compare everywhere, then on the level set alone."""
        comparison = super().compare(key, value, domain)
        if not isinstance(comparison.verdict, Different) or value.has(Float):
            return comparison
        agreed = 0
        for point in points_on(self.F, self.of):
            number = Float(key.xreplace(point).evalf(20), 20)
            if not number.is_finite or abs(number) < 1e-6:
                continue
            if not isinstance(decide_decimal(value.xreplace(point), number, digits=DIGITS, budget=0.3), Equal):
                return comparison
            agreed += 1
        if agreed < ENOUGH:
            return comparison
        known = Equal(Grounds.evidence(digits=DIGITS, points=agreed, reading=" of the level set"))
        return replace(
            comparison, verdict=known, credit=Fraction(1), says="", notes=("Right wherever the equation holds.",)
        )


def points_on(F: Expr, of: Symbol, most: int = 8) -> Iterator[dict[Symbol, Expr]]:
    """Yield points where F = 0, to 60 digits: the other variables are drawn, `of` is solved for.

    >>> from sympy.abc import x, y
    >>> point = next(points_on(x**2 + y**2 - 25, y))
    >>> bool(abs(point[x]**2 + point[y]**2 - 25) < 1e-50)
    True
    """
    rng = random.Random(str(F))
    others = sorted(F.free_symbols - {of}, key=str)
    value = lambdify((*others, of), F, "mpmath")
    found = 0
    for _ in range(12 * most):
        place = [Rational(rng.randrange(-300, 300), 97) for _ in others]
        with mp.workdps(70):
            root = _root(value, [mpf(part.p) / part.q for part in place], mpf(rng.randrange(-300, 300)) / 89)
            if root is None:
                continue
            solved = Rational(str(mp.nstr(root, 60)))
        yield {**dict(zip(others, place, strict=True)), of: solved}
        found += 1
        if found == most:
            return


def _root(value: object, place: list[mpf], start: mpf) -> mpf | None:
    try:
        root = mp.findroot(lambda unknown: value(*place, unknown), start, tol=mpf(10) ** -120, maxsteps=60)  # type: ignore[operator]
    except (ValueError, ZeroDivisionError, OverflowError):  # no root was reached from this start
        return None
    return root if mp.im(root) == 0 else None
