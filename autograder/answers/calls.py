"""Calling a student's function: inputs go to where the function lives, inert outputs come back.

An input is itself an inert `Answer`, so that it can cross the same boundary as an answer does:
a number, a text, a point (`Items` in form "tuple"), a numpy array (form "array"; `watched`, when it should not be
changed), or a `formula`, which arrives as a Python function of one point.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sympy import Expr, Symbol, lambdify

from autograder.answers.answer import Answer, Items, Refused, Scalar, Table, Text, Truth
from autograder.answers.python import of

Caller = Callable[[str, Sequence[Items]], Sequence[Answer]]
"""Calls the named function once for each input row (its arguments) and returns what came back."""


def formula(expression: Expr | Sequence[Expr], variables: Sequence[Symbol]) -> Table:
    """Write a function of a point as inert data; of several expressions, it returns an array of floats.

    >>> from sympy.abc import x, y
    >>> as_python(formula(x**2 + y, (x, y)))((3, 1))
    10
    >>> as_python(formula((2 * x, x * y), (x, y)))((3, 1))
    array([6., 3.])
    """
    names = Items(tuple(Scalar(variable) for variable in variables), "tuple")
    if isinstance(expression, Expr):
        return Table(((Text("formula"), Scalar(expression)), (Text("variables"), names)))
    parts = Items(tuple(Scalar(part) for part in expression), "tuple")
    return Table(((Text("formula"), parts), (Text("variables"), names)))


def watched(argument: Items) -> Table:
    """Write an array that a function should leave as it is; a function that changes it is told so.

    >>> from sympy import Integer
    >>> row = Items((watched(Items((Scalar(Integer(1)),), "array")),), "tuple")
    >>> changed(respond(lambda a: a.fill(7), [row])[0])
    True
    """
    return Table(((Text("watched"), argument),))


def changed(output: Answer) -> bool:
    """Whether a function changed an input that was watched."""
    return isinstance(output, Table) and len(output.pairs) == 2 and output.pairs[1][0] == _CHANGED


_CHANGED = Text("an input was changed")


def as_python(argument: Answer) -> Any:
    """Turn an inert input into the Python value that a student's function expects.

    >>> from sympy import Integer
    >>> as_python(Items((Scalar(Integer(1)), Scalar(Integer(2))), "tuple"))
    (1, 2)
    """
    match argument:
        case Scalar(expression):
            return int(expression) if expression.is_Integer else float(expression)
        case Items(items, "array"):
            import numpy as np

            return np.array([as_python(item) for item in items])
        case Items(items):
            return tuple(as_python(item) for item in items)
        case Text(text):
            return text
        case Table(((Text("watched"), array),)):
            return as_python(array)
        case Table(((Text("formula"), Scalar(expression)), (Text("variables"), Items(names)))):
            compiled = _compiled(_expressions(names), expression)
            return lambda point: compiled(*point)
        case Table(((Text("formula"), Items(parts)), (Text("variables"), Items(names)))):
            import numpy as np

            compiled = _compiled(_expressions(names), _expressions(parts))
            return lambda point: np.array(compiled(*point), dtype=float)
        case _:
            raise TypeError(f"A function cannot be called with {type(argument).__name__}.")


def _expressions(items: Iterable[Answer]) -> tuple[Expr, ...]:
    return tuple(item.expression for item in items if isinstance(item, Scalar))


@lru_cache(maxsize=256)  # a function is tried on the same formula at several points, and many students on the same
def _compiled(variables: tuple[Symbol, ...], formula: Expr | tuple[Expr, ...]) -> Callable[..., Any]:
    compiled: Callable[..., Any] = lambdify(variables, formula, "numpy")
    return compiled


def respond(function: object, inputs: Sequence[Items]) -> tuple[Answer, ...]:
    """Call a function once for each row of arguments; what it raises or prints becomes part of the answer.

    >>> from sympy import Integer
    >>> respond(lambda a, b: a / b, [Items((Scalar(Integer(6)), Scalar(Integer(3)))),
    ...                              Items((Scalar(Integer(6)), Scalar(Integer(0))))])
    (Scalar(expression=2.0...), Refused(reason='an error, ZeroDivisionError: division by zero'))
    """
    return tuple(_one(function, arguments) for arguments in inputs)


def _one(function: Any, arguments: Items) -> Answer:
    values = [as_python(argument) for argument in arguments]
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            result = function(*values)
    except Exception as error:  # noqa: BLE001 - whatever a student's code raises is told to the student
        return Refused(f"an error, {type(error).__name__}: {error}"[:300])
    for argument, value in zip(arguments, values, strict=True):
        if _is_watched(argument) and value.tolist() != as_python(argument).tolist():
            return Table(((Text("returned"), of(result)), (_CHANGED, Truth(True))))
    return of(result)


def _is_watched(argument: Answer) -> bool:
    return isinstance(argument, Table) and argument.pairs[0][0] == Text("watched")


def local_caller(function: object) -> Caller:
    """Return a caller for a function that lives in this process (the student's own kernel)."""
    return lambda _name, inputs: respond(function, inputs)
