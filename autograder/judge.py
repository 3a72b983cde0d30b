"""Judging one answer to one problem: the questions in their order, each with its own message.

Given at all? still the stub? the right kind of thing? the right shape? finite? right? a known mistake?
some components right?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from sympy import Expr, nan

from autograder.answers.answer import Answer, Items, Missing, Refused, Text
from autograder.answers.calls import Caller
from autograder.answers.kinds.kind import Comparison, Fitted
from autograder.equality import Different, Equal
from autograder.notation import listing, number, plain
from autograder.problems.given import Given
from autograder.problems.personal import Personal, is_name_of, seed_of
from autograder.problems.problem import CodeProblem
from autograder.problems.question import Question

State = Literal["right", "partly right", "wrong", "undecided", "missing"]


@dataclass(frozen=True)
class Judgement:
    """What was found about one answer.

    `credit` is the share of the marks, from 0 to 1. `says` and `next` speak to the student and never hold the
    key; `witness` may show where an answer goes wrong, with the values there, and is for self-study only.
    """

    state: State
    credit: Fraction
    says: str
    next: str = ""
    mistake: str = ""
    by: str = ""
    echo: str = ""
    notes: tuple[str, ...] = ()
    witness: str = ""


def judge(problem: Question, answer: Answer, call: Caller | None = None, seed: int = 0) -> Judgement:
    """Judge an inert answer. `call` reaches a student's function; `seed` draws the inputs it is tried on.

    >>> from sympy.abc import x, y
    >>> from autograder.answers import of
    >>> from autograder.problems import GradientAt
    >>> problem = GradientAt(x**2 + 3*y**2, at=(1, 2))
    >>> judge(problem, of((2, 12))).state
    'right'
    >>> judge(problem, of([12, 2])).mistake
    'components swapped'
    """
    if isinstance(problem, Given):
        return _judge_given(problem, answer, call, seed)
    if isinstance(problem, Personal):
        return _judge_personal(problem, answer, call, seed)
    fitted = problem.kind.fit(answer, problem.letters)
    if not isinstance(fitted, Fitted):
        named = _named_mistake(problem, _read(problem, answer)) if fitted.state == "wrong" else None
        return named or Judgement(fitted.state, Fraction(0), fitted.says)
    if isinstance(problem, CodeProblem):
        return _judge_code(problem, fitted, call, seed)
    comparison = problem.kind.compare(problem.key(), fitted.value, problem.domain)
    return _judge_value(problem, _in_one_form(problem, answer, fitted), fitted, comparison)


def _judge_value(problem: Question, answer: Answer, fitted: Fitted, comparison: Comparison) -> Judgement:
    echo, notes = fitted.echo, fitted.notes + comparison.notes
    verdict = comparison.verdict
    if isinstance(verdict, Equal):
        state: State = "right" if comparison.credit == 1 else _state(comparison.credit)
        return Judgement(state, comparison.credit, comparison.says, "", "", str(verdict.by), echo, notes)
    if not isinstance(verdict, Different):
        says = f"This could not be decided by machine ({verdict.reason}). A person will look at it."
        return Judgement("undecided", Fraction(0), says, echo=echo, notes=notes)
    witness = comparison.witness or _witness(problem, verdict)
    named = _named_mistake(problem, answer, comparison.credit)
    if named:
        return Judgement(named.state, named.credit, named.says, named.next, named.mistake, "", echo, notes, witness)
    says = comparison.says or "This is not it, and not one of the mistakes we know."
    step = "Go through your work once more, line by line; the first hint may help."
    return Judgement(_state(comparison.credit), comparison.credit, says, step, "", "", echo, notes, witness)


def _named_mistake(problem: Question, answer: Answer, credit: Fraction = Fraction(0)) -> Judgement | None:
    mistake = problem.explain(answer)
    if mistake is None:
        return None
    earned = max(credit, mistake.credit)
    return Judgement(_state(earned), earned, mistake.says, mistake.next, mistake.name)


def _judge_given(given: Given, answer: Answer, call: Caller | None, seed: int) -> Judgement:
    """Judge the answer as it stands; when it is wrong, judge it once more on the student's own earlier values."""
    own, values = given.unpack(answer)
    first = judge(given.problem, own, call, seed)
    if first.state not in ("wrong", "partly right"):
        return first
    if isinstance(given.problem, Personal):
        own, student = given.problem.unpack(own)
        given = given.for_student(student) if is_name_of(student, given.problem.student) else given
    following, fitted = given.key_following(values), given.kind.fit(own, given.letters)
    if following is None or not isinstance(fitted, Fitted):
        return first
    key, words = following
    if not isinstance(given.kind.compare(key, fitted.value, given.domain).verdict, Equal):
        return first
    says = f"This follows from {words}, which was not right itself: here your work is right."
    return Judgement("right", Fraction(1), says, by="judged on your own earlier value", echo=fitted.echo)


def _judge_personal(personal: Personal, answer: Answer, call: Caller | None, seed: int) -> Judgement:
    """Judge the answer to this student's own variant; say so when it was worked out for another name."""
    own, student = personal.unpack(answer)
    if not (personal.student or student):  # a key holds no name, the instructor's answer does
        return Judgement("missing", Fraction(0), "Your problem depends on your name: put that in its place first.")
    if is_name_of(student, personal.student):
        personal = personal.for_student(student)
    judgement = judge(personal.problem, own, call, seed)
    if judgement.credit == 1 or seed_of(student) == seed_of(personal.student):
        return judgement
    under = f"under the name {student!r}" if student else "without a name"
    note = f"You worked {under}; your own problem is that of {personal.student!r}."
    return replace(judgement, notes=(note, *judgement.notes))


def _judge_code(problem: CodeProblem, fitted: Fitted, call: Caller | None, seed: int) -> Judgement:
    if call is None:
        raise ValueError("A function can be judged only where it can be called: pass call=.")
    inputs, truths = _questions(problem, seed)
    outputs = call(fitted.value, inputs)
    if len(outputs) != len(inputs):
        return Judgement("wrong", Fraction(0), "Your function could not be called.")
    if all(isinstance(output, Missing) for output in outputs):
        return Judgement("missing", Fraction(0), "Nothing here yet: your function returns None. Does it end in return?")
    comparison = problem.kind.compare(truths, outputs)
    if isinstance(comparison.verdict, Equal):
        return Judgement("right", Fraction(1), "", by=str(comparison.verdict.by))
    behaviour = problem.recognise(inputs, outputs)
    if behaviour:  # its credit must not hang on which inputs were drawn
        return Judgement(_state(behaviour.credit), behaviour.credit, behaviour.says, behaviour.next, behaviour.name)
    credit = comparison.credit / 2  # a function that is right only sometimes earns at most half
    step = "Try it yourself on a function whose gradient you know."
    return Judgement(_state(credit), credit, comparison.says, step)


@lru_cache(maxsize=64)
def _questions(problem: CodeProblem, seed: int) -> tuple[Sequence[Items], Sequence[Any]]:
    """Return what a function is tried on, and what is right there; a whole class may be asked the same."""
    inputs = problem.inputs(seed)
    return inputs, [problem.truth(arguments) for arguments in inputs]


def _read(problem: Question, answer: Answer) -> Answer:
    """Return typed text as the mathematics that it says, so that a mistake in it can be recognised too."""
    if not isinstance(answer, Text):
        return answer
    from autograder.answers.typed import ReadingError, read

    try:
        return read(answer.text, problem.letters).answer
    except ReadingError:
        return answer


def _in_one_form(problem: Question, answer: Answer, fitted: Fitted) -> Answer:
    """Return the fitted value in the form that mistakes have, or the answer itself where there is no such form."""
    form = problem.kind.in_one_form(fitted.value)
    return _read(problem, answer) if isinstance(form, Refused) else form


def _state(credit: Fraction) -> State:
    return "partly right" if credit else "wrong"


def _witness(problem: Question, verdict: Different) -> str:
    """Say where the answer goes wrong; a formula where numbers are wanted differs everywhere, so say nothing."""
    if verdict.left is nan and verdict.right is nan:
        return ""  # a difference that is not one of values
    values = f"answer gives {_shown(verdict.right)}; the right one gives {_shown(verdict.left)}."
    if not verdict.witness:
        return f"Your {values}"
    if not _letters(problem.key()):
        return ""
    return f"At {listing(f'{name} = {plain(value)}' for name, value in verdict.witness.items())}, your {values}"


def _shown(value: Expr) -> str:
    return number(value, 6) if value.is_Float else plain(value)


def _letters(key: Any) -> bool:
    """Whether a variable occurs in a key."""
    if isinstance(key, tuple | list):
        return any(_letters(part) for part in key)
    return bool(getattr(key, "free_symbols", ()))
