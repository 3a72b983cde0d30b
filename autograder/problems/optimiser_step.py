"""One step of an optimiser that remembers: what momentum, RMSProp and Adam share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sympy import Expr, Integer, Symbol

from autograder.answers.kinds import Kind, Point
from autograder.notation import plain
from autograder.problems.at_point import AtPoint, plus, scaled
from autograder.problems.gradient_descent import Coordinates, bottom, positive, step_picture, uphill_along_one_axis
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError, Prose, exact_point
from nabla.optimisers import Memory, Rule

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


class OptimiserStep(AtPoint):
    """One step of a rule that remembers; a subclass gives rule, memory and words."""

    learning_rate: Expr

    @property
    @abstractmethod
    def rule(self) -> Rule:
        """The update rule."""

    @property
    @abstractmethod
    def memories(self) -> tuple[Memory, ...]:
        """Each coordinate's memory before the step."""

    @property
    def kind(self) -> Kind:
        """The coordinates of a point."""
        return Point(self.names, numbers=True)

    def moved(
        self, slopes: Sequence[Expr] | None = None, rule: Rule | None = None, memories: Sequence[Memory] | None = None
    ) -> Coordinates:
        """Return where the rule leads from `at`; slopes, rule and memory are the problem's own unless given."""
        each = zip(self.at, slopes or self.slopes, memories or self.memories, strict=True)
        return tuple((rule or self.rule).step(*one)[0] for one in each)

    def key(self) -> Coordinates:
        """Return the next point."""
        return self.moved()

    def follow(self, **values: Any) -> Coordinates:
        """Step with the student's own gradient."""
        return self.moved(values["gradient"])

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the step to the student's own point."""
        return step_picture(self, answer)

    def _task(self, name: str, formulas: Sequence[str], data: str) -> Prose:
        rule = "\n\n".join(f"$$ {formula} $$" for formula in formulas)
        return Prose(
            f"Take **one step of gradient descent with {name}** on\n\n$$ {self.definition} $$\n\n"
            f"from the point ${self.place}$, by the rule\n\n{rule}\n\n"
            f"for each coordinate, where $g$ is the slope of $f$ along it at the point. {data}\n\n"
            "Give the coordinates of the new point, exact or to four digits."
        )

    def _common_mistakes(self) -> Iterator[Mistake]:
        """The mistakes of any step: uphill, plain descent, only the step, slips in the gradient."""
        key, eta = self.key(), self.learning_rate
        step = plus(key, scaled(Integer(-1), self.at))
        yield Mistake(
            "uphill",
            plus(self.at, scaled(Integer(-1), step)),
            "You added what should be subtracted: this step goes the wrong way.",
            "The new point is the old one minus the step.",
            HALF,
        )
        yield Mistake(
            "plain gradient descent",
            plus(self.at, scaled(-eta, self.slopes)),
            "That is a step of plain gradient descent.",
            "Use the memory too, as the rule says.",
        )
        yield Mistake(
            "only the step",
            step,
            f"That is the step, not where it leads. You start from {plain(self.at)}.",
            "Add the step to the point.",
            HALF,
        )
        yield Mistake(
            "learning rate left out",
            plus(self.at, scaled(1 / eta, step)),
            f"The learning rate {plain(eta)} is missing.",
            "Multiply by the learning rate before you subtract.",
            HALF,
        )
        yield Mistake(
            "the start",
            self.at,
            "That is the point you start from: nothing moved.",
            "Work through the rule once for each coordinate.",
        )
        for i in range(len(key)):
            yield Mistake(
                "only one coordinate moved",
                (*self.at[:i], key[i], *self.at[i + 1 :]),
                "Only one coordinate moved. Every coordinate moves, each by its own slope.",
                "Work through the rule once for each coordinate.",
            )
        yield from uphill_along_one_axis(self.at, key)
        yield from bottom(self)
        yield from self.gradient_mistakes(self.moved)

    def is_well_behaved(self) -> bool:
        """Both slopes count, and the new point is made of short fractions."""
        return all(part.is_Rational and (1000 * part).is_Integer and abs(part) <= 20 for part in self.key()) and all(
            abs(slope) <= 60 for slope in self.slopes
        )


def share(value: Any, what: str) -> Expr:
    """Take an exact number between 0 and 1. Raises `ProblemError` for any other.

    >>> share(0.9, "momentum")
    9/10
    """
    number = positive(value, what)
    if not number < 1:
        raise ProblemError(f"{what} should be between 0 and 1, such as 0.9, not {plain(number)}.")
    return number


def squares(value: Any, variables: Sequence[Symbol], what: str) -> Coordinates:
    """Take exact numbers that are not negative, one for each variable. Raises `ProblemError` for others."""
    point = exact_point(value, variables, what)
    if any(part.is_negative or not part.is_number for part in point):
        raise ProblemError(f"{what} holds means of squares, which are not negative: {plain(point)} has one that is.")
    return point
