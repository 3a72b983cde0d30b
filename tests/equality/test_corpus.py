"""The corpus: no false accept, no false reject, and time bounds with room for a slow machine."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from autograder.equality import Different, Equal, Undecided, decide

ROOT = Path(__file__).parents[2]
BENCHMARK = runpy.run_path(str(ROOT / "benchmarks" / "equality.py"))
MAKER = runpy.run_path(str(ROOT / "tests" / "data" / "make_equality_corpus.py"))


@pytest.fixture(scope="module")
def pairs() -> list[Any]:
    return list(BENCHMARK["corpus"]())


@pytest.mark.slow
def test_the_file_is_what_its_maker_writes() -> None:
    assert MAKER["FILE"].read_text(encoding="utf-8") == MAKER["write"]()


def test_it_is_large_and_of_both_kinds(pairs: list[Any]) -> None:
    assert len(pairs) >= 600
    assert sum(pair.equal for pair in pairs) >= 300
    assert sum(not pair.equal for pair in pairs) >= 200


def test_every_pair_is_judged_as_it_is_labelled(pairs: list[Any]) -> None:
    wrong = []
    for pair in pairs:
        verdict = decide(pair.left, pair.right, domain=pair.domain)
        if not isinstance(verdict, Equal if pair.equal else Different):
            wrong.append((pair.left, pair.right, pair.domain, verdict))
    assert [case for case in wrong if not isinstance(case[-1], Undecided)] == []
    assert len(wrong) < 0.02 * len(pairs)


def test_left_and_right_may_be_exchanged(pairs: list[Any]) -> None:
    for pair in pairs[::5]:
        verdict = decide(pair.right, pair.left, domain=pair.domain)
        assert isinstance(verdict, Equal if pair.equal else Different), (pair.left, pair.right)


def test_verdicts_repeat(pairs: list[Any]) -> None:
    for pair in pairs[::9]:
        once, again = (decide(pair.left, pair.right, domain=pair.domain) for _ in range(2))
        assert once == again
