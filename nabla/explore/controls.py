"""What a hand can change in an explorer: a number on a slider, a point in the plane, a choice, a yes or no.

A control knows its name, range and start, and cleans what comes from the browser. How it looks there is
`view.js`'s business: every control is shown as one or more inputs, each with a number and a key such as `"point.0"`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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
        """Return `value` after some of its inputs have been moved, kept within range and on the steps."""

    def inputs(self) -> Sequence[Input]:
        """The inputs it is shown as."""

    def parts(self, value: Any) -> tuple[float, ...]:
        """The number of each of its inputs."""


class Input(Protocol):
    """One thing to be moved in the browser; its value is a number there."""

    def outline(self) -> dict[str, Any]:
        """What the browser needs to build it: `kind`, `label`, `start` and what the kind needs."""

    def told(self, value: float) -> str:
        """Return its value as it is written beside it and read aloud."""


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high`, moved in steps that are counted from zero; `says` puts it in words.

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
    says: Callable[[float], str] = number

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

    def inputs(self) -> tuple[Slider]:
        """Itself."""
        return (self,)

    def parts(self, value: float) -> tuple[float, ...]:
        """The value."""
        return (value,)

    def outline(self) -> dict[str, Any]:
        """Its range, with ends that are steps."""
        ends = {"low": self.snapped(self.low), "high": self.snapped(self.high)}
        return {"kind": "slider", "label": self.label, **ends, "step": self.step, "start": self.start}

    def told(self, value: float) -> str:
        """The value in words."""
        return self.says(value)


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
        across, up = self.inputs()
        x = across.snapped(parts[0]) if 0 in parts else value[0]
        y = up.snapped(parts[1]) if 1 in parts else value[1]
        return x, y

    def inputs(self) -> tuple[Slider, Slider]:
        """A slider for each coordinate."""
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


@dataclass(frozen=True)
class Choice:
    """One of a few options: radio buttons.

    >>> shown = Choice("show", ("bars", "tree"), start="bars")
    >>> shown.moved("bars", {0: 1})
    'tree'
    >>> shown.checked("leaves")
    Traceback (most recent call last):
    ValueError: show must be one of bars, tree, not 'leaves'
    """

    label: str
    options: tuple[str, ...]
    start: str

    def __post_init__(self) -> None:
        self.checked(self.start)

    def checked(self, value: Any) -> str:
        """Return the value if it is one of the options."""
        if value not in self.options:
            raise ValueError(f"{self.label} must be one of {', '.join(self.options)}, not {value!r}")
        return str(value)

    def moved(self, value: str, parts: Mapping[int, float]) -> str:
        """Return the option with the number that was chosen."""
        return self.told(parts[0]) if 0 in parts else value

    def inputs(self) -> tuple[Choice]:
        """Itself."""
        return (self,)

    def parts(self, value: str) -> tuple[float, ...]:
        """The number of the option, counted from 0."""
        return (self.options.index(value),)

    def outline(self) -> dict[str, Any]:
        """Its options."""
        start = self.options.index(self.start)
        return {"kind": "choice", "label": self.label, "options": list(self.options), "start": start}

    def told(self, value: float) -> str:
        """The option."""
        return self.options[min(max(round(value), 0), len(self.options) - 1)]


@dataclass(frozen=True)
class Toggle:
    """Yes or no: a box to tick.

    >>> Toggle("arrows all along", start=False).moved(False, {0: 1})
    True
    """

    label: str
    start: bool = False

    def checked(self, value: Any) -> bool:
        """Return the value if it is true or false."""
        if value not in (True, False):
            raise ValueError(f"{self.label} must be True or False, not {value!r}")
        return bool(value)

    def moved(self, value: bool, parts: Mapping[int, float]) -> bool:
        """Return whether the box was ticked."""
        return bool(round(parts[0])) if 0 in parts else value

    def inputs(self) -> tuple[Toggle]:
        """Itself."""
        return (self,)

    def parts(self, value: bool) -> tuple[float, ...]:
        """1 for yes, 0 for no."""
        return (float(value),)

    def outline(self) -> dict[str, Any]:
        """Its name and start."""
        return {"kind": "toggle", "label": self.label, "start": float(self.start)}

    def told(self, value: float) -> str:
        """Yes or no."""
        return "yes" if value else "no"
