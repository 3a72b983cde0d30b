"""`check(problem, answer)`: the student's door."""

from __future__ import annotations

import os
import sys
import textwrap

from autograder.answers.calls import local_caller
from autograder.emission import Emission, mode
from autograder.feedback import Score
from autograder.judge import judge
from autograder.problems.question import Question


def check(problem: Question, answer: object, points: float | None = None) -> Score | Emission:
    """Judge an answer and return its score, a number in [0, points] that shows its reasons.

    Without `points` the score is a share from 0 to 1.

    A wrong answer never raises or hangs. While a class is graded no judging happens here: the answer is only
    recorded (see `autograder.emission`). While nbgrader validates a notebook, what is said about an answer short of
    full marks also goes to stderr, for only that reaches the student there.

    Raises `TypeError` when the first argument is not a problem.

    >>> from sympy.abc import x, y
    >>> from autograder.problems import GradientAt
    >>> check(GradientAt(x**2 + 3*y**2, at=(1, 2)), (2, 12), points=3)
    3.0
    >>> print(check(GradientAt(x**2 + 3*y**2, at=(1, 2)), 14).feedback)
    ✗ Not yet
    You added the components into one number. A gradient keeps them apart: it is a vector.
    Next: Keep the 2 slopes apart: (…, …).
    """
    if not isinstance(problem, Question):
        raise TypeError(f"check(problem, answer) wants a problem first, not {type(problem).__name__}.")
    if (emit := mode()) is not None:
        return Emission(problem, answer, 1 if points is None else points, emit)
    score = Score(judge(problem, problem.pack(answer), local_caller(answer)), points)
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and score.judgement.credit != 1:
        for line in score.feedback.splitlines():
            print(textwrap.fill(line, 80), file=sys.stderr)  # nbgrader cuts what is longer
    return score
