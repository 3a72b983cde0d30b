"""The script of a film: a text file with one line for each shot.

    # The gradient
    4s  point = (1, 2)             | You stand on the side of a bowl.
    6s  point -> (2, 0)            | The arrow turns as the point moves.
    3s

A line says how long the shot lasts, what its controls do, and after a bar what is said meanwhile; without a bar
the caption of the line before stays. `name = value`
puts a control somewhere at once; `name -> value` moves it there, `name = value -> value -> value` from place to
place. Several controls are parted by semicolons. A value is a number, a point such as `(1, 2)`, `yes` or `no`, or
the name of a choice. Empty lines, and lines that begin with `#`, are left out.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_EXAMPLE = "4s  point = (1, 2) -> (2, 0)  | The arrow turns as the point moves."
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*s\b\s*(.*)")
_MOVE = re.compile(r"([A-Za-z_]\w*)\s*(=|->)\s*(.*)")
_LONGEST = 60


class ScriptError(ValueError):
    """Something in a script that cannot be filmed; says in which file and line, and what to write instead."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}, line {line}: {problem}")


@dataclass(frozen=True)
class Move:
    """A control and the values it goes through; from where it is, if `start` is `None`."""

    control: str
    start: Any
    stops: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Shot:
    """So many seconds, what moves in them, and what is said; `line` is where it stands in the script.

    Without words of its own a shot keeps those of the shot before.
    """

    seconds: float
    moves: tuple[Move, ...]
    caption: str
    line: int


@dataclass(frozen=True)
class Script:
    """The shots of a film in order, and the name of the file they are from.

    >>> script = Script.parse("4s | Here.\\n2.5s point -> (2, 0); zoom = 1 -> 3 | There.", "two.txt")
    >>> script.seconds, script.shots[1].moves
    (6.5, (Move(control='point', start=None, stops=((2, 0),)), Move(control='zoom', start=1, stops=(3,))))
    >>> Script.parse("point = (1, 2) | No time.", "two.txt")
    Traceback (most recent call last):
    nabla.explore.film_script.ScriptError: two.txt, line 1: a shot begins with its seconds. Write for instance: 4s ...
    """

    name: str
    shots: tuple[Shot, ...]

    @classmethod
    def of(cls, script: Script | Path | str) -> Script:
        """Return the script in a file, or in a text of more than one line or with a bar in it.

        Raises `FileNotFoundError` for a file that is not there and `ScriptError` for a line that cannot be read.
        """
        if isinstance(script, Script):
            return script
        if isinstance(script, str) and ("\n" in script or "|" in script):
            return cls.parse(script, "the script")
        path = Path(script)
        if not path.is_file():
            raise FileNotFoundError(
                f"there is no film script {path} in {path.parent.resolve()}. "
                'Give its path from the folder of the notebook, for instance "films/02-gradient.txt".'
            )
        return cls.parse(path.read_text(encoding="utf-8"), str(script))

    @classmethod
    def parse(cls, text: str, name: str) -> Script:
        """Read the lines of a script; `name` is what errors call it."""
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
        shots = [_shot(name, number, line) for number, line in lines if line and not line.startswith("#")]
        if not shots:
            raise ScriptError(name, 1, f"the script has no shots. Write for instance: {_EXAMPLE}")
        if not shots[0].caption:
            raise ScriptError(name, shots[0].line, f"a film begins with words, after a bar. For instance: {_EXAMPLE}")
        return cls(name, tuple(shots))

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return sum(shot.seconds for shot in self.shots)


def _shot(name: str, line: int, text: str) -> Shot:
    action, bar, caption = text.partition("|")
    if bar and not caption.strip():
        raise ScriptError(name, line, f"after the bar | comes what is said. Write for instance: {_EXAMPLE}")
    timed = _TIME.fullmatch(action.strip())
    if timed is None:
        raise ScriptError(name, line, f"a shot begins with its seconds. Write for instance: {_EXAMPLE}")
    seconds = float(timed[1])
    if not 0 < seconds <= _LONGEST:
        raise ScriptError(name, line, f"a shot of {timed[1]} s cannot be filmed. Choose 1 to {_LONGEST} seconds.")
    moves = tuple(_move(name, line, each.strip()) for each in timed[2].split(";") if each.strip())
    twice = {move.control for move in moves if [m.control for m in moves].count(move.control) > 1}
    if twice:
        raise ScriptError(name, line, f"{twice.pop()} moves twice in one shot. Write it once: a = 1 -> 2 -> 3.")
    return Shot(seconds, moves, caption.strip(), line)


def _move(name: str, line: int, text: str) -> Move:
    found = _MOVE.fullmatch(text)
    values = [each.strip() for each in found[3].split("->")] if found else []
    if found is None or not all(values):
        raise ScriptError(
            name, line, f"{text!r} does not say what moves. Write name = value, or name = value -> value."
        )
    read = [_value(each) for each in values]
    return Move(found[1], None, tuple(read)) if found[2] == "->" else Move(found[1], read[0], tuple(read[1:]))


def _value(text: str) -> Any:
    """A number, a point, yes or no, or else the name of a choice."""
    if text in ("yes", "no"):
        return text == "yes"
    try:
        return ast.literal_eval(text.replace("−", "-"))
    except (SyntaxError, ValueError):
        return text
