"""Outputs are bounded while they stream in."""

from __future__ import annotations

import json

from autograder.emission import ANSWER
from autograder.grading.outputs import Collector


def test_one_endless_line_is_cut_and_counted():
    collector = Collector(kept_bytes=100, kept_count=10, flood_bytes=10_000)
    collector.take("stream", {"name": "stdout", "text": "x" * 5_000})
    (output,) = collector.finish()
    assert output["text"].startswith("x" * 100 + "\n[output cut here: 4,900")


def test_a_flood_is_noticed_at_once():
    collector = Collector(kept_bytes=100, kept_count=10, flood_bytes=1_000)
    collector.take("stream", {"name": "stdout", "text": "x" * 1_001})
    assert collector.flooded


def test_the_number_of_outputs_is_bounded():
    collector = Collector(kept_bytes=10_000, kept_count=3, flood_bytes=10_000)
    for number in range(10):
        collector.take("display_data", {"data": {"text/plain": str(number)}})
    assert sum(output["output_type"] == "display_data" for output in collector.finish()) == 3


def test_an_answer_has_room_after_much_printing():
    collector = Collector(kept_bytes=10, kept_count=1, flood_bytes=10_000)
    collector.take("stream", {"name": "stdout", "text": "x" * 500})
    collector.take("execute_result", {"data": {ANSWER: {"answer": []}, "text/plain": "answer"}, "execution_count": 1})
    assert any(ANSWER in output.get("data", {}) for output in collector.finish())


def test_an_answer_larger_than_any_that_can_be_read_is_not_kept():
    collector = Collector(kept_bytes=100, kept_count=10, flood_bytes=10_000_000)
    bundle = {ANSWER: {"nabla": 1, "answer": [[]] * 900_000}}
    collector.take("execute_result", {"data": bundle, "execution_count": 1})
    assert not any("data" in output for output in collector.finish())
    assert not collector.flooded


def test_what_is_kept_is_counted():
    collector = Collector(kept_bytes=100, kept_count=10, flood_bytes=10_000)
    collector.take("stream", {"name": "stdout", "text": "x" * 30})
    collector.take("display_data", {"data": {"text/plain": "y" * 20}})
    collector.take("stream", {"name": "stdout", "text": "x" * 500})
    assert collector.kept == 100
    assert Collector(100, 10, 100).kept == 0


def test_types_that_are_not_looked_at_are_dropped_on_arrival():
    collector = Collector(kept_bytes=100, kept_count=10, flood_bytes=1_000)
    collector.take("display_data", {"data": {"text/html": "x" * 500, "text/plain": "x"}})
    assert collector.finish() == ({"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}},)


def test_whatever_comes_is_taken_and_can_be_written():
    collector = Collector(kept_bytes=10_000, kept_count=10, flood_bytes=100_000)
    deep = []
    for _ in range(5000):
        deep = [deep]
    for content in ({}, {"text": ["x"]}, {"text": "\ud800"}, {"traceback": 5, "ename": {"a": 1}}, {"data": [1]},
                    {"data": {"text/plain": 5, "image/png": None}, "execution_count": -1},
                    {"data": {ANSWER: deep}, "execution_count": 10**4000}):  # fmt: skip
        for kind in ("stream", "error", "display_data", "execute_result", "unknown", ""):
            collector.take(kind, content)
    json.dumps(collector.finish(), ensure_ascii=False).encode()


def test_empty_messages_are_a_flood_too():
    collector = Collector(kept_bytes=1000, kept_count=10, flood_bytes=10_000)
    for _ in range(200):
        collector.take("error", {"ename": "E"})
    assert collector.flooded
    assert len(collector.finish()) <= 21
