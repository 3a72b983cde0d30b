"""A course folder: where its files are, its secret, and what goes wrong with it in words."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """Something in the course folder keeps the work from being done; the message says what and how to cure it."""


@dataclass(frozen=True)
class Course:
    """A folder laid out as nbgrader wants it, with what we add in `.nabla`.

    >>> Course(Path("/course")).autograded("gradient", "ada").as_posix()
    '/course/autograded/ada/gradient'
    """

    root: Path

    def source(self, assignment: str) -> Path:
        """Return the instructor's notebook, the one in `source/ASSIGNMENT`.

        Raises `CourseError` when there is none, or more than one.
        """
        folder = self.root / "source" / assignment
        found = sorted(folder.glob("*.ipynb"))
        if len(found) == 1:
            return found[0]
        if not folder.is_dir():
            there = ", ".join(sorted(path.name for path in (self.root / "source").glob("*") if path.is_dir()))
            raise CourseError(
                f"There is no assignment {assignment!r}: no folder {folder}. "
                + (f"The assignments here are: {there}." if there else "Is this the course folder? See --course.")
            )
        names = ", ".join(path.name for path in found) or "none"
        raise CourseError(f"{folder} should hold exactly one notebook; it holds {names}.")

    def release(self, assignment: str) -> Path:
        """Return where the student's version of the notebook belongs."""
        return self.root / "release" / assignment / self.source(assignment).name

    def submitted(self, assignment: str, student: str) -> Path:
        """Return the folder that a student handed in."""
        return self.root / "submitted" / student / assignment

    def autograded(self, assignment: str, student: str) -> Path:
        """Return the folder of the graded notebook."""
        return self.root / "autograded" / student / assignment

    def feedback(self, assignment: str, student: str) -> Path:
        """Return the folder of the page that goes back to the student."""
        return self.root / "feedback" / student / assignment

    def students(self, assignment: str) -> list[str]:
        """List who handed in a folder for the assignment, in order."""
        return sorted(path.parent.name for path in (self.root / "submitted").glob(f"*/{assignment}") if path.is_dir())

    def private(self, *parts: str) -> Path:
        """Return a folder inside `.nabla`, made when missing, which only its owner may open and git passes over."""
        folder = self.root / ".nabla"
        folder.mkdir(mode=0o700, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        for part in parts:
            folder /= part
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def secret(self) -> bytes:
        """Return the course secret, 32 random bytes, made when missing.

        What a student's function is tried on is drawn from it, so it must not be guessed or shared. A copy of the
        course that brings `.nabla/secret` along draws the same.
        """
        path = self.private() / "secret"
        if not path.exists():
            fresh = path.with_name(f"secret.{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            with suppress(FileExistsError):  # another process was first: its secret holds
                os.link(fresh, path)
            fresh.unlink()
        return path.read_bytes()


def seed(secret: bytes, *names: str) -> int:
    """Draw the number that belongs to these names under this secret.

    >>> seed(b"s", "gradient", "ada") == seed(b"s", "gradient", "ada") != seed(b"s", "gradient", "bob")
    True
    """
    message = b"".join(len(name.encode()).to_bytes(4) + name.encode() for name in names)
    return int.from_bytes(hmac.digest(secret, message, hashlib.sha256)[:8])


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that a reader finds the old text or the new one, never a part.

    Half a character, as a file name or a student's text may hold, is written as `?`: no text stops a class.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with open(
        fresh, "w", encoding="utf-8", errors="replace", opener=lambda name, flags: os.open(name, flags, mode)
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def notebooks(folder: Path) -> Iterator[Path]:
    """Yield the notebooks of a folder, in order; links and hidden files are passed over."""
    for path in sorted(folder.glob("*.ipynb")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path
