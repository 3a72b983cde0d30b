"""Endless practice: fresh problems of one type, hints, worked solutions, and what has been mastered.

In a notebook, `practice(GradientAt)` shows a panel and `progress()` a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.practice.progress import Progress, Shelf
from autograder.practice.session import Session
from autograder.problems.problem import Problem

if TYPE_CHECKING:
    from autograder.practice.panel import Panel

__all__ = ["practice", "progress"]


def practice(kind: type[Problem], level: int | None = None) -> Panel:
    """Show fresh problems of a type. Without `level`, go on where the last practice of this type ended.

    Raises `TypeError` for anything but a problem type whose answers can be typed.
    """
    session = Session(kind, Shelf.of_this_user(), level)
    from autograder.practice.panel import Panel  # widgets are loaded only where they are shown

    return Panel(session)


def progress() -> Progress:
    """Show what has been practised and mastered so far."""
    return Shelf.of_this_user().progress
