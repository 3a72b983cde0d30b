"""The mathematics under critical points: the Hessian as numbers, where the gradient is zero, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nabla.calculus import gradient
from nabla.explore.marks import Pair
from nabla.explore.plane import Floats, PlaneFunction, Window

MINIMUM, MAXIMUM, SADDLE, UNDECIDED = "minimum", "maximum", "saddle", "undecided"


@dataclass(frozen=True)
class Curved:
    """A function of two variables with its Hessian.

    >>> from sympy.abc import x, y
    >>> curved = Curved(PlaneFunction.of(x**2 + x*y - y**2))
    >>> curved.hessian_at((0, 0)).tolist()
    [[2.0, 1.0], [1.0, -2.0]]
    >>> [(kind, tuple(round(c, 6) + 0.0 for c in place)) for place, kind in curved.critical_points(Window.of(2))]
    [('saddle', (0.0, 0.0))]
    """

    f: PlaneFunction

    @cached_property
    def _seconds(self) -> tuple[PlaneFunction, ...]:
        names = self.f.variables
        along_x, along_y = gradient(self.f.formula, names)
        rows = (*gradient(along_x, names), gradient(along_y, names)[1])
        return tuple(PlaneFunction(second, names) for second in rows)

    def hessian_at(self, point: Pair) -> Floats:
        """The symmetric matrix of second derivatives at a point, shape (2, 2); `nan` where there is none."""
        a, b, c = (second.value_at(point) for second in self._seconds)
        return np.array([[a, b], [b, c]])

    def kind_at(self, point: Pair) -> str:
        """What the eigenvalues of the Hessian say of a critical point."""
        return kind(np.linalg.eigvalsh(self.hessian_at(point))) if self._is_curved(point) else UNDECIDED

    def turns_at(self, point: Pair, radius: float) -> int:
        """How often f, on a small circle around the point, changes between above and below its value there."""
        angles = np.linspace(0, 2 * np.pi, 720, endpoint=False) + 0.0012
        around = self.f.values(point[0] + radius * np.cos(angles), point[1] + radius * np.sin(angles))
        rise = around - self.f.value_at(point)
        above = rise[np.abs(rise) > 1e-9 * np.abs(rise).max(initial=0.0)] > 0
        return int((above != np.roll(above, 1)).sum())

    def critical_points(self, window: Window, most: int = 12) -> list[tuple[Pair, str]]:
        """Return places in a window where the gradient is zero, each with its kind, by Newton's method.

        It starts from every place of a grid where the gradient is shorter than around it, so that points closer
        together than the grid's step, a fortieth of the window, may be taken for one.
        """
        x, y = np.meshgrid(*window.grid(41))
        slopes = np.hypot(*self.f.gradients(x, y))
        typical = float(np.nanmedian(slopes)) if np.isfinite(slopes).any() else 0.0
        if not typical > 0:
            return []
        padded = np.pad(np.where(np.isnan(slopes), np.inf, slopes), 1, constant_values=np.inf)
        rows, columns = slopes.shape
        around = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3) if (i, j) != (1, 1)]
        starts = np.argwhere(padded[1:-1, 1:-1] <= np.minimum.reduce(around))
        order = np.argsort(slopes[tuple(starts.T)])
        found: list[tuple[Pair, str]] = []
        for i, j in starts[order][: 4 * most]:
            place = self._newton((float(x[i, j]), float(y[i, j])), typical)
            if place is None or not _holds(window, place):
                continue
            near = window.size / 40
            if all(np.hypot(place[0] - p[0], place[1] - p[1]) > near for p, _ in found):
                found.append((place, self.kind_at(place)))
        return found[:most]

    def _newton(self, place: Pair, typical: float) -> Pair | None:
        """The critical point that Newton's method comes to, or `None`."""
        at = np.array(place)
        for _ in range(60):
            slopes = np.array(self.f.gradient_at((at[0], at[1])))
            if np.hypot(*slopes) <= 1e-13 * typical:
                break
            if not self._is_curved((at[0], at[1])) or not np.isfinite(slopes).all():
                return None
            at = at - np.linalg.lstsq(self.hessian_at((at[0], at[1])), slopes, rcond=1e-12)[0]
        slope = np.hypot(*self.f.gradient_at((at[0], at[1])))
        rounded = at.round(9) + 0.0
        return (float(rounded[0]), float(rounded[1])) if slope <= 1e-8 * typical else None

    def _is_curved(self, point: Pair) -> bool:
        return bool(np.isfinite(self.hessian_at(point)).all())


def kind(eigenvalues: Any) -> str:
    """Return what two eigenvalues of a Hessian say; a zero among them decides nothing, unless the other does.

    >>> kind(np.array([1, 2.0])), kind(np.array([-3, 2.0])), kind(np.array([0, 2.0]))
    ('minimum', 'saddle', 'undecided')
    """
    low, high = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    slack = 1e-7 * max(abs(low), abs(high))
    if low > slack:
        return MINIMUM
    if high < -slack:
        return MAXIMUM
    return SADDLE if low < -slack and high > slack else UNDECIDED


def _holds(window: Window, place: Pair) -> bool:
    return window.left <= place[0] <= window.right and window.bottom <= place[1] <= window.top
