"""Which function has the level curve that a drawing shows?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol

from autograder.answers.answer import Answer, Scalar, Text
from autograder.answers.kinds import Choice, Kind
from autograder.answers.typed import ReadingError, read
from autograder.notation import listing, plain, typeset
from autograder.problems.mistake import Mistake
from autograder.problems.problem import Problem, ProblemError, Prose, Step, exact, exact_point, exact_variables
from nabla.calculus import evaluate

if TYPE_CHECKING:
    from nabla.explore.picture import Picture

Pair = tuple[Expr, ...]
REACH = 5
"""The drawing shows coordinates from -5 to 5."""


@dataclass(frozen=True)
class WhichLevelSet(Problem):
    """Choose the function whose level curve through a point is drawn. `right` is its number in `options`, from 1.

    Every wrong option must fail at a point with whole coordinates on the curve, so that it can be ruled out by
    reading the drawing.

    >>> from sympy.abc import x, y
    >>> problem = WhichLevelSet((x**2 + y**2, x*y, x + y), right=2, at=(1, 4))
    >>> problem.key()
    'x·y'
    >>> problem.mistakes()[0].says
    'The curve passes through (1, 4) and (2, 2). There x^2 + y^2 is 17 and 8, so it has not one value on the curve.'
    """

    options: tuple[Expr, ...]
    right: Expr
    at: Pair
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        options = tuple(exact(option, "an option") for option in self.options)
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "right", exact(self.right, "right"))
        object.__setattr__(self, "variables", exact_variables(sum(options), self.variables))
        object.__setattr__(self, "at", exact_point(self.at, self.variables, "at"))
        if len(self.variables) != 2 or len(options) < 2 or len(set(map(plain, options))) < len(options):
            raise ProblemError("Give two or more different functions of the same two variables.")
        if not (self.right.is_Integer and 1 <= self.right <= len(options)):
            raise ProblemError(f"right is the number of an option, 1 to {len(options)}, not {plain(self.right)}.")
        for option in options:
            if option != self.drawn and self._failing(option) is None:
                raise ProblemError(f"No point with whole coordinates rules out {plain(option)}; choose another point.")

    @property
    def drawn(self) -> Expr:
        """The function whose level curve is drawn."""
        return self.options[int(self.right) - 1]

    @cached_property
    def landmarks(self) -> tuple[Pair, ...]:
        """Up to four points with whole coordinates on the curve, the nearest to `at` first."""
        return _landmarks(self.drawn, self.variables, self.at)

    def _value(self, f: Expr, place: Pair) -> Expr:
        return f.xreplace(dict(zip(self.variables, place, strict=True)))

    def _failing(self, option: Expr) -> Pair | None:
        """A point of the curve at which another function has another value than at `at`."""
        here = self._value(option, self.at)
        return next((place for place in self.landmarks if self._value(option, place) != here), None)

    def _reason(self, option: Expr) -> str:
        place = self._failing(option)
        if place is None:
            raise ProblemError(f"Nothing rules out {plain(option)}.")
        values = f"{plain(self._value(option, self.at))} and {plain(self._value(option, place))}"
        return (
            f"The curve passes through {plain(self.at)} and {plain(place)}. There {plain(option)} is {values}, so it "
            "has not one value on the curve."
        )

    @property
    def kind(self) -> Kind:
        """One of the options, by its text, number or letter."""
        reasons = {plain(option): self._reason(option) for option in self.options if option != self.drawn}
        return Choice(tuple(map(plain, self.options)), reasons)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of the functions."""
        return self.variables

    def key(self) -> str:
        """Return the right option."""
        return plain(self.drawn)

    def statement(self) -> Prose:
        """Show the options, and say in words what the drawing shows."""
        lines = "\n".join(f"- ({letter}) ${typeset(f)}$" for letter, f in zip("abcdefgh", self.options, strict=False))
        shown = listing(f"${typeset(place)}$" for place in (self.at, *self.landmarks))
        return Prose(
            f"One **level curve** passes through {shown}; `.picture()` draws it. Of which function is it a level "
            f"curve?\n\n{lines}\n\nGive the letter, the number, or the formula."
        )

    def pack(self, answer: object) -> Answer:
        """Take an option as a formula, or written in another way, for its text."""
        packed = super().pack(answer)
        text = packed.text if isinstance(packed, Text) else None
        try:
            value = read(text, self.variables).answer if text is not None else packed
        except ReadingError:
            return packed
        if isinstance(value, Scalar) and value.expression.free_symbols:
            for option in self.options:
                if (value.expression - option).expand() == 0:
                    return Text(plain(option))
        return packed

    def nudges(self) -> Sequence[str]:
        """Nudge towards equal values."""
        places = listing((plain(place) for place in (self.at, *self.landmarks[:1])), "and")
        return (
            "What has a function on all points of one of its level curves?",
            f"Read two points off the curve, such as {places}, and put both into a function. What rules it out?",
            "Go through the functions one by one, with the points that are named, until one has the same value at all.",
        )

    def steps(self) -> Iterator[Step]:
        """The values of every option at two points."""
        for option in self.options:
            place = self._failing(option) or self.landmarks[0]
            yield Step(
                f"Put {plain(self.at)} and {plain(place)} into it:",
                rf"{typeset(option)}: \quad {typeset(self._value(option, self.at))},\ "
                rf"{typeset(self._value(option, place))}",
            )
        yield Step("Only one has the same value at every point of the curve:", typeset(self.drawn))

    def wrong_ways(self) -> Iterator[Mistake]:
        """Every wrong option, with two points that rule it out."""
        for option in self.options:
            if option != self.drawn:
                yield Mistake(
                    f"level curve of {plain(option)}",
                    plain(option),
                    self._reason(option),
                    "On a level curve the function has one and the same value. Try the named points in the others.",
                )

    @classmethod
    def through(cls, options: Sequence[Any], points: Sequence[Any], variables: Sequence[Symbol] = ()) -> Self:
        """Make the problem from points of the curve; so the line that makes it does not give the answer away.

        The right option is the only one that has one value at all the points.

        Raises `ProblemError` where several options have, or none.

        >>> from sympy.abc import x, y
        >>> WhichLevelSet.through((x**2 + y**2, x*y, x + y), [(1, 4), (2, 2)]).right
        2
        """
        given = tuple(exact(option, "an option") for option in options)
        names = exact_variables(sum(given), tuple(variables))
        places = [exact_point(point, names, "a point") for point in points]
        fitting = [n for n, f in enumerate(given, 1) if _is_level(f, names, tuple(places))]
        if len(fitting) != 1:
            raise ProblemError(f"Give points at which one option has one value; at these {len(fitting)} have.")
        return cls(given, fitting[0], places[0], names)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw three or four functions of growing variety, and a point where the drawing tells them apart."""
        x, y = Symbol("x"), Symbol("y")
        pool = [x + y, y - x, 2 * x + y, x**2 + y**2, x * y, y - x**2, x - y**2]
        if level > 1:
            pool += [x**2 + 4 * y**2, 4 * x**2 + y**2, (x - 1) ** 2 + y**2, x * (y + 1), y + x**2, x**2 + (y - 2) ** 2]
        if level > 2:
            pool = [*pool[3:], x**2 + x * y + y**2, x**2 * y, (x + 1) * (y - 1), y - x**3, x**2 - 2 * x + 2 * y]
        while True:
            options = rng.sample(pool, 3 if level == 1 else 4)
            right, at = rng.randrange(len(options)) + 1, (rng.randint(-3, 4), rng.randint(-3, 4))
            try:
                return cls(tuple(options), right, at)
            except ProblemError:
                continue  # the drawing would not tell these apart

    def is_well_behaved(self) -> bool:
        """At least two more points can be read off, and the curve is no single point or double line."""
        return len(self.landmarks) >= 2 and self._value(self.drawn, self.at) != 0

    @property
    def is_about_picture(self) -> bool:
        """The curve is to be seen."""
        return True

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the curve, without its formula."""
        from nabla.explore.level_picture import level_picture

        return level_picture(self.drawn, self.at, self.landmarks, window=REACH, variables=self.variables)


@lru_cache(maxsize=64)  # one exercise asks the same of a whole class
def _is_level(f: Expr, variables: tuple[Symbol, ...], places: tuple[tuple[Expr, ...], ...]) -> bool:
    return len({evaluate(f, variables, place) for place in places}) == 1


@lru_cache(maxsize=64)
def _landmarks(drawn: Expr, variables: tuple[Symbol, ...], at: Pair) -> tuple[Pair, ...]:
    level = evaluate(drawn, variables, at)

    def distance(place: Pair) -> tuple[Expr, str]:
        return (place[0] - at[0]) ** 2 + (place[1] - at[1]) ** 2, str(place)

    places = ((Integer(a), Integer(b)) for a, b in product(range(1 - REACH, REACH), repeat=2))
    on_curve = (p for p in places if p != at and drawn.xreplace(dict(zip(variables, p, strict=True))) == level)
    return tuple(sorted(on_curve, key=distance)[:4])
