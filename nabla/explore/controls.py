"""What a hand can change in an explorer: a number on a slider, or a point in the plane.

A control knows its name, range, step and start, and cleans what comes from the browser. How it looks there is
`view.js`'s business: every control is shown as one or more sliders, each with a key such as `"point.0"`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from nabla.explore.plane import Window, nice_step
from nabla.explore.words import number


class Control(Protocol):
    """What an explorer asks of a control."""

    @property
    def label(self) -> str:
        """Its name, as a person reads it."""

    @property
    def start(self) -> Any:
        """The value before anybody has touched it, and after Reset."""

    def checked(self, value: Any) -> Any:
        """Return a value given in Python, or raise `ValueError` in words."""

    def moved(self, value: Any, parts: Mapping[int, float]) -> Any:
        """Return `value` after some of its sliders have been moved, kept within range and on the steps."""

    def sliders(self) -> tuple[Slider, ...]:
        """The sliders it is shown as."""

    def parts(self, value: Any) -> tuple[float, ...]:
        """The value of each of its sliders."""


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high`, moved in steps that are counted from zero.

    >>> rate = Slider("learning rate", low=0, high=0.2, step=0.01, start=0.05)
    >>> rate.snapped(0.0849), rate.snapped(7)
    (0.08, 0.2)
    >>> rate.checked(7)
    Traceback (most recent call last):
    ValueError: learning rate must lie between 0 and 0.2, not 7
    """

    label: str
    low: float
    high: float
    step: float
    start: float

    def __post_init__(self) -> None:
        if not (self.low < self.high and self.step > 0):
            raise ValueError(f"{self.label}: a slider needs low < high and a positive step")
        self.checked(self.start)

    def checked(self, value: Any) -> float:
        """Return the value as a float if it is a number within range."""
        value = float(value)
        slack = 1e-9 * (self.high - self.low)
        if not self.low - slack <= value <= self.high + slack:
            raise ValueError(
                f"{self.label} must lie between {number(self.low)} and {number(self.high)}, not {number(value)}"
            )
        return value

    def snapped(self, value: float) -> float:
        """Return the nearest step within range."""
        first, last = math.ceil(self.low / self.step - 1e-9), math.floor(self.high / self.step + 1e-9)
        steps = min(max(round(value / self.step), first), last)
        return round(steps * self.step, 12) + 0.0

    def moved(self, value: float, parts: Mapping[int, float]) -> float:
        """Return the value that its slider was moved to."""
        return self.snapped(parts[0]) if 0 in parts else value

    def sliders(self) -> tuple[Slider, ...]:
        """Itself."""
        return (self,)

    def parts(self, value: float) -> tuple[float, ...]:
        """The value."""
        return (value,)


@dataclass(frozen=True)
class Point2D:
    """A point in a window: two sliders, and the whole picture to drag it over.

    >>> point = Point2D("point", Window.of(3), start=(1, 2))
    >>> point.moved((1, 2), {1: 2.51})
    (1, 2.5)
    """

    label: str
    window: Window
    start: tuple[float, float]
    names: tuple[str, str] = ("x", "y")

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.checked(self.start))

    def checked(self, value: Any) -> tuple[float, float]:
        """Return the value as two floats if it is a point of the window."""
        try:
            x, y = value
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.label} must be a point such as (1, 2), not {value!r}") from error
        across, up = self._ranges((self.window.left, self.window.bottom))
        return across.checked(x), up.checked(y)

    def moved(self, value: tuple[float, float], parts: Mapping[int, float]) -> tuple[float, float]:
        """Return the point after one or both coordinates were moved."""
        across, up = self.sliders()
        x = across.snapped(parts[0]) if 0 in parts else value[0]
        y = up.snapped(parts[1]) if 1 in parts else value[1]
        return x, y

    def sliders(self) -> tuple[Slider, ...]:
        """One for each coordinate."""
        return self._ranges(self.start)

    def parts(self, value: tuple[float, float]) -> tuple[float, ...]:
        """The two coordinates."""
        return value

    def _ranges(self, start: tuple[float, float]) -> tuple[Slider, Slider]:
        w = self.window
        step = nice_step(w.size / 100)
        return (
            Slider(self.names[0], w.left, w.right, step, start[0]),
            Slider(self.names[1], w.bottom, w.top, step, start[1]),
        )
