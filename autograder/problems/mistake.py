"""Mistakes: wrong ways to an answer, each with the wrong answer that it gives for the problem at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from autograder.answers import of
from autograder.answers.answer import Answer, Equation, Items, Scalar
from autograder.answers.kinds.kind import same
from autograder.answers.kinds.vector import flat
from autograder.equality import Equal
from autograder.problems.marks import Mark, Marks, leaves, near, number_of

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Mistake:
    """A named wrong way, the wrong answer it gives here, what to say about it and what to do next.

    `credit` is the share of the marks it still earns; right components may earn more. One that is not `likely` is
    not made together with a second one.
    """

    name: str
    wrong: Any
    says: str
    next: str = ""
    credit: Fraction = Fraction(0)
    likely: bool = True


def agree(wrong: Any, answer: Answer, digits: int = 4) -> bool:
    """Whether an answer is this wrong value, however it is written.

    >>> agree((3, 4), of([3, 4])), agree((3, 4), of(7))
    (True, False)
    """
    return _agree(of(wrong), answer, digits)


def _agree(wrong: Answer, answer: Answer, digits: int) -> bool:
    if isinstance(wrong, Items) and isinstance(answer, Items):
        left, right = flat(wrong), flat(answer)
        return len(left) == len(right) and all(
            _agree(one, other, digits) for one, other in zip(left, right, strict=True)
        )
    if isinstance(wrong, Scalar) and isinstance(answer, Scalar):
        return isinstance(same(wrong.expression, answer.expression, digits)[0], Equal)
    return False


def tells_its_place(mistake: Mistake) -> bool:
    """Whether a mistake says in which part it was made, so that it can be told beside one in another part.

    >>> tells_its_place(Mistake("sign flipped in the x-component", (-1, 2), "The x-component has the wrong sign."))
    True
    >>> tells_its_place(Mistake("not evaluated at the point", (1, 2), "This is a formula."))
    False
    """
    return any(word in mistake.name for word in ("-component", " along ", " column ", "one axis"))


@dataclass(frozen=True)
class Known:
    """A mistake with its wrong answer in the form in which answers are looked up, and the mark of that."""

    mistake: Mistake
    form: Answer
    mark: Mark


@dataclass(frozen=True)
class KnownMistakes:
    """The mistakes of one problem, told apart from the key and from one another, and quick to look up."""

    known: tuple[Known, ...]
    key_mark: Mark

    @classmethod
    def among(
        cls,
        mistakes: Iterable[Mistake],
        key: Any,
        in_one_form: Callable[[Any], Answer] = of,
        further: Callable[[Sequence[Mistake]], Iterable[Mistake]] = lambda kept: (),
    ) -> KnownMistakes:
        """Keep the mistakes whose wrong answer is neither the key nor that of an earlier mistake.

        `in_one_form` takes the wrong answers, as the kind of answer takes the student's, to a form of their own.
        `further` makes more mistakes of those that were kept, such as two at once.
        """
        kept: dict[Mark, Known] = {}
        marks = Marks()
        key_mark = marks.of(in_one_form(key))

        def keep(candidates: Iterable[Mistake]) -> None:
            for mistake in candidates:
                form = _as_value(in_one_form(mistake.wrong))
                mark = marks.of(form)
                if mark and mark != key_mark:
                    kept.setdefault(mark, Known(mistake, form, mark))

        keep(mistakes)
        keep(further([known.mistake for known in kept.values()]))
        return cls(tuple(kept.values()), key_mark)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The mistakes, the likeliest first."""
        return tuple(known.mistake for known in self.known)

    def explaining(self, answer: Answer, digits: int = 4) -> Mistake | None:
        """Return the mistake that gives exactly this answer, if there is one."""
        answer = _as_value(answer)
        own = Marks().of(answer)
        for known in self.known:
            if near(own, known.mark) and _agree(known.form, answer, digits):
                return known.mistake
        return None

    def explaining_each_part(self, answer: Answer, digits: int = 4) -> Mistake | None:
        """Return the mistakes in single parts (components, entries) that together give this answer, as one mistake."""
        parts, own = tuple(leaves(answer)), Marks().of(answer)
        if not own or len(own) != len(self.key_mark):
            return None
        found = []
        for place in (i for i, number in enumerate(own) if not near((number,), (self.key_mark[i],))):
            single = self._in_one_part(place, parts[place], own[place], digits)
            if single is None:
                return None
            found.append(single)
        if not found:
            return None
        joined = _joined(found)
        return joined if any(own) else replace(joined, credit=Fraction(0))  # nothing but zeros shows no work

    def _in_one_part(self, place: int, part: Answer, number: complex, digits: int) -> Mistake | None:
        for known in self.known:
            if (
                tells_its_place(known.mistake)
                and len(known.mark) == len(self.key_mark)
                and near((known.mark[place],), (number,))
                and known.mark[:place] == self.key_mark[:place]
                and known.mark[place + 1 :] == self.key_mark[place + 1 :]
                and _agree(tuple(leaves(known.form))[place], part, digits)
            ):
                return known.mistake
        return None


def _joined(mistakes: Sequence[Mistake]) -> Mistake:
    """Make one mistake of several that were made side by side."""
    says = " ".join(dict.fromkeys(mistake.says for mistake in mistakes))
    names = ", and ".join(dict.fromkeys(mistake.name for mistake in mistakes))
    return Mistake(names, None, says, mistakes[0].next, min(mistake.credit for mistake in mistakes))


def _as_value(answer: Answer) -> Answer:
    """Write an equation as the expression that it sets to 0, in the sign that makes its mark positive."""
    if not isinstance(answer, Equation):
        return answer
    zero = answer.left - answer.right
    number = number_of(zero)
    return Scalar(-zero if number and number.real < 0 else zero)
