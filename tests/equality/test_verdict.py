"""What a verdict says about itself."""

from __future__ import annotations

import pickle

import pytest
from sympy import Abs, Symbol, sin, sqrt

from autograder.equality import Different, Equal, Grounds, Undecided, decide

x = Symbol("x")


def test_the_same_tree_is_known_by_its_structure() -> None:
    assert decide(sin(x) + 1, 1 + sin(x)).by.kind == "structure"


def test_algebra_is_known_by_proof() -> None:
    verdict = decide((x + 1) ** 2, x**2 + 2 * x + 1)
    assert verdict.by.is_proof
    assert "proof" in str(verdict.by)


def test_agreement_at_points_does_not_call_itself_a_proof() -> None:
    verdict = decide(Abs(x - 1), sqrt(x - 1) * sqrt(x - 1) * (Abs(x - 1) / (x - 1)))
    assert isinstance(verdict, Equal)
    evidence = Grounds.evidence(digits=30, points=48)
    assert not evidence.is_proof
    assert "not a proof" in evidence


def test_a_witness_can_be_checked_by_hand() -> None:
    verdict = decide(x**2 + 1, x**2 + 2)
    assert verdict == Different({"x": 2}, 5, 6)


def test_two_constants_need_no_witness_point() -> None:
    verdict = decide(sqrt(2), sqrt(3))
    assert isinstance(verdict, Different)
    assert verdict.witness == {}
    assert verdict.left < verdict.right


def test_grounds_survive_pickling() -> None:
    grounds = Grounds.evidence(digits=20, points=3)
    again = pickle.loads(pickle.dumps(grounds))
    assert (again, again.kind) == (grounds, "evidence")


@pytest.mark.parametrize("verdict", [Equal(Grounds.proof()), Different({}, x, x), Undecided("why")])
def test_verdicts_are_frozen(verdict: object) -> None:
    with pytest.raises(AttributeError):
        verdict.by = verdict.reason = verdict.left = None  # type: ignore[attr-defined]
