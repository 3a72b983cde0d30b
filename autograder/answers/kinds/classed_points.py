"""Points with a class each: minimum, maximum, saddle point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sympy import Integer, Symbol

from autograder.answers.answer import Answer, Items, Refused, Scalar, Table, Text
from autograder.answers.kinds.bounded import bounded
from autograder.answers.kinds.expression import sort
from autograder.answers.kinds.kind import NOWHERE, Comparison, Domain, Fitted, Kind, Misfit
from autograder.answers.kinds.point_set import count_words, grounds, key_points
from autograder.answers.kinds.points import MOST, Coordinates, matching, read_points
from autograder.answers.kinds.vector import Point
from autograder.answers.python import of
from autograder.equality import Equal, Grounds, Verdict
from autograder.notation import listing, plain

SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "min": "minimum",
        "minima": "minimum",
        "minimal": "minimum",
        "max": "maximum",
        "maxima": "maximum",
        "maximal": "maximum",
        "saddles": "saddle",
        "neither": "saddle",
        "degenerate": "undecided",
        "inconclusive": "undecided",
        "unknown": "undecided",
        "no conclusion": "undecided",
    }
)
"""Other words for the usual classes; "neither minimum nor maximum" is a saddle."""

_FILLERS = re.compile(r"\b(a|an|the|is|it|strict|local|relative|isolated|point|points|of)\b")
_LINKS = re.compile(r"\b(and|is|are|at|has|have|in|with)\b|[:;,.=>→'\"-]")

Pair = tuple[Coordinates, str]


@dataclass(frozen=True)
class ClassedPoints(Kind):
    """Points, each with one of `classes`. The key maps each point to its class, or lists pairs.

    A student may give a dict from point to class, a dict from class to points, or a list of (point, class). The
    point and its class earn half each; extra points take their share away.

    >>> from sympy.abc import x, y
    >>> from autograder.answers.python import of
    >>> points = ClassedPoints(("x", "y"), ("minimum", "maximum", "saddle"))
    >>> value = points.take(of({(0, 0): "Saddle point", (1, 1): "max"}), (x, y)).value
    >>> found = points.compare({(0, 0): "saddle", (1, 1): "minimum"}, value)
    >>> found.credit, found.says
    (Fraction(3, 4), 'You found 2 of 2 points. Look again at the class of (1, 1).')
    """

    names: tuple[str, ...]
    classes: tuple[str, ...] = ("minimum", "maximum", "saddle")

    def describe(self) -> str:
        """Say what is wanted."""
        return f"points, each with its class ({listing(self.classes, 'or')}), such as {{(0, 0): {self.classes[0]!r}}}"

    @property
    def _point(self) -> Point:
        return Point(self.names, digits=self.digits)

    def class_of(self, word: str) -> str | None:
        """Return the class that a word means, or None.

        >>> ClassedPoints(("x",)).class_of("local min."), ClassedPoints(("x",)).class_of("hill")
        ('minimum', None)
        """
        bare = " ".join(_FILLERS.sub(" ", word.lower().replace("_", " ").strip(" .!'\"")).split())
        known = {_bare(name): name for name in self.classes}
        return known.get(bare) or known.get(_bare(SYNONYMS.get(bare, bare)))

    def take(self, answer: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Take a dict by point, a dict by class, or a list of pairs."""
        pairs: list[Pair] = []
        for one, other in self._pairs(answer):
            name = self._word(one) or self._word(other)
            if name is None:
                return Misfit("wrong", self._no_class(one, other))
            place = other if self._word(one) else one
            fitted = self._read(place, variables)
            if isinstance(fitted, Misfit):
                return fitted
            pairs += [(point, name) for point in fitted.value]
        if not pairs:
            return Misfit("wrong", f"This is {sort(answer)}; the question asks for {self.describe()}.")
        if len(pairs) > MOST:
            return Misfit("wrong", f"These are {len(pairs)} points; far fewer are wanted.")
        return Fitted(tuple(pairs))

    def _pairs(self, answer: Answer) -> Iterator[tuple[Answer, Answer]]:
        """Each point (or points) with its class, in whichever order they were written."""
        if isinstance(answer, Table):
            yield from answer.pairs
        elif isinstance(answer, Items):
            n = len(self.names)
            for item in (answer,) if self._is_pair(answer) else answer.items:
                match item:
                    case Items((one, other)):
                        yield one, other
                    case Items(items) if len(items) == n + 1:
                        yield Items(items[:n]), items[n]
                    case Table():
                        yield from item.pairs
                    case _:
                        yield item, Refused("nothing")

    def _is_pair(self, answer: Items) -> bool:
        return len(answer) == 2 and any(self._word(item) for item in answer) and isinstance(answer.items[0], Items)

    def _word(self, answer: Answer) -> str | None:
        if isinstance(answer, Text):
            return self.class_of(answer.text)
        if isinstance(answer, Scalar) and isinstance(answer.expression, Symbol):
            return self.class_of(answer.expression.name)
        return None

    def _no_class(self, one: Answer, other: Answer) -> str:
        words = [side.text.strip()[:40] for side in (one, other) if isinstance(side, Text)]
        known = listing(self.classes, "or")
        if words:
            return f"“{words[-1]}” is not one of the classes here: {known}."
        return f"Give each point its class: {known}."

    def _read(self, place: Answer, variables: Sequence[Symbol]) -> Fitted | Misfit:
        if isinstance(place, Text):
            from autograder.answers.typed import ReadingError, read

            try:
                place = read(place.text, variables).answer
            except ReadingError as error:
                return Misfit("wrong", str(error))
        return read_points(place, self._point, variables)

    def take_text(self, text: str, variables: Sequence[Symbol]) -> Fitted | Misfit:
        """Read typed pairs, such as "(0, 0): saddle; (1, 1): minimum".

        >>> from sympy.abc import x, y
        >>> ClassedPoints(("x", "y")).take_text("(0, 0) is a saddle point, (1, -1): local minimum", (x, y)).value
        (((0, 0), 'saddle'), ((1, -1), 'minimum'))
        """
        pairs: list[Answer] = []
        waiting: list[str] = []
        word = ""
        pieces = _pieces(text)
        word_first = bool(pieces) and not pieces[0].startswith(_OPENING)
        for piece in pieces:
            if not piece.startswith(_OPENING):
                word = piece
                pairs += [Items((Text(point), Text(word))) for point in waiting]
                waiting = []
            elif word_first:
                pairs.append(Items((Text(piece), Text(word))))
            else:
                waiting.append(piece)
        if not pairs or waiting:
            return Misfit("wrong", f"Write each point and its class, such as (0, 0): {self.classes[0]}; and so on.")
        return self.take(Items(tuple(pairs), "list"), variables)

    def in_one_form(self, value: Any) -> Answer:
        """Return the coordinates and the place of the class, point by point in an order of their own."""
        try:
            pairs = list(value.items()) if isinstance(value, Mapping) else list(value)
            points = key_points([point for point, _ in pairs], self._point)
            places = [self.classes.index(self.class_of(name) or "") for _, name in pairs]
        except (TypeError, ValueError):
            return of(value)
        row = [(*point, Integer(place)) for point, place in zip(points, places, strict=True)]
        return of(tuple(part for each in sorted(row, key=str) for part in each))

    @bounded
    def compare(self, key: Any, value: Sequence[Pair], domain: Domain | None = None) -> Comparison:
        """Match the points in any order, then look at their classes."""
        right = list(key.items()) if isinstance(key, Mapping) else list(key)
        points = key_points([point for point, _ in right], self._point)
        wanted = [self.class_of(name) for _, name in right]
        if None in wanted:
            raise ValueError(f"The key has classes other than {listing(self.classes)}.")
        own = [point for point, _ in value]
        match = matching(points, own, self._point, domain)
        if match.doubtful:
            return Comparison(match.doubtful)
        clash = {i for i in match.doubled if value[i][1] != _first_class(points, value, i, self._point)}
        classed = {place: value[i][1] == wanted[place] for place, i in match.found.items()}
        parts: tuple[Verdict, ...] = tuple(
            Equal(Grounds.proof()) if classed.get(place) and not clash else NOWHERE for place in range(len(points))
        )
        if all(isinstance(part, Equal) for part in parts) and not match.extra:
            return Comparison(Equal(grounds(points, own, match, self._point)), parts, Fraction(1), notes=match.notes)
        earned = Fraction(len(match.found) + sum(classed.values()), 2) - len(match.extra) - len(clash)
        credit = max(Fraction(0), earned / max(1, len(points)))
        says = [count_words(points, own, match)]
        if wrong := [plain(points[place]) for place, good in sorted(classed.items()) if not good]:
            says.append(f"Look again at the class of {listing(wrong)}.")
        if clash:
            says.append(f"Two classes are given for {listing(plain(own[i]) for i in sorted(clash))}.")
        return Comparison(NOWHERE, parts, credit, " ".join(says), match.notes)


_OPENING = ("(", "[", "{", "<")
_CLOSING = (")", "]", "}", ">")


def _pieces(text: str) -> list[str]:
    """Take typed text apart into points in brackets and the words between them.

    >>> _pieces("(0, 0) is a saddle, and (sqrt(2), 1): min")
    ['(0, 0)', 'a saddle', '(sqrt(2), 1)', 'min']
    """
    text = text.strip()
    if text[:1] in ("{", "[") and text[-1:] in ("}", "]") and any(sign in text[1:-1] for sign in _OPENING):
        text = text[1:-1]
    pieces, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in _OPENING:
            if depth == 0:
                pieces.append(_LINKS.sub(" ", text[start:place]))
                start = place
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                pieces.append(text[start : place + 1])
                start = place + 1
    pieces.append(_LINKS.sub(" ", text[start:]))
    return [piece.strip() for piece in pieces if piece.strip()]


def _first_class(points: Sequence[Coordinates], value: Sequence[Pair], again: int, point: Point) -> str:
    """The class that was given to a point when it was first named."""
    for own, name in value[:again]:
        if isinstance(point.compare(own, value[again][0]).verdict, Equal):
            return name
    return value[again][1]


def _bare(name: str) -> str:
    return " ".join(_FILLERS.sub(" ", name.lower()).split())
