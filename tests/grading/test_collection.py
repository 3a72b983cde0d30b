"""Submissions come out of Moodle's and Canvas's zip files into their places, and nothing else comes out."""

from __future__ import annotations

import random
import re
import stat
import zipfile

import pytest

from autograder.cli import main
from autograder.grading.collection import collect
from autograder.grading.course import CourseError


def packed(tmp_path, members):
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            info = member if isinstance(member, zipfile.ZipInfo) else zipfile.ZipInfo(member, (2026, 3, 1, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def everything(course):
    folder = course.root / "submitted"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb"))


def refusals(taken):
    return {one.member: one.refused for one in taken if one.refused}


@pytest.mark.parametrize(
    ("member", "student"),
    [("Ada Lovelace_4711_assignsubmission_file_/tiny.ipynb", "ada-lovelace-4711"),
     ("Ada Lovelace_4711_assignsubmission_file/tiny (1).ipynb", "ada-lovelace-4711"),
     ("Zoë O'Hara_12_assignsubmission_file_tiny.ipynb", "zoe-ohara-12"),
     ("lovelaceada_991_8842_tiny-2.ipynb", "lovelaceada-991"),
     ("lovelaceada_LATE_991_8842_tiny.ipynb", "lovelaceada-991"),
     ("ada/tiny.ipynb", "ada")],
)  # fmt: skip
def test_each_platforms_names_say_whose_it_is(course, tmp_path, member, student):
    (taken,) = collect(course, "tiny", packed(tmp_path, [(member, b"{}")]))
    assert taken.student == student
    assert not taken.refused
    assert taken.late == ("LATE" in member)
    assert everything(course) == [f"{student}/tiny/tiny.ipynb"]


@pytest.mark.parametrize(
    ("member", "reason"),
    [("../../evil.ipynb", "leads out"), ("/etc/evil.ipynb", "leads out"), ("a/../../evil.ipynb", "leads out"),
     ("C:/evil.ipynb", "leads out"), ("..\\..\\evil.ipynb", "leads out"), ("ada/run.py", "no notebook"),
     ("__MACOSX/ada/tiny.ipynb", "no notebook"), ("ada/.ipynb_checkpoints/tiny.ipynb", "no notebook"),
     ("tiny.ipynb", "whose it is"), ("???/tiny.ipynb", "whose it is")],
)  # fmt: skip
def test_a_strange_member_is_refused_and_the_rest_collected(course, tmp_path, member, reason):
    taken = list(collect(course, "tiny", packed(tmp_path, [(member, b"{}"), ("ada/tiny.ipynb", b"{}")])))
    assert reason in refusals(taken)[member]
    assert everything(course) == ["ada/tiny/tiny.ipynb"]
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_is_refused(course, tmp_path):
    link = zipfile.ZipInfo("eve/tiny.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    taken = list(collect(course, "tiny", packed(tmp_path, [(link, b"/etc/passwd")])))
    assert "link" in refusals(taken)["eve/tiny.ipynb"]


def test_a_bomb_is_refused_without_being_unpacked(course, tmp_path):
    members = [
        ("eve/tiny.ipynb", bytes(25_000_000)),
        ("mallory/tiny.ipynb", bytes(40_000_000)),
        ("ada/tiny.ipynb", b"{}"),
    ]
    taken = refusals(collect(course, "tiny", packed(tmp_path, members)))
    assert "too tightly" in taken["eve/tiny.ipynb"]
    assert "larger" in taken["mallory/tiny.ipynb"]
    assert everything(course) == ["ada/tiny/tiny.ipynb"]


def test_a_member_that_lies_about_its_size_is_not_believed(course, tmp_path):
    path = packed(tmp_path, [("eve/tiny.ipynb", bytes(2_000_000))])
    raw = bytearray(path.read_bytes())
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 24 : place + 28] = (100).to_bytes(4, "little")
    path.write_bytes(raw)
    (taken,) = collect(course, "tiny", path)
    assert taken.refused
    assert everything(course) == []


def test_the_newest_of_a_student_counts_also_over_an_earlier_zip(course, tmp_path):
    def dated(hour):
        return zipfile.ZipInfo("ada/tiny.ipynb" if hour != 11 else "ada/tiny-old.ipynb", (2026, 3, 1, hour, 0, 0))

    list(collect(course, "tiny", packed(tmp_path, [(dated(12), b"new"), (dated(11), b"old")])))
    file = course.submitted("tiny", "ada") / "tiny.ipynb"
    assert file.read_bytes() == b"new"
    assert "as new" in refusals(collect(course, "tiny", packed(tmp_path, [(dated(10), b"older")])))["ada/tiny.ipynb"]
    list(collect(course, "tiny", packed(tmp_path, [(dated(13), b"newest")])))
    assert file.read_bytes() == b"newest"


def test_two_names_that_come_to_one_id_are_nobodys(course, tmp_path):
    members = [("Ada/tiny.ipynb", b"hers"), ("adá/tiny.ipynb", b"another's"), ("bob/tiny.ipynb", b"{}")]
    taken = refusals(collect(course, "tiny", packed(tmp_path, members)))
    assert len(taken) == 2
    assert any("same student id" in says for says in taken.values())
    assert everything(course) == ["bob/tiny/tiny.ipynb"]


@pytest.mark.parametrize(
    "name", ["-rf", "con", "🎓 ada", "a" * 240, "ada\u202e", "أدا ada", "~", "$(id)", "ada;id", "%00ada", "ada."]
)
def test_a_strange_name_becomes_a_plain_folder_or_none(course, tmp_path, name):
    list(collect(course, "tiny", packed(tmp_path, [(f"{name}/tiny.ipynb", b"{}")])))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/tiny/tiny\.ipynb", path) for path in everything(course))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_as_no_platform_does_is_left_out(course, tmp_path, method):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("eve/tiny.ipynb", b"{}", method)
        archive.writestr("ada/tiny.ipynb", b"{}")
    assert list(refusals(collect(course, "tiny", path))) == ["eve/tiny.ipynb"]
    assert everything(course) == ["ada/tiny/tiny.ipynb"]


def test_a_damaged_zip_is_refused_or_collected_in_part_and_never_raises_anything_else(course, tmp_path):
    whole = packed(tmp_path, [("ada/tiny.ipynb", b"{}" * 50), ("Zoë/tiny.ipynb", b"{}" * 50)]).read_bytes()
    chance = random.Random(3)
    refused = 0
    for _ in range(400):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] = chance.choice((0, 255, chance.randrange(256)))
        (tmp_path / "x.zip").write_bytes(raw)
        try:
            list(collect(course, "tiny", tmp_path / "x.zip"))
        except CourseError:
            refused += 1
    assert 0 < refused < 400


def test_what_is_no_zip_is_named(course, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(CourseError, match=r"x\.zip"):
        list(collect(course, "tiny", tmp_path / "x.zip"))


def test_the_command_tells_what_was_refused(course, tmp_path, capsys):
    path = packed(tmp_path, [("ada/tiny.ipynb", b"{}"), ("eve/run.sh", b"")])
    assert main(["collect", "tiny", str(path), "--course", str(course.root)]) == 1
    out = capsys.readouterr().out
    assert "1 collected" in out
    assert "eve/run.sh: it is no notebook" in out
