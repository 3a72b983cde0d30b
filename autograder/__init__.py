"""The student's door: `check`, the problem types, `practice` and `progress`.

A problem type is imported when it is first asked for.

>>> from autograder import check, Gradient
"""

from __future__ import annotations

from typing import Any

from autograder import problems
from autograder.check import check
from autograder.practice import practice, progress

__all__ = ["check", "practice", "progress", *problems.HOME]


def __getattr__(name: str) -> Any:
    if name in problems.HOME:
        return getattr(problems, name)
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
