"""What a learner has practised: kept in a small file of the learner's own, which outlives the kernel."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

VERSION = 1
"""Of the file. A file of a later version is left alone."""
LEVELS = 3
RISE, FALL = 2, 2
"""So many right in a row, at the first try and unaided, lead a level up; so many given up, a level down."""


@dataclass(frozen=True)
class Record:
    """How far one problem type has come.

    >>> Record().after(unaided=True).after(unaided=True).level
    2
    """

    level: int = 1
    right: int = 0
    tried: int = 0
    streak: int = 0
    mastered: int = 0
    """The highest level at which enough were right in a row."""

    def after(self, *, unaided: bool, solved: bool = True) -> Record:
        """Return the record after one more problem, solved (at the first try and unaided, or not) or given up."""
        counted = replace(self, tried=self.tried + 1, right=self.right + solved)
        if unaided and solved:
            streak = max(self.streak, 0) + 1
            if streak < RISE:
                return replace(counted, streak=streak)
            return replace(
                counted, streak=0, mastered=max(self.mastered, self.level), level=min(self.level + 1, LEVELS)
            )
        if solved:
            return replace(counted, streak=0)
        streak = min(self.streak, 0) - 1
        if streak > -FALL:
            return replace(counted, streak=streak)
        return replace(counted, streak=0, level=max(self.level - 1, 1))


@dataclass(frozen=True)
class Progress:
    """The records of all problem types, by name."""

    records: Mapping[str, Record] = field(default_factory=dict)
    note: str = ""

    def of(self, name: str) -> Record:
        """Return the record of a type, a fresh one if it was never practised."""
        return self.records.get(name, Record())

    def describe(self) -> str:
        """Say it in words, a line for each type.

        >>> print(Progress({"GradientAt": Record(2, 3, 4, 0, 1)}).describe())
        gradient at: mastered level 1 of 3, now at level 2, 3 right of 4
        """
        lines = [
            f"{words(name)}: mastered {f'level {record.mastered} of {LEVELS}' if record.mastered else 'no level yet'}, "
            f"now at level {record.level}, {record.right} right of {record.tried}"
            for name, record in sorted(self.records.items())
        ]
        return "\n".join(lines or ["Nothing practised yet. Try practice(GradientAt)."])

    def __repr__(self) -> str:
        return f"{self.describe()}\n{self.note}".rstrip()

    def _repr_html_(self) -> str:
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        if not self.records:
            return f"<p>{escape(self.describe())}</p>{note}"
        head = "".join(f"<th scope='col' style='text-align:left'>{title}</th>"
                       for title in ("Problem type", "Mastered", "Now at", "Right"))  # fmt: skip
        rows = "".join(_row(name, record) for name, record in sorted(self.records.items()))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _row(name: str, record: Record) -> str:
    blocks = "■" * record.mastered + "□" * (LEVELS - record.mastered)
    cells = (
        f"<span aria-label='{record.mastered} of {LEVELS} levels' role='img' "
        f"style='letter-spacing:0.2em;font-size:1.3em'>{blocks}</span>",
        f"level {record.level}",
        f"{record.right} of {record.tried}",
    )
    data = "".join(f"<td style='text-align:left'>{cell}</td>" for cell in cells)
    return f"<tr><th scope='row' style='text-align:left'>{escape(words(name))}</th>{data}</tr>"


def words(name: str) -> str:
    """Write the name of a class as words.

    >>> words("DirectionalDerivative"), words("RMSPropStep")
    ('directional derivative', 'rms prop step')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower()


@dataclass
class Shelf:
    """The file in which progress is kept. A file that cannot be read is set aside, never overwritten."""

    path: Path
    progress: Progress = field(default_factory=Progress)

    @classmethod
    def of_this_user(cls) -> Shelf:
        """Open the file in the user's data folder (or in the folder that NABLA_DATA names)."""
        from platformdirs import user_data_path

        folder = os.environ.get("NABLA_DATA")
        return cls.open((Path(folder) if folder else user_data_path("nabla", appauthor=False)) / "progress.json")

    @classmethod
    def open(cls, path: Path) -> Shelf:
        """Read the file, if there is one."""
        try:
            return cls(path, _decoded(json.loads(path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return cls(path)
        except (ValueError, KeyError, TypeError, AttributeError):
            aside = _free_name(path.with_suffix(".unreadable.json"))
            path.rename(aside)
            return cls(path, Progress(note=f"Your progress file could not be read. It is kept as {aside}."))

    def put(self, name: str, record: Record) -> None:
        """Keep a record, at once and whole: the file is replaced in one step."""
        self.progress = Progress({**self.progress.records, name: record}, self.progress.note)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(
            {"version": VERSION, "types": {k: vars(v) for k, v in self.progress.records.items()}}, indent=1
        )
        with tempfile.NamedTemporaryFile("w", dir=self.path.parent, delete=False, encoding="utf-8") as new:
            new.write(text)
        os.replace(new.name, self.path)


def _decoded(data: Any) -> Progress:
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']}")
    records = {
        str(name): Record(**{key: int(value) for key, value in kept.items()}) for name, kept in data["types"].items()
    }
    for record in records.values():
        if not 1 <= record.level <= LEVELS:
            raise ValueError(f"level {record.level}")
    return Progress(records)


def _free_name(path: Path) -> Path:
    free, count = path, 1
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return free
