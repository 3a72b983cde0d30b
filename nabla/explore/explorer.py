"""The base of every explorer: mathematics -> scene -> drawing -> controls.

An explorer is a subclass with five short methods. `scene` is pure: numbers in, a frozen `Scene` out. The
other four draw it on a figure that is made once: `layout` makes the axes, `still` draws what never changes,
`moving` returns the artists that do, and `show` gives them the numbers of a scene. Everything here works
without a browser.

>>> from dataclasses import dataclass
>>> from matplotlib.lines import Line2D
>>> @dataclass(frozen=True)
... class Height:
...     value: float
...     def describe(self):
...         return f"The line is at {self.value}."
>>> class Level(Explorer):
...     title = "A level"
...     def __init__(self):
...         super().__init__(height=Slider("height", low=0, high=1, step=0.1, start=0.5))
...     def scene(self, height):
...         return Height(height)
...     def moving(self, axes):
...         self.line = axes.add_line(Line2D([0, 1], [0, 0]))
...         return [self.line]
...     def show(self, scene):
...         self.line.set_ydata([scene.value, scene.value])
>>> level = Level()
>>> level.update(height=0.7).words
'The line is at 0.7.'
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nabla.explore.canvas import WIDTH, Canvas
from nabla.explore.controls import Control, Slider
from nabla.explore.frame import Frame, Scene
from nabla.explore.picture import Picture
from nabla.explore.words import number

if TYPE_CHECKING:
    from pathlib import Path

    from nabla.explore.film import Film
    from nabla.explore.view import View

__all__ = ["Explorer", "Frame", "Scene", "Slider"]

FINE = 2
"""The scale of a frame at rest, sharp on a dense screen and at 200 % zoom. A frame in motion has scale 1."""


class Explorer(ABC):
    """A picture that moves under the hand.

    Public: `state` (the value of every control), `controls`, `scene_now`, `figure`, `update(**state)`,
    `reset()`, `frame()`, `film(script)`, `error` (what went wrong in the last frame, if anything), and `view`, the
    widget.
    """

    title = "Explorer"
    """What the picture is, in a few words; the start of its text for those who cannot see it."""

    height = 480
    """Pixels, at a width of 640."""

    drag: str | None = None
    """The name of the control that follows a hand on the picture: a `Point2D`, or a `Slider`."""

    walk: str | None = None
    """The name of the `Slider` that Step and Play move on to its end, one step of its own at a time."""

    pace = 8.0
    """Steps a second while it plays, or as many as there is time for."""

    def __init__(self, **controls: Control) -> None:
        self.controls: Mapping[str, Control] = MappingProxyType(controls)
        self.state: Mapping[str, Any] = self._starts()
        self.error: Exception | None = None

    # What a subclass says.

    @abstractmethod
    def scene(self, *args: Any, **state: Any) -> Scene:
        """Return what is to be shown for these values of the controls."""

    def layout(self, figure: Figure) -> Any:
        """Make the axes and return them: one, or a tuple that the other methods take apart."""
        return figure.add_subplot()

    def still(self, axes: Any) -> None:  # noqa: B027 - a picture may have nothing that stays
        """Draw what never changes."""

    @abstractmethod
    def moving(self, axes: Any) -> Sequence[Artist]:
        """Make what changes, and return it in the order in which it is to be drawn."""

    @abstractmethod
    def show(self, scene: Any) -> None:
        """Give the moving artists the numbers of a scene; `self.canvas.forget()` if others changed too."""

    # What a person or a program does with it.

    @property
    def scene_now(self) -> Scene:
        """The scene for the present state."""
        return self.scene(**self.state)

    @cached_property
    def canvas(self) -> Canvas:
        """The figure that lives as long as this explorer."""
        return Canvas(self.height)

    @property
    def figure(self) -> Figure:
        """The matplotlib figure, drawn."""
        self._artists  # noqa: B018 - drawing it is the purpose
        return self.canvas.figure

    @property
    def axes(self) -> Any:
        """What `layout` returned."""
        return self._artists[0]

    @property
    def artists(self) -> Sequence[Artist]:
        """What `moving` returned."""
        return self._artists[1]

    def film(self, script: Path | str) -> Film:
        """Return a film: this explorer, from its start, playing the script in a file (see `film_script`)."""
        from nabla.explore.film import Film  # and Pillow, only where there is a film

        return Film.of(self, script)

    def update(self, fine: bool = False, **state: Any) -> Frame:
        """Change some of the state and return the new frame; the widget, if there is one, shows it too.

        Raises `TypeError` for a name that is no control, `ValueError` for a value out of range, and
        whatever goes wrong in drawing; the widget then shows the error in words.
        """
        if unknown := set(state) - set(self.controls):
            wrong, right = ", ".join(sorted(unknown)), ", ".join(self.controls)
            raise TypeError(f"no control is called {wrong}; there are {right}")
        checked = {name: self.controls[name].checked(value) for name, value in state.items()}
        self.state = MappingProxyType({**self.state, **checked})
        try:
            frame = self.frame(FINE if fine else 1)
        except Exception as error:
            self.error = error
            self._tell(None)
            raise
        self.error = None
        self._tell(frame)
        return frame

    def reset(self) -> Frame:
        """Put every control back to its start."""
        return self.update(fine=True, **self._starts())

    def frame(self, scale: int = FINE) -> Frame:
        """Return the picture of the present state with its words."""
        scene = self.scene_now
        words = scene.describe()
        _, artists = self._artists
        self.show(scene)
        picture = Picture(self.canvas.frame(artists, scale), words, WIDTH, f"{self.title}. {words}")
        return Frame(picture, self.values())

    def values(self) -> dict[str, float]:
        """Return the number of each input by its key, `"point.0"` for instance."""
        return {
            f"{name}.{i}": part
            for name, control in self.controls.items()
            for i, part in enumerate(control.parts(self.state[name]))
        }

    def texts(self) -> dict[str, str]:
        """Return what is written beside each input, by its key."""
        return {
            f"{name}.{i}": each.told(part)
            for name, control in self.controls.items()
            for i, (each, part) in enumerate(zip(control.inputs(), control.parts(self.state[name]), strict=True))
        }

    def pointed(
        self, state: Mapping[str, Any], across: float, down: float, dx: float = 0.0, dy: float = 0.0
    ) -> Mapping[str, Any]:
        """Return what changes when a hand on the picture points to a place.

        The place is given as fractions of the picture's width and height, from its top left, and so is how far the
        hand has come since it was last heard of. Here the control named by `drag` goes to the place.
        """
        if self.drag is None:
            return {}
        point = self.canvas.data_at(self._drag_axes, across, down)
        return {self.drag: self.controls[self.drag].moved(state[self.drag], dict(enumerate(point)))}

    def move(
        self,
        inputs: Mapping[str, float],
        place: Sequence[float] | None = None,
        from_start: bool = False,
        fine: bool = False,
    ) -> Frame:
        """Do what a hand did in the browser: reset, point to a place in the picture, move inputs - in that order.

        The place is what `pointed` takes; inputs are named by key. Values are kept within range and put on the
        nearest step.
        """
        state = dict(self._starts() if from_start else self.state)
        if place is not None:
            state.update(self.pointed(state, *place))
        for key, value in inputs.items():
            name, _, part = key.partition(".")
            state[name] = self.controls[name].moved(state[name], {int(part): float(value)})
        return self.update(fine=fine, **state)

    @cached_property
    def view(self) -> View:
        """The widget that shows this explorer in a notebook."""
        from nabla.explore.view import View  # widgets are loaded only where one is shown

        return View(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """The live widget, and the picture with its words for where nothing is live."""
        frame, words = self.view.explorer_frame, self.view.frame["words"]
        return {
            "text/plain": words,
            "text/html": f"<p>{escape(words)}</p>" if frame is None else frame.picture._repr_html_(),
            "application/vnd.jupyter.widget-view+json": self.view.reference,
        }

    def __repr__(self) -> str:
        values = ", ".join(f"{key} = {number(value)}" for key, value in self.values().items())
        return f"{type(self).__name__}({values})"

    # Its own business.

    @cached_property
    def _artists(self) -> tuple[Any, Sequence[Artist]]:
        """The axes and the moving artists, made once."""
        axes = self.layout(self.canvas.figure)
        self.still(axes)
        return axes, self.moving(axes)

    @property
    def _drag_axes(self) -> Any:
        """The axes in which the dragged point lives: the first."""
        return self.axes[0] if isinstance(self.axes, tuple) else self.axes

    def _starts(self) -> Mapping[str, Any]:
        return MappingProxyType({name: control.start for name, control in self.controls.items()})

    def _tell(self, frame: Frame | None) -> None:
        """Pass a frame, or the error, on to the widget if it has been made."""
        if "view" in self.__dict__:
            self.view.receive(frame, self.error)
