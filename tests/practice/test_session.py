"""A learner practising, without widgets: problems, hints, the level, and progress that survives."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from autograder import DirectionalDerivative, GradientAt, NumericalGradient
from autograder.notation import plain
from autograder.practice.progress import Progress, Record, Shelf
from autograder.practice.session import Session
from autograder.problems import (
    CriticalPoints,
    DescentFate,
    LimitDerivative,
    NoChangeDirections,
    NormalLine,
    Potential,
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf.open(tmp_path / "data" / "progress.json")


@pytest.fixture
def session(shelf: Shelf) -> Session:
    return Session(GradientAt, shelf, random=random.Random(3))


def right(session: Session) -> str:
    return plain(session.problem.key())


def test_a_right_answer_at_the_first_try_counts_and_two_in_a_row_raise_the_level(session: Session) -> None:
    for _ in range(2):
        assert session.check(right(session)) == 1.0
        session.next()
    assert (session.record.level, session.record.mastered, session.record.right) == (2, 1, 2)


def test_an_answer_found_after_a_hint_does_not_raise_the_level(session: Session) -> None:
    for _ in range(3):
        session.hint()
        session.check(right(session))
        session.next()
    assert (session.record.level, session.record.right, session.record.mastered) == (1, 3, 0)


def test_two_problems_given_up_lower_the_level(shelf: Shelf) -> None:
    session = Session(GradientAt, shelf, level=3, random=random.Random(3))
    for _ in range(2):
        session.show()
        session.next()
    assert session.record.level == 2


def test_the_same_right_answer_twice_counts_once(session: Session) -> None:
    session.check(right(session))
    session.check(right(session))
    assert session.record.tried == 1


def test_the_solution_waits_for_an_honest_try(session: Session) -> None:
    assert not session.may_see_solution
    session.check("")
    assert not session.may_see_solution
    session.check("(1000, 1000)")
    assert session.may_see_solution


def test_hints_come_one_by_one_and_end(session: Session) -> None:
    hints = [session.hint() for _ in range(4)]
    assert hints == [*session.problem.hints(), None]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (DescentFate, "b"),
        (Potential, "not conservative"),
        (CriticalPoints, "(1, 0) min, (0, 0) saddle"),
        (LimitDerivative, "does not exist"),
        (NoChangeDirections, "none"),
        (NormalLine, "(1 + 2t, 2, 3)"),
    ],
)
def test_words_and_letters_that_an_answer_may_hold_are_no_trouble(kind: type, words: str, shelf: Shelf) -> None:
    assert not Session(kind, shelf).echo(words).trouble


def test_the_echo_tells_how_a_text_is_read_or_what_stands_in_the_way(session: Session) -> None:
    assert "x^{2}" in session.echo("(2xy, x^2").typeset or session.echo("(2xy, x^2").trouble
    assert "x^{2}" in session.echo("(2xy, x^2)").typeset
    assert session.echo("   ") == session.echo("")


def test_next_brings_another_problem(session: Session) -> None:
    before = session.problem
    assert session.next() != before


def test_progress_survives_the_kernel(session: Session, shelf: Shelf) -> None:
    session.check(right(session))
    assert Shelf.open(shelf.path).progress.of("GradientAt").right == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"version": 99, "types": {}}', '{"version": 1, "types": {"A": {"level": 7}}}',
     '{"version": 1, "types": {"A": {"colour": 7}}}', '{"version": 1, "types": {"A": 3}}'],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_set_aside_and_not_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / "progress.json"
    path.write_text(text)
    shelf = Shelf.open(path)
    shelf.put("GradientAt", Record(2))
    assert json.loads(path.read_text())["types"]["GradientAt"]["level"] == 2
    (aside,) = tmp_path.glob("*unreadable*")
    assert aside.read_text() == text
    assert str(aside) in repr(shelf.progress)


def test_a_second_unreadable_file_does_not_replace_the_first(tmp_path: Path) -> None:
    for text in ("one", "two"):
        (tmp_path / "progress.json").write_text(text)
        Shelf.open(tmp_path / "progress.json")
    assert {path.read_text() for path in tmp_path.glob("*unreadable*")} == {"one", "two"}


def test_only_types_with_typed_answers_can_be_practised(shelf: Shelf) -> None:
    with pytest.raises(TypeError, match="problem type"):
        Session("gradient", shelf)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="code"):
        Session(NumericalGradient, shelf)
    with pytest.raises(ValueError, match="level"):
        Session(GradientAt, shelf, level=9)


def test_progress_is_shown_in_words_and_signs() -> None:
    progress = Progress({"DirectionalDerivative": Record(3, 5, 6, 0, 2)})
    assert "directional derivative" in repr(progress)
    assert "■■□" in progress._repr_html_()
    assert "2 of 3 levels" in progress._repr_html_()


def test_types_are_practised_apart(shelf: Shelf) -> None:
    Session(GradientAt, shelf, level=3).check("(1, 1)")
    assert Session(DirectionalDerivative, shelf).record.level == 1
