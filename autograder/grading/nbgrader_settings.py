"""How nbgrader is set up for a course of ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.grading.course import Course


def stubs(config: Config) -> None:
    """Leave nothing in a solution's place: the three dots of its stub stand above it already."""
    config.ClearSolutions.code_stub = {"python": ""}
    config.ClearSolutions.text_stub = "*Write your answer here.*"


def course_config(course: Course, ours: Callable[[Config], None] = stubs) -> Config:
    """Return nbgrader's configuration for the course: our settings, then its `nbgrader_config.py`."""
    config = Config()
    ours(config)
    loader = PyFileConfigLoader("nbgrader_config.py", path=str(course.root))
    with suppress(ConfigFileNotFound):
        config.merge(loader.load_config())
    config.CourseDirectory.root = str(course.root)
    return config
