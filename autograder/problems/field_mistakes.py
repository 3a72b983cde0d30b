"""Wrong ways to sample a gradient field on a grid, by what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Expr, Symbol, sqrt

from autograder.problems.mistake import HALF
from autograder.problems.problem import Behaviour
from autograder.problems.slips import all_slips
from nabla.calculus import gradient

Components = tuple[Expr, ...]


def wrong_fields(f: Expr, variables: Sequence[Symbol]) -> Iterator[tuple[Components, Behaviour]]:
    """Yield pairs of components that are wrong, the likeliest first.

    >>> from sympy.abc import x, y
    >>> [behaviour.name for _, behaviour in wrong_fields(x**2 * y, (x, y))][:3]
    ['components swapped', 'all signs flipped', 'sign of U']
    """
    u, v = gradient(f, variables)
    size = sqrt(u**2 + v**2)
    up = "The gradient points uphill."
    yield (v, u), Behaviour("components swapped", "U and V are swapped: U is the slope along x, V along y.",
                            "Return the derivative along x first.")  # fmt: skip
    yield (-u, -v), Behaviour("all signs flipped", "Every arrow points the opposite way, downhill.", up)
    for letter, wrong in (("U", (-u, v)), ("V", (u, -v))):
        yield wrong, Behaviour(f"sign of {letter}", f"The sign of {letter} is wrong.", "Go through the signs.", HALF)
    yield (u / size, v / size), Behaviour("made unit vectors", "Your arrows have length 1: steepness is lost.",
                                          "Return the gradient itself, not divided by its length.")  # fmt: skip
    yield (f, f), Behaviour("values of f", "These are the values of f, not its slopes.",
                            "Differentiate f along x for U and along y for V.")  # fmt: skip
    yield tuple(variables), Behaviour("the grid itself", "You returned the coordinates, not the slopes there.",
                                      "Put X and Y into both partial derivatives.")  # fmt: skip
    for i, (letter, variable) in enumerate(zip("UV", variables, strict=True)):
        for slip in all_slips():
            part = slip.derivative(f, variable)
            if part != (u, v)[i]:
                says = slip.told_in(f"the derivative along {variable}")
                yield ((part, v), (u, part))[i], Behaviour(f"{slip.name} in {letter}", says,
                                                           f"Differentiate along {variable} again.", HALF)  # fmt: skip


def lone_grids(f: Expr, variables: Sequence[Symbol]) -> Iterator[tuple[Expr, Behaviour]]:
    """Yield what is returned as one grid where two are asked for."""
    u, v = gradient(f, variables)
    both = "Return two arrays: U, V."
    yield u, Behaviour("only U", "You returned the slope along x alone.", both, HALF)
    yield v, Behaviour("only V", "You returned the slope along y alone.", both, HALF)
    yield u + v, Behaviour("components added", "You added the two components. An arrow needs both.", both)
    yield sqrt(u**2 + v**2), Behaviour("length of the gradient", "That is how steep f is, not which way.", both)
    yield f, Behaviour("values of f", "These are the values of f, not its slopes.", both)
