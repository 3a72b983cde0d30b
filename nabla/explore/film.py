"""A film: a scripted story that an explorer plays, in one piece of HTML that needs no kernel and no network.

The still part of the picture is stored once; a frame is only what differs from it, as a PNG of 64 colours with the
rest transparent (3-8 KiB for a contour map, 15-25 KiB where a whole surface turns). Frames that are alike are stored
once. Without scripts, in print or in a notebook that is not trusted, the first frame and the captions remain.
"""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nabla.explore.film_script import Move, Script, ScriptError, Shot

if TYPE_CHECKING:
    from nabla.explore.explorer import Explorer

RATE = 8
"""Frames a second."""
_COLOURS = 64
_HERE = Path(__file__).parent
_Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Overlay:
    """What a frame puts over the still picture: a PNG, where its left top corner is, and how wide it is.

    `left`, `top` and `width` are percent of the picture; `alt` is the scene in words.
    """

    png: bytes
    left: float
    top: float
    width: float
    alt: str


@dataclass(frozen=True)
class Film:
    """Pictures and captions in time. `ticks` has the number of the frame for each eighth of a second."""

    title: str
    size: tuple[int, int]
    first: bytes
    still: bytes
    frames: tuple[Overlay, ...]
    ticks: tuple[int, ...]
    shots: tuple[tuple[int, str], ...]
    """For each shot its first tick and its caption."""

    @classmethod
    def of(cls, explorer: Explorer, script: Script | Path | str) -> Film:
        """Let an explorer play a script, from its start; its own state stays as it is.

        Raises `ScriptError` where the script asks for what the explorer cannot do, with the file and the line.
        """
        script = Script.of(script)
        studio = _Studio(explorer)
        ticks: list[int] = []
        shots: list[tuple[int, str]] = []
        for shot, states in _played(explorer, script):
            if shot.caption:
                shots.append((len(ticks), shot.caption))
            ticks += [studio.number(state) for state in states]
        return cls(
            explorer.title, explorer.canvas.size, studio.first, studio.still, tuple(studio.frames), tuple(ticks),
            tuple(shots),
        )  # fmt: skip

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.ticks) / RATE

    def _repr_html_(self) -> str:
        """The first frame with all captions, and the script that turns them into a player."""
        return self._html

    @cached_property
    def _html(self) -> str:
        captions = "".join(f"<li>{escape(caption)}</li>" for _, caption in self.shots)
        alt = escape(self.frames[self.ticks[0]].alt, quote=True)
        width, height = self.size
        return (
            f'<div class="nabla-film"><figure style="margin:0.5em 0;max-width:{width}px">'
            f'<img alt="{alt}" width="{width}" height="{height}" src="{_url(self.first)}" '
            f'style="width:100%;height:auto;border-radius:6px"></figure>'
            f"<details open><summary>The film in words</summary><ol>{captions}</ol></details>"
            f"<script>{self._player()}</script></div>"
        )

    def _player(self) -> str:
        """The script of the page: `film.js`, given this film's pictures."""
        frames = [[_url(f.png), f.left, f.top, f.width, f.alt] for f in self.frames]
        reel = {
            "rate": RATE, "style": (_HERE / "film.css").read_text(encoding="utf-8"), "still": _url(self.still),
            "frames": frames, "ticks": self.ticks, "shots": self.shots,
        }  # fmt: skip
        # Inside a script, "</" would end it.
        told = json.dumps(reel, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        return f"({(_HERE / 'film.js').read_text(encoding='utf-8')})(document.currentScript, {told});"

    def __repr__(self) -> str:
        said = " ".join(caption for _, caption in self.shots)
        return f"A film of {self.seconds:g} seconds. {said}"


class _Studio:
    """Draws the frames of one film, each once."""

    def __init__(self, explorer: Explorer) -> None:
        explorer.frame(1)  # lays the picture out, and has surfaces drawn as in motion
        self._explorer = explorer
        self._numbers: dict[str, int] = {}
        self._ground = explorer.canvas.pixels([])[:, :, :3].copy()
        self.still = _png(self._ground)
        self.first = b""
        self.frames: list[Overlay] = []

    def number(self, state: Mapping[str, Any]) -> int:
        """Return the number of the frame that shows a state."""
        key = repr(sorted(state.items()))
        if key not in self._numbers:
            self._numbers[key] = len(self.frames)
            self.frames.append(self._drawn(state))
        return self._numbers[key]

    def _drawn(self, state: Mapping[str, Any]) -> Overlay:
        scene = self._explorer.scene(**state)
        self._explorer.show(scene)
        pixels = self._explorer.canvas.pixels(self._explorer.artists)[:, :, :3]
        self.first = self.first or _png(pixels)
        alt = f"{self._explorer.title}. {scene.describe()}"
        differs = np.any(pixels != self._ground, axis=2)
        rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if not rows.size:  # nothing moves here: one clear pixel
            rows = columns = np.array([0])
        part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        height, width = differs.shape
        left, wide = (round(100 * float(n) / width, 4) for n in (columns[0], columns[-1] + 1 - columns[0]))
        top = round(100 * float(rows[0]) / height, 4)
        return Overlay(_png(pixels[part], differs[part]), left, top, wide, alt)


def _played(explorer: Explorer, script: Script) -> Iterator[tuple[Shot, list[dict[str, Any]]]]:
    """Yield every shot with the state of the explorer in each of its ticks."""
    state = {name: control.start for name, control in explorer.controls.items()}
    for shot in script.shots:
        paths = {move.control: _path(explorer, script, shot, move, state) for move in shot.moves}
        state |= {name: path[0] for name, path in paths.items()}
        count = max(1, round(shot.seconds * RATE))
        states = []
        for tick in range(1, count + 1):
            for name, path in paths.items():
                state[name] = _along(explorer.controls[name], path, tick / count)
            states.append(dict(state))
        yield shot, states


def _path(explorer: Explorer, script: Script, shot: Shot, move: Move, state: Mapping[str, Any]) -> list[Any]:
    """The values that a control goes through in a shot, checked."""

    def wrong(problem: str) -> ScriptError:
        return ScriptError(script.name, shot.line, problem)

    if move.control not in explorer.controls:
        names = ", ".join(explorer.controls)
        raise wrong(f"no control is called {move.control}. Choose one of: {names}.")
    control = explorer.controls[move.control]
    start = state[move.control] if move.start is None else move.start
    try:
        path = [control.checked(value) for value in (start, *move.stops)]
    except (TypeError, ValueError) as error:
        raise wrong(f"{move.control} cannot go there: {error}.") from error
    if move.stops and isinstance(path[0], (str, bool)):
        raise wrong(f"{move.control} cannot glide from one value to another. Write: {move.control} = {move.stops[-1]}")
    return path


def _along(control: Any, path: list[Any], part: float) -> Any:
    """Where a control is after a part of its way: slow at both ends, and on its steps in between."""
    if part >= 1 or len(path) == 1:
        return path[-1]
    way = (len(path) - 1) * part * part * (3 - 2 * part)
    leg = min(int(way), len(path) - 2)
    ends = (control.parts(value) for value in path[leg : leg + 2])
    between = [a + (way - leg) * (b - a) for a, b in zip(*ends, strict=True)]
    return control.moved(path[leg], dict(enumerate(between)))


def _png(pixels: _Pixels, shown: NDArray[np.bool_] | None = None) -> bytes:
    """Pixels of shape (height, width, 3) as a PNG with a palette, transparent where they are not shown."""
    clear: dict[str, int] = {}
    if shown is None:
        reduced = Image.fromarray(pixels).quantize(256, dither=Image.Dither.NONE)
    else:
        visible = np.where(shown[:, :, None], pixels, np.uint8(255))
        # The octree keeps a small orange arrow on a large blue surface; the median cut would not.
        reduced = Image.fromarray(visible).quantize(_COLOURS - 1, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        index = int(np.asarray(reduced).max()) + 1  # the first colour that is free
        palette = (reduced.getpalette() or [])[: 3 * index]
        reduced.paste(index, mask=Image.fromarray(~shown))
        reduced.putpalette([*palette, 255, 255, 255])
        clear = {"transparency": index}
    stream = io.BytesIO()
    reduced.save(stream, format="PNG", compress_level=9, **clear)
    return stream.getvalue()


def _url(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"
