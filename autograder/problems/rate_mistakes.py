"""Wrong ways to the rate of change along a direction: its length, its parts, the point, the gradient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Integer, sqrt

from autograder.notation import plain
from autograder.problems.at_point import dot
from autograder.problems.common_mistakes import number_mistakes
from autograder.problems.mistake import HALF, Mistake
from nabla.calculus import evaluate, norm, unit

if TYPE_CHECKING:
    from autograder.problems.directional_derivative import Rate

DOT = "Take the dot product of the gradient with the unit vector."


def rate_mistakes(problem: Rate) -> Iterator[Mistake]:
    """Yield the mistakes of any rate along a direction, the likeliest first."""
    yield from _length_mistakes(problem)
    yield from _other_values(problem)
    yield from _product_mistakes(problem)
    yield from _other_lengths(problem)
    yield from _other_vectors(problem)
    yield from number_mistakes(problem.key())
    yield from _wrong_gradients(problem)


def _length_mistakes(p: Rate) -> Iterator[Mistake]:
    length = norm(p.direction)
    yield Mistake(
        "direction not normalised",
        dot(p.slopes, p.direction),
        f"You used {plain(p.direction)} as it stands; its length is {plain(length)}, not 1.",
        "Divide the direction by its length first.",
        HALF,
    )
    yield Mistake(
        "not evaluated at the point",
        dot(p.formula, tuple(unit(p.direction))),
        f"This still is a formula. The question asks for the slope at {plain(p.at)}.",
        "Put the point into the gradient, then take the dot product.",
        HALF,
    )
    yield Mistake(
        "not evaluated at the point, direction not normalised",
        dot(p.formula, p.direction),
        f"This still is a formula, and the length of {plain(p.direction)} is not 1.",
        "Put the point into the gradient, and divide the direction by its length.",
    )
    yield Mistake(
        "divided by the length twice",
        p.key() / length,
        "You divided by the length of the direction twice.",
        "Once is enough: the unit vector has length 1 already.",
        HALF,
    )


def _other_values(p: Rate) -> Iterator[Mistake]:
    yield Mistake(
        "the gradient itself", p.slopes, "That is the gradient. The slope along a direction is one number.", DOT
    )
    yield Mistake(
        "length of the gradient",
        norm(p.slopes),
        "That is the slope along the steepest direction, not along the one asked for.",
        "Take the dot product of the gradient with the unit vector of the given direction.",
    )
    for variable, slope in zip(p.variables, p.slopes, strict=True):
        yield Mistake(
            f"slope along {variable} only",
            slope,
            f"That is the slope along the {variable}-axis alone. The direction is {plain(p.direction)}.",
            "Use all components of the gradient.",
        )
    yield Mistake(
        "the unit vector alone",
        tuple(unit(p.direction)),
        "That is the unit vector along the direction. The rate is one number.",
        "Take its dot product with the gradient at the point.",
    )
    yield Mistake(
        "value of f",
        evaluate(p.f, p.variables, p.at),
        "That is the value of f at the point, not how fast it changes.",
        "Start with the gradient.",
    )


def _product_mistakes(p: Rate) -> Iterator[Mistake]:
    """The dot product taken wrongly, with the unit vector and with the direction as it stands."""
    slopes, u = p.slopes, tuple(unit(p.direction))
    products = tuple(a * b for a, b in zip(slopes, u, strict=True))
    raw = tuple(a * b for a, b in zip(slopes, p.direction, strict=True))
    added = "You multiplied component by component; a dot product then adds them up."
    yield Mistake("components of the product not added", products, added, "Add the products.", HALF)
    yield Mistake(
        "components of the product not added, direction not normalised",
        raw,
        f"{added} And the direction is not normalised.",
        "Divide the direction by its length, and add the products.",
    )
    for name, product in zip(p.names, products, strict=True):
        yield Mistake(
            f"only the part along {name}",
            product,
            f"Only the product along {name} is counted. The direction goes along the other axis too.",
            "Add the products along all axes.",
            HALF,
        )
    yield Mistake(
        "sum of the partial derivatives",
        sum(slopes, Integer(0)),
        "You added the slopes along the axes. Each must first be weighted by how far u goes along its axis.",
        "Take the dot product with the unit vector.",
    )
    if len(u) == 2:
        yield Mistake(
            "components of the direction swapped",
            dot(slopes, u[::-1]),
            "You multiplied the slope along one axis by the step along the other.",
            "Pair first with first, and second with second.",
            HALF,
        )
    yield Mistake(
        "second product subtracted",
        slopes[0] * u[0] - dot(slopes[1:], u[1:]),
        "You subtracted where a dot product adds.",
        "Add the products.",
        HALF,
    )


def _other_lengths(p: Rate) -> Iterator[Mistake]:
    """Divided by something else than the length of the direction."""
    rate, length = dot(p.slopes, p.direction), norm(p.direction)
    total = sum((abs(part) for part in p.direction), Integer(0))
    yield Mistake(
        "divided by the sum of the components",
        rate / total,
        f"You divided by {plain(total)}, the sum of the components of the direction. That is not its length.",
        "The length is the root of the sum of the squares.",
        HALF,
    )
    if total != sum(p.direction) != 0:
        yield Mistake(
            "divided by the sum of the components, with their signs",
            rate / sum(p.direction),
            f"You divided by {plain(sum(p.direction))}, the sum of the components of the direction.",
            "The length is the root of the sum of the squares.",
            HALF,
        )
    only_direction = "Only the direction is made a unit vector; the gradient keeps its length."
    for name, divisor, says in (
        ("divided by the length of the gradient", norm(p.slopes), "You divided by the length of the gradient."),
        ("divided by both lengths", norm(p.slopes) * length, "That is the cosine of the angle with the gradient."),
        ("divided by the root of the length", sqrt(length), "You divided by the root of the length."),
        ("divided by the length of the point", norm(p.at), "You divided by the length of the point."),
    ):
        if divisor != 0:
            yield Mistake(name, rate / divisor, f"{says} The rate is for one unit along the direction.", only_direction)


def _other_vectors(p: Rate) -> Iterator[Mistake]:
    """The point and the direction taken for one another."""
    at = f"The gradient belongs to the point {plain(p.at)}, the unit vector to the direction {plain(p.direction)}."
    here = dict(zip(p.variables, p.direction, strict=True))
    there = tuple(part.xreplace(here) for part in p.formula)
    u = tuple(unit(p.direction))
    yield Mistake("gradient at the direction", dot(there, u), "You put the direction into the gradient.", at)
    yield Mistake("the point for the gradient", dot(p.at, u), "You multiplied the point by the direction.", at)
    if any(p.at):
        along = dot(p.slopes, tuple(unit(p.at)))
        yield Mistake("along the point", along, "You went in the direction of the point, away from the origin.", at)


def _wrong_gradients(p: Rate) -> Iterator[Mistake]:
    yield from p.gradient_mistakes(lambda wrong: dot(wrong, tuple(unit(p.direction))))
    for mistake in p.gradient_mistakes(lambda wrong: dot(wrong, p.direction), Fraction(0)):
        if mistake.likely:
            says = f"{mistake.says} And the direction is not normalised."
            yield replace(mistake, name=f"{mistake.name}, direction not normalised", says=says)
