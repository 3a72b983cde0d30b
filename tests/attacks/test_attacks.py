"""Hostile texts and messages, kept as data: each is refused, quickly, and for the reason expected."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.answers import ReadingError, WireError, from_wire, read

HERE = Path(__file__).parent
TYPED: list[dict[str, Any]] = json.loads((HERE / "typed.json").read_text())
MESSAGES: list[dict[str, Any]] = json.loads((HERE / "wire.json").read_text())
SECONDS = 2.0
"""Far more than any of them takes (50 ms at worst), for the sake of a busy machine."""


def repeated(attack: dict[str, Any]) -> str:
    return attack["before"] + attack["body"] * attack["times"] + attack["after"]


def typed_text(attack: dict[str, Any]) -> str:
    return attack["text"] if "text" in attack else repeated(attack)


def message(attack: dict[str, Any]) -> bytes:
    if "program" in attack:
        return json.dumps({"nabla": 1, "answer": attack["program"]}).encode()
    if "message" in attack:
        return attack["message"].encode()
    return base64.b64decode(attack["base64"]) if "base64" in attack else repeated(attack).encode()


def shortened(attack: dict[str, Any]) -> str:
    return ascii(typed_text(attack) if "says" in attack else message(attack))[:60]


def test_there_are_many_of_both() -> None:
    assert len(TYPED) >= 150
    assert len(MESSAGES) >= 150


@pytest.mark.parametrize("attack", TYPED, ids=shortened)
def test_a_hostile_text_is_refused_with_its_reason(attack: dict[str, Any]) -> None:
    began = time.process_time()
    with pytest.raises(ReadingError) as refusal:
        read(typed_text(attack), "x y z")
    assert refusal.value.message == attack["says"]
    assert str(refusal.value).isprintable() or "\n" in str(refusal.value)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("attack", MESSAGES, ids=shortened)
def test_a_hostile_message_is_refused_with_its_reason(attack: dict[str, Any]) -> None:
    encoded = message(attack)
    began = time.process_time()
    with pytest.raises(WireError) as refusal:
        from_wire(encoded)
    assert refusal.value.reason == attack["reason"]
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("value", [None, "{}", bytearray(b"{}"), memoryview(b"{}"), 1, object()])
def test_only_bytes_are_a_message(value: Any) -> None:
    with pytest.raises(WireError, match="not bytes"):
        from_wire(value)


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"], type("Sly", (str,), {})("x")])
def test_only_plain_text_is_read(value: Any) -> None:
    with pytest.raises(ReadingError, match="Only text"):
        read(value, "x")
