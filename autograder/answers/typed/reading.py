"""Typed mathematics: from what a student types to an expression, with an echo of how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Basic, Expr, S, Symbol

from autograder.answers.answer import Answer
from autograder.answers.bounds import TooLargeError
from autograder.answers.program import NotInVocabularyError, operations

from .arithmetic import VectorError
from .building import Builder
from .echo import Echo, LatexEcho
from .errors import ReadingError
from .names import Names
from .parser import parse
from .results import Built, expressions, to_answer, to_sympy
from .tokens import MAX_LENGTH, Tokenizer
from .tree import Node

_BLANK = frozenset({"dne", "undefined", "none", "nosolution", "nosolutions", "doesnotexist", "idk"})

_NO_VALUE = "This has no value: a division by zero, a logarithm of zero, or infinity against infinity."


@dataclass(frozen=True)
class Reading:
    """How a text was read.

    `expression` is a sympy object: an expression, a `Tuple` for a point, vector or list, a `FiniteSet`, or an
    unevaluated `Eq`. `answer` is the inert answer. `echo` (LaTeX) and `echo_text` (one line) show how the text was
    read, and `notes` say where another reading was possible.
    """

    expression: Basic
    answer: Answer
    echo: str
    echo_text: str
    notes: tuple[str, ...] = ()
    _tree: Node = field(default=Node("truth"), repr=False, compare=False)
    _options: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def written(self) -> Basic:
        """The same as `expression` in the form in which it was typed: nothing is evaluated.

        A form too large to be kept as typed, which evaluation made small, is given as `expression`.

        >>> read("2(x + 3x)", "x").written
        2*(x + 3*x)
        """
        try:
            return to_sympy(Builder("", evaluate=False, **self._options).build(self._tree))
        except ReadingError:
            return self.expression


def _dimension(units: set[str], names: Names) -> int:
    return 3 if "k" in units or len(names.variables) == 3 else 2


def _built(text: str, tree: Node, names: Names, notes: list[str]) -> tuple[Built, Mapping[str, Any]]:
    """Return what the tree stands for, with i as a unit vector where that can be, and how the builder was set."""
    units = {node.data for node in tree.walk() if node.kind == "unit"}
    dimension = _dimension(units, names)
    alone = units == {"i"} and not names.variables  # no variables, so no space in which i could be a vector
    options: dict[str, Any] = {"imaginary": alone, "dimension": dimension}
    try:
        found = Builder(text, evaluate=True, **options).build(tree)
    except VectorError:
        if units != {"i"}:
            raise
        options["imaginary"] = True
        notes.append("i was read as the imaginary unit.")
        return Builder(text, evaluate=True, **options).build(tree), options
    if alone:
        notes.append("i was read as the imaginary unit.")
    elif units:
        letters = " and ".join(sorted(units)) if len(units) < 3 else "i, j and k"
        vectors = "was read as a unit vector" if len(units) == 1 else "were read as unit vectors"
        notes.append(f"{letters} {vectors} in {dimension} dimensions.")
    return found, options


def _check_value(expression: Expr, tree: Node, text: str) -> None:
    """Fail when sympy's evaluation has led to no value, or out of the vocabulary: `sin(oo)` is a range."""
    try:
        operations(expression)
    except NotInVocabularyError as error:
        raise ReadingError(_NO_VALUE, tree.start, text) from error
    except TooLargeError as error:
        raise ReadingError("This is too large to be worked out.", tree.start, text) from error
    if expression.has(S.ComplexInfinity, S.NaN):
        raise ReadingError(_NO_VALUE, tree.start, text)


def read(text: str, variables: Iterable[str | Symbol] | str = (), *, strict: bool = True) -> Reading:
    """Return how a typed text is read; raise `ReadingError`, with the place and the cure, when it cannot be.

    `variables` are the problem's variables, as names or symbols (or one string, "x y"). Any other letter is an
    error, unless there are no variables or `strict=False`.

    >>> reading = read("2xy + e^x sin y", "x y")
    >>> reading.expression
    2*x*y + exp(x)*sin(y)
    >>> reading.echo_text
    '2*x*y + e^x*sin(y)'
    >>> read("1/2x", "x").notes
    ('1/2x... was read as (1/2)*x....',)
    >>> read("<2x, 3>", "x").expression
    (2*x, 3)
    >>> read("2x + * 3", "x")
    Traceback (most recent call last):
    autograder.answers.typed.errors.ReadingError: A number, a name or a bracket should stand here.
        2x + * 3
             ^
    """
    if type(text) is not str:
        raise ReadingError("Only text can be read.", 0)
    if len(text) > MAX_LENGTH:
        raise ReadingError(f"This is too long: {len(text)} characters, and {MAX_LENGTH} can be read.", 0)
    names = Names(variables, strict=strict)
    if text.lower().replace(" ", "").rstrip(".") in _BLANK:
        raise ReadingError("These are words; mathematics is wanted here.", 0, text)
    tokenizer = Tokenizer(text, names)
    notes = tokenizer.notes
    try:
        tree = parse(tokenizer)
        built, options = _built(text, tree, names, notes)
    except RecursionError as error:  # the caller may itself be deep in the stack already
        raise ReadingError("This is nested too deeply.", 0, text) from error
    for expression in expressions(built):
        _check_value(expression, tree, text)
    return Reading(
        to_sympy(built),
        to_answer(built),
        LatexEcho().show(tree),
        Echo().show(tree),
        tuple(dict.fromkeys(notes)),
        tree,
        options,
    )
