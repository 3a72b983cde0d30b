"""Mistakes with potentials: the wrong decision, the sign, components integrated one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from sympy import Add, Expr, Integer, Mul, Symbol, diff, sqrt, total_degree

from autograder.answers.kinds.up_to_constant import NOT_CONSERVATIVE
from autograder.notation import listing
from autograder.problems.mistake import HALF, Mistake
from nabla.potential import PotentialUnknownError, antiderivative, tidy

NONE = Fraction(0)


@dataclass(frozen=True)
class PotentialMistakes:
    """Wrong answers for one field; `found` is a function whose gradient it is, or None; `sign` -1 for a force.

    >>> from sympy.abc import x, y
    >>> PotentialMistakes((2*x*y, x**2), (x, y), x**2 * y, 1).mistaken_names()[:2]
    ('conservative field rejected', 'sign of the potential')
    """

    field: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    found: Expr | None
    sign: int

    def mistaken_names(self) -> tuple[str, ...]:
        """List the names of the mistakes."""
        return tuple(mistake.name for mistake in self.all())

    def all(self) -> Iterator[Mistake]:
        """Yield them, the likeliest first."""
        if self.found is None:
            yield from self._without_potential()
        else:
            yield from self._with_potential(self.found)
        yield from self._other_things()

    @property
    def check(self) -> str:
        """How to see that a potential is wrong."""
        which = "minus the components" if self.sign < 0 else "the components"
        return f"Check by differentiating: the slopes of the potential are {which} of F."

    def _with_potential(self, phi: Expr) -> Iterator[Mistake]:
        yield Mistake("conservative field rejected", NOT_CONSERVATIVE,
                      "This field does have a potential: its mixed derivatives agree, and no hole spoils it.",
                      "Compare the mixed derivatives once more, then integrate.")  # fmt: skip
        rule = "F is minus the gradient of the potential." if self.sign < 0 else "F is the gradient of the potential."
        yield Mistake("sign of the potential", -self.sign * phi, f"The sign is wrong: {rule}", self.check, HALF)
        for wrong, name, says, credit in self._integrals():
            yield Mistake(name, self.sign * wrong, says, self.check, credit)
        for term in Add.make_args(phi.expand()):
            if term != phi:
                yield Mistake("one term left out", self.sign * (phi - term),
                              "One term of the potential is missing.", self.check, HALF)  # fmt: skip
                yield Mistake("sign of one term", self.sign * (phi - 2 * term),
                              "One term of the potential has the wrong sign.", self.check, HALF)  # fmt: skip
                yield self._doubled(phi, term)
                for v in self.variables:
                    for factor, says in ((v, "one power too many"), (1 / v, "one power too few")):
                        if term.has(v):
                            yield Mistake("wrong power in one term", self.sign * (phi - term + term * factor),
                                          f"One term has {says} of {v}.", self.check)  # fmt: skip
                yield Mistake("one term halved", self.sign * (phi - term / 2), "One term of the potential is half of "
                              "what it should be.", self.check, HALF)  # fmt: skip
        powers = [term for term in Add.make_args(phi.expand()) if len(term.free_symbols) == 1 and term.is_polynomial()]
        if len(powers) > 1:
            grown = Add(*(term * (total_degree(term) - 1) for term in powers))
            yield Mistake("powers not divided by the new exponent", self.sign * (phi + grown),
                          "Terms are too large: the integral of a power is divided by the new exponent.",
                          self.check, HALF)  # fmt: skip
        for v in self.variables:
            yield Mistake(f"a term in {v} too many", self.sign * (phi + v), f"The term {v} does not belong: its slope "
                          f"along {v} is not in F.", self.check, HALF)  # fmt: skip
        for i, part in enumerate(self.field):
            for constant in (term for term in Add.make_args(part.expand()) if term.is_number and term != 0):
                for w in (w for w in self.variables if w != self.variables[i]):
                    right = constant * self.variables[i]
                    yield Mistake("constant integrated along the wrong variable",
                                  self.sign * (phi + constant * w - right),
                                  f"A constant of the component along {self.variables[i]} was integrated along {w}.",
                                  self.check, HALF)  # fmt: skip
        yield Mistake("twice the potential", self.sign * 2 * phi, "This is twice the potential.", self.check, HALF)
        yield Mistake("half the potential", self.sign * phi / 2, "This is half the potential.", self.check, HALF)

    def _doubled(self, phi: Expr, term: Expr) -> Mistake:
        """A term with twice its factor: of two integrals that share it, or of a power not divided by its exponent."""
        if len(term.free_symbols & set(self.variables)) > 1:
            return Mistake("one term twice", self.sign * (phi + term),
                           "One term of the potential stands there twice. A term that two integrals share counts "
                           "once.", self.check, HALF)  # fmt: skip
        return Mistake("one term too large by a factor 2", self.sign * (phi + term),
                       "One term of the potential is twice too large. The integral of a power is divided by the new "
                       "exponent.", self.check, HALF)  # fmt: skip

    def _without_potential(self) -> Iterator[Mistake]:
        kept = [each for each in self._integrals() if any(tidy(diff(each[0], v)) for v in self.variables)]
        for also in ("", " The sign is flipped as well."):  # a constant, which is left out, is another mistake
            for wrong, name, more, _ in kept:
                yield Mistake(f"no potential, {name}{', and sign flipped' * bool(also)}",
                              (-self.sign if also else self.sign) * wrong,
                              f"{more}{also} Differentiate the result: not every component of F comes out.",
                              "Compare the mixed derivatives before you integrate.")  # fmt: skip
        parts = [self._integral(lambda f, v: antiderivative(f, v), i) for i in range(len(self.field))]
        if None not in parts:
            terms = {term for part in parts if part is not None for term in Add.make_args(part.expand())}
            yield Mistake("no potential, terms collected", self.sign * Add(*terms),
                          "You collected the terms of all integrals. That gives a potential only where the "
                          "integrals agree in the terms that they share.",
                          "Compare the mixed derivatives before you integrate.")  # fmt: skip

    def _integrals(self) -> Iterator[tuple[Expr, str, str, Fraction]]:
        """What comes of integrating the components one by one."""
        n = len(self.field)
        parts = [self._integral(antiderivative, i) for i in range(n)]
        whole = [part for part in parts if part is not None]
        if len(whole) == n:
            yield (Add(*whole), "integrals of all components added",
                   "You integrated each component and added: terms that the integrals share are counted more than "
                   "once.", HALF)  # fmt: skip
            yield (whole[0] - Add(*whole[1:]), "integrals subtracted", "You subtracted the integrals.", NONE)
            yield Mul(*whole), "integrals multiplied", "You multiplied the integrals.", NONE
        for part, variable in zip(parts, self.variables, strict=True):
            if part is not None:
                yield (part, f"only the component along {variable} integrated",
                       f"You integrated the component along {variable}"
                       + (f". What does not depend on {variable} is still missing." if self.found is not None else
                          " alone."), HALF)  # fmt: skip
        for order in permutations(range(n)):
            if order != tuple(range(n)) and n == 2:
                crossed = [self._integral(antiderivative, i, j) for i, j in enumerate(order)]
                kept = [part for part in crossed if part is not None]
                if len(kept) == n:
                    yield (
                        Add(*kept),
                        "integrated along the wrong variables",
                        "You integrated each component along another variable than its own.",
                        Integer(0),
                    )
                    for part in kept:
                        yield (part, "one component integrated along the wrong variable",
                               "A component is integrated along its own variable.", NONE)  # fmt: skip
        rule = "F1 belongs to the first variable, and so on."
        as_constants = Add(*(v * part for v, part in zip(self.variables, self.field, strict=True)))
        yield (
            as_constants,
            "each component multiplied by its variable",
            f"You multiplied each component by its variable, as if it were constant. {rule}",
            Integer(0),
        )
        yield (
            self.field[0] * self.variables[0],
            "first component multiplied by its variable",
            f"You multiplied the first component by {self.variables[0]}, as if it were constant.",
            Integer(0),
        )

    def _integral(self, rule: Callable[[Expr, Symbol], Expr], i: int, j: int | None = None) -> Expr | None:
        """Integrate component i along variable j (its own without j); None where that has no closed form."""
        try:
            return rule(self.field[i], self.variables[i if j is None else j])
        except PotentialUnknownError:
            return None

    def _other_things(self) -> Iterator[Mistake]:
        slopes = [diff(part, v) for part, v in zip(self.field, self.variables, strict=True)]
        yield Mistake(
            "differentiated instead of integrated",
            Add(*slopes),
            "You differentiated: this is the divergence of F. A potential is found by integrating.",
            self.check,
        )
        yield Mistake(
            "each component differentiated",
            tuple(slopes),
            "You differentiated each component. A potential is one function, found by integrating.",
            self.check,
        )
        yield Mistake(
            "the components added",
            Add(*self.field),
            "You added the components of F. A potential is found by integrating them.",
            self.check,
        )
        yield Mistake(
            "the field itself", self.field, "That is F itself, a vector. A potential is one function.", self.check
        )
        length = sqrt(Add(*(part**2 for part in self.field)))
        yield Mistake("length of the field", length, "That is the length of F, not a potential.", self.check)
        yield Mistake("a constant", Integer(0), "A constant has gradient 0, and this field is not 0.", self.check)
        parts = [self._integral(antiderivative, i) for i in range(len(self.field))]
        if None not in parts:
            yield Mistake("one integral for each component", tuple(p for p in parts if p is not None),
                          f"You gave an integral for each of {listing(v.name for v in self.variables)}. "
                          "A potential is one function with all these slopes.",
                          "Find one function that fits every component.")  # fmt: skip
