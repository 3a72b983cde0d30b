"""What becomes of gradient descent on a quadratic bowl with a given learning rate: settle, swing, or run away?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from sympy import Expr, Rational, Symbol

from autograder.answers.answer import Answer
from autograder.answers.kinds import Choice, Kind
from autograder.notation import listing, plain, typeset
from autograder.problems.bowl import OnBowl, draw_bowl
from autograder.problems.gradient_descent import positive
from autograder.problems.mistake import Mistake
from autograder.problems.problem import Prose, Step
from nabla.exact_descent import curvatures, shrink_factors

STRAIGHT = "comes to the minimum without swinging"
SWINGING = "comes to the minimum, swinging to and fro"
FOR_EVER = "swings for ever"
AWAY = "runs away"
FATES = (STRAIGHT, SWINGING, FOR_EVER, AWAY)


@dataclass(frozen=True)
class DescentFate(OnBowl):
    """Choose what gradient descent does on a bowl, from a start that lies on none of its axes.

    >>> from sympy.abc import x, y
    >>> [DescentFate(x**2 + 10*y**2, eta).key() for eta in (0.06, 0.1, 0.11)]
    ['comes to the minimum, swinging to and fro', 'swings for ever', 'runs away']
    """

    f: Expr
    learning_rate: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        self._normalise()
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))

    @property
    def factors(self) -> tuple[Expr, ...]:
        """What one step multiplies the distance by, along each axis of the bowl."""
        return shrink_factors(self.f, self.learning_rate, self.variables)

    @property
    def kind(self) -> Kind:
        """One of the four fates."""
        return Choice(FATES, {fate: self._reason(fate) for fate in FATES if fate != self.key()})

    def key(self) -> str:
        """Return the fate: the smallest factor, that of the steepest axis, decides."""
        least = min(self.factors)
        if least < -1:
            return AWAY
        if least == -1:
            return FOR_EVER
        return SWINGING if least < 0 else STRAIGHT

    def _reason(self, fate: str) -> str:
        """Why the fate is another one, by the factor that shows it."""
        steepest, eta = self.curvatures[-1], self.learning_rate
        factor = f"1 - {plain(eta)}·{plain(steepest)} = {plain(1 - eta * steepest)}".replace(" ", "\N{NO-BREAK SPACE}")
        along = (
            f"Along the steepest axis, of curvature {plain(steepest)}, each step multiplies the distance by {factor}."
        )
        if fate in (STRAIGHT, SWINGING) and self.key() in (FOR_EVER, AWAY):
            return f"{along} Even where f falls in a step, the point need not come nearer along every axis."
        return f"{along} What does a number do that is multiplied by this again and again?"

    def statement(self) -> Prose:
        """Ask for the fate."""
        options = "\n".join(f"- ({letter}) it {fate}" for letter, fate in zip("abcd", FATES, strict=True))
        return Prose(
            f"Gradient descent with the fixed learning rate $\\eta = {typeset(self.learning_rate)}$ walks on\n\n"
            f"$$ {self.definition} $$\n\nfrom a start that lies on none of the axes of this bowl. What becomes of it, "
            f"in exact arithmetic?\n\n{options}\n\nGive the letter, the number, or the words."
        )

    def pack(self, answer: object) -> Answer:
        """Take the words of an option as the question shows them, "it" in front."""
        return super().pack(
            re.sub(r"^\s*it\s+", "", answer, flags=re.IGNORECASE) if isinstance(answer, str) else answer
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the factors."""
        return (
            "Look at one axis of the bowl at a time. What does one step do to the distance from the minimum?",
            r"Along an axis with curvature $\kappa$ each step multiplies it by $1 - \eta \kappa$. Find this for "
            "every axis.",
            "A factor between 0 and 1 shrinks the distance, a negative one changes sides. What else matters is whether "
            "its size is below 1, equal to 1, or above. One bad axis is enough.",
        )

    def steps(self) -> Iterator[Step]:
        """Curvatures, factors, fate."""
        yield from self.hessian_steps()
        yield Step(
            "Each step multiplies the distance along an axis by:",
            rf"1 - \eta \kappa = {', '.join(map(typeset, self.factors))}",
        )
        shown = listing(plain(factor) for factor in self.factors)
        yield Step(f"With the factors {shown} the descent {self.key()}:", rf"\text{{{self.key()}}}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """The other three fates."""
        for fate in FATES:
            if fate != self.key():
                yield Mistake(f"taken for: {fate}", fate, self._reason(fate), "Find 1 - ηh for every axis.")

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a bowl, and a rate for each fate alike."""
        f = draw_bowl(rng, level, three=level == 3)
        steepest = curvatures(f)[-1]
        fate = rng.choice((Rational(1, 2), Rational(4, 5), Rational(6, 5), Rational(3, 2), Rational(2), Rational(5, 2)))
        return cls(f, fate / steepest)

    def is_well_behaved(self) -> bool:
        """The curvatures are whole numbers that differ."""
        values = self.curvatures
        return all(h.is_Integer and h <= 60 for h in values) and values[0] != values[-1]
