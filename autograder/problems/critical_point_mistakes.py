"""Mistakes with critical points: classes mixed up, points missing or too many, wrong coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sympy import Expr, Integer, Symbol

from autograder.notation import listing, plain
from autograder.problems.mistake import HALF, Mistake
from nabla.calculus import gradient
from nabla.second_order import hessian

CLASSES = ("minimum", "maximum", "saddle", "undecided")
"""What the second-derivative test may say."""

Coordinates = tuple[Expr, ...]
Classed = tuple[tuple[Coordinates, str], ...]
Pairs = list[tuple[Coordinates, str]]


@dataclass(frozen=True)
class PointMistakes:
    """Wrong answers to the question for the critical points of f and their classes.

    >>> from sympy.abc import x
    >>> right = (((Integer(0),), "minimum"),)
    >>> [m.wrong for m in PointMistakes(x**2, (x,), right).all()][:2]
    [[((0,), 'minimum')], [((0,), 'maximum')]]
    """

    f: Expr
    variables: tuple[Symbol, ...]
    classed: Classed

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(v.name for v in self.variables)

    def all(self) -> Iterator[Mistake]:
        """Yield them, the likeliest first."""
        yield from self._class_mistakes()
        yield from self._missing_points()
        yield from self._wrong_coordinates()
        yield from self._class_and_point()
        yield from self._from_the_equations()

    def _class_mistakes(self) -> Iterator[Mistake]:
        test = "Look at the second derivatives at each point."
        for name in ("minimum", "maximum", "saddle", "undecided"):
            yield Mistake(f"every critical point taken for a {name}" if name != "undecided" else "nothing decided",
                          [(point, name) for point, _ in self.classed],
                          f"You called every point {_article(name)}. A zero gradient says only that f is flat there.",
                          test)  # fmt: skip
        turned = {"minimum": "maximum", "maximum": "minimum"}
        yield Mistake("minimum and maximum exchanged", self._renamed(turned),
                      "Minima and maxima are exchanged: where D is positive, a positive second derivative curves up.",
                      "At a minimum f curves upwards: positive second derivatives.", HALF)  # fmt: skip
        crossed = {"saddle": "minimum", "minimum": "saddle", "maximum": "saddle"}
        yield Mistake("sign of D read the wrong way", self._renamed(crossed),
                      "Where D is negative, f curves up one way and down another: that is a saddle. You read it the "
                      "other way round.", "D < 0: saddle. D > 0: minimum or maximum.", HALF)  # fmt: skip
        if len(self.classed) == 2:
            (one, first), (other, second) = self.classed
            yield Mistake("classes of the two points exchanged", [(one, second), (other, first)],
                          "Both points are right, and each has the class of the other.", test, HALF)  # fmt: skip
        for name in ("minimum", "maximum", "saddle"):
            yield Mistake("D = 0 read as an answer", self._renamed({"undecided": name}),
                          f"At a point with D = 0 you decided for {_article(name)}. There the test says nothing.",
                          "Say undecided where the second derivatives do not decide.", HALF)  # fmt: skip
        for name in ("minimum", "maximum"):
            yield Mistake(f"saddle taken for a {name}", self._renamed({"saddle": name}),
                          "At a saddle f curves up along one direction and down along another. You looked at one "
                          "second derivative only.", "Use D, or both eigenvalues.", HALF)  # fmt: skip
        yield Mistake("signs of the second derivatives not used", self._renamed({"maximum": "minimum"}),
                      "D > 0 alone does not make a minimum: the sign of a pure second derivative tells which it is.",
                      "Check the sign of the second derivative along the first variable.", HALF)  # fmt: skip

    def _renamed(self, names: dict[str, str]) -> Pairs:
        return [(point, names.get(name, name)) for point, name in self.classed]

    def _missing_points(self) -> Iterator[Mistake]:
        for i, (point, _) in enumerate(self.classed):
            if len(self.classed) > 1:
                rest = [pair for j, pair in enumerate(self.classed) if j != i]
                at_zero = any(part == 0 for part in point)
                why = "Was something divided away that may be 0?" if at_zero else "Was a sign of a root forgotten?"
                yield Mistake("one point missing", rest, f"One critical point is missing. {why}",
                              "Follow every case of the equations to its end.")  # fmt: skip
        for sign, word in ((1, "negative"), (-1, "positive")):
            kept = [(p, n) for p, n in self.classed if all(part * sign >= 0 for part in p)]
            if 0 < len(kept) < len(self.classed):
                yield Mistake(f"{word} roots left out", kept,
                              f"Only points without {word} coordinates are there: the {word} roots are missing.",
                              "x^2 = a has two roots.")  # fmt: skip
        for name in CLASSES:
            kept = [(p, n) for p, n in self.classed if n == name]
            if 0 < len(kept) < len(self.classed):
                yield Mistake(f"only the points of class {name}", kept,
                              "Critical points of the other classes are missing.",
                              "Critical are all points with a zero gradient, saddles too.")  # fmt: skip

    def _wrong_coordinates(self) -> Iterator[Mistake]:
        pairs = self.classed
        yield Mistake(
            "coordinates swapped",
            [(point[::-1], name) for point, name in pairs],
            "The coordinates are in the wrong order.",
            f"Write them in the order {listing(self._names)}.",
            HALF,
        )
        yield Mistake(
            "signs of the coordinates flipped",
            [(tuple(-part for part in point), name) for point, name in pairs],
            "The coordinates have the wrong signs.",
            "Put each point back into the gradient: is it zero?",
            HALF,
        )
        for i, variable in enumerate(self._names):
            moved = [((*p[:i], -p[i], *p[i + 1 :]), name) for p, name in pairs]
            yield Mistake(f"sign of {variable} flipped", moved, f"The sign of {variable} is wrong.",
                          "Put each point back into the gradient: is it zero?")  # fmt: skip
        every = [sorted({p[i] for p, _ in pairs}, key=str) for i in range(len(self._names))]
        if (n := len(list(product(*every)))) > len(pairs) and n <= 30:
            known = dict(pairs)
            grid = [(p, known.get(p, "saddle")) for p in product(*every)]
            yield Mistake(
                "coordinates combined freely",
                grid,
                "You combined every value of one coordinate with every value of the others. They belong "
                "together: each solution is a whole point.",
                "Put each point back into the gradient.",
            )
        yield Mistake("points without a class", [point for point, _ in pairs],
                      "The points are right. Each also needs its class.",
                      "Give a dict from point to class.", HALF)  # fmt: skip
        origin = (Integer(0),) * len(self._names)
        if all(p != origin for p, _ in pairs):
            for name in CLASSES[:3]:
                yield Mistake("the origin", [(origin, name)], "The gradient is not zero at the origin.",
                              "Solve for all slopes zero.")  # fmt: skip
                yield Mistake("the origin added", [*pairs, (origin, name)],
                              "The origin does not belong: the gradient is not zero there.",
                              "Put each point back into the gradient.", HALF)  # fmt: skip

    def _class_and_point(self) -> Iterator[Mistake]:
        for i, (point, right) in enumerate(self.classed):
            for name in CLASSES:
                if name != right:
                    pairs = [(p, name if j == i else n) for j, (p, n) in enumerate(self.classed)]
                    yield Mistake(f"class of {plain(point)}", pairs,
                                  f"All points are right. At {plain(point)} the class is not.",
                                  "Put this point into the Hessian once more, and watch the signs.", HALF)  # fmt: skip

    def _from_the_equations(self) -> Iterator[Mistake]:
        """Wrong solutions of linear equations: the mixed terms left out, the right side with the wrong sign."""
        if len(self.classed) > 1:
            return
        _, name = self.classed[0]
        H = hessian(self.f, self.variables)
        if H.free_symbols or not all(H[i, i] for i in range(H.rows)):
            return
        zero = dict.fromkeys(self.variables, Integer(0))
        slopes = [part.xreplace(zero) for part in gradient(self.f, self.variables)]
        alone = tuple(-slope / H[i, i] for i, slope in enumerate(slopes))
        yield Mistake("mixed terms left out of the equations", [(alone, name)],
                      "Each equation was solved by itself, without its mixed term. They have to hold together.",
                      "Solve the linear system.", HALF)  # fmt: skip


def _article(name: str) -> str:
    return name if name == "undecided" else f"a {name}"
