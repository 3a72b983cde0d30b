"""A vector at right angles to a level set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Expr, S, Symbol

from autograder.answers import of
from autograder.answers.kinds import Fitted, Kind, Normal
from autograder.notation import plain, typeset
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Prose, Step
from nabla.calculus import unit

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


from autograder.problems.level_set import LevelPoint, contour_picture


@dataclass(frozen=True)
class LevelNormal(LevelPoint):
    """A vector at right angles to the level set of f at a point.

    >>> from sympy.abc import x, y
    >>> LevelNormal(x**2 + 3*y**2, at=(1, 2)).key()
    (2, 12)
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._check()

    @property
    def kind(self) -> Kind:
        """A vector up to any factor."""
        return Normal(self.names)

    def key(self) -> tuple[Expr, ...]:
        """Return the gradient."""
        return self.slopes

    def statement(self) -> Prose:
        """Ask for a normal."""
        return Prose(
            f"Let ${self.definition}$. Find a vector that is **at right angles to the level set** of $f$ through the "
            f"point ${self.place}$, at that point.\n\nGive any such vector: its length and its sign do not matter."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the gradient."""
        return (
            "Along a level set f does not change. Which vector is at right angles to every direction of no change?",
            r"The rate along a unit vector $u$ is $\nabla f \cdot u$. Along the level set it is zero.",
            f"Find the partial derivatives of $f$ and put {self.values} into each.",
        )

    def steps(self) -> Iterator[Step]:
        """The gradient is the normal."""
        yield from self.gradient_steps()
        yield Step("It is at right angles to every direction along the level set:", f"n = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Along the curve, radial, swapped, a sign, not evaluated, slips."""
        key = self.key()
        if len(key) == 2:
            a, b = key
            yield Mistake(
                "along the level curve",
                (-b, a),
                "That vector lies along the level curve, at right angles to its normal.",
                "Use the gradient itself, without the quarter turn.",
            )
        if any(self.at):
            yield Mistake(
                "radial",
                self.at,
                "You took the way from the origin. At right angles to the level set is not the same as away from the "
                "origin, unless the level sets are circles round it.",
                "Use the gradient at the point.",
            )
            yield Mistake(
                "round the origin",
                (-self.at[1], self.at[0], *self.at[2:]),
                "That is at right angles to the way from the origin.",
                "Use the gradient at the point.",
            )
        yield Mistake(
            "components swapped",
            tuple(reversed(key)),
            "The components are in the wrong order.",
            "The slope along the first variable comes first.",
        )
        for i, name in enumerate(self.names):  # of two components either one flipped gives the same line
            yield Mistake(
                f"sign flipped in the {name}-component" if len(key) > 2 else "one sign flipped",
                (*key[:i], -key[i], *key[i + 1 :]),
                "One component has the wrong sign. All of them may be turned round, but not one alone.",
                "Go through the signs of the partial derivatives once more.",
            )
        for i, name in enumerate(self.names):
            yield Mistake(
                f"only the slope along {name}",
                tuple(part if i == j else S.Zero for j, part in enumerate(key)),
                "That points along an axis. A normal needs all slopes.",
                "Use every component of the gradient.",
            )
        yield Mistake(
            "not evaluated at the point",
            self.formula,
            f"That is the gradient as a formula. The question asks for the normal at {plain(self.at)}.",
            f"Put in {self.values}.",
            HALF,
        )
        for last in (S.One, S.NegativeOne):
            yield Mistake(
                "normal of the graph",
                (*key, last),
                "That is a normal of the graph, in space. The level set lives where the variables live.",
                "Leave the last component out.",
                HALF,
            )
        yield Mistake(
            "sum of the slopes",
            sum(key, S.Zero),
            "That is one number. A normal is a vector.",
            "Keep the slopes apart.",
        )
        yield from self.gradient_mistakes(lambda wrong: wrong if any(wrong) else (S.Zero,))

    def follow(self, **values: Any) -> tuple[Expr, ...]:
        """Use the student's own gradient."""
        return tuple(values["gradient"])

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the student's own vector on the contour map; without one, the point alone."""
        fitted = self.kind.fit(of(answer), ())
        if isinstance(fitted, Fitted) and any(fitted.value):
            return contour_picture(self, {"your answer": tuple(unit(fitted.value))})
        return contour_picture(self, {})
