"""The gradient as a formula, and the gradient at a point."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from sympy import Expr, Integer, Symbol, cos, diff, exp, log, sin

from autograder.answers import of
from autograder.answers.kinds import Fitted, Vector
from autograder.notation import listing, plain, typeset
from autograder.problems.common_mistakes import scalar_mistakes, vector_mistakes
from autograder.problems.look_alikes import formulas_alike, look_alikes
from autograder.problems.mistake import HALF, Mistake
from autograder.problems.problem import Problem, Prose, Step, exact, exact_point, exact_variables
from autograder.problems.slips import Slip, all_slips
from nabla.calculus import gradient, variables_of

if TYPE_CHECKING:
    from nabla.explore.picture import Picture


@dataclass(frozen=True)
class Gradient(Problem):
    """The gradient of f as a formula: one partial derivative for each variable.

    >>> from sympy.abc import x, y
    >>> problem = Gradient(x**2*y + 3*y)
    >>> problem.key()
    (2*x*y, x**2 + 3)
    """

    f: Expr
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        _normalise(self)

    @property
    def kind(self) -> Vector:
        """A vector of expressions."""
        return Vector(_names(self))

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f."""
        return self.variables

    def key(self) -> tuple[Expr, ...]:
        """Return the partial derivatives."""
        return tuple(gradient(self.f, self.variables))

    def statement(self) -> Prose:
        """Ask for the formula."""
        names = listing(f"${typeset(v)}$" for v in self.variables)
        return Prose(
            f"Find the **gradient** of\n\n$$ {_definition(self)} $$\n\n"
            f"Give {_components(self)}, as a formula in {names}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards the partial derivatives."""
        first, last = self.variables[0], self.variables[-1]
        others = listing(f"${typeset(v)}$" for v in self.variables if v != first) or "nothing else"
        return (
            f"The gradient collects the slopes along each axis. How many components does that make for "
            f"{len(self.variables)} variable{'s' * (len(self.variables) > 1)}?",
            f"For the ${typeset(first)}$-component, let only ${typeset(first)}$ vary and treat {others} as a fixed "
            "number. Which terms of f are constants then?",
            f"Differentiate term by term. {_term_hint(self.f, first)} Then do the same for ${typeset(last)}$.",
        )

    def steps(self) -> Iterator[Step]:
        """Work out each partial derivative, then collect them."""
        yield from _partials(self)
        yield Step("Collect them in the order of the variables:", rf"\nabla f = {typeset(self.key())}")

    def wrong_ways(self) -> Iterator[Mistake]:
        """Slips in differentiating, and wrong ways to put a vector together."""
        key, names = self.key(), _names(self)
        yield from vector_mistakes(key, names)
        for slip in all_slips():
            yield from _slip_mistakes(slip, [slip.derivative(self.f, v) for v in self.variables], key, names)
        yield from _surface_normal(key)

    def look_alikes(self) -> Iterator[Mistake]:
        """Other formulas that belong to f."""
        return formulas_alike(self.f, self.variables)

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a polynomial (level 1), a product with a function (2) or three variables (3)."""
        return cls(_draw_function(rng, level))

    def is_well_behaved(self) -> bool:
        """Every component depends on something, and no two are alike."""
        key = self.key()
        return all(part.free_symbols for part in key) and len(set(key)) == len(key)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the gradient at one point of the contour map, with the answer's own arrow there."""
        return _picture(self, (Integer(1),) * len(self.variables), answer)


@dataclass(frozen=True)
class GradientAt(Problem):
    """The gradient of f at a point: a vector of numbers.

    `at` gives the coordinates in the order of the variables, or maps each variable to its coordinate.

    >>> from sympy.abc import x, y
    >>> problem = GradientAt(x**2 + 3*y**2, at=(1, 2))
    >>> problem.key()
    (2, 12)
    >>> problem.mistakes()[0].name, problem.mistakes()[0].wrong
    ('not evaluated at the point', (2*x, 6*y))
    """

    f: Expr
    at: tuple[Expr, ...]
    variables: tuple[Symbol, ...] = ()

    def __post_init__(self) -> None:
        _normalise(self)
        object.__setattr__(self, "at", exact_point(self.at, self.variables, "at"))
        gradient(self.f, self.variables, at=self.at)  # says now, not later, if the point is outside the domain

    @property
    def kind(self) -> Vector:
        """A vector of numbers."""
        return Vector(_names(self), numbers=True)

    @property
    def letters(self) -> tuple[Symbol, ...]:
        """The variables of f: an answer may still hold them, and is then told so."""
        return self.variables

    def key(self) -> tuple[Expr, ...]:
        """Return the partial derivatives at the point."""
        return tuple(gradient(self.f, self.variables, at=self.at))

    def statement(self) -> Prose:
        """Ask for the vector."""
        return Prose(
            f"Find the **gradient** of\n\n$$ {_definition(self)} $$\n\nat the point "
            f"$({', '.join(typeset(v) for v in self.variables)}) = {typeset(self.at)}$.\n\n"
            f"Give a vector of numbers, {_components(self)}."
        )

    def nudges(self) -> Sequence[str]:
        """Nudge towards: formula first, then the point."""
        first = self.variables[0]
        return (
            "Two steps: first the gradient as a formula, then the point put into it. Which comes first, and why?",
            f"Start with ${typeset(diff_sign(first))}$: differentiate with the other variables held fixed. "
            f"{_term_hint(self.f, first)}",
            f"Put ${typeset(first)} = {typeset(self.at[0])}$ and the other coordinates into every partial derivative. "
            "Each component must come out as a number.",
        )

    def steps(self) -> Iterator[Step]:
        """Work out the formula, then put the point in."""
        yield from _partials(self)
        yield Step(
            f"Put in the point {plain(self.at)}:",
            rf"\nabla f\,{typeset(self.at)} = {typeset(self.key())}",
        )

    def wrong_ways(self) -> Iterator[Mistake]:
        """Mistakes with the point, then with the vector, then with the derivatives."""
        key, names = self.key(), _names(self)
        yield from self._point_mistakes()
        yield from vector_mistakes(key, names)
        slipped = [(slip, [slip.derivative(self.f, v) for v in self.variables]) for slip in all_slips()]
        formula = tuple(gradient(self.f, self.variables))
        for slip, wrong in slipped:
            values = [key[i] if part == formula[i] else _at(self, part) for i, part in enumerate(wrong)]
            yield from _slip_mistakes(slip, values, key, names)
        yield from _surface_normal(key)
        for slip, wrong in slipped:
            yield from map(_unevaluated, _slip_mistakes(slip, wrong, formula, names))
        yield from map(_unevaluated, scalar_mistakes(formula, names))

    def look_alikes(self) -> Iterator[Mistake]:
        """Other values of f at the point."""
        return look_alikes(self.f, self.variables, self.at)

    def _point_mistakes(self) -> Iterator[Mistake]:
        formula = tuple(gradient(self.f, self.variables))
        put_in = f"Put {_values(self)} into each component."
        yield Mistake(
            "not evaluated at the point",
            formula,
            f"This is the gradient as a formula. The question asks for it at {plain(self.at)}.",
            put_in,
            HALF,
        )
        for variable, value in zip(self.variables, self.at, strict=True):
            yield Mistake(
                f"only {variable} put in",
                tuple(part.subs(variable, value) for part in formula),
                f"You put in {variable} = {plain(value)} and left the rest.",
                put_in,
                HALF,
            )
        key = self.key()
        for i, variable in enumerate(self.variables):
            yield Mistake(
                f"{variable}-component not evaluated",
                (*key[:i], formula[i], *key[i + 1 :]),
                f"The {variable}-component still is a formula.",
                put_in,
                HALF,
            )
        yield Mistake(
            "point put in before differentiating",
            tuple(Integer(0) for _ in formula),
            "This looks as if the point was put in before differentiating: f at a point is a number, and the "
            "derivative of a number is 0.",
            "Differentiate first, put the point in last.",
        )
        yield Mistake(
            "value of f",
            _at(self, self.f),
            f"That is the value of f at {plain(self.at)}. The gradient says how f changes there.",
            "Find the partial derivatives first.",
        )
        turned = tuple(reversed(self.at))
        yield Mistake(
            "coordinates of the point swapped",
            tuple(part.subs(dict(zip(self.variables, turned, strict=True)), simultaneous=True) for part in formula),
            f"This is the gradient at {plain(turned)}. The point is {plain(self.at)}.",
            f"Use {_values(self)}.",
            HALF,
        )

    @classmethod
    def draw(cls, rng: random.Random, level: int) -> Self:
        """Draw a function and a point with small coordinates, where its functions have plain values."""
        f = _draw_function(rng, level)
        letters = variables_of(f)
        at = [rng.choice((-2, -1, 1, 2, 3)) for _ in letters]
        if level > 1:  # e^0, sin 0, cos 0 and log 1 are plain numbers
            at[0] = 1 if f.has(log) else 0
        return cls(f, tuple(at))

    def is_well_behaved(self) -> bool:
        """The components are plain numbers, nonzero, different in size and not huge: mistakes are told apart."""
        key = self.key()
        return all(part.is_Rational and 0 < abs(part) <= 60 for part in key) and len(
            {abs(part) for part in key}
        ) == len(key)

    def picture(self, answer: Any = None) -> Picture | None:
        """Draw the gradient on the contour map, with the answer's own arrow."""
        return _picture(self, self.at, answer)


GradientProblem = Gradient | GradientAt


def diff_sign(variable: Symbol) -> Symbol:
    r"""Return the sign of the partial derivative, to be typeset as \partial f/\partial x."""
    return Symbol(rf"\partial f/\partial {variable.name}")


def _normalise(problem: GradientProblem) -> None:
    object.__setattr__(problem, "f", exact(problem.f, "f"))
    object.__setattr__(problem, "variables", exact_variables(problem.f, problem.variables))


def _components(problem: GradientProblem) -> str:
    """Say which components are wanted, and in which order."""
    names = listing(f"${typeset(v)}$" for v in problem.variables)
    return f"one component for each of {names}, in this order" if len(problem.variables) > 1 else "one component"


def _names(problem: GradientProblem) -> tuple[str, ...]:
    return tuple(variable.name for variable in problem.variables)


def _definition(problem: GradientProblem) -> str:
    return f"f({', '.join(typeset(v) for v in problem.variables)}) = {typeset(problem.f)}"


def _values(problem: GradientAt) -> str:
    return listing(f"{v} = {plain(c)}" for v, c in zip(problem.variables, problem.at, strict=True))


def _at(problem: GradientAt, expr: Expr) -> Expr:
    return expr.xreplace(dict(zip(problem.variables, problem.at, strict=True)))


def _partials(problem: GradientProblem) -> Iterator[Step]:
    for variable in problem.variables:
        others = listing(f"${typeset(v)}$" for v in problem.variables if v != variable)
        held = f", with {others} held fixed" if len(problem.variables) > 1 else ""
        yield Step(
            f"Differentiate along ${typeset(variable)}${held}:",
            rf"\frac{{\partial f}}{{\partial {typeset(variable)}}} = {typeset(diff(problem.f, variable))}",
        )


def _term_hint(f: Expr, variable: Symbol) -> str:
    terms = f.as_ordered_terms()
    constant = [term for term in terms if not term.has(variable)]
    if constant:
        return f"The term ${typeset(constant[0])}$ has no ${typeset(variable)}$ in it, so it contributes 0."
    return f"Every term of f has ${typeset(variable)}$ in it, so none of them drops out."


def _slip_mistakes(
    slip: Slip, wrong: Sequence[Expr], right: tuple[Expr, ...], names: Sequence[str]
) -> Iterator[Mistake]:
    """Yield the slip made in every component, then in each component alone."""
    slipped = [i for i, part in enumerate(wrong) if part != right[i]]
    if len(slipped) > 1:
        yield Mistake(
            slip.name, tuple(wrong), slip.says, "Differentiate again with this rule in hand.", likely=slip.likely
        )
    for i in slipped:
        yield Mistake(
            f"{slip.name} in the {names[i]}-component",
            (*right[:i], wrong[i], *right[i + 1 :]),
            slip.told_in(f"the {names[i]}-component"),
            f"Differentiate along {names[i]} again.",
            likely=slip.likely,
        )


def _unevaluated(mistake: Mistake) -> Mistake:
    says = f"{mistake.says} And the point is not put in yet."
    return replace(mistake, name=f"{mistake.name}, not evaluated at the point", says=says)


def _surface_normal(key: tuple[Expr, ...]) -> Iterator[Mistake]:
    for last in (-1, 1):
        yield Mistake(
            "normal of the graph instead of the gradient",
            (*key, Integer(last)),
            "The last component belongs to a normal of the graph, in space. The gradient of f lives where the "
            f"variables live: it has {len(key)} components.",
            "Leave the last component out.",
            HALF,
        )


def _draw_function(rng: random.Random, level: int) -> Expr:
    """Draw a form, then make it: what sympy has not met yet costs it a millisecond or two."""
    x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
    a, b, c = (rng.choice((-3, -2, 2, 3, 4, 5)) for _ in range(3))
    n = rng.choice((2, 3))
    forms: tuple[Callable[[], Expr], ...]
    if level == 1:
        forms = (
            lambda: a * x**n * y + b * y,
            lambda: a * x**2 + b * x * y + c * y**2,
            lambda: a * x * y**n + b * x,
            lambda: x**n + a * x * y,
        )
    elif level == 2:
        function, factor = rng.choice(((exp, 1), (sin, 1), (cos, 1), (exp, a)))
        forms = (
            lambda: b * y**n * function(factor * x) + c * x,
            lambda: x * exp(y * x) + b * y**2,
            lambda: b * y**2 * function(factor * x) + c * x * y,
        )
    else:
        forms = (
            lambda: a * x**n * y + b * y * z**2 + c * x,
            lambda: z * exp(a * x) + b * y**2 * z,
            lambda: x * y * z + b * z**2 * sin(x) + c * y * x,
            lambda: a * y**2 * z + b * z * log(x) * y + c * x,
        )
    return rng.choice(forms)()


def _picture(problem: GradientProblem, at: Sequence[Expr], answer: Any) -> Picture | None:
    if len(problem.variables) != 2:
        return None
    from nabla.explore import gradient_picture  # matplotlib is loaded only when a picture is asked for

    fitted = problem.kind.fit(of(answer), problem.letters)
    arrows = {}
    if isinstance(fitted, Fitted):
        point = dict(zip(problem.variables, at, strict=True))
        arrows["your answer"] = tuple(part.xreplace(point) for part in fitted.value)
    return gradient_picture(problem.f, at, arrows, variables=problem.variables)
