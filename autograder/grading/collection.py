"""Taking submissions out of the zip file that Moodle or Canvas gives, into the folders that nbgrader expects.

The names in the zip are the students', so no name is ever used as a path: a member is only read, never extracted,
and goes where its student's id says. What is odd is refused with a reason, and the rest is collected.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.grading.course import Course, CourseError, write_atomically
from autograder.grading.submission import MAX_BYTES
from autograder.problems.personal import name_words

MAX_MEMBERS = 20_000
MAX_RATIO = 200
"""Text packs about ten times; what packs two hundred times is made to fill the disk."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How platforms pack; other ways may ask for any amount of memory."""
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, IndexError, EOFError, OSError)
"""What reading a damaged zip file may raise."""
MOODLE = re.compile(r"^(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_file(?:_(?P<inner>[^/]*))?(?:/|$)")
CANVAS = re.compile(r"^(?P<name>[^/_]+)_(?P<late>LATE_)?(?P<number>\d+)_(?P<file>\d+)_(?P<inner>[^/]+)$")
FOLDER = re.compile(r"^(?P<name>[^/]+)/")


@dataclass(frozen=True)
class Taken:
    """One member of the zip: whose it is, when it was handed in, and why it was refused if it was."""

    student: str
    member: str
    refused: str = ""
    late: bool = False


@dataclass(frozen=True)
class _Candidate:
    student: str
    info: zipfile.ZipInfo
    late: bool
    named: str

    @property
    def when(self) -> datetime:
        """The time that the zip notes, which has no zone; it only orders one student's files."""
        try:
            return datetime(*self.info.date_time, tzinfo=UTC)
        except ValueError:
            return datetime(1980, 1, 1, tzinfo=UTC)


def collect(course: Course, assignment: str, archive: Path) -> Iterator[Taken]:
    """Put the newest notebook of every student in place, and tell of each member what became of it.

    A submission that is there already is replaced by a newer one only. Raises `CourseError` when the file is no zip.
    """
    name = course.source(assignment).name
    try:
        with zipfile.ZipFile(archive) as opened:
            yield from _collect(course, assignment, name, opened)
    except DAMAGE as error:
        raise CourseError(f"{archive} cannot be read as a zip file: {error}") from error


def _collect(course: Course, assignment: str, name: str, archive: zipfile.ZipFile) -> Iterator[Taken]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise CourseError(f"The zip file has {len(members):,} members; {MAX_MEMBERS:,} is the most that is read.")
    newest: dict[str, _Candidate] = {}
    names: defaultdict[str, set[str]] = defaultdict(set)
    for info in members:
        if info.filename.endswith("/"):
            continue
        candidate, refused = _candidate(info)
        if candidate is None:
            yield Taken("", _shown(info.filename), refused)
            continue
        names[candidate.student].add(candidate.named)
        held = newest.get(candidate.student)
        if held and (held.when, held.info.filename == name) >= (candidate.when, candidate.info.filename == name):
            yield Taken(candidate.student, _shown(info.filename), "there is a newer file of the same student")
            continue
        if held:
            says = "there is a newer file of the same student"
            yield Taken(held.student, _shown(held.info.filename), says)
        newest[candidate.student] = candidate
    for candidate in newest.values():
        if others := names[candidate.student] - {candidate.named}:
            says = f"{_shown(min(others))} comes to the same student id, and may be somebody else: rename one"
            yield Taken(candidate.student, _shown(candidate.info.filename), says)
        else:
            yield _store(course, assignment, name, archive, candidate)


def _candidate(info: zipfile.ZipInfo) -> tuple[_Candidate | None, str]:
    """Return whose notebook a member is; or None, and why it is left out."""
    path = info.filename.replace("\\", "/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind and kind != stat.S_IFREG:
        return None, "it is a link or a device, no file"
    if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
        return None, "its name leads out of the folder"
    if not path.lower().endswith(".ipynb") or "/." in f"/{path}" or "__MACOSX" in path:
        return None, "it is no notebook"
    if info.flag_bits & 1:
        return None, "it is encrypted"
    if info.compress_type not in METHODS:
        return None, "it is packed in a way that is not read"
    if info.file_size > MAX_BYTES:
        return None, f"it is larger than {MAX_BYTES // 10**6} MB"
    if info.file_size > MAX_RATIO * max(info.compress_size, 1_000):
        return None, "it is packed too tightly to be a notebook"
    found = MOODLE.match(path) or CANVAS.match(path) or FOLDER.match(path)
    if found is None:
        return None, "its name does not say whose it is"
    groups = found.groupdict()
    student = identity(groups["name"], groups.get("number") or "")
    if not student:
        return None, "its name does not say whose it is"
    named = groups.get("number") or unicodedata.normalize("NFC", groups["name"])
    return _Candidate(student, info, bool(groups.get("late")), named), ""


def identity(name: str, number: str) -> str:
    """Return a student's id as a plain folder name: letters, digits, and the platform's number when there is one.

    >>> identity("Zoë O'Hara", "4711"), identity("../..", ""), identity("ada", "")
    ('zoe-ohara-4711', '', 'ada')
    """
    plain = "-".join(name_words(name))[:60]
    return "-".join(part for part in (plain, number[:20]) if part) if plain or number else ""


def _store(course: Course, assignment: str, name: str, archive: zipfile.ZipFile, candidate: _Candidate) -> Taken:
    shown = _shown(candidate.info.filename)
    target = course.submitted(assignment, candidate.student)
    stamp = target / "timestamp.txt"
    before = _time(stamp)
    if before and before >= candidate.when and (target / name).exists():
        return Taken(candidate.student, shown, "the one collected before is as new", candidate.late)
    try:
        with archive.open(candidate.info) as file:
            data = file.read(MAX_BYTES + 1)
    except DAMAGE as error:
        return Taken(candidate.student, shown, f"it is damaged ({error})")
    if len(data) > MAX_BYTES:
        return Taken(candidate.student, shown, f"it is larger than {MAX_BYTES // 10**6} MB")
    target.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.parent.is_symlink():
        return Taken(candidate.student, shown, "its place in the course is a link")
    fresh = target / f".{name}.part"
    fresh.write_bytes(data)
    fresh.replace(target / name)
    write_atomically(stamp, candidate.when.strftime("%Y-%m-%d %H:%M:%S UTC") + "\n")
    return Taken(candidate.student, shown, late=candidate.late)


def _time(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.read_text(encoding="utf-8").strip(), "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def _shown(name: str) -> str:
    """Return a member's name as it can be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:120]
