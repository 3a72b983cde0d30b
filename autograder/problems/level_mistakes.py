"""Level surfaces in problems: reading them, and wrong tangent planes and normal lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sympy import Eq, Expr, Integer, Symbol

from autograder.answers import of
from autograder.answers.answer import Equation
from autograder.notation import plain
from autograder.problems.at_point import AtPoint, dot
from autograder.problems.linear_mistakes import LinearModel
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import ProblemError
from nabla.tangent_plane import normal_line

ZERO = Integer(0)


def exact_level(problem: AtPoint) -> None:
    """Make the data of a problem about a level surface exact; `f` may be an equation.

    Raises `ProblemError` when the point is not on it, when there are not three variables, or when the gradient is 0.
    """
    read = of(problem.f)
    wanted = None
    if isinstance(read, Equation):
        constant = not read.right.free_symbols
        object.__setattr__(problem, "f", read.left if constant else read.left - read.right)
        wanted = read.right if constant else ZERO
    problem._normalise()
    if len(problem.variables) != 3:
        raise ProblemError(f"A surface in space has three variables; {plain(problem.f)} has {len(problem.variables)}.")
    value = LinearModel(problem).value
    if wanted is not None and (value - wanted).equals(0) is not True:
        raise ProblemError(f"The point {plain(problem.at)} does not lie on the surface: F is {plain(value)} there.")
    if not any(problem.slopes):
        raise ProblemError(f"The gradient is zero at {plain(problem.at)}: there is no normal. Choose another point.")


@dataclass(frozen=True)
class LevelMistakes:
    """Wrong ways to the tangent plane and to the normal line of a level surface."""

    problem: AtPoint

    def _plane(self, normal: Sequence[Expr], through: Sequence[Expr] | None = None) -> Eq:
        point = self.problem.at if through is None else through
        steps = tuple(v - a for v, a in zip(self.problem.variables, point, strict=True))
        return Eq(dot(normal, steps), ZERO, evaluate=False)

    def planes(self) -> Iterator[Mistake]:
        """Yield wrong tangent planes, the likeliest first."""
        p = self.problem
        at, normal = plain(p.at), p.slopes
        yield Mistake(
            "gradient not evaluated at the point",
            self._plane(p.formula),
            f"The normal is still a formula, so this is no plane. It needs the gradient at {at}.",
            f"Put {p.values} into the gradient.",
            HALF,
        )
        yield from self._constants(normal)
        yield Mistake(
            "normal of a graph",
            self._plane((*normal[:2], Integer(-1))),
            "You took the normal of a graph, with -1 at the end. This surface is no graph z = f: its normal is the "
            "whole gradient.",
            "Use all three partial derivatives.",
            HALF,
        )
        for i, (letter, a) in enumerate(zip(p.names, p.at, strict=True)):
            if a != 0:
                other = tuple(-c if i == j else c for j, c in enumerate(p.at))
                yield Mistake(
                    f"sign of the point in {letter}",
                    self._plane(normal, other),
                    f"The sign in front of the {letter}-coordinate of the point is wrong.",
                    f"The step along {letter} from a is {letter} - a; minus a negative number is a plus.",
                    HALF,
                )
        yield Mistake(
            "normal taken along the point",
            self._plane(p.at),
            f"You took the point {at} itself as the normal. A normal of a level surface is the gradient; only on a "
            "sphere about the origin do the two have one direction.",
            "Find the gradient at the point.",
        )
        yield Mistake(
            "point and normal exchanged",
            self._plane(p.at, normal),
            "You exchanged point and normal: the plane should pass through the point and stand across the normal.",
            "Dot the normal with the step from the point.",
            HALF,
        )
        yield Mistake(
            "point added instead of subtracted",
            self._plane(normal, tuple(-a for a in p.at)),
            f"The signs in front of the coordinates of {at} are wrong.",
            "The step along x from a is x - a; minus a negative number is a plus.",
            HALF,
        )
        for mistake in LinearModel(p).wrong_gradients():
            name, says = (text.replace("slope", "part of the normal") for text in (mistake.name, mistake.says))
            yield replace(mistake, name=name, wrong=self._plane(mistake.wrong), says=says)
        yield from self._permuted(normal)
        yield Mistake(
            "all parts of the normal taken as 1",
            self._plane((Integer(1),) * 3),
            f"You used the normal (1, 1, 1). The normal is the gradient at {at}.",
            "Find the three partial derivatives at the point.",
        )
        yield from self._no_plane()

    def _constants(self, normal: Sequence[Expr]) -> Iterator[Mistake]:
        p = self.problem
        lhs = dot(normal, p.variables)
        through = f"Choose it so that the plane passes through {plain(p.at)}."
        constants = (
            ("right side taken from the surface", LinearModel(p).value,
             "The normal is right. The right side is the one of the surface; for the plane it is another number."),
            ("plane through the origin", ZERO,
             "The normal is right, but this plane passes through the origin."),
            ("value kept on the right side", LinearModel(p).value + dot(normal, p.at),
             "The value of the surface is added on the right side. Both sides of the plane's equation are 0 at the "
             "point."),
            ("sum of the parts for the right side", sum(normal, ZERO),
             "You added the parts of the normal; each should be multiplied by its coordinate first."),
            ("right side from the length of the normal", dot(normal, normal),
             "The right side is the normal dotted with itself; it should be the normal dotted with the point."),
        )  # fmt: skip
        for name, constant, says in constants:
            yield Mistake(name, Eq(lhs, constant, evaluate=False), says, through, HALF)

    def _permuted(self, normal: Sequence[Expr]) -> Iterator[Mistake]:
        a, b, c = normal
        for order in ((b, a, c), (c, b, a), (a, c, b), (b, c, a), (c, a, b)):
            yield Mistake("parts of the normal in the wrong order", self._plane(order),
                          "The normal has the right parts in the wrong order.",
                          "The derivative along x goes with x, and so on.", HALF)  # fmt: skip

    def _no_plane(self) -> Iterator[Mistake]:
        p = self.problem
        put = "Use it as the normal: dot it with the step from the point and set that to 0."
        yield Mistake("the normal alone", p.slopes, "That is a normal, a vector. A plane is an equation.", put)
        yield Mistake("the gradient as a formula", p.formula, "That is the gradient as a formula.",
                      f"Put {p.values} in. {put}")  # fmt: skip
        yield Mistake("the normal line", normal_line(p.at, p.slopes),
                      "That is the line across the surface. The plane lies along it.", put)  # fmt: skip
        yield Mistake("the surface itself", Eq(p.f, LinearModel(p).value, evaluate=False),
                      "That is the surface itself. Its tangent plane is linear.", "Find a normal first.")  # fmt: skip


def wrong_lines(
    point: Sequence[Expr], normal: Sequence[Expr], formula: Sequence[Expr], letters: Sequence[Symbol]
) -> Iterator[Mistake]:
    """Yield wrong normal lines through a point of a surface, as points that move with t.

    >>> from sympy.abc import x, y, z
    >>> [m.name for m in wrong_lines((1, 2, 3), (2, 4, 6), (2 * x, 2 * y, 2 * z), (x, y, z))][0]
    'point and direction exchanged'
    """
    one = Integer(1)
    yield Mistake("point and direction exchanged", normal_line(normal, point),
                  "You exchanged point and direction: t multiplies the point.",
                  "Begin at the point and add t times the normal.", HALF)  # fmt: skip
    yield Mistake("line through the origin", normal_line((ZERO,) * 3, normal),
                  "The direction is right, but this line passes through the origin.",
                  f"Begin at {plain(tuple(point))}.", HALF)  # fmt: skip
    yield Mistake("direction not evaluated at the point", normal_line(point, formula),
                  f"The direction is still a formula in {', '.join(v.name for v in letters)}.",
                  "Put the point into the normal.", HALF)  # fmt: skip
    yield Mistake("direction along the point", normal_line(point, point),
                  "You took the point itself as the direction. The line should follow the normal.",
                  "Find the normal at the point.")  # fmt: skip
    for i, letter in enumerate(letters):
        turned = (*normal[:i], -normal[i], *normal[i + 1 :])
        yield Mistake(f"sign of the {letter}-part of the direction", normal_line(point, turned),
                      f"The {letter}-part of the direction has the wrong sign.",
                      "A normal may be turned round, but only as a whole.", HALF)  # fmt: skip
    for i, letter in enumerate(letters):
        flat = (*normal[:i], ZERO, *normal[i + 1 :])
        yield Mistake(f"{letter}-part of the direction left out", normal_line(point, flat),
                      f"The direction has no {letter}-part: this is a direction along the ground, or along a wall.",
                      f"The normal stands in space; find its {letter}-part too.", HALF)  # fmt: skip
    a, b, c = normal
    yield Mistake("direction of a graph's normal", normal_line(point, (a, b, -one)),
                  "You took the normal of a graph, with -1 at the end.", "Find all parts of the normal.",
                  HALF)  # fmt: skip
    for i, letter in enumerate(letters):
        opposite = tuple(-q if i == j else q for j, q in enumerate(point))
        yield Mistake(f"sign of the {letter}-coordinate of the point", normal_line(opposite, normal),
                      f"The line begins at another {letter}: its sign is wrong.",
                      f"Begin at {plain(tuple(point))}.", HALF)  # fmt: skip
        flat = tuple(ZERO if i == j else q for j, q in enumerate(point))
        yield Mistake(f"{letter}-coordinate of the point left out", normal_line(flat, normal),
                      f"The {letter}-coordinate of the point is missing.",
                      f"Begin at {plain(tuple(point))}.", HALF)  # fmt: skip
    swapped = (point[1], point[0], point[2])
    yield Mistake("coordinates of the point swapped", normal_line(swapped, normal),
                  "The line begins at a point with its coordinates swapped.",
                  f"Begin at {plain(tuple(point))}.", HALF)  # fmt: skip
    steps = tuple(letter - q for letter, q in zip(letters, point, strict=True))
    yield Mistake("the tangent plane", Eq(dot(normal, steps), ZERO, evaluate=False),
                  "That is the tangent plane. The normal line stands at right angles to it.",
                  "Begin at the point and add t times the normal.", Fraction(1, 4))  # fmt: skip
    for order in ((b, a, c), (c, b, a), (a, c, b)):
        yield Mistake("parts of the direction in the wrong order", normal_line(point, order),
                      "The direction has the right parts in the wrong order.",
                      f"Write them in the order {', '.join(v.name for v in letters)}.", HALF)  # fmt: skip
    yield Mistake("point with wrong signs", normal_line(tuple(-p for p in point), normal),
                  "The signs of the point are reversed.", f"Begin at {plain(tuple(point))}.", HALF)  # fmt: skip
    yield Mistake("direction (1, 1, 1)", normal_line(point, (one, one, one)),
                  "The direction is not the normal.", "Find the normal at the point.")  # fmt: skip
    yield Mistake("the direction alone", tuple(normal),
                  "That is a direction. A line also needs the point through which it passes.",
                  "Begin at the point and add t times this vector.", HALF)  # fmt: skip
