"""Messages arrive whole, and whatever else comes is refused in time."""

from __future__ import annotations

import os
import time

import pytest

from autograder.grading.frames import ClosedError, FrameError, LateError, Reader, encode, write


@pytest.fixture
def pipe():
    source, target = os.pipe()
    yield source, target
    for descriptor in (source, target):
        try:
            os.close(descriptor)
        except OSError:
            continue


def test_messages_arrive_in_order_however_they_are_cut(pipe):
    source, target = pipe
    reader, whole = Reader(source), encode({"a": "é" * 10}) + encode([2])
    for place in range(0, len(whole), 7):
        os.write(target, whole[place : place + 7])
    assert reader.read(1.0) == {"a": "é" * 10}
    assert reader.read(1.0) == [2]


def test_a_message_that_is_late_can_still_be_read_later(pipe):
    source, target = pipe
    reader, whole = Reader(source), encode("later")
    os.write(target, whole[:6])
    began = time.monotonic()
    with pytest.raises(LateError):
        reader.read(0.1)
    assert time.monotonic() - began < 2
    os.write(target, whole[6:])
    assert reader.read(1.0) == "later"


@pytest.mark.parametrize(
    "rubbish",
    [b"\xff\xff\xff\xff", b"\x00\x00\x00\x02{]", b"\x00\x00\x00\x00", b"\x00\x00\x00\x01\xff",
     (60_000).to_bytes(4) + b"[" * 60_000],
)  # fmt: skip
def test_what_is_no_message_is_refused(pipe, rubbish):
    source, target = pipe
    os.write(target, rubbish)
    with pytest.raises(FrameError):
        Reader(source).read(1.0)


def test_the_end_of_the_other_side_is_told(pipe):
    source, target = pipe
    os.write(target, b"\x00\x00")
    os.close(target)
    with pytest.raises(ClosedError):
        Reader(source).read(1.0)


def test_nobody_waits_for_a_reader_that_does_not_read(pipe):
    _, target = pipe
    os.set_blocking(target, False)
    began = time.monotonic()
    with pytest.raises(LateError):
        write(target, "x" * 10_000_000, 0.2)
    assert time.monotonic() - began < 5
